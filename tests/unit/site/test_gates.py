from collections.abc import Mapping
from pathlib import Path

import pytest

from tandem.site.frame import POLICY
from tandem.site.gates import check_site

META = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
PAGE = (
    f'<!DOCTYPE html><html lang="en"><head>{META}<title>T</title></head>'
    '<body><main id="content"><h1>T</h1>{}</main></body></html>'
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><text>2027</text></svg>'
FILES = {
    "assets/site.0a1b.js": b"",
    "assets/fan.1.svg": SVG,
    "en/other.html": PAGE.replace("{}", '<h2 id="why">W</h2>').encode(),
}


def problems(body: str, files: Mapping[str, bytes] | None = None, page: str = PAGE) -> list[str]:
    """What the gates say of a page with `body`, beside FILES."""
    made = page.replace("{}", body).encode()
    found = check_site({**FILES, **(files or {}), "en/index.html": made})
    return [f"{problem.rule}: {problem.found}" for problem in found]


def test_a_sound_page_passes() -> None:
    """Nothing is said of a page that keeps every rule."""
    body = (
        "<p>None of the scenarios loses. Information, nanny, finance. None, at best .4</p>"
        '<p>See <a href="other.html#why">why</a>, <a href="#content">top</a>.</p>'
        '<code>roles.field_rep.pay</code><img src="../assets/fan.1.svg" alt="Sales grow">'
        '<script src="../assets/site.0a1b.js"></script>'
    )
    assert problems(body) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<a href="gone.html">x</a>', "leads nowhere"),
        ('<img src="../assets/gone.svg" alt="x">', "leads nowhere"),
        ('<a href="../data/gone.csv">x</a>', "leads nowhere"),
        ('<a href="other.html#gone">x</a>', "no such anchor"),
        ('<a href="#gone">x</a>', "no such anchor"),
        ('<a href="https://example.org/">x</a>', "another host"),
        ('<a href="//example.org/">x</a>', "another host"),
        ('<a href="/en/other.html">x</a>', "another host"),
        ('<a href="../../outside.html">x</a>', "another host"),
        ('<img src="https://example.org/x.png" alt="x">', "another host"),
        ('<a href="javascript:alert(1)">x</a>', "another host"),
        ("<script>alert(1)</script>", "active"),
        ('<script src="../assets/evil.js"></script>', "active"),
        ('<p onclick="x()">x</p>', "active"),
        ('<iframe src="other.html"></iframe>', "active"),
        ('<form action="other.html"></form>', "active"),
        ('<p style="background: url(x)">x</p>', "active"),
        ('<img src="../assets/fan.1.svg">', "alternative text"),
        ('<img src="../assets/fan.1.svg" alt=" ">', "alternative text"),
        (
            '<img src="../assets/fan.1.svg" alt="No description has been provided for this image">',
            "alternative text",
        ),
        ("<td>NaN</td>", "missing number"),
        ("<td>nan M CNY</td>", "missing number"),
        ("<td>-inf</td>", "missing number"),
        ("<td>None</td>", "missing number"),
        ("<p>Sales: None</p>", "missing number"),
        ("<td>NaT</td>", "missing number"),
        ("<p>{'npv': 1}</p>", "raw value"),
        ("<p>Traceback (most recent call last)</p>", "raw value"),
        ("<p>{{ facts.x }}</p>", "raw value"),
        ("<p>the field_rep role</p>", "code name"),
        ('<p title="field_rep">x</p>', "code name"),
        ("<p>see /" + "home/someone/x.py</p>", "machine path"),
        ("<h1>Second</h1>", "structure"),
        ('<p id="content">x</p>', "structure"),
    ],
)
def test_every_broken_rule_is_named(body: str, rule: str) -> None:
    """One thing wrong is one problem, under the name of its rule."""
    found = problems(body)
    assert found, body
    assert any(entry.startswith(rule) for entry in found), found


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (' lang="en"', "", "structure: no language"),
        ("<title>T</title>", "", "structure: no title"),
        (POLICY, "default-src *", "policy: default-src *"),
        (META, "", "policy: none"),
    ],
)
def test_the_frame_is_checked(old: str, new: str, rule: str) -> None:
    """A page without language, title or policy is refused."""
    assert rule in problems("x", page=PAGE.replace(old, new))


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (SVG.replace(b"2027", b"nan"), "missing number"),
        (SVG.replace(b"2027", b"field_rep"), "code name"),
        (SVG.replace(b"<text>", b"<script/><text>"), "figure"),
    ],
)
def test_letters_in_figures_are_read_too(content: bytes, rule: str) -> None:
    """What may not stand on a page may not stand in a figure either."""
    assert any(p.startswith(rule) for p in problems("x", {"assets/bad.svg": content}))


def test_all_problems_come_at_once() -> None:
    """Two pages with two faults are four lines, in the order of the pages."""
    bad = PAGE.replace("{}", "<td>NaN</td><a href='gone'>x</a>").encode()
    found = check_site({"en/b.html": bad, "en/a.html": bad})
    assert [p.page for p in found] == ["en/a.html"] * 2 + ["en/b.html"] * 2


def test_the_folder_of_the_project_is_not_published(tmp_path: Path) -> None:
    """No file says where on its machine the site was made."""
    told = PAGE.replace("{}", f"<code>{tmp_path}/params</code>").encode()
    assert check_site({"en/a.html": told}, secret=str(tmp_path))
    assert not check_site({"en/a.html": PAGE.replace("{}", "x").encode()}, secret=str(tmp_path))


def test_a_short_project_folder_is_no_false_alarm() -> None:
    """A project in /data does not forbid links to the folder data of the site."""
    page = PAGE.replace("{}", '<a href="../data/x.csv">x</a>').encode()
    assert not check_site({"en/a.html": page, "data/x.csv": b""}, secret="/data")
