"""Optimising: the plan of each department alone, marketing's handed over, and the plan made as one.

What it answers: over the futures of the search, by common random numbers, the best silo, hand-off and
joint plan within what `params/plan.yaml` may decide and under the same limits.

- Silo: marketing maximises contribution before people cost as if capacity were unlimited; HR, told when
  the launch happens, meets the base plan's headcount at least people cost.
- Hand-off: marketing's plan is told to HR some months ahead; HR hires the heads that serve its demand
  as 2026 was served (the capacity ratio of that year), at least people cost.
- Joint: everything at once, for expected net present value, from both as starting points.

What it leaves out: the search itself (`search`), the files that keep the plans
(`tandem.assumptions.plan_writing`), and what they are worth on futures that no search has seen
(`gaps`).

Who may import it: charts, cli.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import ceil

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.plan import POSITION, share_shown
from tandem.model import finance
from tandem.model.simulate import simulate
from tandem.model.types import Trajectory
from tandem.results.formulas import Run
from tandem.results.measures import MEASURES
from tandem.study.goal import TARGET_YEAR, expected_inputs, heads_by_drivers
from tandem.study.plans import Plan, Plans
from tandem.study.search import Effort, Found, Point, Worth, search
from tandem.study.simulation import run_of

__all__ = ["NAMES", "Optimum", "optimise"]

Draws = NDArray[np.float64]
Told = Callable[[str, int, Worth], None]

#: The plans in the order in which each begins where the one before ended.
NAMES = ("silo", "hand_off", "joint")

#: Lines of the ledger that marketing answers for; the rest is people or the company's.
_BEFORE_PEOPLE = ("cogs", "fees", "trade_spend", "media", "service")
_MILLION = 1e6  # of CNY: the limit of the tail is stated in M CNY


@dataclass(frozen=True, slots=True)
class Optimum:
    """A plan with its point, what its search found, and trials in all, marketing's included."""

    name: str
    plan: Plan
    point: Point
    found: Found
    trials: int


def optimise(plans: Plans, told: Told | None = None) -> dict[str, Optimum]:
    """The silo, hand-off and joint plan, by name; the same file gives the same plans.

    ``told`` hears which search goes on, how many plans it has tried, and the best so far.
    """
    say = told or (lambda _name, _trials, _worth: None)
    trial = _Trial(plans)
    now = plans.point(plans.present(plans.template))
    parts = ("launch", *(one.part for one in plans.variables))
    sold = _part(plans, ("launch", "media"), trial.marketing, now, parts, "marketing", say)
    silo_start = _with(plans, sold.point, _notice(plans, "silo"))
    silo = _part(plans, ("pay",), trial.people, silo_start, parts, "silo", say)
    handed = _with(
        plans,
        _with(plans, sold.point, trial.sized(sold.point)),
        _notice(plans, "hand_off"),
    )
    hand_off = _part(plans, ("pay",), trial.people, handed, parts, "hand_off", say)
    every = tuple(dict.fromkeys(parts))
    joint = _part(plans, every, trial.joint, silo.point, parts, "joint", say, hand_off.point)
    found = {"silo": silo, "hand_off": hand_off, "joint": joint}
    before = {"silo": sold.trials, "hand_off": sold.trials, "joint": 0}
    return {
        name: Optimum(name, plans.plan(one.point), one.point, one, before[name] + one.trials)
        for name, one in found.items()
    }


def _part(
    plans: Plans,
    free: tuple[str, ...],
    worth: Callable[[Point], Worth],
    start: Point,
    parts: tuple[str, ...],
    name: str,
    say: Told,
    *others: Point,
) -> Found:
    """The best point where only the coordinates of the parts ``free`` move, the others as ``start``."""
    open_ = [k for k, part in enumerate(parts) if part in free]
    settings = plans.space.file.search
    effort = Effort(settings.population, settings.generations, settings.seed)

    def whole(steps: Point) -> Point:
        point = list(start)
        for k, step in zip(open_, steps, strict=True):
            point[k] = step
        return tuple(point)

    found = search(
        lambda steps: worth(whole(steps)),
        [plans.sizes[k] for k in open_],
        [tuple(point[k] for k in open_) for point in (start, *others)],
        effort,
        lambda trials, best: say(name, trials, best),
    )
    return replace(found, point=whole(found.point))


