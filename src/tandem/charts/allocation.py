"""Allocation: the year's media month by month on two responses, fitted and simulated (M3).

What it answers: the best split by month and what another yuan brings by touchpoint, on the curves fitted
from records and on the simulation's own; whether both are optima (equal returns wherever money is spent).

What it leaves out: the page's answer and the plan (`tandem.charts.mix`); what media do through awareness, and
orders after the first, which the simulation has.

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.charts import numbers, source
from tandem.charts.funnel import counts_by_source
from tandem.charts.mix import TAIL, fitted_budget, season_of
from tandem.charts.promotions import month_name
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.allocation import Allocation, Responses, best_allocation, marginal_return
from tandem.model.anchor import conversion, order_value, organic, responses
from tandem.model.types import Inputs

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["by_month", "marginals", "simulated_budget"]

Floats = NDArray[np.float64]
USED = 0.01  # of the mean spend: less counts as none


@dataclass(frozen=True)
class SimulatedBudget:
    """The plan's spend (month, market x touchpoint) in the markets of today and the best split of it.

    ``place`` (market x touchpoint,) is the touchpoint's number; marginal returns are in first orders.
    """

    plan: Floats
    best: Allocation
    place: NDArray[np.int64]
    plan_marginal: Floats
    best_marginal: Floats


def by_month(study: "Study") -> Table:
    """Media by month: plan, best split on the fitted response, best split on the simulation's own."""
    _, lang = translator(study.language), study.language
    fitted, simulated = fitted_budget(study), simulated_budget(study)
    start = units.year_slice(source.PLAN_YEAR).start
    frame = pd.DataFrame(
        {
            "month": [month_name(start + t, lang) for t in range(len(fitted.plan))],
            "plan": fitted.plan.sum(axis=1),
            "fitted": fitted.best.spend.sum(axis=1),
            "simulated": simulated.best.spend.sum(axis=1),
        }
    )
    return table(
        "allocation-by-month",
        _("Media of {year} by month, with carry-over, markets of today", year=source.PLAN_YEAR),
        frame,
        [
            Column("month", _("Month")),
            Column("plan", _("Plan"), "money", group="spend"),
            Column("fitted", _("Best split, fitted response"), "money", group="spend"),
            Column("simulated", _("Best split, simulation's own response"), "money", group="spend"),
        ],
        lang,
    )


def marginals(study: "Study") -> Table:
    """What another yuan brings by touchpoint at the plan and at both best splits; the title checks them.

    Means over months, weighted by spend. At an optimum all that are used bring the same, and what is not
    used no more (Kuhn and Tucker 1951); the title gives the largest miss. The fitted response is sales,
    the simulated one sales of new customers' first orders.
    """
    _, lang = translator(study.language), study.language
    fitted, simulated = fitted_budget(study), simulated_budget(study)
    miss, rows = max(_miss(found.best, found.best_marginal) for found in (fitted, simulated)), []
    for j, name in enumerate(fitted.names):
        own = simulated.place == j
        rows.append(
            {
                "touchpoint": source.label(study, "source", name),
                "fitted_plan": _mean(fitted.plan[:, j], fitted.plan_marginal[:, j]),
                "fitted_best": _mean(fitted.best.spend[:, j], fitted.best_marginal[:, j]),
                "plan": _mean(simulated.plan[:, own], simulated.plan_marginal[:, own]),
                "best": _mean(simulated.best.spend[:, own], simulated.best_marginal[:, own]),
                "spend": float(simulated.best.spend[:, own].sum()),
                "change": float(simulated.best.spend[:, own].sum() - simulated.plan[:, own].sum()),
            }
        )
    return table(
        "marginal-returns",
        _(
            "Sales of another yuan: at both best splits the same wherever money is spent, to one part in {parts}",
            parts=numbers.amount("count", 1.0 / _tenth(miss), lang),
        ),
        pd.DataFrame(rows),
        [
            Column("touchpoint", _("Touchpoint")),
            Column("fitted_plan", _("Fitted, plan"), "number"),
            Column("fitted_best", _("Fitted, best split"), "number"),
            Column("plan", _("First orders simulated, plan"), "number"),
            Column("best", _("First orders simulated, best split"), "number"),
            Column("spend", _("Spend, simulated best split"), "money", group="spend"),
            Column("change", _("Change"), "money", group="spend"),
        ],
        lang,
    )


