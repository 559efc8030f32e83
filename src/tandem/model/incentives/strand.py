"""Pay of one component on one KPI's results, among people who differ.

Answers: which spread of results a component's pay period and team leave, its mean cost and the gain
from better results. Leaves out how components go together (``plan``). Imported by ``plan`` and
``assessment``.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from tandem.model.incentives.attainment import (
    attained,
    expected_payout,
    payout_gain,
    spread_of_period,
)
from tandem.model.incentives.component import Component
from tandem.model.incentives.curve import PayCurve, Positions, rows_of
from tandem.model.types import KPIS, TASKS, Array

_SALES = list(KPIS).index("sales")
_TASKS = tuple(TASKS.index(task) for task in KPIS.values())


@dataclass(frozen=True, slots=True)
class Strand:
    """``weight`` x ``curve`` of results with mean ``mean`` and log spread ``sigma``, (p, d).

    ``luck`` is the part of the spread that a person does not foresee, ``ability`` the lasting one; of
    what a team achieves ``own`` is one member's; ``task`` is what moves the result. ``sold`` marks what
    one sells oneself, which is nothing while one ramps up.
    """

    component: Component
    task: int
    curve: PayCurve
    weight: Array
    mean: Array
    sigma: Array
    luck: Array
    ability: Array
    own: Array | float
    sold: bool

    @property
    def cost(self) -> Array:
        """Mean over people, over target pay, (p, d)."""
        return self.weight * expected_payout(self.curve, self.mean, self.sigma)

    @property
    def gain(self) -> Array:
        """What one per cent better results of one's own earn, over target pay, (p, d)."""
        return self.own * (self.weight * payout_gain(self.curve, self.mean, self.sigma))

    @property
    def untried(self) -> Array:
        """Pay of who has no result at all, over target pay, (p, d)."""
        return self.weight * self.curve.at(np.zeros_like(self.mean))

    @property
    def pays(self) -> Array:
        """Positions that it pays or takes anything from in some draw, (p,)."""
        return np.asarray(((self.weight != 0) & self.curve.pays).any(axis=-1))

    def of(self, positions: Positions) -> "Strand":
        """That of some positions alone."""
        return replace(
            self,
            curve=self.curve.of(positions),
            weight=rows_of(self.weight, positions),
            mean=rows_of(self.mean, positions),
            sigma=rows_of(self.sigma, positions),
            luck=rows_of(self.luck, positions),
            ability=rows_of(self.ability, positions),
            own=rows_of(np.asarray(self.own), positions),
        )

    def reached(self, rank: float) -> Array:
        """Attainment of people at this rank (0..1) of results, over the mean of all where ranked."""
        return attained(self.mean, self.sigma, float(ndtri(rank)))

    def paid(self, deviate: Array | float, luck: bool = False) -> Array:
        """Pay of who stands ``deviate`` standard deviations from the middle, by ``luck`` alone or in all."""
        reached = attained(self.mean, self.luck if luck else self.sigma, deviate)
        return self.weight * self.curve.at(reached)

    def paid_to(self, ability: float, luck: float) -> Array:
        """Pay of a person of that lasting ability who has that luck, both in standard deviations."""
        reached = attained(attained(self.mean, self.ability, ability), self.luck, luck)
        return self.weight * self.curve.at(reached)

    def expected_by(self, ability: float) -> Array:
        """Mean pay of a person that many standard deviations above the middle in lasting ability."""
        mean = attained(self.mean, self.ability, ability)
        return self.weight * expected_payout(self.curve, mean, self.luck)


def strands_of(
    component: Component, attainment: Array, spread: Array, noise: Array
) -> Iterator[Strand]:
    """Pay of a component KPI by KPI; ``attainment`` (kpi, p, d) are the team's means.

    ``spread`` and ``noise`` (d,) are log standard deviations between people and of a month's luck. Over
    a team both average out with the root of its size, and of a gain each member has only a part.
    """
    sigma = spread_of_period(spread, noise, component.months)
    luck, ability = noise / np.sqrt(component.months), spread
    own: Array | float = 1.0
    people = component.team()
    if people is not None:
        root = np.sqrt(people)
        sigma, luck, ability, own = sigma / root, luck / root, ability / root, 1.0 / people
    for number, weight in enumerate(component.weights()):
        if weight.any():
            reached, task = attainment[number], _TASKS[number]
            curve = component.among(reached, sigma)
            mean = np.ones_like(reached) if component.ranked else reached
            sold = number == _SALES and component.personal and people is None
            yield Strand(component, task, curve, weight, mean, sigma, luck, ability, own, sold)
