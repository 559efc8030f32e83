"""Frontier: which scenarios buy a chance of the target at least cost, and which are dominated.

What it answers: of choices with a cost and a chance, those that no other one beats on both, and for
each of the rest one that does.

What it leaves out: what the money earns: a scenario off the frontier may have the highest net
present value. Sampling error (`tandem.study.convergence`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Position", "frontier"]


@dataclass(frozen=True, slots=True)
class Position:
    """A choice: expected cost, chance of the target, and the one that dominates it, if any does."""

    cost: float
    chance: float
    dominated_by: str | None

    @property
    def efficient(self) -> bool:
        """Whether it is on the frontier."""
        return self.dominated_by is None


def frontier(choices: Mapping[str, tuple[float, float]]) -> dict[str, Position]:
    """Each choice's place by name, from its (cost, chance), cheapest first.

    A choice is dominated where another costs no more, is no less likely, and is better in one of
    the two (Pareto); of several, the likeliest is named. Equals dominate neither. Source: Markowitz
    (1952), Portfolio selection, Journal of Finance 7(1), for the efficient set. Raises ValueError
    without choices.
    """
    if not choices:
        raise ValueError("no choice to place")
    found = {}
    for name, (cost, chance) in sorted(choices.items(), key=lambda item: item[1][0]):
        better = [
            (other_chance, -other_cost, other)
            for other, (other_cost, other_chance) in choices.items()
            if other_cost <= cost and other_chance >= chance
            if other_cost < cost or other_chance > chance
        ]
        found[name] = Position(cost, chance, max(better)[2] if better else None)
    return found
