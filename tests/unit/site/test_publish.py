import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures import run_folder
from tests.fixtures.run_folder import Words

from tandem.site import PublishFailed, PublishResult, SiteRefused, publish

Files = Callable[[Path], dict[str, bytes]]


def again(study: Path, run_id: str, **more: Any) -> PublishResult:
    """Publish another run of the same study."""
    return publish(study, run_folder.build(study, run_id=run_id, **more), "embedded")


def test_the_site_stands_behind_a_relative_link(study: Path) -> None:
    """`current` leads to the site, wherever the project is moved."""
    result = again(study, "run1")
    assert result.path == study / "build" / "site" / "current"
    assert str(result.path.readlink()) == "run1-1"
    assert (result.path / "index.html").is_file()
    assert (result.pages, result.publisher, result.changed) == (30, "embedded", True)
    assert result.headline.startswith("Go into the lower-tier cities")


def test_nothing_changed_nothing_done(study: Path) -> None:
    """The same run again leaves the site alone, even where it was computed at another time."""
    first = again(study, "run1")
    run = study / "build" / "runs" / "run1"
    body = json.loads((run / "run.json").read_text("utf-8"))
    body["created_utc"] = "2026-10-02T09:00:00Z"
    for job in body["jobs"]:
        job.update(status="cached", seconds=0.0, reason="nothing changed")
    (run / "run.json").write_text(json.dumps(body), "utf-8")
    second = publish(study, run, "embedded")
    assert not second.changed
    assert second.folder == first.folder
    assert second.pages == first.pages


@pytest.mark.parametrize("name", ["reports/theme/site.css", "reports/glossary.yaml", "_quarto.yml"])
def test_a_changed_input_is_published(study: Path, name: str) -> None:
    """Whatever the site is made from, a changed byte of it makes another site."""
    first = again(study, "run1")
    with (study / name).open("a", encoding="utf-8") as out:
        out.write("\n")
    second = again(study, "run1")
    assert second.changed
    assert second.folder.name == "run1-2"
    assert first.folder.is_dir(), "the one before is kept"


def test_a_damaged_site_is_made_again(study: Path) -> None:
    """A site with one changed bit no longer counts as published."""
    first = again(study, "run1")
    (first.folder / "en" / "run.html").write_text("x")
    second = again(study, "run1")
    assert second.changed
    assert (second.folder / "en" / "run.html").read_text("utf-8") != "x"


def test_the_same_run_gives_the_same_bytes(study: Path, files_of: Files) -> None:
    """A site depends on its inputs alone."""
    first = files_of(again(study, "run1").folder)
    shutil.rmtree(study / "build" / "site")
    assert files_of(again(study, "run1").folder) == first


def test_the_last_five_are_kept(study: Path) -> None:
    """Old sites go, the last five stay, and assets do not pile up."""
    counts = []
    for number in range(1, 9):
        result = again(study, f"run{number}")
        counts.append(sum(path.is_file() for path in result.folder.rglob("*")))
    kept = sorted(path.name for path in (study / "build" / "site").iterdir())
    assert kept == ["current", "run4-1", "run5-1", "run6-1", "run7-1", "run8-1"]
    assert counts[-1] == counts[-2] == counts[-3]


def test_a_page_read_while_publishing_finds_its_files(study: Path) -> None:
    """What a page of the site before shows is still there after the switch."""
    first = again(study, "run1")
    before = {path for path in first.folder.rglob("*") if path.parent.name in {"assets", "data"}}
    (study / "reports" / "theme" / "site.css").write_text("body { color: black }")
    second = again(study, "run2", words=Words(figure="Another finding"))
    for path in before:
        there = second.path / path.relative_to(first.folder)
        assert there.read_bytes() == path.read_bytes()


@pytest.mark.parametrize("words", [Words(answer="gives NaN M CNY"), Words(cell="field_rep")])
def test_a_refused_site_leaves_the_last_good_one(
    study: Path, files_of: Files, words: Words
) -> None:
    """A gate stops the new site; readers keep the old, and no half of the new is left."""
    first = again(study, "run1")
    before = files_of(first.folder)
    with pytest.raises(SiteRefused):
        again(study, "run2", words=words)
    assert str(first.path.readlink()) == "run1-1"
    assert files_of(first.folder) == before
    assert sorted(p.name for p in (study / "build/site").iterdir()) == ["current", "run1-1"]


