"""A manpower problem: what is there, what is required, what may be done about it and what it costs.

What it answers: the shapes of a problem, and everything that is wrong with one.

What it leaves out: reading it from plain data (`reading`), solving it (`optimum`).

Who may import it: every module of `tandem.manpower`; those outside take the package's names.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tandem.assumptions.refusals import nearest

__all__ = [
    "Array",
    "Downgrading",
    "InvalidProblem",
    "NUMBERS",
    "Problem",
    "Retraining",
    "unknown_name",
]

Array = NDArray[np.float64]

#: What each field by period and grade holds: a share, a number that must be finite, or a limit,
#: which may be infinite.
NUMBERS = {
    "required_strength": "number",
    "leaving_new": "share",
    "leaving_settled": "share",
    "hiring_limit": "limit",
    "hiring_cost": "number",
    "redundancy_limit": "limit",
    "redundancy_cost": "number",
    "excess_cost": "number",
    "part_time_limit": "limit",
    "part_time_cost": "number",
}


class InvalidProblem(ValueError):
    """A problem that contradicts itself; `problems` are all the reasons, one line each."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True, slots=True)
class Retraining:
    """A path up or across: `cost` in money a head, `limit` in heads a period.

    With `share`, no more than that share of the strength of grade `share_of` (the target where none
    is named) in the same period. Who is retrained leaves at the target's rate for the settled.
    """

    source: str
    target: str
    cost: float = 0.0
    limit: float = math.inf
    share: float | None = None
    share_of: str | None = None


@dataclass(frozen=True, slots=True)
class Downgrading:
    """A path down: the share `lost` of those downgraded leaves at once; costs and limit as above."""

    source: str
    target: str
    lost: float
    cost: float = 0.0
    limit: float = math.inf


@dataclass(frozen=True, eq=False, kw_only=True)
class Problem:
    """Periods, grades (or roles), strength, and what may be done.

    `starting_strength` is (grade,), all of them settled. Fields by period and grade take a number,
    (grade,) or (period, grade) and become (period, grade). Strength in heads, limits in heads a
    period, costs in money a head (for excess and part-time: a head and period), leaving as the
    share of heads a period.

    Who is hired leaves at `leaving_new` in the period of hiring and the `new_periods - 1` after
    it, then at `leaving_settled`; the newly hired are not moved and not made redundant. In each
    period strength = required + excess + part-timers x (1 - `part_time_counted`), and excess over
    all grades is at most `excess_limit`, a number or (period,).

    The conventions are those of Williams, H. P. (2013), Model Building in Mathematical Programming,
    5th edition, Wiley, sections 12.5, 13.5 and 14.5 (Manpower planning), whose year is a period.
    Raises InvalidProblem with everything that is wrong.
    """

    periods: tuple[str, ...]
    grades: tuple[str, ...]
    starting_strength: ArrayLike
    required_strength: ArrayLike
    leaving_new: ArrayLike = 0.0
    leaving_settled: ArrayLike = 0.0
    new_periods: int = 1
    hiring_limit: ArrayLike = math.inf
    hiring_cost: ArrayLike = 0.0
    retraining: tuple[Retraining, ...] = ()
    downgrading: tuple[Downgrading, ...] = ()
    redundancy_limit: ArrayLike = math.inf
    redundancy_cost: ArrayLike = 0.0
    excess_limit: ArrayLike = math.inf
    excess_cost: ArrayLike = 0.0
    part_time_limit: ArrayLike = 0.0
    part_time_cost: ArrayLike = 0.0
    part_time_counted: float = 0.5

    def __post_init__(self) -> None:
        """Bring every array to its shape and refuse what cannot be."""
        for name in ("periods", "grades", "retraining", "downgrading"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        wrong = [*self._names(), *self._paths(), *self._scalars()]
        for name, kind in NUMBERS.items():
            wrong += self._shape(name, (len(self.periods), len(self.grades)), kind)
        wrong += self._shape("starting_strength", (len(self.grades),), "number")
        wrong += self._shape("excess_limit", (len(self.periods),), "limit")
        if wrong:
            raise InvalidProblem(wrong)

    def array(self, name: str) -> Array:
        """One field as a read-only array of its full shape."""
        value: Array = getattr(self, name)
        return value

    def grade_index(self, name: str) -> int:
        """Position of a grade; raises ValueError for an unknown one."""
        return self.grades.index(name)

    def _shape(self, name: str, shape: tuple[int, ...], kind: str) -> Iterator[str]:
        """Put the field in its shape; say where it does not fit or holds what cannot be."""
        given = np.asarray(getattr(self, name), dtype=float)
        try:
            value = np.broadcast_to(given, shape)
        except ValueError:
            yield f"{name}: has the shape {given.shape}; allowed is a number or {shape}"
            return
        object.__setattr__(self, name, value)
        for place in np.argwhere(~_possible(value, kind)):
            yield f"{name}{self._at(name, place)}: {value[tuple(place)]:g}; {_RULES[kind]}"

    def _at(self, name: str, place: NDArray[np.int64]) -> str:
        """Grade and period of an entry, in words."""
        if name == "excess_limit":
            return f" in {self.periods[place[0]]}"
        grade = f" of {self.grades[place[-1]]}"
        return grade if name == "starting_strength" else f"{grade} in {self.periods[place[0]]}"

    def _names(self) -> Iterator[str]:
        """Periods and grades: some, and each once."""
        for name in ("periods", "grades"):
            names = getattr(self, name)
            if not names:
                yield f"{name}: none is named; name at least one"
            for twice in sorted({entry for entry in names if names.count(entry) > 1}):
                yield f"{name}: {twice} is named twice"

    def _scalars(self) -> Iterator[str]:
        """Single numbers."""
        if not float(self.new_periods).is_integer() or self.new_periods < 1:
            yield f"new_periods: {self.new_periods:g}; a whole number of periods, at least 1"
        if not 0.0 <= self.part_time_counted <= 1.0:
            yield f"part_time_counted: {self.part_time_counted:g}; {_RULES['share']}"

    def _paths(self) -> Iterator[str]:
        """Retraining and downgrading: known grades, two of them, possible numbers."""
        kinds = {"cost": "number", "limit": "limit", "share": "share", "lost": "share"}
        for kind in ("retraining", "downgrading"):
            for path in getattr(self, kind):
                named = f"{kind} {path.source} -> {path.target}"
                if path.source == path.target:
                    yield f"{named}: leads from a grade to itself; name two grades"
                for field in fields(path):
                    value = getattr(path, field.name)
                    if field.name not in kinds and value is not None and value not in self.grades:
                        yield f"{named}: {unknown_name('grade', value, self.grades)}"
                    if field.name in kinds and value is not None:
                        rule = kinds[field.name]
                        if not _possible(np.asarray(value, dtype=float), rule).all():
                            yield f"{named}: {field.name} {value:g}; {_RULES[rule]}"


_RULES = {
    "number": "must be finite and not negative",
    "limit": "a limit must not be negative",
    "share": "a share lies between 0 and 1",
}


def _possible(value: Array, kind: str) -> NDArray[np.bool_]:
    """Which entries obey the rule of their kind."""
    most = {"share": value <= 1.0, "number": np.isfinite(value), "limit": ~np.isnan(value)}
    return np.asarray((value >= 0.0) & most[kind])


def unknown_name(what: str, found: object, allowed: Iterable[str]) -> str:
    """Refusal of a name, with the nearest allowed one."""
    names = tuple(allowed)
    near = nearest(str(found), names)
    return f"unknown {what} {found}; " + (
        f"did you mean {near}?" if near else f"allowed: {', '.join(names)}"
    )
