"""Which assumption decides, what knowing it is worth, and what happens where nothing does."""

import datetime
import re
from types import SimpleNamespace

import numpy as np
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.assumptions.schema import Company
from tandem.charts import brief, doubts, information, sensitivity
from tandem.study import Study, deciding, questions
from tandem.study.contest import Contest, contest, outcome

DRAWS = 8
TODAY = datetime.date(2026, 10, 1)
NOTHING = deciding.Tornado(0.0, ())


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The launch in lower-tier cities of the tiny study, far fewer futures than assumptions."""
    project = tiny_study(tmp_path_factory.mktemp("deciding"))
    return load_study("lower-tier-expansion", project=project, draws=DRAWS)


@pytest.fixture(scope="module")
def pair(study: Study) -> Contest:
    """The launch against doing nothing."""
    return contest([study, study.of("do-nothing")])


@pytest.fixture(scope="module")
def swings(pair: Contest) -> deciding.Tornado:
    """Its tornado."""
    return deciding.swings(pair)


def test_every_uncertain_assumption_is_asked(pair: Contest, swings: deciding.Tornado) -> None:
    """The new market's appeal matters most to entering it; each assumption has a swing."""
    assert len(swings.rows) == len(pair.inputs) > 200
    assert swings.rows[0][0].section == "markets"
    assert "lower_tier" in swings.rows[0][0].paths[0]
    first = swings.rows[0][1]
    assert min(first.low, first.high) < swings.centre < max(first.low, first.high)


def test_futures_as_drawn_earn_what_the_scenario_earned(study: Study, pair: Contest) -> None:
    """At the draws' own uniforms and numbers the simulation is the scenario's, bit for bit."""
    again = outcome(study, pair.columns, np.arange(DRAWS), correlate=False)
    assert again == pytest.approx(study.draws_of("npv"), rel=1e-12)


def test_every_section_of_the_assumptions_belongs_to_a_subject_that_a_reader_knows() -> None:
    """No table says the name of a section where the name of a subject belongs; none is in two."""
    named = [section for of in deciding.SUBJECTS.values() for section in of]
    assert sorted(named) == sorted(set(Company.model_fields))


def test_one_simulation_of_the_ends_serves_the_level_and_the_lead(
    pair: Contest, swings: deciding.Tornado
) -> None:
    """The tornado of the lead is the same however it is asked for, and its centre a part of the level's."""
    own, lead = deciding.swings_of_both(pair)
    assert lead == swings and own != lead
    assert own.centre > lead.centre > 0.0


def test_fewer_futures_than_assumptions_still_give_an_answer(
    pair: Contest, swings: deciding.Tornado
) -> None:
    """Eight futures name switch points, shares and values, each a number, with wide intervals."""
    turned = deciding.switches(pair, swings.ranking, most=1)
    assert len(turned) == 1 and np.isfinite(turned[0].simulated.mean)
    shares = deciding.shares(pair)
    assert {s.subject for s in shares} == {*deciding.SUBJECTS, deciding.LUCK}
    assert all(np.isfinite([*s.first, *s.total]).all() for s in shares)
    found = questions.worths(pair)
    assert all(w.value >= 0.0 and np.isfinite(w.error) for _item, w in found)
    assert questions.everything(pair) >= 0.0


def test_identical_scenarios_have_nothing_to_decide(study: Study) -> None:
    """Between two scenarios that do not differ nothing decides, and no answer is worth anything."""
    same = contest([study, study])
    flat = deciding.swings(same)
    assert flat.ranking == () and flat.centre == 0.0
    assert deciding.switches(same, flat.ranking) == []
    assert sensitivity.tornado(study, flat, study.label) is None
    assert {s.total for s in deciding.shares(same)} == {(0.0, 0.0, 0.0)}
    assert questions.everything(same) == 0.0


def test_one_scenario_alone_has_no_rival(study: Study) -> None:
    """A study with one scenario is told that there is nothing to find out first."""
    alone = contest([study])
    asked = information.Asked(alone, NOTHING, NOTHING, {}, TODAY)
    assert asked.switches == [] and asked.shares == [] and asked.best is None
    assert "no other scenario" in information.answer(asked).headline
    assert questions.everything(alone) == 0.0
    with pytest.raises(ValueError, match="no scenario"):
        contest([])


