"""A pay plan put together: what it costs, what it is worth, what it rewards."""

import numpy as np
import pytest
from tests.laws.plans import one, part, people
from tests.unit.model.company import base_inputs

from tandem.assumptions.schema.pay import pay_components
from tandem.model import products
from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.earnings import Earnings
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.incentives.plan import PayPlan, assemble, monthly_curve, payout
from tandem.model.incentives.strand import strands_of
from tandem.model.parameters import IncentiveParameters
from tandem.model.types import KPIS

AT_TARGET = np.ones((3, 1, 1))
ALL_AT_TARGET = np.ones((len(KPIS), 1, 1))
SPREADS = np.array([0.3]), np.array([0.4])
HELD = {"held": 6.0, "leaving": 0.0}
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
    assert (learning.pay >= 0.9 - 1e-12).all()


def test_who_ramps_up_is_paid_for_no_sales_and_shares_what_is_the_customers():
    """A newcomer earns base pay and what satisfied customers bring; nothing for sales not made."""
    usual = plan(base=0.4, bonus=0.2, commission=0.4, weights=(0.6, 0.4, 0.0))
    settled, learning = (payout(usual, PEOPLE, AT_TARGET, one(share)) for share in (0.0, 1.0))
    assert learning.pay == pytest.approx(0.4 + 0.4 * settled.bonus)
    assert (settled.pay > 0.95).all()
    assert (learning.gain == settled.gain).all(), "incentives are those of people who sell"


def test_a_guarantee_counts_the_bonus():
    """With most of target pay in a bonus, who ramps up is paid the guarantee and not both."""
    given = plan(base=0.22, bonus=0.78, commission=0.0, guarantee=0.95, weights=(1.0, 0.0, 0.0))
    learning = payout(given, PEOPLE, AT_TARGET, one(1.0))
    assert learning.pay == pytest.approx(0.95)
    assert learning.value == pytest.approx(0.95), "it is paid for certain"


def test_what_may_be_lost_is_not_certain_and_what_is_promised_is():
    """The value that no dislike of risk takes away counts a stake at its loss, an allowance in full."""
    shy = people(spread=0.3, noise=0.4, aversion=500.0)
    lost = {"stake": 0.3, "leverage": 3.0, "hurdle": 0.1, "loss": 0.5, "cap": 2.0}
    stake = {**lost, "held": 12.0, "leaving": 0.0, "kept": 1.0}
    given = with_more(overseas_allowance={"allowance": 0.3}, retention_bonus={**HELD, "share": 0.1})
    found = payout(given, shy, ALL_AT_TARGET, one(0.0))
    assert found.value == pytest.approx(0.8 + 0.3 + 0.1)
    earned = Earnings(
        monthly_curve(given),
        tuple(strands_of(pay_components()["co_investment"].of(**_ones(stake)), ALL_AT_TARGET, *SPREADS)),
        one(1.0), *SPREADS, one(0.0), one(0.0),
    )  # fmt: skip
    assert earned.certain() == pytest.approx(0.8 - 0.3 * 0.3)


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


def _ones(terms):
    return {name: one(value) for name, value in terms.items()}


def with_more(**more) -> PayPlan:
    """Base pay and a KPI bonus, and one more component by its name in the files."""
    usual = tuple(c for c in plan(base=0.8, commission=0.0).components if c.of_target)
    added = tuple(pay_components()[name].of(**_ones(terms)) for name, terms in more.items())
    return PayPlan((*usual, *added), one(0.05))


def paid(given: PayPlan, ramping: float = 0.0):
    """What the plan comes to at target."""
    return payout(given, PEOPLE, ALL_AT_TARGET, one(ramping))


def test_each_component_is_paid_when_it_says():
    """Allowances with the month, awards by the year, what is held later, equity never in cash."""
    usual = paid(with_more())
    award = {"prize": 0.1, "bar": 1.0}
    yearly = paid(with_more(innovation_award=award))
    assert (yearly.yearly > 0.0).all() and yearly.bonus == usual.bonus
    assert yearly.pay == pytest.approx(usual.pay + yearly.yearly)
    abroad = paid(with_more(overseas_allowance={"allowance": 0.3}))
    assert abroad.base == pytest.approx(usual.base + 0.3)
    held = {"share": 0.1, "held": 6.0, "leaving": 0.0}
    later = paid(with_more(retention_bonus=held))
    assert later.deferred == pytest.approx(one(0.1))
    (queue,) = later.later
    assert queue.schedule[6] == 1.0 and queue.amount == pytest.approx(later.deferred)


