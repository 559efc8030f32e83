"""Budget and headcount together: the search against a fine grid, on the model itself."""

import shutil
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY
from typer.testing import CliRunner

from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.plan import FILE
from tandem.assumptions.schema import Company
from tandem.cli.app import app
from tandem.study import optimising
from tandem.study.contest import outcome
from tandem.study.optimising import NAMES, optimise
from tandem.study.plans import read_plans
from tandem.study.search import Effort, Worth, search

TWO = """\
schema: 1
defaults: {owner: finance, as_of: 2026-09-30}
launch: {lever: lower-tier-cities, headcount: lower-tier-2027, first: 2027-03, last: 2027-03}
search: {draws: 8, seed: 11, population: 5, generations: 1}
limits: {cash_kept: 0.5, staffed: 0.5}
plans:
  silo: {scenario: plan-silo, parent: lower-tier-at-launch, notice: 0, label: {en: Apart, zh: 各自}}
  hand_off: {scenario: plan-hand-off, parent: lower-tier-two-months, notice: 2, label: {en: Over, zh: 移交}}
  joint: {scenario: plan-joint, parent: lower-tier-expansion, label: {en: As one, zh: 整体}}
variables:
  - {path: markets.lower_tier.media, part: media, low: 1, high: 4, step: 0.5, unit: M CNY/month}
  - {path: roles.field_rep.places.lower_tier.added_heads, part: people, low: 90, high: 330, step: 60, unit: head}
"""

MEDIA, HEADS = "markets.lower_tier.media", "roles.field_rep.places.lower_tier.added_heads"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example with budget and headcount alone to decide, on few futures."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    (tmp_path / FILE).write_text(TWO, "utf-8")
    return tmp_path


def test_budget_and_headcount_optimum_agrees_with_a_fine_grid(project: Path) -> None:
    """Searched for, budget and headcount together are those of 21 budgets by 15 headcounts, all tried.

    Central assumptions and expected people, so that one simulation tries the whole grid. The optimum
    lies inside it: neither the most money nor the most people is best.
    """
    media, heads = np.linspace(1.0, 5.0, 21), np.linspace(100.0, 380.0, 15)
    ranges = {MEDIA: (0.5, 5.5, "M CNY/month"), HEADS: (80.0, 400.0, "head")}
    free = [
        f"{path}@2027-03={{uniform: [{low}, {high}], unit: {unit}}}"
        for path, (low, high, unit) in ranges.items()
    ]
    assumptions = load_assumptions(project, Company, "lower-tier-expansion", free)
    pairs = np.array(list(product(media, heads)))
    columns = {
        path: (pairs[:, k] - low) / (high - low)
        for k, (path, (low, high, _unit)) in enumerate(ranges.items())
    }
    study = SimpleNamespace(assumptions=assumptions, seed=11)
    npv = outcome(study, columns, None, correlate=False).reshape(21, 15)  # type: ignore[arg-type]  # all that it reads of a Study
    best = np.unravel_index(int(npv.argmax()), npv.shape)
    assert 0 < best[0] < 20 and 0 < best[1] < 14
    found = search(lambda p: Worth(float(npv[p])), npv.shape, [(0, 0), (20, 14)], Effort(10, 6, 11))
    assert found.point == tuple(best)
    assert found.trials < npv.size / 2


def test_on_the_futures_of_the_search_the_optimum_is_that_of_every_pair(project: Path) -> None:
    """With luck and within the limits, too: the search finds what trying every pair finds."""
    from tandem.study.optimising import _Trial

    plans = read_plans(project)
    trial = _Trial(plans)
    known = {point: trial.joint(point) for point in product(*(range(n) for n in plans.sizes))}
    start = plans.point(plans.present(plans.template))
    found = search(lambda p: known[p], plans.sizes, [start], Effort(5, 1, 11))
    best = max(known.values(), key=lambda worth: -worth.cost)
    assert found.worth == best and found.trials < len(known)


def test_the_command_finds_the_same_plans_twice_and_joint_is_the_best_of_them(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Same seed, same files; and planning as one is never worth less than what it starts from."""
    runs = []

    def kept(*given):
        runs.append(optimise(*given))
        return runs[-1]

    monkeypatch.setattr(optimising, "optimise", kept)
    words = ["plan", "--project", str(project)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert tuple(runs[0]) == NAMES
    joint = runs[0]["joint"].found
    assert joint.worth.beyond == 0.0
    assert joint.worth.value >= max(start.value for start in joint.starts if start.beyond == 0.0)
    first = {p: p.read_bytes() for p in project.rglob("*.yaml")}
    assert CliRunner().invoke(app, words).exit_code == 0
    assert {p: p.read_bytes() for p in project.rglob("*.yaml")} == first
    assert "found by tandem plan, seed 11, 8 futures" in (
        project / "params" / "levers" / "plan-joint.yaml"
    ).read_text("utf-8")


def test_a_search_on_the_futures_of_the_study_is_refused(project: Path) -> None:
    """A plan is judged on futures that its search has not seen; nothing is searched or written."""
    file = project / FILE
    file.write_text(file.read_text("utf-8").replace("seed: 11", "seed: 7"), "utf-8")
    done = CliRunner().invoke(app, ["plan", "--project", str(project)])
    assert done.exit_code == 2 and "is the seed of the study" in done.output
