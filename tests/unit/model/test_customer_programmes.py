"""Programmes for customers and a new product, in the whole simulation."""

import numpy as np
from tests.fixtures.simulations import trajectory

from tandem.model.types import LINES

PARENT, DRAWS = "lower-tier-expansion", 24
PLAN, LATER = slice(3, 15), slice(27, 39)
CORE = 0


def mean(scenario: str, name: str, months: slice = LATER) -> float:
    """A market path's mean over months, markets and draws."""
    return float(trajectory(scenario, DRAWS).market[name][months].mean())


def line(scenario: str, name: str, months: slice) -> float:
    """A ledger line's mean."""
    return float(trajectory(scenario, DRAWS).ledger[months, LINES.index(name)].mean())


def test_a_vip_tier_keeps_those_who_order_most_at_a_cost():
    """Orders grow more than customers do, at a cost of service, and guests count as leads without media."""
    vip = "lower-tier-vip-programme"
    orders = mean(vip, "orders") / mean(PARENT, "orders")
    customers = mean(vip, "customers") / mean(PARENT, "customers")
    assert orders > customers > 1.0
    assert line(vip, "service", PLAN) > 1.3 * line(PARENT, "service", PLAN)
    run = trajectory(vip, DRAWS)
    assert np.allclose(run.leads_by_source.sum(axis=2), run.market["leads"])


def test_a_club_grows_by_those_who_join():
    """Members become more from January on, never all; they and better service keep customers."""
    club = trajectory("lower-tier-members-club", DRAWS).market["members"][:, CORE]
    assert np.allclose(club[:4], 0.25)
    assert (np.diff(club[4:], axis=0) > 0.0).all() and (club < 1.0).all()
    for name in ("customers", "satisfaction"):
        assert mean("lower-tier-members-club", name) > mean(PARENT, name)


def test_without_programmes_members_stay_those_of_2026():
    """Do-nothing has the members and the tier of 2026, in new markets too."""
    members = trajectory(PARENT, DRAWS).market["members"]
    assert np.allclose(members, 0.25)
    assert (trajectory(PARENT, DRAWS).market["new_product"] == 0.0).all()


def test_a_new_product_is_liked_or_not_once_and_for_all():
    """It is developed for at least its time, then judged by draw; where it fails sales stay lower."""
    run = trajectory("new-product-launch", 60)
    liked = run.market["new_product"][:, CORE]
    assert set(np.unique(liked)) == {0.0, 1.0}
    assert (liked[:4] == 0.0).all() and (np.diff(liked, axis=0) >= 0.0).all()
    success = liked[-1] == 1.0
    assert 0.35 < success.mean() < 0.8
    growth = run.market["sales"][LATER, CORE].sum(axis=0) / run.market["sales"][:3, CORE].sum(
        axis=0
    )
    assert growth[success].mean() > growth[~success].mean()
    assert (run.market["new_product"][:, 1:] == 0.0).all()


def test_developing_costs_until_the_launch():
    """Fixed cost is higher by development and iteration at first, by iteration alone in the end."""
    same = {"months": slice(0, 4)}
    early = line("new-product-launch", "fixed_cost", **same) - line(
        "do-nothing", "fixed_cost", **same
    )
    late = line("new-product-launch", "fixed_cost", LATER) - line("do-nothing", "fixed_cost", LATER)
    assert early > 0.4e6 and np.isclose(late, 0.1e6)
