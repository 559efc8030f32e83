"""Tables of the objectives: key results, quarters, markets and heads, drivers, levels of stretch.

What it answers: who owes what by when, how likely that is, what would replace it, and what a level
of stretch pays; the CSV holds every number unrounded.

What it leaves out: words and figures (`tandem.charts.objectives`).

Who may import it: batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import numbers, source
from tandem.charts.departments import department
from tandem.charts.objectives import Objective, driver_name, percent, result_name
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.objectives import BOUNDS
from tandem.study.sales_drivers import TARGET_MONTHS, TARGET_YEAR

__all__ = ["by_quarter", "heads", "levels", "markets", "months", "results", "what_else"]


def results(of: Objective) -> Table:
    """Key results: who owns each, what is asked, what is forecast, and how likely that is."""
    _, lang = translator(of.study.language), of.study.language
    rows = [
        {
            "name": result_name(r, lang),
            "owner": department(r.declared.growth.owner, _),
            "asked": r.declared.growth.median - 1.0,
            "low": r.low - 1.0,
            "high": r.high - 1.0,
            "odds": r.probability,
            "met": r.if_met,
            "missed": r.if_missed,
        }
        for r in of.found.results
    ]
    title = _(
        "Key results of {year}, and in how many simulated futures they are reached",
        year=TARGET_YEAR,
    )
    return table(
        "key-results-odds",
        title,
        pd.DataFrame(rows),
        [
            Column("name", _("Key result")),
            Column("owner", _("Owner")),
            Column("asked", _("Growth asked"), "share"),
            Column("low", _("Forecast, P10"), "share"),
            Column("high", _("Forecast, P90"), "share"),
            Column("odds", _("Reached"), "futures"),
            Column("met", _("Objective, where it is reached"), "futures"),
            Column("missed", _("Objective, where it is not"), "futures"),
        ],
        lang,
    )


def by_quarter(of: Objective) -> Table:
    """The same quarter by quarter, and the objective's own quarters below."""
    _, lang = translator(of.study.language), of.study.language
    rows = [
        {
            "name": result_name(r, lang),
            "by": _period(r.declared.by, lang),
            **{f"q{n}": odds for n, odds in enumerate(_ends(r.by_period), start=1)},
        }
        for r in of.found.results
    ]
    whole = {f"q{n}": float(odds) for n, odds in enumerate(of.found.quarter_odds, start=1)}
    rows.append({"name": _("Sales owed in the quarter"), "by": _("by quarter"), **whole})
    return table(
        "key-results-by-quarter",
        _("Reached at the end of each quarter of {year}", year=TARGET_YEAR),
        pd.DataFrame(rows),
        [
            Column("name", _("Key result")),
            Column("by", _("Measured")),
            *(Column(f"q{n}", _quarter(n, lang), "futures") for n in range(1, 5)),
        ],
        lang,
    )


def markets(of: Objective) -> Table:
    """The objective by quarter and market, and the chance of each market's part."""
    _, lang = translator(of.study.language), of.study.language
    rows = [
        {
            "market": source.label(of.study, "market", quota.market),
            "year": quota.months.sum(),
            **_by_quarter(quota.months),
            "odds": quota.probability,
        }
        for quota in of.found.quotas
    ]
    rows.append(
        {
            "market": _("Whole company"),
            "year": of.found.quarters.sum(),
            **{f"q{n}": value for n, value in enumerate(of.found.quarters, start=1)},
            "odds": of.found.given.objective,
        }
    )
    return table(
        "objective-by-market",
        _("{objective}: who owes what in {year}", objective=of.label, year=TARGET_YEAR),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("year", _("Year"), "money", group="sales"),
            *(Column(f"q{n}", _quarter(n, lang), "money", group="sales") for n in range(1, 5)),
            Column("odds", _("Reached"), "futures"),
        ],
        lang,
    )


def heads(of: Objective) -> Table:
    """What one productive head owes a month, by market and quarter, and who most of them are."""
    _, lang = translator(of.study.language), of.study.language
    rows = []
    for quota in of.found.quotas:
        there = _by_quarter(quota.heads)
        owed = _by_quarter(quota.months)
        rows.append(
            {
                "market": source.label(of.study, "market", quota.market),
                "role": source.label(of.study, "role", quota.role),
                "heads": there["q4"] / 3.0,
                **{q: owed[q] / there[q] if owed[q] and there[q] else np.nan for q in owed},
            }
        )
    return table(
        "objective-by-head",
        _("Sales that one productive head owes a month"),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("role", _("Mostly by")),
            Column("heads", _("Productive heads, {quarter}", quarter=_quarter(4, lang)), "count"),
            *(Column(f"q{n}", _quarter(n, lang), "money", group="head") for n in range(1, 5)),
        ],
        lang,
    )


