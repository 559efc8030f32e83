"""Published results on how long customers stay, what they are worth and how long they wait."""

import numpy as np
from scipy.optimize import minimize
from tests.cases.published import published

from tandem.model import customers, funnel

SURVIVORS = np.array([869.0, 743.0, 653.0, 593.0, 551.0, 517.0, 491.0])


def test_seven_renewals_tell_how_customers_differ():
    """Of 1,000 customers 869, 743 ... 491 renew: those likely to leave go first.

    Source: Fader and Hardie (2007), Journal of Interactive Marketing 21(1), the high-end segment,
    by maximum likelihood.
    """

    def minus_log_likelihood(logs):
        alpha, beta = np.exp(logs)
        return -customers.sbg_log_likelihood(float(alpha), float(beta), SURVIVORS, 1000.0)

    found = minimize(
        minus_log_likelihood, [0.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8}
    )
    alpha, beta = np.exp(found.x)
    assert alpha == published(".6681")
    assert beta == published("3.8061")
    assert -found.fun == published("-1611.16")


def test_a_customer_is_worth_less_than_three_yearly_margins():
    """At 80 % retention and a discount of 10 % a customer is worth 2.67 times the yearly margin.

    Source: Gupta and Lehmann (2003), Journal of Interactive Marketing 17(1).
    """
    assert customers.margin_multiple(0.8, 0.1) == published("2.67")


def test_a_call_centre_of_fifty_five_lets_one_caller_in_four_wait():
    """360 calls in half an hour of four minutes each: 24 % wait, on average 8 seconds.

    Source: the formula of Erlang (1917); Gans, Koole and Mandelbaum (2003), M&SOM 5(2).
    """
    share, wait = funnel.erlang_c(360.0 / 1800.0, 240.0, 55)
    assert share == published(".238701")
    assert wait == published("8.18403")
