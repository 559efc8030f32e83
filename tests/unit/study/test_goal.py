"""From goal to headcount: people that a target needs, or the news that demand is what it lacks."""

from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.charts import goal as charts
from tandem.study import Study
from tandem.study.goal import Goal, goal_to_headcount

REP = ("field_rep", "lower_tier")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study."""
    return tiny_study(tmp_path_factory.mktemp("goal"))


@pytest.fixture(scope="module")
def launch(project: Path) -> Study:
    """The launch in lower-tier cities."""
    return load_study("lower-tier-expansion", project=project, draws=16)


@pytest.fixture(scope="module")
def found(launch: Study) -> Goal:
    """People that its targets need."""
    return goal_to_headcount(launch)


def test_the_target_needs_part_of_what_all_demand_needs(found: Goal) -> None:
    """Between the people of 2026, too few, and all whom demand could employ lies the need."""
    assert found.part is not None and 0.0 < found.part < 1.0
    assert found.sales_as_2026 < found.sales_growth < found.sales_at_full
    for need in found.needs:
        low, high = sorted((need.heads_2026, max(need.full, need.heads_2026)))
        assert low - 1e-9 <= need.needed <= high + 1e-9


def test_no_smaller_part_meets_the_targets(launch: Study, found: Goal) -> None:
    """The target that the need was found for is the most that it can make."""
    more = goal_to_headcount(launch, found.sales_growth * 1.02, found.customers_growth)
    less = goal_to_headcount(launch, found.sales_growth * 0.98, found.customers_growth * 0.9)
    assert more.part is not None and less.part is not None and found.part is not None
    assert less.part < found.part < more.part


def test_each_market_brings_its_own_roles(found: Goal) -> None:
    """Lower-tier cities need field teams, their managers and channel managers, dated."""
    new = {n.role: n for n in found.needs if n.place == "lower_tier"}
    assert set(new) == {"field_rep", "sales_manager", "channel_manager"}
    reps = new["field_rep"]
    assert reps.heads_2026 == 0.0 and reps.needed > 50.0
    assert reps.month is not None and reps.opens is not None and reps.opens < reps.month
    assert reps.needed / new["sales_manager"].needed == pytest.approx(155 / 14, rel=0.3)


def test_the_first_requisition_must_open_as_early_as_the_scenario_fills(launch: Study) -> None:
    """Days to fill are those of this scenario: slower stages ask for an earlier opening."""
    slow = load_study("lower-tier-expansion", project=launch.project, draws=16,
                      overrides=["roles.field_rep.fill_factor=2.5"])  # fmt: skip
    first, later = (
        next(n for n in goal_to_headcount(s).needs if (n.role, n.place) == REP)
        for s in (launch, slow)
    )
    assert first.opens is not None and later.opens is not None
    assert later.opens < first.opens


def test_what_hr_aims_at_is_the_policy_s_own_target(found: Goal, launch: Study) -> None:
    """Recruiters follow the work that growth makes, though no headcount plan asks for them."""
    recruiters = next(n for n in found.needs if n.role == "recruiter")
    rows = launch.results["required_heads"].isel(month=14)
    own = rows.isel(position=list(rows["role"].values).index("recruiter"))
    assert recruiters.planned == pytest.approx(float(np.median(own.values)))


def test_without_demand_no_number_of_people_makes_the_target(project: Path) -> None:
    """Do-nothing in 2027: even with everybody whom demand could employ sales stay below target."""
    nothing = load_study("do-nothing", project=project, draws=16)
    found = goal_to_headcount(nothing)
    assert found.part is None and found.sales_at_full < found.sales_growth
    assert "Demand is what the targets lack" in str(charts.sentence(nothing, found))
    assert "all the demand of 2027" in repr(charts.needs(nothing, found))


def test_a_modest_target_needs_nobody(launch: Study) -> None:
    """What the people of 2026 can sell needs no requisition."""
    found = goal_to_headcount(launch, 0.9, 0.5)
    assert found.part == 0.0
    assert all(n.needed == pytest.approx(n.heads_2026) for n in found.needs)
    assert "The people of 2026 can make the targets" in str(charts.sentence(launch, found))


@pytest.mark.parametrize("factor", [0.0, -1.0])
def test_a_target_below_nothing_is_refused(launch: Study, factor: float) -> None:
    """Targets are factors over 2026."""
    with pytest.raises(ValueError, match="factors over 2026 above 0"):
        goal_to_headcount(launch, factor)


def test_the_page_names_who_is_needed_and_when(launch: Study, found: Goal) -> None:
    """The sentence says what the people of 2026 would make, the table who is missing."""
    said = str(charts.sentence(launch, found))
    assert "30.0 %" in said and "need the people below" in said
    shown = repr(charts.needs(launch, found))
    for words in ("Field representative", "Lower-tier cities", "First of them opens by"):
        assert words in shown
    numbers = charts.needs(launch, found).data.select_dtypes("number")
    assert np.isfinite(numbers.to_numpy()).all()
