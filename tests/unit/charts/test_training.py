"""The page of training and ramp-up, and the additions that the brief weighs."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY, tiny_study

from tandem import load_study
from tandem.charts import brief, improve, source, training
from tandem.study import Study
from tandem.study.staying import expected_survival


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The launch in lower-tier cities."""
    project: Path = tiny_study(tmp_path_factory.mktemp("training"))
    return load_study("lower-tier-expansion", project=project, draws=32)


def test_the_answer_says_how_many_are_productive_and_how_long_it_takes(study: Study) -> None:
    """The launch has the field people in ramp-up: a share, a role, months."""
    said = str(training.answer(study))
    assert "of all heads are productive" in said
    assert "Field representative takes 3.7 months" in said
    assert "Training cost of 2027" in said


def test_productive_heads_are_never_more_than_heads(study: Study) -> None:
    """The figure's bands lie under the heads beside them."""
    chart = training.productive(study)
    assert "heads not productive in" in chart.title
    able, heads = (source.total(study, name) for name in ("ramped_heads", "heads"))
    assert (able <= heads + 1e-4).all()


def test_a_faster_ramp_pays_back_more(study: Study) -> None:
    """Field representatives ramp up fastest and leave soonest; both are in the table."""
    data = training.productive_time(study).data
    data = data.set_index(data.columns[0])
    first, *_rest = data.columns
    assert data[first].idxmin() == "Field representative"
    assert data[data.columns[-1]].idxmin() == "Field representative"


def test_a_hire_stays_as_long_as_on_the_page_of_the_workforce_plan(study: Study) -> None:
    """Newcomers leave and fail probation more often than the mean: fewer productive months."""
    data = training.productive_time(study).data
    row = data.set_index(data.columns[0]).loc["Field representative"]
    ramp = study.assumptions.estimates["roles.field_rep.ramp"].median
    stays = expected_survival(study.assumptions, "field_rep", 12)
    months = np.arange(13)
    assert row["Productive months in a year"] == pytest.approx(
        np.trapezoid(stays * (1.0 - np.exp(-months / ramp)), months), rel=1e-6
    )
    assert row["Productive months in a year"] < 12 * stays.mean()


def test_courses_stand_with_their_hours_and_money(study: Study) -> None:
    """Each course, who takes it, and what that comes to for the people there."""
    shown = repr(training.courses(study))
    for words in ("Sales scripts", "Leadership", "all roles", "Cost a year"):
        assert words in shown
    assert "Trainers can seat" in training.cover(study).title


def test_the_brief_weighs_what_would_improve_the_recommended_scenario(tmp_path: Path) -> None:
    """Variations of the chosen scenario stand one by one, without its name before theirs."""
    for folder in ("params", "data"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    file = tmp_path / "params" / "scenarios.yaml"
    kept = ("do-nothing:", "lower-tier-expansion:", "sales-academy:", "culture-programme:")
    lines = file.read_text("utf-8").splitlines(keepends=True)
    text = "".join(x for x in lines if ": {label" not in x or any(name in x for name in kept))
    file.write_text(text, "utf-8")
    choice = brief.decide(load_study("do-nothing", project=tmp_path, draws=16, seed=5))
    assert choice.recommendation.scenario == "lower-tier-expansion"
    names = source.variations(choice.study, "lower-tier-expansion")
    assert sorted(names) == ["lower-tier-culture-programme", "lower-tier-sales-academy"]
    assert set(names) & set(source.candidates(choice.study)) == set()
    shown = improve.improvements(choice)
    assert shown is not None
    assert {row[0] for row in shown.rows} == {"Sales academy", "Culture programme"}
    gains = shown.data[shown.data.columns[1]]
    assert gains.is_monotonic_decreasing
