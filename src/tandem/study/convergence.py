"""Convergence: how well the numbers of a page are known from the draws that were taken.

What it answers: 95 % Monte Carlo intervals of a mean, a chance, a quantile and a mean of the worst;
running means; and whether the draws are enough for what a page says, else how many it would take.

Enough is: the interval of the difference between the best two leaves out nought, and the chance of
the target is known to `HALF_WIDTH`. All intervals are those of independent draws. Parameters are
drawn by Latin hypercube, whose variance is at most n / (n - 1) times that (Owen (1997), Monte Carlo
variance of scrambled net quadrature, SIAM Journal on Numerical Analysis 34(5)), so intervals err
on the safe side.

What it leaves out: whether the model is right. More draws never answer that.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tandem.model import finance
from tandem.model.probation import wilson
from tandem.study.decision import Difference

__all__ = [
    "HALF_WIDTH",
    "Convergence",
    "Known",
    "chance",
    "convergence",
    "draws_for_chance",
    "draws_for_gap",
    "mean",
    "quantile",
    "running_chance",
    "running_mean",
    "worst_mean",
]

Draws = NDArray[np.float64]

#: A chance known to five futures of 100 is known well enough to act on; a judgement.
HALF_WIDTH = 0.05

_Z95 = float(ndtri(0.975))


@dataclass(frozen=True, slots=True)
class Known:
    """A number with its 95 % Monte Carlo interval, all in one unit."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of the interval."""
        return (self.high - self.low) / 2.0


@dataclass(frozen=True, slots=True)
class Convergence:
    """Whether draws are enough: the gap of the best two (None with one alone), and the chance.

    gap_draws, chance_draws: how many draws each would take; gap_draws is None where no number
    would, since the two earn the same on average.
    """

    draws: int
    gap: Difference | None
    chance: Known
    gap_draws: int | None
    chance_draws: int

    @property
    def identical(self) -> bool:
        """Whether the best two earn the same in every future: there is nothing to tell apart."""
        return self.gap is not None and self.gap.low == self.gap.high == 0.0

    @property
    def told_apart(self) -> bool:
        """Whether the best two are told apart, or need not be."""
        return self.gap is None or self.identical or self.gap.clear

    @property
    def narrow(self) -> bool:
        """Whether the chance is known to `HALF_WIDTH`."""
        return self.chance.half_width <= HALF_WIDTH

    @property
    def enough(self) -> bool:
        """Whether the draws are enough for what the page says."""
        return self.told_apart and self.narrow


def convergence(gap: Difference | None, events: Draws) -> Convergence:
    """Whether the draws are enough for a gap of the best two and for a chance.

    events (draw,) is 1 where the target is met in the best one, else 0.
    """
    known = chance(events)
    return Convergence(
        draws=len(events),
        gap=gap,
        chance=known,
        gap_draws=None if gap is None else draws_for_gap(gap, len(events)),
        chance_draws=draws_for_chance(events),
    )


def mean(values: Draws) -> Known:
    """Mean of values (draw,), mean -+ z s / sqrt(n); one draw alone has no width."""
    middle = float(values.mean())
    half = _Z95 * float(values.std(ddof=1)) / len(values) ** 0.5 if len(values) > 1 else 0.0
    return Known(middle, middle - half, middle + half)


def chance(events: Draws) -> Known:
    """Share of events (draw,) that are 1, with the score interval: it has a width at 0 and at 1."""
    low, high = wilson(float(events.sum()), len(events))
    return Known(float(events.mean()), float(low), float(high))


def quantile(values: Draws, p: float) -> Known:
    """Quantile p of values (draw,), between the draws of rank n p -+ z sqrt(n p (1 - p)).

    Free of the distribution's form; where few draws lie beyond, the end is the last draw there is.
    Source: Conover (1999), Practical Nonparametric Statistics, section 3.2.
    """
    ordered = np.sort(values)
    n = len(ordered)
    half = _Z95 * (n * p * (1.0 - p)) ** 0.5
    low = max(int(np.floor(n * p - half)), 1) - 1
    high = min(int(np.ceil(n * p + half)) + 1, n) - 1
    return Known(float(np.quantile(values, p)), float(ordered[low]), float(ordered[high]))


def worst_mean(values: Draws, share: float) -> Known:
    """Mean of the worst `share` of values (draw,), with its asymptotic interval.

    Standard error s / (share sqrt(n)), s the deviation of max(q - value, 0) about the quantile q.
    Source: Hong, Hu and Liu (2014), Monte Carlo methods for value-at-risk and conditional
    value-at-risk: a review, ACM Transactions on Modeling and Computer Simulation 24(4).
    """
    middle = finance.cvar(values, 1.0 - share)
    below = np.maximum(np.quantile(values, share) - values, 0.0)
    half = mean(below).half_width / share
    return Known(middle, middle - half, middle + half)


def running_mean(values: Draws) -> tuple[Draws, Draws, Draws]:
    """Mean of the first 2, 3, ... of values (draw,), and the ends of its interval: (draw - 1,) each.

    Raises ValueError for fewer than two draws.
    """
    if len(values) < 2:
        raise ValueError("a running mean with its interval needs two draws or more")
    counts = np.arange(1, len(values) + 1, dtype=float)
    centred = values - values.mean()  # sums of squares of large values would lose their digits
    sums = np.cumsum(centred)
    squares = np.cumsum(np.square(centred)) - np.square(sums) / counts
    spread = np.sqrt(np.maximum(squares[1:], 0.0) / (counts[1:] - 1.0))
    means = values.mean() + sums[1:] / counts[1:]
    half = _Z95 * spread / np.sqrt(counts[1:])
    return means, means - half, means + half


def running_chance(events: Draws) -> tuple[Draws, Draws, Draws]:
    """Share of the first 2, 3, ... of events (draw,) that are 1, and the ends of the score interval."""
    counts = np.arange(1, len(events) + 1, dtype=float)
    came = np.cumsum(events)
    low, high = wilson(came, counts)
    return (came / counts)[1:], low[1:], high[1:]


def draws_for_gap(gap: Difference, draws: int) -> int | None:
    """Draws at which the 95 % interval of `gap` would leave out nought, were its mean the truth.

    n (half width / mean)**2; None for a mean of exactly nought.
    """
    if gap.mean == 0.0:
        return None
    return max(ceil(draws * ((gap.high - gap.low) / 2.0 / gap.mean) ** 2), 2)


def draws_for_chance(events: Draws, half: float = HALF_WIDTH) -> int:
    """Draws at which a chance such as that of events (draw,) is known to `half`.

    z**2 p (1 - p) / half**2 at the centre of the score interval, which is never 0 or 1.
    """
    z2 = _Z95**2
    p = (float(events.sum()) + z2 / 2.0) / (len(events) + z2)
    return ceil(z2 * p * (1.0 - p) / half**2)
