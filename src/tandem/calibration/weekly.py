"""Weekly records of sales and spend by touchpoint, and lift tests beside them.

What it answers: sales, spend and controls by week as arrays, and experiments with their increment
and its standard error; or everything that is wrong with either, each with its row.

What it leaves out: the response curves (`response`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem.calibration.refused import message, refuse_missing, suggestion

__all__ = ["TESTS", "LiftTest", "Weekly", "lift_tests", "weekly_table"]

LIFT_COLUMNS = (
    *("touchpoint", "weeks", "spend", "spend_change", "incremental_sales", "standard_error"),
)
WEEK = np.timedelta64(7, "D")
TESTS = "lift tests"  # how a refusal of them begins

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Weekly:
    """Consecutive weeks: sales (week,), spend (week, touchpoint), controls (week, control).

    `week` holds first days; sales and spend are money a week, `touchpoints` and `control_names` name
    the columns.
    """

    week: NDArray[np.datetime64]
    sales: Floats
    spend: Floats
    touchpoints: tuple[str, ...]
    controls: Floats
    control_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LiftTest:
    """An experiment in some regions, scaled to the whole market.

    For `weeks` weeks the spend on a touchpoint was `spend` + `change` a week instead of a steady
    `spend`; sales of those weeks together were `increment` higher, with standard error `se`; money.
    """

    touchpoint: str
    weeks: int
    spend: float
    change: float
    increment: float
    se: float


def weekly_table(
    records: pd.DataFrame, touchpoints: Sequence[str], controls: Sequence[str] = ()
) -> Weekly:
    """Check records, one row a week: `week` (its first day), `sales`, spend by touchpoint, controls.

    Raises ValueError with every row that cannot be used, rows as in a spreadsheet whose first row
    holds the names of columns: a date that is none or does not follow the one before by seven days,
    sales or a control that is no finite number, spend that is negative or no number; and a touchpoint
    on which nothing was ever spent.
    """
    what, found = "weekly records", [str(name) for name in records.columns]
    refuse_missing(what, ("week", "sales", *touchpoints, *controls), found)
    if records.empty or not touchpoints:
        raise ValueError(f"{what}: needs rows and at least one touchpoint")
    refusals: list[tuple[int, str]] = []
    dates = pd.to_datetime(records["week"], format="%Y-%m-%d", errors="coerce").to_numpy()
    for row in np.flatnonzero(np.isnat(dates)):
        refusals.append(
            (int(row), f"week {records['week'].tolist()[row]!r} is no date; write YYYY-MM-DD")
        )
    for row in np.flatnonzero((np.diff(dates) != WEEK) & ~np.isnat(np.diff(dates))) + 1:
        before, due = str(dates[row - 1])[:10], str(dates[row - 1] + WEEK)[:10]
        refusals.append(
            (int(row), f"week {str(dates[row])[:10]} follows {before}; every week is needed once, in "
             f"order: {due} is due")
        )  # fmt: skip
    sales = _numbers(records, "sales", refusals)
    spend = np.column_stack([_numbers(records, name, refusals) for name in touchpoints])
    for row, place in np.argwhere(spend < 0):
        refusals.append((int(row), f"{touchpoints[place]} {spend[row, place]:g} is negative spend"))
    further = [_numbers(records, name, refusals) for name in controls]
    if refusals:
        raise ValueError(message(what, refusals))
    idle = [n for n, total in zip(touchpoints, spend.sum(axis=0), strict=True) if total <= 0]
    if idle:
        raise ValueError(f"{what}: {', '.join(idle)}: no spend in any week; leave it out")
    values = np.column_stack(further) if further else np.empty((len(records), 0))
    return Weekly(dates, sales, spend, tuple(touchpoints), values, tuple(controls))


def lift_tests(records: pd.DataFrame, touchpoints: Sequence[str]) -> list[LiftTest]:
    """Check experiments, one row each, columns as LIFT_COLUMNS, money a week and in all.

    Raises ValueError with every row that cannot be used: a touchpoint that is not among
    ``touchpoints``, a length that is no whole number of weeks, spend that would be negative, no
    change of spend, a number that is not finite, a standard error that is not above 0.
    """
    what = TESTS
    refuse_missing(what, LIFT_COLUMNS, [str(name) for name in records.columns])
    refusals: list[tuple[int, str]] = []
    numbers = [_numbers(records, name, refusals) for name in LIFT_COLUMNS[1:]]
    names = [str(name) for name in records["touchpoint"]]
    for row, (name, weeks, spend, change, _increment, se) in enumerate(
        zip(names, *numbers, strict=True)
    ):
        if name not in touchpoints:
            refusals.append((row, f"no touchpoint {name!r}{suggestion(name, touchpoints)}"))
        if weeks < 1 or weeks % 1:
            refusals.append((row, f"weeks {weeks:g} is no whole number of weeks"))
        if spend < 0 or spend + change < 0:
            refusals.append((row, f"spend {spend:g} changed by {change:g} would be negative"))
        if change == 0:
            refusals.append((row, "spend_change is 0: nothing was tested"))
        if se <= 0:
            refusals.append((row, f"standard_error {se:g} must be above 0"))
    if refusals:
        raise ValueError(message(what, refusals))
    return [
        LiftTest(name, int(weeks), *(float(value) for value in rest))
        for name, weeks, *rest in zip(names, *numbers, strict=True)
    ]


def _numbers(records: pd.DataFrame, name: str, refusals: list[tuple[int, str]]) -> Floats:
    """A column as numbers, what is none or not finite being refused."""
    numbers = pd.to_numeric(records[name], errors="coerce").to_numpy(dtype=float)
    for row in np.flatnonzero(~np.isfinite(numbers)):
        refusals.append((int(row), f"{name} {records[name].tolist()[row]!r} is no finite number"))
    return np.asarray(numbers)
