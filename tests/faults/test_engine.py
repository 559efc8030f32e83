"""A notebook that goes wrong is found out, in bounded time and memory, and leaves nothing behind.

Each notebook here runs as in a batch: a worker process of its own, a kernel of its own.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest
from tests.fixtures.tiny_study import of_sources

from tandem.batch.notebook import read_source
from tandem.batch.pool import MARK, Outcome, Pool, Task, mark_of

TIMEOUT_S = 4.0
GRACE_S = 10.0
MEMORY_MB = 500
OUTPUT_MB = 5.0

RECORD = """
import os
from pathlib import Path
from tandem.study.record import write_record
write_record(
    Path(os.environ["TANDEM_RECORD"]), scenario="a", language=language, title="Trial",
    answer="It works", headline={"npv": {"p50": NPV}}, simulations=READ, figures=[], tables=[],
)
"""
GOOD = RECORD.replace("NPV", "1.5").replace("READ", "{}")
NAN = """
import json, os
from pathlib import Path
body = dict(schema=1, notebook="trial", scenario="a", language=language, title="Trial", answer="So",
            headline={"npv": {"p50": float("nan")}}, simulations={}, figures=[], tables=[])
Path(os.environ["TANDEM_RECORD"]).write_text(json.dumps(body))
"""
HANG = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass"
GRANDCHILD = (
    "import subprocess\n"
    "subprocess.Popen(['sleep', '600'], start_new_session=True)\n"
    "subprocess.Popen(['sleep', '600'])"
)


@dataclass
class Ran:
    """How a notebook ended, and where its files are."""

    outcome: Outcome
    seconds: float
    output: Path
    log: Path
    pool: Pool

    @property
    def error(self) -> str:
        """Why it failed; an empty text if it did not."""
        return self.outcome.error or ""


def marked(project: Path) -> set[int]:
    """Processes that a batch of this study started and that are still there."""
    found = set()
    for process in psutil.process_iter():
        try:
            mark = process.environ().get(MARK, "")
            if mark.startswith(mark_of(project)) and process.status() != psutil.STATUS_ZOMBIE:
                found.add(process.pid)
        except psutil.Error:
            continue
    return found


def all_gone(project: Path) -> bool:
    """Whether no process of the study is left after at most five seconds."""
    until = time.monotonic() + 5
    while marked(project) and time.monotonic() < until:
        time.sleep(0.05)
    return not marked(project)


@pytest.fixture
def pool(tmp_path: Path) -> Iterator[Pool]:
    """A pool of one, whose processes are all gone five seconds after it closes."""
    with Pool(tmp_path, 1) as pool:
        yield pool
    assert all_gone(tmp_path)


def start(pool: Pool, folder: Path, *sources: str, timeout_s: float = TIMEOUT_S) -> Task:
    """Start a notebook of `sources`."""
    path = of_sources(folder / "trial.ipynb", *sources)
    parameters = {"scenario": "a", "draws": 8, "seed": 1, "language": "en", "overrides": []}
    payload = {
        "kind": "notebook",
        "notebook": str(path),
        "source": read_source(path).hash,
        "parameters": parameters,
        "simulations": {},
        "timeout_s": timeout_s,
        "output_mb": OUTPUT_MB,
    }
    output, log = folder / "out", folder / "logs" / "trial.log"
    task = Task("trial", payload, timeout_s, output, log, {"TANDEM_ACROSS": "0"})
    pool.start(task)
    return task


def execute(pool: Pool, folder: Path, *sources: str, timeout_s: float = TIMEOUT_S) -> Ran:
    """Run a notebook of `sources` to its end, and hold it to its bounds of time and memory."""
    began = time.monotonic()
    task = start(pool, folder, *sources, timeout_s=timeout_s)
    ended: list[Outcome] = []
    parent = psutil.Process()
    held = parent.memory_info().rss  # by tests that this process ran before
    while not ended:
        ended = pool.wait()
        assert parent.memory_info().rss - held < MEMORY_MB * 1e6
    seconds = time.monotonic() - began
    assert seconds < timeout_s + GRACE_S
    # The system counts a child's peak from what its parent held when it was started.
    assert ended[0].result.get("peak_memory_mb", 0) < MEMORY_MB + held / 1e6
    return Ran(ended[0], seconds, task.output, task.log, pool)


def pages(ran: Ran) -> list[str]:
    """Notebooks that would be published."""
    return [path.name for path in ran.output.glob("*.ipynb")]


def test_a_good_notebook_passes(pool: Pool, tmp_path: Path) -> None:
    """The judge is not simply strict: a sound notebook leaves its page and its record."""
    ran = execute(
        pool, tmp_path, "import warnings\nwarnings.warn('mind ' + 'this')\nprint('hi')", GOOD
    )
    assert ran.error == "" and pages(ran) == ["trial.ipynb"]
    assert (ran.output / "trial.record.json").is_file()
    page = (ran.output / "trial.ipynb").read_text("utf-8")
    assert "hi" in page and "mind this" not in page and str(tmp_path) not in page
    assert "mind this" in ran.log.read_text("utf-8")


def test_the_same_notebook_gives_the_same_page(tmp_path: Path) -> None:
    """Two executions differ in no byte of what is published."""
    made = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        with Pool(tmp_path, 1) as pool:
            ran = execute(pool, folder, "print(draws)\n{3, 1, 2, 'a', 'b'}", GOOD)
        assert ran.error == ""
        made.append({p.name: p.read_bytes() for p in ran.output.glob("trial*")})
    assert made[0] == made[1] and len(made[0]) == 2


@pytest.mark.parametrize(
    ("sources", "error"),
    [
        (["import sys\nsys.exit(0)", GOOD], "cell 3: SystemExit: 0"),
        (["import os\nos._exit(0)", GOOD], "cell 3: its kernel died"),
        (["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"], "cell 3: its kernel died"),
        ([GOOD, "import os\nos._exit(0)"], "cell 4: its kernel died"),
        ([GOOD, "import sys\nsys.exit(0)"], "cell 4: SystemExit: 0"),
        (["1 / 0", GOOD], "cell 3: ZeroDivisionError: division by zero"),
        (["try:\n    1 / 0\nexcept Exception:\n    pass"], "wrote no record"),
        ([NAN], "headline.npv.p50 is not a number"),
        ([GOOD.replace("1.5", "float('nan')")], "headline.npv.p50 is not a number"),
        ([GOOD.replace("language=language", "language='zh'")], "its record is in 'zh'"),
        ([GOOD.replace("={}", "={'a': 'f' * 64}")], "read another simulation of a"),
        (["import os\nopen(os.environ['TANDEM_RECORD'], 'w').write('{')"], "trial.record.json"),
    ],
    ids=[
        "exits 0",
        "kernel exits 0",
        "kernel is killed",
        "kernel exits in the last cell",
        "exits 0 in the last cell",
        "error",
        "swallows an error",
        "NaN headline, written by hand",
        "NaN headline",
        "another language",
        "other inputs",
        "broken record",
    ],
)
def test_a_bad_notebook_is_failed(
    pool: Pool, tmp_path: Path, sources: list[str], error: str
) -> None:
    """Whatever papermill would say of it: the run says why in a line, and publishes nothing."""
    ran = execute(pool, tmp_path, *sources, timeout_s=30)
    assert error in ran.error and "\n" not in ran.error
    assert pages(ran) == []
    assert error.removeprefix("cell ")[2:] in ran.log.read_text("utf-8")
    assert ran.log.with_suffix(".ipynb").is_file()


def test_an_error_that_a_cell_is_allowed_is_an_error(pool: Pool, tmp_path: Path) -> None:
    """The tag `raises-exception` does not let a failed cell pass in a batch."""
    path = of_sources(tmp_path / "trial.ipynb", "1 / 0", GOOD)
    path.write_text(path.read_text().replace('"id": "code-0", "metadata": {}', (
        '"id": "code-0", "metadata": {"tags": ["raises-exception"]}'
    )))  # fmt: skip
    assert "raises-exception" in path.read_text()
    task = start_existing(pool, path)
    ended: list[Outcome] = []
    while not ended:
        ended = pool.wait()
    assert ended[0].error == "cell 3: ZeroDivisionError: division by zero"
    assert not list(task.output.glob("*.ipynb"))


def start_existing(pool: Pool, path: Path) -> Task:
    """Start a notebook that is there already."""
    payload: dict[str, Any] = {
        "kind": "notebook",
        "notebook": str(path),
        "source": read_source(path).hash,
        "parameters": {"language": "en"},
        "simulations": {},
        "timeout_s": 30,
        "output_mb": OUTPUT_MB,
    }
    task = Task("trial", payload, 30, path.parent / "out", path.parent / "t.log", {})
    pool.start(task)
    return task


def test_a_notebook_that_hangs_is_ended(pool: Pool, tmp_path: Path) -> None:
    """One that ignores interrupts is ended at its time-out, with all that it started."""
    ran = execute(pool, tmp_path, GRANDCHILD, HANG)
    assert ran.error == f"cell 4: still running after {TIMEOUT_S:g} s"
    assert pages(ran) == [] and ran.seconds >= TIMEOUT_S


def test_what_a_good_notebook_started_ends_with_it(pool: Pool, tmp_path: Path) -> None:
    """A process that a notebook leaves behind does not outlive it."""
    assert execute(pool, tmp_path, GRANDCHILD, GOOD).error == ""
    assert marked(tmp_path) == set()


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("print('x' * 50_000_000)", "printed more than 5 MB"),
        ("for _ in range(50_000):\n    print('x' * 1_000)", "printed more than 5 MB"),
        ("while True:\n    print('x' * 1_000)", "printed more than 5 MB"),
    ],
    ids=["at once", "line by line", "without end"],
)
def test_a_notebook_that_prints_without_measure_is_ended(
    pool: Pool, tmp_path: Path, source: str, error: str
) -> None:
    """50 MB here, 200 MB with `-m heavy`: neither the run nor its worker holds them in memory."""
    ran = execute(pool, tmp_path, source, GOOD, timeout_s=20)
    assert ran.error.startswith(f"cell 3: {error}")
    assert pages(ran) == [] and ran.log.with_suffix(".ipynb").stat().st_size < 2 * OUTPUT_MB * 1e6


@pytest.mark.heavy
def test_a_notebook_that_prints_200_mb_is_ended(pool: Pool, tmp_path: Path) -> None:
    """The same with 200 MB in one message."""
    ran = execute(pool, tmp_path, "print('x' * 200_000_000)", GOOD, timeout_s=30)
    assert "printed more than 5 MB" in ran.error


def test_a_job_that_cannot_begin_is_told(pool: Pool, tmp_path: Path) -> None:
    """A simulation whose study is gone fails in one line; its traceback is in the log."""
    payload = {
        "kind": "simulate",
        "project": str(tmp_path / "gone"),
        "scenario": "a",
        "draws": 8,
        "seed": 1,
        "overrides": [],
        "simulation": "a" * 64,
        "anew": False,
    }
    pool.start(Task("simulate/a", payload, 30, tmp_path / "out", tmp_path / "s.log", {}))
    ended: list[Outcome] = []
    while not ended:
        ended = pool.wait()
    assert ended[0].error is not None and ended[0].error.startswith("Refusal: params/study.yaml")
    assert "Traceback" in (tmp_path / "s.log").read_text("utf-8")


def test_a_worker_that_hangs_is_ended(pool: Pool, tmp_path: Path) -> None:
    """When not even the worker answers, the run ends it and its kernel a little later."""
    began = time.monotonic()
    start(pool, tmp_path, "import time\ntime.sleep(600)", timeout_s=2)
    time.sleep(1.5)
    for pid in marked(tmp_path):
        os.kill(pid, signal.SIGSTOP)
    ended: list[Outcome] = []
    while not ended:
        ended = pool.wait()
    assert ended[0].error == "still running after 2 s"
    assert time.monotonic() - began < 2 + GRACE_S
    assert marked(tmp_path) == set()


def test_a_worker_that_dies_is_told(pool: Pool, tmp_path: Path) -> None:
    """A worker killed from outside fails its job, and its kernel goes with it."""
    task = start(pool, tmp_path, "import time\ntime.sleep(600)", timeout_s=30)
    time.sleep(1.5)
    os.kill(pool._running[task.id].process.pid, signal.SIGKILL)
    ended: list[Outcome] = []
    while not ended:
        ended = pool.wait()
    assert ended[0].error == "its process ended with code -9"
    assert marked(tmp_path) == set()


def test_a_notebook_changed_on_the_way_is_not_run(pool: Pool, tmp_path: Path) -> None:
    """A page names the notebook that the plan saw, or is not made."""
    path = of_sources(tmp_path / "trial.ipynb", GOOD)
    seen = read_source(path).hash
    of_sources(path, "1", GOOD)
    payload = {
        "kind": "notebook",
        "notebook": str(path),
        "source": seen,
        "parameters": {"language": "en"},
        "simulations": {},
        "timeout_s": 30,
        "output_mb": OUTPUT_MB,
    }
    pool.start(Task("trial", payload, 30, tmp_path / "out", tmp_path / "t.log", {}))
    ended: list[Outcome] = []
    while not ended:
        ended = pool.wait()
    assert ended[0].error == "the notebook changed while the run went on"


def test_a_run_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    """kill -9 of the run itself leaves no worker and no kernel after five seconds."""
    path = of_sources(tmp_path / "trial.ipynb", "import time\ntime.sleep(600)")
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from tandem.batch.pool import Pool\n"
        "from tests.faults.test_engine import start_existing\n"
        "path = Path(sys.argv[1])\n"
        "with Pool(path.parent, 1) as pool:\n"
        "    start_existing(pool, path)\n"
        "    while True: pool.wait()\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    run = subprocess.Popen([sys.executable, "-c", script, str(path)], env=environment)
    until = time.monotonic() + 20
    while len(marked(tmp_path)) < 2 and time.monotonic() < until:
        time.sleep(0.1)  # until the worker and its kernel are there
    assert len(marked(tmp_path)) == 2
    run.kill()
    run.wait()
    assert all_gone(tmp_path)
