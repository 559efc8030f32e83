"""Transactions: who bought when and for how much, and each customer's history in a few numbers.

What it answers: from one row a purchase: how often each customer has bought again, when last, how long
ago first, and how much, as the models of buying want it (RFM: recency, frequency, monetary value).

What it leaves out: the models (`bgnbd`, `gamma_gamma`), the table of segments (`rfm`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from tandem.calibration.leavers import dates
from tandem.calibration.refused import message, refuse_missing

__all__ = ["Summary", "checked_history", "summary"]

Floats = NDArray[np.float64]

NEEDED = ("date", "customer", "amount")
FIRST_PURCHASE = "first_purchase"
DAYS_PER_WEEK = 7.0


@dataclass(frozen=True, slots=True)
class Summary:
    """Histories of customers until `end`, one entry a customer, in the order of their names.

    `frequency` counts the days with a purchase after the first such day; `recency` is the time from
    the first purchase to the last, `age` from the first to `end`, both in weeks. `spend` is the mean
    money of a day among the `frequency` repeat ones, 0 for who never came back. `orders` counts all
    purchases and `total` their money.
    """

    customers: tuple[str, ...]
    frequency: Floats
    recency: Floats
    age: Floats
    spend: Floats
    orders: Floats
    total: Floats
    end: pd.Timestamp

    @property
    def count(self) -> int:
        """Number of customers."""
        return len(self.customers)


def summary(records: pd.DataFrame, end: str | None = None) -> Summary:
    """Check transactions, one row a purchase, and sum them up by customer.

    Columns: `date` as YYYY-MM-DD; `customer`, a name or number; `amount`, money, not negative; and
    `first_purchase`, the day a customer is known since, which may be absent. ``end`` is the last day
    for which the records are complete, by default the last day in them. Purchases of one day are one,
    as in Fader, Hardie and Lee (2005), Marketing Science 24(2); one customer alone has a summary too.

    Raises ValueError with every row that cannot be true and what would be right, rows as in a
    spreadsheet whose first row holds the names of columns.
    """
    found = [str(name) for name in records.columns]
    refuse_missing("transactions", NEEDED, found)
    if records.empty:
        raise ValueError("transactions: no rows; at least one purchase is needed")
    refusals: list[tuple[int, str]] = []
    date = dates(records, "date", refusals)
    last = pd.Timestamp(end) if end is not None else date.max()
    amount = _amounts(records["amount"].reset_index(drop=True), refusals)
    customer = records["customer"].reset_index(drop=True)
    unnamed = customer.isna() | (customer.astype(str).str.strip() == "")
    refusals += [(int(row), "customer is empty") for row in np.flatnonzero(unnamed)]
    for row in np.flatnonzero(date > last):
        refusals.append(
            (int(row), f"date {_day(date[row])} is after the records' end {_day(last)}")
        )
    if FIRST_PURCHASE in found:
        first = dates(records, FIRST_PURCHASE, refusals, optional=True)
        for row in np.flatnonzero(date < first):
            refusals.append(
                (
                    int(row),
                    f"date {_day(date[row])} is before this customer's first_purchase "
                    f"{_day(first[row])}: one of the two is wrong",
                )
            )
    if refusals:
        raise ValueError(message("transactions", refusals))
    return _summed(customer.astype(str).str.strip(), date, amount, last)


def checked_history(
    frequency: ArrayLike, recency: ArrayLike, age: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Histories as arrays, (customer,); ValueError for those that cannot be, the first by number.

    Whole frequency x >= 0; 0 <= recency <= age; recency 0 exactly where x is 0.
    """
    x, last, since = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(v, dtype=float)) for v in (frequency, recency, age))
    )
    possible = (x >= 0) & (x == np.rint(x)) & (last >= 0) & (last <= since) & np.isfinite(since)
    possible &= (x > 0) == (last > 0)
    if not possible.all():
        k = int(np.argmin(possible))
        raise ValueError(
            f"customer {k + 1}: frequency {x[k]:g}, recency {last[k]:g}, age {since[k]:g}; frequency is "
            "whole and not negative, 0 <= recency <= age, and recency is 0 where nobody came back"
        )
    return np.array(x), np.array(last), np.array(since)


def _summed(
    customer: "pd.Series[str]", date: pd.Series, amount: Floats, end: pd.Timestamp
) -> Summary:
    frame = pd.DataFrame({"customer": customer, "date": date, "amount": amount})
    days = frame.groupby(["customer", "date"], sort=True)["amount"].sum().reset_index()
    groups = days.groupby("customer", sort=True)
    first, last = groups["date"].min(), groups["date"].max()
    frequency = np.asarray(groups.size(), dtype=np.float64) - 1.0
    total = groups["amount"].sum().to_numpy(dtype=float)
    repeat = total - groups["amount"].first().to_numpy(dtype=float)
    spend = np.divide(repeat, frequency, out=np.zeros_like(repeat), where=frequency > 0)
    return Summary(
        customers=tuple(str(name) for name in first.index),
        frequency=frequency,
        recency=np.asarray((last - first).dt.days, dtype=float) / DAYS_PER_WEEK,
        age=np.asarray((end - first).dt.days, dtype=float) / DAYS_PER_WEEK,
        spend=spend,
        orders=np.asarray(frame.groupby("customer", sort=True).size(), dtype=np.float64),
        total=total,
        end=end,
    )


def _amounts(column: pd.Series, refusals: list[tuple[int, str]]) -> Floats:
    """Money as numbers, (row,); what is none or negative goes to ``refusals``."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    for row in np.flatnonzero(~np.isfinite(numbers)):
        refusals.append((int(row), f"amount {column[row]!r} is no finite number"))
    for row in np.flatnonzero(numbers < 0):
        refusals.append(
            (
                int(row),
                f"amount {numbers[row]:g} is negative: take a return off the purchase that it belongs "
                "to, or leave both out",
            )
        )
    return numbers


def _day(when: Any) -> str:
    return str(when)[:10]
