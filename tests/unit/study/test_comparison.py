"""A measure's summary and the paired difference of two scenarios, with honest intervals."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from tandem.study.comparison import difference_table, measure_table, summary


def measure(unit: str, *, is_event: bool) -> Any:
    """A registered measure."""
    return SimpleNamespace(label={"en": f"in {unit}", "zh": "量"}, unit=unit, is_event=is_event)


MEASURES = {"npv": measure("CNY", is_event=False), "met": measure("prob", is_event=True)}


def test_a_mean_and_its_standard_error() -> None:
    """The standard error of a mean is sd / sqrt(n)."""
    found = summary(np.arange(1.0, 101.0), is_event=False)
    assert found["mean"] == 50.5 and found["p50"] == 50.5
    assert found["p10"] == pytest.approx(10.9) and found["p90"] == pytest.approx(90.1)
    assert found["se"] == pytest.approx(np.sqrt(100 * 101 / 12) / 10)


def test_a_probability_and_its_standard_error() -> None:
    """That of a probability is sqrt(p (1 - p) / n); nothing else is said of an event."""
    found = summary(np.repeat([1.0, 0.0], [30, 70]), is_event=True)
    assert found == {"probability": 0.3, "se": pytest.approx(np.sqrt(0.3 * 0.7 / 100))}


def test_few_or_no_draws() -> None:
    """One draw has no spread; none is an error, not a NaN."""
    assert summary(np.array([2.0]), is_event=False)["se"] == 0.0
    with pytest.raises(ValueError, match="without draws"):
        summary(np.array([]), is_event=False)


def test_pairing_takes_out_what_is_common() -> None:
    """Two scenarios that share their luck differ by what was decided, and by that alone."""
    luck = np.random.default_rng(1).normal(0, 100, 2000)
    decided = np.random.default_rng(2).normal(5, 1, 2000)
    draws = {"npv": (luck + decided, luck)}
    row = difference_table("a", "b", draws, MEASURES, "en").loc["npv"]
    assert row["difference"] == pytest.approx(5, abs=0.1)
    assert row["high"] - row["low"] == pytest.approx(2 * 1.96 / np.sqrt(2000), rel=0.1)
    assert row["p10"] == pytest.approx(5 - 1.28, abs=0.15) and row["share_higher"] == 1.0
    assert row["label"] == "in CNY" and row["unit"] == "CNY"


def test_a_difference_of_events_is_one_of_probabilities() -> None:
    """70 of 100 futures against 30 of the same 100."""
    mine, theirs = np.repeat([1.0, 0.0], [70, 30]), np.repeat([1.0, 0.0], [30, 70])
    row = difference_table("a", "b", {"met": (mine, theirs)}, MEASURES, "zh").loc["met"]
    assert row["difference"] == pytest.approx(0.4) and row["label"] == "量"
    assert row["low"] == pytest.approx(0.4 - 1.96 * np.sqrt(0.24 * 100 / 99 / 100), abs=1e-4)


def test_the_table_of_measures() -> None:
    """One row a measure with its unit; what does not apply is empty."""
    draws = {"npv": np.array([1.0, 3.0]), "met": np.array([1.0, 0.0])}
    found = measure_table(draws, MEASURES, "en")
    assert list(found.index) == ["npv", "met"] and found.index.name == "measure"
    assert found.loc["npv", "mean"] == 2.0 and np.isnan(found.loc["npv", "probability"])
    assert found.loc["met", "probability"] == 0.5 and np.isnan(found.loc["met", "mean"])
