"""Commission: a rate on results, faster above quota, held by a cap."""

from dataclasses import dataclass

import numpy as np

from tandem.model.incentives.attainment import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Commission:
    """``share`` of target pay at quota; see ``curve``; all (p, d)."""

    share: Array
    threshold: Array
    accelerator: Array
    cap: Array

    def curve(self) -> PayCurve:
        """share x (a - threshold) / (1 - threshold) to quota, accelerated above, flat from the cap.

        ``threshold`` and ``cap`` are attainments, below and above 1.
        """
        rate = self.share / (1.0 - self.threshold)
        return PayCurve(
            np.zeros_like(self.share),
            np.stack([self.threshold, np.ones_like(self.share), self.cap]),
            np.stack([rate, rate * (self.accelerator - 1.0), -rate * self.accelerator]),
        )
