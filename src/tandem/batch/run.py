"""Run: carries out a plan under the study's lock and leaves a run folder.

What it answers: which jobs ran, which were done already, which failed and why; and the run folder
that the site reads. Other jobs go on when one fails. A scenario whose simulation or any of whose
notebooks failed is left out, by name, of what looks across scenarios.

What it leaves out: publishing (`tandem.cli` joins the two), and words on a terminal (a listener).

Who may import it: cli.
"""

import os
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock, Timeout

from tandem.batch.cache import Ledger, NotebookCache
from tandem.batch.folder import RunFolder, facts_shelf, write_run
from tandem.batch.jobs import Choice, End, Job, failed_scenarios
from tandem.batch.plan import Plan, make_plan
from tandem.batch.pool import Outcome, Pool, Task
from tandem.batch.resolution import Resolution
from tandem.batch.retention import clear
from tandem.results.store import SimulationStore

__all__ = ["Listener", "Locked", "RunResult", "locked", "run"]


class Locked(RuntimeError):
    """Another run of the same study goes on."""


class Listener(Protocol):
    """Is told how a run goes on."""

    def planned(self, plan: Plan) -> None:
        """The run begins; `plan.due` are the jobs that run."""

    def started(self, job: Job) -> None:
        """A job starts."""

    def ended(self, end: End) -> None:
        """A job ended, or could not start."""


@dataclass(frozen=True)
class RunResult:
    """What a run left: its folder, how each job ended, and the scenarios that failed by name."""

    folder: Path
    run_id: str
    ends: tuple[End, ...]
    failed: tuple[str, ...]

    @property
    def ran(self) -> int:
        """Number of jobs that ran, well or not."""
        return sum(end.status != "cached" for end in self.ends)

    @property
    def good(self) -> bool:
        """Whether no job failed."""
        return all(end.status != "failed" for end in self.ends)


@contextmanager
def locked(project: Path) -> Iterator[None]:
    """Hold the study's lock, which the system frees when the process dies; raises Locked at once."""
    path = project / "build" / ".lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(path, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Locked(f"another run of this study goes on (it holds {path})") from None
    try:
        yield
    finally:
        lock.release()


def run(
    project: Path, resolution: Resolution, choice: Choice, *, workers: int, listener: Listener
) -> RunResult:
    """Carry out what is due and leave the run folder; the caller holds the lock.

    Raises NothingMatches and BadNotebook before anything runs, OSError where the disk fails.
    """
    build = project / "build"
    ledger = Ledger(build / "cache" / "ledger.json")
    plan = make_plan(project, resolution, choice, ledger)
    listener.planned(plan)
    folders = RunFolder(build / "runs")
    if not plan.due and folders.is_good(plan.run_id):
        ends = [End(job, "cached") for job in plan.jobs if job.scenario not in plan.stale]
        return _result(folders.path(plan.run_id), plan, ends)
    staging = build / "staging" / uuid.uuid4().hex[:12]
    try:
        with Pool(project, workers) as pool:  # ends what a killed run left before it is swept
            _sweep(build)
            staging.mkdir(parents=True)
            running = _Running(project, resolution, plan, pool, staging, ledger, listener)
            ends = running.all(force=choice.force)
        folder = write_run(folders, project, resolution, choice, plan, ends, staging / "logs")
        clear(build, resolution.settings["keep_runs"], resolution.settings["store_gb"])
    finally:
        shutil.rmtree(staging.parent, ignore_errors=True)
    return _result(folder, plan, ends)


def _result(folder: Path, plan: Plan, ends: Sequence[End]) -> RunResult:
    failed = [f.name for f in plan.scenarios if f.name in failed_scenarios(ends)]
    return RunResult(folder, plan.run_id, tuple(ends), tuple(failed))


def _sweep(build: Path) -> None:
    """Remove what killed runs left; the lock says that no other run goes on."""
    shutil.rmtree(build / "staging", ignore_errors=True)
    SimulationStore(build / "store").shelf.sweep()
    NotebookCache(build / "cache" / "notebooks").shelf.sweep()
    RunFolder(build / "runs").shelf.sweep()
    facts_shelf(build).sweep()


