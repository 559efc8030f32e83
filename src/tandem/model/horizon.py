"""The two ends of the money: 2026 in the ledger's lines, and what customers are worth after the horizon.

Answers: ``ledger_2026`` and ``terminal_value``. Leaves out the months between (``simulate``), by which
it is imported.
"""

import numpy as np

from tandem.model import keeping, loyalty, people
from tandem.model.anchor import order_value
from tandem.model.customers import value_by_age
from tandem.model.paying import Activity, PayBill, ledger, pay_bill
from tandem.model.promoting import targeting_bill
from tandem.model.state import Context, State, severance_2026
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR


def ledger_2026(ctx: Context) -> Array:
    """2026 in the ledger's lines, month by month, before tax, (12, line, d)."""
    p, reference = ctx.base, ctx.anchor.reference
    none = np.zeros_like(ctx.base.finance.opening_cash)
    media = p.market.media + targeting_bill(p, p.market.media[:, None] * p.market.media_mix)
    candidates = (p.people.sources * people.candidates(p, p.hiring.acceptance)).sum(axis=0)
    rows = []
    for calendar in range(MONTHS_PER_YEAR):
        heads = reference.heads[calendar]
        pay_a_head = p.people.pay * ctx.payout_2026.pay
        bill: PayBill = pay_bill(ctx.structure, p, heads, ctx.payout_2026, pay_a_head)
        act = Activity(
            sales=reference.sales[calendar],
            volume=reference.sales[calendar],
            customers=reference.customers[calendar],
            coverage=reference.coverage[calendar] * np.asarray(ctx.structure.existing)[:, None],
            promotion_fees=np.zeros_like(media),
            media=media,
            heads=heads,
            unramped=reference.unramped[calendar],
            hires=reference.hires[calendar],
            candidates=np.broadcast_to(candidates, heads.shape),
            fast=np.zeros_like(heads),
            leavers=reference.leavers[calendar] - reference.withheld[calendar].sum(axis=0),
            dismissed=reference.withheld[calendar].sum(axis=0),
            severance=severance_2026(ctx, calendar),
            interest=none,
            programmes=np.zeros_like(p.market.price),
            development=none,
        )
        lines, _ = ledger(ctx.structure, p, bill, act)
        rows.append(lines)
    return np.stack(rows)


def terminal_value(ctx: Context, state: State) -> Array:
    """Margin of customers alive at the horizon, net of service, discounted to the start, (d,)."""
    month = ctx.inputs.months[-1]
    p = month.parameters
    f = p.finance
    again, dearer = keeping.repeated(ctx, p, state)
    revenue = order_value(p) * dearer
    volume = revenue / (p.market.price * p.market.exchange)
    margin = revenue * (1.0 - p.market.fee_share) - volume * f.cogs_share
    a_month = ctx.anchor.order_rate * np.power(p.market.price, -p.customer.order_price) * margin
    cost = f.service_cost + loyalty.extra_cost(p.loyalty, ctx.base.loyalty, state.members)
    churn, churn_of_orders = keeping.churn_now(ctx, p, state)
    ordered = state.order_weight * value_by_age(churn_of_orders, a_month * again, f.discount)
    served = state.cohorts * value_by_age(churn, cost, f.discount)
    worth = (ordered - served).sum(axis=(0, 1)) * state.alive * (1.0 - f.tax_rate)
    return worth / np.power(1.0 + f.discount, len(ctx.inputs.months) + 1)
