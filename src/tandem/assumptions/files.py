"""The folder `params/` of a study: which files it holds, each read once.

Answers: what stands in a named file or folder, with every refusal gathered instead of raised at
once. Leaves out: what the files mean. Only the assumptions may import it.

Names of files are names of things in the model: small letters, digits, `-` and `_`, ending in
`.yaml`. A link, a `.yml`, or a name that is none is refused, not skipped; other kinds of files, and
those whose name begins with a dot or ends with `~`, are not parameters and are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tandem.assumptions.places import Document, read_document
from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.assumptions.rows import DEFAULTS

FOLDER = "params"
VERSION = 1

NAME = re.compile(r"[a-z][a-z0-9_-]{0,63}\Z")


@dataclass(slots=True)
class ParameterFiles:
    """Reads files below a study's folder, once each, and gathers what is wrong with them."""

    project: Path
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document | None] = field(default_factory=dict)

    def read(self, file: str) -> Document | None:
        """The document of a file (relative to the study, with `/`), or None where it is refused.

        Its `schema` and its `defaults`, which every kind of file may have, are checked here.
        """
        if file not in self.documents:
            try:
                document = read_document(self.project / file, file)
            except Refusal as refusal:
                self.problems += refusal.problems
                self.documents[file] = None
            else:
                self.documents[file] = document
                self._check_head(document)
        return self.documents[file]

    def names(self, folder: str) -> dict[str, str]:
        """Name of each parameter file in a folder of `params/`, and its file; sorted."""
        found: dict[str, str] = {}
        for path in self._entries(folder):
            file = f"{folder}/{path.name}"
            if path.suffix == ".yml":
                self._refuse(file, f"must end in .yaml: rename it to {path.stem}.yaml")
            elif path.suffix == ".yaml" and self._is_name(file, path.stem):
                found[path.stem] = file
        return found

    def folders(self, folder: str) -> dict[str, str]:
        """Name of each folder in a folder of `params/`, and its path; sorted."""
        found: dict[str, str] = {}
        for path in self._entries(folder):
            file = f"{folder}/{path.name}"
            if path.is_dir() and self._is_name(file, path.name):
                if path.is_symlink():
                    self._refuse(file, "is a link")
                else:
                    found[path.name] = file
        return found

    def hashes(self) -> dict[str, str]:
        """SHA-256 of every file that was read, by name in order."""
        return {d.file: d.sha256 for _, d in sorted(self.documents.items()) if d is not None}

    def _entries(self, folder: str) -> list[Path]:
        path = self.project / folder
        if not path.is_dir():
            return []
        shown = (p for p in path.iterdir() if not p.name.startswith(".") and p.name[-1] != "~")
        return sorted(shown, key=lambda p: p.name)

    def _is_name(self, file: str, name: str) -> bool:
        if NAME.match(name):
            return True
        self._refuse(file, "must be named with small letters, digits, - and _, a letter first")
        return False

    def _refuse(self, file: str, message: str) -> None:
        problem = Problem.at(Place(file), "", message, code="file-name")
        if problem not in self.problems:
            self.problems.append(problem)

    def _check_head(self, document: Document) -> None:
        version = document.value.get("schema")
        if version != VERSION or isinstance(version, bool):
            message = f"must say `schema: {VERSION}`"
            self.problems.append(
                Problem.at(
                    document.place(("schema",)), "schema", message, code="schema-version",
                    found="" if version is None else version,
                )
            )  # fmt: skip
        defaults = document.value.get("defaults", {})
        if not isinstance(defaults, Mapping):
            message = f"expected some of {', '.join(DEFAULTS)}"
            place = document.place(("defaults",))
            self.problems.append(Problem.at(place, "defaults", message, code="wrong-type"))
            return
        for key in defaults:
            if key not in DEFAULTS:
                self.problems.append(
                    Problem.at(
                        document.place(("defaults", key)), f"defaults.{key}", "unknown",
                        code="unknown-key", allowed=DEFAULTS,
                    )
                )  # fmt: skip


def defaults_of(document: Document) -> dict[str, Any]:
    """What a file says once for all its rows."""
    defaults = document.value.get("defaults")
    return dict(defaults) if isinstance(defaults, Mapping) else {}
