"""Shelf: the files of a site that are no pages, each under the name that pages link to.

What it answers: where a figure, a style sheet or the data of a table will lie. Assets carry a hash
of their content in their name, and data the run's id, so that a page read while a newer site is
being published still finds its own.

What it leaves out: writing them (`publish`), and what stands on the pages.

Who may import it: the modules of `tandem.site`.
"""

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from tandem.site.clean import slug

__all__ = ["Download", "Shelf", "neutral_cell", "page_name", "safe_csv"]

_NUMBER = re.compile(r"[+-]?(\d[\d,]*\.?\d*|\.\d+)([eE][+-]?\d+)?%?")
_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a reader may take: where it lies, what it holds, and which page shows it."""

    path: str
    title: str
    kind: str
    size: int
    language: str = ""
    scenario: str | None = None
    page: str = ""


@dataclass(slots=True)
class Shelf:
    """Collects files by their path in the site; the same content twice is one file."""

    run_id: str
    files: dict[str, bytes] = field(default_factory=dict)
    downloads: list[Download] = field(default_factory=list)

    def asset(self, name: str, content: bytes) -> str:
        """Keep `content` as `assets/<name>` with a hash before the suffix; its path."""
        stem, dot, suffix = name.rpartition(".")
        mark = hashlib.sha256(content).hexdigest()[:12]
        path = f"assets/{slug(stem)}.{mark}{dot}{suffix}"
        self.files[path] = content
        return path

    def data(self, *parts: str, content: bytes, suffix: str = "csv") -> str:
        """Keep `content` as `data/<parts>_<run>.<suffix>`; its path."""
        name = "_".join([*(slug(part) for part in parts if part), self.run_id[:12]])
        path = f"data/{name}.{suffix}"
        self.files[path] = content
        return path


def page_name(notebook: str) -> str:
    """The name of a notebook's page: its file's, without the number that orders it."""
    return slug(re.sub(r"^\d+[-_.]", "", notebook))


def safe_csv(source: Path | str) -> bytes:
    """A CSV (file, or its text) as spreadsheets may open it: UTF-8 with a mark, no formulas.

    Raises UnicodeDecodeError or csv.Error for a file that is no CSV.
    """
    text = source.read_text("utf-8-sig") if isinstance(source, Path) else source
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in csv.reader(io.StringIO(text, newline="")):
        writer.writerow([neutral_cell(cell) for cell in row])
    return (_BOM + out.getvalue()).encode("utf-8")


def neutral_cell(cell: str) -> str:
    """`cell`, or `'cell` where a spreadsheet could read it as a formula; numbers stay numbers."""
    if cell.lstrip()[:1] in {"=", "+", "-", "@", "＝", "＋", "－", "＠"} or cell[:1] in {
        "\t",
        "\r",
    }:
        return cell if _NUMBER.fullmatch(cell) else f"'{cell}"
    return cell
