"""Kept: the site that stands published, as a source of last good pages.

What it answers: which page stood at a path, with its own origin and the files that it shows, so
that a part that failed today can still be read as it last was.

What it leaves out: deciding when that is right (`pages`); deleting old sites (`publish`).

Who may import it: the modules of `tandem.site`.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tandem.site.model import Origin
from tandem.site.reading import main_part, read_page, resolved

__all__ = ["MANIFEST", "KeptPage", "Previous", "previous_site"]

#: The file that closes a site: what it is, its pages, and the SHA-256 of every file.
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page of the previous site: its body, clean as it was published, and where it came from."""

    path: str
    kind: str
    title: str
    lead: str
    html: Markup
    origin: Origin


@dataclass(frozen=True, slots=True)
class Previous:
    """The previous site, or nothing (`folder` is None)."""

    folder: Path | None
    manifest: dict[str, Any]

    def page(self, path: str) -> KeptPage | None:
        """The page at `path`, or None where there is none or it cannot be read."""
        if self.folder is None:
            return None
        entry = next((e for e in self.manifest.get("pages", ()) if e["path"] == path), None)
        if entry is None:
            return None
        try:
            html = main_part((self.folder / path).read_text("utf-8"))
        except OSError:
            return None
        if not html:
            return None
        rows = tuple((str(name), str(value)) for name, value in entry["origin"]["rows"])
        return KeptPage(
            path=path,
            kind=entry["kind"],
            title=entry["title"],
            lead=entry["lead"],
            html=Markup(html),  # noqa: S704  # our own page, cleaned when it was made
            origin=Origin(entry["origin"]["run_id"], entry["origin"]["created"], rows),
        )

    def files_of(self, page: KeptPage) -> dict[str, bytes]:
        """The figures and data that `page` refers to, by their path in the site."""
        assert self.folder is not None
        found: dict[str, bytes] = {}
        for _, _, target in read_page(page.html).references:
            place = resolved(page.path, target)
            source = self.folder / place[0] if place else None
            if place and source and source.suffix != ".html" and source.is_file():
                found[place[0]] = source.read_bytes()
        return found


def previous_site(current: Path) -> Previous:
    """The site that the link `current` leads to; an empty one where none stands whole."""
    try:
        folder = current.resolve(strict=True)
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return Previous(None, {})
    return Previous(folder, manifest) if isinstance(manifest, dict) else Previous(None, {})
