"""What a run knows throughout (``Context``) and what it carries from month to month (``State``).

Answers: the opening of 1 October 2026 in every stock. Leaves out how they change (``selling``,
``staffing``, ``paying``). Imported by those and by ``simulate``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.model import ending, people
from tandem.model.anchor_people import START
from tandem.model.culture import PARTS
from tandem.model.events import Codes, Events, Whole
from tandem.model.incentives.deferral import owed
from tandem.model.incentives.plan import Payout, assemble, payout
from tandem.model.parameters import Parameters
from tandem.model.policy import StaffingNorms
from tandem.model.stages import Crews
from tandem.model.types import KPIS, TASKS, Anchor, Array, Inputs, Structure, Workforce
from tandem.units import DAYS_PER_MONTH, MONTHS_PER_YEAR

GROWTH_STARTS = 3  # January 2027


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """The run at central parameters with people in time, (t, ..., 1): what HR and quotas go by."""

    lead_ratio: Array  # (t, m, 1) leads over coverage
    sales: Array  # (t, m, 1)
    crew: Array  # (t, m, 1) productive heads who meet leads
    need_ratio: Array  # (t, p, 1) each position's driver over 2026
    product: Array  # (m, 1) chance of success of a new product
    levels: Array  # (kpi, t, m + 1, 1) market share, conversion and repurchase, see ``performance``


@dataclass(frozen=True, slots=True)
class Context:
    """What stays the same from month to month of one run."""

    inputs: Inputs
    structure: Structure
    base: Parameters
    anchor: Anchor
    crews: dict[str, Crews]
    events: Events
    codes: Codes
    rivals: Codes  # (i,) codes of competitors' events
    places: Codes  # (m,) codes of markets' events
    norms: StaffingNorms
    plan: PlannedRun | None  # None while the plan itself is run
    payout_2026: Payout
    joiners_2026: Payout  # the same for one who ramps up
    renewal: tuple[Array, Array]  # (p, d) starters a month over those there and those who ramp up
    skill_2026: Array  # (p, d) what courses had left in people
    quickness_2026: Array
    qualified_2026: Array  # (m, d) share of its leads who were qualified
    opened: tuple[int | None, ...]  # month in which a market opens; None: never or already open
    pushed: tuple[int | None, ...]  # month in which we enter or push a market
    developed: tuple[int | None, ...]  # month in which development of its new product begins

    def calendar(self, t: int) -> int:
        """Calendar month, January first, 0..11."""
        return (START + t) % MONTHS_PER_YEAR

    def months_of_growth(self, t: int) -> float:
        """Months since growth set in, counted from 1 in January 2027; 0 where it is off."""
        return float(max(0, t - GROWTH_STARTS + 1)) if self.inputs.growth else 0.0


@dataclass(slots=True)
class State:
    """Stocks at the opening of a month; one row a market (m), position (p) or draw (d)."""

    people: Workforce
    adstock: Array  # (m, j, d) CNY a month
    awareness: Array
    coverage: Array
    favourability: Array  # difference from 2026
    satisfaction: Array  # difference from 2026
    backlog: Array
    cohorts: Array  # (m, k, d)
    order_weight: Array  # (m, k, d) the same, each by its orders over the mean customer
    pool: Array
    adopters: Array
    effective_time: Array
    shock: Array  # (d,) log
    promoted: Array  # (2, q, m, d) orders and leads that promotions pulled forward
    qualified: Array  # (m, d) leads waiting who are qualified
    once: Array  # (m, d) leads waiting who come for an offer alone
    failed: Array  # (m, d) 1 where the launch failed
    members: Array  # (m, d) share of customers who are members
    product: Array  # (m, d) 1 where a new product is launched and liked
    product_chance: Array  # (m, d) chance of that at its launch
    product_age: Array  # (m, d) months on sale
    quality: Array  # (d,) utility that product iteration gained over that of 2026
    engagement: Array  # (p, d)
    effort: Array  # (task, p, d)
    training: Array  # (d,) over 2026
    skill: Array  # (p, d) log of output that courses have left in people
    quickness: Array  # (p, d) log by which courses shorten the ramp of those who ramp up
    forecast: Array  # (m, d) of demand over plan
    attainment: Array  # (m + 1, d) of markets and the company
    sales_before: Array  # (2, m, d) of the two months before, latest first
    receipts_before: Array  # (2, m, d) sales net of fees, likewise
    crew_before: Array  # (2, m, d) productive heads who met leads, likewise
    funding: Array  # (d,) factor on media
    alive: Array  # (d,) 0 after ruin
    cash: Array
    credit: Array
    overdue: Array
    losses: Array
    stock: Array  # inventory, money
    purchases_before: Array  # (2, d)
    commission_due: Array
    bonus_accrued: Array
    yearly_accrued: Array
    unpaid: Array  # (month ahead, d) deferred pay earned so far; no rows where there is none
    unvested: Array  # (month ahead, p, d) equity granted so far and not expensed, likewise
    severance_due: Array  # of last month's redundancies and terms not renewed
    leavers_due: Array  # (p, d) of last month, whose disputes are booked now
    dismissed_due: Array  # (p, d) redundant and not renewed, likewise
    candidates: Array  # (p, d) a hire, by the last review
    fast: Array  # (p, d) share of open requisitions on the fast track
    reached: Array  # (p, d) most heads so far, those of 2026 at least
    steeper: Array  # (p, d) incentive to sell over that of 2026
    mood: Array  # (part, d) what engagement tends to, by part, mean over heads
    leaving: Array  # (2, d) log of the hazard of leaving by pay and by engagement, likewise
    on_probation: Array  # (d,) person-months since the run opened
    failed_probation: Array  # (d,) of these, failures
    lacked_skills: Array  # (d,) of these, for want of business skills
    learnt: Array  # (d,) 1 once a review has changed the assessment
    level: Array  # (m, d) leads of last month less their season
    first_level: Array  # (m, d) the same a year after a market opened; 0 before
    first_coverage: Array  # (m, d) coverage likewise
    operating_before: Array  # (3, d)
    pay_last_year: Array  # (p, d) CNY a head and month
    pay_this_year: Array  # (p, d) sum of months
    heads_this_year: Array  # (p, d) sum of months
    load: Array  # (p, d) log of workload over 2026


def ramping_share(workforce: Workforce) -> Array:
    """Share of a position's people who still ramp up, (p, d)."""
    heads = workforce.total
    share = np.divide(workforce.unramped, heads, out=np.zeros_like(heads), where=heads > 0)
    return np.clip(share, 0.0, 1.0)


