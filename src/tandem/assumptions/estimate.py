"""What an assumption is: a number with its uncertainty, unit, source and place; and its schema.

Answers: the type of every number of the parameter files, and the words with which the schema
declares one. Leaves out: which numbers there are (schema/) and how they are drawn (drawing.py).
The schema, and every layer above the assumptions, may import it.

    class Market(Section):
        label: Label
        switching: Estimate = quantity("1/month", "Switching rate", "换牌率", low=0, high=0.2)
        plan: str = choice("Pay plan", "薪酬方案")

A field may also be `Estimate | None`, `dict[str, Estimate]` (or with a
`Literal` of names as its keys) or `tuple[Estimate, ...]`.
"""

from __future__ import annotations

import datetime
import types
from dataclasses import dataclass
from typing import Any, ClassVar, Union, get_args, get_origin

import numpy as np
from numpy.typing import ArrayLike, NDArray
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, PydanticUndefined, core_schema

from tandem import units
from tandem.assumptions.refusals import Place
from tandem.assumptions.rows import Fault, Row, read_row, text_of
from tandem.assumptions.shapes import SHAPES, Parameters, bounds

_MIDPOINTS = (np.arange(2048) + 0.5) / 2048


class Section(BaseModel):
    """A part of the schema: strict types, no unknown key, frozen. Lists are read as tuples too."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _tuples(cls, raw: Any) -> Any:
        """YAML knows lists only; a strict tuple would refuse them."""
        if not isinstance(raw, dict):
            return raw
        wanted = [
            name
            for name, value in raw.items()
            if isinstance(value, list)
            and name in cls.model_fields
            and holds_tuple(cls.model_fields[name].annotation)
        ]
        return {**raw, **{name: tuple(raw[name]) for name in wanted}} if wanted else raw


class Label(Section):
    """What readers see, in English and in Chinese."""

    en: str = Field(min_length=1)
    zh: str = Field(min_length=1)

    def __str__(self) -> str:
        """The English words."""
        return self.en


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number of the parameter files with all that is known about it.

    `unit` is the schema's canonical unit, and `low` to `high` the plausible range in it, which no
    quantile leaves: unbounded tails are cut there. `written` is the unit of `parameters`: the
    canonical one, unless the conversion compounds and the shape would not stay one of its kind;
    then every quantile is converted.
    """

    label: Label
    unit: str
    shape: str
    parameters: Parameters
    low: float
    high: float
    source: str
    evidence: str
    owner: str
    as_of: datetime.date
    path: str = ""
    file: str = ""
    line: int = 0
    written: str = ""
    stated: str = ""

    def __post_init__(self) -> None:
        """A parameter without a unit of its own is in the canonical one."""
        if not self.written:
            object.__setattr__(self, "written", self.unit)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """Refuse a field that has no unit."""
        raise TypeError("declare an Estimate with quantity(unit, en, zh, low, high)")

    def quantile(self, u: ArrayLike) -> NDArray[np.float64]:
        """Value in the canonical unit at levels u in (0, 1), of the shape of u."""
        levels = np.asarray(u, np.float64)
        values = SHAPES[self.shape].quantile(self.parameters, levels)
        if self.written != self.unit:
            values = np.clip(values, *units.domain(self.written))
            values = units.convert(values, self.written, self.unit)
        return np.asarray(np.clip(values, self.low, self.high))

    @property
    def uncertain(self) -> bool:
        """Whether the value differs between draws."""
        return self.shape != "fixed"

    @property
    def median(self) -> float:
        """The value at u = 1/2, in the canonical unit."""
        return float(self.quantile(0.5))

    @property
    def p10(self) -> float:
        """The value at u = 1/10."""
        return float(self.quantile(0.1))

    @property
    def p90(self) -> float:
        """The value at u = 9/10."""
        return float(self.quantile(0.9))

    @property
    def mean(self) -> float:
        """The mean over 2,048 evenly spread levels, conversions and cut tails included."""
        return float(self.quantile(_MIDPOINTS).mean())

    @property
    def plausible(self) -> tuple[float, float]:
        """Lowest and highest plausible value in the canonical unit."""
        return self.low, self.high

    @property
    def text(self) -> str:
        """Shape, parameters and unit in one line, as the file states them."""
        return self.stated or text_of(self.shape, self.parameters, self.written)

    @property
    def span(self) -> tuple[float, float]:
        """Bounds of a bounded shape, else P1 and P99, in the canonical unit."""
        low, high = bounds(self.shape, self.parameters)
        if self.written == self.unit:
            return low, high
        low, high = (float(v) for v in units.convert([low, high], self.written, self.unit))
        return low, high

    @property
    def identity(self) -> tuple[str, str, str, tuple[str, ...], tuple[str, ...]]:
        """All that the simulated numbers depend on, exactly: for fingerprints."""
        cut = () if SHAPES[self.shape].bounded else (self.low.hex(), self.high.hex())
        numbers = tuple(p.hex() for p in self.parameters)
        return self.unit, self.written, self.shape, numbers, cut


