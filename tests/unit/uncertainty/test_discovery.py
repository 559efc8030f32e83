"""The box in which an event happens."""

import numpy as np
import pytest

from tandem.uncertainty.discovery import box

RNG = np.random.default_rng(11)
UNIFORMS = RNG.uniform(size=(12, 800))


def test_the_corner_where_the_target_is_missed_is_found():
    """The two inputs that decide are named, with nearly all failures inside."""
    event = ((UNIFORMS[3] > 0.6) & (UNIFORMS[7] < 0.5)).astype(float)
    found = box(UNIFORMS, event)
    assert {side.input for side in found.sides} == {3, 7}
    assert found.coverage > 0.85 and found.density > 0.9
    assert found.base == pytest.approx(event.mean()) and found.mass < 0.3


def test_chance_is_no_pattern():
    """An event that follows no input has no box, however many inputs there are."""
    found = box(UNIFORMS, RNG.integers(0, 2, 800).astype(float))
    assert found.sides == ()
    assert found.density == pytest.approx(found.base) and found.coverage == 1.0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_target_that_is_always_or_never_missed_has_no_corner(share):
    """Without both kinds of futures there is nothing to tell apart."""
    found = box(UNIFORMS, np.full(800, share))
    assert found.sides == () and found.density == share and found.coverage == share


def test_few_draws_and_a_constant_input_give_an_answer():
    """Fewer draws than inputs, one of them constant: an answer without a number that is none."""
    few = UNIFORMS[:, :8].copy()
    few[0] = 0.5
    found = box(few, np.array([0.0, 1.0] * 4))
    assert np.isfinite([found.coverage, found.density, found.mass]).all()


def test_inputs_and_events_of_different_draws_are_refused():
    """A box is looked for in one set of futures."""
    with pytest.raises(ValueError, match="do not match"):
        box(UNIFORMS, np.zeros(5))
