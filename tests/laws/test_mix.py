"""Laws of the marketing mix: promotions, the funnel's stages, and a budget over months."""

import numpy as np
import pytest
from hypothesis import given, settings
from tests.laws.ranges import number, row, share

from tandem.model import allocation, funnel, mix
from tandem.model.allocation import Responses


@given(usual=row(0.0, 1e4, 6), uplift=number(0.0, 3.0), pulled=share, payback=number(1.0, 4.0))
def test_a_promotion_adds_what_it_did_not_pull_forward(usual, uplift, pulled, payback):
    """Over its window a promotion adds (1 - pulled) of its burst, and never fewer orders than none."""
    long = np.concatenate([usual, np.full(120, 1e4)])
    gains = np.zeros(long.size)
    gains[3] = uplift
    orders = mix.promotion_path(long, gains, pulled, payback)
    burst = uplift * long[3]
    assert (orders >= 0).all()
    assert orders.sum() - long.sum() == pytest.approx(
        (1.0 - pulled) * burst, abs=1e-6 * (1 + burst)
    )
    assert (orders[4:] <= long[4:] + 1e-9).all() and orders[3] == pytest.approx(long[3] + burst)


@given(usual=row(1.0, 1e4, 12), pulled=share)
def test_without_an_uplift_a_promotion_changes_nothing(usual, pulled):
    """No offer, no burst and no dip."""
    assert mix.promotion_path(usual, np.zeros(12), pulled, 2.0) == pytest.approx(usual)


@given(
    uplift=number(0.0, 3.0), low=number(0.0, 1e6), more=number(0.0, 1e6), reference=number(1.0, 1e6)
)
def test_a_promotion_nobody_hears_of_gains_nothing(uplift, low, more, reference):
    """No advertising, no lift; at the reference the stated one; more brings more, ever more slowly."""
    none, half, full, at = (
        float(mix.advertised_uplift(uplift, spent, reference))
        for spent in (0.0, low + more / 2.0, low + more, reference)
    )
    start = float(mix.advertised_uplift(uplift, low, reference))
    assert none == 0.0 and at == pytest.approx(uplift)
    assert start <= half + 1e-12 and half >= (start + full) / 2.0 - 1e-12


@given(uplift=row(0.0, 3.0, 3), days=row(0.0, 0.3, 3), terms=row(0.0, 0.9, 3))
def test_promotions_give_up_no_more_than_their_deepest_discount(uplift, days, terms):
    """Of a month's sales only what is sold on promotional terms is given up, and nothing without them."""
    given_up = float(mix.promotion_terms(uplift, days, terms))
    assert 0.0 <= given_up <= terms.max() + 1e-12
    assert float(mix.promotion_terms(uplift, days, terms * 0.0)) == 0.0


def test_terms_of_a_promotion_by_hand():
    """Half as many orders again and 10 of 30 days on terms of 12 %: 10 % of 1.5 times the sales, .0667."""
    given_up = mix.promotion_terms(np.array([0.5]), np.array([1.0 / 3.0]), np.array([0.12]))
    assert float(given_up) == pytest.approx(0.1 / 1.5)


def test_a_promotion_also_gives_to_those_who_would_have_come():
    """By hand: 50 orders gained and 60 promoted ones at 15 less, 200 to take part; the dip after it."""
    usual, orders = np.full(2, 100.0), np.array([150.0, 85.0])
    promoted, fixed = np.array([60.0, 0.0]), np.array([200.0, 0.0])
    profit = mix.promotion_profit(orders, usual, promoted, 40.0, 15.0, fixed)
    assert profit.tolist() == [50 * 40 - 60 * 15 - 200, -15 * 40]


@pytest.mark.parametrize("wrong", [{"pulled": 1.2}, {"payback": 0.5}, {"uplift": np.full(3, -0.1)}])
def test_promotions_that_cannot_be_are_refused(wrong):
    """More pulled forward than was gained, a payback within the month, a negative uplift."""
    usual = {"usual": np.ones(3), "uplift": np.zeros(3), "pulled": 0.5, "payback": 2.0}
    with pytest.raises(ValueError, match="pulled forward is 0 to 1"):
        mix.promotion_path(**(usual | wrong))


@given(exposures=row(0.0, 1e8), rates=row(0.0, 1.0, 4, 3))
def test_no_stage_of_a_funnel_is_larger_than_the_one_before(exposures, rates):
    """From exposure to order people only leave."""
    stages = funnel.funnel_stages(exposures, rates)
    assert stages.shape == (5, 3) and (np.diff(stages, axis=0) <= 1e-9).all()
    assert stages[0] == pytest.approx(exposures)


@given(customers=row(0.0, 1e5), spend=row(0.0, 1e7), people=row(0.0, 1e7))
def test_people_never_make_a_customer_cheaper(customers, spend, people):
    """CAC with people is at least that of media alone; money that won nobody has no finite CAC."""
    media = funnel.acquisition_cost(customers, spend)
    full = funnel.acquisition_cost(customers, spend, people)
    won = customers > 0
    assert (full[won] >= media[won]).all()
    assert not np.isfinite(full[~won]).any()


@given(leads=row(0.0, 1e5, 4, 3))
def test_the_cost_of_people_is_shared_out_whole(leads):
    """Touchpoints carry people by their leads, all of it, and nothing where there is no lead."""
    shares = funnel.people_cost_shares(leads)
    whole = shares.sum(axis=-2)
    assert ((np.abs(whole - 1.0) < 1e-9) | (leads.sum(axis=-2) == 0)).all()


