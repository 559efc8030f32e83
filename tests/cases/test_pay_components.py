"""Every pay component by hand and against a million simulated people."""

import numpy as np
import pytest
from tests.cases.component_cases import CASES, Case
from tests.cases.published import published
from tests.laws import plans as laws

from tandem.assumptions.schema.pay import pay_components
from tandem.model.incentives.assessment import (
    Levy,
    People,
    cost_at_mean,
    expected_cost,
    pay_at_ranks,
    pay_by_ability,
    perceived_value,
    statutory_cost,
)
from tandem.model.incentives.attainment import expected_payout, payout_gain
from tandem.model.incentives.clawback import Clawback
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.curve import PayCurve, floored
from tandem.model.incentives.forecast_quota import ForecastQuota
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.option import employee_option
from tandem.model.incentives.plan import PayPlan, monthly_curve, payout
from tandem.model.types import Array

MILLION = 1_000_000
MEAN, SPREAD, NOISE, AVERSION = 0.92, 0.3, 0.3, 2.0
PEOPLE = People.alike(MEAN, SPREAD, NOISE, AVERSION)
every_component = pytest.mark.parametrize("name", CASES)
DEVIATES = np.random.default_rng(20261001).standard_normal(MILLION)


def one(value: float) -> Array:
    """A value at one position and draw."""
    return np.full((1, 1), value)


def results(case: Case) -> Array:
    """Attainment of a million people, or teams, over the component's pay period."""
    sigma = np.sqrt((SPREAD**2 + NOISE**2 / case.months) / case.team)
    return np.asarray(MEAN * np.exp(sigma * DEVIATES - 0.5 * sigma**2))


def within_three_errors(expected: float, found: Array) -> None:
    """The mean of simulated people is the expected one but for three standard errors."""
    error = found.std() / np.sqrt(found.size)
    assert abs(expected - found.mean()) <= 3.0 * error + 1e-12


def test_every_component_has_its_case():
    """A component without a hand-worked case is not finished."""
    assert set(CASES) == set(pay_components())


@every_component
def test_results_pay_what_was_worked_out_by_hand(name: str):
    """The curve is the payout as a person would work it out, at each point of the case."""
    case = CASES[name]
    curve = case.component(name).curve()
    for attainment, pay in case.worked:
        assert curve.at(one(attainment)) == pytest.approx(one(pay), abs=1e-9)
        if name != "forecast_quota":  # by hand its forecast is the median of those who are there
            assert case.pays(np.array([attainment])) == pytest.approx([pay], abs=1e-9)


@every_component
def test_cost_is_what_a_million_people_are_paid(name: str):
    """The closed form is the mean over people who differ, within three standard errors."""
    case = CASES[name]
    component = case.component(name)
    fair = component.fair_value()
    cost = float(expected_cost(component, PEOPLE)[0, 0])
    pay = case.pays(results(case))
    within_three_errors(cost - (0.0 if fair is None else float(fair[0, 0])), pay)


@every_component
def test_cost_is_not_what_the_average_person_is_paid(name: str):
    """Where pay is bent, the mean cost and the pay at the mean differ by this much of target pay."""
    case = CASES[name]
    component = case.component(name)
    cost, at_mean = expected_cost(component, PEOPLE), cost_at_mean(component, PEOPLE)
    beyond = float((cost - at_mean)[0, 0])
    assert beyond == (published(case.beyond) if case.beyond else pytest.approx(0.0, abs=1e-12))


@every_component
def test_ranks_are_paid_as_the_people_who_stand_there(name: str):
    """Pay at three ranks of a million, within the ranks three standard errors away."""
    case = CASES[name]
    pay = case.pays(results(case))
    for rank in (0.1, 0.5, 0.95):
        error = 3.0 * np.sqrt(rank * (1.0 - rank) / MILLION)
        around = (rank - error, rank + error)
        low, high = pay_at_ranks(case.component(name), PEOPLE, around)[:, 0, 0]
        assert low - 1e-9 <= np.quantile(pay, rank, method="nearest") <= high + 1e-9


