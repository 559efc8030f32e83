"""Wrong inputs of the people side: refused with place and reason, before anything runs."""

import shutil
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.loading import check_project
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company

REP = "params/base/roles/field_rep.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("params/base/hiring.yaml", "interview_pass: {triangular: [0.3, 0.4, 0.5]",
         "interview_pass: {triangular: [0.3, 0.4, 1.5]", "is outside the plausible 0.01 to 1"),
        ("params/base/channels/referral.yaml", "pass_ratio: {triangular: [1.1, 1.3, 1.6]",
         "pass_ratio: {triangular: [1.1, 1.3, 2.6]", "more candidates pass the test than there are"),
        ("params/base/hiring.yaml", "feedback_test: simulated_sales",
         "feedback_test: simulated_sale", "did you mean simulated_sales?"),
        ("params/base/hiring.yaml", "fast_track: {fixed: 0,", "fast_track: {fixed: 1.2,",
         "is outside the plausible 0 to 1"),
        ("params/base/programmes/counselling.yaml", "coverage: {fixed: 0,",
         "coverage: {fixed: 3,", "is outside the plausible 0 to 1"),
        ("params/base/cities/tier_one.yaml", "pension_rate: {fixed: 0.16",
         "pension_rate: {fixed: 16", "a percentage written as a share?"),
    ],
)  # fmt: skip
def test_a_wrong_number_of_people_is_refused(tmp_path: Path, file, old, new, message):
    """File, line, and what would be right."""
    lines = _refused(tmp_path, file, old, new)
    assert any(line.startswith(f"{file}:") and message in line for line in lines), lines


def test_an_empty_channel_mix_is_refused(tmp_path: Path):
    """Nobody is hired through no channel at all."""
    text = (REPOSITORY / REP).read_text("utf-8")
    start = text.index("sources:")
    block = text[start : text.index("places:", start)]
    lines = _refused(tmp_path, REP, block, "sources: {}\n")
    assert any(line.startswith(f"{REP}:") and "sources" in line for line in lines), lines


def test_a_role_hired_on_the_campus_alone_is_refused(tmp_path: Path):
    """The campus opens in autumn: for the rest of the year there must be another channel."""
    text = (REPOSITORY / REP).read_text("utf-8")
    start = text.index("sources:")
    block = text[start : text.index("places:", start)]
    unit = "unit: share, source: trial"
    others = ", ".join(
        f"{name}: {{fixed: 0, {unit}}}" for name in ("social", "headhunter", "referral")
    )
    alone = f"sources: {{campus: {{fixed: 1, {unit}}}, {others}}}\n"
    lines = _refused(tmp_path, REP, block, alone)
    assert any("needs a channel that hires all year" in line for line in lines), lines


def _refused(folder: Path, file: str, old: str, new: str) -> list[str]:
    shutil.copytree(REPOSITORY / "params", folder / "params")
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Refusal) as refused:
        check_project(folder, Company)
    return [str(problem) for problem in refused.value.problems]
