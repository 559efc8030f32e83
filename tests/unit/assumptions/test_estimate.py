"""Estimates: shapes, conversions, and what is refused in a row."""

import datetime
import pickle

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from scipy import stats

from tandem import units
from tandem.assumptions.estimate import Estimate, Section, quantity
from tandem.assumptions.shapes import SHAPES

REST = {
    "source": "A survey", "evidence": "judgement", "owner": "finance", "as_of": "2026-09-30",
}  # fmt: skip
LEVELS = np.array([1e-6, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 1 - 1e-6])


def estimate(unit: str, low: float, high: float, /, **row) -> Estimate:
    """An estimate read through a schema of one field."""

    class One(Section):
        x: Estimate = quantity(unit, "A number", "一个数", low=low, high=high)

    return One.model_validate({"x": {"unit": unit, **REST, **row}}).x


def faults(unit: str, low: float, high: float, /, **row) -> list[tuple[str, str]]:
    """Where and how a row is refused: (last part of the place, code and message)."""
    with pytest.raises(ValidationError) as error:
        estimate(unit, low, high, **row)
    return [
        (".".join(map(str, e["loc"][1:])), f"{e['type']}: {e['msg']}") for e in error.value.errors()
    ]


@pytest.mark.parametrize(
    ("shape", "parameters", "reference"),
    [
        ("triangular", [2, 3, 7], stats.triang(0.2, 2, 5)),
        ("triangular", [2, 2, 7], stats.triang(0.0, 2, 5)),
        ("triangular", [2, 7, 7], stats.triang(1.0, 2, 5)),
        ("pert", [2, 3, 7], stats.beta(1 + 4 / 5, 1 + 16 / 5, 2, 5)),
        ("beta", [2, 5], stats.beta(2, 5)),
        ("lognormal", [3, 0.4], stats.lognorm(0.4, scale=3)),
        ("normal", [3, 0.5], stats.norm(3, 0.5)),
        ("uniform", [2, 7], stats.uniform(2, 5)),
    ],
)
def test_quantiles_against_scipy(shape, parameters, reference):
    """Every shape has the quantiles, the median and the mean of its distribution."""
    found = estimate("1", -100, 1000, **{shape: parameters})
    assert found.quantile(LEVELS) == pytest.approx(reference.ppf(LEVELS), rel=1e-9)
    assert found.median == pytest.approx(reference.median())
    assert (found.p10, found.p90) == pytest.approx(tuple(reference.ppf([0.1, 0.9])))
    assert found.mean == pytest.approx(reference.mean(), rel=2e-4)
    assert found.uncertain


def test_points():
    """A fixed value is the same at every level; discrete ones have their weights' shares."""
    fixed = estimate("month", 0, 6, fixed=2)
    assert np.all(fixed.quantile(LEVELS) == 2.0)
    assert not fixed.uncertain
    discrete = estimate("1", 0, 6, discrete={"values": [1, 2, 5], "weights": [1, 2, 1]})
    assert list(discrete.quantile([0.1, 0.25, 0.26, 0.75, 0.76, 1 - 1e-16])) == [1, 1, 2, 2, 5, 5]
    assert discrete.mean == pytest.approx(2.5)
    assert discrete.text == "discrete(1 (weight 1), 2 (weight 2), 5 (weight 1))"


@given(st.sampled_from(sorted(SHAPES)), st.integers(1, 10**6))
def test_quantiles_rise_and_stay_in_the_plausible_range(shape, seed):
    """More luck never means a smaller value, and no draw leaves the plausible range."""
    rows = {
        "fixed": 3, "triangular": [1, 2, 5], "pert": [1, 2, 5], "beta": [2, 3],
        "lognormal": [2, 0.3], "normal": [2.5, 0.8], "uniform": [1, 5],
        "discrete": {"values": [1, 4], "weights": [1, 9]},
    }  # fmt: skip
    found = estimate("1", 0, 5, **{shape: rows[shape]})
    u = np.sort(np.random.default_rng(seed).random((50, 4)), axis=0)
    u = np.clip(u, 1e-16, 1 - 2**-53)
    values = found.quantile(u)
    assert values.shape == u.shape
    assert np.all(np.diff(values, axis=0) >= 0)
    assert values.min() >= 0
    assert values.max() <= 5


