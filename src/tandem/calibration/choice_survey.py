"""A choice survey's records: who saw which offers in which task, and which one they took.

What it answers: offers as numbers by attribute, grouped by task, or everything that is wrong with
the records, each with its row.

What it leaves out: the estimates (`choice`) and what follows from them (`preference`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem.calibration.refused import FIRST_ROW, message, refuse_missing

__all__ = ["ChoiceSurvey", "choice_table"]

NEEDED = ("respondent", "task", "alternative", "chosen")
WHAT = "choice survey"
REFUSAL = tuple[int, str]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ChoiceSurvey:
    """Offers in the order of their tasks, one row an offer.

    `values` (row, attribute) belongs to `names`; a text column NAME has become indicators
    "NAME=level", its first level in alphabetical order being the reference. `starts` (task,) is the
    first row of each task, `chosen` (row,) has one True a task, `respondent` (task,) numbers people
    from 0.
    """

    values: Floats
    names: tuple[str, ...]
    starts: NDArray[np.int64]
    chosen: NDArray[np.bool_]
    respondent: NDArray[np.int64]


def choice_table(records: pd.DataFrame, attributes: Sequence[str]) -> ChoiceSurvey:
    """Check records, one row an offer shown, and group them by respondent and task.

    Columns: `respondent`, `task`, `alternative` (any key, once a task), `chosen` (1 or 0, one 1 a
    task) and ``attributes``, numbers or texts; a brand's image in the eyes of the respondent is an
    attribute like another. "None of these" is an alternative of its own.

    Raises ValueError with every row that cannot be used and what would be right, rows as in a
    spreadsheet whose first row holds the names of columns: a task with one alternative, with no or
    with two choices, an offer twice, an attribute that is empty, no finite number, or the same in
    all offers of every task, so that no choice can tell of it.
    """
    found = [str(name) for name in records.columns]
    refuse_missing(WHAT, (*NEEDED, *attributes), found)
    if records.empty or not attributes:
        raise ValueError(f"{WHAT}: needs rows and at least one attribute")
    records = records.reset_index(drop=True)
    refusals = [
        (int(row), f"{name} is empty")
        for name in NEEDED
        for row in np.flatnonzero(_empty(records[name]))
    ]
    parts = [_attribute(records[name], refusals) for name in attributes]
    if refusals:
        raise ValueError(message(WHAT, refusals))
    chosen = pd.to_numeric(records["chosen"], errors="coerce")
    refusals += [
        (int(row), f"chosen {records['chosen'].tolist()[row]!r} is neither 1 nor 0")
        for row in np.flatnonzero(~chosen.isin([0, 1]))
    ]
    numbered = records.groupby(["respondent", "task"], sort=True).ngroup()
    task = np.asarray(numbered, dtype=np.int64)
    refusals += _impossible(records, task, chosen.to_numpy(dtype=float))
    if refusals:
        raise ValueError(message(WHAT, refusals))
    order = np.argsort(task, kind="stable")
    starts = np.flatnonzero(np.diff(task[order], prepend=-1))
    values = np.column_stack([column for part in parts for column in part.values()])[order]
    names = tuple(name for part in parts for name in part)
    _refuse_constant(values, names, starts)
    people = pd.factorize(records["respondent"].to_numpy()[order][starts])[0]
    return ChoiceSurvey(values, names, starts, chosen.to_numpy()[order] == 1, people)


def _empty(column: pd.Series) -> NDArray[np.bool_]:
    return np.asarray(column.isna() | (column.astype(str).str.strip() == ""), dtype=bool)


def _attribute(column: pd.Series, refusals: list[REFUSAL]) -> dict[str, Floats]:
    """An attribute as numbers (row,) by name: itself, or indicators of a text's levels."""
    name, empty = str(column.name), _empty(column)
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(dtype=float)
    refusals += [(int(row), f"{name} is empty") for row in np.flatnonzero(empty)]
    wrong = ~np.isfinite(numbers) & ~empty
    if pd.api.types.is_numeric_dtype(column) or wrong.sum() < (~empty).sum() / 2:
        refusals += [
            (int(row), f"{name} {column.tolist()[row]!r} is no finite number")
            for row in np.flatnonzero(wrong)
        ]
        return {name: numbers}
    text = column.astype(str).str.strip().to_numpy()
    levels = sorted(set(text[~empty]))
    shown = levels[1:] or levels  # one level alone is refused later, by its name
    return {f"{name}={level}": np.asarray(text == level, dtype=float) for level in shown}


def _impossible(
    records: pd.DataFrame, task: NDArray[np.int64], chosen: Floats
) -> Iterator[REFUSAL]:
    """Tasks that no choice can be read from, at their first row, and offers shown twice."""
    first = np.unique(task, return_index=True)[1]
    offers, taken = np.bincount(task), np.bincount(task, weights=chosen == 1)
    for number in np.flatnonzero((offers < 2) | (taken != 1)):
        row = int(first[number])
        name = f"respondent {records['respondent'][row]}, task {records['task'][row]}"
        if offers[number] < 2:
            yield row, f"{name}: one alternative is no choice; a task needs two or more"
        else:
            rows = ", ".join(
                str(r + FIRST_ROW) for r in np.flatnonzero((task == number) & (chosen == 1))
            )
            counted = f"{int(taken[number])} are chosen (rows {rows})" if rows else "none is chosen"
            yield row, f"{name}: {counted}; exactly one alternative of a task must be"
    twice = records.duplicated(["respondent", "task", "alternative"]).to_numpy()
    for place in np.flatnonzero(twice).tolist():
        yield place, f"alternative {records['alternative'][place]} stands twice in this task"


def _refuse_constant(values: Floats, names: tuple[str, ...], starts: NDArray[np.int64]) -> None:
    """ValueError for attributes that never differ between the offers of a task."""
    spread = np.maximum.reduceat(values, starts) - np.minimum.reduceat(values, starts)
    same = [name for name, most in zip(names, spread.max(axis=0), strict=True) if most <= 0]
    if same:
        raise ValueError(
            f"{WHAT}: {', '.join(same)}: never differs between the alternatives of a task, in any of "
            f"the {len(starts)} tasks; show offers that differ in it, or leave it out"
        )
