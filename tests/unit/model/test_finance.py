"""Who is paid when money is short, and other edges of the laws of money."""

import numpy as np
import pytest

from tandem.model import finance


def settled(
    cash=0.0, credit=0.0, overdue=0.0, inflow=0.0, payroll=0.0, suppliers=0.0, other=0.0, limit=0.0
):
    """The four results of one draw."""
    given = (cash, credit, overdue, inflow, payroll, suppliers, other, limit)
    found = finance.settle(*(np.array([float(value)]) for value in given))
    return tuple(float(value[0]) for value in found)


def test_with_money_everybody_is_paid():
    """Enough cash leaves no debt, nothing overdue and nobody unpaid."""
    assert settled(cash=100, inflow=50, payroll=60, suppliers=30, other=20) == (40, 0, 0, 0)


def test_when_money_is_short_suppliers_wait():
    """People come first; what suppliers and others lack stays owed and is paid later."""
    assert settled(cash=100, payroll=60, suppliers=30, other=20) == (0, 0, 10, 0)
    assert settled(cash=100, payroll=100, suppliers=30, other=20) == (0, 0, 50, 0)
    assert settled(cash=5, overdue=10, inflow=10, payroll=5) == (0, 0, 0, 0)


def test_the_credit_line_is_drawn_last_and_repaid_first():
    """Credit closes the gap up to its limit, and receipts pay it back before cash builds up."""
    assert settled(cash=100, payroll=60, suppliers=90, limit=30) == (0, 30, 20, 0)
    assert settled(credit=30, inflow=100, payroll=20) == (50, 0, 0, 0)


def test_payroll_that_cash_and_credit_do_not_cover_is_ruin():
    """People get what there is, the rest is told as unmet, and nobody else is paid."""
    assert settled(cash=40, payroll=60, suppliers=10, limit=5) == (0, 5, 10, 15)
    assert settled(credit=50, payroll=60, suppliers=10, limit=5) == (0, 50, 10, 60)


def test_a_flow_due_after_six_weeks_comes_half_each_from_two_months():
    """After 45.6 days, one month and a half, half of last month's and half of the one before."""
    days = np.array([1.5 * 365 / 12])
    found = finance.lagged(np.array([1.0]), np.array([10.0]), np.array([100.0]), days)
    assert found == pytest.approx([55.0])


def test_payback_counts_from_one_and_knows_never():
    """A flow never below nought is paid back at once, one that ends below it never."""
    cumulative = np.array([[1.0, -1.0, -1.0, -1.0], [2.0, 0.0, 2.0, -2.0], [3.0, 1.0, -1.0, 0.5]])
    found = finance.payback_month(cumulative)
    assert found[:2].tolist() == [1.0, 2.0] and np.isnan(found[2]) and found[3] == 3.0


def test_the_worst_cases_take_a_part_of_the_boundary_value():
    """The worst 30 % of four values are the lowest and a fifth of the next."""
    found = finance.cvar(np.array([4.0, 1.0, 3.0, 2.0]), 0.7)
    assert found == pytest.approx((1.0 + 0.2 * 2.0) / 1.2)
    assert finance.cvar(np.array([4.0, 1.0]), 0.99) == pytest.approx(1.0)


def test_a_need_of_nothing_is_met_without_money():
    """Without funds nothing is met but what costs nothing."""
    none, some = np.zeros(1), np.ones(1)
    found = finance.funded_shares(np.array([-5.0]), (none, some, none))
    assert [float(value[0]) for value in found] == [1.0, 0.0, 1.0]


def test_a_loss_after_a_profit_does_not_bring_tax_back():
    """Losses are carried forward, not back."""
    rate = np.array([0.25])
    tax, losses = finance.income_tax(np.array([100.0]), np.zeros(1), rate)
    assert tax == 25.0 and losses == 0.0
    tax, losses = finance.income_tax(np.array([-80.0]), losses, rate)
    assert tax == 0.0 and losses == 80.0
    tax, losses = finance.income_tax(np.array([100.0]), losses, rate)
    assert tax == 5.0 and losses == 0.0


@pytest.mark.parametrize("level", [1.0, -0.1, np.nan])
def test_cvar_of_no_share_is_refused(level):
    """The mean of the worst nothing is not a number."""
    with pytest.raises(ValueError, match="level must lie in 0 to below 1"):
        finance.cvar(np.arange(10.0), level)
