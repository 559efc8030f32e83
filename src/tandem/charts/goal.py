"""From goal to headcount: which people the targets need, as a sentence and a table.

What it answers: whether people or demand stand between the plan and its targets, and the heads of
each position with the month in which their requisitions must open.

What it leaves out: what HR then hires (`tandem.charts.workforce`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import pandas as pd

from tandem import units
from tandem.charts import numbers, source
from tandem.charts.components import Note
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.goal import Goal

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["needs", "sentence"]

FIRST_OPENING = 1  # model month: the first review is that of October 2026


def sentence(study: "Study", goal: Goal) -> Note:
    """Whether the targets need more people, or more demand than any number of people could serve."""
    _, lang = translator(study.language), study.language
    words = {
        "year": source.PLAN_YEAR,
        "wanted": numbers.amount("share", goal.sales_growth - 1.0, lang),
        "customers": numbers.amount("share", goal.customers_growth - 1.0, lang),
        "full": numbers.amount("share", goal.sales_at_full - 1.0, lang),
        "joined": numbers.amount("share", goal.customers_at_full - 1.0, lang),
        "now": numbers.amount("share", goal.sales_as_2026 - 1.0, lang),
    }
    if goal.part is None:
        return Note(
            _(
                "Demand is what the targets lack: even with everybody whom it could employ, sales of "
                "{year} grow by {full} and new customers by {joined}, against {wanted} and "
                "{customers}.",
                **words,
            )
        )
    if goal.part == 0.0:
        return Note(
            _("The people of 2026 can make the targets: sales of {year} grow by {now}.", **words)
        )
    return Note(
        _(
            "With the people of 2026 sales of {year} grow by {now}; the targets, {wanted} and "
            "{customers} more customers, need the people below, in time and productive.",
            **words,
        )
    )


def needs(study: "Study", goal: Goal) -> Table:
    """Heads of 2026, needed by the end of the target year and planned, and when they must open."""
    _, lang = translator(study.language), study.language
    frame = pd.DataFrame(
        [
            {
                "position": f"{source.label(study, 'role', need.role)}, "
                f"{source.label(study, 'place', need.place)}",
                "then": need.heads_2026,
                "needed": need.needed,
                "planned": need.planned,
                "opens": _opening(need.opens, lang),
                "courses": _courses(study, need.role) if need.needed >= need.heads_2026 + 1 else "",
            }
            for need in goal.needs
            if max(need.needed, need.planned) > 0
        ]
    )
    title = (
        _("People that the targets of {year} need", year=source.PLAN_YEAR)
        if goal.part is not None
        else _("People that all the demand of {year} needs", year=source.PLAN_YEAR)
    )
    return table(
        "goal-to-headcount",
        title,
        frame,
        [
            Column("position", _("Position")),
            Column("then", _("Heads of {year}", year=source.BASE_YEAR), "count"),
            Column("needed", _("Needed, end of {year}", year=source.PLAN_YEAR), "count"),
            Column("planned", _("HR aims at"), "count"),
            Column("opens", _("First of them opens by")),
            Column("courses", _("Courses for the new")),
        ],
        lang,
    )


def _courses(study: "Study", role: str) -> str:
    """Courses of a role, by name; those for everybody go without saying."""
    company = study.assumptions.base
    return ", ".join(
        str(getattr(course.label, study.language))
        for course in company.courses.values()  # type: ignore[attr-defined]  # the schema's root has courses
        if role in course.roles
    )


def _opening(month: int | None, language: str) -> str:
    """The month in which the first requisition must open; how late it is where that has gone by."""
    if month is None:
        return "–"
    if month >= FIRST_OPENING:
        return numbers.month(units.month_label(month), language, short=True)
    late = FIRST_OPENING - month
    _, first = translator(language), units.month_label(FIRST_OPENING)
    text = numbers.month(first, language, short=True)
    return (
        _("{month}, a month late", month=text)
        if late == 1
        else _("{month}, {count} months late", month=text, count=late)
    )
