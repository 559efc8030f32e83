"""The command line: what each command says, and with which code it ends."""

import io
import json
import signal
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.fixtures.tiny_study import REPOSITORY, read_yaml, tiny_study, write_yaml
from typer.testing import CliRunner

from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.batch.jobs import End, Job
from tandem.batch.notebook import BadNotebook
from tandem.batch.plan import NothingMatches
from tandem.batch.run import Locked
from tandem.cli import running
from tandem.cli.app import app
from tandem.cli.exits import Exit, Failure, explain, interruptible
from tandem.cli.progress import Bar, Lines, listener
from tandem.site import Problem as SiteProblem
from tandem.site import PublishFailed, SiteRefused


def call(*words: object) -> Any:
    """Run a command in this process."""
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Refusal([Problem.at(Place("params/a.yaml", 3, 1), "a.b", "is wrong", code="x")]), 2,
         "params/a.yaml:3:1 a.b: is wrong (x)"),
        (BadNotebook("notebooks/a.ipynb: is not there"), 2, "notebooks/a.ipynb: is not there"),
        (NothingMatches("no scenario matches x"), 5, "no scenario matches x"),
        (Locked("another run goes on"), 4, "another run goes on"),
        (SiteRefused([SiteProblem("en/index.html", "link", "broken")]), 6,
         "en/index.html: link: broken"),
        (PublishFailed("quarto failed"), 3, "quarto failed"),
        (OSError(28, "No space left on device"), 3, "No space left on device"),
        (Failure(Exit.REFUSED, "not empty"), 2, "not empty"),
        (KeyboardInterrupt(), 130, "interrupted"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else None,
)  # fmt: skip
def test_every_failure_has_its_code(error: BaseException, code: int, told: str) -> None:
    """A scheduler reads the code, a person the lines."""
    found, lines = explain(error)
    assert found == code and any(told in line for line in lines)
    assert not any("Traceback" in line for line in lines)


def test_what_nobody_foresaw_has_its_traceback() -> None:
    """An error of the program itself is told as such, with what helps to mend it."""
    try:
        _ = 1 / 0
    except ZeroDivisionError as error:
        code, lines = explain(error)
    assert code is Exit.INTERNAL and lines[0].startswith("Traceback")
    assert lines[-2:] == [
        "ZeroDivisionError: division by zero",
        "an error of tandem itself, not of your input",
    ]


def test_a_request_to_terminate_is_an_interruption() -> None:
    """A scheduler that stops a run finds no process of it left behind."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), interruptible():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_init_makes_a_study_that_is_sound(tmp_path: Path) -> None:
    """A user's study starts as the worked example, and `check` finds nothing wrong with it."""
    folder = tmp_path / "mine"
    made = call("init", folder)
    assert made.exit_code == 0 and f"tandem run --project {folder}" in made.stdout
    for part in ("params/study.yaml", "notebooks", "reports", "_quarto.yml"):
        assert (folder / part).exists()
    assert not list(folder.rglob(".ipynb_checkpoints")) and not (folder / "src").exists()
    checked = call("check", "--project", folder, "--json")
    assert checked.exit_code == 0, checked.output
    found = json.loads(checked.stdout)
    assert found["problems"] == [] and found["scenarios"] >= 5 and found["assumptions"] > 100
    again = call("init", folder)
    assert again.exit_code == 2 and "is not empty" in again.output


def test_check_names_bad_notebooks(tmp_path: Path) -> None:
    """A notebook without front matter, one that is gone: both at once."""
    study = tiny_study(tmp_path / "study")
    (study / "notebooks" / "10-people.ipynb").unlink()
    brief = study / "notebooks" / "20-brief.ipynb"
    brief.write_text(brief.read_text("utf-8").replace("---\\n", "", 1), "utf-8")
    done = call("check", "--project", study)
    assert done.exit_code == 2
    assert "notebooks/10-people.ipynb: is not there" in done.stdout
    assert "notebooks/20-brief.ipynb: its first cell is not raw front matter" in done.stdout
    assert done.stdout.splitlines()[-1] == "2 problems"


def test_check_reads_the_records_that_a_review_names(tmp_path: Path) -> None:
    """Wrong records are told with their row before anything runs, as assumptions are."""
    study = tiny_study(tmp_path / "study")
    settings = read_yaml(study / "params" / "study.yaml")
    entry = {"scenario": "lower-tier-expansion", "date": "2027-04-01"}
    write_yaml(study / "params" / "study.yaml", {**settings, "review": entry})
    assert call("check", "--project", study).exit_code == 0
    records = study / "data" / "actuals.csv"
    records.write_text(records.read_text("utf-8") + "2027-03,cash,company,much,CNY\n", "utf-8")
    done = call("check", "--project", study)
    assert done.exit_code == 2
    assert "value: must be a number" in done.stdout and "stands already in line" in done.stdout


