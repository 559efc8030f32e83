"""Innovation award: a sum for what is judged an innovation."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class InnovationAward(Component):
    """``prize`` over a year's pay for results of innovation at ``bar`` or above, (p, d)."""

    label: ClassVar[tuple[str, str]] = ("Innovation award", "创新奖")
    paid: ClassVar[Paid] = "year"
    months: ClassVar[float] = 12.0
    kpi: ClassVar[str] = "new_product"

    prize: Array = term(
        "share", "Innovation award over a year's pay", "创新奖占年薪比例", 0, 1, nothing=0
    )
    bar: Array = term(
        "1", "Attainment that earns the award", "获得创新奖的完成率", 0.1, 5, nothing=1
    )

    def curve(self) -> PayCurve:
        """prize [a >= bar]: a declared cliff."""
        none = np.zeros((0, *self.prize.shape))
        return PayCurve(np.zeros_like(self.prize), none, none, self.bar[None], self.prize[None])
