"""Targets, the cascade behind them, and the growth loop alone (sections 9 and 10).

Answers: was the target met; of which drivers sales consist; whether key results add up to their
objective and can be reached at all; an annual amount by quarter, month, team and head; and how fast
a sales force grows that is paid out of its own sales. Leaves out trees in general (``drivers``).
Pure functions; anybody may import it.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from tandem.model import drivers
from tandem.model.drivers import Leaf, Node, Product, Sum
from tandem.model.types import Array

#: Sales = (new customers + repeat orders) x value of an order; new customers = customers within
#: reach who know us x share who can buy where they live x leads from them x served x won.
SALES_TREE = Product(
    "sales",
    (
        Sum(
            "orders",
            (
                Product(
                    "new_customers",
                    (
                        Leaf("exposure"),
                        Leaf("availability"),
                        Leaf("lead_conversion"),
                        Leaf("service"),
                        Leaf("win_rate"),
                    ),
                ),
                Product("repeat_orders", (Leaf("customers"), Leaf("repeat_rate"))),
            ),
        ),
        Leaf("order_value"),
    ),
)
SALES_LEAVES = tuple(drivers.leaves(SALES_TREE))
#: Leaves that are shares of the one before: none can exceed 1, whoever wishes it.
BOUNDS: Mapping[str, float] = MappingProxyType(
    dict.fromkeys(("availability", "lead_conversion", "service", "win_rate"), 1.0)
)
ROUNDING = 1e-9  # by how much parts may miss their whole, of the whole


class Infeasible(ValueError):
    """A cascade that does not add up or cannot be reached: which leaf, by how much, what would help.

    ``found`` and ``allowed`` are in the unit of the message (growth factors, or amounts); ``remedies``
    are the values, by leaf, each of which alone would make it add up.
    """

    def __init__(
        self,
        leaf: str,
        found: float,
        allowed: float,
        message: str,
        remedies: Mapping[str, float] | None = None,
    ) -> None:
        super().__init__(f"{leaf}: {message}")
        self.leaf, self.found, self.allowed = leaf, found, allowed
        self.message = message
        self.remedies = dict(remedies or {})


def target_met(value: Array, base: Array, growth: Array) -> Array:
    """1 where ``value`` reaches ``growth`` times ``base`` (1.3: 30 % more), 0 elsewhere, (d,)."""
    return (value >= growth * base).astype(float)


def sales_leaves(
    exposed: Array,
    available: Array,
    leads: Array,
    served: Array,
    new_customers: Array,
    customers: Array,
    orders: Array,
    sales: Array,
) -> dict[str, Array]:
    """Leaves of SALES_TREE from the totals of a period, all of one shape.

    ``exposed`` customers a period who know us, ``available`` those of them who can buy where they
    live; ``customers`` is the mean stock, CNY for sales. A ratio to nothing is 0. The tree gives
    ``sales`` back: each leaf is the ratio of two neighbours.
    """
    return {
        "exposure": np.asarray(exposed, dtype=float),
        "availability": _ratio(available, exposed),
        "lead_conversion": _ratio(leads, available),
        "service": _ratio(served, leads),
        "win_rate": _ratio(new_customers, served),
        "customers": np.asarray(customers, dtype=float),
        "repeat_rate": _ratio(orders - new_customers, customers),
        "order_value": _ratio(sales, orders),
    }


def implied_growth(tree: Node, base: drivers.Values, growth: Mapping[str, float]) -> Array:
    """Growth factor of the whole when some leaves grow by factors and the others stay, (d,).

    Raises KeyError for a leaf that the tree does not have.
    """
    unknown = set(growth) - set(drivers.leaves(tree))
    if unknown:
        raise KeyError(min(unknown))
    grown = {name: base[name] * growth.get(name, 1.0) for name in drivers.leaves(tree)}
    return np.asarray(drivers.value(tree, grown) / drivers.value(tree, base))


def share_needed(growth: float, exposure: float, conversion: float) -> float:
    """Share of exposure that new products must hold for sales to grow by ``growth``.

    All three are growth factors: exposure that of the new products alone, conversion that of all.
    Sales grow by conversion x (1 - s + s exposure), so s = (growth / conversion - 1) / (exposure -
    1). Raises ValueError where exposure does not grow.
    """
    if exposure <= 1.0:
        raise ValueError(f"exposure must grow, not by a factor of {exposure}")
    return (growth / conversion - 1.0) / (exposure - 1.0)


def check_reach(
    base: Mapping[str, float],
    growth: Mapping[str, float],
    possible: Mapping[str, float],
    bounds: Mapping[str, float] = BOUNDS,
) -> None:
    """Refuse a leaf that has to grow faster than is held possible, or beyond what it can be.

    ``base`` are values, ``growth`` and ``possible`` factors over them, ``bounds`` the most that a
    leaf can be. Raises Infeasible for the first such leaf in the order of ``growth``.
    """
    for leaf, factor in growth.items():
        most = possible.get(leaf, np.inf)
        if factor > most:
            raise Infeasible(
                leaf, factor, most,
                f"is to grow {factor - 1.0:+.1%} and at most {most - 1.0:+.1%} is held possible: "
                f"{100 * (factor - most):.1f} points too much",
            )  # fmt: skip
        level, bound = base[leaf] * factor, bounds.get(leaf, np.inf)
        if level > bound:
            raise Infeasible(
                leaf, level, bound,
                f"would be {level:.3f} and cannot exceed {bound:g}: {level - bound:.3f} too much; "
                f"{bound / base[leaf] - 1.0:+.1%} is the most that it can grow",
            )  # fmt: skip


def check_sum(
    tree: Node,
    base: drivers.Values,
    growth: Mapping[str, float],
    goal: float,
    possible: Mapping[str, float] | None = None,
    bounds: Mapping[str, float] = BOUNDS,
) -> float:
    """What is in hand when the leaves' growth is enough for the goal, as a factor; >= 0.

    ``base`` has one draw. Raises Infeasible where the leaves together fall short of ``goal``, with
    the growth of each leaf that would close the gap alone; it names the leaf for which that is the
    smallest step among those that can reach it, else the smallest step of all.
    """
    reached = float(np.max(implied_growth(tree, base, growth)))
    if reached >= goal * (1.0 - ROUNDING):
        return max(reached - goal, 0.0)
    grown = {name: base[name] * growth.get(name, 1.0) for name in drivers.leaves(tree)}
    whole = goal * drivers.value(tree, base)
    remedies, steps = {}, {}
    for leaf in growth:
        wanted = drivers.needed(tree, grown, leaf, whole)
        remedies[leaf] = float(np.max(wanted / base[leaf]))
        too_much = remedies[leaf] > (possible or {}).get(leaf, np.inf)
        too_much |= float(np.max(wanted)) > bounds.get(leaf, np.inf)
        # leaves that multiply each other need the same step: the first one declared is named
        steps[leaf] = (too_much, round(remedies[leaf] / growth[leaf], 9))
    first = min(steps, key=lambda leaf: steps[leaf])
    ways = " or ".join(
        f"{leaf} {factor - 1.0:+.1%}{' (not possible)' if steps[leaf][0] else ''}"
        for leaf, factor in remedies.items()
    )
    raise Infeasible(
        first, reached, goal,
        f"the key results make {reached - 1.0:+.1%} of {goal - 1.0:+.1%}: "
        f"{100 * (goal - reached):.1f} points are missing; {ways} would make it add up",
        remedies,
    )  # fmt: skip


def check_parts(whole: float, parts: Mapping[str, float]) -> None:
    """Refuse parts that do not add up to their whole, or are negative.

    Raises Infeasible that names the negative part, or the largest one and what it would have to be.
    """
    for name, part in parts.items():
        if part < 0:
            raise Infeasible(name, part, 0.0, f"is {part:g}: a part cannot be negative")
    total = float(sum(parts.values()))
    if abs(total - whole) <= ROUNDING * abs(whole):
        return
    first = max(parts, key=lambda name: parts[name])
    right = parts[first] + whole - total
    raise Infeasible(
        first, total, whole,
        f"the parts add up to {total:.6g}, not to {whole:.6g}: {abs(whole - total):.3g} "
        f"{'too little' if total < whole else 'too much'}; {first} = {right:.6g} would make it add up",
        {first: right},
    )  # fmt: skip


def split(whole: Array, weights: Array) -> Array:
    """``whole`` over the first axis of ``weights``, in proportion to them; adds back to the whole.

    whole x w_i / sum w. ``whole`` broadcasts against one row of ``weights``. Raises ValueError for a
    negative weight, and where nothing has weight but there is something to share out.
    """
    total = weights.sum(axis=0)
    if np.any(weights < 0):
        raise ValueError("a weight is negative")
    if np.any((total == 0) & (whole != 0)):
        raise ValueError("nobody is there to take a share: all weights are 0")
    return np.asarray(whole * _ratio(weights, np.broadcast_to(total, weights.shape)))


def growth_loop_matrix(
    units_per_salesman: float,
    revenue_per_unit: float,
    cost_per_salesman: float,
    delivery_delay: float,
    hiring_delay: float,
) -> Array:
    """The loop of salesmen S, delivery average A and backlog B alone, as x' = matrix x, a month.

    S' = (revenue A / cost - S) / hiring delay; A' = B / delay - A; B' = units S - B / delay: sales
    pay for the people who make the next sales. Source: Forrester, J. W. (1968), Market growth as
    influenced by capital investment, Industrial Management Review 9(2).
    """
    pull = revenue_per_unit / cost_per_salesman / hiring_delay
    return np.array(
        [
            [-1.0 / hiring_delay, pull, 0.0],
            [0.0, -1.0, 1.0 / delivery_delay],
            [units_per_salesman, 0.0, -1.0 / delivery_delay],
        ]
    )


def dominant_growth(matrix: Array) -> float:
    """Rate a period at which a linear loop grows in the end: the largest real part of its roots."""
    return float(np.linalg.eigvals(matrix).real.max())


def _ratio(part: Array, whole: Array) -> Array:
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    return np.divide(part, whole, out=np.zeros(np.shape(part + whole)), where=whole > 0)
