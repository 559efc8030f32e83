"""Whether people asked for on one day are productive on another (H1, C1).

Answers: what requisitions opened a number of days before a launch come to on its day, and the
probability that this is enough. Leaves out when HR opens them (``policy``) and what the market does
with it (``simulate``). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtr, ndtri

from tandem.model.types import Array
from tandem.units import DAYS_PER_MONTH

POINTS = 64  # of the quadrature over the time to fill


def productive_share(
    lead_days: float, mean_days: Array, sd_days: Array, ramp: Array
) -> tuple[Array, Array]:
    """Mean and variance of what one requisition yields ``lead_days`` after it opens, (d,).

    The person starts after a log-normal time (``mean_days``, ``sd_days``) and is then productive by
    1 - exp(-s / ramp) after s months; 0 before. ``ramp`` in months. Who leaves meanwhile is taken
    as replaced. Midpoint quadrature over the quantiles of the time to fill.
    """
    variance = np.log1p((sd_days / mean_days) ** 2)
    location = np.log(mean_days) - 0.5 * variance
    levels = (np.arange(POINTS) + 0.5) / POINTS
    days = np.exp(location + np.sqrt(variance) * ndtri(levels)[:, None])
    served = np.maximum(lead_days - days, 0.0) / DAYS_PER_MONTH
    able = -np.expm1(-served / ramp)
    return able.mean(axis=0), able.var(axis=0)


def probability_ready(number: float, needed: float, mean: Array, variance: Array) -> Array:
    """Probability that ``number`` requisitions yield at least ``needed`` productive heads, (d,).

    Each yields independently with this mean and variance; the sum is taken as normal.
    """
    spread = np.sqrt(np.maximum(number * variance, 1e-12))
    return np.asarray(ndtr((number * mean - needed) / spread))
