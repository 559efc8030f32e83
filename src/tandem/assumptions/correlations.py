"""Declared correlations between uncertain paths: a Gaussian copula over their columns.

Answers: how the schema declares correlated groups, what is wrong with one, and the correlated
uniforms of a group. Leaves out: the columns themselves (drawing.py). The schema imports
`Correlations` for the root field `correlations` (`params/base/correlations.yaml`):

    schema: 1
    groups:
      - {paths: [markets.core.switching, markets.core.churn], rho: 0.5}
      - {paths: [a, b, c], matrix: [[1, .2, .1], [.2, 1, .3], [.1, .3, 1]]}

`rho` is the correlation of every pair of the group, `matrix` one for each pair; both are of the
normal scores, so the distributions of the paths themselves stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator
from scipy.special import ndtr, ndtri

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Section
from tandem.assumptions.refusals import Problem, nearest
from tandem.assumptions.tree import leaves

Floats = NDArray[np.float64]

_SMALLEST_EIGENVALUE = 1e-9


class Correlation(Section):
    """One group of paths that move together."""

    paths: tuple[str, ...] = Field(min_length=2)
    rho: float | None = Field(default=None, gt=-1, lt=1)
    matrix: list[list[float]] | None = None
    source: str = Field(min_length=1)

    @model_validator(mode="after")
    def _is_a_correlation(self) -> Correlation:
        if (self.rho is None) == (self.matrix is None):
            raise ValueError("needs either rho or matrix")
        if len(set(self.paths)) < len(self.paths):
            raise ValueError("names a path twice")
        n = len(self.paths)
        if self.matrix is not None and [len(row) for row in self.matrix] != [n] * n:
            raise ValueError(f"matrix must have {n} rows of {n} numbers")
        matrix = self.correlations
        if not (np.array_equal(matrix, matrix.T) and np.all(np.diag(matrix) == 1.0)):
            raise ValueError("matrix must be symmetric with ones on its diagonal")
        if np.linalg.eigvalsh(matrix)[0] < _SMALLEST_EIGENVALUE:
            raise ValueError("these correlations contradict each other (no positive matrix)")
        return self

    @property
    def correlations(self) -> Floats:
        """The matrix, of shape (path, path)."""
        if self.matrix is not None:
            return np.array(self.matrix, np.float64)
        matrix = np.full((len(self.paths), len(self.paths)), self.rho, np.float64)
        np.fill_diagonal(matrix, 1.0)
        return matrix


class Correlations(Section):
    """All groups of a study; a path may stand in one of them."""

    groups: tuple[Correlation, ...] = ()


def groups_of(base: Section) -> tuple[Correlation, ...]:
    """The groups that a tree declares, none where its schema has no `correlations`."""
    declared = getattr(base, "correlations", None)
    return declared.groups if isinstance(declared, Correlations) else ()


def correlation_problems(base: Section, places: Places) -> list[Problem]:
    """Groups that name what is no estimate of the base, or a path that another group has."""
    groups = groups_of(base)
    if not groups:
        return []
    known = [leaf.path for leaf in leaves(base) if isinstance(leaf.value, Estimate)]
    problems: list[Problem] = []
    seen: set[str] = set()
    for number, group in enumerate(groups):
        for position, path in enumerate(group.paths):
            at = f"correlations.groups.{number}.paths.{position}"
            if path not in known:
                suggestion = nearest(path, known) or ""
                message = "is no estimate of the base"
                problems.append(
                    places.problem(at, message, code="unknown-path", found=path,
                                   suggestion=suggestion)
                )  # fmt: skip
            if path in seen:
                problems.append(
                    places.problem(at, "stands in two groups", code="twice", found=path)
                )
            seen.add(path)
    return problems


def correlated(group: Correlation, columns: Mapping[str, Floats]) -> dict[str, Floats]:
    """The group's uniforms, each of shape (draw,), from independent ones.

    Normal scores times the Cholesky factor: the first path keeps its column, and the value of a
    draw depends on that draw's uniforms alone.
    """
    scores = np.stack([ndtri(columns[path]) for path in group.paths])
    factor = np.linalg.cholesky(group.correlations)
    mixed = np.zeros_like(scores)
    for i in range(len(scores)):  # sums in a fixed order, whatever BLAS and the chunk would do
        for j in range(i + 1):
            mixed[i] += factor[i, j] * scores[j]
    below_one = np.nextafter(1.0, 0.0)
    found = {p: np.clip(ndtr(z), np.finfo(float).tiny, below_one)
             for p, z in zip(group.paths, mixed, strict=True)}  # fmt: skip
    first = group.paths[0]
    return {**found, first: np.asarray(columns[first], np.float64)}
