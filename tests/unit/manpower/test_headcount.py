"""A plan as rows of the annual headcount plan."""

import shutil

import numpy as np
import pytest
from tests.fixtures.three_grades import THREE_GRADES
from tests.fixtures.tiny_study import REPOSITORY

from tandem import load_study
from tandem.assumptions.headcount_writing import write_headcount
from tandem.assumptions.schema import Company
from tandem.manpower import Plan, from_dict, headcount_rows, solve

ROLES = {"unskilled": "promoter", "semi-skilled": "field_rep", "skilled": "sales_manager"}
PLACES = dict.fromkeys(ROLES, "lower_tier")


@pytest.fixture(scope="module")
def plan() -> Plan:
    """The published problem at least cost, in whole people."""
    return solve(from_dict(THREE_GRADES), whole=True, gap=0.01)


def test_what_strength_rises_is_asked_for(plan):
    """Rows add up to the rise of each grade above what is there, in the month of its period."""
    rows = headcount_rows(plan, "2027-01", ROLES, PLACES, months_a_period=12)
    start = np.array([2000.0, 1500.0, 1000.0])
    for g, role in enumerate(ROLES.values()):
        asked = sum(row["number"] for row in rows if row["role"] == role)
        assert asked == max(np.ceil(plan.strength[:, g].max() - 1e-6) - start[g], 0.0)
    assert {row["needed"] for row in rows} <= {"2027-01", "2028-01", "2029-01"}
    assert all(isinstance(row["number"], int) and row["number"] > 0 for row in rows)
    skilled = [row for row in rows if row["role"] == "sales_manager"]
    assert skilled[0]["reason"]["en"].startswith("Strength rises from 1,000 to ")
    assert not [row for row in rows if row["role"] == "promoter"], (
        "a shrinking grade asks for nobody"
    )


def test_an_optimum_can_be_simulated_as_a_scenario(tmp_path):
    """The optimiser's strengths become a headcount plan, the plan a scenario, and its heads come."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    described = {
        "periods": ["Q2", "Q3", "Q4", "Q1"],
        "grades": ["rep"],
        "starting_strength": {"rep": 0},
        "required_strength": {"rep": [60, 90, 120, 120]},
        "leaving_settled": {"rep": 0.07},
        "leaving_new": {"rep": 0.09},
        "hiring_limit": {"rep": 80},
        "excess_limit": 5,
        "excess_cost": {"rep": 30_000},
    }
    found = solve(from_dict(described), whole=True)
    rows = headcount_rows(
        found, "2027-03", {"rep": "field_rep"}, {"rep": "lower_tier"}, months_a_period=3
    )
    label = {"en": "Optimised field force", "zh": "优化后的外勤编制"}
    write_headcount(
        tmp_path, Company, "optimised", label, rows,
        owner="people-analytics", as_of="2026-10-01", source="workforce optimiser",
    )  # fmt: skip
    file = tmp_path / "params" / "scenarios.yaml"
    text = file.read_text("utf-8").replace("[lower-tier-2027]", "[optimised]")
    file.write_text(text, "utf-8")
    study = load_study("lower-tier-expansion", project=tmp_path, draws=16, seed=1)
    heads = study.results["heads"]
    roles, places = (list(heads[name].values) for name in ("role", "place"))
    here = [k for k in range(len(roles)) if (roles[k], places[k]) == ("field_rep", "lower_tier")]
    at_end = heads.isel(position=here).sel(month=heads["month"][14]).mean()
    assert 100 < float(at_end) < 140


def test_a_grade_without_role_or_place_is_refused(plan):
    """A recruiter must know which role is meant and where."""
    with pytest.raises(ValueError, match="no place is named for unskilled"):
        headcount_rows(plan, "2027-01", ROLES, {"skilled": "core", "semi-skilled": "core"})
    with pytest.raises(ValueError, match="did you mean skilled"):
        headcount_rows(plan, "2027-01", ROLES | {"skiled": "x"}, PLACES)
    with pytest.raises(ValueError, match="2027-13"):
        headcount_rows(plan, "2027-13", ROLES, PLACES)
