"""The month of the people as the simulation lives it: review and leavers (steps 9 to 11).

Answers: what HR asks for after looking at heads, pipeline, forecast and cash, and who leaves. The laws
stand in ``policy``, ``hiring``, ``workforce`` and ``training``. Imported by ``planning`` and
``simulate``.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tandem.model import (
    advancement,
    capacity,
    ending,
    hiring,
    launching,
    people,
    policy,
    probation,
    training,
    workforce,
)
from tandem.model.events import Whole
from tandem.model.incentives.plan import Payout
from tandem.model.parameters import Parameters
from tandem.model.paying import fund, severance_a_head
from tandem.model.selling import Sold
from tandem.model.stages import company_load
from tandem.model.state import Context, State
from tandem.model.types import EVENTS, STAGES, Array, Month
from tandem.randomness import uniform
from tandem.units import DAYS_PER_MONTH

LEAST_COVERAGE = 0.01  # below which leads over coverage say nothing yet


@dataclass(frozen=True, slots=True)
class Review:
    """What the review decided, (p, d)."""

    target: Array  # heads wanted by now
    requisitions: Array
    promoted: Array  # openings that people of one's own take
    redundant: Array
    frozen: NDArray[np.bool_]  # whether nobody is hired, being above target
    stretch: Array  # (d,) of recruiting time
    days: Array  # to fill, the mean of what is asked for outside the campus
    fast: Array  # share on the fast track
    accepted: Array  # share of offers that are accepted
    offered: Array  # log of pay value to an applicant over the market's, a difference from 2026


def employer_brand(ctx: Context, state: State) -> Array:
    """What applicants hear of us, a difference from 2026, (d,): known, liked, and our own mood."""
    exists = [k for k, own in enumerate(ctx.structure.existing) if own]
    known = (state.awareness - ctx.base.market.awareness_2026)[exists].mean(axis=0)
    liked = state.favourability[exists].mean(axis=0)
    heads = state.people.total
    mood = (heads * state.engagement).sum(axis=0) / np.maximum(heads.sum(axis=0), 1.0)
    return known + liked + mood


def review(
    ctx: Context, month: Month, t: int, state: State, sold: Sold, able: Array, value: Array
) -> Review:
    """Step 9: forecast, targets, requisitions within limits and money, freeze, redundancy."""
    p = month.parameters
    _update_forecast(ctx, month, t, state, sold, able)
    structure = ctx.structure
    heads = state.people.total
    pipeline = state.people.pipeline.sum(axis=0)
    target_now, target_then = targets(ctx, t, state)
    offset = ctx.anchor.target_offset
    most = np.maximum(target_now, target_then) + offset
    over = policy.excess(heads, most, p.hiring.freeze_excess, p.hiring.hires_minimum)
    state.people.months_over = np.where(over > 0, state.people.months_over + 1.0, 0.0)
    frozen = state.people.months_over >= policy.FREEZE_AFTER
    cutting = state.people.months_over >= policy.REDUNDANCY_AFTER
    redundant = np.where(cutting, np.floor(np.minimum(over, heads)), 0.0)
    state.people.months_over = np.where(cutting, 0.0, state.people.months_over)

    # who leaves is replaced: what a position has come to is no growth any more, in a new market too
    state.reached = np.maximum(state.reached, heads - offset)
    replace = np.clip(policy.wanted(state.reached + offset, heads, pipeline, ctx.norms), 0.0, None)
    want = np.clip(policy.wanted(target_then + offset, heads, pipeline, ctx.norms), 0.0, None)
    existing = ctx.base.people.heads > 0
    held = hiring.limited_requisitions(want, heads, p.hiring.hires_limit, p.hiring.hires_minimum)
    want = np.where(existing, held, want) * ~frozen * state.alive
    backfill = np.minimum(want, replace)
    growth = want - backfill
    open_markets = np.asarray(month.open, dtype=float)[:, None]
    media_next = (p.market.media * open_markets).sum(axis=0)
    back, grow = fund(ctx, month, state, backfill, growth, media_next)
    asked = ctx.events.rounded("requisition", ctx.codes[0], backfill * back + growth * grow)
    promoted = advancement.promotions(
        structure, p.people.promoted_share, state.people, asked, ctx.events, t, ctx.codes[0]
    )
    asked = asked - promoted

    accepted = hiring.acceptance(
        p.hiring.acceptance,
        value,
        p.hiring.tightness,
        employer_brand(ctx, state),
        p.hiring.acceptance_pay,
        p.hiring.acceptance_brand,
    )
    candidates = people.candidates(p, accepted)
    candidates_2026 = people.candidates(ctx.base, ctx.base.hiring.acceptance)
    weight = p.people.requisition_weight
    load = company_load(
        ctx.crews["recruiting"],
        ((pipeline + asked) * weight).sum(axis=0),
        able,
        (
            ctx.anchor.reference.open_requisitions[ctx.calendar(t)]
            * ctx.base.people.requisition_weight
        ).sum(axis=0),
        ctx.anchor.reference.ramped[ctx.calendar(t)],
    )
    stretch = 1.0 / capacity.cover(load, p.hiring.recruiter_headroom)
    fast = _fast(p, state, asked, back * backfill, grow * growth)
    sourcing = hiring.sourcing_time(candidates / candidates_2026, value, p.hiring.applicants_pay)
    terms = people.fill_terms(structure, p, ctx.calendar(t), stretch, sourcing, fast)
    state.people = people.ask(state.people, terms, asked, ctx.events, t, ctx.codes)
    state.candidates = (p.people.sources * candidates).sum(axis=0)
    return Review(
        target_now, asked, promoted, redundant, frozen, stretch,
        days=terms.months * DAYS_PER_MONTH, fast=fast, accepted=accepted, offered=value,
    )  # fmt: skip


def _fast(p: Parameters, state: State, asked: Array, backfill: Array, growth: Array) -> Array:
    """Share of the requisitions asked for that go the fast way, (p, d); those of growth do.

    ``state.fast`` becomes the share of all that are open.
    """
    pipeline = state.people.pipeline.sum(axis=0)
    both = backfill + growth
    for_growth = np.divide(growth, both, out=np.zeros_like(both), where=both > 0)
    wanted = p.hiring.fast_track * for_growth
    load = (state.fast * pipeline + wanted * asked).sum(axis=0)
    fast = wanted * hiring.fast_share(load, p.hiring.fast_track_capacity)
    opened = pipeline + asked
    on_it = state.fast * pipeline + fast * asked
    state.fast = np.divide(on_it, opened, out=np.zeros_like(opened), where=opened > 0)
    return fast


def targets(ctx: Context, t: int, state: State) -> tuple[Array, Array]:
    """Heads wanted now and those wanted when today's requisitions are ramped up, (p, d).

    HR sees the plan as far ahead as it was told: of months beyond t + notice it knows what holds at
    t + notice.
    """
    notice = np.rint(ctx.inputs.months[t].parameters.people.notice)
    lead = np.rint(ctx.norms.lead[:, 0]).astype(int)
    now = np.zeros_like(state.engagement)
    then = np.zeros_like(now)
    for months in np.unique(notice):
        told = notice == months
        horizon = t + int(months)
        found = [
            np.stack(
                [_wanted_at(ctx, state, min(when, horizon), k) for k, when in enumerate(whens)]
            )
            for whens in (np.full_like(lead, t), t + lead)
        ]
        now, then = np.where(told, found[0], now), np.where(told, found[1], then)
    return now, then


def _wanted_at(ctx: Context, state: State, when: int, position: int) -> Array:
    """Heads that a position is planned to need in a month, by today's forecast, (d,)."""
    when = min(when, len(ctx.inputs.months) - 1)
    seen = ctx.inputs.months[when].parameters
    ratio = np.ones(1) if ctx.plan is None else ctx.plan.need_ratio[when, position]
    return policy.required_heads(
        seen.people.planned_heads[position],
        ratio,
        position_forecast(ctx, state)[position],
        follows(ctx, seen)[position],
        seen.hiring.buffer,
    )


