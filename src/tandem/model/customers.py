"""What customers do after their first order: stay, reorder, leave (M4).

Answers: how many customers are alive, how often they order, what one is worth. Leaves out how
they were won (``funnel``). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import betaln

from tandem.model.parameters import CustomerParameters
from tandem.model.types import Array


def sbg_survival(periods: Array | int, alpha: Array | float, beta: Array | float) -> Array:
    """Share still customers after ``periods`` renewals: B(alpha, beta + t) / B(alpha, beta).

    Shifted beta-geometric. Source: Fader, P. S. and Hardie, B. G. S. (2007), How to project
    customer retention, Journal of Interactive Marketing 21(1).
    """
    return np.asarray(np.exp(betaln(alpha, np.asarray(beta) + periods) - betaln(alpha, beta)))


def sbg_log_likelihood(alpha: float, beta: float, survivors: Array, start: float) -> float:
    """Log-likelihood of observed survivors after 1, 2, ... renewals of ``start`` customers.

    Source: Fader and Hardie (2007), equation 6.
    """
    alive = np.concatenate([[start], np.asarray(survivors, dtype=float)])
    lost = -np.diff(alive)
    share = sbg_survival(np.arange(alive.size, dtype=float), alpha, beta)
    return float(lost @ np.log(-np.diff(share)) + alive[-1] * np.log(share[-1]))


def churn_by_age(alpha: Array, beta: Array, ages: int) -> Array:
    """Probability of leaving in a month by age in months, (k, d), alpha / (alpha + beta + k).

    The last age takes in all older ones; its hazard alpha / (alpha + beta + K - 1) keeps the stock
    finite, which for alpha <= 1 it would not be. Source: Fader and Hardie (2007), equation 5.
    """
    age = np.arange(ages, dtype=float)[:, None]
    return alpha / (alpha + beta + age)


def scaled_probability(probability: Array, log_multiplier: Array) -> Array:
    """A monthly probability with its hazard multiplied by exp(log_multiplier); stays below 1.

    h = -ln(1 - p); p' = 1 - exp(-h exp(m)).
    """
    return -np.expm1(np.log1p(-probability) * np.exp(log_multiplier))


def churn_moved(p: CustomerParameters, price: Array, satisfaction: Array) -> Array:
    """Log of the hazard of leaving over 2026 by price and satisfaction, (m, d).

    ``price`` over 2026, ``satisfaction`` as a difference from 2026, (m, d) each.
    """
    return p.churn_price * np.log(price) - p.churn_satisfaction * satisfaction


def cohorts_next(cohorts: Array, churn: Array, joined: Array) -> tuple[Array, Array]:
    """Cohorts a month older, and who left: (m, k, d) -> ((m, k, d), (m, d)).

    ``churn`` broadcasts to (m, k, d); ``joined`` (m, d) become age 0 next month.
    """
    leaving = cohorts * churn
    stay = cohorts - leaving
    older = np.empty_like(cohorts)
    older[:, 0] = joined
    older[:, 1:] = stay[:, :-1]
    older[:, -1] += stay[:, -1]
    return older, leaving.sum(axis=1)


def repeat_orders(
    customers: Array, order_rate: Array, season: Array, price: Array, elasticity: Array
) -> Array:
    """Orders a month of customers alive at its opening: C rate season price**-elasticity."""
    return customers * order_rate * season * np.power(price, -elasticity)


def margin_multiple(retention: float, discount: float) -> float:
    """Lifetime value over the margin of a period: r / (1 + i - r).

    Source: Gupta, S. and Lehmann, D. R. (2003), Customers as assets, Journal of Interactive
    Marketing 17(1).
    """
    return retention / (1.0 + discount - retention)


def value_by_age(churn: Array, margin_m: Array, discount_m: Array) -> Array:
    """Present value of a customer's coming margin by age, money, (m, k, d).

    v_k = margin + (1 - churn_k) / (1 + i) v_(k+1); the last age goes on for ever:
    v_K = margin / (1 - (1 - churn_K) / (1 + i)). ``churn`` (m, k, d) a month, ``margin_m`` (m, d)
    net of service, ``discount_m`` (d,) a month. Source: Gupta and Lehmann (2003), by age.
    """
    stay = (1.0 - churn) / (1.0 + discount_m)
    value = np.empty_like(churn)
    value[:, -1] = margin_m / (1.0 - stay[:, -1])
    for age in range(churn.shape[1] - 2, -1, -1):
        value[:, age] = margin_m + stay[:, age] * value[:, age + 1]
    return value
