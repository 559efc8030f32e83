"""A plan as rows of the annual headcount plan."""

import pytest
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import Plan, from_dict, headcount_rows, solve

ROLES = {"unskilled": "promoter", "semi-skilled": "field_rep", "skilled": "sales_manager"}
PLACES = dict.fromkeys(ROLES, "lower_tier")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The published problem at least cost, in whole people."""
    return solve(from_dict(THREE_GRADES), whole=True, gap=0.01)


def test_every_hire_of_the_plan_is_asked_for(plan):
    """Rows add up to the plan's hires, each in the month in which its period begins."""
    rows = headcount_rows(plan, "2027-01", ROLES, PLACES, months_a_period=12)
    assert sum(row["number"] for row in rows) == plan.hires.sum()
    assert all(isinstance(row["number"], int) and row["number"] > 0 for row in rows)
    assert {row["needed"] for row in rows} <= {"2027-01", "2028-01", "2029-01"}
    in_2028 = [r for r in rows if r["needed"] == "2028-01" and r["role"] == "field_rep"]
    assert [row["number"] for row in in_2028] == [plan.hires[1, 1]]
    assert in_2028[0]["place"] == "lower_tier"
    assert in_2028[0]["reason"] == "required strength rises from 1,400 to 2,000"
    skilled = [row for row in rows if row["role"] == "sales_manager"]
    assert skilled[0]["reason"] == "replaces leavers at a required strength of 1,000"


def test_fractions_of_people_are_not_asked_for(plan):
    """Nobody can hire 55.6 people: the plan must be one of whole people."""
    linear = solve(from_dict(THREE_GRADES))
    with pytest.raises(ValueError, match="whole=True"):
        headcount_rows(linear, "2027-01", ROLES, PLACES)


def test_a_grade_without_role_or_place_is_refused(plan):
    """A recruiter must know which role is meant and where."""
    with pytest.raises(ValueError, match="no place is named for unskilled"):
        headcount_rows(plan, "2027-01", ROLES, {"skilled": "core", "semi-skilled": "core"})
    with pytest.raises(ValueError, match="did you mean skilled"):
        headcount_rows(plan, "2027-01", ROLES | {"skiled": "x"}, PLACES)
    with pytest.raises(ValueError, match="2027-13"):
        headcount_rows(plan, "2027-13", ROLES, PLACES)
