"""A whole run: what goes wrong is told and bounded, and what was good stays good."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from tests.fixtures.command import Command, begin, tandem
from tests.fixtures.tiny_study import LOAD, PEOPLE, of_sources, read_yaml, write_yaml

FIRST, SECOND = "do-nothing", "lower-tier-expansion"


def run(project: Path, *words: object) -> Command:
    """Run the study with `--json`."""
    return tandem("run", "--project", project, "--json", *words)


def ran(done: Command) -> list[str]:
    """Jobs that ran, well or not."""
    return [job["id"] for job in done.document["jobs"] if job["status"] != "cached"]


def run_json(project: Path, done: Command) -> dict[str, Any]:
    """The run's own account of itself."""
    folder = project / done.document["run_folder"]
    body: dict[str, Any] = json.loads((folder / "run.json").read_text("utf-8"))
    return body


def found(project: Path, done: Command) -> dict[str, bytes]:
    """All that a run found: every file but those that hold times or say how it went."""
    folder = project / done.document["run_folder"]
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    telling = ("run.json", "manifest.json", "logs/")
    return {n: path.read_bytes() for n, path in names.items() if not n.startswith(telling)}


def site(project: Path) -> str:
    """The front page that readers see."""
    return (project / "build" / "site" / "current" / "index.html").read_text("utf-8")


def test_a_first_run_does_everything(ran_once: tuple[Path, Command]) -> None:
    """Two simulations, two notebooks and the brief in both languages; one site."""
    project, done = ran_once
    assert done.code == 0, done.errors
    assert ran(done) == [
        f"simulate/{FIRST}",
        f"simulate/{SECOND}",
        f"en/{FIRST}/10-people",
        f"en/{SECOND}/10-people",
        "en/study/20-brief",
        "zh/study/20-brief",
    ]
    body = run_json(project, done)
    assert body["headline"]["en"] == f"Compared {FIRST} with {SECOND}"
    assert [s["status"] for s in body["scenarios"]] == ["ok", "ok"]
    assert body["scenarios"][0]["difference"] == [] and body["scenarios"][1]["difference"]
    results = json.loads((project / done.document["run_folder"] / "results.json").read_text())
    npv = results["scenarios"][FIRST]["npv"]
    assert npv["p10"] < npv["p50"] < npv["p90"] and npv["unit"] == "CNY" and npv["definition"]["zh"]
    both = results["scenarios"][FIRST]["both_targets_met"]
    assert 0 <= both["probability"] <= 1 and "p50" not in both
    assert (project / done.document["site"]).is_file()
    assert "[6/6]" in done.errors


def test_nothing_changed_nothing_runs(study: Path) -> None:
    """A second run, in a fresh process, runs nothing and keeps the site."""
    before = site(study)
    began = time.monotonic()
    done = run(study)
    assert done.code == 0 and ran(done) == [] and done.document["ran"] == 0
    assert time.monotonic() - began < 30
    assert "nothing changed" in done.errors and site(study) == before
    plain = tandem("run", "--project", study)
    lines = plain.output.splitlines()
    assert lines[0].startswith("Site: ") and lines[0].endswith("(unchanged)")
    assert lines[1] == f"Compared {FIRST} with {SECOND}"


def test_results_do_not_depend_on_how_they_were_made(
    ran_once: tuple[Path, Command], tmp_path: Path
) -> None:
    """One job at a time from nothing, two at a time: the same bytes, under the same name."""
    project, done = ran_once
    cold = Path(shutil.copytree(project, tmp_path / "cold", ignore=shutil.ignore_patterns("build")))
    again = run(cold, "-j", "1", "--no-publish")
    assert again.code == 0 and len(ran(again)) == 6
    assert again.document["run_id"] == done.document["run_id"]
    assert found(cold, again) == found(project, done)
    assert len(found(project, done)) >= 11


def test_force_makes_the_same_again(ran_once: tuple[Path, Command], study: Path) -> None:
    """`--force` with a pattern runs what it names and finds the same bytes."""
    project, done = ran_once
    forced = run(study, FIRST, "--force", "--publish")
    assert forced.code == 0
    assert ran(forced) == [
        f"simulate/{FIRST}",
        f"en/{FIRST}/10-people",
        "en/study/20-brief",
        "zh/study/20-brief",
    ]
    assert found(study, forced) == found(project, done)


