"""Diffusion with the category's prices and spend: what it recovers and when it refuses."""

import numpy as np
import pandas as pd
import pytest
from tests.unit.calibration.marketing import DATA, script

from tandem.assumptions.rows import read_row
from tandem.calibration.diffusion import bass_rows, fit_bass, fit_generalised_bass
from tandem.model.market import bass_adopters, effective_time_step
from tandem.units import MONTHS_PER_YEAR

SALES = (96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500)


def test_ninety_of_a_hundred_categories_show_their_diffusion():
    """A 95 % interval holds innovation, imitation, pool and price effect nineteen times in twenty."""
    s = script()
    truth = {"p": s.BASS_P, "q": s.BASS_Q, "pool": s.POOL, "price": s.PRICE_SLOWS}
    held = []
    for seed in range(1, 101):
        rows = s.adopters(seed)
        fit = fit_generalised_bass([r[1] for r in rows], price=[float(r[2]) for r in rows])
        ends = fit.intervals()
        held.append([ends[name][0] <= value <= ends[name][1] for name, value in truth.items()])
    assert np.sum(held, axis=0).min() >= 90


def test_without_covariates_it_is_the_bass_model():
    """A category whose price never moved is the textbook's, to the last digits, and so are the errors."""
    plain, general = fit_bass(SALES), fit_generalised_bass(SALES)
    for name in ("p", "q", "pool", "residual_sd"):
        assert getattr(general, name) == pytest.approx(getattr(plain, name), rel=1e-6)
    for name in ("p_se", "q_se", "pool_se"):
        assert getattr(general, name) == pytest.approx(getattr(plain, name), rel=1e-3)
    assert general.fitted.sum() + np.sum(np.array(SALES) - general.fitted) == pytest.approx(
        sum(SALES)
    )


def test_it_fits_what_the_simulation_would_do():
    """Adopters made by the simulation's own laws under moving prices and spend give their numbers back."""
    years = np.arange(16)
    price, spend = (
        np.exp(0.4 - 0.05 * years + 0.1 * np.sin(years)),
        np.exp(0.3 * np.cos(1.3 * years)),
    )
    p, q, pool = np.array([0.02]), np.array([0.4]), np.array([5e6])
    adopted, time, seen = np.zeros(1), np.zeros(1), []
    for at in years:
        step = effective_time_step(price[at], spend[at], np.array([0.5]), np.array([0.1]))
        later = time + step * MONTHS_PER_YEAR
        joined = bass_adopters(pool, adopted, time, later, p, q)
        adopted, time = adopted + joined, later
        seen.append(float(joined[0]))
    fit = fit_generalised_bass(seen, price=price, spend=spend)
    assert (fit.p, fit.q, fit.pool) == pytest.approx((0.02, 0.4, 5e6), rel=1e-5)
    assert fit.effects == pytest.approx([0.5, 0.1], rel=1e-4)


def test_estimates_become_rows_of_the_parameter_files():
    """Diffusion by year replaces the benchmarks of demand.yaml; quarters are converted."""
    table = pd.read_csv(DATA / "category_adopters.csv")
    fit = fit_generalised_bass(table["adopters"], price=table["price"])
    defaults = {"owner": "marketing-insight", "as_of": "2026-09-30"}
    rows = bass_rows(fit, "category records")
    assert set(rows) == {"demand.bass_p", "demand.bass_q", "demand.category_price_effect"}
    for path, unit in (("demand.bass_p", "1/year"), ("demand.category_price_effect", "1")):
        assert read_row(rows[path], defaults, unit, 1e-4, 5.0).faults == []
    by_quarter = bass_rows(fit_bass(SALES), "x", periods_a_year=4.0)
    assert by_quarter["demand.bass_p"]["lognormal"][0] == pytest.approx(
        4.0 * fit_bass(SALES).p, rel=1e-3
    )


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"price": [1.0] * 12}, "price: 12 values for 13 periods"),
        ({"price": [1.0] * 13}, "price never varies"),
        ({"spend": [*[1.0] * 12, 0.0]}, "spend over reference must be finite and above 0"),
        ({"price": [*[1.0] * 12, np.nan]}, "price over reference must be finite"),
    ],
)
def test_covariates_that_say_nothing_are_refused(given, reason):
    """A price of another length, that never moves, or that is none."""
    with pytest.raises(ValueError, match=reason):
        fit_generalised_bass(SALES, **given)


def test_too_few_periods_and_endless_growth_are_refused():
    """Four numbers need five years, and a category still taking off shows no pool."""
    with pytest.raises(ValueError, match="4 numbers are estimated"):
        fit_generalised_bass([1.0, 2, 3, 2], price=[1.0, 1.1, 1.2, 1.0])
    with pytest.raises(ValueError, match="where growth ends"):
        fit_generalised_bass(np.exp(0.5 * np.arange(8)))
