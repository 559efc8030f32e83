"""Dominance: whether one scenario's futures are better than another's for whole groups of choosers.

What it answers: on equally many draws of each, whether a choice dominates in the first order
(anybody who wants more prefers it) or in the second (anybody who wants more and dislikes risk
does). "None" is an answer: then the choice depends on how much risk the chooser bears.

What it leaves out: sampling error: it is a statement on the draws, and the worst of few draws can
undo it. Pairing plays no part: dominance compares distributions, not future by future.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

__all__ = ["Order", "dominance", "dominated_by"]

Draws = NDArray[np.float64]

#: What rounding of sums may amount to, of the size of the values.
_ROUNDING = 1e-12


class Order(IntEnum):
    """How strongly one choice dominates another; the first order implies the second."""

    NONE = 0
    SECOND = 2
    FIRST = 1


def dominance(values: Draws, others: Draws) -> Order:
    """How `values` (draw,) dominate `others` (draw,), higher being better; NONE for equals.

    First order: each quantile at least as high, and one higher. Second order: each partial sum of
    the ordered values, from the worst up, at least as high, and one higher. Source: Hadar and
    Russell (1969), Rules for ordering uncertain prospects, American Economic Review 59(1). Raises
    ValueError without draws or for different numbers of them.
    """
    mine, theirs = np.sort(np.asarray(values, float)), np.sort(np.asarray(others, float))
    if mine.shape != theirs.shape or not mine.size:
        raise ValueError(f"{mine.size} draws cannot be compared with {theirs.size}")
    if np.array_equal(mine, theirs):
        return Order.NONE
    ahead = mine - theirs
    if (ahead >= 0.0).all():
        return Order.FIRST
    size = max(float(np.abs(mine).max()), float(np.abs(theirs).max())) * mine.size
    if (np.cumsum(ahead) >= -_ROUNDING * size).all():
        return Order.SECOND
    return Order.NONE


def dominated_by(choices: Mapping[str, Draws]) -> dict[str, dict[str, Order]]:
    """By choice, those that dominate it and in which order; without entries where none does."""
    return {
        name: {
            other: order
            for other, theirs in choices.items()
            if other != name and (order := dominance(theirs, mine))
        }
        for name, mine in choices.items()
    }
