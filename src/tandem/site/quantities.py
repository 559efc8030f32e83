"""Quantities: a number with its unit as a page shows it.

What it answers: measures, assumptions and facts, whose unit comes from the closed list of
`tandem.units`, in the reader's language and with three significant digits.

What it leaves out: sentences; figures and tables of notebooks, which `tandem.charts` has made.

Who may import it: the modules of `tandem.site`.
"""

from collections.abc import Sequence
from math import isfinite

from tandem import units
from tandem.charts import numbers

__all__ = ["in_one_unit", "shown", "unit_label"]

_COUNTED = {"people", "customers", "orders", "leads", "outlets", "requisitions", "contacts"}


def shown(value: float, unit: str, language: str, *, trim: bool = False) -> str:
    """`value`, given in `unit`, with its unit in words."""
    texts, label = in_one_unit([value], unit, language, trim=trim)
    joined = language == "zh" and label and not label.isascii() and not label.startswith("每")
    return f"{texts[0]}{label}" if joined else f"{texts[0]} {label}".strip()


def in_one_unit(
    values: Sequence[float | None], unit: str, language: str, *, trim: bool = False
) -> tuple[list[str], str]:
    """Each value as text, and the one unit in which all of them are given.

    Money and large counts take the unit that suits the largest; a missing value is a dash.
    `trim` drops zeros at the end, for values that somebody wrote and nobody measured.
    """
    there = [float(value) for value in values if value is not None and isfinite(value)]
    known = units.unit(unit)
    if known.dimension == "money over time":
        return _flow_of_money(values, there, known, language, trim)
    size = numbers.Scale(1.0, unit_label(unit, language))
    plain = known.months is None
    if plain and known.dimension == "money":
        size = numbers.scale("money", [value * known.factor for value in there], language)
        size = numbers.Scale(size.divisor / known.factor, size.unit)
    elif plain and known.dimension in {"share", "chance"}:
        size = numbers.Scale(0.01 / known.factor, "%")
    whole = known.dimension in _COUNTED and plain
    return [_text(value, size, whole, trim) for value in values], size.unit


def _flow_of_money(
    values: Sequence[float | None],
    there: Sequence[float],
    known: units.Unit,
    language: str,
    trim: bool,
) -> tuple[list[str], str]:
    """Money per period: the amount in the unit that suits it, its period left as it is."""
    size = numbers.scale("money", [value * known.factor for value in there], language)
    period = unit_label(known.name, language).replace(unit_label(_money(known), language), "")
    name = f"{period}{size.unit}" if language == "zh" else f"{size.unit} {period.strip()}"
    size = numbers.Scale(size.divisor / known.factor, name)
    return [_text(value, size, False, trim) for value in values], name


def _money(flow: units.Unit) -> str:
    """The unit of the amount in a flow of money, such as "M CNY" of "M CNY/month"."""
    return flow.name.partition("/")[0]


def unit_label(unit: str, language: str) -> str:
    """The unit in words; empty for a plain number."""
    return units.label(unit, language)


def _text(value: float | None, size: numbers.Scale, whole: bool, trim: bool) -> str:
    if value is None or not isfinite(value):
        return numbers.MISSING
    scaled = size(value)
    if whole and abs(scaled) >= 10:
        return numbers.decimal(round(scaled), 0)
    text = numbers.significant(scaled)
    return text.rstrip("0").rstrip(".") if trim and "." in text else text
