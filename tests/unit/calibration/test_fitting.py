"""From records to rows of params/: the same from a file, a database and a frame; or a refusal."""

import builtins
import datetime
import sqlite3

import numpy as np
import pandas as pd
import pytest
from tests.conftest import ROOT
from tests.fixtures.invented_customers import renewals, script

from tandem.assumptions.rows import read_row
from tandem.calibration.bands import band_hazards, band_rows
from tandem.calibration.choice import fit_choice
from tandem.calibration.choice_survey import choice_table
from tandem.calibration.diffusion import fit_bass
from tandem.calibration.fitting import KINDS, PRICE, SURVEY, Finding, Kind, fit
from tandem.calibration.leavers import leavers_table
from tandem.calibration.reading import name_of, read_records

DAY = datetime.date(2026, 9, 30)
AIR_CONDITIONERS = (96, 195, 238, 380, 1045, 1230, 1267, 1828, 1586, 1673, 1800, 1580, 1500)


def test_churn_is_fitted_on_the_monthly_footing_of_the_model():
    """The rows hold the monthly truth of the invented members, with their number and the day."""
    alpha, beta = fit("churn", renewals(1), name="renewals.csv", as_of=DAY)
    made = script()
    for one, path, truth in ((alpha, "customers.churn_alpha", made.CHURN_ALPHA),
                             (beta, "customers.churn_beta", made.CHURN_BETA)):  # fmt: skip
        assert one.path == path and one.shape == "lognormal" and one.evidence == "measured"
        median, spread = one.parameters
        assert abs(np.log(median / truth)) < 1.96 * spread
        assert one.source == (
            "shifted beta-geometric by month from renewals.csv: 4,600 customers, 2,752 lost within "
            "23 months, 2026-09-30"
        )
        row = read_row(one.row(), {}, "1", 0.05, 200.0)
        assert [f for f in row.faults if f.at != ("as_of",)] == []


def test_leavers_give_the_rows_of_the_tenure_bands():
    """The command writes what the bands' own rows say."""
    data = pd.read_csv(ROOT / "data" / "leavers.csv")
    found = fit("leavers", data, as_of=DAY)
    rows = band_rows(band_hazards(leavers_table(data)), "records")
    assert [one.path for one in found] == [f"workforce.band_hazard.{n}" for n in range(4)]
    assert [list(one.parameters) for one in found] == [row["lognormal"] for row in rows]


def test_a_choice_survey_gives_what_price_does_to_preference():
    """The example's survey gives minus the effect of the log of price, with its clustered error."""
    data = pd.read_csv(ROOT / "data" / "choice_survey.csv")
    (price,) = fit("choice", data, as_of=DAY)
    attributes = [name for name in data.columns if name not in SURVEY]
    known = fit_choice(choice_table(data, attributes))
    at = known.place(PRICE)
    assert price.path == "demand.price_logit" and price.unit == "utility"
    assert price.parameters == pytest.approx(
        (-known.effects[at], -known.se[at] / known.effects[at]), rel=1e-3
    )
    with pytest.raises(ValueError, match="no column 'log_price'"):
        fit("choice", data.rename(columns={PRICE: "price"}), as_of=DAY)


def test_a_category_gives_innovation_and_imitation_a_year():
    """Thirteen years of air conditioners give p and q with their spread."""
    data = pd.DataFrame({"year": range(1949, 1962), "adopters": AIR_CONDITIONERS})
    p, q = fit("bass", data.sample(frac=1.0, random_state=1), home="demand", as_of=DAY)
    known = fit_bass(np.array(AIR_CONDITIONERS))
    assert (p.path, q.path, p.unit) == ("demand.bass_p", "demand.bass_q", "1/year")
    assert p.parameters == pytest.approx((known.p, known.p_se / known.p), rel=1e-3)
    assert q.parameters == pytest.approx((known.q, known.q_se / known.q), rel=1e-3)
    assert "13 years, 1949 to 1961" in p.source


def test_a_file_and_a_database_say_the_same(tmp_path):
    """The same rows as CSV and as an SQLite table give the same estimates."""
    tables = {"churn": "renewals.csv", "leavers": "leavers.csv"}
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        for kind, file in tables.items():
            data = pd.read_csv(ROOT / "data" / file)
            data.to_sql(kind, connection, index=False)
    for kind, file in tables.items():
        address = f"sqlite:///{tmp_path / 'shop.db'}"
        stored = fit(kind, read_records(address, f"select * from {kind}"), as_of=DAY)
        assert stored == fit(kind, read_records(str(ROOT / "data" / file)), as_of=DAY)


