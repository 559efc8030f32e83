"""Probation: how many of those hired stay, why the others fail, and what to change for it.

What it answers: retention through probation from monthly records, with its interval; reasons ranked;
and the rule by which a review changes selection.

What it leaves out: reading records (`tandem.study.actuals`); what a changed selection is worth (the
scenarios that change it).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tandem.model import probation

__all__ = ["MONTHS", "Feedback", "Retention", "Thresholds", "feedback", "retention"]

MONTHS = probation.MONTHS

Action = Literal["add the simulated-sales test", "structured interview by HR", "none"]
Ground = Literal["as planned", "too few failures", "no main reason", "other reason", "reason"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a review acts; all three are judgements.

    `confidence` of the interval of retention; `failures`: fewer say nothing about reasons;
    `main_share`: what share of the failures the first reason must have.
    """

    confidence: float = probation.CONFIDENCE
    failures: float = probation.FEWEST_FAILURES
    main_share: float = probation.MAIN_SHARE


DEFAULTS = Thresholds()
ACTIONS: Mapping[str, Action] = {
    "business_skills": "add the simulated-sales test",
    "general_skills": "structured interview by HR",
}


@dataclass(frozen=True, slots=True)
class Retention:
    """Share of hires who pass probation, 0..1, with its interval; what it was estimated from.

    `failed` people in `exposure` person-months on probation.
    """

    estimate: float
    low: float
    high: float
    failed: int
    exposure: int


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the rule says: the action, the ground for it, and the first reason with its share."""

    action: Action
    ground: Ground
    reason: str = ""
    share: float = 0.0


def retention(failed: int, exposure: int, confidence: float = probation.CONFIDENCE) -> Retention:
    """Share of hires who pass a probation of `MONTHS`, from failures in so many person-months.

    See `tandem.model.probation.retention`. Raises ValueError for an exposure of 0 or below `failed`.
    """
    if not (0 <= failed <= exposure and exposure > 0):
        raise ValueError(f"needs 0 <= failed <= exposure, not {failed} of {exposure}")
    found = probation.retention(failed, exposure, confidence)
    estimate, low, high = (float(value) for value in found)
    return Retention(estimate=estimate, low=low, high=high, failed=failed, exposure=exposure)


def ranked(reasons: Mapping[str, int]) -> list[tuple[str, int]]:
    """Reasons and how many failed for each, most first; equal ones by name."""
    return sorted(reasons.items(), key=lambda item: (-item[1], item[0]))


def feedback(
    found: Retention,
    reasons: Mapping[str, int],
    planned: float,
    thresholds: Thresholds = DEFAULTS,
) -> Feedback:
    """What to change in selection when retention lies below plan (F1).

    Acts where the whole interval of `found` lies below `planned` (0..1) and one of `reasons` (how
    many failed for each) has at least `main_share` of the failures: missing business skills call
    for a simulated-sales test, missing general skills for a structured interview by HR. Otherwise
    none, and the ground says why.
    """
    failed = sum(reasons.values())
    if found.high >= planned:
        return Feedback("none", "as planned")
    if failed < thresholds.failures:
        return Feedback("none", "too few failures")
    reason, count = ranked(reasons)[0]
    share = count / failed
    if share < thresholds.main_share:
        return Feedback("none", "no main reason", reason, share)
    if reason not in ACTIONS:
        return Feedback("none", "other reason", reason, share)
    return Feedback(ACTIONS[reason], "reason", reason, share)
