"""How a probability becomes people: expected numbers, or whole people by keyed uniforms.

Answers: how many of n do something that each does with probability p. ``Expected`` gives means
(the base year and the plan run on it), ``Whole`` whole people, the same in every scenario for the
same key, month, event, place and draw. Leaves out which events there are. Used by ``people`` and
``simulate``.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tandem.model.types import EVENTS, Array
from tandem.randomness import binomial, multinomial, systematic_round, uniform

Codes = NDArray[np.int64]


class Events(Protocol):
    """What both kinds answer; ``codes`` address what the event happens to, first axes of n."""

    def some(self, event: str, month: int, codes: Codes, number: Array, chance: Array) -> Array:
        """How many of ``number`` do it, same shape."""

    def split(self, event: str, month: int, codes: Codes, number: Array, shares: Array) -> Array:
        """``number`` over the first axis of ``shares``."""

    def rounded(self, event: str, codes: Codes, amount: Array) -> Array:
        """A number of people for a real amount, its mean over draws kept."""

    def happens(self, event: str, codes: Codes, chance: Array) -> Array:
        """1 or 0 once for the whole run (the chance itself, where numbers are expected)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """Means, no chance: n p."""

    def some(self, event: str, month: int, codes: Codes, number: Array, chance: Array) -> Array:
        """n p."""
        return number * chance

    def split(self, event: str, month: int, codes: Codes, number: Array, shares: Array) -> Array:
        """n by share."""
        return number * shares

    def rounded(self, event: str, codes: Codes, amount: Array) -> Array:
        """The amount itself: the mean of ``Whole.rounded``."""
        return amount

    def happens(self, event: str, codes: Codes, chance: Array) -> Array:
        """The chance itself."""
        return chance


@dataclass(frozen=True, slots=True)
class Whole:
    """Whole people: inverse transforms of uniforms hashed from (key, month, event, code, draw)."""

    key: int
    draws: NDArray[np.int64]

    def _uniform(self, event: str, month: int, codes: Codes) -> Array:
        return uniform(self.key, month, EVENTS.index(event), codes, self.draws)

    def some(self, event: str, month: int, codes: Codes, number: Array, chance: Array) -> Array:
        """Binomial by inversion."""
        return binomial(number, chance, self._uniform(event, month, codes))

    def split(self, event: str, month: int, codes: Codes, number: Array, shares: Array) -> Array:
        """Multinomial as a row of binomials; ``codes`` has the shape of ``shares`` less draws."""
        return multinomial(number, shares, self._uniform(event, month, codes))

    def rounded(self, event: str, codes: Codes, amount: Array) -> Array:
        """floor(amount + u), with one u a draw for the whole run.

        A fresh u every month would lift a stock that is only ever topped up: what was rounded up
        stays, what was rounded down is asked for again.
        """
        return np.floor(amount + self._uniform(event, 0, codes))

    def happens(self, event: str, codes: Codes, chance: Array) -> Array:
        """1 where u < chance."""
        return (self._uniform(event, 0, codes) < chance).astype(float)

    def opening(self, codes: Codes, amounts: Array) -> Array:
        """Whole people of the opening along the first axis, means kept.

        They add up to floor(total + u) with the u of ``rounded``: what the review brings a stock up
        to is rounded likewise, so that nobody is left over, which would lift small cells for months.
        """
        total = amounts.sum(axis=0)
        whole = systematic_round(total[None], self._uniform("requisition", 0, codes))
        scale = np.divide(whole, total, out=np.zeros_like(whole), where=total > 0)
        return systematic_round(amounts * scale, self._uniform("opening", 0, codes))
