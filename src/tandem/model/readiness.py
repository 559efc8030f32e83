"""Whether people asked for on one day are productive on another (H1, C1).

Answers: what requisitions opened a number of days before a launch come to on its day, and the
probability that this is enough. Leaves out when HR opens them (``policy``) and what the market does
with it (``simulate``). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtr, ndtri

from tandem.model.types import Array
from tandem.units import DAYS_PER_MONTH

POINTS = 128  # of the quadrature over the time to fill
FEW = 30  # requisitions whose sum is no longer taken as normal, from which on it is
CELLS = 1_600  # of the sum of a few yields, where its distribution is worked out


def yields(lead_days: float, mean_days: Array, sd_days: Array, ramp: Array) -> Array:
    """What one requisition yields ``lead_days`` after it opens, at equally likely points, (n, d).

    The person starts after a log-normal time (``mean_days``, ``sd_days``) and is then productive by
    1 - exp(-s / ramp) after s months; 0 before. ``ramp`` in months. Who leaves meanwhile is taken
    as replaced. Midpoint quadrature over the quantiles of the time to fill.
    """
    variance = np.log1p((sd_days / mean_days) ** 2)
    location = np.log(mean_days) - 0.5 * variance
    levels = (np.arange(POINTS) + 0.5) / POINTS
    days = np.exp(location + np.sqrt(variance) * ndtri(levels)[:, None])
    served = np.maximum(lead_days - days, 0.0) / DAYS_PER_MONTH
    return np.asarray(-np.expm1(-served / ramp))


def probability_ready(number: float, needed: float, found: Array) -> Array:
    """Probability that ``number`` requisitions yield at least ``needed`` productive heads, (d,).

    Each yields independently what ``found`` (n, d) says, all n equally likely. The sum is taken as
    normal from ``FEW`` requisitions on; of fewer, whole ones, its distribution is worked out on a
    grid: one's own convolved with itself, by the product of Fourier transforms.
    """
    if round(number) < FEW:
        return _of_few(max(round(number), 1), needed, found)
    spread = np.sqrt(np.maximum(number * found.var(axis=0), 1e-12))
    return np.asarray(ndtr((number * found.mean(axis=0) - needed) / spread))


def _of_few(number: int, needed: float, found: Array) -> Array:
    a_head = CELLS // number
    cells = np.floor(found * a_head).astype(int)  # a yield counts at the middle of its cell
    one = np.zeros((a_head + 1, found.shape[-1]))
    draws = np.broadcast_to(np.arange(found.shape[-1]), cells.shape)
    np.add.at(one, (cells, draws), 1.0 / len(found))
    size = number * a_head + 1
    total = np.fft.irfft(np.fft.rfft(one, size, axis=0) ** number, size, axis=0)
    first = max(int(np.ceil(needed * a_head - 0.5 * number)), 0)
    return np.clip(total[first:].sum(axis=0), 0.0, 1.0)
