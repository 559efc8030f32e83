"""Promotion in the month: openings filled from below, who leaves, who arrives, who comes ready."""

import numpy as np
import pytest
from tests.fixtures.simulations import SEED
from tests.unit.model.company import structure

from tandem.model import advancement, people
from tandem.model.events import Expected, Whole
from tandem.model.types import Workforce

POSITIONS = 3
BANDS = people.BANDS
LADDER = structure(feeder=(2, -1, -1))  # agents are promoted to reps of the core market
PLACE = people.codes(LADDER.positions, 1)[0]


def team(draws: int = 1, **changes: np.ndarray) -> Workforce:
    """Ten people in each band at three positions, two of each position ready for the next post."""
    flat = np.zeros((POSITIONS, draws))
    given = {
        "heads": np.full((BANDS, POSITIONS, draws), 10.0),
        "pipeline": np.zeros((12, POSITIONS, draws)),
        "unramped": flat + 4.0,
        "quality": flat,
        "months_over": flat,
        "ready": flat + 2.0,
        "promoted": np.zeros((BANDS, POSITIONS, draws)),
    }
    return Workforce(**{**given, **changes})


def taken(openings: float, share: float, given: Workforce, events: object = None) -> np.ndarray:
    """Openings taken from within, by position."""
    asked = np.full_like(given.ready, openings)
    shares = np.full_like(asked, share)
    return advancement.promotions(LADDER, shares, given, asked, events or Expected(), 0, PLACE)


def test_only_positions_with_a_role_below_are_filled_from_within():
    """A ladder moves people into the post it leads to, and into no other."""
    into = taken(1.0, 0.5, team())
    assert into[0, 0] == pytest.approx(0.5 * -np.expm1(-2.0))
    assert (into[1:] == 0.0).all()


def test_no_more_are_promoted_than_stand_ready_and_are_settled():
    """Fifty openings find two people in the mean, and none where all are still on probation."""
    assert 1.8 < taken(50.0, 1.0, team())[0, 0] <= 2.0
    new = np.zeros((BANDS, POSITIONS, 1))
    new[0] = 10.0
    assert taken(50.0, 1.0, team(heads=new))[0, 0] == 0.0


def test_whole_people_are_promoted_as_often_as_expected_ones():
    """Keyed uniforms give whole people, in the mean what the chance says."""
    draws = np.arange(4000)
    into = taken(3.0, 0.5, team(4000), Whole(SEED, draws))[0]
    assert np.array_equal(into, np.rint(into)) and into.max() <= 3.0
    assert into.mean() == pytest.approx(taken(3.0, 0.5, team())[0, 0], rel=0.05)


def test_promotion_moves_people_and_makes_none():
    """Who leaves the post below starts in the one above, longest-serving first, with that service."""
    given = team()
    into = np.zeros((POSITIONS, 1))
    into[0] = 12.0
    after, out = advancement.promote(LADDER, given, into)
    assert out[:, 0].tolist() == [0.0, 0.0, 12.0]
    assert after.heads[:, 2, 0].tolist() == [10.0, 10.0, 8.0, 0.0]
    assert after.promoted[:, 0, 0].tolist() == [0.0, 0.0, 2.0, 10.0]
    assert after.ready[2, 0] == 0.0
    here, joined = advancement.arrive(LADDER, after, np.array([0.5]))
    assert joined[0, 0] == 12.0 and here.promoted.sum() == 0.0
    assert here.total.sum() == given.total.sum()
    assert here.unramped[0, 0] == 4.0 + 0.5 * 12.0


def test_those_promoted_bring_the_quality_of_where_they_come_from():
    """Ten good people among forty lift the mean by a fifth of their lead."""
    quality = np.zeros((POSITIONS, 1))
    quality[2] = 1.0
    coming = np.zeros((BANDS, POSITIONS, 1))
    coming[3, 0] = 10.0
    here, _ = advancement.arrive(LADDER, team(quality=quality, promoted=coming), np.ones(1))
    assert here.quality[0, 0] == pytest.approx(0.2)
    assert here.quality[2, 0] == 1.0


def test_people_come_ready_until_all_who_are_prepared_are():
    """Readiness grows towards the prepared, and those who leave take theirs along."""
    given = team()
    for _ in range(600):
        given = advancement.come_ready(given, given.total, np.array([0.2]), np.full((3, 1), 30.0))
    assert given.ready == pytest.approx(np.full((3, 1), 0.2 * 30.0))
    gone = advancement.come_ready(given, given.total / 0.5, np.array([0.2]), np.full((3, 1), 1e9))
    assert gone.ready == pytest.approx(0.5 * given.ready, rel=1e-6)
