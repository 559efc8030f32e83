"""The monthly review: what happened beside what the plan forecast."""

from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import read_yaml, tiny_study, write_yaml

from tandem import load_study, units
from tandem.assumptions.refusals import Refusal
from tandem.study.readings import Reading, paths_of, reading, standing
from tandem.study.review import BETTER, ROWS, Review, Row, records, review

ENTRY = {"scenario": "lower-tier-expansion", "date": "2027-04-01", "actuals": "data/actuals.csv"}


def reviewing(folder: Path, **changes: str) -> Path:
    """The tiny study with a review of its own."""
    project = tiny_study(folder)
    settings = read_yaml(project / "params" / "study.yaml")
    write_yaml(project / "params" / "study.yaml", {**settings, "review": {**ENTRY, **changes}})
    return project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study, reviewed on 1 April 2027."""
    return reviewing(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def found(project: Path) -> Review:
    """Its review."""
    held = review(load_study(project=project, draws=200))
    assert held is not None
    return held


def row(held: Review, measure: str, scope: str) -> Row:
    """One line of the scorecard."""
    return next(r for r in held.rows if (r.measure, r.scope) == (measure, scope))


@pytest.mark.parametrize(
    ("actual", "where"),
    [
        (9.999, "below"), (10.0, "within"), (15.0, "within"), (20.0, "within"), (20.001, "above"),
        (float("nan"), "unknown"),
    ],
)  # fmt: skip
def test_the_ends_of_the_range_belong_to_it(actual: float, where: str) -> None:
    """Exactly P10 or P90 is still on plan."""
    assert standing(actual, 10.0, 20.0) == where


def test_no_forecast_is_no_verdict() -> None:
    """Where no future has a value, nothing is said of the actual."""
    assert reading(3.0, np.array([])).standing == "unknown"
    assert Row("sales", "core", *[reading(3.0, np.array([]))] * 2).verdict == "unknown"


@pytest.mark.parametrize(
    ("measure", "actual", "verdict"),
    [
        ("sales", 5.0, "bad"), ("sales", 25.0, "good"), ("sales", 15.0, "as planned"),
        ("leavers", 25.0, "bad"), ("leavers", 5.0, "good"), ("hires", 25.0, "neutral"),
    ],
)  # fmt: skip
def test_more_is_better_for_some_and_worse_for_others(
    measure: str, actual: float, verdict: str
) -> None:
    """Sales above the range are good news, leavers above it bad, more hires than planned neither."""
    at = Reading(actual, 10.0, 15.0, 20.0)
    assert Row(measure, "company", at, at).verdict == verdict


def test_every_measure_that_has_a_better_side_is_on_the_card() -> None:
    """No direction is declared for what nobody sees."""
    assert set(BETTER) <= {*ROWS, "quality_of_hires"}


def test_a_quarter_of_a_flow_is_its_sum_and_of_a_level_its_last_month(found: Review) -> None:
    """Sales of a quarter add up, heads are those at its end."""
    assert list(found.quarter) == [3, 4, 5]
    sales, heads = row(found, "sales", "core"), row(found, "heads", "field_rep@core")
    assert sales.quarter.actual == found.actuals.values("sales", "core", [3, 4, 5]).sum()
    assert sales.month.actual == found.actuals.values("sales", "core", [5])[0]
    assert heads.quarter == heads.month


def test_the_forecast_is_that_of_the_scenario_under_review(found: Review) -> None:
    """Ranges are quantiles of the stored paths of the scenario, not of the one that is open."""
    paths = found.study.results["heads"].sel(position="field_rep@lower_tier").isel(month=5)
    low, high = np.quantile(paths, [0.1, 0.9])
    mine = row(found, "heads", "field_rep@lower_tier").month
    assert (mine.low, mine.high) == pytest.approx((low, high))
    assert found.study.scenario == "lower-tier-expansion"


def test_the_company_is_the_sum_of_its_positions(found: Review) -> None:
    """Heads of the whole company, actual and forecast, are those of all positions together."""
    parts = [r for r in found.rows if r.measure == "heads" and r.scope != "company"]
    whole = row(found, "heads", "company")
    assert whole.month.actual == sum(r.month.actual for r in parts)
    every = sum(paths_of(found.study, "heads", r.scope)[found.last] for r in parts)
    assert whole.month.median == np.median(every)


def test_requisitions_open_the_month_after_they_are_asked_for(found: Review) -> None:
    """What the review of October asks for is open in November."""
    asked = found.study.results["requisitions"].sel(position="field_rep@lower_tier")
    opened = paths_of(found.study, "requisitions_opened", "field_rep@lower_tier")
    np.testing.assert_array_equal(opened[1:], asked.transpose("month", "draw").values[:-1])
    assert not opened[0].any()


def test_a_future_of_the_same_law_lies_mostly_in_the_range(found: Review) -> None:
    """The records are one future of the model: about four in five figures lie within P10 to P90."""
    known = [r for r in found.rows if r.verdict != "unknown"]
    within = np.mean([r.quarter.standing == "within" for r in known])
    assert len(known) > 70 and 0.65 < within < 0.95


def test_the_review_finds_what_is_true_of_the_records(found: Review) -> None:
    """Field reps pass probation at .78, mostly for business skills: it finds that, and acts."""
    rep = found.probation[0]
    assert rep.role == "field_rep"
    assert rep.found.low < 0.78 < rep.found.high < rep.planned.median
    assert max(rep.reasons, key=lambda name: rep.reasons[name]) == "business_skills"
    assert rep.says.action == "add the simulated-sales test"
    assert {other.says.action for other in found.probation[1:]} == {"none"}


def test_hiring_is_counted_since_the_plan_began(found: Review) -> None:
    """Opened, due and filled from October on; a rate near what the scenario forecast."""
    by = {h.position: h for h in found.hiring}
    rep = by["field_rep@lower_tier"]
    months = list(range(6))
    assert rep.filled == found.actuals.counts("hires", rep.position, months).sum()
    assert rep.opened == found.actuals.counts("requisitions_opened", rep.position, months).sum()
    assert rep.rate.actual == rep.filled / rep.due <= rep.filled / (0.9 * rep.opened)
    assert rep.rate.standing == rep.days.standing == "within"
    assert 30 < rep.days.low < rep.days.high < 100


def test_a_review_in_the_middle_of_a_quarter_looks_at_its_months_so_far(tmp_path: Path) -> None:
    """On 1 March the quarter is January and February; later records are refused, not ignored."""
    project = reviewing(tmp_path, date="2027-03-01")
    with pytest.raises(Refusal, match="lies outside 2026-01 to 2027-02"):
        review(load_study(project=project))
    path = project / "data" / "actuals.csv"
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(x for x in lines if not x.startswith("2027-03")), "utf-8")
    held = review(load_study(project=project))
    assert held is not None
    assert units.month_label(held.last) == "2027-02" and list(held.quarter) == [3, 4]


def test_without_a_review_there_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A study need not be reviewed, and a scenario that failed in this run cannot be."""
    plain = load_study(project=tiny_study(tmp_path / "plain"))
    assert review(plain) is None
    with pytest.raises(ValueError, match="no review: block"):
        records(plain)
    project = reviewing(tmp_path / "reviewed")
    monkeypatch.setenv("TANDEM_LEFT_OUT", "lower-tier-expansion")
    assert review(load_study(project=project)) is None


def test_a_position_that_the_scenario_does_not_staff_is_not_scored(found: Review) -> None:
    """Overseas has nobody, in the records and in the forecast: no row counts that as planned."""
    heads = [line for line in found.rows if line.measure == "heads"]
    assert heads and not any("overseas" in line.scope for line in heads)
    assert any(line.scope == "field_rep@lower_tier" for line in heads)
