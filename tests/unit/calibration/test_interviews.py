"""Interviews as coded themes: counts, ranges, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import beta
from tests.unit.calibration.marketing import DATA, script

from tandem.assumptions.rows import read_row
from tandem.calibration.interviews import Theme, interview_rows, themes


def rows(*entries) -> pd.DataFrame:
    """Rows of interview, segment, theme."""
    return pd.DataFrame(entries, columns=["interview", "segment", "theme"])


GOOD = (
    ("1", "core", "price"),
    ("1", "core", "trust"),
    ("2", "core", "price"),
    ("3", "rural", "none"),
)


def test_themes_are_counted_by_interview_and_segment():
    """An interview without a theme counts; those of other segments do not."""
    assert [(t.name, t.mentions, t.interviews) for t in themes(rows(*GOOD))] == [
        ("price", 2, 3),
        ("trust", 1, 3),
    ]
    assert [(t.name, t.interviews) for t in themes(rows(*GOOD), ["core"])] == [
        ("price", 2),
        ("trust", 2),
    ]
    assert themes(rows(*GOOD), ["rural"]) == []


def test_the_range_is_jeffreys():
    """Four of ten: beta(4.5, 6.5), whose 80 % range is .23 to .58; more interviews narrow it."""
    theme = Theme("price", 4, 10)
    assert theme.range() == pytest.approx(beta.ppf([0.1, 0.9], 4.5, 6.5))
    assert theme.range() == pytest.approx((0.229, 0.597), abs=0.02)
    few, many = theme.range(0.95), Theme("price", 40, 100).range(0.95)
    assert few[0] < many[0] < 0.4 < many[1] < few[1]
    assert few[0] < theme.median < few[1]
    nobody = Theme("price", 0, 10).range()
    assert 0.0 < nobody[0] < nobody[1] < 0.2


def test_log_odds_are_those_of_the_beta():
    """Mean and spread of the log-odds agree with draws of the share."""
    theme = Theme("price", 4, 10)
    drawn = np.random.default_rng(1).beta(*theme.shape, 200_000)
    odds = np.log(drawn / (1.0 - drawn))
    assert theme.log_odds == pytest.approx((odds.mean(), odds.std()), abs=0.01)


def test_eighty_of_a_hundred_ranges_hold_the_true_share():
    """Over a hundred rounds of interviews an 80 % range holds the true share about that often."""
    held = []
    for seed in range(100):
        table = rows(*script().interviews(seed))
        for place, segment in enumerate(script().SEGMENTS):
            found = {t.name: t.range() for t in themes(table, [segment])}
            truth = {name: shares[place] for name, shares in script().SHARES.items()}
            nobody = Theme("", 0, script().INTERVIEWS // 2).range()
            ends = {name: found.get(name, nobody) for name in truth}
            held += [ends[name][0] <= share <= ends[name][1] for name, share in truth.items()]
    assert (
        0.76 <= np.mean(held) <= 0.84
    )  # 1,200 ranges; a discrete count moves each by a few points


def test_a_theme_becomes_a_row_of_the_parameter_files():
    """The share of people with a theme is a beta, called a judgement."""
    theme = next(t for t in themes(pd.read_csv(DATA / "interviews.csv"), ["core"]))
    row = interview_rows(theme, "touchpoints.events.conversion", "interviews 2026")
    defaults = {"owner": "marketing-insight", "as_of": "2026-09-30"}
    read = read_row(row["touchpoints.events.conversion"], defaults, "share", 0.0, 1.0)
    assert read.faults == [] and read.parameters == theme.shape
    assert read.texts["evidence"] == "judgement"
    assert f"{theme.mentions} of {theme.interviews} interviews" in read.texts["source"]


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        (("1", "core", "price"), "row 6: theme 'price' stands twice"),
        (("2", "rural", "trust"), "row 6: interview 2 is in two segments"),
        (("1", "core", "none"), "row 6: 'none' beside other themes"),
        (("4", "", "trust"), "row 6: segment is empty"),
        (("4", "core", None), "row 6: theme is empty"),
    ],
)
def test_rows_that_cannot_be_counted_are_refused(extra, reason):
    """Each wrong row is named with its reason."""
    with pytest.raises(ValueError, match="interviews:") as refused:
        themes(rows(*GOOD, extra))
    assert reason in str(refused.value)


def test_a_table_of_another_form_is_refused():
    """Missing columns, no rows, a segment that nobody belongs to."""
    with pytest.raises(ValueError, match="no column 'theme'; did you mean 'themes'"):
        themes(rows(*GOOD).rename(columns={"theme": "themes"}))
    with pytest.raises(ValueError, match="no rows"):
        themes(rows())
    with pytest.raises(ValueError, match="no segment 'cor'; did you mean 'core'"):
        themes(rows(*GOOD), ["cor"])
