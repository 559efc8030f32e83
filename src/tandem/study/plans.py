"""Plans: points of what `params/plan.yaml` may decide, as assumptions that can be simulated.

What it answers: for a month of launch and a value of every variable, the assumptions of the scenario
that they make, the same as when they stand in files (`tandem.assumptions.plan_writing`); and the values
that a scenario has now.

What it leaves out: which point is best (`tandem.study.optimising`).

Who may import it: the modules of `tandem.study`, cli.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from tandem import units
from tandem.assumptions.base import Base, read_base
from tandem.assumptions.drawing import central
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.files import ParameterFiles
from tandem.assumptions.layers import Layer, Patch
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.overrides import OVERRIDES, read_overrides
from tandem.assumptions.plan import POSITION, PlanSpace, Variable, read_plan
from tandem.assumptions.plan_writing import PlanFiles
from tandem.assumptions.refusals import Problem, Refusal
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.study.search import Point

__all__ = ["Plan", "Plans", "parent_problems", "read_plans"]

#: Parts of a plan that hold from the first month on; the others from the launch on.
AT_ONCE = ("told", "pay")


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan: the model month of launch, and a value by path of each variable, rests included."""

    launch: int
    values: Mapping[str, float | str]


@dataclass(frozen=True)
class Plans:
    """What a study's plans may decide, and the launch that they decide about.

    ``template`` is the scenario whose lever and headcount plan say what a launch is; ``base`` the rows
    that a value replaces.
    """

    space: PlanSpace
    template: Assumptions = field(repr=False)
    base: Base = field(repr=False)

    @property
    def variables(self) -> tuple[Variable, ...]:
        """The variables in the order of the file."""
        return self.space.file.variables

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many steps each coordinate of a point has: the launch first, then the variables."""
        return (len(self.space.months), *(one.size for one in self.variables))

    def month_of(self, variable: Variable, launch: int) -> int:
        """Model month from which a variable holds."""
        return 0 if variable.part in AT_ONCE else launch

    def plan(self, point: Point) -> Plan:
        """The plan at a point."""
        launch, *steps = point
        values = {
            one.path: one.value(step) for one, step in zip(self.variables, steps, strict=True)
        }
        return Plan(self.space.months[launch], {**values, **self._rests(values)})

    def point(self, plan: Plan) -> Point:
        """The point nearest to a plan, within the bounds."""
        months = self.space.months
        launch = min(max(plan.launch - months[0], 0), len(months) - 1)
        return (launch, *(one.nearest(plan.values[one.path]) for one in self.variables))

    def present(self, assumptions: Assumptions) -> Plan:
        """What a scenario decides now: medians, in the units of the file.

        Raises Refusal for one that never sets what the launch lever sets.
        """
        month = self._launch_of(assumptions)
        values = {
            one.path: _value(assumptions, one, self.month_of(one, month)) for one in self.variables
        }
        return Plan(month, {**values, **self._rests(values)})

    def assumptions(self, plan: Plan) -> Assumptions:
        """The assumptions of the scenario that a plan makes; raises Refusal for a value not allowed."""
        by_hand = [p for p in self.template.patches if p.layer == OVERRIDES]
        patches = (*self._launched(plan), *self._decided(plan), *by_hand)
        return replace(self.template, patches=patches, layers=())

    def rows(self, plan: Plan) -> dict[str, tuple[int, str]]:
        """Month and row of every path that the variables decide, as a file states it."""
        found: dict[str, tuple[int, str]] = {}
        for one in self.variables:
            month = self.month_of(one, plan.launch)
            found[one.path] = (month, _row(plan.values[one.path], one.unit))
            if one.rest is not None:
                found[one.rest] = (month, _row(plan.values[one.rest], one.unit))
        return found

    def files(self, name: str, plan: Plan) -> PlanFiles:
        """What a plan comes to as files; ``name`` is silo, hand_off or joint."""
        entry = getattr(self.space.file.plans, name)
        rows = {path: row for path, (_month, row) in self.rows(plan).items()}
        heads = {path for path in rows if POSITION.fullmatch(path)}
        at_once = {one.path for one in self.variables if one.part in AT_ONCE}
        kept = {p.path: _stated(p) for p in self.kept()}
        return PlanFiles(
            scenario=entry.scenario,
            parent=entry.parent,
            label=entry.label,
            launch_month=units.month_label(plan.launch),
            first_month=units.FIRST_MONTH,
            launch={**kept, **{p: r for p, r in rows.items() if p not in heads | at_once}},
            people={path: row for path, row in rows.items() if path in at_once},
            requests=self._requests(plan),
        )

    def _requests(self, plan: Plan) -> list[dict[str, object]]:
        """The template's requests with the heads and the month of the plan."""
        headcount = self.space.file.launch.headcount
        rows = []
        for asked in _layer(self.space, self.template, "headcount", headcount).requests:
            number = plan.values.get(asked.position, float(asked.number))
            reason = {"en": asked.reason.en, "zh": asked.reason.zh}
            rows.append(
                {"role": asked.role, "place": asked.place, "number": round(float(number)),
                 "needed": units.month_label(plan.launch), "reason": reason}
            )  # fmt: skip
        return rows

    def kept(self) -> tuple[Patch, ...]:
        """What the launch lever sets and no variable decides."""
        lever = self.space.file.launch.lever
        patches = _layer(self.space, self.template, "levers", lever).patches
        return tuple(p for p in patches if p.path not in self._paths)

    def _launch_of(self, assumptions: Assumptions) -> int:
        """Model month from which a scenario has what the launch lever sets."""
        path = self.kept()[0].path
        patches = assumptions.patches_of(path)
        if not patches:
            message = f"scenario {assumptions.scenario.name} has no launch: it does not set {path}"
            raise Refusal([self.space.problem(("launch", "lever"), message)])
        return patches[0].month

    @property
    def _paths(self) -> set[str]:
        return {p for one in self.variables for p in (one.path, one.rest) if p is not None}

    def _launched(self, plan: Plan) -> list[Patch]:
        """The launch as the template has it, moved to the plan's month."""
        headcount = self.space.file.launch.headcount
        asked = _layer(self.space, self.template, "headcount", headcount).patches
        others = [p for p in asked if p.path not in self._paths]
        return [replace(p, month=plan.launch) for p in (*others, *self.kept())]

    def _decided(self, plan: Plan) -> tuple[Patch, ...]:
        texts = [
            f"{path}@{units.month_label(month)}={row}"
            for path, (month, row) in self.rows(plan).items()
        ]
        problems: list[Problem] = []
        layer = read_overrides(texts, self.base, Company, problems)
        if problems:
            raise Refusal(problems)
        return layer.patches

    def _rests(self, values: Mapping[str, float | str]) -> dict[str, float | str]:
        """Shares that take what the variables leave of what they add up to in the template."""
        found: dict[str, float | str] = {}
        for rest in dict.fromkeys(one.rest for one in self.variables if one.rest is not None):
            own = [one for one in self.variables if one.rest == rest]
            named = [*(one.path for one in own), rest]
            month = units.month_index(self.space.file.launch.last)
            whole = sum(_median(self.template, path, month) for path in named)
            taken = sum(float(values[one.path]) for one in own)
            found[rest] = round(whole - taken, 9)
        return found


