"""Hiring dates: until when requisitions may wait, and what each month of waiting costs.

Answers, by common random numbers: the probability of an event for every opening date of a role's
requisitions, the rest as planned; the latest date at which it is still probable enough; and the
paired difference of money. Two events: the target (by months, from the simulation) and people
productive on the launch day (by days, from the hiring funnel alone). Leaves out words.

"None, at best p = ..." and "never binding" are answers too: see ``SafeDate``.

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.submissions import Announced, announced
from tandem.model import hiring, readiness
from tandem.model.simulate import norms, simulate
from tandem.model.types import Array, Inputs, Month
from tandem.results.measures import compute
from tandem.study.channels import fill_days, met
from tandem.study.decision import Difference, paired
from tandem.study.simulation import run_of

if TYPE_CHECKING:
    import pandas as pd

    from tandem.study.study import Study

__all__ = [
    "Delay", "Growth", "SafeDate", "delay_frame", "delays", "growth_positions", "latest_opening",
    "latest_safe", "ready_by_lead", "safe_lead", "safe_leads",
]  # fmt: skip

SHARE_PRODUCTIVE = (
    0.8  # of the heads asked for: four fifths of their output are there after 1.6 tau
)
ONE_SIDED_95 = 1.6448536269514722  # standard errors below a probability: its lower 95 % bound
LONGEST_LEAD = 540  # days
MEASURED = ("npv", "sales_2027", "both_targets_met")

Answer = Literal["date", "none", "never binding"]


@dataclass(frozen=True, slots=True)
class Growth:
    """A position that grows at a month: how many heads, and the month of its need."""

    role: str
    place: str
    heads: float
    needed: int


@dataclass(frozen=True, slots=True)
class Delay:
    """Requisitions that open in model month ``opens``: the event, and money against the earliest.

    ``probability`` with its lower 95 % bound ``lower``; ``npv`` and ``sales`` are paired differences
    to the earliest opening, in money.
    """

    opens: int
    probability: float
    lower: float
    npv: Difference
    sales: Difference


@dataclass(frozen=True, slots=True)
class SafeDate:
    """The latest opening with the wanted probability, or why there is none.

    ``answer`` is "date" (``date`` is the last safe day or the first day of the last safe month),
    "none" (no opening is safe; ``best`` is the highest lower bound) or "never binding" (the latest
    one that was looked at is still safe).
    """

    answer: Answer
    date: datetime.date | None
    best: float


def growth_positions(assumptions: Assumptions) -> list[Growth]:
    """Positions to which heads are added, in the order of their need; most heads first."""
    drawn = draw(assumptions, 2, 0)
    inputs = model_inputs(drawn, 0)
    found = []
    for k, (role, place) in enumerate(
        zip(inputs.structure.roles, inputs.structure.places, strict=True)
    ):
        planned = [month.parameters.people.planned_heads[k].mean() for month in inputs.months]
        before = float(inputs.base.parameters.people.heads[k].mean())
        steps = np.diff([before, *planned])
        for t in np.flatnonzero(steps > 0):
            found.append(Growth(role, place, float(steps[t]), int(t)))
    return sorted(found, key=lambda g: (g.needed, -g.heads))


def delays(
    study: Study,
    roles: Sequence[str] = (),
    channel: str | None = None,
    *,
    draws: int | None = None,
) -> list[Delay]:
    """The event and the money for each month in which the growth of some roles may open.

    ``roles`` are those whose growth waits, all where empty; the others open as planned. With
    ``channel``, those roles are hired through it alone, at every place. The first row is as early as
    the hiring policy looks ahead, the last the need itself: a review of month t opens requisitions at
    the start of t + 1. Only growth waits: what a position has and its other needs are seen as ever.
    Empty where nothing grows. Raises ValueError for a role or channel that the study does not have,
    and for a campus channel, whose hires start in July whenever requisitions open.
    """
    growing = [g for g in growth_positions(study.assumptions) if not roles or g.role in roles]
    _known(study.assumptions, roles, channel)
    if not growing:
        return []
    number = draws or study.draws
    needs = _first_needs(study, growing)
    told_in = _tellings(needs)
    runs = [_measured(study, number, _told(needs, told), channel) for told in told_in]
    first = runs[0]
    found = []
    for told, run in zip(told_in, runs, strict=True):
        share, lower = _share_met(run)
        found.append(
            Delay(
                opens=told + 1,
                probability=share,
                lower=lower,
                npv=paired("late", "early", run["npv"], first["npv"]),
                sales=paired("late", "early", run["sales_2027"], first["sales_2027"]),
            )
        )
    return found


def latest_opening(
    study: Study,
    role: str,
    channel: str | None,
    probability: float,
    *,
    draws: int | None = None,
) -> SafeDate | None:
    """The latest opening of one role's growth, through one channel, that keeps the target likely.

    As ``latest_safe`` of ``delays``, found by halving: a later opening is taken to be no likelier.
    None where the role does not grow. Raises ValueError as ``delays`` does.
    """
    growing = [g for g in growth_positions(study.assumptions) if g.role == role]
    _known(study.assumptions, [role], channel)
    if not growing:
        return None
    needs = _first_needs(study, growing)
    told_in = list(_tellings(needs))
    lowers: dict[int, float] = {}

    def safe(told: int) -> bool:
        run = _measured(study, draws or study.draws, _told(needs, told), channel)
        lowers[told] = _share_met(run)[1]
        return lowers[told] >= probability

    if not safe(told_in[0]):
        return SafeDate("none", None, max(lowers.values()))
    if safe(told_in[-1]):
        return SafeDate("never binding", None, max(lowers.values()))
    low, high = 0, len(told_in) - 1
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if safe(told_in[middle]) else (low, middle)
    return SafeDate("date", _first_day(told_in[low] + 1), max(lowers.values()))


def latest_safe(table: Sequence[Delay], probability: float) -> SafeDate:
    """The latest opening month whose lower bound reaches ``probability`` (0..1).

    Every earlier opening must reach it too. Raises ValueError for an empty table.
    """
    if not table:
        raise ValueError("nothing grows in this scenario, so nothing can open late")
    best = max(delay.lower for delay in table)
    safe = [delay.lower >= probability for delay in table]
    if all(safe):
        return SafeDate("never binding", None, best)
    if not safe[0]:
        return SafeDate("none", None, best)
    last = table[safe.index(False) - 1]
    return SafeDate("date", _first_day(last.opens), best)


def ready_by_lead(
    study: Study,
    growth: Growth,
    channel: str,
    days: Sequence[int],
    *,
    draws: int | None = None,
    inputs: Inputs | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability that four fifths of the heads asked for are productive on the day of need.

    One value a lead in ``days`` (from opening to need), with its lower 95 % bound over futures.
    Stage times and ramp-up are the draw's; recruiters' load, offers, applicants and the fast track are
    those that the scenario meets at the review before the opening, in the median future, and who leaves
    meanwhile is replaced. Campus hires start in July whatever the lead, so their event is 0 or 1 by
    the calendar. ``inputs`` spare making those of ``draws`` futures anew.
    """
    given = _inputs(study, draws) if inputs is None else inputs
    k = _position(given, growth)
    h = given.structure.channels.index(channel)
    ramp = given.months[growth.needed].parameters.people.ramp[k]
    campus = given.structure.campus[h]
    reviews = {lead: max(_opening_month(growth, float(lead)) - 1, 0) for lead in days}
    taken = {}
    for review in () if campus else sorted(set(reviews.values())):
        factor = given.months[review].parameters.people.fill_factor[k]
        taken[review] = fill_days(given, met(study, review, k), h, factor)
    chances = []
    for lead in days:
        if campus:
            chances.append(_campus_ready(growth, float(lead), ramp))
            continue
        found = readiness.yields(float(lead), *taken[reviews[lead]], ramp)
        needed = SHARE_PRODUCTIVE * growth.heads
        chances.append(readiness.probability_ready(growth.heads, needed, found))
    rows = np.stack(chances)
    error = rows.std(axis=1, ddof=1) / np.sqrt(rows.shape[1])
    middle = rows.mean(axis=1)
    return middle, middle - ONE_SIDED_95 * error


