"""The efficient frontier of cost against the chance of the target."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.study.frontier import frontier

POINT = st.tuples(st.floats(0, 1e8), st.floats(0, 1))


def test_what_costs_more_for_less_is_dominated() -> None:
    """Nobody who wants the target cheaply takes a scenario that another beats on both."""
    found = frontier({"dear": (9.0, 0.5), "cheap": (1.0, 0.1), "good": (5.0, 0.6)})
    assert list(found) == ["cheap", "good", "dear"]
    assert [name for name, place in found.items() if place.efficient] == ["cheap", "good"]
    assert found["dear"].dominated_by == "good"


def test_of_several_the_likeliest_is_named() -> None:
    """A dominated scenario is sent to the best of those that beat it."""
    found = frontier({"a": (1.0, 0.5), "b": (2.0, 0.7), "c": (3.0, 0.4)})
    assert found["c"].dominated_by == "b"


def test_a_target_that_is_never_met_leaves_the_cheapest() -> None:
    """Where no scenario can reach the target, only cost counts; where all do, likewise."""
    for chance in (0.0, 1.0):
        found = frontier({"a": (1.0, chance), "b": (2.0, chance), "c": (3.0, chance)})
        assert [name for name, place in found.items() if place.efficient] == ["a"]


def test_identical_scenarios_are_both_efficient() -> None:
    """Equals dominate neither; one alone is efficient."""
    assert all(place.efficient for place in frontier({"a": (1.0, 0.2), "b": (1.0, 0.2)}).values())
    assert frontier({"a": (1.0, 0.0)})["a"].efficient
    with pytest.raises(ValueError, match="no choice"):
        frontier({})


@given(st.dictionaries(st.text(max_size=3), POINT, min_size=1, max_size=6))
def test_who_dominates_is_on_the_frontier_itself(choices) -> None:
    """There is always an efficient choice, and what is named as better is one."""
    found = frontier(choices)
    assert any(place.efficient for place in found.values())
    named = {place.dominated_by for place in found.values() if place.dominated_by is not None}
    assert all(found[name].efficient for name in named)
