"""Objectives: is the cascade sound, how likely is each key result, who owes what (C1, F2).

Answers, for one scenario: by which drivers sales change against 2026, exactly; the probability of
each key result by period and for the year, of all together, and of the objective with and without
them; the objective by quarter, month, market and head; and what each level of stretch is worth to
people under their pay plan. Leaves out words.

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.objectives import KeyResult, Objectives, read_objectives
from tandem.assumptions.refusals import Refusal
from tandem.model import drivers
from tandem.model.objectives import (
    SALES_LEAVES,
    SALES_TREE,
    Infeasible,
    check_reach,
    check_sum,
    split,
)
from tandem.model.types import Array
from tandem.study.quotas import Level, Quota, quotas, stretched
from tandem.study.sales_drivers import (
    TARGET_YEAR,
    YEAR,
    Months,
    driver_growth,
    driver_leaves,
    driver_months,
    leaves_2026,
)

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "Found", "Given", "Level", "Quota", "Result", "Share", "TARGET_YEAR", "declared", "objectives",
]  # fmt: skip

PERIODS = {"month": 1, "quarter": 3}  # months of a period
Draws = NDArray[np.float64]
Events = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Share:
    """What one driver adds to sales of the year over 2026, CNY: mean, P10, median and P90.

    The means of all drivers add up to the mean change. ``growth`` is the driver's own, median;
    ``alone`` the growth that it would need if it were the only one to grow.
    """

    leaf: str
    mean: float
    low: float
    median: float
    high: float
    growth: float
    alone: float


@dataclass(frozen=True, slots=True)
class Result:
    """One key result: growth of its driver over 2026, and the share of futures that reach it.

    ``probability`` is that of the year as a whole, ``by_period`` (period,) of each month or quarter
    over the same one of 2026; ``if_met`` and ``if_missed`` are the objective's where the key result
    is reached and where it is not, NaN where that is no future.
    """

    name: str
    declared: KeyResult
    low: float
    median: float
    high: float
    probability: float
    if_met: float
    if_missed: float
    by_period: Draws


@dataclass(frozen=True, slots=True)
class Given:
    """How the objective goes with its key results: shares of futures; NaN where there is none."""

    objective: float
    all_results: float
    together: float
    if_all: float
    if_not: float


@dataclass(frozen=True)
class Found:
    """All that the page says: ``growth`` is asked, ``sales_growth`` the median forecast.

    ``reached`` is the growth that the key results come to together, ``in_hand`` by how much it
    exceeds what is asked. ``base`` are the drivers of 2026, ``first_orders`` the share of its orders
    that were first ones; ``quarters`` (4,) are the objective's parts, CNY, and ``quarter_odds`` their
    probabilities.
    """

    declared: Objectives
    growth: float
    sales_growth: float
    reached: float
    in_hand: float
    base: dict[str, float]
    first_orders: float
    shares: tuple[Share, ...]
    results: tuple[Result, ...]
    given: Given
    quarters: Draws
    quarter_odds: Draws
    quotas: tuple[Quota, ...]
    levels: tuple[Level, ...]


def declared(study: Study) -> tuple[Objectives, float, float]:
    """The declared objective, its growth, and what its key results have in hand, as factors.

    Nothing is simulated: the check is against 2026 at central assumptions. Raises Refusal with the
    place of the leaf where a key result cannot be reached, or where all of them together fall short.
    """
    found = read_objectives(study.project)
    results = found.objective.key_results
    growth: dict[str, float] = {r.leaf: r.growth.median for r in results.values()}
    possible: dict[str, float] = {r.leaf: r.possible.median for r in results.values()}
    drawn = central(study.assumptions)
    goal = float(drawn.at(f"targets.{found.objective.target}")[-1, 0])
    base = leaves_2026(model_inputs(drawn, study.seed))
    try:
        check_reach({k: float(v[0]) for k, v in base.items()}, growth, possible)
        in_hand = check_sum(SALES_TREE, base, growth, goal, possible)
    except Infeasible as gap:
        name = next(name for name, r in results.items() if r.leaf == gap.leaf)
        path = ("objective", "key_results", name, "growth")
        raise Refusal([found.problem(path, str(gap), "infeasible")]) from None
    return found, goal, in_hand


def objectives(study: Study) -> Found:
    """The declared objective in the study's scenario; raises Refusal as ``declared`` does."""
    found, goal, in_hand = declared(study)
    then, now = driver_months(study)
    years = driver_leaves(then, YEAR), driver_leaves(now, YEAR)
    sold, sold_2026 = now["sales"].sum(axis=(0, 1)), then["sales"].sum(axis=(0, 1))
    met = sold >= goal * sold_2026
    declared_results = found.objective.key_results
    reached = {
        name: driver_growth(then, now, r.leaf, YEAR)[0] >= r.growth.median
        for name, r in declared_results.items()
    }
    shares = np.array([e.median for e in found.objective.quarters])
    quarters = split(np.asarray(goal * float(np.median(sold_2026))), shares)
    by_quarter = now["sales"].sum(axis=1).reshape(4, 3, -1).sum(axis=1)
    inputs = model_inputs(central(study.assumptions), study.seed)
    return Found(
        declared=found,
        growth=goal,
        sales_growth=float(np.median(sold / sold_2026)),
        reached=goal + in_hand,
        in_hand=in_hand,
        base={name: float(np.median(values)) for name, values in years[0].items()},
        first_orders=float(
            np.median(then["new_customers"].sum((0, 1)) / then["orders"].sum((0, 1)))
        ),
        shares=_shares(*years, goal),
        results=tuple(_result(name, r, then, now, met) for name, r in declared_results.items()),
        given=_given(met, np.all(list(reached.values()), axis=0)),
        quarters=quarters,
        quarter_odds=(by_quarter >= quarters[:, None]).mean(axis=1),
        quotas=quotas(study, inputs, quarters, then, now),
        levels=tuple(
            stretched(inputs, e.median, goal, sold, sold_2026) for e in found.objective.stretch
        ),
    )


