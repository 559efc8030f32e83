"""The declared objective: what the file says, and what is refused with its place."""

from pathlib import Path

import pytest
from tests.fixtures import spoiled
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.objectives import FILE, read_objectives
from tandem.assumptions.refusals import Refusal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own objectives, which a test spoils."""
    return spoiled.copied(tmp_path, FILE)


def refused(project: Path, old: str, new: str) -> str:
    """What is said after a text that stands once in the file was replaced."""
    return spoiled.refused(project, FILE, read_objectives, old, new)


def line_of(project: Path, text: str) -> int:
    """The line in which a text stands first."""
    lines = (project / FILE).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_what_is_declared_has_a_unit_a_source_and_an_owner():
    """A target without an owner is nobody's; one without a source is a rumour."""
    found = read_objectives(REPOSITORY)
    results = found.objective.key_results
    assert {r.leaf: r.growth.median for r in results.values()} == {
        "exposure": 1.5,
        "lead_conversion": 1.1,
    }
    assert {r.by for r in results.values()} == {"quarter", "month"}
    assert len(found.estimates) >= 15
    for path, estimate in found.estimates.items():
        assert estimate.source and estimate.owner and not estimate.uncertain, path
        assert estimate.file == FILE and estimate.line > 0, path


def test_a_study_without_objectives_is_told_so(tmp_path):
    """The file is named, since nobody could guess it."""
    with pytest.raises(Refusal, match=r"params/objectives.yaml:1:1 cannot be read"):
        read_objectives(tmp_path)


def test_quarters_that_do_not_make_the_year_are_refused(project):
    """By the quarter to change, how much is missing, and what would make them add up."""
    line = line_of(project, "fixed: 0.340")
    said = refused(project, "fixed: 0.340", "fixed: 0.300")
    assert said.startswith(f"{FILE}:{line}:7 objective.quarters.3: Q4: the parts add up to 0.96")
    assert "0.04 too little; Q4 = 0.34 would make it add up" in said


def test_an_unknown_driver_is_refused_with_those_that_there_are(project):
    """A key result is about a driver of the tree."""
    line = line_of(project, "leaf: exposure")
    said = refused(project, "leaf: exposure", "leaf: exposures")
    assert f"{FILE}:{line}:7" in said and "did you mean exposure?" in said


def test_a_driver_has_one_key_result(project):
    """Two owners of one number would each wait for the other."""
    line = line_of(project, "leaf: lead_conversion")
    said = refused(project, "leaf: lead_conversion", "leaf: exposure")
    assert said == (
        f"{FILE}:{line}:7 objective.key_results.lead_conversion.leaf: "
        "exposure is the leaf of exposure already (twice)"
    )


def test_an_objective_is_a_choice_not_a_belief(project):
    """A range would hide what was promised."""
    line = line_of(project, "fixed: 1.2,")
    said = refused(project, "fixed: 1.2,", "uniform: [1.1, 1.2],")
    assert said.startswith(f"{FILE}:{line}:")
    assert "objective.stretch.3: is a choice, not a belief: write fixed" in said


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("awareness: {fixed: 0.48, unit: share", "awareness: {fixed: 1.48, unit: share", "1.48"),
        ("at_risk: {fixed: 0.3,", "at_risk: {fixed: 0.8,", "must be below on_track, which is 0.7"),
        ("  turnover:", "  turn_over:", "did you mean turnover?"),
        ("owner: recruiting", "owner: recruitment", "did you mean recruiting?"),
        ("by: month", "by: week", "month, quarter"),
        ("- {fixed: 0.9,", "- {fixed: 0.6,", "must be above the level before it, which is 0.7"),
        ("schema: 1\n", "schema: 2\n", "must say `schema: 1`"),
    ],
)
def test_wrong_values_are_refused_with_their_place(project, old, new, said):
    """Every problem has a file, a line and what would be right."""
    text = refused(project, old, new)
    assert text.startswith(f"{FILE}:") and said in text
