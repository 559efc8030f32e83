"""What a manpower problem refuses, and how it is read from plain data."""

from copy import deepcopy

import numpy as np
import pytest
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import Downgrading, InvalidProblem, Problem, Retraining, from_dict


def problems_of(**changes: object) -> tuple[str, ...]:
    """What is wrong with the published problem after a change."""
    with pytest.raises(InvalidProblem) as caught:
        from_dict(deepcopy(THREE_GRADES) | changes)
    return caught.value.problems


def test_names_and_arrays_make_the_same_problem():
    """A problem written with names is the one written with positions."""
    read = from_dict(THREE_GRADES)
    direct = Problem(
        periods=("year 1", "year 2", "year 3"),
        grades=("unskilled", "semi-skilled", "skilled"),
        starting_strength=[2000, 1500, 1000],
        required_strength=[[1000, 1400, 1000], [500, 2000, 1500], [0, 2500, 2000]],
        leaving_new=[0.25, 0.20, 0.10],
        leaving_settled=[0.10, 0.05, 0.05],
        retraining=(
            Retraining("unskilled", "semi-skilled", 400.0, limit=200.0),
            Retraining("semi-skilled", "skilled", 500.0, share=0.25),
        ),
        downgrading=(
            Downgrading("skilled", "semi-skilled", 0.5),
            Downgrading("skilled", "unskilled", 0.5),
            Downgrading("semi-skilled", "unskilled", 0.5),
        ),
    )
    assert (read.retraining, read.downgrading) == (direct.retraining, direct.downgrading)
    for name in ("starting_strength", "required_strength", "leaving_new", "leaving_settled"):
        assert (read.array(name) == direct.array(name)).all()
    assert read.array("excess_limit").tolist() == [150.0] * 3
    assert read.array("part_time_limit").shape == (3, 3)


def test_numbers_can_be_named_by_period():
    """A requirement may name its periods; a period that is left out is refused, not guessed."""
    by_year = {"year 1": 1000, "year 2": 500, "year 3": 0}
    required = THREE_GRADES["required_strength"] | {"unskilled": by_year}
    read = from_dict(THREE_GRADES | {"required_strength": required})
    assert read.array("required_strength")[:, 0].tolist() == [1000.0, 500.0, 0.0]
    gone = required | {"unskilled": {"year 1": 1000, "year 3": 0}}
    assert problems_of(required_strength=gone) == (
        "required_strength unskilled: missing for year 2",
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"required_strength": {**THREE_GRADES["required_strength"], "skilled": [1000, -1, 0]}},
            "required_strength of skilled in year 2: -1; must be finite and not negative",
        ),
        (
            {"leaving_settled": {"unskilled": 1.2}},
            "leaving_settled of unskilled in year 1: 1.2; a share lies between 0 and 1",
        ),
        (
            {"retraining": [{"source": "unskiled", "target": "skilled"}]},
            "retraining unskiled -> skilled: unknown grade unskiled; did you mean unskilled?",
        ),
        (
            {"retraining": [{"source": "unskilled", "target": "skilled", "share": 1.5}]},
            "retraining unskilled -> skilled: share 1.5; a share lies between 0 and 1",
        ),
        (
            {"downgrading": [{"source": "skilled", "target": "skilled", "lost": 0.5}]},
            "downgrading skilled -> skilled: leads from a grade to itself; name two grades",
        ),
        (
            {"downgrading": [{"source": "skilled", "target": "unskilled"}]},
            "downgrading skilled -> unskilled: missing lost",
        ),
        (
            {"downgrading": [{"source": "skilled", "target": "unskilled", "losst": 0.5}]},
            "downgrading skilled -> unskilled: unknown key losst; did you mean lost?",
        ),
        (
            {"hirring_limit": 3},
            "unknown key hirring_limit; did you mean hiring_limit?",
        ),
        (
            {"hiring_limit": {"skiled": 3}},
            "hiring_limit: unknown grade skiled; did you mean skilled?",
        ),
        ({"hiring_limit": -3}, "hiring_limit of unskilled in year 1: -3; a limit must not be"),
        ({"hiring_limit": "many"}, "hiring_limit: 'many' is no number"),
        ({"hiring_limit": [1, 2]}, "hiring_limit: 2 numbers for 3 periods"),
        (
            {"excess_limit": [150, -1, 0]},
            "excess_limit in year 2: -1; a limit must not be negative",
        ),
        ({"starting_strength": 5}, "starting_strength: must name each of unskilled, semi-skilled"),
        ({"starting_strength": {"skilled": 5}}, "missing for unskilled, semi-skilled"),
        ({"new_periods": 0}, "new_periods: 0; a whole number of periods, at least 1"),
        ({"part_time_counted": 2}, "part_time_counted: 2; a share lies between 0 and 1"),
        ({"grades": "skilled"}, "grades: must be a list of names"),
        ({"grades": ["skilled", "skilled", "unskilled", "semi-skilled"]}, "skilled is named twice"),
        ({"periods": []}, "periods: must be a list of names, and name at least one"),
        ({"retraining": 5}, "retraining: must be a list of paths"),
        ({"retraining": [5]}, "retraining: a path names its source and target, not 5"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(changes, said):
    """A mistyped name, a share above one, a negative head: each is named with what is allowed."""
    assert any(said in line for line in problems_of(**changes)), problems_of(**changes)


def test_a_requirement_before_the_first_period_is_refused():
    """Nobody can be required in a month that is over before the plan begins."""
    data = {
        "periods": ["2027-01", "2027-02"],
        "grades": ["rep"],
        "starting_strength": {"rep": 10},
        "required_strength": {"rep": {"2026-12": 9, "2027-01": 10, "2027-02": 11, "2027-03": 12}},
    }
    with pytest.raises(InvalidProblem) as caught:
        from_dict(data)
    assert caught.value.problems == (
        "required_strength rep: 2026-12 lies before the first period, 2027-01",
        "required_strength rep: 2027-03 lies after the last period, 2027-02",
    )


def test_all_problems_are_named_at_once():
    """Somebody who made three mistakes reads of three."""
    found = problems_of(
        leaving_new={"unskilled": -0.1}, part_time_counted=7, hiring_cost=float("inf")
    )
    assert {line.split()[0].rstrip(":") for line in found} == {
        "leaving_new",
        "part_time_counted",
        "hiring_cost",
    }


def test_what_is_not_given_is_missed():
    """Without a required strength there is nothing to plan for."""
    with pytest.raises(InvalidProblem, match="required_strength: missing"):
        from_dict({"periods": ["1"], "grades": ["rep"], "starting_strength": {"rep": 1}})


def test_an_array_of_another_shape_is_refused():
    """Strength of three grades does not fit two."""
    with pytest.raises(InvalidProblem, match=r"required_strength: has the shape \(3,\)"):
        Problem(
            periods=("1",), grades=("a", "b"), starting_strength=1.0, required_strength=np.ones(3)
        )


def test_a_problem_without_grades_is_refused():
    """Nobody can be planned where no grade is named."""
    with pytest.raises(InvalidProblem, match="grades: none is named; name at least one"):
        Problem(periods=("1",), grades=(), starting_strength=1.0, required_strength=1.0)