def test_nobody_invests_at_an_expected_loss():
    """A project that loses in the mean, or whose risk outweighs its gain, gets no money of people's."""
    terms = {"stake": 0.2, "leverage": 3.0, "loss": 1.0, "cap": 2.0, "kept": 1.0, **HELD}
    usual = paid(with_more())
    for hurdle, invests in ((0.5, True), (1.0, False), (1.4, False)):
        found = paid(with_more(co_investment={**terms, "hurdle": hurdle}))
        assert (found.value >= usual.value).all()
        assert (found.pay != usual.pay) == invests
        assert (found.deferred > 0.0) == invests and (found.gain[0] > usual.gain[0]) == invests


@pytest.mark.parametrize(
    "more",
    [
        {"project_bonus": {"prize": 0.1, "milestone": 1.0}},
        {"innovation_award": {"prize": 0.1, "bar": 1.0}},
    ],
    ids=lambda more: next(iter(more)),
)
def test_a_project_that_succeeds_is_paid_more_than_one_that_fails(more):
    """Project bonus and innovation award follow the launch, half of which were planned to succeed."""
    levels = [products.attainment(one(liked), one(0.5), one(3.0))[0, 0] for liked in (0.0, 1.0)]
    flop, success = (
        payout(with_more(**more), PEOPLE, _new_product(level), one(0.0)).pay
        - payout(with_more(), PEOPLE, _new_product(level), one(0.0)).pay
        for level in levels
    )
    assert (success > flop + 0.03).all()


def _new_product(level):
    found = np.array(ALL_AT_TARGET)
    found[list(KPIS).index("new_product")] = level
    return found


def test_an_award_counts_at_what_its_winners_would_give():
    """A journey worth seven tenths of its cost adds that much to the value of a plan."""
    terms = {"prize": 0.05, "target": 0.9, "people": 10.0}
    dear, full = (paid(with_more(team_award=terms | {"value": value})) for value in (0.7, 1.0))
    assert full.yearly == dear.yearly
    assert full.value - dear.value == pytest.approx(0.3 * dear.yearly)


def test_a_member_of_a_team_gains_little_from_one_more_sale():
    """What one achieves moves the team's award by a part only, the smaller the larger the team."""
    alone, together = (
        paid(with_more(team_award={"prize": 0.2, "target": 1.0, "people": people})).gain[0]
        for people in (1.0, 25.0)
    )
    usual = paid(with_more()).gain[0]
    assert together - usual == pytest.approx((alone - usual) / 25.0 * 5.0, rel=0.02)


def test_equity_is_worth_something_and_is_not_pay():
    """Options add to what a plan is worth, less than their fair value, and to no month's pay."""
    terms = {
        "grant": 0.5,
        "years": 6.0,
        "vesting": 3.0,
        "rate": 0.02,
        "volatility": 0.4,
        "dividend": 0.01,
        "leaving": 0.1,
        "multiple": 2.0,
        "wealth": 1.0,
    }
    usual, found = paid(with_more()), paid(with_more(stock_options=terms))
    assert found.pay == usual.pay and (found.equity > 0.0).all()
    assert (usual.value < found.value).all()
    assert (found.value < usual.value + found.equity).all()
    (vesting,) = found.vesting
    assert vesting.amount == found.equity and vesting.schedule.sum() == pytest.approx(1.0)


def test_honours_cost_nothing_and_are_recognition():
    """Titles move no money and add to recognition."""
    usual, found = paid(with_more()), paid(with_more(honours={"recognized": 0.3}))
    assert found.pay == usual.pay and found.value == usual.value
    assert found.recognition == 0.3 and usual.recognition == 0.0


def test_a_clawback_lowers_commission_and_spares_fixed_pay():
    """What is taken back is a share of what moves; base pay stays whole."""
    terms = {"share": 0.5, "undone": 0.2}
    given = plan(base=0.5, bonus=0.0, commission=0.5)
    clawback = pay_components()["clawback"].of(**{k: one(v) for k, v in terms.items()})
    before = paid(given)
    after = paid(PayPlan((*given.components, clawback), given.minimum))
    assert after.base == before.base
    assert after.commission == pytest.approx(0.9 * before.commission)


def test_a_plan_at_other_positions_is_the_same_plan():
    """New positions are compared with the plan of those at home, sums due later included."""
    held = {"share": 0.1, "held": 6.0, "leaving": 0.0}
    found = paid(with_more(retention_bonus=held)).at([0, 0])
    assert found.pay.shape == (2, 1) and found.gain.shape[1] == 2
    assert found.later[0].schedule.shape[1] == 2