def test_a_failed_notebook_does_not_stop_the_others(study: Path) -> None:
    """One scenario fails: exit 1, its last good page stays, the brief leaves it out by name."""
    fails = f"{LOAD}\nassert scenario != {FIRST!r}, 'not this one'"
    of_sources(study / "notebooks" / "10-people.ipynb", fails, *PEOPLE[1:], title="People")
    done = run(study)
    assert done.code == 1
    assert done.document["failed_scenarios"] == [FIRST]
    body = run_json(study, done)
    assert [s["status"] for s in body["scenarios"]] == ["failed", "ok"]
    assert body["scenarios"][0]["error"] == "10-people: cell 3: AssertionError: not this one"
    assert body["headline"]["en"] == f"Compared {SECOND} with nothing"
    results = json.loads((study / done.document["run_folder"] / "results.json").read_text())
    assert list(results["scenarios"]) == [SECOND]
    log = study / done.document["run_folder"] / "logs" / f"en-{FIRST}-10-people.log"
    assert "AssertionError" in log.read_text("utf-8")
    assert done.document["site"] and done.document["pages_of_earlier_runs"]
    again = run(study)
    assert again.code == 1
    reasons = {job["id"]: job["reason"] for job in again.document["jobs"]}
    assert reasons[f"en/{FIRST}/10-people"].startswith("failed when it last ran: cell 3")
    assert ran(again) == [f"en/{FIRST}/10-people"]


def test_every_scenario_failed(study: Path) -> None:
    """Nothing is left to compare: exit 1, and the site of before still stands."""
    before = site(study)
    of_sources(study / "notebooks" / "10-people.ipynb", "1 / 0", title="People")
    done = run(study, "--no-publish")
    assert done.code == 1 and done.document["failed_scenarios"] == [FIRST, SECOND]
    errors = {job["id"]: job["error"] for job in done.document["jobs"]}
    assert errors["en/study/20-brief"] == "every scenario failed"
    assert site(study) == before


def refuse(project: Path) -> str:
    """Make one mistake in each of three files, and name what must be told of them."""
    settings = project / "params" / "study.yaml"
    settings.write_text(settings.read_text("utf-8").replace("draws:", "drows:"), "utf-8")
    scenarios = read_yaml(project / "params" / "scenarios.yaml")
    scenarios["scenarios"][SECOND]["levers"] = ["no-such-lever"]
    write_yaml(project / "params" / "scenarios.yaml", scenarios)
    lever = project / "params" / "levers" / "told-at-launch.yaml"
    lever.write_text(lever.read_text("utf-8") + "  no.such.path: 1\n", "utf-8")
    return "params/study.yaml:|did you mean draws|no-such-lever|no.such.path"


def test_wrong_input_runs_nothing(study: Path) -> None:
    """All mistakes of all files at once, exit 2, no kernel started, the site as it was."""
    wanted = refuse(study).split("|")
    before = site(study)
    done = run(study)
    assert done.code == 2 and done.document["exit_code"] == 2
    for text in wanted:
        assert text in done.errors
    assert done.errors.splitlines() == done.document["problems"]
    assert not (study / "build" / "staging").exists()
    assert site(study) == before
    checked = tandem("check", "--project", study)
    assert checked.code == 2 and all(text in checked.output for text in wanted)


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["nowhere*"], 5, "no scenario matches nowhere*; there are: do-nothing"),
        (["--set", "customers.patienc=1"], 2, "did you mean"),
        (["--set", "customers.patience=1000"], 2, "overrides:1"),
        (["--draws", "1"], 2, "--draws"),
        (["--seed", "x"], 2, "--seed"),
        (["--jobs", "0"], 2, "--jobs"),
        (["--unknown"], 2, "--unknown"),
    ],
)
def test_usage_is_refused(study: Path, words: list[str], code: int, told: str) -> None:
    """What cannot be done is told with its own exit code before anything runs."""
    done = tandem("run", "--project", study, *words)
    assert done.code == code and told in done.errors
    assert done.output == ""


def test_no_study_and_no_run(tmp_path: Path, study: Path) -> None:
    """Outside a study, and before the first run, the next step is told."""
    done = tandem("run", cwd=tmp_path)
    assert done.code == 2 and "tandem init" in done.errors
    shutil.rmtree(study / "build" / "runs")
    done = tandem("publish", cwd=study / "notebooks")
    assert done.code == 2 and "there is no run to publish" in done.errors


def test_publish_makes_the_site_of_the_latest_run(study: Path) -> None:
    """A lost site is made again from the run folder, without running anything."""
    shutil.rmtree(study / "build" / "site")
    done = tandem("publish", "--json", cwd=study / "notebooks")
    assert done.code == 0 and (study / done.document["site"]).is_file()


def test_a_second_run_is_turned_away(study: Path) -> None:
    """While one run goes on, another ends at once with 4; the lock goes with its process."""
    of_sources(study / "notebooks" / "10-people.ipynb", LOAD, "import time; time.sleep(600)")
    first = begin("run", "--project", study)
    until = time.monotonic() + 60
    while not list(study.glob("build/staging/*/jobs/*")) and time.monotonic() < until:
        time.sleep(0.05)
    began = time.monotonic()
    second = run(study)
    assert second.code == 4 and time.monotonic() - began < 10
    assert "another run of this study goes on" in second.errors
    first.kill()
    first.communicate()
    lock = FileLock(study / "build" / ".lock", timeout=2)
    with lock:
        assert lock.is_locked


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_ends_in_order(study: Path, sent: signal.Signals) -> None:
    """Ctrl-C and a scheduler's request end a run with 130, its processes too; the site stays."""
    before = site(study)
    of_sources(study / "notebooks" / "10-people.ipynb", LOAD, "import time; time.sleep(600)")
    process = begin("run", "--project", study)
    jobs = study / "build" / "staging"
    until = time.monotonic() + 60
    while not list(jobs.glob("*/jobs/*/*/*")) and time.monotonic() < until:
        time.sleep(0.05)
    process.send_signal(sent)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130 and "interrupted" in errors
    assert not jobs.exists() and site(study) == before


