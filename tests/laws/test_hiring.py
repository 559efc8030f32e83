"""Laws of hiring: time, candidates, offers, requisitions, HR's policy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.ranges import number, row, share, shares

from tandem.model import hiring, policy, readiness, recruiting, selection
from tandem.model.types import STAGES
from tandem.units import DAYS_PER_MONTH


@given(
    base=row(0.05, 0.99),
    pay=row(-1.0, 1.0),
    tight=row(-2.0, 3.0),
    brand=row(-1.0, 1.0),
    by_pay=number(0.0, 15.0),
    by_brand=number(0.0, 10.0),
    more=number(0.0, 0.5),
)
def test_better_pay_and_a_better_name_never_lose_a_candidate(
    base, pay, tight, brand, by_pay, by_brand, more
):
    """Acceptance is a share, rises with pay and employer brand, falls in a tight labour market."""
    effects = np.full(3, by_pay), np.full(3, by_brand)
    now = hiring.acceptance(base, pay, tight, brand, *effects)
    assert (now >= 0.0).all() and (now <= 1.0).all()
    assert (hiring.acceptance(base, pay + more, tight, brand, *effects) >= now).all()
    assert (hiring.acceptance(base, pay, tight, brand + more, *effects) >= now).all()
    assert (hiring.acceptance(base, pay, tight + more, brand, *effects) <= now).all()
    usual = hiring.acceptance(base, np.zeros(3), np.zeros(3), np.zeros(3), *effects)
    assert usual == pytest.approx(base)


@given(ratio=row(0.01, 1.0), accepted=row(0.05, 1.0))
def test_every_hire_takes_at_least_one_candidate(ratio, accepted):
    """The pickier we are and the more refuse, the more candidates one hire takes."""
    found = hiring.candidates_per_hire(ratio, accepted)
    assert (found >= 1.0).all()
    assert found * ratio * accepted == pytest.approx(np.ones(3))


@given(
    days=row(0.1, 60.0, 7, 3),
    stretch=number(1.0, 3.0),
    sourcing=number(1.0, 3.0),
    cv=number(0.05, 2.0),
)
def test_busy_recruiters_and_scarce_candidates_never_hire_faster(days, stretch, sourcing, cv):
    """Load lengthens every stage but the notice at the last employer, which nobody can shorten."""
    one, spread = np.ones(3), np.full(3, cv)
    usual, usual_sd = hiring.stage_moments(days, one, one, one, spread)
    slow, slow_sd = hiring.stage_moments(days, one * stretch, one * sourcing, one, spread)
    assert usual == pytest.approx(days.sum(axis=0))
    assert (slow >= usual * (1 - 1e-12)).all() and (slow_sd >= usual_sd * (1 - 1e-12)).all()
    assert (slow <= days[:-1].sum(axis=0) * stretch * sourcing + days[-1] + 1e-9).all()


@given(mean=row(3.0, 400.0), cv=row(0.05, 1.5))
def test_every_requisition_starts_somebody_some_month(mean, cv):
    """Start months add up to everybody, a month ahead at the earliest."""
    found = hiring.start_month_shares(mean, cv * mean)
    assert found.shape == (hiring.LEAD_MONTHS, 3)
    assert (found >= 0.0).all()
    assert found.sum(axis=0) == pytest.approx(np.ones(3), abs=1e-12)


@given(mean=number(3.0, 150.0), cv=number(0.05, 0.6), later=number(0.0, 30.0))
def test_longer_stages_never_start_people_earlier(mean, cv, later):
    """At the same spread in proportion, a longer process fills fewer by any month."""
    means = np.array([mean, mean + later])
    filled = np.cumsum(hiring.start_month_shares(means, cv * means), axis=0)
    assert (filled[:, 1] <= filled[:, 0] + 1e-12).all()


@given(calendar=st.integers(0, 11), mix=row(0.01, 1.0, 3, 2, 2))
def test_channels_always_add_up_and_the_campus_keeps_its_season(calendar, mix):
    """Outside its window campus hiring goes to the other channels; nothing is left unhired."""
    mix = mix / mix.sum(axis=0)
    found = hiring.open_channels(mix, (True, False, False), calendar)
    assert found.sum(axis=0) == pytest.approx(np.ones((2, 2)))
    closed = not hiring.in_campus_window(calendar)
    assert ((found[0] == 0.0) == closed).all()
    assert hiring.campus_shares(calendar).sum() == 1.0


@given(target=row(0.0, 1e3), heads=row(0.0, 1e3), leavers=row(0.0, 100.0), pipeline=row(0.0, 100.0))
def test_requisitions_bring_heads_to_target(target, heads, leavers, pipeline):
    """Heads, less leavers, plus those on their way and those asked for, are the target."""
    wanted = hiring.requisitions_wanted(target, heads, leavers, pipeline)
    assert heads - leavers + pipeline + wanted == pytest.approx(target, abs=1e-9)


@given(
    wanted=row(-500.0, 500.0), heads=row(0.0, 1e3), part=number(0.01, 1.0), few=number(0.0, 50.0)
)
def test_a_cell_takes_no_more_newcomers_than_it_can_take_in(wanted, heads, part, few):
    """Requisitions stay within a share of heads, or a few, and are never negative."""
    found = hiring.limited_requisitions(wanted, heads, np.full(3, part), np.full(3, few))
    limit = np.maximum(part * heads, few)
    assert (found >= 0.0).all() and (found <= limit).all()
    inside = (wanted >= 0.0) & (wanted <= limit)
    assert (found[inside] == wanted[inside]).all()


@given(
    rate=number(0.01, 2.0),
    mean=number(5.0, 120.0),
    cv=number(0.05, 1.5),
    days=number(0.5, 300.0),
)
def test_open_requisitions_grow_towards_rate_times_time_to_fill(rate, mean, cv, days):
    """From an empty desk requisitions pile up to what Little's law says, never beyond."""
    now = hiring.open_requisitions(rate, mean, cv * mean, days)
    later = hiring.open_requisitions(rate, mean, cv * mean, days * 1.5)
    assert 0.0 <= now <= later * (1 + 1e-9) + 1e-12
    assert later <= rate * mean * (1 + 1e-9)
    assert now <= rate * days * (1 + 1e-9)


