"""Studies that could be bought: what the file says, and what is refused with its place."""

import shutil
from pathlib import Path

import pytest
from tests.fixtures.simulations import assumptions
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.enquiries import ENQUIRIES, read_enquiries
from tandem.assumptions.refusals import Refusal

KNOWN = assumptions("do-nothing").estimates


def test_each_study_says_what_it_asks_costs_and_takes() -> None:
    """An offer has a price, a duration, a sample and something uncertain to ask about."""
    found = read_enquiries(REPOSITORY, KNOWN)
    assert len(found) >= 3
    for enquiry in found.values():
        assert all(KNOWN[path].uncertain for path in enquiry.informs)
        assert enquiry.cost.median > 0 and enquiry.takes.median > 0 and enquiry.cost.source


def test_a_study_without_offers_asks_nothing(tmp_path: Path) -> None:
    """The file may be absent."""
    assert read_enquiries(tmp_path, KNOWN) == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("markets.lower_tier.pool_ratio", "markets.lower_tier.pool_ration", "did you mean markets.lower_tier.pool_ratio"),
        ("markets.lower_tier.opening_ratio", "markets.lower_tier.utility_shift", "stands there twice"),
        ("{fixed: 260000, unit: CNY}", "{uniform: [1, 2], unit: CNY}", "an offer, not a belief"),
        ("{fixed: 3, unit: week}", "{fixed: 3}", "unit"),
        ("takes: {fixed: 3, unit: week}", "taks: {fixed: 3, unit: week}", "did you mean takes"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path: Path, old: str, new: str, said: str) -> None:
    """A mistyped path, a price that is a range, a missing unit: each with file and line."""
    (tmp_path / "params").mkdir()
    shutil.copy(REPOSITORY / ENQUIRIES, tmp_path / ENQUIRIES)
    text = (tmp_path / ENQUIRIES).read_text("utf-8")
    assert text.count(old) == 1, old
    (tmp_path / ENQUIRIES).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(Refusal) as refusal:
        read_enquiries(tmp_path, KNOWN)
    assert said in str(refusal.value)
    assert f"{ENQUIRIES}:" in str(refusal.value)