def follows(ctx: Context, p: Parameters) -> Array:
    """How far each position's headcount follows drivers and forecast, (p, d)."""
    by_market, company = p.market.staffing_follow, p.hiring.company_follow
    return np.stack([company if k < 0 else by_market[k] for k in ctx.structure.place])


def position_forecast(ctx: Context, state: State) -> Array:
    """Forecast of demand over plan by position, (p, d); company-wide by 2026's sales."""
    weight = ctx.base.market.sales_2026
    company = (state.forecast * weight).sum(axis=0) / weight.sum(axis=0)
    return np.stack([company if k < 0 else state.forecast[k] for k in ctx.structure.place])


def _update_forecast(
    ctx: Context, month: Month, t: int, state: State, sold: Sold, able: Array
) -> None:
    if ctx.plan is None:
        return
    p = month.parameters
    error = p.hiring.forecast_error / launching.insight_cover(ctx, month, t, able)
    noise = np.zeros_like(state.forecast)
    if isinstance(ctx.events, Whole):
        event = EVENTS.index("forecast")
        noise = ndtri(uniform(ctx.inputs.key, t, event, ctx.places, ctx.inputs.draws))
    planned = ctx.plan.lead_ratio[t]
    ratio = np.divide(
        sold.leads, sold.coverage, out=np.zeros_like(sold.leads), where=sold.coverage > 0
    )
    known = np.broadcast_to((planned > 0), ratio.shape) & (sold.coverage > LEAST_COVERAGE)
    observed = np.where(known, ratio / np.where(planned > 0, planned, 1.0), state.forecast)
    moved = policy.forecast_next(state.forecast, observed * np.exp(error * noise))
    state.forecast = np.where(known, moved, state.forecast)


def joining_quality(ctx: Context, p: Parameters, state: State) -> Array:
    """Quality of those who join, standard deviations over 2026, (p, d): selection, and who applies.

    A steeper plan than that of 2026 draws those who expect to do well by it (Lazear 2000, American
    Economic Review 90(5)); as of the month before.
    """
    selected = people.hired_quality(p, ctx.base, state.fast)
    return selected + p.workforce.joining_sort * state.steeper