def months(of: Objective) -> Table:
    """The same by month: each market's sales, and what one productive head owes of them."""
    _, lang = translator(of.study.language), of.study.language
    frame = pd.DataFrame(
        {"month": [numbers.month(units.month_label(t), lang, short=True)
                   for t in range(TARGET_MONTHS.start, TARGET_MONTHS.stop)]}
    )  # fmt: skip
    columns = [Column("month", _("Month"))]
    for number, quota in enumerate(of.found.quotas):
        name = source.label(of.study, "market", quota.market)
        frame[f"sales{number}"] = quota.months
        frame[f"head{number}"] = np.where(quota.a_head > 0, quota.a_head, np.nan)
        columns += [
            Column(f"sales{number}", name, "money", group="sales"),
            Column(f"head{number}", _("{market}, a head", market=name), "money", group="head"),
        ]
    frame["all"] = sum(quota.months for quota in of.found.quotas)
    columns.append(Column("all", _("Whole company"), "money", group="sales"))
    title = _("{objective}: by month and head", objective=of.label)
    return table("objective-by-month", title, frame, columns, lang)


def what_else(of: Objective) -> Table:
    """What each driver is forecast to do, adds, and would have to do alone."""
    _, lang = translator(of.study.language), of.study.language
    asked: dict[str, float] = {r.declared.leaf: r.declared.growth.median for r in of.found.results}
    rows = [
        {
            "driver": driver_name(s.leaf, lang),
            "asked": asked.get(s.leaf, 1.0) - 1.0,
            "forecast": s.growth - 1.0,
            "adds": s.mean,
            "alone": s.alone - 1.0,
            "possible": _alone(of, s.leaf, s.alone),
        }
        for s in of.found.shares
    ]
    total = sum(s.mean for s in of.found.shares)
    rows.append(
        {
            "driver": _("Together"),
            "asked": of.found.reached - 1.0,
            "forecast": of.found.sales_growth - 1.0,
            "adds": total,
            "alone": of.found.growth - 1.0,
            "possible": "",
        }
    )
    return table(
        "what-else",
        _("Drivers of sales: what each adds, and what it would have to do alone"),
        pd.DataFrame(rows),
        [
            Column("driver", _("Driver")),
            Column("asked", _("Growth asked"), "share"),
            Column("forecast", _("Forecast, median"), "share"),
            Column("adds", _("Adds to sales, mean"), "money"),
            Column("alone", _("Would be needed alone"), "share"),
            Column("possible", _("Can that be")),
        ],
        lang,
    )


def levels(of: Objective) -> Table:
    """Levels of stretch: the growth asked for, its chance, and pay where quotas follow it."""
    _, lang = translator(of.study.language), of.study.language
    plans = list(dict.fromkeys(name for level in of.found.levels for name in level.pay))
    company = of.study.assumptions.base.incentives  # type: ignore[attr-defined]  # the schema's root
    frame = pd.DataFrame(
        [
            {
                "level": level.level,
                "growth": level.growth - 1.0,
                "odds": level.probability,
                "attainment": level.attainment,
                **{name: level.pay[name] for name in plans},
            }
            for level in of.found.levels
        ]
    )
    return table(
        "stretch",
        _("Levels of stretch: how likely, and what those who sell are paid"),
        frame,
        [
            Column("level", _("Level of the objective"), "share"),
            Column("growth", _("Growth asked"), "share"),
            Column("odds", _("Reached"), "futures"),
            Column("attainment", _("Quota attainment, median"), "share"),
            *(
                Column(
                    name,
                    _("Pay over target pay: {plan}", plan=str(getattr(company[name].label, lang))),
                    "share",
                )
                for name in plans
            ),
        ],
        lang,
    )


def _by_quarter(by_month: np.ndarray) -> dict[str, float]:
    """Sums of a year's months by quarter."""
    sums = by_month.reshape(4, 3).sum(axis=1)
    return {f"q{n}": float(value) for n, value in enumerate(sums, start=1)}


def _ends(by_period: np.ndarray) -> list[float]:
    """Probabilities of the periods with which the quarters end."""
    step = len(by_period) // 4
    return [float(value) for value in by_period[step - 1 :: step]]


def _quarter(number: int, language: str) -> str:
    return numbers.quarter(TARGET_YEAR, number, language)


def _period(by: str, language: str) -> str:
    _ = translator(language)
    return {"month": _("by month"), "quarter": _("by quarter")}[by]


def _alone(of: Objective, leaf: str, growth: float) -> str:
    """Whether a driver could carry the objective alone: its bound, and what was declared possible."""
    _, lang = translator(of.study.language), of.study.language
    most = {r.declared.leaf: r.declared.possible.median for r in of.found.results}
    level = of.found.base[leaf]
    if level * growth > BOUNDS.get(leaf, np.inf):
        return _("no: it would exceed 100 %")
    if leaf in most:
        words = {"most": percent(most[leaf], lang)}
        if growth > most[leaf]:
            return _("no: at most {most}", **words)
        return _("yes: up to {most}", **words)
    return _("not declared")
