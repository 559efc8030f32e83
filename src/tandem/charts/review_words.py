"""Words of the monthly review: what a reader calls measures, scopes, reasons and standings.

What it answers: names in the reader's language, and values in the unit of their measure.

What it leaves out: figures and tables (`tandem.charts.review`).

Who may import it: the modules of `tandem.charts`.
"""

from typing import TYPE_CHECKING

from tandem import units
from tandem.charts import numbers, source
from tandem.language import translator
from tandem.study.actuals import COMPANY
from tandem.study.probation import Feedback
from tandem.study.review import Review, Row

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "action", "amount", "measure_name", "quarter_name", "reason_name", "scope_name", "span",
    "standing_words",
]  # fmt: skip

_KINDS = {"CNY": "money", "CNY/month": "money", "share": "share"}
_DECIMALS = {"score": 3, "1": 2, "day": 0}


def measure_name(measure: str, language: str) -> str:
    """What a reader calls a measure of the records."""
    _ = translator(language)
    return {
        "sales": _("Sales"),
        "new_customers": _("New customers"),
        "leads": _("Leads"),
        "awareness": _("Awareness"),
        "heads": _("Heads"),
        "hires": _("Hires"),
        "leavers": _("Leavers"),
        "requisitions_opened": _("Requisitions opened"),
        "quality_of_hires": _("Quality of hires over 2026"),
        "training_cover": _("Training cover over 2026"),
        "satisfaction": _("Customers' satisfaction"),
        "engagement": _("Engagement over 2026"),
        "cash": _("Cash"),
    }[measure]


def reason_name(reason: str, language: str) -> str:
    """Why somebody fails probation."""
    _ = translator(language)
    return {
        "business_skills": _("lack of business skills"),
        "general_skills": _("lack of general skills"),
        "attitude": _("attitude"),
        "other": _("other reasons"),
    }[reason]


def action(says: Feedback, language: str) -> str:
    """What the rule asks for, as a sentence; empty where it asks for nothing."""
    _ = translator(language)
    return {
        "add the simulated-sales test": _("Add the simulated-sales test."),
        "structured interview by HR": _("Let HR hold a structured interview."),
        "none": "",
    }[says.action]


def scope_name(study: "Study", scope: str) -> str:
    """A market, a position as role and place, or the whole company."""
    _ = translator(study.language)
    if scope == COMPANY:
        return _("Whole company")
    role, at, place = scope.partition("@")
    if not at:
        return source.label(study, "market", scope)
    names = source.label(study, "role", role), source.label(study, "place", place)
    return _("{role}, {place}", role=names[0], place=names[1])


def amount(unit: str, value: float, language: str) -> str:
    """A value of a measure in its unit."""
    if unit in _DECIMALS:
        return numbers.decimal(value, _DECIMALS[unit])
    return numbers.amount(_KINDS.get(unit, "count"), value, language)


def span(unit: str, low: float, high: float, language: str) -> str:
    """Both ends of a range in the unit of their measure."""
    if unit not in _DECIMALS:
        return numbers.amount_range(_KINDS.get(unit, "count"), low, high, language)
    if numbers.MISSING in (ends := [amount(unit, end, language) for end in (low, high)]):
        return numbers.MISSING
    _ = translator(language)
    return _("{low} to {high}", low=ends[0], high=ends[1])


def standing_words(row: Row, language: str) -> str:
    """Where the quarter lies, and whether that is good."""
    _ = translator(language)
    where = row.quarter.standing
    return {
        ("within", "as planned"): _("within"),
        ("above", "good"): _("above: better"),
        ("below", "good"): _("below: better"),
        ("above", "bad"): _("above: worse"),
        ("below", "bad"): _("below: worse"),
        ("above", "neutral"): _("above"),
        ("below", "neutral"): _("below"),
    }.get((where, row.verdict), numbers.MISSING)


def quarter_name(held: Review, lang: str) -> str:
    """The quarter under review by name, such as "Q1 2027"."""
    label = units.month_label(held.last)
    return numbers.quarter(int(label[:4]), int(units.calendar_month(held.last)) // 3 + 1, lang)
