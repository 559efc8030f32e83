"""Plan: the jobs of a run, each with the hash of its inputs and the reason why it would run.

What it answers: for the chosen scenarios, which simulations and notebooks there are, which of them
are done already, and why the others must run.

What it leaves out: running them (`tandem.batch.run`); what was computed.

Who may import it: the modules of `tandem.batch`, cli. It reads no result and imports nothing heavy:
with nothing to do, this is where a run ends.
"""

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from tandem.batch.cache import Ledger, NotebookCache
from tandem.batch.jobs import Choice, Job
from tandem.batch.notebook import BadNotebook, read_source
from tandem.batch.resolution import Resolution, ScenarioFacts
from tandem.results.provenance import (
    KERNEL,
    SIMULATION_CODE,
    SIMULATION_LIBRARIES,
    code_hashes,
    simulation_hash,
    tree_hashes,
    versions,
)
from tandem.results.shelf import digest
from tandem.results.store import SimulationStore

__all__ = ["NothingMatches", "Plan", "make_plan"]

#: Changes with the form of what is cached, so that older entries are left alone.
_FORM = 1

#: Files of `params/` that pages may show and no simulation reads.
SHOWN_PARAMS = ("objectives.yaml", "enquiries.yaml", "plan.yaml")

#: Parts of the package that no notebook's page depends on.
_NOT_IN_PAGES = ("site", "batch", "calibration", "cli.py", "cli")

_PAGE_LIBRARIES = (*SIMULATION_LIBRARIES, "pandas", "xarray", "matplotlib", "babel", "ipykernel")


class NothingMatches(LookupError):
    """No scenario matches the patterns of the command line."""


class Plan:
    """The jobs of a run. `simulations` and `pages` run first; then `across`, see `across_jobs`.

    `stale` names scenarios that the patterns leave out and that have changed since they last ran:
    nothing of theirs is run, and nothing compares with them.
    """

    def __init__(self, planner: "_Planner", scenarios: Sequence[ScenarioFacts]) -> None:
        self._planner = planner
        self.choice = planner.choice
        self.scenarios = tuple(scenarios)
        self.simulations = [planner.simulation(facts) for facts in scenarios]
        self.pages = [
            planner.notebook(entry, facts, language)
            for facts in scenarios
            for entry in planner.entries("scenario")
            if _has_page(entry, facts)
            for language in planner.languages(entry)
        ]
        due = {job.scenario for job in (*self.simulations, *self.pages) if job.reason is not None}
        self.stale = tuple(
            facts.name for facts in scenarios if facts.name in due - set(planner.chosen)
        )
        self.across = self.across_jobs(self.stale)

    @property
    def jobs(self) -> list[Job]:
        """Every job, simulations first and notebooks across scenarios last."""
        return [*self.simulations, *self.pages, *self.across]

    @property
    def due(self) -> list[Job]:
        """Jobs that must run."""
        return [
            job for job in self.jobs if job.reason is not None and job.scenario not in self.stale
        ]

    @property
    def run_id(self) -> str:
        """Name of the run: the same inputs have the same one, 12 hexadecimal digits."""
        return self._planner.run_id(self.jobs)

    def across_jobs(self, left_out: Iterable[str]) -> list[Job]:
        """Jobs of the notebooks across scenarios, without the scenarios that failed."""
        failed = tuple(left_out)
        remaining = [facts for facts in self.scenarios if facts.name not in failed]
        if not self._planner.choice.across or not remaining:
            return []
        return [
            self._planner.across(entry, remaining, failed, language)
            for entry in self._planner.entries("study")
            for language in self._planner.languages(entry)
        ]


