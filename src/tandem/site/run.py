"""Run: the run folder that a batch left on disk, read once and checked for shape.

What it answers: which scenarios and notebooks a run holds, what each of them answered, and what
made the run. The folder's form is written down in docs of the batch: `run.json`, `results.json`,
`register.json`, `measures.json`, optionally `facts.json`, and `pages/<language>/<scenario or
"study">/<notebook>.ipynb` with its record and its files.

What it leaves out: how pages look; whether numbers are right.

Who may import it: the modules of `tandem.site`.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tandem.site.problems import PublishFailed

if TYPE_CHECKING:
    from tandem.study.record import Record

__all__ = ["STUDY", "Job", "Run", "Scenario", "read_run"]

#: Folder of the notebooks that look across scenarios.
STUDY = "study"

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario of the run; `parent` is the scenario that it repeats under an outlook."""

    name: str
    label: Mapping[str, str]
    parent: str | None
    failed: bool
    error: str
    difference: tuple[Json, ...]
    description: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook of one scenario (None: of the whole study) in one language."""

    notebook: str
    scenario: str | None
    language: str
    status: str
    reason: str
    seconds: float | None
    error: str
    page: Path | None
    record: Path | None

    @property
    def failed(self) -> bool:
        """Whether this run has no page of it."""
        return self.status == "failed" or self.page is None


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run as it lies on disk; JSON parts that pages only pass on are kept as they are."""

    folder: Path
    id: str
    created: str
    headline: Mapping[str, str]
    settings: Json
    provenance: Json
    scenarios: tuple[Scenario, ...]
    jobs: tuple[Job, ...]
    results: Json
    register: tuple[Json, ...]
    measures: tuple[Json, ...]
    facts: Json

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have at least one page, English first."""
        held = {job.language for job in self.jobs}
        return tuple(sorted(held, key=lambda language: (language != "en", language)))

    def scenario(self, name: str) -> Scenario:
        """The scenario of that name; raises KeyError."""
        for scenario in self.scenarios:
            if scenario.name == name:
                return scenario
        raise KeyError(name)

    def record(self, job: Job) -> "Record":
        """What the notebook of `job` recorded; raises PublishFailed where it cannot be read."""
        from tandem.study.record import BadRecord, read_record

        if job.record is None:
            raise PublishFailed(f"{job.notebook}: the run holds no record of it")
        try:
            return read_record(job.record)
        except BadRecord as error:
            raise PublishFailed(f"{job.record}: {error}") from error


def read_run(folder: Path) -> Run:
    """The run in `folder`; raises PublishFailed, naming the file that is missing or not of its form."""
    raw = _json(folder / "run.json")
    try:
        run_id = str(raw["run_id"])
        return Run(
            folder=folder,
            id=run_id,
            created=str(raw["created_utc"]),
            headline=_texts(raw.get("headline")),
            settings=dict(raw.get("settings") or {}),
            provenance=dict(raw["provenance"]),
            scenarios=tuple(_scenario(entry) for entry in raw["scenarios"]),
            jobs=tuple(_job(entry, folder) for entry in raw["jobs"]),
            results=_json(folder / "results.json"),
            register=_rows(folder / "register.json", "assumptions"),
            measures=_rows(folder / "measures.json", "measures"),
            facts=_json(folder / "facts.json") if (folder / "facts.json").exists() else {},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise PublishFailed(f"{folder / 'run.json'}: not a run record ({error!r})") from error


def _scenario(entry: Json) -> Scenario:
    return Scenario(
        name=str(entry["name"]),
        label=_texts(entry["label"]),
        parent=entry.get("parent") or None,
        failed=entry.get("status") == "failed",
        error=str(entry.get("error") or ""),
        difference=tuple(entry.get("difference") or ()),
        description=_texts(entry.get("description")),
    )


def _job(entry: Json, folder: Path) -> Job:
    seconds = entry.get("seconds")
    return Job(
        notebook=str(entry["notebook"]),
        scenario=entry.get("scenario") or None,
        language=str(entry["language"]),
        status=str(entry["status"]),
        reason=str(entry.get("reason") or ""),
        seconds=None if seconds is None else float(seconds),
        error=str(entry.get("error") or ""),
        page=_inside(folder, entry.get("page")),
        record=_inside(folder, entry.get("record")),
    )


def _inside(folder: Path, name: object) -> Path | None:
    """The file `name` under `folder` if it is there; raises ValueError where it leads outside."""
    if not name:
        return None
    path = (folder / str(name)).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{name} leads out of the run folder")
    return path if path.is_file() else None


def _texts(value: object) -> Mapping[str, str]:
    """{"en": ..., "zh": ...} from such a mapping, or from one text for all languages."""
    if isinstance(value, Mapping):
        return {str(key): str(text) for key, text in value.items()}
    return {"en": str(value)} if value else {}


def _rows(path: Path, key: str) -> tuple[Json, ...]:
    raw = _json(path)
    rows = raw[key]
    if not isinstance(rows, list):
        raise PublishFailed(f"{path}: {key} is not a list")
    return tuple(rows)


def _json(path: Path) -> Json:
    try:
        raw = json.loads(path.read_text("utf-8"), parse_constant=_refuse_constant)
    except (OSError, ValueError) as error:
        raise PublishFailed(f"{path}: {error}") from error
    if not isinstance(raw, dict):
        raise PublishFailed(f"{path}: not a JSON object")
    return raw


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number that a page may show")