def _with(plans: Plans, point: Point, values: Mapping[str, float]) -> Point:
    """A point with some of its numbers replaced by the nearest within the bounds."""
    steps = list(point)
    for k, one in enumerate(plans.variables, start=1):
        if one.path in values:
            steps[k] = one.nearest(values[one.path])
    return tuple(steps)


def _notice(plans: Plans, name: str) -> dict[str, float]:
    """Months ahead at which HR is told in a plan, for every variable of that part."""
    notice = getattr(plans.space.file.plans, name).notice
    told = [one.path for one in plans.variables if one.part == "told"]
    return {} if notice is None else dict.fromkeys(told, float(notice))


class _Trial:
    """A plan simulated on the futures of the search, by what each department looks at."""

    def __init__(self, plans: Plans) -> None:
        self.plans = plans
        self.settings = plans.space.file.search
        self.limits = plans.space.file.limits

    def marketing(self, point: Point) -> Worth:
        """Contribution before people cost, discounted, and surviving customers, capacity unlimited."""
        run = self._run(point, unlimited=True)
        kept = sum(run.line(name) for name in _BEFORE_PEOPLE)
        flow = run.line("revenue") - kept
        value = finance.present_value(flow, run.discount) + run.actual.terminal_value
        return Worth(float(value.mean()), self._short_of_cash(run))

    def people(self, point: Point) -> Worth:
        """Less people cost is better, with the planned heads there by the end of the target year."""
        run = self._run(point)
        value = -finance.present_value(run.people_cost(), run.discount)
        missing = max(0.0, self.limits.staffed - self._staffed(point, run.actual))
        return Worth(float(value.mean()), missing + self._short_of_cash(run))

    def joint(self, point: Point) -> Worth:
        """Expected net present value within the limits of cash and of the worst futures."""
        run = self._run(point)
        npv = np.asarray(MEASURES["npv"].of(run))
        beyond = self._short_of_cash(run)
        if (tail := self.limits.tail) is not None:
            short = tail.npv * _MILLION - finance.cvar(npv, 1.0 - tail.share)
            beyond += max(0.0, short) / max(abs(float(npv.mean())), 1.0)
        return Worth(float(npv.mean()), beyond)

    def sized(self, point: Point) -> dict[str, float]:
        """Heads of each position with a variable that serve the plan's demand as 2026 was served.

        Those of the end of the target year, at central assumptions, rounded up to the next step.
        """
        inputs = expected_inputs(self.plans.assumptions(self.plans.plan(point)), self.settings.seed)
        heads = heads_by_drivers(inputs)[units.year_slice(TARGET_YEAR).stop - 1, :, 0]
        then = inputs.base.parameters.people.heads[:, 0]
        found = {}
        for one in self.plans.variables:
            if one.part == "people":
                assert one.low is not None and one.step is not None
                k = _position(one.path, inputs.structure.roles, inputs.structure.places)
                steps = ceil((max(heads[k] - then[k], 0.0) - one.low) / one.step - 1e-9)
                found[one.path] = one.low + steps * one.step
        return found

    def _run(self, point: Point, *, unlimited: bool = False) -> Run:
        assumptions = self.plans.assumptions(self.plans.plan(point))
        drawn = draw(assumptions, self.settings.draws, self.settings.seed)
        inputs = model_inputs(drawn, self.settings.seed, unlimited_people=unlimited)
        run = simulate(inputs)
        return run_of(drawn, run, run)

    def _short_of_cash(self, run: Run) -> float:
        kept = np.asarray(MEASURES["cash_kept"].of(run), dtype=float)
        shown = share_shown(float(kept.sum()), kept.size)
        return max(0.0, self.limits.cash_kept - shown)

    def _staffed(self, point: Point, run: Trajectory) -> float:
        """Heads over those planned at the end of the target year, at the positions with a variable."""
        last = units.year_slice(TARGET_YEAR).stop - 1
        plan, s = self.plans.plan(point), run.structure
        there = wanted = 0.0
        for one in self.plans.variables:
            if one.part == "people":
                k = _position(one.path, s.roles, s.places)
                wanted += float(plan.values[one.path]) + run.anchor.reference.heads[:, k].mean()
                there += float(run.position["heads"][last, k].mean())
        return 1.0 if wanted == 0 else there / wanted


def _position(path: str, roles: tuple[str, ...], places: tuple[str, ...]) -> int:
    """The number of the position whose added heads a path is."""
    found = POSITION.fullmatch(path)
    assert found is not None
    return list(zip(roles, places, strict=True)).index((found[1], found[2]))
