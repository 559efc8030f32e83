"""Regret: what is refused, and how equals are settled."""

import numpy as np
import pytest

from tandem.study.regret import minimax_regret, regrets


def test_without_choices_there_is_nothing_to_regret():
    """An empty comparison is refused."""
    with pytest.raises(ValueError, match="no choice"):
        regrets({})


def test_choices_of_different_futures_are_not_compared():
    """Regret compares the same futures."""
    with pytest.raises(ValueError, match="different numbers of futures"):
        regrets({"a": np.zeros(3), "b": np.zeros(4)})


def test_of_equal_choices_the_first_is_taken():
    """Equal largest regrets are settled by order, so that a report does not change by itself."""
    payoffs = {"b": np.array([1.0, 0.0]), "a": np.array([0.0, 1.0])}
    assert minimax_regret(payoffs) == "b"
