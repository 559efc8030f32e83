"""No parameter is decoration: every estimate of `params/` moves a registered measure."""

from tests.fixtures.moved import items_of
from tests.fixtures.moving import PASSES, moved_by
from tests.fixtures.simulations import assumptions

EXCEPTIONS: frozenset[str] = frozenset()


def test_every_estimate_moves_a_measure():
    """Low against high, on the same futures: at least one measure changes, with no exception."""
    moved: dict[str, str] = {}
    names: set[str] = set()
    for one in PASSES:
        found = assumptions(one.scenario, *one.overrides)
        items = items_of(found)
        names |= {item.name for item in items}
        open_still = [item for item in items if item.name not in moved and one.asks(item)]
        moved |= moved_by(found, one.rows, open_still)
    assert len(names) > 400
    assert sorted(names - set(moved) - EXCEPTIONS) == []
    assert not EXCEPTIONS
