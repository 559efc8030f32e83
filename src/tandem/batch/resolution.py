"""Resolution: what the parameter files say for every scenario, as data, kept for the next run.

What it answers: the study's settings, its scenarios with the fingerprint of their resolved
assumptions, their files and their difference from base, and the register of all assumptions. It is
kept under the hash of the files' bytes and of the code that reads them, so that a run that finds
nothing changed parses no YAML.

What it leaves out: simulating; hashes of jobs (`tandem.batch.plan`).

Who may import it: the modules of `tandem.batch`, cli.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tandem.results.provenance import code_hashes, tree_hashes, versions
from tandem.results.shelf import digest, read_sealed, replace_file, seal

__all__ = ["Resolution", "ScenarioFacts", "find_study", "resolve", "resolve_anew"]

_READING_CODE = ("units.py", "model", "assumptions", "study/settings.py", "batch/resolution.py")


@dataclass(frozen=True)
class ScenarioFacts:
    """One scenario as resolved: `files` maps the files that it was resolved from to their SHA-256.

    `difference` holds rows of what differs from base, as run.json carries them.
    """

    name: str
    label: dict[str, str]
    description: dict[str, str]
    parent: str | None
    levers: list[str]
    outlooks: list[str]
    fingerprint: str
    files: dict[str, str]
    difference: list[dict[str, Any]]


@dataclass(frozen=True)
class Resolution:
    """The whole of `params/`, resolved: settings, scenarios in their order, register."""

    settings: dict[str, Any]
    scenarios: tuple[ScenarioFacts, ...]
    register: list[dict[str, Any]]


def find_study(start: Path | None) -> Path:
    """The study's folder: `start` itself, or the nearest one upwards from the working folder.

    Raises Refusal where there is none. A folder that is plainly there is found without reading.
    """
    if start is not None and (start / "params" / "study.yaml").is_file():
        return start.resolve()
    from tandem.study.settings import find_project

    return find_project(start)


def resolve(project: Path, overrides: Sequence[str]) -> Resolution:
    """Settings, scenarios and register of the study; raises Refusal with every problem of all."""
    key = digest(
        {
            "files": tree_hashes(project / "params", suffixes=[".yaml", ".yml"]),
            "code": code_hashes(_READING_CODE),
            "versions": versions("pydantic", "ruamel.yaml", "numpy"),
            "overrides": list(overrides),
        }
    )
    kept = project / "build" / "cache" / "resolved" / f"{key}.json"
    body = read_sealed(kept)
    if body is None:
        resolution = resolve_anew(project, overrides)
        replace_file(kept, seal(_as_json(resolution)))
        return resolution
    scenarios = tuple(ScenarioFacts(**facts) for facts in body["scenarios"])
    return Resolution(body["settings"], scenarios, body["register"])


def resolve_anew(project: Path, overrides: Sequence[str]) -> Resolution:
    """The same from the files, whatever was kept; raises Refusal with the problems of all files."""
    from tandem.assumptions.loading import check_project
    from tandem.assumptions.refusals import Refusal
    from tandem.assumptions.schema import Company
    from tandem.study.settings import check_names, read_settings

    problems: list[Any] = []
    settings = None
    found: dict[str, Any] = {}
    try:
        settings = read_settings(project)
    except Refusal as refusal:
        problems += refusal.problems
    try:
        found = check_project(project, Company, overrides)
    except Refusal as refusal:
        problems += refusal.problems
    if settings is None or not found:
        raise Refusal(problems)
    check_names(project, settings, found)
    return Resolution(
        settings.model_dump(by_alias=True),
        tuple(_facts(name, assumptions) for name, assumptions in found.items()),
        _register(found.values()),
    )


def _register(found: Iterable[Any]) -> list[dict[str, Any]]:
    """Every estimate of the base, then those that some scenario's layers set, each once."""
    rows: dict[tuple[str, str, str | None], dict[str, Any]] = {}
    for assumptions in found:
        for row in assumptions.register():
            rows.setdefault((row["layer"], row["path"], row["from"]), row)
    return sorted(rows.values(), key=lambda row: row["layer"] != "base")


def _facts(name: str, assumptions: Any) -> ScenarioFacts:
    """One scenario as data."""
    scenario = assumptions.scenario
    layers = {f"params/{kind}/{layer}.yaml" for kind, layer in scenario.layers}
    return ScenarioFacts(
        name=name,
        label=_texts(scenario.label),
        description=_description(assumptions.layers),
        parent=scenario.parent,
        levers=list(scenario.levers),
        outlooks=list(scenario.outlooks),
        fingerprint=assumptions.fingerprint(),
        files={
            file: sha256
            for file, sha256 in assumptions.files
            if file.startswith("params/base/") or file in layers
        },
        difference=assumptions.difference(),
    )


def _description(layers: Iterable[Any]) -> dict[str, str]:
    """What a scenario's levers and outlooks say of themselves, one after the other."""
    texts = [_texts(layer.description) for layer in layers if layer.description is not None]
    if not texts:
        return {}
    return {
        "en": " ".join(text["en"] for text in texts),
        "zh": "".join(text["zh"] for text in texts),
    }


def _texts(label: Any) -> dict[str, str]:
    return {"en": label.en, "zh": label.zh}


def _as_json(resolution: Resolution) -> dict[str, Any]:
    return {
        "settings": resolution.settings,
        "scenarios": [vars(facts) for facts in resolution.scenarios],
        "register": resolution.register,
    }
