"""Embedded: the publisher that needs nothing but Python.

What it answers: every page of the site as a finished HTML file under our own template, by its path.
The pages work from `file://`: one classic script, no module, nothing fetched, relative links only.

What it leaves out: which pages there are (`editions`), whether they may be shown (`gates`), and
writing them (`publish`).

Who may import it: the modules of `tandem.site`.
"""

from tandem.site.frame import POLICY, Frame
from tandem.site.model import Site
from tandem.site.templates import Templates

__all__ = ["render", "root_page"]


def render(site: Site, frame: Frame, templates: Templates) -> dict[str, bytes]:
    """Each page's file by its path in the site, the page at its top among them."""
    pages = {"index.html": root_page(site, frame, templates)}
    for edition in site.editions:
        for page in edition.pages:
            html = templates.render("page", **frame.values(edition, page))
            pages[page.path] = html.encode("utf-8")
    return pages


def root_page(site: Site, frame: Frame, templates: Templates) -> bytes:
    """The page at the top of the site, which leads to the first edition's front."""
    edition = site.editions[0]
    html = templates.render(
        "root",
        language=edition.language,
        title=edition.title,
        front=edition.front,
        policy=POLICY,
        icon=frame.icon,
    )
    return html.encode("utf-8")
