"""Forecast-based quota: who forecasts well and then achieves it is paid most.

Source: Gonik, J. (1978), Tie salesmen's bonuses to their forecasts, Harvard Business Review 56(3):
with objective O, forecast F and actual A, 120 F / O where A = F, 60 (A + F) / O above the forecast and
60 (3 A - F) / O below it.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class ForecastQuota(Component):
    """``share`` of target pay where forecast and result are the objective; ``optimism`` in logs, (p, d).

    Half the rate is paid beyond the forecast and three halves are lost below it, so that the forecast
    which pays most is the median of what one can achieve (off it, a little: pay is never negative).
    """

    label: ClassVar[tuple[str, str]] = ("Forecast-based quota", "预测型定额奖金")
    of_target: ClassVar[bool] = True

    share: Array = term(
        "share", "Forecast bonus at objective", "达成目标时预测奖金占比", 0, 1, nothing=0
    )
    optimism: Array = term(
        "log",
        "Forecast over the median result",
        "预测值与中位结果的偏差",
        -1,
        1,
        nothing=0,
        optional=True,
    )

    def curve(self) -> PayCurve:
        """The curve of one who forecasts the objective, but for optimism."""
        return self.given(np.exp(self.optimism))

    def among(self, mean: Array, sigma: Array) -> PayCurve:
        """The curve of people who forecast the median of their team, but for optimism."""
        return self.given(mean * np.exp(self.optimism - 0.5 * sigma**2))

    def given(self, forecast: Array) -> PayCurve:
        """share x (3 a - f) / 2 below the forecast f, never negative, and (a + f) / 2 above it."""
        return PayCurve(
            np.zeros_like(self.share),
            np.stack([forecast / 3.0, forecast]),
            np.stack([1.5 * self.share, -self.share]),
        )
