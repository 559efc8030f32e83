"""Tables of the monthly review: scorecard, positions off range, hiring, probation.

What it answers: the records beside what was forecast, in the units of each measure; the CSV holds
every number unrounded.

What it leaves out: words and figures (`tandem.charts.review`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence

import pandas as pd

from tandem import units
from tandem.charts import numbers, source
from tandem.charts.review import Reviewed
from tandem.charts.review_words import (
    action,
    amount,
    measure_name,
    quarter_name,
    scope_name,
    span,
    standing_words,
)  # fmt: skip
from tandem.charts.tables import Table
from tandem.language import translator
from tandem.study.actuals import COMPANY, KINDS
from tandem.study.review import Review, Row

__all__ = ["hiring", "off_range", "probation", "scorecard"]

#: Fewer requisitions than this make no rate worth showing.
FEW = 5
_PARTS = ("actual", "P10", "median", "P90")


def scorecard(found: Reviewed) -> Table | None:
    """Markets and the company as a whole: the last month, and the quarter beside its forecast."""
    held = found.review
    if held is None:
        return None
    _, lang = translator(found.study.language), found.study.language
    shown = [r for r in held.rows if KINDS[r.measure].level == "market" or r.scope == COMPANY]
    shown = [r for r in shown if r.quarter.actual or r.quarter.high]  # a market that is not open
    title = _("Scorecard, {quarter}", quarter=quarter_name(held, lang))
    return _card("scorecard", title, held, shown, lang)


def off_range(found: Reviewed) -> Table | None:
    """Positions of which a figure lies outside the range; None where there is none."""
    held = found.review
    if held is None:
        return None
    _, lang = translator(found.study.language), found.study.language
    shown = [r for r in held.rows if KINDS[r.measure].level == "position" and r.scope != COMPANY]
    shown = [r for r in shown if r.verdict in ("bad", "good")]
    title = _(
        "Positions outside the range of the forecast, {quarter}", quarter=quarter_name(held, lang)
    )
    return _card("positions-off-range", title, held, shown, lang) if shown else None


def _card(id: str, title: str, held: Review, rows: Sequence[Row], lang: str) -> Table:
    """Rows in their own units: as words for the reader, as plain numbers for the CSV."""
    _ = translator(lang)
    month = numbers.month(units.month_label(held.last), lang, short=True)
    cells, data = [], []
    for row in rows:
        unit = KINDS[row.measure].unit
        name, where = measure_name(row.measure, lang), scope_name(held.study, row.scope)
        now, so_far = row.month, row.quarter
        cells.append(
            (
                name,
                where,
                amount(unit, now.actual, lang),
                amount(unit, so_far.actual, lang),
                span(unit, so_far.low, so_far.high, lang),
                standing_words(row, lang),
            )
        )
        readings = [
            *(now.actual, now.low, now.median, now.high),
            *(so_far.actual, so_far.low, so_far.median, so_far.high),
        ]
        data.append([row.measure, row.scope, unit, *readings, so_far.standing, row.verdict])
    columns = ["measure", "scope", "unit"]
    columns += [f"{when}: {what}" for when in ("month", "quarter") for what in _PARTS]
    return Table(
        id=id,
        title=title,
        headers=(
            _("Measure"), _("Where"), month, quarter_name(held, lang), _("Forecast (P10 to P90)"),
            _("Standing"),
        ),
        rows=tuple(cells),
        numeric=(False, False, True, True, True, False),
        data=pd.DataFrame(data, columns=[*columns, "standing", "verdict"]),
    )  # fmt: skip


def hiring(found: Reviewed) -> Table | None:
    """Requisitions by position since the plan began: opened, due, filled; rate and days.

    Shown from `FEW` opened on, since of fewer a rate says nothing; the CSV has all.
    """
    held = found.review
    if held is None or not held.hiring:
        return None
    _, lang = translator(found.study.language), found.study.language
    cells, data = [], []
    for row in sorted(held.hiring, key=lambda row: -row.opened):
        counts = [row.opened, row.due, row.filled]
        both = [
            *(row.rate.actual, row.rate.low, row.rate.median, row.rate.high),
            *(row.days.actual, row.days.low, row.days.median, row.days.high),
        ]
        data.append([row.position, *counts, *both])
        if row.opened < FEW:
            continue
        cells.append(
            (
                scope_name(held.study, row.position),
                *(numbers.amount("count", count, lang) for count in counts),
                numbers.amount("share", row.rate.actual, lang),
                span("share", row.rate.low, row.rate.high, lang),
                amount("day", row.days.actual, lang),
                span("day", row.days.low, row.days.high, lang),
            )
        )
    columns = ["position", "opened", "due", "filled"]
    columns += [f"{what}: {part}" for what in ("fill rate", "days to fill") for part in _PARTS]
    return Table(
        id="hiring",
        title=_(
            "Hiring since {month}, positions with {few} requisitions or more",
            month=numbers.month(units.month_label(0), lang),
            few=FEW,
        ),
        headers=(
            _("Position"), _("Opened"), _("Due"), _("Filled"), _("Filled of due"),
            _("Rate, P10 to P90"), _("Days to fill"), _("Days, P10 to P90"),
        ),
        rows=tuple(cells),
        numeric=(False, *(True,) * 7),
        data=pd.DataFrame(data, columns=columns),
    )  # fmt: skip


def probation(found: Reviewed) -> Table | None:
    """Probation by role: failures, retention with its interval, the plan, and the first reason."""
    held = found.review
    if held is None or not held.probation:
        return None
    _, lang = translator(found.study.language), found.study.language
    cells, data = [], []
    for row in held.probation:
        kept = row.found
        cells.append(
            (
                source.label(held.study, "role", row.role),
                numbers.amount("count", kept.exposure, lang),
                numbers.amount("count", kept.failed, lang),
                numbers.amount("share", kept.estimate, lang),
                span("share", kept.low, kept.high, lang),
                numbers.amount("share", row.planned.median, lang),
                action(row.says, lang) if row.says.action != "none" else _("no change"),
            )
        )
        base = [row.role, kept.exposure, kept.failed, kept.estimate, kept.low, kept.high]
        data.append([*base, row.planned.median, *row.reasons.values(), row.says.action])
    columns = ["role", "person-months", "failed", "retention", "low 95 %", "high 95 %", "planned"]
    return Table(
        id="probation",
        title=_("Probation since {month}", month=numbers.month(units.month_label(0), lang)),
        headers=(
            _("Role"), _("Person-months"), _("Failed"), _("Pass probation"), _("95 % interval"),
            _("Planned"), _("Rule"),
        ),
        rows=tuple(cells),
        numeric=(False, *(True,) * 5, False),
        data=pd.DataFrame(data, columns=[*columns, *held.probation[0].reasons, "action"]),
    )  # fmt: skip
