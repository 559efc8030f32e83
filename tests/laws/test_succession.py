"""Laws of succession: grades over the years, successors, empty posts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from scipy.integrate import quad
from tests.laws.ranges import number, row, share, shares

from tandem.model import hiring, succession, workforce

GRADES = ("junior", "senior", "lead")
UPWARD = np.triu(np.ones((3, 3)))


@given(moves=row(0.0, 0.3, 3, 3), heads=row(0.0, 1e3), hires=row(0.0, 100.0, 4, 3))
def test_everybody_stays_is_promoted_or_leaves(moves, heads, hires):
    """Between two years heads change by those hired less those who left; promotions move people."""
    path = succession.grade_path(moves * UPWARD, heads, hires, GRADES)
    left = path[:-1] * (1.0 - (moves * UPWARD).sum(axis=1))
    promoted = succession.promotions(moves * UPWARD, path)
    net = promoted.sum(axis=1) - promoted.sum(axis=2)
    assert path[1:] == pytest.approx(path[:-1] + hires - left + net, rel=1e-9, abs=1e-9)
    assert (path >= 0).all()
    assert (promoted.diagonal(axis1=1, axis2=2) == 0).all()


@given(moves=row(0.0, 0.3, 3, 3), heads=row(0.0, 1e3), hires=row(0.0, 100.0))
def test_with_steady_hiring_grades_settle(moves, heads, hires):
    """Whatever the start, heads by grade tend to where steady hiring and promotion hold them."""
    path = succession.grade_path(moves * UPWARD, heads, np.tile(hires, (200, 1)), GRADES)
    end = workforce.grades_in_the_end(moves * UPWARD, hires)
    assert path[-1] == pytest.approx(end, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    ("moves", "reason"),
    [
        (
            [[0.8, 0.1, 0.0], [0.0, 0.7, 0.2], [0.1, 0.0, 0.8]],
            "promotions go round: junior -> senior -> lead -> junior; take one of these moves out",
        ),
        (
            [[0.8, 0.0, 0.0], [0.0, 0.7, 0.2], [0.0, 0.1, 0.8]],
            "promotions go round: senior -> lead -> senior",
        ),
        (
            [[0.9, 0.15, 0.0], [0.0, 0.7, 0.2], [0.0, 0.0, 0.9]],
            "junior: its moves sum to 1.05; at most 1, the rest being those who leave",
        ),
        (
            [[0.9, -0.1, 0.0], [0.0, 0.7, 0.2], [0.0, 0.0, 0.9]],
            "junior to senior: -0.1 is no share",
        ),
        ([[0.9, np.nan, 0.0], [0.0, 0.7, 0.2], [0.0, 0.0, 0.9]], "junior to senior: nan is no"),
        ([[0.9, 0.1], [0.0, 0.9]], "3 grades need a matrix 3 by 3"),
    ],
)
def test_promotions_that_cannot_be_are_refused_by_grade(moves, reason: str):
    """Nobody is promoted in a circle, and no more people go somewhere than there are."""
    with pytest.raises(ValueError) as refused:
        succession.grade_path(np.array(moves), np.ones(3), np.ones((1, 3)), GRADES)
    assert reason in str(refused.value)


def test_a_ladder_with_a_short_cut_is_no_circle():
    """Two ways up to the same grade are allowed."""
    ladder = np.array([[0.6, 0.2, 0.1], [0.0, 0.7, 0.2], [0.0, 0.0, 0.9]])
    assert succession.promotion_cycle(ladder, GRADES) == []
    succession.check_promotions(ladder, GRADES)


@given(ready=row(0.0, 1.0, 4), hazard=row(0.0, 0.2, 4), months=number(0.0, 60.0))
def test_another_candidate_never_lowers_the_odds(ready, hazard, months):
    """A longer bench is never worse; nobody on it gives nothing; waiting longer loses people."""
    odds = [float(succession.someone_stands_ready(ready[:n], hazard[:n], months)) for n in range(5)]
    assert odds[0] == 0.0
    assert all(b >= a - 1e-12 for a, b in pairwise(odds))
    assert 0.0 <= odds[-1] <= 1.0
    later = float(succession.someone_stands_ready(ready, hazard, months + 6.0))
    assert later <= odds[-1] + 1e-12


@given(
    mean=row(1.0, 60.0),
    leaving=row(0.0, 0.1),
    vacancy=number(0.002, 0.2),
)
def test_the_closed_form_is_the_mean_over_the_vacancys_date(mean, leaving, vacancy):
    """Odds at an unknown date are the average of the odds at each date, weighted by its chance."""

    def weighted(u: float) -> float:
        months = -np.log1p(-u) / vacancy
        ready = succession.ready_exponential(months, mean)
        return float(succession.someone_stands_ready(ready, leaving, months))

    found = succession.ready_when_vacant(mean, leaving, vacancy)
    assert found == pytest.approx(quad(weighted, 0.0, 1.0, limit=200)[0], abs=1e-6)


def test_sudden_vacancies_find_nobody_ready_and_late_ones_nobody_left():
    """A post that falls vacant at once, or after everybody has gone, has no successor."""
    mean, leaving = np.array([12.0, 24.0]), np.array([0.02, 0.02])
    odds = [succession.ready_when_vacant(mean, leaving, v) for v in (1e3, 0.03, 1e-6)]
    assert odds[0] == pytest.approx(0.0, abs=1e-3)
    assert odds[2] == pytest.approx(0.0, abs=1e-3)
    assert odds[1] > 0.4
    assert succession.ready_when_vacant(np.zeros(0), np.zeros(0), 0.03) == 0.0


def test_a_log_normal_readiness_fits_the_same_bench():
    """A development programme of known length and spread gives its odds by the date it ends."""
    ready = hiring.lognormal_cdf(18.0, np.array([12.0, 30.0]), np.array([6.0, 10.0]))
    odds = succession.someone_stands_ready(ready, np.array([0.01, 0.01]), 18.0)
    assert ready[0] > 0.8 > 0.2 > ready[1]
    assert ready[0] * np.exp(-0.18) < odds < ready[0] * np.exp(-0.18) + ready[1]


def test_odd_benches_are_refused():
    """A post that never falls vacant has no date, and thirteen candidates are no bench."""
    with pytest.raises(ValueError, match="above 0 a month; found 0"):
        succession.ready_when_vacant(np.ones(1), np.ones(1), 0.0)
    with pytest.raises(ValueError, match="13 candidates for one post; at most 12"):
        succession.ready_when_vacant(np.ones(13), np.ones(13), 0.1)


@given(
    ready=shares,
    handover=number(0.0, 2.0),
    fill=number(2.0, 12.0),
    output=number(5e4, 1e6),
    pay=number(0.0, 5e4),
    search=number(0.0, 1e5),
    hazard=share,
)
def test_successors_shorten_vacancies_and_are_worth_it(
    ready, handover, fill, output, pay, search, hazard
):
    """A post with a likelier successor is empty for less time and costs less; that is their value."""
    months = succession.vacancy_months(ready, handover, fill)
    assert (months >= handover - 1e-9).all() and (months <= fill + 1e-9).all()
    known = (handover, fill, output, pay, search)
    cost, without = (succession.vacancy_cost(r, *known) for r in (ready, 0.0))
    assert (cost <= without + 1e-6).all()
    assert without == pytest.approx(fill * (output - pay) + search)
    worth = succession.successors_value(hazard, ready, *known)
    assert worth == pytest.approx(hazard * (without - cost), rel=1e-9, abs=1e-6)


@given(share=number(0.0, 1.0), ready=number(0.0, 50.0), openings=number(0.0, 40.0))
def test_no_more_openings_are_filled_from_within_than_people_stand_ready(share, ready, openings):
    """At most the share that is meant for them, and at most those ready, in the mean."""
    chance = float(succession.promotion_chance(share, ready, openings))
    assert 0.0 <= chance <= share
    assert chance * openings <= ready + 1e-9
