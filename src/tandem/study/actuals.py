"""Actuals: what happened, month by month, as the study's own file of records says it.

What it answers: `data/actuals.csv` as a table, or everything that is wrong with it, each with its
row and column. The file is in long form: month, measure, scope (a market, a position as
`role@place`, or `company`), value, unit; a line that begins with `#` is a remark.

What it leaves out: comparing with a forecast (`tandem.study.review`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.refusals import Place, Problem, Refusal

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "COLUMNS", "COMPANY", "KINDS", "REASONS", "Actuals", "Kind", "failed_for", "read_actuals",
]  # fmt: skip

COLUMNS = ("month", "measure", "scope", "value", "unit")
COMPANY = "company"
#: Why people fail probation: what a review may act on, and the rest.
REASONS = ("business_skills", "general_skills", "attitude", "other")
#: The observed year begins here; earlier months say nothing about the plan.
FIRST = f"{units.FIRST_MONTH[:4]}-01"
MAX_BYTES = 8 * 1024 * 1024

Floats = NDArray[np.float64]
Level = Literal["market", "position", "company"]


@dataclass(frozen=True, slots=True)
class Kind:
    """What a measure of the file is: its unit, whose it is, and which values can be.

    `flow`: months add up (else the last month stands for a quarter, or a mean does). `whole`:
    people or cases, counted. `most`: the highest value that can be; the lowest is 0 unless `signed`.
    """

    unit: str
    level: Level
    flow: bool = False
    whole: bool = False
    signed: bool = False
    most: float = float("inf")


def failed_for(reason: str) -> str:
    """Name of the measure that counts those who failed probation for a reason of REASONS."""
    return f"probation_failed_{reason}"


#: Every measure that the file may hold, by name. Units are those of `tandem.units`.
KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "sales": Kind("CNY/month", "market", flow=True),
        "new_customers": Kind("customers/month", "market", flow=True, whole=True),
        "leads": Kind("leads/month", "market", flow=True, whole=True),
        "awareness": Kind("share", "market", most=1.0),
        "contestable_customers": Kind("customers/month", "market", flow=True, whole=True),
        "heads": Kind("head", "position", whole=True),
        "required_heads": Kind("head", "position"),
        "hires": Kind("head/month", "position", flow=True, whole=True),
        "leavers": Kind("head/month", "position", flow=True, whole=True),
        "promoted_in": Kind("head/month", "position", flow=True, whole=True),
        "promoted_out": Kind("head/month", "position", flow=True, whole=True),
        "requisitions_opened": Kind("head/month", "position", flow=True, whole=True),
        "requisitions_filled": Kind("head/month", "position", flow=True, whole=True),
        "days_to_fill": Kind("day", "position"),
        "on_probation": Kind("head", "position", whole=True),
        "probation_passed": Kind("head/month", "position", flow=True, whole=True),
        **{
            failed_for(reason): Kind("head/month", "position", flow=True, whole=True)
            for reason in REASONS
        },
        "quality_of_hires": Kind("score", "position", signed=True),
        "training_cover": Kind("1", "company"),
        "satisfaction": Kind("share", "company", most=1.0),
        "engagement": Kind("score", "company", signed=True),
        "cash": Kind("CNY", "company", signed=True),
    }
)


@dataclass(frozen=True)
class Actuals:
    """The records: `frame` has the columns of the file, `month` as the model's (0 is 2026-10)."""

    frame: "pd.DataFrame"

    def scopes(self, measure: str) -> tuple[str, ...]:
        """Scopes for which there are values of a measure, in the order of the file."""
        mine = self.frame.loc[self.frame["measure"] == measure, "scope"]
        return tuple(dict.fromkeys(mine))

    def values(self, measure: str, scope: str, months: Sequence[int]) -> Floats:
        """A measure of one scope in these model months, (month,); NaN where the file has none."""
        rows = self.frame[(self.frame["measure"] == measure) & (self.frame["scope"] == scope)]
        found = dict(zip(rows["month"], rows["value"], strict=True))
        return np.array([found.get(month, np.nan) for month in months], dtype=np.float64)

    def counts(self, measure: str, scope: str, months: Sequence[int]) -> Floats:
        """The same for a count: a month that the file leaves out has none."""
        return np.nan_to_num(self.values(measure, scope, months), nan=0.0)


