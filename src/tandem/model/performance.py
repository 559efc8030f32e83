"""What people achieve and what that is worth to them: attainment, pay value (steps 8 and 12).

Answers: the team's attainment of a month, by market and position, and the value of pay over the
market's. Leaves out what a plan then pays (``incentives``). Imported by ``simulate``.
"""

import numpy as np

from tandem.model import products
from tandem.model.parameters import Parameters
from tandem.model.selling import Sold
from tandem.model.state import Context, State
from tandem.model.types import KPIS, WORKS, Array

ATTAINMENT_BOUNDS = (0.1, 3.0)
LEVELS = ("share", "conversion", "repurchase")  # KPIs that are measured against the plan's own


def pay_value(ctx: Context, p: Parameters, worth: Array, worth_2026: Array) -> Array:
    """Log of pay value over market pay, as a difference from 2026, (p, d).

    ``worth`` (p, d) is what the plan is worth over target pay, ``worth_2026`` what it was then to the
    same people: all of a position's, or those who join. A role that nobody had in 2026 is compared
    with how the company paid then in the mean.
    """
    base, home = ctx.base, list(ctx.structure.home_position)
    now = worth * p.people.pay / (p.people.market_pay * p.hiring.market_pay_index)
    heads, position = base.people.heads, base.people.pay / base.people.market_pay
    usual = (heads * position).sum(axis=0) / heads.sum(axis=0)
    then = worth_2026 * np.where(heads[home] > 0, position[home], usual)
    return np.log(now / then)


def attainment(ctx: Context, t: int, state: State, sold: Sold) -> Array:
    """Team attainment by KPI and position, (kpi, p, d), in the order of ``KPIS``.

    Sales a head over the plan's; satisfaction over that of 2026; new products over the plan's
    chance in the year after a launch, else as in 2026; market share, conversion and repurchase over those of the plan in the same month.
    The company's satisfaction is that of its customers, wherever they are.
    """
    place = [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    sales = state.attainment[place]
    mean = ctx.base.incentive.attainment_2026
    here = state.cohorts.sum(axis=1)
    company = (state.satisfaction * here).sum(axis=0) / np.maximum(here.sum(axis=0), 1e-9)
    happy = np.stack([*state.satisfaction, company])[place]
    planned = state.product_chance if ctx.plan is None else ctx.plan.product
    launched = products.attainment(state.product, planned, state.product_age)
    found = {
        "sales": sales,
        "satisfaction": mean * np.exp(happy),
        "new_product": mean * launched[place],
        **dict(zip(LEVELS, _over_plan(ctx, t, sold)[:, place], strict=True)),
    }
    return np.stack([found[kpi] for kpi in KPIS])


def levels(
    new_customers: Array, contestable: Array, served: Array, orders: Array, customers: Array
) -> Array:
    """``LEVELS`` by market and, last, for the company, (kpi, ..., m + 1, d), from flows (..., m, d).

    New customers over contestable ones; over those served; repeat orders over customers at the month's
    opening. 0 where there is nothing to measure.
    """

    def over(part: Array, whole: Array) -> Array:
        both = (np.concatenate([x, x.sum(axis=-2, keepdims=True)], axis=-2) for x in (part, whole))
        above, below = both
        return np.divide(above, below, out=np.zeros_like(above), where=below > 0)

    return np.stack(
        [
            over(new_customers, contestable),
            over(new_customers, served),
            over(orders - new_customers, customers),
        ]
    )


def _over_plan(ctx: Context, t: int, sold: Sold) -> Array:
    """Attainment of ``LEVELS`` in a month, (kpi, m + 1, d); that of 2026 where nothing is planned."""
    mean = ctx.base.incentive.attainment_2026
    now = levels(sold.new_customers, sold.contestable, sold.served, sold.orders, sold.customers)
    if ctx.plan is None:
        return np.broadcast_to(mean, now.shape)
    planned = np.broadcast_to(ctx.plan.levels[:, t], now.shape)
    ratio = np.divide(now, planned, out=np.ones_like(now), where=planned > 0)
    return np.clip(mean * ratio, *ATTAINMENT_BOUNDS)


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
