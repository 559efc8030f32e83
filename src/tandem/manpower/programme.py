"""The linear programme of a manpower problem: its columns, its rows and what they mean.

What it answers: the matrices in which decisions (one for all draws) lead to strength (one a draw).

What it leaves out: which objective is sought, and the solver (`solver`).

Who may import it: the modules of `tandem.manpower`.

With settled strength Q, hires h, moves x (retraining and downgrading alike) and redundancies w,

    Q(t) = (1 - settled(t)) (Q(t-1) + hires that stop being new) - w(t) - x out + arriving x in
    S(t) = Q(t) + hires still new, each less those who left at the rate of the new
    S(t) = required(t) + excess(t) - short(t) + (1 - counted) part-timers(t)

as in Williams (2013), section 13.5, for a newness of one period. Each draw may have its own required
strength and leaving; `short` is nought unless a caller allows it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from tandem.manpower.problem import Array, Downgrading, Problem, Retraining

__all__ = ["Futures", "Programme", "Rows", "manpower_programme", "moves", "survival_new"]

Index = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Futures:
    """What is uncertain, each (draw, period, grade): required heads, leaving as shares a period."""

    required_strength: Array
    leaving_settled: Array
    leaving_new: Array

    @classmethod
    def certain(cls, problem: Problem) -> "Futures":
        """The problem's own numbers as a single draw."""
        names = ("required_strength", "leaving_settled", "leaving_new")
        return cls(*(problem.array(name)[None] for name in names))


@dataclass(eq=False, slots=True)
class Rows:
    """Rows of one kind (equal to, or at most, their right-hand side), collected entry by entry."""

    blocks: dict[str, Index] = field(default_factory=dict)
    sides: list[Array] = field(default_factory=list)
    entries: list[tuple[Index, Index, Array]] = field(default_factory=list)
    size: int = 0

    def add(self, name: str, side: Array) -> Index:
        """A block of rows with the shape of its right-hand side; returns their numbers."""
        rows = np.arange(self.size, self.size + side.size).reshape(side.shape)
        self.blocks[name] = rows
        self.sides.append(np.ravel(side))
        self.size += side.size
        return rows

    def put(self, rows: Index, columns: Index, value: Array | float) -> None:
        """Entries of rows, columns and values that broadcast together; equal places add up."""
        row, column, entry = np.broadcast_arrays(rows, columns, value)
        self.entries.append((row.ravel(), column.ravel(), entry.ravel()))

    def matrix(self, columns: int) -> csr_array:
        """All entries as a sparse matrix, (row, column)."""
        rows, places, values = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        return csr_array((values, (rows, places)), shape=(self.size, columns))

    def side(self) -> Array:
        """Right-hand sides, (row,)."""
        return np.concatenate(self.sides)


@dataclass(eq=False, slots=True)
class Programme:
    """Columns by name, each at least 0 and at most `upper`; rows equal and rows at most."""

    columns: dict[str, Index] = field(default_factory=dict)
    uppers: list[Array] = field(default_factory=list)
    equal: Rows = field(default_factory=Rows)
    at_most: Rows = field(default_factory=Rows)
    size: int = 0

    def add(self, name: str, upper: Array) -> Index:
        """A block of columns with the shape of its upper limits; returns their numbers."""
        columns = np.arange(self.size, self.size + upper.size).reshape(upper.shape)
        self.columns[name] = columns
        self.uppers.append(np.ravel(upper))
        self.size += upper.size
        return columns

    def upper(self) -> Array:
        """Upper limits, (column,)."""
        return np.concatenate(self.uppers)


def moves(problem: Problem) -> tuple[Retraining | Downgrading, ...]:
    """Retraining paths, then downgrading paths: the order of the column block `moved`."""
    return (*problem.retraining, *problem.downgrading)


def survival_new(leaving_new: Array, new_periods: int) -> list[Array]:
    """Share of those hired `age` periods before who are still there, [age] (draw, period, grade).

    product over u from t - age to t of (1 - leaving_new(u)); nought where nobody was hired yet.
    """
    stay = 1.0 - leaving_new
    shares = [stay]
    for _ in range(min(new_periods, stay.shape[1]) - 1):
        before = np.zeros_like(stay)
        before[:, 1:] = shares[-1][:, :-1]
        shares.append(before * stay)
    return shares


