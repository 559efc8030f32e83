"""The base layer: the files of `params/base/` as one tree of the schema.

Answers: the company as it is before any outlook or lever, and where each path of it stands.
Leaves out: scenarios. Only the assumptions may import it.

`base/customers.yaml` is the section `customers`; `base/markets/core.yaml` is `markets.core`. Each
file says `schema: 1`, may give `defaults` for its rows, and else holds the keys of its section.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tandem.assumptions.checking import validated
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import FOLDER, ParameterFiles, defaults_of
from tandem.assumptions.places import Document, Located
from tandem.assumptions.refusals import Place, Problem, nearest
from tandem.assumptions.tree import Names, field_names

BASE = f"{FOLDER}/base"
HEAD = ("schema", "defaults")


@dataclass(frozen=True, slots=True)
class Places:
    """Where each path of a tree stands; handed to the schema's `cross_checks`."""

    known: Mapping[tuple[str, ...], Place] = field(repr=False)
    default: Place = field(default_factory=lambda: Place(BASE))

    def of(self, path: str) -> Place:
        """Place of a dotted path, or of the nearest part of it that was written."""
        return self.at(tuple(path.split(".")) if path else ())

    def at(self, path: Names) -> Place:
        """The same for the parts of a path."""
        parts = tuple(str(part) for part in path)
        while parts and parts not in self.known:
            parts = parts[:-1]
        return self.known[parts] if parts else self.default

    def problem(
        self,
        path: str,
        message: str,
        *,
        code: str = "inconsistent",
        found: object = "",
        allowed: Iterable[str] = (),
        suggestion: str | None = None,
    ) -> Problem:
        """A problem of the schema's own checks, at the place of a path."""
        return Problem.at(
            self.of(path), path, message,
            code=code, found=found, allowed=allowed, suggestion=suggestion,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Base:
    """The base layer: raw values with their places, and the section, if nothing is wrong.

    `broken` are the paths whose files could not be read or do not exist: nothing more is said of them.
    """

    raw: dict[str, Any]
    places: Places
    section: Section | None
    broken: frozenset[Names]

    def is_broken(self, path: Names) -> bool:
        """Whether a path, or a part of it, stands in a file that could not be read."""
        return any(path[: len(b)] == b for b in self.broken)


def context_of(root: type[Section]) -> dict[str, Any]:
    """What rows are checked against: the schema's closed list `owners`, if it has one."""
    return {"owners": tuple(getattr(root, "owners", ()))}


def read_base(files: ParameterFiles, root: type[Section]) -> Base:
    """Read and check `params/base/`; problems go to `files.problems`."""
    before = len(files.problems)
    raw: dict[str, Any] = {}
    known: dict[tuple[str, ...], Place] = {}
    broken: set[Names] = set()
    for path, file in _sections(files, broken):
        document = files.read(file)
        if document is None:
            broken.add(path)
            continue
        content = _content(document, path)
        known.update(
            {(*path, *(str(part) for part in p)): place for p, place in document.places.items()}
        )
        known[path] = Place(file)
        if len(path) == 1:
            raw[path[0]] = content
        else:
            group = raw.setdefault(path[0], Located(Place(f"{BASE}/{path[0]}")))
            known.setdefault(path[:1], group.place)
            group[path[1]] = content
    places = Places(known)
    section, problems = validated(root, raw, places.at, context_of(root))
    files.problems += [_about_files(p, root) for p in problems if not _concerns_broken(p, broken)]
    if section is None:
        broken |= {(name,) for name in field_names(root) if name not in raw}
    sound = section is not None and len(files.problems) == before
    if sound and section is not None:
        files.problems += cross_problems(section, places)
        files.problems += cross_problems(section, places, "base_checks")
        sound = len(files.problems) == before
    return Base(raw, places, section if sound else None, frozenset(broken))


def cross_problems(
    section: Section, places: Places, checks_named: str = "cross_checks"
) -> list[Problem]:
    """What the schema's own checks find between sections, if it has any.

    `cross_checks(places)` hold for the base and for every scenario, `base_checks(places)` for the
    base year alone.
    """
    checks = getattr(section, checks_named, None)
    return list(checks(places)) if checks else []


def prepared(value: Any, path: tuple[str, ...], defaults: Mapping[str, Any]) -> Any:
    """Tell every mapping its path and the defaults of its file; returns the value."""
    if isinstance(value, Located):
        value.path = path
        value.defaults = dict(defaults)
        value.read = None
        for key, part in value.items():
            prepared(part, (*path, key), defaults)
    elif isinstance(value, list):
        for position, part in enumerate(value):
            prepared(part, (*path, str(position)), defaults)
    return value


def _sections(files: ParameterFiles, broken: set[Names]) -> list[tuple[tuple[str, ...], str]]:
    """Path and file of every part of the base layer."""
    found: list[tuple[tuple[str, ...], str]] = [
        ((n,), file) for n, file in files.names(BASE).items()
    ]
    for name, folder in files.folders(BASE).items():
        if ((name,), f"{folder}.yaml") in found:
            found.remove(((name,), f"{folder}.yaml"))
            broken.add((name,))
            message = f"is both a folder and the file {name}.yaml"
            files.problems.append(Problem.at(Place(folder), name, message, code="file-name"))
            continue
        found += [((name, stem), file) for stem, file in files.names(folder).items()]
        for deeper in files.folders(folder).values():
            message = "is not read: folders are one level deep"
            files.problems.append(Problem.at(Place(deeper), "", message, code="file-name"))
    if not found:
        message = "holds no parameters: this is not the folder of a study"
        files.problems.append(Problem.at(Place(BASE), "", message, code="missing-file"))
    return found


def _content(document: Document, path: tuple[str, ...]) -> Located:
    content = Located(document.value.place)
    content.update({k: v for k, v in document.value.items() if k not in HEAD})
    prepared(content, path, defaults_of(document))
    return content


def _concerns_broken(problem: Problem, broken: set[Names]) -> bool:
    parts: Names = tuple(problem.path.split("."))
    return any(parts == b[: len(parts)] or parts[: len(b)] == b for b in broken)


def _about_files(problem: Problem, root: type[Section]) -> Problem:
    """A missing or unknown section is a missing or misnamed file."""
    if "." in problem.path:
        return problem
    if problem.code == "missing-key":
        file = f"{BASE}/{problem.path}.yaml"
        message = "is missing: no such file, nor a folder of that name"
        return Problem.at(Place(file), problem.path, message, code="missing-file")
    if problem.code == "unknown-key":
        names = field_names(root)
        message = "is no section of the schema"
        return Problem.at(
            problem.place, problem.path, message, code="unknown-file", allowed=names,
            suggestion=nearest(problem.path, names) or "",
        )  # fmt: skip
    return problem
