"""Prepare: an executed notebook becomes what both publishers can render.

What it answers: a copy without code, parameters, times and the other language's text, in which
every figure is a file with alternative text and every component is clean HTML.

What it leaves out: the page around it (`embedded`, `quarto`); whether the run was right.

Who may import it: the modules of `tandem.site`.
"""

from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem.site.clean import clean_html, markdown_html
from tandem.site.drawing import UnsafeDrawing, read_drawing
from tandem.site.problems import Problem, SiteRefused
from tandem.site.shelf import Download, Shelf, page_name, safe_csv
from tandem.study.record import Record

__all__ = ["Prepared", "prepare"]

_HIDDEN = {"parameters", "injected-parameters", "remove-cell", "hide-cell", "hide-output"}
_REFUSED = ("application/javascript", "application/vnd.jupyter.widget-view+json")


@dataclass(slots=True)
class Prepared:
    """A notebook ready to be rendered, with its title, its question and the data behind it."""

    notebook: NotebookNode
    title: str
    question: str
    downloads: list[Download] = field(default_factory=list)


@dataclass(slots=True)
class _Place:
    """Where a notebook's page and its files lie."""

    path: str
    record: Record
    folder: Path
    shelf: Shelf


def prepare(source: Path, record: Record, shelf: Shelf, *, path: str) -> Prepared:
    """The notebook at `source`, with its `record`, for the page `path` of the site.

    Raises SiteRefused for a stored error, for active output, for a figure that does more than
    draw, and for a file that is no notebook.
    """
    language = record.language
    place = _Place(path, record, source.parent, shelf)
    try:
        raw: Any = nbformat.reads(source.read_text("utf-8"), as_version=4)
    except (OSError, ValueError) as error:
        raise SiteRefused([Problem(path, "notebook", str(error))]) from error
    front: dict[str, Any] = {}
    cells: list[NotebookNode] = []
    taken: set[str] = set()
    title, opened = record.title, False
    for cell in raw.cells:
        tags = set(cell.metadata.get("tags", ()))
        if cell.cell_type == "raw":
            front = front or _front_matter(cell.source)
        elif cell.cell_type == "markdown" and _reads(tags, language):
            heading, text = ("", cell.source) if opened else _without_title(cell.source)
            title, opened = title or heading, True
            if text.strip():
                html = markdown_html(_demoted(text), taken=taken)
                cells.append(_text_cell(len(cells), text, html))
        elif cell.cell_type == "code":
            cells.extend(_code_cells(cell, tags, place, len(cells)))
    shown = title or _text(front.get("title"), language)
    return Prepared(
        notebook=new_notebook(cells=cells),
        title=shown,
        question=_text(front.get("question"), language),
        downloads=_downloads(place),
    )


def _reads(tags: set[str], language: str) -> bool:
    """Whether a markdown cell with these tags is for readers of `language`."""
    languages = {tag for tag in tags if tag.startswith("lang-")}
    return not (tags & _HIDDEN) and (not languages or f"lang-{language}" in languages)


def _without_title(text: str) -> tuple[str, str]:
    """The first-level heading that opens `text`, and the rest."""
    first, _, rest = text.lstrip().partition("\n")
    return (first[2:].strip(), rest) if first.startswith("# ") else ("", text)


def _demoted(text: str) -> str:
    """First-level headings as second-level ones: a page has one title, its own."""
    fenced = False
    lines = []
    for line in text.splitlines():
        fenced ^= line.startswith("```")
        lines.append(f"#{line}" if line.startswith("# ") and not fenced else line)
    return "\n".join(lines)


def _text_cell(number: int, text: str, html: str) -> NotebookNode:
    cell = new_markdown_cell(text, id=f"cell-{number}")
    cell.metadata = NotebookNode({"tandem": {"html": html}})
    return cell


