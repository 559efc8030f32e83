import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML
from tests.fixtures import run_folder
from tests.fixtures.run_folder import REPOSITORY, Words

from tandem.site import PublishFailed, SiteRefused, publish
from tandem.site.quarto import raw_block

STAND_IN = REPOSITORY / "tests" / "stand_in"


@pytest.fixture
def quarto(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Puts the stand-in on the path as `quarto`; returns the file that lists its calls."""
    python = str(Path(sys.executable).parent)
    monkeypatch.setenv("PATH", os.pathsep.join([str(STAND_IN), python, os.environ["PATH"]]))
    calls = tmp_path / "calls.jsonl"
    monkeypatch.setenv("STAND_IN_QUARTO_CALLS", str(calls))
    monkeypatch.delenv("STAND_IN_QUARTO", raising=False)
    return calls


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project folder with the repository's reports."""
    return run_folder.project(tmp_path / "study")


def configured(study: Path, place: str, value: object) -> None:
    """Set one key of the project's `_quarto.yml`."""
    yaml = YAML()
    path = study / "_quarto.yml"
    config = yaml.load(path.read_text("utf-8"))
    *parents, last = place.split(".")
    inner = config
    for parent in parents:
        inner = inner.setdefault(parent, {})
    inner[last] = value
    with path.open("w", encoding="utf-8") as out:
        yaml.dump(config, out)


def test_without_quarto_tandem_publishes_itself(
    study: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """On a machine without Quarto the site is whole, and says who made it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    run = run_folder.build(study)
    result = publish(study, run, "auto")
    assert result.publisher == "embedded"
    assert "tandem itself, without Quarto" in (result.path / "en/index.html").read_text("utf-8")
    with pytest.raises(PublishFailed, match="no `quarto` is on the path"):
        publish(study, run, "quarto")


def test_quarto_on_the_path_publishes(study: Path, quarto: Path) -> None:
    """Where Quarto is found it renders, called once as documented, and every footer says so."""
    result = publish(study, run_folder.build(study), "auto")
    assert result.publisher == "quarto"
    calls = [json.loads(line) for line in quarto.read_text("utf-8").splitlines()]
    render = [call for call in calls if call[0] == "render"]
    (words,) = render
    assert words[2:4] == ["--no-execute", "--log"]
    assert words[5:] == ["--log-format", "json-stream"]
    assert Path(words[1]).parent.name.startswith(".staging-"), "never rendered in place"
    for page in result.path.rglob("*.html"):
        if page.parent.name != page.parents[1].name and page.name != "index.html":
            assert "Quarto 1.11.0" in page.read_text("utf-8")


def test_both_publishers_show_the_same(study: Path, quarto: Path) -> None:
    """The same pages, figures and data stand on the site, whoever renders it."""
    run = run_folder.build(study)
    first, second = publish(study, run, "quarto"), publish(study, run, "embedded")
    assert first.pages == second.pages

    def there(folder: Path) -> set[str]:
        return {
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if path.suffix in {".html", ".svg", ".csv"}
        }

    assert there(first.folder) == there(second.folder)
    name = "en/lower-tier-expansion/market-and-sales.html"
    for folder in (first.folder, second.folder):
        page = (folder / name).read_text("utf-8")
        for shown in ("Sales grow until 2028", "tandem-callout", 'alt="Sales grow', "_fan_"):
            assert shown in page
        for hidden in ("load_study", "injected", "loading 2000"):
            assert hidden not in page


def test_quarto_gets_the_notebooks_as_they_were_executed(
    study: Path, quarto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Staged notebooks hold no times, stable ids, and components as raw blocks."""
    from tandem.site import quarto as publisher

    staged: dict[str, str] = {}
    real = publisher.subprocess.run

    def look(call: list[str], **more: object) -> object:
        if call[1] == "render":
            stage = Path(call[2])
            staged.update(
                {p.relative_to(stage).as_posix(): p.read_text("utf-8") for p in stage.rglob("*")
                 if p.suffix in {".ipynb", ".qmd", ".yml"}}
            )  # fmt: skip
        return real(call, **more)

    monkeypatch.setattr(publisher.subprocess, "run", look)
    publish(study, run_folder.build(study), "quarto")
    assert staged["en/_metadata.yml"] == "lang: en\n"
    assert staged["zh/_metadata.yml"] == "lang: zh\n"
    assert staged["_quarto.yml"] == (study / "_quarto.yml").read_text("utf-8")
    book = json.loads(staged["en/index.ipynb"])
    assert "papermill" not in staged["en/index.ipynb"]
    assert "2026-10-01T08" not in json.dumps([c["metadata"] for c in book["cells"]])
    ids = [cell["id"] for cell in book["cells"]]
    assert len(ids) == len(set(ids))
    outputs = [o for c in book["cells"] for o in c.get("outputs", ())]
    kinds = {kind for output in outputs for kind in output["data"]}
    assert kinds == {"image/svg+xml", "text/markdown"}
    hidden = [c for c in book["cells"] if "scenario = " in "".join(c["source"])]
    assert hidden
    assert all("remove-cell" in cell["metadata"]["tags"] for cell in hidden)
    figures = [c for c in book["cells"] if "fig-alt" in c["metadata"]]
    assert figures[0]["metadata"]["fig-alt"].startswith("The expansion earns most")


@pytest.mark.parametrize(
    ("place", "value", "said"),
    [
        ("project.titel", "x", "titel"),
        ("website.naviagtion", True, "naviagtion"),
        ("website.search", "yes", "website.search"),
        ("project.render", "en", "project.render"),
        ("website.draft-mode", "hidden", "draft-mode"),
        ("project.resources", ["/gone.css"], "gone.css does not exist"),
        ("project.render", ["/en/**/*.ipynb", "/en/gone.qmd"], "gone.qmd does not exist"),
    ],
)
def test_what_quarto_refuses_stops_publishing(
    study: Path, quarto: Path, place: str, value: object, said: str
) -> None:
    """A key that Quarto lacks, a value that it does not take, a listed file that is not there."""
    configured(study, place, value)
    with pytest.raises(PublishFailed, match=said):
        publish(study, run_folder.build(study), "auto")
    assert not (study / "build" / "site" / "current").exists()


@pytest.mark.parametrize("mood", ["fail", "half", "warn"])
def test_a_failure_of_quarto_keeps_the_last_good_site(
    study: Path, quarto: Path, monkeypatch: pytest.MonkeyPatch, mood: str
) -> None:
    """An error, a render that stops half way, and a warning leave readers what they had."""
    good = publish(study, run_folder.build(study, run_id="run1"), "auto")
    before = {path: path.read_bytes() for path in good.folder.rglob("*") if path.is_file()}
    monkeypatch.setenv("STAND_IN_QUARTO", mood)
    with pytest.raises(SiteRefused if mood == "warn" else PublishFailed):
        publish(study, run_folder.build(study, run_id="run2"), "auto")
    assert good.path.resolve() == good.folder
    assert {path: path.read_bytes() for path in good.folder.rglob("*") if path.is_file()} == before
    assert sorted(p.name for p in good.folder.parent.iterdir()) == ["current", "run1-1"]


def test_a_quarto_that_hangs_is_given_up(
    study: Path, quarto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A render that does not end is stopped after its time."""
    from tandem.site import quarto as publisher

    monkeypatch.setenv("STAND_IN_QUARTO", "hang")
    monkeypatch.setattr(publisher, "_START", 0.5)
    monkeypatch.setattr(publisher, "_PER_PAGE", 0)
    with pytest.raises(PublishFailed, match="did not finish"):
        publish(study, run_folder.build(study), "auto")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ({"msg": "Unable to resolve link target", "level": 30, "levelName": "WARN"}, True),
        ({"msg": "WARNING (main.lua:1) bad reference", "level": 20, "levelName": "INFO"}, True),
        ({"msg": "FATAL (include.lua:1) no file", "level": 20, "levelName": "INFO"}, True),
        ({"msg": "[WARNING] Could not parse", "level": 20, "levelName": "INFO"}, True),
        ({"msg": "went wrong", "level": 40, "levelName": "ERROR"}, True),
        ({"msg": "[1/3] en/index.ipynb", "level": 20, "levelName": "INFO"}, False),
        ({"msg": "warn nobody", "level": 20, "levelName": "INFO"}, False),
    ],
)
def test_the_log_is_read_for_warnings(tmp_path: Path, line: dict[str, object], told: bool) -> None:
    """Quarto says some faults in its log alone, under several names, with exit code 0."""
    from tandem.site.quarto import _told

    log = tmp_path / "log"
    log.write_text(json.dumps(line) + "\n")
    assert bool(_told(log)) is told


def test_a_missing_page_is_a_failure(
    study: Path, quarto: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page that Quarto silently left out is found out."""
    configured(study, "project.render", ["/en/**/*.qmd", "/en/**/*.ipynb"])
    with pytest.raises(PublishFailed, match="made no page zh/"):
        publish(study, run_folder.build(study), "auto")


def test_hostile_words_stay_words(study: Path, quarto: Path) -> None:
    """Labels that speak Quarto's markdown, shortcodes or HTML are shown as they were written."""
    hostile = (
        '{{< include /etc/passwd >}} <script>alert(1)</script> ```{=html} [x](javascript:y) "\\'
    )
    words = Words(label=hostile, title=hostile, figure=hostile, cell=hostile, source=hostile,
                  answer=hostile, markdown=hostile)  # fmt: skip
    result = publish(study, run_folder.build(study, words=words), "auto")
    for page in result.path.rglob("*.html"):
        text = page.read_text("utf-8")
        assert "<script>" not in text
        assert "shortcode(" not in text
        assert "<img" not in text.partition("<main")[0]


@pytest.mark.parametrize("inside", ["", "`", "```", "``````", "{{< x >}}"])
def test_a_raw_block_cannot_be_left(inside: str) -> None:
    """Whatever stands in a component, the block around it ends where it should."""
    block = raw_block(f"<p>{inside}</p>")
    first, *middle, last = block.split("\n")
    fence = first.removesuffix("{=html}")
    assert last == fence
    assert all(fence not in line for line in middle)
    assert "{{<" not in block


@pytest.mark.parametrize("words", [["render", "x", "--quick"], ["preview"], ["render"], []])
def test_the_stand_in_refuses_calls_that_quarto_lacks(words: list[str]) -> None:
    """The stand-in is no rubber stamp: an unknown call ends with exit code 1."""
    done = subprocess.run(
        [sys.executable, str(STAND_IN / "quarto"), *words], capture_output=True, check=False
    )
    assert done.returncode == 1