def make_plan(project: Path, resolution: Resolution, choice: Choice, ledger: Ledger) -> Plan:
    """The plan for the chosen scenarios, or for all where the choice goes across.

    Raises NothingMatches, and BadNotebook for a notebook that a batch cannot run.
    """
    patterns = choice.patterns
    chosen = [
        facts
        for facts in resolution.scenarios
        if not patterns or any(fnmatchcase(facts.name, pattern) for pattern in patterns)
    ]
    if not chosen:
        names = ", ".join(facts.name for facts in resolution.scenarios)
        raise NothingMatches(f"no scenario matches {' '.join(patterns)}; there are: {names}")
    planner = _Planner(project, resolution, choice, ledger, [facts.name for facts in chosen])
    return Plan(planner, resolution.scenarios if choice.across else chosen)


def _has_page(entry: Mapping[str, Any], facts: ScenarioFacts) -> bool:
    """Whether a scenario has a page of a notebook: variations of another only those that are theirs."""
    theirs = entry["variations"]
    return facts.parent is None or (theirs if isinstance(theirs, bool) else facts.name in theirs)


class _Planner:
    """Makes jobs from what a study, a choice and the code say."""

    def __init__(
        self,
        project: Path,
        resolution: Resolution,
        choice: Choice,
        ledger: Ledger,
        chosen: Sequence[str],
    ) -> None:
        self.choice = choice
        self.chosen = tuple(chosen)
        self._resolution = resolution
        self._ledger = ledger
        self._store = SimulationStore(project / "build" / "store")
        self._cache = NotebookCache(project / "build" / "cache" / "notebooks")
        self._settings = resolution.settings
        self._facts = {facts.name: facts for facts in resolution.scenarios}
        self._sources = _sources(project, self._settings["notebooks"])
        self._data = _named("shown", _data(project))
        self._code = {
            "simulate": _named("code", code_hashes(SIMULATION_CODE)),
            "notebook": _named("code", code_hashes(without=_NOT_IN_PAGES)),
        }

    def entries(self, per: str) -> list[Mapping[str, Any]]:
        """Notebooks of one kind in reading order."""
        return [entry for entry in self._settings["notebooks"] if entry["per"] == per]

    def languages(self, entry: Mapping[str, Any]) -> list[str]:
        """Languages in which a notebook is run: its own, of those of the study."""
        return [name for name in self._settings["languages"] if name in entry["languages"]]

    def run_id(self, jobs: Sequence[Job]) -> str:
        """See Plan.run_id."""
        inputs = {job.id: job.key for job in jobs}
        return digest({"jobs": inputs, "settings": self._settings, "choice": self._chosen()})[:12]

    def simulation(self, facts: ScenarioFacts) -> Job:
        """The job that simulates one scenario."""
        key = simulation_hash(facts.fingerprint, self.choice.draws, self.choice.seed)
        id = f"simulate/{facts.name}"
        parts = self._simulation_parts([facts])
        done = self._store.is_good(key)
        reason = self._reason(id, key, parts, done, facts.name)
        return Job(id, "simulate", key, parts, reason, scenario=facts.name)

    def notebook(self, entry: Mapping[str, Any], facts: ScenarioFacts, language: str) -> Job:
        """The job of one notebook for one scenario."""
        read = [facts, *(self._facts[name] for name in entry["reads"] if name in self._facts)]
        return self._page(entry, facts.name, facts.name, read, (), language)

    def across(
        self,
        entry: Mapping[str, Any],
        scenarios: Sequence[ScenarioFacts],
        left_out: tuple[str, ...],
        language: str,
    ) -> Job:
        """The job of one notebook across scenarios."""
        return self._page(entry, None, scenarios[0].name, scenarios, left_out, language)

    def _page(
        self,
        entry: Mapping[str, Any],
        scenario: str | None,
        opened: str,
        read: Sequence[ScenarioFacts],
        left_out: tuple[str, ...],
        language: str,
    ) -> Job:
        choice = self.choice
        parameters = {
            "scenario": opened,
            "draws": choice.draws,
            "seed": choice.seed,
            "language": language,
            "overrides": list(choice.overrides),
        }
        simulations = {
            facts.name: simulation_hash(facts.fingerprint, choice.draws, choice.seed)
            for facts in read
        }
        file = f"notebooks/{entry['file']}"
        parts = {
            **self._simulation_parts(read),
            **self._code["notebook"],
            **_named("version", versions(*_PAGE_LIBRARIES)),
            f"notebook:{file}": self._sources[entry["file"]],
            "setting:language": language,
            "shown:params/study.yaml": digest(self._shown_settings()),
            **self._data,
            **{f"scenario:{name}": "left out" for name in left_out},
            **{f"scenario:{facts.name}": digest(_shown(facts)) for facts in read},
        }
        key = digest(
            {
                "form": _FORM,
                "parameters": parameters,
                "simulations": simulations,
                "across": scenario is None,
                "parts": {k: v for k, v in parts.items() if not k.startswith("input:")},
            }
        )
        id = f"{language}/{scenario or 'study'}/{entry['file'].removesuffix('.ipynb')}"
        return Job(
            id=id,
            kind="notebook",
            key=key,
            parts=parts,
            reason=self._reason(id, key, parts, self._cache.has(key), scenario),
            scenario=scenario,
            notebook=entry,
            language=language,
            parameters=parameters,
            simulations=simulations,
            left_out=left_out,
        )

    def _reason(
        self, id: str, key: str, parts: Mapping[str, str], done: bool, scenario: str | None
    ) -> str | None:
        if self.choice.force and (scenario is None or scenario in self.chosen):
            return "--force"
        return None if done else self._ledger.reason(id, key, parts)

    def _simulation_parts(self, scenarios: Iterable[ScenarioFacts]) -> dict[str, str]:
        """Named inputs of simulations: files, code, versions, and what the command line says."""
        parts = {**self._code["simulate"], **_named("version", versions(*SIMULATION_LIBRARIES))}
        for facts in scenarios:
            parts.update(_named("input", facts.files))
        parts.update({f"override:{text}": "set" for text in self.choice.overrides})
        draws, seed = str(self.choice.draws), str(self.choice.seed)
        return {**parts, "setting:draws": draws, "setting:seed": seed, "setting:kernel": KERNEL}

    def _chosen(self) -> dict[str, Any]:
        choice = self.choice
        return {"draws": choice.draws, "seed": choice.seed, "overrides": list(choice.overrides)}

    def _shown_settings(self) -> dict[str, Any]:
        """Settings that a notebook can show: not those that only steer the batch or the site."""
        steering = {"draws", "seed", "languages", "publisher", "notebooks", "timeout_s"}
        steering |= {"output_mb", "keep_runs", "store_gb"}
        return {name: value for name, value in self._settings.items() if name not in steering}


