"""Jobs run in the order of what they need; what cannot run any more is failed, not forgotten."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from tests.fixtures.tiny_study import notebook, parameters, simulated

from tandem.batch import run as runs
from tandem.batch.folder import RunFolder, latest_run
from tandem.batch.jobs import Choice, End, Job
from tandem.batch.plan import Plan
from tandem.batch.pool import Outcome, Task
from tandem.batch.resolution import Resolution, ScenarioFacts
from tandem.batch.retention import clear
from tandem.results.store import SimulationStore

NAMES = ("do-nothing", "expand")
CHOICE = Choice(draws=16, seed=1)


def facts(name: str, number: int) -> ScenarioFacts:
    """A scenario."""
    label = {"en": name, "zh": name}
    return ScenarioFacts(name, label, {}, None, [], [], f"{number}" * 64, {}, [])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two notebooks."""
    (tmp_path / "notebooks").mkdir()
    for file in ("brief.ipynb", "people.ipynb"):
        notebook(tmp_path / "notebooks" / file, parameters())
    return tmp_path


@pytest.fixture
def resolution() -> Resolution:
    """Two scenarios, a notebook for each and one across them."""
    common = {"languages": ["en"], "reads": [], "variations": True, "timeout_s": None}
    settings = {
        "languages": ["en"],
        "timeout_s": 60.0,
        "output_mb": 5.0,
        "keep_runs": 2,
        "store_gb": 1.0,
        "notebooks": [
            {"file": "brief.ipynb", "per": "study", **common},
            {"file": "people.ipynb", "per": "scenario", **common},
        ],
    }
    return Resolution(settings, tuple(facts(n, k) for k, n in enumerate(NAMES)), [])


class StandIn:
    """In the place of the pool: does at once what a worker would, or fails as told."""

    fails: set[str]
    started: list[Task]
    most: int

    def __init__(self, project: Path, size: int) -> None:
        self._store = SimulationStore(project / "build" / "store")
        self._size = size
        self._tasks: list[Task] = []

    def __enter__(self) -> "StandIn":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    @property
    def busy(self) -> bool:
        """Whether a task waits for its end."""
        return bool(self._tasks)

    @property
    def free(self) -> bool:
        """Whether another may start."""
        return len(self._tasks) < self._size

    def start(self, task: Task) -> None:
        """Take a task, and do it unless it fails."""
        type(self).started.append(task)
        self._tasks.append(task)
        type(self).most = max(type(self).most, len(self._tasks))
        if task.id in self.fails:
            return
        if task.payload["kind"] == "simulate":
            measures = xr.Dataset({"npv": (("draw",), np.arange(16.0))})
            self._store.save(task.payload["simulation"], simulated()[0], measures, {}, anew=True)
        else:
            name = Path(task.payload["notebook"]).stem
            task.output.mkdir(parents=True)
            (task.output / f"{name}.ipynb").write_text("{}")
            (task.output / f"{name}.record.json").write_text(json.dumps({"answer": task.id}))

    def wait(self) -> list[Outcome]:
        """The task that was started last ends first."""
        if not self._tasks:
            return []
        task = self._tasks.pop()
        error = "it broke" if task.id in self.fails else None
        return [Outcome(task.id, error, 1.0, {})]


class Silent:
    """A listener that only remembers."""

    def __init__(self) -> None:
        self.ends: list[End] = []

    def planned(self, plan: Plan) -> None:
        """The plan."""
        self.plan = plan

    def started(self, job: Job) -> None:
        """Nothing."""

    def ended(self, end: End) -> None:
        """Remember the end."""
        self.ends.append(end)


Go = Callable[..., runs.RunResult]


@pytest.fixture
def go(project: Path, resolution: Resolution, monkeypatch: pytest.MonkeyPatch) -> Go:
    """Run the study with the stand-in, some jobs failing."""

    def go(*fails: str, workers: int = 1, choice: Choice = CHOICE) -> runs.RunResult:
        StandIn.fails, StandIn.started, StandIn.most = set(fails), [], 0
        monkeypatch.setattr(runs, "Pool", StandIn)
        with runs.locked(project):
            return runs.run(project, resolution, choice, workers=workers, listener=Silent())

    return go


def statuses(result: runs.RunResult) -> dict[str, str]:
    """How each job ended."""
    return {end.job.id: end.status for end in result.ends}


def body(result: runs.RunResult) -> dict[str, Any]:
    """The run's own account."""
    found: dict[str, Any] = json.loads((result.folder / "run.json").read_text("utf-8"))
    return found


