import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.fixtures import run_folder

from tandem.assumptions.schema import OWNERS
from tandem.charts.departments import department
from tandem.language import translator
from tandem.site import PublishFailed, PublishResult, SiteRefused, publish
from tandem.site.reading import read_page

Pages = Mapping[str, str]
Shared = tuple[Path, PublishResult]


def test_the_brief_opens_the_site(pages: Pages) -> None:
    """The top leads to the English brief, and that says what to do."""
    assert 'url=en/index.html"' in pages["index.html"]
    assert "open the requisitions in October" in pages["en/index.html"]


def test_every_scenario_has_its_section(pages: Pages) -> None:
    """Each scenario has a page of its own, with its notebooks under it."""
    for entry in run_folder.SCENARIOS:
        for page in ("index", "market-and-sales", "workforce-plan"):
            assert f"en/{entry['name']}/{page}.html" in pages


def test_a_section_says_what_was_decided_and_what_came_out(pages: Pages) -> None:
    """A scenario's page shows results with units, its answers, and its difference from the base."""
    page = pages["en/lower-tier-expansion/index.html"]
    assert "in 59 of 100 simulated futures" in page
    assert "M CNY" in page
    assert "Heads grow until 2028" in page
    link = '<a href="../../en/assumptions.html#markets.lower_tier.media">Lower-tier cities: '
    assert f"{link}Media spend</a>" in page
    assert '>1.7</td><td>M CNY a month</td><td class="date">Dec 2026</td>' in page
    assert "Nothing: this is the base itself." in pages["en/do-nothing/index.html"]


def test_a_repetition_stands_under_its_parent(pages: Pages) -> None:
    """A scenario under an outlook is found in its parent's menu, not beside it."""
    side = pages["en/index.html"].partition('id="menu"')[2].partition("</nav>")[0]
    assert "Lower-tier, told at launch" in side
    assert "rice war" not in side
    opened = pages["en/lower-tier-expansion/index.html"].partition('id="menu"')[2]
    assert ">Price war</a>" in opened.partition("</nav>")[0]


def test_languages_lead_only_to_what_exists(pages: Pages) -> None:
    """The brief leads to its Chinese counterpart, a page without one leads to none."""
    assert 'hreflang="zh"' in pages["en/index.html"]
    assert 'href="../zh/index.html"' in pages["en/index.html"]
    assert 'hreflang="en"' in pages["zh/index.html"]
    assert 'hreflang="zh"' not in pages["en/lower-tier-late/workforce-plan.html"]
    assert not any(path.startswith("zh/") and "workforce" in path for path in pages)


def test_chinese_readers_read_chinese(pages: Pages) -> None:
    """Frame, labels and numbers of the Chinese edition are Chinese."""
    page = pages["zh/index.html"]
    assert 'lang="zh-Hans"' in page
    assert "进入下沉市场" in page
    assert "Skip to the text" not in page
    assert "Where these numbers come from" not in page
    assert "<td>亿元</td>" in pages["zh/lower-tier-expansion/index.html"]


def test_every_page_says_where_its_numbers_come_from(pages: Pages) -> None:
    """Run, commit, hashes, seed, futures, versions, time and publisher stand in every footer."""
    for path, page in pages.items():
        if path == "index.html":
            continue
        footer = page.partition('<footer class="origin">')[2]
        for fact in ("5f0c2a9be1d3", "0123456789ab", "a" * 12, "b" * 12, "c" * 12, "2,000",
                     "numpy 2.3.0", "2026", "UTC"):  # fmt: skip
            assert fact in footer, (path, fact)
    assert "published by" in pages["en/index.html"].lower()
    assert " draws" not in pages["en/index.html"]


def test_uncommitted_changes_are_told(study: Path) -> None:
    """A run from a changed work tree says so on its pages."""
    run = run_folder.build(study)
    body = json.loads((run / "run.json").read_text("utf-8"))
    body["provenance"]["clean"] = False
    (run / "run.json").write_text(json.dumps(body), "utf-8")
    folder = publish(study, run, "embedded").folder
    assert "with changes that are not committed" in (folder / "en/index.html").read_text("utf-8")


