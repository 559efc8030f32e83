"""Driver trees take a change apart and put it together again, to the last digit."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.ranges import number, row

from tandem.model import drivers
from tandem.model.drivers import Leaf, Product, Sum
from tandem.model.objectives import SALES_LEAVES, SALES_TREE, implied_growth, sales_leaves, split

EXACT = 1e-12
PLAIN = row(1e-3, 1e3, len(SALES_LEAVES), 3)
WITH_ZEROS = st.tuples(PLAIN, row(0.0, 1.0, len(SALES_LEAVES), 3)).map(
    lambda pair: np.where(pair[1] < 0.2, 0.0, pair[0])
)


@st.composite
def trees(draw, depth=3, path="x"):
    """A tree of sums and products, three levels deep at most, every leaf with its own name."""
    if depth == 0 or draw(st.booleans()):
        return Leaf(path)
    kind = draw(st.sampled_from((Sum, Product)))
    count = draw(st.integers(1, 3))
    return kind(path, tuple(draw(trees(depth - 1, f"{path}.{k}")) for k in range(count)))


def named(values):
    """Rows as the leaves of the sales tree."""
    return dict(zip(SALES_LEAVES, values, strict=True))


@given(before=PLAIN, after=PLAIN)
def test_the_parts_of_a_change_add_up_to_it(before, after):
    """Nothing is left over and nothing is counted twice, whatever moved."""
    then, now = named(before), named(after)
    parts = drivers.contributions(SALES_TREE, then, now)
    ends = drivers.value(SALES_TREE, then), drivers.value(SALES_TREE, now)
    change, size = ends[1] - ends[0], np.abs(list(parts.values())).sum(axis=0) + ends[0] + ends[1]
    assert set(parts) == set(SALES_LEAVES)
    assert (np.abs(sum(parts.values()) - change) <= EXACT * size).all()


@given(before=WITH_ZEROS, after=WITH_ZEROS)
def test_markets_that_open_or_close_are_taken_apart_as_well(before, after):
    """Where drivers are nought before or after, the parts still add up and are numbers."""
    then, now = named(before), named(after)
    parts = drivers.contributions(SALES_TREE, then, now)
    ends = drivers.value(SALES_TREE, then), drivers.value(SALES_TREE, now)
    change, size = ends[1] - ends[0], np.abs(list(parts.values())).sum(axis=0) + ends[0] + ends[1]
    assert np.isfinite(list(parts.values())).all()
    assert (np.abs(sum(parts.values()) - change) <= EXACT * size).all()


@given(tree=trees(), data=st.data())
def test_any_tree_is_taken_apart_without_a_rest(tree, data):
    """Sums in products in sums, with drivers that come from nought or go there."""
    names = list(drivers.leaves(tree))
    then, now = (
        {name: data.draw(row(0.0, 1e3, 2), label=f"{name}, {when}") for name in names}
        for when in ("before", "after")
    )
    parts = drivers.contributions(tree, then, now)
    ends = drivers.value(tree, then), drivers.value(tree, now)
    size = np.abs(list(parts.values())).sum(axis=0) + ends[0] + ends[1]
    assert list(parts) == names
    assert (np.abs(sum(parts.values()) - (ends[1] - ends[0])) <= EXACT * size).all()


@given(values=PLAIN, small=number(1e-9, 1e-8))
def test_a_factor_that_comes_from_nought_is_the_limit_of_one_that_comes_from_little(values, small):
    """A new market's sales belong to what it lacked before, as they nearly do with a little there."""
    now = named(values)
    none = {**now, "exposure": np.zeros(3)}
    little = {**now, "exposure": now["exposure"] * small**4}
    at_none = drivers.contributions(SALES_TREE, none, now)
    nearly = drivers.contributions(SALES_TREE, little, now)
    for leaf in SALES_LEAVES:
        assert nearly[leaf] == pytest.approx(at_none[leaf], rel=1e-6, abs=1e-12)


@given(before=PLAIN, after=PLAIN)
def test_growth_factors_multiply_to_the_growth(before, after):
    """Taken as factors, the drivers' growth multiplies to that of the whole."""
    then, now = named(before), named(after)
    found = drivers.factors(SALES_TREE, then, now)
    growth = np.log(drivers.value(SALES_TREE, now)) - np.log(drivers.value(SALES_TREE, then))
    logs = [np.log(factor) for factor in found.values()]
    assert np.allclose(sum(logs), growth, rtol=0, atol=EXACT * np.abs(logs).sum() + EXACT)