def test_a_study_is_worth_buying_until_waiting_has_eaten_its_worth(pair: Contest) -> None:
    """Nothing is lost at first, then every month costs: the last day follows from what is left."""
    wait = questions.Waiting(np.array([0.0, 1.0, 2.0]), np.array([0.0, 0.0, 10.0]))
    assert wait.cost(1.5) == 5.0 and wait.horizon == 2.0
    late = questions._until(5.0, wait, TODAY)
    assert late is not None and datetime.date(2026, 11, 12) <= late <= datetime.date(2026, 11, 17)
    assert questions._until(-1.0, wait, TODAY) is None
    offers = questions.offers(pair.studies[0])
    found = questions.questions(pair, offers, wait, TODAY)
    assert [q.net for q in found] == sorted((q.net for q in found), reverse=True)
    assert all(q.net == q.worth.value - q.price - q.delay for q in found)


def test_where_nothing_grows_waiting_is_free() -> None:
    """Doing nothing may be decided upon later at no cost."""
    free = questions.waits([])
    assert free.cost(12.0) == 0.0


def test_waiting_longer_is_never_cheaper() -> None:
    """A month in which simulation noise favours the later opening is taken to cost no less."""
    rows = [
        SimpleNamespace(opens=k, npv=SimpleNamespace(mean=-lost))
        for k, lost in enumerate((0.0, 3.0, 2.0, 9.0))
    ]
    assert questions.waits(rows).costs.tolist() == [0.0, 3.0, 3.0, 9.0]


@pytest.mark.parametrize("event", [0.0, 1.0])
def test_a_target_that_is_always_or_never_met_is_said_so(
    study: Study, monkeypatch: pytest.MonkeyPatch, event: float
) -> None:
    """Where every future agrees there is no corner to look for, and the page says it in words."""
    monkeypatch.setattr(type(study), "draws_of", lambda _self, _name: np.full(DRAWS, event))
    note = sensitivity.corner(study)
    assert "whatever the assumptions" in str(note)
    assert sensitivity.recorded(note) is None


@pytest.mark.cjk_font
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_say_it_in_both_languages(study: Study, language: str) -> None:
    """From the choice to the last table, in each language, with no number that is none."""
    told = load_study("lower-tier-expansion", project=study.project, draws=DRAWS, language=language)
    asked = information.ask(brief.decide(told))
    shown = [
        information.answer(asked),
        sensitivity.tornado(told, asked.tornado, asked.rival),
        sensitivity.drivers(told, asked.tornado),
        sensitivity.answer(told, asked.tornado),
        sensitivity.switches(asked.contest, asked.switches),
        sensitivity.surface(asked.contest, asked.tornado.ranking),
        doubts.turning(asked),
        doubts.risks(asked),
        doubts.question(asked),
        sensitivity.shares(told, asked.shares),
        sensitivity.convergence(told),
        information.worth(asked),
        information.by_subject(asked),
        information.enquiries(asked),
    ]
    assert all(part is not None and not re.search(r"\bnan\b", str(part)) for part in shown)


@pytest.mark.parametrize(
    ("met", "said"), [(1.0, "in no simulated future"), (0.0, "in all simulated futures")]
)
def test_a_target_always_or_never_met_has_no_corner_in_which_it_is_missed(
    study: Study, monkeypatch: pytest.MonkeyPatch, met: float, said: str
) -> None:
    """The page says how often it is missed, whatever the assumptions, and how sure it is."""
    real = Study.draws_of

    def always(self: Study, measure: str) -> np.ndarray:
        return np.full(DRAWS, met) if measure.endswith("_met") else real(self, measure)

    monkeypatch.setattr(Study, "draws_of", always)
    assert f"missed {said}, whatever the assumptions" in str(sensitivity.corner(study))
    shown = f"{sensitivity.answer(study, NOTHING)}{sensitivity.convergence(study)}"
    assert "No assumption moves its net present value." in shown
    assert not re.search(r"\bnan\b", shown)


def test_a_certain_assumption_is_no_input_and_asking_about_it_is_worth_nothing(
    pair: Contest,
) -> None:
    """What is constant in every future is in no tornado; a study of it alone has a worth of nought."""
    certain = "markets.core.price"
    assert all(certain not in item.paths for item in pair.inputs)
    offer = next(iter(questions.offers(pair.studies[0]).values()))
    about = {"certain": offer.model_copy(update={"informs": (certain,)})}
    (found,) = questions.questions(pair, about, questions.waits([]), TODAY)
    assert found.worth.value == 0.0 and np.isfinite(found.worth.error) and found.until is None
