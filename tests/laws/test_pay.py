"""Laws of pay: what a plan pays, costs, is worth and rewards."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from tests.laws.plans import bonuses, commissions, one, part, people, plans
from tests.laws.ranges import number, row, share

from tandem.model import hiring
from tandem.model.incentives.attainment import (
    expected_excess,
    expected_payout,
    payout_gain,
    spread_of_period,
)
from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.curve import PayCurve, floored
from tandem.model.incentives.effort import effort, linear_contract
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.incentives.option import option_value
from tandem.model.incentives.plan import monthly_curve, payout

attainments, sigmas = number(0.1, 3.0), number(0.03, 1.5)


@given(plan=plans(), mean=attainments, more=number(0.0, 1.0), sigma=sigmas)
def test_better_results_are_never_paid_less(plan, mean, more, sigma):
    """Expected pay never falls when results rise, for a person and for a team."""
    for curve in (monthly_curve(plan), part(plan, KpiBonus).curve()):
        low, high = (expected_payout(curve, one(m), one(sigma)) for m in (mean, mean + more))
        assert (high >= low - 1e-12).all()
        assert (curve.at(one(mean + more)) >= curve.at(one(mean)) - 1e-12).all()
        assert (payout_gain(curve, one(mean), one(sigma)) >= -1e-12).all()


@given(plan=plans(), at=number(0.0, 4.0))
def test_no_result_is_worth_a_jump_in_pay(plan, at):
    """Pay is continuous: nobody gains from shifting one order over a threshold."""
    for curve in (monthly_curve(plan), part(plan, KpiBonus).curve()):
        step = 1e-7
        jump = curve.at(one(at + step)) - curve.at(one(at))
        steepest = np.abs(curve.slopes[np.isfinite(curve.strikes)]).sum()
        assert (np.abs(jump) <= step * steepest + 1e-12).all()


@given(pay=commissions(), at=share, more=share)
def test_a_higher_threshold_never_pays_more_up_to_quota(pay, at, more):
    """Raising the threshold of commission never raises pay at equal results up to quota.

    What is paid at quota stays the same by design; above it the steeper rate of a higher threshold
    pays more.
    """
    raised = pay.threshold + more * (0.95 - pay.threshold)
    harder = replace(pay, threshold=raised)
    assert (harder.curve().at(one(at)) <= pay.curve().at(one(at)) + 1e-12).all()
    assert harder.curve().at(one(1.0)) == pytest.approx(pay.curve().at(one(1.0)))


@given(pay=commissions(), sales=number(0.0, 3.0), quota=number(0.5, 2.0), more=share)
def test_a_higher_quota_never_pays_more(pay, sales, quota, more):
    """Raising the quota never raises commission at equal sales."""
    before, after = (pay.curve().at(one(sales / q)) for q in (quota, quota * (1.0 + more)))
    assert (after <= before + 1e-12).all()


@given(pay=commissions(), at=number(0.0, 12.0))
def test_commission_has_a_floor_its_quota_and_a_ceiling(pay, at):
    """Nothing below the threshold, the share at quota, nothing more above the cap."""
    curve = pay.curve()
    assert (curve.at(pay.threshold * 0.99) == 0.0).all()
    assert curve.at(one(1.0)) == pytest.approx(pay.share)
    most = curve.at(pay.cap)
    assert (curve.at(one(at)) <= most + 1e-9).all()
    assert curve.at(pay.cap + at) == pytest.approx(most)


@given(pay=bonuses(), at=number(0.0, 12.0))
def test_a_bonus_pays_its_share_at_target_and_stops_at_its_cap(pay, at):
    """The KPI bonus is its share at target and never more than the cap times that."""
    curve = pay.curve()
    assert curve.at(one(1.0)) == pytest.approx(pay.share)
    assert (curve.at(one(at)) <= pay.cap * pay.share + 1e-9).all()
    assert (curve.at(pay.threshold * 0.99) == 0.0).all()


@given(pay=commissions(least_accelerator=1.0), mean=attainments, sigma=sigmas)
def test_a_plan_that_accelerates_costs_more_than_pay_at_the_mean(pay, mean, sigma):
    """People differ, so a convex plan costs more than the average person's pay; never budget that."""
    curve = pay.curve()
    convex = PayCurve(curve.level, curve.strikes[:2], curve.slopes[:2])  # without the cap
    cost, at_mean = expected_payout(convex, one(mean), one(sigma)), convex.at(one(mean))
    assert (cost >= at_mean - 1e-12).all()
    if pay.share.min() > 0.01 and pay.accelerator.min() > 1.2 and sigma > 0.2 and 0.7 < mean < 1.3:
        assert (cost > at_mean * (1.0 + 1e-5)).all()


