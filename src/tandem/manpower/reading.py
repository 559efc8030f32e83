"""A manpower problem out of plain data: names instead of positions.

What it answers: a `Problem` from what a YAML or JSON file holds, or all that is wrong with it.

What it leaves out: files; whether the numbers are possible (`problem`).

Who may import it: the package itself; those outside take `from_dict` from `tandem.manpower`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, fields
from typing import Any

import numpy as np

from tandem.manpower.problem import (
    NUMBERS,
    Array,
    Downgrading,
    InvalidProblem,
    Problem,
    Retraining,
    unknown_name,
)

__all__ = ["from_dict"]

_PATHS = {"retraining": Retraining, "downgrading": Downgrading}


def from_dict(data: Mapping[str, Any]) -> Problem:
    """A problem from nested names; its keys are the fields of `Problem`.

    `starting_strength` is {grade: heads}. A field by period and grade is a number, or {grade: number,
    list over periods, or {period: number}}; `excess_limit` a number, a list or {period: number};
    paths are lists of mappings. Strength must be given for each grade and period; what else is left
    out takes the default of `Problem`. Raises InvalidProblem: first for all names that do not fit,
    then for all numbers that cannot be.
    """
    reader = _Reader(data)
    values = {} if reader.wrong else reader.values()
    if reader.wrong:
        raise InvalidProblem(reader.wrong)
    return Problem(**values)


class _Reader:
    """Reads the fields one after another and keeps what is wrong."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.wrong: list[str] = []
        self.periods = self._labels("periods")
        self.grades = self._labels("grades")

    def values(self) -> dict[str, Any]:
        """Arguments of `Problem`; what could not be read is left out and noted."""
        known = {field.name: field.default for field in fields(Problem)}
        self.wrong += [unknown_name("key", key, known) for key in self.data if key not in known]
        values: dict[str, Any] = {"periods": self.periods, "grades": self.grades}
        for name, default in known.items():
            if name in values:
                continue
            if name in self.data:
                values[name] = self._field(name, self.data[name], default)
            elif default is MISSING:
                self.wrong.append(f"{name}: missing; give a number for each grade")
        return values

    def _field(self, name: str, found: Any, default: Any) -> Any:
        """One field in the shape that `Problem` takes."""
        if name in _PATHS:
            return self._paths(name, found)
        if name == "starting_strength":
            return self._by_name(name, found, self.grades, default, _number)
        if name == "excess_limit":
            return self._by_period(name, found, default)
        if name in NUMBERS:
            if not isinstance(found, Mapping):
                return self._by_period(name, found, default)
            rows = self._by_name(
                name,
                found,
                self.grades,
                default,
                lambda place, entry: self._by_period(place, entry, default),
            )
            return rows.T
        return self._checked(name, found, _number)

    def _by_period(self, place: str, found: Any, default: Any) -> Array:
        """Numbers over periods, (period,), from a number, a list or a mapping of periods."""
        if isinstance(found, Mapping):
            return self._by_name(place, found, self.periods, default, _number)
        size = len(self.periods)
        if isinstance(found, Sequence) and not isinstance(found, str):
            if len(found) != size:
                self.wrong.append(f"{place}: {len(found)} numbers for {size} periods")
                return np.zeros(size)
            return np.array([self._checked(place, entry, _number) for entry in found])
        return np.full(size, self._checked(place, found, _number))

    def _by_name(
        self, place: str, found: Any, names: tuple[str, ...], default: Any, read: Callable
    ) -> Array:
        """One entry a name, in the order of the names; unknown and missing ones are noted."""
        if not isinstance(found, Mapping):
            self.wrong.append(f"{place}: must name each of {', '.join(names)}")
            return np.zeros(len(names))
        what = "grade" if names is self.grades else "period"
        given = {str(name): entry for name, entry in found.items()}
        for name in given:
            if name not in names:
                self.wrong.append(f"{place}: {self._misplaced(what, name)}")
        missing = [name for name in names if name not in given]
        if missing and default is MISSING:
            self.wrong.append(f"{place}: missing for {', '.join(missing)}")
        fallback = 0.0 if default is MISSING else default
        return np.array(
            [self._checked(f"{place} {name}", given.get(name, fallback), read) for name in names]
        )

    def _misplaced(self, what: str, name: str) -> str:
        """What is wrong with a name that is none of ours; labels of periods sort by time."""
        if what == "period" and self.periods and name < min(self.periods):
            return f"{name} lies before the first period, {self.periods[0]}"
        if what == "period" and self.periods and name > max(self.periods):
            return f"{name} lies after the last period, {self.periods[-1]}"
        return unknown_name(what, name, self.grades if what == "grade" else self.periods)

    def _paths(self, kind: str, found: Any) -> tuple[Any, ...]:
        """All paths of a kind."""
        if not isinstance(found, Sequence) or isinstance(found, str):
            self.wrong.append(f"{kind}: must be a list of paths")
            return ()
        for entry in found:
            if not isinstance(entry, Mapping):
                self.wrong.append(f"{kind}: a path names its source and target, not {entry!r}")
        return tuple(self._path(kind, entry) for entry in found if isinstance(entry, Mapping))

    def _path(self, kind: str, found: Mapping[str, Any]) -> Retraining | Downgrading | None:
        """One retraining or downgrading path."""
        form = _PATHS[kind]
        known = {field.name: field.default for field in fields(form)}
        named = f"{kind} {found.get('source', '?')} -> {found.get('target', '?')}"
        self.wrong += [
            f"{named}: {unknown_name('key', key, known)}" for key in found.keys() - known
        ]
        missing = [name for name, default in known.items() if default is MISSING]
        missing = [name for name in missing if name not in found]
        if missing:
            self.wrong.append(f"{named}: missing {', '.join(missing)}")
            return None
        text = ("source", "target", "share_of")
        return form(
            **{
                name: str(found[name])
                if name in text
                else self._checked(f"{named} {name}", found[name], _number)
                for name in known
                if name in found
            }
        )

    def _labels(self, name: str) -> tuple[str, ...]:
        """Names of periods or grades."""
        found = self.data.get(name)
        if not isinstance(found, Sequence) or isinstance(found, str) or not found:
            self.wrong.append(f"{name}: must be a list of names, and name at least one")
            return ()
        return tuple(str(entry) for entry in found)

    def _checked(self, place: str, found: Any, read: Callable) -> Any:
        """What was read, or nought with a note that it is no number."""
        try:
            return read(place, found)
        except (TypeError, ValueError):
            self.wrong.append(f"{place}: {found!r} is no number")
            return 0.0


def _number(place: str, found: Any) -> float:
    """A number as it is; texts and truth values are none."""
    if isinstance(found, (str, bool)):
        raise TypeError(place)
    return float(found)
