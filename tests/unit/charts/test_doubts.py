"""What the brief says of doubts: what turns the choice, who watches which risk, what to ask first."""

import datetime
from types import SimpleNamespace

import numpy as np
import pytest
from tests.unit.charts.synthetic import SyntheticStudy

from tandem.charts import brief, doubts, verdict
from tandem.charts.information import Asked
from tandem.study import deciding
from tandem.study.contest import Contest, Input
from tandem.study.decision import paired
from tandem.study.questions import Question
from tandem.uncertainty.information import Worth
from tandem.uncertainty.sensitivity import Swing

TODAY = datetime.date(2026, 10, 1)


def _input(name: str, owner: str) -> Input:
    """An assumption between 0 and 10 months, whose median is 5."""
    estimate = SimpleNamespace(unit="month", owner=owner, quantile=lambda p: 10.0 * p)
    return Input((f"hiring.{name}",), {"en": name, "zh": name}, {"en": "", "zh": ""}, estimate)  # type: ignore[arg-type]  # the face of an Estimate


APPEAL, RAMP, COST, WAIT = (
    _input("Appeal", "marketing-insight"),
    _input("Ramp-up", "training"),
    _input("Cost", "finance"),
    _input("Wait", "recruiting"),
)
OWN = deciding.Tornado(
    100e6,
    (
        (APPEAL, Swing(0, 40e6, 170e6)),
        (RAMP, Swing(1, 130e6, 70e6)),
        (COST, Swing(2, 101e6, 99e6)),
        (WAIT, Swing(3, 120e6, 80e6)),
    ),
)


def _asked(language: str = "en", scenarios: tuple[str, ...] = ("expansion", "late")) -> Asked:
    studies = tuple(SyntheticStudy(name, language) for name in scenarios)
    payoffs = np.stack([study.draws_of("npv") for study in studies])
    found = Contest(studies, (APPEAL, RAMP, COST, WAIT), {}, payoffs)  # type: ignore[arg-type]  # the face of a Study
    return Asked(found, OWN, OWN, {}, TODAY)


def _switch(item: Input, turns: bool, lead: float, spread: float) -> deciding.Switch:
    values = lead + spread * np.linspace(-1.0, 1.0, 40)
    return deciding.Switch(item, 0.8, 8.0, turns, paired("a", "b", values, np.zeros(40)))


def _question(net: float, until: datetime.date | None) -> Question:
    label = SimpleNamespace(model_dump=lambda: {"en": "A survey", "zh": "调查"})
    enquiry = SimpleNamespace(label=label)
    return Question("survey", enquiry, Worth(net + 3e6, 1e5), 2e6, 1e6, until)  # type: ignore[arg-type]  # the face of an Enquiry


def test_the_three_that_harm_most_are_named_with_who_owns_them() -> None:
    """By what they cost at their worse end, whichever end that is; the fourth is left out."""
    made = doubts.risks(_asked())
    assert made is not None
    assert [row[0] for row in made.rows] == ["Appeal", "Ramp-up", "Wait"]
    assert [row[-1] for row in made.rows] == ["Market insight", "Training", "Recruiting"]
    assert made.data.iloc[:, 3].tolist() == [60e6, 30e6, 20e6]
    assert made.rows[0][2].startswith("1.00") and made.rows[1][2].startswith("9.00")


def test_a_scenario_that_nothing_harms_has_no_risks_to_list() -> None:
    """Where every assumption is certain there is no table, not an empty one."""
    quiet = Asked(_asked().contest, deciding.Tornado(1.0, ()), OWN, {}, TODAY)
    assert doubts.risks(quiet) is None


def test_the_switch_point_that_the_simulation_confirms_is_said() -> None:
    """The level beyond which the next scenario is better, beside the median of today."""
    asked = _asked()
    asked.__dict__["switches"] = [_switch(APPEAL, True, 0.0, 1e6), _switch(RAMP, False, 9e6, 1e6)]
    point = doubts.turning(asked)
    assert point is not None
    assert (
        "“Expansion, told late” would be the better choice beyond this: Appeal, 8.00" in point.fact
    )
    assert "The median today is 5.00" in point.matters


def test_where_nothing_turns_it_the_nearest_is_said() -> None:
    """None within its range is an answer: the lead that is left at the worst end, or that it is open."""
    asked = _asked()
    asked.__dict__["switches"] = [_switch(RAMP, False, 9e6, 1e6)]
    said = doubts.turning(asked)
    assert said is not None and said.fact.startswith("No assumption alone turns it")
    assert "the lead is still 9.00 M CNY" in said.matters
    unsure = _asked()
    unsure.__dict__["switches"] = [_switch(RAMP, False, 1e6, 9e7)]
    assert "do not settle" in doubts.turning(unsure).matters  # type: ignore[union-attr]  # there is a rival
    flat = _asked()
    flat.__dict__["switches"] = []
    assert "None moves the lead" in doubts.turning(flat).matters  # type: ignore[union-attr]  # there is a rival


def test_the_question_worth_asking_has_its_value_and_its_date() -> None:
    """Worth, price, cost of waiting, what is left, and until when the answer must be there."""
    asked = _asked()
    asked.__dict__["best"] = _question(4e6, datetime.date(2026, 11, 20))
    said = str(doubts.question(asked))
    assert "A survey. Its answer is worth 7.00 M CNY" in said and "leaves 4.00 M CNY" in said
    assert "20 November 2026" in said


def test_where_no_study_pays_the_figures_say_why() -> None:
    """What comes nearest, what it is worth and what it costs; nothing on offer is said as such."""
    dear, late, none = _asked(), _asked(), _asked()
    dear.__dict__["best"] = _question(-2e6, None)
    late.__dict__["best"] = _question(-0.5e6, TODAY)
    assert "is worth 1.00 M CNY against a price of 2.00 M CNY." in str(doubts.question(dear))
    assert "waiting for it costs 1.00 M CNY" in str(doubts.question(late))
    assert "No study is on offer" in str(doubts.question(none))


def test_one_scenario_alone_has_nothing_to_turn_to() -> None:
    """No point, and nothing to find out first."""
    alone = _asked(scenarios=("expansion",))
    assert doubts.turning(alone) is None
    assert "no other scenario" in str(doubts.question(alone))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_brief_takes_it_up_as_one_of_its_points(language: str) -> None:
    """With it there are six points at most; in Chinese it is said in Chinese."""
    asked = _asked(language)
    asked.__dict__["switches"] = [_switch(APPEAL, True, 0.0, 1e6)]
    choice = brief.decide(SyntheticStudy(language=language))
    points = verdict.points(choice, asked).points
    assert doubts.turning(asked) in points and len(points) <= 6
    assert (language == "en") == ("better choice" in points[-1].fact)
