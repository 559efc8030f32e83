"""One row of a parameter file, `{triangular: [1, 2, 3], unit: month, ...}`, read and checked.

Answers: which shape, parameters, source, evidence, owner and date a row states, in the canonical
unit of its field, or everything that is wrong with it. Leaves out: the type `Estimate` that is
made of it (estimate.py). Only the assumptions may import it.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tandem import units
from tandem.assumptions.refusals import nearest
from tandem.assumptions.shapes import SHAPES, Parameters, bounds, scaled

EVIDENCE = ("measured", "benchmark", "judgement")
DEFAULTS = ("source", "evidence", "owner", "as_of")
"""What a file may say once for all its rows."""

ROW_KEYS = (*SHAPES, "unit", *DEFAULTS)
POINTS = ("fixed", "discrete")
"""Shapes of single values, which any conversion maps to single values."""

PERCENTAGE = "a percentage written as a share"
_MAX_TEXT = 1000
_SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a row, at a key of it."""

    at: tuple[str | int, ...]
    message: str
    code: str
    found: str = ""
    allowed: tuple[str, ...] = ()
    suggestion: str | None = None


@dataclass(slots=True)
class Row:
    """What a row states. `written` is the unit of the parameters, `unit` the field's own.

    `stated` is the shape as the file has it, in one line.
    """

    unit: str
    low: float
    high: float
    written: str = ""
    shape: str = ""
    parameters: Parameters = ()
    stated: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    as_of: datetime.date = datetime.date.min
    faults: list[Fault] = field(default_factory=list)

    def fault(self, *at: str | int, message: str, code: str, **more: Any) -> None:
        """Note what is wrong at a key of the row."""
        self.faults.append(Fault(at, message, code, **more))


def read_row(
    raw: object,
    defaults: Mapping[str, Any],
    unit: str,
    low: float,
    high: float,
    owners: Sequence[str] = (),
) -> Row:
    """Read a row of a field whose canonical unit and plausible range (in it) are given.

    `defaults` fill what the row leaves out; `owners` is the closed list of departments, empty
    where any will do. Nothing is raised: see `faults`.
    """
    row = Row(unit, low, high)
    if not isinstance(raw, Mapping):
        message = "expected a shape, a unit and a source, such as {fixed: 1, unit: month, ...}"
        row.fault(message=message, code="wrong-type", found=_kind(raw))
        return row
    for key in raw:
        if key not in ROW_KEYS:
            row.fault(key, message="unknown", code="unknown-key", allowed=ROW_KEYS,
                      suggestion=nearest(str(key), ROW_KEYS) or "")  # fmt: skip
    stated = {**defaults, **{str(key): value for key, value in raw.items()}}
    _read_unit(row, stated)
    _read_shape(row, stated)
    _read_texts(row, stated, owners)
    if not row.faults:
        row.stated = text_of(row.shape, row.parameters, row.written)
        _convert(row)
        _check_range(row)
    return row


def text_of(shape: str, parameters: Parameters, unit: str) -> str:
    """Shape, parameters and unit in one line: triangular(1.5, 1.7, 2) M CNY/month."""
    half = len(parameters) // 2
    if shape == "discrete":
        pairs = zip(parameters[:half], parameters[half:], strict=True)
        numbers = ", ".join(f"{value:.6g} (weight {weight:.6g})" for value, weight in pairs)
    else:
        numbers = ", ".join(f"{p:.6g}" for p in parameters)
    after = "" if unit == "1" else f" {unit}"
    return f"{numbers}{after}" if shape == "fixed" else f"{shape}({numbers}){after}"


def _read_unit(row: Row, stated: Mapping[str, Any]) -> None:
    allowed = units.convertible(row.unit)
    if "unit" not in stated:
        row.fault(message="lacks its unit", code="missing-key", allowed=allowed, suggestion="")
        return
    written = stated["unit"]
    if written == 1 and written is not True:  # a bare 1 is read as a number
        written = "1"
    if isinstance(written, str):
        try:
            row.written = units.unit(written).name
        except ValueError:
            row.fault("unit", message="unknown unit", code="wrong-unit", found=written,
                      allowed=allowed, suggestion=nearest(written, allowed) or "")  # fmt: skip
            return
        if row.written in allowed:
            return
    row.fault("unit", message=f"is no unit for a value in {row.unit}", code="wrong-unit",
              found=str(written), allowed=allowed, suggestion="")  # fmt: skip


def _read_shape(row: Row, stated: Mapping[str, Any]) -> None:
    found = [key for key in stated if key in SHAPES]
    if len(found) != 1:
        message = "has more than one shape" if found else "lacks its shape"
        row.fault(*found[1:2], message=message, code="missing-key" if not found else "shape",
                  found=", ".join(found), allowed=tuple(SHAPES), suggestion="")  # fmt: skip
        return
    row.shape = found[0]
    value = stated[row.shape]
    names = SHAPES[row.shape].parameters
    before = len(row.faults)
    if row.shape == "fixed":
        row.parameters = _numbers(row, [value], (row.shape,))
    elif row.shape == "discrete":
        row.parameters = _read_discrete(row, value)
    elif isinstance(value, list) and len(value) == len(names):
        row.parameters = _numbers(row, value, (row.shape,))
    else:
        row.fault(row.shape, message=f"expected [{', '.join(names)}]", code="wrong-type",
                  found=_kind(value))  # fmt: skip
    if len(row.faults) == before:
        wrong = SHAPES[row.shape].check(row.parameters)
        if wrong:
            row.fault(row.shape, message=wrong, code="parameters", found=str(value))


