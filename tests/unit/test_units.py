"""Units: conversions per kind, and the calendar of the simulation."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem import units


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (12.0, "CNY/year", "CNY/month", 1.0),
        (1.2, "M CNY/year", "k CNY/month", 100.0),
        (245.0, "M CNY", "CNY", 245e6),
        (0.06, "log/year", "log/month", 0.005),
        (0.6, "1/year", "1/month", 0.05),
        (52.0, "week", "month", 12.0),
        (365.0, "day", "year", 1.0),
        (3.0, "month", "week", 13.0),
        (5.0, "%", "share", 0.05),
        (120.0, "k customers/year", "customers/month", 10_000.0),
        (2.0, "CNY/month", "CNY/year", 24.0),
    ],
)
def test_amounts_and_rates_are_divided(value, source, target, expected):
    """An amount or a rate per year is a twelfth of it per month; money and time are scaled."""
    assert units.convert(value, source, target) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (0.3, "prob/year", "prob/month", 1 - 0.7 ** (1 / 12)),
        (0.1, "share/year", "share/month", 1.1 ** (1 / 12) - 1),
        (0.9, "retention/week", "retention/month", 0.9 ** (52 / 12)),
        (1.0, "prob/month", "prob/year", 1.0),
        (-0.2, "share/year", "share/month", 0.8 ** (1 / 12) - 1),
        (0.0, "prob/year", "prob/month", 0.0),
    ],
)
def test_chances_and_growth_compound(value, source, target, expected):
    """A chance, a retention or a growth over a year is not twelve times the monthly one."""
    assert units.convert(value, source, target) == pytest.approx(expected, rel=1e-14)


def test_a_yearly_chance_divided_by_twelve_would_be_smaller():
    """30 % a year divided by 12 is 26.2 % a year: the mistake that the kinds prevent."""
    assert units.convert(0.3 / 12, "prob/month", "prob/year") == pytest.approx(0.262, abs=5e-4)


@given(st.sampled_from(sorted(units.UNITS)), st.floats(0.001, 0.999))
def test_there_and_back(name, value):
    """Every unit converts to each of its family and back to the same value, vectors alike."""
    for other in units.convertible(name):
        there = units.convert([value, value / 2], name, other)
        assert there.shape == (2,)
        # A chance over a year may lie so near to 1 that the daily one keeps few digits of it.
        if units.unit(name).kind in units.COMPOUNDING and not (1e-6 < there[0] < 1 - 1e-6):
            continue
        back = units.convert(there, other, name)
        assert back == pytest.approx(np.array([value, value / 2]), rel=1e-8)


@given(st.sampled_from(sorted(units.UNITS)))
def test_linear_units_say_their_factor(name):
    """`linear_factor` agrees with `convert`, and is missing exactly where values compound."""
    for other in units.convertible(name):
        factor = units.linear_factor(name, other)
        if factor is None:
            assert units.unit(name).kind in units.COMPOUNDING
        else:
            assert units.convert(0.25, name, other) == pytest.approx(0.25 * factor, rel=1e-14)


@pytest.mark.parametrize(
    ("source", "target"),
    [("1/month", "prob/month"), ("CNY", "CNY/month"), ("share", "prob"), ("week", "CNY")],
)
def test_other_dimensions_are_refused(source, target):
    """A hazard is not a probability, and a stock of money is not a flow."""
    with pytest.raises(ValueError, match="cannot become"):
        units.convert(1.0, source, target)


def test_meaningless_values_are_refused():
    """A probability above 1 does not convert."""
    with pytest.raises(ValueError, match="between 0 and 1"):
        units.convert(1.2, "prob/year", "prob/month")
    with pytest.raises(ValueError, match="unknown unit"):
        units.convert(1.0, "fortnight", "month")


def test_plural_spellings():
    """`3 weeks` is as good as `3 week`."""
    assert units.unit("weeks") is units.unit("week")
    assert units.convert(7, "days", "day") == 7.0


def test_every_unit_has_words_in_both_languages():
    """A unit that is shown has a label in English and in Chinese."""
    for name in units.UNITS:
        if name != "1":
            assert units.label(name, "en")
            assert units.label(name, "zh")


def test_months():
    """The simulation runs from October 2026 to December 2029."""
    assert units.month_index("2026-10") == 0
    assert units.month_index("2026-09") == -1
    assert units.month_label(0) == "2026-10"
    assert units.month_label(units.HORIZON - 1) == "2029-12"
    assert units.year_slice(2026) == slice(0, 3)
    assert units.year_slice(2027) == slice(3, 15)
    assert units.year_slice(2029) == slice(27, 39)
    assert list(units.calendar_month([0, 2, 3, 38])) == [9, 11, 0, 11]
    assert math.isclose(units.WEEKS_PER_MONTH, 52 / 12)
    assert math.isclose(units.DAYS_PER_MONTH, 365 / 12)


@given(st.integers(0, units.HORIZON - 1))
def test_month_names_round_trip(t):
    """A month's name and number name the same month."""
    assert units.month_index(units.month_label(t)) == t
    assert int(units.month_label(t)[5:]) == units.calendar_month(t) + 1


@pytest.mark.parametrize(
    "name", ["2026", "2026-13", "2026-00", "26-10", "2026-1", "2026/10", "２０２６-10", ""]
)
def test_what_is_not_a_month(name):
    """Only YYYY-MM is read as a month."""
    with pytest.raises(ValueError, match="is not a month"):
        units.month_index(name)


@pytest.mark.parametrize("year", [2025, 2030])
def test_years_outside_the_horizon(year):
    """A year that is not simulated has no months."""
    with pytest.raises(ValueError, match="not simulated"):
        units.year_slice(year)
