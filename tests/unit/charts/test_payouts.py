"""Payout curves and components of a plan, as readers see them."""

import numpy as np
import pytest
from tests.fixtures.simulations import assumptions

from tandem.charts import payout_curves, payouts
from tandem.study.pay_plans import (
    assessed_plan,
    components_of,
    drawn_plan,
    plan_of,
    plans_in_use,
)

PLAN = "low_base_high_commission"
LANGUAGES = ("en", pytest.param("zh", marks=pytest.mark.cjk_font))


class OfPlans:
    """A study of which only the assumptions and the language are read."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.assumptions = assumptions("do-nothing")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_of_a_plan_has_a_payout_curve(language: str) -> None:
    """Its title says what it pays at target and what it costs among people who differ."""
    study = OfPlans(language)
    for name in components_of(study.assumptions, PLAN):
        chart = payouts.curve(study, PLAN, name)
        assert chart.id == f"payout-low-base-high-commission-{name}".replace("_", "-")
        assert "%" in chart.title and "{" not in chart.title + chart.alt
        assert chart.svg().count("<svg") == 1
        pay = chart.data.iloc[:, 1]
        assert (np.diff(pay) >= -1e-12).all()


def test_a_curve_shows_the_payout() -> None:
    """The data under the figure is the plan's curve: the share at quota, more beyond."""
    data = payouts.curve(OfPlans("en"), PLAN, "commission").data.set_index("attainment")
    assert data.loc[1.0, "pay over target pay"] == pytest.approx(0.7)
    assert data.loc[0.05, "pay per unit of attainment"] == 0.0
    assert data.loc[1.5, "pay per unit of attainment"] > data.loc[0.5, "pay per unit of attainment"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_component_of_the_plans_in_use_is_drawn(language: str) -> None:
    """A panel a component, options among them; a plan asked for twice is drawn once."""
    study = OfPlans(language)
    plans = ["options_and_bonus", PLAN, PLAN]
    chart = payout_curves.curves(study, plans)
    drawn = [drawn_plan(study.assumptions, plan, [1.0]) for plan in dict.fromkeys(plans)]
    altered = sum(one.without is not None for plan in drawn for one in plan.values())
    assert chart.data.shape[1] == 1 + sum(len(plan) for plan in drawn) + altered
    assert altered == 1  # the guarantee
    assert chart.svg().count("<svg") == 1


def test_a_drawn_component_pays_what_its_terms_say() -> None:
    """Commission at quota its share, options by the share's rise, a guarantee never below its share."""
    found = assumptions("do-nothing")
    drawn = drawn_plan(found, PLAN, [0.0, 1.0, 1.5])
    assert drawn["commission"].pay[1] == pytest.approx(0.7)
    assert drawn["guarantee"].pay[0] == pytest.approx(0.95)
    without = drawn["guarantee"].without
    assert without is not None and without[0] == pytest.approx(0.22)
    assert drawn["guarantee"].pay[2] == pytest.approx(without[2])
    options = drawn_plan(found, "options_and_bonus", [0.5, 1.0, 1.5])["stock_options"]
    assert options.pay == pytest.approx([0.0, 0.0, 0.3 * 0.5])


def test_plans_in_use_are_those_of_some_month() -> None:
    """A plan that a lever puts people on later is in use; one that nobody is on is not."""
    assert "options_and_bonus" not in plans_in_use(assumptions("do-nothing"))
    assert "options_and_bonus" in plans_in_use(assumptions("lower-tier-options-and-bonus"))
    assert PLAN in plans_in_use(assumptions("do-nothing"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_components_of_a_plan_stand_side_by_side(language: str) -> None:
    """Cost, pay at the mean, of low, middle and top performers, and worth, for each component."""
    study = OfPlans(language)
    table = payouts.components(study, PLAN)
    assert len(table.rows) == 4
    by_name = {one.name: one for one in assessed_plan(study.assumptions, PLAN)}
    commission, base = by_name["commission"], by_name["base_pay"]
    assert commission.low < commission.middle < commission.top
    assert commission.value < commission.cost
    assert commission.cost > commission.at_mean  # people differ and it accelerates
    assert base.low == base.top == base.cost == base.value == pytest.approx(0.22)


def test_an_unknown_plan_is_named_with_those_there_are() -> None:
    """Whoever mistypes a plan reads which there are."""
    with pytest.raises(KeyError, match="no pay plan 'basic'; there are: base_and_bonus"):
        plan_of(assumptions("do-nothing"), "basic")
