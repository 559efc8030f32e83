"""Paths through the schema and through the tree that was read.

Answers: what stands at `roles.field_rep.quota` in the schema, which names are allowed there, and
what leaves a tree has. Leaves out: files and values. Only the assumptions may import it.
"""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from tandem.assumptions.estimate import Estimate, Label, Named, Quantity
from tandem.assumptions.rows import ROW_KEYS

Names = tuple[str | int, ...]


_KEY = "[key]"
"""How pydantic ends the location of a dict's key that is wrong in itself."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the schema: the annotation there, and what its field declares of it."""

    annotation: Any
    metadata: tuple[Any, ...] = ()

    @property
    def quantity(self) -> Quantity | None:
        """The declaration, where an Estimate stands here and no collection of them."""
        declared = [m for m in self.metadata if isinstance(m, Quantity)]
        return declared[0] if declared and Estimate in self._options() else None

    @property
    def named(self) -> Named | None:
        """The label of a plain field."""
        return next((m for m in self.metadata if isinstance(m, Named)), None)

    @property
    def annotated(self) -> Any:
        """The annotation with its metadata, as pydantic takes it."""
        return Annotated[self.annotation, *self.metadata] if self.metadata else self.annotation

    @property
    def sections(self) -> tuple[type[BaseModel], ...]:
        """The sections that may stand here."""
        return tuple(o for o in self._options() if isinstance(o, type) and issubclass(o, BaseModel))

    @property
    def is_leaf(self) -> bool:
        """Whether a value stands here, not a section or a collection of sections."""
        if self.sections:
            return False
        return not any(get_origin(o) is dict or o is dict for o in self._options())

    def names(self) -> tuple[str, ...]:
        """Names that the schema allows below, none where it leaves them to the files."""
        if self.quantity:
            return ROW_KEYS
        names = [name for s in self.sections for name in field_names(s)]
        for option in self._options():
            if get_origin(option) is dict:
                names += _literal_keys(option)
        return tuple(names)

    def below(self, name: str | int) -> Slot | None:
        """The slot one step down, or None where the schema has none of that name."""
        for option in self._options():
            if isinstance(option, type) and issubclass(option, BaseModel):
                for field_name, info in option.model_fields.items():
                    if name in (field_name, info.alias):
                        return Slot(info.annotation, tuple(info.metadata))
            arguments = get_args(option)
            if get_origin(option) is dict and name in (_literal_keys(option) or (name,)):
                return Slot(arguments[1], self.metadata)
            if get_origin(option) in (list, tuple) and isinstance(name, int):
                return Slot(arguments[0], self.metadata)
        return None

    def _options(self) -> tuple[Any, ...]:
        return tuple(_options(self.annotation))


def _options(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) is Annotated:
        yield from _options(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _options(part)
    else:
        yield annotation


def _literal_keys(annotation: Any) -> tuple[str, ...]:
    """The closed list of keys of a `dict[Literal[...], ...]`, empty for `dict[str, ...]`."""
    key = get_args(annotation)[0]
    return get_args(key) if get_origin(key) is Literal else ()


def field_names(section: type[BaseModel]) -> tuple[str, ...]:
    """The keys of a section as files write them."""
    return tuple(info.alias or name for name, info in section.model_fields.items())


def slot_at(root: type[BaseModel], path: Names) -> Slot | None:
    """The slot at a path, or None where the schema has none."""
    slot: Slot | None = Slot(root)
    for name in path:
        slot = slot.below(name) if slot else None
    return slot


def without_tags(path: Names, raw: Any) -> Names:
    """A location of pydantic's, less what is not a path of the file (tags of unions).

    The last part stays although it may be missing from the file.
    """
    kept: list[str | int] = []
    path = tuple(part for part in path if part != _KEY)
    for position, part in enumerate(path):
        if _holds(raw, part):
            raw = raw[part]
        elif not (position == len(path) - 1 and isinstance(raw, Mapping)):
            continue
        kept.append(part)
    return tuple(kept)


def _holds(raw: Any, part: str | int) -> bool:
    if isinstance(raw, Mapping):
        return part in raw
    return isinstance(raw, list | tuple) and isinstance(part, int) and part < len(raw)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value of a tree that was read: an Estimate or a plain one, with its label and where."""

    path: str
    value: Any
    label: Label
    where: tuple[Label, ...]


def leaves(section: BaseModel) -> Iterator[Leaf]:
    """All leaves below a section, in the order of the schema; labels themselves are no leaves."""
    yield from _leaves(section, (), (), None)


def _leaves(
    value: Any, path: tuple[str, ...], where: tuple[Label, ...], named: Named | None
) -> Iterator[Leaf]:
    if isinstance(value, Label):
        return
    if isinstance(value, BaseModel):
        own = getattr(value, "label", None)
        if isinstance(own, Label):
            where = (*where, own)
        for name, info in type(value).model_fields.items():
            key = info.alias or name
            declared = next((m for m in info.metadata if isinstance(m, Named)), None)
            yield from _leaves(getattr(value, name), (*path, key), where, declared)
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _leaves(part, (*path, key), where, named)
    elif isinstance(value, list | tuple) and any(
        isinstance(v, BaseModel | Estimate) for v in value
    ):
        for position, part in enumerate(value):
            yield from _leaves(part, (*path, str(position)), where, named)
    else:
        yield Leaf(".".join(path), value, _label(value, path[-1], named), where)


def _label(value: Any, name: str, named: Named | None) -> Label:
    if isinstance(value, Estimate):
        return value.label
    if named:
        return Label(en=named.en, zh=named.zh)
    words = name.replace("_", " ").capitalize()
    return Label(en=words, zh=words)
