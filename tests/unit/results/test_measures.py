"""The registry of measures: what is shown to readers is named, defined and honest about its kind."""

import string

import numpy as np
import pytest
from tests.unit.results.company import a_run

from tandem import units
from tandem.results.measures import MEASURES, Measure, compute

EVENTS = ("sales_target_met", "customers_target_met", "both_targets_met", "cash_kept", "ruined")


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.name)
def test_every_measure_has_a_known_unit_and_words_in_both_languages(measure: Measure):
    """A number without a unit or a definition is shown to nobody."""
    assert units.unit(measure.unit).name == measure.unit
    for words in (measure.label, measure.definition):
        assert set(words) == {"en", "zh"}
        assert all(text.strip() == text and text for text in words.values())
        assert any(ord(character) > 0x4E00 for character in words["zh"])
        assert words["en"].isascii() or "²" in words["en"]
    assert measure.definition["en"] != measure.label["en"]
    assert not measure.label["en"].endswith(".")
    assert 1 <= measure.digits <= 4


def test_names_are_identifiers_and_keys():
    """results.json, pages and scorecards call a measure by one name."""
    allowed = set(string.ascii_lowercase + string.digits + "_")
    for name, measure in MEASURES.items():
        assert name == measure.name
        assert set(name) <= allowed
    labels = [m.label["en"] for m in MEASURES.values()]
    assert len(set(labels)) == len(labels), "two measures with one label cannot be told apart"


def test_a_measure_named_for_a_year_says_so():
    """Who reads a label or a definition sees which year is meant."""
    for name, measure in MEASURES.items():
        year = name.rpartition("_")[2]
        if year.isdigit():
            assert year in measure.label["en"] and year in measure.label["zh"], name


def test_events_are_probabilities_and_nothing_else_is():
    """An event is 0 or 1 in each draw and has the unit of a probability."""
    found = compute(a_run())
    for name, measure in MEASURES.items():
        assert measure.is_event == (name in EVENTS) == (measure.unit == "prob"), name
        if measure.is_event:
            assert set(np.unique(found[name])) <= {0.0, 1.0}


def test_the_registry_cannot_be_changed():
    """One registry feeds every page of a run."""
    with pytest.raises(TypeError):
        MEASURES["npv"] = MEASURES["ruined"]  # type: ignore[index]  # that it is refused is the test
    with pytest.raises(TypeError):
        MEASURES["npv"].label["en"] = "Profit"  # type: ignore[index]  # as above


def test_what_is_good_is_said_once():
    """Costs and losses are better lower, what the company is after is better higher."""
    better = {name: measure.better for name, measure in MEASURES.items()}
    assert better["npv"] == better["both_targets_met"] == better["cash_kept"] == "higher"
    assert (
        better["lost_sales_no_people"] == better["ruined"] == better["people_cost_2027"] == "lower"
    )
    assert set(better.values()) == {"higher", "lower", "neither"}
