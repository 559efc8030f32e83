"""The worked cascade: sales +30 % from exposure +50 % and lead conversion +10 %."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.model import drivers
from tandem.model.drivers import Leaf, Product, Sum
from tandem.model.objectives import (
    SALES_TREE,
    Infeasible,
    check_parts,
    check_reach,
    check_sum,
    implied_growth,
    share_needed,
    split,
)

#: Exposure of new and old products; both convert alike (the project's brief, F2).
SEED_TREE = Product("sales", (Sum("exposure", (Leaf("new"), Leaf("old"))), Leaf("conversion")))
#: A year in round numbers: 48 % of orders are first ones, as at the worked example's company.
YEAR = {
    "exposure": np.array([4000.0]),
    "availability": np.array([0.5]),
    "lead_conversion": np.array([0.3]),
    "service": np.array([0.8]),
    "win_rate": np.array([0.1]),
    "customers": np.array([520.0]),
    "repeat_rate": np.array([0.1]),
    "order_value": np.array([900.0]),
}


def test_the_seed_holds_only_where_new_products_are_36_percent_of_exposure():
    """Exposure of new products +50 % and conversion +10 % make +30 % at a share of 4/11."""
    share = share_needed(1.3, 1.5, 1.1)
    assert share == published("0.3636")
    assert share == pytest.approx(4.0 / 11.0, rel=1e-15)
    base = {"new": np.array([share]), "old": np.array([1.0 - share]), "conversion": np.ones(1)}
    growth = {"new": 1.5, "conversion": 1.1}
    assert implied_growth(SEED_TREE, base, growth) == pytest.approx([1.3], rel=1e-12)


@pytest.mark.parametrize(("share", "growth"), [(0.2, 1.21), (0.36, 1.298), (0.5, 1.375)])
def test_at_other_shares_the_same_key_results_make_another_growth(share, growth):
    """By hand: 1.1 x (1 + .5 s)."""
    base = {"new": np.array([share]), "old": np.array([1.0 - share]), "conversion": np.ones(1)}
    found = implied_growth(SEED_TREE, base, {"new": 1.5, "conversion": 1.1})
    assert found == pytest.approx([growth], rel=1e-12)


def test_exposure_must_grow_for_a_share_to_exist():
    """Where new products are shown no more than before, no share of them helps."""
    with pytest.raises(ValueError, match="exposure must grow"):
        share_needed(1.3, 1.0, 1.1)


def test_the_worked_cascade_adds_up_with_one_point_in_hand():
    """48 first of 100 orders grow by 1.65, the others stay: 1 + .65 x .48 = 1.312."""
    growth = {"exposure": 1.5, "lead_conversion": 1.1}
    assert implied_growth(SALES_TREE, YEAR, growth) == pytest.approx([1.312], rel=1e-12)
    assert check_sum(SALES_TREE, YEAR, growth, 1.3) == pytest.approx(0.012, rel=1e-9)


def test_the_change_is_the_logarithmic_mean_times_the_logarithms():
    """By hand: first orders 48 to 79.2; ln 1.5 and ln 1.1 share 31.2 x 900 as .40547 to .09531."""
    after = {**YEAR, "exposure": YEAR["exposure"] * 1.5, "lead_conversion": np.array([0.33])}
    parts = drivers.contributions(SALES_TREE, YEAR, after)
    change = 31.2 * 900.0
    both = np.log(1.5) + np.log(1.1)
    assert parts["exposure"] == pytest.approx([change * np.log(1.5) / both], rel=1e-12)
    assert parts["lead_conversion"] == pytest.approx([change * np.log(1.1) / both], rel=1e-12)
    assert sum(parts.values()) == pytest.approx([change], rel=1e-12)


def test_a_cascade_that_falls_short_says_by_how_much_and_what_would_help():
    """Without the conversion 1 + .5 x .48 = 1.24: six points are missing, exposure +62.5 % has them."""
    with pytest.raises(Infeasible) as refused:
        check_sum(SALES_TREE, YEAR, {"exposure": 1.5}, 1.3, {"exposure": 2.0})
    gap = refused.value
    assert gap.leaf == "exposure"
    assert gap.allowed - gap.found == pytest.approx(0.06, rel=1e-9)
    assert gap.remedies == {"exposure": pytest.approx(1.625, rel=1e-9)}
    assert "6.0 points are missing" in str(gap) and "exposure +62.5%" in str(gap)
    again = {"exposure": gap.remedies["exposure"]}
    assert check_sum(SALES_TREE, YEAR, again, 1.3) == pytest.approx(0.0, abs=1e-9)


def test_the_leaf_named_is_one_that_can_close_the_gap():
    """Win rate .1 may rise, exposure may not beyond what is possible: the win rate is named."""
    growth = {"exposure": 1.2, "win_rate": 1.1}
    with pytest.raises(Infeasible) as refused:
        check_sum(SALES_TREE, YEAR, growth, 1.3, {"exposure": 1.25})
    assert refused.value.leaf == "win_rate"
    assert "(not possible)" in str(refused.value)


def test_a_conversion_above_one_is_refused_with_the_most_that_it_can_grow():
    """A service level of 80 % cannot grow by 30 %: nobody serves more leads than come."""
    base = {name: float(values[0]) for name, values in YEAR.items()}
    with pytest.raises(Infeasible) as refused:
        check_reach(base, {"exposure": 3.0, "service": 1.3}, {})
    assert (refused.value.leaf, refused.value.allowed) == ("service", 1.0)
    assert refused.value.found == pytest.approx(1.04)
    assert "0.040 too much" in str(refused.value) and "+25.0%" in str(refused.value)


def test_growth_beyond_what_is_possible_is_refused_by_name():
    """Exposure +60 % a quarter where +50 % is held possible: ten points too much."""
    base = {name: float(values[0]) for name, values in YEAR.items()}
    with pytest.raises(Infeasible, match=r"exposure: is to grow \+60.0%.*10.0 points too much"):
        check_reach(base, {"exposure": 1.6}, {"exposure": 1.5})
    check_reach(base, {"exposure": 1.5}, {"exposure": 1.5})


def test_quarters_that_do_not_make_the_year_are_refused_with_the_one_to_change():
    """20, 25, 25 and 25 of 100: five are missing."""
    parts = {"Q1": 20.0, "Q2": 25.0, "Q3": 25.0, "Q4": 25.0}
    with pytest.raises(Infeasible, match=r"Q2: .*95, not to 100: 5 too little; Q2 = 30"):
        check_parts(100.0, parts)
    check_parts(95.0, parts)
    with pytest.raises(Infeasible, match="Q1: is -5: a part cannot be negative"):
        check_parts(100.0, {"Q1": -5.0, "Q2": 105.0})


def test_an_objective_for_which_nobody_is_there_is_refused():
    """A market without people or sales can take no share of what somebody has to owe."""
    assert split(np.array([12.0]), np.array([[1.0], [3.0]])) == pytest.approx(
        np.array([[3.0], [9.0]])
    )
    with pytest.raises(ValueError, match="all weights are 0"):
        split(np.array([12.0]), np.zeros((2, 1)))
    with pytest.raises(ValueError, match="negative"):
        split(np.array([12.0]), np.array([[-1.0], [2.0]]))
