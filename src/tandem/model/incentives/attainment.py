"""How results spread between people, and what a kinked plan then pays on average (H3).

Answers: expected pay of a piecewise-linear plan when attainment is log-normal around the team's
mean. Such a plan is a portfolio of calls on attainment: one call per kink. Leaves out which plan
has which kinks (one file each). Pure functions; anybody may import it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class PayCurve:
    """Pay over target pay as a function of attainment: level + sum slope_k (a - strike_k)+.

    ``level`` (p, d), ``strikes`` and ``slopes`` (k, p, d); strike 0 is the part linear from zero.
    """

    level: Array
    strikes: Array
    slopes: Array

    def at(self, attainment: Array) -> Array:
        """Pay over target pay at this attainment, (p, d)."""
        return self.level + (self.slopes * np.maximum(attainment - self.strikes, 0.0)).sum(axis=0)

    def __add__(self, other: "PayCurve") -> "PayCurve":
        return PayCurve(
            self.level + other.level,
            np.concatenate([self.strikes, other.strikes]),
            np.concatenate([self.slopes, other.slopes]),
        )


def spread_of_period(spread: Array, noise: Array, months: float) -> Array:
    """Log standard deviation of attainment between people over a pay period of ``months``.

    sqrt(spread**2 + noise**2 / months): lasting differences stay, luck averages out.
    """
    return np.sqrt(spread**2 + noise**2 / months)


def expected_excess(mean: Array, strike: Array, sigma: Array) -> Array:
    """E[(A - k)+] of a log-normal A with this mean: mean Phi(d1) - k Phi(d2).

    d1 = (ln(mean / k) + sigma**2 / 2) / sigma, d2 = d1 - sigma. Source: Black, F. and Scholes, M.
    (1973), Journal of Political Economy 81(3), without discount. A strike of infinity (a curve that
    never gets there) is worth nothing.
    """
    d1 = _d1(mean, strike, sigma)
    return mean * ndtr(d1) - np.where(np.isinf(strike), 0.0, strike) * ndtr(d1 - sigma)


def expected_gain(mean: Array, strike: Array, sigma: Array) -> Array:
    """d E[(A - k)+] / d ln A: mean Phi(d1), what one per cent more results is worth."""
    return mean * ndtr(_d1(mean, strike, sigma))


def _d1(mean: Array, strike: Array, sigma: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.asarray((np.log(mean) - np.log(strike)) / sigma + 0.5 * sigma)


def expected_payout(curve: PayCurve, mean: Array, sigma: Array) -> Array:
    """Mean pay over target pay across people whose attainment is log-normal, (p, d)."""
    return curve.level + (curve.slopes * expected_excess(mean, curve.strikes, sigma)).sum(axis=0)


def payout_gain(curve: PayCurve, mean: Array, sigma: Array) -> Array:
    """d mean pay / d ln attainment, over target pay, (p, d): the strength of the incentive."""
    return np.asarray((curve.slopes * expected_gain(mean, curve.strikes, sigma)).sum(axis=0))


def floored(curve: PayCurve, floor: Array) -> PayCurve:
    """The curve held to at least ``floor`` (p, d), for a curve that nowhere falls.

    Pay stays at the floor up to the attainment a* at which the curve meets it; every kink below
    a* then acts at a*. A curve that never reaches the floor is the floor.
    """
    short = np.maximum(floor - curve.level, 0.0)
    meeting = _meeting(curve, curve.level + short)
    return PayCurve(curve.level + short, np.maximum(curve.strikes, meeting), curve.slopes)


def _meeting(curve: PayCurve, level: Array) -> Array:
    """Attainment at which a curve that nowhere falls first reaches ``level``, (p, d)."""
    order = np.argsort(curve.strikes, axis=0)
    strikes = np.take_along_axis(curve.strikes, order, axis=0)
    slopes = np.cumsum(np.take_along_axis(curve.slopes, order, axis=0), axis=0)
    missing = level - curve.level
    meeting = np.where(missing > 0, np.inf, 0.0)
    value = np.zeros_like(missing)
    for k in range(strikes.shape[0]):
        end = strikes[k + 1] if k + 1 < strikes.shape[0] else np.full_like(missing, np.inf)
        slope = slopes[k]
        with np.errstate(divide="ignore", invalid="ignore"):
            here = strikes[k] + (missing - value) / slope
        found = (slope > 0) & (missing > 0) & np.isinf(meeting) & (here <= end)
        meeting = np.where(found, here, meeting)
        width = np.zeros_like(missing)
        np.subtract(end, strikes[k], out=width, where=np.isfinite(end))
        value = value + slope * width
    return meeting