def _read_discrete(row: Row, value: object) -> Parameters:
    if not isinstance(value, Mapping) or set(value) != {"values", "weights"}:
        message = "expected {values: [...], weights: [...]}"
        row.fault("discrete", message=message, code="wrong-type", found=_kind(value))
        return ()
    lists = [value["values"], value["weights"]]
    if not all(isinstance(part, list) for part in lists) or len(lists[0]) != len(lists[1]):
        message = "needs as many weights as values"
        row.fault("discrete", message=message, code="wrong-type", found=str(dict(value)))
        return ()
    return _numbers(row, lists[0], ("discrete", "values")) + _numbers(
        row, lists[1], ("discrete", "weights")
    )


def _numbers(row: Row, values: Sequence[object], at: tuple[str, ...]) -> Parameters:
    numbers = []
    for position, value in enumerate(values):
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            numbers.append(float(value))
        else:
            where: tuple[str | int, ...] = at if at == ("fixed",) else (*at, position)
            row.fault(*where, message="expected a number", code="wrong-type", found=_kind(value))
    return tuple(numbers)


def _read_texts(row: Row, stated: Mapping[str, Any], owners: Sequence[str]) -> None:
    closed = {"evidence": EVIDENCE, "owner": tuple(owners)}
    for name in DEFAULTS:
        text = stated.get(name)
        if text is None:
            message = f"lacks its {name}, in the row or in the file's defaults"
            row.fault(message=message, code="missing-key")
        elif not isinstance(text, str) or not text.strip() or len(text) > _MAX_TEXT:
            row.fault(name, message="expected a text", code="wrong-type", found=_kind(text))
        elif closed.get(name) and text not in closed[name]:
            row.fault(name, message="is not in the list", code="not-allowed", found=text,
                      allowed=closed[name])  # fmt: skip
        else:
            row.texts[name] = text
    try:
        row.as_of = datetime.date.fromisoformat(row.texts.get("as_of", "0001-01-01"))
    except ValueError:
        row.fault("as_of", message="expected a date such as 2026-09-30", code="wrong-type",
                  found=row.texts["as_of"])  # fmt: skip


def _convert(row: Row) -> None:
    """Bring the parameters into the canonical unit, where the shape stays one of its kind."""
    if row.shape in POINTS:
        half = len(row.parameters) // 2 or 1
        try:
            points = units.convert(row.parameters[:half], row.written, row.unit)
        except ValueError as error:
            row.fault(row.shape, message=str(error), code="out-of-range",
                      found=str(row.parameters[0]))  # fmt: skip
            return
        row.parameters = (*(float(point) for point in points), *row.parameters[half:])
        row.written = row.unit
        return
    if row.written == row.unit or units.linear_factor(row.written, row.unit) is None:
        return
    parameters = scaled(
        row.shape, row.parameters, lambda p: float(units.convert(p, row.written, row.unit))
    )
    if parameters is not None:
        row.parameters, row.written = parameters, row.unit


def _check_range(row: Row) -> None:
    """The bounds, or P1 and P99, must lie in the plausible range of the field."""
    if row.faults:
        return
    low, high = bounds(row.shape, row.parameters)
    least, most = units.domain(row.written)
    if not least <= low <= high <= most:
        message = f"a value in {row.written} lies between {least:g} and {most:g}"
        if least <= low / 100 <= high / 100 <= most:
            message += f" ({PERCENTAGE}?)"
        row.fault(row.shape, message=message, code="out-of-range", found=_span(low, high))
        return
    low, high = (float(v) for v in units.convert(np.array([low, high]), row.written, row.unit))
    if _inside(low, high, row):
        return
    unit = "" if row.unit == "1" else f" {row.unit}"
    message = f"{_span(low, high)}{unit} is outside the plausible {_span(row.low, row.high)}"
    row.fault(row.shape, message=message + _slip(low, high, row), code="out-of-range")


def _inside(low: float, high: float, row: Row, factor: float = 1.0) -> bool:
    """Each end within its own rounding error: where the low end is 0, nothing below it passes."""
    least, most = row.low - _SLACK * abs(row.low), row.high + _SLACK * abs(row.high)
    return least <= low * factor and high * factor <= most


def _slip(low: float, high: float, row: Row) -> str:
    """The likely slip: the factor that would bring the value into its range."""
    unit = units.unit(row.unit)
    slips: list[tuple[float, str]] = []
    if unit.months is not None:
        year = float(units.MONTHS_PER_YEAR)
        slips += [(1 / year, "a yearly value for a monthly one"),
                  (year, "a monthly value for a yearly one")]  # fmt: skip
    if unit.kind == "duration":
        slips += [(units.convert(1.0, name, "month").item(), f"{name}s for months")
                  for name in ("week", "day")]  # fmt: skip
    if unit.kind not in ("money", "amount", "duration"):
        # What is above 1 was rather meant as a percentage, what is below rather as yearly.
        percentage = [(1 / 100, PERCENTAGE), (100.0, "a share of a percentage")]
        slips = percentage + slips if max(abs(low), abs(high)) > 1 else slips + percentage
    slips += [
        (1e-3, "a unit for thousands of it"), (1e3, "thousands of the unit"),
        (1e-6, "a unit for millions of it"), (1e6, "millions of the unit"),
        (1e-4, "a unit for ten thousands (万) of it"), (1e4, "ten thousands (万) of the unit"),
    ]  # fmt: skip
    middle = (low + high) / 2
    for factor, slip in slips:
        if _inside(low, high, row, factor):
            return f"; {middle:.6g} for {middle * factor:.6g}: {slip}?"
    return ""


def _span(low: float, high: float) -> str:
    return f"{low:.6g}" if low == high else f"{low:.6g} to {high:.6g}"


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "keys and values"
    return repr(value) if isinstance(value, str) else str(value)
