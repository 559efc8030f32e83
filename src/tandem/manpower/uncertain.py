"""A manpower plan under uncertainty: one plan for all draws of what is required and who leaves.

What it answers: the decisions of least expected cost whose shortfall over the draws is held, by a
chance constraint or by a bound on its conditional value at risk.

What it leaves out: decisions that wait until more is known: all of them are made at the start, so
that the plan is what can be announced. Later periods are planned again when they come.

Who may import it: the package itself; those outside take the names from `tandem.manpower`.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tandem.manpower.infeasible import infeasible
from tandem.manpower.optimum import DECIDED
from tandem.manpower.plan import Decisions, decisions, money, strength
from tandem.manpower.problem import Array, InvalidProblem, Problem
from tandem.manpower.programme import Futures, Programme, manpower_programme
from tandem.manpower.risk import Chance, RiskNotHeld, TailBound, risk_measure, tail_mean
from tandem.manpower.solver import NoPoint, Point, Search, best_point

__all__ = ["UncertainPlan", "solve_draws"]


@dataclass(frozen=True, eq=False, slots=True)
class UncertainPlan:
    """The decisions, and what comes of them: arrays (draw, period, grade) in heads.

    `expected_cost` is in money, shortage included; `gap` how far it may be from the best, as a
    share.
    """

    problem: Problem
    decided: Decisions
    strength: Array
    excess: Array
    shortfall: Array
    expected_cost: float
    gap: float

    @property
    def hires(self) -> Array:
        """People hired, the same in every draw, (period, grade)."""
        return self.decided.hires

    @property
    def met(self) -> float:
        """Share of draws in which nothing is short anywhere, to a millionth of a head."""
        return float((self.shortfall.max(axis=(1, 2)) <= 1e-6).mean())

    def tail_mean(self, level: float) -> float:
        """Conditional value at risk of a draw's shortfall, heads x periods."""
        return tail_mean(self.shortfall.sum(axis=(1, 2)), level)


def solve_draws(
    problem: Problem,
    *,
    required_strength: ArrayLike | None = None,
    leaving_settled: ArrayLike | None = None,
    leaving_new: ArrayLike | None = None,
    risk: Chance | TailBound | None = None,
    shortage_cost: float = 0.0,
    whole: bool = False,
    gap: float = 1e-4,
    seconds: float | None = None,
) -> UncertainPlan:
    """Decisions of least expected cost over draws, (draw, period, grade) where one is given.

    What is not given is the problem's own in every draw. `shortage_cost` is money a head and period
    short; `risk` holds shortfall in the tail. Excess, and its limit, count as means over draws; every
    other limit holds in every draw. `whole`, `gap` and `seconds` as in `solve`.

    Raises InvalidProblem for draws that do not fit and where nothing speaks against being short,
    Infeasible where excess cannot be held, and RiskNotHeld where the risk cannot.
    """
    given = {
        "required_strength": required_strength,
        "leaving_settled": leaving_settled,
        "leaving_new": leaving_new,
    }
    futures = _futures(problem, given)
    _refuse(risk, shortage_cost)
    one = manpower_programme(problem, futures, shortfall=True)
    draws = futures.required_strength.shape[0]
    cost = money(one, problem, draws)
    cost[one.columns["short"]] = shortage_cost / draws
    integral: tuple[str, ...] = DECIDED if whole else ()
    if risk is not None:
        measure = risk_measure(one, risk, futures.required_strength)
        row = one.at_most.add("risk", np.array([measure.limit]))
        one.at_most.put(row, measure.columns, measure.weights)
        integral += measure.whole
    cost = np.pad(cost, (0, one.size - cost.size))
    try:
        point = best_point(one, cost, Search(integral, gap, seconds))
    except NoPoint:
        raise _unheld(problem, futures, risk, seconds) from None
    return _plan(one, point, problem, futures, float(cost @ point.columns))


def _plan(
    one: Programme, point: Point, problem: Problem, futures: Futures, cost: float
) -> UncertainPlan:
    """The plan at a point, shortfall and excess netted: both at once are neither."""
    short, excess = (point.columns[one.columns[name]] for name in ("short", "excess"))
    both = np.minimum(short, excess)
    return UncertainPlan(
        problem=problem,
        decided=decisions(one, point.columns, problem),
        strength=strength(one, point.columns, problem, futures),
        excess=excess - both,
        shortfall=short - both,
        expected_cost=cost,
        gap=point.gap,
    )


def _unheld(
    problem: Problem, futures: Futures, risk: Chance | TailBound | None, seconds: float | None
) -> ValueError:
    """Why there is no plan: excess, or a risk that no decision found in `seconds` brings down."""
    excess = infeasible(problem, futures, shortfall=True)
    if risk is None or excess.gaps:
        return excess
    one = manpower_programme(problem, futures, shortfall=True)
    measure = risk_measure(one, risk, futures.required_strength)
    cost = np.zeros(one.size)
    cost[measure.columns] = measure.weights
    least = best_point(one, cost, Search(measure.whole, seconds=seconds)).value
    draws = futures.required_strength.shape[0]
    return RiskNotHeld(risk, 1.0 - least / draws if isinstance(risk, Chance) else least)


def _futures(problem: Problem, given: Mapping[str, ArrayLike | None]) -> Futures:
    """Draws of everything uncertain, with one number of draws; what is wrong with them is refused."""
    shape = (len(problem.periods), len(problem.grades))
    arrays = {
        name: problem.array(name)[None] if value is None else np.asarray(value, dtype=float)
        for name, value in given.items()
    }
    wrong = [
        f"{name}: has the shape {value.shape}; allowed is (draw, {shape[0]}, {shape[1]})"
        for name, value in arrays.items()
        if value.ndim != 3 or value.shape[1:] != shape or value.shape[0] == 0
    ]
    counts = {value.shape[0] for value in arrays.values() if value.ndim and value.shape[0] != 1}
    if len(counts) > 1:
        wrong.append(f"draws: {' and '.join(map(str, sorted(counts)))}; give one number of draws")
    for name, value in arrays.items():
        most = math.inf if name == "required_strength" else 1.0
        if not (np.isfinite(value) & (value >= 0.0) & (value <= most)).all():
            allowed = "finite and not negative" if most > 1.0 else "a share between 0 and 1"
            wrong.append(f"{name}: each draw must be {allowed}")
    if wrong:
        raise InvalidProblem(wrong)
    draws = max(counts, default=1)
    return Futures(**{n: np.broadcast_to(v, (draws, *shape)) for n, v in arrays.items()})


def _refuse(risk: Chance | TailBound | None, shortage_cost: float) -> None:
    """Refuse a risk that cannot be, and a question whose answer is to hire nobody."""
    wrong = []
    if not 0.0 <= shortage_cost < math.inf:
        wrong.append(f"shortage_cost: {shortage_cost:g}; must be finite and not negative")
    if isinstance(risk, Chance) and not 0.0 < risk.share <= 1.0:
        wrong.append(f"chance: {risk.share:g}; a share above 0 and at most 1")
    if isinstance(risk, TailBound):
        if not 0.0 <= risk.level < 1.0:
            wrong.append(f"tail level: {risk.level:g}; a share from 0 to below 1")
        if not 0.0 <= risk.heads < math.inf:
            wrong.append(f"tail heads: {risk.heads:g}; must be finite and not negative")
    if risk is None and shortage_cost == 0.0:
        wrong.append("nothing speaks against being short: give a risk or a shortage_cost")
    if wrong:
        raise InvalidProblem(wrong)
