import pytest

from tandem.site.clean import clean_html, markdown_html, slug

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<iframe src='https://example.org'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='//example.org/x'>x</a>",
    "<a href='https://example.org'>x</a>",
    "<form action='https://example.org'><input autofocus onfocus=alert(1)></form>",
    "<style>@import 'https://example.org/x.css'</style>",
    "<p style=\"background:url('https://example.org/x.png')\">x</p>",
    "<table background='https://example.org/x.png'><tr><td>x</td></tr></table>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<base href='https://example.org/'>",
    "<meta http-equiv='refresh' content='0;url=https://example.org'>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_acts_or_loads_passes(payload: str) -> None:
    """Whatever stands in a notebook's HTML, what is left cannot act and loads nothing."""
    html = clean_html(f"<section class='tandem-answer'>before {payload} after</section>").lower()
    assert "before" in html
    for forbidden in ("<script", "onerror", "onload", "onfocus", "javascript:", "example.org",
                      "<iframe", "<form", "<style", "<base", "<meta", "<img", "<svg"):  # fmt: skip
        assert forbidden not in html


@pytest.mark.parametrize("payload", PAYLOADS)
def test_raw_html_in_markdown_is_shown_as_text(payload: str) -> None:
    """A reader sees the letters of HTML that stands in a text cell, and it does nothing."""
    html = markdown_html(f"before\n\n{payload}\n\nafter")
    assert "&lt;" in html
    for tag in ("<script", "<img", "<svg", "<iframe", "<form", "<style", "<math", "<base", "<meta"):
        assert tag not in html.lower()


def test_components_keep_structure_and_classes() -> None:
    """The classes that the theme knows stay, all others go."""
    html = clean_html('<p class="tandem-note evil">x</p><td class="num">1</td>')
    assert '<p class="tandem-note">x</p>' in html
    assert "evil" not in html


def test_facts_come_in_pairs() -> None:
    """Each fact stands in one element with its value, so that they wrap together."""
    html = clean_html("<dl class='tandem-facts'><dt>a</dt><dd>1</dd><dt>b</dt><dd>2</dd></dl>")
    assert html.count("<div><dt>") == 2


def test_tables_scroll_under_their_caption() -> None:
    """A wide table scrolls by keyboard as well, in a frame that says what it holds."""
    caption = 'People &amp; pay "now"'
    html = clean_html(f"<table><caption>{caption}</caption><tr><td>1</td></tr></table>")
    assert html.startswith(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="People'
    )
    assert html.count("<table>") == 1


def test_headings_get_anchors_that_differ() -> None:
    """Two headings of one name can both be linked to, in any language."""
    html = markdown_html("## Why\n\n## Why\n\n## 为什么")
    assert '<h2 id="why">' in html
    assert '<h2 id="why-2">' in html
    assert '<h2 id="为什么">' in html


def test_right_aligned_columns_are_numbers() -> None:
    """A column that a hand-written table aligns right is set like the numbers of other tables."""
    html = markdown_html("| a | b |\n| --- | ---: |\n| x | 1 |")
    assert '<th class="num">b</th>' in html
    assert '<td class="num">1</td>' in html
    assert "style=" not in html


@pytest.mark.parametrize(
    ("text", "name"),
    [("What comes out?", "what-comes-out"), ("2027", "s-2027"), ("…", "s"), ("A_b", "a-b")],
)
def test_slug_is_a_name(text: str, name: str) -> None:
    """An anchor starts with a letter and holds no marks, whatever the heading says."""
    assert slug(text) == name
