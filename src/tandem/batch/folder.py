"""Folder: the run folder, all that a run found, as data on disk for the site and for others.

What it answers: `build/runs/<run id>/` with

    run.json        settings, provenance, scenarios with their difference from base, jobs
    results.json    every measure of every scenario with its range, unit and definition
    register.json   every assumption of base
    measures.json   the registry of measures
    facts.json      how the assembled model reacts: elasticities of the reference scenario
    pages/<language>/<scenario or "study">/<notebook>.ipynb with its record and files
    logs/           what helps to mend a failed job; never published
    manifest.json   SHA-256 of every file, written last

It is written beside its place and moved in by one rename. Times stand in run.json alone.

What it leaves out: pages as readers see them (`tandem.site`).

Who may import it: the modules of `tandem.batch`, cli.
"""

import json
import shutil
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tandem.batch.cache import NotebookCache
from tandem.batch.jobs import Choice, End, Job
from tandem.batch.plan import Plan
from tandem.batch.resolution import Resolution, ScenarioFacts
from tandem.results.provenance import describe, simulation_hash
from tandem.results.shelf import Shelf, canonical_json, digest
from tandem.results.store import SimulationStore

__all__ = ["RunFolder", "facts_shelf", "latest_run", "write_run"]


class RunFolder:
    """Run folders of one study, in `<project>/build/runs`."""

    def __init__(self, root: Path) -> None:
        self.shelf = Shelf(root, kind="run", record="manifest.json")

    def path(self, run_id: str) -> Path:
        """Where the run's folder stands."""
        return self.shelf.path(run_id)

    def is_good(self, run_id: str) -> bool:
        """Whether the run is there, every file as it was written, and no job of it failed."""
        folder = self.shelf.open(run_id)
        if folder is None:
            return False
        jobs = json.loads((folder / "run.json").read_bytes())["jobs"]
        return all(job["status"] != "failed" for job in jobs)

    def runs(self) -> list[tuple[str, dict[str, Any]]]:
        """Whole runs, the one last made or found unchanged first: run id and run.json."""
        found = []
        for key in self.shelf.entries():
            if self.shelf.about(key) is not None:
                body = json.loads((self.path(key) / "run.json").read_bytes())
                found.append((self.shelf.last_used(key), key, body))
        return [(key, body) for _, key, body in sorted(found, key=lambda f: f[:2], reverse=True)]


def latest_run(project: Path) -> Path | None:
    """Folder of the newest run that covers the whole study, or None."""
    folders = RunFolder(project / "build" / "runs")
    for run_id, body in folders.runs():
        if body["complete"]:
            return folders.path(run_id)
    return None


def write_run(
    folders: RunFolder,
    project: Path,
    resolution: Resolution,
    choice: Choice,
    plan: Plan,
    ends: Sequence[End],
    logs: Path,
) -> Path:
    """Write the run folder of `plan` and return it; a run of the same inputs is replaced.

    Raises OSError; then the folder that was there before still is.
    """
    cache = NotebookCache(project / "build" / "cache" / "notebooks")
    store = SimulationStore(project / "build" / "store")
    good = [facts for facts in plan.scenarios if not _error_of(facts, plan, ends)]

    def write(folder: Path) -> Mapping[str, Any]:
        jobs = [_job(end, cache, folder) for end in ends if end.job.kind == "notebook"]
        jobs += [_left_out(job) for job in plan.pages if job.scenario in plan.stale]
        body = {
            "schema": 1,
            "run_id": plan.run_id,
            "created_utc": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "complete": choice.across,
            "settings": {
                **resolution.settings,
                "draws": choice.draws,
                "seed": choice.seed,
                "overrides": list(choice.overrides),
                "notebooks": [e["file"].removesuffix(".ipynb") for e in _entries(resolution)],
                "entries": _entries(resolution),
            },
            "headline": _headline(jobs, folder),
            "provenance": describe(project, choice.seed, choice.draws),
            "scenarios": [_scenario(facts, plan, ends) for facts in plan.scenarios],
            "jobs": jobs,
        }
        results = {"schema": 1, "run_id": plan.run_id, "scenarios": _results(good, plan, store)}
        _write(folder / "results.json", results)
        _write(folder / "register.json", {"schema": 1, "assumptions": resolution.register})
        _write(folder / "measures.json", {"schema": 1, "measures": _registry()})
        facts = _facts(project, resolution, choice, good)
        if facts is not None:
            _write(folder / "facts.json", facts)
        _write(folder / "run.json", body)
        if logs.is_dir():
            shutil.copytree(logs, folder / "logs")
        return {"complete": choice.across}

    return folders.shelf.put(plan.run_id, write, anew=True)


def _entries(resolution: Resolution) -> list[dict[str, Any]]:
    return list(resolution.settings["notebooks"])


def _write(path: Path, value: Any) -> None:
    path.write_text(canonical_json(value), "utf-8")