@given(accepted=number(0.2, 1.0), hires=st.integers(1, 30), confidence=number(0.5, 0.99))
def test_offers_are_enough_and_not_one_too_many(accepted, hires, confidence):
    """The number of offers reaches the confidence, and one offer fewer does not."""
    from scipy.stats import binom

    offers = hiring.offers_needed(accepted, hires, confidence)
    assert binom.sf(hires - 1, offers, accepted) >= confidence
    assert offers == hires or binom.sf(hires - 1, offers - 1, accepted) < confidence


@given(mean=number(0.0, 500.0), sd=number(0.0, 100.0), ratio=number(0.01, 0.98), more=share)
def test_the_dearer_a_shortage_the_larger_the_buffer(mean, sd, ratio, more):
    """A higher cost of being short never lowers what is held; at even costs the mean is held."""
    higher = ratio + more * (0.99 - ratio)
    now, then = (float(hiring.newsvendor_quantity(mean, sd, r)) for r in (ratio, higher))
    assert then >= now - 1e-9
    assert hiring.newsvendor_quantity(mean, sd, 0.5) == pytest.approx(mean)


@given(
    planned=row(0.0, 1e3),
    ratio=row(0.0, 3.0),
    forecast=row(0.5, 1.6),
    follow=number(0.0, 1.5),
    buffer=number(0.0, 0.5),
    more=number(0.0, 0.5),
)
def test_more_demand_never_asks_for_fewer_people(planned, ratio, forecast, follow, buffer, more):
    """Required heads rise with driver and forecast; where headcount is held they are the plan."""
    terms = np.full(3, follow), np.full(3, buffer)
    now = policy.required_heads(planned, ratio, forecast, *terms)
    assert (now >= 0.0).all()
    assert (policy.required_heads(planned, ratio + more, forecast, *terms) >= now - 1e-9).all()
    assert (policy.required_heads(planned, ratio, forecast + more, *terms) >= now - 1e-9).all()
    held = policy.required_heads(planned, ratio, forecast, np.zeros(3), np.full(3, buffer))
    assert (held == planned).all()


@given(forecast=row(0.5, 1.6), seen=row(0.0, 100.0))
def test_a_forecast_never_leaves_its_limits(forecast, seen):
    """However wild a month, HR plans with between half and 1.6 times the plan's demand."""
    after = policy.forecast_next(forecast, seen)
    assert (after >= 0.5).all() and (after <= 1.6).all()
    between = (after >= np.minimum(forecast, seen) - 1e-12) & (
        after <= np.maximum(forecast, seen) + 1e-12
    )
    assert (between | (after == 0.5) | (after == 1.6)).all()


@given(heads=row(0.0, 1e3), target=row(0.0, 1e3), part=share, few=number(0.0, 10.0))
def test_a_small_surplus_is_let_pass(heads, target, part, few):
    """Only heads beyond a tenth of the target, or a few, count as too many."""
    found = policy.excess(heads, target, np.full(3, part), np.full(3, few))
    assert (found >= 0.0).all()
    passed = np.maximum(part * target, few)
    assert (found[heads - target <= passed] == 0.0).all()
    assert heads - found == pytest.approx(np.minimum(heads, target + passed))


