"""Commission: a rate on results, other rates above quota and above a tier, held by a cap."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array

NEVER = 10.0  # an attainment that nobody reaches


@dataclass(frozen=True, slots=True)
class Commission(Component):
    """``share`` of target pay at quota; see ``curve``; all (p, d).

    A rate may be lower than the one before it (a decelerating tier); none is negative.
    """

    label: ClassVar[tuple[str, str]] = ("Commission", "销售提成")
    paid: ClassVar[Paid] = "next_month"
    months: ClassVar[float] = 1.0
    of_target: ClassVar[bool] = True
    in_minimum: ClassVar[bool] = True
    together: ClassVar[tuple[str, ...]] = ("tier", "tier_rate")

    share: Array = term("share", "Commission at quota", "达成定额时提成占比", 0, 1, nothing=0)
    threshold: Array = term(
        "1", "Attainment at which commission starts", "提成起付的完成率", 0, 0.95, nothing=0
    )
    accelerator: Array = term("1", "Rate above quota over below", "超额提成倍率", 0, 4, nothing=1)
    cap: Array = term(
        "1",
        "Attainment above which nothing is added",
        "提成封顶完成率",
        0.1,
        NEVER,
        nothing=NEVER,
    )
    tier: Array = term(
        "1",
        "Attainment at which the next tier starts",
        "下一档提成起点完成率",
        0.1,
        NEVER,
        nothing=NEVER,
        optional=True,
    )
    tier_rate: Array = term(
        "1",
        "Rate in the next tier over that below quota",
        "下一档提成倍率",
        0,
        6,
        nothing=0,
        optional=True,
    )

    def curve(self) -> PayCurve:
        """share x (a - threshold) / (1 - threshold) to quota, accelerated above, flat from the cap.

        ``threshold``, ``tier`` and ``cap`` are attainments; above the tier its own rate holds.
        """
        rate = self.share / (1.0 - self.threshold)
        if (self.tier >= self.cap).all():  # no tier below the cap
            return PayCurve(
                np.zeros_like(self.share),
                np.stack([self.threshold, np.ones_like(self.share), self.cap]),
                np.stack([rate, rate * (self.accelerator - 1.0), -rate * self.accelerator]),
            )
        tier = np.minimum(self.tier, self.cap)
        return PayCurve(
            np.zeros_like(self.share),
            np.stack([self.threshold, np.ones_like(self.share), tier, self.cap]),
            np.stack(
                [
                    rate,
                    rate * (self.accelerator - 1.0),
                    rate * (self.tier_rate - self.accelerator),
                    -rate * self.tier_rate,
                ]
            ),
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        """Tiers out of order, and a cap under quota."""
        if (self.cap < 1.0).any():
            yield (
                "cap",
                "is under the quota: who meets it would not be paid the target pay; 1 at least",
            )
        if (self.tier < NEVER).any() and ((self.tier <= 1.0) | (self.tier >= self.cap)).any():
            yield "tier", "tiers are out of order: it must lie above quota (1) and below the cap"
