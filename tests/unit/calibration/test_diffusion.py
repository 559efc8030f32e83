"""Diffusion from sales: what is estimated, how sure, and when it is refused."""

import numpy as np
import pytest
from scipy.optimize import curve_fit

from tandem.calibration.diffusion import fit_bass
from tandem.model.market import bass_cumulative

SALES = (96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500)


def curve(periods: np.ndarray, p: float, q: float, pool: float) -> np.ndarray:
    """Adopters of each period."""
    return pool * (bass_cumulative(periods, p, q) - bass_cumulative(periods - 1.0, p, q))


def test_a_category_on_its_curve_gives_its_numbers_back():
    """Sales that follow a diffusion curve reveal it, without error."""
    fit = fit_bass(curve(np.arange(1.0, 11.0), 0.02, 0.45, 5e5))
    assert (fit.p, fit.q, fit.pool) == pytest.approx((0.02, 0.45, 5e5), rel=1e-6)
    assert fit.residual_sd == pytest.approx(0.0, abs=1e-3)


def test_standard_errors_are_those_of_an_independent_fit():
    """Standard errors agree with another routine that fits the same curve in other coordinates."""
    fit = fit_bass(SALES)
    _, covariance = curve_fit(curve, np.arange(1.0, 14.0), SALES, [0.02, 0.4, 2e4])
    errors = np.sqrt(np.diag(covariance))
    assert (fit.p_se, fit.q_se, fit.pool_se) == pytest.approx(tuple(errors), rel=1e-3)


def test_noisier_sales_leave_more_doubt():
    """More noise around the same curve means larger standard errors."""
    noise = np.random.default_rng(5).standard_normal(12)
    smooth = curve(np.arange(1.0, 13.0), 0.02, 0.45, 1e5)
    calm, wild = (fit_bass(smooth + scale * noise) for scale in (20.0, 200.0))
    assert wild.residual_sd == pytest.approx(10.0 * calm.residual_sd, rel=0.2)
    assert wild.pool_se > calm.pool_se and wild.q_se > calm.q_se


@pytest.mark.parametrize(
    ("sales", "message"),
    [
        ((10, 20, 30), "four periods"),
        ((10, 20, -1, 5), "not negative"),
        ((10, 20, float("nan"), 5), "finite"),
        ((0, 0, 0, 0), "not all zero"),
        ((1, 2, 4, 8, 16, 32), "where growth ends"),
        (((1, 2), (3, 4)), "four periods"),
    ],
)
def test_sales_that_tell_no_diffusion_are_refused(sales, message: str):
    """Too few periods, impossible numbers, or growth without an end give no estimate."""
    with pytest.raises(ValueError, match=message):
        fit_bass(sales)
