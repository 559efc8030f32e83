"""Laws of money: when flows turn to cash, who is paid, what may be committed."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.laws.ranges import number, row, share, shares

from tandem.model import finance, objectives

money = row(0.0, 1e8)
flows = row(-1e6, 1e6, 24, 3)


@given(flow=number(0.0, 1e8), days=number(0.0, 60.0))
def test_what_is_sold_is_received_once(flow, days):
    """Steady flows arrive in full: the weights of the months add up to one."""
    same = np.full(3, flow)
    assert finance.lagged(same, same, same, np.full(3, days)) == pytest.approx(same)


@given(current=money, before=money, earlier=money, days=number(0.0, 60.0))
def test_receipts_lie_between_the_months_they_come_from(current, before, earlier, days):
    """No receipt is larger than the largest of the sales it stems from, nor smaller than the least."""
    months = np.stack([current, before, earlier])
    found = finance.lagged(*months, np.full(3, days))
    slack = 1e-9 * (1.0 + months.max(axis=0))
    assert (found >= months.min(axis=0) - slack).all()
    assert (found <= months.max(axis=0) + slack).all()
    assert (finance.lagged(*months, np.zeros(3)) == current).all()


@given(cogs=money, stock=money, days=number(0.0, 365.0))
def test_goods_bought_are_goods_sold_and_stock_built(cogs, stock, days):
    """Opening stock plus purchases is what was sold plus closing stock."""
    bought, closing = finance.purchases(cogs, stock, np.full(3, days))
    assert stock + bought == pytest.approx(cogs + closing, rel=1e-9, abs=1e-3)
    assert (closing >= 0.0).all()


@given(profits=row(-1e7, 1e7, 12, 3), rate=number(0.0, 0.5))
def test_losses_are_set_against_later_profits(profits, rate):
    """Tax is never negative, and over time it is paid on profit in excess of losses before it."""
    losses, taxes = np.zeros(3), []
    for profit in profits:
        tax, losses = finance.income_tax(profit, losses, np.full(3, rate))
        assert (tax >= 0.0).all() and (losses >= 0.0).all()
        taxes.append(tax)
    best = np.maximum(np.cumsum(profits, axis=0).max(axis=0), 0.0)
    assert np.sum(taxes, axis=0) == pytest.approx(rate * best, rel=1e-9, abs=1e-3)


@given(
    cash=money,
    credit=row(0.0, 1e6),
    overdue=row(0.0, 1e6),
    inflow=money,
    payroll=money,
    suppliers=money,
    other=money,
    limit=row(0.0, 1e7),
)
def test_every_yuan_paid_has_left_the_account(
    cash, credit, overdue, inflow, payroll, suppliers, other, limit
):
    """Net cash moves by what came in less what was paid; what others lack stays owed."""
    after, drawn, owed, unmet = finance.settle(
        cash, credit, overdue, inflow, payroll, suppliers, other, limit
    )
    paid = suppliers + overdue + other - owed
    expected = cash - credit + inflow - (payroll - unmet) - paid
    assert after - drawn == pytest.approx(expected, rel=1e-9, abs=1e-3)
    assert (after >= 0.0).all() and (drawn >= 0.0).all() and (after * drawn == 0.0).all()
    assert (paid >= -1e-6).all() and (owed >= -1e-6).all() and (unmet >= 0.0).all()


@given(cash=money, inflow=money, payroll=money, suppliers=money, other=money, limit=row(0.0, 1e7))
def test_nobody_is_paid_beyond_the_credit_line(cash, inflow, payroll, suppliers, other, limit):
    """People come first, then suppliers and the rest, and no more than cash and credit allow.

    Payroll is unmet only where cash and the whole line do not cover it; then nobody else is paid.
    """
    none = np.zeros(3)
    after, drawn, owed, unmet = finance.settle(
        cash, none, none, inflow, payroll, suppliers, other, limit
    )
    room = cash + inflow + limit
    due = suppliers + other
    slack = 1e-9 * (room + payroll + due)
    assert (drawn <= limit + slack).all()
    assert (owed >= due - slack)[payroll > room].all()
    assert (owed <= slack)[payroll + due < room - slack].all()
    assert (unmet[payroll <= room - slack] == 0.0).all()
    assert (unmet[payroll > room + slack] > 0.0).all()
    assert (after >= 0.0).all()


@given(
    cash=money,
    inflow=money,
    payroll=money,
    suppliers=money,
    limit=row(0.0, 1e7),
    more=number(0, 1e7),
)
def test_more_money_in_never_leaves_anybody_worse(cash, inflow, payroll, suppliers, limit, more):
    """More receipts never mean more debt, later suppliers or unpaid people."""
    none = np.zeros(3)
    terms = payroll, suppliers, none, limit
    poor = finance.settle(cash, none, none, inflow, *terms)
    rich = finance.settle(cash, none, none, inflow + more, *terms)
    slack = 1e-3
    assert (rich[0] >= poor[0] - slack).all()
    for k in (1, 2, 3):
        assert (rich[k] <= poor[k] + slack).all()


@given(funds=row(-1e7, 1e8), needs=st.tuples(money, money, money))
def test_money_goes_to_the_first_need_first(funds, needs):
    """Each need is met by a share, in order: nothing for the next before the first is met."""
    found = finance.funded_shares(funds, needs)
    for met in found:
        assert (met >= 0.0).all() and (met <= 1.0).all()
    for earlier, later, need in zip(found, found[1:], needs[1:], strict=False):
        assert ((earlier >= 1.0 - 1e-9) | (later <= 1e-9) | (need == 0.0)).all()
    spent = sum(met * need for met, need in zip(found, needs, strict=True))
    assert (spent <= np.maximum(funds, 0.0) * (1.0 + 1e-9) + 1e-6).all()


@given(flows=flows, discount=number(0.0, 0.05))
def test_present_values_add_up_and_waiting_costs(flows, discount):
    """The value of a sum is the sum of values; money later is worth no more than money now."""
    rate = np.full(3, discount)
    halves = finance.present_value(flows * 0.25, rate) + finance.present_value(flows * 0.75, rate)
    assert finance.present_value(flows, rate) == pytest.approx(halves, rel=1e-9, abs=1e-3)
    paid = np.abs(flows)
    later = np.concatenate([np.zeros((1, 3)), paid])
    now_worth, later_worth = (finance.present_value(f, rate) for f in (paid, later))
    assert (later_worth <= now_worth + 1e-6).all()
    assert finance.present_value(flows, np.zeros(3)) == pytest.approx(flows.sum(axis=0), abs=1e-3)


@given(flows=flows)
def test_payback_is_the_month_from_which_nothing_is_owed(flows):
    """From the payback month on the cumulative flow stays at or above nought, and not before."""
    cumulative = np.cumsum(flows, axis=0)
    for k, month in enumerate(finance.payback_month(cumulative)):
        column = cumulative[:, k]
        if np.isnan(month):
            assert column[-1] < 0
            continue
        first = int(month)
        assert (column[first - 1 :] >= 0).all()
        assert first == 1 or column[first - 2] < 0


@given(values=row(-1e6, 1e6, 40), level=number(0.5, 0.99), shift=number(-1e5, 1e5))
def test_the_worst_cases_are_no_better_than_the_average(values, level, shift):
    """CVaR lies between the worst value and the mean, and moves with the money it is measured in."""
    found = finance.cvar(values, level)
    assert values.min() - 1e-6 <= found <= values.mean() + 1e-6
    assert finance.cvar(values + shift, level) == pytest.approx(found + shift, rel=1e-6, abs=1e-3)
    assert finance.cvar(values, 0.5) >= finance.cvar(values, 0.9) - 1e-6


@given(mine=row(-1e6, 1e6, 40), other=row(-1e6, 1e6, 40), level=number(0.5, 0.99))
def test_two_projects_together_are_no_riskier_than_apart(mine, other, level):
    """Diversification: the worst cases of a sum are no worse than the sum of the worst cases."""
    apart = finance.cvar(mine, level) + finance.cvar(other, level)
    assert finance.cvar(mine + other, level) >= apart - 1e-6


@given(elasticity=number(1.05, 8.0), advertising=number(0.0, 1.0), cost=number(0.1, 1e4))
def test_the_best_price_covers_cost_by_the_inverse_elasticity(elasticity, advertising, cost):
    """The margin over price is one over the price elasticity, whatever the cost."""
    price, part = finance.dorfman_steiner(elasticity, advertising, cost)
    assert (price - cost) / price == pytest.approx(1.0 / elasticity)
    assert part == pytest.approx(advertising / elasticity)


@given(
    heads=row(0.0, 1e3), base=row(0.0, 1e5), social=row(0.05, 0.6), fund=row(0.0, 0.12), part=shares
)
def test_social_cost_grows_with_heads(heads, base, social, fund, part):
    """Employer's contributions are a rate on each head's base, and fewer heads cost less."""
    cost = finance.social_cost(heads, (social, fund), (base, base))
    assert cost == pytest.approx(heads * base * (social + fund))
    fewer = finance.social_cost(heads * part, (social, fund), (base, base))
    assert (fewer <= cost + 1e-6).all()


@given(value=row(0.0, 1e9), base=row(1.0, 1e9), growth=number(0.5, 5.0), more=share)
def test_a_target_is_met_or_not_and_a_higher_one_less_often(value, base, growth, more):
    """Meeting the target is an event, and raising it never makes a miss a hit."""
    met = objectives.target_met(value, base, np.full(3, growth))
    assert np.isin(met, (0.0, 1.0)).all()
    assert (objectives.target_met(value, base, np.full(3, growth + more)) <= met).all()


@given(units=number(10.0, 1e3), margin=number(1.0, 50.0), delay=number(0.2, 12.0), slow=share)
def test_a_longer_delivery_delay_never_speeds_growth(units, margin, delay, slow):
    """Waiting customers pay later, so the salesmen that they pay for come later."""

    def growth(wait):
        return objectives.dominant_growth(
            objectives.growth_loop_matrix(units, margin, 2000.0, wait, 20.0)
        )

    if units * margin > 2000.0:  # the loop grows: one salesman earns more than one costs
        assert growth(delay) > 0.0
        assert growth(delay * (1.0 + slow)) <= growth(delay) + 1e-9
    else:
        assert growth(delay) <= 1e-9
