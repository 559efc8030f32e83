"""Paths of a run as a labelled dataset: nothing renamed, nothing lost, everything with a unit."""

import numpy as np
import pytest
from tests.fixtures.simulations import assumptions, trajectory

from tandem import units
from tandem.model.types import LINES
from tandem.results.dataset import COMPANY, MARKET, POSITION, REFERENCE, to_paths
from tandem.study.simulation import labels_of

DRAWS = 16
FIRST = 100


@pytest.fixture(scope="module")
def run():
    """The launch told late, sixteen draws."""
    return trajectory("lower-tier-at-launch", DRAWS)


@pytest.fixture(scope="module")
def paths(run):
    """The same as a dataset whose first draw is number 100."""
    return to_paths(run, labels_of(assumptions("lower-tier-at-launch")), FIRST)


def test_every_path_is_the_trajectorys_own(run, paths):
    """The dataset only names what was simulated."""
    for group, listed in ((run.market, MARKET), (run.position, POSITION), (run.company, COMPANY)):
        for name in listed:
            assert np.array_equal(paths[name].values, group[name]), name
    assert np.array_equal(paths["ledger"].values, run.ledger)
    assert np.array_equal(paths["ledger_2026"].values, run.ledger_2026)
    assert np.array_equal(paths["contribution"].values, run.contribution)
    assert np.array_equal(paths["leads_by_source"].values, run.leads_by_source)
    for name in REFERENCE:
        of_2026 = getattr(run.anchor.reference, name)
        assert np.array_equal(paths[f"{name}_reference"].values, of_2026), name
    contestable = paths["contestable_customers_reference"].values
    assert np.array_equal(contestable, run.anchor.contestable)


def test_every_path_has_a_unit_and_words_in_both_languages(paths):
    """A figure takes unit and label from the data, so every variable brings them."""
    for name, variable in paths.data_vars.items():
        assert units.unit(variable.attrs["units"]).name == variable.attrs["units"], name
        assert variable.attrs["label_en"], name
        assert any(ord(character) > 0x4E00 for character in variable.attrs["label_zh"]), name
        assert variable.dims[-1] == "draw", name
        assert np.isfinite(variable.values).all(), name


def test_axes_are_named_by_what_they_run_along(run, paths):
    """Months, markets, positions, ledger lines, sources and draws are found by name."""
    s = run.structure
    assert list(paths["month"].values[[0, -1]]) == ["2026-10", "2029-12"]
    assert list(paths["market"].values) == list(s.markets)
    assert list(paths["position"].values) == list(s.positions)
    assert list(paths["role"].values) == list(s.roles)
    assert list(paths["place"].values) == list(s.places)
    assert list(paths["line"].values) == list(LINES)
    assert list(paths["source"].values) == ["organic", *s.touchpoints]
    assert list(paths["calendar"].values) == list(range(1, 13))
    assert list(paths["draw"].values) == list(range(FIRST, FIRST + DRAWS))


def test_names_have_readers_words(paths):
    """Axes carry what readers call their entries, in both languages."""
    core = paths.sel(market="core")
    assert core["market_label_en"].item() == "Core cities"
    assert core["market_label_zh"].item() == "核心城市"
    trainer = paths.sel(position="trainer@company")
    assert trainer["role_label_en"].item() == "Trainer"
    assert trainer["place_label_en"].item() == "Company-wide"
    assert paths.sel(line="tax")["line_label_zh"].item() == "所得税"
    assert paths.sel(source="organic")["source_label_en"].item() == "Without media"


def test_a_new_path_of_the_month_is_shown_or_left_out_on_purpose(run):
    """What the run keeps and the dataset does not is listed here: the model's own working paths."""
    working = {
        "market": {"opening_backlog", "contact_crew"},
        "position": {"closing_heads", "opening_requisitions", "need_ratio"},
        "company": {"overdue", "working_capital"},
    }
    for name, listed in (("market", MARKET), ("position", POSITION), ("company", COMPANY)):
        assert set(getattr(run, name)) - set(listed) == working[name]
