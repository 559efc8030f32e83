"""The closed list of units, their conversions, and the months of the simulation.

Answers: which units a parameter file may use, how a value in one unit reads in another, and
which calendar month a model month is. It is the only home of the numbers 12 and 52. Leaves
out: how money is printed (charts and tables do that) and any currency other than CNY.
Anybody may import it; it imports numpy alone.

A month is the twelfth part of a year, a week the 52nd, a day the 365th. Values of different
kinds convert differently, so the kind belongs to the unit: an amount, a rate or a drift per
period is divided; a probability, a retention or a growth per period compounds (30 % a year
divided by 12 would come out as 26.2 % a year).

To add a unit, add its row to one of the tables below; nothing else needs to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

MONTHS_PER_YEAR = 12
WEEKS_PER_YEAR = 52
DAYS_PER_YEAR = 365
WEEKS_PER_MONTH = WEEKS_PER_YEAR / MONTHS_PER_YEAR
DAYS_PER_MONTH = DAYS_PER_YEAR / MONTHS_PER_YEAR

FIRST_MONTH = "2026-10"
HORIZON = 39
"""Months simulated: October 2026 (t = 0) to December 2029 (t = 38)."""

Kind = Literal[
    "number", "money", "duration", "share", "amount", "rate", "probability", "retention", "growth"
]
COMPOUNDING: frozenset[Kind] = frozenset({"probability", "retention", "growth"})


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: a value times `factor`, per `months` months, in the base of its dimension."""

    name: str
    kind: Kind
    dimension: str
    factor: float
    months: float | None
    en: str
    zh: str


_PERIODS = {
    "day": (1 / DAYS_PER_MONTH, "a day", "每天"),
    "week": (1 / WEEKS_PER_MONTH, "a week", "每周"),
    "month": (1.0, "a month", "每月"),
    "year": (float(MONTHS_PER_YEAR), "a year", "每年"),
}

# name, dimension, factor, English, Chinese: plain values, converted by their factor
_PLAIN: tuple[tuple[str, Kind, str, float, str, str], ...] = (
    ("1", "number", "number", 1.0, "", ""),
    ("log", "number", "log", 1.0, "log points", "对数点"),
    ("utility", "number", "utility", 1.0, "utility", "效用"),
    ("score", "number", "score", 1.0, "points", "分"),
    ("share", "share", "share", 1.0, "share", "比例"),
    ("%", "share", "share", 0.01, "%", "%"),
    ("prob", "share", "chance", 1.0, "probability", "概率"),
    ("CNY/order", "money", "money per order", 1.0, "CNY an order", "元/单"),
    ("CNY/hire", "money", "money per hire", 1.0, "CNY a hire", "元/次录用"),
    ("k CNY/hire", "money", "money per hire", 1e3, "thousand CNY a hire", "千元/次录用"),
    ("CNY/lead", "money", "money per lead", 1.0, "CNY a lead", "元/条线索"),
    ("CNY/case", "money", "money per case", 1.0, "CNY a service case", "元/件工单"),
    ("CNY/contact", "money", "money per contact", 1.0, "CNY a contact", "元/次接触"),
    ("CNY/hour", "money", "money per hour", 1.0, "CNY an hour", "元/小时"),
    ("CNY/unit", "money", "exchange rate", 1.0, "CNY a unit of the currency", "元/外币单位"),
    ("day", "duration", "time", 1 / DAYS_PER_MONTH, "days", "天"),
    ("week", "duration", "time", 1 / WEEKS_PER_MONTH, "weeks", "周"),
    ("month", "duration", "time", 1.0, "months", "个月"),
    ("year", "duration", "time", float(MONTHS_PER_YEAR), "years", "年"),
)

