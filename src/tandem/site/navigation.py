"""Navigation: which links stand around a page.

What it answers: the line of links on top, the menu beside the page (short: the scenarios, and
under the one that is open its notebooks and its repetitions under outlooks), the page's own
headings, and the switch between languages, which leads only to pages that exist.

What it leaves out: how they look (the templates and the theme).

Who may import it: the modules of `tandem.site`.
"""

from dataclasses import dataclass, field

from tandem.charts.source import short_label
from tandem.language import translator
from tandem.site.model import Edition, Page, Site
from tandem.site.reading import read_page
from tandem.site.run import Run

__all__ = ["Group", "Link", "headings", "languages", "menu", "relative", "top", "variant_name"]

#: Keys of the pages that explain the others, in the order of the menu.
REFERENCE = ("assumptions", "methodology", "glossary", "downloads", "run")

_NAMES = {"en": "English", "zh": "中文"}


@dataclass(slots=True)
class Link:
    """One entry: its words, where it leads from the page at hand, and what stands under it."""

    text: str
    href: str
    current: bool = False
    children: list["Link"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one title; the title is empty for those that need none."""

    title: str
    links: list[Link]


def relative(page: Page, path: str) -> str:
    """The link from `page` to `path` in the site; a folder's own page is named, for `file://`."""
    return f"{page.root}{path}"


def top(edition: Edition, page: Page) -> list[Link]:
    """The pages that a reader looks for first."""
    keys = (edition.front.key, "scenarios", *REFERENCE[:-1])
    found = [target for key in keys if (target := edition.find(key)) is not None]
    return [
        Link(
            target.short or target.title,
            relative(page, target.path),
            target is page or (target.key == "scenarios" and page.scenario is not None),
        )
        for target in found
    ]


def menu(edition: Edition, page: Page, run: Run) -> list[Group]:
    """The whole tree, opened only where the reader stands."""
    _ = translator(edition.language)
    groups = [
        Group(
            _("Decision"),
            [_to(page, target) for target in edition.pages if target.kind in {"brief", "study"}],
        ),
        Group(_("Scenarios"), _scenarios(edition, page, run)),
        Group(
            _("Reference"),
            [_to(page, target) for key in REFERENCE if (target := edition.find(key)) is not None],
        ),
    ]
    return [group for group in groups if group.links]


def _scenarios(edition: Edition, page: Page, run: Run) -> list[Link]:
    overview = edition.find("scenarios")
    _ = translator(edition.language)
    links = (
        [Link(_("Overview"), relative(page, overview.path), overview is page)] if overview else []
    )
    here = next((entry for entry in run.scenarios if entry.name == page.scenario), None)
    for scenario in run.scenarios:
        if scenario.parent is not None:
            continue
        section = edition.find(scenario.name)
        if section is None:
            continue
        link = _to(page, section)
        if here is not None and scenario.name in {here.name, here.parent}:
            link.children = _notebooks(edition, page, scenario.name)
            for variant in run.scenarios:
                target = edition.find(variant.name)
                if variant.parent == scenario.name and target is not None:
                    under = _to(page, target)
                    under.text = variant_name(under.text, section.title)
                    if variant.name == here.name:
                        under.children = _notebooks(edition, page, variant.name)
                    link.children.append(under)
        links.append(link)
    return links


def variant_name(text: str, parent: str) -> str:
    """A variant's name without its parent's, for places where it stands under it."""
    return short_label(text, parent)


def _notebooks(edition: Edition, page: Page, scenario: str) -> list[Link]:
    return [
        _to(page, target)
        for target in edition.pages
        if target.scenario == scenario and target.kind == "notebook"
    ]


def _to(page: Page, target: Page) -> Link:
    return Link(target.short or target.title, relative(page, target.path), target is page)


def headings(page: Page) -> list[Link]:
    """The page's second-level headings that can be jumped to; none where there are fewer than 3."""
    found = read_page(page.html)
    named = {section.anchor: section.heading for section in found.sections if section.anchor}
    second = {text for level, text in found.headings if level == 2}
    links = [Link(text, f"#{anchor}") for anchor, text in named.items() if text in second]
    return links if len(links) >= 3 else []


def languages(site: Site, page: Page) -> list[tuple[str, str, str]]:
    """The other languages that have this page: code, name, link."""
    return [
        (language, _NAMES.get(language, language), relative(page, other.path))
        for language, other in site.counterparts(page).items()
        if language != page.language
    ]