@every_component
def test_cost_is_the_mean_over_those_of_every_ability(name: str):
    """Averaged over lasting ability, pay with luck averaged out is the cost again."""
    component = CASES[name].component(name)
    fair = component.fair_value()
    cost = float(expected_cost(component, PEOPLE)[0, 0])
    ranks = (np.arange(400) + 0.5) / 400
    by_ability = pay_by_ability(component, PEOPLE, list(ranks))[:, 0, 0]
    beside = 0.0 if fair is None else float(fair[0, 0])
    assert by_ability.mean() + beside == pytest.approx(cost, abs=1e-3)
    assert (np.diff(by_ability) >= -1e-12).all()


@every_component
def test_nobody_values_a_component_above_its_cost(name: str):
    """Who dislikes risk, or cannot sell, values it at its cost at most; certain pay at just that."""
    component = CASES[name].component(name)
    cost, value = expected_cost(component, PEOPLE), perceived_value(component, PEOPLE, beside=0.5)
    assert (value <= cost + 1e-12).all()
    flat = name in ("base_pay", "overseas_allowance", "retention_bonus", "honours")
    if flat:
        assert value == pytest.approx(cost)
    elif (cost != 0.0).any():
        assert (value < cost).all()


@every_component
def test_contributions_are_those_of_a_million_people(name: str):
    """What the law adds, with bases clipped person by person, is its mean over people."""
    case = CASES[name]
    levy = Levy(one(9_000.0), one(2_500.0), one(0.26), one(0.07), one(0.6), one(3.0))
    pay, beside = one(11_000.0), one(0.5)
    found = float(statutory_cost(case.component(name), PEOPLE, pay, beside, levy)[0, 0])

    def on(monthly: Array) -> Array:
        return 0.26 * np.clip(monthly, 5_400.0, 27_000.0) + 0.07 * np.clip(
            monthly, 2_500.0, 27_000.0
        )

    simulated = on(11_000.0 * (0.5 + case.pays(results(case)))) - on(np.full(MILLION, 5_500.0))
    error = 3.0 * simulated.std() / np.sqrt(MILLION)
    assert abs(found - simulated.mean()) <= error + 0.35  # CNY: quadrature at cliffs, 2,048 ranks


def test_commission_that_is_taken_back_and_a_floor_under_it():
    """Base, commission less clawback, the minimum wage and the guarantee, person by person."""
    base = CASES["base_pay"].pays
    earned = CASES["commission"].pays
    a = results(CASES["commission"])
    commission = CASES["commission"].component("commission")
    pay = pay_components()["base_pay"].of(share=one(0.22))
    clawback = Clawback.of(share=one(0.5), undone=one(0.1))
    plan = PayPlan((pay, clawback, commission, Guarantee(one(0.95))), minimum=one(0.3))
    assert base(a)[0] == 0.8
    people = one(MEAN), np.sqrt(one(SPREAD**2 + NOISE**2))
    settled = np.maximum(0.22 + 0.95 * earned(a), 0.3)
    monthly = monthly_curve(plan)
    within_three_errors(float(expected_payout(monthly, *people)[0, 0]), settled)
    learning = payout(plan, laws.people(SPREAD, NOISE, AVERSION), PEOPLE.attainment, one(1.0))
    assert learning.pay == pytest.approx(0.95), "who ramps up has sold nothing to be paid for"


def test_a_floor_under_a_cliff_is_the_larger_of_both():
    """A guarantee under pay that leaps: nobody below it, and above it what was earned."""
    curve = PayCurve(one(0.1), one(0.5)[None], one(0.4)[None], one(1.0)[None], one(0.3)[None])
    at = np.linspace(0.0, 3.0, 601)
    for floor in (0.0, 0.2, 0.35, 0.7, 2.0):
        expected = np.maximum(curve.at(at), floor)
        assert floored(curve, one(floor)).at(at) == pytest.approx(expected)


