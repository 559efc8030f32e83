"""Published results on risk, regret and the loop of sales that pay for salesmen."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.model import finance, objectives
from tandem.study.regret import largest_regret, minimax_regret


@pytest.mark.parametrize(
    ("level", "shortfall"), [(0.95, "2.062713"), (0.975, "2.337803"), (0.99, "2.665214")]
)
def test_the_worst_cases_of_a_normal_lie_beyond_two_deviations(level, shortfall):
    """The mean of the worst 5, 2.5 and 1 % of a standard normal.

    Source: Acerbi and Tasche (2002), Journal of Banking and Finance 26(7).
    """
    assert finance.cvar_normal(level) == published(shortfall)


def test_the_mean_of_the_worst_draws_is_that_of_their_distribution():
    """A hundred thousand even draws of a normal have the same worst-case mean as the formula."""
    from scipy.special import ndtri

    draws = ndtri((np.arange(100_000) + 0.5) / 100_000)
    assert finance.cvar(draws, 0.95) == pytest.approx(-finance.cvar_normal(0.95), abs=1e-3)


def test_the_choice_of_least_regret_is_neither_the_boldest_nor_the_safest():
    """Regrets of 30, 80 and 60: the middle way could never be far wrong.

    Source: Savage (1951), Journal of the American Statistical Association 46.
    """
    payoffs = {
        "middle": np.array([50.0, 30.0, -10.0]),
        "bold": np.array([80.0, 20.0, -60.0]),
        "safe": np.array([20.0, 20.0, 20.0]),
    }
    assert largest_regret(payoffs) == {"middle": 30.0, "bold": 80.0, "safe": 60.0}
    assert minimax_regret(payoffs) == "middle"


def test_a_sales_force_paid_from_its_sales_doubles_in_thirteen_months():
    """Forrester's loop alone, with a delivery delay of two months, grows by 5.3 % a month.

    Source: Forrester (1968), Industrial Management Review 9(2).
    """
    loop = objectives.growth_loop_matrix(
        units_per_salesman=400.0,
        revenue_per_unit=12.0,
        cost_per_salesman=2000.0,
        delivery_delay=2.0,
        hiring_delay=20.0,
    )
    growth = objectives.dominant_growth(loop)
    assert growth == published(".05303")
    assert np.log(2.0) / growth == pytest.approx(13.07, abs=0.01)
