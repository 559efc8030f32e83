import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from tests.unit.charts.synthetic import SyntheticStudy

from tandem.charts import (
    Answer,
    Chart,
    Points,
    Table,
    agenda,
    assumptions,
    brief,
    market,
    pay,
    present,
    source,
    verdict,
    workforce,
)

CHARTS: dict[str, Callable[[Any], Chart]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": getattr(module, name)
    for module, names in (
        (market, ("sales", "sales_by_market", "customers", "limits", "leads")),
        (workforce, ("heads", "calendar", "moves", "productive", "attrition")),
        (pay, ("split", "distribution", "per_sales")),
    )
    for name in names
}
CHOICES = {
    name: getattr(brief, name)
    for name in ("differences", "chances", "limits", "stress", "stress_differences")
}
TABLES = {
    "funnel": market.funnel,
    "openings": workforce.openings_table,
    "by quarter": workforce.openings_by_quarter,
    "payout": pay.payout,
    "people cost": pay.people_cost,
    "assumptions": lambda study: assumptions.least_certain(study, "demand", "markets"),
    "standings": lambda study: brief.standings(brief.decide(study)),
    "actions": lambda study: agenda.actions(brief.decide(study)),
}
LANGUAGES = ("en", pytest.param("zh", marks=pytest.mark.cjk_font))
ATTRITION_2026 = 0.25  # of the synthetic company, which has no parameters to tell it by
CODE_LIKE = re.compile(r"[a-z]+_[a-z]+|\bnan\b|\bNone\b|[{}\[\]]|\d\.\d{6,}")


@pytest.fixture(autouse=True)
def base_year(monkeypatch: pytest.MonkeyPatch) -> None:
    """The base year's attrition is given."""
    monkeypatch.setattr(workforce, "attrition_2026", lambda _study: ATTRITION_2026)


def charts(language: str, scenario: str = "expansion") -> list[Chart]:
    """Every figure of one study, and of its decision."""
    study = SyntheticStudy(scenario, language)
    choice = brief.decide(study)
    return [make(study) for make in CHARTS.values()] + [make(choice) for make in CHOICES.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_figure_shows_anything_like_code(language: str) -> None:
    """Readers see words: no names of variables, no NaN, no braces, no endless decimals."""
    for chart in charts(language):
        texts = re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg())
        for text in (chart.title, chart.alt, *texts):
            assert not CODE_LIKE.search(text), (chart.id, text)


def test_titles_say_the_finding_in_ten_words() -> None:
    """A title is a finding with a number or a name in it, and short."""
    for chart in charts("en") + charts("en", "do-nothing"):
        words = [word for word in chart.title.split() if any(c.isalnum() for c in word)]
        assert len(words) <= 10, chart.title
        assert chart.alt.rstrip(".") and chart.alt != chart.title, chart.id


@pytest.mark.cjk_font
def test_chinese_figures_hold_no_english_sentence() -> None:
    """A Chinese page is Chinese: every sentence comes from the catalogue."""
    for chart in charts("zh"):
        for text in (chart.title, chart.alt):
            assert not re.search(r"[A-Za-z]{3,} [a-z]{2,}", text), text


