"""Quarto: the publisher that renders the executed notebooks with the `quarto` command.

What it answers: a staged project (the root `_quarto.yml`, prepared notebooks, pages, one folder a
language), the call, the log read for everything from a warning on, and the rendered files.

What it leaves out: pages and frame, which are the same as the embedded publisher's; the gates.

Notebooks are rendered as they are; only what Quarto would do more with is made plain before: text
and components become raw blocks, so that nothing in them is read as a command of Quarto's.

Who may import it: the modules of `tandem.site`.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path, PurePosixPath
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_output, new_raw_cell

from tandem.language import translator
from tandem.site import embedded
from tandem.site.frame import Frame
from tandem.site.model import Page, Site
from tandem.site.problems import Problem, PublishFailed, SiteRefused
from tandem.site.templates import Templates

__all__ = ["raw_block", "render"]

#: Seconds before a render is given up: a start, and a generous share for each page.
_START, _PER_PAGE = 60, 5

_SERIOUS = {"WARN", "WARNING", "ERROR", "CRITICAL", "FATAL"}
_TOLD = re.compile(r"^\W*(WARN|WARNING|ERROR|CRITICAL|FATAL)\b")
_WARN_LEVEL = 30


def render(
    site: Site,
    frame: Frame,
    templates: Templates,
    project: Path,
    stage: Path,
    command: str,
) -> dict[str, bytes]:
    """Each rendered file by its path in the site, the page at its top among them.

    `stage` is an empty folder to be. Raises PublishFailed where Quarto fails or leaves a page out,
    SiteRefused where its log holds a warning or worse.
    """
    _fill(site, frame, templates, project, stage)
    log = stage.parent / "quarto.log"
    call = [command, "render", str(stage), "--no-execute", "--log", str(log)]
    try:
        done = subprocess.run(
            [*call, "--log-format", "json-stream"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_START + _PER_PAGE * len(site.pages),
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise PublishFailed(f"quarto did not finish: {error}") from error
    told = _told(log)
    if done.returncode != 0:
        reasons = "\n".join(message for _, message in told) or done.stderr.strip()[-2000:]
        raise PublishFailed(f"quarto failed with exit code {done.returncode}:\n{reasons}")
    if told:
        raise SiteRefused(Problem("quarto", level, message) for level, message in told)
    return _collect(site, stage / "_site", embedded.root_page(site, frame, templates))


# ---- staging ---------------------------------------------------------------------------------


def _fill(site: Site, frame: Frame, templates: Templates, project: Path, stage: Path) -> None:
    stage.mkdir(parents=True)
    shutil.copy(project / "_quarto.yml", stage / "_quarto.yml")
    for path, content in site.shelf.files.items():
        _write(stage / path, content)
    for edition in site.editions:
        _write(stage / edition.language / "_metadata.yml", f"lang: {edition.language}\n".encode())
        for page in edition.pages:
            values = frame.values(edition, page)
            parts = {part: templates.render(f"_{part}", **values) for part in _INCLUDES}
            opening = templates.render("_opening", **values)
            includes = {}
            for part, key in _INCLUDES.items():
                name = f"_includes/{page.path.removesuffix('.html')}-{part}.html"
                _write(stage / name, parts[part].encode("utf-8"))
                includes[key] = [f"{page.root}{name}"]
            front = {"title": plain(page.title), "pagetitle": plain(page.title), **includes}
            source = stage / PurePosixPath(page.path).with_suffix(_suffix(page))
            if page.notebook is None:
                body = f"{opening}\n{page.html}\n{values['end']}"
                text = f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{raw_block(body)}\n"
                _write(source, text.encode("utf-8"))
            else:
                book = _notebook(page, front, str(opening), str(values["end"]))
                _write(source, nbformat.writes(book).encode("utf-8"))


_INCLUDES = {
    "head": "include-in-header",
    "before": "include-before-body",
    "after": "include-after-body",
}


def _suffix(page: Page) -> str:
    return ".qmd" if page.notebook is None else ".ipynb"


def _notebook(page: Page, front: dict[str, Any], opening: str, end: str) -> NotebookNode:
    """The prepared notebook as Quarto reads it: front matter first, then cell after cell."""
    assert page.notebook is not None
    words = translator(page.language)
    data, figure = words("Data (CSV)"), words("Figure (SVG)")
    matter = f"---\n{json.dumps(front, ensure_ascii=False)}\n---"
    cells = [new_raw_cell(matter, id="front"), _text(opening, "opening")]
    for cell in page.notebook.cells:
        about = cell.metadata["tandem"]
        if cell.cell_type == "markdown":
            cells.append(_text(about["html"], cell.id))
            continue
        cells.append(_code(cell))
        links = [(about.get("data"), data), (about.get("svg"), figure)]
        shown = "".join(f' <a href="{page.root}{to}">{name}</a>' for to, name in links if to)
        if shown:
            cells.append(_text(f'<p class="source">{shown.strip()}</p>', f"{cell.id}-data"))
    cells.append(_text(end, "end"))
    book = new_notebook(cells=cells)
    book.metadata = {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    return book


def _text(html: str, name: str) -> NotebookNode:
    return new_markdown_cell(raw_block(html), id=name)


def _code(cell: NotebookNode) -> NotebookNode:
    """The code cell, its components as raw blocks and its alternative text made plain."""
    made: NotebookNode = nbformat.from_dict(json.loads(json.dumps(cell)))
    made.metadata.pop("tandem")
    if "fig-alt" in made.metadata:
        made.metadata["fig-alt"] = _alternative(made.metadata["fig-alt"])
    made.outputs = [
        new_output("display_data", data={"text/markdown": raw_block(output.data["text/html"])})
        if "text/html" in output.data
        else output
        for output in made.outputs
    ]
    return made


def raw_block(html: str) -> str:
    """`html` as a block that Quarto passes on unread, whatever stands in it."""
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", html)), 3)
    return f"{fence}{{=html}}\n{html.replace('{{<', '{{&lt;')}\n{fence}"


def plain(text: str) -> str:
    """`text` with every mark that Quarto's markdown could read made harmless."""
    return "".join(f"\\{letter}" if letter in _MARKS else letter for letter in text)


