"""Laws that every pay component keeps, found by its file: whatever its terms, whatever the result."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.laws.plans import one
from tests.laws.ranges import number, share

from tandem.assumptions.schema.pay import pay_components
from tandem.model.incentives.assessment import (
    People,
    cost_at_mean,
    expected_cost,
    marginal_rates,
    payout_curve,
    strands,
)
from tandem.model.incentives.attainment import expected_payout, payout_gain
from tandem.model.incentives.component import LATEST, Component
from tandem.model.incentives.curve import PayCurve
from tandem.model.incentives.deferral import (
    Later,
    after,
    first,
    graded_vesting,
    joined,
    over_months,
    owed,
)
from tandem.model.incentives.kpi_bonus import ROUNDING
from tandem.model.incentives.option import (
    employee_option,
    employee_options,
    held_value,
    option_value,
)
from tandem.model.types import KPIS, TASKS

means, sigmas = number(0.1, 3.0), number(0.03, 1.0)


@st.composite
def components(draw) -> Component:
    """Any component with terms in their plausible ranges that go together."""
    kind = draw(st.sampled_from(sorted(pay_components().items())))[1]
    values = {
        name: one(draw(number(about.low, about.high))) for name, about in kind.terms().items()
    }
    weights = [f"weight_{kpi}" for kpi in KPIS if f"weight_{kpi}" in values]
    total = sum(values[name] for name in weights)
    if weights:
        assume((total > 0.1).all())
        values |= {name: values[name] / total for name in weights}
    component = kind.of(**values)
    assume(not list(component.faults()))
    return component


@given(component=components(), at=number(0.0, 4.0))
def test_pay_is_continuous_where_no_cliff_is_declared(component, at):
    """Nobody gains by shifting one order over a threshold, but for cliffs that the curve declares."""
    curve, step = component.curve(), 1e-7
    before, after_ = curve.at(one(at)), curve.at(one(at + step))
    crossed = (curve.steps > at) & (curve.steps <= at + step)
    declared = (np.abs(curve.heights) * crossed).sum()
    assert np.abs(after_ - before) <= declared + step * np.abs(curve.slopes).sum() + 1e-12
    if not curve.has_cliffs:
        assert declared == 0.0


@given(component=components(), at=number(0.0, 4.0), more=number(0.0, 2.0))
def test_better_results_are_never_paid_less(component, at, more):
    """No component punishes results, at any attainment."""
    curve = component.curve()
    assert curve.at(one(at + more)) >= curve.at(one(at)) - 1e-12


@given(component=components(), sales=number(0.0, 4.0), quota=number(0.3, 2.0), more=share)
def test_a_higher_quota_never_pays_more(component, sales, quota, more):
    """Raising a quota never raises pay at equal results, whatever the component."""
    curve = component.curve()
    before, after_ = (curve.at(one(sales / q)) for q in (quota, quota * (1.0 + more)))
    assert after_ <= before + 1e-12


@given(component=components(), mean=means, sigma=sigmas, more=share)
def test_a_higher_quota_never_costs_more(component, mean, sigma, more):
    """Nor does it raise what the component costs over people who differ."""
    if component.ranked:
        return  # a rank is measured against the others: a quota for all does not move it
    costs = [
        expected_payout(component.among(one(m), one(sigma)), one(m), one(sigma))
        for m in (mean, mean / (1.0 + more))
    ]
    assert costs[1] <= costs[0] + 1e-9


@given(component=components(), mean=means, spread=sigmas, noise=sigmas)
def test_what_is_promised_is_never_negative_and_never_more_than_the_most(
    component, mean, spread, noise
):
    """A component costs between the least and the most that its curve can pay."""
    people = People.alike(mean, spread, noise, 2.0)
    curve = payout_curve(component, people)
    fair = component.fair_value()
    beside = 0.0 if fair is None else fair
    least, most = curve.at(one(0.0)), curve.at(one(1e9))
    cost = expected_cost(component, people)
    assert least + beside - 1e-9 <= cost
    assert cost <= most + beside + 1e-6 * np.maximum(1.0, np.abs(most))
    assert (marginal_rates(component, people, (0.5, 1.0, 2.0)) >= -1e-12).all()


@given(component=components(), mean=means, sigma=sigmas)
def test_the_incentive_is_the_slope_of_cost(component, mean, sigma):
    """What better results earn is the derivative of mean pay, cliffs included."""
    curve, step = component.among(one(mean), one(sigma)), 1e-5
    m, s = one(1.0 if component.ranked else mean), one(sigma)
    high, low = (expected_payout(curve, m * np.exp(d), s) for d in (step, -step))
    gain = payout_gain(curve, m, s)
    size = 1.0 + np.abs(curve.heights).sum() / sigma**3 + np.abs(curve.slopes).sum()
    assert gain == pytest.approx((high - low) / (2.0 * step), abs=1e-6 * float(size))


@given(component=components(), mean=means, spread=sigmas, noise=sigmas)
def test_only_bent_pay_costs_other_than_at_the_mean(component, mean, spread, noise):
    """Straight pay costs what the average person is paid; people who are alike cost that too."""
    people = People.alike(mean, spread, noise, 2.0)
    curve = payout_curve(component, people)
    bends = [np.abs(curve.slopes).sum(), np.abs(curve.heights).sum()]
    if not any(bends):
        cost = expected_cost(component, people)
        assert cost == pytest.approx(cost_at_mean(component, people), abs=1e-12)


def test_terms_without_effect_pay_nothing():
    """A plan that has no such component is as one whose terms are all without effect."""
    for name, kind in pay_components().items():
        none = kind(**{field: one(about.nothing) for field, about in kind.terms().items()})
        people = People.alike(1.1, 0.3, 0.3, 2.0)
        assert expected_cost(none, people) == pytest.approx(one(0.0)), name
        given_ = none.guaranteed(), none.recognition()
        assert all(value is None or (value == 0.0).all() for value in given_), name
        earned = PayCurve.flat(one(0.3))
        assert none.adjusted(earned).at(one(1.0)) == pytest.approx(one(0.3)), name
        assert none.weights().shape == (len(KPIS), 1, 1)


def test_labels_are_given_in_both_languages():
    """Every component and term says what it is in English and in Chinese."""
    for kind in pay_components().values():
        assert all(kind.label) and kind.label[0] != kind.label[1]
        for about in kind.terms().values():
            assert about.en and about.zh and about.low <= about.nothing <= about.high


@given(months=number(0.0, 60.0))
def test_what_is_deferred_is_paid_once(months):
    """All of it, in the months around its date."""
    shares = after(one(months))
    assert shares.sum(axis=0) == pytest.approx(one(1.0))
    mean = (np.arange(LATEST)[:, None, None] * shares).sum(axis=0)
    assert mean == pytest.approx(one(months))


@given(years=number(0.1, 5.0))
def test_equity_is_expensed_once_and_early(years):
    """Graded vesting adds up to the fair value, never less in an earlier month than in a later one."""
    shares = graded_vesting(one(years))
    assert shares.sum(axis=0) == pytest.approx(one(1.0))
    assert (np.diff(shares[1:], axis=0) <= 1e-12).all()


def test_three_years_of_vesting_are_expensed_by_61_28_and_11_per_cent():
    """Source: IFRS 2, implementation guidance 11: each part over its own vesting."""
    shares = graded_vesting(np.array(3.0))
    years = [float(shares[12 * k : 12 * (k + 1)].sum()) for k in range(3)]
    assert years == pytest.approx([11 / 18, 5 / 18, 2 / 18])


@given(months=number(1.0, 40.0), pay=number(0.0, 9.0))
def test_what_is_owed_is_what_was_earned_and_not_yet_paid(months, pay):
    """In the long run, what is owed is the months of waiting times what a month earns."""
    sums = (Later(one(pay), after(one(months))),)
    total = one(2.0)
    queue = np.zeros((0, 1, 1))
    paid = []
    for _ in range(70):
        queue = joined(queue, over_months(sums, total))
        paid.append(first(queue))
        queue = queue[1:]
    assert paid[-1] == pytest.approx(one(2.0 * pay))
    expected = owed(sums, total)
    assert queue == pytest.approx(expected[: len(queue)])
    assert queue.sum(axis=0) == pytest.approx(one(2.0 * pay * months))


@given(
    years=number(1.0, 6.0),
    vesting=number(0.0, 4.0),
    rate=number(0.0, 0.1),
    volatility=number(0.2, 0.9),
    leaving=number(0.0, 0.4),
)
def test_an_employees_option_is_worth_less_than_a_free_one(
    years, vesting, rate, volatility, leaving
):
    """Vesting, leaving and exercise by habit only cost, on a share without dividends."""
    vesting = min(vesting, years)
    x = np.ones(1)
    terms = rate * x, volatility * x, 0.0 * x
    free = employee_option(x, x, years, 0.0, *terms, 0.0 * x, 50.0 * x, 24)
    bound = employee_option(x, x, years, vesting, *terms, leaving * x, 2.0 * x, 24)
    more = employee_option(x, x, years, vesting, *terms, leaving * x + 0.1, 2.0 * x, 24)
    assert 0.0 <= more <= bound + 1e-12
    assert bound <= free + 1e-12


def test_an_option_without_leavers_and_habit_is_a_european_one():
    """The lattice comes nearer to Black and Scholes the shorter its steps."""
    x = np.ones(1)
    european, _ = option_value(1.0, 1.0, 0.04, 0.3, 4.0)
    off = [
        abs(
            employee_option(x, x, 4.0, 0.0, 0.04 * x, 0.3 * x, 0 * x, 0 * x, 1e6 * x, n)[0]
            - european
        )
        for n in (10, 40, 160)
    ]
    assert off[2] < off[1] / 3.0 < off[0] / 9.0 and off[2] < 1e-3


def test_steps_too_long_for_the_rates_are_refused():
    """Where a step's growth leaves the share's possible moves, the lattice says so."""
    x = np.ones(1)
    with pytest.raises(ValueError, match="steps are too long"):
        employee_option(x, x, 4.0, 0.0, 0.5 * x, 0.05 * x, 0 * x, 0 * x, 3 * x, 4)


def test_terms_are_valued_once_and_each_at_its_place():
    """Arrays of terms give the value of each, in their order."""
    volatility = np.array([[0.3, 0.5], [0.5, 0.3]])
    same = np.ones_like(volatility)
    found = employee_options(
        4 * same, same, 0.03 * same, volatility, 0 * same, 0.1 * same, 2 * same
    )
    alone = [
        float(
            employee_option(
                np.ones(1), np.ones(1), 4.0, 1.0, np.full(1, 0.03), np.full(1, v),
                np.zeros(1), np.full(1, 0.1), np.full(1, 2.0), 12,
            )[0]
        )
        for v in (0.3, 0.5)
    ]  # fmt: skip
    assert found == pytest.approx(np.array([alone, alone[::-1]]))


@given(aversion=number(0.0, 8.0), more=number(0.0, 3.0), wealth=number(0.1, 20.0))
def test_who_cannot_sell_gives_less_for_an_option(aversion, more, wealth):
    """Risk aversion lowers what an option is worth to its holder, other wealth raises it."""
    terms = one(4.0), one(0.03), one(0.4), one(0.0)
    value = held_value(*terms, one(wealth), np.array([aversion]))
    assert (value <= 1.0).all() and (value >= 0.0).all()
    assert (held_value(*terms, one(wealth), np.array([aversion + more])) <= value + 1e-9).all()
    assert (held_value(*terms, one(2.0 * wealth), np.array([aversion])) >= value - 1e-9).all()
    assert held_value(*terms, one(wealth), np.zeros(1)) == pytest.approx(1.0)


def test_kpis_are_rewarded_through_the_tasks_that_move_them():
    """Weight on repurchase and satisfaction rewards service; the weights must add up to one."""
    kind = pay_components()["kpi_bonus"]
    terms = {"share": one(0.2), "threshold": one(0.5), "cap": one(2.0)}
    both = kind.of(**terms, weight_repurchase=one(0.5), weight_satisfaction=one(0.5))
    people = People.alike(1.0, 0.3, 0.3, 2.0)
    assert {strand.task for strand in strands(both, people)} == {TASKS.index("serve")}
    assert not list(both.faults())
    wrong = kind.of(**terms, weight_repurchase=one(0.5), weight_sales=one(0.5 + 10 * ROUNDING))
    assert [field for field, _ in wrong.faults()] == ["weight_sales"]