def _code_cells(
    cell: NotebookNode, tags: set[str], place: _Place, start: int
) -> list[NotebookNode]:
    """One cell for each output that is shown, or one that is removed where there is none."""
    outputs: list[tuple[NotebookNode | None, dict[str, Any]]] = []
    for output in cell.get("outputs", ()):
        kept = _output(output, place)
        if kept is not None and not tags & _HIDDEN:
            outputs.append(kept)
    made = []
    for number, (output, about) in enumerate(outputs or [(None, {})]):
        metadata: dict[str, Any] = {"tags": [] if output else ["remove-cell"], "tandem": about}
        if about.get("alt"):
            metadata["fig-alt"] = about["alt"]
        made.append(
            NotebookNode(
                cell_type="code",
                id=f"cell-{start + number}",
                metadata=NotebookNode(metadata),
                source=cell.source if number == 0 else "",
                execution_count=None,
                outputs=[output] if output else [],
            )
        )
    return made


def _output(output: NotebookNode, place: _Place) -> tuple[NotebookNode, dict[str, Any]] | None:
    """The output as it is shown, with what is known of it; None for what is not shown."""
    if output.output_type == "error":
        raise SiteRefused([Problem(place.path, "stored error", str(output.get("ename")))])
    if output.output_type not in {"display_data", "execute_result"}:
        return None
    data = output.data
    for kind in _REFUSED:
        if kind in data:
            raise SiteRefused([Problem(place.path, "active output", kind)])
    if "image/svg+xml" in data:
        return _figure(output, place)
    for kind, clean in (("text/html", clean_html), ("text/markdown", markdown_html)):
        if kind in data:
            html = clean(_joined(data[kind]))
            about = {"kind": "html", "data": _table_data(html, place)}
            return _display({"text/html": html}), about
    return None


def _figure(output: NotebookNode, place: _Place) -> tuple[NotebookNode, dict[str, Any]]:
    svg = _joined(output.data["image/svg+xml"])
    about = output.get("metadata", {}).get("tandem", {})
    name = str(about.get("figure") or "figure")
    try:
        drawing = read_drawing(svg)
    except UnsafeDrawing as error:
        raise SiteRefused([Problem(place.path, f"figure {name}", str(error))]) from error
    recorded = next((item for item in place.record.figures if item.id == name), None)
    shown = {
        "kind": "figure",
        "id": name,
        "title": str(about.get("title") or ""),
        "alt": " ".join(str(about.get("alt") or "").split()),
        "svg": place.shelf.asset(f"{name}.svg", svg.encode("utf-8")),
        "data": _data_path(recorded.id, recorded.csv, place) if recorded else "",
        "width": drawing.width,
        "height": drawing.height,
    }
    return _display({"image/svg+xml": svg}), shown


def _table_data(html: str, place: _Place) -> str:
    """Where the data of the recorded table lie whose title is the caption in `html`; else ""."""
    for item in place.record.tables:
        if f"<caption>{escape(item.title, quote=False)}</caption>" in html:
            return _data_path(item.id, item.csv, place)
    return ""


def _display(data: dict[str, str]) -> NotebookNode:
    return new_output("display_data", data=data, metadata={})


def _downloads(place: _Place) -> list[Download]:
    """What the page's figures and tables are made of, in their order."""
    record = place.record
    items = [("figure", item.id, item.title, item.csv) for item in record.figures]
    items += [("table", item.id, item.title, item.csv) for item in record.tables]
    found = []
    for kind, name, title, csv in items:
        path = _data_path(name, csv, place)
        size = len(place.shelf.files[path])
        found.append(
            Download(path, title, kind, size, record.language, record.scenario, place.path)
        )
    place.shelf.downloads.extend(found)
    return found


def _data_path(name: str, csv: str, place: _Place) -> str:
    record = place.record
    language = "" if record.language == "en" else record.language
    parts = (record.scenario or "", page_name(record.notebook), name, language)
    return place.shelf.data(*parts, content=safe_csv(place.folder / csv))


def _joined(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _front_matter(source: str) -> dict[str, Any]:
    """The YAML between the two lines of dashes; empty where it is none."""
    text = source.strip().removeprefix("---").partition("\n---")[0]
    try:
        front = YAML(typ="safe", pure=True).load(text)
    except YAMLError:
        return {}
    return dict(front) if isinstance(front, dict) else {}


def _text(value: object, language: str) -> str:
    if isinstance(value, dict):
        value = value.get(language) or value.get("en") or ""
    return " ".join(str(value or "").split())
