"""What each measure is, on a company of arithmetic."""

import numpy as np
import pytest
from tests.unit.results.company import DRAWS, a_run, a_trajectory, with_terms

from tandem.results import formulas as f
from tandem.results.measures import MEASURES, compute
from tandem.units import HORIZON, month_index, year_slice


def months_of(year: int, within: float, outside: float) -> np.ndarray:
    """One value in the months of a year and another in all others, (month, 1, 1)."""
    values = np.full((HORIZON, 1, 1), outside)
    values[year_slice(year)] = within
    return values


def value(name: str, run: f.Run) -> float:
    """A measure that is the same in every draw."""
    found = compute(run)[name]
    assert found.shape == (DRAWS,)
    assert found[0] == found[1]
    return float(found[0])


def test_a_year_is_the_sum_of_its_twelve_months_alone():
    """Sales of 2028 are what was sold in 2028, in all markets, and in no other month."""
    run = a_run(sales=months_of(2028, 1e6, 0.0))
    assert value("sales_2028", run) == pytest.approx(12 * 2 * 1e6)
    assert value("sales_2027", run) == value("sales_2029", run) == 0.0


def test_growth_is_nominal_and_the_target_counts_when_just_reached():
    """The sales target is met by prices of the day: 2026 times 1.3, exactly, is enough."""
    run = a_run()  # 2026: 240 M; 2027: 264 M
    assert value("sales_growth", run) == pytest.approx(1.1)
    assert value("sales_target_met", run) == 0.0
    dearer = a_run(price_index=1.3 / 1.1)
    assert value("sales_growth", dearer) == pytest.approx(1.3)
    assert value("sales_2027", dearer) == value("sales_2027", run), "sales are in prices of 2026"
    assert value("sales_target_met", with_terms(run, sales_growth=1.1)) == 1.0


@pytest.mark.parametrize(
    ("sales", "customers", "both"), [(1.0, 1.0, 1.0), (1.2, 1.0, 0.0), (1.0, 2.0, 0.0)]
)
def test_both_targets_are_met_when_each_is(sales, customers, both):
    """One target missed is both missed."""
    run = with_terms(a_run(), sales_growth=sales, new_customers_growth=customers)
    assert value("both_targets_met", run) == both
    assert both == value("sales_target_met", run) * value("customers_target_met", run)


def test_value_is_all_cash_flow_customers_and_capital_released():
    """At no discount, NPV is the sum of the months, the customers left and the working capital."""
    run = a_run()
    found = compute(run)
    assert found["npv"] == pytest.approx(HORIZON * 1e6 + np.array([5e6, 7e6]) + 11e6)
    assert found["terminal_value"] == pytest.approx([5e6, 7e6])
    assert value("released_capital", run) == pytest.approx(11e6)


def test_equity_granted_is_taken_from_the_value_of_the_owners():
    """Options of a million a month cost present owners as much as a million of cash would."""
    granted, paid = a_run(equity_granted=0.5e6), a_run(free_cash_flow=0.0)
    assert value("equity_granted", granted) == pytest.approx(HORIZON * 1e6)
    assert compute(granted)["npv"] == pytest.approx(compute(paid)["npv"])
    assert value("equity_granted", a_run()) == 0.0


def test_a_discount_lowers_value_by_the_month_in_which_money_comes():
    """Money of the first month end is discounted once; capital comes back after the last month."""
    first = np.zeros((HORIZON, 1))
    first[0] = 1e6
    run = with_terms(a_run(free_cash_flow=first, working_capital=0.0), discount=0.01)
    assert compute(run)["npv"] == pytest.approx(1e6 / 1.01 + np.array([5e6, 7e6]))
    capital = with_terms(a_run(), discount=0.01)
    assert value("released_capital", capital) == pytest.approx(11e6 / 1.01 ** (HORIZON + 1))


def test_lost_sales_are_those_of_the_twin_with_people_for_every_need():
    """Lost to no people: what the same future sells with everybody there, less what it sold."""
    twin = a_trajectory(sales=np.array([25e6, 2e6])[None, :, None])
    assert value("lost_sales_no_people", a_run(unlimited=twin)) == pytest.approx(12 * 5e6)
    assert value("lost_sales_no_people", a_run()) == 0.0
    assert value("lost_customers_no_people", a_run()) == pytest.approx(12 * 150)
    assert value("lost_customers_no_demand", a_run()) == pytest.approx(12 * 5_000)


