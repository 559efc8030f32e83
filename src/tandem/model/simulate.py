"""The only loop over months: October 2026 to December 2029, thirteen steps a month.

Answers: ``simulate(inputs) -> Trajectory``, deterministic: the same inputs, the same bits. Before
it, the plan is run once at central parameters with people in time, which HR's forecast and sales
quotas go by. Leaves out everything that draws or stores. Imported by ``results`` and above.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from tandem.model import (
    advancement,
    launching,
    learning,
    moods,
    people,
    performance,
    planning,
    policy,
    products,
    selling,
    staffing,
)
from tandem.model.anchor import anchor as anchored
from tandem.model.anchor import qualified_2026
from tandem.model.events import Events, Expected, Whole
from tandem.model.horizon import ledger_2026, terminal_value
from tandem.model.incentives.plan import assemble, payout, worth
from tandem.model.paying import Activity, pay_bill, pay_month
from tandem.model.people import Departures
from tandem.model.record import Recorder
from tandem.model.recording import opening, record
from tandem.model.stages import crews
from tandem.model.state import (
    Context,
    PlannedRun,
    State,
    base_payout,
    minimum_over_pay,
    opening_state,
    ramping_share,
)
from tandem.model.types import Anchor, Inputs, Month, Trajectory
from tandem.units import MONTHS_PER_YEAR

STAGE_KINDS = (
    "spend",
    "content",
    "outlets_kept",
    "span",
    "insight",
    "service",
    "recruiting",
    "training",
)


def simulate(inputs: Inputs) -> Trajectory:
    """Every month of every draw; arrays month first, draw last.

    Raises ``AnchorError`` where 2026 as observed cannot come out of the parameters.
    """
    central = inputs if inputs.central is None else inputs.central
    planned = plan_run(central)
    base = inputs.base.parameters
    context = _context(inputs, anchored(inputs.structure, base, central.base.parameters), planned)
    return _run(context)


def plan_run(central: Inputs) -> PlannedRun:
    """The scenario at central parameters with people in time: what HR and quotas go by."""
    run = people_in_time(central)
    leads, coverage = run.market["leads"], run.market["coverage"]
    ratio = np.divide(leads, coverage, out=np.zeros_like(leads), where=coverage > 0.01)
    return PlannedRun(
        ratio,
        run.market["sales"],
        run.market["contact_crew"],
        run.position["need_ratio"],
        run.market["new_product"].max(axis=0),
        performance.levels(
            run.market["new_customers"],
            run.market["contestable_customers"],
            run.market["served"],
            run.market["orders"],
            run.market["customers"],
        ),
    )


def people_in_time(central: Inputs) -> Trajectory:
    """The run in which everybody planned is there in time: one draw, expected numbers."""
    expected = replace(central, whole_people=False)
    base = expected.base.parameters
    return _run(_context(expected, anchored(expected.structure, base, base), None))


def norms(inputs: Inputs) -> policy.StaffingNorms:
    """What HR goes by in these inputs: months of lead and leavers by position, (p, 1)."""
    central = inputs if inputs.central is None else inputs.central
    known = central.base.parameters
    terms = (
        people.fill_terms(inputs.structure, known, c, 1.0, 1.0) for c in range(MONTHS_PER_YEAR)
    )
    return policy.staffing_norms(known, np.mean([t.months for t in terms], axis=0))


def _context(inputs: Inputs, anchor: Anchor, planned: PlannedRun | None) -> Context:
    structure, base = inputs.structure, inputs.base.parameters
    central = inputs if inputs.central is None else inputs.central
    events: Events = Whole(inputs.key, inputs.draws) if inputs.whole_people else Expected()
    renewal = learning.renewal_2026(structure, anchor)
    skill, quickness = learning.settled_2026(base, renewal)
    return Context(
        inputs=inputs,
        structure=structure,
        base=base,
        anchor=anchor,
        crews={kind: crews(structure, base, kind) for kind in STAGE_KINDS},
        events=events,
        codes=people.codes(structure.positions, MONTHS_PER_YEAR),
        rivals=people.codes(structure.competitors, 1)[0],
        places=people.codes(structure.markets, 1)[0],
        norms=norms(inputs),
        plan=planned,
        payout_2026=base_payout(structure, base, inputs.base.plan, anchor),
        joiners_2026=base_payout(structure, base, inputs.base.plan, anchor, joining=True),
        renewal=renewal,
        skill_2026=skill,
        quickness_2026=quickness,
        qualified_2026=qualified_2026(structure, base),
        opened=_first(inputs, lambda month, m: month.open[m], structure.existing),
        pushed=_first(
            central,
            lambda month, m: _pushed(central.base, month, m),
            (False,) * len(structure.markets),
        ),
        developed=_first(
            inputs,
            lambda month, m: month.parameters.market.new_product[m, 0] > 0,
            (False,) * len(structure.markets),
        ),
    )


def _first(
    inputs: Inputs, holds: Callable[[Month, int], bool], already: tuple[bool, ...]
) -> tuple[int | None, ...]:
    firsts: list[int | None] = []
    for m, done in enumerate(already):
        found = (t for t, month in enumerate(inputs.months) if not done and holds(month, m))
        firsts.append(next(found, None))
    return tuple(firsts)


def _pushed(base: Month, month: Month, m: int) -> bool:
    """We enter a market, raise media or cut price: what rivals see; by central parameters."""
    was, now = base.parameters.market, month.parameters.market
    if month.open[m] and not base.open[m]:
        return True
    more = now.media[m, 0] > was.media[m, 0]
    return bool(month.open[m] and (more or now.price[m, 0] < 1.0))


def _run(ctx: Context) -> Trajectory:
    books = ledger_2026(ctx)
    earned = (books[:, 0] - books[:, 1:].sum(axis=1)).mean(axis=0)
    state = opening_state(ctx, earned * (1.0 - ctx.base.finance.tax_rate))
    recorder = Recorder(ctx.structure, len(ctx.inputs.months), len(state.alive))
    for t, month in enumerate(ctx.inputs.months):
        _month(ctx, month, t, state, recorder)
    return recorder.trajectory(ctx.anchor, books, terminal_value(ctx, state))


def _month(ctx: Context, month: Month, t: int, state: State, recorder: Recorder) -> None:
    month = staffing.learnt(month, state)
    p = month.parameters
    # 0 starters
    if ctx.plan is None:
        need = planning.need_ratio(ctx, month, t, state)
        state.people = planning.people_in_time(ctx, month, t, state, need)
        starters = promoted = np.zeros_like(state.engagement)
    else:
        need = ctx.plan.need_ratio[t]
        quality = staffing.joining_quality(ctx, p, state)
        state.people, promoted = advancement.arrive(
            ctx.structure, state.people, p.workforce.insider_ramp
        )
        state.people, starters = people.arrive(state.people, quality)
    learning.join(ctx, p, state, starters)
    able = selling.ramped(ctx, p, state)
    if ctx.plan is None:
        planning.remember(ctx, t, state)
    if t in ctx.opened:
        launching.launch(ctx, month, t, state, able)
    products.advance(ctx, month, t, state, able)
    # courses and case reviews let the productive do more or less than those of 2026
    reviews = p.workforce.programme_output - ctx.base.workforce.programme_output
    able, here = able * np.exp(state.skill - ctx.skill_2026 + reviews), able
    # 1 to 7 the market
    before = opening(state)
    sold = selling.sell(ctx, month, t, state, able)
    # 8 money
    crew = performance.contact_crew(ctx, p, able)
    performance.attain(ctx, t, state, sold, crew)
    plan = assemble(p.incentive, month.plan, minimum_over_pay(ctx.structure, p))
    reached = performance.attainment(ctx, t, state, sold)
    paid_out = payout(plan, p.incentive, reached, ramping_share(state.people))
    heads = state.people.total
    unramped = state.people.unramped
    bill = pay_bill(ctx.structure, p, heads, paid_out, state.pay_last_year, state.unvested)
    act = Activity(
        sales=sold.sales,
        volume=sold.volume,
        promotion_fees=sold.promotion_fees,
        customers=sold.customers,
        coverage=before["coverage"] * np.asarray(month.open, dtype=float)[:, None],
        media=sold.media,
        heads=heads,
        unramped=unramped,
        hires=starters,
        candidates=state.candidates,
        fast=state.fast,
        leavers=state.leavers_due,
        dismissed=state.dismissed_due,
        severance=state.severance_due,
        interest=state.credit * p.finance.credit_rate,
        programmes=sold.programmes,
        development=products.development(ctx, p, state),
    )
    paid = pay_month(ctx, month, t, state, sold, bill, act)
    # 9 to 11 the people
    if ctx.plan is None:
        review, gone = _nobody(state)
    else:
        # an applicant weighs what one who ramps up gets, whoever already holds the post
        joining = worth(plan, p.incentive, reached, np.ones_like(heads))
        offered = performance.pay_value(ctx, p, joining, ctx.joiners_2026.value)
        value = performance.pay_value(ctx, p, paid_out.value, ctx.payout_2026.value)
        review = staffing.review(ctx, month, t, state, sold, able, offered)
        gone = staffing.leave(ctx, month, t, state, paid_out, value, review)
    # 12 moods, then ruin takes effect
    moods.moods(ctx, month, t, state, sold, able, unramped, starters, paid_out)
    ruined = 1.0 - state.alive
    state.alive = state.alive * (paid.unmet <= 0)
    before |= {
        "promoted_in": promoted,
        "contact_crew": crew,
        "need_ratio": np.broadcast_to(need, heads.shape),
    }
    record(
        ctx,
        t,
        state,
        recorder,
        before,
        sold,
        bill,
        paid,
        review,
        gone,
        starters,
        heads,
        here,
        ruined,
    )


def _nobody(state: State) -> tuple[staffing.Review, Departures]:
    none = np.zeros_like(state.engagement)
    review = staffing.Review(
        state.people.total,
        none,
        none,
        none,
        none > 0,
        np.ones_like(state.alive),
        none,
        none,
        none,
        none,
    )
    bands = np.zeros_like(state.people.heads)
    return review, Departures(none, none, none, bands, none, none, none)
