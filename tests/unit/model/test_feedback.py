"""The monthly review of probation: what it sees, and the test that it may add."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.unit.model.company import altered

from tandem.model import probation, workforce
from tandem.model.simulate import simulate
from tandem.model.types import Inputs, Trajectory

DRAWS = 24
SCENARIO = "lower-tier-expansion"


def run(**hiring: float) -> Trajectory:
    """The launch with some numbers of hiring set in every month."""
    given = inputs(SCENARIO, DRAWS)
    changed = [
        replace(month, parameters=altered(month.parameters, "hiring", **_constant(hiring)))
        for month in given.months
    ]
    return simulate(replace(given, months=tuple(changed)))


def _constant(values: dict[str, float]) -> dict[str, object]:
    return {name: lambda old, v=value: np.full_like(old, v) for name, value in values.items()}


@pytest.fixture(scope="module")
def usual() -> Trajectory:
    """Reviews that change nothing."""
    return run()


def better_hires(one: Trajectory, other: Trajectory) -> np.ndarray:
    """Quality of all people at the end, one run less the other."""
    return (one.position["quality"][-1] - other.position["quality"][-1]).mean(axis=0)


def test_a_review_acts_where_too_many_fail_for_want_of_business_skills(usual: Trajectory) -> None:
    """Retention below the threshold and the right reason: the added test hires better people."""
    acting = run(feedback=1.0, feedback_threshold=1.0, feedback_reason=0.6)
    assert (better_hires(acting, usual) > 0.0).all()


@pytest.mark.parametrize(
    "rule",
    [
        {"feedback": 0.0, "feedback_threshold": 1.0, "feedback_reason": 0.6},
        {"feedback": 1.0, "feedback_threshold": 0.0, "feedback_reason": 0.6},
        {"feedback": 1.0, "feedback_threshold": 1.0, "feedback_reason": 0.05},
    ],
    ids=["switched off", "retention is fine", "another reason"],
)
def test_otherwise_a_review_changes_nothing(usual: Trajectory, rule: dict[str, float]) -> None:
    """Not switched on, enough who pass, or failures of another kind: all stays as it was."""
    assert (better_hires(run(**rule), usual) == 0.0).all()


def test_a_review_seldom_acts_on_chance() -> None:
    """Retention as planned: over 39 reviews the rule acts in few of 2,000 futures, far below it always.

    One look would err in 2.5 of 100; looking every month at what has added up errs more often.
    """
    random = np.random.default_rng(3)
    months, futures, on_probation, planned = 39, 2000, 60, 0.95
    for passing, least, most in ((planned, 0.0, 0.12), (0.80, 0.99, 1.0)):
        monthly = 1.0 - passing ** (1.0 / probation.MONTHS)
        failed = random.binomial(on_probation, monthly, (months, futures)).cumsum(axis=0)
        reasons = random.binomial(failed, 0.9)
        acted = np.zeros(futures)
        for month in range(months):
            seen = np.full(futures, on_probation * (month + 1.0))
            acted = np.maximum(
                acted, probation.selection_at_fault(failed[month], reasons[month], seen, planned)
            )
        assert least <= acted.mean() <= most


def test_two_failures_in_the_first_month_change_nothing() -> None:
    """Too few failures say nothing, however small the share that passed."""
    none = probation.selection_at_fault(np.array([9.0]), np.array([9.0]), np.array([20.0]), 0.95)
    some = probation.selection_at_fault(np.array([10.0]), np.array([9.0]), np.array([20.0]), 0.95)
    assert (none, some) == (0.0, 1.0)


def test_better_hires_fail_probation_less_often() -> None:
    """Quality lowers the hazard of failing; that of 2026 gives the rate of 2026."""
    passing, effect = np.array([0.9]), np.array([0.5])
    usual, better, worse = (
        workforce.probation_failure(passing, np.array([q]), effect) for q in (0.0, 1.0, -1.0)
    )
    assert (1.0 - usual) ** workforce.BAND_MONTHS[0] == pytest.approx(passing)
    assert better < usual < worse


def test_a_review_in_2026_leaves_the_first_months_alone(usual: Trajectory) -> None:
    """A rule acts from the month after it first saw a shortfall, never before."""
    acting = run(feedback=1.0, feedback_threshold=1.0, feedback_reason=0.6)
    given: Inputs = inputs(SCENARIO, DRAWS)
    assert len(given.months) == len(acting.position["heads"])
    first = acting.position["requisitions"][0]
    assert (first == usual.position["requisitions"][0]).all()
