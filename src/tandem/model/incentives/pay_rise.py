"""Pay rise and promotion from the yearly appraisal: merit pay that stays.

Source of the form: merit matrices (Milkovich, G. and Newman, J., Compensation, the chapter on pay
for performance): a guideline rise, more for better appraisals, within a cap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class PayRise(Component):
    """A year's ``rise`` at target and ``slope`` of it, with a promotion at the top, (p, d).

    A rise stays in pay as long as the person does, and a newcomer starts without it: with ``years``
    of service in the mean, pay stands that many rises above entry pay. This is the settled cost and
    the whole of what one year's appraisal earns, paid with the month.
    """

    label: ClassVar[tuple[str, str]] = ("Pay rise and promotion", "加薪与晋升")
    paid: ClassVar[Paid] = "now"
    months: ClassVar[float] = 12.0
    together: ClassVar[tuple[str, ...]] = ("promotion", "promoted")

    rise: Array = term("share", "Yearly rise at target", "达标时年度加薪幅度", 0, 0.3, nothing=0)
    slope: Array = term(
        "share", "Rise per unit of attainment", "完成率每单位对应的加薪", 0, 1, nothing=0
    )
    cap: Array = term("share", "Rise at most", "加薪封顶", 0, 0.5, nothing=0.5)
    promotion: Array = term(
        "share", "Rise at a promotion", "晋升加薪幅度", 0, 1, nothing=0, optional=True
    )
    promoted: Array = term(
        "1", "Attainment that earns a promotion", "晋升所需完成率", 0.5, 5, nothing=2, optional=True
    )
    years: Array = term("year", "Years a rise is paid for", "加薪持续年数", 0.2, 20, nothing=1)

    def curve(self) -> PayCurve:
        """years x (clip(rise + slope (a - 1), 0, cap) + promotion [a >= promoted])."""
        steep = np.maximum(self.slope, 1e-12)
        start = np.maximum(1.0 - self.rise / steep, 0.0)
        end = np.maximum(1.0 + (self.cap - self.rise) / steep, start)
        level = np.clip(self.rise - self.slope, 0.0, self.cap)
        slope = self.slope * self.years
        return PayCurve(
            level * self.years,
            np.stack([start, end]),
            np.stack([slope, -slope]),
            self.promoted[None],
            (self.promotion * self.years)[None],
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        """A cap under the rise at target."""
        if (self.cap < self.rise).any():
            yield "cap", "is under the rise at target"