def _job(end: End, cache: NotebookCache, folder: Path) -> dict[str, Any]:
    """One job as run.json names it, after its page was copied into the folder."""
    job = end.job
    page = record = None
    if end.status != "failed":
        cache.copy(job.key, folder / job.place)
        page = f"{job.place}/{job.name}.ipynb"
        record = f"{job.place}/{job.name}.record.json"
    return {
        "id": job.id,
        "notebook": job.name,
        "scenario": job.scenario,
        "language": job.language,
        "status": end.status,
        "reason": job.reason,
        "seconds": end.seconds,
        "page": page,
        "record": record,
        "error": end.error,
        "key": job.key,
    }


def _left_out(job: Job) -> dict[str, Any]:
    """A notebook that a pattern left out although its inputs have changed."""
    return {
        "id": job.id,
        "notebook": job.name,
        "scenario": job.scenario,
        "language": job.language,
        "status": "failed",
        "reason": job.reason,
        "seconds": None,
        "page": None,
        "record": None,
        "error": STALE,
        "key": job.key,
    }


STALE = "not run this time, and its inputs have changed since it last ran"


def _error_of(facts: ScenarioFacts, plan: Plan, ends: Sequence[End]) -> str | None:
    """Why a scenario failed, by its first failed job, or None."""
    if facts.name in plan.stale:
        return STALE
    for end in ends:
        if end.job.scenario == facts.name and end.status == "failed":
            return f"{end.job.name if end.job.notebook else 'simulation'}: {end.error}"
    return None


def _scenario(facts: ScenarioFacts, plan: Plan, ends: Sequence[End]) -> dict[str, Any]:
    error = _error_of(facts, plan, ends)
    simulation = next(job.key for job in plan.simulations if job.scenario == facts.name)
    return {
        "name": facts.name,
        "label": facts.label,
        "description": facts.description,
        "parent": facts.parent,
        "levers": facts.levers,
        "outlooks": facts.outlooks,
        "status": "failed" if error else "ok",
        "error": error,
        "simulation": simulation,
        "difference": facts.difference,
    }


def _headline(jobs: Sequence[Mapping[str, Any]], folder: Path) -> dict[str, str]:
    """The answer of the first notebook across scenarios, by language."""
    across = [job for job in jobs if job["scenario"] is None]
    first = next((job["notebook"] for job in across), None)
    return {
        job["language"]: json.loads((folder / job["record"]).read_bytes())["answer"]
        for job in across
        if job["notebook"] == first and job["record"] is not None
    }


def facts_shelf(build: Path) -> Shelf:
    """Where elasticities are kept."""
    return Shelf(build / "cache" / "facts", kind="facts")


def _facts(
    project: Path, resolution: Resolution, choice: Choice, good: Sequence[ScenarioFacts]
) -> dict[str, Any] | None:
    """Elasticities of the reference scenario, kept under the hash of its simulation.

    None where the run does not cover the study, or the reference scenario failed.
    """
    reference = resolution.settings.get("reference")
    scenario = next((facts for facts in good if facts.name == reference), None)
    if scenario is None or not choice.across:
        return None
    from tandem.study import elasticity

    draws = min(choice.draws, elasticity.DRAWS)
    simulation = simulation_hash(scenario.fingerprint, draws, choice.seed)
    key = digest({"simulation": simulation, "code": elasticity.code_hash()})
    shelf = facts_shelf(project / "build")

    def write(folder: Path) -> Mapping[str, Any]:
        found = elasticity.facts(project, scenario.name, draws, choice.seed, choice.overrides)
        _write(folder / "facts.json", found)
        return {}

    if shelf.open(key) is None:
        shelf.put(key, write, anew=True)
    body: dict[str, Any] = json.loads((shelf.path(key) / "facts.json").read_bytes())
    return body


def _results(
    scenarios: Sequence[ScenarioFacts], plan: Plan, store: SimulationStore
) -> dict[str, Any]:
    """Every measure of every scenario that did not fail."""
    from tandem.results.measures import MEASURES
    from tandem.study.comparison import summary

    keys = {job.scenario: job.key for job in plan.simulations}
    found = {}
    for facts in scenarios:
        measures = store.measures(keys[facts.name])
        if measures is None:
            raise OSError(f"the simulation of {facts.name} is damaged; run again")
        with measures:
            found[facts.name] = {
                str(name): {
                    **summary(
                        measures[name].values.astype(float), is_event=MEASURES[str(name)].is_event
                    ),
                    "unit": MEASURES[str(name)].unit,
                    "label": dict(MEASURES[str(name)].label),
                    "definition": dict(MEASURES[str(name)].definition),
                }
                for name in measures.data_vars
            }
    return found


def _registry() -> list[dict[str, Any]]:
    """The registry of measures as data."""
    from tandem.results.measures import MEASURES

    return [
        {
            "name": name,
            "unit": measure.unit,
            "label": dict(measure.label),
            "definition": dict(measure.definition),
            "digits": measure.digits,
            "better": measure.better,
        }
        for name, measure in MEASURES.items()
    ]