# what can be had, or flow, per period: name, dimension, factor, English, Chinese
_AMOUNTS: tuple[tuple[str, str, float, str, str], ...] = (
    ("CNY", "money", 1.0, "CNY", "元"),
    ("k CNY", "money", 1e3, "thousand CNY", "千元"),
    ("M CNY", "money", 1e6, "million CNY", "百万元"),
    ("CNY/head", "money per head", 1.0, "CNY a person", "元/人"),
    ("k CNY/head", "money per head", 1e3, "thousand CNY a person", "千元/人"),
    ("CNY/customer", "money per customer", 1.0, "CNY a customer", "元/客户"),
    ("CNY/outlet", "money per outlet", 1.0, "CNY an outlet", "元/门店"),
    ("hour", "working time", 1.0, "hours", "小时"),
    ("hour/head", "working time per head", 1.0, "hours a person", "小时/人"),
    ("head", "people", 1.0, "people", "人"),
    ("customers", "customers", 1.0, "customers", "位客户"),
    ("k customers", "customers", 1e3, "thousand customers", "千位客户"),
    ("M customers", "customers", 1e6, "million customers", "百万位客户"),
    ("outlets", "outlets", 1.0, "outlets", "家门店"),
    ("outlets/head", "outlets per head", 1.0, "outlets a person", "家门店/人"),
    ("orders", "orders", 1.0, "orders", "单"),
    ("orders/customer", "orders per customer", 1.0, "orders a customer", "单/客户"),
    ("leads", "leads", 1.0, "leads", "条线索"),
    ("leads/head", "leads per head", 1.0, "leads a person", "条线索/人"),
    ("contacts", "contacts", 1.0, "contacts", "次接触"),
    ("contacts/head", "contacts per head", 1.0, "contacts a person", "次接触/人"),
    ("cases", "cases", 1.0, "service cases", "件工单"),
    ("cases/head", "cases per head", 1.0, "service cases a person", "件工单/人"),
    ("cases/customer", "cases per customer", 1.0, "service cases a customer", "件工单/客户"),
    ("requisitions", "requisitions", 1.0, "requisitions", "个招聘需求"),
    ("requisitions/head", "requisitions per head", 1.0, "requisitions a person", "个招聘需求/人"),
)

# dimension, kind, the name before the slash, English, Chinese: values per period
_PER_PERIOD: tuple[tuple[str, Kind, str, str, str], ...] = (
    ("hazard", "rate", "1", "", ""),
    ("log drift", "rate", "log", "log points", "对数点"),
    ("utility drift", "rate", "utility", "utility", "效用"),
    ("score drift", "rate", "score", "points", "分"),
    ("chance over time", "probability", "prob", "probability", "概率"),
    ("retention", "retention", "retention", "share kept", "保留比例"),
    ("growth", "growth", "share", "share", "比例"),
)

OTHER_SPELLINGS = {
    "days": "day", "weeks": "week", "months": "month", "years": "year", "hours": "hour",
    "heads": "head", "customer": "customers", "outlet": "outlets", "order": "orders",
}  # fmt: skip


def _per_period(base: Unit, kind: Kind, dimension: str, before: str) -> Iterator[Unit]:
    for period, (months, en, zh) in _PERIODS.items():
        yield Unit(
            f"{before}/{period}", kind, dimension, base.factor, months,
            f"{base.en} {en}".strip(), f"{zh}{base.zh}",
        )  # fmt: skip


def _all_units() -> Iterator[Unit]:
    for name, kind, dimension, factor, en, zh in _PLAIN:
        yield Unit(name, kind, dimension, factor, None, en, zh)
    for name, dimension, factor, en, zh in _AMOUNTS:
        kind = "money" if dimension.startswith("money") else "number"
        amount = Unit(name, kind, dimension, factor, None, en, zh)
        yield amount
        yield from _per_period(amount, "amount", f"{dimension} over time", name)
    for dimension, kind, before, en, zh in _PER_PERIOD:
        base = Unit(before, kind, dimension, 1.0, None, en, zh)
        yield from _per_period(base, kind, dimension, before)


UNITS: MappingProxyType[str, Unit] = MappingProxyType({unit.name: unit for unit in _all_units()})


def unit(name: str) -> Unit:
    """The unit of that name (singular and plural spellings of the common ones alike).

    Raises ValueError for a name that is not in the closed list.
    """
    found = UNITS.get(OTHER_SPELLINGS.get(name, name))
    if found is None:
        raise ValueError(f"unknown unit {name!r}")
    return found


def convertible(name: str) -> tuple[str, ...]:
    """Names of all units that a value in unit `name` converts to, itself among them."""
    wanted = unit(name).dimension
    return tuple(other.name for other in UNITS.values() if other.dimension == wanted)


def label(name: str, language: str) -> str:
    """The unit in words, `language` being "en" or "zh"; a plain number's is empty."""
    found = unit(name)
    return found.zh if language == "zh" else found.en


