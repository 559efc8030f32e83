"""Rows written into the files of `params/base/`, everything else in them staying as it is.

Answers: the files with some of their rows replaced, checked as if somebody had typed them, and which
lines change. Leaves out where the rows come from (an estimate, a table of one's own).
"""

from __future__ import annotations

import difflib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from tandem.assumptions.base import BASE, Base, read_base
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import ParameterFiles
from tandem.assumptions.places import parse_document
from tandem.assumptions.refusals import Problem, Refusal
from tandem.assumptions.tree import slot_at


@dataclass(frozen=True, slots=True)
class Change:
    """A file of the study with its new text, and the lines that differ, as a unified diff."""

    file: str
    text: str
    diff: tuple[str, ...]


def replaced_rows(
    project: Path, root: type[Section], rows: Mapping[str, Mapping[str, Any]]
) -> list[Change]:
    """The files of `params/base/` with rows replaced, by dotted path; nothing is written yet.

    Each row is put where the old one stood, on one line; comments and all other lines stay. Raises
    Refusal with every problem: a path that does not exist or holds no estimate, with the nearest
    name, and whatever the schema has against the new rows, such as a value that is not plausible.
    """
    files = ParameterFiles(project)
    base = read_base(files, root)
    if files.problems:
        raise Refusal(files.problems)
    problems = [p for path in rows for p in _path_problems(base, root, path)]
    if problems:
        raise Refusal(problems)
    by_file: dict[str, dict[tuple[str, ...], Mapping[str, Any]]] = {}
    for path, row in rows.items():
        parts = tuple(path.split("."))
        file = base.places.at(parts).file
        inside = parts[1:] if file == f"{BASE}/{parts[0]}.yaml" else parts[2:]
        by_file.setdefault(file, {})[inside] = row
    changes = [_change(project, file, inside) for file, inside in by_file.items()]
    after = ParameterFiles(project)
    for change in changes:
        after.documents[change.file] = parse_document(change.text.encode("utf-8"), change.file)
    read_base(after, root)
    if after.problems:
        raise Refusal(after.problems)
    return changes


def write_changes(project: Path, changes: Sequence[Change]) -> None:
    """Write the files of `replaced_rows`, each by one rename."""
    for change in changes:
        path = project / change.file
        beside = path.with_name(f".{path.name}.new")
        beside.write_bytes(change.text.encode("utf-8"))
        beside.replace(path)


def _path_problems(base: Base, root: type[Section], path: str) -> list[Problem]:
    """What is wrong with a path: a name that is not there, or no estimate at its end."""
    here: Any = base.raw
    parts = path.split(".")
    for depth, name in enumerate(parts):
        known = (
            tuple(str(n) for n in range(len(here))) if isinstance(here, list)
            else tuple(here) if isinstance(here, Mapping) else ()
        )  # fmt: skip
        if name not in known:
            before = ".".join(parts[:depth])
            return [
                base.places.problem(
                    path, f"{before or 'params/base'} has no such entry", code="unknown-path",
                    found=name, allowed=known,
                )
            ]  # fmt: skip
        here = here[int(name)] if isinstance(here, list) else here[name]
    slot = slot_at(root, tuple(int(p) if p.isdigit() else p for p in parts))
    if slot is None or slot.quantity is None:
        return [base.places.problem(path, "holds no estimate", code="unknown-path")]
    return []


def _change(project: Path, file: str, rows: Mapping[tuple[str, ...], Mapping[str, Any]]) -> Change:
    before = (project / file).read_bytes().decode("utf-8").removeprefix("\ufeff")
    tree = YAML(pure=True).compose(before)
    spans = {path: _span(_node(tree, path)) for path in rows}
    text = before
    for path, (first, last) in sorted(spans.items(), key=lambda item: -item[1][0]):
        text = text[:first] + _line(rows[path]) + text[last:]
    diff = difflib.unified_diff(
        before.splitlines(), text.splitlines(), f"a/{file}", f"b/{file}", n=0, lineterm=""
    )
    return Change(file, text, tuple(diff))


def _node(tree: Node, path: tuple[str, ...]) -> Node:
    node = tree
    for name in path:
        if isinstance(node, SequenceNode):
            node = node.value[int(name)]
        else:
            assert isinstance(node, MappingNode)  # the path was found in what was read
            node = next(value for key, value in node.value if key.value == name)
    return node


def _span(node: Node) -> tuple[int, int]:
    """First and last character of a value; a block ends where its last value does."""
    last = node
    while isinstance(last, MappingNode | SequenceNode) and not last.flow_style and last.value:
        last = last.value[-1][1] if isinstance(last, MappingNode) else last.value[-1]
    return int(node.start_mark.index), int(last.end_mark.index)


def _line(row: Mapping[str, Any]) -> str:
    """A row in braces, on one line."""
    values = CommentedMap(row)
    for key, value in values.items():
        if isinstance(value, list | tuple):
            values[key] = CommentedSeq(value)
            values[key].fa.set_flow_style()
    values.fa.set_flow_style()
    yaml = YAML()
    yaml.width = 1 << 16
    out = io.StringIO()
    yaml.dump(values, out)
    return out.getvalue().strip()
