"""Monthly review: are we on plan, and what must change?

What it answers: in words, how the records stand against the forecast and what the rule says; what
happened over the months on the fan of what was forecast; why people fail probation.

What it leaves out: tables (`tandem.charts.review_tables`), comparing (`tandem.study.review`), the
rule (`tandem.study.probation`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tandem import units
from tandem.charts import bars, fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer, Callout
from tandem.charts.review_words import action, quarter_name, reason_name
from tandem.language import translator
from tandem.study.actuals import COMPANY
from tandem.study.readings import Reading, paths_of
from tandem.study.recruitment import Probation
from tandem.study.review import Review, review

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Reviewed", "answer", "heads", "reasons", "reviewed", "rule", "sales"]

#: Months that a figure shows beyond the one under review.
AHEAD = 9


@dataclass(frozen=True)
class Reviewed:
    """What the page rests on: the study in its language, and the review; None where there is none."""

    study: "Study"
    review: Review | None


def reviewed(study: "Study") -> Reviewed:
    """The review that the settings of `study` name; raises Refusal for records that are wrong."""
    return Reviewed(study, review(study))


def answer(found: Reviewed) -> Answer:
    """Whether we are on plan, and the first thing that must change."""
    _, lang = translator(found.study.language), found.study.language
    held = found.review
    if held is None:
        return Answer(
            headline=_("There is nothing to review: no scenario and no records are named for it."),
            range=_("A review: block in params/study.yaml names them."),
        )
    first = next((row for row in held.probation if row.says.action != "none"), None)
    known = [row for row in held.rows if row.verdict != "unknown"]
    bad, good = (sum(row.verdict == kind for row in known) for kind in ("bad", "good"))
    within = sum(row.verdict == "as planned" for row in known)
    if first is not None:
        headline = _(
            "{role}: {share} of those hired pass probation, {planned} were planned, and {reason} "
            "is why most fail. {action}",
            role=source.label(held.study, "role", first.role),
            share=numbers.amount("share", first.found.estimate, lang),
            planned=numbers.amount("share", first.planned.median, lang),
            reason=reason_name(first.says.reason, lang),
            action=action(first.says, lang),
        )
    elif bad:
        headline = _(
            "Not on plan: {bad} of {all} figures are worse than forecast.", bad=bad, all=len(known)
        )
    else:
        headline = _("On plan: none of {all} figures is worse than forecast.", all=len(known))
    return Answer(
        headline=headline,
        range=_(
            "Of {all} figures of {quarter}, {within} lie between P10 and P90 of the forecast, {bad} "
            "are worse and {good} better. By chance alone one in five lies outside.",
            all=len(known),
            quarter=quarter_name(held, lang),
            within=within,
            bad=bad,
            good=good,
        ),
        facts=_facts(held, lang),
    )


def _facts(held: Review, lang: str) -> tuple[tuple[str, str], ...]:
    _ = translator(lang)
    facts = []
    total = _total_sales(held)
    facts.append(
        (_("Sales, {quarter}", quarter=quarter_name(held, lang)), _beside(total, "money", lang))
    )
    people = next((r for r in held.rows if (r.measure, r.scope) == ("heads", COMPANY)), None)
    if people is not None:
        facts.append((_("Heads"), _beside(people.quarter, "count", lang)))
    due, filled = sum(r.due for r in held.hiring), sum(r.filled for r in held.hiring)
    if due:
        words = _("{filled} filled, {due} were due", filled=filled, due=due)
        facts.append((_("Requisitions since the plan began"), words))
    return tuple(facts)


def _beside(reading: Reading, kind: str, lang: str) -> str:
    _ = translator(lang)
    return _(
        "{actual} (forecast {range})",
        actual=numbers.amount(kind, reading.actual, lang),
        range=numbers.amount_range(kind, reading.low, reading.high, lang),
    )


def rule(found: Reviewed) -> Callout | None:
    """What the rule says of the role with most people on probation; None without a review."""
    held = found.review
    if held is None or not held.probation:
        return None
    _, lang = translator(found.study.language), found.study.language
    row = next((r for r in held.probation if r.says.action != "none"), held.probation[0])
    role = source.label(held.study, "role", row.role)
    kept = numbers.amount_range("share", row.found.low, row.found.high, lang)
    plan = numbers.amount("share", row.planned.median, lang)
    if row.says.action != "none":
        text = _(
            "{role}: {kept} pass probation, with 95 % confidence. That is below the {plan} planned, and "
            "{reason} stands behind {share} of the failures. {action}",
            role=role,
            kept=kept,
            plan=plan,
            reason=reason_name(row.says.reason, lang),
            share=numbers.amount("share", row.says.share, lang),
            action=action(row.says, lang),
        )
        return Callout(text, "warning")
    grounds = {
        "as planned": _("retention may be as planned"),
        "too few failures": _("too few have failed to say why"),
        "no main reason": _("no reason stands behind most failures"),
        "other reason": _("the main reason is not one that selection can change"),
    }
    return Callout(
        _(
            "{role}: no change of selection, since {ground} ({kept} pass probation with 95 % "
            "confidence, {plan} planned).",
            role=role,
            ground=grounds[row.says.ground],
            kept=kept,
            plan=plan,
        )
    )


def heads(found: Reviewed) -> Chart | None:
    """Heads of the role with most people on probation, beside what was forecast."""
    held = found.review
    if held is None or not held.probation:
        return None
    _, lang = translator(found.study.language), found.study.language
    role = held.probation[0].role
    scopes = [s for s in held.actuals.scopes("heads") if s.partition("@")[0] == role]
    name = source.label(held.study, "role", role)
    return _fan(
        held,
        "heads-against-forecast",
        "heads",
        scopes,
        _("{role}, heads", role=name),
        "count",
        lang,
    )


def sales(found: Reviewed) -> Chart | None:
    """Sales of all markets, beside what was forecast."""
    held = found.review
    if held is None:
        return None
    _, lang = translator(found.study.language), found.study.language
    scopes = list(held.actuals.scopes("sales"))
    return _fan(held, "sales-against-forecast", "sales", scopes, _("Sales a month"), "money", lang)


def _fan(
    held: Review, id: str, measure: str, scopes: Sequence[str], what: str, kind: str, lang: str
) -> Chart:
    """The fan of a measure summed over scopes, and the records on it."""
    _ = translator(lang)
    count = min(held.last + 1 + AHEAD, units.HORIZON)
    paths = np.sum([paths_of(held.study, measure, s)[:count] for s in scopes], axis=0)
    known = list(range(held.last + 1))
    seen = np.sum([np.nan_to_num(held.actuals.values(measure, s, known)) for s in scopes], axis=0)
    actual = np.concatenate([seen, np.full(count - len(known), np.nan)])
    low, _middle, high = (float(q) for q in fans.quantiles(paths)[:, held.last])
    words = {
        "what": what,
        "actual": numbers.amount(kind, seen[-1], lang),
        "month": numbers.month(units.month_label(held.last), lang),
        "range": numbers.amount_range(kind, low, high, lang),
    }
    return fans.fan(
        id,
        _("{what}: {actual} in {month}, forecast {range}", **words),
        _(
            "{what}: the forecast as a band over the months, and the records until {month} as "
            "points. In {month} {actual}, against {range} forecast.",
            **words,
        ),
        source.months(held.study)[:count],
        paths,
        kind=kind,
        what=what,
        language=lang,
        dots=(_("actual"), actual),
    )


def _total_sales(held: Review) -> Reading:
    """Sales of the quarter over all markets: in each future their sum, hence read anew."""
    scopes = held.actuals.scopes("sales")
    months = list(held.quarter)
    paths = np.sum([paths_of(held.study, "sales", s)[months] for s in scopes], axis=0)
    seen = sum(float(np.nansum(held.actuals.values("sales", s, months))) for s in scopes)
    low, median, high = (float(q) for q in fans.quantiles(paths.sum(axis=0)))
    return Reading(seen, low, median, high)


def reasons(found: Reviewed) -> Chart | None:
    """Why people of the role with most failures failed; None where nobody did."""
    held = found.review
    if held is None or not any(row.found.failed for row in held.probation):
        return None
    _, lang = translator(found.study.language), found.study.language
    row: Probation = max(held.probation, key=lambda row: row.found.failed)
    named = {reason_name(r, lang): float(number) for r, number in row.reasons.items()}
    first = max(named, key=lambda name: named[name])
    words = {
        "role": source.label(held.study, "role", row.role),
        "reason": first,
        "count": numbers.amount("count", named[first], lang),
        "all": numbers.amount("count", row.found.failed, lang),
    }
    return bars.ranked(
        "probation-reasons",
        _("{role}: {count} of {all} who failed probation, for {reason}", **words),
        _(
            "{role}: reasons of {all} failures on probation; {reason} is the first, {count}.",
            **words,
        ),
        named,
        kind="count",
        what=_("Failed probation since the plan began"),
        language=lang,
        item=_("reason"),
    )