def _shown(facts: ScenarioFacts) -> dict[str, Any]:
    """What a notebook can show of a scenario beside its simulation: names, not lines of files."""
    difference = [{k: v for k, v in row.items() if k != "line"} for row in facts.difference]
    return {
        "label": facts.label,
        "description": facts.description,
        "parent": facts.parent,
        "levers": facts.levers,
        "outlooks": facts.outlooks,
        "difference": difference,
    }


def _named(kind: str, values: Mapping[str, str]) -> dict[str, str]:
    return {f"{kind}:{name}": value for name, value in values.items()}


def _data(project: Path) -> dict[str, str]:
    """Hash of each file that any page may show and no simulation reads: records, objectives, enquiries."""
    hashes = tree_hashes(project / "data", suffixes=[".csv"])
    params = tree_hashes(project / "params", suffixes=[".yaml"])
    shown = {f"params/{name}": params[name] for name in SHOWN_PARAMS if name in params}
    return {**{f"data/{name}": found for name, found in hashes.items()}, **shown}


def _sources(project: Path, entries: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Hash of each notebook; raises BadNotebook that names every one that cannot run."""
    hashes, problems = {}, []
    for entry in entries:
        file = str(entry["file"])
        try:
            hashes[file] = read_source(project / "notebooks" / file).hash
        except BadNotebook as problem:
            problems.append(f"notebooks/{file}: {problem}")
    if problems:
        raise BadNotebook("\n".join(problems))
    return hashes
