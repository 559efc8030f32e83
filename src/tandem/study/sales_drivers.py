"""Drivers of sales as simulated: the leaves of the driver tree, in 2026 and in the target year.

Answers: exposure, availability, lead conversion, service, win rate, customers, repeat orders and the
value of an order, by month, quarter or year, in every future; their growth over 2026. Leaves out
what was declared of them (`tandem.study.objectives`).

Sales are in prices of the day here, as the target is. Who may import it: the modules of
`tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from tandem import units
from tandem.model.anchor import anchor
from tandem.model.objectives import sales_leaves
from tandem.model.types import Array, Inputs

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "TARGET_YEAR",
    "Months",
    "driver_growth",
    "driver_leaves",
    "driver_months",
    "leaves_2026",
]

TARGET_YEAR = int(units.FIRST_MONTH[:4]) + 1
TARGET_MONTHS = units.year_slice(TARGET_YEAR)
YEAR = units.MONTHS_PER_YEAR
#: Variables by month, (12, market, draw).
Months = Mapping[str, Array]
_FLOWS = ("leads", "served", "new_customers", "orders", "sales")
_LEVELS = ("awareness", "coverage", "customers")


def leaves_2026(inputs: Inputs) -> dict[str, Array]:
    """Drivers of 2026's sales as anchored, each (d,); nothing is simulated."""
    base = inputs.base.parameters
    held = anchor(inputs.structure, base, base)
    of = held.reference
    found = {name: np.asarray(getattr(of, name)) for name in (*_LEVELS, *_FLOWS)}
    found["contestable_customers"] = np.broadcast_to(held.contestable, of.leads.shape)
    return driver_leaves(found, YEAR)


def driver_months(study: Study, when: slice = TARGET_MONTHS) -> tuple[Months, Months]:
    """Variables of 2026 and of the model months ``when``, month against the same month of 2026.

    By default those of the target year. Sales are in prices of the day.
    """
    results = study.results
    calendar = units.calendar_month(np.arange(units.HORIZON)[when])

    def read(name: str) -> Array:
        array = results[name]
        order = [d for d in ("month", "calendar", "market", "draw") if d in array.dims]
        return np.asarray(array.transpose(*order).values, dtype=float)

    names = (*_LEVELS, *_FLOWS)
    then = {name: read(f"{name}_reference")[calendar] for name in names}
    contestable = read("contestable_customers_reference")
    then["contestable_customers"] = np.broadcast_to(contestable, then["leads"].shape)
    now = {name: read(name)[when] for name in (*names, "contestable_customers")}
    now["sales"] = now["sales"] * read("price_index")[when][:, None]
    return then, now


def driver_leaves(months: Months, length: int) -> dict[str, Array]:
    """Drivers by period of ``length`` months, (period, d); of a whole year (d,).

    Exposure counts the contestable customers who know us in markets where we can be bought.
    """
    known = months["contestable_customers"] * months["awareness"] * (months["coverage"] > 0)

    def total(values: Array) -> Array:
        paths = values.sum(axis=1)
        return np.asarray(paths.reshape(len(paths) // length, length, -1).sum(axis=1))

    found = sales_leaves(
        exposed=total(known),
        available=total(known * months["coverage"]),
        customers=total(months["customers"]) / length,
        **{name: total(months[name]) for name in _FLOWS},
    )
    return {name: values[0] if length == YEAR else values for name, values in found.items()}


def driver_growth(then: Months, now: Months, leaf: str, length: int) -> Array:
    """Growth of a driver over the same periods of 2026, (period, d)."""
    was, found = (np.atleast_2d(driver_leaves(months, length)[leaf]) for months in (then, now))
    return np.divide(found, was, out=np.zeros(np.broadcast(found, was).shape), where=was > 0)
