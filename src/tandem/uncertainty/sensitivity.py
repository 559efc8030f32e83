"""Sensitivity: how far an outcome follows each input, alone and with the others.

What it answers: the tornado of an outcome that was computed with one input at a time low and high;
first-order and total Sobol indices of given designs, with bootstrap intervals. An input may be a
group: its columns are then exchanged together, so correlated inputs count as one.

What it leaves out: running the model (`tandem.study`), and which inputs there are.

Who may import it: `tandem.study`, charts and above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc, sobol_indices

__all__ = ["Design", "Indices", "Swing", "base_design", "sobol", "tornado"]

Floats = NDArray[np.float64]

#: Confidence of the bootstrap intervals.
CONFIDENCE = 0.9


@dataclass(frozen=True, slots=True)
class Swing:
    """The outcome with input number `input` low and high, all others in the middle; its unit."""

    input: int
    low: float
    high: float

    @property
    def width(self) -> float:
        """How far the outcome moves, at least 0."""
        return abs(self.high - self.low)

    @property
    def turns(self) -> bool:
        """Whether the outcome has one sign at the low end and the other at the high end."""
        return self.low * self.high < 0.0


def tornado(lows: Floats, highs: Floats) -> tuple[Swing, ...]:
    """Swings of an outcome at the low and high end of each input, (input,) each; widest first.

    Source: Howard, R. A. (1988), Decision analysis: practice and promise, Management Science 34(6).
    Raises ValueError where the two differ in length.
    """
    if len(lows) != len(highs):
        raise ValueError(f"{len(lows)} outcomes at the low ends but {len(highs)} at the high ends")
    swings = [
        Swing(k, float(a), float(b)) for k, (a, b) in enumerate(zip(lows, highs, strict=True))
    ]
    return tuple(sorted(swings, key=lambda swing: (-swing.width, swing.input)))


@dataclass(frozen=True, slots=True)
class Design:
    """Two independent samples of uniforms in (0, 1), each (column, row), the rows a power of two."""

    a: Floats
    b: Floats

    def mixed(self, columns: NDArray[np.intp]) -> Floats:
        """The first sample with those columns from the second one, (column, row)."""
        exchanged = self.a.copy()
        exchanged[columns] = self.b[columns]
        return exchanged


def base_design(columns: int, rows: int, seed: int) -> Design:
    """Scrambled Sobol points for `columns` inputs, split into two samples of `rows` rows.

    Source: Saltelli, A. et al. (2010), Variance based sensitivity analysis of model output, Computer
    Physics Communications 181. Raises ValueError where `rows` is no power of two.
    """
    power = int(rows).bit_length() - 1
    if rows < 1 or rows != 2**power:
        raise ValueError(f"rows must be a power of two, found {rows}")
    points = qmc.Sobol(2 * columns, seed=np.random.default_rng(seed)).random_base2(power).T
    inside = np.clip(points, np.finfo(float).tiny, np.nextafter(1.0, 0.0))
    return Design(inside[:columns], inside[columns:])


@dataclass(frozen=True, slots=True)
class Indices:
    """Sobol indices, (input,) each, and their bootstrap intervals; shares of the variance.

    `first`: what the input explains alone; `total`: what would remain unexplained without it.
    """

    first: Floats
    total: Floats
    first_low: Floats
    first_high: Floats
    total_low: Floats
    total_high: Floats


def sobol(f_a: Floats, f_b: Floats, f_ab: Floats, *, resamples: int = 0, seed: int = 0) -> Indices:
    """First-order and total indices from a model run on the samples of a `Design`.

    `f_a`, `f_b` (row,) are the outcomes of its two samples, `f_ab` (input, row) those of the first
    with one input from the second. An outcome that never moves has indices of 0. Without
    `resamples` the intervals are the estimates themselves.

    Source: Saltelli et al. (2010) for the first-order index, Jansen, M. (1999), Analysis of variance
    designs for model output, Computer Physics Communications 117, for the total one; both as in
    `scipy.stats.sobol_indices`. Raises ValueError where the shapes do not agree.
    """
    f_a, f_b, f_ab = (np.asarray(f, dtype=float) for f in (f_a, f_b, f_ab))
    if f_a.ndim != 1 or f_a.shape != f_b.shape or f_ab.shape[1:] != f_a.shape:
        raise ValueError(f"outcomes have shapes {f_a.shape}, {f_b.shape} and {f_ab.shape}")
    if _still(np.concatenate([f_a, f_b])):
        none = np.zeros(len(f_ab))
        return Indices(none, none, none, none, none, none)
    found = sobol_indices(
        func={"f_A": f_a[None], "f_B": f_b[None], "f_AB": f_ab[:, None]}, n=len(f_a)
    )
    first, total = np.ravel(found.first_order), np.ravel(found.total_order)
    if not resamples:
        return Indices(first, total, first, first, total, total)
    intervals = _intervals(f_a, f_b, f_ab, resamples, seed)
    return Indices(first, total, *intervals)


def _intervals(
    f_a: Floats, f_b: Floats, f_ab: Floats, resamples: int, seed: int
) -> tuple[Floats, Floats, Floats, Floats]:
    """Bootstrap percentiles over the rows: first low and high, total low and high."""
    generator = np.random.default_rng(seed)
    firsts, totals = [], []
    for _ in range(resamples):
        rows = generator.integers(len(f_a), size=len(f_a))
        if _still(np.concatenate([f_a[rows], f_b[rows]])):
            continue  # a sample of equal outcomes says nothing about shares
        again = sobol(f_a[rows], f_b[rows], f_ab[:, rows])
        firsts.append(again.first)
        totals.append(again.total)
    ends = ((1.0 - CONFIDENCE) / 2.0, (1.0 + CONFIDENCE) / 2.0)
    return (
        *np.quantile(np.array(firsts), ends, axis=0),
        *np.quantile(np.array(totals), ends, axis=0),
    )


def _still(values: Floats) -> bool:
    """Whether values do not move, but for rounding."""
    return bool(np.ptp(values) <= 1e-12 * max(1.0, float(np.max(np.abs(values)))))
