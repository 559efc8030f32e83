import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tandem.study.openings import openings, plan


@given(arrays(np.float64, (6, 3, 7), elements=st.integers(0, 20)))
def test_a_plan_is_whole_and_adds_up_to_the_median_of_the_whole(opened: np.ndarray) -> None:
    """Openings of single months add up to the median of all that is opened, to the person."""
    planned = plan(opened)
    assert planned.min() >= 0
    total = np.rint(np.median(opened.sum(axis=0), axis=-1))
    np.testing.assert_array_equal(planned.sum(axis=0), total)


def test_an_opening_is_dated_by_first_and_by_nine_in_ten() -> None:
    """HR reads two dates: when the first opens, and when nearly all must stand."""
    opened = np.zeros((8, 2, 5))
    opened[2:6, 1] = 10.0
    opened[7, 1] = 2.0
    opened[1, 0] = 1.0
    found = openings(plan(opened), until=8)
    assert [(o.position, o.count, o.first, o.most) for o in found] == [(1, 42, 2, 5), (0, 1, 1, 1)]


def test_only_what_opens_within_the_horizon_counts() -> None:
    """Later openings are another year's plan."""
    opened = np.zeros((8, 1, 3))
    opened[6] = 4.0
    assert openings(plan(opened), until=6) == []
    assert openings(plan(opened), until=8)[0].count == pytest.approx(4)
