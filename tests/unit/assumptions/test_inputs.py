"""From drawn assumptions to the model's inputs: each path arrives once, where and when it belongs."""

from dataclasses import fields, is_dataclass
from typing import Any, get_args

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, assumptions, drawn
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.arrays import parameters, structure_of
from tandem.assumptions.drawing import Drawn, draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.schema.people import Work
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.types import WORKS, Inputs
from tandem.units import HORIZON, month_index

DRAWS = 12
LAUNCH = month_index("2027-03")


def arrays(part: Any, path: str = "") -> dict[str, np.ndarray]:
    """Every array below a dataclass by its dotted name."""
    if not is_dataclass(part):
        return {path: part} if isinstance(part, np.ndarray) else {}
    found: dict[str, np.ndarray] = {}
    for field in fields(part):
        found |= arrays(getattr(part, field.name), f"{path}.{field.name}".lstrip("."))
    return found


@pytest.fixture
def given() -> Inputs:
    """The launch in lower-tier cities, twelve draws."""
    return model_inputs(drawn("lower-tier-expansion", DRAWS), SEED)


def test_positions_are_roles_at_places_with_a_home():
    """A role in a new market borrows the norms of the same role in its home market."""
    company = assumptions("do-nothing").base
    s = structure_of(company)
    number = {name: k for k, name in enumerate(s.positions)}
    assert s.home[s.markets.index("lower_tier")] == s.markets.index("core")
    assert s.home_position[number["field_rep@lower_tier"]] == number["field_rep@core"]
    assert s.home_position[number["field_rep@core"]] == number["field_rep@core"]
    assert s.place[number["trainer@company"]] == -1
    assert s.existing == tuple(m.open for m in company.markets.values())
    assert WORKS[s.driver[number["recruiter@company"]]] == "recruiting"
    assert s.cities[s.city[number["field_rep@lower_tier"]]] == "lower_tier"


def test_every_estimate_is_read_and_nothing_else():
    """Each estimate of the files reaches the model or a measure, once a number is asked for."""
    a = assumptions("do-nothing")
    asked: set[str] = set()
    values = draw(a, 2, SEED)

    def at(path: str) -> np.ndarray:
        asked.add(path)
        return values.base[path]

    parameters(a.base, structure_of(a.base), at)
    measures = {"targets.sales_growth", "targets.new_customers_growth"}
    assert asked | measures == set(a.estimates)
    assert not asked & measures


def test_every_parameter_of_the_model_is_fed_with_numbers(given):
    """No field of the model's parameters is left empty, in 2026 or after."""
    for month in (given.base, *given.months):
        for name, values in arrays(month.parameters).items():
            assert values.shape[-1] == DRAWS, name
            assert np.isfinite(values).all(), name


def test_two_paths_do_not_feed_one_field(given):
    """A field and a row bear one name: moving one row of a group moves its own entry alone."""
    s = given.structure
    changed = load_assumptions(
        REPOSITORY, Company, "lower-tier-expansion", ("roles.trainer.ramp=3.3",)
    )
    other = model_inputs(draw(changed, DRAWS, SEED), SEED)
    ours, theirs = arrays(given.months[0].parameters), arrays(other.months[0].parameters)
    differing = [name for name in ours if not np.array_equal(ours[name], theirs[name])]
    assert differing == ["people.ramp"]
    rows = np.flatnonzero((ours["people.ramp"] != theirs["people.ramp"]).any(axis=-1))
    assert [s.roles[row] for row in rows] == ["trainer"]


def test_shares_add_up_to_one_and_seasons_to_a_year(given):
    """Mixes, sources and strengths are shares in every draw; the mean of the season is 1."""
    p = given.months[-1].parameters
    for shares, axis in (
        (p.market.media_mix, 1),
        (p.market.reference_mix, 1),
        (p.competitor.strength, 1),
        (p.people.sources, 0),
    ):
        np.testing.assert_allclose(shares.sum(axis=axis), 1.0, rtol=1e-12)
    np.testing.assert_allclose(p.demand.season.mean(axis=0), 1.0, rtol=1e-12)