def test_check_holds_the_key_results_against_the_target(tmp_path: Path) -> None:
    """A cascade that falls short is told with its leaf and the way out; no file is no mistake."""
    study = tiny_study(tmp_path / "study")
    objectives = study / "params" / "objectives.yaml"
    text = objectives.read_text("utf-8")
    objectives.write_text(text.replace("growth: {fixed: 1.5,", "growth: {fixed: 1.2,"), "utf-8")
    done = call("check", "--project", study)
    assert done.exit_code == 2
    assert "objectives.yaml" in done.stdout and "would make it add up" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 problem"
    tried = call("run", "do-nothing", "--project", study)
    assert tried.exit_code == 2 and "would make it add up" in tried.stderr
    assert not (study / "build" / "store").exists(), "nothing was simulated"
    objectives.unlink()
    assert call("check", "--project", study).exit_code == 0


def test_schema_writes_what_the_repository_holds(tmp_path: Path) -> None:
    """`params/schema.json` is generated, and the committed one is up to date."""
    study = tiny_study(tmp_path / "study")
    (study / "params" / "schema.json").unlink()
    assert call("schema", "--project", study).exit_code == 0
    committed = (REPOSITORY / "params" / "schema.json").read_text("utf-8")
    assert (study / "params" / "schema.json").read_text("utf-8") == committed


def test_a_failure_is_one_document_with_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that asked for JSON gets JSON, whatever happens."""
    monkeypatch.chdir(tmp_path)
    done = call("run", "--json")
    assert done.exit_code == 2
    document = json.loads(done.stdout)
    assert document["exit_code"] == 2 and "no study here" in document["problems"][0]


def job(id: str, kind: str = "notebook", reason: str | None = "never ran") -> Job:
    """A job as a plan holds it."""
    return Job(id, kind, "a" * 64, {}, reason, scenario="a")


def plan(*jobs: Job) -> Any:
    """A plan of these jobs."""
    return SimpleNamespace(jobs=jobs, due=[job for job in jobs if job.reason is not None])


ENDS = (
    End(job("en/a/market"), "ok", None, 2.25),
    End(job("en/a/people"), "failed", "cell 3: its kernel died", 1.0),
    End(job("en/a/pay"), "failed", "the simulation it reads failed"),
)


def test_lines_tell_each_job(capsys: pytest.CaptureFixture[str]) -> None:
    """In a log every job has a line: how far, how it ended, how long it took, and why it ran."""
    with Lines() as told:
        told.planned(plan(*(end.job for end in ENDS), job("en/a/done", reason=None)))
        for end in ENDS:
            told.started(end.job)
            told.ended(end)
    out, err = capsys.readouterr()
    assert out == "" and err.splitlines() == [
        "3 jobs to run, 1 done already",
        "[1/3] en/a/market: ok 2.2 s (never ran)",
        "[2/3] en/a/people: failed 1.0 s: cell 3: its kernel died",
        "[3/3] en/a/pay: failed: the simulation it reads failed",
    ]


def test_a_bar_tells_failures_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a bar moves; what failed stands above it, in plain text."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]  # a stand-in for a terminal
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    told = listener()
    assert isinstance(told, Bar)
    with told:
        told.planned(plan(*(end.job for end in ENDS)))
        for end in ENDS:
            told.started(end.job)
            told.ended(end)
    shown = terminal.getvalue()
    assert "3 jobs to run, 0 done already" in shown
    assert "en/a/people: failed 1.0 s: cell 3: its kernel died" in shown
    assert "en/a/market: ok" not in shown


def test_nothing_to_do_is_told_by_a_bar_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first line says that nothing changed."""
    terminal = io.StringIO()
    monkeypatch.setattr(sys, "stderr", terminal)
    with Bar() as told:
        told.planned(plan(job("en/a/done", reason=None)))
    assert "nothing changed: 1 jobs are done already" in terminal.getvalue()


@pytest.mark.parametrize(
    ("patterns", "publish", "publishes", "across"),
    [
        ((), None, True, True),
        ((), False, False, True),
        (("a*",), None, False, False),
        (("a*",), True, True, True),
    ],
)
def test_what_is_published(
    patterns: tuple[str, ...], publish: bool | None, publishes: bool, across: bool
) -> None:
    """A whole study is published; a part of it only when that is asked for."""
    request = running.Request(project=None, patterns=patterns, publish=publish)
    choice = request.choice({"draws": 5, "seed": 6})
    assert (request.publishes, choice.across) == (publishes, across)
    assert (choice.draws, choice.seed) == (5, 6)
    other = running.Request(project=None, draws=7, seed=0).choice({"draws": 5, "seed": 6})
    assert (other.draws, other.seed) == (7, 0)


def report(code: Exit) -> running.Report:
    """What a run says before it is published."""
    return running.Report(code, ["Run: x", "Choose A"], {"site": None})


@pytest.mark.parametrize(
    ("ran", "error", "code"),
    [
        (Exit.GOOD, PublishFailed("quarto failed"), Exit.INTERNAL),
        (Exit.SOME_FAILED, PublishFailed("no brief"), Exit.SOME_FAILED),
        (Exit.GOOD, SiteRefused([]), Exit.SITE_REFUSED),
        (Exit.SOME_FAILED, SiteRefused([]), Exit.SITE_REFUSED),
    ],
)
def test_a_site_that_is_not_published_is_told(ran: Exit, error: Exception, code: Exit) -> None:
    """The run's own account stays; the code says what matters most."""
    told = running._not_published(report(ran), error)
    assert told.code is code and told.lines[:3] == ["Run: x", "Choose A", "not published:"]
    assert told.document["problems"] == str(error).splitlines()
