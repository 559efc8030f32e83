"""Model: the site as a tree of pages, one edition a language, before anybody renders it.

What it answers: which pages there are, what each is called, where it lies, where it comes from,
and which file of which name every figure and table became.

What it leaves out: how the tree is built (`pages`, `reference`) and rendered (`embedded`,
`quarto`).

Who may import it: the modules of `tandem.site`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # nbformat takes longer to import than a run that finds nothing to do
    from nbformat import NotebookNode

    from tandem.site.shelf import Shelf

__all__ = ["Edition", "Origin", "Page", "Site"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the numbers of a page come from: the run, and the rows of its footer in words."""

    run_id: str
    created: str
    rows: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Page:
    """One page.

    `path` is its place in the site and starts with the language; `key` is the same for its
    counterpart in another language. `html` is the body without title, clean; `notebook` the
    prepared notebook that it was made from, where there is one; `short` is the title in menus, where
    it differs. `kind` is brief, study, scenario,
    notebook or the name of a reference page.
    """

    path: str
    language: str
    key: str
    kind: str
    title: str
    html: str
    origin: Origin
    scenario: str | None = None
    short: str = ""
    lead: str = ""
    crumbs: tuple[tuple[str, str], ...] = ()
    notices: tuple[str, ...] = ()
    notebook: NotebookNode | None = None
    wide: bool = False
    kept: bool = False

    @property
    def root(self) -> str:
        """What leads from the page to the top of the site: "../" for each folder."""
        return "../" * self.path.count("/")


@dataclass(slots=True)
class Edition:
    """All pages of one language, the front page first."""

    language: str
    title: str
    pages: list[Page] = field(default_factory=list)

    @property
    def front(self) -> Page:
        """The page that opens the edition."""
        return self.pages[0]

    def find(self, key: str) -> Page | None:
        """The page of that key, or None."""
        return next((page for page in self.pages if page.key == key), None)


@dataclass(slots=True)
class Site:
    """Everything that is published together: editions and files; all of one run, or said so."""

    run_id: str
    publisher: str
    editions: list[Edition]
    shelf: Shelf
    kept: tuple[str, ...] = ()

    @property
    def pages(self) -> list[Page]:
        """Every page of every edition."""
        return [page for edition in self.editions for page in edition.pages]

    def counterparts(self, page: Page) -> dict[str, Page]:
        """The same page in each language that has it, itself among them."""
        found = ((edition.language, edition.find(page.key)) for edition in self.editions)
        return {language: other for language, other in found if other is not None}
