"""Guaranteed draw: those who ramp up are paid at least a share of target pay."""

from dataclasses import dataclass
from typing import ClassVar

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Guarantee(Component):
    """``share`` of target pay, (p, d), while a person ramps up.

    Bonuses and commission count towards it; what comes on top of target pay does not.
    """

    label: ClassVar[tuple[str, str]] = ("Guarantee while ramping up", "上手期保底")
    paid: ClassVar[Paid] = "next_month"
    months: ClassVar[float] = 1.0

    share: Array = term(
        "share", "Guaranteed pay while ramping up", "上手期保底占比", 0, 1.2, nothing=0
    )

    def guaranteed(self) -> Array:
        """The share."""
        return self.share
