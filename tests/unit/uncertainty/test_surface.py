"""Response surfaces and switch points."""

import numpy as np
import pytest

from tandem.uncertainty.surface import fitted, hermite
from tandem.uncertainty.switching import switch_point

RNG = np.random.default_rng(5)
SCORES = RNG.standard_normal((6, 600))
OUTCOME = 3.0 + 2.0 * SCORES[1] + 0.5 * (SCORES[4] ** 2 - 1.0) + 0.1 * RNG.standard_normal(600)


def test_a_smooth_outcome_is_found_again():
    """The surface knows which inputs matter, in which form, and how well it explains new draws."""
    found = fitted(SCORES, OUTCOME, (1, 4, 0))
    assert found.mean == pytest.approx(3.0, abs=0.02)
    assert found.coefficients[0, 0] == pytest.approx(2.0, abs=0.02)
    assert found.coefficients[1, 1] == pytest.approx(0.5 * 2.0**0.5, abs=0.02)
    assert 0.99 < found.r2 <= 1.0
    assert found.at(SCORES) == pytest.approx(OUTCOME, abs=0.6)


def test_what_is_not_on_the_surface_adds_nothing():
    """An input that was left out leaves the mean where it is."""
    found = fitted(SCORES, OUTCOME, (1,))
    assert found.part(3, np.array([-1.0, 2.0])).tolist() == [0.0, 0.0]


def test_noise_is_not_explained():
    """Where no input matters, R2 in new draws is about nought, not what the fit made up."""
    assert fitted(SCORES, RNG.standard_normal(600), tuple(range(6))).r2 < 0.02


@pytest.mark.parametrize("count", [2, 5, 8])
def test_fewer_draws_than_inputs_leave_inputs_out(count):
    """With too few draws the surface keeps the first inputs that it can bear, or the mean alone."""
    found = fitted(SCORES[:, :count], OUTCOME[:count], tuple(range(6)))
    assert len(found.inputs) == count // 6
    assert np.isfinite(found.at(SCORES)).all()


def test_a_constant_outcome_is_explained_by_its_mean():
    """Two scenarios that do not differ have a flat surface."""
    found = fitted(SCORES, np.zeros(600), (0, 1))
    assert found.r2 == 1.0 and found.at(SCORES).tolist() == [0.0] * 600


def test_terms_are_independent_of_each_other():
    """Hermite terms of a normal have variance 1 and no correlation."""
    levels = np.polynomial.hermite_e.hermegauss(20)
    terms = hermite(levels[0], 3)
    weights = levels[1] / levels[1].sum()
    assert terms.T @ (weights[:, None] * terms) == pytest.approx(np.eye(3), abs=1e-9)


def test_the_switch_is_where_the_sign_changes():
    """The root nearest to today's guess is the one to watch."""
    assert switch_point(lambda x: x - 0.7, -2.0, 2.0) == pytest.approx(0.7)
    assert switch_point(lambda x: (x - 0.5) * (x + 1.5), -2.0, 2.0) == pytest.approx(0.5)
    assert switch_point(lambda x: x, -2.0, 2.0) == pytest.approx(0.0)


def test_a_lead_that_holds_over_the_range_has_no_switch():
    """None is an answer: nothing within the range turns the choice."""
    assert switch_point(lambda x: x + 3.0, -2.0, 2.0) is None
    assert switch_point(np.zeros_like, -2.0, 2.0) is None
    with pytest.raises(ValueError, match="is empty"):
        switch_point(lambda x: x, 1.0, 1.0)
