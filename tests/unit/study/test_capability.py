"""Candidates matched with posts, and what choosing them better is worth."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY, read_yaml, write_yaml

from tandem import load_study
from tandem.assumptions.refusals import Refusal
from tandem.study import Study, capability
from tandem.study.candidates import FILE

USUAL, JOINT = "lower-tier-expansion", "lower-tier-joint-profile"
MANAGER, REP = "brand_manager_new_energy", "field_rep_mother_and_baby"
DRAWS = 24


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A study of two scenarios that differ by the joint profile alone."""
    folder = tmp_path_factory.mktemp("capability")
    for part in ("params", "data"):
        shutil.copytree(REPOSITORY / part, folder / part)
    scenarios = read_yaml(folder / "params/scenarios.yaml")
    kept = {name: scenarios["scenarios"][name] for name in (USUAL, JOINT)}
    write_yaml(folder / "params/scenarios.yaml", {"schema": 1, "scenarios": kept})
    return folder


def opened(project: Path, scenario: str = USUAL, *overrides: str) -> Study:
    """One scenario of it."""
    return load_study(scenario, draws=DRAWS, seed=7, overrides=overrides, project=project)


def test_posts_go_to_those_who_fit_and_reach_every_minimum(project):
    """Each post takes one candidate who applied and misses no must-have; nobody takes two."""
    found = capability.match(opened(project))
    assert [found.posts.count(name) for name in (MANAGER, REP)] == [2, 6]
    assert found.filled == 8
    assert len(set(found.taken.tolist())) == 8
    for post, who in zip(found.posts, found.taken, strict=True):
        assert found.candidates.applied[post][who] and found.allowed[post][who]
        minimum = [skill.minimum for skill in found.profiles[post].skills.values()]
        assert (found.candidates.scores[post][who] >= minimum).all()


def test_more_posts_than_fit_people_stay_open(project):
    """Nine candidates reach the minima of field representatives: of twelve posts three stay open."""
    study = opened(project, USUAL, f"profiles.{REP}.posts=12")
    found = capability.match(study)
    assert found.allowed[REP].sum() == 9
    assert len(found.chosen(REP)) == 9 and len(found.chosen(MANAGER)) == 2
    assert (found.taken == -1).sum() == 3


def test_a_higher_minimum_rules_people_out(project):
    """A must-have that nobody reaches leaves every post of the profile open."""
    path = f"profiles.{MANAGER}.skills.communication.minimum"
    found = capability.match(opened(project, USUAL, f"{path}=100"))
    assert not found.allowed[MANAGER].any()
    assert len(found.chosen(MANAGER)) == 0 and len(found.chosen(REP)) == 6


def test_weights_set_by_a_scenario_still_add_up(project):
    """A lever may move weights, but not their sum: refused where it stands."""
    path = f"profiles.{REP}.skills"
    study = opened(project, USUAL, f"{path}.selling.weight=0.5")
    with pytest.raises(Refusal, match=r"weights must add up to 1, found 1.28"):
        capability.match(study)
    moved = (f"{path}.selling.weight=0.12", f"{path}.resilience.weight=0.28")
    found = capability.match(opened(project, USUAL, *moved))
    assert found.profiles[REP].skills["selling"].weight == 0.12


def test_general_skills_alone_choose_worse(project):
    """HR's general skills see part of what the posts need: those chosen by them fit less well."""
    for found in capability.alone(opened(project)):
        assert 0.4 < found.agreement < 1.0
        assert found.alone_fit < found.joint_fit
        assert found.others >= found.below > 0


def test_the_joint_profile_tells_candidates_apart_better(project):
    """Validity, quality of hires and the share who do well rise, and so does the cost."""
    usual, joint = (capability.selection(opened(project, name)) for name in (USUAL, JOINT))
    assert set(joint.weights) - set(usual.weights) == {"simulated_sales"}
    assert joint.validity > usual.validity and joint.quality > usual.quality
    assert 0.5 < usual.success < joint.success < 1.0
    assert joint.cost > usual.cost and joint.candidates == usual.candidates


def test_what_the_joint_profile_is_worth_is_the_difference_it_makes(project):
    """On the same futures, and asked of either scenario alike; by utility analysis it pays as well."""
    study = opened(project)
    found = capability.worth(study)
    assert (found.scenario, found.against) == (JOINT, USUAL)
    values = [study.of(name).draws_of("npv") for name in (JOINT, USUAL)]
    assert found.npv.mean == pytest.approx((values[0] - values[1]).mean())
    assert found.utility.shape == found.hires.shape == found.gain.shape == (DRAWS,)
    assert (found.gain > 0).all() and (found.hires > 0).all()
    assert found.utility.mean() > 0
    again = capability.worth(study.of(JOINT))
    assert again.npv == found.npv and np.array_equal(again.utility, found.utility)


def test_utility_is_that_of_the_formula(project):
    """Hires x (years x validity x intensity x deviation - cost), with less without the lever."""
    study = opened(project)
    found = capability.worth(study)
    pay = {p: e.median for p, e in study.assumptions.estimates.items() if p.endswith(".pay")}
    stay = {
        p: 1.0 / e.median for p, e in study.assumptions.estimates.items() if "turnover" in p
    }  # fmt: skip
    most = max(stay.values()) * max(pay.values()) * 12 * capability.DEVIATION_IN_PAY
    least = min(stay.values()) * min(pay.values()) * 12 * capability.DEVIATION_IN_PAY
    ends = [found.hires.mean() * found.gain.mean() * end for end in (least, most)]
    assert 0.5 * ends[0] < found.utility.mean() < ends[1]


def test_without_the_pair_nothing_is_said_of_worth(project, tmp_path):
    """A study that does not simulate the lever answers the rest and leaves that out."""
    alone = tmp_path / "alone"
    shutil.copytree(project, alone)
    scenarios = read_yaml(alone / "params/scenarios.yaml")["scenarios"]
    entry = {key: value for key, value in scenarios[JOINT].items() if key != "parent"}
    write_yaml(alone / "params/scenarios.yaml", {"schema": 1, "scenarios": {JOINT: entry}})
    study = opened(alone, JOINT)
    assert capability.worth(study) is None
    assert capability.match(study).filled == 8


def test_missing_scores_of_the_study_are_refused(project):
    """A page is never made from a candidate who was not assessed."""
    spoiled = project.with_name("spoiled")
    shutil.copytree(project, spoiled)
    text = (spoiled / FILE).read_text("utf-8")
    (spoiled / FILE).write_text(text.replace("69,62,82", "69,,82"), "utf-8")
    with pytest.raises(Refusal, match=rf"{FILE}:2:1 data_driven_thinking: has no score"):
        capability.match(opened(spoiled))
