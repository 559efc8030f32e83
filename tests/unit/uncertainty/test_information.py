"""What information is worth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.uncertainty.information import (
    gain,
    normal_evpi,
    normal_evsi,
    regressed,
    resolved_share,
    table_evsi,
)

RNG = np.random.default_rng(2)
DRAWS = 4000
SCORES = RNG.standard_normal((3, DRAWS))


def payoffs(first, second, luck):
    """A market that may be entered or not: curved in the first input, crossed with the second."""
    enter = -0.4 + np.exp(0.5 * first) - 1.0 + 0.8 * second + 0.3 * first * second + luck
    return np.stack([enter, np.zeros_like(enter), 0.3 * enter + 0.05])


def nested(outer, inner, generator):
    """EVPPI of the first input by brute force: the others simulated anew for each of its values."""
    first = generator.standard_normal((outer, 1))
    second, luck = generator.standard_normal((2, outer, inner))
    means = payoffs(first, second, luck).mean(axis=2)
    return float(means.max(axis=0).mean() - means.mean(axis=1).max())


def test_regression_on_the_draws_agrees_with_nested_simulation():
    """4,000 runs and a regression say what 4 million nested runs say, within three standard errors."""
    found = regressed(payoffs(*SCORES), SCORES[:1], np.ones(1))
    brute = nested(2000, 2000, np.random.default_rng(9))
    assert found.value == pytest.approx(brute, abs=3.0 * found.error)
    assert found.error < 0.25 * brute


def test_more_is_worth_more_and_never_more_than_everything():
    """A larger study, and one on more inputs, is worth more; perfect foresight is worth the most."""
    table = payoffs(*SCORES)
    one = regressed(table, SCORES[:1], np.ones(1)).value
    two = regressed(table, SCORES[:2], np.ones(2)).value
    some = [regressed(table, SCORES[:1], np.array([s])).value for s in (0.1, 0.5, 0.9)]
    assert 0.0 <= some[0] < some[1] < some[2] < one < two < gain(table)


def test_what_decides_nothing_is_worth_nothing():
    """Noise that a regression fits is taken off: an input without effect has no value."""
    found = regressed(payoffs(*SCORES), RNG.standard_normal((1, DRAWS)), np.ones(1))
    assert found.value < 3.0 * found.error < 0.05


@given(mean=st.floats(-5, 5), sd=st.floats(0.1, 5), count=st.integers(0, 50))
def test_a_study_is_worth_less_than_the_truth(mean, sd, count):
    """No study of a normal difference is worth more than knowing it; none asks nobody."""
    worth = normal_evsi(mean, sd, count, 3.0)
    assert 0.0 <= worth <= normal_evpi(mean, sd) + 1e-12
    assert count or worth == 0.0


def test_without_doubt_or_choice_there_is_nothing_to_learn():
    """One option, equal options, a certain difference: information is worth nothing."""
    row = RNG.standard_normal(50)
    assert gain(row[None]) == 0.0 and gain(np.stack([row, row])) == pytest.approx(0.0)
    assert normal_evpi(1.0, 0.0) == 0.0 and normal_evsi(1.0, 0.0, 5, 1.0) == 0.0
    same = regressed(np.stack([row, row]), RNG.standard_normal((2, 50)), np.ones(2))
    assert same.value == pytest.approx(0.0, abs=1e-12)
    with pytest.raises(ValueError, match="no option"):
        gain(np.zeros((0, 3)))


@pytest.mark.parametrize("draws", [2, 6, 12])
def test_fewer_draws_than_inputs_give_a_wide_error_and_no_value(draws):
    """Where draws cannot bear a regression the value is nought, and the error says how much is unknown."""
    table = payoffs(*SCORES)[:, :draws]
    found = regressed(table, RNG.standard_normal((20, draws)), np.ones(20))
    assert found.value == 0.0 and np.isfinite(found.error)


def test_a_signal_says_something_in_every_state():
    """Likelihoods that do not add up are refused; a signal that cannot occur changes nothing."""
    table, prior = np.array([[1.0, -1.0], [0.0, 0.0]]), np.array([0.5, 0.5])
    with pytest.raises(ValueError, match="add up to 1"):
        table_evsi(table, prior, np.array([[0.5, 0.4], [0.5, 0.5]]))
    told = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    assert table_evsi(table, prior, told) == pytest.approx(gain(table, prior))


def test_the_share_resolved_grows_with_the_sample():
    """Nobody asked resolves nothing; a noise of twice the doubt is halved by four answers."""
    assert resolved_share(0, 2.0) == 0.0 and resolved_share(4, 2.0) == 0.5