def test_linear_units_are_converted_once():
    """Weeks become months and thousands CNY become CNY; the shape stays one of its kind."""
    notice = estimate("month", 0, 6, triangular=[4, 6, 13], unit="weeks")
    assert notice.unit == notice.written == "month"
    assert notice.parameters == (4 * 12 / 52, 6 * 12 / 52, 3.0)
    assert notice.text == "triangular(4, 6, 13) week"
    quota = estimate("CNY/month", 1000, 1e6, lognormal=[80, 0.2], unit="k CNY/month")
    assert quota.parameters == (80_000.0, 0.2)
    drift = estimate("log/month", -1, 1, normal=[0.06, 0.12], unit="log/year")
    assert drift.parameters == (0.005, 0.01)


def test_compounding_units_convert_every_quantile():
    """A yearly chance becomes the monthly one that compounds to it, at every level."""
    leaves = estimate("prob/month", 0, 0.3, triangular=[0.2, 0.3, 0.4], unit="prob/year")
    yearly = stats.triang(0.5, 0.2, 0.2).ppf(LEVELS)
    assert leaves.quantile(LEVELS) == pytest.approx(1 - (1 - yearly) ** (1 / 12))
    assert leaves.written == "prob/year"
    assert leaves.span == pytest.approx((1 - 0.8 ** (1 / 12), 1 - 0.6 ** (1 / 12)))
    assert 1 - (1 - leaves.median) ** 12 == pytest.approx(0.3)
    fixed = estimate("share/month", -0.1, 0.1, fixed=0.1, unit="share/year")
    assert fixed.parameters == pytest.approx((1.1 ** (1 / 12) - 1,))
    kept = estimate("retention/month", 0, 1, beta=[80, 20], unit="retention/week")
    assert kept.median == pytest.approx(stats.beta(80, 20).median() ** (52 / 12))


def test_unbounded_tails_are_cut_at_the_plausible_range():
    """A normal churn cannot become negative, however unlucky the draw."""
    churn = estimate("1/month", 0, 0.2, normal=[0.05, 0.02])
    assert churn.quantile(1e-9) == 0.0
    assert churn.quantile(0.5) == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"fixed": 1, "uniform": [1, 2]}, [("uniform", "shape: has more than one shape")]),
        ({}, [("", "missing-key: lacks its shape")]),
        ({"fixed": "1"}, [("fixed", "wrong-type: expected a number")]),
        ({"fixed": True}, [("fixed", "wrong-type: expected a number")]),
        ({"fixed": float("nan")}, [("fixed", "wrong-type: expected a number")]),
        ({"uniform": [1]}, [("uniform", "wrong-type: expected [low, high]")]),
        ({"uniform": 1}, [("uniform", "wrong-type: expected [low, high]")]),
        ({"uniform": [1, None]}, [("uniform.1", "wrong-type: expected a number")]),
        ({"uniform": [2, 1]}, [("uniform", "parameters: must stand in the order low, high")]),
        ({"uniform": [1, 1]}, [("uniform", "parameters: has no width: write it as fixed")]),
        (
            {"triangular": [1, 3, 2]},
            [("triangular", "parameters: must stand in the order low, mode, high")],
        ),
        ({"normal": [1, 0]}, [("normal", "parameters: need a standard deviation above 0")]),
        ({"beta": [1, 0]}, [("beta", "parameters: must both be above 0")]),
        (
            {"lognormal": [0, 1]},
            [("lognormal", "parameters: need a median and a spread of logs above 0")],
        ),
        (
            {"discrete": {"values": [1, 2]}},
            [("discrete", "wrong-type: expected {values: [...], weights: [...]}")],
        ),
        (
            {"discrete": {"values": [1, 2], "weights": [1]}},
            [("discrete", "wrong-type: needs as many weights as values")],
        ),
        (
            {"discrete": {"values": [2, 1], "weights": [1, 1]}},
            [
                (
                    "discrete",
                    "parameters: must list its values from the lowest to the highest, each once",
                )
            ],
        ),
        (
            {"discrete": {"values": [1], "weights": [1]}},
            [("discrete", "parameters: needs two values or more: write one as fixed")],
        ),
        (
            {"discrete": {"values": [1, 2], "weights": [1, 0]}},
            [("discrete", "parameters: needs weights above 0")],
        ),
        ({"fixed": 1, "unit": "CNY"}, [("unit", "wrong-unit: is no unit for a value in month")]),
        ({"fixed": 1, "unit": "mnth"}, [("unit", "wrong-unit: unknown unit")]),
        ({"fixed": 1, "unit": 1}, [("unit", "wrong-unit: is no unit for a value in month")]),
        ({"fixed": 1, "evidence": "guess"}, [("evidence", "not-allowed: is not in the list")]),
        ({"fixed": 1, "source": " "}, [("source", "wrong-type: expected a text")]),
        ({"fixed": 1, "owner": 3}, [("owner", "wrong-type: expected a text")]),
        (
            {"fixed": 1, "as_of": "yesterday"},
            [("as_of", "wrong-type: expected a date such as 2026-09-30")],
        ),
        (
            {"fixed": 1, "source": None},
            [("", "missing-key: lacks its source, in the row or in the file's defaults")],
        ),
        ({"fixed": 1, "sauce": "x"}, [("sauce", "unknown-key: unknown")]),
    ],
)
def test_what_is_wrong_with_a_row(row, expected):
    """Each slip is named at its own key."""
    assert faults("month", 0, 6, **row) == expected


