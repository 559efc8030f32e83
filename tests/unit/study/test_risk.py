"""Risk of a scenario, and what it takes until it is paid back."""

import numpy as np
import pytest

from tandem.model import finance
from tandem.study.risk import TAIL, cash_need, investment, risk

FLOWS = np.array([[-4.0, -4.0, 1.0], [-2.0, 1.0, 1.0], [7.0, 1.0, 1.0]])


def test_the_worst_futures_are_averaged() -> None:
    """CVaR is the mean of the worst ten of a hundred futures, below their P10."""
    values = np.arange(100.0)
    found = risk(values, np.zeros(100), np.ones(100))
    assert found.npv_cvar == pytest.approx(4.5) and found.npv_cvar < found.npv_p10
    assert found.npv_p50 == pytest.approx(49.5) and found.p_loss == 0.0


def test_the_mean_of_the_worst_is_that_of_a_normal() -> None:
    """On even draws of a normal the figure is the formula's, as published results check it."""
    from scipy.special import ndtri

    values = ndtri((np.arange(20_000) + 0.5) / 20_000)
    found = risk(values, np.zeros(20_000), np.ones(20_000))
    assert found.npv_cvar == pytest.approx(-finance.cvar_normal(1 - TAIL), abs=1e-3)


def test_ruin_and_the_cash_limit_are_counted() -> None:
    """A payroll that cannot be paid in one future of four is a chance of a quarter."""
    found = risk(
        np.array([1.0, -1.0, 2.0, 3.0]), np.array([0.0, 1, 0, 0]), np.array([1.0, 0, 1, 0])
    )
    assert (found.p_ruin, found.p_cash, found.p_loss) == (0.25, 0.5, 0.25)


def test_cash_need_is_the_deepest_point() -> None:
    """What is put in at a time, not what is put in altogether."""
    assert cash_need(FLOWS).tolist() == [6.0, 4.0, 0.0]


def test_payback_counts_months_until_it_stays_back() -> None:
    """One future has six back in month 3, one never, and one put nothing in."""
    found = investment(FLOWS, np.zeros((3, 3)))
    assert found.p_payback == pytest.approx(2 / 3)
    assert found.payback == 3 and found.need_p50 == 4.0


def test_what_most_futures_never_pay_back_has_no_month() -> None:
    """No month is named where fewer than half of the futures are paid back."""
    found = investment(np.full((3, 4), -1.0), np.zeros((3, 4)))
    assert found.payback is None and found.p_payback == 0.0 and found.need_p90 == 3.0


def test_a_scenario_against_itself_needs_nothing() -> None:
    """Identical scenarios: nothing is put in, and it is back at once."""
    found = investment(FLOWS, FLOWS)
    assert (found.need_p50, found.need_p90, found.payback, found.p_payback) == (0, 0, 0, 1)


def test_futures_that_do_not_match_are_refused() -> None:
    """Without draws there is no risk to state; unpaired flows are no investment."""
    with pytest.raises(ValueError, match="without draws"):
        risk(np.zeros(0), np.zeros(0), np.zeros(0))
    with pytest.raises(ValueError, match="different numbers"):
        investment(FLOWS, FLOWS[:, :2])