@pytest.mark.parametrize(
    ("kind", "columns", "why"),
    [
        ("chrn", {"month": [0]}, "no kind of fit 'chrn'; did you mean 'churn'"),
        ("churn", {"month": []}, "records: no rows; churn needs month"),
        ("churn", {"months": [0], "customers": [1]}, "did you mean 'months'"),
        ("bass", {"year": [1], "sales": [3]}, "no column 'adopters'"),
        ("bass", {"year": [1, 2], "adopters": [3, "x"]}, "row 3: year and adopters must be"),
        ("bass", {"year": [1, 3, 4, 5], "adopters": [3, 4, 5, 6]}, "follow one another"),
        ("bass", {"year": [1, 2], "adopters": [3, 4]}, "at least four periods"),
    ],
)
def test_what_cannot_be_fitted_is_refused(kind, columns, why):
    """The message says what would be right."""
    with pytest.raises(ValueError, match=why):
        fit(kind, pd.DataFrame(columns))


def test_every_kind_says_what_it_takes_and_who_owns_it():
    """A kind is one entry, and whoever asks is told its columns."""
    for entry in KINDS.values():
        assert entry.columns and entry.owner and entry.method


def test_a_further_kind_is_one_entry(monkeypatch):
    """Whoever adds a kind writes a function and an entry; what may be negative gets a normal row."""

    def find(data):
        return [
            Finding("fit_utility", data["x"].mean(), 0.25, "utility", "normal")
        ], f"{len(data)} rows"

    entry = Kind("demand", "marketing-insight", "x", "mean", find)
    monkeypatch.setattr("tandem.calibration.fitting.KINDS", {**KINDS, "mean": entry})
    (one,) = fit("mean", pd.DataFrame({"x": [-1.0, 0.5]}), name="x.csv", as_of=DAY)
    assert one.path == "demand.fit_utility" and one.source == "mean from x.csv: 2 rows, 2026-09-30"
    assert one.row()["normal"] == [-0.25, 0.25]


def test_sources_that_cannot_be_read_are_refused(tmp_path):
    """A missing or empty file, a folder's sheet, a query without a database: each says what to do."""
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "sheet.xlsx").write_text("x", encoding="utf-8")
    (tmp_path / "latin.csv").write_bytes(b"a,b\n\xff\xfe,1\n")
    (tmp_path / "broken.csv").write_text('a,b\n1,2\n1,2,3,"4\n', encoding="utf-8")
    shop = f"sqlite:///{tmp_path / 'shop.db'}"
    for source, query, why in (
        (tmp_path / "none.csv", None, "no such file"),
        (tmp_path / "empty.csv", None, "its first row names the columns"),
        (tmp_path / "sheet.xlsx", None, "must end in .csv or .parquet"),
        (tmp_path / "latin.csv", None, "cannot be read"),
        (tmp_path / "broken.csv", None, "cannot be read"),
        (tmp_path / "empty.csv", "select 1", "is a file"),
        (shop, None, "a database needs --query"),
        (shop, "select * from nowhere", "sqlite query: no such table: nowhere"),
        ("nosuch://user:secret@host/db", "select 1", "nosuch query: "),
    ):
        with pytest.raises(ValueError, match=why) as refused:
            read_records(str(source), query)
        assert "secret" not in str(refused.value)
    assert name_of("postgresql+psycopg://me:secret@host/db") == "postgresql query"
    assert name_of("some/folder/renewals.csv") == "renewals.csv"


@pytest.mark.parametrize(
    ("package", "source"), [("pyarrow", "table.parquet"), ("sqlalchemy", "sqlite:///shop.db")]
)
def test_a_missing_package_is_named(package, source, tmp_path, monkeypatch):
    """Who lacks a package reads its name and the extra that brings it, not a traceback."""
    (tmp_path / "table.parquet").write_bytes(b"PAR1")
    real = builtins.__import__

    def without(name, *rest, **more):
        if name.partition(".")[0] in (package, "fastparquet"):
            raise ImportError(f"no {name}")
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match=rf"the package {package} is needed .* its extra \["):
        read_records(source, "select 1" if package == "sqlalchemy" else None)
