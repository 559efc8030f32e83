"""Front matter: what a notebook's first cell says about it.

What it answers: title and question in both languages and the audience, from the raw first cell:

    ---
    title: {en: Workforce plan, zh: 人员计划}
    question: {en: Which people does that need?, zh: 需要哪些人？}
    audience: head of HR
    ---

What it leaves out: everything else in the notebook.

Who may import it: study, batch, site, cli.
"""

import json
from pathlib import Path
from typing import Any

from tandem.assumptions.places import parse_document
from tandem.assumptions.refusals import Refusal

__all__ = ["front_matter", "title_of"]


def front_matter(notebook: Path) -> dict[str, Any]:
    """Keys and values of the first cell; raises ValueError or Refusal where there is no such cell.

    A missing notebook raises OSError.
    """
    raw = json.loads(notebook.read_text("utf-8"))
    first = (raw.get("cells") or [{}])[0]
    source = first.get("source", "")
    lines = ("".join(source) if isinstance(source, list) else source).strip().splitlines()
    if first.get("cell_type") != "raw" or len(lines) < 3 or {lines[0], lines[-1]} != {"---"}:
        raise ValueError("its first cell is not raw front matter between lines of ---")
    return dict(parse_document("\n".join(lines[1:-1]).encode(), notebook.name).value)


def title_of(notebook: Path, language: str) -> str | None:
    """The notebook's title in `language`, or None where it has none or is not there."""
    try:
        title = front_matter(notebook).get("title")
    except (OSError, ValueError, Refusal):
        return None
    if isinstance(title, dict):
        title = title.get(language) or title.get("en")
    return str(title) if title else None
