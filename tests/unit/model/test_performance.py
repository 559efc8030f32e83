"""What teams achieve, against the plan."""

from types import SimpleNamespace

import numpy as np
import pytest
from tests.unit.model.company import structure, working

from tandem.model import performance
from tandem.model.types import KPIS

MEAN = np.array([0.9])
MADE = np.array([[120.0], [40.0]])
CREW = np.array([[10.0], [5.0]])


def attained(planned=(100.0, 50.0), plan_crew=(10.0, 5.0), crew=CREW, months=1):
    """Attainment after the first month of a run: two markets and the company."""
    state = SimpleNamespace(
        sales_before=np.zeros((2, 2, 1)), crew_before=np.zeros((2, 2, 1)), attainment=None
    )
    planned_run = SimpleNamespace(
        sales=np.array(planned).reshape(1, 2, 1), crew=np.array(plan_crew).reshape(1, 2, 1)
    )
    ctx = SimpleNamespace(
        plan=planned_run,
        base=SimpleNamespace(incentive=SimpleNamespace(attainment_2026=MEAN)),
        structure=structure(),
    )
    performance.attain(ctx, 0, state, SimpleNamespace(sales=MADE), crew)
    return state.attainment[:, 0]


def test_a_quota_is_a_persons():
    """Attainment is sales a head over the plan's; the company's is sales over planned sales."""
    assert attained() == pytest.approx([0.9 * 1.2, 0.9 * 0.8, 0.9 * 160 / 150])


def test_missing_colleagues_do_not_lower_the_quota_but_leave_more_to_each():
    """With half the crew selling the same, each has done twice as much."""
    assert attained(crew=CREW / 2) == pytest.approx([0.9 * 2.4, 0.9 * 1.6, 0.9 * 160 / 150])


def test_a_market_without_plan_or_people_says_nothing():
    """Where nothing was planned, or nobody sells, attainment is that of 2026."""
    assert attained(planned=(100.0, 0.0))[1] == pytest.approx(0.9)
    assert attained(crew=np.array([[10.0], [0.0]]))[1] == pytest.approx(0.9)


def test_a_plan_that_runs_out_of_money_measures_nobody():
    """Where the plan itself ends, nobody is measured against it."""
    assert attained(planned=(0.0, 0.0)) == pytest.approx([0.9, 0.9, 0.9])


def test_attainment_is_kept_within_what_a_person_can_do():
    """A month of nothing and a month of miracles count as a tenth and three times."""
    assert attained(planned=(1e-3, 1e6))[:2].tolist() == [3.0, 0.1]


def test_only_contact_roles_of_the_market_meet_leads():
    """The company's service agents are not the sales crew of a market."""
    params = working(contacts=(1.0, 0.5, 0.0), service=(0.0, 0.0, 1.0))
    ctx = SimpleNamespace(structure=structure())
    able = np.array([[8.0], [6.0], [9.0]])
    assert performance.contact_crew(ctx, params, able)[:, 0].tolist() == [8.0, 3.0]


FLOWS = {
    "new_customers": np.array([[20.0], [5.0]]),
    "contestable": np.array([[100.0], [50.0]]),
    "served": np.array([[40.0], [25.0]]),
    "orders": np.array([[120.0], [6.0]]),
    "customers": np.array([[1000.0], [0.0]]),
}


CHANCE = np.array([[0.6], [0.0]])  # of the new product of the first market


def by_kpi(planned=None, age=0.0, **flows):
    """Attainment by KPI of the three positions: of two markets and the company, from one month."""
    sold = SimpleNamespace(**(FLOWS | flows))
    levels = None if planned is None else performance.levels(**planned)[:, None]
    ctx = SimpleNamespace(
        plan=None if levels is None else SimpleNamespace(levels=levels, product=CHANCE),
        base=SimpleNamespace(incentive=SimpleNamespace(attainment_2026=MEAN)),
        structure=structure(),
    )
    state = SimpleNamespace(
        attainment=np.full((3, 1), 1.1),
        satisfaction=np.zeros((2, 1)),
        cohorts=np.ones((2, 4, 1)),
        product=np.array([[1.0], [0.0]]),
        product_chance=CHANCE,
        product_age=np.array([[age], [0.0]]),
    )
    found = performance.attainment(ctx, 0, state, sold)[..., 0]
    return dict(zip(KPIS, found, strict=True))


def test_levels_are_measured_by_market_and_for_the_company():
    """Share of the contestable, conversion of the served, repeat orders a customer."""
    share, conversion, repurchase = performance.levels(**FLOWS)[..., 0]
    assert share == pytest.approx([0.2, 0.1, 25 / 150])
    assert conversion == pytest.approx([0.5, 0.2, 25 / 65])
    assert repurchase == pytest.approx([0.1, 0.0, 0.101])


def test_each_kpi_is_measured_by_itself():
    """A month that converts more than planned attains more on conversion and share, not repurchase."""
    found = by_kpi(
        planned=FLOWS, new_customers=np.array([[24.0], [5.0]]), orders=np.array([[124.0], [6.0]])
    )
    assert found["conversion"] == pytest.approx([0.9 * 1.2, 0.9, 0.9 * 29 / 25])
    assert found["share"] == pytest.approx(found["conversion"])
    assert found["repurchase"] == pytest.approx([0.9, 0.9, 0.9])
    assert found["sales"] == pytest.approx([1.1, 1.1, 1.1])
    for kpi in ("satisfaction", "new_product"):
        assert found[kpi] == pytest.approx([0.9, 0.9, 0.9])


def test_without_a_plan_everybody_attains_as_in_2026():
    """The plan itself, and a market that the plan leaves closed, measure nobody."""
    found = by_kpi()
    assert found["share"] == pytest.approx([0.9, 0.9, 0.9])


def test_a_new_product_counts_for_a_year_over_the_plans_chance_of_it():
    """Where it was launched and is liked more is attained; the company's mean is that of such markets."""
    assert by_kpi(planned=FLOWS, age=3.0)["new_product"] == pytest.approx([1.26, 0.9, 1.26])
    assert by_kpi(planned=FLOWS, age=13.0)["new_product"] == pytest.approx([0.9, 0.9, 0.9])
