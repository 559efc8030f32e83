"""Leavers' records: how dates become tenure, and which records are refused."""

import numpy as np
import pandas as pd
import pytest

from tandem.calibration.leavers import leavers_table
from tandem.units import DAYS_PER_MONTH

COLUMNS = ["start", "end", "observed_from", "observed_until", "engagement", "role"]
STAYED = ("2024-01-01", "", "", "2026-09-30", "0.1", "field_rep")
LEFT = ("2024-01-01", "2024-01-31", "", "2026-09-30", "-0.2", "analyst")


def table(*rows: tuple[str, ...], columns=COLUMNS) -> pd.DataFrame:
    """Records as they come from a file."""
    return pd.DataFrame(list(rows), columns=columns)


def test_the_first_and_the_last_day_of_work_count():
    """Somebody who works from 1 to 31 January has 31 days of tenure, and a single day is one."""
    day = ("2024-01-01", "2024-01-01", "", "2026-09-30", "0", "analyst")
    records = leavers_table(table(LEFT, day))
    assert records.tenure * DAYS_PER_MONTH == pytest.approx([31.0, 1.0])
    assert records.left.tolist() == [True, True]


def test_who_leaves_after_the_records_end_is_still_here():
    """Notice given for next month is no leaving yet: tenure counts to the end of observation."""
    later = ("2026-09-01", "2026-10-15", "", "2026-09-30", "0", "analyst")
    records = leavers_table(table(later, STAYED))
    assert records.left.tolist() == [False, False]
    assert records.tenure[0] * DAYS_PER_MONTH == pytest.approx(30.0)


def test_people_found_on_the_job_are_at_risk_from_then_on():
    """Records that begin ten days after a hire show that person from the eleventh day on."""
    found = ("2024-01-01", "2024-03-01", "2024-01-11", "2026-09-30", "0", "analyst")
    early = ("2024-01-01", "2024-03-01", "2020-01-01", "2026-09-30", "0", "analyst")
    records = leavers_table(table(found, early, LEFT))
    assert records.entry * DAYS_PER_MONTH == pytest.approx([10.0, 0.0, 0.0])
    plain = leavers_table(table(found).drop(columns="observed_from"))
    assert plain.entry.tolist() == [0.0]


def test_a_text_becomes_one_indicator_a_level_but_the_first():
    """Roles are compared with the first of them; numbers stay as they are."""
    third = ("2024-01-01", "", "", "2026-09-30", "0.3", "rep")
    records = leavers_table(table(STAYED, LEFT, third), ["engagement", "role"])
    assert records.names == ("engagement", "role=field_rep", "role=rep")
    assert records.values.tolist() == [[0.1, 1.0, 0.0], [-0.2, 0.0, 0.0], [0.3, 0.0, 1.0]]
    values, names = records.columns(["role"])
    assert names == ("role=field_rep", "role=rep")
    assert np.array_equal(values, records.values[:, 1:])
    assert records.columns(None)[1] == records.names


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            ("2024-02-01", "2024-01-31", "", "2026-09-30", "0", "a"),
            "row 3: end 2024-01-31 is before start 2024-02-01: tenure would be negative; are they swapped?",
        ),
        (
            ("2026-10-01", "", "", "2026-09-30", "0", "a"),
            "row 3: start 2026-10-01 is after observed_until 2026-09-30",
        ),
        (
            ("2024-01-01", "2024-05-01", "2025-01-01", "2026-09-30", "0", "a"),
            "row 3: end 2024-05-01 is before observed_from 2025-01-01",
        ),
        (
            ("2024-01-01", "", "2026-10-01", "2026-09-30", "0", "a"),
            "row 3: observed_from 2026-10-01 is after observed_until 2026-09-30",
        ),
        (("", "", "", "2026-09-30", "0", "a"), "row 3: start is empty"),
        (("2024-01-01", "", "", "", "0", "a"), "row 3: observed_until is empty"),
        (
            ("1 May 2024", "", "", "2026-09-30", "0", "a"),
            "row 3: start '1 May 2024' is no date; write YYYY-MM-DD",
        ),
        (("2024-01-01", "", "", "2026-09-30", "", "a"), "row 3: engagement is empty"),
        (("2024-01-01", "", "", "2026-09-30", "high", "a"), "engagement 'high' is no finite"),
        (("2024-01-01", "", "", "2026-09-30", "inf", "a"), "engagement 'inf' is no finite"),
        (("2024-01-01", "", "", "2026-09-30", "0", ""), "row 3: role is empty"),
    ],
)
def test_records_that_cannot_be_true_are_refused_by_row(row, reason: str):
    """Nobody leaves before the first day; each such row is named with its reason."""
    rows = table(STAYED, row, LEFT, LEFT)
    with pytest.raises(ValueError, match="leavers' records:") as refused:
        leavers_table(rows, ["engagement", "role"])
    assert reason in str(refused.value)


def test_all_wrong_rows_are_named_at_once():
    """Someone who cleans records sees everything in one go, long lists cut short."""
    wrong = ("2024-02-01", "2024-01-31", "", "2026-09-30", "0", "a")
    with pytest.raises(ValueError, match=r"row 2.*\n.*row 4") as refused:
        leavers_table(table(wrong, STAYED, wrong))
    assert "row 3" not in str(refused.value)
    with pytest.raises(ValueError, match=r"\.\.\. and 5 more"):
        leavers_table(table(*[wrong] * 25))


def test_missing_columns_are_refused_with_what_may_be_meant():
    """A column under another name is recognised; an empty file says so."""
    with pytest.raises(ValueError, match="no column 'start'; did you mean 'started'"):
        leavers_table(table(STAYED).rename(columns={"start": "started"}))
    with pytest.raises(ValueError, match="no column 'engagment'; did you mean 'engagement'"):
        leavers_table(table(STAYED), ["engagment"])
    with pytest.raises(ValueError, match="no rows"):
        leavers_table(table())
    with pytest.raises(ValueError, match="no covariate 'pay'; there is engagement"):
        leavers_table(table(STAYED), ["engagement"]).columns(["pay"])
    with pytest.raises(ValueError, match="no covariate 'pay'; there is none"):
        leavers_table(table(STAYED)).columns(["pay"])
