"""Where no plan exists: the error names what clashes, where and by how many heads."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import Infeasible, Problem, from_dict, solve


def reps(**changes: object) -> Problem:
    """Ten reps in each of two months; twelve and eighteen are required, and four may be hired."""
    given: dict = {
        "periods": ("2027-01", "2027-02"),
        "grades": ("rep",),
        "starting_strength": 10.0,
        "required_strength": np.array([[12.0], [18.0]]),
        "hiring_limit": 3.0,
    }
    return Problem(**(given | changes))


def test_a_hiring_limit_that_is_too_low_is_named_with_the_heads_it_costs():
    """Ten reps and three a month are 16 in February: the 18 required are two short."""
    with pytest.raises(Infeasible) as caught:
        solve(reps())
    (gap,) = caught.value.gaps
    assert (gap.constraint, gap.period, gap.grade) == ("required strength", "2027-02", "rep")
    assert gap.heads == pytest.approx(2.0)
    assert caught.value.clashing == (
        "hiring limit of rep in 2027-01, 2027-02 (3)",
        "required strength of rep in 2027-02 (18)",
    )
    assert "required strength of rep in 2027-02: 2 heads short" in str(caught.value)
    assert "loosen one of these limits" in str(caught.value)


def test_the_heads_named_are_those_that_make_it_possible():
    """Requiring as many heads less as the error says leaves a plan, requiring a little more does not."""
    problem = reps()
    with pytest.raises(Infeasible) as caught:
        solve(problem)
    (gap,) = caught.value.gaps
    less = problem.array("required_strength").copy()
    less[1, 0] -= gap.heads
    assert solve(replace(problem, required_strength=less)).strength[1, 0] == pytest.approx(16.0)
    less[1, 0] += 0.01
    with pytest.raises(Infeasible):
        solve(replace(problem, required_strength=less))


def test_people_who_cannot_be_let_go_clash_with_the_limit_on_excess_staff():
    """Without redundancies a falling requirement leaves more staff than may be kept."""
    required = np.array([[10.0], [4.0]])
    problem = reps(required_strength=required, redundancy_limit=0.0, excess_limit=1.0)
    with pytest.raises(Infeasible, match="limit on excess staff in 2027-02: 5 heads too many"):
        solve(problem)


def test_a_limit_that_is_not_part_of_the_clash_is_not_named():
    """In the published problem, no skilled recruits means that too few are skilled, and no more."""
    data = dict(THREE_GRADES, hiring_limit={"unskilled": 500, "semi-skilled": 800, "skilled": 0})
    with pytest.raises(Infeasible) as caught:
        solve(from_dict(data))
    assert {gap.grade for gap in caught.value.gaps} == {"skilled"}
    named = "\n".join(caught.value.clashing)
    assert "hiring limit of skilled in year 2, year 3 (0)" in named
    assert "limit on the move unskilled -> semi-skilled in year 2, year 3 (200)" in named
    assert "hiring limit of unskilled" not in named and "redundancy" not in named


def test_loosening_what_is_named_helps_and_what_is_not_named_does_not():
    """Among the limits of the published problem only those named can bring the gap down."""
    data = dict(THREE_GRADES, hiring_limit={"unskilled": 500, "semi-skilled": 800, "skilled": 0})

    def missing(**changes: object) -> float:
        with pytest.raises(Infeasible) as caught:
            solve(from_dict(data | changes))
        return sum(gap.heads for gap in caught.value.gaps)

    before = missing()
    more = {"unskilled": 500, "semi-skilled": 800, "skilled": 10}
    assert missing(hiring_limit=more) < before - 1.0
    unnamed = {"unskilled": 900, "semi-skilled": 800, "skilled": 0}
    assert missing(hiring_limit=unnamed) == pytest.approx(before)


def test_fractions_may_do_where_whole_people_do_not():
    """Two and a half people are a plan in fractions; in whole people it takes some excess."""
    problem = reps(required_strength=np.array([[12.5], [12.5]]), excess_limit=0.0)
    assert solve(problem).total_cost == 0.0
    with pytest.raises(Infeasible, match="no plan of whole people") as caught:
        solve(problem, whole=True)
    assert caught.value.clashing == ()
    assert solve(replace(problem, excess_limit=0.5), whole=True).excess[0, 0] == pytest.approx(0.5)


def test_a_long_list_of_clashes_is_cut():
    """Twenty roles short in thirty-six months are told in a message that can be read."""
    problem = Problem(
        periods=tuple(f"month {month}" for month in range(1, 37)),
        grades=tuple(f"role {role}" for role in range(1, 21)),
        starting_strength=0.0,
        required_strength=5.0,
        hiring_limit=0.0,
    )
    with pytest.raises(Infeasible) as caught:
        solve(problem)
    assert len(caught.value.gaps) == 720
    lines = str(caught.value).splitlines()
    assert len(lines) < 30
    assert "  and 708 more" in lines
    assert "  hiring limit of role 1 in 36 periods from month 1 to month 36 (0)" in lines
