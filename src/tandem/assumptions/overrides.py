"""What is set on a command line or in a notebook, as the last layer.

Answers: the patches of `path=value` texts; layers.py says what they mean. Only the assumptions may
import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from tandem.assumptions.base import Base
from tandem.assumptions.estimate import Label, Section
from tandem.assumptions.layers import Layer, Patch, checked_patch, month_of
from tandem.assumptions.places import Located, parse_value
from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.assumptions.tree import Names, slot_at

OVERRIDES = "overrides"
"""The "file" of overrides in messages: `overrides:2:1` is the second of them."""


def read_overrides(
    overrides: Sequence[str], base: Base, root: type[Section], problems: list[Problem]
) -> Layer:
    """The patches of a command line or a notebook; what is wrong is added to `problems`."""
    patches: list[Patch] = []
    for number, text in enumerate(overrides, 1):
        place = Place(OVERRIDES, number)
        target, equals, value = text.partition("=")
        path, at, month_name = target.strip().partition("@")
        if not equals or not path:
            message = "expected path=value or path@2027-03=value"
            problems.append(Problem.at(place, "", message, code="override", found=text))
            continue
        month = month_of(month_name, place, path, problems) if at else 0
        try:
            raw: Any = parse_value(value.encode("utf-8", "replace"), OVERRIDES)
        except Refusal as refusal:
            problems += [
                replace(p, line=number, column=1, path=p.path or path) for p in refusal.problems
            ]
            continue
        if isinstance(raw, Located):
            raw.place = place
        slot = slot_at(root, tuple(path.split(".")))
        quantity = slot.quantity if slot else None
        if quantity and isinstance(raw, int | float) and not isinstance(raw, bool):
            fixed = Located(place)
            fixed["fixed"] = raw
            raw = fixed
        if any((p.path, p.month) == (path, month) for p in patches):
            message = "is set twice from the same month"
            problems.append(Problem.at(place, path, message, code="conflict"))
            continue
        patch = Patch(path, month, None, raw, OVERRIDES, place, True)
        defaults = {"source": "set by hand for this run", "evidence": "judgement"}
        if quantity:
            defaults["unit"] = quantity.unit
        checked = checked_patch(patch, base, root, defaults, problems, partial(_always, place))
        if checked:
            patches.append(checked)
    label = Label(en="Set by hand for this run", zh="本次运行手工设定")
    return Layer(OVERRIDES, OVERRIDES, label, None, tuple(patches))


def _always(place: Place, path: Names) -> Place:
    """An override stands in one place, whatever part of its value is meant."""
    return place
