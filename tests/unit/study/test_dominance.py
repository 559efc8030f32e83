"""Dominance: which choice every chooser of a kind would prefer."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row

from tandem.study.dominance import Order, dominance, dominated_by

VALUES = np.array([3.0, -1.0, 7.0, 2.0])


def test_more_in_every_quantile_is_preferred_by_anybody() -> None:
    """First order: whoever wants more prefers it, in whatever future the luck falls."""
    assert dominance(VALUES + 1.0, VALUES[::-1]) is Order.FIRST
    assert dominance(VALUES, VALUES + 1.0) is Order.NONE


def test_the_same_mean_with_less_spread_is_preferred_by_who_dislikes_risk() -> None:
    """Second order: a mean-preserving spread is what nobody averse to risk wants.

    Source: Rothschild and Stiglitz (1970), Increasing risk I, Journal of Economic Theory 2(3).
    """
    safe, wide = np.array([4.0, 4.0, 6.0, 6.0]), np.array([2.0, 6.0, 4.0, 8.0])
    assert dominance(safe, wide) is Order.SECOND and dominance(wide, safe) is Order.NONE


def test_none_is_an_answer() -> None:
    """More on average and a worse end: the choice depends on how much risk one bears."""
    bold, timid = np.array([-5.0, 10.0, 20.0]), np.array([1.0, 2.0, 3.0])
    assert dominance(bold, timid) is Order.NONE and dominance(timid, bold) is Order.NONE


def test_equals_do_not_dominate_each_other() -> None:
    """Identical scenarios, and the same futures in another order, leave nothing to prefer."""
    assert dominance(VALUES, VALUES) is Order.NONE
    assert dominated_by({"a": VALUES, "b": VALUES[::-1]}) == {"a": {}, "b": {}}


def test_who_dominates_whom() -> None:
    """A table of choices names for each the ones that leave no reason to take it."""
    found = dominated_by({"a": VALUES, "b": VALUES - 1.0, "c": VALUES * 2.0 - 5.0})
    assert found["a"] == {} and found["b"] == {"a": Order.FIRST}


def test_the_safer_of_large_amounts_is_found_in_spite_of_rounding() -> None:
    """Sums of hundreds of millions do not lose a dominance of equal means."""
    values = 1e8 * np.random.default_rng(3).normal(1.0, 0.4, 1000)
    calm = 1e8 + 0.5 * (values - values.mean()) + (values.mean() - 1e8)
    assert dominance(calm, values) is Order.SECOND


@given(values=row(-1e6, 1e6, 6), lift=number(0.0, 1e5))
def test_the_first_order_implies_a_higher_mean(values, lift) -> None:
    """Whatever dominates is at least as high on average."""
    order = dominance(values + lift, values)
    assert order in (Order.NONE, Order.FIRST)
    assert (order is Order.FIRST) == bool((values + lift > values).any())


def test_different_numbers_of_draws_are_refused() -> None:
    """Dominance compares the same number of futures, and at least one."""
    with pytest.raises(ValueError, match="3 draws cannot be compared with 4"):
        dominance(np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError, match="0 draws"):
        dominance(np.zeros(0), np.zeros(0))
