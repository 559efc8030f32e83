"""The month of the market: spend, demand, leads, service, decision, customers (steps 1 to 7).

Answers: what a month sells and what it loses, to no demand and to no people. The laws stand in
``brand``, ``market``, ``funnel``, ``capacity`` and ``customers``; here they are called in order.
Imported by ``simulate``.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model import (
    brand,
    capacity,
    customers,
    funnel,
    keeping,
    loyalty,
    market,
    promoting,
    workforce,
)
from tandem.model.anchor import conversion, field_time, order_value, pool_size, responses
from tandem.model.parameters import Parameters
from tandem.model.qualifying import Stages, people_by_stage, share_of
from tandem.model.stages import company_load, market_load
from tandem.model.state import Context, State
from tandem.model.types import WORKS, Array, Month
from tandem.model.winning import win_rate_of


@dataclass(frozen=True, slots=True)
class Sold:
    """Flows of a month, (m, d) unless said otherwise; customers, contacts and CNY a month."""

    media: Array  # targeting and promotions included
    coverage: Array  # opening
    contestable: Array
    leads: Array
    stages: Stages
    capacity: Array
    served: Array
    opening_backlog: Array
    backlog: Array  # closing
    expired: Array
    win_rate: Array
    new_customers: Array
    lost_no_demand: Array
    lost_no_people: Array
    churned: Array
    customers: Array  # opening
    orders: Array
    sales: Array
    volume: Array  # CNY, sales at the price of 2026 without promotions' discounts
    promotion_fees: Array  # CNY, of platforms beyond usual fees
    promotion_orders: Array  # gained, or missing after a promotion, over 2026's
    opened: Array  # coverage gained
    lost_outlets: Array  # coverage lost
    waiting_for_service: Array  # (d,) log of load over 2026
    programmes: Array  # CNY for customers' programmes above 2026


def ramped(ctx: Context, params: Parameters, state: State) -> Array:
    """Productive heads of the month, (p, d), less those lent to interview for the fast track."""
    able = workforce.ramped_heads(
        state.people.total,
        state.people.unramped,
        params.workforce.mentor_share,
        params.workforce.course_share,
    )
    h = params.hiring
    lent = (state.fast * state.people.pipeline.sum(axis=0)).sum(axis=0) * h.fast_track_time
    recruiting = params.people.work[WORKS.index("recruiting")] > 0
    lenders = np.where(recruiting, 0.0, able)
    share = np.minimum(lent / np.maximum(lenders.sum(axis=0), 1e-9), 0.5)
    return able - share * lenders


def sell(ctx: Context, month: Month, t: int, state: State, able: Array) -> Sold:
    """One month of the market; moves the market's stocks in ``state``. ``able`` (p, d) ramped."""
    p, calendar = month.parameters, ctx.calendar(t)
    is_open = np.asarray(month.open, dtype=float)[:, None] * state.alive
    reference = ctx.anchor.reference
    able_2026 = reference.ramped[calendar]
    market_structure = ctx.structure

    # 1 spend that people can execute, adstock, saturation
    plan = p.market.media * is_open
    work = plan / p.market.exchange  # what buying it takes does not hang on the exchange rate
    spend_cover = _cover(ctx, "spend", work, able, calendar, p.workforce.spend_headroom)
    media = plan * spend_cover * state.funding
    content_cover = _cover(
        ctx, "content", work, able * state.effort[2], calendar, p.workforce.content_headroom
    )
    spent = media[:, None] * p.market.media_mix
    promoted = promoting.month_of(ctx, p, calendar, is_open, spend_cover * state.funding)
    state.adstock = brand.smoothed_spend(state.adstock, spent, p.brand.retention)
    shared = p.brand.content_share * (content_cover[:, None] - 1.0) + 1.0
    response = np.minimum(responses(p, state.adstock) * shared, 1.0)

    # 2 contestable customers
    contestable = _contestable(ctx, p, t, state) * (is_open > 0)

    # 3 leads
    season = p.demand.season[calendar]
    unpaid = keeping.told(ctx, p, state)
    share = funnel.lead_share(state.awareness, state.coverage, unpaid, conversion(p), response)
    unasked = funnel.leads(contestable, share, season)
    guests = loyalty.referred(
        state.cohorts.sum(axis=1), p.loyalty, ctx.base.loyalty, contestable - unasked
    )
    usual = unasked + guests
    state.level = usual / season
    lifted = promoting.leads(promoted, state, usual, contestable)
    new_leads = lifted.leads
    know_us = contestable * state.awareness * state.coverage * season * share_of(new_leads, usual)
    guests = guests * share_of(new_leads, usual)
    stages = people_by_stage(p, know_us, response, new_leads - guests, unpaid, guests)

    # 4 capacity
    opening_backlog, opening_coverage = state.backlog, state.coverage
    output = _output(ctx, p, state, able, calendar)
    contact = p.people.work[WORKS.index("contacts")]
    time = field_time(market_structure, p)
    contacts = ctx.anchor.contacts * (p.market.contacts_ratio / ctx.base.market.contacts_ratio)
    able_to_serve = np.stack(
        [
            capacity.contacts_capacity(
                able * market_structure.serves(m), contact, time, contacts[m], output
            )
            for m in range(len(market_structure.markets))
        ]
    )
    if ctx.inputs.unlimited_people:
        able_to_serve = np.full_like(able_to_serve, np.inf)

    # 5 service
    waiting = state.backlog + new_leads
    done = funnel.served(waiting, able_to_serve)
    gone = funnel.expired(waiting - done, p.customer.patience)
    closing = waiting - done - gone
    once = share_of(state.once + lifted.once, waiting)
    qualified = share_of(state.qualified + stages.qualified.sum(axis=1), waiting)

    # 6 decision
    win_rate = win_rate_of(ctx, p, month, t, state, able, done, calendar)
    win_rate = np.minimum(win_rate * share_of(qualified, ctx.qualified_2026), qualified)
    first = done * win_rate
    won = first * (1.0 - once)

    # 7 customers
    opening_customers = state.cohorts.sum(axis=1)
    again, dearer = keeping.repeated(ctx, p, state)
    usual_orders = again * customers.repeat_orders(
        state.order_weight.sum(axis=1),
        ctx.anchor.order_rate,
        season,
        p.market.price,
        p.customer.order_price,
    )
    net_orders = promoting.orders(promoted, state, usual_orders)
    orders = (first + usual_orders + net_orders) * state.alive
    extra = loyalty.extra_cost(p.loyalty, ctx.base.loyalty, state.members)
    churned = keeping.move_on(ctx, p, state, won)
    field = _in_full(ctx, p, able, calendar) if ctx.inputs.unlimited_people else able
    kept = _cover(
        ctx,
        "outlets_kept",
        state.coverage * p.market.outlets,
        field,
        calendar,
        p.workforce.outlet_headroom,
        reference.coverage[calendar] * ctx.base.market.outlets,
    )
    opened, lost = _outlets(ctx, p, state, field, time, kept, is_open)
    service = company_load(
        ctx.crews["service"],
        (opening_customers * (1.0 + share_of(net_orders, usual_orders))).sum(axis=0)
        * loyalty.contacts_ratio(p.loyalty.resolution, ctx.base.loyalty.resolution),
        able * state.effort[1],
        reference.customers[calendar].sum(axis=0),
        able_2026,
    )
    _brand_stocks(ctx, p, state, response, spent, is_open)
    state.backlog = closing * state.alive
    state.once = once * state.backlog
    state.qualified = qualified * state.backlog
    value = orders * order_value(p) * dearer  # at the terms of 2026
    return Sold(
        media=media + promoting.targeting_bill(p, spent) + promoted.spent,
        coverage=opening_coverage,
        contestable=contestable,
        leads=new_leads,
        stages=stages,
        capacity=able_to_serve,
        served=done,
        opening_backlog=opening_backlog,
        backlog=closing,
        expired=gone,
        win_rate=win_rate,
        new_customers=won,
        lost_no_demand=done * (1.0 - win_rate),
        lost_no_people=gone * win_rate * (1.0 - once),
        churned=churned,
        customers=opening_customers,
        orders=orders,
        sales=value * promoted.kept,
        volume=value / (p.market.price * p.market.exchange),
        promotion_fees=value * promoted.kept * promoted.fee,
        promotion_orders=(net_orders + first * share_of(lifted.net, new_leads)) * state.alive,
        opened=opened,
        lost_outlets=lost,
        waiting_for_service=-np.log(capacity.cover(service, p.customer.service_headroom)),
        programmes=opening_customers * extra,
    )


