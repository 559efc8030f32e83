"""A pilot first: the rule, what it may know, and what waiting is worth."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY, tiny_study

from tandem import load_study, units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.plan import FILE
from tandem.assumptions.refusals import Refusal
from tandem.charts import staging as charts
from tandem.model.simulate import simulate
from tandem.study import Study, staging
from tandem.study.staging import Continuations, Rule, fitted, pilot_of, tried, valued

DRAWS = 12


@pytest.fixture(scope="module")
def study() -> Study:
    """The example on a few futures."""
    return load_study("do-nothing", project=REPOSITORY, draws=DRAWS, seed=3)


def markets(n: int, told: float, seed: int = 4) -> Continuations:
    """Markets that are good (worth 100) or bad (-100), seen in a pilot with some noise.

    ``told`` is how far apart good and bad look, in standard deviations of the noise.
    """
    rng = np.random.default_rng(seed)
    good = rng.random(n) < 0.5
    full = np.where(good, 100.0, -100.0)
    seen = 1.0 + told * (good - 0.5) + rng.normal(size=n)
    npv = {"stop": np.full(n, -5.0), "hold": 0.1 * full - 5.0, "roll_out": full - 10.0}
    return Continuations(seen, npv, full, np.zeros(n))


def test_a_pilot_that_tells_all_is_worth_the_expected_value_of_perfect_information():
    """Half the markets are good: 90 in those, -5 in the others, against 0 for deciding now."""
    found = valued(markets(20_000, told=40.0))
    assert found.rule_npv == pytest.approx(42.5, abs=1.5)
    assert found.option.low < 42.5 + abs(found.now_npv) + 1.5
    assert found.shares["roll_out"] == pytest.approx(0.5, abs=0.02)
    assert found.option.clear and found.option.mean > 0


def test_a_pilot_that_tells_nothing_costs_what_it_costs():
    """Where good and bad look the same, waiting is worth less than deciding now: no foresight."""
    found = valued(markets(20_000, told=0.0))
    assert found.option.mean < 3.0
    assert found.flexibility.mean == pytest.approx(0.0, abs=8.0)


def test_the_clearer_a_pilot_tells_the_more_it_is_worth():
    """Better information is never worth less."""
    worth = [valued(markets(20_000, told)).rule_npv for told in (0.0, 1.0, 2.0, 8.0)]
    assert worth == sorted(worth)


def test_the_rule_is_valued_on_futures_that_it_has_not_seen():
    """Changing what only the second half knows changes its worth and not the rule."""
    found = markets(40, 1.0)
    spoiled = {k: np.where(np.arange(40) % 2 == 1, v - 1000.0, v) for k, v in found.npv.items()}
    other = valued(Continuations(found.seen, spoiled, found.now, found.never))
    assert other.rule == valued(found).rule
    assert other.rule_npv == pytest.approx(valued(found).rule_npv - 1000.0)


def test_a_fitted_rule_beats_every_fixed_action():
    """On the futures that it was fitted on, a rule is at least as good as doing one thing always."""
    found = markets(200, 1.5)
    table = np.stack([found.npv[a] for a in staging.ACTIONS])
    rule = fitted(found.seen, table)
    reached = np.take_along_axis(table, rule.actions(found.seen)[None], axis=0)
    assert reached.mean() >= table.mean(axis=1).max()


def test_a_rule_stops_below_holds_between_and_rolls_out_above():
    """From its cuts on, not only beyond them."""
    assert Rule(0.5, 1.0).actions(np.array([0.2, 0.5, 0.9, 1.0])).tolist() == [0, 1, 1, 2]


def test_three_futures_are_too_few():
    """Two halves with an interval need two futures each."""
    with pytest.raises(ValueError, match="four futures or more, not 3"):
        valued(markets(3, 1.0))


def test_until_the_decision_nothing_differs(study: Study):
    """What follows a pilot is known to nobody before: leads, people and cash are the same until then."""
    space = pilot_of(study)
    assert space is not None and space.file.pilot is not None
    pilot = space.file.pilot
    launched = study.of(pilot.scenario).assumptions
    runs = []
    for action in ("stop", "roll_out"):
        made = staging._piloted(launched, pilot, "lower_tier", action)
        runs.append(simulate(model_inputs(draw(made, DRAWS, study.seed), study.seed)))
    decided = units.month_index(pilot.decided)
    for group, name in (("position", "heads"), ("market", "leads"), ("company", "cash")):
        one, other = (getattr(run, group)[name] for run in runs)
        assert np.array_equal(one[:decided], other[:decided]), name
        assert not np.array_equal(one, other), name


def test_the_example_pilot_has_an_answer(study: Study):
    """Money by action, a rule, and a sentence in both languages; nothing on the page is not a number."""
    found = tried(study)
    assert found is not None
    npv = found.continuations.npv
    assert all(np.isfinite(v).all() and v.shape == (DRAWS,) for v in npv.values())
    assert sum(found.staged.shares.values()) == pytest.approx(1.0)
    for language in ("en", "zh"):
        other = load_study("do-nothing", project=REPOSITORY, draws=DRAWS, seed=3, language=language)
        text = str(charts.words(other, found))
        assert "nan" not in text and "inf" not in text
        chart = charts.ways(other, found)
        assert chart is not None and len(chart.data) == 5


def test_no_pilot_is_an_answer_too(tmp_path: Path):
    """A study without a pilot, or without its scenario, says so."""
    project = tiny_study(tmp_path)
    study = load_study(project=project, draws=DRAWS)
    assert tried(study) is None
    assert "No pilot is declared" in str(charts.words(study, None))
    assert charts.ways(study, None) is None
    (project / FILE).unlink()
    assert pilot_of(study) is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            "pilot: {scenario: lower-tier-expansion",
            "pilot: {scenario: short-video-push",
            "no market",
        ),
        ("begins: 2027-01", "begins: 2027-05", "is after the launch of lower-tier-expansion"),
    ],
)
def test_a_pilot_without_a_market_or_too_late_is_refused(
    tmp_path: Path, old: str, new: str, said: str
):
    """A pilot tries a launch before it happens; the message names file and line."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    text = (tmp_path / FILE).read_text("utf-8")
    assert text.count(old) == 1
    (tmp_path / FILE).write_text(text.replace(old, new), "utf-8")
    study = load_study("do-nothing", project=tmp_path, draws=DRAWS, seed=3)
    with pytest.raises(Refusal) as refusal:
        tried(study)
    assert said in str(refusal.value) and str(refusal.value).startswith(FILE), refusal.value