@dataclass(frozen=True, slots=True)
class Named:
    """Label of a plain field of the schema, kept in its metadata."""

    en: str
    zh: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """The schema's side of an estimate: canonical unit, label and plausible range.

    `anchored` marks what 2026 was: the base year settles on it, so only the base may say it.
    """

    unit: str
    en: str
    zh: str
    low: float
    high: float
    anchored: bool = False
    schema_name: ClassVar[str] = "estimate"

    def __post_init__(self) -> None:
        """A schema with an unknown unit or an empty range is refused when it is imported."""
        if units.unit(self.unit).name != self.unit:
            raise ValueError(f"the schema spells {self.unit!r} {units.unit(self.unit).name!r}")
        if not self.low < self.high:
            raise ValueError(f"{self.en}: plausible range {self.low} to {self.high} is empty")

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> Any:
        """Read rows wherever the annotation holds an Estimate."""
        if source is Estimate:
            return core_schema.with_info_plain_validator_function(
                self._validate, metadata={"pydantic_js_functions": [self._json_schema]}
            )
        origin, arguments = get_origin(source), get_args(source)
        if origin in (Union, types.UnionType) and type(None) in arguments:
            (inner,) = (a for a in arguments if a is not type(None))
            return core_schema.nullable_schema(self.__get_pydantic_core_schema__(inner, handler))
        if origin is dict:
            inner = self.__get_pydantic_core_schema__(arguments[1], handler)
            return core_schema.dict_schema(handler.generate_schema(arguments[0]), inner)
        if origin is tuple and arguments[1:] == (...,):
            inner = self.__get_pydantic_core_schema__(arguments[0], handler)
            return core_schema.tuple_variable_schema(inner)
        raise TypeError(f"{self.en}: {source} holds no Estimate")

    def _json_schema(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """One row, with the units that convert to the canonical one."""
        return {
            "type": "object",
            "title": self.en,
            "description": f"{self.zh}; {self.unit}, plausible {self.low:g} to {self.high:g}",
            "x-estimate": list(units.convertible(self.unit)),
        }

    def _validate(self, raw: Any, info: core_schema.ValidationInfo) -> Estimate:
        if isinstance(raw, Estimate):
            return raw
        known = getattr(raw, "read", None)
        if known and known[0] is self:
            return known[1]
        owners = (info.context or {}).get("owners", ())
        row = read_row(raw, getattr(raw, "defaults", {}), self.unit, self.low, self.high, owners)
        if row.faults:
            details = [_detail(fault, raw) for fault in row.faults]
            raise ValidationError.from_exception_data(self.en, details)
        found = self._estimate(row, raw)
        if hasattr(raw, "read"):
            raw.read = (self, found)
        return found

    def _estimate(self, row: Row, raw: Any) -> Estimate:
        place = getattr(raw, "place", Place("", 0, 0))
        return Estimate(
            Label(en=self.en, zh=self.zh), row.unit, row.shape, row.parameters, self.low,
            self.high, row.texts["source"], row.texts["evidence"], row.texts["owner"], row.as_of,
            ".".join(getattr(raw, "path", ())), place.file, place.line, row.written,
            row.stated,
        )  # fmt: skip


def quantity(
    unit: str, en: str, zh: str, low: float, high: float, *, anchored: bool = False, **field: Any
) -> Any:
    """Declare a field as an Estimate: canonical unit, label, plausible range in that unit.

    `anchored`: a fact of 2026, which no lever, outlook or override may set. Further arguments are
    pydantic's (`default=None` for an `Estimate | None`).
    """
    info = Field(**field)
    info.metadata.append(Quantity(unit, en, zh, float(low), float(high), anchored))
    return info


def choice(en: str, zh: str, default: Any = PydanticUndefined, **field: Any) -> Any:
    """Declare a plain field (a choice, a name, a switch) with the label that reports show."""
    info = Field(default, **field)
    info.metadata.append(Named(en, zh))
    return info


def _detail(fault: Fault, raw: Any) -> InitErrorDetails:
    """A fault as pydantic carries it; `checking` reads it back from the context."""
    context = {
        "message": fault.message, "found": fault.found, "allowed": fault.allowed,
        "suggestion": fault.suggestion,
    }  # fmt: skip
    error = PydanticCustomError(fault.code, "{message}", context)
    return InitErrorDetails(type=error, loc=fault.at, input=raw)


def holds_tuple(annotation: Any) -> bool:
    """Whether a field's annotation asks for a tuple, where YAML gives a list."""
    if get_origin(annotation) in (Union, types.UnionType):
        return any(holds_tuple(part) for part in get_args(annotation))
    return annotation is tuple or get_origin(annotation) is tuple
