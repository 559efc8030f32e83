"""Search: the best point of a grid of decisions, where each trial is a simulation.

What it answers: the point of highest value among those within limits, found by differential evolution
from given starting points and finished by a pattern search, or by trying every point where there are
few. The same seed finds the same point.

What it leaves out: what a point means and what it is worth (`tandem.study.optimising`).

Who may import it: the modules of `tandem.study`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np
from scipy.optimize import Bounds, differential_evolution
from scipy.stats import qmc

__all__ = ["Effort", "Found", "Point", "Worth", "search"]

#: One number a variable: its step, from 0.
Point = tuple[int, ...]

#: What a point beyond the limits is worth at most: below any money of a study.
_BEYOND = 1e15


@dataclass(frozen=True, slots=True)
class Worth:
    """What a trial is worth (money, more is better), and by how much it breaks the limits (0: not)."""

    value: float
    beyond: float = 0.0

    @property
    def cost(self) -> float:
        """What is minimised: limits first, value second.

        A point within the limits beats every one beyond them, and of two beyond the nearer wins.
        Source: Deb, K. (2000), An efficient constraint handling method for genetic algorithms,
        Computer Methods in Applied Mechanics and Engineering 186.
        """
        return -self.value if self.beyond <= 0.0 else _BEYOND * (1.0 + self.beyond)


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: points a generation, generations, and where random numbers begin."""

    population: int
    generations: int
    seed: int

    @property
    def trials(self) -> int:
        """Trials that evolution takes at most."""
        return self.population * (self.generations + 1)


@dataclass(frozen=True, slots=True)
class Found:
    """The best point, what it is worth, how many points were tried, and each start's worth."""

    point: Point
    worth: Worth
    trials: int
    starts: tuple[Worth, ...]


def search(
    worth: Callable[[Point], Worth],
    sizes: Sequence[int],
    starts: Sequence[Point],
    effort: Effort,
    told: Callable[[int, Worth], None] | None = None,
) -> Found:
    """The best point of a grid with ``sizes`` steps a variable, never worse than any of ``starts``.

    Where the grid has no more points than evolution would try, all are tried. Else differential
    evolution (Storn and Price 1997, Journal of Global Optimization 11; scipy) with whole steps, then a
    pattern search (Hooke and Jeeves 1961, Journal of the ACM 8) until no single step is better. No point
    is tried twice; ``told`` hears the number of trials and the best so far. Raises ValueError for a
    start outside the grid or without any.
    """
    _check(sizes, starts)
    tried: dict[Point, Worth] = {}
    best: list[Point] = []

    def at(point: Point) -> float:
        if point not in tried:
            tried[point] = worth(point)
            if not best or tried[point].cost < tried[best[0]].cost:
                best[:] = [point]
            if told is not None:
                told(len(tried), tried[best[0]])
        return tried[point].cost

    for start in starts:
        at(start)
    if prod(sizes) <= effort.trials:
        for point in product(*(range(size) for size in sizes)):
            at(point)
    else:
        if effort.generations:
            _evolve(at, sizes, starts, effort)
        _walk(at, sizes, lambda: best[0])
    return Found(best[0], tried[best[0]], len(tried), tuple(tried[start] for start in starts))


def _check(sizes: Sequence[int], starts: Sequence[Point]) -> None:
    if not starts:
        raise ValueError("a search needs a point to start from")
    for start in starts:
        if len(start) != len(sizes) or any(
            not 0 <= step < size for step, size in zip(start, sizes, strict=True)
        ):
            raise ValueError(f"{start} is not a point of a grid of {tuple(sizes)}")


def _evolve(
    at: Callable[[Point], float], sizes: Sequence[int], starts: Sequence[Point], effort: Effort
) -> None:
    """Differential evolution on whole steps; the starts are members of the first generation."""
    free = [k for k, size in enumerate(sizes) if size > 1]
    held = list(starts[0])

    def whole(values: np.ndarray) -> float:
        point = list(held)
        for k, value in zip(free, values, strict=True):
            point[k] = round(float(value))
        return at(tuple(point))

    tops = np.array([sizes[k] - 1 for k in free], dtype=float)
    spread = qmc.LatinHypercube(len(free), rng=effort.seed).random(effort.population)
    first = np.rint(spread * tops)
    own = np.array([[start[k] for k in free] for start in starts], dtype=float)[: effort.population]
    first[: len(own)] = own
    differential_evolution(
        whole,
        Bounds(np.zeros(len(free)), tops),
        integrality=np.ones(len(free), dtype=bool),
        init=first,
        maxiter=effort.generations,
        tol=0.0,
        polish=False,
        rng=effort.seed,
    )


def _walk(at: Callable[[Point], float], sizes: Sequence[int], best: Callable[[], Point]) -> None:
    """Step by step from the best point, variable by variable, until no step is better."""
    moved = True
    while moved:
        before = best()
        for k, size in enumerate(sizes):
            for step in (1, -1):
                here = best()
                cost = at(here)
                there = (*here[:k], here[k] + step, *here[k + 1 :])
                while 0 <= there[k] < size and at(there) < cost:
                    here, cost = there, at(there)
                    there = (*here[:k], here[k] + step, *here[k + 1 :])
        moved = best() != before
