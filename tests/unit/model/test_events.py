"""Means, and the whole people they are means of."""

import numpy as np
import pytest

from tandem.model.events import Expected, Whole
from tandem.randomness import key

DRAWS = np.arange(20_000)
CODES = np.array([3, 4])
WHOLE = Whole(key("events", 1), DRAWS)
NUMBER = np.full((2, DRAWS.size), 40.0)
CHANCE = np.full((2, DRAWS.size), 0.05)


def test_whole_people_leave_in_the_mean_as_often_as_expected():
    """Binomial numbers are whole, within bounds, and have the mean of the expected ones."""
    found = WHOLE.some("leave", 5, CODES, NUMBER, CHANCE)
    assert (found == np.rint(found)).all() and found.min() >= 0.0 and found.max() <= 40.0
    expected = Expected().some("leave", 5, CODES, NUMBER, CHANCE).mean()
    assert found.mean() == pytest.approx(expected, abs=3 * (40 * 0.05 * 0.95 / found.size) ** 0.5)


def test_a_split_loses_nobody():
    """Starters of all months together are those asked for, whole and in the mean."""
    shares = np.array([0.2, 0.5, 0.3])[:, None, None] * np.ones((3, 2, DRAWS.size))
    codes = np.array([[1, 2], [3, 4], [5, 6]])
    found = WHOLE.split("start", 2, codes, NUMBER, shares)
    assert (found.sum(axis=0) == NUMBER).all() and (found == np.rint(found)).all()
    expected = Expected().split("start", 2, codes, NUMBER, shares)
    assert expected.sum(axis=0) == pytest.approx(NUMBER)
    assert found.mean(axis=(1, 2)) == pytest.approx(expected.mean(axis=(1, 2)), rel=0.01)


def test_rounding_keeps_the_mean_and_its_side_through_the_run():
    """3.25 requisitions are four in a quarter of the futures, the same ones in every month."""
    amount = np.full((2, DRAWS.size), 3.25)
    found = WHOLE.rounded("requisition", CODES, amount)
    assert set(np.unique(found)) == {3.0, 4.0}
    assert found.mean() == pytest.approx(3.25, abs=0.01)
    assert (WHOLE.rounded("requisition", CODES, amount) == found).all()
    assert (Expected().rounded("requisition", CODES, amount) == amount).all()


def test_a_launch_succeeds_once_or_not_at_all():
    """An event of the whole run is drawn once and happens as often as its chance says."""
    chance = np.full((2, DRAWS.size), 0.3)
    found = WHOLE.happens("launch", CODES, chance)
    assert set(np.unique(found)) == {0.0, 1.0}
    assert found.mean() == pytest.approx(0.3, abs=0.01)
    assert (Expected().happens("launch", CODES, chance) == chance).all()


def test_luck_belongs_to_the_future_not_to_its_place_in_a_chunk():
    """Draws 100 to 200 have the same luck alone as among twenty thousand."""
    part = Whole(WHOLE.key, DRAWS[100:200])
    alone = part.some("leave", 5, CODES, NUMBER[:, :100], CHANCE[:, :100])
    assert (alone == WHOLE.some("leave", 5, CODES, NUMBER, CHANCE)[:, 100:200]).all()


def test_events_do_not_share_their_luck():
    """Who leaves says nothing about who grows older, in this month or the next."""
    left = WHOLE.some("leave", 5, CODES, NUMBER, CHANCE)
    for other in (
        WHOLE.some("age", 5, CODES, NUMBER, CHANCE),
        WHOLE.some("leave", 6, CODES, NUMBER, CHANCE),
    ):
        assert abs(np.corrcoef(left[0], other[0])[0, 1]) < 0.03
