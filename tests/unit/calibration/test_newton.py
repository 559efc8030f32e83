"""Maximum likelihood: the top is found from far away, and a surface without one is refused."""

import numpy as np
import pytest

from tandem.calibration.newton import maximise


def poisson(log_rate: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Twelve leavers in 400 months, by the log of the hazard; not allowed above 1 a month."""
    rate = float(np.exp(log_rate[0]))
    if rate > 1.0:
        return -np.inf, np.zeros(1), np.zeros((1, 1))
    value = 12.0 * float(log_rate[0]) - 400.0 * rate
    return value, np.array([12.0 - 400.0 * rate]), np.array([[400.0 * rate]])


def test_the_top_is_found_though_the_first_step_leads_too_far():
    """From a hazard far too low Newton's step overshoots what is allowed, and is shortened."""
    point, value, covariance = maximise(poisson, np.array([-7.0]), ["hazard"])
    assert np.exp(point[0]) == pytest.approx(12.0 / 400.0)
    assert value == pytest.approx(12.0 * np.log(0.03) - 12.0)
    assert covariance[0, 0] == pytest.approx(1.0 / 12.0)


def test_a_top_is_found_from_where_the_surface_is_not_concave():
    """Where the surface curves upwards the step still goes uphill."""

    def bell(x: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        square, fall = float(x @ x), float(np.exp(-0.5 * (x @ x)))
        return fall, -x * fall, np.array([[(1.0 - square) * fall]])

    point, value, covariance = maximise(bell, np.array([1.8]), ["place"])
    assert point[0] == pytest.approx(0.0, abs=1e-5)
    assert (value, covariance[0, 0]) == (pytest.approx(1.0), pytest.approx(1.0))


@pytest.mark.parametrize("turn", [1.0, -1.0])
def test_a_likelihood_without_a_top_is_refused(turn):
    """A surface that rises for ever, or whose slope points the wrong way, gives no estimate."""

    def valley(x: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        return float(x @ x), turn * 2.0 * x, np.array([[-2.0]])

    with pytest.raises(ValueError, match="no largest likelihood was found for place"):
        maximise(valley, np.array([1.0]), ["place"])