@given(pay=bonuses(), mean=number(2.0, 10.0), sigma=sigmas)
def test_a_capped_plan_costs_less_than_pay_at_a_mean_above_the_cap(pay, mean, sigma):
    """Where the average person is beyond the cap, the weaker ones make a plan cheaper than that."""
    curve = pay.curve()
    assume((curve.strikes[1] <= mean).all())
    cost = expected_payout(curve, one(mean), one(sigma))
    assert (cost <= curve.at(one(mean)) + 1e-12).all()


@given(plan=plans(), at=number(0.0, 4.0), floor=number(0.0, 1.5))
def test_a_floor_is_the_larger_of_plan_and_floor(plan, at, floor):
    """Nobody earns less than the minimum, and nobody above it earns anything else than the plan."""
    curve = part(plan, BasePay).curve() + part(plan, Commission).curve()
    held = floored(curve, one(floor))
    assert held.at(one(at)) == pytest.approx(np.maximum(curve.at(one(at)), floor), abs=1e-9)


@given(plan=plans(), floor=number(0.0, 1.5), mean=attainments, sigma=sigmas)
def test_a_minimum_wage_costs_money_and_blunts_incentives(plan, floor, mean, sigma):
    """Holding pay to a minimum never costs less and never rewards results more."""
    curve = part(plan, BasePay).curve() + part(plan, Commission).curve()
    held = floored(curve, one(floor))
    at = one(mean), one(sigma)
    assert (expected_payout(held, *at) >= expected_payout(curve, *at) - 1e-12).all()
    assert (expected_payout(held, *at) >= floor - 1e-12).all()


@given(mean=attainments, strike=number(0.0, 4.0), sigma=sigmas, more=share)
def test_mean_excess_lies_between_its_bounds_and_rises_with_spread(mean, strike, sigma, more):
    """The more people differ, the more there is above any threshold; never more than all results."""
    strikes = np.array([strike])
    narrow, wide = (expected_excess(np.array([mean]), strikes, s) for s in (sigma, sigma + more))
    assert (narrow >= max(mean - strike, 0.0) - 1e-12).all() and (narrow <= mean + 1e-12).all()
    assert (wide >= narrow - 1e-12).all()


@given(spread=row(0.02, 1.5), noise=row(0.01, 1.5), months=number(1.0, 12.0))
def test_luck_averages_out_over_a_longer_period(spread, noise, months):
    """A longer pay period narrows results towards the lasting differences between people."""
    found = spread_of_period(spread, noise, months)
    assert (found <= spread_of_period(spread, noise, 1.0) + 1e-12).all()
    assert (found >= spread).all()


@given(
    plan=plans(),
    mean=row(0.1, 3.0, 3, 1, 1),
    spread=number(0.02, 1.5),
    noise=number(0.01, 1.5),
    aversion=number(0.0, 10.0),
    ramping=share,
)
def test_a_plan_is_worth_at_most_what_it_costs(plan, mean, spread, noise, aversion, ramping):
    """To people who dislike risk pay is worth its mean at most, and what is certain at least."""
    found = payout(plan, people(spread, noise, aversion), mean, one(ramping))
    cost = found.pay
    assert (found.value <= cost + 1e-12).all()
    assert (found.value >= np.maximum(part(plan, BasePay).share, plan.minimum) - 1e-9).all()
    assert (found.spread >= 0.0).all() and (found.gain >= -1e-12).all()
    assert (cost >= plan.minimum - 1e-9).all()


@given(plan=plans(), mean=row(0.5, 1.5, 3, 1, 1), less=number(0.0, 5.0), more=number(0.0, 5.0))
def test_who_dislikes_risk_more_values_a_plan_less(plan, mean, less, more):
    """Risk aversion never raises the value of uncertain pay, and certain pay keeps its value."""
    bold, shy = (
        payout(plan, people(0.3, 0.3, aversion), mean, one(0.0)) for aversion in (less, less + more)
    )
    assert (shy.value <= bold.value + 1e-12).all()
    assert (shy.commission == bold.commission).all()