def simulated_budget(study: "Study") -> SimulatedBudget:
    """The best split of the plan year's media on the simulation's own response, medians of parameters.

    Leads of a touchpoint in a market are those who know us and have not come otherwise, times its
    conversion, times Hill of its adstock (`tandem.model.funnel.lead_share`); each qualified lead becomes a
    customer as often as in the simulated year, whose other touchpoints and people are held.
    """
    inputs = model_inputs(central(study.assumptions), study.seed)
    year = units.year_slice(source.PLAN_YEAR)
    spend = _plan(inputs, range(year.start - 1, year.stop + TAIL))
    before, plan, later = spend[0], spend[1:-TAIL], spend[-TAIL:]
    used = plan.sum(axis=0) > 0
    touchpoints = len(inputs.structure.touchpoints)
    curves = _responses(study, inputs, used)
    season = season_of(study)
    before, plan, later = before[used], plan[:, used], later[:, used]
    best = best_allocation(float(plan.sum()), len(plan), curves, season, before, later)
    return SimulatedBudget(
        plan=plan,
        best=best,
        place=np.flatnonzero(used) % touchpoints,
        plan_marginal=marginal_return(plan, curves, season, before, later),
        best_marginal=marginal_return(best.spend, curves, season, before, later),
    )


def _plan(inputs: Inputs, months: range) -> Floats:
    """Planned media by month, market and touchpoint, (month, market x touchpoint); 0 where closed in 2026."""
    here = np.asarray(inputs.structure.existing, dtype=float)[:, None]
    rows = []
    for t in months:
        m = inputs.months[t].parameters.market
        rows.append((here * m.media[:, :1] * m.media_mix[..., 0]).ravel())
    return np.asarray(rows)


def _responses(study: "Study", inputs: Inputs, used: NDArray[np.bool_]) -> Responses:
    """Monthly first orders, CNY, that media bring by market and touchpoint, those that are used."""
    p = inputs.months[units.year_slice(source.PLAN_YEAR).start].parameters
    counts = counts_by_source(study)
    know_us = counts["reached"][:, 0] / units.MONTHS_PER_YEAR
    qualified = counts["qualified"].sum(axis=1)
    won = np.divide(
        counts["customers"].sum(axis=1),
        qualified,
        out=np.zeros_like(qualified),
        where=qualified > 0,
    )
    stock = (p.market.media[:, None] * p.market.media_mix)[..., :1]
    missed = 1.0 - conversion(p)[None, :, 0] * responses(p, stock)[..., 0]
    others = (1.0 - organic(p)[:, :1]) * missed.prod(axis=1, keepdims=True) / missed
    worth = know_us * won * order_value(p)[:, 0]
    effect = worth[:, None] * others * (conversion(p) * p.brand.qualified)[None, :, 0]
    reference = p.market.reference_media[:, None] * p.market.reference_mix
    full = np.ones_like(effect)
    return Responses(
        effect=effect.ravel()[used],
        retention=(full * p.brand.retention[0]).ravel()[used],
        half_point=(reference[..., 0] * p.brand.hill_half[0]).ravel()[used],
        slope=(full * p.brand.hill_slope[0]).ravel()[used],
    )


def _miss(best: Allocation, returns: Floats) -> float:
    """The largest relative miss of equal returns on the curves themselves, where money is spent."""
    used = best.spend > USED * best.spend.mean()
    return float(np.abs(returns[used] / best.marginal - 1.0).max())


def _mean(spend: Floats, returns: Floats) -> float:
    """Mean return weighted by spend; the largest where nothing is spent."""
    whole = float(spend.sum())
    return float((spend * returns).sum() / whole) if whole > 0.0 else float(returns.max())


def _tenth(value: float) -> float:
    """The next power of ten that is not smaller."""
    return float(10.0 ** np.ceil(np.log10(max(value, 1e-12))))
