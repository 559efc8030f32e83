"""Project bonus: a sum at a milestone, and a rate on what is achieved beyond it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class ProjectBonus(Component):
    """``prize`` at ``milestone``, a declared cliff, ``rate`` a unit beyond it up to ``cap``, (p, d).

    Results are those of innovation: what a launch or a project is judged by.
    """

    label: ClassVar[tuple[str, str]] = ("Project bonus", "项目奖金")
    kpi: ClassVar[str] = "new_product"

    prize: Array = term(
        "share", "Project bonus at the milestone", "里程碑达成时项目奖金占比", 0, 2, nothing=0
    )
    milestone: Array = term(
        "1", "Attainment of the milestone", "里程碑对应的完成率", 0.1, 3, nothing=1
    )
    rate: Array = term(
        "share",
        "Project bonus per unit of attainment beyond",
        "超出里程碑部分的奖金比例",
        0,
        3,
        nothing=0,
        optional=True,
    )
    cap: Array = term(
        "1",
        "Attainment above which the project pays no more",
        "项目奖金封顶完成率",
        0.1,
        10,
        nothing=10,
        optional=True,
    )

    def curve(self) -> PayCurve:
        """prize [a >= milestone] + rate (min(a, cap) - milestone)+."""
        return PayCurve(
            np.zeros_like(self.prize),
            np.stack([self.milestone, np.maximum(self.cap, self.milestone)]),
            np.stack([self.rate, -self.rate]),
            self.milestone[None],
            self.prize[None],
        )

    def faults(self) -> Iterator[tuple[str, str]]:
        """A cap below the milestone."""
        if (self.cap < self.milestone).any():
            yield "cap", "is below the milestone: steps are out of order"
