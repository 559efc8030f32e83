"""`tandem fit`: records become rows of params/, everything else in the files staying as it is."""

import json
import shutil
import sqlite3
from pathlib import Path

import numpy as np
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


WEEKS, TESTS = ROOT / "data" / "weekly_marketing.csv", ROOT / "data" / "lift_tests.csv"
BRAND = "params/base/brand.yaml"


def test_weeks_and_lift_tests_replace_what_was_judged_of_responses(study):
    """Half-life, half-point and slope become measured, surer than judged; no other line changes."""
    before = (study / BRAND).read_text(encoding="utf-8").splitlines()
    done = call(study, "response", WEEKS, "--tests", TESTS)
    assert done.exit_code == 0, done.output
    after = (study / BRAND).read_text(encoding="utf-8").splitlines()
    moved = [line for old, line in zip(before, after, strict=True) if old != line]
    assert [line.split(":")[0] for line in moved] == ["half_life", "hill_slope", "hill_half"]
    assert all("156 weeks, 4 touchpoints, 2 lift tests" in line for line in moved)
    assert replaced_rows(study, Company, {}) == []


def test_the_same_weeks_are_not_counted_twice(study):
    """A prior that an earlier fit has measured is refused, and nothing is written."""
    call(study, "response", WEEKS, "--tests", TESTS)
    before = contents(study)
    done = call(study, "response", WEEKS)
    assert done.exit_code == 2 and "brand.half_life" in done.stderr
    assert "the same weeks would count twice" in done.stderr
    assert contents(study) == before


def test_weeks_and_tests_in_a_database_give_what_the_sheets_give(study, tmp_path):
    """The same rows of brand.yaml from CSV and from SQLite, but for the source's name."""
    shutil.copytree(study / "params", tmp_path / "other" / "params")
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        pd.read_csv(WEEKS).to_sql("weeks", connection, index=False)
        pd.read_csv(TESTS).to_sql("tests", connection, index=False)
    call(study, "response", WEEKS, "--tests", TESTS)
    address = f"sqlite:///{tmp_path / 'shop.db'}"
    done = call(
        tmp_path / "other", "response", address, "--query", "select * from weeks",
        "--tests", address, "--tests-query", "select * from tests",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    stored = (tmp_path / "other" / BRAND).read_text(encoding="utf-8")
    sheet = (study / BRAND).read_text(encoding="utf-8")
    assert stored != sheet and stored.replace("sqlite query", WEEKS.name) == sheet


@pytest.mark.parametrize(
    ("kind", "file", "change", "told"),
    [
        ("choice", "choice_survey.csv", lambda d: d.drop_duplicates(["respondent", "task"]),
         "choice_survey.csv: choice survey:\nrow 2: respondent R001, task 1: one alternative is no"),
        ("transactions", "transactions.csv", lambda d: d.assign(first_purchase="2025-01-01"),
         "transactions.csv: transactions:\nrow 2: date 2024-10-01 is before this customer's first"),
        ("response", "weekly_marketing.csv", lambda d: d.assign(events=-d["events"]),
         "weekly_marketing.csv: weekly records:\nrow 2: events -135702 is negative spend"),
        ("response", "weekly_marketing.csv", lambda d: d.rename(columns={"events": "event"}),
         "weekly_marketing.csv: weekly records: no column 'events'; did you mean 'event'?"),
        ("leavers", "leavers.csv", lambda d: d.replace({"role": {"field_rep": "feild_rep"}}),
         "row 2: role 'feild_rep' is not one of the company's; did you mean 'field_rep'?"),
    ],
)  # fmt: skip
def test_records_that_cannot_be_true_are_refused_with_file_and_row(study, kind, file, change, told):
    """One alternative, a purchase before the first one, negative spend: where it stands and why."""
    before = contents(study)
    wrong = study.parent / file
    change(pd.read_csv(ROOT / "data" / file)).to_csv(wrong, index=False)
    done = call(study, kind, wrong)
    assert done.exit_code == 2 and told in done.stderr
    assert contents(study) == before


def test_lift_tests_that_cannot_be_used_are_refused_with_their_file(study, tmp_path):
    """A test that changed nothing says so by its file and row; other kinds take no tests."""
    wrong = tmp_path / "lifts.csv"
    pd.read_csv(TESTS).assign(spend_change=0).to_csv(wrong, index=False)
    done = call(study, "response", WEEKS, "--tests", wrong)
    assert done.exit_code == 2 and "lifts.csv: lift tests:\nrow 2: spend_change is 0" in done.stderr
    done = call(study, "churn", ROOT / "data" / "renewals.csv", "--tests", TESTS)
    assert done.exit_code == 2 and "churn takes no lift tests" in done.stderr


def test_a_shops_purchases_say_how_alike_customers_order(study):
    """The example's shop was made with shape .8: it lies within what the fit is sure of."""
    done = call(study, "transactions", ROOT / "data" / "transactions.csv", "--json")
    assert done.exit_code == 0, done.output
    median, spread = json.loads(done.output)["rows"]["loyalty.order_shape"]["lognormal"]
    assert abs(np.log(median / 0.8)) < 1.96 * spread
