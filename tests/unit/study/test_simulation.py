"""One scenario simulated: chunks leave no trace, and measures are of the draws they stand beside."""

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, assumptions, drawn, trajectory
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw_from
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.types import LINES
from tandem.results.measures import MEASURES
from tandem.study import simulation
from tandem.study.simulation import chunks, labels_of, run_of, simulate_part, simulate_study
from tandem.units import year_slice

SCENARIO = "lower-tier-two-months"
DRAWS = 30


@pytest.fixture(scope="module")
def whole():
    """Paths and measures in one piece."""
    return simulate_study(assumptions(SCENARIO), DRAWS, SEED)


def test_chunks_leave_no_trace_in_paths_and_measures(whole, monkeypatch):
    """In pieces of eight at most, every path and measure is that of the whole, bit for bit."""
    monkeypatch.setattr(simulation, "CHUNK", 8)
    assert len(chunks(DRAWS)) == 4
    for ours, theirs in zip(whole, simulate_study(assumptions(SCENARIO), DRAWS, SEED), strict=True):
        assert ours.identical(theirs)


@pytest.mark.parametrize("draws", [1, 2, 511, 512, 513, 1024, 1025, 5000])
def test_chunks_cover_every_draw_once_and_leave_none_alone(draws):
    """From the first draw to the last, in order, none larger than the most and none of one."""
    found = chunks(draws)
    assert [first for first, _ in found] == [
        sum(size for _, size in found[:k]) for k in range(len(found))
    ]
    sizes = [size for _, size in found]
    assert sum(sizes) == draws
    assert max(sizes) <= simulation.CHUNK
    assert min(sizes) > 1 or draws == 1


def test_measures_stand_beside_their_draws(whole):
    """One value a draw and measure, in the registry's unit, numbered as the paths are."""
    paths, measures = whole
    assert set(measures.data_vars) == set(MEASURES)
    assert list(measures["draw"].values) == list(paths["draw"].values) == list(range(DRAWS))
    for name, measure in MEASURES.items():
        assert measures[name].attrs["units"] == measure.unit
    year = paths["sales"].isel(month=year_slice(2027)).sum(("month", "market"))
    assert measures["sales_2027"].values == pytest.approx(year.values)


def test_the_twin_with_unlimited_people_meets_the_same_futures():
    """Sales lost to no people compare one future with itself: the twin never sells less."""
    part = drawn(SCENARIO, DRAWS)
    actual, measures = simulate_part(part, SEED)
    assert np.array_equal(actual.ledger, trajectory(SCENARIO, DRAWS).ledger)
    assert (measures["lost_sales_no_people"] > 0).all()


def test_rows_with_the_same_number_and_levels_are_the_same_future():
    """A sensitivity design repeats a base row exactly, people's luck included."""
    part = draw_from(assumptions(SCENARIO), {"demand.switching": np.full(4, 0.3)}, 4)
    actual, measures = simulate_part(part, SEED, np.array([5, 9, 5, 9]))
    for values in measures.values():
        assert np.array_equal(values[:2], values[2:])
    heads = actual.position["heads"]
    assert np.array_equal(heads[..., :2], heads[..., 2:])
    assert not np.array_equal(heads[..., 0], heads[..., 1])


def test_targets_and_terms_are_those_in_force_at_the_end():
    """A target set by hand is the one that is tested, and so is the credit line."""
    changes = ("targets.sales_growth=1.7", "finance.credit_limit@2027-05=12e6")
    a = load_assumptions(REPOSITORY, Company, "do-nothing", changes)
    part = draw_from(a, {}, 2)
    run = run_of(part, trajectory("do-nothing", 2), trajectory("do-nothing", 2))
    assert run.sales_growth == pytest.approx([1.7, 1.7])
    assert run.credit_limit == pytest.approx([12e6, 12e6])
    assert run.new_customers_growth == pytest.approx([1.5, 1.5])
    assert run.line("revenue").shape == trajectory("do-nothing", 2).ledger[:, 0].shape
    assert np.array_equal(run.line(LINES[3]), trajectory("do-nothing", 2).ledger[:, 3])


def test_labels_cover_what_readers_see():
    """Markets, roles, places and sources of leads are named in both languages."""
    company = assumptions("do-nothing").base
    labels = labels_of(assumptions("do-nothing"))
    assert set(labels["market"]) == set(company.markets)
    assert set(labels["role"]) == set(company.roles)
    assert set(labels["place"]) == {*company.markets, "company"}
    assert set(labels["source"]) == {"organic", *company.touchpoints}
    assert all(en and zh for group in labels.values() for en, zh in group.values())
