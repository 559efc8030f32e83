"""From a study's folder to the assumptions of its scenarios.

Answers: the resolved assumptions of one scenario, or of all, or everything that is wrong with the
files, at once. How layers stack is said in layers.py. Leaves out: the schema, which is handed in.
Every layer above the assumptions may import it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from tandem.assumptions.base import Base, Places, context_of, cross_problems, read_base
from tandem.assumptions.checking import validated
from tandem.assumptions.correlations import correlation_problems
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import FOLDER, ParameterFiles
from tandem.assumptions.headcount import KIND as HEADCOUNT
from tandem.assumptions.headcount import read_headcount
from tandem.assumptions.layers import Layer, Patch, read_layer, stacked
from tandem.assumptions.openings import launch_problems
from tandem.assumptions.overrides import read_overrides
from tandem.assumptions.refusals import Problem, Refusal
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.scenarios import KINDS, Scenario, read_scenarios, unknown_scenario


def load_assumptions(
    project: Path, root: type[Section], scenario: str, overrides: Sequence[str] = ()
) -> Assumptions:
    """The assumptions of one scenario of the study in `project`, read through the schema `root`.

    `root` may have `owners` (a closed list of departments, a class variable) and
    `cross_checks(self, places) -> list[Problem]`, called for the base and for the scenario's last
    state. Raises Refusal with all problems of the base, of the scenarios' file, of this scenario's
    layers and of the overrides.
    """
    study = _Study(project, root, overrides)
    if scenario not in study.scenarios and study.has_scenarios:
        study.files.problems.append(unknown_scenario(scenario, dict(study.scenarios)))
    found = study.resolve(scenario) if scenario in study.scenarios else None
    return study.finished({scenario: found})[scenario]


def check_project(
    project: Path, root: type[Section], overrides: Sequence[str] = ()
) -> dict[str, Assumptions]:
    """The same for every scenario, by name in the order of the file.

    Levers, outlooks and headcount plans that no scenario uses are checked as well.
    """
    study = _Study(project, root, overrides)
    for kind in KINDS:
        for name in study.files.names(f"{FOLDER}/{kind}"):
            study.layer(kind, name)
    return study.finished({name: study.resolve(name) for name in study.scenarios})


def scenarios_of(project: Path) -> dict[str, Scenario]:
    """The scenarios of a study by name, without reading anything else of it.

    Raises Refusal with what is wrong with `scenarios.yaml`.
    """
    files = ParameterFiles(Path(project))
    scenarios = read_scenarios(files)
    if files.problems:
        raise Refusal(files.problems)
    return scenarios


class _Study:
    """Reads the files of one study once, for one call."""

    def __init__(self, project: Path, root: type[Section], overrides: Sequence[str]) -> None:
        self.root = root
        self.files = ParameterFiles(Path(project))
        self.base: Base = read_base(self.files, root)
        if self.base.section is not None:
            found = correlation_problems(self.base.section, self.base.places)
            self.files.problems += found
        before = len(self.files.problems)
        self.scenarios: Mapping[str, Scenario] = read_scenarios(self.files)
        self.has_scenarios = len(self.files.problems) == before
        self.layers: dict[tuple[str, str], Layer | None] = {}
        self.overrides = read_overrides(overrides, self.base, root, self.files.problems)

    def layer(self, kind: str, name: str) -> Layer | None:
        """One lever, outlook or headcount plan, read once."""
        if (kind, name) not in self.layers:
            found = None
            if name in self.files.names(f"{FOLDER}/{kind}"):
                if kind == HEADCOUNT:
                    found = read_headcount(self.files, name, self.base, self.root)
                else:
                    found = read_layer(self.files, kind, name, self.base, self.root)
            self.layers[kind, name] = found
        return self.layers[kind, name]

    def resolve(self, name: str) -> Assumptions | None:
        """One scenario, or None where something of it is refused."""
        scenario = self.scenarios[name]
        read = [self.layer(kind, layer) for kind, layer in dict.fromkeys(scenario.layers)]
        layers = [layer for layer in read if layer is not None]
        if self.overrides.patches:
            layers.append(self.overrides)
        patches = stacked(scenario, layers, self.files.problems)
        for problem in launch_problems(patches, self.base):
            if problem not in self.files.problems:
                self.files.problems.append(problem)
        if self.base.section is None:
            return None
        if patches:
            self.files.problems += self._patched_problems(patches)
        return Assumptions(
            self.base.section, scenario, self.scenarios, tuple(layers), patches, (),
            self.base.places,
        )  # fmt: skip

    def finished(self, found: Mapping[str, Assumptions | None]) -> dict[str, Assumptions]:
        """What was found, or Refusal: only now are all problems known."""
        if self.files.problems:
            raise Refusal(self.files.problems)
        hashes = self.files.hashes()
        return {
            name: replace(
                a,
                files=tuple((f, sha) for f, sha in hashes.items() if _belongs(f, a.scenario)),
            )
            for name, a in found.items()
            if a is not None
        }

    def _patched_problems(self, patches: tuple[Patch, ...]) -> list[Problem]:
        """What is wrong with the tree as the scenario leaves it: rules between fields."""
        raw: dict[str, Any] = dict(self.base.raw)
        places_of = {tuple(patch.path.split(".")): patch.place for patch in patches}
        for patch in patches:
            _set(raw, patch.path.split("."), patch.raw)
        known = {
            path: place
            for path, place in self.base.places.known.items()
            if not any(path[:n] in places_of for n in range(1, len(path)))
        }
        known.update(places_of)
        places = Places(known)
        section, problems = validated(self.root, raw, places.at, context_of(self.root))
        return problems if section is None else cross_problems(section, places)


def _belongs(file: str, scenario: Scenario) -> bool:
    """Whether a scenario's assumptions depend on a file."""
    folder = file.rpartition("/")[0]
    if folder not in {f"{FOLDER}/{kind}" for kind in KINDS}:
        return True
    return file in {f"{FOLDER}/{kind}/{name}.yaml" for kind, name in scenario.layers}


def _set(raw: dict[str, Any], path: Sequence[str], value: Any) -> None:
    """Set a value, copying the mappings on its way: the base's own stay as they are."""
    for name in path[:-1]:
        raw[name] = dict(raw.get(name) or {})
        raw = raw[name]
    raw[path[-1]] = value
