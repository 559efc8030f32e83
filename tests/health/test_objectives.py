"""No target is decoration: every number of `params/objectives.yaml` changes what a page says."""

import re
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.unit.study.test_review import reviewing

from tandem import load_study
from tandem.assumptions.objectives import FILE, read_objectives
from tandem.charts import objective_tables, objectives, scorecard

#: A tenth less, unless that breaks the cascade: then more. Quarters move in pairs.
ESTIMATES = read_objectives(ROOT).estimates
QUARTERS = [path for path in ESTIMATES if ".quarters." in path]
MAKERS = (
    objectives.answer, objectives.growth, objective_tables.results, objective_tables.by_quarter,
    objective_tables.markets, objective_tables.heads, objective_tables.months,
    objective_tables.what_else, objective_tables.levels,
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study, reviewed on 1 April 2027."""
    return reviewing(tmp_path_factory.mktemp("targets"))


def said(project: Path, page: str) -> str:
    """All that the page of a section says, with the data of its tables."""
    study = load_study("lower-tier-expansion", project=project, draws=32)
    if page == "objective":
        of = objectives.objective(study)
        made = [make(of) for make in MAKERS]
    else:
        held = scorecard.scored(study)
        made = [make(held) for make in (scorecard.answer, scorecard.card, scorecard.rule)]
    return "\n".join(f"{item}\n{item.data.to_csv() if hasattr(item, 'data') else ''}"
                     for item in made)  # fmt: skip


def moved(project: Path, changes: dict[str, float]) -> str:
    """Their page with some numbers put in place of the file's."""
    file = project / FILE
    text = file.read_text("utf-8")
    lines = text.splitlines()
    for path, value in changes.items():
        number = ESTIMATES[path].line - 1
        lines[number], count = re.subn(r"fixed: [0-9.]+", f"fixed: {value:.6g}", lines[number])
        assert count == 1, path
    try:
        file.write_text("\n".join(lines) + "\n", "utf-8")
        return said(project, next(iter(changes)).partition(".")[0])
    finally:
        file.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def before(project: Path) -> dict[str, str]:
    """What the pages say as the file stands."""
    return {page: said(project, page) for page in ("objective", "scorecard")}


@pytest.mark.parametrize("path", [p for p in ESTIMATES if p not in QUARTERS])
def test_every_target_changes_what_a_page_says(
    project: Path, before: dict[str, str], path: str
) -> None:
    """A target that nobody reads would be a promise to nobody."""
    value = ESTIMATES[path].median
    # levels of stretch rise one after the other: a tenth less would change their order
    step = 1.02 if path.endswith(".growth") or ".stretch." in path else 0.9
    assert moved(project, {path: value * step}) != before[path.partition(".")[0]]


@pytest.mark.parametrize("path", QUARTERS[1:])
def test_every_quarter_changes_what_a_page_says(
    project: Path, before: dict[str, str], path: str
) -> None:
    """What one quarter is spared, another owes."""
    first = QUARTERS[0]
    values = {first: ESTIMATES[first].median + 0.01, path: ESTIMATES[path].median - 0.01}
    assert moved(project, values) != before[path.partition(".")[0]]


def test_the_file_has_numbers_to_move() -> None:
    """A list that came out empty would make every test above pass."""
    assert len(ESTIMATES) >= 20 and len(QUARTERS) == 4