def safe_leads(
    study: Study, probability: float, *, draws: int | None = None
) -> dict[tuple[Growth, str], SafeDate]:
    """``safe_lead`` of all growth through every channel."""
    inputs = _inputs(study, draws)
    return {
        (growth, channel): safe_lead(study, growth, channel, probability, inputs=inputs)
        for growth in growth_positions(study.assumptions)
        for channel in inputs.structure.channels
    }


def safe_lead(
    study: Study,
    growth: Growth,
    channel: str,
    probability: float,
    *,
    draws: int | None = None,
    inputs: Inputs | None = None,
) -> SafeDate:
    """The latest day on which requisitions may open so that people are productive in time.

    No requisition opens before the first simulated month's review is over. ``inputs`` as in
    ``ready_by_lead``.
    """
    given = _inputs(study, draws) if inputs is None else inputs
    longest = min((_first_day(growth.needed) - _first_day(1)).days, LONGEST_LEAD)
    weeks = sorted({*range(0, max(longest, 0) + 1, 7), max(longest, 0)})
    _, lower = ready_by_lead(study, growth, channel, weeks, inputs=given)
    if lower[0] >= probability:
        return SafeDate("never binding", None, float(lower.max()))
    if not (lower >= probability).any():
        return SafeDate("none", None, float(lower.max()))
    week = int(np.argmax(lower >= probability))
    nearer = list(range(weeks[week - 1] + 1, weeks[week] + 1))
    _, exact = ready_by_lead(study, growth, channel, nearer, inputs=given)
    lead = nearer[int(np.argmax(exact >= probability))]
    return SafeDate(
        "date", _first_day(growth.needed) - datetime.timedelta(days=lead), float(lower.max())
    )


