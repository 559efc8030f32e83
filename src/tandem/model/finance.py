"""Money: pay and its statutory cost, working capital, tax, cash, funding, value (section 10).

Answers: what a month's activity earns and costs, when it turns into cash, and what HR and
marketing may commit. Leaves out how the flows came about. Money is CNY of 2026. Pure functions;
anybody may import it.
"""

import numpy as np
from scipy.special import ndtri

from tandem.model.types import Array
from tandem.units import DAYS_PER_MONTH


def social_cost(
    heads: Array,
    rates: tuple[Array, Array],
    bases: tuple[Array, Array],
) -> Array:
    """Employer's social insurance and housing fund, CNY a month, (p, d).

    ``rates`` and ``bases`` of social insurance and of the fund; the bases (CNY a head and month)
    come from last year's pay through ``statute``.
    """
    social_rate, fund_rate = rates
    social_base, fund_base = bases
    return heads * (social_rate * social_base + fund_rate * fund_base)


def lagged(current: Array, before: Array, earlier: Array, days: Array) -> Array:
    """What is received this month of flows paid ``days`` later (0 to 60), same shape.

    Linear between whole months: a flow due after 45 days is half of last month's and half of that
    before.
    """
    months = np.clip(days / DAYS_PER_MONTH, 0.0, 2.0)
    first = np.clip(1.0 - months, 0.0, 1.0)
    third = np.clip(months - 1.0, 0.0, 1.0)
    return first * current + (1.0 - first - third) * before + third * earlier


def outstanding(current: Array, before: Array, days: Array) -> Array:
    """What is still to come at the month's end of flows paid ``days`` later, as in ``lagged``."""
    months = np.clip(days / DAYS_PER_MONTH, 0.0, 2.0)
    return np.minimum(months, 1.0) * current + np.clip(months - 1.0, 0.0, 1.0) * before


def purchases(cogs: Array, stock: Array, inventory_days: Array) -> tuple[Array, Array]:
    """Goods bought in a month and closing stock: cogs + change of stock, money.

    Stock is held at ``inventory_days`` of this month's cost of goods.
    """
    closing = cogs * inventory_days / DAYS_PER_MONTH
    return cogs + closing - stock, closing


def income_tax(profit: Array, losses: Array, rate: Array) -> tuple[Array, Array]:
    """Tax of a month and losses carried forward, money, same shape.

    Losses are set against later profit (Enterprise Income Tax Law of the PRC (2018), article 18;
    its five years exceed the horizon).
    """
    taxable = profit - losses
    return rate * np.maximum(taxable, 0.0), np.maximum(-taxable, 0.0)


def settle(
    cash: Array,
    credit: Array,
    overdue: Array,
    inflow: Array,
    payroll: Array,
    suppliers: Array,
    other: Array,
    limit: Array,
) -> tuple[Array, Array, Array, Array]:
    """Who is paid when cash is short: payroll and tax first, then every other bill alike.

    ``payroll`` holds pay, insurance, tax and severance; ``suppliers`` goods; ``other`` media, hiring
    and running cost. Of these two, with what is still owed of earlier months (``overdue``), what
    cash and credit do not cover stays overdue. The credit line is drawn last. Returns cash, credit
    drawn, overdue, and payroll unmet (which is ruin), all (d,).
    """
    have = cash - credit + inflow  # net position before paying
    room = np.maximum(have + limit, 0.0)
    unmet = np.maximum(payroll - room, 0.0)
    due = suppliers + overdue + other
    paid = np.clip(room - payroll, 0.0, due)
    net = have - (payroll - unmet) - paid
    return np.maximum(net, 0.0), np.maximum(-net, 0.0), due - paid, unmet


def funded_shares(funds: Array, needs: tuple[Array, ...]) -> tuple[Array, ...]:
    """Share of each need that funds cover, first come first served, (d,) each.

    ``needs`` in order of priority; a need of nothing is met in full.
    """
    left = np.maximum(funds, 0.0)
    shares = []
    for need in needs:
        share = np.where(need > 0, np.clip(left / np.maximum(need, 1e-9), 0.0, 1.0), 1.0)
        left = np.maximum(left - need, 0.0)
        shares.append(share)
    return tuple(shares)


def present_value(flows: Array, discount_m: Array) -> Array:
    """Present value at the start of the first month of flows (t, d) at month ends, (d,)."""
    months = np.arange(1, flows.shape[0] + 1, dtype=float)[:, None]
    return np.asarray((flows / np.power(1.0 + discount_m, months)).sum(axis=0))


def payback_month(cumulative: Array) -> Array:
    """First month (counted from 1) from which a cumulative flow (t, d) stays at or above 0.

    NaN where it ends below.
    """
    below = cumulative < 0
    last = np.where(below.any(axis=0), below.shape[0] - np.argmax(below[::-1], axis=0), 0)
    return np.where(below[-1], np.nan, last + 1.0)


def cvar(values: Array, level: float) -> float:
    """Mean of the worst 1 - ``level`` share of values (low is bad), their own unit.

    Expected shortfall; the boundary value counts in part. Source: Acerbi and Tasche (2002), On the
    coherence of expected shortfall, Journal of Banking and Finance 26(7). Raises ValueError where
    no share is left.
    """
    if not 0.0 <= level < 1.0:
        raise ValueError(f"level must lie in 0 to below 1, found {level}")
    ordered = np.sort(np.asarray(values, dtype=float))
    weight = (1.0 - level) * ordered.size
    whole = int(np.floor(weight))
    total = ordered[:whole].sum()
    if weight > whole:
        total += (weight - whole) * ordered[whole]
    return float(total / weight)


def cvar_normal(level: float) -> float:
    """Expected shortfall of a standard normal loss: phi(z) / (1 - level)."""
    z = float(ndtri(level))
    return float(np.exp(-0.5 * z * z) / np.sqrt(2.0 * np.pi) / (1.0 - level))


def dorfman_steiner(
    price_elasticity: float, advertising_elasticity: float, cost: float
) -> tuple[float, float]:
    """Price and advertising over sales at which profit is largest; elasticities positive.

    price = cost e / (e - 1); advertising / sales = a / e. Source: Dorfman, R. and Steiner, P. O.
    (1954), Optimal advertising and optimal quality, American Economic Review 44(5).
    """
    price = cost * price_elasticity / (price_elasticity - 1.0)
    return price, advertising_elasticity / price_elasticity
