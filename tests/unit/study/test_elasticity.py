"""Elasticities as data: which change, which outcome, which horizon, beside which benchmark."""

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.study import elasticity
from tandem.study.elasticity import HORIZONS, OUTCOMES, Elasticity, elasticities, facts

DRAWS = 4


@pytest.fixture(scope="module")
def found() -> tuple[Elasticity, ...]:
    """Elasticities of do-nothing, four draws."""
    return elasticities(REPOSITORY, "do-nothing", DRAWS)


def test_every_cause_is_told_by_horizon_and_outcome(found):
    """Three causes, two horizons, two outcomes, each once, with its range in order."""
    keys = [(e.cause, e.horizon, e.outcome) for e in found]
    causes = ("price", "media", "field_force")
    assert sorted(keys) == sorted((c, h, o) for c in causes for h in HORIZONS for o in OUTCOMES)
    for e in found:
        assert e.p10 <= e.median <= e.p90
        assert np.isfinite([e.p10, e.median, e.p90]).all()


def test_dearer_sells_less_and_more_media_or_people_sell_more(found):
    """The signs are those of any market."""
    first_year = {(e.cause, e.outcome): e.median for e in found if e.horizon == "short"}
    assert first_year["price", "orders"] < -1.0
    assert first_year["media", "new_customers"] > 0.0
    assert first_year["field_force", "new_customers"] > 0.0


def test_facts_carry_what_a_page_says(monkeypatch, found):
    """Words in both languages, the value with its range, and the published average of its cause."""
    monkeypatch.setattr(elasticity, "elasticities", lambda *arguments: found)
    told = facts(REPOSITORY, "do-nothing", DRAWS)
    rows = told["facts"]["elasticities"]
    assert told["schema"] == 1
    assert len({row["id"] for row in rows}) == len(rows) == len(found)
    for row, e in zip(rows, found, strict=True):
        assert (row["value"], row["p10"], row["p90"]) == (e.median, e.p10, e.p90)
        assert set(row["label"]) == set(row["outcome"]) == {"en", "zh"}
        assert row["unit"] == "1"
    benchmarks = {row["id"]: row["benchmark"] for row in rows}
    assert benchmarks["price-short-orders"].startswith("-2.62")
    assert benchmarks["media-long-orders"].startswith("0.24")
    assert benchmarks["field_force-short-new-customers"].startswith("0.34")


def test_only_what_is_sold_today_is_changed():
    """Price and media rise where we are open, field force where reps open outlets now."""
    changes = elasticity._changes(REPOSITORY, "do-nothing", ())
    assert not any("lower_tier" in text for texts in changes.values() for text in texts)
    assert "markets.core.price@2027-01=1.05" in changes["price"]
    assert len(changes["price"]) == len(changes["media"]) == 2
    heads = [text for text in changes["field_force"] if "added_heads" in text]
    assert heads == ["roles.field_rep.places.core.added_heads@2027-01=7.75"]


def test_the_same_study_gives_the_same_elasticities(found):
    """Facts of a page can be computed again, and follow what is set by hand."""
    again = elasticities(REPOSITORY, "do-nothing", DRAWS)
    assert again == found
    patient = ("demand.price_logit=3.31",)
    softer = elasticities(REPOSITORY, "do-nothing", DRAWS, overrides=patient)
    price = [
        e.median for e in softer if (e.cause, e.horizon, e.outcome) == ("price", "short", "orders")
    ]
    (usual,) = (
        e.median for e in found if (e.cause, e.horizon, e.outcome) == ("price", "short", "orders")
    )
    assert price[0] > usual
