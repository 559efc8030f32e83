import csv
import io
from pathlib import Path

import pytest

from tandem.site.shelf import Shelf, neutral_cell, page_name, safe_csv


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+cmd|x",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        " =1",
        "＝1",
        "=HYPERLINK(1)",
        "-abc",
        "+",
    ],
)
def test_formulas_are_made_harmless(cell: str) -> None:
    """A spreadsheet that opens the file computes nothing."""
    assert neutral_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["-5", "+3.2", "-1,234.5", "-2.5e-3", "-3%", "12", "text", "a=b", ""]
)
def test_numbers_and_words_stay(cell: str) -> None:
    """A negative number is data, and stays a number."""
    assert neutral_cell(cell) == cell


def test_csv_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    """Published tables carry the mark of UTF-8, keep Chinese, and hold no formula."""
    source = tmp_path / "t.csv"
    source.write_text("名称,值\n=evil(),-1\n", "utf-8")
    content = safe_csv(source)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows == [["名称", "值"], ["'=evil()", "-1"]]
    source.write_bytes(content)
    assert safe_csv(source) == content, "a second pass changes nothing"


def test_asset_names_follow_their_content() -> None:
    """A changed figure has another name, an unchanged one the same."""
    shelf = Shelf("run1")
    first = shelf.asset("fan.svg", b"a")
    assert shelf.asset("fan.svg", b"a") == first
    assert shelf.asset("fan.svg", b"b") != first
    assert set(shelf.files) == {first, shelf.asset("fan.svg", b"b")}


def test_data_carries_the_run() -> None:
    """A table that was taken away still says which run it is from."""
    path = Shelf("5f0c2a9be1d3ffff").data("late", "plan", "fan", content=b"x")
    assert path == "data/late_plan_fan_5f0c2a9be1d3.csv"


def test_pages_are_named_without_their_number() -> None:
    """The order of notebooks is no part of an address."""
    assert page_name("10-market-and-sales") == "market-and-sales"
    assert page_name("plan") == "plan"
