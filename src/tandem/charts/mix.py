"""Marketing mix: the budget by month and touchpoint, and price (M3).

What it answers: the page's answer, how the year's media money is best spread against the plan, and how
strongly price acts.

What it leaves out: the response curves themselves (`tandem.charts.touchpoints`), promotions
(`tandem.charts.promotions`), new products.

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from tandem import units
from tandem.calibration.preference import market_shares
from tandem.calibration.response import ResponseFit
from tandem.charts import bars, numbers, preference, records, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.promotions import MONTHS, festivals, month_name
from tandem.charts.tables import Column, Table, table
from tandem.charts.touchpoints import margin_of_sales
from tandem.language import translator
from tandem.model.allocation import (
    Allocation,
    Responses,
    best_allocation,
    marginal_return,
    response_value,
)
from tandem.model.brand import retention_from_half_life
from tandem.model.finance import dorfman_steiner

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Budget", "answer", "budget", "by_month", "fitted_budget", "price", "season_of"]

Floats = NDArray[np.float64]

TAIL = 6  # months after the year in which its spend still works, beside the plan's own
DRAWN = 400  # response curves drawn for the interval of a gain


@dataclass(frozen=True)
class Budget:
    """The plan's spend (month, touchpoint) of the plan year, and the best split of its total.

    `gain` holds the ends of a 95 % interval of what the split brings over the plan: the split stays, the
    response curves are drawn from what the records leave open.
    """

    names: tuple[str, ...]
    plan: Floats
    plan_value: float
    best: Allocation
    plan_marginal: Floats  # sales that another yuan brings, (month, touchpoint)
    best_marginal: Floats
    gain: tuple[float, float]


def answer(study: "Study") -> Answer:
    """What the best split of the same money brings over the plan's, and where money should move."""
    _, lang = translator(study.language), study.language
    found = fitted_budget(study)
    gain = found.best.value / found.plan_value - 1.0
    change = found.best.spend.sum(axis=0) - found.plan.sum(axis=0)
    up, down = int(np.argmax(change)), int(np.argmin(change))
    words = {
        "year": source.PLAN_YEAR,
        "gain": numbers.amount("share", gain, lang),
        "amount": numbers.amount("money", float(change[up]), lang),
        "down": source.label(study, "source", found.names[down]),
        "up": source.label(study, "source", found.names[up]),
    }
    return Answer(
        headline=_(
            "The same money of {year} brings {gain} more sales from media if {amount} move from {down} to "
            "{up} and months follow the season.",
            **words,
        )
        if found.gain[0] > 0
        else _(
            "The same money of {year} would bring {gain} more sales from media if {amount} moved from {down} "
            "to {up}, but the records do not rule out a loss: test {down} first.",
            **words,
        ),
        range=("" if lang == "zh" else " ").join(_worth(study, found)),
        facts=(
            (
                _("Media of {year}, markets of today", year=source.PLAN_YEAR),
                numbers.amount("money", float(found.plan.sum()), lang),
            ),
            (
                _("Sales that the last yuan of it brings, at the best split"),
                numbers.decimal(found.best.marginal, 2),
            ),
        ),
    )


def _worth(study: "Study", found: Budget) -> list[str]:
    """What the best split brings, and which festival earns most and least where there is any."""
    _, lang = translator(study.language), study.language
    more = found.best.value - found.plan_value
    said = [
        _(
            "That is {sales} of sales ({low_high} at 95 %) and {margin} of margin.",
            sales=numbers.amount("money", more, lang),
            low_high=numbers.amount_range("money", *found.gain, lang),
            margin=numbers.amount("money", margin_of_sales(study) * more, lang),
        )
    ]
    rows = sorted(festivals(study), key=lambda row: row.profit)
    if rows:
        words = {
            "best": rows[-1].name,
            "earned": numbers.amount("money", rows[-1].profit, lang),
            "worst": rows[0].name,
            "lost": numbers.amount("money", rows[0].profit, lang),
        }
        said.append(
            _(
                "Of the festivals {best} earns most ({earned}) and {worst} least ({lost}), once the orders "
                "pulled forward are missing.",
                **words,
            )
            if rows[-1].profit > 0
            else _(
                "No festival earns its cost by itself, once the orders pulled forward are missing: {best} "
                "loses least ({earned}), {worst} most ({lost}).",
                **words,
            )
        )
    return said


def by_month(study: "Study") -> Chart:
    """The best split by month and touchpoint; title: the month that gets most."""
    _, lang = translator(study.language), study.language
    found = fitted_budget(study)
    start = units.year_slice(source.PLAN_YEAR).start
    total = found.best.spend.sum(axis=1)
    most = int(np.argmax(total))
    words = {
        "month": numbers.month(units.month_label(start + most), lang),
        "share": numbers.amount("share", float(total[most] / total.sum()), lang),
    }
    return bars.stacked(
        "budget-by-month",
        _("{month} deserves most media: {share} of the year's", **words),
        _(
            "Media by month and touchpoint at the best split of the year's total. {month} gets most, {share}, "
            "since what is spent before and in a strong month works in it.",
            **words,
        ),
        [month_name(t, lang) for t in range(start, start + len(total))],
        {
            source.label(study, "source", name): [float(v) for v in found.best.spend[:, j]]
            for j, name in enumerate(found.names)
        },
        kind="money",
        what=_("Media a month, best split"),
        language=lang,
        period=_("month"),
    )