def _result(name: str, result: KeyResult, then: Months, now: Months, met: Events) -> Result:
    year = driver_growth(then, now, result.leaf, YEAR)[0]
    goal = result.growth.median
    low, median, high = (float(q) for q in np.quantile(year, (0.1, 0.5, 0.9)))
    by_period = driver_growth(then, now, result.leaf, PERIODS[result.by]) >= goal
    reached = year >= goal
    return Result(
        name, result, low, median, high, float(reached.mean()),
        _among(met, reached), _among(met, ~reached), by_period.mean(axis=1),
    )  # fmt: skip


def _shares(then: dict[str, Array], now: dict[str, Array], goal: float) -> tuple[Share, ...]:
    parts = drivers.contributions(SALES_TREE, then, now)
    base = {name: np.array([np.median(values)]) for name, values in then.items()}
    wanted = goal * drivers.value(SALES_TREE, base)
    rows = []
    for leaf in SALES_LEAVES:
        low, median, high = (float(q) for q in np.quantile(parts[leaf], (0.1, 0.5, 0.9)))
        growth = float(np.median(now[leaf] / then[leaf]))
        alone = float((drivers.needed(SALES_TREE, base, leaf, wanted) / base[leaf])[0])
        rows.append(Share(leaf, float(parts[leaf].mean()), low, median, high, growth, alone))
    return tuple(rows)


def _given(met: Events, every: Events) -> Given:
    """Shares of futures in which the objective, all key results, and both are met."""
    objective, results, both = (float(event.mean()) for event in (met, every, met & every))
    return Given(objective, results, both, _among(met, every), _among(met, ~every))


def _among(met: Events, chosen: Events) -> float:
    """Share of the chosen futures in which the objective is met; NaN where none is chosen."""
    return float(met[chosen].mean()) if chosen.any() else float("nan")