def test_an_award_that_falls_is_money_that_leaps():
    """The value of a cliff is a digital option; its slope is the derivative of that value."""
    curve, step = CASES["innovation_award"].component("innovation_award").curve(), 1e-5
    assert curve.has_cliffs
    high, low = (expected_payout(curve, one(MEAN * np.exp(s)), one(0.3)) for s in (step, -step))
    gain = payout_gain(curve, one(MEAN), one(0.3))
    assert gain == pytest.approx((high - low) / (2.0 * step), abs=1e-8)


@pytest.mark.parametrize(("steps", "value"), [(10, "13.4312"), (50, "13.5646"), (200, "13.5810")])
def test_an_employees_option_is_worth_what_the_lattice_says(steps: int, value: str):
    """Ten years, vesting after three, a tenth leaving a year, exercise at three times the price.

    Source: Hull and White (2004), How to value employee stock options, Financial Analysts Journal.
    """
    x = np.ones(1)
    found = employee_option(
        50 * x, 50 * x, 10.0, 3.0, 0.05 * x, 0.35 * x, 0.025 * x, 0.1 * x, 3.0 * x, steps
    )
    assert found[0] == published(value)


def test_options_are_worth_what_a_million_holders_take():
    """Shares that rise and fall by the month, holders who leave, exercise early or wait."""
    case = CASES["stock_options"]
    t = case.terms
    steps, months, vested = 12, 48, 12
    rng = np.random.default_rng(20261002)
    up = np.exp(t["volatility"] / np.sqrt(steps))
    rise = (np.exp((t["rate"] - t["dividend"]) / steps) - 1 / up) / (up - 1 / up)
    gone = t["leaving"] / steps
    level, payoff = np.zeros(MILLION), np.zeros(MILLION)
    holding = np.ones(MILLION, dtype=bool)
    for month in range(months + 1):
        share = np.exp(level * np.log(up))
        discount = np.exp(-t["rate"] * month / steps)
        leaves = rng.random(MILLION) < gone
        if month == months:
            takes = holding
        elif month > vested:
            takes = holding & ((share >= t["multiple"]) | leaves)
        else:
            takes = np.zeros(MILLION, dtype=bool)
            holding = holding & ~leaves
        payoff = np.where(takes, discount * np.maximum(share - 1.0, 0.0), payoff)
        holding = holding & ~takes
        level += np.where(rng.random(MILLION) < rise, 1.0, -1.0)
    fair = case.component("stock_options").fair_value()
    assert fair is not None
    within_three_errors(float(fair[0, 0]), t["grant"] * payoff)


@pytest.mark.parametrize(
    ("forecast", "actual", "percent"),
    [(1.0, 1.0, 120.0), (1.5, 1.5, 180.0), (1.0, 1.5, 150.0), (1.5, 1.0, 90.0), (0.5, 1.0, 90.0)],
)
def test_forecasts_are_paid_by_the_published_grid(forecast: float, actual: float, percent: float):
    """Twice too much forecast or too little: the grid of IBM in Brazil, objective 1.

    Source: Gonik (1978), Tie salesmen's bonuses to their forecasts, Harvard Business Review 56(3).
    """
    pay = ForecastQuota.of(share=one(120.0)).given(one(forecast)).at(one(actual))
    assert pay == pytest.approx(one(percent))


def test_the_forecast_that_pays_most_is_the_median():
    """Neither sandbagging nor boasting pays: half a chance to be above is the best forecast."""
    bonus = ForecastQuota.of(share=one(0.2))
    sigma = one(0.3)
    pay = [
        float(expected_payout(bonus.given(one(f)), one(MEAN), sigma)[0, 0])
        for f in MEAN * np.exp(-0.5 * 0.3**2) * np.array([0.8, 0.97, 1.0, 1.03, 1.2])
    ]
    assert max(pay) == pay[2]


def test_a_tier_may_pay_less_than_the_one_before():
    """A decelerating tier is legitimate: its rate is lower and pay still rises."""
    pay = CASES["commission"].component("commission")
    assert isinstance(pay, Commission) and not list(pay.faults())
    rates = [float(pay.curve().rate(one(a))[0, 0]) for a in (0.5, 1.2, 1.7, 2.5)]
    assert rates == pytest.approx([0.8, 1.4, 0.8, 0.0])
