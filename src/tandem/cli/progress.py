"""Progress: how a run is told while it goes on: a bar on a terminal, lines elsewhere.

What it answers: which job runs, which ended and how; all on standard error.

What it leaves out: the result (`tandem.cli.running`).

Who may import it: the modules of `tandem.cli`.
"""

import sys
from typing import Any

from tandem.batch.jobs import End, Job
from tandem.batch.plan import Plan

__all__ = ["Bar", "Lines", "listener"]


def listener() -> "Bar | Lines":
    """The one that suits where standard error goes."""
    return Bar() if sys.stderr.isatty() else Lines()


class Lines:
    """One line a job, when it ends."""

    def __init__(self) -> None:
        self._due = 0
        self._ended = 0

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def planned(self, plan: Plan) -> None:
        """Say how much there is to do."""
        self._due = len(plan.due)
        self._say(_opening(plan))

    def started(self, job: Job) -> None:
        """Nothing: the line comes at the end."""

    def ended(self, end: End) -> None:
        """How the job ended."""
        self._ended += 1
        self._say(f"[{self._ended}/{self._due}] {_ending(end)}")

    def _say(self, line: str) -> None:
        sys.stderr.write(f"{line}\n")
        sys.stderr.flush()


class Bar:
    """A bar over all jobs, with what runs now; failures stand above it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._progress = Progress(
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}", markup=False),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: Any = None
        self._running: list[str] = []

    def __enter__(self) -> "Bar":
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def planned(self, plan: Plan) -> None:
        """Start the bar."""
        self._print(_opening(plan))
        self._task = self._progress.add_task("", total=len(plan.due), visible=bool(plan.due))

    def started(self, job: Job) -> None:
        """Name the job beside the bar."""
        self._running.append(job.id)
        self._progress.update(self._task, description=", ".join(self._running))

    def ended(self, end: End) -> None:
        """Move the bar; a failure is told at once."""
        if end.job.id in self._running:
            self._running.remove(end.job.id)
        self._progress.update(self._task, advance=1, description=", ".join(self._running))
        if end.status == "failed":
            self._print(_ending(end))

    def _print(self, line: str) -> None:
        self._progress.console.print(line, markup=False, highlight=False)


def _opening(plan: Plan) -> str:
    done = len(plan.jobs) - len(plan.due)
    if not plan.due:
        return f"nothing changed: {done} jobs are done already"
    return f"{len(plan.due)} jobs to run, {done} done already"


def _ending(end: End) -> str:
    seconds = f" {end.seconds:.1f} s" if end.seconds is not None else ""
    if end.status == "failed":
        return f"{end.job.id}: failed{seconds}: {end.error}"
    return f"{end.job.id}: {end.status}{seconds} ({end.job.reason})"
