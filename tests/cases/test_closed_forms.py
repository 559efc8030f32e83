"""Closed forms against what they stand for: simulated people, integrals, recursions."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import lognorm

from tandem.model import capacity, customers, hiring, workforce
from tandem.model.incentives.attainment import (
    expected_excess,
    expected_gain,
    expected_payout,
    payout_gain,
)
from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.curve import PayCurve, floored
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.units import DAYS_PER_MONTH

PEOPLE = 1_000_000
MEAN, SIGMA = 0.92, 0.38


def one(value: float) -> np.ndarray:
    """A value at one position and draw."""
    return np.full((1, 1), value)


BASE = BasePay(one(0.22)).curve()
BONUS = KpiBonus.of(share=one(0.3), threshold=one(0.5), cap=one(1.8)).curve()
COMMISSION = Commission.of(
    share=one(0.7), threshold=one(0.2), accelerator=one(1.75), cap=one(2.0)
).curve()
CURVES = {
    "base pay": BASE,
    "KPI bonus": BONUS,
    "commission": COMMISSION,
    "all three": BASE + BONUS + COMMISSION,
    "held to the minimum wage": floored(BASE + COMMISSION, one(0.45)),
}


@pytest.fixture(scope="module")
def attainment() -> np.ndarray:
    """Attainment of a million people, log-normal with the mean kept."""
    normal = np.random.default_rng(20261001).standard_normal(PEOPLE)
    return MEAN * np.exp(SIGMA * normal - 0.5 * SIGMA**2)


@pytest.mark.parametrize("name", CURVES)
def test_expected_pay_is_the_mean_pay_of_a_million_people(name: str, attainment: np.ndarray):
    """The cost of a plan is what people who differ are paid, not what the average one is."""
    curve = CURVES[name]
    pay = curve.at(attainment)[0]
    error = pay.std() / PEOPLE**0.5
    expected = expected_payout(curve, one(MEAN), one(SIGMA))[0, 0]
    assert abs(expected - pay.mean()) <= 3.0 * error + 1e-12


def test_a_minimum_wage_lifts_nobody_above_it_and_takes_nothing_from_the_others():
    """Held to a minimum, each attainment earns the larger of the plan and the minimum."""
    plan = BASE + COMMISSION
    at = np.linspace(0.0, 3.0, 301)
    assert floored(plan, one(0.45)).at(at) == pytest.approx(np.maximum(plan.at(at), 0.45))


@pytest.mark.parametrize("name", CURVES)
def test_the_incentive_is_the_slope_of_expected_pay(name: str):
    """What one per cent more results earn is the derivative of mean pay by the log of results."""
    curve, step = CURVES[name], 1e-5
    high, low = (expected_payout(curve, one(MEAN * np.exp(s)), one(SIGMA)) for s in (step, -step))
    gain = payout_gain(curve, one(MEAN), one(SIGMA))
    assert gain == pytest.approx((high - low) / (2.0 * step), abs=1e-8)


def test_mean_excess_is_its_integral():
    """The mean of results above a threshold, against the integral over the log-normal."""
    spread = lognorm(s=SIGMA, scale=MEAN * np.exp(-0.5 * SIGMA**2))
    for strike in (0.2, 0.9, 1.0, 1.6):
        integral, _ = quad(spread.sf, strike, np.inf)
        assert expected_excess(MEAN, np.asarray(strike), SIGMA) == pytest.approx(integral, abs=1e-9)
    assert expected_excess(MEAN, np.zeros(1), SIGMA) == pytest.approx([MEAN])
    assert expected_gain(MEAN, np.zeros(1), SIGMA) == pytest.approx([MEAN])


@pytest.mark.parametrize("days", [5.0, 30.0, 60.0, 365.0])
def test_open_requisitions_are_arrivals_times_the_chance_to_be_still_open(days: float):
    """Requisitions open after a time: the rate times the integral of the share not yet filled."""
    unfilled, _ = quad(
        lambda x: 1.0 - float(hiring.lognormal_cdf(x, np.asarray(45.0), np.asarray(20.0))), 0, days
    )
    assert hiring.open_requisitions(0.4, 45.0, 20.0, days) == pytest.approx(
        0.4 * unfilled, rel=1e-7
    )


def test_a_log_normal_by_its_moments_has_these_moments():
    """Time to fill of mean 45 and deviation 20 days has that mean and that deviation."""
    mean, _ = quad(
        lambda x: 1.0 - float(hiring.lognormal_cdf(x, np.asarray(45.0), np.asarray(20.0))), 0, 2e3
    )
    square, _ = quad(
        lambda x: (
            2.0 * x * (1.0 - float(hiring.lognormal_cdf(x, np.asarray(45.0), np.asarray(20.0))))
        ),
        0,
        2e3,
    )
    assert mean == pytest.approx(45.0, rel=1e-6)
    assert square - mean**2 == pytest.approx(400.0, rel=1e-5)


def test_people_start_when_the_stages_say():
    """Start months add up to everybody, and their mean is the mean time to fill."""
    mean, sd = np.array([20.0, 38.0, 55.0, 110.0]), np.array([12.0, 14.0, 20.0, 40.0])
    shares = hiring.start_month_shares(mean, sd)
    assert shares.min() >= 0.0
    assert shares.sum(axis=0) == pytest.approx(np.ones(4), abs=1e-12)
    months_after_opening = np.arange(len(shares))
    months = (shares * months_after_opening[:, None]).sum(axis=0)
    assert months == pytest.approx(mean / DAYS_PER_MONTH, abs=0.05)


@pytest.mark.parametrize("headroom", [1.0, 1.1, 1.37, 2.0, 5.0, 12.0])
def test_cover_is_one_in_the_base_year_to_the_last_bit(headroom: float):
    """At the load of 2026 nothing is lost and nothing gained, exactly, or 2026 would drift."""
    assert capacity.cover(np.ones(3), np.full(3, headroom)).tolist() == [1.0, 1.0, 1.0]


def test_productive_months_of_a_steady_hazard_are_the_closed_form():
    """Staying given month by month comes to the law's own integral where the hazard is constant."""
    stays = np.exp(-0.03 * np.arange(25))
    found = workforce.productive_months_of(2.5, stays)
    assert found == pytest.approx(workforce.productive_months(2.5, 0.03, 24.0), rel=5e-3)


