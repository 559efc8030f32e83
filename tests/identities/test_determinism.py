"""The same inputs give the same bits, and scenarios differ only by what was decided."""

import dataclasses
import shutil

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, assumptions, drawn, inputs, same, trajectory
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.study.simulation import simulate_part
from tandem.units import month_index

DRAWS = 48


def test_the_same_inputs_give_the_same_bits():
    """A second run of the same inputs is the first."""
    again = simulate(inputs("lower-tier-expansion", DRAWS))
    assert same(trajectory("lower-tier-expansion", DRAWS), again) == []


@pytest.mark.parametrize("scenario", ["lower-tier-at-launch", "short-video-push-price-war"])
def test_results_do_not_depend_on_how_draws_are_cut(scenario):
    """Three chunks of unequal size are the whole, bit for bit."""
    whole = trajectory(scenario, DRAWS)
    parts = [
        simulate(model_inputs(drawn(scenario, DRAWS, first, count), SEED))
        for first, count in ((0, 2), (2, 29), (31, 17))
    ]
    for group in ("market", "position", "company"):
        for name, values in getattr(whole, group).items():
            pieces = [getattr(p, group)[name] for p in parts]
            assert np.array_equal(np.concatenate(pieces, axis=-1), values), name
    ledger = np.concatenate([p.ledger for p in parts], axis=-1)
    assert np.array_equal(ledger, whole.ledger)


def test_measures_do_not_depend_on_how_draws_are_cut():
    """What decides is the same whatever the chunks."""
    _, whole = simulate_part(drawn("lower-tier-expansion", DRAWS), SEED)
    pieces = [
        simulate_part(drawn("lower-tier-expansion", DRAWS, first, count), SEED)[1]
        for first, count in ((0, 20), (20, 28))
    ]
    for name, values in whole.items():
        assert np.array_equal(np.concatenate([p[name] for p in pieces]), values), name


def test_a_launch_that_nobody_was_told_of_changes_nothing_before_it():
    """Told at launch: until the launch every path is that of do-nothing, bit for bit."""
    before = slice(0, month_index("2027-03"))
    left_out = {"position.required_heads", "position.need_ratio", "position.attainment"}
    differing = same(
        trajectory("do-nothing", DRAWS), trajectory("lower-tier-at-launch", DRAWS), before
    )
    assert set(differing) <= left_out


def test_people_told_earlier_are_asked_for_earlier():
    """Told from October, requisitions for the new market open before the launch; else after."""
    launch = month_index("2027-03")
    market = [
        p
        for p, k in enumerate(trajectory("do-nothing", DRAWS).structure.places)
        if k == "lower_tier"
    ]
    early = trajectory("lower-tier-expansion", DRAWS).position["requisitions"][:launch, market]
    late = trajectory("lower-tier-at-launch", DRAWS).position["requisitions"][:launch, market]
    assert early.sum(axis=(0, 1)).min() > 0
    assert late.sum() == 0


def test_a_new_role_moves_nobody_elses_luck(tmp_path):
    """A role of one, which does nothing for the others, leaves their people as they were."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    roles = tmp_path / "params" / "base" / "roles"
    text = (roles / "analyst.yaml").read_text(encoding="utf-8")
    little = 'work: [insight]\nrelative_work:\n  insight: {fixed: 0.01, unit: "1"}\n'
    quiet = text.replace("work: [insight]\n", little)
    assert quiet != text
    quiet = quiet.replace("heads: {fixed: 6,", "heads: {fixed: 1,")
    quiet = quiet.replace("en: Market analyst, zh: 市场分析师", "en: Archivist, zh: 档案管理员")
    quiet = quiet.replace("requisition_weight: {fixed: 1,", "requisition_weight: {fixed: 0.05,")
    (roles / "archivist.yaml").write_text(quiet, encoding="utf-8")
    more = load_assumptions(tmp_path, Company, "do-nothing", ())
    run = simulate(model_inputs(draw(more, DRAWS, SEED), SEED))
    plain = trajectory("do-nothing", DRAWS)
    for position in ("field_rep@core", "service_agent@company", "recruiter@company"):
        here, there = (t.structure.positions.index(position) for t in (run, plain))
        mine = run.position["heads"][:12, here]
        theirs = plain.position["heads"][:12, there]
        assert np.mean(mine == theirs) > 0.97, position


def test_another_turnover_of_one_role_leaves_the_others_as_they_were(tmp_path):
    """What is drawn for the other roles is the same bit for bit, and so is all that they settle to.

    Brand managers are left out, whose successors analysts are. In the first month nothing couples the
    others yet: who starts and leaves there is the same too.
    """
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    file = tmp_path / "params" / "base" / "roles" / "analyst.yaml"
    text = file.read_text(encoding="utf-8")
    changed = text.replace("turnover: {triangular: [0.15, 0.2, 0.25]", "turnover: {fixed: 0.6")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    other = load_assumptions(tmp_path, Company, "do-nothing", ())
    now, then = draw(other, DRAWS, SEED), draw(assumptions("do-nothing"), DRAWS, SEED)
    moved = [p for p in then.base if not np.array_equal(now.base[p], then.base[p])]
    assert moved == ["roles.analyst.turnover"]
    run, plain = simulate(model_inputs(now, SEED)), trajectory("do-nothing", DRAWS)
    names = run.structure.positions
    coupled = ("analyst", "brand_manager")
    others = [k for k, name in enumerate(names) if not name.startswith(coupled)]
    for name in ("heads", "leavers", "hires", "open_requisitions"):
        settled = (getattr(t.anchor.reference, name)[:, others] for t in (run, plain))
        assert np.array_equal(*settled), name
    for name in ("heads", "leavers", "hires"):
        first = (t.position[name][0][others] for t in (run, plain))
        assert np.array_equal(*first), name
    analyst = names.index("analyst@company")
    assert run.position["leavers"][:, analyst].sum() > plain.position["leavers"][:, analyst].sum()


def test_scenarios_share_their_futures():
    """The demand shocks of two scenarios are the same, and so is what 2026 was."""
    one, other = inputs("do-nothing", DRAWS), inputs("lower-tier-expansion", DRAWS)
    assert np.array_equal(one.shock, other.shock)
    assert one.key == other.key
    first, second = (trajectory(s, DRAWS).anchor for s in ("do-nothing", "lower-tier-expansion"))
    for field in dataclasses.fields(first.reference):
        assert np.array_equal(
            getattr(first.reference, field.name), getattr(second.reference, field.name)
        ), field.name
    assert (
        assumptions("do-nothing").fingerprint() != assumptions("lower-tier-expansion").fingerprint()
    )