def _cover(
    ctx: Context,
    kind: str,
    needs: Array,
    able: Array,
    calendar: int,
    headroom: Array,
    needs_2026: Array | None = None,
) -> Array:
    then = ctx.base.market.media if needs_2026 is None else needs_2026
    load = market_load(
        ctx.structure, ctx.crews[kind], needs, able, then, ctx.anchor.reference.ramped[calendar]
    )
    return capacity.cover(load, headroom)


def _contestable(ctx: Context, p: Parameters, t: int, state: State) -> Array:
    d = p.demand
    own = state.cohorts.sum(axis=1)
    since = ctx.months_of_growth(t)
    price = np.exp((p.competitor.strength * np.log(p.competitor.price)).sum(axis=1))
    spend = np.exp((p.competitor.strength * np.log(p.competitor.media)).sum(axis=1))
    pace = market.effective_time_step(
        price, spend, d.category_price_effect, d.category_spend_effect
    )
    later = state.effective_time + pace
    adopters = market.bass_adopters(
        state.pool, state.adopters, state.effective_time, later, d.bass_p, d.bass_q
    )
    size = pool_size(p.market) / pool_size(ctx.base.market)  # of a new market, over the base's
    if since == 0:
        exists = np.asarray(ctx.structure.existing)[:, None]
        held = market.contestable_customers(
            adopters * size, state.adopters * size, own, d.switching
        )
        return np.where(exists, ctx.anchor.contestable, held)
    state.adopters = state.adopters + adopters
    state.effective_time = later
    fresh = np.sqrt(1.0 - d.shock_persistence**2) * d.demand_shock * ctx.inputs.shock[t]
    state.shock = d.shock_persistence * state.shock + fresh
    level = np.exp(d.demand_drift * since + state.shock)
    return level * market.contestable_customers(
        adopters * size, state.adopters * size, own, d.switching
    )


