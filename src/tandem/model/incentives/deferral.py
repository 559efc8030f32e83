"""When deferred pay is paid and equity is expensed: shares of a month's sum over later months (H3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tandem.model.incentives.component import LATEST
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR

TRANCHES = 5  # of equity at most


@dataclass(frozen=True, slots=True)
class Later:
    """Sums over target pay that a month earns, (p, d), and their shares by month, (LATEST, p, d)."""

    amount: Array
    schedule: Array

    def at(self, positions: list[int]) -> "Later":
        """The same at other positions."""
        return Later(self.amount[positions], self.schedule[:, positions])


def after(months: Array) -> Array:
    """All of it ``months`` later, (LATEST, ...); a part of a month is split between two months."""
    ahead = np.arange(LATEST, dtype=float).reshape(-1, *([1] * np.ndim(months)))
    return np.asarray(np.maximum(1.0 - np.abs(ahead - np.minimum(months, LATEST - 1.0)), 0.0))


def graded_vesting(years: Array) -> Array:
    """Expense of equity that vests in equal yearly parts over ``years``, (LATEST, ...), in all 1.

    Each part is expensed evenly from grant to its own vesting, as if granted alone, so that the first
    year bears most: of three years .611, .278, .111. Source: IFRS 2, IG11; ASC 718-10-35-8. The month
    of the grant bears the first part. Vesting of up to five years.
    """
    ahead = np.arange(LATEST, dtype=float).reshape(-1, *([1] * np.ndim(years)))
    parts = np.clip(np.ceil(years - 1e-9), 1.0, TRANCHES)
    total = np.zeros(np.broadcast_shapes(ahead.shape, np.shape(years)))
    for part in range(1, TRANCHES + 1):
        months = np.maximum(MONTHS_PER_YEAR * years * part / parts, 1.0)
        share = np.clip(months - ahead, 0.0, 1.0) / months
        total = total + np.where(part <= parts, share / parts, 0.0)
    return total


def over_months(sums: Sequence[Later], total: Array) -> Array:
    """What people of this ``total`` target pay (p, d) earn, by when it is due, (LATEST, p, d).

    Without rows where there are no such sums.
    """
    due = np.zeros((0, *total.shape))
    for one in sums:
        due = joined(due, total * one.amount * one.schedule)
    return due


def owed(sums: Sequence[Later], total: Array) -> Array:
    """Of what such people earned in all months up to now, the part still to come, (LATEST, p, d).

    Row s is due s months from the opening of the month.
    """
    rest = over_months(sums, total)[1:]
    return np.asarray(np.cumsum(rest[::-1], axis=0)[::-1])


def joined(one: Array, other: Array) -> Array:
    """Sums due by month, the rows of both added; the shorter one has nothing later."""
    short, long = sorted((one, other), key=len)
    if not len(short):
        return long
    return np.concatenate([long[: len(short)] + short, long[len(short) :]])


def first(due: Array) -> Array:
    """What is due in the first month; nothing where nothing is due at all."""
    return due[0] if len(due) else np.zeros(due.shape[1:])
