"""A simulation is stored once, reads back the same bits, and is never read when damaged."""

from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import simulated

from tandem.results import store as stores
from tandem.results.store import MEASURES, PATHS, SimulationStore, StoreError

KEY = "ab" * 32
DRAWS = 16


@pytest.fixture
def store(tmp_path: Path) -> SimulationStore:
    """An empty store."""
    return SimulationStore(tmp_path / "store")


def test_a_simulation_reads_back(store: SimulationStore) -> None:
    """Measures come back to the bit, paths to seven digits, with their names and words."""
    paths, measures = simulated()
    assert store.ensure(KEY, simulated, {"draws": DRAWS}) is True
    assert store.has(KEY) and store.is_good(KEY)
    read = store.measures(KEY)
    assert read is not None
    np.testing.assert_array_equal(read["npv"].values, measures["npv"].values)
    assert read["npv"].dtype == np.float64
    back = store.paths(KEY)
    assert back is not None
    assert back["cash"].dtype == np.float32
    np.testing.assert_allclose(back["cash"].values, paths["cash"].values, rtol=1e-6)
    np.testing.assert_array_equal(
        np.isnan(back["attainment"].values), np.isnan(paths["attainment"].values)
    )
    assert list(back["month"].values) == ["2026-10", "2026-11", "2026-12"]
    assert list(back["position"].values) == ["field_rep.core", "销售"]
    assert back["cash"].attrs == {"label_zh": "现金", "units": "CNY"}
    assert back["ruined"].dtype == bool


def test_the_same_simulation_gives_the_same_bytes(tmp_path: Path) -> None:
    """Stored results can be compared by their hash."""
    files = []
    for name in ("one", "two"):
        store = SimulationStore(tmp_path / name)
        store.save(KEY, *simulated(), {"draws": DRAWS})
        folder = store.shelf.path(KEY)
        files.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert files[0] == files[1] and set(files[0]) == {PATHS, MEASURES, "record.json"}


def test_nothing_is_simulated_twice(store: SimulationStore) -> None:
    """A stored simulation is read, not made again, unless that is asked for."""
    store.ensure(KEY, simulated, {})
    assert store.ensure(KEY, lambda: pytest.fail("simulated again"), {}) is False
    assert store.ensure(KEY, simulated, {}, anew=True) is True


@pytest.mark.parametrize("name", [PATHS, MEASURES])
def test_a_damaged_simulation_is_made_again(store: SimulationStore, name: str) -> None:
    """One flipped bit in either file: never read, and replaced by the next that asks."""
    store.ensure(KEY, simulated, {})
    path = store.shelf.path(KEY) / name
    data = bytearray(path.read_bytes())
    data[-5] ^= 8
    path.write_bytes(bytes(data))
    read = store.paths if name == PATHS else store.measures
    assert read(KEY) is None
    assert store.is_good(KEY) is (name == PATHS)
    assert store.ensure(KEY, simulated, {}) is True
    assert read(KEY) is not None


def test_a_disk_that_loses_what_it_was_given_is_told(
    store: SimulationStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that does not read back right after writing stops the job, in words."""
    monkeypatch.setattr(stores.Shelf, "open", lambda *_: None)
    with pytest.raises(StoreError, match="does not read back"):
        store.ensure(KEY, simulated, {})