def read_plans(project: Path, overrides: Sequence[str] = ()) -> Plans:
    """What a study's plans may decide; ``overrides`` as for a scenario hold in every plan.

    Raises Refusal with every problem: those of `params/plan.yaml` itself, a path that the study does not
    have or that holds no value of the kind, a scenario, lever or headcount plan that is not there.
    """
    space = read_plan(project)
    joint = space.file.plans.joint
    try:
        template = load_assumptions(Path(project), Company, joint.parent, overrides)
    except Refusal as refusal:
        unknown = [p for p in refusal.problems if p.code == "unknown-scenario"]
        if not unknown:
            raise
        where = ("plans", "joint", "parent")
        raise Refusal(
            [space.problem(where, "no such scenario", code="unknown-scenario", found=joint.parent,
                           allowed=unknown[0].allowed)]
        ) from refusal  # fmt: skip
    base = read_base(ParameterFiles(Path(project)), Company)
    plans = Plans(space, template, base)
    if problems := _path_problems(plans):
        raise Refusal(problems)
    if not plans.kept():
        message = "sets nothing but what is decided here: it must open the market"
        raise Refusal([space.problem(("launch", "lever"), message)])
    plans.assumptions(plans.present(template))  # what a value may not be is refused now
    return plans


def parent_problems(plans: Plans) -> list[Problem]:
    """Scenarios that a found plan would vary and that the study does not have."""
    known = tuple(plans.template.scenarios)
    parents = {n: getattr(plans.space.file.plans, n).parent for n in ("silo", "hand_off", "joint")}
    return [
        plans.space.problem(
            ("plans", name, "parent"), "no such scenario", code="unknown-scenario", found=parent,
            allowed=known,
        )
        for name, parent in parents.items() if parent not in known
    ]  # fmt: skip


