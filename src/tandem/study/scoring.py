"""Scoring: how good forecasts were, once the truth is known.

What it answers: how often a range held the truth, with its interval; whether chances were those of
what happened (Brier score, reliability, Spiegelhalter's test); how far a forecast lay from the
truth as a whole (CRPS). Forecasts are rows of equal draws, one row a company or occasion.

What it leaves out: making forecasts and truths (`bench.forecasts`).

Who may import it: charts, batch, site, cli, notebooks; tests and benchmarks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tandem.model.probation import wilson

__all__ = [
    "Bin",
    "Coverage",
    "brier",
    "calibration_z",
    "coverage",
    "crps",
    "expected_coverage",
    "reliability",
]

Floats = NDArray[np.float64]

#: The range that pages show: P10 to P90.
RANGE = (0.1, 0.9)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of `of` truths lay in their range: the share, with its 95 % interval."""

    held: int
    of: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Forecast chances of one bin: their mean, and how often the event came, 95 % interval."""

    chance: float
    count: int
    share: float
    low: float
    high: float


def coverage(draws: Floats, truths: Floats) -> Coverage:
    """How often P10 to P90 of `draws` (forecast, draw) holds the truth (forecast,).

    The ends belong to the range. Raises ValueError where there is no forecast, or another number of
    truths.
    """
    _matched(len(draws), truths)
    low, high = np.quantile(draws, RANGE, axis=1)
    held = int(((truths >= low) & (truths <= high)).sum())
    ends = wilson(held, len(truths))
    return Coverage(held, len(truths), held / len(truths), float(ends[0]), float(ends[1]))


def expected_coverage(draws: int) -> float:
    """Chance that P10 to P90 of so many draws holds one more draw of the same: .8 (n - 1) / (n + 1).

    The k-th of n draws leaves k / (n + 1) of the distribution below it on average, whatever that
    is; quantiles lie at k = 1 + (n - 1) p, between two draws where that is not whole (exact for a
    uniform, close for forty draws of anything). Source: David and Nagaraja (2003), Order
    Statistics, section 7.2.
    """
    return (RANGE[1] - RANGE[0]) * (draws - 1) / (draws + 1)


def brier(chances: Floats, happened: Floats) -> tuple[float, float]:
    """Mean of (chance - event)**2 over the forecasts, and its standard error; 0 is best.

    `happened` is 1 where the event came, else 0. Source: Brier, G. W. (1950), Verification of
    forecasts expressed in terms of probability, Monthly Weather Review 78(1).
    """
    _matched(len(chances), happened)
    scores = np.square(chances - happened)
    spread = float(scores.std(ddof=1)) if len(scores) > 1 else 0.0
    return float(scores.mean()), spread / len(scores) ** 0.5


def calibration_z(chances: Floats, happened: Floats) -> float:
    """How far the Brier score is from what these chances promise, in standard errors.

    sum (event - chance)(1 - 2 chance) / sqrt(sum (1 - 2 chance)**2 chance (1 - chance)): normal with
    mean 0 and deviation 1 where events come as often as was said; 0 where no chance leaves doubt
    and none was wrong, infinite where a certainty failed. Source: Spiegelhalter, D. J. (1986),
    Probabilistic prediction in patient management, Statistics in Medicine 5(5).
    """
    _matched(len(chances), happened)
    off = float(((happened - chances) * (1.0 - 2.0 * chances)).sum())
    variance = float((np.square(1.0 - 2.0 * chances) * chances * (1.0 - chances)).sum())
    if variance == 0.0:
        return 0.0 if off == 0.0 else float(np.copysign(np.inf, off))
    return off / variance**0.5


def reliability(chances: Floats, happened: Floats, bins: int = 5) -> tuple[Bin, ...]:
    """How often the event came among forecasts of about the same chance, bins of equal width.

    Empty bins are left out. `happened` is 1 where the event came, else 0.
    """
    _matched(len(chances), happened)
    places = np.minimum((chances * bins).astype(int), bins - 1)
    found = []
    for place in np.unique(places):
        mine = places == place
        count, came = int(mine.sum()), float(happened[mine].sum())
        low, high = wilson(came, count)
        mean = float(chances[mine].mean())
        found.append(Bin(mean, count, came / count, float(low), float(high)))
    return tuple(found)


def crps(draws: Floats, truths: Floats) -> Floats:
    """Continuous ranked probability score of each forecast, (forecast,), unit of the draws.

    mean |x - truth| - mean |x - x'| / 2 over the draws (forecast, draw) and their pairs: 0 is best,
    and a single number scores its absolute error. Source: Gneiting and Raftery (2007), Strictly
    proper scoring rules, prediction, and estimation, JASA 102(477), equation 21.
    """
    _matched(len(draws), truths)
    n = draws.shape[1]
    ordered = np.sort(draws, axis=1)
    weights = 2.0 * np.arange(1, n + 1) - n - 1.0
    pairs = (ordered * weights).sum(axis=1) / n**2
    return np.asarray(np.abs(draws - truths[:, None]).mean(axis=1) - pairs)


def _matched(forecasts: int, truths: Floats) -> None:
    if not forecasts or forecasts != len(truths):
        raise ValueError(f"{forecasts} forecasts cannot be scored by {len(truths)} truths")
