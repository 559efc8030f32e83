import pytest

from tandem.site.quantities import in_one_unit, shown


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (1.3e8, "CNY", "130 M CNY", "1.3亿元"),
        (1.7, "M CNY/month", "1.7 M CNY a month", "170 每月万元"),
        (3.64e8, "CNY/year", "364 M CNY a year", "3.64 每年亿元"),
        (0.59, "share", "59 %", "59 %"),
        (548, "head", "548 people", "548人"),
        (2, "month", "2 months", "2个月"),
        (-2.65, "1", "−2.65", "−2.65"),
    ],
)
def test_units_are_words(value: float, unit: str, english: str, chinese: str) -> None:
    """A reader of either language sees the number with a unit that needs no key."""
    assert shown(value, unit, "en", trim=True) == english
    assert shown(value, unit, "zh", trim=True) == chinese


def test_a_range_has_one_unit() -> None:
    """Both ends and the middle are given in the unit that suits the largest."""
    texts, unit = in_one_unit([9e5, 5e7, 2.3e8], "CNY", "en")
    assert (texts, unit) == (["0.900", "50.0", "230"], "M CNY")


def test_what_is_missing_is_a_dash() -> None:
    """A number that does not exist is never shown as one."""
    assert in_one_unit([None, float("nan"), 1.0], "1", "en")[0] == ["–", "–", "1.00"]


def test_unknown_units_are_refused() -> None:
    """Nothing is shown in a unit that is not in the closed list."""
    with pytest.raises(ValueError, match="parsec"):
        shown(1.0, "parsec", "en")
