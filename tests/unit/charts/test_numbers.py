import datetime
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.charts import numbers


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12_345.6, "12,300"),
        (999.6, "1,000"),
        (123.4, "123"),
        (99.96, "100"),
        (1.234, "1.23"),
        (1.2, "1.20"),
        (0.012345, "0.0123"),
        (0.0, "0"),
        (-0.0, "0"),
        (-4.567, "−4.57"),
        (float("nan"), "–"),
        (float("inf"), "–"),
    ],
)
def test_three_significant_digits(value: float, text: str) -> None:
    """A reader sees three significant digits, thousands separated, and never a NaN."""
    assert numbers.significant(value) == text


@given(st.floats(1e-6, 1e12))
def test_what_is_shown_is_right_to_half_a_percent(value: float) -> None:
    """Rounding for the reader never moves a number by more than 0.5 %."""
    shown = float(numbers.significant(value).replace(",", ""))
    assert shown == pytest.approx(value, rel=0.005)


@pytest.mark.parametrize(
    ("kind", "value", "english", "chinese"),
    [
        ("money", 123_456_789.0, "123 M CNY", "1.23亿元"),
        ("money", 45_600_000.0, "45.6 M CNY", "4,560万元"),
        ("money", 12_000.0, "12.0 k CNY", "1.20万元"),
        ("money", 999_700.0, "1.00 M CNY", "100万元"),
        ("money", 950.0, "950 CNY", "950元"),
        ("money", -8_000_000.0, "−8.00 M CNY", "−800万元"),
        ("count", 12.4, "12", "12"),
        ("count", 123_456.0, "123,000", "12.3万"),
        ("count", 1_234_567.0, "1.23 million", "123万"),
        ("share", 0.0825, "8.25 %", "8.25%"),
        ("number", 2.5, "2.50", "2.50"),
        ("money", math.nan, "–", "–"),
    ],
)
def test_amounts_read_as_each_language_counts(
    kind: str, value: float, english: str, chinese: str
) -> None:
    """English counts in thousands and millions, Chinese in 万 and 亿."""
    assert numbers.amount(kind, value, "en") == english
    assert numbers.amount(kind, value, "zh") == chinese


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (38.4e6, 213e6, "38 to 213 M CNY"),
        (-3.2e6, 21.3e6, "−3.2 to 21.3 M CNY"),
        (0.2e6, 1.234e6, "0.20 to 1.23 M CNY"),
        (math.nan, 1.0, "–"),
    ],
)
def test_a_range_has_one_unit_and_one_precision(low: float, high: float, text: str) -> None:
    """Both ends of a range are given in the unit and to the digit of the larger one."""
    assert numbers.amount_range("money", low, high, "en") == text


def test_a_large_range_is_rounded_to_three_digits() -> None:
    """A range of thousands is not shown to the unit."""
    assert numbers.amount_range("number", 1_234.0, 45_678.0, "en") == "1,200 to 45,700"
    assert numbers.amount_range("count", 12.3, 45.6, "en") == "12 to 46"


@pytest.mark.parametrize(
    ("probability", "short", "phrase"),
    [
        (0.83, "83 of 100", "in 83 of 100 simulated futures"),
        (0.004, "under 1 of 100", "in fewer than 1 of 100 simulated futures"),
        (0.997, "over 99 of 100", "in more than 99 of 100 simulated futures"),
        (0.0, "0 of 100", "in no simulated future"),
        (1.0, "100 of 100", "in all simulated futures"),
        (math.nan, "–", "–"),
    ],
)
def test_a_probability_is_told_in_futures(probability: float, short: str, phrase: str) -> None:
    """Nothing that may happen is called impossible, and nothing that may fail certain."""
    assert numbers.of_100(probability, "en") == short
    assert numbers.futures(probability, "en") == phrase


def test_a_probability_reads_in_chinese() -> None:
    """The Chinese phrase names the same number of futures."""
    assert numbers.futures(0.83, "zh") == "每100个模拟未来中有83个"


def test_dates_are_named() -> None:
    """Months, days and quarters have names in both languages, and no ISO spelling."""
    assert numbers.month("2026-11", "en") == "November 2026"
    assert numbers.month("2026-11", "en", short=True) == "Nov 2026"
    assert numbers.month(datetime.date(2026, 11, 1), "zh") == "2026年11月"
    assert numbers.day("2026-10-01", "en") == "1 October 2026"
    assert numbers.day("2026-10-01", "zh") == "2026年10月1日"
    assert numbers.quarter(2027, 1, "en") == "Q1 2027"
    assert numbers.quarter(2027, 1, "zh") == "Q1 2027年"


@pytest.mark.parametrize(("value", "text"), [(1000.0, "1,000"), (2.5, "2.5"), (0.25, "0.25")])
def test_a_tick_has_no_more_decimals_than_it_needs(value: float, text: str) -> None:
    """An axis is not cluttered with noughts."""
    assert numbers.tick(value) == text
