"""Leavers' records: who came, who left, and from when to when anybody was looking.

What it answers: tenure in months, whether it ended or was still going on when observation ended,
from which tenure on the person was observed, and what is known of the person.

What it leaves out: the estimates (`survival`, `lifetimes`, `bands`, `proportional`), and what changes while
a person is here: a covariate is one number a person.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem.calibration.refused import message, refuse_missing, suggestion
from tandem.units import DAYS_PER_MONTH

__all__ = ["Leavers", "leavers_table", "refuse_unknown_roles"]

NEEDED = ("start", "end", "observed_until")
OBSERVED_FROM = "observed_from"
WHAT = "leavers' records"


@dataclass(frozen=True, slots=True)
class Leavers:
    """People at risk of leaving, one entry a person.

    `entry` and `tenure` are months since hire, (person,): observation begins after the first and
    ends with the second, `entry` < `tenure`. `left` (person,) says whether tenure ended there.
    `values` (person, covariate) belongs to `names`; a text column NAME has become indicators
    "NAME=level", its first level in alphabetical order being the reference.
    """

    entry: NDArray[np.float64]
    tenure: NDArray[np.float64]
    left: NDArray[np.bool_]
    values: NDArray[np.float64]
    names: tuple[str, ...] = ()

    def columns(self, names: Sequence[str] | None) -> tuple[NDArray[np.float64], tuple[str, ...]]:
        """Covariates by name, (person, covariate), with their names; all of them for None.

        A text column's name stands for all of its indicators. Raises ValueError for one unknown.
        """
        chosen: list[int] = []
        for name in self.names if names is None else names:
            hits = [k for k, n in enumerate(self.names) if n == name or n.startswith(f"{name}=")]
            if not hits:
                raise ValueError(f"no covariate {name!r}{suggestion(name, self.names)}")
            chosen += hits
        return self.values[:, chosen], tuple(self.names[k] for k in chosen)


def leavers_table(records: pd.DataFrame, covariates: Sequence[str] = ()) -> Leavers:
    """Check records, one row a person, and turn their dates into months of tenure.

    Columns: `start`, first day of work; `end`, the last one, empty for those who are still here;
    `observed_until`, last day for which the records are complete; `observed_from`, the first such
    day where records begin later than some people's hire (left truncation: who had left before it
    is not in the records), may be absent or empty; and ``covariates``, numbers or texts. Dates as
    YYYY-MM-DD. First and last day count both, so the shortest tenure is one day; an `end` after
    `observed_until` is not known yet and counts as still here. Source: Klein, J. P. and
    Moeschberger, M. L. (2003), Survival analysis, 2nd ed., sections 3.2 to 3.4.

    Raises ValueError with every row that cannot be true and its reason, rows as in a spreadsheet
    whose first row holds the names of columns.
    """
    found = [str(name) for name in records.columns]
    refuse_missing(WHAT, (*NEEDED, *covariates), found)
    if records.empty:
        raise ValueError(f"{WHAT}: no rows; at least one person is needed")
    refusals: list[tuple[int, str]] = []
    start = dates(records, "start", refusals)
    end = dates(records, "end", refusals, optional=True)
    until = dates(records, "observed_until", refusals)
    since = start
    if OBSERVED_FROM in found:
        since = dates(records, OBSERVED_FROM, refusals, optional=True).fillna(start)
    parts = [_covariate(records, name, refusals) for name in covariates]
    refusals += _impossible(start, end, since, until)
    if refusals:
        raise ValueError(message(WHAT, refusals))
    last = end.where(end <= until, until)  # a missing end is not <= anything
    values = [values for part in parts for values in part.values()]
    return Leavers(
        entry=np.maximum(_months(since, start), 0.0),
        tenure=_months(last, start - pd.Timedelta(days=1)),
        left=(end <= until).to_numpy(dtype=bool),
        values=np.column_stack(values) if values else np.empty((len(records), 0)),
        names=tuple(name for part in parts for name in part),
    )


def refuse_unknown_roles(records: pd.DataFrame, roles: Sequence[str]) -> None:
    """Raise ValueError with every row whose `role` is none of ``roles``; records may have no roles."""
    if "role" not in records.columns:
        return
    refusals = [
        (row, f"role {role!r} is not one of the company's{suggestion(str(role), roles)}")
        for row, role in enumerate(records["role"])
        if role not in roles
    ]
    if refusals:
        raise ValueError(message(WHAT, refusals))


def _months(later: pd.Series, earlier: pd.Series) -> NDArray[np.float64]:
    """Months between two columns of dates, (person,)."""
    return np.asarray((later - earlier).dt.days, dtype=float) / DAYS_PER_MONTH


def dates(
    records: pd.DataFrame, name: str, refusals: list[tuple[int, str]], optional: bool = False
) -> pd.Series:
    """A column as dates, NaT where empty; what is no date goes to ``refusals``."""
    column = records[name].reset_index(drop=True)
    empty = column.isna() | (column.astype(str).str.strip() == "")
    read = pd.to_datetime(column.where(~empty), format="%Y-%m-%d", errors="coerce")
    for row in np.flatnonzero(read.isna() & ~empty):
        refusals.append((int(row), f"{name} {column[row]!r} is no date; write YYYY-MM-DD"))
    if not optional:
        refusals += [(int(row), f"{name} is empty") for row in np.flatnonzero(empty)]
    return read


def _covariate(
    records: pd.DataFrame, name: str, refusals: list[tuple[int, str]]
) -> dict[str, NDArray[np.float64]]:
    """A covariate as numbers (person,) by name: itself, or indicators of a text's levels."""
    column = records[name].reset_index(drop=True)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    empty = (column.isna() | (column.astype(str).str.strip() == "")).to_numpy()
    refusals += [(int(row), f"{name} is empty") for row in np.flatnonzero(empty)]
    wrong = ~np.isfinite(numbers) & ~empty
    if not wrong.all() and (pd.api.types.is_numeric_dtype(column) or wrong.sum() < wrong.size / 2):
        for row in np.flatnonzero(wrong):
            refusals.append((int(row), f"{name} {column[row]!r} is no finite number"))
        return {name: numbers}
    text = column.astype(str).str.strip().to_numpy()
    levels = sorted(set(text[~empty]))
    return {f"{name}={level}": np.asarray(text == level, dtype=float) for level in levels[1:]}


def _impossible(
    start: pd.Series, end: pd.Series, since: pd.Series, until: pd.Series
) -> Iterator[tuple[int, str]]:
    """Rows whose dates cannot be true together, with the reason; empty dates are left alone."""
    reasons = (
        (
            end < start,
            "end {end} is before start {start}: tenure would be negative; are they swapped?",
        ),
        (until < start, "start {start} is after observed_until {until}"),
        (
            (until < since) & (until >= start),
            "observed_from {since} is after observed_until {until}",
        ),
        (
            (end >= start) & (end < since),
            "end {end} is before observed_from {since}: the records could not have shown this "
            "person; leave the row out",
        ),
    )
    for wrong, text in reasons:
        for row in np.flatnonzero(wrong):
            dates = {"start": start, "end": end, "since": since, "until": until}
            yield int(row), text.format(**{key: str(day[row])[:10] for key, day in dates.items()})
