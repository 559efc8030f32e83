"""Sensitivity: what drives a scenario, and what decides between two, in words, figures and tables.

What it answers: the tornado; the assumptions under which the targets are missed; how sure the headline
numbers are; shares of the uncertainty by subject; switch points with their check.

What it leaves out: computing any of it (`tandem.study.deciding`), and what knowing more is worth
(`tandem.charts.information`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from tandem import units
from tandem.charts import comparison, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Answer, Note
from tandem.charts.tables import Column, Table, table
from tandem.language import Translator, translator
from tandem.results.measures import MEASURES
from tandem.study.comparison import summary
from tandem.study.contest import Contest, Input
from tandem.study.deciding import LUCK, Share, Switch, Tornado, missed, response

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "answer", "convergence", "corner", "drivers", "level_text", "name_of", "recorded", "shares", "subject_name", "surface",
    "switches", "tornado",
]  # fmt: skip

Shown = TypeVar("Shown")

SHOWN = 10  # rows of a tornado
SURE = 2.0  # standard errors on either side


def answer(study: "Study", found: Tornado) -> Answer:
    """How likely both targets are, how sure that number is, and what moves the money most."""
    _, lang = translator(study.language), study.language
    both = summary(study.draws_of(source.BOTH_MET), is_event=True)
    facts = [
        (_("Futures with both met"), numbers.of_100(both["probability"], lang)),
        (
            _("Sampling error of that count"),
            _("± {count} of 100", count=numbers.significant(100.0 * SURE * both["se"], 2)),
        ),
    ]
    headline = _(
        "Both targets are met {futures}.", futures=numbers.futures(both["probability"], lang)
    )
    if not found.ranking:
        return Answer(headline, _("No assumption moves its net present value."), tuple(facts))
    item, swing = found.rows[0]
    low, high = sorted((swing.low, swing.high))
    return Answer(
        headline,
        _(
            "What moves net present value most is “{assumption}”: {range} between its P10 and P90.",
            assumption=name_of(item, _),
            range=numbers.amount_range("money", low, high, lang),
        ),
        tuple(facts),
    )


def tornado(study: "Study", found: Tornado, against: str | None = None) -> Chart | None:
    """The widest swings of net present value, or of the lead over `against`; None without any.

    `against` is a scenario's label.
    """
    if not found.ranking:
        return None
    _, lang = translator(study.language), study.language
    rows = [
        Interval(
            name_of(item, _),
            min(swing.low, swing.high),
            found.centre,
            max(swing.low, swing.high),
            swing.turns,
        )
        for item, swing in found.rows[:SHOWN]
        if swing.width > 0.0
    ]
    turning = sum(swing.turns for _item, swing in found.rows)
    what = _("Net present value") if against is None else _("Lead over “{rival}”", rival=against)
    first = rows[0]
    values = {
        "assumption": first.label,
        "range": numbers.amount_range("money", first.low, first.high, lang),
    }
    if against is None:
        title = _("What moves net present value most")
        finding = _("“{assumption}” alone moves net present value over {range}.", **values)
    elif turning:
        title = _("{count} assumptions alone turn the lead", count=turning)
        finding = _("“{assumption}” alone moves the lead over {range}.", **values)
    else:
        title = _("No assumption alone turns the lead")
        finding = _("The widest, “{assumption}”, moves the lead over {range}.", **values)
    return comparison.intervals(
        "tornado",
        title,
        finding,
        rows,
        kind="money",
        what=_("{what}, assumption at P10 and at P90, all others at their medians", what=what),
        language=lang,
        item=_("assumption"),
    )


def corner(study: "Study") -> Table | Note:
    """The assumptions under which both targets are missed most often, or why there are none."""
    _, lang = translator(study.language), study.language
    box, inputs = missed(study, source.BOTH_MET)
    if not inputs:
        return Note(
            _("Both targets are missed {futures}, whatever the assumptions.",
              futures=numbers.futures(box.base, lang))
            if box.base in (0.0, 1.0)
            else _("No corner of the assumptions stands out: the targets are missed about as often "
                   "everywhere, or there are too few futures to see one.")
        )  # fmt: skip
    rows = [
        {
            "name": name_of(item, _),
            "from": level_text(item, side.low, lang) if side.low > 0.0 else _("any"),
            "to": level_text(item, side.high, lang) if side.high < 1.0 else _("any"),
        }
        for item, side in zip(inputs, box.sides, strict=True)
    ]
    return table(
        "corner",
        _(
            "Where both targets are missed {there}, against {base} everywhere; {coverage} of all "
            "misses lie here",
            there=numbers.futures(box.density, lang),
            base=numbers.of_100(box.base, lang),
            coverage=numbers.amount("share", box.coverage, lang),
        ),
        pd.DataFrame(rows),
        [Column("name", _("Assumption")), Column("from", _("from")), Column("to", _("to"))],
        lang,
    )


def convergence(study: "Study") -> Table:
    """How wide the sampling error of the headline numbers is with so many futures."""
    _, lang = translator(study.language), study.language
    rows = []
    for name in (source.BOTH_MET, source.SALES_MET, source.CUSTOMERS_MET, source.NPV):
        measure = MEASURES[name]
        found = summary(study.draws_of(name), is_event=measure.is_event)
        middle = found["probability"] if measure.is_event else found["mean"]
        kind = "share" if measure.is_event else "money"
        ends = (middle - SURE * found["se"], middle + SURE * found["se"])
        rows.append(
            {
                "name": measure.label[lang],
                "value": numbers.amount(kind, middle, lang),
                "range": numbers.amount_range(kind, *ends, lang),
            }
        )
    return table(
        "convergence",
        _("How sure the headline numbers are with {count} futures", count=study.draws),
        pd.DataFrame(rows),
        [
            Column("name", _("Number")),
            Column("value", _("Estimate")),
            Column("range", _("Two standard errors either side")),
        ],
        lang,
    )


def drivers(study: "Study", found: Tornado) -> Table:
    """The same swings as a table: each assumption's P10 and P90, and the money at both."""
    _, lang = translator(study.language), study.language
    rows = [
        {
            "name": name_of(item, _),
            "p10": level_text(item, 0.1, lang),
            "p90": level_text(item, 0.9, lang),
            "low": swing.low,
            "high": swing.high,
        }
        for item, swing in found.rows[:SHOWN]
    ]
    return table(
        "drivers",
        _("One assumption at a time, all others at their medians"),
        pd.DataFrame(rows, columns=["name", "p10", "p90", "low", "high"]),
        [
            Column("name", _("Assumption")),
            Column("p10", "P10"),
            Column("p90", "P90"),
            Column("low", _("Money at P10"), "money", group="money"),
            Column("high", _("Money at P90"), "money", group="money"),
        ],
        lang,
    )