def budget(study: "Study") -> Table:
    """Spend of the plan year by touchpoint: plan, best split, and the change."""
    _, lang = translator(study.language), study.language
    found = fitted_budget(study)
    plan, best = found.plan.sum(axis=0), found.best.spend.sum(axis=0)
    frame = pd.DataFrame(
        {
            "touchpoint": [source.label(study, "source", name) for name in found.names],
            "plan": plan,
            "best": best,
            "change": best - plan,
            "share": best / plan - 1.0,
        }
    )
    return table(
        "budget",
        _("Media of {year} by touchpoint, markets of today", year=source.PLAN_YEAR),
        frame.sort_values("change", ascending=False, kind="stable"),
        [
            Column("touchpoint", _("Touchpoint")),
            Column("plan", _("Plan"), "money", group="spend"),
            Column("best", _("Best split"), "money", group="spend"),
            Column("change", _("Change"), "money", group="spend"),
            Column("share", _("Change over plan"), "share"),
        ],
        lang,
    )


def price(study: "Study") -> Table:
    """Price elasticity of winning a customer: survey and assumption; media over sales that follows."""
    _, lang = translator(study.language), study.language
    fit = records.preference(study)
    k = fit.place(records.PRICE)
    share = float(market_shares(fit, preference.offers(study)).share[0])
    effect, se = float(fit.effects[k]), float(fit.se[k])
    wide = float(norm.ppf(0.975)) * se
    assumed = study.assumptions.estimates["demand.price_logit"]
    year = units.year_slice(source.PLAN_YEAR)
    served, won = source.total(study, "served")[year], source.total(study, "new_customers")[year]
    simulated = float(won.sum() / served.sum())
    media = sum(
        float(records.responses(study).marginal(name, s[None])[1, 0] * s)
        for name, s in zip(
            records.weekly(study).touchpoints, records.weekly(study).spend.mean(axis=0), strict=True
        )
    ) / float(records.weekly(study).sales.mean())

    def row(name: str, ends: tuple[float, float, float], at: float) -> dict[str, object]:
        low, value, high = (part * (1.0 - at) for part in ends)
        return {
            "name": name,
            "share": at,
            "value": value,
            "range": numbers.amount_range("number", low, high, lang),
            "media": float(dorfman_steiner(-value, media, 1.0)[1]),
        }

    rows = [
        row(_("Choice survey, 95 % interval"), (effect - wide, effect, effect + wide), share),
        row(_("Assumed, P10 to P90"), (-assumed.p90, -assumed.median, -assumed.p10), simulated),
    ]
    return table(
        "price-elasticity",
        _("Price elasticity of winning a customer, and the media over sales that suits it"),
        pd.DataFrame(rows),
        [
            Column("name", _("From")),
            Column("share", _("At a share of"), "share"),
            Column("value", _("Price elasticity"), "number"),
            Column("range", _("Range")),
            Column("media", _("Media over sales, Dorfman-Steiner"), "share"),
        ],
        lang,
    )


def fitted_budget(study: "Study") -> Budget:
    """The plan's media in the markets of today and its best split, with the fitted responses."""
    fit, at = records.responses(study), study.assumptions.estimates
    year = units.year_slice(source.PLAN_YEAR)
    months = list(range(year.start - 1, year.stop + TAIL))
    markets = study.assumptions.base.markets  # type: ignore[attr-defined]  # the schema's root has markets
    plan = np.array(
        [
            [
                sum(
                    source.median_in(study, f"markets.{m}.media", t)
                    * source.median_in(study, path, t)
                    for m, market in markets.items()
                    if market.open and (path := f"markets.{m}.media_mix.{name}") in at
                )
                for name in fit.touchpoints
            ]
            for t in months
        ]
    )
    worth = season_of(study)
    before, spend, later = plan[0], plan[1:-TAIL], plan[-TAIL:]
    middle = _responses(fit, fit.parameters)
    best = best_allocation(float(spend.sum()), len(spend), middle, worth, before, later)
    random = np.random.default_rng(study.seed)
    gains = []
    for drawn in random.multivariate_normal(fit.parameters, fit.covariance, DRAWN):
        curves = _responses(fit, drawn)
        values = [response_value(s, curves, worth, before, later) for s in (best.spend, spend)]
        gains.append(values[0] - values[1])
    low, high = np.quantile(gains, (0.025, 0.975))
    value = response_value(spend, middle, worth, before, later)
    at_plan, at_best = (
        marginal_return(split, middle, worth, before, later) for split in (spend, best.spend)
    )
    return Budget(fit.touchpoints, spend, value, best, at_plan, at_best, (float(low), float(high)))


def season_of(study: "Study") -> Floats:
    """What a response is worth by month from the plan year on, with the tail: the season, (month,)."""
    at, start = study.assumptions.estimates, units.year_slice(source.PLAN_YEAR).start
    season = np.array([at[f"demand.season.{name}"].median for name in MONTHS])
    months = np.arange(start, start + units.MONTHS_PER_YEAR + TAIL)
    return season[units.calendar_month(months)]


def _responses(fit: ResponseFit, logs: Floats) -> Responses:
    """Monthly responses of touchpoints at these logs of the parameters."""
    effect, life, half, slope = np.exp(logs[fit.place]).T
    return Responses(
        effect=effect * units.WEEKS_PER_MONTH,
        retention=np.asarray(retention_from_half_life(life)),
        half_point=half * fit.reference * units.WEEKS_PER_MONTH,
        slope=slope,
    )
