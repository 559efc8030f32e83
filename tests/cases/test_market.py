"""Published results on how a category spreads and what a seller best charges and spends."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.calibration.diffusion import fit_bass
from tandem.model import brand, finance, funnel, market, mix

# First purchases of room air conditioners in the United States, 1949 to 1961, thousands.
AIR_CONDITIONERS = (96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500)


def test_a_category_of_usual_speed_peaks_after_six_years():
    """With p .03 and q .38 sales of a new category are largest after 6.19 years.

    Source: the formulas of Bass (1969), Management Science 15(5), at the mean coefficients of
    Sultan, Farley and Lehmann (1990).
    """
    assert market.bass_peak_time(0.03, 0.38) == published("6.192619")
    assert market.bass_cumulative(10.0, 0.03, 0.38) == published(".812803")


def test_room_air_conditioners_give_the_textbook_diffusion():
    """A category's speed and size can be told from its first thirteen years of sales.

    Source: room air conditioners of Bass (1969), interval form of Srinivasan and Mason (1986),
    Marketing Science 5(2), by non-linear least squares.
    """
    fit = fit_bass(AIR_CONDITIONERS)
    assert fit.p == published(".009442")
    assert fit.q == published(".374763")
    assert fit.pool == published("18712.7")


def test_advertising_accumulates_towards_three_times_a_month():
    """Steady spend with 70 % retention builds a stock of 328.7 in a year, of 333.3 in the end.

    Source: Broadbent (1979); the sum of a geometric series.
    """
    stock = 0.0
    for _ in range(12):
        stock = brand.adstock(stock, 100.0, 0.7)
    assert stock == published("328.71957")
    for _ in range(200):
        stock = brand.adstock(stock, 100.0, 0.7)
    assert stock == published("333.333")


def test_goodwill_tends_to_spend_over_decay():
    """Goodwill of 20 under a spend of 10 and a decay of .2 is at 47.28 after twelve periods.

    Source: Nerlove and Arrow (1962), Economica 29, in continuous time.
    """
    assert brand.goodwill_continuous(20.0, 10.0, 0.2, 12.0) == published("47.27846")


def test_price_and_advertising_follow_from_two_elasticities():
    """At elasticities of 2.62 and .24 a seller charges 1.6 times cost and advertises for 9 % of sales.

    Source: Dorfman and Steiner (1954), American Economic Review 44(5); elasticities of Bijmolt and
    others (2005) and Sethuraman and others (2011).
    """
    price, share = finance.dorfman_steiner(2.62, 0.24, 10.0)
    assert price == published("16.172840")
    assert share == published(".0916031")


def test_a_single_seller_facing_logit_demand_charges_over_cost_by_its_share():
    """Utility 6 - .8 p at a cost of 2: price 6.36, bought by 71 %; no other price earns more.

    Source: Anderson, de Palma and Thisse (1992), section 7.
    """
    price, share = market.logit_monopoly_price(0.8, 6.0, 2.0)
    assert price == published("6.3604644")
    assert share == published(".7133333")
    prices = np.linspace(2.0, 12.0, 10_001)
    earned = (prices - 2.0) / (1.0 + np.exp(0.8 * prices - 6.0))
    assert prices[earned.argmax()] == pytest.approx(price, abs=1e-3)


def test_a_budget_goes_where_the_next_yuan_brings_most():
    """Three touchpoints with diminishing returns share a budget of 100 as 85, 12 and 3.

    Source: Kuhn and Tucker (1951): at the optimum marginal returns are equal.
    """
    scale, exponent = np.array([5.0, 3.0, 2.0]), np.array([0.5, 0.4, 0.3])
    spend = mix.budget_mix(scale, exponent, 100.0)
    assert spend[0] == published("84.9665")
    assert spend[1] == published("11.9245")
    assert spend[2] == published("3.1090")
    assert mix.mix_value(spend, scale, exponent) == published("56.98467")
    marginal = scale * exponent * spend ** (exponent - 1.0)
    assert marginal == pytest.approx(np.full(3, marginal[0]), rel=1e-9)


def test_a_market_is_its_people_times_reach_times_penetration():
    """Of 60 million people, 55 % within reach, of whom 40 % buy in the end: 13.2 million.

    Source: the chain-ratio method of Kotler and Keller (2016), Marketing management; by hand. A market
    of nobody has no potential; a share of 120 % is refused.
    """
    assert market.market_potential(60e6, 0.55, 0.40) == pytest.approx(13.2e6)
    assert market.market_potential(np.array([0.0, 10.0]), 0.5, 0.5).tolist() == [0.0, 2.5]
    for wrong in ((-1.0, 0.5, 0.5), (1.0, 1.2, 0.5), (1.0, 0.5, -0.1)):
        with pytest.raises(ValueError, match="shares of 0 to 1"):
            market.market_potential(*wrong)


def test_a_promotion_borrows_from_the_months_after_it():
    """100 orders a month, +50 % once, 60 % of it pulled forward, paid back over two months.

    By hand: 150 orders, then a debt of 30 of which half is missing each month, 85, 92.5, 96.25 ...;
    20 orders remain in the end.
    """
    uplift = np.zeros(40)
    uplift[0] = 0.5
    orders = mix.promotion_path(np.full(40, 100.0), uplift, pulled=0.6, payback=2.0)
    assert orders[:4].tolist() == [150.0, 85.0, 92.5, 96.25]
    assert orders.sum() - 4000.0 == pytest.approx(20.0, abs=1e-6)


def test_a_funnel_and_what_a_customer_costs():
    """A million exposures, 2 % click, 10 % leave a contact, 60 % qualify, 25 % order: 300 orders.

    By hand. At 120,000 for media and 60,000 for people a customer costs 400, with people 600.
    """
    rates = np.array([0.02, 0.10, 0.60, 0.25])
    stages = funnel.funnel_stages(np.asarray(1e6), rates)
    assert stages.tolist() == pytest.approx([1e6, 2e4, 2e3, 1200.0, 300.0])
    assert funnel.acquisition_cost(stages[-1], np.asarray(120e3)) == pytest.approx(400.0)
    assert funnel.acquisition_cost(stages[-1], np.asarray(120e3), 60e3) == pytest.approx(600.0)
