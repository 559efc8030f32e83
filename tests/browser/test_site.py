from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Visiting

#: One page of every kind.
KINDS = (
    "en/index.html",
    "en/scenarios.html",
    "en/lower-tier-expansion/index.html",
    "en/lower-tier-expansion/market-and-sales.html",
    "en/lower-tier-price-war/workforce-plan.html",
    "en/assumptions.html",
    "en/methodology.html",
    "en/glossary.html",
    "en/downloads.html",
    "en/run.html",
    "zh/index.html",
)

CONTRAST = """
() => {
  const light = (c) => {
    const part = c.map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * part[0] + .7152 * part[1] + .0722 * part[2];
  };
  const rgb = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const over = (top, under) => {
    const a = top.length > 3 ? top[3] : 1;
    return [0, 1, 2].map((i) => top[i] * a + under[i] * (1 - a));
  };
  const ground = (node) => {
    const layers = [];
    for (let n = node; n; n = n.parentElement) layers.push(rgb(getComputedStyle(n).backgroundColor));
    return layers.reverse().reduce((under, top) => over(top, under), [255, 255, 255]);
  };
  const bad = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !node.getClientRects().length || node.closest(".unseen, .skip, svg")) continue;
    const style = getComputedStyle(node);
    const back = ground(node);
    const opacity = (() => { let o = 1; for (let n = node; n; n = n.parentElement) o *= getComputedStyle(n).opacity; return o; })();
    const front = over([...rgb(style.color).slice(0, 3), (rgb(style.color)[3] ?? 1) * opacity], back);
    const [a, b] = [light(front), light(back)].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5)) bad.push(`${node.tagName} ${node.className} ${ratio.toFixed(2)}: ${node.textContent.trim().slice(0, 40)}`);
  }
  return bad;
}
"""


@pytest.fixture(params=["http", "file"])
def address(request: pytest.FixtureRequest, site: Path) -> str:
    """Where the site begins: over http, and as files of a folder."""
    if request.param == "file":
        return f"{site.as_uri()}/"
    return str(request.getfixturevalue("served"))


def overflow(page: Page) -> int:
    """How many pixels the page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def test_every_link_of_every_page_leads_somewhere(address: str, visiting: Visiting) -> None:
    """Walking the whole site meets no error, no missing file and no other host."""
    with visiting() as visit:
        visit.page.goto(address + "index.html", wait_until="commit")
        visit.page.wait_for_url("**/en/index.html")
        waiting, done = [address + "en/index.html"], set()
        while waiting:
            url = waiting.pop()
            if url in done:
                continue
            done.add(url)
            visit.page.goto(url)
            links = visit.page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)")
            assert all(link.startswith(address) for link in links), url
            bare = {link.split("#")[0] for link in links}
            waiting += [link for link in bare if link.endswith(".html") and link not in done]
        assert len(done) == 30
        assert visit.complaints == []


@pytest.mark.parametrize("width", [390, 320])
@pytest.mark.parametrize("path", KINDS)
def test_narrow_screens_scroll_down_only(
    served: str, visiting: Visiting, path: str, width: int
) -> None:
    """On a telephone nothing sticks out at the side, and no letters are tiny."""
    with visiting(width) as visit:
        visit.page.goto(served + path)
        assert overflow(visit.page) <= 0
        size = visit.page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
        assert size >= 16
        assert visit.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", KINDS)
def test_text_can_be_read(served: str, visiting: Visiting, path: str, scheme: str) -> None:
    """Every text has the contrast that the guidelines ask for, in light and in dark."""
    with visiting(scheme=scheme) as visit:
        visit.page.goto(served + path)
        assert visit.page.evaluate(CONTRAST) == []


def test_figures_stand_on_white_in_the_dark(served: str, visiting: Visiting) -> None:
    """A figure that was drawn for paper keeps its ground where the page is dark."""
    with visiting(scheme="dark") as visit:
        visit.page.goto(served + "en/index.html")
        colours = visit.page.evaluate(
            "[document.body, document.querySelector('main img')]"
            ".map(n => getComputedStyle(n).backgroundColor)"
        )
        assert colours == ["rgb(16, 21, 26)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("path", KINDS)
def test_structure_can_be_heard(served: str, visiting: Visiting, path: str) -> None:
    """One title, headings that skip no level, one main part, named regions, words for images."""
    with visiting() as visit:
        visit.page.goto(served + path)
        levels = visit.page.eval_on_selector_all(
            "h1, h2, h3, h4, h5, h6", "all => all.map(h => Number(h.tagName[1]))"
        )
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels)), levels
        assert visit.page.locator("main").count() == 1
        for selector in ("nav", "[role=region]", "img", "button", "input"):
            for node in visit.page.locator(selector).all():
                name = node.evaluate(
                    "n => n.getAttribute('aria-label') || n.alt || n.innerText"
                    " || (n.labels && n.labels[0] && n.labels[0].innerText) || ''"
                )
                assert name.strip(), node.evaluate("n => n.outerHTML")


def test_the_keyboard_reaches_the_text_first(served: str, visiting: Visiting) -> None:
    """The first stop of the tab key skips the menu."""
    with visiting() as visit:
        visit.page.goto(served + "en/lower-tier-expansion/index.html")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("document.activeElement.textContent") == "Skip to the text"
        visit.page.keyboard.press("Enter")
        visit.page.keyboard.press("Tab")
        assert visit.page.evaluate("!!document.activeElement.closest('main')")


def test_dark_is_remembered(address: str, visiting: Visiting) -> None:
    """The reader's choice of dark or light holds on the next page."""
    with visiting() as visit:
        visit.page.goto(address + "en/index.html")
        visit.page.click("button.theme")
        assert visit.page.get_attribute("button.theme", "aria-pressed") == "true"
        dark = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        visit.page.goto(address + "en/glossary.html")
        assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
        assert visit.complaints == []


