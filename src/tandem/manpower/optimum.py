"""The optimum of a manpower problem: least cost, or fewest redundancies and of these the cheapest.

What it answers: the plan, in fractions of people with dual values, or in whole people.

What it leaves out: uncertainty (`uncertain`).

Who may import it: the package itself; those outside take `solve` from `tandem.manpower`.
"""

from typing import Literal

import numpy as np

from tandem.manpower.infeasible import infeasible
from tandem.manpower.plan import Plan, Worth, decisions, money, strength
from tandem.manpower.problem import Array, Problem, unknown_name
from tandem.manpower.programme import Futures, Programme, manpower_programme
from tandem.manpower.solver import LINEAR, NoPoint, Point, Search, best_point

__all__ = ["DECIDED", "solve"]

#: Column blocks that take whole numbers in a plan of whole people. Strength stays an expectation:
#: leaving is a share of it.
DECIDED = ("hires", "redundant", "part_time", "moved")

#: Redundancies by which the cheapest of the plans with fewest may exceed them: the tolerance to
#: which HiGHS fulfils a row.
_SAME = 1e-7


def solve(
    problem: Problem,
    objective: Literal["cost", "redundancy"] = "cost",
    *,
    whole: bool = False,
    gap: float = 1e-4,
    seconds: float | None = None,
    window: int | None = None,
) -> Plan:
    """The plan of least cost, or the cheapest among those with fewest redundancies.

    A linear programme; `whole` makes people whole (mixed-integer), proved to within `gap`, a share
    of the objective, or as good as was found in `seconds`. Many grades over many periods are too
    much for a proof: `window` makes so many periods whole at a time, sharing `gap` and `seconds`, and the
    plan's own gap is then that against the plan in fractions, which nothing whole may reach. Dual values are always those of the
    linear programme, of its objective. Source: Williams, H. P. (2013), Model Building in
    Mathematical Programming, 5th edition, Wiley, sections 12.5, 13.5 and 14.5.

    Raises Infeasible, which names what clashes, ValueError for an unknown objective or a window of no
    period, and RuntimeError where the solver gives up or a window leaves the next without a plan.
    """
    if objective not in ("cost", "redundancy"):
        raise ValueError(unknown_name("objective", objective, ("cost", "redundancy")))
    futures = Futures.certain(problem)
    one = manpower_programme(problem, futures)
    cost = money(one, problem, 1)
    sought = cost if objective == "cost" else _redundancies(one)
    search = Search(DECIDED, gap, seconds, _window(window)) if whole else LINEAR
    try:
        relaxed = best_point(one, sought)
    except NoPoint:
        raise infeasible(problem, futures) from None
    try:
        point = best_point(one, sought, search) if whole else relaxed
    except NoPoint:
        if window is not None:
            raise RuntimeError(
                f"windows of {window} periods lead to no plan; choose a longer window, or none"
            ) from None
        raise infeasible(problem, futures, DECIDED) from None
    worth = _worth(one, relaxed, problem)
    if objective == "redundancy":
        point = _cheapest(one, point, cost, search)
    return Plan(
        problem=problem,
        objective=objective,
        decided=decisions(one, point.columns, problem),
        strength=strength(one, point.columns, problem, futures)[0],
        excess=point.columns[one.columns["excess"]][0],
        total_cost=float(cost @ point.columns),
        worth=worth,
        gap=point.gap,
    )


def _window(window: int | None) -> int | None:
    """The window as given; raises ValueError for one that takes no period."""
    if window is not None and window < 1:
        raise ValueError(f"window: {window}; a whole number of periods, at least 1")
    return window


def _redundancies(one: Programme) -> Array:
    """One for each column that is a redundancy, (column,)."""
    sought = np.zeros(one.size)
    sought[one.columns["redundant"]] = 1.0
    return sought


def _cheapest(one: Programme, fewest: Point, cost: Array, search: Search) -> Point:
    """The point of least cost among those with no more redundancies than `fewest`.

    Windows may fix what leads to none; then `fewest` itself is the answer.
    """
    rows = one.at_most.add("redundancies", np.array([fewest.value + _SAME]))
    one.at_most.put(rows, one.columns["redundant"].ravel(), 1.0)
    try:
        return best_point(one, cost, search)
    except NoPoint:
        return fewest


def _worth(one: Programme, point: Point, problem: Problem) -> Worth:
    """Dual values of what is required and of limits, out of the marginals of a linear optimum."""
    excess = np.zeros(len(problem.periods))
    limited = np.isfinite(problem.array("excess_limit"))
    excess[limited] = point.at_most[one.at_most.blocks["excess"]]
    return Worth(
        required_strength=point.equal[one.equal.blocks["required"]][0] + 0.0,
        hiring_limit=point.upper[one.columns["hires"]] + 0.0,
        excess_limit=excess + 0.0,
    )