class _Running:
    """The jobs of one run, and how they ended."""

    def __init__(
        self,
        project: Path,
        resolution: Resolution,
        plan: Plan,
        pool: Pool,
        staging: Path,
        ledger: Ledger,
        listener: Listener,
    ) -> None:
        self._project = project
        self._settings = resolution.settings
        self._plan = plan
        self._pool = pool
        self._staging = staging
        self._ledger = ledger
        self._listener = listener
        self._cache = NotebookCache(project / "build" / "cache" / "notebooks")
        self._jobs: dict[str, Job] = {}
        self._ends: dict[str, End] = {}
        self._force = False

    def all(self, *, force: bool) -> list[End]:
        """Every job in two stages: those of scenarios, then those across them."""
        self._force = force
        plan = self._plan
        self._drain([j for j in (*plan.simulations, *plan.pages) if j.scenario not in plan.stale])
        failed = failed_scenarios(list(self._ends.values()))
        if failed:
            order = [f.name for f in plan.scenarios if f.name in failed or f.name in plan.stale]
            again = {job.id: job for job in plan.across_jobs(order)}
            for job in plan.across:
                if job.id not in again:
                    self._end(End(job, "failed", "every scenario failed"))
            self._drain(list(again.values()))
        else:
            self._drain(plan.across)
        self._ledger.save()
        return [self._ends[job.id] for job in plan.jobs if job.id in self._ends]

    def _drain(self, jobs: Sequence[Job]) -> None:
        """Run what is due of `jobs` as far as it can be run, and wait for the last."""
        self._jobs.update({job.id: job for job in jobs})
        waiting = []
        for job in jobs:
            if job.reason is None:
                self._ends[job.id] = End(job, "cached")
            else:
                waiting.append(job)
        while waiting or self._pool.busy:
            waiting = [job for job in waiting if not self._settled(job)]
            for outcome in self._pool.wait():
                self._take(self._jobs[outcome.id], outcome)

    def _settled(self, job: Job) -> bool:
        """Start a job if its turn has come, or fail it if what it needs failed."""
        needs = [self._ends.get(f"simulate/{name}") for name in job.simulations]
        planned = [f"simulate/{name}" in self._jobs for name in job.simulations]
        for end in needs:
            if end is not None and end.status == "failed":
                self._end(End(job, "failed", f"the simulation it reads failed: {end.error}"[:200]))
                return True
        if not self._pool.free or any(p and e is None for p, e in zip(planned, needs, strict=True)):
            return False
        self._pool.start(self._task(job))
        self._listener.started(job)
        return True

    def _task(self, job: Job) -> Task:
        """What the worker is told."""
        output = self._staging / "jobs" / job.id
        log = self._staging / "logs" / f"{job.id.replace('/', '-')}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        payload: dict[str, Any]
        if job.notebook is None:
            choice = self._plan.choice
            payload = {
                "kind": "simulate",
                "project": str(self._project),
                "scenario": job.scenario,
                "draws": choice.draws,
                "seed": choice.seed,
                "overrides": list(choice.overrides),
                "simulation": job.key,
                "anew": self._force,
            }
            timeout_s, variables = float(self._settings["timeout_s"]), {}
        else:
            timeout_s = float(job.notebook["timeout_s"] or self._settings["timeout_s"])
            payload = {
                "kind": "notebook",
                "notebook": str(self._project / "notebooks" / job.notebook["file"]),
                "source": job.parts[f"notebook:notebooks/{job.notebook['file']}"],
                "parameters": dict(job.parameters),
                "simulations": dict(job.simulations),
                "timeout_s": timeout_s,
                "output_mb": self._settings["output_mb"],
            }
            variables = {"TANDEM_ACROSS": "1" if job.scenario is None else "0"}
            if job.left_out:
                variables["TANDEM_LEFT_OUT"] = ",".join(job.left_out)
        return Task(job.id, payload, timeout_s, output, log, variables)

    def _take(self, job: Job, outcome: Outcome) -> None:
        """Keep what a job that ended left."""
        if outcome.error is None and job.kind == "notebook":
            output = self._staging / "jobs" / job.id
            self._cache.keep(job.key, output, {"job": job.id}, anew=self._force)
        status = "ok" if outcome.error is None else "failed"
        self._end(End(job, status, outcome.error, round(outcome.seconds, 3)))

    def _end(self, end: End) -> None:
        self._ends[end.job.id] = end
        self._ledger.note(end.job.id, end.job.key, end.job.parts, end.error)
        self._listener.ended(end)


def workers_by_default() -> int:
    """How many jobs run at a time unless the command line says: the processors there are."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
