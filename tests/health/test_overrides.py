"""Whatever a lever, an outlook or `--set` may change moves a registered measure."""

from tests.fixtures.moved import Item
from tests.fixtures.moving import PASSES, anchored, moved_by
from tests.fixtures.simulations import assumptions


def test_what_a_scenario_may_set_moves_a_measure():
    """Set from the first month on, with 2026 as it was: only what 2026 was moves nothing then.

    Values that a lever sets later are left to `test_parameters`.
    """
    moved: dict[str, str] = {}
    names: set[str] = set()
    for one in PASSES:
        found = assumptions(one.scenario, *one.overrides)
        set_later = {patch.path for patch in found.patches}
        items = [Item(path, "override", e, 0) for path, e in found.estimates.items()]
        items = [i for i in items if not anchored(i) and i.path not in set_later]
        names |= {item.name for item in items}
        open_still = [item for item in items if item.name not in moved and one.asks(item)]
        moved |= moved_by(found, one.rows, open_still)
    assert len(names) > 350
    closed = ("lower_tier", "overseas")  # until a lever opens them, which sets their media too
    assert sorted(names - set(moved)) == [f"override: markets.{name}.media" for name in closed]
