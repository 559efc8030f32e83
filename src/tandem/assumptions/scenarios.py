"""`params/scenarios.yaml`: which outlooks, headcount plans and levers each scenario has.

Answers: the scenarios of a study by name. Leaves out: what these files set. The
assumptions import it; the layers above get `Scenario` from `loading`.

    schema: 1
    scenarios:
      lower-tier-late:
        label: {en: Told at launch, zh: 上市时才告知}
        outlooks: []
        headcount: [lower-tier-2027]
        levers: [lower-tier-cities, hire-late]
        parent: lower-tier-expansion

`parent` names the scenario that this one varies, for reports; nothing is inherited from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from tandem.assumptions.checking import validated
from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.files import FOLDER, NAME, ParameterFiles
from tandem.assumptions.places import Document
from tandem.assumptions.refusals import Place, Problem, nearest

FILE = f"{FOLDER}/scenarios.yaml"
KINDS = ("outlooks", "headcount", "levers")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario by name; `layers` are the files of its outlooks, headcount plans and levers, in order."""

    name: str
    label: Label
    outlooks: tuple[str, ...]
    headcount: tuple[str, ...]
    levers: tuple[str, ...]
    parent: str | None
    place: Place

    @property
    def layers(self) -> tuple[tuple[str, str], ...]:
        """Kind and name of each layer in the order in which they apply."""
        return tuple((kind, name) for kind in KINDS for name in getattr(self, kind))


class _Entry(Section):
    label: Label
    outlooks: tuple[str, ...] = ()
    headcount: tuple[str, ...] = ()
    levers: tuple[str, ...] = ()
    parent: str | None = None


class ScenarioFile(Section):
    """The schema of `scenarios.yaml`."""

    version: Literal[1] = Field(alias="schema")
    scenarios: dict[str, _Entry] = Field(min_length=1)


def read_scenarios(files: ParameterFiles) -> dict[str, Scenario]:
    """The scenarios in the file's order; problems go to `files.problems`.

    A scenario with a problem of its own is left out, the others are returned.
    """
    document = files.read(FILE)
    if document is None:
        return {}
    raw = dict(document.value)
    found, problems = validated(ScenarioFile, raw, document.place, {})
    entries = raw.get("scenarios")
    names = tuple(entries) if isinstance(entries, dict) else ()
    problems = [p for p in problems if p.path != "schema"]  # said when the file was read
    for name in names:
        if not NAME.match(name):
            message = "must be named with small letters, digits, - and _, a letter first"
            problems.append(_problem(document, (name,), message, code="name", found=name))
    files.problems += problems
    if found is None or problems:
        return {}
    scenarios = {
        name: Scenario(
            name,
            e.label,
            e.outlooks,
            e.headcount,
            e.levers,
            e.parent,
            document.place(("scenarios", name)),
        )
        for name, e in found.scenarios.items()
    }
    available = {kind: tuple(files.names(f"{FOLDER}/{kind}")) for kind in KINDS}
    problems = [
        problem
        for scenario in scenarios.values()
        for problem in _references(scenario, document, scenarios, available)
    ]
    files.problems += problems
    return scenarios


def unknown_scenario(name: str, scenarios: dict[str, Scenario]) -> Problem:
    """What to say of a scenario that is asked for and does not exist."""
    return Problem.at(
        Place(FILE), "scenarios", "has no scenario of that name", code="unknown-scenario",
        found=name, allowed=tuple(scenarios), suggestion=nearest(name, scenarios) or "",
    )  # fmt: skip


def _references(
    scenario: Scenario,
    document: Document,
    scenarios: dict[str, Scenario],
    available: dict[str, tuple[str, ...]],
) -> list[Problem]:
    problems = []
    for kind in KINDS:
        listed: tuple[str, ...] = getattr(scenario, kind)
        for position, layer in enumerate(listed):
            path = (scenario.name, kind, position)
            if layer not in available[kind]:
                problems.append(
                    _problem(
                        document, path, f"no such file in {FOLDER}/{kind}/", code="unknown-layer",
                        found=layer, allowed=available[kind],
                    )
                )  # fmt: skip
            elif layer in listed[:position]:
                message = "is listed twice"
                problems.append(_problem(document, path, message, code="twice", found=layer))
    line = [scenario.name]
    parent = scenario.parent
    while parent is not None:
        if parent not in scenarios:
            if parent == scenario.parent:
                problems.append(
                    _problem(
                        document, (scenario.name, "parent"), "no such scenario",
                        code="unknown-scenario", found=parent, allowed=tuple(scenarios),
                    )
                )  # fmt: skip
            break
        if parent in line:
            message = f"is its own ancestor: {' -> '.join([*line, parent])}"
            problems.append(_problem(document, (scenario.name, "parent"), message, code="circle"))
            break
        line.append(parent)
        parent = scenarios[parent].parent
    return problems


def _problem(document: Document, path: tuple[Any, ...], message: str, **more: Any) -> Problem:
    place = document.place(("scenarios", *path))
    return Problem.at(place, ".".join(str(p) for p in ("scenarios", *path)), message, **more)
