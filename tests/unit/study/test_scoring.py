"""Scores of forecasts against the truth."""

import numpy as np
import pytest

from tandem.study import scoring

LUCK = np.random.default_rng(2)


def test_a_range_holds_what_lies_in_it() -> None:
    """Two of three truths lie from P10 to P90; a share of three is hardly known."""
    draws = np.tile(np.arange(101.0), (3, 1))
    found = scoring.coverage(draws, np.array([10.0, 55.0, 95.0]))
    assert (found.held, found.of) == (2, 3) and found.low < 0.3 and found.high > 0.9


@pytest.mark.parametrize("draws", [40, 160])
def test_few_draws_hold_fewer_truths_than_eighty(draws: int) -> None:
    """P10 to P90 of a few draws is narrower than that of the distribution, by a known amount."""
    found = scoring.coverage(LUCK.normal(size=(5000, draws)), LUCK.normal(size=5000))
    assert found.low <= scoring.expected_coverage(draws) <= found.high
    assert scoring.expected_coverage(10_000) == pytest.approx(0.8, abs=1e-3)


def test_the_brier_score_of_a_coin() -> None:
    """Saying a half of anything scores a quarter, exactly; a right certainty scores nothing."""
    assert scoring.brier(np.full(4, 0.5), np.array([0.0, 1, 1, 0])) == (0.25, 0.0)
    assert scoring.brier(np.array([1.0]), np.array([1.0])) == (0.0, 0.0)


def test_honest_chances_pass_and_bold_ones_fail() -> None:
    """Events that come as often as said are within two or three errors; exaggerated chances are not."""
    chances = LUCK.uniform(0.05, 0.95, 4000)
    happened = (LUCK.uniform(size=4000) < chances).astype(float)
    assert abs(scoring.calibration_z(chances, happened)) < 3
    bold = np.where(chances > 0.5, 0.95, 0.05)
    assert scoring.calibration_z(bold, happened) > 10


def test_certainties_have_a_defined_score() -> None:
    """A target always met as said is calibrated; one that failed all the same is beyond measure."""
    assert scoring.calibration_z(np.ones(3), np.ones(3)) == 0.0
    assert scoring.calibration_z(np.ones(3), np.zeros(3)) == np.inf


def test_reliability_counts_by_what_was_said() -> None:
    """Each bin says how often the event came; a chance of one belongs to the last; none is empty."""
    found = scoring.reliability(np.array([0.1, 0.15, 1.0]), np.array([0.0, 1.0, 1.0]))
    assert [(row.count, row.share) for row in found] == [(2, 0.5), (1, 1.0)]
    assert found[0].chance == pytest.approx(0.125) and found[1].low < 0.5


def test_the_score_of_a_normal_forecast() -> None:
    """A standard normal scores .2337 where the truth is its mean, and one number its absolute error.

    Source: Gneiting and Raftery (2007), JASA 102(477): 2 phi(0) - 1 / sqrt(pi).
    """
    from scipy.special import ndtri

    draws = ndtri((np.arange(4000) + 0.5) / 4000)[None, :]
    assert scoring.crps(draws, np.zeros(1))[0] == pytest.approx(0.2336950, abs=2e-4)
    assert scoring.crps(np.array([[2.0]]), np.array([5.0]))[0] == 3.0


def test_a_score_needs_as_many_truths_as_forecasts() -> None:
    """Forecasts without their truths are not scored."""
    with pytest.raises(ValueError, match="2 forecasts cannot be scored by 3"):
        scoring.coverage(np.zeros((2, 5)), np.zeros(3))
    with pytest.raises(ValueError, match="0 forecasts"):
        scoring.brier(np.zeros(0), np.zeros(0))
