"""Laws of regret."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row

from tandem.study.regret import largest_regret, minimax_regret, regrets


@given(payoffs=row(-1e6, 1e6, 3, 5), shift=number(-1e5, 1e5))
def test_somebody_regrets_nothing_in_each_future(payoffs, shift):
    """In each future one choice was right; what all choices gain alike is regretted by none."""
    names = dict(zip("abc", payoffs, strict=True))
    found = np.stack(list(regrets(names).values()))
    assert (found >= 0.0).all() and (found.min(axis=0) == 0.0).all()
    shifted = regrets({name: values + shift for name, values in names.items()})
    assert np.stack(list(shifted.values())) == pytest.approx(found, abs=1e-6)
    chosen = minimax_regret(names)
    assert largest_regret(names)[chosen] == min(largest_regret(names).values())


@given(payoffs=row(-1e6, 1e6, 2, 5), better=number(0.0, 1e5))
def test_a_choice_that_is_better_everywhere_is_not_regretted(payoffs, better):
    """What is at least as good in every future never has the larger regret."""
    names = {"a": payoffs[0], "b": payoffs[0] + better, "c": payoffs[1]}
    largest = largest_regret(names)
    assert largest["b"] <= largest["a"] + 1e-9
