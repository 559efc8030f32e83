"""Gates: what a finished site must keep before anybody sees it.

What it answers: every broken rule on every page at once: references that lead nowhere, anything
from another host, active content that is not ours, a missing policy, language or alternative text,
numbers that do not exist, and names that only code should know.

What it leaves out: making pages; what a page should say.

Who may import it: the modules of `tandem.site`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from tandem.site.drawing import UnsafeDrawing, read_drawing
from tandem.site.frame import POLICY
from tandem.site.problems import Problem
from tandem.site.reading import PageRead, read_page, resolved

__all__ = ["check_site"]

_NOT_A_NUMBER = re.compile(r"(?<![\w-])(?:NaN|nan|[-−]?inf|NaT|<NA>)(?![\w-])")
# The word opens English sentences, too: "None of the scenarios ...", "None, at best ...".
_NONE = re.compile(r"(?<![\w-])None(?![\w-])(?!,? [a-z])")
_RAW = re.compile(r"\{'|\[\[|\barray\(|\bdtype\b|<xarray|Traceback \(most recent|\bobject at 0x")
_CODE_NAME = re.compile(r"(?<![\w./@-])[A-Za-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+(?![\w/@])")
_MACHINE_PATH = re.compile(r"(?:^|[\s\"'(=])(?:/(?:home|root|Users|tmp|work|var)/\S+|[A-Z]:\\\S+)")
_NO_ALT = "No description has been provided for this image"
_PLACEHOLDER = re.compile(r"\{\{ ?\w|\{% ")


@dataclass(frozen=True, slots=True)
class _Page:
    """A page under the gates: its path in the site and what stands on it."""

    path: str
    read: PageRead


def check_site(files: Mapping[str, bytes], secret: str = "") -> list[Problem]:
    """Every problem of the site whose files, by path, are `files`; empty where it may be shown.

    `secret` is a text that no file may hold (the project's folder on this machine).
    """
    pages = {
        path: _Page(path, read_page(content.decode("utf-8")))
        for path, content in files.items()
        if path.endswith(".html")
    }
    folder = re.compile(rb"(?<![\w./])" + re.escape(secret.encode()) + rb"\b") if secret else None
    problems: list[Problem] = []
    for page in pages.values():
        for rule in _RULES:
            problems += [Problem(page.path, _name(rule), found) for found in rule(page)]
        problems += _references(page, files, pages)
    for path, content in files.items():
        if path.endswith(".svg"):
            problems += _drawing(path, content)
        if folder is not None and folder.search(content):
            problems.append(Problem(path, "machine path", "the folder of the project"))
    return sorted(set(problems))


def _references(
    page: _Page, files: Mapping[str, bytes], pages: Mapping[str, _Page]
) -> list[Problem]:
    found = []
    for tag, name, target in page.read.references:
        if target.startswith("data:") and tag in {"img", "link"}:
            continue
        place = resolved(page.path, target)
        if place is None:
            found.append(Problem(page.path, "another host", f"{tag} {name} {target[:80]}"))
        elif place[0] not in files:
            found.append(Problem(page.path, "leads nowhere", f"{tag} {name} {target[:80]}"))
        elif place[1] and place[0] in pages and place[1] not in pages[place[0]].read.ids:
            found.append(Problem(page.path, "no such anchor", target[:80]))
    return found


def _active(page: _Page) -> Iterator[str]:
    """Handlers, frames and forms; scripts but the site's own."""
    yield from page.read.active
    for source in page.read.scripts:
        if not source:
            yield "script without a file"
        elif not re.fullmatch(r"(\.\./)*assets/site\.[0-9a-f]+\.js", source):
            yield f"script {source[:80]}"


def _policy(page: _Page) -> Iterator[str]:
    """The content-security policy, whole."""
    if page.read.policy != POLICY:
        yield page.read.policy or "none"


def _structure(page: _Page) -> Iterator[str]:
    """Language, title, and one first-level heading."""
    if not page.read.language:
        yield "no language"
    if not page.read.title.strip():
        yield "no title"
    first = [text for level, text in page.read.headings if level == 1]
    if len(first) != 1 or not first[0]:
        yield f"{len(first)} first-level headings"
    repeated = {name for name in page.read.ids if page.read.ids.count(name) > 1}
    yield from (f"anchor {name} twice" for name in sorted(repeated))


def _alternative_text(page: _Page) -> Iterator[str]:
    """What each image says to those who cannot see it."""
    for source, alt in page.read.images:
        if not (alt or "").strip() or alt == _NO_ALT:
            yield source[-60:]


def _missing_number(page: _Page) -> Iterator[str]:
    """Numbers that do not exist, shown as if they did."""
    for text in page.read.texts:
        for pattern in (_NOT_A_NUMBER, _NONE):
            yield from (_around(text.text, match) for match in pattern.finditer(text.text))


def _raw_value(page: _Page) -> Iterator[str]:
    """Dictionaries, arrays and error reports as code prints them, and placeholders left unfilled."""
    for text in page.read.texts:
        for pattern in (_RAW, _PLACEHOLDER):
            if not text.code:
                yield from (_around(text.text, match) for match in pattern.finditer(text.text))


def _code_name(page: _Page) -> Iterator[str]:
    """Names with underscores where people read."""
    for text in page.read.texts:
        if not text.code:
            yield from (match[0] for match in _CODE_NAME.finditer(text.text))


def _machine_path(page: _Page) -> Iterator[str]:
    """Folders of the machine that made the site."""
    for text in page.read.texts:
        yield from (match[0].strip() for match in _MACHINE_PATH.finditer(text.text))


_RULES: tuple[Callable[[_Page], Iterator[str]], ...] = (
    _active,
    _policy,
    _structure,
    _alternative_text,
    _missing_number,
    _raw_value,
    _code_name,
    _machine_path,
)


def _name(rule: Callable[[_Page], Iterator[str]]) -> str:
    return getattr(rule, "__name__", "").strip("_").replace("_", " ")


def _drawing(path: str, content: bytes) -> Iterator[Problem]:
    """The same rules for the letters in a figure, and that it only draws."""
    try:
        drawing = read_drawing(content.decode("utf-8"))
    except (UnsafeDrawing, UnicodeDecodeError) as error:
        yield Problem(path, "figure", str(error))
        return
    for text in drawing.texts:
        for name, pattern in (
            ("missing number", _NOT_A_NUMBER),
            ("missing number", _NONE),
            ("code name", _CODE_NAME),
        ):
            yield from (Problem(path, name, match[0]) for match in pattern.finditer(text))


def _around(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - 30) : match.end() + 30]
