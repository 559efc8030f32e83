"""Guaranteed draw: those who ramp up are paid at least a share of target pay."""

from dataclasses import dataclass

import numpy as np

from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Guarantee:
    """``share`` of target pay, (p, d), while a person ramps up."""

    share: Array

    def blended(self, earned: Array, ramping: Array) -> Array:
        """Mean pay over target pay when a share ``ramping`` of people gets the better of the two."""
        return (1.0 - ramping) * earned + ramping * np.maximum(earned, self.share)