@given(before=PLAIN, after=PLAIN)
def test_there_and_back_is_nothing(before, after):
    """What a driver added on the way it takes away on the way back."""
    then, now = named(before), named(after)
    there = drivers.contributions(SALES_TREE, then, now)
    back = drivers.contributions(SALES_TREE, now, then)
    for leaf in SALES_LEAVES:
        assert np.allclose(there[leaf], -back[leaf], rtol=EXACT, atol=0)


@given(a=number(1e-6, 1e6), ratio=number(1.0, 1e6))
def test_the_logarithmic_mean_lies_between_the_other_two(a, ratio):
    """Geometric mean <= logarithmic mean <= arithmetic mean, equal where both numbers are."""
    b = a * ratio
    mean = float(drivers.log_mean(np.array(a), np.array(b)))
    assert np.sqrt(a * b) * (1 - EXACT) <= mean <= 0.5 * (a + b) * (1 + EXACT)


@given(before=PLAIN, step=number(1e-14, 1e-9))
def test_a_tiny_change_keeps_its_digits(before, step):
    """A driver that hardly moves has a part that hardly matters, not noise."""
    then = named(before)
    now = {**then, "win_rate": then["win_rate"] * (1.0 + step)}
    parts = drivers.contributions(SALES_TREE, then, now)
    assert all((parts[leaf] == 0.0).all() for leaf in SALES_LEAVES if leaf != "win_rate")


@given(values=PLAIN, goal=number(0.5, 3.0), leaf=st.sampled_from(SALES_LEAVES))
def test_the_leaf_that_is_needed_reaches_the_goal(values, goal, leaf):
    """Set to the value that it needs, one driver brings the whole to the goal."""
    at = named(values)
    whole = goal * drivers.value(SALES_TREE, at)
    wanted = drivers.needed(SALES_TREE, at, leaf, whole)
    assume(np.isfinite(wanted).all())
    got = drivers.value(SALES_TREE, {**at, leaf: wanted})
    base = drivers.value(SALES_TREE, {**at, leaf: np.zeros(3)})
    assert (np.abs(got - whole) <= EXACT * (np.abs(whole) + np.abs(base))).all()


@given(totals=row(1e-3, 1e6, 8, 3))
def test_the_sales_tree_gives_sales_back(totals):
    """Drivers are measured so that their product is what was sold."""
    *flows, orders, sales = totals
    found = sales_leaves(*flows, orders + flows[4], sales)
    assert drivers.value(SALES_TREE, found) == pytest.approx(sales, rel=EXACT)


@given(weights=row(0.0, 1e6, 4, 3, 2), whole=number(0.0, 1e9))
def test_shares_of_an_objective_add_back(weights, whole):
    """Quarters, months, teams and people together owe what the year owes, no more and no less."""
    assume((weights.sum(axis=0) > 0).all())
    assert split(np.asarray(whole), weights).sum(axis=0) == pytest.approx(whole, rel=EXACT)


@given(growth=number(0.1, 3.0))
def test_growth_of_every_order_is_growth_of_sales(growth):
    """The value of an order multiplies all sales; new customers only the orders that are first."""
    at = named(np.ones((8, 3)))
    assert implied_growth(SALES_TREE, at, {"order_value": growth}) == pytest.approx(growth)
    half = implied_growth(SALES_TREE, at, {"exposure": growth})
    assert half == pytest.approx(0.5 + 0.5 * growth)


def test_a_negative_driver_is_refused_by_name():
    """A logarithm of a negative number says nothing, so the leaf is named instead."""
    tree = Product("sales", (Sum("orders", (Leaf("first"), Leaf("repeat"))), Leaf("basket")))
    then = {"first": np.array([-1.0]), "repeat": np.array([2.0]), "basket": np.array([3.0])}
    with pytest.raises(ValueError, match="first is negative"):
        drivers.contributions(tree, then, then)
    nothing = {name: np.zeros(1) for name in then}
    with pytest.raises(ValueError, match="sales is 0"):
        drivers.factors(tree, nothing, nothing)
    with pytest.raises(KeyError):
        drivers.needed(tree, then, "price", np.ones(1))
