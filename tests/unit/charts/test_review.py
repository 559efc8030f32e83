"""The page of the monthly review: words, figures, tables."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.unit.study.test_review import reviewing

from tandem import load_study
from tandem.charts import review, review_tables
from tandem.charts.review import Reviewed
from tandem.charts.review_words import amount, span
from tandem.study.probation import feedback, retention
from tandem.study.review import Review

FIGURES = (review.heads, review.sales, review.reasons)
TABLES = (
    review_tables.scorecard, review_tables.off_range, review_tables.hiring, review_tables.probation,
)  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study, reviewed on 1 April 2027."""
    return reviewing(tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def found(project: Path) -> Reviewed:
    """Its review in English."""
    return review.reviewed(load_study(project=project))


def held(found: Reviewed) -> Review:
    """The review itself."""
    assert found.review is not None
    return found.review


def acting(found: Reviewed, *reasons: int, failed: int = 30) -> Reviewed:
    """The same review, the field reps' failures and their reasons put in place of its own."""
    first = held(found).probation[0]
    kept = retention(failed, 600)
    named = dict(zip(first.reasons, reasons, strict=True))
    row = replace(first, found=kept, reasons=named, says=feedback(kept, named, 0.95))
    return Reviewed(found.study, replace(held(found), probation=(row,)))


def test_the_answer_names_the_loss_and_what_to_change(found: Reviewed) -> None:
    """First the role that is lost on probation, why, and what to do; then how much is on plan."""
    text = str(review.answer(found))
    kept = held(found).probation[0].found.estimate
    assert 0.6 < kept < 0.9, "the records lose field representatives on probation: .78 pass"
    assert f"Field representative: {100 * kept:.1f} %" in text
    assert "Add the simulated-sales test." in text
    assert "lie between P10 and P90 of the forecast" in text and "Sales, Q1 2027" in text
    assert review.rule(found) is not None and review.rule(found).kind == "warning"


@pytest.mark.parametrize(
    ("reasons", "failed", "words"),
    [
        ((2, 24, 2, 2), 30, "Let HR hold a structured interview."),
        ((8, 8, 7, 7), 30, "no reason stands behind most failures"),
        ((2, 2, 24, 2), 30, "the main reason is not one that selection can change"),
        ((2, 1, 0, 0), 30, "too few have failed to say why"),
        ((3, 1, 0, 0), 4, "retention may be as planned"),
    ],
)
def test_the_rule_gives_its_ground(
    found: Reviewed, reasons: tuple[int, ...], failed: int, words: str
) -> None:
    """Whatever the rule says, a reader sees why."""
    assert words in str(review.rule(acting(found, *reasons, failed=failed)))


def test_without_an_action_the_answer_counts_what_is_worse(found: Reviewed) -> None:
    """Nothing to change in selection: the answer says whether figures lie off plan."""
    calm = acting(found, 0, 0, 0, 0, failed=0)
    assert "figures are worse than forecast" in str(review.answer(calm))
    good = tuple(row for row in held(calm).rows if row.verdict == "as planned")
    on_plan = Reviewed(calm.study, replace(held(calm), rows=good))
    assert "On plan: none of" in str(review.answer(on_plan))
    assert review_tables.off_range(on_plan) is None
    assert review.reasons(calm) is None


def test_figures_lay_the_records_upon_the_forecast(found: Reviewed) -> None:
    """Points until the month under review, the fan beyond it; the data hold both."""
    for figure in (review.heads(found), review.sales(found)):
        assert figure is not None and "in March 2027, forecast" in figure.title
        assert figure.data["actual"].notna().sum() == 6 and len(figure.data) == 15
        assert "actual" in figure.svg()
    why = review.reasons(found)
    assert why is not None and "lack of business skills" in why.title


def test_the_scorecard_shows_markets_and_the_company(found: Reviewed) -> None:
    """One line a measure and market, with actual, range and standing; the CSV in plain numbers."""
    card = review_tables.scorecard(found)
    assert card is not None
    text = repr(card)
    for words in ("Core cities", "Whole company", "Q1 2027", "within", "below: worse"):
        assert words in text
    assert "Field representative" not in text
    sales = card.data.set_index(["measure", "scope"]).loc[("sales", "core")]
    assert sales["unit"] == "CNY/month" and 1e7 < sales["quarter: P10"] < sales["quarter: P90"]


def test_positions_off_range_are_listed(found: Reviewed) -> None:
    """Which role at which place lies outside what was forecast, and whether that is bad."""
    outside = review_tables.off_range(found)
    assert outside is not None
    assert "Field representative, Lower-tier cities" in repr(outside)
    assert set(outside.data["verdict"]) <= {"bad", "good"}


def test_hiring_shows_rates_where_there_are_enough_people(found: Reviewed) -> None:
    """Five requisitions or more are shown; all positions are in the data."""
    table = review_tables.hiring(found)
    assert table is not None
    assert len(table.rows) == (table.data["opened"] >= review_tables.FEW).sum() < len(table.data)
    assert "Field representative, Lower-tier cities" in table.rows[0][0]


def test_probation_shows_the_interval_and_the_plan(found: Reviewed) -> None:
    """Retention with its interval beside what was planned, and the rule's word."""
    table = review_tables.probation(found)
    assert table is not None
    assert table.rows[0][-1] == "Add the simulated-sales test." and table.rows[1][-1] == "no change"
    assert table.data.loc[0, "failed"] == table.data.loc[0, ["business_skills", "general_skills",
                                                              "attitude", "other"]].sum()  # fmt: skip


def test_values_read_in_the_unit_of_their_measure() -> None:
    """Days whole, scores to three decimals, money and shares as everywhere; a gap where none is."""
    assert amount("day", 44.6, "en") == "45" and amount("score", -0.0081, "en") == "−0.008"
    assert (
        span("share", 0.5, 0.55, "en") == "50.0 to 55.0 %"
        and span("1", 0.7, 0.8, "en") == "0.70 to 0.80"
    )
    assert span("day", np.nan, 3.0, "en") == "–" == amount("day", np.nan, "en")


def test_without_a_review_the_page_says_so(found: Reviewed) -> None:
    """A study without records has an answer and nothing else."""
    nothing = Reviewed(found.study, None)
    assert "There is nothing to review" in str(review.answer(nothing))
    assert [part(nothing) for part in (*FIGURES, *TABLES, review.rule)] == [None] * 8


@pytest.mark.cjk_font
def test_the_page_speaks_chinese(project: Path) -> None:
    """The same page in Chinese has no English sentence left."""
    found = review.reviewed(load_study(project=project, language="zh"))
    assert "应增加模拟销售测试" in str(review.answer(found))
    for part in TABLES:
        assert not [word for word in ("worse", "Forecast", "change") if word in repr(part(found))]
    for figure in FIGURES:
        assert "实际" in figure(found).title or "业务能力" in figure(found).title