def test_a_killed_run_is_taken_up_where_it_was(
    ran_once: tuple[Path, Command], tmp_path: Path
) -> None:
    """kill -9 at several moments of a first run: the next one ends with the same results."""
    project, done = ran_once
    cold = Path(shutil.copytree(project, tmp_path / "cold", ignore=shutil.ignore_patterns("build")))
    for seconds in (0.5, 3, 6):
        process = begin("run", "--project", cold, "--no-publish")
        time.sleep(seconds)
        process.kill()
        process.communicate()
        assert not list(cold.glob("build/runs/*/")) or run(cold, "--dry-run").code == 0
    again = run(cold, "--no-publish")
    assert again.code == 0 and found(cold, again) == found(project, done)
    assert not (cold / "build" / "staging").exists()
    assert not list((cold / "build").rglob(".new-*"))


def damage(path: Path) -> None:
    """Flip one bit in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def swap(one: Path, other: Path) -> None:
    """Let two entries change their places."""
    aside = one.with_name("aside")
    os.rename(one, aside)
    os.rename(other, one)
    os.rename(aside, other)


@pytest.mark.parametrize(
    "hurt",
    [
        lambda build: [damage(p) for p in build.glob("store/*/measures.nc")],
        lambda build: [damage(p) for p in build.glob("store/*/record.json")],
        lambda build: [damage(p) for p in build.glob("cache/notebooks/*/*.ipynb")],
        lambda build: [damage(p) for p in build.glob("cache/notebooks/*/entry.json")],
        lambda build: [damage(p) for p in build.glob("cache/ledger.json")],
        lambda build: [damage(p) for p in build.glob("cache/resolved/*.json")],
        lambda build: [damage(p) for p in build.glob("runs/*/results.json")],
        lambda build: [p.write_bytes(b"") for p in build.glob("runs/*/run.json")],
        lambda build: swap(*sorted(p for p in build.glob("store/*"))[:2]),
        lambda build: swap(*sorted(p for p in build.glob("cache/notebooks/*"))[:2]),
        lambda build: shutil.rmtree(build / "cache"),
    ],
    ids=[
        "measures",
        "records of simulations",
        "pages",
        "entries",
        "ledger",
        "resolved parameters",
        "results",
        "run record emptied",
        "simulations swapped",
        "pages swapped",
        "cache lost",
    ],
)
def test_damage_never_shows(
    ran_once: tuple[Path, Command],
    copy_of_run: Callable[[], Path],
    hurt: Callable[[Path], object],
) -> None:
    """Whatever is damaged under build/, the next run finds the same bytes as the first."""
    project, done = ran_once
    study = copy_of_run()
    hurt(study / "build")
    again = run(study, "--no-publish")
    assert again.code == 0, again.errors
    assert found(study, again) == found(project, done)
    assert ran(run(study, "--no-publish")) == []


def test_a_changed_lever_runs_what_depends_on_it(study: Path) -> None:
    """`--dry-run` names each job and the file for which it would run; nothing is touched."""
    lever = study / "params" / "levers" / "lower-tier-cities.yaml"
    text = lever.read_text("utf-8")
    lever.write_text(f"# a remark\n{text}", "utf-8")
    assert (
        tandem("run", "-n", "--project", study).output == "0 jobs would run, 6 are done already\n"
    )
    path = "markets.lower_tier.media"
    assert path in text
    dry = tandem("run", "-n", "--project", study, "--set", f"{path}=1.234")
    assert dry.code == 0 and f"override changed: {path}=1.234" in dry.output
    more = text.replace(f"{path}: {{fixed: 2.0", f"{path}: {{fixed: 2.1")
    assert more != text
    lever.write_text(more, "utf-8")
    dry = run(study, "-n")
    due = {job["id"]: job["reason"] for job in dry.document["jobs"] if job["runs"]}
    assert set(due) == {
        f"simulate/{SECOND}",
        f"en/{SECOND}/10-people",
        "en/study/20-brief",
        "zh/study/20-brief",
    }
    assert set(due.values()) == {"input changed: params/levers/lower-tier-cities.yaml"}


def test_a_full_disk_is_told(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be written the run ends with 3, and the site of before stands."""
    before = site(study)
    shutil.rmtree(study / "build" / "runs")
    (study / "build" / "runs").write_text("in the way")
    done = run(study)
    assert done.code == 3 and done.document["problems"]
    assert site(study) == before
