"""Values in behaviour: what culture programmes do besides engagement."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.unit.model.company import altered

from tandem.model.incentives.effort import EFFORT_MOST, effort
from tandem.model.simulate import simulate
from tandem.model.types import TASKS, Trajectory

DRAWS = 12
SCENARIO = "lower-tier-expansion"


def run(**programmes: float) -> Trajectory:
    """The launch with programmes adding so much in every month, over what base has."""
    given = inputs(SCENARIO, DRAWS)
    more = {f"programme_{name}": lambda old, v=v: old + v for name, v in programmes.items()}
    months = tuple(
        replace(month, parameters=altered(month.parameters, "workforce", **more))
        for month in given.months
    )
    return simulate(replace(given, months=months))


@pytest.fixture(scope="module")
def usual() -> Trajectory:
    """No programme beyond those of 2026."""
    return run()


def mean(trajectory: Trajectory, name: str) -> float:
    """Mean of a market's series over the second year and all draws."""
    return float(trajectory.market[name][12:24].mean())


def test_stories_told_inside_raise_customers_satisfaction(usual: Trajectory) -> None:
    """More effort on service: customers are happier, and more of them stay."""
    told = run(service=0.1)
    assert mean(told, "satisfaction") > mean(usual, "satisfaction")
    assert told.market["churned"][12:24].sum() < usual.market["churned"][12:24].sum()


def test_cases_told_outside_raise_favourability(usual: Trajectory) -> None:
    """Customers' cases win favour, and favour wins decisions."""
    told = run(favourability=0.1)
    assert mean(told, "favourability") > mean(usual, "favourability")
    assert mean(told, "win_rate") > mean(usual, "win_rate")


def test_case_reviews_raise_capacity(usual: Trajectory) -> None:
    """Those who go through won and lost cases meet more customers a head; their managers' help adds."""
    reviewed = run(output=0.05)
    ratio = reviewed.market["capacity"][0, :1] / usual.market["capacity"][0, :1]
    assert (ratio >= np.exp(0.05)).all() and (ratio < 1.01 * np.exp(0.05)).all()


def test_values_add_to_effort_without_pay_and_within_its_bounds() -> None:
    """What culture adds multiplies what pay makes people do, up to the most that anybody can."""
    none = np.zeros((len(TASKS), 2, 3))
    added = np.array([[0.0] * 3, [0.1] * 3, [2.0] * 3])
    found = effort(none, none, np.ones(3), np.ones(3), added)
    assert found[0] == pytest.approx(np.ones((2, 3)))
    assert found[1] == pytest.approx(np.full((2, 3), np.exp(0.1)))
    assert (found[2] == EFFORT_MOST).all()