@given(plan=plans(), mean=row(0.1, 3.0, 3, 1, 1), spread=number(0.02, 1.5), noise=number(0.01, 1.5))
def test_a_guarantee_only_helps(plan, mean, spread, noise):
    """Who ramps up is paid the guarantee at least, and no plan pays less for having one."""
    floor = part(plan, Guarantee).share
    bare = replace(plan, components=tuple(c for c in plan.components if type(c) is not Guarantee))
    held, without = (
        payout(each, people(spread, noise, 2.0), mean, one(1.0)).pay for each in (plan, bare)
    )
    assert (held >= np.maximum(without, floor) - 1e-9).all()
    assert (held <= without + floor + 1e-9).all()


gains = row(0.0, 2.0, 3, 1, 3)


@given(gain=gains, usual=gains, response=share, cross=share)
def test_effort_stays_human_and_that_of_2026_is_one(gain, usual, response, cross):
    """No plan makes people work more than a third harder or stop, and the old plan changes nothing."""
    found = effort(gain, usual, np.full(3, response), np.full(3, cross))
    assert (found >= 0.7).all() and (found <= 1.3).all()
    assert (effort(usual, usual, np.full(3, response), np.full(3, cross)) == 1.0).all()


@given(gain=gains, response=share, cross=share, more=share)
def test_what_is_rewarded_is_done_and_the_rest_suffers(gain, response, cross, more):
    """A stronger reward for one task never lowers effort on it nor raises it on the others."""
    terms = np.full(3, response), np.full(3, cross)
    moved = gain.copy()
    moved[1] += more
    before, after = effort(gain, gain, *terms), effort(moved, gain, *terms)
    assert (after[1] >= before[1]).all()
    assert (after[[0, 2]] <= before[[0, 2]]).all()


@given(
    productivity=number(0.1, 3.0),
    cost=number(0.1, 5.0),
    variance=number(0.0, 10.0),
    aversion=number(0.0, 5.0),
    more=number(0.0, 5.0),
)
def test_noisier_results_deserve_flatter_pay(productivity, cost, variance, aversion, more):
    """The best share of output paid falls with noise, and without noise is all of it."""
    slope, tried, surplus = linear_contract(productivity, cost, variance, aversion)
    noisier, _, less = linear_contract(productivity, cost, variance + more, aversion)
    assert 0.0 < noisier <= slope <= 1.0 and 0.0 < less <= surplus and tried > 0.0
    assert linear_contract(productivity, cost, 0.0, aversion)[0] == 1.0


@given(
    price=number(1.0, 200.0),
    strike=number(1.0, 200.0),
    rate=number(0.0, 0.15),
    volatility=number(0.05, 1.0),
    years=number(0.1, 10.0),
    dividend=number(0.0, 0.1),
)
def test_an_option_is_worth_no_less_than_exercising_at_the_end_for_certain(
    price, strike, rate, volatility, years, dividend
):
    """A call lies between the discounted forward gain and the share itself; a put is never negative."""
    call, put = option_value(price, strike, rate, volatility, years, dividend)
    share_now, debt = price * np.exp(-dividend * years), strike * np.exp(-rate * years)
    assert max(share_now - debt, 0.0) - 1e-9 <= call <= share_now + 1e-9
    assert -1e-9 <= put <= debt + 1e-9
    assert call - put == pytest.approx(share_now - debt, abs=1e-9)


@given(gain=row(-0.5, 0.5, 3, 3), usual=row(-0.5, 0.5, 3, 3), crowding=row(0.0, 1.0))
def test_stronger_incentives_crowd_out_and_weaker_ones_win_nothing_back(gain, usual, crowding):
    """Crowding out lowers effort where incentives are stronger in all, and is nothing elsewhere."""
    change = gain[:, None] - usual[:, None]
    none = np.zeros(3)
    with_it = effort(gain[:, None], usual[:, None], np.ones(3), none, 0.0, crowding)
    without = effort(gain[:, None], usual[:, None], np.ones(3), none)
    stronger = change.sum(axis=0) > 0
    assert (with_it <= without + 1e-12).all()
    assert np.where(stronger, 0.0, with_it - without) == pytest.approx(np.zeros_like(with_it))


@given(candidates=row(0.5, 3.0), value=row(-0.5, 0.5), effect=row(0.0, 2.0))
def test_better_pay_brings_applicants_and_saves_sourcing_time(candidates, value, effect):
    """Twice the applicants, half the time to find one candidate; pay as in 2026 changes nothing."""
    time = hiring.sourcing_time(candidates, value, effect)
    assert ((time <= candidates + 1e-12) | (value < 0)).all()
    assert hiring.sourcing_time(candidates, 0.0 * value, effect) == pytest.approx(candidates)
