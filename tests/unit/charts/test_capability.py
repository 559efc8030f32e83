"""What the page on capability shows, of a small study with the repository's candidates."""

import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY, read_yaml, write_yaml

from tandem import load_study
from tandem.charts import Answer, candidates, capability
from tandem.charts.capability import Examined
from tandem.study import Study
from tandem.study.capability import UNFILLED

USUAL, JOINT = "lower-tier-expansion", "lower-tier-joint-profile"
MANAGER, REP = "brand_manager_new_energy", "field_rep_mother_and_baby"
CODE_LIKE = re.compile(r"[a-z]+_[a-z]+|\bnan\b|\bNone\b|[{}\[\]]|\d\.\d{6,}")
FIGURES = (candidates.fit, capability.worth)
TABLES = (
    candidates.assigned,
    candidates.alone,
    capability.profiles,
    capability.assessments,
)
LANGUAGES = ("en", pytest.param("zh", marks=pytest.mark.cjk_font))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenarios that differ by the joint profile alone."""
    folder = tmp_path_factory.mktemp("capability")
    for part in ("params", "data"):
        shutil.copytree(REPOSITORY / part, folder / part)
    scenarios = read_yaml(folder / "params/scenarios.yaml")["scenarios"]
    kept = {name: scenarios[name] for name in (USUAL, JOINT)}
    write_yaml(folder / "params/scenarios.yaml", {"schema": 1, "scenarios": kept})
    return folder


def opened(project: Path, language: str = "en", scenario: str = USUAL, *overrides: str) -> Study:
    """One scenario of the study."""
    return load_study(
        scenario, draws=8, seed=7, overrides=overrides, language=language, project=project
    )


@pytest.fixture(scope="module")
def found(project: Path) -> Examined:
    """The usual scenario, in English."""
    return capability.examine(opened(project))


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_see_words_and_no_code(project: Path, language: str) -> None:
    """Figures and tables name skills, profiles and assessments in the reader's language."""
    shown = capability.examine(opened(project, language))
    for make in FIGURES:
        chart = make(shown)
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg())
        for text in (chart.title, chart.alt, *texts):
            assert not CODE_LIKE.search(text), text
            assert language == "en" or not re.search(r"[A-Za-z]{3,} [a-z]{2,}", text), text
        assert len(chart.data) and chart.alt != chart.title
    for make in TABLES:
        made = make(shown)
        assert made.rows and len(made.data) == len(made.rows)
        assert not CODE_LIKE.search(repr(made)), repr(made)
        assert language == "en" or not re.search(r"[A-Za-z]{3,} [a-z]{2,}", repr(made))


def test_the_answer_says_who_fits_and_what_it_is_worth(found: Examined) -> None:
    """Posts filled and money in one sentence, with its interval; then how people are chosen."""
    answer = capability.answer(found)
    assert isinstance(answer, Answer)
    assert re.fullmatch(
        r"8 of 8 posts find somebody who fits; a joint profile with a simulated sale is worth "
        r"−?[\d.]+ [kM] CNY\.",
        answer.headline,
    )
    assert answer.range.startswith("95 % interval of that mean: ")
    assert len(answer.facts) == 4


def test_without_the_pair_the_answer_is_about_posts(project: Path, tmp_path: Path) -> None:
    """A study that does not simulate the lever shows no worth, and no empty figure."""
    alone = tmp_path / "alone"
    shutil.copytree(project, alone)
    scenarios = read_yaml(alone / "params/scenarios.yaml")["scenarios"]
    write_yaml(
        alone / "params/scenarios.yaml", {"schema": 1, "scenarios": {USUAL: scenarios[USUAL]}}
    )
    shown = capability.examine(opened(alone))
    assert capability.worth(shown) is None
    assert capability.answer(shown).headline == "8 of 8 posts find somebody who fits."
    assert capability.answer(shown).range == ""


def test_every_application_is_a_mark_and_every_post_a_row(project: Path, found: Examined) -> None:
    """The figure shows all who applied, once for each profile; the table all posts, best fit first."""
    chart, table = candidates.fit(found), candidates.assigned(found)
    applied = found.matching.candidates.applied
    assert len(chart.data) == sum(int(a.sum()) for a in applied.values())
    assert chart.data["result"].value_counts()["takes a post"] == 8
    fits = table.data["Fit"].to_numpy()
    assert len(fits) == 8 and (np.diff(fits[:2]) <= 0).all() and (np.diff(fits[2:]) <= 0).all()
    assert (table.data["Points above it"] >= 0).all()


def test_an_open_post_says_so(project: Path) -> None:
    """Where nobody fits the post is named, with no candidate beside it."""
    study = opened(project, "en", USUAL, f"profiles.{REP}.posts=11")
    shown = capability.examine(study)
    rows = candidates.assigned(shown).rows
    assert [row[1] for row in rows].count("stays open") == 2
    assert rows[-1][1:] == ("stays open", "–", "", "–")
    assert (shown.matching.taken == UNFILLED).sum() == 2
    assert candidates.fit(shown).title == "11 of 13 posts find somebody who fits"


def test_an_assessment_that_is_not_in_use_is_marked(project: Path, found: Examined) -> None:
    """Selling is assessed by a simulated sale, which the joint profile alone brings in."""
    joint = capability.examine(opened(project, "en", JOINT))
    by = [{row[0]: row[-1] for row in capability.profiles(each).rows} for each in (found, joint)]
    assert by[0]["Selling to shop owners"] == "Simulated sales (not in use)"
    assert by[1]["Selling to shop owners"] == "Simulated sales"
    used = {row[0]: row[1] for row in capability.assessments(joint).rows}
    assert used["Simulated sales"] == "yes" and used["Unstructured interview"] == "no"


def test_marks_of_nearly_the_same_fit_keep_to_their_row() -> None:
    """However many candidates share a fit, none is drawn into the row of another profile."""
    rows = [("a", str(n), 60.0, 2) for n in range(80)] + [("b", "z", 60.0, 0)]
    lifts = candidates._lifts(rows)
    assert len(set(lifts[:80])) == 80 and max(map(abs, lifts)) <= 0.5
    assert lifts[-1] == 0.0
