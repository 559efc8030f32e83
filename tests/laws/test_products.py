"""Laws of a new product: chance of success, orders and their value, iteration, what it counts in pay."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number

from tandem.model import launching, products
from tandem.model.parameters import ProductParameters


def product(share=0.2, taken=0.6, ratio=1.2) -> ProductParameters:
    """A new product, one draw."""
    values = (0.5, 6.0, 6e5, 0.15, ratio, share, taken, 2e5, 0.005)
    return ProductParameters(*(np.array([v]) for v in values))


CHANCES = [("cover", 0.2), ("effort", 0.2), ("chance", 0.05)]


@pytest.mark.parametrize(("name", "more"), CHANCES)
def test_research_and_innovation_raise_the_chance(name, more):
    """Analysts' cover, effort on innovation and a better idea each make success likelier."""
    usual = {"chance": np.array([0.5]), "cover": np.ones(1), "effort": np.zeros(1)}
    effects = {"insight_effect": np.array([0.6]), "innovation_effect": np.array([0.6])}
    assert launching.success_chance(**usual, **effects) == pytest.approx(0.5)
    better = usual | {name: usual[name] + more}
    assert 0.5 < launching.success_chance(**better, **effects)[0] < 1.0


@given(share=number(0.0, 2.0), taken=number(0.0, 1.0), ratio=number(0.2, 5.0))
def test_orders_of_old_and_new_add_up(share, taken, ratio):
    """Money of repeat orders: the old ones left and the new ones at their price, counted apart."""
    orders, value = products.order_mix(np.ones((1, 1)), product(share, taken, ratio))
    old, new = 1.0 - share * taken, share
    assert orders == pytest.approx(old + new)
    assert orders * value == pytest.approx(old + new * ratio)


def test_before_launch_and_after_a_failure_nothing_is_sold_of_it():
    """Orders and their value are those of the old products."""
    orders, value = products.order_mix(np.zeros((1, 1)), product())
    assert orders == 1.0 and value == 1.0


@given(share=number(0.01, 1.0))
def test_a_product_that_takes_all_its_orders_from_old_ones_adds_none(share):
    """Full cannibalisation leaves the number of repeat orders as it was."""
    orders, _ = products.order_mix(np.ones((1, 1)), product(share, 1.0))
    assert orders == pytest.approx(1.0)


def test_iteration_adds_quality_only_above_2026_and_with_insight():
    """Spend as in 2026 adds nothing; half as much again adds less where analysts are short."""
    usual, effect = np.array([2e5]), np.array([0.005])
    assert products.quality_gained(usual, usual, effect, np.ones(1)) == 0.0
    full = products.quality_gained(1.5 * usual, usual, effect, np.ones(1))
    assert full == pytest.approx(0.005 * np.log(1.5))
    assert products.quality_gained(1.5 * usual, usual, effect, np.array([0.8])) < full


@given(chance=number(0.01, 0.99))
def test_pay_for_new_products_is_fair_by_the_plans_chance(chance):
    """Over success and failure, attainment is that of 2026 in the mean."""
    planned, age = np.full((1, 1), chance), np.ones((1, 1))
    liked, failed = (
        products.attainment(np.full((1, 1), s), planned, age)[0, 0] for s in (1.0, 0.0)
    )
    assert chance * liked + (1.0 - chance) * failed == pytest.approx(1.0)
    assert liked > 1.0 > failed
