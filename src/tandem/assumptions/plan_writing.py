"""A plan written as files: levers, a headcount plan and a scenario that lists them.

Answers: the files of a plan in `params/`, checked as if somebody had typed them. Leaves out who found
the plan. Study and the cli may import it.

A scenario `plan-joint` gets two levers, `plan-joint` (from the launch on) and `plan-joint-people` (from
the first month on), and the headcount plan `plan-joint`. Where the scenario stands in `scenarios.yaml`
already, its entry stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.files import FOLDER
from tandem.assumptions.headcount_writing import write_headcount
from tandem.assumptions.loading import load_assumptions, scenarios_of
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.scenarios import FILE as SCENARIOS
from tandem.assumptions.schema_json import pointer_of

__all__ = ["PlanFiles", "write_plan"]

#: What is added to a scenario's name for the lever of what holds from the first month on.
PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class PlanFiles:
    """What a plan comes to: rows by path from two months on, and heads asked for.

    ``launch`` and ``people`` are rows by path as a file states them, in force from ``launch_month``
    and ``first_month`` ("YYYY-MM"); ``requests`` as `write_headcount` takes them.
    """

    scenario: str
    parent: str
    label: Label
    launch_month: str
    first_month: str
    launch: Mapping[str, str]
    people: Mapping[str, str]
    requests: Sequence[Mapping[str, Any]]


def write_plan(
    project: Path, root: type[Section], plan: PlanFiles, *, source: str, owner: str, as_of: str
) -> Assumptions:
    """Write a plan's files, replacing those of the same names, and return what the scenario assumes.

    Raises Refusal with every problem, the files being as they were, where the plan does not hold.
    """
    levers = f"{FOLDER}/levers"
    people = f"{plan.scenario}-{PEOPLE}"
    head = (source, owner, as_of)
    texts = {
        f"{levers}/{plan.scenario}.yaml": _lever(
            f"{levers}/{plan.scenario}.yaml", plan.label, plan.launch_month, plan.launch, head
        ),
    }
    if plan.people:
        file = f"{levers}/{people}.yaml"
        texts[file] = _lever(file, plan.label, plan.first_month, plan.people, head)
    entry = _scenario(plan, people)
    if plan.scenario not in scenarios_of(project):
        before = (project / SCENARIOS).read_text(encoding="utf-8")
        texts[SCENARIOS] = f"{before.rstrip()}\n{entry}\n"
    headcount = f"{FOLDER}/headcount/{plan.scenario}.yaml"
    old = {file: _bytes(project / file) for file in (*texts, headcount)}
    try:
        (project / headcount).unlink(missing_ok=True)
        label = {"en": plan.label.en, "zh": plan.label.zh}
        write_headcount(
            project, root, plan.scenario, label, plan.requests,
            owner=owner, as_of=as_of, source=source,
        )  # fmt: skip
        for file, text in texts.items():
            (project / file).write_text(text, encoding="utf-8")
        return load_assumptions(project, root, plan.scenario)
    except Exception:
        for file, content in old.items():
            if content is None:
                (project / file).unlink(missing_ok=True)
            else:
                (project / file).write_bytes(content)
        raise


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _lever(
    file: str, label: Label, month: str, rows: Mapping[str, str], head: tuple[str, str, str]
) -> str:
    source, owner, as_of = head
    lines = [
        pointer_of(file),
        f"# {source}.",
        "schema: 1",
        f"label: {{en: {_text(label.en)}, zh: {_text(label.zh)}}}",
        f"from: {month}",
        f"defaults: {{source: {_text(source)}, evidence: judgement, owner: {owner}, as_of: {as_of}}}",
        "set:",
        *(f"  {path}: {row}" for path, row in rows.items()),
    ]
    return "".join(f"{line}\n" for line in lines)


def _scenario(plan: PlanFiles, people: str) -> str:
    label = f"{{en: {_text(plan.label.en)}, zh: {_text(plan.label.zh)}}}"
    levers = ", ".join([plan.scenario, *([people] if plan.people else [])])
    return (
        f"  {plan.scenario}: {{label: {label}, outlooks: [], headcount: [{plan.scenario}], "
        f"levers: [{levers}], parent: {plan.parent}}}"
    )


def _text(words: str) -> str:
    """Words in double quotes, as the other files have them."""
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'
