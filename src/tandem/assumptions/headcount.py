"""Headcount plans: what marketing hands in to HR, as files of `params/headcount/`.

Answers: the patches that a plan comes to: added heads at each position from each need date on.
Leaves out: when HR learns of them (`submissions`) and when it then hires (the hiring policy of the
model). Only the assumptions may import it.

    schema: 1
    label: {en: Lower-tier launch, zh: 下沉市场启动}
    submitted: 2026-12
    requests:
      - {role: field_rep, place: lower_tier, number: 210, needed: 2027-03,
         reason: {en: ..., zh: ...}}

`needed` is the month in which the people must be productive: HR hires ahead of it. Requests of one
position add up. HR learns of a plan's positions in the month `submitted` and not before, whatever
`hiring.notice` says; without it, `hiring.notice` months before each need.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tandem.assumptions.base import Base
from tandem.assumptions.checking import validated
from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.files import FOLDER, ParameterFiles, defaults_of
from tandem.assumptions.layers import Layer, Patch, checked_patch, month_of
from tandem.assumptions.places import Document, Located
from tandem.assumptions.refusals import Place, Problem
from tandem.assumptions.tree import Names

KIND = "headcount"


class RequestRow(Section):
    """One line of a headcount plan as the file has it."""

    role: str
    place: str
    number: int = Field(gt=0, le=100_000)
    needed: str
    reason: Label


class HeadcountFile(Section):
    """The schema of a headcount plan's file."""

    version: Literal[1] = Field(alias="schema")
    label: Label
    description: Label | None = None
    submitted: str | None = None
    requests: tuple[RequestRow, ...] = Field(min_length=1)
    defaults: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """Heads asked for: how many of a role, where, from which model month on, and why."""

    role: str
    place: str
    number: int
    needed: int
    submitted: int | None
    reason: Label
    source: Place

    @property
    def position(self) -> str:
        """The path of the position whose heads it adds to."""
        return f"roles.{self.role}.places.{self.place}.added_heads"


def read_headcount(
    files: ParameterFiles, name: str, base: Base, root: type[Section]
) -> Layer | None:
    """Read `params/headcount/NAME.yaml`; problems go to `files.problems`, None where refused."""
    document = files.read(f"{FOLDER}/{KIND}/{name}.yaml")
    if document is None:
        return None
    before = len(files.problems)
    file, problems = validated(HeadcountFile, document.value, document.place, {})
    files.problems += [p for p in problems if p.path.split(".")[0] not in ("schema", "defaults")]
    if file is None:
        return None
    requests = _requests(document, file, files.problems)
    if len(files.problems) > before:
        return None
    patches = _patches(document, name, requests, base, root, files.problems)
    return Layer(KIND, name, file.label, file.description, tuple(patches), requests)


def _requests(
    document: Document, file: HeadcountFile, problems: list[Problem]
) -> tuple[Request, ...]:
    submitted = None
    if file.submitted is not None:
        submitted = month_of(file.submitted, document.place(("submitted",)), "submitted", problems)
    found = []
    for number, row in enumerate(file.requests):
        place = document.place(("requests", number, "needed"))
        needed = month_of(row.needed, place, f"requests.{number}.needed", problems)
        if submitted is not None and needed < submitted:
            message = f"is before the plan is submitted, in {file.submitted}"
            problems.append(
                Problem.at(
                    place, f"requests.{number}.needed", message, code="inconsistent",
                    found=row.needed,
                )
            )  # fmt: skip
        found.append(Request(row.role, row.place, row.number, needed, submitted, row.reason, place))
    return tuple(found)


def _patches(
    document: Document,
    name: str,
    requests: Sequence[Request],
    base: Base,
    root: type[Section],
    problems: list[Problem],
) -> list[Patch]:
    """Heads added by each need date."""
    defaults = {
        "source": f"headcount plan {name}",
        "evidence": "judgement",
        "unit": "head",
        **defaults_of(document),
    }
    wanted: list[tuple[str, int, float, Place]] = []
    for position in dict.fromkeys(request.position for request in requests):
        own = sorted((r for r in requests if r.position == position), key=lambda r: r.needed)
        total = 0
        for at, request in enumerate(own):
            total += request.number
            if at + 1 < len(own) and own[at + 1].needed == request.needed:
                continue
            wanted.append((position, request.needed, float(total), request.source))
    patches = []
    for path, month, value, place in wanted:
        raw = Located(place)
        raw["fixed"] = value
        patch = Patch(path, month, None, raw, f"{KIND}/{name}", place, False)
        checked = checked_patch(patch, base, root, defaults, problems, partial(_always, place))
        if checked:
            patches.append(checked)
    return patches


def _always(place: Place, path: Names) -> Place:
    """Whatever part of a value is meant, it stands where the request does."""
    return place