def test_the_register_is_anchored_by_path(pages: Pages) -> None:
    """Each assumption can be linked to, and shows value, range, unit, source, evidence and owner."""
    page = pages["en/assumptions.html"]
    row = page.partition('<tr id="customers.switching">')[2].partition("</tr>")[0]
    for fact in ("Switching rate", "0.0115", "0.006 to 0.017", "a month", "judgement",
                 "People analytics", "2026-09-15", "Judgement of the commercial team"):  # fmt: skip
        assert fact in row
    for title in (
        ">Customers</h2>",
        ">Core cities</h2>",
        ">Lower-tier cities</h2>",
        ">Hiring</h2>",
    ):
        assert title in page
    lever = page.partition(">Set from March 2027: Enter lower-tier cities</h2>")[2]
    row = lever.partition('-markets.lower_tier.media">')[2].partition("</tr>")[0]
    assert "Lower-tier cities · Media spend" in row
    assert "2.4" in row
    fixed = page.partition('<tr id="hiring.notice">')[2].partition("</tr>")[0]
    assert " to " not in fixed.partition("months")[0], "a fixed value has no range"


@pytest.mark.parametrize("owner", OWNERS)
def test_owners_are_departments_in_words(owner: str) -> None:
    """Each department of the schema's list has a name in both languages."""
    english, chinese = (department(owner, translator(language)) for language in ("en", "zh"))
    assert english[0].isupper()
    assert english != chinese


def test_methodology_takes_its_numbers_from_the_run(pages: Pages) -> None:
    """Elasticities, futures, targets and counts on the page are those of the run."""
    page = pages["en/methodology.html"]
    for fact in ("computed 2,000 times", "−2.65", "at least 30.0 %", "October 2026",
                 "December 2029", "The run uses 8 assumptions"):  # fmt: skip
        assert fact in page
    assert "{{" not in page


def test_a_run_without_elasticities_says_so(study: Path) -> None:
    """What was not computed is not shown."""
    run = run_folder.build(study)
    (run / "facts.json").unlink()
    folder = publish(study, run, "embedded").folder
    assert "not computed in this run" in (folder / "en/methodology.html").read_text("utf-8")


def test_a_placeholder_that_names_nothing_is_refused(study: Path) -> None:
    """A hand-written page cannot ask for a number that the run lacks."""
    source = study / "reports" / "methodology.en.md"
    source.write_text("# T\n\n{{ results['gone'].npv.p50 }}", "utf-8")
    with pytest.raises(SiteRefused, match=r"methodology\.en\.md: placeholder"):
        publish(study, run_folder.build(study), "embedded")


@pytest.mark.parametrize("attack", ["{{ ''.__class__.__mro__ }}", "{{ settings.update({}) }}"])
def test_a_placeholder_cannot_reach_out(study: Path, attack: str) -> None:
    """A hand-written page reads numbers and does nothing else."""
    (study / "reports" / "methodology.en.md").write_text(f"# T\n\n{attack}", "utf-8")
    with pytest.raises(SiteRefused, match="placeholder"):
        publish(study, run_folder.build(study), "embedded")


def test_each_term_stands_once(study: Path, pages: Pages) -> None:
    """Measures and terms share one list, and one that is defined twice is refused."""
    page = pages["en/glossary.html"]
    assert page.count(">Net present value</dt>") == 1
    assert 'id="measure-npv"' in page
    glossary = study / "reports" / "glossary.yaml"
    again = "\n  - term: {en: net present value, zh: 净现值}\n    text: {en: x, zh: x}\n"
    glossary.write_text(glossary.read_text("utf-8") + again, "utf-8")
    with pytest.raises(SiteRefused, match="term defined twice"):
        publish(study, run_folder.build(study), "embedded")


