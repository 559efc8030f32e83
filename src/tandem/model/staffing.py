"""The month of the people as the simulation lives it: review, leavers, mood (steps 9 to 12).

Answers: what HR asks for after looking at heads, pipeline, forecast and cash; who leaves; and what
effort, engagement and satisfaction the next month opens with. The laws stand in ``policy``,
``hiring``, ``workforce``, ``culture`` and ``incentives``. Imported by ``simulate``.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tandem.model import (
    brand,
    capacity,
    culture,
    hiring,
    people,
    policy,
    training,
    workforce,
)
from tandem.model.events import Whole
from tandem.model.incentives.effort import effort
from tandem.model.incentives.plan import Payout
from tandem.model.parameters import Parameters
from tandem.model.paying import fund, severance_a_head
from tandem.model.selling import Sold
from tandem.model.stages import company_load
from tandem.model.state import Context, State
from tandem.model.types import EVENTS, TASKS, WORKS, Array, Month
from tandem.randomness import uniform


ATTAINMENT_BOUNDS = (0.1, 3.0)
LEAST_COVERAGE = 0.01  # below which leads over coverage say nothing yet


@dataclass(frozen=True, slots=True)
class Review:
    """What the review decided, (p, d)."""

    target: Array  # heads wanted by now
    requisitions: Array
    redundant: Array
    candidates: Array  # a requisition
    stretch: Array  # (d,) of recruiting time


def pay_value(ctx: Context, p: Parameters, payout: Payout) -> Array:
    """Log of pay value over market pay, as a difference from 2026, (p, d)."""
    base, home = ctx.base, list(ctx.structure.home_position)
    now = payout.value * p.people.pay / (p.people.market_pay * p.hiring.market_pay_index)
    then = ctx.payout_2026.value * (base.people.pay / base.people.market_pay)[home]
    return np.log(now / then)


def attainment(ctx: Context, state: State) -> Array:
    """Team attainment by task and position, (task, p, d): sales, satisfaction, innovation."""
    place = [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    sales = state.attainment[place]
    mean = ctx.base.incentive.attainment_2026
    happy = np.stack([*state.satisfaction, state.satisfaction.mean(axis=0)])[place]
    return np.stack([sales, mean * np.exp(happy), np.broadcast_to(mean, sales.shape)])


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
    _update_forecast(ctx, p, t, state, sold, able)
    structure = ctx.structure
    heads = state.people.total
    pipeline = state.people.pipeline.sum(axis=0)
    target_now, target_then = targets(ctx, t, state)
    offset = ctx.anchor.target_offset
    over = policy.excess(
        heads + pipeline, target_now + offset, p.hiring.freeze_excess, p.hiring.hires_minimum
    )
    state.people.months_over = np.where(over > 0, state.people.months_over + 1.0, 0.0)
    frozen = state.people.months_over >= policy.FREEZE_AFTER
    cutting = state.people.months_over >= policy.REDUNDANCY_AFTER
    redundant = np.where(cutting, np.floor(np.minimum(over, heads)), 0.0)
    state.people.months_over = np.where(cutting, 0.0, state.people.months_over)

    replace = np.clip(
        policy.wanted(ctx.base.people.heads + offset, heads, pipeline, ctx.norms), 0.0, None
    )
    want = np.clip(policy.wanted(target_then + offset, heads, pipeline, ctx.norms), 0.0, None)
    existing = ctx.base.people.heads.max(axis=-1, keepdims=True) > 0
    held = hiring.limited_requisitions(want, heads, p.hiring.hires_limit, p.hiring.hires_minimum)
    want = np.where(existing, held, want) * ~frozen * state.alive
    backfill = np.minimum(want, replace)
    growth = want - backfill
    open_markets = np.asarray(month.open, dtype=float)[:, None]
    media_next = (p.market.media * open_markets).sum(axis=0)
    back, grow = fund(ctx, month, state, backfill, growth, media_next)
    asked = ctx.events.rounded("requisition", ctx.codes[0], backfill * back + growth * grow)

    accepted = hiring.acceptance(
        p.hiring.acceptance,
        value,
        p.hiring.tightness,
        employer_brand(ctx, state),
        p.hiring.acceptance_pay,
        p.hiring.acceptance_brand,
    )
    candidates = hiring.candidates_per_hire(people.selection_ratio(p), accepted)
    candidates_2026 = hiring.candidates_per_hire(
        people.selection_ratio(ctx.base), ctx.base.hiring.acceptance
    )
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
    terms = people.fill_terms(structure, p, ctx.calendar(t), stretch, candidates / candidates_2026)
    state.people = people.ask(state.people, terms, asked, ctx.events, t, ctx.codes)
    return Review(target_now, asked, redundant, candidates, stretch)


def targets(ctx: Context, t: int, state: State) -> tuple[Array, Array]:
    """Heads wanted now and those wanted when today's requisitions are ramped up, (p, d).

    HR sees the plan as far ahead as it was told: of months beyond t + notice it knows what holds at
    t + notice.
    """
    months = ctx.inputs.months
    last = len(months) - 1
    central = ctx.inputs if ctx.inputs.central is None else ctx.inputs.central
    notice = int(round(float(central.months[t].parameters.hiring.notice[0])))
    forecast = position_forecast(ctx, state)

    def at(when: int, position: int) -> Array:
        seen = months[min(when, t + notice, last)].parameters
        follow = follows(ctx, seen)[position]
        ratio = (
            1.0 if ctx.plan is None else ctx.plan.need_ratio[min(when, t + notice, last), position]
        )
        return policy.required_heads(
            seen.people.planned_heads[position],
            np.asarray(ratio),
            forecast[position],
            follow,
            seen.hiring.buffer,
        )

    lead = np.rint(ctx.norms.lead[:, 0]).astype(int)
    count = range(len(ctx.structure.positions))
    now = np.stack([at(t, k) for k in count])
    then = np.stack([at(t + int(lead[k]), k) for k in count])
    return now, then


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
    ctx: Context, p: Parameters, t: int, state: State, sold: Sold, able: Array
) -> None:
    if ctx.plan is None:
        return
    insight = company_load(
        ctx.crews["insight"],
        np.ones_like(state.alive),
        able,
        np.ones_like(state.alive),
        ctx.anchor.reference.ramped[ctx.calendar(t)],
    )
    error = p.hiring.forecast_error / capacity.cover(insight, p.workforce.insight_headroom)
    noise = np.zeros_like(state.forecast)
    if isinstance(ctx.events, Whole):
        code = np.arange(len(state.forecast), dtype=np.int64)
        noise = ndtri(uniform(ctx.inputs.key, t, EVENTS.index("forecast"), code, ctx.inputs.draws))
    planned = ctx.plan.lead_ratio[t]
    ratio = np.divide(
        sold.leads, sold.coverage, out=np.zeros_like(sold.leads), where=sold.coverage > 0
    )
    known = np.broadcast_to((planned > 0), ratio.shape) & (sold.coverage > LEAST_COVERAGE)
    observed = np.where(known, ratio / np.where(planned > 0, planned, 1.0), state.forecast)
    moved = policy.forecast_next(state.forecast, observed * np.exp(error * noise))
    state.forecast = np.where(known, moved, state.forecast)


def leave(
    ctx: Context, month: Month, t: int, state: State, payout: Payout, value: Array, redundant: Array
) -> people.Departures:
    """Step 11: leavers, failed probations, redundancies, ageing and the co-flows."""
    p = month.parameters
    w = p.workforce
    season = workforce.seasonal_leaving(ctx.calendar(t), w.spring_leaving)
    multiplier = workforce.leaving_multiplier(
        value, state.engagement, w.leaving_pay, w.leaving_engagement
    ) * np.exp(season)
    leaving = workforce.leaving_probability(ctx.anchor.hazard, w.band_hazard, multiplier)
    leaving = np.where(state.alive > 0, leaving, 1.0)
    failing = 1.0 - np.power(w.probation_pass, 1.0 / workforce.BAND_MONTHS[0])
    steeper = payout.gain[0] - ctx.payout_2026.gain[0]
    ramp = _ramp(ctx, p, state)
    state.people, gone = people.depart(
        state.people,
        leaving,
        failing,
        redundant,
        severance_a_head(ctx, p, payout),
        ramp,
        w.leaving_sort * steeper,
        ctx.events,
        t,
        ctx.codes,
    )
    return gone


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
    return training.ramp_time(
        p.people.ramp, now, then, w.mentor_effect, state.training, w.training_ramp
    )


def moods(
    ctx: Context,
    month: Month,
    t: int,
    state: State,
    sold: Sold,
    able: Array,
    learning: Array,
    payout: Payout,
) -> None:
    """Step 12: effort, training, engagement and satisfaction that the next month opens with.

    ``learning`` (p, d) are those who ramped up during the month.
    """
    p, w, c = month.parameters, month.parameters.workforce, month.parameters.customer
    i = p.incentive
    state.effort = effort(payout.gain, ctx.payout_2026.gain, i.effort_response, i.effort_cross)
    _learn(ctx, p, t, state, able, learning)
    state.load = _workload(ctx, p, t, state, sold)
    attained = state.attainment[
        [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    ]
    short = np.maximum(np.log(ctx.base.incentive.attainment_2026 / attained), 0.0)
    base = ctx.base.workforce
    wanted = culture.engagement_target(
        state.load,
        state.training - 1.0,
        np.log(w.recognition / base.recognition),
        np.log(w.care / base.care),
        payout.spread - ctx.payout_2026.spread,
        short * (state.people.total > 0),
        (
            w.engagement_workload,
            w.engagement_training,
            w.engagement_recognition,
            w.engagement_care,
            w.engagement_dispersion,
            w.engagement_promise,
        ),
    )
    state.engagement = brand.approach(state.engagement, wanted, w.engagement_speed)
    serve = ctx.crews["service"].work
    crew = np.maximum((able * serve).sum(axis=0), 1e-9)
    engaged = (able * serve * state.engagement).sum(axis=0) / crew
    tried = (able * serve * np.log(state.effort[TASKS.index("serve")])).sum(axis=0) / crew
    reference = ctx.anchor.reference
    calendar = ctx.calendar(t)
    home = list(ctx.structure.home)
    usual = reference.backlog[calendar] / np.maximum(reference.served[calendar], 1e-9)
    queue = np.divide(
        sold.opening_backlog, sold.served, out=np.zeros_like(sold.served), where=sold.served > 0
    )
    target = capacity.satisfaction_target(
        engaged,
        tried,
        queue - usual[home],
        sold.waiting_for_service,
        (
            c.satisfaction_engagement,
            c.satisfaction_effort,
            c.satisfaction_backlog,
            c.satisfaction_waiting,
        ),
    )
    state.satisfaction = brand.approach(state.satisfaction, target, c.satisfaction_speed)


def _learn(ctx: Context, p: Parameters, t: int, state: State, able: Array, learning: Array) -> None:
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference

    def seats(unramped: Array, heads: Array, share: Array) -> Array:
        return (unramped + share * heads).sum(axis=0)

    load = company_load(
        ctx.crews["training"],
        seats(learning, state.people.total, p.workforce.course_share),
        able,
        seats(
            reference.unramped[calendar], reference.heads[calendar], ctx.base.workforce.course_share
        ),
        reference.ramped[calendar],
    )
    seated = capacity.cover(load, p.workforce.trainer_headroom)
    state.training = training.training_next(state.training, seated, p.workforce.training_speed)


def _workload(ctx: Context, p: Parameters, t: int, state: State, sold: Sold) -> Array:
    """Log of load over 2026 by position, (p, d): contact roles by leads, agents by customers."""
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference
    home = list(ctx.structure.home)
    usual = (
        (reference.backlog + reference.leads)[calendar]
        / np.maximum(reference.capacity[calendar], 1e-9)
    )[home]
    with np.errstate(divide="ignore", invalid="ignore"):
        busy = np.where(
            np.isfinite(sold.capacity) & (sold.capacity > 0),
            (sold.served + sold.backlog + sold.expired) / sold.capacity,
            usual,
        )
        contact = np.log(np.maximum(busy / usual, 0.05))
    rows = np.zeros_like(state.engagement)
    service = ctx.crews["service"].work
    work = p.people.work[WORKS.index("contacts")]
    for position, place in enumerate(ctx.structure.place):
        if place >= 0 and (work[position] > 0).any():
            rows[position] = contact[place]
        elif (service[position] > 0).any():
            rows[position] = sold.waiting_for_service
    return np.clip(rows, -1.5, 1.5)


def contact_crew(ctx: Context, p: Parameters, able: Array) -> Array:
    """Productive heads who meet leads, by market, (m, d), weighted by their contact work."""
    work = p.people.work[WORKS.index("contacts")]
    markets = range(len(ctx.structure.markets))
    return np.stack([(able * work * ctx.structure.serves(m)).sum(axis=0) for m in markets])


def attain(ctx: Context, t: int, state: State, sold: Sold, crew: Array) -> None:
    """Attainment of the month: sales a productive head over the plan's, by market and company.

    Over three months. A quota is a person's: that colleagues are missing does not lower it. The
    company's own attainment is sales over planned sales. Runs before the month is booked, while
    ``state.sales_before`` still holds the two months before.
    """
    earlier = min(t, len(state.sales_before))
    heads = crew + state.crew_before[:earlier].sum(axis=0)
    state.crew_before = np.stack([crew, state.crew_before[0]])
    if ctx.plan is None:
        return
    months = slice(t - earlier, t + 1)
    planned = ctx.plan.sales[months].sum(axis=0)
    made = sold.sales + state.sales_before[:earlier].sum(axis=0)
    plan_heads = ctx.plan.crew[months].sum(axis=0)
    known = (planned > 0) & (plan_heads > 0) & (heads > 0)
    a_head = np.divide(made, heads, out=np.zeros_like(made), where=known)
    quota = np.divide(planned, plan_heads, out=np.ones_like(planned), where=plan_heads > 0)
    ratio = np.where(known, a_head / np.where(quota > 0, quota, 1.0), 1.0)
    company = made.sum(axis=0) / planned.sum(axis=0)
    mean = ctx.base.incentive.attainment_2026
    state.attainment = np.clip(mean * np.concatenate([ratio, company[None]]), *ATTAINMENT_BOUNDS)
