"""Probation: how many of those hired stay, why the others fail, and what to change for it.

What it answers: retention through probation from monthly records, with its interval; reasons ranked;
and the rule by which a review changes selection.

What it leaves out: reading records (`tandem.study.actuals`); what a changed selection is worth (the
scenarios that change it).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Literal

from scipy.special import ndtri

from tandem.model.workforce import BAND_MONTHS

__all__ = ["MONTHS", "Feedback", "Retention", "Thresholds", "feedback", "retention", "wilson"]

#: Length of probation, months: the first tenure band of the model.
MONTHS = BAND_MONTHS[0]

Action = Literal["add the simulated-sales test", "structured interview by HR", "none"]
Ground = Literal["as planned", "too few failures", "no main reason", "other reason", "reason"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """When a review acts; all three are judgements.

    `confidence` of the interval of retention; `failures`: fewer say nothing about reasons;
    `main_share`: what share of the failures the first reason must have.
    """

    confidence: float = 0.95
    failures: int = 10
    main_share: float = 0.4


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


def wilson(successes: int, trials: int, confidence: float = 0.95) -> tuple[float, float]:
    """Score interval of a proportion: both ends, 0..1.

    Centre (k + z**2 / 2) / (n + z**2), half width z / (n + z**2) sqrt(k (n - k) / n + z**2 / 4).
    Source: Wilson (1927), Journal of the American Statistical Association 22(158), 209-212. Raises
    ValueError for no trials or more successes than trials.
    """
    if not (0 <= successes <= trials and trials > 0 and 0.0 < confidence < 1.0):
        raise ValueError(f"needs 0 <= successes <= trials, not {successes} of {trials}")
    z = float(ndtri(0.5 + 0.5 * confidence))
    whole = trials + z * z
    centre = (successes + 0.5 * z * z) / whole
    half = z / whole * sqrt(successes * (trials - successes) / trials + 0.25 * z * z)
    return max(centre - half, 0.0), min(centre + half, 1.0)


def retention(failed: int, exposure: int, confidence: float = 0.95) -> Retention:
    """Share of hires who pass a probation of `MONTHS`, from failures in so many person-months.

    (1 - failed / exposure)**MONTHS: the life-table estimate with one hazard for all its months,
    which is the model's own law. It uses everybody who is still on probation, so that failures of
    last month's hires count before any of them can have passed; the share of passes among those who
    finished would be too low while hiring grows. The interval is Wilson's, carried over by the same
    falling function. Source: Kaplan and Meier (1958), JASA 53(282), 457-481, for the life table.
    Raises ValueError for an exposure of 0 or below `failed`.
    """
    low, high = wilson(failed, exposure, confidence)
    return Retention(
        estimate=(1.0 - failed / exposure) ** MONTHS,
        low=(1.0 - high) ** MONTHS,
        high=(1.0 - low) ** MONTHS,
        failed=failed,
        exposure=exposure,
    )


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
