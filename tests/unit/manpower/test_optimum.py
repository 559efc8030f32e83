"""The optimum: dual values, whole people, newness over several periods, what is refused."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import Problem, from_dict, solve

STEP = 0.01


@pytest.fixture(scope="module")
def problem() -> Problem:
    """The published problem."""
    return from_dict(THREE_GRADES)


def objective(problem: Problem, sought: str) -> float:
    """Least cost, or fewest redundancies."""
    plan = solve(problem, sought)
    return plan.total_cost if sought == "cost" else plan.redundancies


def change(problem: Problem, sought: str, field: str, place: tuple[int, ...], by: float) -> float:
    """What moving one number by `by` does to the objective, a head."""
    moved = problem.array(field).copy()
    moved[place] += by
    after = objective(replace(problem, **{field: moved}), sought)
    return (after - objective(problem, sought)) / by


@pytest.mark.parametrize("sought", ["cost", "redundancy"])
@pytest.mark.parametrize("field", ["required_strength", "hiring_limit", "excess_limit"])
def test_a_dual_value_is_what_one_more_head_does(problem, sought, field):
    """Requiring or allowing a little more changes the objective by the dual value, up and down."""
    worth = getattr(solve(problem, sought).worth, field)
    for place in np.ndindex(worth.shape):
        at = (*place,)
        up = change(problem, sought, field, at, STEP)
        if problem.array(field)[at] == 0.0:
            assert up >= worth[at] - 1e-3  # less than nobody cannot be required
            continue
        down = change(problem, sought, field, at, -STEP)
        assert down - 1e-3 <= worth[at] <= up + 1e-3
        if up == pytest.approx(down, abs=1e-3):
            assert worth[at] == pytest.approx(up, abs=1e-3)


def test_most_dual_values_hold_in_both_directions(problem):
    """One more skilled head in year 3 costs what one less saves: the dual value is no one-way price."""
    worth = solve(problem).worth.required_strength
    for place in [(0, 2), (1, 1), (1, 2), (2, 1), (2, 2)]:
        for by in (STEP, -STEP):
            found = change(problem, "cost", "required_strength", place, by)
            assert found == pytest.approx(worth[place], rel=1e-4)


def test_of_the_plans_with_fewest_redundancies_the_cheapest_is_given(problem):
    """Fewest redundancies come first, and among the plans with as few the cheapest is taken."""
    dear = 1e7
    weighed = solve(replace(problem, redundancy_cost=problem.array("redundancy_cost") + dear))
    cheapest = solve(problem, "redundancy")
    assert cheapest.total_cost == pytest.approx(
        weighed.total_cost - dear * weighed.redundancies, abs=1.0
    )


def test_whole_people_are_whole_and_dearer(problem):
    """A plan in whole people costs at least what one in fractions does, and names whole numbers."""
    plan, linear = solve(problem, whole=True), solve(problem)
    decided = plan.decided
    for heads in (decided.hires, decided.redundant, decided.part_time):
        assert (heads == np.round(heads)).all()
    for heads in (decided.retrained, decided.downgraded):
        assert (heads == np.round(heads)).all()
    assert linear.total_cost <= plan.total_cost <= 1.01 * linear.total_cost
    assert plan.gap <= 1e-4
    assert (plan.worth.required_strength == linear.worth.required_strength).all()
    assert solve(problem, "redundancy", whole=True).redundancies == 842.0


def test_the_newly_hired_leave_faster_for_as_long_as_they_are_new():
    """Of 100 hired 50 are there at once, 25 in the second period of newness, then 10 % a period leave."""
    plan = solve(
        Problem(
            periods=("1", "2", "3", "4"),
            grades=("rep",),
            starting_strength=0.0,
            required_strength=np.array([[50.0], [0.0], [0.0], [0.0]]),
            leaving_new=0.5,
            leaving_settled=0.1,
            new_periods=2,
            hiring_cost=1.0,
            redundancy_limit=0.0,
        )
    )
    assert plan.hires.ravel() == pytest.approx([100.0, 0.0, 0.0, 0.0])
    assert plan.strength.ravel() == pytest.approx([50.0, 25.0, 22.5, 20.25])
    assert plan.leavers.ravel() == pytest.approx([50.0, 25.0, 2.5, 2.25])
    assert plan.total_cost == pytest.approx(100.0)


def test_part_timers_are_people_who_are_there():
    """Nobody can be put on part-time who is not employed."""
    plan = solve(
        Problem(
            periods=("1",),
            grades=("rep",),
            starting_strength=30.0,
            required_strength=0.0,
            redundancy_cost=10.0,
            excess_limit=0.0,
            part_time_limit=50.0,
            part_time_cost=1.0,
            part_time_counted=0.0,
        )
    )
    assert plan.decided.part_time.item() == pytest.approx(30.0)
    assert plan.redundancies == 0.0


def test_the_table_has_a_row_a_period_and_grade(problem):
    """The plan reads as a table: a head that is there came from somewhere."""
    table = solve(problem).table()
    assert table.index.names == ["period", "grade"] and len(table) == 9
    before = [2000.0, 1500.0, 1000.0, *table["strength"].to_numpy()[:-3]]
    after = before + table["hires"] + table["moved_in"] - table["moved_out"]
    after -= table["leavers"] + table["redundant"]
    assert after.to_numpy() == pytest.approx(table["strength"].to_numpy())
    assert (table["leavers"] >= 0.0).all()


def test_an_unknown_objective_is_refused(problem):
    """A mistyped objective is named together with the one that was meant."""
    with pytest.raises(ValueError, match="did you mean redundancy"):
        solve(problem, "redundancies")


def test_whole_people_a_period_at_a_time_come_close(problem):
    """Making one year whole after another loses little, and the plan says how much it may lose."""
    best = solve(problem, whole=True, gap=0.0)
    for sought in ("cost", "redundancy"):
        plan = solve(problem, sought, whole=True, window=1)
        assert (plan.hires == np.round(plan.hires)).all()
        assert 0.0 < plan.gap < 0.02
    stepwise = solve(problem, whole=True, window=1)
    assert best.total_cost - 1e-6 <= stepwise.total_cost <= 1.005 * best.total_cost
    with pytest.raises(ValueError, match="at least 1"):
        solve(problem, whole=True, window=0)


def test_windows_that_end_nowhere_say_so():
    """One hired in January leaves half a head too many or too few in February: two are hired at once.

    January alone would hire one; a window of both months sees what February then lacks.
    """
    halves = Problem(
        periods=("2027-01", "2027-02"),
        grades=("rep",),
        starting_strength=0.0,
        required_strength=np.array([[1.0], [2.0]]),
        leaving_settled=0.5,
        hiring_cost=1.0,
        redundancy_limit=0.0,
        excess_limit=np.array([1.0, 0.0]),
    )
    assert solve(halves).hires.ravel() == pytest.approx([1.0, 1.5])
    for window in (None, 2):
        assert solve(halves, whole=True, window=window).hires.ravel().tolist() == [2.0, 1.0]
    with pytest.raises(RuntimeError, match="windows of 1 periods lead to no plan"):
        solve(halves, whole=True, window=1)
