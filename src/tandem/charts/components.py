"""Components: the words of a page that code makes: the answer, ranked points, notes, callouts.

What it answers: how a sentence made from results reaches the reader in JupyterLab and on every
published page alike, as plain escaped HTML without style, and as plain text.

What it leaves out: style (the site's), numbers inside the sentences (`tandem.charts.numbers`).

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import TypeVar

__all__ = ["Answer", "Callout", "Note", "Point", "Points", "present", "said"]

Shown = TypeVar("Shown")


def present(*items: Shown | None) -> list[Shown]:
    """Those of `items` that there are: what a study does not compute is absent from its record."""
    return [item for item in items if item is not None]


def said(*sentences: str) -> str:
    """Sentences in one line; a Chinese full stop needs no space after it."""
    return " ".join(sentences).replace("。 ", "。")


@dataclass(frozen=True)
class Answer:
    """What the page answers: one sentence, the range around it, and a few facts (name, value)."""

    headline: str
    range: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())

    def __str__(self) -> str:
        lines = [self.headline, *([self.range] if self.range else [])]
        return "\n".join([*lines, *(f"{name}: {value}" for name, value in self.facts)])

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        html = f'<h2 class="tandem-answer-headline">{escape(self.headline)}</h2>'
        if self.range:
            html += f'<p class="tandem-answer-range">{escape(self.range)}</p>'
        if self.facts:
            pairs = (f"<dt>{escape(n)}</dt><dd>{escape(v)}</dd>" for n, v in self.facts)
            html += f'<dl class="tandem-facts">{"".join(pairs)}</dl>'
        return f'<section class="tandem-answer">{html}</section>'


@dataclass(frozen=True)
class Point:
    """A fact, and why it matters."""

    fact: str
    matters: str


class Points:
    """Points in the order of their weight, the heaviest first."""

    def __init__(self, points: Iterable[Point], most: int = 6) -> None:
        """Keep the first `most` of `points`."""
        self.points = tuple(points)[:most]

    def __repr__(self) -> str:
        lines = (said(p.fact, p.matters) for p in self.points)
        return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, start=1))

    def _repr_html_(self) -> str:
        items = (
            f"<li><strong>{escape(p.fact)}</strong>"
            f"{escape(said(p.fact, p.matters).removeprefix(p.fact))}</li>"
            for p in self.points
        )
        return f'<ol class="tandem-points">{"".join(items)}</ol>'


@dataclass(frozen=True, repr=False)
class Note:
    """A quiet remark under a figure or table."""

    text: str

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<p class="tandem-note">{escape(self.text)}</p>'


@dataclass(frozen=True, repr=False)
class Callout:
    """Something to notice; `kind` is note, good or warning."""

    text: str
    kind: str = "note"

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        kind = escape(self.kind, quote=True)
        return f'<div class="tandem-callout" data-kind="{kind}"><p>{escape(self.text)}</p></div>'