def read_actuals(
    project: Path, file: str, markets: Sequence[str], positions: Sequence[str], last: int
) -> Actuals:
    """The records of `project`'s `file`, for a review of model month `last`.

    `markets` and `positions` (`role@place`) are those of the study. Raises Refusal with every
    problem and its row and column: no such file, columns that lack or are not known, a month that is
    none or lies after `last`, an unknown measure, scope or unit, a value that is no number, negative
    or not whole where it counts, the same fact twice, or nothing at all for `last`.
    """
    rows = list(_rows(project / file, file))
    scopes = {"market": tuple(markets), "position": tuple(positions), "company": (COMPANY,)}
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], int] = {}
    found = []
    for row in rows:
        problems += _problems(row, scopes, last)
        fact = (row.texts["month"], row.texts["measure"], row.texts["scope"])
        if fact in seen:
            message = f"stands already in line {seen[fact]}: keep one of the two"
            problems.append(row.problem("month", message, "duplicate"))
        seen.setdefault(fact, row.line)
        found.append(row)
    if not problems and not any(units.month_index(r.texts["month"]) == last for r in found):
        message = f"has no row for {units.month_label(last)}, the month under review"
        problems.append(Problem.at(Place(file), "month", message, code="missing"))
    if problems:
        raise Refusal(problems)
    return Actuals(_frame(found))


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the file: its number, its text by column, and where each column begins."""

    file: str
    line: int
    texts: Mapping[str, str]
    starts: Mapping[str, int]

    def problem(
        self, column: str, message: str, code: str, allowed: Iterable[str] = (), found: str = ""
    ) -> Problem:
        place = Place(self.file, self.line, self.starts[column])
        return Problem.at(place, column, message, code=code, allowed=allowed, found=found)


def _rows(path: Path, file: str) -> Iterable[_Row]:
    """Lines of the file below its header; raises Refusal where they cannot be read at all."""
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}; the review: block names this file"
        raise Refusal([Problem.at(Place(file), "", message, code="unreadable")]) from None
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024 // 1024} MiB"
        raise Refusal([Problem.at(Place(file), "", message, code="too-large")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        message = "is not UTF-8: save it as CSV UTF-8"
        raise Refusal([Problem.at(Place(file, line), "", message, code="encoding")]) from None
    lines = enumerate(text.splitlines(), start=1)
    kept = [(number, line) for number, line in lines if line.strip() and line[0] != "#"]
    if not kept:
        raise Refusal([Problem.at(Place(file), "", "is empty", code="empty")])
    names = _names(file, *kept[0])
    ragged, found = [], []
    for number, row in kept[1:]:
        fields = _fields(row)
        if len(fields) != len(names):
            message = f"has {len(fields)} values for {len(names)} columns"
            ragged.append(Problem.at(Place(file, number), "", message, code="wrong-columns"))
            continue
        texts = dict(zip(names, fields, strict=True))
        found.append(_Row(file, number, texts, dict(zip(names, _starts(row), strict=True))))
    if ragged:
        raise Refusal(ragged)
    return found


def _names(file: str, number: int, line: str) -> list[str]:
    """The header's columns, in their order; raises Refusal for any but COLUMNS, each once."""
    names = _fields(line)
    problems = []
    for start, name in zip(_starts(line), names, strict=True):
        if name not in COLUMNS or names.count(name) > 1:
            message = "unknown column" if name not in COLUMNS else "this column stands twice"
            place = Place(file, number, start)
            problems.append(
                Problem.at(place, "", message, code="wrong-columns", found=name, allowed=COLUMNS)
            )
    for name in COLUMNS:
        if name not in names:
            message = f"the column {name} is missing"
            problems.append(Problem.at(Place(file, number), "", message, code="wrong-columns"))
    if problems:
        raise Refusal(problems)
    return names


def _fields(line: str) -> list[str]:
    """Values of a line; no name or number of this file holds a comma, quoted or not."""
    return [field.strip().strip('"') for field in line.split(",")]


def _starts(line: str) -> list[int]:
    """Where each column of a line begins, from 1."""
    return [1, *(place + 2 for place, letter in enumerate(line) if letter == ",")]


def _problems(row: _Row, scopes: Mapping[str, tuple[str, ...]], last: int) -> Iterable[Problem]:
    """What is wrong with one row by itself."""
    texts = row.texts
    yield from _month_problems(row, last)
    kind = KINDS.get(texts["measure"])
    if kind is None:
        yield row.problem(
            "measure", "no such measure", "unknown-measure", tuple(KINDS), texts["measure"]
        )
        return
    known = scopes[kind.level]
    if texts["scope"] not in known:
        message = f"no such {kind.level} in this study"
        yield row.problem("scope", message, "unknown-scope", known, texts["scope"])
    if texts["unit"] != kind.unit:
        yield row.problem("unit", "wrong unit", "wrong-unit", (kind.unit,), texts["unit"])
    yield from _value_problems(row, kind)


def _month_problems(row: _Row, last: int) -> Iterable[Problem]:
    text = row.texts["month"]
    try:
        month = units.month_index(text)
    except ValueError:
        message = f"is not a month; write it as {units.FIRST_MONTH}"
        yield row.problem("month", message, "unknown-month", found=text)
        return
    if not units.month_index(FIRST) <= month <= last:
        message = f"lies outside {FIRST} to {units.month_label(last)}, the months under review"
        yield row.problem("month", message, "unknown-month", found=text)


def _value_problems(row: _Row, kind: Kind) -> Iterable[Problem]:
    text = row.texts["value"]
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not isfinite(value):
        message = "must be a number; leave the row out where there is none"
        yield row.problem("value", message, "not-a-number", found=text)
    elif value < 0 and not kind.signed:
        yield row.problem("value", "must not be negative", "out-of-bounds", found=text)
    elif value > kind.most:
        message = f"must not exceed {kind.most:g} (unit: {kind.unit})"
        yield row.problem("value", message, "out-of-bounds", found=text)
    elif kind.whole and value != int(value):
        yield row.problem("value", "counts people or cases: must be whole", "not-whole", found=text)


def _frame(rows: Sequence[_Row]) -> "pd.DataFrame":
    """The rows as a table, months in order and otherwise as in the file."""
    import pandas as pd

    frame = pd.DataFrame([row.texts for row in rows], columns=list(COLUMNS))
    frame["month"] = [units.month_index(text) for text in frame["month"]]
    frame["value"] = frame["value"].astype(np.float64)
    return frame.sort_values("month", kind="stable", ignore_index=True)
