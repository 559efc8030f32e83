"""`tandem fit`: records become rows of params/, everything else in the files staying as it is."""

import json
import shutil
import sqlite3
from pathlib import Path

import pandas as pd
import pytest
from tests.conftest import ROOT
from tests.fixtures.invented_customers import renewals
from typer.testing import CliRunner

from tandem.assumptions.row_writing import replaced_rows
from tandem.assumptions.schema import Company
from tandem.cli.app import app

CUSTOMERS = "params/base/customers.yaml"
CHURN = ("churn_alpha:", "churn_beta:")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A copy of the example's parameters, remarks beside the rows of churn included."""
    shutil.copytree(ROOT / "params", tmp_path / "params")
    file = tmp_path / CUSTOMERS
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("churn_beta: {", "# who stays\nchurn_beta: {"), encoding="utf-8")
    return tmp_path


def call(study: Path, *words: object):
    """Run `tandem fit` on the study in this process."""
    return CliRunner().invoke(app, ["fit", *map(str, words), "--project", str(study)])


def contents(study: Path) -> dict[str, bytes]:
    """Every file of params/."""
    return {p.as_posix(): p.read_bytes() for p in study.rglob("*") if p.is_file()}


def test_only_the_fitted_lines_change(study):
    """The two rows of churn are new, every other line and remark stays, and the study is sound."""
    before = (study / CUSTOMERS).read_text(encoding="utf-8").splitlines()
    done = call(study, "churn", ROOT / "data" / "renewals.csv")
    assert done.exit_code == 0, done.output
    after = (study / CUSTOMERS).read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before) and "# who stays" in after
    moved = [line for old, line in zip(before, after, strict=True) if old != line]
    assert [line.split()[0] for line in moved] == list(CHURN)
    assert all("lognormal" in line and "evidence: measured" in line for line in moved)
    assert [f"+{line}" for line in moved] == [
        line for line in done.output.splitlines() if line.startswith("+") and line[1] != "+"
    ]
    checked = CliRunner().invoke(app, ["fit", "leavers", str(ROOT / "data" / "leavers.csv"),
                                       "--project", str(study), "--json"])  # fmt: skip
    assert checked.exit_code == 0
    assert len(json.loads(checked.output)["rows"]) == 4
    assert replaced_rows(study, Company, {}) == []  # which reads and checks the whole base


def test_a_database_changes_the_file_as_the_sheet_does(study, tmp_path):
    """The same numbers come from CSV and from SQLite; only the source's name differs."""
    with sqlite3.connect(tmp_path / "club.db") as connection:
        renewals(1).to_sql("renewals", connection, index=False)
    call(study, "churn", ROOT / "data" / "renewals.csv")
    sheet = (study / CUSTOMERS).read_text(encoding="utf-8")
    address = f"sqlite:///{tmp_path / 'club.db'}"
    done = call(study, "churn", address, "--query", "select * from renewals")
    assert done.exit_code == 0, done.output
    stored = (study / CUSTOMERS).read_text(encoding="utf-8")
    assert stored != sheet and stored.replace("sqlite query", "renewals.csv") == sheet


def test_a_dry_run_shows_and_writes_nothing(study):
    """The lines that would change are shown, the files stay."""
    before = contents(study)
    done = call(study, "churn", ROOT / "data" / "renewals.csv", "--dry-run")
    assert done.exit_code == 0 and "+churn_alpha" in done.output and "not written" in done.output
    assert contents(study) == before


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("custommers", "params/base has no such entry, found custommers; did you mean customers?"),
        ("brand", "brand has no such entry, found churn_alpha"),
        ("markets.core", "markets.core has no such entry, found churn_alpha"),
    ],
)
def test_a_path_that_does_not_exist_is_refused(study, to, told):
    """Nothing is written where the schema has no such row; the nearest name is suggested."""
    before = contents(study)
    done = call(study, "churn", ROOT / "data" / "renewals.csv", "--to", to)
    assert done.exit_code == 2 and told in done.stderr
    assert contents(study) == before


def test_an_implausible_value_is_refused_before_it_is_written(study):
    """Members who nearly all stay for ever give an alpha below what the schema holds for plausible."""
    before = contents(study)
    sheet = study / "loyal.csv"
    counts = [100_000, 99_000, 98_500, 98_170, 97_920, 97_720]
    pd.DataFrame({"month": range(6), "customers": counts}).to_csv(sheet, index=False)
    done = call(study, "churn", sheet)
    assert done.exit_code == 2
    assert f"{CUSTOMERS}:5:" in done.stderr and "plausible" in done.stderr
    sheet.unlink()
    assert contents(study) == before


def test_records_that_tell_nothing_are_refused(study):
    """A source that does not exist, or records that cannot be true, end with 2 and their reason."""
    before = contents(study)
    for words, why in ((("churn", "none.csv"), "none.csv: no such file"),
                       (("chrn", ROOT / "data" / "renewals.csv"), "did you mean 'churn'"),
                       (("bass", ROOT / "data" / "renewals.csv"), "no column 'year'")):  # fmt: skip
        done = call(study, *words)
        assert done.exit_code == 2 and why in done.stderr
    assert contents(study) == before


def test_rows_written_as_blocks_and_other_line_ends_survive(study):
    """A row over several lines is replaced whole; what stands behind it stays, Windows' ends too."""
    file = study / CUSTOMERS
    text = file.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("churn_alpha"))
    block = 'churn_alpha:\n  triangular: [0.85, 1, 1.2]\n  unit: "1"  # a plain number\n# next'
    file.write_bytes(text.replace(line, block).replace("\n", "\r\n").encode())
    (change,) = replaced_rows(
        study, Company, {"customers.churn_alpha": {"fixed": 1.5, "unit": "1"}}
    )
    rest = text.replace(line, block).split("churn_alpha:\n")
    assert change.text.replace("\r\n", "\n").startswith(rest[0] + "churn_alpha:\n  {fixed: 1.5")
    assert change.text.replace("\r\n", "\n").endswith("# next" + rest[1].split("# next")[1])


def test_a_path_that_holds_no_estimate_is_refused(study):
    """A group or a label is no row."""
    for path in ("customers", "markets.core.label"):
        with pytest.raises(Exception, match="holds no estimate"):
            replaced_rows(study, Company, {path: {"fixed": 1, "unit": "1"}})
