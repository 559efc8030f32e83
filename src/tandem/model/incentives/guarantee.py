"""Guaranteed draw: those who ramp up are paid at least a share of target pay."""

from dataclasses import dataclass

from tandem.model.incentives.attainment import PayCurve, floored
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Guarantee:
    """``share`` of target pay, (p, d), while a person ramps up."""

    share: Array

    def curve(self, earned: PayCurve) -> PayCurve:
        """Pay of one who ramps up: what is earned, never below the share, person by person."""
        return floored(earned, self.share)
