"""Doubts: what would change the choice, what may go wrong and whose it is, and what to ask first.

What it answers: in a point, which assumption alone turns the choice and at which level; the assumptions
that harm the chosen scenario most, each with the department that owns it; the study most worth buying
with its value and date, or that none pays.

What it leaves out: computing any of it (`tandem.study.deciding`, `tandem.study.questions`); the same at
length (`tandem.charts.sensitivity`, `tandem.charts.information`).

Who may import it: batch, site, cli and notebooks.
"""

import pandas as pd

from tandem.charts import numbers
from tandem.charts.components import Note, Point
from tandem.charts.departments import department
from tandem.charts.information import Asked
from tandem.charts.sensitivity import level_text, name_of
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.deciding import HIGH, LOW

__all__ = ["question", "risks", "turning"]

_RISKS = 3  # rows: a board takes no more of them along


def turning(asked: Asked) -> Point | None:
    """Which assumption alone turns the choice, the nearest first; None where nothing can turn it."""
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    if asked.rival is None:
        return None
    found = next((s for s in asked.switches if s.turns and s.confirmed), None)
    if found is not None:
        return Point(
            _(
                "“{rival}” would be the better choice beyond this: {assumption}, {level}.",
                rival=asked.rival,
                assumption=name_of(found.input, _),
                level=level_text(found.input, found.uniform, lang),
            ),
            _("The median today is {level}.", level=level_text(found.input, 0.5, lang)),
        )
    fact = _("No assumption alone turns it from “{rival}”.", rival=asked.rival)
    if not asked.switches:
        return Point(fact, _("None moves the lead at all."))
    least = min(asked.switches, key=lambda switch: switch.simulated.mean)
    return Point(
        fact,
        _(
            "What comes nearest is {assumption}: at {level} the lead is still {amount}.",
            assumption=name_of(least.input, _),
            level=level_text(least.input, least.uniform, lang),
            amount=numbers.amount("money", least.simulated.mean, lang),
        )
        if least.simulated.low > 0.0
        else _(
            "Whether {assumption} does at {level}, these futures do not settle.",
            assumption=name_of(least.input, _),
            level=level_text(least.input, least.uniform, lang),
        ),
    )


def risks(asked: Asked) -> Table | None:
    """The assumptions that harm the chosen scenario most at their worse end, with who owns them.

    Each alone at P10 or P90, all others at their medians. None where no assumption harms it.
    """
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    centre = asked.own.centre
    harms = [(item, s) for item, s in asked.own.rows if min(s.low, s.high) < centre]
    harms.sort(key=lambda row: min(row[1].low, row[1].high))
    if not harms:
        return None
    rows = [
        {
            "risk": name_of(item, _),
            "now": level_text(item, 0.5, lang),
            "then": level_text(item, LOW if swing.low < swing.high else HIGH, lang),
            "harm": centre - min(swing.low, swing.high),
            "owner": department(item.estimate.owner, _),
        }
        for item, swing in harms[:_RISKS]
    ]
    return table(
        "owned-risks",
        _("What harms “{scenario}” most, and whose it is", scenario=study.label),
        pd.DataFrame(rows),
        [
            Column("risk", _("Assumption")),
            Column("now", _("Median today")),
            Column("then", _("One chance in ten: beyond")),
            Column("harm", _("Costs at that level"), "money"),
            Column("owner", _("Watched by")),
        ],
        lang,
    )


def question(asked: Asked) -> Note:
    """The study most worth buying, until when; or that none pays, with what the best one comes to."""
    study = asked.contest.studies[0]
    _, lang = translator(study.language), study.language
    best = asked.best
    if asked.rival is None:
        return Note(_("There is no other scenario to compare with, so nothing to find out first."))
    if best is None:
        return Note(_("No study is on offer that could be bought before the decision."))
    values = {
        "study": _.label(best.enquiry.label.model_dump()),
        "worth": numbers.amount("money", best.worth.value, lang),
        "price": numbers.amount("money", best.price, lang),
        "delay": numbers.amount("money", best.delay, lang),
        "net": numbers.amount("money", best.net, lang),
    }
    if best.until is not None and best.net > 0.0:
        return Note(
            _(
                "Ask first: {study}. Its answer is worth {worth}, its price is {price} and waiting for "
                "it costs {delay}, which leaves {net}; it pays if it is there by {day}.",
                day=numbers.day(best.until, lang),
                **values,
            )
        )
    if best.until is not None:
        return Note(
            _(
                "No study on offer pays before the decision. What comes nearest, “{study}”, is worth "
                "{worth} against a price of {price}, and waiting for it costs {delay}.",
                **values,
            )
        )
    return Note(
        _(
            "No study on offer pays before the decision. What comes nearest, “{study}”, is worth "
            "{worth} against a price of {price}.",
            **values,
        )
    )
