"""The pages of the growth side: market insight, touchpoints, marketing mix."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.charts import (
    acquisition,
    allocation,
    funnel,
    market_insight,
    mix,
    preference,
    promotions,
    records,
    touchpoints,
)
from tandem.charts.estimates import Estimated, points
from tandem.study import Study

FIGURES = (
    market_insight.diffusion, market_insight.prices, preference.part_worths, touchpoints.curves,
    touchpoints.certainty, touchpoints.awareness, touchpoints.favourability, mix.by_month,
    promotions.calendar,
)  # fmt: skip
TABLES = (
    market_insight.fitted, market_insight.potential, market_insight.shares, preference.worth, preference.build_next,
    preference.interviews, touchpoints.returns, acquisition.by_touchpoint, acquisition.by_market,
    funnel.losses, funnel.stages, mix.budget, mix.price,
    promotions.by_festival, allocation.by_month, allocation.marginals,
)  # fmt: skip


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The launch in lower-tier cities."""
    project: Path = tiny_study(tmp_path_factory.mktemp("growth"))
    return load_study("lower-tier-expansion", project=project, draws=32)


@pytest.mark.parametrize("figure", FIGURES)
def test_each_figure_says_what_it_found_and_keeps_its_data(study: Study, figure) -> None:
    """A title without a gap, words for those who cannot see it, finite data."""
    chart = figure(study)
    assert "{" not in chart.title + chart.alt and len(chart.alt) > len(chart.title) / 2
    assert not chart.data.empty and chart.svg().startswith("<svg")
    assert chart.data.select_dtypes("number").notna().any().all()


@pytest.mark.parametrize("made", TABLES)
def test_each_table_is_full(study: Study, made) -> None:
    """Rows, and no cell without a number."""
    shown = made(study)
    assert shown.rows and not shown.data.isna().any().any()


def test_the_best_idea_comes_first_and_pays_for_itself(study: Study) -> None:
    """What the page says first is the first row of the table."""
    said = str(market_insight.answer(study))
    table = preference.build_next(study).data
    assert said.startswith("Build next: Personal adviser. It would raise our share")
    assert table.iloc[0, 0] == "Personal adviser"
    assert (np.diff(table.filter(like="Net gain").iloc[:, 0]) <= 0).all()


def test_lift_tests_narrow_the_return_of_what_was_tested(study: Study) -> None:
    """The interval with a test is less than half of that without, and the page asks for the next test."""
    data = touchpoints.certainty(study).data.set_index("touchpoint")
    tested = data[data.index.str.contains("tested")]
    with_tests = tested["high"] - tested["low"]
    without = tested["without: high"] - tested["without: low"]
    assert len(tested) == 2 and (with_tests < 0.5 * without).all()
    said = str(touchpoints.answer(study))
    assert "brings most on Short video and creators" in said
    assert "next lift test should be on Social media content" in said


def test_customers_by_touchpoint_and_market_add_up_and_people_cost(study: Study) -> None:
    """All new customers are shared out by qualified leads, market by market; with people none is cheaper."""
    whole, data = acquisition.by_touchpoint(study).data, acquisition.by_market(study).data
    year = slice(3, 15)
    won = float(study.results["new_customers"].isel(month=year).sum(["month", "market"]).mean())
    stages = funnel.stages(study).data
    assert data["New customers"].tolist() == pytest.approx(stages["New customers"].tolist())
    for found in (whole, data):
        assert found["New customers"].sum() == pytest.approx(won, rel=1e-5)
        alone, full = (
            found.filter(like=name).iloc[:, 0] for name in ("media alone", "sales people")
        )
        assert (full > alone).all()
    by_source = data.groupby("Source of the lead").sum(numeric_only=True)
    for column in ("Leads", "Media (CNY)"):
        found = by_source[column].reindex(whole["Source of the lead"])
        assert found.to_numpy() == pytest.approx(whole[column].to_numpy())
    costs = [
        (found.filter(like="sales people").iloc[:, 0] * found["New customers"]).sum()
        for found in (whole, data)
    ]
    assert costs[0] == pytest.approx(costs[1])


def test_leads_wait_as_long_as_the_backlog_lasts(study: Study) -> None:
    """Little's law by market: days a lead waits are those in which the backlog would be served."""
    data = funnel.losses(study).data.set_index("Market")
    year = study.results.isel(month=slice(3, 15)).sel(market="core")
    backlog, served = (float(year[n].sum("month").mean("draw")) for n in ("backlog", "served"))
    assert data["A lead waits, days"]["Core cities"] == pytest.approx(
        365 / 12 * backlog / served, rel=1e-3
    )
    assert (data["A lead waits, days"] >= 0).all()


def test_the_best_split_spends_the_plan_and_owns_up_to_doubt(study: Study) -> None:
    """Plan and best split add up to the same; where a loss is possible, the answer asks for a test."""
    data = mix.budget(study).data
    plan, best, change = (data.iloc[:, k] for k in (1, 2, 3))
    assert plan.sum() == pytest.approx(best.sum()) and change.sum() == pytest.approx(0.0, abs=1.0)
    said = str(mix.answer(study))
    assert "do not rule out a loss: test Social media content first" in said


