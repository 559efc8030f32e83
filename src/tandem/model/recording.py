"""What a month leaves behind: its opening stocks and its figures, as they are recorded.

Answers: ``opening`` of a month's stocks before anything moves, and ``record`` of all that readers can
ask for later. Leaves out the order of the month (``simulate``). Imported by ``simulate``.
"""

import numpy as np

from tandem.model import advancement, selling, staffing
from tandem.model.culture import PARTS
from tandem.model.paying import Paid, PayBill
from tandem.model.people import Departures
from tandem.model.record import Recorder
from tandem.model.state import Context, State
from tandem.model.types import Array


def opening(state: State) -> dict[str, Array]:
    """Stocks that the month opens with, by the name they are recorded under."""
    return {
        "awareness": state.awareness,
        "coverage": state.coverage,
        "favourability": state.favourability,
        "satisfaction": state.satisfaction,
        "members": state.members,
        "opening_backlog": state.backlog,
        "forecast": state.forecast,
        "open_requisitions": state.people.pipeline.sum(axis=0),
        "funding_factor": state.funding,
        "engagement": state.engagement,
    }


def record(
    ctx: Context,
    t: int,
    state: State,
    recorder: Recorder,
    before: dict[str, Array],
    sold: selling.Sold,
    bill: PayBill,
    paid: Paid,
    review: staffing.Review,
    gone: Departures,
    starters: Array,
    heads: Array,
    able: Array,
    ruined: Array,
) -> None:
    """All figures of month ``t`` into the recorder; ``before`` is what ``opening`` gave."""
    p = ctx.inputs.months[t].parameters
    place = [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    recorder.market(
        t,
        contestable_customers=sold.contestable,
        awareness=before["awareness"],
        coverage=before["coverage"],
        favourability=before["favourability"],
        satisfaction=before["satisfaction"] + ctx.base.customer.satisfaction_2026,
        leads=sold.leads,
        capacity=sold.capacity,
        served=sold.served,
        opening_backlog=before["opening_backlog"],
        backlog=sold.backlog,
        expired_leads=sold.expired,
        new_customers=sold.new_customers,
        lost_no_demand=sold.lost_no_demand,
        lost_no_people=sold.lost_no_people,
        customers=sold.customers,
        churned=sold.churned,
        orders=sold.orders,
        sales=sold.sales,
        promotion_orders=sold.promotion_orders,
        media_spend=sold.media,
        win_rate=sold.win_rate,
        forecast=before["forecast"],
        members=before["members"],
        new_product=state.product,
        contact_crew=before["contact_crew"],
    )
    recorder.position(
        t,
        heads=heads,
        closing_heads=state.people.total,
        hires=starters,
        promoted_in=before["promoted_in"],
        promoted_out=advancement.out_of(ctx.structure, review.promoted),
        ready_successors=state.people.ready,
        terms_ended=gone.terms,
        not_renewed=gone.withheld.sum(axis=0),
        terms_refused=gone.refused,
        leavers=gone.leavers,
        redundancies=gone.redundancies,
        requisitions=review.requisitions,
        opening_requisitions=before["open_requisitions"],
        open_requisitions=state.people.pipeline.sum(axis=0),
        days_to_fill=review.days,
        fast_share=review.fast,
        offers_accepted=review.accepted,
        pay_offered=review.offered,
        ramped_heads=able,
        required_heads=review.target,
        engagement=before["engagement"],
        quality=state.people.quality,
        attainment=state.attainment[place],
        pay_fixed=bill.fixed,
        pay_variable=bill.variable + bill.expense,
        equity_expense=bill.expense,
        equity_granted=bill.granted * (1.0 - ruined),
        social_cost=bill.social,
        need_ratio=before["need_ratio"],
    )
    index = np.exp(p.finance.price_growth * ctx.months_of_growth(t))
    recorder.company(
        t,
        cash=state.cash,
        credit_drawn=state.credit,
        overdue=state.overdue,
        price_index=index,
        profit=paid.profit,
        free_cash_flow=paid.free_cash_flow,
        working_capital=paid.working_capital,
        funding_factor=before["funding_factor"],
        recruiting_stretch=review.stretch,
        training_cover=state.training,
        ruined=ruined,
        leaving_pay=state.leaving[0],
        leaving_engagement=state.leaving[1],
        **{f"mood_{name}": state.mood[k] for k, name in enumerate(PARTS)},
    )
    recorder.money(t, paid.ledger, paid.contribution)
    recorder.funnel(t, sold.stages)