@given(ratio=number(0.01, 0.98), pickier=share, validity=number(0.01, 0.9), better=share)
def test_choosing_more_strictly_or_more_wisely_never_hires_worse(ratio, pickier, validity, better):
    """A lower selection ratio or a more valid assessment never lowers the quality of hires."""
    strict = 0.005 + (ratio - 0.005) * (1.0 - pickier)
    valid = validity + better * (0.95 - validity)
    now = float(selection.hire_quality(np.array(validity), np.array(ratio)))
    assert now >= 0.0
    assert float(selection.hire_quality(np.array(validity), np.array(strict))) >= now - 1e-12
    assert float(selection.hire_quality(np.array(valid), np.array(ratio))) >= now - 1e-12


@given(validity=number(0.01, 0.9), ratio=number(0.05, 0.95), base=number(0.05, 0.95))
def test_an_assessment_never_does_worse_than_chance(validity, ratio, base):
    """Among those selected at least as many do well as among all applicants."""
    found = selection.success_rate(validity, ratio, base)
    assert base - 1e-6 <= found <= min(1.0, base / ratio) + 1e-6


@given(part=shares)
def test_taking_everybody_selects_nobody(part):
    """With a selection ratio of one there is no selection, whatever the validity."""
    assert (selection.hire_quality(part, np.ones(3)) == 0.0).all()


@given(load=row(0.0, 500.0), capacity=row(1.0, 300.0), more=number(0.0, 200.0))
def test_lenders_can_only_interview_for_so_many(load, capacity, more):
    """The fast track serves all it is meant for or what lenders can carry, never more than either."""
    share = hiring.fast_share(load, capacity)
    assert (share > 0.0).all() and (share <= 1.0).all()
    assert (share * load <= capacity * (1.0 + 1e-9)).all()
    assert (hiring.fast_share(load + more, capacity) <= share + 1e-12).all()


@given(days=row(0.1, 60.0, 7, 3), saving=number(0.0, 1.0))
def test_the_fast_track_shortens_what_we_do_ourselves(days, saving):
    """Announcing, sourcing and the notice at the last employer take their time."""
    found = hiring.fast_stage_days(days, saving)[:, 0]
    ours = [name in hiring.FAST_STAGES for name in STAGES]
    assert found[ours] == pytest.approx(days[ours] * (1.0 - saving))
    assert (found[np.logical_not(ours)] == days[np.logical_not(ours)]).all()


@given(
    openings=row(0.0, 20.0, 90),
    days=row(0.5, 30.0, 7),
    cv=number(0.1, 1.2),
)
def test_requisitions_by_stage_add_up_to_those_open(openings, days, cv):
    """Every open requisition is in one stage, and all that were opened are filled or still open."""
    by_stage = recruiting.open_by_stage(openings, days, cv)
    mean, sd = days.sum(), cv * np.sqrt(np.square(days).sum())
    still = recruiting.open_by_day(openings, mean, sd)
    assert by_stage.sum(axis=0) == pytest.approx(still)
    filled = recruiting.filled_by_day(openings, mean, sd)
    assert np.cumsum(filled) + still == pytest.approx(np.cumsum(openings))
    assert (still >= -1e-9).all() and (filled >= -1e-9).all()


@given(
    mean=row(10.0, 90.0),
    cv=number(0.1, 1.0),
    ramp=row(0.5, 6.0),
    lead=number(0.0, 400.0),
    more=number(0.0, 100.0),
    number_of=number(1.0, 300.0),
)
def test_who_opens_earlier_is_likelier_to_be_ready(mean, cv, ramp, lead, more, number_of):
    """More lead never makes four fifths of the heads less likely to be productive in time."""
    late = readiness.yields(lead, mean, cv * mean, ramp)
    early = readiness.yields(lead + more, mean, cv * mean, ramp)
    assert (early >= late - 1e-12).all()
    assert (late >= 0.0).all() and (late <= 1.0).all()
    chance = readiness.probability_ready(number_of, 0.8 * number_of, late)
    assert (chance >= 0.0).all() and (chance <= 1.0).all()


@pytest.mark.parametrize("number", [1, 4, 16])
@pytest.mark.parametrize("lead", [120.0, 150.0])
def test_few_people_are_ready_as_often_as_they_are_in_a_simulation(number, lead):
    """One head is there or not: no bell curve says how likely four fifths of a few are in time."""
    mean, sd, ramp = np.full(1, 40.0), np.full(1, 20.0), np.full(1, 2.2)
    found = readiness.yields(lead, mean, sd, ramp)
    law = readiness.probability_ready(number, 0.8 * number, found)[0]
    width = np.sqrt(np.log1p(0.25))
    rng = np.random.default_rng(4)
    days = rng.lognormal(np.log(40.0) - 0.5 * width**2, width, (20_000, number))
    served = np.maximum(lead - days, 0.0) / DAYS_PER_MONTH
    truth = (-np.expm1(-served / 2.2)).sum(axis=1) >= 0.8 * number
    assert law == pytest.approx(truth.mean(), abs=0.02)
