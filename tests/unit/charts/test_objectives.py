"""The pages of objectives and of the scorecard: words, figures, tables."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.study.test_review import reviewing

from tandem import load_study
from tandem.charts import objective_tables, objectives, scorecard
from tandem.charts.objectives import Objective
from tandem.charts.scorecard import Scored
from tandem.model.objectives import SALES_LEAVES

TABLES = (
    objective_tables.results, objective_tables.by_quarter, objective_tables.markets,
    objective_tables.heads, objective_tables.months, objective_tables.what_else,
    objective_tables.levels,
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study, reviewed on 1 April 2027."""
    return reviewing(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module", params=["en", "zh"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language of the report."""
    return str(request.param)


@pytest.fixture(scope="module")
def found(project: Path, language: str) -> Objective:
    """The objective of the launch."""
    study = load_study("lower-tier-expansion", project=project, draws=32, language=language)
    return objectives.objective(study)


@pytest.fixture(scope="module")
def scored(project: Path, language: str) -> Scored:
    """The scorecard under review."""
    return scorecard.scored(load_study(project=project, draws=32, language=language))


def test_tables_say_nothing_that_is_no_number(found: Objective, scored: Scored) -> None:
    """No NaN, no name of the code, no bare dict reaches a reader, in either language."""
    made = [make(found) for make in TABLES]
    made += [scorecard.card(scored), scorecard.by_scenario(scored)]
    assert len({table.id for table in made}) == len(made)
    for table in made:
        cells = [cell for line in (table.headers, *table.rows) for cell in line]
        assert not [c for c in cells if "nan" in c.lower().split() or "_" in c or "{" in c]
        assert table.title and len(table.data) == len(table.rows)


def test_the_parts_of_a_table_add_up(found: Objective) -> None:
    """The last row of markets is the sum of those above, and so it is for the drivers."""
    data = objective_tables.markets(found).data
    year = data.iloc[:, 1].to_numpy()
    assert year[:-1].sum() == pytest.approx(year[-1], rel=1e-12)
    adds = objective_tables.what_else(found).data.iloc[:, 3].to_numpy()
    assert len(adds) == len(SALES_LEAVES) + 1
    assert adds[:-1].sum() == pytest.approx(adds[-1], rel=1e-12)
    months = objective_tables.months(found).data
    assert months.iloc[:, -1].sum() == pytest.approx(year[-1], rel=1e-12)


def test_the_answer_names_the_key_result_to_work_on(found: Objective) -> None:
    """Rarer than the objective itself: the one that is named; else it is only the weakest."""
    weakest = min(found.found.results, key=lambda r: r.probability)
    name = objectives.result_name(weakest, found.study.language)
    assert name in objectives.answer(found).headline
    likely = replace(found.found.given, objective=0.0)
    other = objectives.answer(replace(found, found=replace(found.found, given=likely)))
    assert name in other.headline and other.headline != objectives.answer(found).headline


def test_figures_have_a_finding_and_their_data(found: Objective, scored: Scored) -> None:
    """Who cannot see a figure reads what it found."""
    drivers, growth = objectives.drivers(found), objectives.growth(found)
    assert len(drivers.data) == len(SALES_LEAVES)
    assert set(drivers.data.iloc[:, 0]) == {
        objectives.driver_name(leaf, found.study.language) for leaf in SALES_LEAVES
    }
    chances = scorecard.chances(scored)
    for chart in (drivers, growth, chances):
        assert chart.title and len(chart.alt) > len(chart.title)
        assert "nan" not in chart.alt and "<svg" in chart.svg()
    assert np.allclose(chances.data.iloc[:, 1], sorted(chances.data.iloc[:, 1], reverse=True))


def test_every_driver_has_a_name(language: str) -> None:
    """A leaf of the tree without words would reach a reader as code."""
    names = [objectives.driver_name(leaf, language) for leaf in SALES_LEAVES]
    assert len(set(names)) == len(names) and not [n for n in names if "_" in n]


@pytest.mark.parametrize(
    ("factor", "text"), [(1.3, "+30.0 %"), (0.952, "−4.8 %"), (1.0, "+0.0 %"), (0.99999, "+0.0 %")]
)
def test_growth_is_shown_with_its_sign(factor: float, text: str) -> None:
    """Thirty per cent more and thirty per cent are two things."""
    assert objectives.percent(factor, "en") == text


def test_the_answer_counts_every_kpi_once(scored: Scored) -> None:
    """On track, at risk and off make all of them, by department as well."""
    card = scored.card
    lines = scorecard.answer(scored).facts
    assert len(lines) == 2
    counted = sum(int("".join(c if c.isdigit() else " " for c in text).split()[k])
                  for _, text in lines for k in range(3))  # fmt: skip
    assert counted == len(card.rows)


def test_without_records_the_figure_is_the_forecast(project: Path, scored: Scored) -> None:
    """Before the first review there is one bar a KPI, and no month to name."""
    rows = tuple(replace(r, actual=np.nan, expected=np.nan) for r in scored.card.rows)
    bare = replace(scored, card=replace(scored.card, last=None, rows=rows))
    assert scorecard.chances(bare).data.shape[1] == 2
    assert "–" in scorecard.card(bare).rows[0]
    assert scorecard.answer(bare).range != scorecard.answer(scored).range
