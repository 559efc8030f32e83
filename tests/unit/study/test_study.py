"""A study opened in Python: one scenario at a time, any two on the same futures."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import DRAWS, SEED, tiny_study

from tandem import load_study
from tandem.assumptions.refusals import Refusal
from tandem.results.measures import MEASURES
from tandem.study import Study
from tandem.study.record import RECORD, read_record
from tandem.study.study import LEFT_OUT, UnknownScenario

FIRST, SECOND = "do-nothing", "lower-tier-expansion"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study; what is simulated stays stored for all tests of this file."""
    return tiny_study(tmp_path_factory.mktemp("study"))


@pytest.fixture
def study(project: Path) -> Study:
    """Its second scenario."""
    return load_study(SECOND, project=project)


def test_a_study_opens_with_its_settings(project: Path, study: Study) -> None:
    """Draws and seed come from the settings unless the caller says otherwise."""
    assert (study.draws, study.seed, study.scenario) == (DRAWS, SEED, SECOND)
    assert study.scenarios == (FIRST, SECOND)
    assert load_study(project=project).scenario == FIRST
    assert load_study(SECOND, draws=8, seed=3, project=str(project)).draws == 8
    assert repr(study) == f"<Study '{SECOND}', 64 futures, seed 1>"
    assert load_study(FIRST, project=project, language="zh").label == "维持现状"


def test_what_does_not_exist_is_told(project: Path) -> None:
    """Names, languages and numbers that make no sense are refused in words."""
    with pytest.raises(UnknownScenario, match="no scenario 'nowhere'; there are: do-nothing"):
        load_study("nowhere", project=project)
    with pytest.raises(ValueError, match="language"):
        load_study(project=project, language="fr")
    with pytest.raises(ValueError, match="draws"):
        load_study(project=project, draws=1)
    with pytest.raises(Refusal, match="did you mean"):
        _ = load_study(project=project, overrides=["customers.patienc=1"]).assumptions


def test_measures_have_units_and_ranges(study: Study) -> None:
    """One row for every registered measure, none of them NaN where it applies."""
    table = study.measures()
    assert set(table.index) == set(MEASURES)
    events = {name for name, measure in MEASURES.items() if measure.is_event}
    assert set(table.index[table["probability"].notna()]) == events
    assert set(table.index[table["mean"].notna()]) == set(MEASURES) - events
    assert table["se"].notna().all() and (table["unit"] != "").all()
    npv = study.draws_of("npv")
    assert npv.shape == (DRAWS,) and npv.dtype == np.float64
    assert table.loc["npv", "mean"] == pytest.approx(npv.mean())
    with pytest.raises(KeyError):
        study.draws_of("no-such-measure")


def test_two_scenarios_meet_the_same_futures(study: Study) -> None:
    """A difference is taken future by future, and is nought against oneself."""
    table = study.compare(FIRST)
    expected = study.draws_of("npv") - study.of(FIRST).draws_of("npv")
    assert table.loc["npv", "difference"] == pytest.approx(expected.mean())
    assert table.loc["npv", "low"] < table.loc["npv", "difference"] < table.loc["npv", "high"]
    assert (study.compare(study)["difference"] == 0).all()
    back = study.of(FIRST).compare(SECOND)
    assert back.loc["npv", "difference"] == pytest.approx(-expected.mean())
    assert study.of(FIRST) is study.of(FIRST).of(FIRST)


def test_other_futures_are_not_compared(study: Study, project: Path) -> None:
    """Scenarios of another seed met other luck; the difference would mean nothing."""
    with pytest.raises(ValueError, match="different futures"):
        study.compare(load_study(FIRST, seed=99, project=project))


def test_a_first_and_a_second_reading_show_the_same_bits(study: Study, project: Path) -> None:
    """What was computed and what is read back do not differ, paths included."""
    assert study.ensure(anew=True) is True
    before = study.results["cash"].values.copy(), study.draws_of("npv")
    again = load_study(SECOND, project=project)
    np.testing.assert_array_equal(again.results["cash"].values, before[0])
    np.testing.assert_array_equal(again.draws_of("npv"), before[1])
    assert again.ensure() is False and again.simulation == study.simulation


def test_a_damaged_simulation_is_made_again(study: Study, project: Path) -> None:
    """A flipped bit in the store is found out, and the numbers are those of before."""
    npv = study.draws_of("npv")
    path = project / "build" / "store" / study.simulation / "measures.nc"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(bytes(data))
    np.testing.assert_array_equal(load_study(SECOND, project=project).draws_of("npv"), npv)


def test_the_hash_names_what_was_assumed(study: Study, project: Path) -> None:
    """Other futures, another seed or a replaced assumption are another simulation."""
    others = [
        load_study(SECOND, draws=65, project=project).simulation,
        load_study(SECOND, seed=2, project=project).simulation,
        load_study(SECOND, overrides=["finance.credit_limit=1"], project=project).simulation,
        load_study(FIRST, project=project).simulation,
    ]
    assert len({study.simulation, *others}) == 5
    assert load_study(SECOND, language="zh", project=project).simulation == study.simulation


def test_a_notebook_records_what_it_found(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record names the scenario, its numbers, and every simulation that was read."""
    monkeypatch.setenv(RECORD, str(tmp_path / "10-people.record.json"))
    monkeypatch.chdir(study.project / "notebooks")
    study.of(FIRST).draws_of("npv")
    study.record("It pays")
    record = read_record(tmp_path / "10-people.record.json")
    assert (record.scenario, record.title, record.answer) == (SECOND, "People", "It pays")
    assert set(record.headline) == set(MEASURES)
    assert record.simulations == {
        FIRST: study.of(FIRST).simulation,
        SECOND: study.simulation,
    }
    study.record("Both", headline=["npv"], across=True, title="Other")
    record = read_record(tmp_path / "10-people.record.json")
    assert record.scenario is None and list(record.headline) == ["npv"]
    assert record.title == "Other" and set(record.headline["npv"]) == {
        "mean",
        "p10",
        "p50",
        "p90",
        "se",
    }


def test_a_scenario_that_failed_is_left_out(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch names what failed; nothing compares with it by accident."""
    monkeypatch.setenv(LEFT_OUT, FIRST)
    study = load_study(project=project)
    assert study.scenario == SECOND and study.scenarios == (SECOND,)
    assert study.left_out == (FIRST,)
    with pytest.raises(UnknownScenario, match="it failed in this run"):
        study.of(FIRST)


def test_importing_tandem_loads_nothing_heavy() -> None:
    """`import tandem` is free; numpy and the rest come with the first study."""
    code = (
        "import sys, tandem, tandem.cli, tandem.batch.plan\n"
        "heavy = {'numpy', 'pandas', 'xarray', 'pydantic', 'matplotlib', 'papermill', 'ruamel.yaml'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