def delay_frame(table: Sequence[Delay]) -> pd.DataFrame:
    """The delays as a table: month, months late, P(both targets), sales and NPV lost, money."""
    import pandas as pd

    return pd.DataFrame(
        {
            "opens": [units.month_label(d.opens) for d in table],
            "late": [d.opens - table[0].opens for d in table],
            "probability": [d.probability for d in table],
            "sales": [d.sales.mean for d in table],
            "npv": [d.npv.mean for d in table],
            "npv_low": [d.npv.low for d in table],
            "npv_high": [d.npv.high for d in table],
        }
    )


def _inputs(study: Study, draws: int | None) -> Inputs:
    """The scenario's inputs for so many futures, the study's own number by default."""
    return model_inputs(draw(study.assumptions, draws or study.draws, study.seed), study.seed)


def _measured(
    study: Study, draws: int, needs: Mapping[int, Announced], channel: str | None
) -> dict[str, Array]:
    """Measures when HR learns of these positions' growth in the months that ``needs`` say."""
    drawn = draw(study.assumptions, draws, study.seed)
    inputs = model_inputs(drawn, study.seed)
    months = announced(inputs.months, {position: [need] for position, need in needs.items()})
    if channel is not None:
        months = tuple(_through(inputs, month, list(needs), channel) for month in months)
    run = simulate(replace(inputs, months=months))
    found = compute(run_of(drawn, run, run))  # none of these measures reads the twin
    return {name: np.asarray(found[name]) for name in MEASURED}


def _first_needs(study: Study, growing: Sequence[Growth]) -> dict[int, tuple[int, int]]:
    """Positions that grow: the month of their first need, and how far HR looks ahead, months."""
    inputs = model_inputs(draw(study.assumptions, 2, 0), 0)
    lead = np.rint(norms(inputs).lead[:, 0]).astype(int)
    found: dict[int, tuple[int, int]] = {}
    for growth in growing:
        position = _position(inputs, growth)
        found.setdefault(position, (growth.needed, int(lead[position])))
    return found


def _tellings(needs: Mapping[int, tuple[int, int]]) -> range:
    """Months in which the first need may be told: as early as the policy looks, to the need."""
    needed = min(need for need, _ in needs.values())
    earliest = max(0, min(need - lead for need, lead in needs.values()))
    return range(min(earliest, needed), needed + 1)


def _told(needs: Mapping[int, tuple[int, int]], told: int) -> dict[int, Announced]:
    """Needs told as long before they come as the first of them is, which is told in ``told``."""
    needed = min(need for need, _ in needs.values())
    return {
        position: Announced(month, max(told + month - needed, 0))
        for position, (month, _) in needs.items()
    }


def _share_met(run: Mapping[str, Array]) -> tuple[float, float]:
    """Share of draws in which both targets are met, and its lower 95 % bound."""
    met = run["both_targets_met"]
    share = float(met.mean())
    return share, share - ONE_SIDED_95 * float(np.sqrt(share * (1.0 - share) / met.size))


def _through(inputs: Inputs, month: Month, rows: list[int], channel: str) -> Month:
    """The month with some positions hired through one channel alone."""
    people = month.parameters.people
    sources = np.array(people.sources)
    sources[:, rows] = 0.0
    sources[inputs.structure.channels.index(channel), rows] = 1.0
    changed = replace(people, sources=sources)
    return replace(month, parameters=replace(month.parameters, people=changed))


def _campus_ready(growth: Growth, lead: float, ramp: Array) -> Array:
    """Campus hiring opens in autumn and brings people next July."""
    opening = _first_day(growth.needed) - datetime.timedelta(days=int(lead))
    window = opening.month - 1 in hiring.CAMPUS_OPENS
    start = datetime.date(opening.year + 1, hiring.CAMPUS_STARTS + 1, 1)
    served = (_first_day(growth.needed) - start).days
    if not window or served <= 0:
        return np.zeros_like(ramp)
    found = readiness.yields(
        float(served), np.full_like(ramp, 1e-3), np.full_like(ramp, 1e-4), ramp
    )
    return readiness.probability_ready(growth.heads, SHARE_PRODUCTIVE * growth.heads, found)


def _opening_month(growth: Growth, lead: float) -> int:
    """Model month in which a requisition opens that many days before the need."""
    opening = _first_day(growth.needed) - datetime.timedelta(days=int(lead))
    return units.month_index(f"{opening:%Y-%m}")


def _position(inputs: Inputs, growth: Growth) -> int:
    pairs = list(zip(inputs.structure.roles, inputs.structure.places, strict=True))
    return pairs.index((growth.role, growth.place))


def _first_day(month: int) -> datetime.date:
    return datetime.date.fromisoformat(f"{units.month_label(month)}-01")


def _known(assumptions: Assumptions, roles: Sequence[str], channel: str | None) -> None:
    company = assumptions.base
    assert isinstance(company, Company)
    have: tuple[tuple[str, str | None, Sequence[str]], ...] = (
        *(("role", role, list(company.roles)) for role in roles),
        ("hiring channel", channel, list(company.channels)),
    )
    for kind, name, known in have:
        if name is not None and name not in known:
            raise ValueError(f"no {kind} {name!r}; there are: {', '.join(known)}")
    if channel is not None and company.channels[channel].campus:
        raise ValueError(
            f"{channel} hires start in July whenever requisitions open: ask for people ready in time"
        )
