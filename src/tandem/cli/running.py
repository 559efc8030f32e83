"""Running: the commands `run` and `publish` from arguments to exit code.

What it answers: what a run left, as lines for a person or one JSON document for a program.

What it leaves out: parsing arguments (`tandem.cli.app`).

Who may import it: the modules of `tandem.cli`.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tandem.batch.cache import Ledger
from tandem.batch.folder import latest_run
from tandem.batch.jobs import Choice, End, Job
from tandem.batch.plan import Plan, make_plan
from tandem.batch.pool import ONE_THREAD
from tandem.batch.resolution import Resolution, find_study, resolve
from tandem.batch.run import RunResult, locked, run, workers_by_default
from tandem.cli.exits import Exit, Failure, explain
from tandem.cli.progress import listener
from tandem.cli.soundness import problems_of

if TYPE_CHECKING:
    from tandem.site import PublishResult

__all__ = ["Request", "Report", "dry_run", "publish_latest", "run_study"]


#: First page of the published site, relative to the study's folder.
SITE = "build/site/current/index.html"


@dataclass(frozen=True)
class Request:
    """What `tandem run` was asked."""

    project: Path | None
    patterns: tuple[str, ...] = ()
    workers: int | None = None
    force: bool = False
    draws: int | None = None
    seed: int | None = None
    overrides: tuple[str, ...] = ()
    publish: bool | None = None

    @property
    def publishes(self) -> bool:
        """Whole studies are published unless told otherwise, parts only when told."""
        return not self.patterns if self.publish is None else self.publish

    def choice(self, settings: dict[str, Any]) -> Choice:
        """The request with what the settings add."""
        return Choice(
            draws=settings["draws"] if self.draws is None else self.draws,
            seed=settings["seed"] if self.seed is None else self.seed,
            overrides=self.overrides,
            patterns=self.patterns,
            force=self.force,
            across=not self.patterns or self.publishes,
        )


@dataclass(frozen=True)
class Report:
    """What a command has to say: lines for a person, a document for a program, an exit code."""

    code: Exit
    lines: list[str]
    document: dict[str, Any]


def dry_run(request: Request) -> Report:
    """Each job with the reason why it would run; nothing is run and no lock is taken."""
    project = find_study(request.project)
    resolution = resolve(project, request.overrides)
    plan = make_plan(
        project,
        resolution,
        request.choice(resolution.settings),
        Ledger(project / "build" / "cache" / "ledger.json"),
    )
    width = max((len(job.id) for job in plan.due), default=0)
    lines = [f"{job.id:<{width}}  {job.reason}" for job in plan.due]
    done = len(plan.jobs) - len(plan.due)
    lines.append(f"{len(plan.due)} jobs would run, {done} are done already")
    return Report(Exit.GOOD, lines, {"run_id": plan.run_id, "jobs": _planned(plan)})


def run_study(request: Request) -> Report:
    """Run what is due, publish if asked, and report; raises Failure, and runs nothing, where `check` would refuse."""
    os.environ.update(ONE_THREAD)  # for what this process computes, as for its workers
    project = find_study(request.project)
    with locked(project):
        resolution = resolve(project, request.overrides)
        choice = request.choice(resolution.settings)
        ledger = Ledger(project / "build" / "cache" / "ledger.json")
        due = make_plan(project, resolution, choice, ledger).due
        if due and (problems := problems_of(project, resolution)):
            raise Failure(Exit.REFUSED, "\n".join(problems))
        workers = request.workers or workers_by_default()
        with listener() as told:
            result = run(project, resolution, choice, workers=workers, listener=told)
        report = _ran(project, result)
        if request.publishes:
            try:
                report = _and_published(report, _publish(project, result.folder, resolution))
            except Exception as error:
                return _not_published(report, error)
    return report


def publish_latest(start: Path | None) -> Report:
    """Publish the newest run of the whole study; raises Failure where there is none."""
    project = find_study(start)
    with locked(project):
        resolution = resolve(project, ())
        folder = latest_run(project)
        if folder is None:
            raise Failure(Exit.REFUSED, "there is no run to publish; `tandem run` makes one")
        published = _publish(project, folder, resolution)
    document = {"run_id": folder.name, "site": SITE, "publisher": published.publisher}
    return Report(Exit.GOOD, [_told(published)], document)


def _publish(project: Path, folder: Path, resolution: Resolution) -> "PublishResult":
    from tandem.site import publish

    return publish(project, folder, str(resolution.settings["publisher"]))


def _told(published: "PublishResult") -> str:
    """Where the site is, by the link that readers use."""
    line = f"Site: {published.path / 'index.html'}"
    return line if published.changed else f"{line} (unchanged)"


def _ran(project: Path, result: RunResult) -> Report:
    """What a run left: failures first, and the answer last."""
    body = json.loads((result.folder / "run.json").read_bytes())
    headline = dict(body["headline"])
    failed = [f"  {end.job.id}: {end.error}" for end in result.ends if end.status == "failed"]
    lines = ["failed:", *failed, f"logs: {result.folder / 'logs'}"] if failed else []
    lines.append(f"Run: {result.folder}")
    if headline:
        lines.append(headline.get("en") or next(iter(headline.values())))
    document = {
        "run_id": result.run_id,
        "run_folder": _relative(result.folder, project),
        "ran": result.ran,
        "failed_scenarios": list(result.failed),
        "headline": headline,
        "site": None,
        "publisher": None,
        "problems": [],
        "jobs": [_ended(end) for end in result.ends],
    }
    return Report(Exit.GOOD if result.good else Exit.SOME_FAILED, lines, document)


def _and_published(report: Report, published: "PublishResult") -> Report:
    """The same, with the site in the place of the run folder."""
    lines = [_told(published) if line.startswith("Run: ") else line for line in report.lines]
    document = {**report.document, "site": SITE, "publisher": published.publisher}
    document["pages_of_earlier_runs"] = list(published.kept)
    return Report(report.code, lines, document)


def _not_published(report: Report, error: Exception) -> Report:
    """The same, with why there is no new site; a run that failed keeps its own code."""
    code, problems = explain(error)
    if code is Exit.INTERNAL and report.code is Exit.SOME_FAILED:
        code = Exit.SOME_FAILED
    document = {**report.document, "problems": problems}
    return Report(code, [*report.lines, "not published:", *problems], document)


def _ended(end: End) -> dict[str, Any]:
    job = _described(end.job)
    return {**job, "status": end.status, "error": end.error, "seconds": end.seconds}


def _planned(plan: Plan) -> list[dict[str, Any]]:
    return [{**_described(job), "runs": job in plan.due} for job in plan.jobs]


def _described(job: Job) -> dict[str, Any]:
    return {"id": job.id, "kind": job.kind, "scenario": job.scenario, "reason": job.reason}


def _relative(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix()
