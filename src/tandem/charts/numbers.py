"""Numbers: how an amount, a count, a share, a range and a month read in each language.

What it answers: three significant digits, thousands separated, the unit that suits the size
(M CNY and million in English, 万 and 亿 in Chinese), and "83 of 100 simulated futures" for a
probability.

What it leaves out: which number matters; computing anything.

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, isfinite, log10

from tandem.language import translator

__all__ = [
    "KINDS",
    "MISSING",
    "Scale",
    "amount",
    "amount_range",
    "day",
    "decimal",
    "futures",
    "month",
    "of_100",
    "quarter",
    "scale",
    "significant",
    "tick",
]

#: Shown in place of a number that does not exist.
MISSING = "–"

#: What a number may be: real CNY, things counted, a share of one, or a plain ratio.
KINDS = ("money", "count", "share", "number")

_SIZES: dict[tuple[str, str], tuple[tuple[float, str], ...]] = {
    ("money", "en"): ((1e6, "M CNY"), (1e3, "k CNY"), (1.0, "CNY")),
    ("money", "zh"): ((1e8, "亿元"), (1e4, "万元"), (1.0, "元")),
    ("count", "en"): ((1e6, "million"), (1.0, "")),
    ("count", "zh"): ((1e8, "亿"), (1e4, "万"), (1.0, "")),
    ("share", "en"): ((0.01, "%"),),
    ("share", "zh"): ((0.01, "%"),),
    ("number", "en"): ((1.0, ""),),
    ("number", "zh"): ((1.0, ""),),
}


@dataclass(frozen=True)
class Scale:
    """A divisor and the name of what is counted after dividing."""

    divisor: float
    unit: str

    def __call__(self, value: float) -> float:
        """`value` in this unit."""
        return value / self.divisor


def scale(kind: str, values: float | Iterable[float], language: str) -> Scale:
    """The unit in which the largest of `values` has one to three digits before the point.

    `kind` is one of KINDS; raises KeyError for another.
    """
    every = [values] if isinstance(values, int | float) else list(values)
    largest = max((abs(v) for v in every if isfinite(v)), default=0.0)
    sizes = _SIZES[kind, language]
    for divisor, unit in sizes:
        if _rounded(largest) >= divisor:
            return Scale(divisor, unit)
    return Scale(*sizes[-1])


def significant(value: float, digits: int = 3) -> str:
    """`value` with that many significant digits and thousands separated; MISSING if not finite."""
    return decimal(_rounded(value, digits), _decimals(value, digits))


def decimal(value: float, decimals: int) -> str:
    """`value` with so many decimals, thousands separated, a true minus sign, and no "-0"."""
    if not isfinite(value):
        return MISSING
    text = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(digit in "123456789" for digit in text)
    return f"−{text}" if negative else text


def amount(kind: str, value: float, language: str) -> str:
    """`value` with its unit, such as "123 M CNY", "1.23 亿元", "12,300" or "8.2 %"."""
    if not isfinite(value):
        return MISSING
    size = scale(kind, value, language)
    whole = kind == "count" and size.divisor == 1.0 and abs(value) < 1000
    text = decimal(round(value), 0) if whole else significant(size(value))
    return _joined(text, size.unit, language)


def amount_range(kind: str, low: float, high: float, language: str) -> str:
    """Both ends in one unit and to the digit that the larger one deserves."""
    if not (isfinite(low) and isfinite(high)):
        return MISSING
    size = scale(kind, (low, high), language)
    largest = max(abs(size(low)), abs(size(high)))
    decimals = 0 if kind == "count" and size.divisor == 1.0 else _decimals(largest, 3)
    step = 10.0 ** (floor(log10(largest)) - 2) if largest >= 1000 else 0.0
    ends = [_to_step(size(end), step) for end in (low, high)]
    texts = [decimal(end, decimals) for end in ends]
    _ = translator(language)
    both = _("{low} to {high}", low=texts[0], high=texts[1])
    return _joined(both, size.unit, language)


def of_100(probability: float, language: str) -> str:
    """How many of 100 futures, such as "83 of 100"; never a rounded 0 or 100 for what is neither.

    `probability` is a share of one; MISSING where it is not finite.
    """
    if not isfinite(probability):
        return MISSING
    _ = translator(language)
    if 0 < probability < 0.005:
        return _("under 1 of 100")
    if 0.995 < probability < 1:
        return _("over 99 of 100")
    return _("{count} of 100", count=decimal(round(100 * probability), 0))


def futures(probability: float, language: str) -> str:
    """The same as a phrase: "in 83 of 100 simulated futures", "in no simulated future"."""
    if not isfinite(probability):
        return MISSING
    _ = translator(language)
    if probability == 0:
        return _("in no simulated future")
    if probability == 1:
        return _("in all simulated futures")
    if probability < 0.005:
        return _("in fewer than 1 of 100 simulated futures")
    if probability > 0.995:
        return _("in more than 99 of 100 simulated futures")
    return _("in {count} of 100 simulated futures", count=decimal(round(100 * probability), 0))


def month(value: datetime.date | str, language: str, short: bool = False) -> str:
    """A month by name, such as "November 2026", "Nov 2026" when short, or "2026年11月"."""
    date = _date(value)
    if language == "zh":
        return f"{date.year}年{date.month}月"
    names = _MONTHS[date.month - 1]
    return f"{names[:3] if short else names} {date.year}"


def day(value: datetime.date | str, language: str) -> str:
    """A date, such as "1 October 2026" or "2026年10月1日"."""
    date = _date(value)
    if language == "zh":
        return f"{month(date, language)}{date.day}日"
    return f"{date.day} {month(date, language)}"


def quarter(year: int, number: int, language: str) -> str:
    """A quarter, such as "Q1 2027" or "Q1 2027年"."""
    return f"Q{number} {year}年" if language == "zh" else f"Q{number} {year}"


_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def tick(value: float, _position: object = None) -> str:
    """A number beside an axis: no more decimals than it needs, at most two."""
    decimals = next((d for d in (0, 1) if abs(value - round(value, d)) < 1e-9), 2)
    return decimal(value, decimals)


def _date(value: datetime.date | str) -> datetime.date:
    """A date as it is, or from "2026-10-01" or "2026-10"."""
    if isinstance(value, datetime.date):
        return value
    return datetime.date.fromisoformat(value if len(value) > len("2026-10") else f"{value}-01")


def _decimals(value: float, digits: int) -> int:
    rounded = abs(_rounded(value, digits))
    if not isfinite(rounded) or rounded == 0:
        return 0
    return max(0, digits - 1 - floor(log10(rounded)))


def _rounded(value: float, digits: int = 3) -> float:
    return float(f"{value:.{digits - 1}e}") if isfinite(value) else value


def _to_step(value: float, step: float) -> float:
    return round(value / step) * step if step else value


def _joined(text: str, unit: str, language: str) -> str:
    if not unit:
        return text
    return f"{text} {unit}" if language != "zh" or (unit.isascii() and unit != "%") else text + unit
