"""Pool: the processes of a run, started, bounded, and ended with all that they started.

What it answers: at most so many tasks at a time, each in a process of its own that starts with the
same surroundings, ends at its deadline, and leaves no process behind.

What it leaves out: what a task does (`tandem.batch.worker`) and which come when (`tandem.batch.run`).

Who may import it: the modules of `tandem.batch`.
"""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tandem.results.shelf import canonical_json

__all__ = ["MARK", "ONE_THREAD", "Outcome", "Pool", "Task", "mark_of", "surroundings"]

#: Marks every process that a run started, in its environment.
MARK = "TANDEM_TASK"

#: Environment in which linear algebra runs on one thread: sums in a fixed order.
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1"
)

#: Seconds over a task's own time-out until everything of it is killed.
GRACE_S = 6.0

#: Longest folder name in which the sockets of a kernel still find room (the system allows 108).
_LONGEST = 60


@dataclass(frozen=True)
class Task:
    """One thing to do in a process: `payload` goes to the worker, `timeout_s` bounds it."""

    id: str
    payload: Mapping[str, Any]
    timeout_s: float
    output: Path
    log: Path
    variables: Mapping[str, str]


@dataclass(frozen=True)
class Outcome:
    """How a task ended: `error` is None or one line; `result` is what the worker left."""

    id: str
    error: str | None
    seconds: float
    result: Mapping[str, Any]


@dataclass
class _Running:
    task: Task
    process: "subprocess.Popen[bytes]"
    private: Path
    mark: str
    began: float


class Pool:
    """Processes of one run. Use it as a context manager: leaving it ends whatever still runs."""

    def __init__(self, project: Path, size: int) -> None:
        self.size = max(1, size)
        self._project = project
        self._prefix = mark_of(project)
        self._running: dict[str, _Running] = {}

    def __enter__(self) -> "Pool":
        self._sweep()
        return self

    def __exit__(self, *_: object) -> None:
        for running in list(self._running.values()):
            self._end(running)

    @property
    def busy(self) -> bool:
        """Whether any task is running."""
        return bool(self._running)

    @property
    def free(self) -> bool:
        """Whether another task may start."""
        return len(self._running) < self.size

    def start(self, task: Task) -> None:
        """Start the worker of a task; raises OSError where that is impossible."""
        private = Path(tempfile.mkdtemp(prefix=self._prefix, dir=_short_folder()))
        mark = f"{self._prefix}{uuid.uuid4().hex[:12]}"
        task_file = private / "task.json"
        body = {**task.payload, "output": str(task.output), "log": str(task.log)}
        task_file.write_text(canonical_json({**body, "private": str(private)}), "utf-8")
        environment = surroundings(self._project, private)
        environment.update({MARK: mark, **task.variables})
        process = subprocess.Popen(
            [sys.executable, "-m", "tandem.batch.worker", str(task_file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=(private / "stderr").open("wb"),
            env=environment,
            cwd=private,
            start_new_session=True,
        )
        self._running[task.id] = _Running(task, process, private, mark, time.monotonic())

    def wait(self, pause_s: float = 0.03) -> list[Outcome]:
        """Tasks that ended since, after at most one pause; those over their time are ended."""
        done = []
        for running in list(self._running.values()):
            seconds = time.monotonic() - running.began
            if running.process.poll() is not None:
                done.append(self._finish(running, seconds))
            elif seconds > running.task.timeout_s + GRACE_S:
                self._end(running)
                error = f"still running after {running.task.timeout_s:g} s"
                done.append(Outcome(running.task.id, error, seconds, {}))
        if not done:
            time.sleep(pause_s)
        return done

    def _finish(self, running: _Running, seconds: float) -> Outcome:
        """Read what a worker that ended by itself left."""
        task = running.task
        try:
            result = json.loads((task.output / "result.json").read_text("utf-8"))
            error = result["error"]
        except (OSError, ValueError, KeyError):
            result, error = {}, f"its process ended with code {running.process.returncode}"
            stderr = (running.private / "stderr").read_bytes()[-20_000:]
            with contextlib.suppress(OSError):
                task.log.parent.mkdir(parents=True, exist_ok=True)
                task.log.write_bytes(stderr or error.encode())
        self._end(running)
        return Outcome(task.id, error, seconds, result)

    def _end(self, running: _Running) -> None:
        """Kill all that the task started, and forget it."""
        with contextlib.suppress(OSError):
            os.killpg(running.process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError, ValueError):
            os.killpg(int((running.private / "kernel.pid").read_text()), signal.SIGKILL)
        for pid in _marked(running.mark):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGKILL)
        if running.process.stdin:
            running.process.stdin.close()
        running.process.wait()
        shutil.rmtree(running.private, ignore_errors=True)
        self._running.pop(running.task.id, None)

    def _sweep(self) -> None:
        """End what a killed run of this study left; the caller holds the study's lock."""
        until = time.monotonic() + GRACE_S
        while (left := _marked(self._prefix)) and time.monotonic() < until:
            for pid in left:
                with contextlib.suppress(OSError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(0.02)
        for path in Path(_short_folder()).glob(f"{self._prefix}*"):
            shutil.rmtree(path, ignore_errors=True)


def surroundings(project: Path, private: Path) -> dict[str, str]:
    """Environment of a worker and its kernel: the caller's, without what would change numbers.

    One thread for linear algebra, no settings of the person who runs it, a fixed hash seed, time
    zone and locale.
    """
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TANDEM_", "JUPYTER", "IPYTHON", "MPL", "LC_"))
    }
    return {
        **kept,
        **ONE_THREAD,
        "PYTHONHASHSEED": "0",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": str(project / "build" / "cache" / "matplotlib"),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "JUPYTER_DATA_DIR": str(private / "jupyter"),
        "JUPYTER_CONFIG_DIR": str(private / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(private / "jupyter"),
        "IPYTHONDIR": str(private / "ipython"),
    }


def mark_of(project: Path) -> str:
    """Start of the names of private folders and marks of this study's runs."""
    return f"td-{hashlib.sha256(str(project.resolve()).encode()).hexdigest()[:8]}-"


def _short_folder() -> str:
    """A folder for temporary files whose name leaves room for socket names."""
    folder = tempfile.gettempdir()
    return folder if len(folder) <= _LONGEST else "/tmp"


def _marked(mark: str) -> list[int]:
    """Processes, other than this one, whose environment carries a mark that starts with `mark`.

    Empty where the system has no /proc; process groups then have to do.
    """
    found = []
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
        except OSError:
            continue
        inside = any(entry.startswith(wanted) for entry in environment.split(b"\0"))
        if inside and int(folder.name) != os.getpid():
            found.append(int(folder.name))
    return found
