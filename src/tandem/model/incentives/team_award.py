"""Team award: all of a team are rewarded where the team beats its target (a journey overseas)."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class TeamAward(Component):
    """``prize`` for each of a team of ``people`` whose results reach ``target``, (p, d).

    All or nothing, a declared cliff. Luck and differences average out over the team, and of the gain
    of one more sale each member earns only a part. A journey is worth ``value`` of its cost to those
    who win it. Shares are of a year's target pay.
    """

    label: ClassVar[tuple[str, str]] = ("Team award", "团队奖励")
    paid: ClassVar[Paid] = "year"
    months: ClassVar[float] = 12.0

    prize: Array = term(
        "share", "Team award over a year's pay", "团队奖励占年薪比例", 0, 1, nothing=0
    )
    target: Array = term(
        "1", "Attainment at which the team is rewarded", "团队获奖的完成率", 0.1, 3, nothing=1
    )
    people: Array = term("head", "People in a team", "团队人数", 1, 500, nothing=1)
    value: Array = term(
        "share",
        "Worth of the award to its winners over its cost",
        "奖励对获奖者的价值与成本之比",
        0,
        1,
        nothing=1,
        optional=True,
    )

    def curve(self) -> PayCurve:
        """prize [team's a >= target]."""
        none = np.zeros((0, *self.prize.shape))
        return PayCurve(np.zeros_like(self.prize), none, none, self.target[None], self.prize[None])

    def team(self) -> Array:
        """People of a team."""
        return self.people

    def worth(self) -> Array:
        """Its value over its cost."""
        return self.value