def test_data_can_be_taken_away(shared: Shared, pages: Pages) -> None:
    """Every figure's data, the register and all headline numbers can be downloaded."""
    folder = shared[1].folder
    page = pages["en/downloads.html"]
    links = [t for _, _, t in read_page(page).references if "data/" in t or t.endswith(".json")]
    assert len(links) == len(set(links)) == 2 + 1 + 2 * len(run_folder.SCENARIOS)
    for link in links:
        assert (folder / "en" / link).resolve().is_file()
    register = next(link for link in links if "assumptions" in link)
    content = (folder / "en" / register).read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0]["path"] == "customers.switching"
    assert rows[0]["p10"] == "0.006"
    assert [(row["layer"], row["from"]) for row in (rows[0], rows[-1])] == [
        ("base", ""),
        ("levers/launch", "2027-03"),
    ]


def test_results_are_published_as_they_are(shared: Shared) -> None:
    """The machine-readable results beside the pages are the run's, byte for byte."""
    folder, result = shared
    run = folder / "build" / "runs" / "5f0c2a9be1d3"
    assert (result.folder / "results.json").read_bytes() == (run / "results.json").read_bytes()


def test_the_run_log_lists_every_notebook(pages: Pages) -> None:
    """What ran, whether it ran, and how long it took can be read."""
    page = pages["en/run.html"]
    assert page.count("computed</td>") == 1 + 2 * len(run_folder.SCENARIOS)
    assert "Workforce plan" in page
    assert ">2.4</td>" in page


def test_search_finds_pages_by_their_words(shared: Shared) -> None:
    """The data of the search hold headings and text of every page, as a script that assigns."""
    folder = shared[1].folder
    (script,) = folder.glob("assets/search-en.*.js")
    text = script.read_text("utf-8")
    head, _, data = text.partition("=")
    assert head == "window.tandemSearch"
    entries = json.loads(data.rstrip(";\n").replace("\\u003c", "<"))
    assert "<" not in data
    assert any("155" in entry[3] and entry[0] == "en/index.html" for entry in entries)
    assert any(entry[0] == "en/assumptions.html#customers.switching" for entry in entries)
    for entry in entries:
        assert (folder / entry[0].partition("#")[0]).is_file()


def test_a_run_without_a_brief_is_not_published(study: Path) -> None:
    """A site that does not open with a decision is none."""
    run = run_folder.build(study)
    body = json.loads((run / "run.json").read_text("utf-8"))
    body["jobs"] = [job for job in body["jobs"] if job["scenario"] is not None]
    (run / "run.json").write_text(json.dumps(body), "utf-8")
    with pytest.raises(PublishFailed, match="no brief"):
        publish(study, run, "embedded")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("run.json", "{}", "not a run record"),
        ("run.json", "[1]", "not a JSON object"),
        ("results.json", '{"scenarios": NaN}', "NaN"),
        ("register.json", '{"assumptions": {}}', "not a list"),
        ("measures.json", None, "measures.json"),
    ],
)
def test_a_torn_run_folder_is_refused(
    study: Path, file: str, content: str | None, said: str
) -> None:
    """A run folder that is not of its form is named, and nothing is published."""
    run = run_folder.build(study)
    if content is None:
        (run / file).unlink()
    else:
        (run / file).write_text(content)
    with pytest.raises(PublishFailed, match=said):
        publish(study, run, "embedded")
    assert not (study / "build" / "site" / "current").exists()


def test_a_page_outside_the_run_folder_is_refused(study: Path) -> None:
    """A run record cannot make the site read another folder."""
    run = run_folder.build(study)
    body = json.loads((run / "run.json").read_text("utf-8"))
    body["jobs"][0]["page"] = "../../../_quarto.yml"
    (run / "run.json").write_text(json.dumps(body), "utf-8")
    with pytest.raises(PublishFailed, match="leads out"):
        publish(study, run, "embedded")