@pytest.mark.parametrize("broken", ["fsync", "replace", "rename"])
def test_a_failing_disk_leaves_the_last_good_one(
    study: Path, files_of: Files, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """Where flushing or renaming fails, the site before stands untouched and the failure is told."""
    first = again(study, "run1")
    before = files_of(first.folder)
    run = run_folder.build(study, run_id="run2")

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        if broken == "rename":
            patch.setattr(Path, "rename", fails)
        else:
            patch.setattr(os, broken, fails)
        with pytest.raises(PublishFailed, match="No space left"):
            publish(study, run, "embedded")
    assert str(first.path.readlink()) == "run1-1"
    assert files_of(first.folder) == before
    assert publish(study, run, "embedded").folder.name.startswith("run2-")


def test_what_a_killed_publisher_left_is_swept(study: Path) -> None:
    """Staging folders and links of processes that are gone do not pile up; others' stay."""
    sites = study / "build" / "site"
    (sites / ".staging-999999999-x").mkdir(parents=True)
    (sites / ".current-999999999").symlink_to("nowhere")
    living = sites / f".staging-{os.getppid()}-x"
    living.mkdir()
    again(study, "run1")
    assert sorted(path.name for path in sites.iterdir()) == [living.name, "current", "run1-1"]


def test_an_unknown_publisher_is_refused(study: Path) -> None:
    """A publisher that does not exist is named together with those that do."""
    with pytest.raises(PublishFailed, match="auto, quarto, embedded"):
        publish(study, run_folder.build(study), "word")


@pytest.mark.parametrize("missing", ["reports/theme/site.js", "reports/templates/page.html.j2"])
def test_a_missing_template_is_named(study: Path, missing: str) -> None:
    """A project without a part of its reports is told which."""
    (study / missing).unlink()
    with pytest.raises(PublishFailed, match=Path(missing).name):
        again(study, "run1")


# ---- parts that failed -----------------------------------------------------------------------


def test_a_failed_scenario_keeps_its_last_good_pages(study: Path) -> None:
    """The pages of the run before stand on, each with a notice of its run and age."""
    again(study, "run1", created="2026-10-01T08:00:00Z")
    result = again(study, "run2", created="2026-10-04T08:00:00Z", failed=("lower-tier-late",))
    assert result.kept == (
        "en/lower-tier-late/market-and-sales.html",
        "en/lower-tier-late/workforce-plan.html",
    )
    page = (result.path / result.kept[0]).read_text("utf-8")
    assert "run run1, computed 1 October 2026, 08:00 UTC, 3 days before the latest" in page
    assert "Sales grow until 2028" in page
    assert "run1" in page.partition("<footer")[2], "the footer is that of its own numbers"
    section = (result.path / "en/lower-tier-late/index.html").read_text("utf-8")
    assert "This scenario failed in the latest run" in section
    other = (result.path / "en/do-nothing/market-and-sales.html").read_text("utf-8")
    assert "run2" in other.partition("<footer")[2]
    assert "failed" not in other
    assert "failed in the latest run" in (result.path / "en/scenarios.html").read_text("utf-8")


def test_kept_pages_are_kept_as_long_as_it_fails(study: Path) -> None:
    """A second failure shows the same good run, older by then, and a good run ends it."""
    again(study, "run1", created="2026-10-01T08:00:00Z")
    failed = ("lower-tier-late",)
    again(study, "run2", created="2026-10-02T08:00:00Z", failed=failed)
    third = again(study, "run3", created="2026-10-01T18:00:00Z", failed=failed)
    page = third.path / "en/lower-tier-late/market-and-sales.html"
    text = page.read_text("utf-8")
    assert "run run1" in text
    assert "10 hours before the latest" in text
    assert text.count('data-kind="warning"') == 2, "one notice, beside the page's own callout"
    again(study, "run4", created="2026-10-05T08:00:00Z")
    assert "failed" not in page.read_text("utf-8")


def test_a_scenario_that_never_worked_says_so(study: Path) -> None:
    """Without an earlier result there is a page that says that there is none."""
    result = again(study, "run1", failed=("lower-tier-late",))
    assert not (result.path / "en/lower-tier-late/market-and-sales.html").exists()
    section = (result.path / "en/lower-tier-late/index.html").read_text("utf-8")
    assert "no earlier result stands" in section
    assert "the kernel died" in (result.path / "en/run.html").read_text("utf-8")


def test_a_failed_brief_keeps_the_last_one(study: Path) -> None:
    """The front page stands on with its notice; without one before, nothing is published."""

    def without_brief(run_id: str) -> Path:
        run = run_folder.build(study, run_id=run_id)
        body = json.loads((run / "run.json").read_text("utf-8"))
        body["jobs"][0].update(status="failed", page=None, record=None)
        (run / "run.json").write_text(json.dumps(body), "utf-8")
        return run

    with pytest.raises(PublishFailed, match="brief"):
        publish(study, without_brief("run0"), "embedded")
    again(study, "run1")
    result = publish(study, without_brief("run2"), "embedded")
    assert result.kept == ("en/index.html",)
    page = (result.path / "en" / "index.html").read_text("utf-8")
    assert "last good result: run run1" in page
    assert "open the requisitions in October" in page
