"""Hiring dates: until when requisitions may wait, and what each month of waiting costs.

Answers, by common random numbers: the probability of an event for every opening date of a role's
requisitions, the rest as planned; the latest date at which it is still probable enough; and the
paired difference of money. The event is the target, by months, from the simulation. Leaves out words,
and people productive on the launch day (`tandem.study.ready_dates`).

"None, at best p = ..." and "never binding" are answers too: see ``SafeDate``.

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from tandem import units
from tandem.assumptions.drawing import Drawn, draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.submissions import Announced, announced
from tandem.model.simulate import norms, simulate
from tandem.model.types import Array, Inputs, Month
from tandem.results.measures import compute
from tandem.study.decision import Difference, paired
from tandem.study.simulation import run_of

if TYPE_CHECKING:
    import pandas as pd

    from tandem.study.study import Study

__all__ = [
    "ONE_SIDED_95", "Delay", "Growth", "SafeDate", "Trials", "delay_frame", "delays", "first_day",
    "growth_positions", "latest_opening", "latest_safe", "position_of",
]  # fmt: skip

ONE_SIDED_95 = 1.6448536269514722  # standard errors below a probability: its lower 95 % bound
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
    trials = Trials.of(study, draws)
    needs = _first_needs(trials.inputs, growing)
    told_in = _tellings(needs)
    runs = [_measured(trials, _told(needs, told), channel) for told in told_in]
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


@dataclass(frozen=True, slots=True)
class Trials:
    """What runs of one scenario with other opening dates have in common: made once, run often."""

    drawn: Drawn
    inputs: Inputs
    growing: tuple[Growth, ...]

    @classmethod
    def of(cls, study: Study, draws: int | None = None) -> Trials:
        """Those of so many futures, the study's own number by default."""
        drawn = draw(study.assumptions, draws or study.draws, study.seed)
        inputs = model_inputs(drawn, study.seed)
        return cls(drawn, inputs, tuple(growth_positions(study.assumptions)))


def latest_opening(
    study: Study,
    role: str,
    channel: str | None,
    probability: float,
    *,
    draws: int | None = None,
    trials: Trials | None = None,
    near: SafeDate | None = None,
) -> SafeDate | None:
    """The latest opening of one role's growth, through one channel, that keeps the target likely.

    As ``latest_safe`` of ``delays``, found by halving: a later opening is taken to be no likelier.
    ``near``, the answer for another channel or role, is looked at first and its neighbours next;
    ``trials`` spare making what all answers share. None where the role does not grow. Raises ValueError
    as ``delays`` does.
    """
    _known(study.assumptions, [role], channel)
    shared = Trials.of(study, draws) if trials is None else trials
    growing = [g for g in shared.growing if g.role == role]
    if not growing:
        return None
    needs = _first_needs(shared.inputs, growing)
    told_in = list(_tellings(needs))
    lowers: dict[int, float] = {}

    def safe(at: int) -> bool:
        if at not in lowers:
            run = _measured(shared, _told(needs, told_in[at]), channel)
            lowers[at] = _share_met(run)[1]
        return lowers[at] >= probability

    last = _last(safe, len(told_in), None if near is None else _place(near, told_in))
    best = max(lowers.values())
    if last < 0:
        return SafeDate("none", None, best)
    if last == len(told_in) - 1:
        return SafeDate("never binding", None, best)
    return SafeDate("date", first_day(told_in[last] + 1), best)


def _last(safe: Callable[[int], bool], number: int, near: int | None) -> int:
    """The last of ``number`` places that is safe, all before it being so; -1 where none is."""
    if near is not None:
        while near >= 0 and not safe(near):
            near -= 1
        while 0 <= near < number - 1 and safe(near + 1):
            near += 1
        return near
    low, high = -1, number
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if safe(middle) else (low, middle)
    return low


def _place(near: SafeDate, told_in: Sequence[int]) -> int:
    """Place of an answer among the months in which HR may be told, the nearest there is."""
    if near.date is None:
        return 0 if near.answer == "none" else len(told_in) - 1
    told = units.month_index(f"{near.date:%Y-%m}") - 1
    return int(np.argmin(np.abs(np.asarray(told_in) - told)))


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
    return SafeDate("date", first_day(last.opens), best)


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


def _measured(
    trials: Trials, needs: Mapping[int, Announced], channel: str | None
) -> dict[str, Array]:
    """Measures when HR learns of these positions' growth in the months that ``needs`` say."""
    inputs = trials.inputs
    months = announced(inputs.months, {position: [need] for position, need in needs.items()})
    if channel is not None:
        months = tuple(_through(inputs, month, list(needs), channel) for month in months)
    run = simulate(replace(inputs, months=months))
    found = compute(run_of(trials.drawn, run, run))  # none of these measures reads the twin
    return {name: np.asarray(found[name]) for name in MEASURED}


def _first_needs(inputs: Inputs, growing: Sequence[Growth]) -> dict[int, tuple[int, int]]:
    """Positions that grow: the month of their first need, and how far HR looks ahead, months."""
    lead = np.rint(norms(inputs).lead[:, 0]).astype(int)
    found: dict[int, tuple[int, int]] = {}
    for growth in growing:
        position = position_of(inputs, growth)
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


def position_of(inputs: Inputs, growth: Growth) -> int:
    """Number of the position that grows."""
    pairs = list(zip(inputs.structure.roles, inputs.structure.places, strict=True))
    return pairs.index((growth.role, growth.place))


def first_day(month: int) -> datetime.date:
    """The first day of a model month."""
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
