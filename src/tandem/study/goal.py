"""From goal to headcount: which people a growth target needs, by role and month (C1).

Answers: heads of each position that the demand of a plan needs by its declared driver; the smallest
part of them with which the targets are met; and the month in which their requisitions must open.
All at central assumptions with people in time, so it is what the plan needs, not what will happen:
leaving, late hires and luck are the simulation's. Leaves out words.

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.resolved import Assumptions
from tandem.model import policy
from tandem.model.anchor import field_time
from tandem.model.simulate import people_in_time, simulate
from tandem.model.types import WORKS, Array, Inputs, Trajectory

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Goal", "Need", "expected_inputs", "goal_to_headcount", "heads_by_drivers"]

TARGET_YEAR = int(units.FIRST_MONTH[:4]) + 1
STEPS = 14  # halvings of the part of the need: to a sixteen-thousandth


@dataclass(frozen=True, slots=True)
class Need:
    """What one position needs: heads of 2026, of the target year's end, and when.

    ``planned`` is what the hiring policy aims at by the year's end, in the median future. ``full`` serves all the demand of the plan, ``needed`` is the part of it with which the targets
    are met. ``month`` is the first model month in which a head more than in 2026 is needed and
    ``opens`` the last one in which the first requisition may open, as long as the scenario takes to
    fill; both None where nobody is added.
    """

    role: str
    place: str
    driver: str
    heads_2026: float
    full: float
    needed: float
    planned: float
    month: int | None
    opens: int | None


@dataclass(frozen=True, slots=True)
class Goal:
    """Whether people can make the target, and which: growth over 2026 as factors.

    ``part`` is the share of the full need with which both targets are met: 0 where the people of
    2026 do, None where even the full need does not, for then demand is lacking.
    """

    sales_growth: float
    customers_growth: float
    part: float | None
    sales_at_full: float
    customers_at_full: float
    sales_as_2026: float
    needs: tuple[Need, ...]


def goal_to_headcount(
    study: Study, sales_growth: float | None = None, customers_growth: float | None = None
) -> Goal:
    """People that the targets need in the study's scenario, by position.

    Targets are factors over 2026, nominal for sales; by default those of the parameter files.
    Raises ValueError for a factor that is not above 0.
    """
    at = study.assumptions.estimates
    wanted = (
        at["targets.sales_growth"].median if sales_growth is None else sales_growth,
        at["targets.new_customers_growth"].median if customers_growth is None else customers_growth,
    )
    if min(wanted) <= 0:
        raise ValueError(f"targets are factors over 2026 above 0, not {wanted}")
    inputs = expected_inputs(study.assumptions, study.seed)
    full = heads_by_drivers(inputs)
    then = inputs.base.parameters.people.heads

    def reached(part: float) -> tuple[float, float]:
        return _growth(_in_time(inputs, then + part * np.maximum(full - then, 0.0)))

    def met(part: float) -> bool:
        return all(got >= goal for got, goal in zip(reached(part), wanted, strict=True))

    at_full, as_2026 = reached(1.0), reached(0.0)
    part = _smallest(met)
    return Goal(
        *wanted,
        part,
        *at_full,
        as_2026[0],
        _needs(
            inputs, full, 1.0 if part is None else part, _months_to_fill(study), _targets(study)
        ),
    )


def expected_inputs(assumptions: Assumptions, seed: int) -> Inputs:
    """The inputs of one draw at central assumptions, without luck: what ``heads_by_drivers`` takes."""
    inputs = model_inputs(central(assumptions), seed)
    return replace(inputs, central=None, whole_people=False, shock=np.zeros_like(inputs.shock))


def heads_by_drivers(inputs: Inputs) -> Array:
    """Heads that serve the demand of a plan as 2026 was served, (t, p, d).

    Demand is that of a run whose people are never missing. Contact roles follow leads over contacts
    a head, their managers the heads they lead, outlet roles distribution, spend and content roles
    media, agents customers, analysts the markets watched, recruiters and trainers heads. A new
    market is staffed as its home market is.
    """
    run = simulate(replace(inputs, unlimited_people=True))
    s, base = inputs.structure, inputs.base.parameters
    reference = run.anchor.reference
    season = np.stack([base.demand.season[units.calendar_month(t)] for t in range(units.HORIZON)])
    level = run.market["leads"] / season[:, None]
    mean_leads = reference.leads.mean(axis=0)
    contacts = run.anchor.contacts * np.stack(
        [m.parameters.market.contacts_ratio / base.market.contacts_ratio for m in inputs.months]
    )
    busy = field_time(s, base)
    home = list(s.home)
    work = np.divide(level, contacts, out=np.zeros_like(level), where=contacts > 0)
    norm = np.divide(
        mean_leads, run.anchor.contacts, out=np.zeros_like(mean_leads), where=mean_leads > 0
    )[home]
    outlets = base.market.outlets
    covered = run.market["coverage"] * outlets
    kept = (reference.coverage.mean(axis=0) * outlets)[home]
    per_market = {
        "contacts": (work, norm),
        "span": (work, norm),
        "outlets_opened": (covered, kept),
        "outlets_kept": (covered, kept),
        "spend": (run.market["media_spend"], base.market.media[home]),
        "content": (run.market["media_spend"], base.market.media[home]),
        "insight": (
            np.stack([np.asarray(m.open, dtype=float)[:, None] for m in inputs.months]),
            np.asarray(s.existing, dtype=float)[home][:, None],
        ),
        "service": (run.market["customers"], reference.customers.mean(axis=0)[home]),
    }
    rows: list[Array] = []
    later: list[int] = []
    for k, place in enumerate(s.place):
        kind = WORKS[s.driver[k]]
        own = base.people.heads[s.home_position[k]]
        if kind not in per_market:
            later.append(k)
            rows.append(np.zeros((units.HORIZON, 1)))
            continue
        now, norms = per_market[kind]
        if place < 0:
            exists = np.asarray(s.existing, dtype=float)[:, None]
            ratio = now.sum(axis=1) / (norms * exists).sum(axis=0)
        else:
            ratio = now[:, place] / np.maximum(norms[place], 1e-12)
            if kind == "contacts":
                h = s.home_position[k]
                ratio = ratio * (1.0 - busy[h]) / (1.0 - busy[k])
        rows.append(own * ratio)
    heads = np.stack(rows, axis=1)
    total, usual = heads.sum(axis=1), base.people.heads.sum(axis=0)
    for k in later:
        usual = usual - base.people.heads[k]
    for k in later:
        heads[:, k] = base.people.heads[k] * total / usual
    return heads


def _in_time(inputs: Inputs, heads: Array) -> Trajectory:
    """The run in which these heads (t, p, d) are there month by month, ramped as in 2026."""
    months = []
    for t, month in enumerate(inputs.months):
        p = month.parameters
        held = replace(p.hiring, company_follow=np.zeros(1), buffer=np.zeros(1))
        market = replace(p.market, staffing_follow=np.zeros_like(p.market.staffing_follow))
        staffed = replace(p.people, planned_heads=heads[t])
        months.append(
            replace(month, parameters=replace(p, hiring=held, market=market, people=staffed))
        )
    return people_in_time(replace(inputs, months=tuple(months)))


def _growth(run: Trajectory) -> tuple[float, float]:
    """Nominal sales and new customers of the target year over 2026."""
    year = units.year_slice(TARGET_YEAR)
    reference = run.anchor.reference
    prices = run.company["price_index"][year][:, None]
    sales = (run.market["sales"][year] * prices).sum() / reference.sales.sum()
    joined = run.market["new_customers"][year].sum() / reference.new_customers.sum()
    return float(sales), float(joined)


def _smallest(met: Callable[[float], bool]) -> float | None:
    """The smallest part in 0..1 that meets the targets, None where 1 does not."""
    if not met(1.0):
        return None
    if met(0.0):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = 0.5 * (low + high)
        low, high = (low, middle) if met(middle) else (middle, high)
    return high


def _months_to_fill(study: Study) -> Array:
    """Months to fill that the scenario meets by month of the review, median future, (t, p)."""
    days = study.results["days_to_fill"].transpose("month", "position", "draw").values
    return np.asarray(np.median(days, axis=-1) / units.DAYS_PER_MONTH, dtype=np.float64)


def _targets(study: Study) -> Array:
    """Heads that the hiring policy aims at by the end of the target year, median future, (p,)."""
    last = units.year_slice(TARGET_YEAR).stop - 1
    wanted = study.results["required_heads"].isel(month=last).transpose("position", "draw").values
    return np.asarray(np.median(wanted, axis=-1), dtype=np.float64)


def _opens(needed: int, fill: Array, ramp: Array) -> int:
    """The last month in which a requisition may open for a need, model month.

    ``fill`` and ``ramp`` (t,) are months to fill of the review of month t, and to ramp up. The
    requisition opens the month after its review; below 1 where even that of the first would be late, by
    so many months.
    """
    lead = np.ceil(policy.lead_months(fill, ramp)).astype(int)
    reviews = np.arange(len(lead))
    in_time = np.flatnonzero(reviews + lead <= needed)
    return int(in_time[-1]) + 1 if in_time.size else needed - int(lead[0]) + 1


def _needs(
    inputs: Inputs, full: Array, part: float, fill: Array, targets: Array
) -> tuple[Need, ...]:
    s, base = inputs.structure, inputs.base.parameters
    last = units.year_slice(TARGET_YEAR).stop - 1
    then = base.people.heads
    needed = then + part * np.maximum(full - then, 0.0)
    found = []
    for k, (role, place) in enumerate(zip(s.roles, s.places, strict=True)):
        more = np.flatnonzero(needed[: last + 1, k, 0] >= then[k, 0] + 1.0)
        month = int(more[0]) if more.size else None
        ramp = np.array([m.parameters.people.ramp[k, 0] for m in inputs.months])
        opens = None if month is None else _opens(month, fill[:, k], ramp)
        found.append(
            Need(
                role,
                place,
                WORKS[s.driver[k]],
                float(then[k, 0]),
                float(full[last, k, 0]),
                float(needed[last, k, 0]),
                float(targets[k]),
                month,
                opens,
            )
        )
    return tuple(found)
