"""Reading: what stands on a finished page, as a browser would find it.

What it answers: a page's language, policy, anchors, references, images, active content, headings
and the text that a reader sees, with code kept apart; and its sections for the search.

What it leaves out: judging any of it (`gates`).

Who may import it: the modules of `tandem.site`.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import PurePosixPath
from urllib.parse import unquote

__all__ = [
    "PAGE_END",
    "PAGE_START",
    "PageRead",
    "Section",
    "Text",
    "main_part",
    "read_page",
    "resolved",
]

#: Comments between which a publisher puts what belongs to the page and not to the frame around it.
PAGE_START = "<!-- tandem:page -->"
PAGE_END = "<!-- /tandem:page -->"

_VOID = set("area base br col embed hr img input link meta source track wbr".split())
_CODE = {"code", "pre", "kbd", "samp"}
_UNSEEN = {"script", "style", "title", "template", "noscript"}
_BLOCKS = set(
    "p div section li dt dd td th tr caption figcaption figure h1 h2 h3 h4 h5 h6 br table ul ol dl "
    "main header footer nav summary details button a label".split()
)
_REFERENCES = {"href", "src", "srcset", "data", "poster", "action", "formaction", "xlink:href"}


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text without a block inside it; `code` where it stands in a code element."""

    text: str
    code: bool


@dataclass(slots=True)
class Section:
    """The part of a page under one anchor: its heading and its text."""

    anchor: str
    heading: str
    text: str = ""


@dataclass(slots=True)
class PageRead:
    """What `read_page` found, in the order of the page."""

    language: str = ""
    title: str = ""
    policy: str = ""
    ids: list[str] = field(default_factory=list)
    references: list[tuple[str, str, str]] = field(default_factory=list)
    images: list[tuple[str, str | None]] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def read_page(html: str) -> PageRead:
    """Everything that `html` shows and refers to."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.flush()
    return reader.found


def main_part(html: str) -> str:
    """What stands between the two marks of a page; empty where they are missing."""
    _, start, rest = html.partition(PAGE_START)
    part, end, _ = rest.partition(PAGE_END)
    return part if start and end else ""


def resolved(page: str, target: str) -> tuple[str, str] | None:
    """Path in the site and anchor that `target` on `page` leads to; None where it leaves the site."""
    bare, _, anchor = unquote(target).partition("#")
    bare = bare.split("?")[0]
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", bare) or bare.startswith(("/", "\\")):
        return None
    if not bare:
        return page, anchor
    parts: list[str] = []
    for part in (*PurePosixPath(page).parent.parts, *PurePosixPath(bare).parts):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts), anchor


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = PageRead()
        self._open: list[str] = []
        self._run = ""
        self._heading: list[str] | None = None
        self._row_heads = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS or tag in _CODE:
            self.flush()
        if tag not in _VOID:
            self._open.append(tag)
        self._note(tag, values)
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._heading = []
            self.found.sections.append(Section(values.get("id", ""), ""))
        elif tag == "tr" and "id" in values:
            self.found.sections.append(Section(values["id"], ""))
            self._row_heads = 1

    def _note(self, tag: str, values: dict[str, str]) -> None:
        found = self.found
        if "id" in values:
            found.ids.append(values["id"])
        found.active += [f"{tag} {name}" for name in values if name.startswith("on")]
        if tag in {"iframe", "object", "embed", "form", "base", "applet", "frame"}:
            found.active.append(tag)
        if tag == "script":
            found.scripts.append(values.get("src", ""))
        if tag == "html":
            found.language = values.get("lang", "")
        if tag == "meta" and values.get("http-equiv", "").lower() == "content-security-policy":
            found.policy = values.get("content", "")
        if tag == "img":
            found.images.append((values.get("src", ""), values.get("alt")))
        for name, value in values.items():
            if name in _REFERENCES:
                found.references.append((tag, name, value))
            if name in {"alt", "title", "aria-label", "placeholder"} and value:
                found.texts.append(Text(value, code=False))
            if name == "style" and "url(" in value:
                found.active.append(f"{tag} style")

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS or tag in _CODE:
            self.flush()
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        if self._heading is not None and tag[:1] == "h" and tag[1:].isdigit():
            text = " ".join("".join(self._heading).split())
            self.found.headings.append((int(tag[1]), text))
            self.found.sections[-1].heading = text
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] == "title":
            self.found.title += data
        if set(self._open) & _UNSEEN:
            return
        if self._heading is not None:
            self._heading.append(data)
        self._run += data

    def flush(self) -> None:
        """Close the run of text that stands open."""
        text = " ".join(self._run.split())
        self._run = ""
        if not text:
            return
        self.found.texts.append(Text(text, code=bool(set(self._open) & _CODE)))
        if not self.found.sections:
            self.found.sections.append(Section("", ""))
        section = self.found.sections[-1]
        if self._row_heads and not section.heading:
            section.heading = text
            self._row_heads = 0
        elif self._heading is None:
            section.text = f"{section.text} {text}".strip()
