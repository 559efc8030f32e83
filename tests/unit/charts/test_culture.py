"""The pages of culture and of incentive design: words, figures and tables."""

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem import load_study
from tandem.charts import culture, numbers, payouts, plan_design
from tandem.study import Study
from tandem.study.plan_design import Trial, try_plans

PLANS = ["base_and_bonus", "low_base_high_commission"]


@pytest.fixture(scope="module", params=["en", "zh"])
def study(request: pytest.FixtureRequest) -> Study:
    """The launch, in both languages."""
    return load_study(
        "lower-tier-expansion", project=REPOSITORY, draws=16, seed=3, language=request.param
    )


@pytest.fixture(scope="module")
def trial(study: Study) -> Trial:
    """The two plans of the files and those in between."""
    return try_plans(study, plans=PLANS)


def test_every_part_of_engagement_is_on_the_page(study: Study) -> None:
    """Seven parts, the one that weighs most below, the one that lifts most on top."""
    chart = culture.parts(study)
    assert len(chart.data) == 7
    medians = list(chart.data.iloc[:, 2])
    assert medians == sorted(medians)
    assert str(culture.answer(study)).count("\n") >= 2


def test_parts_of_engagement_add_up_to_where_it_tends(study: Study) -> None:
    """Engagement of the last month lies where its parts have pulled it: same sign in every future."""
    total = sum(culture._parts(study).values())
    chart = culture.engagement(study)
    assert len(chart.data) == 39
    assert total.shape == (16,)


def test_leaving_is_split_by_pay_and_engagement(study: Study) -> None:
    """Three years, and a range that holds the middle."""
    data = culture.leaving(study).data
    assert len(data) == 3
    assert (data.iloc[:, 4] <= data.iloc[:, 3]).all() and (data.iloc[:, 3] <= data.iloc[:, 5]).all()


def test_programmes_and_what_they_are_worth(study: Study) -> None:
    """Every programme of the files; culture and values are compared, other levers are not."""
    assert len(culture.programmes(study).data) == len(
        list((REPOSITORY / "params/base/programmes").glob("*.yaml"))
    )
    found = culture.worth(study)
    assert found is not None and len(found.data) == 4
    nothing = load_study("do-nothing", project=REPOSITORY, draws=4, seed=3)
    effects = culture.programmes(nothing).data.iloc[:, 3:]
    assert (effects == 0.0).all(axis=None), "coverage of 2026 adds nothing to 2026"
    assert culture.worth(nothing) is None


def test_the_design_page_names_the_best_within_the_bounds(study: Study, trial: Trial) -> None:
    """A wide bound finds a design, none of money finds none; the frontier holds every design."""
    wide = plan_design.bound_of(trial, 1.2, 1.0)
    none = plan_design.bound_of(trial, 0.01, 1.0)
    assert str(plan_design.answer(study, trial, wide)) != str(
        plan_design.answer(study, trial, none)
    )
    table = plan_design.outcomes(study, trial, wide)
    assert len(table.data) == len(trial.outcomes)
    budget = numbers.amount("money", wide.budget, study.language)
    assert budget in table.title and budget in str(plan_design.answer(study, trial, wide))
    third = table.data.iloc[2, 0]
    assert third.startswith("3. “") and "0 %" in third and "30 %" not in third
    assert list(plan_design.frontier(study, trial).data.iloc[:, 1]) == pytest.approx(
        [one.cost.mean() for one in trial.outcomes]
    )


def test_a_tick_between_whole_percentages_says_so() -> None:
    """Labels of an axis are the values at which its ticks stand."""
    labels = [plan_design._percent(share) for share in (0.45, 0.475, 0.5, 0.525)]
    assert labels == ["45 %", "47.5 %", "50 %", "52.5 %"]


def test_the_present_plan_is_compared_with_another_and_not_with_itself(
    study: Study, trial: Trial
) -> None:
    """Six figures with their intervals."""
    assert plan_design.against(study, trial, ["low_base_high_commission"]) is None
    found = plan_design.against(study, trial, PLANS)
    assert found is not None and len(found.data) == 6


def test_a_top_performer_earns_more_on_commission(study: Study) -> None:
    """A steep plan spreads pay between low and top performers."""
    data = payouts.persons(study, PLANS).data
    flat, steep = data.iloc[0], data.iloc[1]
    assert steep.iloc[1] < flat.iloc[1] and steep.iloc[3] > flat.iloc[3]