_MARKS = set("\\`*_{}[]()#+-.!|<>~^$@\"'&:=")


def _alternative(text: str) -> str:
    """Alternative text without the letters that would end or command the attribute it stands in."""
    return text.translate(str.maketrans('"\\{}<', "”/()‹"))


# ---- reading back ----------------------------------------------------------------------------


def _told(log: Path) -> list[tuple[str, str]]:
    """Level and message of everything in the log from a warning on, in its order."""
    if not log.is_file():
        raise PublishFailed("quarto wrote no log")
    found = []
    for line in log.read_text("utf-8", errors="replace").splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            entry = {"msg": line}
        message = str(entry.get("msg", "")).strip()
        level = str(entry.get("levelName", "")).upper()
        match = _TOLD.match(message)
        if level in _SERIOUS or _level(entry) >= _WARN_LEVEL or match:
            found.append((level if level in _SERIOUS or not match else match[1], message[:500]))
    return found


def _level(entry: dict[str, Any]) -> int:
    level = entry.get("level")
    return level if isinstance(level, int) else 0


def _collect(site: Site, made: Path, root: bytes) -> dict[str, bytes]:
    """The pages, and files beside them; what Quarto adds for itself is left behind.

    Quarto numbers the figures of a page; where one has the bytes of an asset, the page is pointed
    to that, whose name changes with its content.
    """
    files = {"index.html": root}
    assets = {content: path for path, content in site.shelf.files.items()}
    for page in site.pages:
        source = made / page.path
        if not source.is_file():
            raise PublishFailed(f"quarto made no page {page.path}")
        html = source.read_text("utf-8")
        beside = source.with_name(f"{source.stem}_files")
        for path in sorted(beside.rglob("*")) if beside.is_dir() else ():
            if not path.is_file():
                continue
            content = path.read_bytes()
            if content in assets:
                name = path.relative_to(source.parent).as_posix()
                html = html.replace(f'"{name}"', f'"{page.root}{assets[content]}"')
            else:
                files[path.relative_to(made).as_posix()] = content
        files[page.path] = html.encode("utf-8")
    return files


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