def test_people_cost_has_five_lines():
    """Pay, social cost, hiring, training, severance; the share is of sales."""
    run = a_run()
    assert value("people_cost_2027", run) == pytest.approx(12 * 2.16e6)
    assert value("people_cost_share", run) == pytest.approx(2.16 / 22)
    assert value("social_cost_2027", run) == pytest.approx(12 * 0.5e6)


def test_variable_pay_is_a_share_of_all_pay():
    """0.3 of 1.5 million a month is variable."""
    run = a_run()
    assert value("variable_pay_2027", run) == pytest.approx(12 * 0.3e6)
    assert value("variable_pay_share", run) == pytest.approx(0.2)


def test_an_acquired_customer_costs_media_and_trade_spend_and_people():
    """3 million a month for 12,000 customers, without people; 5.16 million with them."""
    run = a_run()
    assert value("cac_2027", run) == pytest.approx(250.0)
    assert value("cac_with_people_2027", run) == pytest.approx(430.0)
    nobody = a_run(new_customers=0.0)
    assert np.isfinite(compute(nobody)["cac_2027"]).all()


def test_attrition_is_leavers_over_mean_heads():
    """36 leavers of 110 heads."""
    assert value("attrition_2027", a_run()) == pytest.approx(36 / 110)
    assert value("attrition_2027", a_run(heads=0.0, leavers=0.0)) == 0.0


def test_quality_is_weighted_by_heads_at_the_end_of_the_year():
    """100 of quality .2 and 10 of quality -.9: a tenth of a deviation in all; nobody has none."""
    assert value("quality_2027", a_run()) == pytest.approx((100 * 0.2 - 10 * 0.9) / 110)
    assert value("quality_2027", a_run(heads=0.0)) == 0.0


def test_a_surplus_in_one_place_fills_no_gap_in_another():
    """100 of 120 and 10 of 8: 108 of 128 are filled."""
    assert value("fill_rate_2027", a_run()) == pytest.approx(108 / 128)


def test_promotions_are_those_of_the_year():
    """Half a promotion a month is six in the year."""
    assert value("promotions_2027", a_run()) == pytest.approx(6.0)


def test_heads_are_those_of_december():
    """Whoever comes in January 2028 is not there at the end of 2027."""
    late = np.zeros((HORIZON, 1, 1))
    late[month_index("2027-12")] = 50.0
    late[month_index("2028-01") :] = 70.0
    assert value("heads_2027", a_run(heads=late)) == pytest.approx(100.0)


def test_satisfaction_is_weighted_by_customers_and_awareness_by_those_to_win():
    """Large markets count for more."""
    assert value("satisfaction_2027", a_run()) == pytest.approx(0.9 * 0.8 + 0.1 * 0.6)
    assert value("awareness_2027", a_run()) == pytest.approx(0.75 * 0.5 + 0.25 * 0.3)


def test_the_least_cash_is_net_of_credit_in_the_worst_month():
    """Cash borrowed is not cash had."""
    drawn = np.zeros((HORIZON, 1))
    drawn[20] = 75e6
    assert value("least_cash", a_run(credit_drawn=drawn)) == pytest.approx(-15e6)


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({}, 1.0),
        ({"cash": 0.0, "credit_drawn": 29e6}, 1.0),
        ({"cash": 0.0, "credit_drawn": 30e6}, 0.0),
        ({"overdue": 1_000.0}, 0.0),
    ],
)
def test_the_cash_limit_is_kept_while_credit_is_left_and_nobody_waits_for_money(changes, kept):
    """The credit line used up, or a supplier kept waiting, breaks the limit."""
    assert value("cash_kept", a_run(**changes)) == kept


def test_ruin_is_counted_when_it_has_come_by_the_end():
    """Ruin is absorbing: the last month tells."""
    assert value("ruined", a_run()) == 0.0
    late = np.zeros((HORIZON, 1))
    late[30:] = 1.0
    assert value("ruined", a_run(ruined=late)) == 1.0


def test_every_formula_gives_a_number_for_every_draw():
    """No measure is missing, of another length, or undefined, even where nothing happens at all."""
    nothing = a_run(**dict.fromkeys(("sales", "new_customers", "heads", "required_heads"), 0.0))
    found = compute(nothing)
    assert set(found) == set(MEASURES)
    for name, values in found.items():
        assert values.shape == (DRAWS,), name
        assert values.dtype == np.float64, name
        assert np.isfinite(values).all(), name
