"""The page of hiring coordination: dates, costs, the plan, the funnel."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.charts import hiring, requisitions
from tandem.charts.hiring import Dates


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study."""
    return tiny_study(tmp_path_factory.mktemp("hiring"))


@pytest.fixture(scope="module")
def found(project: Path) -> Dates:
    """The launch in lower-tier cities."""
    return hiring.dates(load_study("lower-tier-expansion", project=project, draws=48), 0.5)


def text(shown: object) -> str:
    """What a reader of a terminal sees."""
    return repr(shown)


def test_the_answer_names_a_day_or_says_why_there_is_none(project: Path, found: Dates) -> None:
    """A date, no date at all, or none that matters, each in a sentence of its own."""
    study = found.study
    sure = Dates(study, 0.3, found.growth, found.delays, hiring.hiring_dates.latest_safe(
        found.delays, 0.3), found.ready)  # fmt: skip
    assert "Open the requisitions by 1 " in str(hiring.answer(sure))
    hard, easy = hiring.dates(study, 0.99), hiring.dates(study, 0.001)
    assert "No opening date makes both targets likely" in str(hiring.answer(hard))
    assert "Heads that the plan adds: 240" in str(hiring.answer(hard))
    lenient = Dates(study, 0.0, easy.growth, easy.delays, hiring.hiring_dates.latest_safe(
        easy.delays, -1.0), easy.ready)  # fmt: skip
    assert "Hiring does not decide the target" in str(hiring.answer(lenient))


def test_without_growth_there_is_nothing_to_announce(project: Path) -> None:
    """Do-nothing replaces leavers: no dates, no plan, but a funnel all the same."""
    nothing = hiring.dates(load_study("do-nothing", project=project, draws=48))
    assert "asks for no further people" in str(hiring.answer(nothing))
    for part in (hiring.odds_by_opening, hiring.delay_costs, hiring.safe_dates, hiring.requests):
        assert part(nothing) is None
    assert "requisitions are open" in requisitions.pipeline(nothing.study).title


def test_rows_say_how_far_ahead_and_borrow_no_scenario_s_name(found: Dates) -> None:
    """Only the plan's own positions wait here; silo and hand-off also tell of all others late."""
    shown = text(hiring.delay_costs(found))
    for words in ("5 months ahead", "2 months ahead", "one month ahead", "in the month of need"):
        assert words in shown
    assert "silo" not in shown and "hand-off" not in shown


def test_the_fact_is_the_month_whose_waiting_costs_most(found: Dates) -> None:
    """No mean over the rows: it would hide the step that decides."""
    month = hiring.steepest(found.delays, "sales")
    assert month is not None
    path = [delay.sales.mean for delay in found.delays]
    assert path[month - 1] - path[month] == max(a - b for a, b in pairwise(path))
    assert "lost to the dearest month of delay" in str(hiring.answer(found))


def test_value_that_recovers_is_explained(found: Dates) -> None:
    """Where a later row loses less, the page says why; where value only falls, it is silent."""
    falling = [replace(d, npv=replace(d.npv, mean=-1.0 * n)) for n, d in enumerate(found.delays)]
    assert hiring.recovery(replace(found, delays=falling)) is None
    falling[2] = replace(falling[2], npv=replace(falling[2].npv, mean=-99.0))
    assert "so that it loses a little less" in str(hiring.recovery(replace(found, delays=falling)))


def test_safe_dates_stand_by_role_and_channel(found: Dates) -> None:
    """Every growing position has an answer for every channel; for March 2027 it is too late."""
    shown = text(hiring.safe_dates(found))
    for words in ("Field representative", "Channel manager", "Campus", "Referral", "none, at best"):
        assert words in shown


def test_the_headcount_plan_is_shown_with_its_reasons(found: Dates) -> None:
    """What marketing asked for: how many, where, by when and why."""
    shown = text(hiring.requests(found))
    for words in ("210", "Mar 2027", "Open and visit outlets"):
        assert words in shown


def test_the_funnel_holds_every_open_requisition_in_a_stage(found: Dates) -> None:
    """Stages add up to what is open; the figure's title says when most are."""
    chart = requisitions.pipeline(found.study)
    assert "requisitions are open at the end of" in chart.title
    totals = chart.data.drop(columns=chart.data.columns[0]).sum(axis=1)
    assert (totals > 0).all()


def test_the_funnel_s_stages_take_the_days_that_the_simulation_records(found: Dates) -> None:
    """With recruiters as busy as in autumn most of November's are not yet in notice."""
    data = requisitions.pipeline(found.study).data
    november = data.set_index(data.columns[0]).iloc[0]
    assert november["notice period"] < 0.3 * november.sum()


def test_the_page_speaks_chinese(project: Path) -> None:
    """The same page in Chinese has no English sentence left."""
    study = load_study("lower-tier-expansion", project=project, draws=48, language="zh")
    found = hiring.dates(study)
    assert "招聘" in str(hiring.answer(found))
    assert "需求当月" in text(hiring.delay_costs(found))
