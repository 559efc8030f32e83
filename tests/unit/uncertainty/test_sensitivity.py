"""Tornado and Sobol indices."""

import numpy as np
import pytest

from tandem.uncertainty.sensitivity import base_design, sobol, tornado


def test_the_widest_swing_stands_on_top():
    """Inputs are ranked by how far they move the outcome, whichever end is the better one."""
    found = tornado(np.array([1.0, 5.0, -1.0]), np.array([2.0, -3.0, -1.0]))
    assert [swing.input for swing in found] == [1, 0, 2]
    assert found[0].width == 8.0 and found[0].turns
    assert found[2].width == 0.0 and not found[2].turns


def test_a_tornado_needs_both_ends():
    """An input with one end alone is refused."""
    with pytest.raises(ValueError, match="2 outcomes at the low ends but 1"):
        tornado(np.zeros(2), np.zeros(1))


def run(model, columns, groups, rows=256, **more):
    """Indices of `model` over groups of columns on a Sobol design."""
    design = base_design(columns, rows, seed=3)
    mixed = np.array([model(design.mixed(np.array(group))) for group in groups])
    return sobol(model(design.a), model(design.b), mixed, **more)


def test_shares_of_a_sum_are_those_of_its_parts():
    """Of x + 2 y + nothing, y explains four fifths, alone and in all, with an interval around it."""
    found = run(lambda u: u[0] + 2.0 * u[1] + 0.0 * u[2], 3, [[0], [1], [2]], resamples=100)
    assert found.first == pytest.approx([0.2, 0.8, 0.0], abs=0.05)
    assert found.total == pytest.approx([0.2, 0.8, 0.0], abs=0.05)
    assert (found.first_low <= found.first_high).all() and found.total_low[1] < 0.8
    assert found.total_high[1] > 0.75


def test_inputs_that_move_together_count_as_one():
    """A product of two inputs has no share for either alone that they do not have as a group."""
    found = run(lambda u: (u[0] - 0.5) * (u[1] - 0.5) + 0.1 * u[2], 3, [[0, 1], [2]])
    assert found.first.sum() == pytest.approx(1.0, abs=0.1)
    assert found.total == pytest.approx(found.first, abs=0.1)


def test_an_outcome_that_never_moves_has_no_cause():
    """A constant outcome gives shares of nought, not a division by it."""
    found = run(lambda u: np.full(u.shape[1], 3.0), 2, [[0], [1]], resamples=20)
    assert found.first.tolist() == [0.0, 0.0] and found.total_high.tolist() == [0.0, 0.0]


def test_designs_that_do_not_fit_are_refused():
    """Rows are a power of two, and outcomes of one design have one length."""
    with pytest.raises(ValueError, match="power of two, found 100"):
        base_design(2, 100, seed=0)
    with pytest.raises(ValueError, match="outcomes have shapes"):
        sobol(np.zeros(4), np.zeros(4), np.zeros((2, 8)))
