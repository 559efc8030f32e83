"""Assessments and job profiles: what the files may say, and what the model reads of them."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, assumptions
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.assessing import assessed
from tandem.assumptions.drawing import central, draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.model.types import STAGES
from tandem.units import month_index

HIRING = "params/base/hiring.yaml"
INTERVIEW = "params/base/assessments/structured_interview.yaml"
TEST = "params/base/assessments/job_knowledge_test.yaml"
PROFILE = "params/base/profiles/field_rep_mother_and_baby.yaml"
LEVER = "params/levers/joint-profile.yaml"
JOINT = "lower-tier-joint-profile"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own assumptions, which a test spoils."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    return tmp_path


def refused(project: Path, *edits: tuple[str, str, str]) -> str:
    """What is said after texts that stand once in a file were replaced."""
    for file, old, new in edits:
        text = (project / file).read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        (project / file).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, JOINT)
    return str(refusal.value)


def line_of(project: Path, file: str, text: str) -> int:
    """The line in which a text stands first."""
    lines = (project / file).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_weights_of_a_profile_add_up_to_one(project):
    """Else a candidate's score would not lie on the scale of the skills: refused with its place."""
    line = line_of(project, PROFILE, "skills:")
    said = refused(project, (PROFILE, "weight: 0.28", "weight: 0.38"))
    assert said == (
        f"{PROFILE}:{line}:1 profiles.field_rep_mother_and_baby.skills: "
        "weights must add up to 1, found 1.1 (sum)"
    )


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        (
            (PROFILE, "assessed_by: simulated_sales", "assessed_by: simulated_sale"),
            "found simulated_sale; did you mean simulated_sales?",
        ),
        ((PROFILE, "role: field_rep", "role: feld_rep"), "did you mean field_rep?"),
        ((PROFILE, "posts: 6", "posts: 0"), "greater than or equal to 1"),
        ((PROFILE, "minimum: 55", "minimum: 155"), "less than or equal to 100"),
        (
            (PROFILE, "owner: marketing, weight: 0.1,", "owner: sales, weight: 0.1,"),
            "allowed: marketing, hr",
        ),
        ((HIRING, "[0.4, 0.5, 0.6]", "[0.4, 0.5, 1.6]"), "outside the plausible 0.01 to 1"),
        ((INTERVIEW, "[0.33, 0.42, 0.5]", "[33, 42, 50]"), "percentage"),
        ((LEVER, "simulated_sales.used", "simulated_sale.used"), "did you mean simulated_sales?"),
        ((LEVER, "used: true", "used: 1"), "expected true or false"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(project, edit, why):
    """Unknown assessments and roles, pass rates over 1, minima beyond the scale, and typing slips."""
    said = refused(project, edit)
    assert said.startswith(f"{edit[0]}:") and said.count("\n") == 0
    assert why in said


def test_somebody_has_to_be_assessed(project):
    """Without an assessment in use nobody can be told apart."""
    off = [(file, "used: true", "used: false") for file in (INTERVIEW, TEST)]
    (project / "params/scenarios.yaml").write_text(
        f"schema: 1\nscenarios:\n  {JOINT}: {{label: {{en: a, zh: 甲}}}}\n", "utf-8"
    )
    assert "assessments: needs an assessment in use" in refused(project, *off)


def test_assessments_that_cannot_correlate_like_that_are_refused(project):
    """A valid and a useless assessment cannot measure nearly the same: the place of both is told."""
    said = refused(
        project,
        (INTERVIEW, "[0.33, 0.42, 0.5]", "[0.85, 0.88, 0.9]"),
        (TEST, "[0.3, 0.4, 0.48]", "[0.1, 0.2, 0.3]"),
        (HIRING, "[0.15, 0.3, 0.45]", "[0.8, 0.85, 0.9]"),
    )
    line = line_of(project, HIRING, "assessment_intercorrelation")
    assert said.startswith(f"{HIRING}:{line}:")
    assert "better than perfectly" in said and "structured_interview" in said


def test_the_assessments_in_use_are_combined_and_paid_for():
    """At central values: .42 and .40 correlated .3 make .509, of which the profile passes on .84."""
    found = assumptions("do-nothing")
    middle = central(found)
    judged = assessed(
        found.base, lambda path: middle.base[path], lambda path: found.leaves[path].value
    )
    interview, test = (
        found.estimates[f"assessments.{name}.validity"].median
        for name in ("structured_interview", "job_knowledge_test")
    )
    rho = found.estimates["hiring.assessment_intercorrelation"].median
    together = np.sqrt((interview**2 + test**2 - 2 * rho * interview * test) / (1 - rho**2))
    captured = found.estimates["hiring.profile_relevance"].median
    assert judged.validity == pytest.approx(captured * together)
    assert set(judged.weights) == {"structured_interview", "job_knowledge_test"}
    assert judged.days == pytest.approx(2.0)


def test_a_lever_switches_an_assessment_on_from_its_month_on(project):
    """From then on candidates are told apart better, cost more and take longer to test."""
    file = project / LEVER
    file.write_text(file.read_text("utf-8").replace("from: 2026-10", "from: 2027-01"), "utf-8")
    found = load_assumptions(project, Company, JOINT)
    inputs = model_inputs(draw(found, 8, SEED), SEED)
    first, test = month_index("2027-01"), STAGES.index("test")
    before, after = (inputs.months[t].parameters.hiring for t in (first - 1, first))
    base = inputs.base.parameters.hiring
    assert np.array_equal(before.validity, base.validity)
    assert np.array_equal(before.candidate_cost, base.candidate_cost)
    assert (after.validity > before.validity).all()
    assert (after.candidate_cost > before.candidate_cost).all()
    assert (after.stage_days[test] > before.stage_days[test]).all()
    others = [k for k in range(len(STAGES)) if k != test]
    assert np.array_equal(after.stage_days[others], before.stage_days[others])