def test_2026_is_read_from_the_base_alone(given):
    """No lever, outlook or override moves 2026: it is what growth is measured from."""
    plain = model_inputs(drawn("do-nothing", DRAWS), SEED)
    war = model_inputs(drawn("do-nothing-price-war", DRAWS), SEED)
    for other in (given, war):
        ours, theirs = arrays(plain.base.parameters), arrays(other.base.parameters)
        assert all(np.array_equal(ours[name], theirs[name]) for name in ours)
        assert other.base.open == plain.base.open
        assert other.base.plan == plain.base.plan


def test_a_lever_acts_from_its_month_on(given):
    """The market opens and its people are planned in March 2027, not a month earlier."""
    s = given.structure
    market, reps = s.markets.index("lower_tier"), s.positions.index("field_rep@lower_tier")
    before, after = given.months[LAUNCH - 1], given.months[LAUNCH]
    assert (before.open[market], after.open[market]) == (False, True)
    assert (before.parameters.people.planned_heads[reps] == 0).all()
    assert (after.parameters.people.planned_heads[reps] > 0).all()


def test_a_choice_acts_from_its_month_on():
    """A pay plan set from May 2027 holds from then on, for that position alone."""
    change = "roles.field_rep.places.core.plan@2027-05=low_base_high_commission"
    a = load_assumptions(REPOSITORY, Company, "do-nothing", (change,))
    given = model_inputs(draw(a, 2, SEED), SEED)
    s, may = given.structure, month_index("2027-05")
    other = s.plans.index("low_base_high_commission")
    before, after = given.months[may - 1].plan, given.months[may].plan
    differing = [s.positions[k] for k, plan in enumerate(after) if plan != before[k]]
    assert differing == ["field_rep@core"]
    assert after[s.positions.index("field_rep@core")] == other


def test_months_between_two_changes_share_one_view(given):
    """What does not change is built once, so that memory does not grow with the horizon."""
    assert len(given.months) == HORIZON
    assert given.months[LAUNCH] is given.months[-1]
    assert len({id(month) for month in given.months}) <= 3


def test_planned_heads_are_those_of_2026_and_the_added_ones_and_never_below_nobody():
    """A plan that takes away more people than there are ends at none."""
    path = "roles.trainer.places.company.added_heads"
    for added, planned in ((2.0, 7.0), (-9.0, 0.0)):
        a = load_assumptions(REPOSITORY, Company, "do-nothing", (f"{path}={added}",))
        given = model_inputs(draw(a, 2, SEED), SEED)
        trainer = given.structure.positions.index("trainer@company")
        assert given.months[0].parameters.people.planned_heads[trainer] == pytest.approx(planned)


def test_a_role_works_fully_where_nothing_else_is_said(given):
    """Weights are 1 for what a role does, 0 for what it does not, or as its file says."""
    s, work = given.structure, given.base.parameters.people.work
    operator = s.positions.index("traffic_operator@short_video")
    by_kind = dict(zip(WORKS, work[:, operator, 0], strict=True))
    assert by_kind["spend"] == 1.0
    assert 0.0 < by_kind["contacts"] < 1.0
    assert {kind for kind, weight in by_kind.items() if weight} == {"spend", "contacts"}


def test_what_is_not_given_has_no_effect(given):
    """A plan without commission pays none; an online market is in reach of all, a new one of none."""
    s, p = given.structure, given.base.parameters
    flat = s.plans.index("base_and_bonus")
    for kind in (Commission, Guarantee):
        (terms,) = (terms for terms in p.incentive.components if terms.kind is kind)
        assert not terms.given[flat]
        assert (terms.values["share"][flat] == 0).all()
    coverage = dict(zip(s.markets, p.market.coverage_2026[:, 0], strict=True))
    assert coverage["short_video"] == 1.0
    assert coverage["lower_tier"] == 0.0
    assert (p.market.sales_2026[s.markets.index("lower_tier")] == 0).all()
    trainer = s.positions.index("trainer@company")
    assert np.array_equal(p.people.pay[trainer], p.people.market_pay[trainer])


