"""Probation: how many stay, why the others fail, and what the rule makes of it."""

import numpy as np
import pytest

from tandem.study.probation import DEFAULTS, MONTHS, Thresholds, feedback, retention

REASONS = {"business_skills": 20, "general_skills": 1, "attitude": 3, "other": 5}
LOW = retention(29, 695)
PLANNED = 0.95


def test_the_life_table_recovers_the_true_retention() -> None:
    """Of people of whom 78 % pass six months, that share is found, whatever hiring does."""
    hazard = 1.0 - 0.78 ** (1.0 / MONTHS)
    random = np.random.default_rng(1)
    inside = 0
    for _ in range(400):
        exposure = failed = 0
        ages = [0] * int(MONTHS)
        for month in range(6):
            ages = [40 * month, *ages[:-1]]  # hiring grows: few could have passed by now
            lost = random.binomial(ages, hazard)
            exposure, failed = exposure + sum(ages), failed + int(lost.sum())
            ages = list(np.array(ages) - lost)
        found = retention(failed, exposure)
        inside += found.low <= 0.78 <= found.high
    assert 0.92 <= inside / 400 <= 0.98


def test_more_failures_mean_less_retention_and_more_people_a_narrower_interval() -> None:
    """Retention falls in failures; its interval holds it and shrinks with the months observed."""
    few, many = retention(4, 100), retention(40, 1000)
    assert few.estimate == many.estimate
    assert few.low < many.low < many.estimate < many.high < few.high
    assert retention(5, 100).estimate < few.estimate
    assert retention(0, 50).estimate == retention(0, 50).high == 1.0


@pytest.mark.parametrize(("failed", "exposure"), [(0, 0), (3, 2), (-1, 5)])
def test_a_share_of_nobody_is_refused(failed: int, exposure: int) -> None:
    """An interval needs people, and not more failures than people."""
    with pytest.raises(ValueError, match="failed <= exposure"):
        retention(failed, exposure)


@pytest.mark.parametrize(
    ("first", "action"),
    [
        ("business_skills", "add the simulated-sales test"),
        ("general_skills", "structured interview by HR"),
    ],
)
def test_the_main_reason_says_what_to_change(first: str, action: str) -> None:
    """Missing business skills are tested in a simulated sale, general ones in HR's interview."""
    reasons = {**dict.fromkeys(REASONS, 3), first: 20}
    says = feedback(LOW, reasons, PLANNED)
    assert (says.action, says.ground, says.reason) == (action, "reason", first)
    assert says.share == 20 / 29


def test_nothing_changes_while_retention_may_be_as_planned() -> None:
    """The whole interval must lie below plan: at its very end nothing is changed yet."""
    assert feedback(LOW, REASONS, LOW.high).ground == "as planned"
    assert feedback(LOW, REASONS, LOW.high + 1e-9).ground == "reason"
    assert feedback(retention(1, 40), REASONS, PLANNED).action == "none"


def test_nothing_changes_without_a_reason_that_selection_can_answer() -> None:
    """Too few failures, no main reason, or a reason that is not one of skills: no change."""
    rare = {"business_skills": DEFAULTS.failures - 1, "other": 0}
    assert feedback(LOW, rare, PLANNED).ground == "too few failures"
    even = dict.fromkeys(REASONS, 10)
    assert feedback(LOW, even, PLANNED).ground == "no main reason"
    angry = {**dict.fromkeys(REASONS, 2), "attitude": 20}
    assert feedback(LOW, angry, PLANNED) == feedback(LOW, angry, PLANNED, DEFAULTS)
    assert feedback(LOW, angry, PLANNED).ground == "other reason"


def test_thresholds_decide_at_their_edge() -> None:
    """A share of exactly the threshold is enough."""
    reasons = {"business_skills": 8, "other": 12}
    assert feedback(LOW, {"business_skills": 12, "other": 8}, PLANNED).ground == "reason"
    edge = Thresholds(main_share=0.6)
    assert feedback(LOW, reasons, PLANNED, edge).ground == "other reason"
    assert feedback(LOW, reasons, PLANNED, Thresholds(main_share=0.61)).ground == "no main reason"
