"""The page that compares scenarios where there is little or nothing to compare."""

import re
from collections.abc import Callable

import numpy as np
import pytest
from tests.unit.charts.synthetic import DRAWS, SyntheticStudy

from tandem.charts import brief, comparing, convergence, frontier, regrets, risks
from tandem.charts.brief import Choice
from tandem.charts.components import said

PAGE: tuple[Callable[[Choice], object], ...] = (
    comparing.answer, comparing.ahead, comparing.best, comparing.dominances, risks.risks,
    risks.investments, frontier.efficient, frontier.costs, regrets.sentence, regrets.payoffs,
    regrets.regret, convergence.enough, convergence.running, convergence.amounts, convergence.chances,
)  # fmt: skip
CHANCES = ("sales_target_met", "customers_target_met", "both_targets_met")
NAMES = ("do-nothing", "expansion", "late")


def _page(study: SyntheticStudy) -> str:
    """All that page 18 shows of a study, as text; no number on it is none."""
    choice = brief.decide(study)  # type: ignore[arg-type]  # the face of a Study
    text = "\n".join(str(part(choice)) for part in PAGE)
    assert not re.search(r"\b(nan|inf)\b|{|}", text), text
    return text


def _all(measure: str, values: np.ndarray) -> dict:
    return {(name, measure): values for name in NAMES}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_whole_page_stands_in_each_language(language: str) -> None:
    """Scenarios that differ: every part of the page is there, without a number that is none."""
    text = _page(SyntheticStudy(language=language))
    assert ("Choose: Lower-tier expansion" in text) == (language == "en")
    assert "。 " not in text


def test_scenarios_that_earn_the_same_are_said_to() -> None:
    """No number of futures tells them apart, and the page says choose either."""
    same = np.linspace(1e6, 2e6, DRAWS)
    text = _page(SyntheticStudy(scenarios=NAMES, moved=_all("npv", same)))
    assert "they earn the same in every simulated future" in text
    assert "No number of futures tells the best two apart" in text


def test_one_scenario_alone_is_compared_with_nothing() -> None:
    """The page answers, and says that there is no second one."""
    text = _page(SyntheticStudy(scenarios=("expansion",)))
    assert "There is no second scenario within the cash limit" in text
    assert "there is no regret to compare" in text


@pytest.mark.parametrize("met", [0.0, 1.0])
def test_a_target_that_is_always_or_never_met_has_a_chance_with_an_interval(met: float) -> None:
    """0 or 100 of 100, yet not known exactly: the interval has a width."""
    moved = {k: v for name in CHANCES for k, v in _all(name, np.full(DRAWS, met)).items()}
    study = SyntheticStudy(scenarios=NAMES, moved=moved)
    text = _page(study)
    assert f"The chance of both targets, {100 * met:.0f} of 100, is known" in text
    known = convergence.converged(brief.decide(study)).chance  # type: ignore[arg-type]  # the face of a Study
    assert 0.0 < known.half_width < 0.1


def test_money_that_never_varies_has_no_range_and_no_error() -> None:
    """With constant outcomes P10 is P90, and the best two are told apart at once."""
    moved = {(name, "npv"): np.full(DRAWS, 1e6 * (k + 1)) for k, name in enumerate(NAMES)}
    text = _page(SyntheticStudy(scenarios=NAMES, moved=moved))
    assert "It beats the next best in 100 of 100" in text


@pytest.mark.parametrize("draws", [2, 3])
def test_a_handful_of_futures_is_said_not_to_be_enough(draws: int) -> None:
    """Two futures make a page, with the number of futures that it would take."""
    text = _page(SyntheticStudy(draws=draws))
    assert "takes about" in text


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    """In English a space, in Chinese none."""
    assert said("One.", "Two.") == "One. Two." and said("一。", "二。") == "一。二。"
