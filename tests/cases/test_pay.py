"""Published results on pay plans and options."""

from tests.cases.published import published

from tandem.model.incentives.effort import accelerated_pay, linear_contract
from tandem.model.incentives.option import option_value


def test_noise_and_dislike_of_risk_flatten_the_best_contract():
    """With risk aversion .5, cost 2 and variance 3 a quarter of output is paid on.

    Source: Holmstrom and Milgrom (1987), Econometrica 55(2).
    """
    slope, effort, surplus = linear_contract(productivity=1.0, cost=2.0, variance=3.0, aversion=0.5)
    assert slope == published(".25")
    assert effort == published(".125")
    assert surplus == published(".0625")


def test_an_accelerator_costs_ten_per_cent_more_than_pay_at_the_mean():
    """At a mean attainment of .9 double pay above quota costs .995 and not .9: people differ.

    Source: the mean excess of a normal over quota.
    """
    assert accelerated_pay(0.9, 0.35) == published(".9952905")


def test_a_share_option_is_worth_what_the_textbook_says():
    """Half a year on a share at 42 with strike 40, rate 10 % and volatility 20 %.

    Source: Black and Scholes (1973), Journal of Political Economy 81(3); the example of Hull,
    Options, futures and other derivatives.
    """
    call, put = option_value(42.0, 40.0, 0.1, 0.2, 0.5)
    assert call == published("4.759422")
    assert put == published(".808599")
