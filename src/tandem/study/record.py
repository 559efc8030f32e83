"""Record: what a notebook says that it found, written beside it as data.

What it answers: the form of `<notebook>.record.json`; writing one, with each figure as SVG and each
figure's and table's data as CSV; and reading one back with every rule of the form checked.

What it leaves out: what the answer is (the notebook) and whether the run was good (tandem.batch).

Who may import it: charts, batch, site, cli; notebooks come here through `Study.record`.
"""

import csv
import io
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tandem.results.shelf import canonical_json, replace_file

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ACROSS",
    "RECORD",
    "BadRecord",
    "Figure",
    "Record",
    "Table",
    "csv_bytes",
    "read_record",
    "write_record",
]

#: Environment variable by which a batch says where the record of the notebook goes.
RECORD = "TANDEM_RECORD"

#: Environment variable by which a batch says that the notebook looks across scenarios.
ACROSS = "TANDEM_ACROSS"

SUFFIX = ".record.json"

Name = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$")]
Text = Annotated[str, Field(min_length=1, max_length=20_000)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[float, Field(allow_inf_nan=False)]
LocalFile = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*/[A-Za-z0-9][A-Za-z0-9_.-]*$")
]


class BadRecord(ValueError):
    """A record is missing or breaks its form; the message says how, in one line."""


class Table(Protocol):
    """What `write_record` needs of a table; `tandem.charts.Table` has it.

    `id` is a file name; `data` goes out as CSV.
    """

    id: str
    title: str
    data: "pd.DataFrame"


class Figure(Table, Protocol):
    """What `write_record` needs of a figure; `tandem.charts.Chart` has it."""

    alt: str

    def svg(self) -> str:
        """The picture."""


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class FigureEntry(_Form):
    """A figure of the record; `svg` and `csv` are names relative to the record's folder."""

    id: Name
    title: Text
    alt: Text
    csv: LocalFile
    svg: LocalFile


class TableEntry(_Form):
    """A table of the record; `csv` is a name relative to the record's folder."""

    id: Name
    title: Text
    csv: LocalFile


class Record(_Form):
    """`<notebook>.record.json`.

    `headline` holds the notebook's main numbers by measure and statistic, none of them NaN;
    `simulations` the hash of each simulation that the notebook read, by scenario.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)

    version: Literal[1] = Field(1, alias="schema")
    notebook: Name
    scenario: Name | None
    language: Literal["en", "zh"]
    title: Text
    answer: Text
    headline: dict[Name, dict[Name, Number]]
    simulations: dict[Name, Hash]
    figures: list[FigureEntry]
    tables: list[TableEntry]

    @model_validator(mode="after")
    def _ids_differ(self) -> "Record":
        ids = [figure.id for figure in self.figures] + [table.id for table in self.tables]
        if len(set(ids)) != len(ids):
            raise ValueError("two figures or tables have the same id")
        return self


def write_record(
    path: Path,
    *,
    scenario: str | None,
    language: str,
    title: str,
    answer: str,
    headline: Mapping[str, Mapping[str, float]],
    simulations: Mapping[str, str],
    figures: Iterable[Figure],
    tables: Iterable[Table],
) -> Record:
    """Write the record at `path` and the files of its figures and tables beside it.

    `path` ends in `.record.json`. Raises BadRecord where the form is broken: a headline that is
    NaN, an empty answer, an id that is no file name, the same id twice.
    """
    stem = path.name.removesuffix(SUFFIX)
    folder = f"{stem}_files"
    figures, tables = list(figures), list(tables)
    body: dict[str, Any] = {
        "schema": 1,
        "notebook": stem,
        "scenario": scenario,
        "language": language,
        "title": title,
        "answer": answer,
        "headline": {name: dict(values) for name, values in headline.items()},
        "simulations": dict(simulations),
        "figures": [
            {
                "id": figure.id,
                "title": figure.title,
                "alt": figure.alt,
                "csv": f"{folder}/{figure.id}.csv",
                "svg": f"{folder}/{figure.id}.svg",
            }
            for figure in figures
        ],
        "tables": [
            {"id": table.id, "title": table.title, "csv": f"{folder}/{table.id}.csv"}
            for table in tables
        ],
    }
    record = _checked(body, path.name)
    for figure in figures:
        replace_file(path.parent / folder / f"{figure.id}.svg", figure.svg())
    for item in (*figures, *tables):
        replace_file(path.parent / folder / f"{item.id}.csv", csv_bytes(item.data))
    replace_file(path, canonical_json(body))
    return record


def read_record(path: Path) -> Record:
    """The record at `path`, its form checked and its files there; raises BadRecord."""
    try:
        record = Record.model_validate_json(path.read_bytes(), strict=True)
    except FileNotFoundError:
        raise BadRecord("wrote no record: the last cell, study.record(...), did not run") from None
    except OSError as error:
        raise BadRecord(f"its record cannot be read: {error}") from error
    except ValidationError as error:
        raise BadRecord(_explained(error, path.name)) from error
    names = [name for figure in record.figures for name in (figure.csv, figure.svg)]
    for name in (*names, *(table.csv for table in record.tables)):
        if not (path.parent / name).is_file():
            raise BadRecord(f"its record names {name}, which is not there")
    return record


def record_path(build: Path, scenario: str | None, language: str) -> Path:
    """Where the record goes: as the batch says, else `build/lab/<language>/<scenario>/`."""
    told = os.environ.get(RECORD)
    if told:
        return Path(told)
    session = Path(os.environ.get("JPY_SESSION_NAME") or "notebook.ipynb").stem
    stem = re.sub(r"[^A-Za-z0-9_.-]+", "-", session).strip("-.") or "notebook"
    return build / "lab" / language / (scenario or "study") / f"{stem}{SUFFIX}"


def csv_bytes(data: "pd.DataFrame") -> bytes:
    """A table as CSV: UTF-8 with byte order mark, numbers in full, dates as ISO text.

    A text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    plain = data if _is_numbered(data) else data.reset_index()
    writer.writerow([_cell(name) for name in plain.columns])
    for row in plain.itertuples(index=False, name=None):
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _is_numbered(data: "pd.DataFrame") -> bool:
    """Whether the rows are only numbered, so that the index says nothing."""
    return data.index.nlevels == 1 and data.index.name is None and data.index.dtype.kind in "iu"


def _cell(value: object) -> object:
    """One cell: what is missing stays empty, a text that looks like a formula is made harmless."""
    if isinstance(value, tuple):  # the name of a column that has several levels
        return _cell(" ".join(str(part) for part in value if str(part)))
    if value is None or value != value:  # NaN and NaT differ from themselves
        return ""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value


def _checked(body: dict[str, Any], name: str) -> Record:
    try:
        return Record.model_validate(body, strict=True)
    except ValidationError as error:
        raise BadRecord(_explained(error, name)) from error


def _explained(error: ValidationError, name: str) -> str:
    """The first problem of a validation in one line, headline numbers named as such."""
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"]) or "the whole"
    if first["type"] == "finite_number" and place.startswith("headline"):
        return f"{name}: {place} is not a number (NaN or infinite)"
    return f"{name}: {place}: {first['msg']}"
