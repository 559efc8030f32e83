"""How a marketing budget is best split, and what a promotion really adds (M3).

Answers: the spend on each touchpoint at which another yuan brings the same everywhere; orders in and
after a promotion, and what it earns. Leaves out carry-over (``allocation``), people and awareness,
which the simulation has. Pure functions; anybody may import it.
"""

import numpy as np
from scipy.optimize import brentq

from tandem.model.types import Array


def mix_value(spend: Array, scale: Array, exponent: Array) -> float:
    """What a split brings: sum of scale x spend**exponent over touchpoints (j,)."""
    return float((scale * np.power(spend, exponent)).sum())


def budget_mix(scale: Array, exponent: Array, total: float) -> Array:
    """Spend by touchpoint that brings most out of ``total``, (j,), in its unit.

    Returns diminish: scale x spend**exponent with 0 < exponent < 1. At the optimum marginal returns
    are equal, a b x**(b - 1) = m, so x = (a b / m)**(1 / (1 - b)), and m is where the spends add up
    to the total. Raises ValueError where returns do not diminish or nothing is to be spent.
    Source: Kuhn, H. W. and Tucker, A. W. (1951), Nonlinear programming.
    """
    if not (total > 0 and (scale > 0).all() and (exponent > 0).all() and (exponent < 1).all()):
        raise ValueError("needs a positive total and scales, and exponents between 0 and 1")

    def spend(log_marginal: float) -> Array:
        return np.exp((np.log(scale * exponent) - log_marginal) / (1.0 - exponent))

    def log_return(at: float) -> float:
        return float((np.log(scale * exponent) + (exponent - 1.0) * np.log(at)).max())

    margin = 1e-9  # one touchpoint alone has both bounds at the root
    least, most = log_return(total) - margin, log_return(total / scale.size) + margin
    found = spend(brentq(lambda m: spend(m).sum() - total, least, most, xtol=1e-14))
    return np.asarray(found * (total / found.sum()))


def advertised_uplift(uplift: Array, spent: Array, reference: Array) -> Array:
    """Orders that a promotion gains over usual ones: u 2 s / (s + S); shapes broadcast.

    ``uplift`` u is that at the advertising ``reference`` S, above 0, money. Without advertising nobody
    comes; twice as much brings a third more (Hill's curve with slope 1, concave, as media's).
    """
    return np.asarray(uplift * 2.0 * spent / (spent + reference))


def promotion_terms(uplift: Array, days: Array, terms: Array) -> Array:
    """What promotions give up of a month's sales: sum of (u_q + days_q) terms_q / (1 + sum of u_q).

    First axis promotions. ``days`` is the share of the month on promotional terms, in which those who
    would have come anyway buy on them too; ``terms`` a discount or a fee, shares of sales.
    """
    given = ((uplift + days) * terms).sum(axis=0)
    return np.asarray(given / (1.0 + uplift.sum(axis=0)))


def promotion_orders(
    usual: Array, uplift: Array, pulled: Array, debt: Array, payback: Array
) -> tuple[Array, Array]:
    """Orders of a month and the debt that it leaves: a promotion's burst and the dip after it.

    o = o0 (1 + u) - D / tau, D' = D (1 - 1 / tau) + pi u o0: of the orders gained a share ``pulled``
    (0 to 1) was only bought earlier, and is missing later over ``payback`` months (at least 1). Orders
    and debt in one unit, shapes broadcast; orders never fall below 0, what cannot be paid back stays in
    the debt. The dip is that of Van Heerde, Leeflang and Wittink (2000), The estimation
    of pre- and postpromotion dips with store-level scanner data, Journal of Marketing Research 37(3).
    """
    gained = uplift * usual
    repaid = np.minimum(debt / payback, usual + gained)
    return usual + gained - repaid, debt - repaid + pulled * gained


def promotion_path(usual: Array, uplift: Array, pulled: float, payback: float) -> Array:
    """Orders by month, (month,), with ``uplift`` (month,) over the ``usual`` ones, (month,).

    Over a window that the debt is paid back in, a promotion adds (1 - pulled) u o0 and no more: the
    uplift itself makes no permanent customers. Raises ValueError for a share outside 0 to 1, a payback
    below a month, negative orders or uplift.
    """
    if not (0.0 <= pulled <= 1.0 and payback >= 1.0 and (usual >= 0).all() and (uplift >= 0).all()):
        raise ValueError(
            "the share pulled forward is 0 to 1, payback a month or more, orders and uplift 0 or more"
        )
    orders, debt = np.empty(len(usual)), np.zeros(())
    for month in range(len(usual)):
        orders[month], debt = promotion_orders(
            usual[month], uplift[month], np.asarray(pulled), debt, np.asarray(payback)
        )
    return orders


def promotion_profit(
    orders: Array, usual: Array, promoted: Array, margin: Array, given: Array, fixed: Array
) -> Array:
    """What promotions bring by month over doing without them, money; shapes broadcast.

    (orders - usual) margin - promoted x given - fixed. ``margin`` is money an order without promotion;
    ``promoted`` orders are sold on its terms, those gained and those that would have come anyway in its
    days, and each gives up ``given``, discount and platform's fee; ``fixed`` is what taking part costs.
    """
    return (orders - usual) * margin - promoted * given - fixed