def _output(ctx: Context, p: Parameters, state: State, able: Array, calendar: int) -> Array:
    """Output of a ramped head over 2026, (p, d)."""
    contact = p.people.work[WORKS.index("contacts")] > 0
    reference = ctx.anchor.reference
    placed = [ctx.structure.serves(m) * contact for m in range(len(ctx.structure.markets))]
    sellers = np.stack([(state.people.total * row).sum(axis=0) for row in placed])
    sellers_2026 = np.stack([(reference.heads[calendar] * row).sum(axis=0) for row in placed])
    flatter = np.exp(p.workforce.programme_span - ctx.base.workforce.programme_span)
    led = sellers * flatter
    span = _cover(ctx, "span", led, able, calendar, p.workforce.span_headroom, sellers_2026)
    by_position = np.ones_like(able)
    for position, place in enumerate(ctx.structure.place):
        if place >= 0:
            by_position[position] = span[place]
    return capacity.output_per_head(
        state.people.quality,
        state.training,
        by_position,
        state.effort[0],
        state.engagement,
        p.hiring.quality_productivity,
        p.workforce.training_skill,
        p.workforce.span_skill,
        p.workforce.engagement_capacity,
    )


def _outlets(
    ctx: Context, p: Parameters, state: State, able: Array, time: Array, kept: Array, is_open: Array
) -> tuple[Array, Array]:
    opens = p.people.work[WORKS.index("outlets_opened")] * time
    field = np.stack(
        [(able * opens * ctx.structure.serves(m)).sum(axis=0) for m in range(len(is_open))]
    )
    rate = ctx.anchor.opening_rate * (p.market.opening_ratio / ctx.base.market.opening_ratio)
    moved, opened, lost = capacity.coverage_next(
        state.coverage, field * is_open, rate, p.workforce.outlet_loss, kept
    )
    own = np.asarray(ctx.structure.outlet_market)[:, None]
    state.coverage = np.where(own, moved, state.coverage)
    return np.where(own, opened, 0.0), np.where(own, lost, 0.0)


def _in_full(ctx: Context, p: Parameters, able: Array, calendar: int) -> Array:
    """Productive heads if all whom the plan wants were here, ramped as those of 2026, (p, d)."""
    home = list(ctx.structure.home_position)
    reference = ctx.anchor.reference
    heads = np.maximum(reference.heads[calendar][home], 1e-9)
    usual = reference.ramped[calendar][home] / heads
    return np.maximum(able, p.people.planned_heads * usual)


def _brand_stocks(
    ctx: Context, p: Parameters, state: State, response: Array, spent: Array, is_open: Array
) -> None:
    gained = brand.awareness_gain(response, p.brand.awareness_gain)
    gained = 1.0 - (1.0 - gained) * (1.0 - ctx.anchor.awareness_spill)
    state.awareness = brand.awareness_next(state.awareness, ctx.anchor.awareness_decay, gained)
    goodwill = (spent * p.brand.goodwill).sum(axis=1)
    base = ctx.base.market
    then = (base.reference_media[:, None] * base.reference_mix * ctx.base.brand.goodwill).sum(
        axis=1
    )
    relative = np.divide(goodwill, then, out=np.ones_like(goodwill), where=then > 0)
    target = brand.favourability_target(
        np.where(is_open > 0, relative, 1.0),
        state.satisfaction,
        p.brand.favourability_events,
        p.brand.favourability_satisfaction,
    )
    w, usual = p.workforce, ctx.base.workforce
    target = target + w.programme_favourability - usual.programme_favourability
    state.favourability = brand.approach(state.favourability, target, p.brand.favourability_speed)
