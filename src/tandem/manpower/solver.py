"""The solver: HiGHS, through scipy, for linear and mixed-integer programmes.

What it answers: the best point of a programme, its value, and the marginals of its rows and limits.

What it leaves out: what the columns mean, and what to do where no point exists.

Who may import it: the modules of `tandem.manpower`.

Source: Huangfu, Q. and Hall, J. A. J. (2018), Parallelizing the dual revised simplex method,
Mathematical Programming Computation 10.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from tandem.manpower.problem import Array
from tandem.manpower.programme import Index, Programme

__all__ = ["LINEAR", "NoPoint", "Point", "Search", "best_point"]

#: Codes that scipy gives back: found; a limit of time; no point fulfils the rows.
_FOUND, _TIME, _NONE = 0, 1, 2


class NoPoint(ValueError):
    """No point fulfils all rows and limits."""


@dataclass(frozen=True, slots=True)
class Search:
    """Which blocks of columns take whole numbers only, and when a search among them may end.

    `gap` is how far from the best a point may be, as a share of its value; `seconds` the longest time.
    With `window`, so many periods are made whole at a time: the blocks' first axis is the period.
    """

    whole: tuple[str, ...] = ()
    gap: float = 0.0
    seconds: float | None = None
    window: int | None = None


#: No whole numbers: a linear programme.
LINEAR = Search()


@dataclass(frozen=True, eq=False, slots=True)
class Point:
    """A best point (column,) and its value; marginals are nought for whole numbers.

    `equal` and `at_most` (row,) and `upper` (column,) say by how much the value changes for one
    more on the right-hand side or the limit. `gap` is how far the value may be from the best, as a
    share of it.
    """

    columns: Array
    value: float
    equal: Array
    at_most: Array
    upper: Array
    gap: float


def best_point(one: Programme, cost: Array, search: Search = LINEAR) -> Point:
    """The point at which cost x columns is least, cost as (column,).

    Raises NoPoint, and RuntimeError where the solver found neither a point nor that there is none.
    """
    if not search.whole:
        return _linear(one, cost)
    if search.window is None:
        return _whole(one, cost, search, _columns(one, search), np.zeros(one.size), one.upper())
    return _relaxed_and_fixed(one, cost, search, search.window)


def _linear(one: Programme, cost: Array) -> Point:
    """The best point in fractions, with its marginals."""
    found = linprog(  # type: ignore[call-overload] # the stubs of scipy know no sparse matrices
        cost,
        A_ub=one.at_most.matrix(one.size),
        b_ub=one.at_most.side(),
        A_eq=one.equal.matrix(one.size),
        b_eq=one.equal.side(),
        bounds=np.column_stack([np.zeros(one.size), one.upper()]),
        method="highs",
    )
    columns = _found(found.status, found.message, found.x)
    return Point(
        columns=np.maximum(columns, 0.0) + 0.0,
        value=float(found.fun),
        equal=found.eqlin.marginals,
        at_most=found.ineqlin.marginals,
        upper=found.upper.marginals,
        gap=0.0,
    )


def _columns(one: Programme, search: Search, periods: slice = slice(None)) -> Index:
    """Numbers of the columns that are whole in some periods."""
    return np.concatenate([one.columns[name][periods].ravel() for name in search.whole])


def _relaxed_and_fixed(one: Programme, cost: Array, search: Search, window: int) -> Point:
    """A good point of whole numbers, a few periods at a time; `gap` is against the linear optimum.

    The periods of a window are made whole while later ones stay in fractions, then they are fixed.
    Source: Pochet, Y. and Wolsey, L. A. (2006), Production Planning by Mixed Integer Programming,
    Springer, section 3.6 (relax-and-fix). Raises NoPoint where what was fixed leaves none.
    """
    periods = max(one.columns[name].shape[0] for name in search.whole)
    firsts = range(0, periods, window)
    seconds = None if search.seconds is None else search.seconds / len(firsts)
    step = replace(search, gap=search.gap / len(firsts), seconds=seconds)
    bound = _linear(one, cost)
    point, lower, upper = bound, np.zeros(one.size), one.upper()
    for first in firsts:
        columns = _columns(one, search, slice(first, first + window))
        point = _whole(one, cost, step, columns, lower, upper)
        lower[columns] = upper[columns] = point.columns[columns]
    short = point.value - bound.value
    return replace(point, gap=short / point.value if short > 0.0 else 0.0)


def _whole(
    one: Programme, cost: Array, search: Search, columns: Index, lower: Array, upper: Array
) -> Point:
    """The best point whose columns of these numbers are whole, between its bounds."""
    whole = np.zeros(one.size, dtype=np.int64)
    whole[columns] = 1
    side = one.equal.side()
    found = milp(
        cost,
        integrality=whole,
        bounds=Bounds(lower, upper),
        constraints=[
            LinearConstraint(one.equal.matrix(one.size), side, side),
            LinearConstraint(one.at_most.matrix(one.size), -np.inf, one.at_most.side()),
        ],
        options={
            "mip_rel_gap": search.gap,
            "time_limit": np.inf if search.seconds is None else search.seconds,
        },
    )
    point = _found(found.status, found.message, found.x)
    return Point(
        columns=np.where(whole == 1, np.round(point), np.maximum(point, lower)) + 0.0,
        value=float(cost @ point),
        equal=np.zeros(one.equal.size),
        at_most=np.zeros(one.at_most.size),
        upper=np.zeros(one.size),
        gap=float(found.mip_gap or 0.0),
    )


def _found(status: int, message: str, columns: Array | None) -> Array:
    """The point, or the reason why there is none to use."""
    if status == _NONE:
        raise NoPoint("no point fulfils all rows and limits")
    if columns is None and status == _TIME:
        raise RuntimeError("the time ran out before a first plan was found; allow more seconds")
    if status not in (_FOUND, _TIME) or columns is None:
        raise RuntimeError(f"the solver gave up: {message}")
    return columns
