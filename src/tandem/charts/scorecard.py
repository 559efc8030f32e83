"""KPI scorecard: both departments on one page: target, actual, forecast, status.

What it answers: in words and one figure, which KPIs are on track and which are not; the scorecard as
a table; and how likely each target is in the other scenarios.

What it leaves out: computing (`tandem.study.scorecard`), single months (`tandem.charts.review`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from tandem import units
from tandem.charts import comparison, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer, Note
from tandem.charts.departments import department
from tandem.charts.objectives import percent
from tandem.charts.tables import Table
from tandem.language import translator
from tandem.study import scorecard as study_scorecard
from tandem.study.sales_drivers import TARGET_MONTHS, TARGET_YEAR
from tandem.study.scorecard import KPIS, Card, Row

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Scored", "answer", "by_scenario", "card", "chances", "rule", "scored"]


@dataclass(frozen=True)
class Scored:
    """What the page rests on: the study in its language, and the scorecard."""

    study: "Study"
    card: Card


def scored(study: "Study") -> Scored:
    """The scorecard under review, beside every scenario that is the company's to choose.

    Raises Refusal for goals or records that are wrong.
    """
    return Scored(study, study_scorecard.scorecard(study, tuple(source.candidates(study))))


def answer(of: Scored) -> Answer:
    """How many KPIs are on track, and the one that is furthest from it."""
    _, lang = translator(of.study.language), of.study.language
    rows = of.card.rows
    counts = {status: sum(r.status == status for r in rows) for status in _ORDER}
    worst = min(rows, key=lambda r: r.probability)
    return Answer(
        headline=_(
            "{good} of {all} KPIs are on track for {year}, {risk} at risk and {off} off; least "
            "likely: {name} {target}, {chance}.",
            good=counts["on track"],
            risk=counts["at risk"],
            off=counts["off"],
            all=len(rows),
            year=TARGET_YEAR,
            name=kpi_name(worst.name, lang),
            target=_target(worst, lang),
            chance=numbers.futures(worst.probability, lang),
        ),
        range=_basis(of),
        facts=tuple((_side(side, lang), _counted(of, side)) for side in ("marketing", "hr")),
    )


_ORDER = ("on track", "at risk", "off")


def _basis(of: Scored) -> str:
    _, lang = translator(of.study.language), of.study.language
    if of.card.last is None:
        return _("Forecast of {scenario}, without records.", scenario=of.card.study.label)
    return _(
        "Forecast of {scenario}, given the records until {month}.",
        scenario=_label(of, of.card.study.scenario),
        month=numbers.month(units.month_label(of.card.last), lang),
    )


def _counted(of: Scored, side: str) -> str:
    _ = translator(of.study.language)
    mine = [r for r in of.card.rows if r.kpi.department == side]
    return _(
        "{good} on track, {risk} at risk, {off} off",
        good=sum(r.status == "on track" for r in mine),
        risk=sum(r.status == "at risk" for r in mine),
        off=sum(r.status == "off" for r in mine),
    )


def chances(of: Scored) -> Chart:
    """Of 100 futures, in how many each target is reached: before, and given the records."""
    _, lang = translator(of.study.language), of.study.language
    rows = sorted(of.card.rows, key=lambda r: -r.probability)
    moved = max(rows, key=lambda r: abs(r.probability - r.before))
    words = {
        "name": kpi_name(moved.name, lang),
        "before": numbers.of_100(moved.before, lang),
        "after": numbers.of_100(moved.probability, lang),
        "year": TARGET_YEAR,
    }
    events = {_("given the records"): [r.probability for r in rows]}
    title = _("What the records changed most: {name}, {before} to {after}", **words)
    if of.card.last is None:
        title = _("In how many simulated futures each target of {year} is reached", **words)
        events = {}
    events[_("in October 2026")] = [r.before for r in rows]
    return comparison.probabilities(
        "kpi-chances",
        title,
        _(
            "In how many of 100 simulated futures each KPI reaches its target of {year}. {name} "
            "moved most with the records: {before} as forecast, {after} now.",
            **words,
        ),
        [kpi_name(r.name, lang) for r in rows],
        events,
        chosen=None,
        language=lang,
        item=_("KPI"),
    )


def card(of: Scored) -> Table:
    """The scorecard: a KPI a row, each in its own unit; the CSV holds plain numbers."""
    _, lang = translator(of.study.language), of.study.language
    cells, data = [], []
    for row in of.card.rows:
        cells.append(
            (
                kpi_name(row.name, lang),
                status_name(row.status, lang),
                _target(row, lang),
                shown(row, row.actual, lang),
                shown(row, row.expected, lang),
                _span(row, lang),
                numbers.of_100(row.probability, lang),
                department(row.owner, _),
            )
        )
        readings = [row.target, row.actual, row.expected, row.low, row.median, row.high]
        data.append([row.name, row.kpi.department, row.owner, *readings, row.probability,
                     row.before, row.status])  # fmt: skip
    until = _("Records until {month}", month=_month(of, lang))
    return Table(
        id="kpi-scorecard",
        title=_("KPI scorecard of {year}", year=TARGET_YEAR),
        headers=(
            _("KPI"), _("Status"), _("Target"), until, _("Forecast for these months"),
            _("Forecast of {year} (P10 to P90)", year=TARGET_YEAR), _("Target reached"),
            _("Owner"),
        ),
        rows=tuple(cells),
        numeric=(False, False, *(True,) * 5, False),
        data=pd.DataFrame(
            data,
            columns=["kpi", "department", "owner", "target", "actual", "expected so far", "P10",
                     "median", "P90", "probability", "probability before", "status"],
        ),
    )  # fmt: skip


def by_scenario(of: Scored) -> Table:
    """In how many futures each target is reached, by scenario, without records."""
    _, lang = translator(of.study.language), of.study.language
    odds = of.card.others
    rows = [
        (_label(of, name), *(numbers.decimal(round(100 * chance[kpi]), 0) for kpi in KPIS))
        for name, chance in odds.items()
    ]
    return Table(
        id="kpis-by-scenario",
        title=_(
            "In how many of 100 simulated futures each target of {year} is reached, as forecast in "
            "October 2026",
            year=TARGET_YEAR,
        ),
        headers=(_("Scenario"), *(kpi_name(name, lang) for name in KPIS)),
        rows=tuple(rows),
        numeric=(False, *(True,) * len(KPIS)),
        data=pd.DataFrame([{"scenario": name, **chance} for name, chance in odds.items()]),
    )


def rule(of: Scored) -> Note:
    """What the statuses mean, and how the records enter the forecast."""
    _, lang = translator(of.study.language), of.study.language
    goals = of.card.declared.scorecard
    return Note(
        _(
            "On track: the target is reached in at least {good} simulated futures; at risk: in at "
            "least {risk}; off: in fewer. Each future of the year is moved by as much as futures that "
            "differ so far differ at its end. Sales are in prices of the day; sales and new "
            "customers compare with the same months of 2026. Share: new customers in those open to "
            "a choice; conversion: in leads. Fill rate: heads over approved heads. Turnover: leavers "
            "over mean heads, a year. Training coverage is 1 where everybody is trained as in 2026. "
            "Awareness, training and satisfaction are those of the last month.",
            good=numbers.of_100(goals.on_track.median, lang),
            risk=numbers.of_100(goals.at_risk.median, lang),
        )
    )


def kpi_name(name: str, language: str) -> str:
    """What a reader calls a KPI."""
    _ = translator(language)
    return {
        "sales": _("Sales"),
        "new_customers": _("New customers"),
        "share": _("Market share"),
        "awareness": _("Awareness"),
        "conversion": _("Conversion of leads"),
        "fill_rate": _("Fill rate"),
        "training_cover": _("Training coverage"),
        "satisfaction": _("Customers' satisfaction"),
        "turnover": _("Turnover a year"),
    }[name]


def status_name(status: str, language: str) -> str:
    """A status in words."""
    _ = translator(language)
    return {"on track": _("on track"), "at risk": _("at risk"), "off": _("off")}[status]


def shown(row: Row, value: float, language: str) -> str:
    """A value of a KPI in its unit: growth with its sign, a share in per cent, an index plain."""
    if value != value:
        return numbers.MISSING
    if row.kpi.kind == "growth":
        return percent(value, language)
    if row.kpi.kind == "index":
        return numbers.decimal(value, 2)
    return numbers.amount("share", value, language)


def _target(row: Row, language: str) -> str:
    """The target with the side on which it is reached."""
    sign = "≥" if row.kpi.better == "higher" else "≤"
    return f"{sign} {shown(row, row.target, language)}"


def _span(row: Row, language: str) -> str:
    if row.kpi.kind == "share":
        return numbers.amount_range("share", row.low, row.high, language)
    _ = translator(language)
    low, high = (shown(row, end, language) for end in (row.low, row.high))
    return _("{low} to {high}", low=low, high=high)


def _side(side: str, language: str) -> str:
    _ = translator(language)
    return {"marketing": _("Marketing"), "hr": _("Human resources")}[side]


def _month(of: Scored, language: str) -> str:
    last = TARGET_MONTHS.start - 1 if of.card.last is None else of.card.last
    return numbers.month(units.month_label(last), language, short=True)


def _label(of: Scored, scenario: str) -> str:
    return str(getattr(of.study.of(scenario).entry.label, of.study.language))
