"""Laws of customers: who stays, who orders, what one is worth."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, shares

from tandem.model import customers

alphas, betas = number(0.05, 20.0), number(0.1, 200.0)


@given(probability=row(0.0, 0.999), move=row(-5.0, 5.0))
def test_a_moved_probability_is_a_probability(probability, move):
    """However unhappy customers are, no more than all of them leave in a month."""
    moved = customers.scaled_probability(probability, move)
    assert (moved >= 0.0).all() and (moved <= 1.0).all()


@given(probability=row(0.0, 0.999), move=number(-5.0, 5.0), more=number(0.0, 3.0))
def test_a_higher_hazard_never_lowers_the_chance(probability, move, more):
    """What makes leaving likelier makes it likelier for everybody; nothing moves nothing."""
    low, high = (
        customers.scaled_probability(probability, np.full(3, value))
        for value in (move, move + more)
    )
    assert (high >= low).all()
    same = customers.scaled_probability(probability, np.zeros(3))
    assert same == pytest.approx(probability, rel=1e-9, abs=1e-15)


@given(cohorts=row(0.0, 1e5, 2, 4, 2), churn=row(0.0, 1.0, 4, 2), joined=row(0.0, 1e4, 2, 2))
def test_customers_are_neither_invented_nor_lost(cohorts, churn, joined):
    """Customers at the start, less those who left, plus those who joined, are those at the end."""
    after, churned = customers.cohorts_next(cohorts, churn, joined)
    assert after.sum(axis=1) == pytest.approx(cohorts.sum(axis=1) - churned + joined)
    assert (after >= 0.0).all() and (churned >= 0.0).all()
    assert (after[:, 0] == joined).all()


@given(cohorts=row(0.0, 1e5, 1, 3, 2))
def test_without_churn_everybody_is_a_month_older(cohorts):
    """Nobody leaves: each age moves on by one, and the oldest stay the oldest."""
    after, _ = customers.cohorts_next(cohorts, np.zeros((3, 2)), np.zeros((1, 2)))
    assert (after[:, 1] == cohorts[:, 0]).all()
    assert after[:, 2] == pytest.approx(cohorts[:, 1] + cohorts[:, 2])


@given(alpha=alphas, beta=betas)
def test_the_longer_customers_stay_the_likelier_they_stay_on(alpha, beta):
    """Those who would leave leave first: churn falls with age and never vanishes."""
    churn = customers.churn_by_age(np.array([alpha]), np.array([beta]), 24)[:, 0]
    assert (np.diff(churn) < 0.0).all()
    assert churn[-1] > 0.0 and churn[0] < 1.0


@given(alpha=alphas, beta=betas, periods=number(0.0, 100.0))
def test_no_customer_comes_back_by_waiting(alpha, beta, periods):
    """The share still there starts at everybody and only falls."""
    now, later = customers.sbg_survival(np.array([periods, periods + 1.0]), alpha, beta)
    assert customers.sbg_survival(0, alpha, beta) == pytest.approx(1.0)
    assert 0.0 <= later <= now <= 1.0 + 1e-9


@given(
    alive=row(0.0, 1e6),
    rate=row(0.0, 3.0),
    season=row(0.1, 5.0),
    price=number(0.3, 2.5),
    rise=number(0.0, 0.5),
    elasticity=number(0.0, 6.0),
)
def test_a_dearer_product_is_never_reordered_more(alive, rate, season, price, rise, elasticity):
    """Raising the price never raises repeat orders; at the price of 2026 nothing is corrected."""
    e = np.full(3, elasticity)

    def ordered(at):
        return customers.repeat_orders(alive, rate, season, np.full(3, at), e)

    assert (ordered(price + rise) <= ordered(price) * (1.0 + 1e-12)).all()
    assert ordered(1.0) == pytest.approx(alive * rate * season)


@given(churn=row(0.001, 0.9, 1, 4, 2), margin=row(0.0, 1e4, 1, 2), discount=row(0.0, 0.05))
def test_a_customer_is_worth_at_least_this_months_margin(churn, margin, discount):
    """Worth lies between a month's margin and the margin for ever of the most loyal age."""
    value = customers.value_by_age(churn, margin, discount[:2])
    slack = 1.0 + 1e-9
    assert (value * slack >= margin[:, None]).all()
    assert (value <= (margin / churn.min(axis=1))[:, None] * slack).all()


@given(
    churn=row(0.001, 0.5, 1, 4, 2),
    margin=row(1.0, 1e4, 1, 2),
    less=number(0.0, 0.99),
    dearer=number(0.0, 0.05),
)
def test_loyalty_is_worth_money_and_patience_costs_it(churn, margin, less, dearer):
    """Lower churn never makes a customer worth less, a higher discount never more."""
    rate = np.full(2, 0.01)
    value = customers.value_by_age(churn, margin, rate)
    assert (customers.value_by_age(churn * less, margin, rate) >= value * (1 - 1e-9)).all()
    assert (customers.value_by_age(churn, margin, rate + dearer) <= value * (1 + 1e-9)).all()


@given(retention=number(0.0, 0.99), discount=number(0.0, 0.5))
def test_the_margin_multiple_is_a_sum_of_future_margins(retention, discount):
    """r / (1 + i - r) is the sum of (r / (1 + i))**t from the first renewal on."""
    ratio = retention / (1.0 + discount)
    series = (ratio ** np.arange(1, 4_000)).sum()
    assert customers.margin_multiple(retention, discount) == pytest.approx(series, abs=1e-9)


@given(losses=shares)
def test_survivors_that_fit_better_are_likelier(losses):
    """The likelihood of observed survivors is highest where the curve is theirs."""
    alpha, beta = 0.7 + losses[0], 3.0 + losses[1]
    times = np.arange(1, 6)
    survivors = 1e4 * customers.sbg_survival(times, alpha, beta)
    best = customers.sbg_log_likelihood(alpha, beta, survivors, 1e4)
    for other in ((alpha * 1.1, beta), (alpha, beta * 0.9)):
        assert customers.sbg_log_likelihood(*other, survivors, 1e4) < best
