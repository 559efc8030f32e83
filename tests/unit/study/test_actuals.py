"""The records of what happened: read strictly, every mistake told with its place."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.fixtures.tiny_study import REPOSITORY

from tandem import units
from tandem.assumptions.refusals import Refusal
from tandem.study.actuals import KINDS, MAX_BYTES, Actuals, read_actuals

FILE = "data/actuals.csv"
LAST = units.month_index("2027-03")
MARKETS = ("core", "lower_tier")
POSITIONS = ("field_rep@core", "trainer@company")
SOUND = """# a remark
month,measure,scope,value,unit
2027-02,heads,field_rep@core,150,head
2027-03,heads,field_rep@core,152,head
2027-03,sales,core,20700000,CNY/month
2027-03,engagement,company,-0.008,score
2027-03,awareness,core,0.5,share
"""


def read(folder: Path, text: str | bytes) -> Actuals:
    """The records that a file of this text holds."""
    path = folder / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_actuals(folder, FILE, MARKETS, POSITIONS, LAST)


def test_records_read_back_as_numbers(tmp_path: Path) -> None:
    """Values by month, NaN where the file has none; a count that is left out is none at all."""
    held = read(tmp_path, SOUND)
    np.testing.assert_array_equal(
        held.values("heads", "field_rep@core", [LAST - 2, LAST - 1, LAST]), [np.nan, 150, 152]
    )
    assert list(held.counts("heads", "field_rep@core", [LAST - 2, LAST])) == [0, 152]
    assert held.scopes("sales") == ("core",) and held.scopes("cash") == ()
    assert list(held.frame.columns) == ["month", "measure", "scope", "value", "unit"]


def test_columns_may_stand_in_any_order_and_in_quotes(tmp_path: Path) -> None:
    """A spreadsheet's export reads the same, with its byte order mark and quotes."""
    lines = [line.split(",") for line in SOUND.splitlines()[1:]]
    turned = "\r\n".join(",".join(f'"{text}"' for text in reversed(line)) for line in lines)
    held = read(tmp_path, b"\xef\xbb\xbf" + turned.encode())
    assert held.values("sales", "core", [LAST]) == [20_700_000]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("measure,scope", "measure,scoop",
         "data/actuals.csv:2:15 unknown column, found scoop; did you mean scope? allowed"),
        ("value,unit", "value,value", "the column unit is missing"),
        ("unit\n", "unit,note\n", ":2:32 unknown column, found note"),
        ("2027-02,heads,field_rep@core,150,head", "2027-02,heads,field_rep@core,150",
         ":3:1 has 4 values for 5 columns"),
        ("2027-02", "Feb 2027", ":3:1 month: is not a month; write it as 2026-10, found Feb 2027"),
        ("2027-02", "2025-12", ":3:1 month: lies outside 2026-01 to 2027-03"),
        ("2027-02", "2027-04", ":3:1 month: lies outside 2026-01 to 2027-03"),
        ("2027-02,heads", "2027-02,head", ":3:9 measure: no such measure, found head; did you mean heads"),
        ("150,head", "150,person", ":3:34 unit: wrong unit, found person; allowed: head"),
        ("field_rep@core,150", "field_rap@core,150",
         ":3:15 scope: no such position in this study, found field_rap@core; did you mean field_rep@core"),
        ("sales,core", "sales,east", "scope: no such market in this study, found east"),
        ("engagement,company", "engagement,core", "scope: no such company in this study, found core"),
        (",150,", ",,", ":3:30 value: must be a number; leave the row out where there is none"),
        (",150,", ",NaN,", ":3:30 value: must be a number"),
        (",150,", ",inf,", ":3:30 value: must be a number"),
        (",150,", ",-150,", ":3:30 value: must not be negative, found -150"),
        (",150,", ",150.5,", ":3:30 value: counts people or cases: must be whole, found 150.5"),
        (",0.5,share", ",50,share", "value: must not exceed 1 (unit: share), found 50"),
        ("2027-02,heads", "2027-03,heads", ":4:1 month: stands already in line 3: keep one"),
    ],
)  # fmt: skip
def test_a_mistake_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Nothing is guessed or left out: file, row, column, what was found and what is allowed."""
    assert old in SOUND
    with pytest.raises(Refusal) as refused:
        read(tmp_path, SOUND.replace(old, new, 1))
    assert message in str(refused.value)


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    """One look is enough to mend the file."""
    text = SOUND.replace("150,head", "-1,people").replace("sales,core", "sails,core")
    with pytest.raises(Refusal) as refused:
        read(tmp_path, text)
    assert [problem.line for problem in refused.value.problems] == [3, 3, 5]


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    """Missing, empty, in another encoding, far too large, or silent on the month under review."""
    with pytest.raises(Refusal, match="cannot be read: No such file"):
        read_actuals(tmp_path, FILE, MARKETS, POSITIONS, LAST)
    with pytest.raises(Refusal, match="is empty"):
        read(tmp_path, "# only a remark\n\n")
    with pytest.raises(Refusal, match=r"actuals\.csv:2:1 is not UTF-8"):
        read(tmp_path, "month\n销售".encode("gbk"))
    with pytest.raises(Refusal, match="larger than 8 MiB"):
        read(tmp_path, b"#" * (MAX_BYTES + 1))
    with pytest.raises(Refusal, match="has no row for 2027-03, the month under review"):
        read(tmp_path, SOUND.replace("2027-03", "2027-01"))


def test_every_measure_has_a_unit_of_the_product() -> None:
    """Records and parameters speak of the same units."""
    assert {kind.unit for kind in KINDS.values()} <= set(units.UNITS)


def test_the_example_s_records_are_what_its_script_makes() -> None:
    """Generated data say the same every time, so that the truth behind them stays known.

    Red after a change of the model or of params/: run `python data/make_actuals.py`.
    """
    path = REPOSITORY / "data" / "make_actuals.py"
    spec = importlib.util.spec_from_file_location("make_actuals", path)
    assert spec is not None and spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.actuals().encode() == (REPOSITORY / FILE).read_bytes()


def test_the_example_s_people_add_up() -> None:
    """Heads of a month are those of the last, less who left or rose then, plus who starts now."""
    names = inputs("lower-tier-expansion", 2).structure
    held = read_actuals(REPOSITORY, FILE, names.markets, names.positions, LAST)
    months = list(range(units.month_index("2026-01"), LAST + 1))
    for position in names.positions:
        heads, hires, leavers = (
            held.counts(name, position, months) for name in ("heads", "hires", "leavers")
        )
        into, out = (
            held.counts(name, position, months) for name in ("promoted_in", "promoted_out")
        )
        gone, joined = leavers + out, hires + into
        assert np.array_equal(heads[1:], heads[:-1] - gone[:-1] + joined[1:]), position
        failed = sum(
            held.counts(name, position, months) for name in KINDS if "probation_failed" in name
        )
        assert (failed <= leavers).all(), position
        on, passed = (
            held.counts(n, position, months) for n in ("on_probation", "probation_passed")
        )
        assert np.array_equal(on[1:], on[:-1] - failed[:-1] - passed[:-1] + hires[1:]), position
