"""Plans as assumptions and as files: the same, whichever way they are made."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.loading import check_project, load_assumptions
from tandem.assumptions.plan import FILE
from tandem.assumptions.plan_writing import write_plan
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.study.plans import Plan, Plans, parent_problems, read_plans

STATED = {"source": "found in a test", "owner": "finance", "as_of": "2026-09-30"}


@pytest.fixture(scope="module")
def plans() -> Plans:
    """What the example may decide."""
    return read_plans(REPOSITORY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the example's parameters."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    return tmp_path


def other(plans: Plans) -> Plan:
    """A plan that differs from the present one in every lever."""
    top = [size - 1 for size in plans.sizes]
    return plans.plan(tuple(top))


def test_the_present_plan_is_a_point_of_the_grid(plans: Plans):
    """The search starts from what the company plans now, not from something near it."""
    now = plans.present(plans.template)
    assert plans.plan(plans.point(now)) == now


def test_shares_of_media_add_up_whatever_is_decided(plans: Plans):
    """What one touchpoint gains the others lose."""
    for plan in (plans.present(plans.template), other(plans)):
        shares = [float(v) for path, v in plan.values.items() if ".media_mix." in path]
        assert sum(shares) == pytest.approx(1.0) and min(shares) > 0.0


def test_what_a_plan_sets_beyond_its_variables_moves_with_the_launch(plans: Plans):
    """A launch in May opens the market, and asks for everybody, in May."""
    plan = replace(plans.present(plans.template), launch=7)
    months = {p.path: p.month for p in plans.assumptions(plan).patches}
    assert months.pop("hiring.notice") == 0
    assert months.pop("roles.field_rep.places.lower_tier.plan") == 0
    assert set(months.values()) == {7} and "markets.lower_tier.open" in months


def test_files_assume_what_the_search_simulated(plans: Plans, project: Path):
    """The scenario that a run simulates is the plan that the search found, to the last bit."""
    for name in ("silo", "joint"):
        plan = other(plans) if name == "joint" else plans.present(plans.template)
        written = write_plan(project, Company, plans.files(name, plan), **STATED)
        assert written.fingerprint() == plans.assumptions(plan).fingerprint()
        assert plans.present(written) == plan
    assert set(check_project(project, Company)) >= {"plan-silo", "plan-joint"}


def test_writing_the_same_plan_again_changes_nothing(plans: Plans, project: Path):
    """A file that changes by itself would be a change that nobody made."""
    files = plans.files("joint", other(plans))
    write_plan(project, Company, files, **STATED)
    before = {p: p.read_bytes() for p in project.rglob("*.yaml")}
    write_plan(project, Company, files, **STATED)
    assert {p: p.read_bytes() for p in project.rglob("*.yaml")} == before


def test_a_plan_that_does_not_hold_leaves_the_files_as_they_were(plans: Plans, project: Path):
    """A search that ends badly must not leave a study that cannot be read."""
    before = {p: p.read_bytes() for p in project.rglob("*.yaml")}
    files = plans.files("joint", other(plans))
    with pytest.raises(Refusal):
        write_plan(project, Company, files, **{**STATED, "owner": "nobody"})
    broken = replace(files, launch={"markets.lower_tier.media": "{fixed: -1, unit: CNY/month}"})
    with pytest.raises(Refusal):
        write_plan(project, Company, broken, **STATED)
    assert {p: p.read_bytes() for p in project.rglob("*.yaml")} == before


def test_a_scenario_that_stands_there_keeps_its_words(plans: Plans, project: Path):
    """The company's own label of a plan outlives the next search."""
    write_plan(project, Company, plans.files("joint", other(plans)), **STATED)
    file = project / "params" / "scenarios.yaml"
    named = file.read_text("utf-8").replace("best plan made as one", "our plan")
    file.write_text(named, "utf-8")
    write_plan(project, Company, plans.files("joint", plans.present(plans.template)), **STATED)
    assert file.read_text("utf-8") == named
    assert str(load_assumptions(project, Company, "plan-joint").scenario.label).endswith("our plan")


def test_overrides_hold_in_every_plan():
    """What is tried by hand on a page is tried on all three plans alike."""
    found = read_plans(REPOSITORY, ["markets.core.basket=900"])
    patches = found.assumptions(found.present(found.template)).patches
    assert [p.value.median for p in patches if p.path == "markets.core.basket"] == [900.0]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("path: hiring.notice", "path: hiring.notise", "did you mean hiring.notice?"),
        ("path: hiring.notice", "path: finance.funding", "finance.funding is a choice"),
        ("parent: lower-tier-expansion", "parent: lower-tier-expansions", "no such scenario"),
        ("headcount: lower-tier-2027", "headcount: overseas-2027", "does not list it"),
        ("low_base_high_commission, base_and_bonus]", "base_and_bonus]", "is none of its choices"),
    ],
)
def test_what_the_study_does_not_have_is_refused(project: Path, old: str, new: str, said: str):
    """A path or scenario that is not there is told with file, line and the nearest name."""
    text = (project / FILE).read_text("utf-8")
    assert text.count(old) == 1
    (project / FILE).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Refusal) as refusal:
        read_plans(project)
    assert said in str(refusal.value) and str(refusal.value).startswith(FILE), refusal.value


def test_a_plan_of_a_scenario_that_is_not_there_is_refused(project: Path):
    """A plan varies a scenario of the study: that is said before the search, with its place."""
    text = (project / FILE).read_text("utf-8")
    file = text.replace("parent: lower-tier-at-launch", "parent: lower-tier-launch")
    (project / FILE).write_text(file, "utf-8")
    (problem,) = parent_problems(read_plans(project))
    assert "plans.silo.parent: no such scenario" in str(problem)
