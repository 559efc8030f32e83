"""Plans under uncertainty: the closed forms that a single period has, and what is refused."""

import numpy as np
import pytest
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import (
    Chance,
    Infeasible,
    InvalidProblem,
    Problem,
    RiskNotHeld,
    TailBound,
    from_dict,
    solve,
    solve_draws,
)
from tandem.manpower.risk import tail_mean
from tandem.model.hiring import newsvendor_quantity

DRAWS = 200


def month(**changes: object) -> Problem:
    """A month in which reps are hired at 1 each; nobody leaves, nobody is there."""
    given: dict = {
        "periods": ("2027-01",),
        "grades": ("rep",),
        "starting_strength": 0.0,
        "required_strength": 0.0,
        "hiring_cost": 1.0,
    }
    return Problem(**(given | changes))


@pytest.fixture(scope="module")
def needs() -> np.ndarray:
    """Draws of the reps that are needed in that month, (draw, period, grade), all different."""
    return np.random.default_rng(3).gamma(9.0, 4.0, (DRAWS, 1, 1))


def test_one_month_with_a_price_on_shortage_is_the_newsvendor(needs):
    """A rep costs 1 and a missing one 4: those needed in three draws of four are hired.

    Source: Arrow, Harris and Marschak (1951), Econometrica 19(3).
    """
    plan = solve_draws(month(), required_strength=needs, shortage_cost=4.0)
    hired = float(plan.hires.item())
    ranked = np.sort(needs.ravel())
    assert ranked[DRAWS * 3 // 4 - 1] - 1e-6 <= hired <= ranked[DRAWS * 3 // 4] + 1e-6
    cost = hired + 4.0 * np.maximum(needs - hired, 0.0).mean()
    assert plan.expected_cost == pytest.approx(cost)


def test_many_draws_of_a_normal_need_come_close_to_the_newsvendors_formula():
    """With stratified draws of a normal need the programme hires what the formula says."""
    from scipy.special import ndtri

    need = 50.0 + 8.0 * ndtri((np.arange(2000) + 0.5) / 2000).reshape(-1, 1, 1)
    plan = solve_draws(month(), required_strength=need, shortage_cost=4.0)
    assert plan.hires.item() == pytest.approx(newsvendor_quantity(50.0, 8.0, 0.75), abs=0.02)


def test_a_chance_constraint_on_one_month_is_a_quantile(needs):
    """Meeting the need in nine draws of ten takes the reps needed in the ninth tenth of draws."""
    plan = solve_draws(month(), required_strength=needs, risk=Chance(0.9), gap=0.0)
    assert plan.hires.item() == pytest.approx(np.sort(needs.ravel())[DRAWS * 9 // 10 - 1])
    assert plan.met == pytest.approx(0.9)


def test_every_draw_is_met_where_the_chance_is_one(needs):
    """Certainty takes as many reps as the worst draw needs."""
    plan = solve_draws(month(), required_strength=needs, risk=Chance(1.0))
    assert plan.hires.item() == pytest.approx(needs.max())
    assert plan.met == 1.0


def test_a_tail_bound_is_kept_and_not_overdone(needs):
    """The worst tenth of draws is three reps short on average: with fewer hires it would be more."""
    plan = solve_draws(month(), required_strength=needs, risk=TailBound(0.9, 3.0))
    assert plan.tail_mean(0.9) == pytest.approx(3.0, abs=1e-6)
    short = np.maximum(needs.ravel() - plan.hires.item(), 0.0)
    assert np.sort(short)[-DRAWS // 10 :].mean() == pytest.approx(3.0, abs=1e-6)


def test_a_tail_bound_of_nought_is_on_the_safe_side_of_a_chance(needs):
    """No shortfall on average in the worst tenth means none at all: dearer than in nine of ten."""
    safe = solve_draws(month(), required_strength=needs, risk=TailBound(0.9, 0.0))
    exact = solve_draws(month(), required_strength=needs, risk=Chance(0.9))
    assert safe.met >= exact.met - 1e-9
    assert safe.expected_cost >= exact.expected_cost


def test_the_mean_of_the_worst_draws_counts_the_one_at_the_edge_in_part():
    """Of four losses the worst 37.5 % are the largest and half of the next."""
    assert tail_mean(np.array([4.0, 1.0, 3.0, 2.0]), 0.625) == pytest.approx((4 + 0.5 * 3) / 1.5)
    assert tail_mean(np.array([4.0, 1.0, 3.0, 2.0]), 0.0) == pytest.approx(2.5)


@pytest.mark.parametrize("risk", [Chance(1.0), TailBound(0.5, 0.0)])
def test_without_uncertainty_it_is_the_certain_plan(risk):
    """One draw of the published problem, to be met for certain, costs what the certain plan costs."""
    problem = from_dict(THREE_GRADES)
    plan = solve_draws(problem, risk=risk)
    assert plan.expected_cost == pytest.approx(solve(problem).total_cost)
    assert plan.strength.shape == (1, 3, 3)


def test_safer_plans_of_the_published_problem_cost_more():
    """Over draws of leaving, each more draw in which all is met costs more, in whole people too."""
    problem = from_dict(THREE_GRADES)
    rng = np.random.default_rng(5)
    leaving = problem.array("leaving_settled") * rng.uniform(0.6, 1.4, (20, 3, 3))
    needed = problem.array("required_strength") * 0.9
    plans = [
        solve_draws(
            problem,
            leaving_settled=leaving,
            required_strength=np.broadcast_to(needed, leaving.shape),
            risk=Chance(share),
            gap=1e-6,
        )
        for share in (0.6, 0.8, 0.95)
    ]
    costs = [plan.expected_cost for plan in plans]
    assert costs == sorted(costs) and costs[0] < costs[-1]
    for plan, share in zip(plans, (0.6, 0.8, 0.95), strict=True):
        assert plan.met >= share - 1e-9
        needs = needed + plan.excess - plan.shortfall + 0.5 * plan.decided.part_time
        assert needs == pytest.approx(plan.strength, abs=1e-5)
    whole = solve_draws(
        problem,
        leaving_settled=leaving,
        required_strength=np.broadcast_to(needed, leaving.shape),
        risk=TailBound(0.8, 5.0),
        whole=True,
        gap=0.01,
    )
    assert (whole.hires == np.round(whole.hires)).all()
    assert whole.tail_mean(0.8) <= 5.0 + 1e-5


def test_a_risk_that_cannot_be_held_says_what_can(needs):
    """With at most forty reps to hire, the error names the share of draws and the heads within reach."""
    few = month(hiring_limit=40.0)
    reached = float((needs <= 40.0).mean())
    with pytest.raises(RiskNotHeld, match=r"not in 0\.99") as caught:
        solve_draws(few, required_strength=needs, risk=Chance(0.99))
    assert caught.value.best == pytest.approx(reached)
    with pytest.raises(RiskNotHeld, match="not to 0; ask for less") as caught:
        solve_draws(few, required_strength=needs, risk=TailBound(0.9, 0.0))
    short = np.maximum(needs.ravel() - 40.0, 0.0)
    assert caught.value.best == pytest.approx(tail_mean(short, 0.9))


def test_too_many_people_are_named_under_uncertainty_too(needs):
    """Where nobody can be let go, what clashes is the limit on excess, not the requirement."""
    crowded = month(starting_strength=500.0, redundancy_limit=0.0, excess_limit=10.0)
    with pytest.raises(Infeasible, match="limit on excess staff in 2027-01") as caught:
        solve_draws(crowded, required_strength=needs, shortage_cost=1.0)
    assert {gap.constraint for gap in caught.value.gaps} == {"limit on excess staff"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"risk": Chance(1.2)}, "chance: 1.2; a share above 0 and at most 1"),
        ({"risk": TailBound(1.0, 3.0)}, "tail level: 1; a share from 0 to below 1"),
        ({"risk": TailBound(0.9, -3.0)}, "tail heads: -3; must be finite and not negative"),
        ({}, "nothing speaks against being short: give a risk or a shortage_cost"),
        ({"shortage_cost": -1.0}, "shortage_cost: -1; must be finite and not negative"),
        (
            {"shortage_cost": 1.0, "required_strength": np.ones((5, 2, 1))},
            r"required_strength: has the shape \(5, 2, 1\); allowed is \(draw, 1, 1\)",
        ),
        (
            {"shortage_cost": 1.0, "leaving_settled": np.full((5, 1, 1), 1.5)},
            "leaving_settled: each draw must be a share between 0 and 1",
        ),
        (
            {
                "shortage_cost": 1.0,
                "leaving_settled": np.zeros((5, 1, 1)),
                "leaving_new": np.zeros((4, 1, 1)),
            },
            "draws: 4 and 5; give one number of draws",
        ),
    ],
)
def test_draws_and_risks_that_cannot_be_are_refused(changes, said):
    """A share above one, two numbers of draws, or a question whose answer is to hire nobody."""
    with pytest.raises(InvalidProblem, match=said):
        solve_draws(month(), **changes)
