"""What the plan's drivers ask for, in old markets and in new ones."""

import numpy as np
from tests.fixtures.simulations import inputs

from tandem.model.simulate import people_in_time
from tandem.units import month_index

LAUNCH = month_index("2027-03")


def test_a_new_market_needs_its_plan_for_a_year_and_then_follows_its_drivers():
    """The headcount plan says what the first year needs; later years follow leads and outlets."""
    central = inputs("lower-tier-expansion", 4).central
    assert central is not None
    need = people_in_time(central).position["need_ratio"]
    s = central.structure
    new = [k for k, place in enumerate(s.place) if place == s.markets.index("lower_tier")]
    assert (need[: LAUNCH + 12, new] == 1.0).all()
    assert (need[LAUNCH + 12 :, new] >= 1.0).all()
    assert need[-1, new].max() > 1.05


def test_contact_roles_follow_leads_without_their_season():
    """Where growth is off the level of leads is that of 2026 in every month."""
    central = inputs("do-nothing", 4, growth=False).central
    assert central is not None
    need = people_in_time(central).position["need_ratio"]
    s = central.structure
    reps = s.positions.index("field_rep@core")
    np.testing.assert_allclose(need[:, reps], 1.0, atol=0.02)
