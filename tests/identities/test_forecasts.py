"""Forecasts of generated companies hold what the same model then does to them."""

import numpy as np
import pytest
from scipy.stats import binom
from tests.fixtures import companies

from tandem.study import scoring

COMPANIES, DRAWS = 50, 20
#: A correct sampler fails one bound in a thousand runs; the numbers are the same in every run.
RARE = 1e-3
AMOUNTS = ("sales_2027", "new_customers_2027", "npv")


@pytest.fixture(scope="module")
def forecasts() -> dict[str, np.ndarray]:
    """What the model says of each company: (company, draw) by measure."""
    return companies.forecasts(companies.centres(COMPANIES), COMPANIES, DRAWS)


@pytest.fixture(scope="module")
def truths() -> dict[str, np.ndarray]:
    """What became of each company: (company,) by measure."""
    return companies.truths(companies.centres(COMPANIES), COMPANIES)


def bounds() -> tuple[float, float]:
    """How many truths a sound range of so many draws may hold."""
    law = binom(COMPANIES, scoring.expected_coverage(DRAWS))
    return float(law.ppf(RARE / 2)), float(law.ppf(1 - RARE / 2))


@pytest.mark.parametrize("name", AMOUNTS)
def test_eighty_of_a_hundred_truths_lie_in_the_range(name, forecasts, truths):
    """P10 to P90 means what it says: the truth of another draw lies there as often as it must."""
    low, high = bounds()
    assert low <= scoring.coverage(forecasts[name], truths[name]).held <= high


@pytest.mark.parametrize("name", AMOUNTS)
def test_a_sampler_that_is_too_sure_would_be_found_out(name, forecasts, truths):
    """Ranges of half the width hold too few truths for the bound: the test above has teeth."""
    middle = np.median(forecasts[name], axis=1, keepdims=True)
    narrow = middle + 0.5 * (forecasts[name] - middle)
    assert scoring.coverage(narrow, truths[name]).held < bounds()[0]


@pytest.mark.parametrize("name", ["sales_target_met", "customers_target_met", "both_targets_met"])
def test_chances_of_the_target_come_as_often_as_said(name, forecasts, truths):
    """Over all companies targets are met as often as forecast, within three standard errors."""
    chances = forecasts[name].mean(axis=1)
    luck = np.sqrt((chances * (1.0 - chances)).sum()) / COMPANIES
    assert abs(chances.mean() - truths[name].mean()) < 3.0 * luck
    assert abs(scoring.calibration_z(chances, truths[name])) < 3.0
