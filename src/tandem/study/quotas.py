"""Quotas: the annual objective by quarter, month, market and head, and what stretch is worth.

Answers: what each market owes in each month and each productive head of it, so that all of it adds
back to the objective; the chance of that; and what a level of stretch pays people whose quotas
follow it. Leaves out the key results (`tandem.study.objectives`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.model.incentives.plan import assemble, payout
from tandem.model.objectives import split
from tandem.model.state import minimum_over_pay
from tandem.model.types import KPIS, WORKS, Inputs
from tandem.study.sales_drivers import TARGET_YEAR, YEAR, Months

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Level", "Quota", "quotas", "stretched"]

Draws = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Quota:
    """What one market owes: ``months`` (12,) CNY, heads who meet customers, and the chance of it.

    ``a_head`` (12,) is the month over the mean productive heads; 0 where nobody is there.
    """

    market: str
    role: str
    months: Draws
    heads: Draws
    a_head: Draws
    probability: float


@dataclass(frozen=True, slots=True)
class Level:
    """One level of stretch: growth asked for, its probability, and pay over target pay by plan.

    ``attainment`` is sales over the level's, in the median future; ``pay`` is the mean over futures
    and people of those who sell, with their quotas set at the level.
    """

    level: float
    growth: float
    probability: float
    attainment: float
    pay: dict[str, float]


def quotas(
    study: Study, inputs: Inputs, quarters: Draws, then: Months, now: Months
) -> tuple[Quota, ...]:
    """What each market owes of ``quarters`` (4,), CNY; markets without a share are left out.

    Quarters go to months as 2026's season has it, months to markets as the plan's mean has it, and
    markets to the heads who meet customers there, by their work.
    """
    season = then["sales"].sum(axis=(1, 2)).reshape(4, 3).T
    owed = split(split(quarters, season).T.ravel(), now["sales"].mean(axis=-1).T)
    year = units.year_slice(TARGET_YEAR)
    ramped = study.results["ramped_heads"].transpose("month", "position", "draw")
    able = np.asarray(ramped.values[year], dtype=float).mean(axis=-1)
    work = np.stack([_contacts(inputs, t) for t in range(year.start, year.stop)])
    found = []
    for k, market in enumerate(inputs.structure.markets):
        by_position = able * work * inputs.structure.serves(k)[:, 0]
        heads = by_position.sum(axis=1)
        if owed[k].any():
            found.append(
                Quota(
                    market,
                    inputs.structure.roles[int(np.argmax(by_position.sum(axis=0)))],
                    owed[k],
                    heads,
                    np.divide(owed[k], heads, out=np.zeros(YEAR), where=heads > 0),
                    float((now["sales"][:, k].sum(axis=0) >= owed[k].sum()).mean()),
                )
            )
    return tuple(found)


def stretched(inputs: Inputs, level: float, goal: float, sold: Draws, sold_2026: Draws) -> Level:
    """A level asks for that part of the objective's growth; quotas follow it."""
    growth = 1.0 + level * (goal - 1.0)
    attained = sold / (growth * sold_2026)
    return Level(
        level,
        growth,
        float((attained >= 1.0).mean()),
        float(np.median(attained)),
        _pay(inputs, attained),
    )


def _contacts(inputs: Inputs, month: int) -> Draws:
    """Contact work of a head by position, (p,), at the first draw."""
    return np.asarray(inputs.months[month].parameters.people.work[WORKS.index("contacts")][:, 0])


def _pay(inputs: Inputs, attained: Draws) -> dict[str, float]:
    """Mean pay over target pay by plan, of plans on which somebody meets customers in December."""
    last = units.year_slice(TARGET_YEAR).stop - 1
    month = inputs.months[last]
    p, s = month.parameters, inputs.structure
    reached = np.broadcast_to(attained, (len(s.positions), attained.size))
    usual = np.broadcast_to(p.incentive.attainment_2026, reached.shape)
    kpis = np.stack([reached if kpi == "sales" else usual for kpi in KPIS])
    plan = assemble(p.incentive, month.plan, minimum_over_pay(s, p))
    paid = payout(plan, p.incentive, kpis, np.zeros_like(reached))
    total = np.broadcast_to(paid.pay, reached.shape).mean(axis=-1)
    heads = p.people.planned_heads[:, 0] * (_contacts(inputs, last) > 0)
    found = {}
    for number, name in enumerate(s.plans):
        mine = heads * (np.asarray(month.plan) == number)
        if mine.any():
            found[name] = float((total * mine).sum() / mine.sum())
    return found