def shares(study: "Study", found: Sequence[Share]) -> Table | None:
    """Shares of the uncertainty by subject, alone and with all it acts together with; None if none."""
    if not found:
        return None
    _, lang = translator(study.language), study.language
    rows = [
        {
            "name": subject_name(share.subject, _),
            "first": share.first[0],
            "first_range": numbers.amount_range("share", *share.first[1:], lang),
            "total": share.total[0],
            "total_range": numbers.amount_range("share", *share.total[1:], lang),
        }
        for share in found
    ]
    return table(
        "shares",
        _("Which subject the uncertainty of the lead comes from (Sobol indices)"),
        pd.DataFrame(rows),
        [
            Column("name", _("Subject")),
            Column("first", _("Alone"), "share", group="share"),
            Column("first_range", _("90 % interval")),
            Column("total", _("With others"), "share", group="share"),
            Column("total_range", _("90 % interval of it")),
        ],
        lang,
    )


def switches(found: Contest, turned: Sequence[Switch]) -> Table | None:
    """Where single assumptions turn the choice, each simulated; None where nothing moves it."""
    if not turned:
        return None
    study, rival = found.studies[0], found.studies[1]
    _, lang = translator(study.language), study.language
    rows = []
    for switch in turned:
        level = level_text(switch.input, switch.uniform, lang)
        if switch.turns:
            where = level
        else:
            where = _("none within its range; nearest at {level}", level=level)
        gap = switch.simulated
        rows.append(
            {
                "name": name_of(switch.input, _),
                "now": level_text(switch.input, 0.5, lang),
                "switch": where,
                "lead": gap.mean,
                "range": numbers.amount_range("money", gap.low, gap.high, lang),
                "check": _("agrees") if switch.confirmed else _("does not settle it"),
            }
        )
    return table(
        "switches",
        _("Where “{rival}” would become the better choice", rival=rival.label),
        pd.DataFrame(rows),
        [
            Column("name", _("Assumption")),
            Column("now", _("Median today")),
            Column("switch", _("Switch point")),
            Column("lead", _("Simulated lead there"), "money"),
            Column("range", _("95 % interval")),
            Column("check", _("Simulation")),
        ],
        lang,
    )


def surface(found: Contest, ranked: Sequence[int]) -> Note | None:
    """How much of the lead's spread the surface explains that switch points are looked for on."""
    study = found.studies[0]
    _, lang = translator(study.language), study.language
    if len(found.studies) < 2 or not ranked:
        return None
    r2 = response(found, ranked).r2
    if r2 <= 0.0:
        return Note(
            _(
                "The surface explains nothing of how the lead varies over futures that it was not fitted "
                "to: luck and joint effects rule. The simulated leads above hold none the less."
            )
        )
    return Note(
        _(
            "The surface explains {share} of how the lead varies over futures that it was not fitted to "
            "(R²); the rest is luck and joint effects. The simulated leads above do not rest on it.",
            share=numbers.amount("share", r2, lang),
        )
    )


def recorded(shown: Shown | Note) -> Shown | None:
    """What a record keeps of something that may be a note: a figure or table, else None."""
    return None if isinstance(shown, Note) else shown


def name_of(item: Input, _: Translator) -> str:
    """What a reader calls an assumption: its label, and where it holds."""
    where = _.label(item.where)
    return f"{_.label(item.label)} ({where})" if where else _.label(item.label)


def subject_name(subject: str, _: Translator) -> str:
    """What a reader calls a subject; a section of none of them keeps its name."""
    names = {
        "market": _("Market and rivals"),
        "brand": _("Brand and media"),
        "customers": _("Customers"),
        "hiring": _("Hiring and selection"),
        "people": _("Roles and turnover"),
        "pay": _("Pay and effort"),
        "development": _("Training and culture"),
        "money": _("Finance"),
        LUCK: _("Luck: who comes, who leaves, how months turn out"),
    }
    return names.get(subject, subject)


def level_text(item: Input, uniform: float, language: str) -> str:
    """An assumption's value at a uniform, with its unit in words."""
    unit, value = units.unit(item.estimate.unit), item.level(uniform)
    if unit.kind == "share":
        return numbers.amount("share", value * unit.factor, language)
    text = numbers.amount("number", value, language)
    return f"{text} {units.label(item.estimate.unit, language)}".strip()