def minimum_over_pay(structure: Structure, params: Parameters) -> Array:
    """Minimum wage over target pay by position, (p, d)."""
    city = list(structure.city)
    return params.finance.minimum_wage[city] / params.people.pay


def base_payout(
    structure: Structure,
    base: Parameters,
    plan: tuple[int, ...],
    anchor: Anchor,
    *,
    joining: bool = False,
) -> Payout:
    """What each position's plan came to in 2026, new positions by their home's plan.

    To the mean of its people, or to one who has just joined.
    """
    home = list(structure.home_position)
    reference = anchor.reference
    heads = reference.heads.mean(axis=0)
    ramping = np.ones_like(heads)
    if not joining:
        learning = reference.unramped.mean(axis=0)
        ramping = np.divide(learning, heads, out=np.zeros_like(heads), where=heads > 0)
    a0 = base.incentive.attainment_2026
    attainment = np.broadcast_to(a0, (len(KPIS), *heads.shape))
    own = payout(
        assemble(base.incentive, plan, minimum_over_pay(structure, base)),
        base.incentive,
        attainment,
        ramping,
    )
    return own.at(home)


def opening_state(ctx: Context, operating: Array) -> State:
    """1 October 2026: the settled base year, whole people where the run counts them.

    ``operating`` (d,) is the operating cash of a mean month of 2026.
    """
    base, anchor, structure = ctx.base, ctx.anchor, ctx.structure
    m = base.market
    draws = m.price.shape[-1]
    positions = len(structure.positions)
    zeros_m = np.zeros_like(m.price)
    zeros_p = np.zeros_like(base.people.heads)
    reference = anchor.reference
    previous = (START - 1) % MONTHS_PER_YEAR
    before = (START - 2) % MONTHS_PER_YEAR
    cogs = [reference.sales[c].sum(axis=0) * base.finance.cogs_share for c in (previous, before)]
    heads0 = np.maximum(reference.heads[previous], 0.0)
    pay_a_head = base.people.pay * ctx.payout_2026.pay
    variable = heads0 * base.people.pay
    candidates = people.candidates(base, base.hiring.acceptance)
    return State(
        people=_opening_people(ctx),
        adstock=np.array(m.media[:, None] * m.media_mix),
        awareness=np.array(m.awareness_2026),
        coverage=np.array(reference.coverage[START]),
        favourability=zeros_m.copy(),
        satisfaction=zeros_m.copy(),
        backlog=np.array(anchor.backlog),
        cohorts=np.array(anchor.cohorts),
        order_weight=np.array(anchor.cohorts),
        pool=np.array(anchor.pool),
        adopters=np.array(anchor.adopters),
        effective_time=np.array(m.category_age),
        shock=np.zeros(draws),
        promoted=np.zeros((2, len(structure.promotions), *m.price.shape)),
        qualified=anchor.backlog * ctx.qualified_2026,
        once=zeros_m.copy(),
        failed=zeros_m.copy(),
        members=np.broadcast_to(base.loyalty.members_2026, m.price.shape).copy(),
        product=zeros_m.copy(),
        product_chance=zeros_m.copy(),
        product_age=zeros_m.copy(),
        quality=np.zeros(draws),
        engagement=zeros_p.copy(),
        effort=np.ones((len(TASKS), positions, draws)),
        training=np.ones(draws),
        skill=np.array(ctx.skill_2026),
        quickness=np.array(ctx.quickness_2026),
        forecast=np.ones_like(m.price),
        attainment=np.broadcast_to(
            base.incentive.attainment_2026, (len(m.price) + 1, draws)
        ).copy(),
        sales_before=np.stack([reference.sales[previous], reference.sales[before]]),
        receipts_before=np.stack([reference.sales[previous], reference.sales[before]])
        * (1.0 - m.fee_share),
        crew_before=np.zeros((2, *m.price.shape)),
        funding=np.ones(draws),
        alive=np.ones(draws),
        cash=np.array(base.finance.opening_cash),
        credit=np.zeros(draws),
        overdue=np.zeros(draws),
        losses=np.zeros(draws),
        stock=cogs[0] * base.finance.inventory_days / DAYS_PER_MONTH,
        purchases_before=np.stack(cogs),
        commission_due=(variable * ctx.payout_2026.commission).sum(axis=0),
        bonus_accrued=np.zeros(draws),
        yearly_accrued=START * (variable * ctx.payout_2026.yearly).sum(axis=0),
        unpaid=owed(ctx.payout_2026.later, variable).sum(axis=1),
        unvested=owed(ctx.payout_2026.vesting, variable),
        severance_due=severance_2026(ctx, previous),
        leavers_due=reference.leavers[previous] - reference.withheld[previous].sum(axis=0),
        dismissed_due=reference.withheld[previous].sum(axis=0),
        candidates=(base.people.sources * candidates).sum(axis=0),
        fast=zeros_p.copy(),
        on_probation=np.zeros(draws),
        failed_probation=np.zeros(draws),
        lacked_skills=np.zeros(draws),
        learnt=np.zeros(draws),
        reached=np.array(base.people.heads),
        steeper=zeros_p.copy(),
        mood=np.zeros((len(PARTS), draws)),
        leaving=np.zeros((2, draws)),
        level=reference.leads[previous] / base.demand.season[previous],
        first_level=zeros_m.copy(),
        first_coverage=zeros_m.copy(),
        operating_before=np.broadcast_to(operating, (3, draws)).copy(),
        pay_last_year=pay_a_head,
        pay_this_year=np.zeros_like(zeros_p),
        heads_this_year=np.zeros_like(zeros_p),
        load=zeros_p.copy(),
    )


def severance_2026(ctx: Context, calendar: int) -> Array:
    """Severance of those of a month of 2026 who were not offered another term, CNY, (d,)."""
    base = ctx.base
    pay = base.people.pay * ctx.payout_2026.pay
    owed = ending.severance_a_term(ctx.structure, base, base, pay)
    return np.asarray((ctx.anchor.reference.withheld[calendar] * owed).sum(axis=(0, 1)))


def _opening_people(ctx: Context) -> Workforce:
    opening = ctx.anchor.opening
    heads, pipeline, promoted = opening.heads, opening.pipeline, opening.promoted
    if isinstance(ctx.events, Whole):
        whole = ctx.events.opening(ctx.codes[0], np.concatenate([heads, pipeline, promoted]))
        ends = np.cumsum([len(heads), len(pipeline)])
        heads, pipeline, promoted = np.split(whole, ends)
    total = heads.sum(axis=0)
    return Workforce(
        heads=heads,
        pipeline=pipeline,
        unramped=np.minimum(opening.unramped, total),
        quality=np.zeros_like(total),
        months_over=np.zeros_like(total),
        ready=opening.ready,
        promoted=promoted,
    )