def domain(name: str) -> tuple[float, float]:
    """Lowest and highest value that has a meaning in a unit (a probability: 0 to 1)."""
    kind = unit(name).kind
    if kind in ("probability", "retention"):
        return 0.0, 1.0
    if kind == "growth":
        return -1.0, np.inf
    return -np.inf, np.inf


def linear_factor(from_unit: str, to_unit: str) -> float | None:
    """What a value in `from_unit` is multiplied by, or None where the conversion compounds."""
    source, target = _pair(from_unit, to_unit)
    if source.name == target.name:
        return 1.0
    if source.kind in COMPOUNDING:
        return None
    up, down = _linear(source, target)
    return up / down


def convert(value: ArrayLike, from_unit: str, to_unit: str) -> NDArray[np.float64]:
    """`value` (any shape) in another unit of the same dimension; float64 of the same shape.

    Amounts and rates per period are multiplied by the ratio of the periods; over k times the
    period a probability p becomes 1 - (1-p)**k, a retention r becomes r**k, a growth g becomes
    (1+g)**k - 1. Raises ValueError for units of different dimensions, and for a probability
    or retention outside [0, 1] or a growth below -1.
    """
    source, target = _pair(from_unit, to_unit)
    values = np.asarray(value, dtype=np.float64)
    low, high = domain(from_unit)
    if np.any(values < low) or np.any(values > high):
        raise ValueError(f"a value in {from_unit} lies between {low:g} and {high:g}")
    if source.name == target.name:
        return values
    if source.kind not in COMPOUNDING:
        up, down = _linear(source, target)
        return np.asarray(values * up / down)
    assert source.months is not None and target.months is not None
    times = target.months / source.months
    if source.kind == "retention":
        return np.asarray(values**times)
    with np.errstate(divide="ignore"):
        if source.kind == "probability":
            return np.asarray(-np.expm1(times * np.log1p(-values)))
        return np.asarray(np.expm1(times * np.log1p(values)))


def _pair(from_unit: str, to_unit: str) -> tuple[Unit, Unit]:
    source, target = unit(from_unit), unit(to_unit)
    if source.dimension != target.dimension:
        raise ValueError(
            f"{from_unit} ({source.dimension}) cannot become {to_unit} ({target.dimension})"
        )
    return source, target


def _linear(source: Unit, target: Unit) -> tuple[float, float]:
    """Multiplier and divisor, kept apart so that whole numbers divide exactly."""
    return source.factor * (target.months or 1.0), target.factor * (source.months or 1.0)


def month_index(name: str) -> int:
    """Model month of a calendar month "YYYY-MM": "2026-10" is 0, "2026-09" is -1.

    Raises ValueError for any other spelling. Whether the month lies in the horizon
    (0 <= t < HORIZON) is for the caller to ask.
    """
    year, dash, month = name.partition("-")
    if not (dash and len(year) == 4 and len(month) == 2 and name.isascii()
            and year.isdigit() and month.isdigit() and 1 <= int(month) <= MONTHS_PER_YEAR):  # fmt: skip
        raise ValueError(f"{name!r} is not a month; write it as {FIRST_MONTH}")
    return _months_since_year_0(int(year), int(month)) - _ORIGIN


def month_label(t: int) -> str:
    """Calendar month of a model month: 0 is "2026-10"."""
    year, month = divmod(_ORIGIN + t, MONTHS_PER_YEAR)
    return f"{year:04d}-{month + 1:02d}"


def calendar_month(t: ArrayLike) -> NDArray[np.int64]:
    """Month of the year, 0 for January to 11 for December, of model months of any shape."""
    return np.asarray((np.asarray(t, dtype=np.int64) + _ORIGIN) % MONTHS_PER_YEAR)


def year_slice(year: int) -> slice:
    """Model months of a calendar year within the horizon: 2027 is slice(3, 15).

    2026 gives its last three months. Raises ValueError for a year outside the horizon.
    """
    start = _months_since_year_0(year, 1) - _ORIGIN
    stop = start + MONTHS_PER_YEAR
    if stop <= 0 or start >= HORIZON:
        last = month_label(HORIZON - 1)
        raise ValueError(f"{year} is not simulated ({FIRST_MONTH} to {last})")
    return slice(max(start, 0), min(stop, HORIZON))


def _months_since_year_0(year: int, month: int) -> int:
    return year * MONTHS_PER_YEAR + month - 1


_ORIGIN = _months_since_year_0(int(FIRST_MONTH[:4]), int(FIRST_MONTH[5:]))