def leave(
    ctx: Context, month: Month, t: int, state: State, payout: Payout, value: Array, found: Review
) -> people.Departures:
    """Step 11: promotions, leavers, ends of terms, failed probations, redundancies, ageing, co-flows."""
    p = month.parameters
    w = p.workforce
    season = workforce.seasonal_leaving(ctx.calendar(t), w.spring_leaving)
    moved = workforce.leaving_multiplier(
        value, state.engagement, w.leaving_pay, w.leaving_engagement
    )
    multiplier = moved * np.exp(season)
    state.leaving = _leaving_parts(state, w.leaving_pay * value, w.leaving_engagement)
    leaving = workforce.leaving_probability(ctx.anchor.hazard, w.band_hazard, multiplier)
    leaving = np.where(state.alive > 0, leaving, 1.0)
    failing = workforce.probation_failure(
        w.probation_pass,
        joining_quality(ctx, p, state),
        w.probation_quality,
    )
    newly = state.people.heads[0]
    steeper = payout.gain[0] - ctx.payout_2026.gain[0]
    state.steeper = steeper
    ramp = _ramp(ctx, p, state)
    state.people, out = advancement.promote(ctx.structure, state.people, found.promoted)
    remaining = state.people.total
    state.people, gone = people.depart(
        state.people,
        leaving,
        ending.ending(p, ctx.base, moved, found.frozen),
        failing,
        np.maximum(found.redundant - out, 0.0),
        (
            severance_a_head(ctx, p, payout),
            ending.severance_a_term(ctx.structure, p, ctx.base, p.people.pay * payout.pay),
        ),
        ramp,
        w.leaving_sort * steeper,
        ctx.events,
        t,
        ctx.codes,
    )
    _look_back(ctx, p, t, state, newly, gone.failed)
    state.people = advancement.come_ready(
        state.people, remaining, w.successors, advancement.readiness(w, ctx.base.workforce)
    )
    withheld = gone.withheld.sum(axis=0)
    state.leavers_due = gone.leavers - withheld
    state.dismissed_due = gone.redundancies + withheld
    state.severance_due = gone.severance.sum(axis=0)
    return gone


def _leaving_parts(state: State, by_pay: Array, engagement_effect: Array) -> Array:
    """Log of the hazard over 2026 by pay and by engagement, mean over heads, (2, d)."""
    heads = state.people.total
    parts = np.stack([-by_pay, -engagement_effect * state.engagement])
    return np.asarray((parts * heads).sum(axis=1) / np.maximum(heads.sum(axis=0), 1.0))


def _look_back(
    ctx: Context, p: Parameters, t: int, state: State, newly: Array, failed: Array
) -> None:
    """The monthly review of probation: what it has seen so far, and whether it changes selection.

    ``newly`` (p, d) were on probation during the month, ``failed`` of them failed. The rule acts once
    and for good; failures for want of business skills are drawn among all.
    """
    h = p.hiring
    lacking = ctx.events.some("reason", t, ctx.codes[0], failed, h.feedback_reason)
    state.on_probation = state.on_probation + newly.sum(axis=0)
    state.failed_probation = state.failed_probation + failed.sum(axis=0)
    state.lacked_skills = state.lacked_skills + lacking.sum(axis=0)
    found = probation.selection_at_fault(
        state.failed_probation, state.lacked_skills, state.on_probation, h.feedback_threshold
    )
    state.learnt = np.maximum(state.learnt, (h.feedback > 0) * found)


def learnt(month: Month, state: State) -> Month:
    """The month's parameters with the test that a review has added, where it has."""
    if not state.learnt.any():
        return month
    p, on = month.parameters, state.learnt
    h = p.hiring
    days = np.array(np.broadcast_to(h.stage_days, (len(STAGES), len(on))))
    days[STAGES.index("test")] += on * h.feedback_days
    changed = replace(
        h,
        stage_days=days,
        validity=np.where(on > 0, h.feedback_validity, h.validity),
        candidate_cost=h.candidate_cost + on * h.feedback_cost,
    )
    return replace(month, parameters=replace(p, hiring=changed))


def _ramp(ctx: Context, p: Parameters, state: State) -> Array:
    unramped = state.people.unramped
    able = np.maximum(state.people.total - unramped, 0.0)
    now = training.mentored_share(unramped, able)
    reference = ctx.anchor.reference
    home = list(ctx.structure.home_position)
    learning = reference.unramped.mean(axis=0)[home]
    then = training.mentored_share(
        learning, np.maximum(reference.heads.mean(axis=0)[home] - learning, 0.0)
    )
    w = p.workforce
    quicker = state.quickness - ctx.quickness_2026
    return training.ramp_time(
        p.people.ramp * np.exp(-quicker),
        now,
        then,
        w.mentor_effect,
        state.training,
        w.training_ramp,
    )
