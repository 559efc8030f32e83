"""A YAML file as plain values, and the line and column where each of them stands.

Answers: what a file says, or everything that is wrong with how it is written. Leaves out: what its
keys mean (the schema does that). Only the assumptions may import it; others ask `loading`.

The dialect is YAML 1.2's core schema, read strictly: one document, UTF-8, names as keys, no
directives, tags, anchors or aliases, no key twice, no NaN or infinity, no invisible or
bidirectional marks. `NO`, `yes` and `2026-10` stay text, `5e6` and `0x1F` are numbers, `010` is
ten. ruamel.yaml scans and parses; values are built here from its events, one by one, so that a
hostile file is left at its first piece too deep or too many, before anything has grown.
"""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.assumptions.scalars import plain_value, unseen

# What a hostile file may cost: the slowest contents of this size take half a second.
MAX_BYTES = 128 * 1024
MAX_DEPTH = 20
MAX_EVENTS = 10_000
MAX_BRACKETS = 200
MAX_PROBLEMS = 100

_BRACKET = re.compile(r"[\[\]{}]")

Path_ = tuple[str | int, ...]


class Located(dict[str, Any]):
    """A mapping that knows where it stands; to everybody else it is a dict.

    The loader adds its path in the tree and its file's defaults. `read` keeps what a field of the
    schema made of it, since every scenario goes through the schema once more.
    """

    __slots__ = ("defaults", "path", "place", "read")

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.path: tuple[str, ...] = ()
        self.defaults: dict[str, Any] = {}
        self.read: tuple[object, Any] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file: its values, where each path of keys and list positions stands, and its hash."""

    file: str
    value: Located
    places: dict[Path_, Place] = field(repr=False)
    sha256: str

    def place(self, path: Path_) -> Place:
        """Where a path stands, or the nearest part of it that exists."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file))


def read_document(path: Path, file: str) -> Document:
    """Read one file, called `file` in every message.

    Raises Refusal for a file that is missing, a link, no regular file, larger than MAX_BYTES, or
    not written in the dialect above.
    """
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            what = "a link" if stat.S_ISLNK(mode) else "not a regular file"
            raise Refusal([Problem.at(Place(file), "", f"is {what}", code="not-a-file")])
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = f"cannot be read: {error.strerror or error}"
        raise Refusal([Problem.at(Place(file), "", message, code="unreadable")]) from error
    return parse_document(data, file)


def parse_document(data: bytes, file: str) -> Document:
    """The same from bytes. The document must be a mapping."""
    value, places = _parsed(data, file)
    if not isinstance(value, Located):
        message = "expected keys and values" if data.strip() else "is empty"
        place = places.get((), Place(file))
        raise Refusal([Problem.at(place, "", message, code="wrong-type")])
    return Document(file, value, places, hashlib.sha256(data).hexdigest())


def parse_value(data: bytes, file: str) -> Any:
    """Any one value in the same dialect, such as what stands behind `=` on the command line."""
    return _parsed(data, file)[0]