def test_a_run_in_order(go: Go) -> None:
    """Simulations first, their notebooks next, the brief last; never more at a time than asked."""
    result = go(workers=2)
    assert [task.id for task in StandIn.started][-1] == "en/study/brief"
    assert StandIn.most == 2 and result.good and result.ran == 5
    found = body(result)
    assert found["headline"] == {"en": "en/study/brief"} and found["complete"] is True
    assert found["run_id"] == result.run_id == result.folder.name
    assert found["settings"]["notebooks"] == ["brief", "people"]
    assert found["settings"]["draws"] == 16
    results = json.loads((result.folder / "results.json").read_text("utf-8"))
    assert results["scenarios"]["expand"]["npv"]["p50"] == 7.5
    assert go().ran == 0 and StandIn.started == []


def test_what_needs_a_failed_simulation_is_failed(go: Go) -> None:
    """Its notebook never starts; the brief compares what is left and names what is not."""
    result = go("simulate/do-nothing")
    assert statuses(result) == {
        "simulate/do-nothing": "failed",
        "simulate/expand": "ok",
        "en/do-nothing/people": "failed",
        "en/expand/people": "ok",
        "en/study/brief": "ok",
    }
    assert result.failed == ("do-nothing",) and not result.good
    brief = StandIn.started[-1]
    assert brief.variables["TANDEM_LEFT_OUT"] == "do-nothing"
    assert brief.payload["parameters"]["scenario"] == "expand"
    assert "en/do-nothing/people" not in [task.id for task in StandIn.started]
    scenario = body(result)["scenarios"][0]
    assert scenario["status"] == "failed" and scenario["error"] == "simulation: it broke"
    again = go()
    assert again.good and again.ran == 3
    assert {end.job.id: end.job.reason for end in again.ends}["simulate/do-nothing"] == (
        "failed when it last ran: it broke"
    )


def test_a_pattern_that_publishes_names_what_is_stale(go: Go) -> None:
    """A scenario that was never run and is not asked for is told as left out, not run."""
    result = go(choice=Choice(16, 1, patterns=("expand",)))
    assert "en/do-nothing/people" not in statuses(result)
    found = body(result)
    assert found["scenarios"][0]["error"].startswith("not run this time")
    job = next(j for j in found["jobs"] if j["scenario"] == "do-nothing")
    assert job["status"] == "failed" and job["page"] is None and result.good


def test_the_latest_run_covers_the_whole_study(go: Go, project: Path) -> None:
    """A run of a part is kept, but is not what `tandem publish` takes."""
    part = go(choice=Choice(16, 1, patterns=("expand",), across=False))
    assert latest_run(project) is None and part.folder.is_dir()
    whole = go()
    assert latest_run(project) == whole.folder
    other = go(choice=Choice(16, 2))
    assert latest_run(project) == other.folder
    assert go().ran == 0 and latest_run(project) == whole.folder


def test_old_runs_and_results_make_room(go: Go, project: Path) -> None:
    """The newest runs stay; of what they were made of, the newest one's always."""
    for seed in (1, 2, 3):
        last = go(choice=Choice(16, seed))
    build = project / "build"
    assert len(list(RunFolder(build / "runs").shelf.entries())) == 2
    assert len(list((build / "store").iterdir())) == 6
    clear(build, keep_runs=1, store_gb=1e-9)
    assert [p.name for p in (build / "runs").iterdir()] == [last.run_id]
    kept = {scenario["simulation"] for scenario in body(last)["scenarios"]}
    assert {p.name for p in (build / "store").iterdir()} == kept
    assert len(list((build / "cache" / "notebooks").iterdir())) == 3
    assert go(choice=Choice(16, 3)).ran == 0


def test_resolved_parameters_do_not_pile_up(project: Path) -> None:
    """A study that is edited every day does not fill the disk."""
    folder = project / "build" / "cache" / "resolved"
    folder.mkdir(parents=True)
    for number in range(60):
        (folder / f"{number}.json").write_text("{}")
    clear(project / "build", keep_runs=5, store_gb=1)
    assert len(list(folder.iterdir())) == 50


def test_what_killed_runs_left_is_removed(go: Go, project: Path) -> None:
    """Half-written results and staging folders of the dead vanish with the next run."""
    left = [
        project / "build" / "staging" / "dead",
        project / "build" / "store" / ".new-999999999-a",
        project / "build" / "runs" / ".old-999999999-a",
    ]
    for folder in left:
        folder.mkdir(parents=True)
    go()
    assert not any(folder.exists() for folder in left)


def test_a_damaged_simulation_stops_the_run_folder(
    go: Go, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that is damaged while the run goes on is no number in results.json."""
    first = go()
    shutil.rmtree(first.folder)
    monkeypatch.setattr(SimulationStore, "measures", lambda *_: None)
    with pytest.raises(OSError, match="damaged; run again"):
        go()
    assert not list((project / "build" / "runs").iterdir())


def test_one_run_at_a_time(project: Path) -> None:
    """The second is told at once, and may start when the first is over."""
    with runs.locked(project), pytest.raises(runs.Locked), runs.locked(project):
        pytest.fail("two runs at once")
    with runs.locked(project):
        pass
    assert runs.workers_by_default() >= 1
