"""Whether the draws are enough, and how well each number is known."""

import numpy as np
import pytest
from scipy.special import ndtri

from tandem.model import finance
from tandem.study.convergence import (
    HALF_WIDTH,
    chance,
    convergence,
    draws_for_chance,
    draws_for_gap,
    mean,
    quantile,
    running_chance,
    running_mean,
    worst_mean,
)
from tandem.study.decision import paired

RUNS, DRAWS = 2000, 400
NORMAL = np.random.default_rng(11).normal(size=(RUNS, DRAWS))


def share_held(known, truth: float) -> float:
    """Of repeated samples, how many intervals hold the truth."""
    held = [k.low <= truth <= k.high for k in map(known, NORMAL)]
    return float(np.mean(held))


@pytest.mark.parametrize(
    ("known", "truth", "least"),
    [
        (mean, 0.0, 0.935),
        (lambda row: quantile(row, 0.1), float(ndtri(0.1)), 0.94),
        (lambda row: worst_mean(row, 0.1), -finance.cvar_normal(0.9), 0.89),
        (lambda row: chance((row > 1.0).astype(float)), 0.158655, 0.935),
    ],
    ids=["mean", "P10", "mean of the worst", "chance"],
)
def test_intervals_hold_the_truth_as_often_as_they_say(known, truth, least) -> None:
    """Of 2,000 samples about 95 of 100 intervals hold the truth; few worst futures cost a little."""
    assert least <= share_held(known, truth) <= 0.985


def test_enough_needs_a_clear_gap_and_a_narrow_chance() -> None:
    """A gap of a tenth of its spread needs 385 draws; a chance of a half needs about as many."""
    luck = NORMAL.ravel()[:5000]
    events = (luck > 0).astype(float)
    many = convergence(paired("a", "b", luck + 0.1, np.zeros(5000)), events)
    assert many.enough and many.chance.half_width < HALF_WIDTH
    few = convergence(paired("a", "b", luck[:100] + 0.01, np.zeros(100)), events[:100])
    assert not few.enough and not few.narrow
    assert few.chance_draws == pytest.approx(385, abs=15)
    assert few.gap_draws is not None and few.gap_draws > few.draws


def test_the_draws_named_would_do() -> None:
    """At the number of draws that is named, the interval just leaves out nought."""
    gap = paired("a", "b", NORMAL[0] + 0.05, np.zeros(DRAWS))
    needed = draws_for_gap(gap, DRAWS)
    assert needed is not None
    half = (gap.high - gap.low) / 2 * (DRAWS / needed) ** 0.5
    assert half <= abs(gap.mean) and half * (needed / (needed - 1)) ** 0.5 >= abs(gap.mean) * 0.99


def test_identical_scenarios_cannot_and_need_not_be_told_apart() -> None:
    """The same value in every future: no number of draws parts them, and none is asked for."""
    found = convergence(paired("a", "b", NORMAL[0], NORMAL[0]), np.ones(DRAWS))
    assert found.identical and found.told_apart and found.gap_draws is None and found.enough


@pytest.mark.parametrize("value", [0.0, 1.0])
def test_a_target_always_or_never_met_still_has_a_width(value: float) -> None:
    """No future in 400 is not never: the chance has an interval, and all is finite."""
    found = convergence(None, np.full(DRAWS, value))
    assert found.gap is None and found.gap_draws is None and found.enough
    assert 0 < found.chance.half_width < 0.01 and 0 < found.chance_draws < DRAWS
    assert draws_for_chance(np.full(2, value)) > 2


def test_the_running_mean_ends_at_the_mean() -> None:
    """The last point is the page's number with its interval, and the interval narrows."""
    values = 1e9 + NORMAL[1]
    means, low, high = running_mean(values)
    assert means.shape == low.shape == high.shape == (DRAWS - 1,)
    assert means[-1] == pytest.approx(values.mean(), rel=1e-14)
    assert (high - low)[-1] == pytest.approx(2 * mean(values).half_width, rel=1e-6)
    assert means[4] == pytest.approx(values[:6].mean(), rel=1e-14)
    assert (high - low)[-1] < (high - low)[20]


def test_the_running_chance_never_leaves_nought_to_one() -> None:
    """It ends at the page's chance with its interval, whatever the first few futures did."""
    events = (NORMAL[2] > 1.5).astype(float)
    share, low, high = running_chance(events)
    known = chance(events)
    assert (share[-1], low[-1], high[-1]) == (known.value, known.low, known.high)
    assert (low >= 0).all() and (high <= 1).all()
    assert (low <= share + 1e-12).all() and (share <= high + 1e-12).all()


def test_few_draws_have_a_defined_answer() -> None:
    """One draw has no width; two have ends that are draws; a running mean of one is refused."""
    assert mean(np.array([3.0])).half_width == 0.0
    known = quantile(np.array([1.0, 2.0]), 0.9)
    assert (known.low, known.high) == (1.0, 2.0)
    with pytest.raises(ValueError, match="two draws"):
        running_mean(np.zeros(1))
