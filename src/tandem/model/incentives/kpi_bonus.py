"""KPI bonus: a payout curve between a threshold and a cap, on several KPIs by weight.

Source of the form: Murphy, K. J. (2001), Performance standards in incentive contracts, Journal of
Accounting and Economics 30(3): the incentive zone between threshold and cap, straight through
target.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model.incentives.attainment import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class KpiBonus:
    """``share`` of target pay at target; starts at ``threshold``, ends at ``cap`` x share, (p, d)."""

    share: Array
    threshold: Array
    cap: Array

    def curve(self) -> PayCurve:
        """0 up to the threshold, the share at attainment 1, straight on up to the cap."""
        slope = self.share / (1.0 - self.threshold)
        end = self.threshold + self.cap * (1.0 - self.threshold)
        return PayCurve(
            np.zeros_like(self.share),
            np.stack([self.threshold, end]),
            np.stack([slope, -slope]),
        )
