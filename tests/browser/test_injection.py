from pathlib import Path

import pytest
from tests.browser.conftest import Visiting
from tests.fixtures import run_folder
from tests.fixtures.run_folder import Words

from tandem.site import SiteRefused, publish

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<svg onload=alert(1)>",
    "</title><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "'-alert(1)-'",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<a href=javascript:alert(1)>x</a>",
    "[x](javascript:alert(1))",
    "<base href=//127.0.0.2/>",
    "<link rel=stylesheet href=http://127.0.0.2/x.css>",
    "<style>@import 'http://127.0.0.2/x.css'</style>",
    "--><script>alert(1)</script><!--",
    "]]></text><script>alert(1)</script>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
)


PAGES = (
    "en/index.html",
    "en/lower-tier-expansion/index.html",
    "en/lower-tier-expansion/market-and-sales.html",
    "en/scenarios.html",
    "en/assumptions.html",
    "en/downloads.html",
    "en/run.html",
)


def words_with(payload: str) -> Words:
    """The payload in every text that a study lets in."""
    return Words(
        label=payload,
        answer=payload,
        title=payload,
        figure=payload,
        cell=payload,
        source=payload,
        markdown=payload,
    )


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 5))
def test_words_from_a_study_do_nothing(tmp_path: Path, visiting: Visiting, first: int) -> None:
    """Labels, answers, titles, cells, sources and text are shown as letters and never act."""
    payloads = PAYLOADS[first : first + 5]
    study = run_folder.project(tmp_path / "study")
    run = run_folder.build(study, words=words_with(" ".join(payloads)))
    folder = publish(study, run, "embedded").folder
    with visiting() as visit:
        for page in PAGES:
            visit.page.goto((folder / page).as_uri())
            shown = visit.page.inner_text("body")
            for payload in payloads:
                assert payload in shown, page
        visit.page.fill("#search", payloads[0])
        visit.page.wait_for_selector("#found a")
        for picture in folder.glob("assets/*.svg"):
            visit.page.goto(picture.as_uri())
        assert visit.complaints == []


def test_template_marks_from_a_study_are_refused(tmp_path: Path) -> None:
    """A label that looks like an unfilled placeholder does not reach a reader."""
    study = run_folder.project(tmp_path / "study")
    run = run_folder.build(study, words=words_with("{{ 7 * 7 }}"))
    with pytest.raises(SiteRefused, match="raw value"):
        publish(study, run, "embedded")
