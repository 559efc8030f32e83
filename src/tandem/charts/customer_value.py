"""Customer value: what a customer is worth, and who stays, simulated and from records.

What it answers: the share of customers kept by age, the simulation beside the shifted beta-geometric
of the club's renewals; a customer's value, simulated and in closed form; what the shop's transactions
say of its customers by segment: who is still there, what they will buy, what they are worth.

What it leaves out: winning customers (`tandem.charts.market`); the fits (`tandem.calibration`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from tandem import units
from tandem.calibration.likelihood import Estimates
from tandem.calibration.retention import Renewals, fit_renewals, renewals_table
from tandem.charts import numbers, source, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.customers import sbg_survival
from tandem.study.customer_worth import Worth, worth

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["RENEWALS", "Customers", "answer", "examine", "retention", "values"]

Draws = np.ndarray

#: The file of renewals, relative to the study's folder.
RENEWALS = "data/renewals.csv"
YEAR = units.MONTHS_PER_YEAR


@dataclass(frozen=True)
class Customers:
    """What a page on customers rests on; `renewals` and `fit` are None without records."""

    study: "Study"
    worth: list[Worth]
    renewals: Renewals | None
    fit: Estimates | None

    @property
    def first(self) -> Worth:
        """The market with the most customers."""
        return self.worth[0]

    @property
    def market(self) -> str:
        """What a reader calls it."""
        return source.label(self.study, "market", self.first.market)


def examine(study: "Study") -> Customers:
    """Customers of the scenario, and of the club's records where the study has them.

    Raises ValueError with everything that cannot be true in the records.
    """
    path = study.project / RENEWALS
    renewals = renewals_table(pd.read_csv(path)) if path.exists() else None
    return Customers(
        study, worth(study), renewals, fit_renewals(renewals) if renewals is not None else None
    )


def answer(found: Customers) -> Answer:
    """Value of a customer and the share kept after a year, simulated and by the records."""
    study = found.study
    _, lang = translator(study.language), study.language
    low, middle, high = (float(q) for q in np.quantile(found.first.value, (0.1, 0.5, 0.9)))
    facts = [
        (_("Closed form at central assumptions"), _money(found.first.closed, lang)),
        (
            _("Still customers after two years"),
            numbers.amount("share", _kept(found, 2 * YEAR), lang),
        ),
    ]
    if found.fit is not None:
        alpha, beta = found.fit.values
        share = float(sbg_survival(YEAR, alpha, beta))
        facts.append(
            (_("Club members still there after a year"), numbers.amount("share", share, lang))
        )
    return Answer(
        headline=_(
            "{market}: a customer won in {month} is worth {value} after the first order, and {share} "
            "are still customers a year later.",
            market=found.market,
            month=numbers.month(f"{source.PLAN_YEAR}-01", lang),
            value=_money(middle, lang),
            share=numbers.amount("share", _kept(found, YEAR), lang),
        ),
        range=_(
            "In 80 of 100 simulated futures the value is {range}.",
            range=numbers.amount_range("money", low, high, lang),
        ),
        facts=tuple(facts),
    )


def retention(found: Customers) -> Chart:
    """Share of customers kept by age, simulated, beside the club's records and their fit."""
    study = found.study
    _, lang = translator(study.language), study.language
    low, median, high = np.quantile(found.first.kept, (0.1, 0.5, 0.9), axis=-1)
    months = np.arange(len(median))
    data = pd.DataFrame(
        {
            _("months since won"): months,
            _("simulation: {what}", what=_("P10")): low,
            _("simulation: {what}", what=_("median")): median,
            _("simulation: {what}", what=_("P90")): high,
        }
    )
    seen = fitted = None
    if found.renewals is not None and found.fit is not None:
        alpha, beta = found.fit.values
        fitted = sbg_survival(months.astype(float), alpha, beta)
        data[_("fit of the club's records")] = fitted
        seen = _observed(found.renewals, months)
        data[_("club's records")] = seen
    words = {
        "market": found.market,
        "share": numbers.amount("share", float(median[YEAR]), lang),
        "other": numbers.amount("share", float(fitted[YEAR]), lang) if fitted is not None else "",
    }

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.fill_between(months, low, high, color=theme.PALETTE[0], alpha=0.22, lw=0)
        axes.plot(months, median, color=theme.PALETTE[0], lw=2.2)
        above = fitted is None or bool(median[-1] >= fitted[-1])
        _name(axes, months[-1], median[-1], _("simulation"), theme.PALETTE[0], up=above)
        if fitted is not None and seen is not None:
            axes.plot(months, fitted, color=theme.PALETTE[1], lw=1.8, ls=theme.LINES[1])
            axes.plot(months, seen, color=theme.PALETTE[1], ls="", marker=theme.MARKERS[1], ms=4)
            _name(axes, months[-1], fitted[-1], _("records, fit"), theme.LETTERS[1], up=not above)
        theme.plain_axes(axes, "y")
        axes.set_ylim(0.0, 1.0)
        axes.set_xlim(0.0, float(months[-1]))
        axes.set_xticks(range(0, len(months), YEAR // 2))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _p: f"{100 * v:.0f} %"))

    return draw(
        "retention",
        _("{market}: {share} are still customers after a year, in the club {other}", **words)
        if fitted is not None
        else _("{market}: {share} are still customers after a year", **words),
        _(
            "Share of customers kept by months since they were won, {market}: the simulation with P10 to "
            "P90, beside the club's records (dots) and their fit. After a year {share}.",
            **words,
        ),
        data,
        units=_("Share of customers kept, by months since won; line: median, band: P10 to P90"),
        height=2.9,
        language=lang,
        paint=paint,
    )


def values(found: Customers) -> Table:
    """A customer's value by market: closed form, median and range of the futures, and what is kept."""
    study = found.study
    _, lang = translator(study.language), study.language
    rows = []
    for one in found.worth:
        low, middle, high = np.quantile(one.value, (0.1, 0.5, 0.9))
        rows.append(
            {
                "market": source.label(study, "market", one.market),
                "closed": one.closed,
                "low": low,
                "middle": middle,
                "high": high,
                "kept": float(np.median(one.kept[YEAR])),
            }
        )
    return table(
        "customer-value",
        _("What a customer won in {month} is worth after the first order, before tax",
          month=numbers.month(f"{source.PLAN_YEAR}-01", lang)),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("closed", _("Closed form"), "money", group="value"),
            Column("middle", _("Simulated, median"), "money", group="value"),
            Column("low", _("P10"), "money", group="value"),
            Column("high", _("P90"), "money", group="value"),
            Column("kept", _("Kept after a year"), "share"),
        ],
        lang,
    )  # fmt: skip


def _kept(found: Customers, age: int) -> float:
    return float(np.median(found.first.kept[age]))


def _observed(renewals: Renewals, months: Draws) -> Draws:
    """Share still there by month from the records, nan after the last one: prod(1 - lost / at risk)."""
    share = np.append(1.0, np.cumprod(1.0 - renewals.lost / renewals.at_risk))
    ages = np.append(0.0, renewals.end)
    return np.array([dict(zip(ages.tolist(), share.tolist(), strict=True)).get(float(m), np.nan)
                     for m in months])  # fmt: skip


def _name(axes: object, last: float, value: float, label: str, color: str, *, up: bool) -> None:
    axes.annotate(  # type: ignore[attr-defined]  # matplotlib's axes, typed loosely here
        label,
        (last, value),
        (-2, 9 if up else -9),
        textcoords="offset points",
        ha="right",
        va="bottom" if up else "top",
        color=color,
        size=theme.SMALL,
    )


def _money(value: float, lang: str) -> str:
    return numbers.amount("money", value, lang)
