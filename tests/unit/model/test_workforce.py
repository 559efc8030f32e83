"""The stock of people where there are none, or where all of them leave."""

import numpy as np
import pytest

from tandem.model import training, workforce

NONE, TWO = np.zeros((1, 1)), np.full((1, 1), 2.0)


def test_an_empty_team_stays_empty_and_average():
    """With nobody there nobody ramps up, nobody produces, and quality is that of 2026."""
    assert workforce.unramped_next(NONE, NONE, NONE, TWO) == 0.0
    assert workforce.ramped_heads(NONE, NONE, TWO / 4, NONE) == 0.0
    assert workforce.quality_joined(TWO, NONE, NONE, NONE) == 0.0


def test_the_first_hires_bring_their_own_quality():
    """A team that starts from nothing is as good as those who join it."""
    assert workforce.quality_joined(NONE, NONE, TWO, np.full((1, 1), 0.4)) == pytest.approx(0.4)


def test_quality_is_kept_where_everybody_leaves():
    """The mean of nobody is not made up."""
    assert workforce.quality_left(np.full((1, 1), 0.3), TWO, TWO, TWO) == 0.3


def test_where_all_learn_nobody_produces():
    """With no ramped head there is no mentor, and no output below nought."""
    assert workforce.ramped_heads(TWO, TWO, np.ones((1, 1)), NONE) == 0.0
    assert training.mentored_share(TWO, NONE) == 0.0


def test_mentoring_takes_two_learners_at_most():
    """Ten learners and one mentor cost as much mentoring time as two learners."""
    many = workforce.ramped_heads(np.array([11.0]), np.array([10.0]), np.array([0.2]), np.zeros(1))
    two = workforce.ramped_heads(np.array([3.0]), np.array([2.0]), np.array([0.2]), np.zeros(1))
    assert many == pytest.approx([0.6]) and two == pytest.approx([0.6])


def test_people_age_out_of_every_band_but_the_last():
    """Six months of probation, then eighteen, then thirty-six; the last band keeps its people."""
    moving = workforce.ageing_probability(4)[:, 0, 0]
    assert moving.tolist() == [1 / 6, 1 / 18, 1 / 36, 0.0]


def test_no_hazard_keeps_everybody():
    """Without a hazard nobody leaves, and without leavers productive months are staying months."""
    bands = np.ones((4, 1))
    assert (workforce.leaving_probability(NONE, bands, np.ones((1, 1))) == 0.0).all()


def test_nobody_leaving_is_the_limit_of_little_leaving():
    """Productive months without leaving: those of a tiny hazard; endless over a lifetime."""
    assert workforce.productive_months(4.0, 0.0, 24.0) == pytest.approx(
        workforce.productive_months(4.0, 1e-9, 24.0), rel=1e-6
    )
    assert workforce.productive_months(4.0, 0.0) == np.inf