def manpower_programme(
    problem: Problem, futures: Futures, *, shortfall: bool = False, over: bool = False
) -> Programme:
    """Columns and rows of a problem over its draws.

    `shortfall` lets strength fall short of what is required, column block `short` (draw, period,
    grade); `over` lets excess pass its limit, column block `over` (period,). The limit on excess is
    one on its mean over draws.
    """
    draws = futures.required_strength.shape
    paths = moves(problem)
    one = Programme()
    one.add("hires", problem.array("hiring_limit"))
    one.add("redundant", problem.array("redundancy_limit"))
    one.add("part_time", problem.array("part_time_limit"))
    limits = np.array([path.limit for path in paths])
    one.add("moved", np.broadcast_to(limits, (len(problem.periods), len(paths))))
    one.add("settled", np.full(draws, np.inf))
    one.add("excess", np.full(draws, np.inf))
    one.add("short", np.full(draws, np.inf if shortfall else 0.0))
    one.add("over", np.full(len(problem.periods), np.inf if over else 0.0))
    _balance(one, problem, futures)
    _requirement(one, problem, futures)
    _limits(one, problem, futures)
    return one


def _balance(one: Programme, problem: Problem, futures: Futures) -> None:
    """Settled strength from that of the period before."""
    stay = 1.0 - futures.leaving_settled
    settled, hires = one.columns["settled"], one.columns["hires"]
    side = np.zeros(stay.shape)
    side[:, 0] = stay[:, 0] * problem.array("starting_strength")
    rows = one.equal.add("balance", side)
    one.equal.put(rows, settled, 1.0)
    one.equal.put(rows[:, 1:], settled[:, :-1], -stay[:, 1:])
    one.equal.put(rows, one.columns["redundant"], 1.0)
    new = int(problem.new_periods)
    if new < len(problem.periods):
        through = survival_new(futures.leaving_new, new)[-1]
        one.equal.put(rows[:, new:], hires[:-new], -stay[:, new:] * through[:, new - 1 : -1])
    for number, path in enumerate(moves(problem)):
        moved = one.columns["moved"][:, number]
        source, target = problem.grade_index(path.source), problem.grade_index(path.target)
        arriving = stay[:, :, target] if isinstance(path, Retraining) else 1.0 - path.lost
        one.equal.put(rows[:, :, source], moved, 1.0)
        one.equal.put(rows[:, :, target], moved, -arriving)


def _strength(
    where: Rows,
    rows: Index,
    one: Programme,
    problem: Problem,
    futures: Futures,
    factor: float,
    grade: slice | int = slice(None),
) -> None:
    """Put strength times a factor into rows (draw, period, grade), or (draw, period) of one."""
    where.put(rows, one.columns["settled"][:, :, grade], factor)
    for age, share in enumerate(survival_new(futures.leaving_new, int(problem.new_periods))):
        hired = one.columns["hires"][: len(problem.periods) - age, grade]
        where.put(rows[:, age:], hired, factor * share[:, age:, grade])


def _requirement(one: Programme, problem: Problem, futures: Futures) -> None:
    """Strength is what is required, and excess, and the half of part-timers that does not count."""
    rows = one.equal.add("required", futures.required_strength)
    _strength(one.equal, rows, one, problem, futures, 1.0)
    one.equal.put(rows, one.columns["excess"], -1.0)
    one.equal.put(rows, one.columns["short"], 1.0)
    one.equal.put(rows, one.columns["part_time"], -(1.0 - problem.part_time_counted))


def _limits(one: Programme, problem: Problem, futures: Futures) -> None:
    """Excess over all grades, retraining as a share of a grade, part-timers among those there."""
    draws = futures.required_strength.shape
    limit = problem.array("excess_limit")
    limited = np.flatnonzero(np.isfinite(limit))
    rows = one.at_most.add("excess", limit[limited])
    one.at_most.put(rows[None, :, None], one.columns["excess"][:, limited], 1.0 / draws[0])
    one.at_most.put(rows, one.columns["over"][limited], -1.0)

    rows = one.at_most.add("part_time", np.zeros(draws))
    one.at_most.put(rows, one.columns["part_time"], 1.0)
    _strength(one.at_most, rows, one, problem, futures, -1.0)

    for number, path in enumerate(problem.retraining):
        if path.share is None:
            continue
        grade = problem.grade_index(path.share_of or path.target)
        rows = one.at_most.add(f"share {number}", np.zeros(draws[:2]))
        one.at_most.put(rows, one.columns["moved"][:, number], 1.0)
        _strength(one.at_most, rows, one, problem, futures, -path.share, grade)
