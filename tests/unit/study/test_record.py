"""What a notebook found is written as data whose form is held, and read back only if it is whole."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from tandem.study.record import (
    RECORD,
    BadRecord,
    csv_bytes,
    read_record,
    record_path,
    write_record,
)

DATA = pd.DataFrame({"month": ["2026-10", "2026-11"], "sales": [1.5, 2.25]})


def figure(id: str = "sales", **more: Any) -> Any:
    """A figure as the charts make it."""
    words = {"id": id, "title": "Sales grow", "alt": "Sales rise from 1.5 to 2.25"}
    return SimpleNamespace(**{**words, "data": DATA, "svg": lambda: "<svg/>", **more})


def table(id: str = "people") -> Any:
    """A table as the charts make it."""
    return SimpleNamespace(id=id, title="People", data=DATA)


def write(folder: Path, **more: Any) -> Path:
    """A record, sound but for what a test replaces."""
    path = folder / "01-market.record.json"
    sound: dict[str, Any] = {
        "scenario": "do-nothing",
        "language": "en",
        "title": "Market",
        "answer": "Sales stay",
        "headline": {"npv": {"p50": 1.0}},
        "simulations": {"do-nothing": "a" * 64},
        "figures": [figure()],
        "tables": [table()],
    }
    write_record(path, **{**sound, **more})
    return path


def test_a_record_reads_back_with_its_files(tmp_path: Path) -> None:
    """The site finds each figure's picture and data where the record says."""
    path = write(tmp_path)
    record = read_record(path)
    assert (record.notebook, record.scenario, record.answer) == (
        "01-market",
        "do-nothing",
        "Sales stay",
    )
    assert record.headline == {"npv": {"p50": 1.0}}
    assert record.figures[0].csv == "01-market_files/sales.csv"
    assert (tmp_path / record.figures[0].svg).read_text() == "<svg/>"
    rows = (tmp_path / record.tables[0].csv).read_bytes()
    assert rows == b"\xef\xbb\xbfmonth,sales\n2026-10,1.5\n2026-11,2.25\n"
    assert json.loads(path.read_text("utf-8"))["schema"] == 1


def test_the_same_findings_give_the_same_bytes(tmp_path: Path) -> None:
    """A record holds no time and no place."""
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name)
        found = (p for p in sorted((tmp_path / name).rglob("*")) if p.is_file())
        files.append([p.read_bytes() for p in found])
    assert files[0] == files[1] and len(files[0]) == 4


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"headline": {"npv": {"p50": float("nan")}}}, "headline.npv.p50 is not a number"),
        ({"headline": {"npv": {"p50": float("inf")}}}, "headline.npv.p50 is not a number"),
        ({"answer": ""}, "answer: String should have at least 1 character"),
        ({"title": ""}, "title"),
        ({"language": "fr"}, "language"),
        ({"figures": [figure(), figure()]}, "the same id"),
        ({"figures": [figure("people")]}, "the same id"),
        ({"figures": [figure("../up")]}, "figures.0.id"),
        ({"figures": [figure(alt="")]}, "figures.0.alt"),
        ({"simulations": {"do-nothing": "abc"}}, "simulations.do-nothing"),
    ],
)
def test_a_broken_record_is_not_written(
    tmp_path: Path, broken: dict[str, Any], message: str
) -> None:
    """A notebook whose numbers or words are not fit to show stops at its last cell, and says why."""
    with pytest.raises(BadRecord, match=message) as refused:
        write(tmp_path, **broken)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "01-market.record.json").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"extra": 1}, "extra"),
        ({"schema": 2}, "schema"),
        ({"headline": {"npv": {"p50": "1"}}}, "headline.npv.p50"),
        ({"tables": [{"id": "a", "title": "A", "csv": "../../x/y.csv"}]}, "tables.0.csv"),
        ({"tables": [{"id": "a", "title": "A", "csv": "01-market_files/gone.csv"}]}, "not there"),
    ],
)
def test_a_record_from_elsewhere_is_checked_whole(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    """A notebook may write the file itself; the form holds all the same."""
    path = write(tmp_path)
    body = {**json.loads(path.read_text("utf-8")), **change}
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(BadRecord, match=message):
        read_record(path)


def test_a_missing_or_torn_record_is_told(tmp_path: Path) -> None:
    """The line says what a notebook has to do."""
    with pytest.raises(BadRecord, match=r"study\.record"):
        read_record(tmp_path / "x.record.json")
    (tmp_path / "x.record.json").write_text('{"schema": 1')
    with pytest.raises(BadRecord, match=r"x\.record\.json"):
        read_record(tmp_path / "x.record.json")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-x", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet shows the text that stands in an assumption, and computes nothing from it."""
    cells = csv_bytes(pd.DataFrame({text: [text]})).decode("utf-8-sig")
    assert cells.count(f"'{text}") == 2


def test_cells_are_plain() -> None:
    """Numbers in full, negative ones as numbers; nothing for what is missing; dates as ISO."""
    frame = pd.DataFrame(
        {
            "n": [-0.1, float("nan")],
            "when": [pd.Timestamp("2026-10-01"), None],
            "words": ["a,b", None],
        }
    )
    text = csv_bytes(frame).decode("utf-8-sig")
    assert text == 'n,when,words\n-0.1,2026-10-01T00:00:00,"a,b"\n,,\n'


def test_a_named_index_is_a_column() -> None:
    """A table of measures keeps their names; an index that only counts is left out."""
    named = pd.DataFrame({"mean": [1.0]}, index=pd.Index(["npv"], name="measure"))
    assert csv_bytes(named).decode("utf-8-sig").splitlines() == ["measure,mean", "npv,1.0"]


def test_the_place_of_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a batch where the batch says, in JupyterLab under build/lab by the notebook's own name."""
    monkeypatch.delenv(RECORD, raising=False)
    monkeypatch.setenv("JPY_SESSION_NAME", "/some/note books/02-plan.ipynb")
    assert record_path(tmp_path, None, "zh") == tmp_path / "lab/zh/study/02-plan.record.json"
    monkeypatch.delenv("JPY_SESSION_NAME")
    assert record_path(tmp_path, "a", "en") == tmp_path / "lab/en/a/notebook.record.json"
    monkeypatch.setenv(RECORD, "/elsewhere/x.record.json")
    assert record_path(tmp_path, "a", "en") == Path("/elsewhere/x.record.json")