def test_all_that_is_wrong_with_a_row_is_said_at_once():
    """A row with four slips gives four messages."""
    found = faults("month", 0, 6, fixd=1, unit="CNY", evidence="guess", as_of="now")
    assert {code.partition(":")[0] for _, code in found} == {
        "unknown-key", "wrong-unit", "missing-key", "not-allowed", "wrong-type",
    }  # fmt: skip


def test_a_row_must_be_a_row():
    """A bare number says nothing of its unit and source."""

    class One(Section):
        x: Estimate = quantity("month", "A number", "一个数", low=0, high=6)

    with pytest.raises(ValidationError, match="expected a shape, a unit and a source"):
        One.model_validate({"x": 3})
    with pytest.raises(ValidationError, match="lacks its unit"):
        One.model_validate({"x": {"fixed": 3, **REST}})


@pytest.mark.parametrize(
    ("unit", "low", "high", "row", "slip"),
    [
        ("share", 0, 0.4, {"fixed": 12}, "12 for 0.12: a percentage written as a share?"),
        ("1/month", 0, 0.06, {"fixed": 0.3}, "0.3 for 0.025: a yearly value for a monthly one?"),
        (
            "CNY/month", 1e5, 5e6, {"fixed": 20, "unit": "M CNY/month"},
            "2e+07 for 1.66667e+06: a yearly value for a monthly one?",
        ),
        ("CNY", 100, 5000, {"fixed": 1.2}, "1.2 for 1200: thousands of the unit?"),
        ("CNY", 10, 500, {"triangular": [2e4, 3e4, 4e4]}, "30000 for 30: a unit for thousands"),
        ("customers/month", 1e5, 1e6, {"fixed": 12}, "ten thousands (万) of the unit?"),
        ("month", 0, 6, {"triangular": [8, 10, 12]}, "10 for 2.30769: weeks for months?"),
        ("month", 0, 6, {"fixed": 90}, "90 for 2.9589: days for months?"),
        ("prob/month", 0, 0.3, {"normal": [20, 1]}, "(a percentage written as a share?)"),
        ("1", 2, 3, {"fixed": 2.9e7}, ""),
    ],
)  # fmt: skip
def test_values_out_of_range_name_the_likely_slip(unit, low, high, row, slip):
    """A value that only a slip explains is refused, and the slip is named."""
    ((where, message),) = faults(unit, low, high, **row)
    assert where == next(iter(row))
    assert message.startswith("out-of-range")
    assert slip in message
    assert ("?" in message) == bool(slip)


def test_p1_and_p99_of_unbounded_shapes_must_be_plausible():
    """A normal whose P99 leaves the range is refused, one whose P99 stays is not."""
    assert estimate("1", 0, 10, normal=[5, 2]).shape == "normal"
    assert faults("1", 0, 10, normal=[5, 2.2])[0][1].startswith("out-of-range")


def test_the_ends_of_the_range_are_plausible():
    """A value on the bound is allowed, also where the conversion rounds."""
    assert estimate("month", 0, 3, fixed=13, unit="week").median == 3.0
    assert estimate("prob/month", 0, 1, fixed=1, unit="prob/year").median == 1.0


def test_values_without_a_meaning_in_their_unit_are_refused():
    """A yearly chance above 1 does not become a monthly one."""
    ((where, message),) = faults("prob/month", 0, 1, fixed=1.2, unit="prob/year")
    assert (where, message) == ("fixed", "out-of-range: a value in prob/year lies between 0 and 1")


