"""Base pay: what is paid whatever the results."""

from dataclasses import dataclass

import numpy as np

from tandem.model.incentives.attainment import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class BasePay:
    """``share`` of target pay, (p, d)."""

    share: Array

    def curve(self) -> PayCurve:
        """Flat in attainment."""
        none = np.zeros((0, *self.share.shape))
        return PayCurve(self.share, none, none)
