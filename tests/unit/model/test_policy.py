"""HR's policy: norms, requisitions, surplus."""

from types import SimpleNamespace

import numpy as np
import pytest

from tandem.model import policy


@pytest.fixture
def norms() -> policy.StaffingNorms:
    """Two months to fill, a ramp of 2.5, a quarter of people a year leaving, 5 % failing probation."""
    params = SimpleNamespace(
        people=SimpleNamespace(turnover=np.array([[0.24]]), ramp=np.array([[2.5]])),
        workforce=SimpleNamespace(probation_pass=np.array([0.95])),
    )
    return policy.staffing_norms(params, np.array([[2.0]]))


def test_people_are_hired_ahead_by_filling_and_ramping(norms: policy.StaffingNorms):
    """To be productive in time, people are asked for by time to fill and 1.6 ramp times before."""
    assert norms.lead == pytest.approx(np.array([[6.0]]))
    assert norms.leaving == pytest.approx(np.array([[0.021]]))


def test_leavers_until_the_vacancy_is_filled_are_replaced(norms: policy.StaffingNorms):
    """At target with nobody on the way, what is asked for is those who leave meanwhile."""
    heads = np.array([[100.0]])
    assert policy.wanted(heads, heads, np.zeros((1, 1)), norms) == pytest.approx(6.3)
    assert policy.wanted(heads, heads, np.array([[6.3]]), norms) == pytest.approx(0.0)


def test_headcount_that_is_held_does_not_follow_demand():
    """With `follow` 0 neither driver nor forecast nor buffer moves the plan."""
    args = (np.array([10.0]), np.array([1.5]), np.array([1.2]))
    assert policy.required_heads(*args, np.zeros(1), np.array([0.1])) == 10.0
    assert policy.required_heads(*args, np.ones(1), np.array([0.1])) == pytest.approx(
        10 * 1.8 * 1.1
    )


def test_a_few_too_many_in_a_small_team_are_let_pass():
    """Two above a target of four are within the few; of twelve above a hundred ten are let pass."""
    share, few = np.array([0.1]), np.array([3.0])
    assert policy.excess(np.array([6.0]), np.array([4.0]), share, few) == 0.0
    assert policy.excess(np.array([112.0]), np.array([100.0]), share, few) == pytest.approx(2.0)
