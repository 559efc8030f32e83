"""pydantic's verdict in the words of a refusal.

Answers: which problem, at which place of which file, each error of a validation is. Leaves out:
reading files. Only the assumptions may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from tandem.assumptions.estimate import holds_tuple
from tandem.assumptions.refusals import Place, Problem, nearest, shown
from tandem.assumptions.tree import Names, Slot, without_tags

Placed = Callable[[Names], Place]
T = TypeVar("T", bound=BaseModel)

_EXPECTED = {
    "string_type": "a text", "int_type": "a whole number", "int_from_float": "a whole number",
    "float_type": "a number", "bool_type": "true or false", "list_type": "a list",
    "tuple_type": "a list", "dict_type": "keys and values", "model_type": "keys and values",
    "date_type": "a date such as 2026-09-30", "none_required": "nothing",
}  # fmt: skip
_OWN_WORDS = ("value_error", "assertion_error")


def validated(
    section: type[T], raw: Mapping[str, Any], place: Placed, context: Mapping[str, Any]
) -> tuple[T | None, list[Problem]]:
    """A section of the schema from raw values, or everything that is wrong with them.

    `place` tells where a path of `raw` stands (or the nearest part of it that exists).
    """
    try:
        return section.model_validate(raw, context=dict(context)), []
    except ValidationError as error:
        return None, problems_of(error, Slot(section), raw, place)


def validated_leaf(
    slot: Slot, raw: Any, place: Placed, context: Mapping[str, Any], path: Names
) -> tuple[Any, list[Problem]]:
    """The same for the value of one slot; `path` is where it goes, for the messages."""
    try:
        if isinstance(raw, list) and holds_tuple(slot.annotation):
            raw = tuple(raw)  # as a section does for its own fields
        value = TypeAdapter(slot.annotated).validate_python(raw, strict=True, context=dict(context))
        return value, []
    except ValidationError as error:
        return None, problems_of(error, slot, raw, place, path)


def problems_of(
    error: ValidationError, slot: Slot, raw: Any, place: Placed, prefix: Names = ()
) -> list[Problem]:
    """Problems of a failed validation of `raw` at `slot`; places and paths begin at `prefix`."""
    return [
        _problem(dict(detail), slot, raw, place, prefix)
        for detail in error.errors(include_url=False)
    ]


def _problem(detail: dict[str, Any], slot: Slot, raw: Any, place: Placed, prefix: Names) -> Problem:
    kind: str = detail["type"]
    local = without_tags(detail["loc"], raw)
    path = ".".join(str(part) for part in (*prefix, *local))
    at = place(local)
    context = detail.get("ctx", {})
    found = _found(detail["input"])
    if "allowed" in context and "message" in context:  # a row's own words
        return Problem.at(
            at, path, context["message"], code=kind, found=context["found"],
            allowed=context["allowed"], suggestion=context["suggestion"],
        )  # fmt: skip
    if kind == "extra_forbidden":
        allowed = _names_at(slot, local[:-1])
        suggestion = nearest(str(local[-1]), allowed) or "" if local else ""
        return Problem.at(
            at, path, "unknown", code="unknown-key", allowed=allowed, suggestion=suggestion
        )
    if kind == "missing":
        return Problem.at(at, path, "is missing", code="missing-key")
    if kind == "literal_error":
        allowed = tuple(part.strip(" '") for part in _listed(context["expected"]))
        if detail["loc"][-1:] == ("[key]",):
            return Problem.at(
                at, path, "unknown", code="unknown-key", allowed=allowed,
                suggestion=nearest(str(detail["input"]), allowed) or "",
            )  # fmt: skip
        return Problem.at(
            at, path, "is not in the list", code="not-allowed", found=found, allowed=allowed,
            suggestion=nearest(str(detail["input"]), allowed) or "",
        )  # fmt: skip
    if kind in _EXPECTED:
        return Problem.at(at, path, f"expected {_EXPECTED[kind]}", code="wrong-type", found=found)
    if kind in _OWN_WORDS:
        message = str(context.get("error", detail["msg"]))
        return Problem.at(at, path, message, code="inconsistent")
    message = detail["msg"]
    return Problem.at(at, path, message[:1].lower() + message[1:], code="invalid", found=found)


def _names_at(slot: Slot, path: Names) -> tuple[str, ...]:
    for part in path:
        below = slot.below(part)
        if below is None:
            return ()
        slot = below
    return slot.names()


def _listed(expected: str) -> list[str]:
    return expected.replace(" or ", ", ").split(", ")


def _found(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys and values"
    return shown(repr(value) if isinstance(value, str) else value)
