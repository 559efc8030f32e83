"""Openings: which positions HR must open, how many, and by which month.

What it answers: from the requisitions of every future, a plan of whole openings per position and
month, and the month by which nearly all of them must stand.

The plan is the median of the openings up to each month, taken month by month from the running sum:
a median of single months would not add up to the median of the whole.

What it leaves out: how many people are needed (the hiring policy in `tandem.model`); the latest
date that is still safe.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Opening", "openings", "plan"]

#: "Nearly all": the share of a position's openings that its date refers to.
NEARLY_ALL = 0.9


@dataclass(frozen=True, slots=True)
class Opening:
    """Openings of one position within a horizon.

    position: its place on the position axis. count: openings in the median future. first, most:
    indices of the months in which the first opens and in which nearly all are open.
    """

    position: int
    count: int
    first: int
    most: int


def plan(requisitions: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole openings (month, position) from requisitions opened (month, position, draw)."""
    running = np.median(np.cumsum(requisitions, axis=0), axis=-1)
    return np.diff(np.rint(running), axis=0, prepend=0.0).astype(np.int64)


def openings(planned: NDArray[np.int64], until: int) -> list[Opening]:
    """Openings of each position in the months before index `until`, the largest count first.

    `planned` is the result of `plan`; positions without openings are left out.
    """
    within = np.cumsum(planned[:until], axis=0)
    found = []
    for position in range(planned.shape[1]):
        count = int(within[-1, position])
        if count > 0:
            first = int(np.argmax(within[:, position] > 0))
            most = int(np.argmax(within[:, position] >= NEARLY_ALL * count))
            found.append(Opening(position=position, count=count, first=first, most=most))
    return sorted(found, key=lambda opening: (-opening.count, opening.position))
