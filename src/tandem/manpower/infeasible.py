"""Where no plan exists: by how many heads it fails, and which limits clash.

What it answers: the least number of heads, summed over periods, by which strength must fall short
(or, where that alone does not help, excess pass its limit); and the rows and limits that hold it
there.

What it leaves out: which of the clashing limits should give way: that is the company's choice.

Who may import it: the modules of `tandem.manpower`; others take `Infeasible` from the package.

The rows that can give way get slacks and the sum of slacks is minimised (elastic programme); rows
and limits with a marginal other than nought at its optimum are together a proof that no point
exists (Farkas), so a clash lies among them. Source: Chinneck, J. W. (2008), Feasibility and
Infeasibility in Optimization, Springer, chapters 6 and 7.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tandem.manpower.problem import Array, Problem
from tandem.manpower.programme import Futures, Programme, manpower_programme, moves
from tandem.manpower.solver import Point, Search, best_point

__all__ = ["Gap", "Infeasible", "infeasible"]

#: Heads below which a slack, and marginal below which a limit, counts as nought: HiGHS fulfils
#: rows to 1e-7.
_NOUGHT = 1e-6

#: Heads short that are accepted before the limit on excess gives way by one: it does so only where
#: nothing else helps, since people who are there too many are rarely what keeps a plan from others.
_LAST_RESORT = 1e3

#: Lines of a message, and periods of a line.
_SHOWN, _LISTED = 12, 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A constraint that cannot be held: where, and by how many heads; no grade for all of them."""

    constraint: str
    period: str
    grade: str | None
    heads: float

    def __str__(self) -> str:
        """As a sentence's part."""
        if self.grade is None:
            return f"{self.constraint} in {self.period}: {self.heads:.4g} heads too many"
        return f"{self.constraint} of {self.grade} in {self.period}: {self.heads:.4g} heads short"


class Infeasible(ValueError):
    """No plan meets all limits; `gaps` says where and by how much, `clashing` what it clashes with."""

    def __init__(self, gaps: tuple[Gap, ...], clashing: tuple[str, ...], whole: bool) -> None:
        self.gaps, self.clashing = gaps, clashing
        lines = [f"no plan {'of whole people ' if whole else ''}meets all limits"]
        lines += [f"  {gap}" for gap in gaps[:_SHOWN]]
        lines += [f"  and {len(gaps) - _SHOWN} more"] if len(gaps) > _SHOWN else []
        if clashing:
            lines.append("what clashes:")
            lines += [f"  {name}" for name in clashing[:_SHOWN]]
            lines += [f"  and {len(clashing) - _SHOWN} more"] if len(clashing) > _SHOWN else []
        advice = "allow more excess staff or fractions" if whole else "loosen one of these limits"
        lines.append(f"require less, or {advice}")
        super().__init__("\n".join(lines))


def infeasible(
    problem: Problem, futures: Futures, whole: tuple[str, ...] = (), *, shortfall: bool = False
) -> Infeasible:
    """The error for a problem without a plan, worked out by its elastic programme.

    `whole` names the column blocks that must be whole; they are looked at where fractions would do.
    `shortfall` says that falling short is allowed anyway, so that only excess can be the cause.
    """
    one = manpower_programme(problem, futures, shortfall=True, over=True)
    cost = np.zeros(one.size)
    cost[one.columns["over"]] = _LAST_RESORT
    cost[one.columns["short"]] = 0.0 if shortfall else 1.0
    point = best_point(one, cost)
    if point.value > _NOUGHT or not whole:
        gaps = tuple(_gaps(one, point, problem, shortfall))
        return Infeasible(gaps, tuple(_clash(one, point, problem)), False)
    point = best_point(one, cost, Search(whole))
    return Infeasible(tuple(_gaps(one, point, problem, shortfall)), (), True)


def _gaps(one: Programme, point: Point, problem: Problem, shortfall: bool) -> Iterator[Gap]:
    """Slacks that are needed, by period; over several draws the largest."""
    short = point.columns[one.columns["short"]].max(axis=0) * (not shortfall)
    over = point.columns[one.columns["over"]]
    for t, period in enumerate(problem.periods):
        for g in np.flatnonzero(short[t] > _NOUGHT):
            yield Gap("required strength", period, problem.grades[g], float(short[t, g]))
        if over[t] > _NOUGHT:
            yield Gap("limit on excess staff", period, None, float(over[t]))


def _clash(one: Programme, point: Point, problem: Problem) -> Iterator[str]:
    """Names of limits, then of requirements, whose marginal is not nought."""
    paths = [f"{path.source} -> {path.target}" for path in moves(problem)]
    upper = one.upper()
    for words, block, names in (
        ("hiring limit of", "hires", problem.grades),
        ("redundancy limit of", "redundant", problem.grades),
        ("part-time limit of", "part_time", problem.grades),
        ("limit on the move", "moved", paths),
    ):
        columns = one.columns[block]
        for n, name in enumerate(names):
            values, limits = point.upper[columns[:, n]], upper[columns[:, n]]
            yield from _named(f"{words} {name}", problem.periods, values, limits)
    for number, path in enumerate(problem.retraining):
        if path.share is not None:
            rows = one.at_most.blocks[f"share {number}"]
            words = f"share of {path.share_of or path.target} limiting {paths[number]}"
            limits = np.full(len(problem.periods), path.share)
            yield from _named(words, problem.periods, _largest(point.at_most[rows]), limits)
    limit = problem.array("excess_limit")
    values = np.zeros(limit.size)
    values[np.isfinite(limit)] = point.at_most[one.at_most.blocks["excess"]]
    yield from _named("limit on excess staff", problem.periods, values, limit)
    values = _largest(point.equal[one.equal.blocks["required"]])
    required = problem.array("required_strength")
    for g, grade in enumerate(problem.grades):
        words = f"required strength of {grade}"
        yield from _named(words, problem.periods, values[:, g], required[:, g])


def _largest(values: Array) -> Array:
    """Largest size over draws, the first axis."""
    return np.asarray(np.abs(values).max(axis=0))


def _named(words: str, periods: tuple[str, ...], values: Array, limits: Array) -> Iterator[str]:
    """One line for the periods (period,) whose marginal is not nought, with their limits."""
    at = np.flatnonzero(np.abs(values) > _NOUGHT)
    if at.size == 0:
        return
    found = sorted({float(limit) for limit in limits[at]})
    bounds = f"{found[0]:g}" if len(found) == 1 else f"{found[0]:g} to {found[-1]:g}"
    when = ", ".join(periods[t] for t in at)
    if at.size > _LISTED:
        when = f"{at.size} periods from {periods[at[0]]} to {periods[at[-1]]}"
    yield f"{words} in {when} ({bounds})"