def test_figures_have_ids_of_their_own() -> None:
    """Two figures of one notebook never write the same file."""
    study = SyntheticStudy()
    ids = [make(study).id for make in CHARTS.values()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", list(TABLES))
def test_tables_are_full_and_plain(name: str, language: str) -> None:
    """Every table has rows, and nothing in it looks like code."""
    made = TABLES[name](SyntheticStudy(language=language))
    assert made.rows
    assert not CODE_LIKE.search(repr(made)), repr(made)
    assert len(made.data) == len(made.rows)


def test_the_sales_page_tells_growth_and_targets() -> None:
    """The answer says what sales are reached, how they compare with 2026, and the chances."""
    answer = market.answer(SyntheticStudy())
    assert re.match(r"Sales of 2027 reach [\d.]+ M CNY .* above 2026\.$", answer.headline)
    assert dict(answer.facts)["Futures with the sales target met"] == "61 of 100"


def test_falling_sales_are_called_falling() -> None:
    """Sales below the base year are told as such, in the answer and in the title."""
    study = SyntheticStudy(moved={("expansion", "sales_2027"): np.full(64, 0.95 * 275e6)})
    assert market.sales(study).title == "Sales of 2027 end 5.00 % below 2026"
    assert "5.00 % below 2026" in market.answer(study).headline


def test_lost_customers_are_told_in_the_title() -> None:
    """People lose a share of customers; where they lose none, the title says that."""
    study = SyntheticStudy()
    assert market.limits(study).title == "Too few people lose 9.09 % of 2027's new customers"
    study.results["lost_no_people"] = 0 * study.results["lost_no_people"]
    assert market.limits(study).title == "People are enough: hardly a customer is lost"


def test_shrinking_customers_are_called_shrinking() -> None:
    """A falling stock of customers is not called growth."""
    study = SyntheticStudy("do-nothing")
    study.results["customers"] = study.results["customers"][::-1].assign_coords(
        month=study.results["month"]
    )
    assert market.customers(study).title.startswith("Customers shrink by")


def test_the_largest_gap_in_people_is_named_with_its_month() -> None:
    """The people page says which role is short, by how many, and when."""
    study = SyntheticStudy()
    assert re.match(r"Field representative: \d+ too few in \w+ 2027", workforce.heads(study).title)
    study.results["required_heads"] = study.results["heads"]
    assert workforce.heads(study).title == "Every role has the people it needs"
    assert len(workforce.answer(study).facts) == len(workforce.answer(SyntheticStudy()).facts) - 1


def test_requisitions_are_dated() -> None:
    """The hiring table names role, place, number and months; nothing that opens is left out."""
    study = SyntheticStudy()
    made = workforce.openings_table(study)
    first = ("Field representative", "Lower-tier cities", "160", "Nov 2026", "Feb 2027")
    assert made.rows[0] == first
    opened = study.results["requisitions"].values[:, :, 0].sum(axis=1)
    by_quarter = workforce.openings_by_quarter(study)
    assert sum(int(cell) for row in by_quarter.rows for cell in row[2:]) == opened[:15].sum()
    assert sum(int(row[2]) for row in made.rows) == opened[:5].sum()
    assert made.title == "Requisitions that HR opens before the launch in March 2027, median future"
    headline = workforce.answer(study).headline
    assert headline.startswith(f"HR opens {opened[:5].sum():.0f} requisitions before the launch in")


def test_without_a_launch_the_plan_runs_to_the_end_of_the_year() -> None:
    """A scenario that enters no market has a hiring plan for the whole plan year."""
    study = SyntheticStudy("do-nothing")
    assert workforce.openings_table(study).title.startswith("Requisitions that HR opens until")
    answer = workforce.answer(study)
    assert "until the end of 2027" in answer.headline and "growth" not in answer.range
    assert source.launch(study) is None


def test_the_variable_share_is_that_of_the_year() -> None:
    """The title of the pay figure states variable pay over all pay of the plan year."""
    study = SyntheticStudy()
    moving = float(study.results["pay_variable"][3:15].sum())
    fixed = float(study.results["pay_fixed"][3:15].sum())
    assert f"{100 * moving / (fixed + moving):.1f} %" in pay.split(study).title


def test_pay_rises_with_attainment() -> None:
    """People are paid more in the futures in which they attain more."""
    rows = pay.payout(SyntheticStudy()).data
    variable = rows["Variable (CNY)"]
    assert variable.is_monotonic_increasing and variable.iloc[-1] > variable.iloc[0]


def test_only_uncertain_assumptions_are_listed_widest_first() -> None:
    """The list holds what is uncertain in the sections asked for, the widest first."""
    made = assumptions.least_certain(SyntheticStudy(), "demand", "markets")
    assert [row[0] for row in made.rows] == ["Switching rate", "Returns"]
    assert [row[2] for row in made.rows] == ["0.0060 to 0.0170 a month", "4.00 to 6.00 %"]


def test_the_brief_recommends_and_compares() -> None:
    """The brief names the scenario of highest expected value, how often it is best, and the gap."""
    choice = brief.decide(SyntheticStudy())
    answer = verdict.answer(choice)
    assert re.match(
        r"Choose: Lower-tier expansion\. It is best in \d+ of 100 simulated futures\.",
        answer.headline,
    )
    facts = dict(answer.facts)
    assert facts["Decide by"] == "1 October 2026"
    assert facts["Futures with both met"] == "61 of 100"
    assert re.fullmatch(r"17\.\d M CNY", facts["Expected gain on “Do nothing”"])
    assert verdict.callout(choice) is None
    assert [s.scenario for s in choice.recommendation.standings] == [
        "expansion",
        "late",
        "do-nothing",
    ]
    assert list(choice.stresses) == ["Price war"]


def test_points_are_facts_with_their_reason() -> None:
    """Six points at most, each a full sentence and its reason, stress among them."""
    points = verdict.points(brief.decide(SyntheticStudy()))
    assert isinstance(points, Points) and 4 <= len(points.points) <= 6
    assert all(p.fact.endswith(".") and p.matters.endswith(".") for p in points.points)
    assert any("Price war" in p.fact for p in points.points)
    assert points.points[0].fact.startswith("It earns 17.")


def test_a_likelier_scenario_is_called_out() -> None:
    """Where another scenario hits the targets more often, the brief says so."""
    moved = {
        ("late", measure): np.ones(64)
        for measure in ("sales_target_met", "customers_target_met", "both_targets_met")
    }
    callout = verdict.callout(brief.decide(SyntheticStudy(moved=moved)))
    assert callout is not None and callout.kind == "note"
    assert callout.text.startswith(
        "“Expansion, told late” hits both targets more often: 100 of 100"
    )
    moved[("late", "cash_kept")] = np.zeros(64)
    short = verdict.callout(brief.decide(SyntheticStudy(moved=moved)))
    assert short is not None and "more cash than there is" in short.text


def test_no_affordable_scenario_is_a_warning() -> None:
    """Where every scenario runs out of cash too often, the brief warns before anything else."""
    moved = {(name, "cash_kept"): np.zeros(64) for name in ("expansion", "late", "do-nothing")}
    callout = verdict.callout(brief.decide(SyntheticStudy(moved=moved)))
    assert callout is not None and callout.kind == "warning"


def test_doing_nothing_can_be_right() -> None:
    """Where nothing earns more than doing nothing, the brief recommends that and compares no gap."""
    moved = {("do-nothing", "npv"): np.full(64, 9e9)}
    choice = brief.decide(SyntheticStudy(moved=moved))
    assert verdict.answer(choice).headline.startswith("Choose: Do nothing.")
    assert brief.differences(choice).title == "No other scenario is expected to earn more"
    assert all("more than “Do nothing”" not in p.fact for p in verdict.points(choice).points)
    assert choice.rival == "expansion"
    assert "“Lower-tier expansion”" in brief.stress_differences(choice).alt


def test_a_study_of_one_scenario_has_a_brief() -> None:
    """With nothing to compare with, the brief still answers, and compares nothing."""
    choice = brief.decide(SyntheticStudy(scenarios=("expansion",)))
    assert choice.rival is None and choice.reference is None
    assert brief.differences(choice).title == "No other scenario is expected to earn more"
    assert verdict.points(choice).points[0].matters == "There is no other scenario to compare with."


def test_the_stress_figure_says_where_the_choice_falls_behind() -> None:
    """Under an outlook in which the choice loses, the title names outlook and loss."""
    assert "every outlook" in brief.stress_differences(brief.decide(SyntheticStudy())).title
    moved = {("expansion-price-war", "npv"): np.zeros(64)}
    title = brief.stress_differences(brief.decide(SyntheticStudy(moved=moved))).title
    assert re.match(r"Price war: it falls behind by [\d.]+ M CNY", title)


def test_without_outlooks_the_brief_is_silent_about_them() -> None:
    """What the study does not compute is absent, never written by hand."""
    names = ("do-nothing", "expansion", "late")
    choice = brief.decide(SyntheticStudy(scenarios=names))
    assert choice.stresses == {}
    assert present(brief.stress(choice), brief.stress_differences(choice)) == []
    assert not any("outlook" in p.fact for p in verdict.points(choice).points)


def test_actions_are_those_beyond_doing_nothing() -> None:
    """Who does what by when: new requisitions and the start of advertising, in order of date."""
    made = agenda.actions(brief.decide(SyntheticStudy()))
    assert made.rows == (
        (
            "February 2027",
            "Human resources",
            "opens 160 requisitions: Field representative, Lower-tier cities",
        ),
        ("March 2027", "Marketing", "starts to advertise: Lower-tier cities"),
        (
            "April 2027",
            "Finance",
            "keeps 2.20 M CNY of credit ready: enough in 90 of 100 simulated futures",
        ),
    )


def test_answers_are_components() -> None:
    """Every notebook's answer is one component that pages know how to show."""
    study = SyntheticStudy()
    answers = (market.answer(study), workforce.answer(study), pay.answer(study))
    assert all(isinstance(answer, Answer) and len(answer.facts) >= 2 for answer in answers)
    assert isinstance(workforce.openings_table(study), Table)
