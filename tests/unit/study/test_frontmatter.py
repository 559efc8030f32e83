"""A notebook's first cell says what it is called and what it answers."""

from pathlib import Path

import pytest
from tests.fixtures.tiny_study import cell, notebook

from tandem.assumptions.refusals import Refusal
from tandem.study.frontmatter import front_matter, title_of

GOOD = "---\ntitle: {en: Plan - and more, zh: 计划}\nquestion: {en: Who?, zh: 谁？}\n---\n"


def test_titles_in_both_languages(tmp_path: Path) -> None:
    """The record and the page take their title from here."""
    path = notebook(tmp_path / "n.ipynb", cell(GOOD, "raw"), cell("1"))
    assert front_matter(path)["question"] == {"en": "Who?", "zh": "谁？"}
    assert title_of(path, "en") == "Plan - and more" and title_of(path, "zh") == "计划"


def test_one_title_serves_both(tmp_path: Path) -> None:
    """A study in one language need not write every title twice."""
    path = notebook(tmp_path / "n.ipynb", cell("---\ntitle: Plan\n---", "raw"))
    assert title_of(path, "zh") == "Plan"


@pytest.mark.parametrize("source", ["title: Plan", "---\n---", "", "---\ntitle: Plan"])
def test_no_front_matter_is_told(tmp_path: Path, source: str) -> None:
    """`tandem check` names the notebook that lacks it."""
    path = notebook(tmp_path / "n.ipynb", cell(source, "raw"))
    with pytest.raises(ValueError, match="front matter"):
        front_matter(path)
    assert title_of(path, "en") is None


def test_bad_front_matter_is_refused(tmp_path: Path) -> None:
    """It is read as strictly as the parameter files."""
    path = notebook(tmp_path / "n.ipynb", cell("---\ntitle: !!python/object:x {}\n---", "raw"))
    with pytest.raises(Refusal, match="tags are not allowed"):
        front_matter(path)
    assert title_of(path, "en") is None
    assert title_of(tmp_path / "missing.ipynb", "en") is None
