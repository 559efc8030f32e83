"""Tables: a frame of numbers as a reader sees it, and as data.

What it answers: units in the header, one unit a column, three significant digits, thousands
separated, numbers aligned right; escaped HTML, plain text, and the unrounded data for the CSV.

What it leaves out: which rows and columns (the modules by subject), and style (the site's).

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import isfinite
from unicodedata import east_asian_width

import pandas as pd

from tandem.charts import numbers

__all__ = ["Column", "Table", "table"]


@dataclass(frozen=True)
class Column:
    """A column of the frame: its name there, the reader's label, and what it holds.

    `kind` is one of numbers.KINDS, or "text", or "futures" for a probability that is shown as a
    count of 100; `unit` is added to the header where the kind has none of its own. Columns of the
    same `group` are shown in one unit.
    """

    name: str
    label: str
    kind: str = "text"
    unit: str = ""
    group: str = ""


@dataclass(frozen=True)
class Table:
    """A table: id (a file name), title, what is shown, and `data`, unrounded, for the CSV."""

    id: str
    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...]
    data: pd.DataFrame

    def __repr__(self) -> str:
        lines = [self.headers, *self.rows]
        widths = [max(_width(line[i]) for line in lines) for i in range(len(self.headers))]
        text = [
            "  ".join(
                _padded(cell, width, right)
                for cell, width, right in zip(line, widths, self.numeric, strict=True)
            ).rstrip()
            for line in lines
        ]
        return "\n".join([self.title, *text])

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col"{_num(right)}>{escape(header)}</th>'
            for header, right in zip(self.headers, self.numeric, strict=True)
        )
        body = "".join(f"<tr>{self._cells(row)}</tr>" for row in self.rows)
        return (
            f'<table class="tandem-table"><caption>{escape(self.title)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def _cells(self, row: tuple[str, ...]) -> str:
        first = (
            '<th scope="row">{}</th>'
            if not self.numeric[0]
            else '<th scope="row" class="num">{}</th>'
        )
        rest = (
            f"<td{_num(right)}>{escape(cell)}</td>"
            for cell, right in zip(row[1:], self.numeric[1:], strict=True)
        )
        return first.format(escape(row[0])) + "".join(rest)


def table(
    id: str, title: str, frame: pd.DataFrame, columns: Sequence[Column], language: str
) -> Table:
    """`frame` as a table of `columns`, in their order; raises KeyError for a missing column."""
    headers: list[str] = []
    shown: list[list[str]] = []
    data: dict[str, object] = {}
    for column in columns:
        values = frame[column.name]
        together = (
            [frame[c.name] for c in columns if c.group == column.group]
            if column.group
            else [values]
        )
        cells, unit = _cells(values, column.kind, language, together)
        headers.append(_header(column.label, unit or column.unit))
        shown.append(cells)
        data[_header(column.label, _raw_unit(column))] = values.to_numpy()
    return Table(
        id=id,
        title=title,
        headers=tuple(headers),
        rows=tuple(zip(*shown, strict=True)),
        numeric=tuple(column.kind != "text" for column in columns),
        data=pd.DataFrame(data),
    )


def _cells(
    values: pd.Series, kind: str, language: str, together: Sequence[pd.Series]
) -> tuple[list[str], str]:
    """Cells of a column and their unit, chosen for all the columns shown in one unit."""
    if kind == "text":
        return [str(value) for value in values], ""
    if kind == "futures":
        return [numbers.of_100(float(value), language) for value in values], ""
    every = [float(value) for column in together for value in column]
    size = numbers.scale(kind, every, language)
    if kind == "count" and size.divisor == 1.0:
        return [_count(float(value)) for value in values], size.unit
    return [numbers.significant(size(float(value))) for value in values], size.unit


def _count(value: float) -> str:
    if isfinite(value) and abs(value) < 1000:
        return numbers.decimal(round(value), 0)
    return numbers.significant(value)


def _raw_unit(column: Column) -> str:
    return {"money": "CNY", "share": "share of one", "futures": "share of one"}.get(
        column.kind, column.unit
    )


def _header(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


def _num(right: bool) -> str:
    return ' class="num"' if right else ""


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space
