"""The layers over the base: outlooks, levers, and what is set on the command line.

This is the one place that says how scenarios are made of layers:

    base <- outlooks <- headcount plans <- levers <- command line

The base is what `params/base/` says. An outlook (a view of the world, not ours) and a lever (a
choice of the management, ours to pull) is a file that sets paths of the base from a month on; a
headcount plan (headcount.py) adds heads from each request's month on. A scenario lists its outlooks,
its headcount plans and its levers; each apply in the order of their list. The overrides of
a command line or a notebook apply last.

- A patch touches only paths that exist, and only a single value: an estimate or a plain field.
- It holds from the month that its file names (`from: 2026-12`), or from the first simulated month.
  Before that month what the earlier layers say holds; from it on, this patch, to the end.
- Two files of one scenario that set the same path are an error, unless the later one in the order
  above says `overrides_earlier: true`. An override needs not say it.
- The base year is anchored on the base alone, so no patch is absorbed by it; and what 2026 was (the
  schema's `anchored` fields) no patch may set: it would move nothing.
- A patched row goes through the schema as a base row does. Its department and its date are those
  of the base row unless it (or its file) gives others.

An override is `path=value`, or `path@2027-03=value` from that month on. The value is a plain number
(fixed, in the canonical unit), a row such as `{triangular: [1, 2, 3], unit: week}` (without a unit:
in the canonical one), or the value of a plain field.

Leaves out: how values are drawn. Only the assumptions may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

from pydantic import Field

from tandem import units
from tandem.assumptions.base import Base, context_of, prepared
from tandem.assumptions.checking import validated, validated_leaf
from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.files import FOLDER, ParameterFiles, defaults_of
from tandem.assumptions.places import Document, Located
from tandem.assumptions.refusals import Place, Problem, nearest
from tandem.assumptions.scenarios import Scenario
from tandem.assumptions.tree import Names, Slot


class LayerFile(Section):
    """The schema of a lever's or an outlook's file."""

    version: Literal[1] = Field(alias="schema")
    label: Label
    description: Label | None = None
    from_month: str = Field(default=units.FIRST_MONTH, alias="from")
    settings: dict[str, Any] = Field(alias="set", min_length=1)
    overrides_earlier: bool = False
    defaults: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Patch:
    """One path set by one layer, from model month `month` on."""

    path: str
    month: int
    value: Any
    raw: Any
    layer: str
    place: Place
    overrides_earlier: bool

    @property
    def file(self) -> str:
        """The file that sets it."""
        return self.place.file

    @property
    def line(self) -> int:
        """Its line there."""
        return self.place.line

    @property
    def from_month(self) -> str:
        """The month from which it holds, "YYYY-MM"."""
        return units.month_label(self.month)


@dataclass(frozen=True, slots=True)
class Layer:
    """A lever, an outlook, a headcount plan, or the overrides: its words and its patches."""

    kind: str
    name: str
    label: Label
    description: Label | None
    patches: tuple[Patch, ...]
    requests: tuple[Any, ...] = ()  # of a headcount plan

    @property
    def key(self) -> str:
        """What its patches name as their layer: levers/hire-late."""
        return self.kind if self.kind == self.name else f"{self.kind}/{self.name}"


def read_layer(
    files: ParameterFiles, kind: str, name: str, base: Base, root: type[Section]
) -> Layer | None:
    """Read one file of `params/levers/` or `params/outlooks/`; problems go to `files.problems`.

    `kind` is the folder's name. None where the file as a whole is refused.
    """
    document = files.read(f"{FOLDER}/{kind}/{name}.yaml")
    if document is None:
        return None
    known_head = ("schema", "defaults")  # checked when the file was read
    file, problems = validated(LayerFile, document.value, document.place, {})
    files.problems += [p for p in problems if p.path.split(".")[0] not in known_head]
    month = _from_month(document, files.problems)
    settings = document.value.get("set")
    patches: list[Patch] = []
    if isinstance(settings, Mapping):
        overrides_earlier = document.value.get("overrides_earlier") is True
        for path, raw in settings.items():
            place = partial(_place_in, document, ("set", path))
            patch = Patch(path, month, None, raw, f"{kind}/{name}", place(()), overrides_earlier)
            checked = checked_patch(patch, base, root, defaults_of(document), files.problems, place)
            if checked:
                patches.append(checked)
    if file is None:
        return None
    return Layer(kind, name, file.label, file.description, tuple(patches))


def stacked(
    scenario: Scenario, layers: Sequence[Layer], problems: list[Problem]
) -> tuple[Patch, ...]:
    """All patches of a scenario in their order; two of a path without a word are an error."""
    patches: list[Patch] = []
    setter: dict[str, Patch] = {}
    for layer in layers:
        for patch in layer.patches:
            earlier = setter.get(patch.path)
            if earlier and not patch.overrides_earlier:
                message = (
                    f"is also set by {earlier.place} in scenario {scenario.name}; "
                    "the later file may say `overrides_earlier: true`"
                )
                problems.append(Problem.at(patch.place, patch.path, message, code="conflict"))
            patches.append(patch)
        setter.update({patch.path: patch for patch in layer.patches})
    return tuple(patches)


def checked_patch(
    patch: Patch,
    base: Base,
    root: type[Section],
    defaults: Mapping[str, Any],
    problems: list[Problem],
    place: Callable[[Names], Place],
) -> Patch | None:
    """The patch with its value through the schema, or None and its problems.

    `defaults` fill what the row leaves out; `place` tells where a part of the value stands.
    """
    path: Names = tuple(patch.path.split("."))
    slot = _existing(patch, path, base, root, problems)
    if slot is None:
        return None
    fallback = _inherited(_raw_at(base.raw, path))
    if base.section is None:
        # The base is refused already: nothing is said of what its row would have given.
        owners = context_of(root)["owners"]
        fallback = {"owner": (*owners, "nobody")[0], "as_of": "2026-10-01", **fallback}
    prepared(patch.raw, tuple(str(part) for part in path), {**fallback, **defaults})
    value, wrong = validated_leaf(slot, patch.raw, place, context_of(root), path)
    problems += wrong
    return None if wrong else replace(patch, value=value)


def _existing(
    patch: Patch, path: Names, base: Base, root: type[Section], problems: list[Problem]
) -> Slot | None:
    """The slot of a path that exists in the schema and in the base, or None and why not."""
    slot = Slot(root)
    raw: Any = base.raw
    for position, name in enumerate(path):
        if base.is_broken(path[: position + 1]):
            return None  # its file has problems of its own
        below = slot.below(name)
        here = raw if isinstance(raw, Mapping) else {}
        names = slot.names() or tuple(here)
        if below is None or (not slot.names() and name not in here):
            so_far = ".".join(str(part) for part in path[: position + 1])
            message = "unknown" if so_far == patch.path else f"{so_far} is unknown"
            if slot.is_leaf:
                message, names = "goes into a value: set the whole row", ()
            problems.append(
                Problem.at(
                    patch.place, patch.path, message, code="unknown-path", allowed=names,
                    suggestion=nearest(str(name), names) or "",
                )
            )  # fmt: skip
            return None
        slot, raw = below, here.get(str(name))
    if not slot.is_leaf:
        message = "is a section: set the values in it, one by one"
        names = slot.names() or tuple(raw or ())
        problems.append(
            Problem.at(
                patch.place, patch.path, message, code="not-a-value", allowed=names, suggestion=""
            )
        )  # fmt: skip
        return None
    if slot.quantity and slot.quantity.anchored:
        message = f"is what 2026 was, where every scenario starts: change it at {base.places.of(patch.path)}"
        problems.append(Problem.at(patch.place, patch.path, message, code="anchored"))
        return None
    if slot.quantity and raw is None:
        message = "is not set in the base, so there is nothing to change"
        problems.append(Problem.at(patch.place, patch.path, message, code="unknown-path"))
        return None
    return slot


def _place_in(document: Document, prefix: Names, path: Names) -> Place:
    return document.place((*prefix, *path))


def _from_month(document: Document, problems: list[Problem]) -> int:
    name = document.value.get("from")
    if not isinstance(name, str):
        return 0
    return month_of(name, document.place(("from",)), "from", problems)


def month_of(name: str, place: Place, path: str, problems: list[Problem]) -> int:
    """Model month of "YYYY-MM"; a month that is not simulated is a problem, and 0."""
    try:
        month = units.month_index(name)
    except ValueError as error:
        problems.append(Problem.at(place, path, str(error), code="month"))
        return 0
    if not 0 <= month < units.HORIZON:
        first, last = units.month_label(0), units.month_label(units.HORIZON - 1)
        message = f"is not a simulated month ({first} to {last})"
        problems.append(Problem.at(place, path, message, code="month", found=name))
        return 0
    return month


def _inherited(row: Any) -> dict[str, Any]:
    """Department and date of a base row."""
    if not isinstance(row, Located):
        return {}
    stated = {**row.defaults, **row}
    return {key: stated[key] for key in ("owner", "as_of") if key in stated}


def _raw_at(raw: Any, path: Names) -> Any:
    for name in path:
        raw = raw.get(name) if isinstance(raw, Mapping) else None
    return raw
