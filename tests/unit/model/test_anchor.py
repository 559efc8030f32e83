"""A base year that cannot have been is refused, with the number to look at."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.unit.model.company import altered, base_inputs

from tandem.model.anchor import AnchorError, anchor
from tandem.model.parameters import Parameters
from tandem.model.types import WORKS

CORE = 0


def of_core(value: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], np.ndarray]:
    """A change of the first market's row alone."""

    def change(old: np.ndarray) -> np.ndarray:
        old[CORE] = value(old[CORE])
        return old

    return change


def anchored(params: Parameters):
    """The anchor of altered parameters, whose central ones stay the same."""
    given = base_inputs()
    assert given.central is not None
    return anchor(given.structure, params, given.central.base.parameters)


def without_contacts(params: Parameters) -> Parameters:
    """Nobody does contacts."""

    def idle(work: np.ndarray) -> np.ndarray:
        work[WORKS.index("contacts")] = 0.0
        return work

    return altered(params, "people", work=idle)


REFUSED: dict[str, tuple[str, str, Callable[[Parameters], Parameters]]] = {
    "known by one in a hundred after much advertising": (
        "awareness_2026",
        "does not go with media",
        lambda p: altered(p, "market", awareness_2026=of_core(lambda old: old * 0 + 0.01)),
    ),
    "sales without anybody who sells": (
        "markets.core",
        "nobody is placed there",
        without_contacts,
    ),
    "customers without shops": (
        "new_customers_2026",
        "wins nobody",
        lambda p: altered(p, "market", coverage_2026=of_core(lambda old: old * 0.0)),
    ),
    "a market open without customers": (
        "new_customers_2026",
        "wins nobody",
        lambda p: altered(p, "market", new_customers_2026=of_core(lambda old: old * 0.0)),
    ),
    "more new customers than are served": (
        "share_of_contestable",
        "would have to buy",
        lambda p: altered(p, "market", share_of_contestable=of_core(lambda old: old * 0 + 0.9)),
    ),
    "more first orders than sales": (
        "sales_2026",
        "first orders alone",
        lambda p: altered(p, "market", sales_2026=of_core(lambda old: old * 0.01)),
    ),
    "outlets lost faster than there are": (
        "outlet_loss",
        "more outlets in a month than are left",
        lambda p: altered(
            altered(p, "market", coverage_2026=of_core(lambda old: old * 0 + 0.99)),
            "workforce",
            outlet_loss=lambda old: old * 0 + 0.3,
        ),
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_impossible_base_year_is_refused(name: str):
    """Numbers of 2026 that contradict each other are named, never bent until they fit."""
    path, message, change = REFUSED[name]
    with pytest.raises(AnchorError, match=message) as refused:
        anchored(change(base_inputs().base.parameters))
    assert path in refused.value.path


def test_a_possible_base_year_keeps_every_stock_in_its_range():
    """Shares are shares, hazards and rates are not negative, and there are people and customers."""
    found = anchored(base_inputs().base.parameters)
    for share in (found.awareness_decay, found.awareness_spill, found.reference.coverage):
        assert (share >= 0.0).all() and (share <= 1.0).all()
    existing = [k for k, own in enumerate(base_inputs().structure.existing) if own]
    for stock in (found.contestable, found.contacts, found.cohorts.sum(axis=1), found.pool):
        assert (stock[existing] > 0.0).all()
    assert (found.hazard > 0.0).all() and (found.opening_rate >= 0.0).all()
    assert (found.adopters <= found.pool).all()
