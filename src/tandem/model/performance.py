"""What people achieve and what that is worth to them: attainment, pay value (steps 8 and 12).

Answers: the team's attainment of a month, by market and position, and the value of pay over the
market's. Leaves out what a plan then pays (``incentives``). Imported by ``simulate``.
"""

import numpy as np

from tandem.model.incentives.plan import Payout
from tandem.model.parameters import Parameters
from tandem.model.selling import Sold
from tandem.model.state import Context, State
from tandem.model.types import WORKS, Array

ATTAINMENT_BOUNDS = (0.1, 3.0)


def pay_value(ctx: Context, p: Parameters, payout: Payout) -> Array:
    """Log of pay value over market pay, as a difference from 2026, (p, d)."""
    base, home = ctx.base, list(ctx.structure.home_position)
    now = payout.value * p.people.pay / (p.people.market_pay * p.hiring.market_pay_index)
    then = ctx.payout_2026.value * (base.people.pay / base.people.market_pay)[home]
    return np.log(now / then)


def attainment(ctx: Context, state: State) -> Array:
    """Team attainment by task and position, (task, p, d): sales, satisfaction, innovation.

    The company's satisfaction is that of its customers, wherever they are.
    """
    place = [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    sales = state.attainment[place]
    mean = ctx.base.incentive.attainment_2026
    here = state.cohorts.sum(axis=1)
    company = (state.satisfaction * here).sum(axis=0) / np.maximum(here.sum(axis=0), 1e-9)
    happy = np.stack([*state.satisfaction, company])[place]
    return np.stack([sales, mean * np.exp(happy), np.broadcast_to(mean, sales.shape)])


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
    total = planned.sum(axis=0)  # 0 where the plan itself runs out of money
    company = np.ones_like(made[0])
    np.divide(made.sum(axis=0), total, out=company, where=total > 0)
    mean = ctx.base.incentive.attainment_2026
    state.attainment = np.clip(mean * np.concatenate([ratio, company[None]]), *ATTAINMENT_BOUNDS)
