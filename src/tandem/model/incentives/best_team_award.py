"""Best-team award: the best of the year share a prize; a rank prize, so its cost is known.

Source of the form: Lazear, E. P. and Rosen, S. (1981), Rank-order tournaments as optimum labor
contracts, Journal of Political Economy 89(5): what counts is the spread of luck at the last
winner's rank.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from scipy.special import ndtri

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array

TYPICAL = 0.3  # log spread that a curve drawn without its people assumes


@dataclass(frozen=True, slots=True)
class BestTeamAward(Component):
    """``prize`` over a year's pay for each of the best ``winners`` of teams of ``people``, (p, d).

    Attainment is over the mean of all teams: whatever the year is like, the same share wins.
    """

    label: ClassVar[tuple[str, str]] = ("Best-team award", "最佳团队奖")
    paid: ClassVar[Paid] = "year"
    months: ClassVar[float] = 12.0
    ranked: ClassVar[bool] = True

    prize: Array = term(
        "share", "Best-team award over a year's pay", "最佳团队奖占年薪比例", 0, 1, nothing=0
    )
    winners: Array = term("share", "Teams that win", "获奖团队占比", 0.01, 0.9, nothing=0.1)
    people: Array = term("head", "People in a competing team", "参评团队人数", 1, 500, nothing=1)

    def curve(self) -> PayCurve:
        """The curve where teams differ by a typical spread; see ``among``."""
        return self.among(np.ones_like(self.prize), np.full_like(self.prize, TYPICAL))

    def among(self, mean: Array, sigma: Array) -> PayCurve:
        """prize [a over the mean >= the winners' quantile], a declared cliff."""
        none = np.zeros((0, *self.prize.shape))
        last = np.exp(sigma * ndtri(1.0 - self.winners) - 0.5 * sigma**2)
        return PayCurve(np.zeros_like(self.prize), none, none, last[None], self.prize[None])

    def team(self) -> Array:
        """People of a team."""
        return self.people
