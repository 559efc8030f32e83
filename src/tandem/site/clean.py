"""Clean: what of a notebook's or a hand-written page's HTML may reach a reader.

What it answers: the same text and structure with nothing in it that could act: no script, no
handler, no style, no form, no frame, nothing loaded, and no link that leaves the site.

What it leaves out: figures, which are files of their own (`drawing`); code-like names and numbers
that do not exist (`gates`).

Who may import it: the modules of `tandem.site`.
"""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

__all__ = ["clean_html", "markdown_html", "slug"]

_TAGS = set(
    "a abbr b blockquote br caption code col colgroup dd div dl dt em figcaption figure h1 h2 h3 h4 "
    "h5 h6 hr i li ol p pre section small span strong sub sup table tbody td tfoot th thead time "
    "tr ul".split()
)
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "lang", "title", "aria-label", "aria-labelledby"},
    "a": {"href"},
    "col": {"span"},
    "div": {"data-kind"},
    "section": {"data-kind"},
    "ol": {"start"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "time": {"datetime"},
}
_CLASSES = {"num"}
_FACT = re.compile(r"(<dt>(?:(?!</?d[tdl]>).)*</dt>)\s*(<dd>(?:(?!</?d[tdl]>).)*</dd>)", re.DOTALL)
_TABLE = re.compile(r"<table[ >](?:(?!</?table[ >]).)*</table>", re.DOTALL)
_CAPTION = re.compile(r"<caption[^>]*>(.*?)</caption>", re.DOTALL)
_ID = re.compile(r"[^\W\d][\w.-]*")


def clean_html(html: str) -> Markup:
    """`html` with only allowed elements and attributes, marked as safe; scripts and styles are dropped.

    Tables come back in a frame that scrolls, and each fact of a list together with its value.
    """
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        clean_content_tags={"script", "style", "iframe", "object", "embed", "template"},
        attribute_filter=_attribute,
        url_schemes=set(),
        link_rel=None,
    )
    shown = _FACT.sub(r"<div>\1\2</div>", _framed_tables(cleaned))
    return Markup(shown)  # noqa: S704  # only what the lists above allow is left


def _attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "class":
        kept = [part for part in value.split() if part in _CLASSES or part.startswith("tandem-")]
        return " ".join(kept) or None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "href" and (value.startswith(("//", "\\", "/")) or ":" in value.split("#")[0]):
        return None
    return value


def _framed_tables(html: str) -> str:
    """Each table in a frame that scrolls sideways on a narrow screen, by keyboard as well."""

    def framed(match: re.Match[str]) -> str:
        caption = _CAPTION.search(match[0])
        name = re.sub(r"<[^>]*>|\"", "", caption[1]).strip() if caption else ""
        label = f' role="region" aria-label="{name}"' if name else ""
        return f'<div class="table-scroll" tabindex="0"{label}>{match[0]}</div>'

    return _TABLE.sub(framed, html)


def markdown_html(text: str, *, demote: int = 0, taken: set[str] | None = None) -> Markup:
    """Markdown as clean HTML, with an id on every heading.

    Raw HTML in `text` is shown as text. Headings move down by `demote` levels; `taken` holds the
    ids that the page already has and receives the new ones.
    """
    engine = MarkdownIt("commonmark", {"html": False}).enable("table")
    ids = taken if taken is not None else set()
    tokens = engine.parse(text)
    for place, token in enumerate(tokens):
        if token.type in {"th_open", "td_open"} and "right" in str(token.attrGet("style")):
            token.attrs = {"class": "num"}
        if token.type not in {"heading_open", "heading_close"}:
            continue
        token.tag = f"h{min(6, int(token.tag[1]) + demote)}"
        if token.type == "heading_open":
            token.attrSet("id", _unique(slug(tokens[place + 1].content), ids))
    return clean_html(engine.renderer.render(tokens, engine.options, {}))


def slug(text: str) -> str:
    """A name for an anchor or a file, from a heading in any language; never empty."""
    words = re.sub(r"[^\w]+", "-", text.lower()).replace("_", "-").strip("-")
    return words if words[:1].isalpha() else f"s-{words}".rstrip("-")


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    taken.add(candidate)
    return candidate
