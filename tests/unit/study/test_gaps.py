"""The gaps between three plans: parts that add up, and answers where there is nothing to compare."""

from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY, tiny_study

from tandem import load_study
from tandem.charts import gaps as charts
from tandem.study import Study
from tandem.study.gaps import Gap, gaps, lever_parts, levers, three_plans

DRAWS = 8


@pytest.fixture(scope="module")
def study() -> Study:
    """The example on a few futures."""
    return load_study("do-nothing", project=REPOSITORY, draws=DRAWS, seed=3)


def test_parts_of_levers_add_up_to_the_gap_in_every_future():
    """Whatever levers do to each other, nothing of the gap is lost or counted twice."""
    weights = np.random.default_rng(2).normal(size=(5, DRAWS))
    names = ("told", "people", "media", "pay", "launch")

    def value(taken: frozenset[str]) -> np.ndarray:
        on = np.array([name in taken for name in names], dtype=float)
        return on @ weights + 3.0 * on[0] * on[1] - on[1] * on[2] * on[3]

    parts = lever_parts(names, value)
    whole = value(frozenset(names)) - value(frozenset())
    assert sum(parts.values()) == pytest.approx(whole)
    assert parts["launch"] == pytest.approx(weights[4])


def test_levers_that_only_work_together_share_what_they_bring():
    """People hired in time need leads and leads need people: by Shapley's value each gets half."""
    parts = lever_parts(
        ("told", "media"), lambda taken: np.full(2, 10.0 if len(taken) == 2 else 0.0)
    )
    assert parts["told"] == pytest.approx([5.0, 5.0]) and parts["media"] == pytest.approx(
        [5.0, 5.0]
    )


def test_each_set_of_levers_is_simulated_once():
    """Five levers need ten simulations, not twenty."""
    asked: list[frozenset[str]] = []

    def value(taken: frozenset[str]) -> np.ndarray:
        asked.append(taken)
        return np.full(1, float(len(taken)))

    lever_parts(("a", "b", "c", "d", "e"), value)
    assert len(asked) == len(set(asked)) == 10


def test_the_example_has_three_plans_that_its_scenarios_hold(study: Study):
    """The page compares what the report simulates: the files' plans, to the last bit."""
    three = three_plans(study)
    assert three is not None and tuple(three.decided) == ("silo", "hand_off", "joint")
    for name, one in three.studies.items():
        made = three.plans.assumptions(three.decided[name])
        assert made.fingerprint() == one.assumptions.fingerprint(), name


def test_a_gap_is_taken_apart_on_the_study_own_futures(study: Study):
    """On all futures of the study the levers add up to the gap that the headline names."""
    three = three_plans(study)
    assert three is not None
    for gap in gaps(three):
        parts = levers(three, gap, DRAWS)
        assert sum(d.mean for d in parts.values()) == pytest.approx(gap.whole.mean)


def test_plans_that_are_the_same_differ_in_nothing(study: Study):
    """A plan against itself: a gap of nought, and no lever to name."""
    three = three_plans(study)
    assert three is not None
    same = Gap("joint", "joint", gaps(three)[1].whole)
    assert levers(three, same, DRAWS) == {}


def test_a_study_without_plans_says_how_to_get_them(tmp_path: Path):
    """No plan file, or scenarios that were left out: an answer in words, and no figure."""
    project = tiny_study(tmp_path)
    bare = load_study(project=project, draws=DRAWS)
    for found in (charts.planned(bare, DRAWS),):
        assert found is None
    assert "tandem plan" in str(charts.answer(bare, None))
    absent = (charts.ranges(None), charts.decided(None), charts.by_lever(None))
    assert absent == (None, None, None)
    assert charts.worth(bare, None) is None and charts.sentence(bare, None) is None
    (project / "params" / "plan.yaml").unlink()
    assert charts.planned(bare, DRAWS) is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_names_both_gaps_with_their_intervals(language: str):
    """First sentence: two amounts with two intervals; the tables have a row a lever and a variable."""
    study = load_study("do-nothing", project=REPOSITORY, draws=DRAWS, seed=3, language=language)
    found = charts.planned(study, DRAWS)
    assert found is not None
    answer = charts.answer(study, found)
    assert answer.headline.count("（" if language == "zh" else "(") == 2 and "nan" not in str(
        answer
    )
    decided, by_lever = charts.decided(found), charts.by_lever(found)
    assert decided is not None and len(decided.rows) == 3 + len(found.three.plans.variables)
    assert charts._held(0.95, 0.95, "en") == "95 of 100"
    assert charts._held(0.92, 0.95, "en") == "92 of 100: breaks it by 3.0"
    assert by_lever is not None and len(by_lever.rows) >= 2
    small = charts.worth(study, found)
    assert small is not None and [r[1:] for r in small.rows]
    assert small.data.iloc[:, 1].tolist() == pytest.approx([g.whole.mean for g in found.gaps])
    chart = charts.ranges(found)
    assert chart is not None and len(chart.data) == 3
