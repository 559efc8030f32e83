"""The scorecard: values by hand, what records change, and a status that follows from a rule."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row
from tests.unit.study.test_review import reviewing

from tandem import load_study, units
from tandem.assumptions.objectives import FILE
from tandem.assumptions.objectives import KPIS as DECLARED
from tandem.study import Study
from tandem.study.review import records, review
from tandem.study.scorecard import KPIS, Card, scorecard, series_of, status_of, updated

YEAR = units.year_slice(2027)
QUARTER = slice(YEAR.start, YEAR.start + 3)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study, reviewed on 1 April 2027."""
    return reviewing(tmp_path_factory.mktemp("scorecard"))


@pytest.fixture(scope="module")
def study(project: Path) -> Study:
    """The scenario under review."""
    return load_study("lower-tier-expansion", project=project, draws=64)


@pytest.fixture(scope="module")
def card(study: Study) -> Card:
    """Its scorecard, with both scenarios beside it."""
    return scorecard(study, study.scenarios)


def of(card: Card, name: str):
    """One row."""
    return next(row for row in card.rows if row.name == name)


def test_every_kpi_has_a_target_and_a_department(card: Card) -> None:
    """Those of the issue, marketing's and HR's, each with its target from a file."""
    assert [row.name for row in card.rows] == list(KPIS)
    assert {f"scorecard.{name}" for name in DECLARED} <= {kpi.target for kpi in KPIS.values()}
    assert {row.kpi.department for row in card.rows} == {"marketing", "hr"}
    assert of(card, "sales").target == 1.3 and of(card, "new_customers").target == 1.5
    assert all(row.owner and np.isfinite(row.actual) for row in card.rows)


def test_without_records_the_targets_are_the_studys_own_events(study: Study, card: Card) -> None:
    """The brief, the objectives and the scorecard count the same futures."""
    assert of(card, "sales").before == study.draws_of("sales_target_met").mean()
    assert of(card, "new_customers").before == study.draws_of("customers_target_met").mean()
    for name, measure in (("turnover", "attrition_2027"), ("fill_rate", "fill_rate_2027"),
                          ("satisfaction", "satisfaction_2027")):  # fmt: skip
        target, values = of(card, name).target, study.draws_of(measure)
        met = values <= target if name == "turnover" else values >= target
        assert of(card, name).before == met.mean()
        assert card.others["lower-tier-expansion"][name] == met.mean()


def test_actuals_are_those_of_the_records(study: Study, card: Card) -> None:
    """Summed by hand over markets, positions and the three months on record."""
    held, months = records(study), list(range(QUARTER.start, QUARTER.stop))

    def total(measure: str) -> float:
        return sum(held.counts(measure, s, months).sum() for s in held.scopes(measure))

    assert card.last == months[-1]
    assert of(card, "conversion").actual == pytest.approx(total("new_customers") / total("leads"))
    contestable = total("contestable_customers")
    assert of(card, "share").actual == pytest.approx(total("new_customers") / contestable)
    leavers, heads = total("leavers"), total("heads") / 3
    assert of(card, "turnover").actual == pytest.approx(leavers / heads * 4)
    for name in ("satisfaction", "training_cover"):
        assert of(card, name).actual == held.values(name, "company", [months[-1]])[0]


def test_the_scorecard_and_the_review_agree_on_the_records(study: Study, card: Card) -> None:
    """One file of records, two pages: the same training cover, beside the same forecast."""
    held = review(study)
    assert held is not None
    reading = next(row.quarter for row in held.rows if row.measure == "training_cover")
    mine = of(card, "training_cover")
    assert (mine.actual, mine.expected) == pytest.approx((reading.actual, reading.median))


def test_records_narrow_the_forecast(study: Study, card: Card) -> None:
    """Who knows a quarter knows more of the year: turnover, and not only it, ranges less widely."""
    values = study.draws_of("attrition_2027")
    low, high = np.quantile(values, (0.1, 0.9))
    mine = of(card, "turnover")
    assert mine.high - mine.low < high - low


@pytest.mark.parametrize("name", list(KPIS))
def test_four_fifths_of_the_futures_end_within_their_own_forecast(study: Study, name: str) -> None:
    """Each future in turn is what happens: the others, given its quarter, range around its year."""
    series, kpi = series_of(study), KPIS[name]
    year, so_far = kpi.value(series, YEAR), kpi.value(series, QUARTER)
    inside = []
    for truth in range(year.size):
        others = np.arange(year.size) != truth
        found = updated(year[others], so_far[others], so_far[truth])
        low, high = np.quantile(found, (0.1, 0.9))
        inside.append(low <= year[truth] <= high)
    error = np.sqrt(0.8 * 0.2 / len(inside))
    assert abs(np.mean(inside) - 0.8) < 3.0 * error


@given(year=row(0.0, 10.0, 20), noise=row(-1.0, 1.0, 20), actual=number(0.0, 10.0))
def test_what_is_learned_is_what_futures_agree_on(year, noise, actual) -> None:
    """The mean moves along the line of the futures, and their spread never widens."""
    so_far = year + noise
    found = updated(year, so_far, actual)
    assert found.std() <= year.std() + 1e-9
    if so_far.std() > 1e-3:
        slope = np.polyfit(so_far, year, 1)[0]
        moved = year.mean() + slope * (actual - so_far.mean())
        assert found.mean() == pytest.approx(moved, rel=1e-6, abs=1e-6)


def test_a_year_that_is_its_records_becomes_the_records() -> None:
    """In December nothing is left to guess; where futures do not differ, nothing is learned."""
    year = np.array([1.0, 2.0, 4.0])
    assert updated(year, year, 3.0) == pytest.approx([3.0, 3.0, 3.0])
    assert updated(year, np.ones(3), 3.0) == pytest.approx(year)


@pytest.mark.parametrize(
    ("probability", "status"),
    [(1.0, "on track"), (0.7, "on track"), (0.696, "on track"), (0.69, "at risk"),
     (0.3, "at risk"), (0.29, "off"), (0.0, "off")],
)  # fmt: skip
def test_the_status_follows_from_the_counted_futures(probability: float, status: str) -> None:
    """Seventy of a hundred are on track, thirty at risk; what reads as 70 counts as 70."""
    assert status_of(probability, 0.7, 0.3) == status


def test_a_study_without_a_review_has_a_forecast_alone(tmp_path: Path) -> None:
    """No records, no actuals: the scorecard is that of the scenario asked for."""
    from tests.fixtures.tiny_study import tiny_study

    study = load_study("do-nothing", project=tiny_study(tmp_path), draws=8)
    found = scorecard(study)
    assert found.last is None and not found.others
    assert all(np.isnan(row.actual) and row.probability == row.before for row in found.rows)


def test_the_rule_stands_in_the_file(project: Path) -> None:
    """Whoever calls 40 of 100 on track says so in one place."""
    text = (project / FILE).read_text("utf-8")
    try:
        lax = text.replace("on_track: {fixed: 0.7,", "on_track: {fixed: 0.02,")
        lax = lax.replace("at_risk: {fixed: 0.3,", "at_risk: {fixed: 0.01,")
        assert lax.count("0.02,") == 1 and lax.count("fixed: 0.01,") == 1
        (project / FILE).write_text(lax, "utf-8")
        card = scorecard(load_study("lower-tier-expansion", project=project, draws=64))
        assert all(row.status == "on track" for row in card.rows if row.probability >= 0.02)
    finally:
        (project / FILE).write_text(text, "utf-8")
