"""How results spread between people, and what a kinked plan then pays on average (H3).

Answers: expected pay of a piecewise-linear plan when attainment is log-normal around the team's
mean. Such a plan is a portfolio of calls on attainment, one call per kink, and of digital options,
one per cliff. Leaves out which plan has which kinks (one file each). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtr

from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


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


def reached(mean: Array, step: Array, sigma: Array) -> Array:
    """Share of people at or above an attainment: Phi(d2), a digital option without discount."""
    return np.asarray(ndtr(_d1(mean, step, sigma) - sigma))


def reached_gain(mean: Array, step: Array, sigma: Array) -> Array:
    """d share reached / d ln A: phi(d2) / sigma, those who stand at the cliff."""
    d2 = _d1(mean, step, sigma) - sigma
    return np.asarray(np.exp(-0.5 * d2 * d2) / np.sqrt(2.0 * np.pi) / sigma)


def expected_payout(curve: PayCurve, mean: Array, sigma: Array) -> Array:
    """Mean pay over target pay across people whose attainment is log-normal, (p, d)."""
    pay = curve.level + (curve.slopes * expected_excess(mean, curve.strikes, sigma)).sum(axis=0)
    if curve.has_cliffs:
        pay = pay + (curve.heights * reached(mean, curve.steps, sigma)).sum(axis=0)
    return np.asarray(pay)


def payout_gain(curve: PayCurve, mean: Array, sigma: Array) -> Array:
    """d mean pay / d ln attainment, over target pay, (p, d): the strength of the incentive."""
    gain = (curve.slopes * expected_gain(mean, curve.strikes, sigma)).sum(axis=0)
    if curve.has_cliffs:
        gain = gain + (curve.heights * reached_gain(mean, curve.steps, sigma)).sum(axis=0)
    return np.asarray(gain)


def attained(mean: Array, sigma: Array, deviate: Array | float) -> Array:
    """Attainment of people who stand ``deviate`` standard deviations from the middle.

    mean exp(sigma z - sigma**2 / 2), which keeps the mean.
    """
    return np.asarray(mean * np.exp(sigma * deviate - 0.5 * sigma**2))