def test_the_central_run_stands_at_the_medians(given):
    """HR plans with one future: every estimate at its median, no shock, the same decisions."""
    central = given.central
    assert central is not None
    assert central.central is None
    assert (central.shock == 0).all()
    assert central.base.parameters.people.ramp.shape[-1] == 1
    a = assumptions("lower-tier-expansion")
    assert central.base.parameters.demand.switching == pytest.approx(
        [a.estimates["demand.switching"].median]
    )
    assert [m.open for m in central.months] == [m.open for m in given.months]


def test_events_are_addressed_by_the_absolute_number_of_the_draw():
    """A chunk brings its own part of the shocks, whatever the chunk."""
    whole = model_inputs(drawn("do-nothing", DRAWS), SEED)
    part = model_inputs(drawn("do-nothing", DRAWS, first=5, count=4), SEED)
    assert list(part.draws) == [5, 6, 7, 8]
    assert np.array_equal(part.shock, whole.shock[:, 5:9])
    ours, theirs = arrays(part.base.parameters), arrays(whole.base.parameters)
    assert all(np.array_equal(ours[name], theirs[name][..., 5:9]) for name in ours)


def test_rows_of_one_base_row_share_their_events():
    """A sensitivity design gives rows the same number: the same shocks, the same people's luck."""
    part = drawn("do-nothing", DRAWS)
    numbers = np.array([3] * DRAWS)
    given = model_inputs(part, SEED, numbers)
    assert np.array_equal(given.draws, numbers)
    assert (given.shock == given.shock[:, :1]).all()


def test_another_seed_is_another_set_of_futures():
    """Shocks and events follow the seed; they are standard normal."""
    part: Drawn = drawn("do-nothing", 400)
    one, two = model_inputs(part, 1), model_inputs(part, 2)
    assert one.key != two.key
    assert not np.array_equal(one.shock, two.shock)
    assert one.shock.mean() == pytest.approx(0.0, abs=0.03)
    assert one.shock.std() == pytest.approx(1.0, abs=0.03)


def test_switches_are_handed_on():
    """Growth off, expected people and unlimited people reach the run, and HR's plan grows likewise."""
    part = drawn("do-nothing", 2)
    given = model_inputs(part, SEED, growth=False, whole_people=False, unlimited_people=True)
    assert (given.growth, given.whole_people, given.unlimited_people) == (False, False, True)
    assert given.central is not None
    assert not given.central.growth
    plain = model_inputs(part, SEED)
    assert (plain.growth, plain.whole_people, plain.unlimited_people) == (True, True, False)


def test_the_schema_names_every_kind_of_work_of_the_model_and_no_other():
    """The files may say of a role what the model knows, in the order of its axis."""
    assert get_args(Work) == WORKS


def test_programmes_come_to_one_sum_each_at_its_coverage():
    """Engagement, money and managers' load of all culture programmes, weighted by who takes part.

    Flexible working costs something, and gives next to nothing to those who meet customers.
    """
    given = model_inputs(drawn("lower-tier-culture-programme", DRAWS), SEED)
    values = drawn("lower-tier-culture-programme", DRAWS)
    month = month_index("2027-01")

    def months(values, path):
        found = values.at(path)
        return np.broadcast_to(found, (month + 1, found.shape[-1])) if len(found) == 1 else found

    company = assumptions("lower-tier-culture-programme").base
    gained = {
        name: months(values, f"programmes.{name}.coverage")[month]
        * values.at(f"programmes.{name}.engagement")[0]
        for name in company.programmes
    }
    found = given.months[month].parameters.workforce
    office, field = (given.structure.roles.index(role) for role in ("recruiter", "field_rep"))
    assert found.programme_engagement[office] == pytest.approx(sum(gained.values()))
    missed = (1.0 - values.at("programmes.flexible_working.reach")[0]) * gained["flexible_working"]
    assert found.programme_engagement[field] == pytest.approx(sum(gained.values()) - missed)
    assert (found.programme_engagement > given.base.parameters.workforce.programme_engagement).all()
    assert (found.programme_cost > given.base.parameters.workforce.programme_cost).all()
    assert (found.programme_span > 0.0).all()