def test_funnels_that_cannot_be_are_refused():
    """A share above 1, or people below 0."""
    for exposures, rates in ((1.0, [1.2]), (-1.0, [0.5])):
        with pytest.raises(ValueError, match="0 to 1"):
            funnel.funnel_stages(np.asarray(exposures), np.array(rates))


RESPONSES = Responses(
    np.array([5.0, 3.0, 2.0]), np.array([0.2, 0.4, 0.6]), np.array([1.2, 0.8, 1.5]), np.array([1.1, 0.9, 1.2])
)  # fmt: skip
SEASON = np.array(
    [1.1, 0.84, 0.92, 0.92, 0.98, 1.1, 0.92, 0.94, 0.98, 1.02, 1.2, 1.08, 1.0, 1.0, 1.0, 1.0]
)
BEFORE = np.array([0.5, 0.5, 0.5])
LATER = np.full((4, 3), 0.6)  # spent in any case after the year


@settings(max_examples=12, deadline=None)
@given(total=number(4.0, 90.0), effect=row(0.5, 8.0), kept=row(0.0, 0.8), slope=row(0.7, 1.0))
def test_another_yuan_brings_the_same_everywhere(total, effect, kept, slope):
    """At the best split over months and touchpoints marginal returns are equal where money goes, and
    nowhere larger; no other split of the money brings more.
    """
    responses = Responses(effect, kept, np.array([1.2, 0.8, 1.5]), slope)
    best = allocation.best_allocation(total, 12, responses, SEASON, BEFORE, LATER)
    assert best.spend.sum() == pytest.approx(total) and (best.spend >= 0).all()
    at = allocation.marginal_return(best.spend, responses, SEASON, BEFORE, LATER)
    used = best.spend > 1e-4 * total
    assert at[used] == pytest.approx(np.full(used.sum(), best.marginal), rel=1e-3)
    assert at.max() <= best.marginal * (1.0 + 1e-3)
    random = np.random.default_rng(1)
    for _ in range(20):
        other = random.dirichlet(np.ones(36)).reshape(12, 3) * total
        assert allocation.response_value(other, responses, SEASON, BEFORE, LATER) <= best.value * (
            1 + 1e-9
        )
    assert best.bound == pytest.approx(best.value, rel=1e-9)


@pytest.mark.parametrize("total", [2.0, 40.0])
def test_curves_that_rise_slowly_first_are_bounded(total):
    """With slopes above 1 the bound is never below what is found, and near it where money is not scarce:
    what is left is the tail after the last month, in which stocks fade away.
    """
    best = allocation.best_allocation(total, 12, RESPONSES, SEASON, BEFORE, LATER)
    assert best.value <= best.bound * (1.0 + 1e-12)
    assert best.missed < 1e-5
    if total > 10:
        assert best.value == pytest.approx(best.bound, rel=1e-3)


def test_the_marginal_return_is_the_slope_of_the_value():
    """What another yuan brings in a month and touchpoint is what the value gains by it."""
    spend = np.random.default_rng(3).uniform(0.2, 2.0, (12, 3))
    at = allocation.marginal_return(spend, RESPONSES, SEASON, BEFORE, LATER)
    for month, place in ((0, 0), (5, 1), (11, 2)):
        up, down = spend.copy(), spend.copy()
        up[month, place] += 1e-5
        down[month, place] -= 1e-5
        gain = [allocation.response_value(s, RESPONSES, SEASON, BEFORE, LATER) for s in (up, down)]
        assert at[month, place] == pytest.approx((gain[0] - gain[1]) / 2e-5, rel=1e-6)


@given(low=number(0.1, 3.0), more=number(0.1, 3.0), slope=number(0.5, 1.0))
def test_saturation_is_concave_and_no_spend_has_no_lift(low, more, slope):
    """Twice the money brings less than twice, and no money nothing."""
    one = Responses(np.ones(1), np.zeros(1), np.ones(1), np.full(1, slope))

    def value(spend: float) -> float:
        return allocation.response_value(np.full((1, 1), spend), one, np.ones(1), np.zeros(1))

    assert value(0.0) == 0.0
    assert value(low + more / 2.0) >= (value(low) + value(low + more)) / 2.0 - 1e-12


def test_without_carry_over_it_is_the_split_of_a_month():
    """One month without carry-over: equal slopes of three Hill curves, found by hand by bisection."""
    flat = Responses(np.array([5.0, 3.0]), np.zeros(2), np.ones(2), np.ones(2))
    best = allocation.best_allocation(4.0, 1, flat, np.ones(1), np.zeros(2))
    # 5/(1+x)**2 = 3/(1+y)**2, x + y = 4
    ratio = np.sqrt(5.0 / 3.0)
    y = (5.0 - ratio) / (1.0 + ratio)
    assert best.spend[0] == pytest.approx([4.0 - y, y], rel=1e-5)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"total": 0.0}, "nothing to spend"),
        ({"season": np.ones(3)}, "season above 0"),
        ({"responses": Responses(-np.ones(1), np.zeros(1), np.ones(1), np.ones(1))}, "above 0"),
        ({"responses": Responses(np.ones(1), np.ones(1), np.ones(1), np.ones(1))}, "retention"),
    ],
)
def test_budgets_that_cannot_be_split_are_refused(wrong, reason):
    """No money, no season, an effect below 0, carry-over without end."""
    usual = {
        "total": 1.0,
        "months": 4,
        "responses": Responses(*(np.full(1, 0.5),) * 4),
        "season": np.ones(4),
    }
    with pytest.raises(ValueError, match=reason):
        allocation.best_allocation(**(usual | wrong), before=np.zeros(1))
