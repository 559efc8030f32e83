"""The study's settings are read strictly, and every mistake is told with its place."""

from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.refusals import Refusal
from tandem.study.settings import check_names, find_project, read_settings

SOUND = """schema: 1
title: {en: Plan, zh: 计划}
draws: 64
seed: 1
notebooks:
  - {file: 10-brief.ipynb, per: study, languages: [en, zh]}
  - {file: 01-market.ipynb}
"""


def study(folder: Path, text: str = SOUND) -> Path:
    """A folder with these settings."""
    (folder / "params").mkdir(exist_ok=True)
    (folder / "params" / "study.yaml").write_text(text, "utf-8")
    return folder


def test_settings_and_their_defaults(tmp_path: Path) -> None:
    """What is not said has a value that suits most studies."""
    settings = read_settings(study(tmp_path))
    assert settings.title.zh == "计划" and settings.publisher == "auto"
    assert settings.languages == ["en"] and settings.timeout_s == 600.0
    brief, market = settings.notebooks
    assert (brief.name, brief.per, brief.languages) == ("10-brief", "study", ["en", "zh"])
    assert (market.per, market.languages, market.reads) == ("scenario", ["en"], [])


def test_the_repository_s_own_settings_are_sound() -> None:
    """The worked example opens, and every notebook that it names is there."""
    settings = read_settings(REPOSITORY)
    assert settings.languages == ["en", "zh"]
    for entry in settings.notebooks:
        assert (REPOSITORY / "notebooks" / entry.file).is_file()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("draws: 64", "drows: 64", "params/study.yaml:3:1 drows: unknown, found drows; did you mean draws"),
        ("draws: 64", "draws: many", "study.yaml:3:1 draws: input should be a valid integer"),
        ("draws: 64", "draws: 64.5", "study.yaml:3:1 draws: input should be a valid integer"),
        ("draws: 64", "draws: yes", "study.yaml:3:1 draws"),
        ("draws: 64", "draws: 1", "draws: input should be greater than or equal to 2"),
        ("seed: 1", "seed: -1", "seed: input should be greater than or equal to 0"),
        ("seed: 1\n", "", "seed: is missing"),
        ("schema: 1", "schema: 2", "schema: input should be 1"),
        ("schema: 1", "schema: 1\npublisher: web", "publisher: input should be 'auto', 'quarto' or"),
        ("schema: 1", "schema: 1\ntimeout_s: 0", "timeout_s: input should be greater than 0"),
        ("schema: 1", "schema: 1\nlanguages: [fr]", "languages.0: input should be 'en' or 'zh'"),
        ("zh: 计划}", "zh: 计划, fr: Plan}", "title.fr: unknown"),
        ("01-market.ipynb", "../01.ipynb", "notebooks.1.file"),
        ("01-market.ipynb", "10-Brief.ipynb", "two notebooks are called 10-brief"),
        ("per: study", "per: week", "study.yaml:6:"),
        ("file: 01-market.ipynb", "files: 01-market.ipynb", "did you mean file"),
        ("seed: 1", "seed: 1\nreview: {scenario: a, day: x}", "review.day: unknown, found day"),
        ("seed: 1", "seed: 1\nreview: {scenario: a}", "review.date: is missing"),
        ("seed: 1", "seed: 1\nreview: {scenario: a, date: soon}", "such as 2027-04-01, in quotes"),
        ("seed: 1", "seed: 1\nreview: {scenario: a, date: 2026-10-01}", "must lie in 2026-11 to 2030-01"),
        ("seed: 1", "seed: 1\nreview: {scenario: a, date: 20270401}", "review.date: input should be"),
        ("seed: 1", "seed: 1\nreview: {scenario: a, date: 2027-04-01, actuals: ../x.csv}", "review.actuals"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Nothing is guessed: a wrong key, type or value names its line and what is allowed."""
    assert old in SOUND
    with pytest.raises(Refusal) as refused:
        read_settings(study(tmp_path, SOUND.replace(old, new)))
    assert message in str(refused.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """One look at the terminal is enough to mend the file."""
    text = SOUND.replace("draws: 64", "draws: many").replace("seed: 1", "seed: none")
    with pytest.raises(Refusal) as refused:
        read_settings(study(tmp_path, text))
    assert [problem.line for problem in refused.value.problems] == [3, 4]


def test_names_of_scenarios_must_exist(tmp_path: Path) -> None:
    """Settings that speak of an unknown scenario are refused before anything runs."""
    text = SOUND.replace("01-market.ipynb}", "01-market.ipynb, reads: [do-nothin]}")
    text += "reference: late\nreview: {scenario: expanse, date: 2027-04-01}\n"
    folder = study(tmp_path, text)
    settings = read_settings(folder)
    with pytest.raises(Refusal) as refused:
        check_names(folder, settings, ["do-nothing", "expand"])
    lines = str(refused.value).splitlines()
    assert "params/study.yaml:7:" in lines[0] and "did you mean do-nothing" in lines[0]
    assert "params/study.yaml:8:1 reference" in lines[1]
    assert "params/study.yaml:9:" in lines[2] and "did you mean expand" in lines[2]
    check_names(folder, settings, ["do-nothin", "late", "expanse"])


def test_a_study_is_found_from_below(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook opens the study that it lies in."""
    folder = study(tmp_path)
    (folder / "notebooks" / "deep").mkdir(parents=True)
    monkeypatch.chdir(folder / "notebooks" / "deep")
    assert find_project() == folder.resolve()
    assert find_project(folder) == folder.resolve()


def test_no_study_is_told(tmp_path: Path) -> None:
    """The message says how to get one."""
    with pytest.raises(Refusal, match="tandem init"):
        find_project(tmp_path)
