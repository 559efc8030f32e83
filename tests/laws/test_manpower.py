"""Laws of manpower planning: people balance, and room to choose never costs."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.laws.ranges import number, row

from tandem.manpower import Downgrading, Plan, Problem, Retraining, solve

PERIODS, GRADES = 4, 2

#: Infinite or ample limits everywhere, so that each drawn problem has a plan.
problems = st.builds(
    Problem,
    periods=st.just(tuple(f"2027-{month:02d}" for month in range(1, PERIODS + 1))),
    grades=st.just(("junior", "senior")),
    starting_strength=row(0.0, 100.0, GRADES),
    required_strength=row(0.0, 100.0, PERIODS, GRADES),
    leaving_new=row(0.0, 0.5, GRADES),
    leaving_settled=row(0.0, 0.3, PERIODS, GRADES),
    new_periods=st.integers(1, 5),
    hiring_cost=row(0.5, 50.0, GRADES),
    retraining=st.builds(
        lambda cost, share: (Retraining("junior", "senior", cost, share=share),),
        number(0.0, 20.0),
        number(0.0, 1.0),
    ),
    downgrading=st.builds(
        lambda lost: (Downgrading("senior", "junior", lost, cost=1.0),), number(0.0, 1.0)
    ),
    redundancy_cost=row(0.5, 50.0, GRADES),
    excess_cost=row(0.5, 50.0, GRADES),
    part_time_limit=row(0.0, 20.0, GRADES),
    part_time_cost=row(0.5, 20.0, GRADES),
    part_time_counted=number(0.0, 1.0),
)


def followed(plan: Plan) -> np.ndarray:
    """Strength (period, grade) of the plan's decisions, cohort by cohort: settled, and by age."""
    problem, decided = plan.problem, plan.decided
    stay_new = 1.0 - problem.array("leaving_new")
    stay = 1.0 - problem.array("leaving_settled")
    settled = problem.array("starting_strength").copy()
    cohorts: list[np.ndarray] = []
    strength = []
    for t in range(PERIODS):
        settled = settled * stay[t]
        cohorts = [decided.hires[t], *cohorts]
        while len(cohorts) > problem.new_periods:
            settled = settled + cohorts.pop() * stay[t]
        cohorts = [heads * stay_new[t] for heads in cohorts]
        up, down = decided.retrained[t, 0], decided.downgraded[t, 0]
        settled = settled - decided.redundant[t] - [up, down]
        settled += [down * (1.0 - problem.downgrading[0].lost), up * stay[t, 1]]
        strength.append(settled + sum(cohorts))
    return np.array(strength)


@given(problem=problems, objective=st.sampled_from(["cost", "redundancy"]))
@settings(max_examples=40, deadline=None)
def test_people_balance_in_every_period_and_grade(problem, objective):
    """Followed cohort by cohort, a plan's decisions give its strength, and that is what it promises."""
    plan = solve(problem, objective)
    assert followed(plan) == pytest.approx(plan.strength, abs=1e-5)
    idle = (1.0 - problem.part_time_counted) * plan.decided.part_time
    needed = problem.array("required_strength") + plan.excess + idle
    assert needed == pytest.approx(plan.strength, abs=1e-5)
    assert (plan.leavers >= -1e-5).all()
    assert (plan.decided.part_time <= plan.strength + 1e-5).all()
    limit = problem.retraining[0].share * plan.strength[:, 1]
    assert (plan.decided.retrained[:, 0] <= limit + 1e-5).all()


@given(problem=problems)
@settings(max_examples=15, deadline=None)
def test_whole_people_never_cost_less_than_fractions(problem):
    """Rounding to people is a restriction: it never makes a plan cheaper."""
    whole, linear = solve(problem, whole=True, gap=0.01), solve(problem)
    assert whole.total_cost >= linear.total_cost - 1e-5 * (1.0 + linear.total_cost)
    assert followed(whole) == pytest.approx(whole.strength, abs=1e-5)


@given(problem=problems, more=number(0.0, 50.0))
@settings(max_examples=30, deadline=None)
def test_a_looser_limit_never_costs_more(problem, more):
    """Allowing more part-time, more retraining, or a longer list of moves never raises the cost."""
    tight = solve(replace(problem, downgrading=())).total_cost
    allowed = solve(problem).total_cost
    part_time = replace(problem, part_time_limit=problem.array("part_time_limit") + more)
    freely = tuple(replace(path, share=1.0) for path in problem.retraining)
    retrained = replace(problem, retraining=freely)
    slack = 1e-5 * (1.0 + tight)
    assert allowed <= tight + slack
    assert solve(part_time).total_cost <= allowed + slack
    assert solve(retrained).total_cost <= allowed + slack


@given(problem=problems)
@settings(max_examples=30, deadline=None)
def test_fewest_redundancies_are_no_more_than_those_of_the_cheapest_plan(problem):
    """Seeking few redundancies costs money, seeking little cost costs jobs: never the reverse."""
    kind, cheap = solve(problem, "redundancy"), solve(problem, "cost")
    assert kind.redundancies <= cheap.redundancies + 1e-5
    assert kind.total_cost >= cheap.total_cost - 1e-5 * (1.0 + cheap.total_cost)
