"""Which people carry which load: cover of every stage of work by market or company-wide.

Answers: spend that can be executed, content, outlets kept, span of managers, insight, service,
recruiting and training, each as cover (1 in 2026). A market's own crew does its work; where none is
placed there, the company's crew does it for all such markets. A new market's norms are its home
market's. Imported by ``simulate``.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model.capacity import relative_load
from tandem.model.parameters import Parameters
from tandem.model.types import WORKS, Array, Structure

COMPANY = -1
NOBODY = -2


@dataclass(frozen=True, slots=True)
class Crews:
    """Who does a kind of work for each market: ``scope[m]`` a market, COMPANY or NOBODY."""

    work: Array  # (p, d) weight of positions in it
    scope: tuple[int, ...]
    place: tuple[int, ...]

    def staff(self, heads: Array, scope: int) -> Array:
        """Weighted heads of a crew, (d,)."""
        placed = (np.asarray(self.place) == scope).astype(float)[:, None]
        return np.asarray((heads * self.work * placed).sum(axis=0))

    def all_staff(self, heads: Array) -> Array:
        """Weighted heads wherever they are placed, (d,)."""
        return np.asarray((heads * self.work).sum(axis=0))

    def need(self, needs: Array, scope: int) -> Array:
        """Need of all markets that a crew serves, (d,)."""
        return np.asarray(sum(needs[m] for m, s in enumerate(self.scope) if s == scope))


def crews(structure: Structure, params: Parameters, kind: str) -> Crews:
    """Crews for one kind of work, from the weights of the roles."""
    work = params.people.work[WORKS.index(kind)]
    at = {p for k, p in enumerate(structure.place) if work[k].max() > 0}
    scope = tuple(
        m if m in at else (COMPANY if COMPANY in at else NOBODY)
        for m in range(len(structure.markets))
    )
    return Crews(work, scope, structure.place)


def market_load(
    structure: Structure,
    crew: Crews,
    needs: Array,
    heads: Array,
    needs_2026: Array,
    heads_2026: Array,
) -> Array:
    """Load of each market's crew over that of 2026, (m, d); 1 where nobody does such work.

    ``needs`` (m, d), ``heads`` (p, d) ramped.
    """
    rows = []
    for m in range(len(structure.markets)):
        scope, home = crew.scope[m], crew.scope[structure.home[m]]
        if NOBODY in (scope, home):
            rows.append(np.ones(needs.shape[-1]))
            continue
        rows.append(
            relative_load(
                crew.need(needs, scope),
                crew.staff(heads, scope),
                crew.need(needs_2026, home),
                crew.staff(heads_2026, home),
            )
        )
    return np.stack(rows)


def company_load(
    crew: Crews, need: Array, heads: Array, need_2026: Array, heads_2026: Array
) -> Array:
    """The same for work that the whole company shares, (d,)."""
    if not crew.work.any():
        return np.ones(need.shape[-1])
    return relative_load(need, crew.all_staff(heads), need_2026, crew.all_staff(heads_2026))