def test_nothing_below_nought_passes_where_the_low_end_is_nought():
    """A budget of minus one yuan is refused, however wide the range; rounding at the ends is not."""
    (where, message), *more = faults("CNY", 0, 1e9, fixed=-1)
    assert where == "fixed" and message.startswith("out-of-range") and not more
    assert faults("CNY", 0, 1e9, fixed=-1e-6)
    assert estimate("CNY", 0, 1e9, fixed=1e9 * (1 + 1e-12)).median == pytest.approx(1e9)


def test_a_beta_in_per_cent():
    """A shape that cannot be scaled keeps its parameters, and its quantiles are converted."""
    found = estimate("share", 0, 1, beta=[2, 5], unit="%")
    assert found.parameters == (2.0, 5.0)
    assert found.median == pytest.approx(stats.beta(2, 5).median() / 100)
    assert found.span == pytest.approx(tuple(stats.beta(2, 5).ppf([0.01, 0.99]) / 100))


def test_schemas_with_mistakes_do_not_import():
    """A field without a unit, with an unknown one or an empty range fails at once."""
    with pytest.raises(ValueError, match="unknown unit"):
        quantity("fortnight", "A", "甲", 0, 1)
    with pytest.raises(ValueError, match="is empty"):
        quantity("month", "A", "甲", 1, 1)
    with pytest.raises(ValueError, match="spells"):
        quantity("months", "A", "甲", 0, 1)
    with pytest.raises(TypeError, match="declare an Estimate with quantity"):
        type("NoUnit", (Section,), {"__annotations__": {"x": Estimate}, "__module__": __name__})
    with pytest.raises(TypeError, match="holds no Estimate"):
        type(
            "NoEstimate", (Section,),
            {"__annotations__": {"x": float}, "x": quantity("month", "A", "甲", 0, 1),
             "__module__": __name__},
        )  # fmt: skip


def test_collections_and_options():
    """Estimates stand in tuples, in keyed collections, and may be left out where allowed."""

    class Several(Section):
        many: tuple[Estimate, ...] = quantity("1", "Many", "多个", 0, 9)
        keyed: dict[str, Estimate] = quantity("1", "Keyed", "按名", 0, 9)
        maybe: Estimate | None = quantity("1", "Maybe", "或许", 0, 9, default=None)

    class Derived(Several):
        names: tuple[str, ...] = ()

    row = {"fixed": 1, "unit": 1, **REST}
    found = Derived.model_validate({"many": [row, row], "keyed": {"a": row}, "names": ["x"]})
    assert [e.median for e in found.many] == [1.0, 1.0]
    assert found.keyed["a"].label.zh == "按名"
    assert found.maybe is None
    assert found.names == ("x",)
    with pytest.raises(ValidationError) as error:
        Derived.model_validate({"many": [row, {"fixed": 1}], "keyed": {"a": {**row, "fixed": 99}}})
    places = {e["loc"] for e in error.value.errors()}
    assert {("many", 1), ("keyed", "a", "fixed")} <= places


def test_estimates_are_values():
    """An estimate is frozen, equal to its copy, hashable, and can be sent to another process."""
    one = estimate("month", 0, 6, fixed=2)
    assert one == estimate("month", 0, 6, fixed=2)
    assert len({one, pickle.loads(pickle.dumps(one))}) == 1  # noqa: S301  # our own bytes
    assert one.as_of == datetime.date(2026, 9, 30)
    assert one.plausible == (0.0, 6.0)
    with pytest.raises(AttributeError):
        one.shape = "normal"


def test_identity_is_what_the_numbers_depend_on():
    """Source and words do not change the identity; value, unit and shape do."""
    one = estimate("month", 0, 6, fixed=2)
    assert one.identity == estimate("month", 0, 6, fixed=2, source="Another").identity
    assert one.identity == estimate("month", 0, 9, fixed=2).identity
    others = [
        estimate("month", 0, 6, fixed=2.5), estimate("week", 0, 6, fixed=2),
        estimate("month", 0, 6, uniform=[1, 3]), estimate("month", 0, 6, fixed=2, unit="week"),
        estimate("month", 0, 6, normal=[2, 0.1]), estimate("month", 0, 7, normal=[2, 0.1]),
    ]  # fmt: skip
    assert len({one.identity, *(other.identity for other in others)}) == 7


def test_every_unit_can_be_a_quantity():
    """Each unit of the closed list can be canonical, and reads its own kind."""
    for name in units.UNITS:
        assert estimate(name, 0, 1, fixed=0.5).median == 0.5
