"""The worked example teaches something, and the assembled model reacts like real markets."""

import numpy as np
import pytest

from tandem.study.elasticity import Elasticity, elasticities
from tandem.study.simulation import simulate_part
from tests.fixtures.simulations import MAIN, SEED, drawn
from tests.fixtures.tiny_study import REPOSITORY

DRAWS = 1000
BEST, LATE = "lower-tier-expansion", ("lower-tier-two-months", "lower-tier-at-launch")


@pytest.fixture(scope="module")
def measures() -> dict[str, dict[str, np.ndarray]]:
    """Every measure of the main scenarios on the same 1,000 futures."""
    return {name: simulate_part(drawn(name, DRAWS), SEED)[1] for name in MAIN}


def interval(difference: np.ndarray) -> tuple[float, float]:
    """95 % interval of a paired mean difference."""
    half = 1.96 * difference.std(ddof=1) / np.sqrt(difference.size)
    return float(difference.mean() - half), float(difference.mean() + half)


def test_the_best_plan_is_likely_but_not_sure_to_reach_both_targets(measures):
    """P(both targets) of the scenario of highest expected value lies between .50 and .85."""
    best = max(MAIN, key=lambda name: measures[name]["npv"].mean())
    assert best == BEST
    assert 0.50 <= measures[best]["both_targets_met"].mean() <= 0.85


def test_doing_nothing_does_not_reach_both_targets(measures):
    """P(both targets) of do-nothing is under .10: people cap it."""
    assert measures["do-nothing"]["both_targets_met"].mean() < 0.10


@pytest.mark.parametrize("late", LATE)
def test_telling_people_late_costs_the_target(measures, late):
    """Told late, P(both) is at least .15 lower, and the paired interval is off zero."""
    difference = measures[BEST]["both_targets_met"] - measures[late]["both_targets_met"]
    assert difference.mean() >= 0.15
    assert interval(difference)[0] > 0.0


@pytest.mark.parametrize("scenario", [name for name in MAIN if name != "do-nothing"])
def test_no_scenario_loses_in_every_future(measures, scenario):
    """Each is worth more than doing nothing in some futures, or nobody would discuss it."""
    ahead = measures[scenario]["npv"] > measures["do-nothing"]["npv"]
    assert ahead.mean() > 0.05


def test_told_at_launch_sells_less_and_loses_more_to_no_people(measures):
    """Against people planned from October: smaller sales, more lost to no people; paired."""
    late, early = measures["lower-tier-at-launch"], measures[BEST]
    assert interval(late["sales_2027"] - early["sales_2027"])[1] < 0.0
    assert interval(late["lost_sales_no_people"] - early["lost_sales_no_people"])[0] > 0.0


def test_most_futures_keep_within_the_cash_limit(measures):
    """No main scenario needs more than cash and credit in more than one future of twenty."""
    for name in MAIN:
        assert measures[name]["cash_kept"].mean() > 0.95, name


#: Bounds of each elasticity's median: cause, horizon, outcome -> low, high. Units sold.
BOUNDS = {
    ("price", "short"): (-3.2, -2.2),  # benchmark -2.62
    ("price", "long"): (-4.2, -2.4),
    ("media", "short"): (0.07, 0.20),  # benchmark .12
    ("media", "long"): (0.07, 0.30),  # benchmark .24, headcount held
    ("field_force", "short"): (0.10, 0.40),  # benchmark .34
    ("field_force", "long"): (0.25, 0.70),
}


def test_the_assembled_model_reacts_like_real_markets():
    """Elasticities of units sold lie within stated bounds of their published averages."""
    found: dict[tuple[str, str], Elasticity] = {
        (e.cause, e.horizon): e
        for e in elasticities(REPOSITORY, "do-nothing")
        if e.outcome == "orders"
    }
    assert set(found) == set(BOUNDS)
    for key, (low, high) in BOUNDS.items():
        assert low <= found[key].median <= high, (key, found[key].median)
