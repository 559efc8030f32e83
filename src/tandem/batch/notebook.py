"""Notebook: a notebook file as an input of a run, and as a page after it.

What it answers: the hash of what a person wrote in it (not of its outputs), which parameters it
takes, its title, and the executed notebook freed of all that differs from run to run.

What it leaves out: executing it (`tandem.batch.engine`).

Who may import it: the modules of `tandem.batch`, cli. It needs no Jupyter library.
"""

import ast
import json
from pathlib import Path
from typing import Any

from tandem.results.shelf import digest

__all__ = ["BadNotebook", "PARAMETERS", "Source", "read_source", "tidy"]

#: What the cell tagged `parameters` assigns, and what a batch puts in its place.
PARAMETERS = ("scenario", "draws", "seed", "language", "overrides")

_LIMIT = 20_000_000


class BadNotebook(ValueError):
    """A notebook that a batch cannot run; the message says what is missing."""


class Source:
    """A notebook as it stands in `notebooks/`: its hash, without outputs and counts."""

    def __init__(self, path: Path) -> None:
        """Read and check the notebook; raises BadNotebook."""
        self.path = path
        self._cells, metadata = _read(path)
        _check_parameters(self._cells)
        kept = {key: metadata[key] for key in sorted(metadata) if key not in _VOLATILE}
        self.hash = digest({"cells": [_essence(cell) for cell in self._cells], "metadata": kept})


_VOLATILE = {"kernelspec", "language_info", "papermill", "widgets", "execution"}


def read_source(path: Path) -> Source:
    """The notebook at `path`; raises BadNotebook where it cannot be run in a batch."""
    return Source(path)


def _read(path: Path) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """Cells and metadata of a notebook file, its form checked as far as a batch needs it."""
    try:
        if path.stat().st_size > _LIMIT:
            raise BadNotebook(f"is larger than {_LIMIT // 1_000_000} MB; clear its outputs")
        raw = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadNotebook("is not there") from None
    except (OSError, ValueError) as error:
        raise BadNotebook(f"is no notebook ({error})") from None
    cells = raw.get("cells") if isinstance(raw, dict) else None
    if not isinstance(cells, list) or raw.get("nbformat") != 4:
        raise BadNotebook("is no notebook of format 4")
    for cell in cells:
        if not isinstance(cell, dict) or "source" not in cell or "cell_type" not in cell:
            raise BadNotebook("holds a cell without type or source")
    return cells, dict(raw.get("metadata") or {})


def _text(cell: dict[str, Any]) -> str:
    source = cell["source"]
    return "".join(source) if isinstance(source, list) else str(source)


def _tags(cell: dict[str, Any]) -> list[str]:
    return list((cell.get("metadata") or {}).get("tags") or ())


def _essence(cell: dict[str, Any]) -> dict[str, Any]:
    """What a person wrote in a cell."""
    metadata = {k: v for k, v in (cell.get("metadata") or {}).items() if k not in _VOLATILE}
    essence = {"id": cell.get("id"), "type": cell["cell_type"], "source": _text(cell)}
    return {**essence, "metadata": metadata, "attachments": cell.get("attachments") or {}}


def _check_parameters(cells: list[dict[str, Any]]) -> None:
    """One code cell is tagged `parameters` and assigns each name that a batch sets."""
    tagged = [c for c in cells if c["cell_type"] == "code" and "parameters" in _tags(c)]
    if len(tagged) != 1:
        raise BadNotebook(f"has {len(tagged)} code cells tagged 'parameters'; one is needed")
    try:
        tree = ast.parse(_text(tagged[0]))
    except SyntaxError as error:
        raise BadNotebook(f"has a parameters cell that does not parse: {error.msg}") from None
    named: set[str] = set()
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        named.update(target.id for target in targets if isinstance(target, ast.Name))
    missing = [name for name in PARAMETERS if name not in named]
    if missing:
        raise BadNotebook(f"does not name {', '.join(missing)} in its parameters cell")


def tidy(notebook: dict[str, Any], parameters: dict[str, Any]) -> tuple[str, str]:
    """The executed notebook as JSON text, the same for the same run, and what was taken out.

    Times, machine paths and random cell ids go; so does standard error, which is returned beside
    it for the log. What papermill injected stays, and `metadata.papermill` says it once more.
    """
    errors: list[str] = []
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        cell = dict(cell)
        metadata = {k: v for k, v in cell["metadata"].items() if k not in _VOLATILE}
        if "injected-parameters" in metadata.get("tags", ()):
            cell["id"] = "injected-parameters"
        cell["id"] = cell.get("id") or f"cell-{number}"
        if cell["cell_type"] == "code":
            errors += [_stream(o) for o in cell["outputs"] if _is_error_stream(o)]
            cell["outputs"] = [o for o in cell["outputs"] if not _is_error_stream(o)]
        cells.append({**cell, "metadata": metadata})
    kept = {k: v for k, v in notebook["metadata"].items() if k not in {"papermill", "widgets"}}
    kept["papermill"] = {"parameters": parameters}
    body = {"cells": cells, "metadata": kept, "nbformat": 4, "nbformat_minor": 5}
    text = json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text, "".join(errors)


def _is_error_stream(output: dict[str, Any]) -> bool:
    return bool(output["output_type"] == "stream" and output.get("name") == "stderr")


def _stream(output: dict[str, Any]) -> str:
    text = output.get("text", "")
    return "".join(text) if isinstance(text, list) else str(text)
