"""Frame: what both publishers put around every page.

What it answers: the policy, the assets of the theme under their hashed names, the data of the
search, and the values with which the templates of head, top and footer are filled.

What it leaves out: who pours them (`embedded`, `quarto`) and how they look (`reports/theme`).

Who may import it: the modules of `tandem.site`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from tandem.language import translator
from tandem.site.model import Edition, Page, Site
from tandem.site.navigation import headings, languages, menu, relative, top
from tandem.site.problems import PublishFailed
from tandem.site.reading import PAGE_END, PAGE_START, read_page
from tandem.site.run import Run
from tandem.site.shelf import Shelf

__all__ = ["POLICY", "Frame", "build_frame"]

#: What a page may do: show its own files, run its own script, style itself (figures need that).
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"
)

#: Text of one section that the search looks through, in letters.
_SEARCHED = 4000

#: Facts of the origin that stand in the footer without opening it.
_LINE = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """The site's files that every page names, by their path in the site."""

    site: Site
    run: Run
    css: str
    js: str
    icon: str
    search: dict[str, str]

    def values(self, edition: Edition, page: Page) -> dict[str, Any]:
        """Everything that the templates of the frame ask for, for one page."""
        _ = translator(edition.language)
        return {
            "page": page,
            "edition": edition,
            "front": edition.front,
            "frame": {
                "policy": POLICY,
                "css": self.css,
                "js": self.js,
                "icon": self.icon,
                "search": self.search[edition.language],
                "words": {
                    "skip": _("Skip to the text"),
                    "main": _("Main pages"),
                    "pages": _("All pages"),
                    "here": _("On this page"),
                    "search": _("Search"),
                    "nothing": _("Nothing found"),
                    "dark": _("Dark or light"),
                    "menu": _("Menu"),
                    "origin": _("Where these numbers come from"),
                },
            },
            "top": top(edition, page),
            "menu": menu(edition, page, self.run),
            "headings": headings(page),
            "languages": languages(self.site, page),
            "crumbs": [(text, relative(page, path)) for text, path in page.crumbs],
            "summary": self._summary(page),
            "start": Markup(PAGE_START),  # noqa: S704  # a constant of ours of ours
            "end": Markup(PAGE_END),  # noqa: S704  # a constant of ours of ours
        }

    @staticmethod
    def _summary(page: Page) -> str:
        """The first facts of the page's origin in one line."""
        return " · ".join(f"{name}: {value}" for name, value in page.origin.rows[:_LINE])


def build_frame(site: Site, run: Run, theme: Path) -> Frame:
    """The frame of `site`, its files on the site's shelf; raises PublishFailed without a theme."""
    shelf = site.shelf
    try:
        css, js, icon = (
            shelf.asset(name, (theme / name).read_bytes())
            for name in ("site.css", "site.js", "icon.svg")
        )
    except OSError as error:
        raise PublishFailed(f"the theme of the site cannot be read: {error}") from error
    search = {edition.language: _search(edition, shelf) for edition in site.editions}
    return Frame(site, run, css, js, icon, search)


def _search(edition: Edition, shelf: Shelf) -> str:
    """A script that assigns headings and text of every page, so that it loads from `file://`."""
    entries = []
    for page in edition.pages:
        where = page.title if not page.crumbs else f"{page.crumbs[-1][0]} · {page.title}"
        for section in read_page(f"<h1>{escape(page.lead)}</h1>{page.html}").sections:
            address = f"{page.path}#{section.anchor}" if section.anchor else page.path
            entries.append([address, where, section.heading, section.text[:_SEARCHED]])
    data = json.dumps(entries, ensure_ascii=False, separators=(",", ":"))
    safe = data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    script = f"window.tandemSearch={safe};\n"
    return shelf.asset(f"search-{edition.language}.js", script.encode("utf-8"))