def _parsed(data: bytes, file: str) -> tuple[Any, dict[Path_, Place]]:
    if len(data) > MAX_BYTES:
        message = f"is larger than {MAX_BYTES // 1024} KiB"
        raise Refusal([Problem.at(Place(file), "", message, code="too-large")])
    reader = _Reader(file)
    text = reader.decoded(data)
    value: Any = None
    try:
        value = reader.value_of(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reader.add(mark, "syntax", f"cannot be read: {error.problem or error.context}")
    except (YAMLError, ValueError, OverflowError) as error:
        # Escapes and directives with absurd numbers reach ruamel.yaml's own int() and chr().
        reader.add(None, "syntax", f"cannot be read: {str(error).splitlines()[0][:80]}")
    if reader.problems:
        raise Refusal(reader.problems)
    return value, reader.places


@dataclass(slots=True)
class _Reader:
    """Builds values from the parser's events and gathers what is wrong on the way."""

    file: str
    places: dict[Path_, Place] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: int = 0

    def decoded(self, data: bytes) -> str:
        """The text, or Refusal: not UTF-8, or holding what no editor shows."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            line = before.count(b"\n") + 1
            column = error.start - (before.rfind(b"\n") + 1) + 1
            place = Place(self.file, line, column)
            raise Refusal(
                [Problem.at(place, "", "is not UTF-8", found=repr(data[error.start : error.start + 1]),
                            code="encoding")]
            ) from error  # fmt: skip
        text = text.removeprefix("\ufeff")  # some editors write one; anywhere else it is refused
        lines = text.split("\n")
        for number, content in enumerate(lines, 1):
            if content.startswith("%"):  # ruamel.yaml passes over those that it does not know
                self.add_at(number, 1, "directive", "directives are not allowed")
            if content.isascii() and content.isprintable():
                continue
            for column, found in unseen(content):
                self.add_at(
                    number, column, "character", "holds a character that is not shown", found
                )
                break
        self._check_brackets(lines)
        if self.problems:
            raise Refusal(self.problems)
        return text

    def _check_brackets(self, lines: list[str]) -> None:
        """Leave a file with masses of open brackets before ruamel.yaml sees it.

        Its scanner's time grows with their square. Quotes and comments are not told apart here,
        so the limit is far above that of the nesting.
        """
        depth = 0
        for number, content in enumerate(lines, 1):
            for bracket in _BRACKET.finditer(content):
                depth = depth + 1 if bracket[0] in "[{" else max(depth - 1, 0)
                if depth > MAX_BRACKETS:
                    message = f"opens more than {MAX_BRACKETS} brackets"
                    self.add_at(number, bracket.start() + 1, "too-deep", message)
                    return

    def value_of(self, text: str) -> Any:
        """The one document's value; problems that leave the rest readable are only noted."""
        yaml = YAML(typ="safe", pure=True)
        events: Iterator[Event] = yaml.parse(text)
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.add(event.start_mark, "documents", "holds more than one document")
                    break
            elif isinstance(event, NodeEvent):
                value = self._node(event, events, (), self._place(event.start_mark))
                if self._lost():
                    break
        return value

    def _lost(self) -> bool:
        """Whether the rest is not worth reading."""
        return self.seen > MAX_EVENTS or len(self.problems) > MAX_PROBLEMS

    def _node(self, event: NodeEvent, events: Iterator[Event], path: Path_, place: Place) -> Any:
        """The value that begins with an event; `place` is its key's."""
        self.places[path] = place
        self.seen += 1
        if self.seen > MAX_EVENTS:
            self.add(event.start_mark, "too-large", f"holds more than {MAX_EVENTS} values")
            return None
        if isinstance(event, AliasEvent):
            self.add(event.start_mark, "alias", "aliases are not allowed")
            return None
        if event.anchor is not None:
            self.add(event.start_mark, "anchor", "anchors are not allowed")
        if getattr(event, "tag", None) is not None:
            self.add(event.start_mark, "tag", "tags are not allowed")
        if isinstance(event, ScalarEvent):
            return self._scalar(event, path)
        if len(path) >= MAX_DEPTH:
            self.add(event.start_mark, "too-deep", f"is nested more than {MAX_DEPTH} levels deep")
            self.seen = MAX_EVENTS + 1
            return None
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path, place)
        assert isinstance(event, SequenceStartEvent)
        return self._sequence(events, path)

    def _mapping(self, events: Iterator[Event], path: Path_, place: Place) -> Located:
        mapping = Located(place)
        for key_event in events:
            if not isinstance(key_event, NodeEvent):
                break
            key_place = self._place(key_event.start_mark)
            if isinstance(key_event, ScalarEvent):
                key = key_event.value
                # A key is checked as a value is, but stays the text that was written.
                self._node(key_event, events, (*path, key), key_place)
            else:
                self.add(key_event.start_mark, "key", "a key must be a name")
                self._node(key_event, events, (*path, ""), key_place)
                key = ""
            if self._lost():
                break
            value_event = next(events)
            assert isinstance(value_event, NodeEvent)  # the parser gives a key its value
            value = self._node(value_event, events, (*path, key), key_place)
            if key in mapping:
                self.add(key_event.start_mark, "duplicate-key", "appears twice", path=(*path, key))
            mapping[key] = value
            if self._lost():
                break
        return mapping

    def _sequence(self, events: Iterator[Event], path: Path_) -> list[Any]:
        values: list[Any] = []
        for event in events:
            if not isinstance(event, NodeEvent):
                break
            place = self._place(event.start_mark)
            values.append(self._node(event, events, (*path, len(values)), place))
            if self._lost():
                break
        return values

    def _scalar(self, event: ScalarEvent, path: Path_) -> Any:
        text: str = event.value
        for _, found in unseen(text):
            message = "holds a character that is not shown"
            self.add(event.start_mark, "character", message, path=path, found=found)
            break
        if event.style is not None:  # quoted, or a block: text
            return text
        try:
            return plain_value(text)
        except ValueError as error:
            self.add(event.start_mark, "not-finite", str(error), path=path, found=text)
            return None

    def _place(self, mark: StringMark) -> Place:
        return Place(self.file, mark.line + 1, mark.column + 1)

    def add(
        self, mark: StringMark | None, code: str, message: str, path: Path_ = (), found: str = ""
    ) -> None:
        """Note a problem at ruamel.yaml's mark (counted from 0)."""
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self.add_at(line, column, code, message, found, path)

    def add_at(
        self, line: int, column: int, code: str, message: str, found: str = "", path: Path_ = ()
    ) -> None:
        """Note a problem at a line and column counted from 1."""
        name = ".".join(str(part) for part in path)
        place = Place(self.file, line, column)
        self.problems.append(Problem.at(place, name, message, found=found, code=code))
