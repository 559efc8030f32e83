"""Hiring coordination: until when HR may wait, what waiting costs, what marketing asked for.

What it answers: the odds of both targets by the month in which growth requisitions open; the latest
safe dates by role and channel; the headcount plan with its reasons. And the page's answer in words.

What it leaves out: heads over the months (`tandem.charts.workforce`), what each channel takes
(`tandem.charts.channels`), open requisitions by stage (`tandem.charts.requisitions`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import bars, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer, Note
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import hiring_dates
from tandem.study.hiring_dates import Delay, Growth, SafeDate
from tandem.study.ready_dates import safe_leads

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "Dates", "answer", "dates", "date_words", "delay_costs", "odds_by_opening",
    "recovery", "requests", "safe_dates", "steepest",
]  # fmt: skip

#: Futures that a table of dates is computed on: six simulations or more stand behind each.
FUTURES = 300


@dataclass(frozen=True)
class Dates:
    """What the page rests on: growth, delays, safe dates for `probability` (0..1)."""

    study: "Study"
    probability: float
    growth: list[Growth]
    delays: list[Delay]
    safe: SafeDate | None
    ready: dict[tuple[Growth, str], SafeDate]


def dates(study: "Study", probability: float = 0.5) -> Dates:
    """Delays of all growth, and the latest safe day of each role and channel."""
    draws = min(study.draws, FUTURES)
    growing = hiring_dates.growth_positions(study.assumptions)
    delays = hiring_dates.delays(study, draws=draws)
    ready = safe_leads(study, probability, draws=draws)
    safe = hiring_dates.latest_safe(delays, probability) if delays else None
    return Dates(study, probability, growing, delays, safe, ready)


def answer(found: Dates) -> Answer:
    """The latest safe month for the target in one sentence, and what a month of waiting costs."""
    _, lang = translator(found.study.language), found.study.language
    if found.safe is None:
        return Answer(
            headline=_("This scenario asks for no further people: nothing has to be announced."),
            range=_("HR replaces those who leave."),
            facts=(),
        )
    wanted = numbers.of_100(found.probability, lang)
    best = numbers.of_100(max(found.safe.best, 0.0), lang)
    first, last = found.delays[0], found.delays[-1]
    if found.safe.answer == "date":
        headline = _(
            "Open the requisitions by {date}: then both targets are met in at least {wanted} "
            "simulated futures.",
            date=numbers.day(str(found.safe.date), lang),
            wanted=wanted,
        )
    elif found.safe.answer == "none":
        headline = _(
            "No opening date makes both targets likely in {wanted} simulated futures: at best it "
            "is {best}, with 95 % confidence.",
            wanted=wanted,
            best=best,
        )
    else:
        headline = _(
            "Hiring does not decide the target: even requisitions that open on {date} keep it "
            "above {wanted} simulated futures.",
            date=_opening(found, last),
            wanted=wanted,
        )
    return Answer(
        headline=headline,
        range=_(
            "Requisitions that open on {early} meet both targets in {most}, those that open on "
            "{late} in {least}.",
            early=_opening(found, first),
            most=numbers.of_100(first.probability, lang),
            late=_opening(found, last),
            least=numbers.of_100(last.probability, lang),
        ),
        facts=_facts(found),
    )


def _facts(found: Dates) -> tuple[tuple[str, str], ...]:
    _, lang = translator(found.study.language), found.study.language
    heads = sum(growth.heads for growth in found.growth)
    facts = [(_("Heads that the plan adds"), numbers.amount("count", heads, lang))]
    for label, lost in (
        (_("Sales of {year} lost to the dearest month of delay", year=source.PLAN_YEAR), "sales"),
        (_("Value lost to the dearest month of delay"), "npv"),
    ):
        month = steepest(found.delays, lost)
        if month is not None:
            before, after = (getattr(found.delays[at], lost).mean for at in (month - 1, month))
            text = _(
                "{money}, waiting until {date}",
                money=numbers.amount("money", before - after, lang),
                date=_opening(found, found.delays[month]),
            )
            facts.append((label, text))
    return tuple(facts)


def steepest(delays: list[Delay], lost: str) -> int | None:
    """Number of the row before which waiting a month more loses most; None where no month loses any.

    ``lost`` is "npv" or "sales".
    """
    path = np.array([getattr(delay, lost).mean for delay in delays])
    drops = -np.diff(path)
    return int(np.argmax(drops)) + 1 if drops.size and drops.max() > 0 else None


def recovery(found: Dates) -> Note | None:
    """Why later rows may lose less value than earlier ones; None where none does."""
    _ = translator(found.study.language)
    path = [delay.npv.mean for delay in found.delays]
    if not path or min(path) >= path[-1]:
        return None
    worst = found.delays[int(np.argmin(path))]
    return Note(
        _(
            "Value falls most by waiting until {date}; after that a later opening also saves pay and "
            "hiring cost of people who would come too late to sell much in {year}, so that it loses a "
            "little less.",
            date=_opening(found, worst),
            year=source.PLAN_YEAR,
        )
    )


def odds_by_opening(found: Dates) -> Chart | None:
    """Both targets by the month in which requisitions open; None where nothing grows."""
    if not found.delays:
        return None
    _, lang = translator(found.study.language), found.study.language
    first, last = found.delays[0], found.delays[-1]
    words = {
        "early": numbers.of_100(first.probability, lang),
        "late": numbers.of_100(last.probability, lang),
        "date": _opening(found, last),
    }
    return bars.stacked(
        "odds-by-opening",
        _("From {early} to {late} by waiting until {date}", **words),
        _(
            "Share of simulated futures in which both targets are met, by the day on which the "
            "growth requisitions open: {early} at first, {late} on {date}.",
            **words,
        ),
        [numbers.month(units.month_label(delay.opens), lang, short=True) for delay in found.delays],
        {_("both targets met"): [delay.probability for delay in found.delays]},
        kind="share",
        what=_("Futures in which both targets are met"),
        language=lang,
        period=_("Requisitions open at the start of"),
    )


def delay_costs(found: Dates) -> Table | None:
    """Months late against odds, sales and money lost; None where nothing grows."""
    if not found.delays:
        return None
    _, lang = translator(found.study.language), found.study.language
    first = found.delays[0]
    frame = pd.DataFrame(
        [
            {
                "opens": _opening(found, delay),
                "told": _told(found, delay),
                "late": float(delay.opens - first.opens),
                "met": delay.probability,
                "at least": max(delay.lower, 0.0),
                "sales": -delay.sales.mean,
                "npv": -delay.npv.mean,
                "interval": numbers.amount_range("money", -delay.npv.high, -delay.npv.low, lang)
                if delay is not first
                else "–",
            }
            for delay in found.delays
        ]
    )
    return table(
        "delay",
        _("What waiting costs, against requisitions that open on {date}", date=_opening(found, first)),
        frame,
        [
            Column("opens", _("Open on")),
            Column("told", _("HR is told")),
            Column("late", _("Months late"), "count"),
            Column("met", _("Both targets met"), "futures"),
            Column("at least", _("At least (95 %)"), "futures"),
            Column("sales", _("Sales of {year} lost", year=source.PLAN_YEAR), "money", group="lost"),
            Column("npv", _("Value lost"), "money", group="lost"),
            Column("interval", _("95 % interval")),
        ],
        lang,
    )  # fmt: skip


def safe_dates(found: Dates) -> Table | None:
    """The latest day by role and channel on which requisitions may open; None where nothing grows."""
    if not found.ready:
        return None
    _, study = translator(found.study.language), found.study
    channels = _channels(study)
    frame = pd.DataFrame(
        [
            {
                "role": source.label(study, "role", growth.role),
                "place": source.label(study, "place", growth.place),
                "heads": growth.heads,
                **{c: date_words(found.ready[growth, c], study.language) for c in channels},
            }
            for growth in found.growth
        ]
    )
    return table(
        "safe-dates",
        _(
            "Latest day to open requisitions so that four fifths of the heads are productive when "
            "needed, in {share} simulated futures",
            share=numbers.of_100(found.probability, study.language),
        ),
        frame,
        [
            Column("role", _("Role")),
            Column("place", _("Place")),
            Column("heads", _("Heads"), "count"),
            *(Column(c, name) for c, name in channels.items()),
        ],
        study.language,
    )


def requests(found: Dates) -> Table | None:
    """The headcount plan that marketing handed in; None where there is none."""
    _, study = translator(found.study.language), found.study
    rows = [request for layer in study.assumptions.layers for request in layer.requests]
    if not rows:
        return None
    frame = pd.DataFrame(
        [
            {
                "role": source.label(study, "role", row.role),
                "place": source.label(study, "place", row.place),
                "number": float(row.number),
                "needed": numbers.month(units.month_label(row.needed), study.language, short=True),
                "reason": getattr(row.reason, study.language),
            }
            for row in rows
        ]
    )
    return table(
        "headcount-plan",
        _("What marketing asks for"),
        frame,
        [
            Column("role", _("Role")),
            Column("place", _("Place")),
            Column("number", _("Heads"), "count"),
            Column("needed", _("Needed in")),
            Column("reason", _("Reason")),
        ],
        study.language,
    )


def _channels(study: "Study") -> dict[str, str]:
    company = study.assumptions.base
    return {
        name: str(getattr(channel.label, study.language))
        for name, channel in company.channels.items()  # type: ignore[attr-defined]  # the schema's root has channels
    }


def _opening(found: Dates, delay: Delay) -> str:
    return numbers.day(f"{units.month_label(delay.opens)}-01", found.study.language)


def _told(found: Dates, delay: Delay) -> str:
    """How far ahead of the first need HR is told of the plan's own positions."""
    _ = translator(found.study.language)
    needed = min(growth.needed for growth in found.growth)
    notice = needed + 1 - delay.opens
    if notice <= 0:
        return _("in the month of need")
    if notice == 1:
        return _("one month ahead")
    return _("{count} months ahead", count=notice)


def date_words(safe: SafeDate, language: str) -> str:
    """A safe date as a table says it, in the language of the page."""
    _ = translator(language)
    if safe.answer == "none":
        return _("none, at best {chance}", chance=numbers.of_100(max(safe.best, 0.0), language))
    if safe.date is None:
        return _("never binding")
    month = numbers.month(safe.date, language, short=True)
    return numbers.day(safe.date, language) if language == "zh" else f"{safe.date.day} {month}"