def test_both_best_splits_are_optima_with_equal_returns(study: Study) -> None:
    """The same money is spent, another yuan then brings the same everywhere, and no split brings more."""
    data, months = allocation.marginals(study).data, allocation.by_month(study).data
    for name in ("Fitted, best split", "First orders simulated, best split"):
        assert data[name].to_numpy() == pytest.approx(float(data[name].iloc[0]), rel=1e-3)
    assert data["Change (CNY)"].sum() == pytest.approx(0.0, abs=10.0)
    totals = months.filter(like="(CNY)").sum()
    assert totals.to_numpy() == pytest.approx(float(totals.iloc[0]))
    found = allocation.simulated_budget(study)
    assert found.best.value == pytest.approx(found.best.bound)
    used = found.best.spend > 0.01 * found.best.spend.mean()
    assert found.best_marginal[used] == pytest.approx(found.best.marginal, rel=1e-3)
    assert found.plan_marginal.max() > 1.2 * found.plan_marginal.min()


def test_festivals_leave_less_than_they_gain(study: Study) -> None:
    """The festivals of `params/base/promotions` in the year's order; after the dip some are not left."""
    data = promotions.by_festival(study).data
    assert list(data["Month"]) == [f"{month} 2027" for month in ("Jan", "Mar", "Jun", "Nov", "Dec")]
    ratio = data["Left after the dip"] / data["Orders gained"]
    assert len(data) == 5 and ratio.between(0.35, 0.55).all()


def test_the_calendar_is_that_of_the_assumptions(study: Study) -> None:
    """A festival that is not used is not shown, more advertising gains more, none at all is said."""
    usual = {f.name: f for f in promotions.festivals(study)}
    changed = load_study(
        "lower-tier-expansion", project=study.project, draws=32,
        overrides=["promotions.double_12.used=false", "promotions.double_11.advertising=2400000"],
    )  # fmt: skip
    found = {f.name: f for f in promotions.festivals(changed)}
    assert set(usual) - set(found) == {"Double 12"}
    assert found["Double 11"].gained > 1.2 * usual["Double 11"].gained
    names = ("new_year_goods", "festival_38", "festival_618", "double_11", "double_12")
    none = load_study(
        "lower-tier-expansion", project=study.project, draws=32,
        overrides=[f"promotions.{name}.used=false" for name in names],
    )  # fmt: skip
    assert promotions.calendar(none).title == "No festival takes place in 2027"
    assert promotions.by_festival(none).data.empty
    assert "festivals" not in str(mix.answer(none))


def test_the_funnel_narrows_and_wins_all_new_customers(study: Study) -> None:
    """Stage by stage fewer people, and its customers are those won, lead by lead served or lost."""
    data, lost = funnel.stages(study).data, funnel.losses(study).data
    counts = data.iloc[:, 2:].to_numpy(dtype=float)
    assert (counts[:, 1:] <= counts[:, :-1] * (1 + 1e-9)).all()
    assert counts[:, -1].sum() == pytest.approx(lost["New customers"].sum())
    assert counts[:, 2].sum() == pytest.approx(lost["Leads"].sum())
    assert (lost["Leads served"] >= lost["New customers"]).all()


def test_a_study_without_new_promotions_says_so(study: Study) -> None:
    """Nothing beyond 2026's festivals: no order gained or missing, and the title says it."""
    chart = promotions.simulated(study)
    assert "No promotion beyond those of 2026" in chart.title
    assert (chart.data.drop(columns=chart.data.columns[0]).to_numpy() == 0).all()


def test_all_speak_chinese(study: Study) -> None:
    """Titles and answers of the Chinese page have no English sentence in them."""
    chinese = load_study("lower-tier-expansion", project=study.project, draws=32, language="zh")
    texts = [str(page.answer(chinese)) for page in (market_insight, touchpoints, mix)]
    texts += [f(chinese).title for f in FIGURES] + [t(chinese).title for t in TABLES]
    assert not [
        text for text in texts if not any("\u4e00" <= letter <= "\u9fff" for letter in text)
    ]


def test_an_interval_beyond_the_axis_is_cut_and_the_data_keep_it() -> None:
    """A return known to a factor of ten does not squeeze the others; its number stays."""
    rows = [Estimated("a", 1.0, 2.0, 3.0, beside=(0.1, 2.0, 90.0)), Estimated("b", -1.0, 0.5, 2.0)]
    chart = points(
        "x", "Title", "What it says", rows, kind="number", what="Return", language="en",
        item="touchpoint", names=("with", "without"), most=6.0,
    )  # fmt: skip
    assert chart.data["without: high"].tolist()[0] == 90.0
    assert "diamond: without" in chart.svg()


def test_missing_and_wrong_records_are_named(study: Study, tmp_path: Path) -> None:
    """Without the survey the page says which file lacks; a wrong survey is refused with its rows."""
    project = tiny_study(tmp_path)
    broken = load_study("lower-tier-expansion", project=project, draws=4)
    path = project / "data" / "choice_survey.csv"
    rows = pd.read_csv(path)
    rows.loc[[0, 1], "chosen"] = 1
    rows.to_csv(path, index=False)
    with pytest.raises(
        ValueError, match=r"data/choice_survey.csv: choice survey:\nrow 2: .* chosen"
    ):
        records.preference(broken)
    path.unlink()
    with pytest.raises(ValueError, match=r"data/choice_survey\.csv: no such file"):
        records.preference(broken)
    prices = project / "data" / "competitor_prices.csv"
    wrong = pd.read_csv(prices)
    wrong.loc[0, "competitor"], wrong.loc[1, "price"], wrong.loc[2, "month"] = (
        "national",
        -1.0,
        "May",
    )
    wrong.to_csv(prices, index=False)
    with pytest.raises(
        ValueError, match=r"row 2: no competitor 'national'.*\nrow 3: .*\nrow 4: 'May'"
    ):
        records.prices(broken)
