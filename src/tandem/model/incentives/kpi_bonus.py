"""KPI bonus: a payout curve between a threshold and a cap, on several KPIs by weight.

Source of the form: Murphy, K. J. (2001), Performance standards in incentive contracts, Journal of
Accounting and Economics 30(3): the incentive zone between threshold and cap, straight through
target.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import KPIS, Array

ROUNDING = 1e-6


@dataclass(frozen=True, slots=True)
class KpiBonus(Component):
    """``share`` of target pay at target; starts at ``threshold``, ends at ``cap`` x share, (p, d).

    The weights add up to one over the KPIs.
    """

    label: ClassVar[tuple[str, str]] = ("KPI bonus", "绩效奖金")
    of_target: ClassVar[bool] = True

    share: Array = term("share", "KPI bonus at target", "达标时绩效奖金占比", 0, 1, nothing=0)
    threshold: Array = term(
        "1", "Attainment at which the bonus starts", "奖金起付的完成率", 0, 0.95, nothing=0
    )
    cap: Array = term("1", "Bonus payout at most, over target", "奖金封顶倍数", 0.1, 5, nothing=1)
    weight_sales: Array = term(
        "share", "Bonus weight of sales", "销售指标权重", 0, 1, nothing=0, optional=True
    )
    weight_share: Array = term(
        "share", "Bonus weight of market share", "市场份额指标权重", 0, 1, nothing=0, optional=True
    )
    weight_conversion: Array = term(
        "share", "Bonus weight of conversion", "转化率指标权重", 0, 1, nothing=0, optional=True
    )
    weight_new_product: Array = term(
        "share",
        "Bonus weight of new products' success",
        "新品成功指标权重",
        0,
        1,
        nothing=0,
        optional=True,
    )
    weight_repurchase: Array = term(
        "share", "Bonus weight of repurchase", "复购指标权重", 0, 1, nothing=0, optional=True
    )
    weight_satisfaction: Array = term(
        "share", "Bonus weight of satisfaction", "满意度指标权重", 0, 1, nothing=0, optional=True
    )

    def curve(self) -> PayCurve:
        """0 up to the threshold, the share at attainment 1, straight on up to the cap."""
        slope = self.share / (1.0 - self.threshold)
        end = self.threshold + self.cap * (1.0 - self.threshold)
        return PayCurve(
            np.zeros_like(self.share),
            np.stack([self.threshold, end]),
            np.stack([slope, -slope]),
        )

    def weights(self) -> Array:
        """Weight of each KPI, (kpi, p, d)."""
        return np.stack([getattr(self, f"weight_{kpi}") for kpi in KPIS])

    def faults(self) -> Iterator[tuple[str, str]]:
        """Weights that do not add up, and a cap under what is paid at target."""
        total = sum(getattr(self, f"weight_{kpi}") for kpi in KPIS)
        if (np.abs(total - 1.0) > ROUNDING).any():
            given = (f"weight_{kpi}" for kpi in KPIS if getattr(self, f"weight_{kpi}").any())
            yield (
                next(given, "share"),
                f"weights of the KPIs must add up to 1: they add up to {np.max(total):.6g}",
            )
        if (self.cap < 1.0).any():
            yield (
                "cap",
                "is under the target pay: who meets the target would not be paid for it; 1 at least",
            )
