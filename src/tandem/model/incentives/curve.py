"""A payout curve: pay as a function of attainment, with kinks, and with cliffs where declared.

Answers: what a result pays and the slope there; a curve held to a floor. Leaves out how people's
results spread (``attainment``). Pure; anybody may import it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tandem.model.types import Array

Positions = NDArray[np.intp]


def rows_of(values: Array, positions: Positions) -> Array:
    """The positions' part of what runs along (..., p, d); what is the same for all stays as it is."""
    if values.ndim < 2 or values.shape[-2] == 1:
        return values
    return np.asarray(values[..., positions, :])


def _none() -> Array:
    return np.zeros((0, 1, 1))


@dataclass(frozen=True, slots=True)
class PayCurve:
    """Pay over target pay: level + sum slope_k (a - strike_k)+ + sum height_j [a >= step_j].

    ``level`` (p, d), ``strikes`` and ``slopes`` (k, p, d), ``steps`` and ``heights`` (j, p, d);
    strike 0 is the part linear from zero. A curve without steps is continuous.
    """

    level: Array
    strikes: Array
    slopes: Array
    steps: Array = field(default_factory=_none)
    heights: Array = field(default_factory=_none)

    @classmethod
    def flat(cls, level: Array) -> "PayCurve":
        """The same pay whatever the result."""
        none = np.zeros((0, *level.shape))
        return cls(level, none, none)

    @property
    def has_cliffs(self) -> bool:
        """Whether a cliff is declared."""
        return len(self.steps) > 0

    def at(self, attainment: Array) -> Array:
        """Pay over target pay at this attainment, (p, d)."""
        pay = self.level + (self.slopes * np.maximum(attainment - self.strikes, 0.0)).sum(axis=0)
        if self.has_cliffs:
            pay = pay + (self.heights * (attainment >= self.steps)).sum(axis=0)
        return pay

    @property
    def pays(self) -> Array:
        """Whether it pays or takes anything at some result, (p, d)."""
        found = self.level != 0
        for rows in (self.slopes, self.heights):
            found = found | (rows != 0).any(axis=0)
        return np.asarray(found)

    def of(self, positions: Positions) -> "PayCurve":
        """That of some positions alone."""
        return PayCurve(
            *(
                rows_of(values, positions)
                for values in (self.level, self.strikes, self.slopes, self.steps, self.heights)
            )
        )

    def rate(self, attainment: Array) -> Array:
        """Pay over target pay that a unit more of attainment earns there, (p, d), cliffs apart."""
        return np.asarray((self.slopes * (attainment >= self.strikes)).sum(axis=0))

    def __add__(self, other: "PayCurve") -> "PayCurve":
        return PayCurve(
            self.level + other.level,
            np.concatenate([self.strikes, other.strikes]),
            np.concatenate([self.slopes, other.slopes]),
            _joined(self.steps, other.steps),
            _joined(self.heights, other.heights),
        )


def _joined(one: Array, other: Array) -> Array:
    """Cliffs of both; a curve without any has none of the others' shape."""
    if not len(one) or not len(other):
        return one if len(one) else other
    return np.concatenate([one, other])


def floored(curve: PayCurve, floor: Array) -> PayCurve:
    """The curve held to at least ``floor`` (p, d), for a curve that nowhere falls.

    Pay stays at the floor up to the attainment a* at which the curve meets it; every kink below
    a* then acts at a*, and a cliff that leaps over the floor rises from it. A curve that never
    reaches the floor is the floor.
    """
    short = np.maximum(floor - curve.level, 0.0)
    level = curve.level + short
    meeting = _meeting(curve, level)
    strikes = np.maximum(curve.strikes, meeting)
    if not curve.has_cliffs:
        return PayCurve(level, strikes, curve.slopes)
    reached = np.isfinite(meeting)
    over = np.where(reached, curve.at(np.where(reached, meeting, 0.0)) - level, 0.0)
    over = np.where(short > 0, over, 0.0)
    later = np.where(
        (curve.steps > meeting) | ((short <= 0) & (curve.steps >= meeting)), curve.heights, 0.0
    )
    return PayCurve(
        level,
        strikes,
        curve.slopes,
        np.concatenate([curve.steps, meeting[None]]),
        np.concatenate([later, over[None]]),
    )


def _meeting(curve: PayCurve, level: Array) -> Array:
    """Attainment at which a curve that nowhere falls first reaches ``level``, (p, d)."""
    points, bends = curve.strikes, curve.slopes
    leaps = np.zeros_like(bends)
    if curve.has_cliffs:
        steps = np.broadcast_to(curve.steps, (len(curve.steps), *level.shape))
        heights = np.broadcast_to(curve.heights, steps.shape)
        points = np.concatenate([np.broadcast_to(points, (len(points), *level.shape)), steps])
        leaps = np.concatenate([np.zeros((len(bends), *level.shape)), heights])
        bends = np.concatenate(
            [np.broadcast_to(bends, (len(bends), *level.shape)), np.zeros_like(steps)]
        )
    order = np.argsort(points, axis=0, kind="stable")
    points = np.take_along_axis(points, order, axis=0)
    slopes = np.cumsum(np.take_along_axis(bends, order, axis=0), axis=0)
    leaps = np.take_along_axis(leaps, order, axis=0)
    missing = level - curve.level
    meeting = np.where(missing > 0, np.inf, 0.0)
    value = np.zeros_like(missing)
    for k in range(points.shape[0]):
        end = points[k + 1] if k + 1 < points.shape[0] else np.full_like(missing, np.inf)
        slope = slopes[k]
        if curve.has_cliffs:
            value = value + leaps[k]
            leapt = np.isinf(meeting) & (missing > 0) & (value >= missing) & np.isfinite(points[k])
            meeting = np.where(leapt, points[k], meeting)
        with np.errstate(divide="ignore", invalid="ignore"):
            here = points[k] + (missing - value) / slope
        found = (slope > 0) & (missing > 0) & np.isinf(meeting) & (here <= end)
        meeting = np.where(found, here, meeting)
        width = np.zeros_like(missing)
        np.subtract(end, points[k], out=width, where=np.isfinite(end))
        value = value + slope * width
    return meeting
