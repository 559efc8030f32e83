"""A pay plan put together: what it costs, what it is worth, what it rewards."""

import numpy as np
import pytest
from tests.laws.plans import one, part, people
from tests.unit.model.company import base_inputs

from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.incentives.plan import PayPlan, assemble, payout
from tandem.model.parameters import IncentiveParameters

AT_TARGET = np.ones((3, 1, 1))
PEOPLE = people(spread=0.3, noise=0.4, aversion=2.0)


def plan(base=0.5, bonus=0.2, commission=0.3, guarantee=0.0, minimum=0.05, weights=(0.5, 0.3, 0.2)):
    """One position's plan."""
    sales, satisfaction, innovation = weights
    return PayPlan(
        components=(
            BasePay(one(base)),
            Commission.of(
                share=one(commission), threshold=one(0.2), accelerator=one(1.5), cap=one(3.0)
            ),
            Guarantee(one(guarantee)),
            KpiBonus.of(
                share=one(bonus),
                threshold=one(0.5),
                cap=one(2.0),
                weight_sales=one(sales),
                weight_satisfaction=one(satisfaction),
                weight_new_product=one(innovation),
            ),
        ),
        minimum=one(minimum),
    )


def test_fixed_pay_is_certain_and_rewards_nothing():
    """Base pay alone costs its share, is worth what it costs, and no result moves it."""
    found = payout(plan(base=1.0, bonus=0.0, commission=0.0), PEOPLE, AT_TARGET, one(0.3))
    assert found.base == 1.0 and found.commission == pytest.approx(0.0) and found.bonus == 0.0
    assert found.value == pytest.approx(1.0) and found.spread == pytest.approx(0.0, abs=1e-7)
    assert (found.gain == 0.0).all()


def test_uncertain_pay_is_worth_less_than_it_costs():
    """The same money in commission is worth less to people who dislike risk."""
    found = payout(plan(base=0.3, commission=0.5), PEOPLE, AT_TARGET, one(0.0))
    cost = found.pay
    assert (found.value < cost).all() and (found.spread > 0.1).all()


def test_the_bonus_rewards_the_tasks_that_it_weighs():
    """Commission and its weight reward selling, the other weights service and innovation."""
    found = payout(plan(weights=(0.0, 1.0, 0.0)), PEOPLE, AT_TARGET, one(0.0))
    assert (found.gain[0] > 0.0).all() and (found.gain[1] > 0.0).all() and found.gain[2] == 0.0


def test_a_minimum_wage_above_base_pay_is_paid_where_results_fail():
    """With hopeless results a plan of low base costs the minimum wage, never less."""
    found = payout(plan(base=0.1, minimum=0.4), PEOPLE, AT_TARGET * 0.1, one(0.0))
    assert found.base + found.commission == pytest.approx(0.4, abs=1e-3)


def test_fixed_pay_below_the_minimum_wage_is_the_minimum_wage():
    """A plan that no result lifts to the minimum pays the minimum, for certain."""
    found = payout(
        plan(base=0.3, bonus=0.0, commission=0.0, minimum=0.45), PEOPLE, AT_TARGET, one(0.0)
    )
    assert found.base + found.commission == pytest.approx(0.45)
    assert found.value == pytest.approx(0.45)


def test_those_who_ramp_up_cost_the_guarantee():
    """People who are guaranteed nearly target pay cost more than what they earn."""
    alone, learning = (
        payout(plan(base=0.2, commission=0.6, guarantee=0.9), PEOPLE, AT_TARGET * 0.5, one(share))
        for share in (0.0, 1.0)
    )
    assert (learning.commission > alone.commission).all()
    assert (learning.base + learning.commission >= 0.9 - 1e-12).all()


def test_a_plan_too_risky_for_its_people_is_worth_what_is_certain():
    """However much risk is disliked, pay is worth no less than what is paid for certain."""
    found = payout(
        plan(base=0.1, commission=0.9, minimum=0.2),
        people(spread=1.0, noise=1.5, aversion=10.0),
        AT_TARGET,
        one(0.0),
    )
    assert found.value == pytest.approx(0.2) and np.isfinite(np.log(found.value)).all()


def test_each_position_is_on_the_plan_that_it_was_given():
    """Numbers of a plan follow the choice of plan, position by position."""
    given: IncentiveParameters = base_inputs().base.parameters.incentive
    terms = {kind.kind: kind for kind in given.components}
    minimum = np.full((3, len(given.risk_aversion)), 0.1)
    found = assemble(given, (0, 1, 0), minimum)
    base, commission = part(found, BasePay), part(found, Commission)
    assert (base.share == terms[BasePay].values["share"][[0, 1, 0]]).all()
    assert (commission.share == terms[Commission].values["share"][[0, 1, 0]]).all()
    assert part(found, KpiBonus).weights().sum(axis=0) == pytest.approx(np.ones_like(minimum))
    assert found.minimum is minimum


def test_what_no_position_is_offered_is_left_out():
    """Where nobody is on commission, no commission is computed."""
    given: IncentiveParameters = base_inputs().base.parameters.incentive
    found = assemble(given, (0, 0), np.full((2, 2), 0.1))
    assert [type(component) for component in found.components] == [BasePay, KpiBonus]
