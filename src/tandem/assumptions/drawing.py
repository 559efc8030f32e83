"""From assumptions to arrays: what each uncertain number is in each draw and month.

Answers: Latin-hypercube draws of a scenario, its medians, and draws at given quantiles for
sensitivity. Leaves out: events inside the simulation (randomness.py) and everything that is made
of the numbers. Every layer above the assumptions may import it.

Each uncertain path has a column of its own, shuffled by a key of (seed, path) alone: adding a
parameter moves no other column, a scenario's patch uses the same column through its own
distribution, and a chunk of draws is a slice of the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.correlations import correlated, groups_of
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.refusals import nearest
from tandem.assumptions.resolved import Assumptions
from tandem.randomness import key, permutation, uniform

Floats = NDArray[np.float64]

#: Paths that moved keep the uniforms of their old name, so that results before and after compare.
_MOVED = (
    (re.compile(r"(incentives\.\w+)\.components\.commission\.accelerator"), r"\1.accelerator"),
)
_JITTER = 1
_MEDIAN = 0.5


@dataclass(frozen=True, slots=True)
class Drawn:
    """The numbers of one scenario in `count` draws, of which the first is number `first`.

    `columns` are the uniforms of the uncertain paths, each of shape (draw,); a path without one
    stands at its median. All values are in the canonical units of the schema.
    """

    assumptions: Assumptions = field(repr=False)
    count: int
    first: int
    columns: Mapping[str, Floats] = field(repr=False)

    @property
    def base(self) -> Mapping[str, Floats]:
        """Values before any patch, by path: `drawn.base[path]` has shape (draw,)."""
        return _Base(self)

    def u(self, path: str) -> Floats:
        """The uniforms of a path, of shape (draw,)."""
        return self.columns[path] if path in self.columns else np.full(self.count, _MEDIAN)

    def at(self, path: str) -> Floats:
        """Values of a path after the patches: (month, draw), or (1, draw) where no month differs.

        Raises KeyError for a path that is no estimate.
        """
        estimate = _estimate(self.assumptions, path)
        u = self.u(path)
        patches = self.assumptions.patches_of(path)
        if not patches:
            return estimate.quantile(u)[None, :]
        if all(patch.month == 0 for patch in patches):
            return np.asarray(patches[-1].value.quantile(u)[None, :])
        months = np.repeat(estimate.quantile(u)[None, :], units.HORIZON, axis=0)
        for patch in patches:
            months[patch.month :] = patch.value.quantile(u)
        return months

    def choice(self, path: str) -> list[Any]:
        """A plain field after the patches, one value for each of the `HORIZON` months.

        Raises KeyError for a path that does not exist or is an estimate.
        """
        leaf = self.assumptions.leaves.get(path)
        if leaf is None or isinstance(leaf.value, Estimate):
            plain = [p for p, other in self.assumptions.leaves.items()
                     if not isinstance(other.value, Estimate)]  # fmt: skip
            raise KeyError(_unknown(path, plain, "plain field"))
        values = [leaf.value] * units.HORIZON
        for patch in self.assumptions.patches_of(path):
            values[patch.month :] = [patch.value] * (units.HORIZON - patch.month)
        return values


class _Base(Mapping[str, Floats]):
    """The base values of a Drawn, computed when they are asked for."""

    def __init__(self, drawn: Drawn) -> None:
        self._drawn = drawn

    def __getitem__(self, path: str) -> Floats:
        return _estimate(self._drawn.assumptions, path).quantile(self._drawn.u(path))

    def __iter__(self) -> Iterator[str]:
        return iter(self._drawn.assumptions.estimates)

    def __len__(self) -> int:
        return len(self._drawn.assumptions.estimates)


def draw(
    assumptions: Assumptions, draws: int, seed: int, first: int = 0, count: int | None = None
) -> Drawn:
    """Draws `first` to `first + count` (default: all the rest) of a hypercube of `draws` draws.

    Raises ValueError where these do not lie in the hypercube.
    """
    count = draws - first if count is None else count
    if not 0 <= first < first + count <= draws:
        raise ValueError(f"draws {first} to {first + count} do not lie in 0 to {draws}")
    part = slice(first, first + count)
    columns = {
        path: hypercube_column(path, draws, seed)[part] for path in moving_paths(assumptions)
    }
    return Drawn(assumptions, count, first, _correlate(assumptions, columns))


def draw_from(
    assumptions: Assumptions,
    columns: Mapping[str, Floats],
    n: int,
    first: int = 0,
    correlate: bool = True,
) -> Drawn:
    """Draws at given uniforms, for sensitivity designs; `columns[path]` has shape (n,).

    Paths without a column stand at their medians. The uniforms are independent ones; declared
    groups are correlated from them, unless `correlate` is False, as for moving one path alone.
    Raises KeyError for a path that is no estimate, ValueError for another shape or for values
    outside the open interval (0, 1).
    """
    given: dict[str, Floats] = {}
    for path, values in columns.items():
        _estimate(assumptions, path)
        column = np.array(values, np.float64)
        if column.shape != (n,) or not np.all((column > 0) & (column < 1)):
            raise ValueError(f"{path}: expected {n} uniforms between 0 and 1, ends left out")
        given[path] = column
    return Drawn(
        assumptions, n, first, _correlate(assumptions, given) if correlate else _frozen(given)
    )


def central(assumptions: Assumptions) -> Drawn:
    """One draw in which every estimate stands at its median."""
    return Drawn(assumptions, 1, 0, _frozen({}))


def hypercube_column(path: str, draws: int, seed: int) -> Floats:
    """The Latin-hypercube uniforms of one path, of shape (draws,): one in each n-th of (0, 1).

    They depend on seed, path and the number of draws alone (McKay, Beckman and Conover 1979).
    """
    for moved, old_name in _MOVED:
        path = moved.sub(old_name, path)
    own = key("parameter", seed, path)
    jitter = uniform(own, 0, _JITTER, 0, np.arange(draws))
    column = (permutation(own, draws) + jitter) / draws
    return np.clip(column, np.finfo(float).tiny, np.nextafter(1.0, 0.0))


def moving_paths(assumptions: Assumptions) -> list[str]:
    """Paths that are uncertain in the base or in a patch, or declared correlated."""
    grouped = {path for group in groups_of(assumptions.base) for path in group.paths}
    return [
        path
        for path, estimate in assumptions.estimates.items()
        if estimate.uncertain
        or path in grouped
        or any(patch.value.uncertain for patch in assumptions.patches_of(path))
    ]


def _correlate(assumptions: Assumptions, columns: dict[str, Floats]) -> Mapping[str, Floats]:
    for group in groups_of(assumptions.base):
        if any(path in columns for path in group.paths):
            some = next(columns[path] for path in group.paths if path in columns)
            full = {path: columns.get(path, np.full_like(some, _MEDIAN)) for path in group.paths}
            columns = {**columns, **correlated(group, full)}
    return _frozen(columns)


def _frozen(columns: dict[str, Floats]) -> Mapping[str, Floats]:
    for column in columns.values():
        column.flags.writeable = False
    return columns


def _estimate(assumptions: Assumptions, path: str) -> Estimate:
    found = assumptions.estimates.get(path)
    if found is None:
        raise KeyError(_unknown(path, list(assumptions.estimates), "estimate"))
    return found


def _unknown(path: str, names: list[str], what: str) -> str:
    near = nearest(path, names)
    return f"no {what} {path}" + (f"; did you mean {near}?" if near else "")