def test_productive_months_are_their_integral():
    """Productive months of a hire against the integral of staying times being ramped up."""
    for months in (1.0, 12.0, 60.0):
        integral, _ = quad(lambda t: np.exp(-0.03 * t) * (1.0 - np.exp(-t / 2.5)), 0.0, months)
        assert workforce.productive_months(2.5, 0.03, months) == pytest.approx(integral)
    assert workforce.productive_months(2.5, 0.03, 5_000.0) == pytest.approx(
        workforce.productive_months(2.5, 0.03)
    )


def test_the_value_of_a_customer_is_the_discounted_margin_of_those_who_stay():
    """Value by age against the sum over 3,000 months of margin, survival and discount."""
    churn = customers.churn_by_age(np.array([0.7]), np.array([9.0]), 24)
    value = customers.value_by_age(churn[None], np.array([[30.0]]), np.array([0.006]))[0, :, 0]
    for age in (0, 5, 23):
        alive, worth = 1.0, 0.0
        for month in range(3_000):
            worth += 30.0 * alive / 1.006**month
            alive *= 1.0 - churn[min(age + month, 23), 0]
        assert value[age] == pytest.approx(worth, rel=1e-6)


def test_churn_by_age_gives_the_survival_curve():
    """Hazards by age multiply to the shifted beta-geometric share still there."""
    churn = customers.churn_by_age(np.array([0.668]), np.array([3.806]), 12)[:, 0]
    alive = np.cumprod(1.0 - churn)
    assert alive == pytest.approx(customers.sbg_survival(np.arange(1, 13), 0.668, 3.806))


def test_a_curve_that_never_gets_to_the_minimum_is_the_minimum():
    """People on fixed pay below the minimum wage earn the minimum wage, whatever they achieve."""
    flat = floored(
        BASE
        + Commission.of(
            share=one(0.0), threshold=one(0.2), accelerator=one(1.5), cap=one(2.0)
        ).curve(),
        one(0.5),
    )
    assert isinstance(flat, PayCurve)
    assert expected_payout(flat, one(MEAN), one(SIGMA)) == pytest.approx(one(0.5))
    assert payout_gain(flat, one(MEAN), one(SIGMA)) == pytest.approx(one(0.0))
    assert flat.at(np.array([0.1, 1.0, 9.0])) == pytest.approx(np.full((1, 3), 0.5))
