"""Requisitions day by day: how many are open, and in which stage (H1).

Answers: the day-level funnel on its own: openings of each day in, open requisitions by stage out;
and hires by day. The simulation's monthly grid (``hiring.start_month_shares``) is the same times to
fill, counted by month. Leaves out candidates and offers (``hiring``). Pure functions; anybody may
import it.
"""

import numpy as np
from scipy.special import ndtr

from tandem.model.types import Array


def survival_integral(time: Array | float, mean: float, sd: float) -> Array:
    """Integral of 1 - F from 0 to ``time``, in days, F log-normal by mean and sd in days.

    time (1 - F(time)) + mean Phi(z - sigma). It is the mean of min(time to fill, time), so times an
    arrival rate the open requisitions of an M/G/infinity queue that starts empty. Source: Eick,
    Massey and Whitt (1993), The physics of the Mt/G/infinity queue, Operations Research 41(4).
    """
    days = np.asarray(time, dtype=float)
    sigma = np.sqrt(np.log1p((sd / mean) ** 2))
    with np.errstate(divide="ignore"):
        z = (np.log(np.maximum(days, 0.0)) - np.log(mean) + 0.5 * sigma**2) / sigma
    return np.asarray(days * ndtr(-z) + mean * ndtr(z - sigma))


def open_by_day(openings: Array, mean: float, sd: float) -> Array:
    """Open requisitions at the end of each day, (day,), from those opened each day, (day,).

    Requisitions open evenly within their day; the time to fill is log-normal, in days. With the same
    number every day this is the M/G/infinity queue, exactly.
    """
    days = np.arange(len(openings) + 1, dtype=float)
    still = np.diff(survival_integral(days, mean, sd))  # of one opened in the day, k days before
    return np.convolve(openings, still)[: len(openings)]


def open_by_stage(openings: Array, stage_days: Array, cv: float) -> Array:
    """The same by stage, (stage, day): announce to notice in the order of ``stage_days``, (stage,).

    Each stage is log-normal with coefficient of variation ``cv``; the time to the end of a stage is
    taken as log-normal by its two moments (Fenton 1960), so the stages add up to ``open_by_day``.
    """
    means = np.cumsum(stage_days)
    sds = cv * np.sqrt(np.cumsum(np.square(stage_days)))
    within = np.stack(
        [open_by_day(openings, float(m), float(s)) for m, s in zip(means, sds, strict=True)]
    )
    return np.diff(within, axis=0, prepend=0.0)


def filled_by_day(openings: Array, mean: float, sd: float) -> Array:
    """Requisitions filled on each day, (day,): openings less the change of those open."""
    still = open_by_day(openings, mean, sd)
    return openings - np.diff(still, prepend=0.0)
