"""Objectives: does the cascade add up, which key result fails, and what moves sales.

What it answers: the page's answer in words; what each driver adds to sales; the growth of the
drivers with key results beside what was declared; and the words for drivers.

What it leaves out: tables (`tandem.charts.objective_tables`), computing (`tandem.study.objectives`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tandem import units
from tandem.charts import comparison, fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Answer, Note
from tandem.language import translator
from tandem.study import objectives as study_objectives
from tandem.study.objectives import Found, Result
from tandem.study.sales_drivers import TARGET_YEAR, driver_growth, driver_months

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Objective", "answer", "driver_name", "drivers", "definitions", "growth", "objective",
           "percent"]  # fmt: skip


@dataclass(frozen=True)
class Objective:
    """What the page rests on: the study in its language, and what was found."""

    study: "Study"
    found: Found

    @property
    def label(self) -> str:
        """What the objective is called."""
        return str(getattr(self.found.declared.objective.label, self.study.language))


def objective(study: "Study") -> Objective:
    """The declared objective in the study's scenario; raises Refusal where it cannot be reached."""
    return Objective(study, study_objectives.objectives(study))


def answer(of: Objective) -> Answer:
    """How likely the objective is, and which of its key results is the one to work on."""
    _, lang = translator(of.study.language), of.study.language
    found = of.found
    weakest = min(found.results, key=lambda r: r.probability)
    words = {
        "growth": percent(found.growth, lang),
        "chance": numbers.futures(found.given.objective, lang),
        "weakest": str(getattr(weakest.declared.label, lang)),
        "odds": numbers.of_100(weakest.probability, lang),
        "reached": percent(found.reached, lang),
        "hand": points(found.in_hand, lang),
    }
    if weakest.probability < found.given.objective:
        headline = _(
            "Sales reach {growth} over 2026 {chance}; the key result to work on is “{weakest}”, "
            "reached in {odds}.",
            **words,
        )
    else:
        headline = _(
            "Sales reach {growth} over 2026 {chance}; the weakest key result, “{weakest}”, is reached "
            "in {odds}.",
            **words,
        )
    return Answer(
        headline=headline,
        range=_(
            "Reached together, the key results are worth {reached} of sales with all else as in "
            "2026: {hand} more than the objective asks.",
            **words,
        ),
        facts=_facts(of),
    )


def _facts(of: Objective) -> tuple[tuple[str, str], ...]:
    _, lang = translator(of.study.language), of.study.language
    found = of.found
    strongest = max(found.shares, key=lambda s: s.median)
    drag = min(found.shares, key=lambda s: s.median)
    return (
        (_("All key results together"), numbers.of_100(found.given.all_results, lang)),
        (
            _("First orders in all orders of 2026"),
            numbers.amount("share", found.first_orders, lang),
        ),
        (_("Adds most to sales"), _named(strongest.leaf, strongest.median, lang)),
        (_("Takes most from sales"), _named(drag.leaf, drag.median, lang)),
    )


def _named(leaf: str, amount: float, lang: str) -> str:
    _ = translator(lang)
    return _(
        "{name}, {amount}",
        name=driver_name(leaf, lang),
        amount=signed(amount, lang),
    )


def drivers(of: Objective) -> Chart:
    """What each driver adds to sales of the target year; title: the largest and the worst."""
    _, lang = translator(of.study.language), of.study.language
    shares = sorted(of.found.shares, key=lambda s: -s.median)
    first, last = shares[0], shares[-1]
    words = {
        "first": driver_name(first.leaf, lang),
        "last": driver_name(last.leaf, lang),
        "year": TARGET_YEAR,
        "base": source.BASE_YEAR,
        "most": signed(first.median, lang),
        "least": signed(last.median, lang),
    }
    title = (
        _("What moves sales: {first} {most}, {last} {least}", **words)
        if last.median < 0
        else _("What moves sales: above all {first}, {most}", **words)
    )
    return comparison.intervals(
        "sales-drivers",
        title,
        _(
            "What each driver adds to sales of {year} over {base}, median and P10 to P90 of the "
            "simulated futures. {first}: {most}, {last}: {least}.",
            **words,
        ),
        [
            Interval(
                driver_name(s.leaf, lang), s.low, s.median, s.high, chosen=s.leaf in _declared(of)
            )
            for s in shares
        ],
        kind="money",
        what=_("Part of the change of sales, {base} to {year}", **words),
        language=lang,
        item=_("driver"),
    )


def growth(of: Objective) -> Chart:
    """Growth of the drivers with key results, month by month, beside what was declared."""
    _, lang = translator(of.study.language), of.study.language
    then, now = driver_months(of.study, slice(None))
    paths = {
        driver_name(r.declared.leaf, lang): driver_growth(then, now, r.declared.leaf, 1) - 1.0
        for r in of.found.results
    }
    goals = {
        driver_name(r.declared.leaf, lang): np.full(units.HORIZON, r.declared.growth.median - 1.0)
        for r in of.found.results
    }
    weakest = min(of.found.results, key=lambda r: r.probability)
    words = {
        "name": driver_name(weakest.declared.leaf, lang),
        "median": percent(weakest.median, lang),
        "asked": percent(weakest.declared.growth.median, lang),
        "year": TARGET_YEAR,
    }
    return fans.panels(
        "key-results",
        _("{name}: {median} in {year}, {asked} asked", **words),
        _(
            "Growth of each driver with a key result over the same month of 2026, with the growth "
            "asked for. {name} grows by {median} in {year} in the median future, {asked} is asked.",
            **words,
        ),
        source.months(of.study),
        paths,
        kind="share",
        what=_("Growth over the same month of 2026"),
        language=lang,
        beside=goals,
        beside_label=_("asked for"),
        shared=False,
    )


def definitions(study: "Study") -> Note:
    """What the drivers mean, in one breath."""
    _ = translator(study.language)
    return Note(
        _(
            "Sales = (new customers + repeat orders) x value of an order. New customers = exposure "
            "(customers open to a choice who know us) x availability (share of them who can buy "
            "where they live) x lead conversion (leads from these) x leads served x win rate. Repeat "
            "orders = customers x repeat orders a customer."
        )
    )


def driver_name(leaf: str, language: str) -> str:
    """What a reader calls a driver of sales."""
    _ = translator(language)
    return {
        "exposure": _("Exposure"),
        "availability": _("Availability"),
        "lead_conversion": _("Lead conversion"),
        "service": _("Leads served"),
        "win_rate": _("Win rate"),
        "customers": _("Customers"),
        "repeat_rate": _("Repeat orders a customer"),
        "order_value": _("Value of an order"),
    }[leaf]


def percent(factor: float, language: str) -> str:
    """A growth factor as a signed percentage to one decimal, such as "+30.0 %"."""
    change = numbers.decimal(100.0 * (factor - 1.0), 1)
    sign = "" if change.startswith("−") else "+"
    return f"{sign}{change}%" if language == "zh" else f"{sign}{change} %"


def signed(amount: float, language: str) -> str:
    """An amount of money with its sign, such as "+93.7 M CNY"."""
    text = numbers.amount("money", amount, language)
    return f"+{text}" if amount > 0 else text


def points(difference: float, language: str) -> str:
    """A difference of shares in percentage points."""
    _ = translator(language)
    return _("{count} points", count=numbers.decimal(100.0 * difference, 1))


def _declared(of: Objective) -> set[str]:
    return {r.declared.leaf for r in of.found.results}


def result_name(result: Result, language: str) -> str:
    """What a key result is called."""
    return str(getattr(result.declared.label, language))
