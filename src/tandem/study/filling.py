"""Filling: how long requisitions take to fill, and how many of those that are due are filled.

What it answers: mean and spread of the days to fill that a scenario assumes, month by month; the
fill rate.

What it leaves out: which dates are safe (`tandem.study.hiring_dates`); the records of what happened.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tandem import units
from tandem.model import hiring, people
from tandem.model.types import Array, Inputs

__all__ = ["days_to_fill", "due_months", "fill_rate", "filled_days"]


def days_to_fill(
    inputs: Inputs, stretch: Array, first: int = 0, *, recorded: Array | None = None
) -> tuple[Array, Array]:
    """Days from opening to start of requisitions asked for in each month: mean and sd, (t, p, d).

    ``stretch`` (t, d) is recruiting time over usual in the months from model month ``first`` on;
    before month 0 the parameters are those of the base year. The mean is ``recorded`` (t, p, d), what
    a run met with; without it, that of the channel mix without campus, applicants and offers as in 2026
    (`tandem.model.people.fill_terms`). The spread has the coefficient of variation of the stages' sum
    (`tandem.model.hiring.stage_moments`).
    """
    means, spreads = [], []
    for row, slow in enumerate(stretch):
        t = first + row
        p = (inputs.base if t < 0 else inputs.months[t]).parameters
        calendar = int(units.calendar_month(t))
        terms = people.fill_terms(inputs.structure, p, calendar, slow, 1.0, p.hiring.fast_track)
        mean, sd = hiring.stage_moments(
            p.hiring.stage_days, slow, np.ones(1), p.people.fill_factor, p.hiring.fill_cv
        )
        days = terms.months * units.DAYS_PER_MONTH if recorded is None else recorded[row]
        means.append(days)
        spreads.append(days * sd / mean)
    return np.stack(means), np.stack(spreads)


def filled_days(opened: Array, mean: Array, sd: Array, first: int) -> tuple[Array, Array]:
    """Days to fill of those requisitions that are filled in the months observed: mean and sd, (d,).

    ``opened`` (t, d) requisitions by month of opening, with log-normal days of ``mean`` and ``sd``
    (t, d); the months from number ``first`` of them to the last are observed. Whoever is still looked
    for is left out, as in the records: the mean over all requisitions would be longer. The start
    falls into the month nearest to the day (`tandem.model.hiring.start_month_shares`). Partial
    moments of a log-normal: E[x**k; a < x < b] = exp(k m + k**2 s**2 / 2) times the difference of
    Phi((ln x - m) / s - k s). NaN where nothing is filled.
    """
    variance = np.log1p((sd / mean) ** 2)
    width = np.sqrt(variance)
    location = np.log(mean) - 0.5 * variance
    sums = np.zeros((3, *mean.shape[1:]))
    for start in range(first, len(opened)):
        for month in range(start + 1):
            ends = (start - month + np.array([-0.5, 0.5])) * units.DAYS_PER_MONTH
            log = [np.full_like(width[month], np.log(end) if end > 0 else -np.inf) for end in ends]
            low, high = ((end - location[month]) / width[month] for end in log)
            for k in range(3):
                whole = np.exp(k * location[month] + 0.5 * k * k * variance[month])
                part = ndtr(high - k * width[month]) - ndtr(low - k * width[month])
                sums[k] += opened[month] * whole * part
    empty = np.full_like(sums[0], np.nan)
    middle = np.divide(sums[1], sums[0], out=empty.copy(), where=sums[0] > 0)
    square = np.divide(sums[2], sums[0], out=empty, where=sums[0] > 0)
    return middle, np.sqrt(np.maximum(square - middle**2, 0.0))


def due_months(days: float, first: int, last: int) -> NDArray[np.int64]:
    """Months whose requisitions fall due in model months ``first`` to ``last``, both included.

    A requisition opens at the start of its month and is due ``days`` later.
    """
    later = days / units.DAYS_PER_MONTH
    opening = np.arange(first - int(np.ceil(later)), last + 1)
    due = opening + later
    return opening[(due > first) & (due <= last + 1)]


def fill_rate(filled: Array | float, due: Array | float) -> Array:
    """Requisitions filled over those that were due in the same time; NaN where none was due.

    Above 1 where people come earlier than expected.
    """
    filled, due = np.asarray(filled, dtype=float), np.asarray(due, dtype=float)
    missing = np.full(np.broadcast(filled, due).shape, np.nan)
    return np.divide(filled, due, out=missing, where=due > 0)
