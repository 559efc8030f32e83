"""What is wrong with the parameter files, all of it at once, each with its place.

Answers: how a problem is described and printed, and which allowed name a mistyped one is near to.
Leaves out: finding problems. Every module that reads input may import it; it imports nothing of
the package.

A printed problem is one line, `file:line:column path: message; did you mean ...? (code)`, made
safe for a terminal: what was found is shortened, and its control characters are escaped.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

SHOWN_LENGTH = 60
SHOWN_PATH = 160  # a path may be long, and its end names the term
SHOWN_NAMES = 12
SHOWN_PROBLEMS = 200


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands: file relative to the study's folder, line and column from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """As editors and terminals make it a link: file:line:column."""
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong; empty texts and no names are left out when it is printed."""

    file: str
    line: int
    column: int
    path: str
    message: str
    found: str = ""
    allowed: tuple[str, ...] = ()
    suggestion: str = ""
    code: str = "invalid"

    @classmethod
    def at(
        cls,
        place: Place,
        path: str,
        message: str,
        *,
        code: str,
        found: object = "",
        allowed: Iterable[str] = (),
        suggestion: str | None = None,
    ) -> Problem:
        """A problem at a place; the nearest allowed name is suggested unless one is given."""
        names = tuple(allowed)
        text = found if isinstance(found, str) else shown(found)
        if suggestion is None:
            suggestion = nearest(text, names) or ""
        return cls(
            place.file, place.line, place.column, path, message, text, names, suggestion, code
        )

    @property
    def place(self) -> Place:
        """File, line and column together."""
        return Place(self.file, self.line, self.column)

    def __str__(self) -> str:
        """One line: place, path, message, what was found, what is allowed, the nearest name."""
        text = f"{self.place} "
        if self.path:
            text += f"{shown(self.path, SHOWN_PATH)}: "
        text += self.message
        if self.found:
            text += f", found {shown(self.found)}"
        if self.suggestion:
            text += f"; did you mean {shown(self.suggestion)}?"
        if self.allowed:
            text += f"{'' if self.suggestion else ';'} allowed: {_listed(self.allowed)}"
        return f"{text} ({self.code})"


class Refusal(Exception):
    """Input that was refused, with every problem in the order of files and lines."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__(self.problems)

    def __str__(self) -> str:
        """One line a problem; past `SHOWN_PROBLEMS` their number."""
        lines = [str(problem) for problem in self.problems[:SHOWN_PROBLEMS]]
        if len(self.problems) > SHOWN_PROBLEMS:
            lines.append(f"and {len(self.problems) - SHOWN_PROBLEMS} more problems")
        return "\n".join(lines)


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name most like a mistyped one, or None where none is like it."""
    names = list(allowed)
    folded = {_folded(other): other for other in reversed(names)}
    wanted = _folded(name[: 2 * SHOWN_LENGTH])
    if wanted in folded:
        return folded[wanted]
    close = difflib.get_close_matches(wanted, folded, n=1)
    return folded[close[0]] if close else None


def shown(value: object, length: int = SHOWN_LENGTH) -> str:
    """A found value as one short line without control characters."""
    text = value if isinstance(value, str) else repr(value)
    if len(text) > length:
        text = text[: length - 3] + "..."
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _folded(name: str) -> str:
    return name.casefold().replace("-", "_").replace(" ", "_")


def _listed(names: tuple[str, ...]) -> str:
    listed = ", ".join(shown(name) for name in names[:SHOWN_NAMES])
    more = len(names) - SHOWN_NAMES
    return f"{listed} and {more} more" if more > 0 else listed