def _path_problems(plans: Plans) -> list[Problem]:
    problems = []
    leaves = plans.template.leaves
    for number, one in enumerate(plans.variables):
        for key in ("path", "rest"):
            path = getattr(one, key)
            if path is None:
                continue
            where = ("variables", number, key)
            if path not in leaves:
                problems.append(
                    plans.space.problem(
                        where, "no such value", code="unknown-path", found=path,
                        allowed=tuple(leaves),
                    )
                )  # fmt: skip
            elif isinstance(leaves[path].value, Estimate) == bool(one.choices):
                kind = "a number" if one.choices else "a choice"
                problems.append(plans.space.problem(where, f"{path} is {kind}"))
            elif one.choices and (now := _value(plans.template, one, 0)) not in one.choices:
                message = f"{now}, which {plans.template.scenario.name} has, is none of its choices"
                problems.append(plans.space.problem(("variables", number, "choices"), message))
    return problems


def _layer(space: PlanSpace, assumptions: Assumptions, kind: str, name: str) -> Layer:
    for layer in assumptions.layers:
        if (layer.kind, layer.name) == (kind, name):
            return layer
    key = "lever" if kind == "levers" else kind
    message = f"scenario {assumptions.scenario.name} does not list it"
    raise Refusal([space.problem(("launch", key), message, found=name)])


def _value(assumptions: Assumptions, variable: Variable, month: int) -> float | str:
    if variable.choices:
        return str(central(assumptions).choice(variable.path)[month])
    unit = assumptions.estimates[variable.path].unit
    median = _median(assumptions, variable.path, month)
    return float(units.convert([median], unit, str(variable.unit))[0])


def _median(assumptions: Assumptions, path: str, month: int) -> float:
    values = central(assumptions).at(path)
    return float(np.asarray(values[min(month, len(values) - 1)]).mean())


def _stated(patch: Patch) -> str:
    """A patch as its file states it: a shape with its unit, or a plain value."""
    if not isinstance(patch.value, Estimate):
        return str(patch.value).lower() if isinstance(patch.value, bool) else str(patch.value)
    shape = {k: v for k, v in patch.raw.items() if k not in ("source", "evidence", "as_of")}
    parts = (f"{k}: {_quoted(v) if k == 'unit' else v}" for k, v in shape.items())
    return f"{{{', '.join(parts)}}}"


def _row(value: float | str, unit: str | None) -> str:
    if isinstance(value, str):
        return value
    return f"{{fixed: {value:g}, unit: {_quoted(unit)}}}"


def _quoted(unit: str | None) -> str:
    return f'"{unit}"' if unit == "1" else str(unit)