@pytest.mark.parametrize(
    ("path", "words", "target"),
    [
        ("en/glossary.html", "requisitions by 16", "en/index.html"),
        ("en/index.html", "switching rate", "en/assumptions.html#customers.switching"),
        ("zh/index.html", "换牌率", "zh/assumptions.html#customers.switching"),
    ],
)
def test_search_finds_words(
    address: str, visiting: Visiting, path: str, words: str, target: str
) -> None:
    """Words of either language lead to their page, from a folder of files as well."""
    with visiting() as visit:
        visit.page.goto(address + path)
        visit.page.fill("#search", words)
        visit.page.wait_for_selector("#found a")
        links = visit.page.eval_on_selector_all("#found a", "all => all.map(a => a.href)")
        assert address + target in links
        visit.page.keyboard.press("ArrowDown")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_url(links[0])
        assert visit.complaints == []


def test_search_says_when_it_finds_nothing(served: str, visiting: Visiting) -> None:
    """A search without result is answered, and closes on Escape."""
    with visiting() as visit:
        visit.page.goto(served + "en/index.html")
        visit.page.fill("#search", "zzzz")
        visit.page.wait_for_selector("#found .none")
        visit.page.keyboard.press("Escape")
        assert visit.page.is_hidden("#found")


def test_the_menu_of_a_telephone_opens(served: str, visiting: Visiting) -> None:
    """On a narrow screen the menu is folded away until it is asked for."""
    with visiting(390) as visit:
        visit.page.goto(served + "en/index.html")
        assert visit.page.is_hidden("#menu")
        visit.page.click(".menu-button")
        assert visit.page.is_visible("#menu")
        visit.page.click("#menu >> text=Glossary")
        visit.page.wait_for_url("**/en/glossary.html")


def test_pages_are_whole_without_scripts(served: str, visiting: Visiting) -> None:
    """Where scripts are off, text, figures and the menu are there all the same."""
    with visiting(390, scripts=False) as visit:
        visit.page.goto(served + "en/index.html")
        for selector in ("#menu", "main img", ".tandem-answer", ".tandem-points"):
            assert visit.page.is_visible(selector), selector


@pytest.mark.parametrize("chosen", [False, True])
def test_paper_shows_text_and_figures_only(served: str, visiting: Visiting, chosen: bool) -> None:
    """A printed page is black on white and leaves out menu, search and links to files.

    This holds on a machine that is set to dark, and where the reader chose dark on the page.
    """
    with visiting(scheme="light" if chosen else "dark") as visit:
        visit.page.goto(served + "en/index.html")
        if chosen:
            visit.page.click("button.theme")
        visit.page.emulate_media(media="print")
        ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(255, 255, 255)"
        assert visit.page.evaluate(CONTRAST) == []
        for selector in ("#menu", ".tools", "nav.main", "figcaption", ".toc"):
            assert visit.page.is_hidden(selector), selector
        for selector in (".tandem-answer", "main img", "footer.origin p"):
            assert visit.page.is_visible(selector), selector


def test_languages_switch_and_come_back(address: str, visiting: Visiting) -> None:
    """The brief leads to its Chinese counterpart and back."""
    with visiting() as visit:
        visit.page.goto(address + "en/index.html")
        visit.page.click("a.language")
        visit.page.wait_for_url("**/zh/index.html")
        assert visit.page.get_attribute("html", "lang") == "zh-Hans"
        visit.page.click("a.language")
        visit.page.wait_for_url("**/en/index.html")
        assert visit.complaints == []
