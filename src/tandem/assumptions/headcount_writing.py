"""A headcount plan written as a file, from rows that something else has worked out.

Answers: `params/headcount/NAME.yaml` of a study, checked as if somebody had typed it. Leaves out who
worked the rows out (an optimiser, a table of one's own) and which scenario lists the plan.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from tandem.assumptions.base import read_base
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import FOLDER, NAME, ParameterFiles
from tandem.assumptions.headcount import KIND, read_headcount
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema_json import pointer_of

KEYS = ("role", "place", "number", "needed", "reason")


def write_headcount(
    project: Path,
    root: type[Section],
    name: str,
    label: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    owner: str,
    as_of: str,
    source: str,
    submitted: str | None = None,
) -> Path:
    """Write `params/headcount/NAME.yaml` of a study and return its path.

    ``rows`` have role, place, number (heads, whole), needed ("YYYY-MM") and reason ({en, zh}).
    ``label`` is {en, zh}; ``owner`` a department, ``as_of`` a date "YYYY-MM-DD". Raises
    FileExistsError where the plan exists, ValueError for a name or row that cannot be one, and
    Refusal with every problem, having written nothing, where the plan does not hold.
    """
    if not NAME.match(name):
        raise ValueError(f"{name!r} must be small letters, digits, - and _, a letter first")
    path = project / FOLDER / KIND / f"{name}.yaml"
    if path.exists():
        raise FileExistsError(f"{path} exists: give the plan another name")
    for number, row in enumerate(rows):
        missing = [key for key in KEYS if key not in row]
        if missing:
            raise ValueError(f"row {number} lacks {', '.join(missing)}")
    text = _text(f"{FOLDER}/{KIND}/{name}.yaml", label, rows, (owner, as_of, source), submitted)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    files = ParameterFiles(project)
    base = read_base(files, root)
    if read_headcount(files, name, base, root) is None or files.problems:
        path.unlink()
        raise Refusal(files.problems)
    return path


def _text(
    file: str,
    label: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    stated: tuple[str, str, str],
    submitted: str | None,
) -> str:
    content = CommentedMap()
    content["schema"] = 1
    content["label"] = _inline(label)
    owner, as_of, source = stated
    defaults = {"source": source, "evidence": "judgement", "owner": owner}
    content["defaults"] = _inline(defaults)
    if submitted is not None:
        content["submitted"] = submitted
    content["requests"] = [
        _inline({key: _inline(row[key]) if key == "reason" else row[key] for key in KEYS})
        for row in rows
    ]
    yaml = YAML()
    yaml.width = 4096
    out = io.StringIO()
    yaml.dump(content, out)
    # a date in quotes would be a text, and this one is a date
    body = out.getvalue().replace(f"owner: {owner}}}", f"owner: {owner}, as_of: {as_of}}}", 1)
    return f"{pointer_of(file)}\n{body}"


def _inline(values: Mapping[str, Any]) -> CommentedMap:
    found = CommentedMap(values)
    found.fa.set_flow_style()
    return found
