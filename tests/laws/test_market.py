"""Laws of demand: who adopts, who is open to us, who decides for us."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share

from tandem.model import market


@given(years=number(0.0, 60.0), more=number(0.0, 20.0), p=number(1e-4, 0.2), q=number(0.01, 1.5))
def test_adoption_only_grows_and_ends_at_everybody(years, more, p, q):
    """Nobody who has adopted a category un-adopts it, and no more than all can."""
    now, later = market.bass_cumulative(np.array([years, years + more]), p, q)
    assert 0.0 <= now <= later + 1e-15 and later <= 1.0


@given(p=number(1e-4, 0.2), q=number(0.01, 1.5))
def test_adoption_is_fastest_at_its_peak(p, q):
    """Before and after the peak fewer adopt; where few imitate, adoption is fastest at once."""
    peak = float(market.bass_peak_time(p, q))
    assert peak >= 0.0 and (peak > 0.0) == (q > p)
    width = 0.05
    middle = max(peak, 1.5 * width)
    ends = np.array([-1.5, -0.5, 0.5, 1.5]) * width + middle
    before, at, after = np.diff(market.bass_cumulative(ends, p, q))
    assert after <= at + 1e-12
    assert before <= at + 1e-12 or peak < 1.5 * width


@given(
    pool=number(1.0, 1e7),
    adopted=number(0.0, 1.2),
    time=number(0.0, 120.0),
    step=number(0.0, 2.0),
    p=number(1e-4, 0.2),
    q=number(0.01, 1.5),
)
def test_never_more_adopt_than_are_left(pool, adopted, time, step, p, q):
    """Adopters of a month come out of those who have not adopted, also in a category of old age."""
    left = max(pool - adopted * pool, 0.0)
    joined = market.bass_adopters(
        *(np.array([x]) for x in (pool, adopted * pool, time, time + step, p, q))
    )[0]
    assert -1e-12 * pool <= joined <= left * (1.0 + 1e-12)


@given(time=number(0.0, 15.0), step=number(0.01, 1.0), p=number(1e-3, 0.1), q=number(0.05, 0.9))
def test_on_its_curve_a_category_follows_its_curve(time, step, p, q):
    """Where adopters so far are those of the curve, the next ones are the curve's difference."""
    now, later = market.bass_cumulative(np.array([time, time + step]), p, q)
    joined = market.bass_adopters(
        *(np.array([x]) for x in (1e6, 1e6 * now, time, time + step, p, q))
    )
    assert joined == pytest.approx([1e6 * (later - now)], rel=1e-6, abs=1e-6)


@given(
    price=row(0.3, 3.0), spend=row(0.1, 10.0), by_price=number(0.0, 5.0), by_spend=number(0.0, 2.0)
)
def test_time_never_runs_backwards(price, spend, by_price, by_spend):
    """A dear category spreads slowly, never back; at the price and spend of 2026, a month a month."""
    step = market.effective_time_step(price, spend, np.full(3, by_price), np.full(3, by_spend))
    assert (step >= 0.0).all()
    usual = market.effective_time_step(np.ones(3), np.ones(3), np.ones(3), np.ones(3))
    assert usual == pytest.approx(np.full(3, 1.0 / 12.0))


@given(adopters=row(0.0, 1e5), adopted=row(0.0, 1e7), own=row(0.0, 1e7), switching=number(0.0, 5.0))
def test_only_others_customers_can_switch_to_us(adopters, adopted, own, switching):
    """Those open to an offer are new adopters and at most all customers of others."""
    open_to_us = market.contestable_customers(adopters, adopted, own, np.full(3, switching))
    others = np.maximum(adopted - own, 0.0)
    assert (open_to_us >= adopters).all()
    assert (open_to_us <= (adopters + others) * (1.0 + 1e-12)).all()


@given(
    own=row(-8.0, 8.0, 1, 3),
    rivals=row(-8.0, 8.0, 1, 2, 3),
    sensitivity=number(0.2, 12.0),
    price=number(0.3, 3.0),
    rise=number(0.0, 1.0),
)
def test_a_dearer_offer_never_wins_more(own, rivals, sensitivity, price, rise):
    """Raising our price never raises the share that decides for us."""
    before = market.choice_share(own - sensitivity * np.log(price), rivals)
    after = market.choice_share(own - sensitivity * np.log(price * (1.0 + rise)), rivals)
    assert (after <= before + 1e-15).all()
    assert (after >= 0.0).all() and (before <= 1.0).all()


@given(own=row(-8.0, 8.0, 1, 3), rivals=row(-8.0, 8.0, 1, 2, 3), better=number(0.0, 5.0))
def test_a_better_rival_never_leaves_us_more(own, rivals, better):
    """What makes a competitor more attractive never raises our share."""
    stronger = rivals.copy()
    stronger[:, 0] += better
    assert (market.choice_share(own, stronger) <= market.choice_share(own, rivals) + 1e-15).all()


@given(own=row(-500.0, 500.0, 1, 3), rivals=row(-500.0, 500.0, 1, 2, 3))
def test_extreme_utilities_give_a_share_still(own, rivals):
    """However hopeless or irresistible an offer, its share is a share."""
    found = market.choice_share(own, rivals)
    assert np.isfinite(found).all() and (found >= 0.0).all() and (found <= 1.0).all()


@given(wanted=row(0.001, 0.949, 1, 3), rivals=row(-5.0, 5.0, 1, 2, 3))
def test_the_brands_constant_gives_the_observed_share(wanted, rivals):
    """The utility that is solved for makes exactly the share observed in 2026."""
    utility = market.own_utility_for(wanted, rivals)
    assert market.choice_share(utility, rivals) == pytest.approx(wanted, rel=1e-9)


@given(
    sensitivity=number(0.1, 5.0), attraction=number(-5.0, 10.0), cost=number(0.1, 10.0), off=share
)
def test_no_other_price_earns_a_single_seller_more(sensitivity, attraction, cost, off):
    """The logit monopoly price is above cost, and any other price earns less."""
    price, bought = market.logit_monopoly_price(sensitivity, attraction, cost)
    assert price > cost and 0.0 < bought < 1.0

    def earned(at):
        return (at - cost) / (1.0 + np.exp(sensitivity * at - attraction))

    for other in (price * (1.0 + off), cost + (price - cost) * off):
        assert earned(other) <= earned(price) * (1.0 + 1e-9)
