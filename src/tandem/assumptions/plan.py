"""`params/plan.yaml`: what a search for the best plan may decide, within which bounds and limits.

Answers: the variables with their bounds, the limits, how long the search goes on, and the scenarios in
which the plans that it finds are kept. Leaves out the search (`tandem.study.optimising`) and what it
writes (`plan_writing`). Study and above may import it.

    schema: 1
    defaults: {owner: finance, as_of: 2026-09-30}
    launch: {lever: lower-tier-cities, headcount: lower-tier-2027, first: 2027-01, last: 2027-09}
    variables:
      - {path: markets.lower_tier.media, part: media, low: 1, high: 4, step: 0.25, unit: M CNY/month}
      - {path: hiring.notice, part: told, low: 0, high: 6, step: 1, unit: month}
      - {path: roles.field_rep.places.lower_tier.plan, part: pay, choices: [base_and_bonus]}

A variable moves in steps from `low` to `high`, or is one of `choices`. With `rest` its path and that of
`rest` are shares that add up, with the other variables of the same `rest`, to what they add up to in the
lever. `part` says who decides it: `media` marketing, `people`, `told` and `pay` human resources.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from tandem import units
from tandem.assumptions.declared import declared_file
from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.files import FOLDER
from tandem.assumptions.places import Document
from tandem.assumptions.refusals import Problem, Refusal
from tandem.model.probation import wilson

__all__ = [
    "FILE", "PARTS", "POSITION", "Pilot", "PlanFile", "Variable", "read_plan", "share_shown",
]  # fmt: skip

FILE = f"{FOLDER}/plan.yaml"

Part = Literal["media", "people", "told", "pay"]
#: Levers by which a gap is taken apart: the month of launch, and the parts of the variables.
PARTS = ("told", "people", "media", "pay", "launch")
#: The path of heads added at a position, which a headcount plan asks for.
POSITION = re.compile(r"roles\.(\w+)\.places\.(\w+)\.added_heads")
#: How sure it must be that a plan keeps the share of futures that a limit asks for.
SURE = 0.95


class Variable(Section):
    """One thing to decide: a number between bounds, or a choice."""

    path: str
    part: Part
    low: float | None = None
    high: float | None = None
    step: float | None = Field(default=None, gt=0)
    unit: str | None = None
    choices: tuple[str, ...] = ()
    rest: str | None = None

    @property
    def size(self) -> int:
        """How many values it may take."""
        if self.choices:
            return len(self.choices)
        assert self.low is not None and self.high is not None and self.step is not None
        return round((self.high - self.low) / self.step) + 1

    def value(self, number: int) -> float | str:
        """Its value at a step, from 0; a number in the unit of the file."""
        if self.choices:
            return self.choices[number]
        assert self.low is not None and self.step is not None
        return round(self.low + number * self.step, 9)

    def nearest(self, value: float | str) -> int:
        """The step nearest to a value, within the bounds; raises ValueError for an unknown choice."""
        if self.choices:
            return self.choices.index(str(value))
        assert self.low is not None and self.step is not None
        return min(max(round((float(value) - self.low) / self.step), 0), self.size - 1)


class Launch(Section):
    """The launch that is planned: its lever, its headcount plan, and the months in which it may be."""

    lever: str
    headcount: str
    first: str
    last: str


class Search(Section):
    """How long a search goes on, and on which futures: never those of the study."""

    draws: int = Field(ge=8, le=100_000)
    seed: int = Field(ge=0, le=2**31 - 1)
    population: int = Field(ge=5, le=200)
    generations: int = Field(ge=0, le=1000)


class Tail(Section):
    """The mean of the worst `share` of futures may not fall below `npv`, in M CNY."""

    share: float = Field(gt=0, lt=1)
    npv: float


class Limits(Section):
    """What every plan must keep: cash in a share of futures, value in the worst of them.

    The share is kept where the futures of the search show it (`share_shown`).
    """

    cash_kept: float = Field(ge=0, le=1)
    staffed: float = Field(ge=0, le=1)
    tail: Tail | None = None


class PlanScenario(Section):
    """A scenario that holds a plan: what it varies, its words, and when HR is told where that is set."""

    scenario: str
    parent: str
    label: Label
    notice: float | None = Field(default=None, ge=0)


class Plans(Section):
    """The three plans: apart, handed over, and made as one."""

    silo: PlanScenario
    hand_off: PlanScenario
    joint: PlanScenario


class Pilot(Section):
    """A launch in a few cities first: how large, from when, and when it is decided what follows."""

    scenario: str
    share: float = Field(gt=0, lt=1)
    begins: str
    decided: str
    rolled_out: str
    source: str = Field(min_length=1)


class PlanFile(Section):
    """The schema of `plan.yaml`."""

    version: Literal[1] = Field(alias="schema")
    launch: Launch
    search: Search
    limits: Limits
    plans: Plans
    variables: tuple[Variable, ...] = Field(min_length=1)
    pilot: Pilot | None = None
    defaults: dict[str, Any] | None = None


@dataclass(frozen=True)
class PlanSpace:
    """What the file declares; `problem` says what is wrong at a place of it."""

    file: PlanFile
    document: Document = field(repr=False)

    @property
    def months(self) -> tuple[int, ...]:
        """Model months in which the launch may be."""
        launch = self.file.launch
        return tuple(range(units.month_index(launch.first), units.month_index(launch.last) + 1))

    def problem(self, path: tuple[str | int, ...], message: str, **more: Any) -> Problem:
        """A problem at a path of the file."""
        more = {"code": "inconsistent", **more}
        name = ".".join(str(part) for part in path)
        return Problem.at(self.document.place(path), name, message, **more)


def read_plan(project: Path) -> PlanSpace:
    """What a study's plans may decide; raises Refusal with every problem and its place.

    Refused are a file that lacks, unknown keys, a variable with neither or both of bounds and choices,
    bounds out of order or not a whole number of steps apart, a path twice, shares that leave no rest,
    months that are not simulated or out of order, and too few futures to show that cash is kept.
    """
    found, document = declared_file(project, FILE, PlanFile)
    space = PlanSpace(found, document)
    if problems := [*_stated(space), *_enough(space), *_months(space), *_variables(space)]:
        raise Refusal(problems)
    return space


def share_shown(kept: float, draws: int) -> float:
    """Share of all futures, 0..1, that `kept` out of `draws` futures show at 95 %, one-sided.

    The lower end of the score interval (`probation.wilson`): a search picks the luckiest of many plans,
    so a share that is just kept on its own futures is broken on others.
    """
    low, _high = wilson(kept, draws, 2.0 * SURE - 1.0)
    return float(low)


def _enough(space: PlanSpace) -> Iterable[Problem]:
    draws, limit = space.file.search.draws, space.file.limits.cash_kept
    if (most := share_shown(draws, draws)) < limit:
        message = (
            f"{draws} futures show at most that cash is kept in {most:.3f} of all, less than "
            f"limits.cash_kept of {limit:g}: take more futures, or a lower limit"
        )
        yield space.problem(("search", "draws"), message)


def _stated(space: PlanSpace) -> Iterable[Problem]:
    for key in ("owner", "as_of"):
        if key not in (space.file.defaults or {}):
            yield space.problem(("defaults",), f"must say {key}: who answers for the plans found")


def _months(space: PlanSpace) -> Iterable[Problem]:
    file = space.file
    stated = {("launch", "first"): file.launch.first, ("launch", "last"): file.launch.last}
    if file.pilot is not None:
        pilot = file.pilot
        stated |= {
            ("pilot", key): getattr(pilot, key) for key in ("begins", "decided", "rolled_out")
        }
    months: dict[tuple[str, str], int] = {}
    for path, name in stated.items():
        try:
            months[path] = units.month_index(name)
        except ValueError as error:
            yield space.problem(path, str(error), code="month")
            continue
        if not 0 <= months[path] < units.HORIZON:
            yield space.problem(path, "is not a simulated month", code="month", found=name)
    yield from _ordered(space, months, ("launch", "first"), ("launch", "last"), strictly=False)
    yield from _ordered(space, months, ("pilot", "begins"), ("pilot", "decided"))
    yield from _ordered(space, months, ("pilot", "decided"), ("pilot", "rolled_out"))


def _ordered(
    space: PlanSpace,
    months: Mapping[tuple[str, str], int],
    first: tuple[str, str],
    then: tuple[str, str],
    *,
    strictly: bool = True,
) -> Iterable[Problem]:
    if first not in months or then not in months:
        return
    if months[then] < months[first] + strictly:
        yield space.problem(then, f"must come after {'.'.join(first)}")


def _variables(space: PlanSpace) -> Iterable[Problem]:
    seen: set[str] = set()
    highest: dict[str, float] = {}
    for number, one in enumerate(space.file.variables):
        path = ("variables", number)
        if one.path in seen:
            yield space.problem((*path, "path"), f"{one.path} stands here twice", code="twice")
        seen.add(one.path)
        if one.part == "people" and not POSITION.fullmatch(one.path):
            message = "people are decided as roles.ROLE.places.PLACE.added_heads"
            yield space.problem((*path, "path"), message, found=one.path)
        bounds = (one.low, one.high, one.step)
        if bool(one.choices) == any(b is not None for b in bounds):
            yield space.problem(path, "takes either low, high, step and unit, or choices")
            continue
        if one.choices:
            continue
        if any(b is None for b in bounds) or one.unit is None:
            yield space.problem(path, "needs low, high, step and unit")
            continue
        low, high, step = (float(b) for b in bounds if b is not None)
        steps = (high - low) / step
        if not low < high or abs(steps - round(steps)) > 1e-6:  # rounding of decimals
            yield space.problem((*path, "high"), "must lie a whole number of steps above low")
        if one.rest is not None:
            highest[one.rest] = highest.get(one.rest, 0.0) + high
            if highest[one.rest] > 1.0:
                yield space.problem((*path, "high"), f"leaves nothing for {one.rest}")
