"""Laws of programmes for customers: members, the top tier, community, after-sales service."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row

from tandem.model import loyalty
from tandem.model.parameters import LoyaltyParameters

TYPICAL = {
    "members_2026": 0.25, "joining": 0.015, "member_churn": 0.2, "member_orders": 0.08,
    "member_cost": 5.0, "vip_share": 0.0, "order_shape": 1.0, "vip_churn": 0.25,
    "vip_orders": 0.08, "vip_cost": 15.0, "vip_events": 0.0, "vip_event_cost": 100.0,
    "vip_referral": 0.06, "community_cost": 0.5, "community_churn": 0.02,
    "word_of_mouth_community": 0.02, "word_of_mouth_satisfaction": 0.2, "resolution": 0.7,
    "resolution_satisfaction": 0.15, "resolution_cost": 5.0,
}  # fmt: skip
MEMBERS = np.array([[0.25]])


def programmes(**changed: float) -> LoyaltyParameters:
    """Programmes of 2026, some of them changed; one draw."""
    values = TYPICAL | changed
    return LoyaltyParameters(
        **{f.name: np.array([values[f.name]]) for f in fields(LoyaltyParameters)}
    )


BASE = programmes()
CLUB = programmes(vip_share=0.05, vip_events=4 / 12)


@given(share=number(0.0, 1.0), shape=number(0.2, 8.0))
def test_those_who_order_most_order_at_least_their_share(share, shape):
    """A top tier has at least its share of orders and at most all; of nobody it is nothing."""
    held = loyalty.top_share(np.array([share]), np.array([shape]))[0]
    assert share - 1e-9 <= held <= 1.0
    assert loyalty.top_share(np.zeros(1), np.array([shape]))[0] == 0.0


@pytest.mark.parametrize("share", [0.01, 0.05, 0.2, 0.8])
def test_with_exponential_rates_the_top_share_has_a_closed_form(share):
    """Gamma of shape 1 is exponential: the top share s holds s (1 - ln s)."""
    held = loyalty.top_share(np.array([share]), np.ones(1))[0]
    assert held == pytest.approx(share * (1.0 - np.log(share)), rel=1e-12)


def test_the_top_share_is_what_sampled_customers_have():
    """A million customers with gamma rates: the top tenth's part of all orders, by counting."""
    rates = np.sort(np.random.default_rng(1).gamma(0.8, 1.0, 1_000_000))[::-1]
    counted = rates[:100_000].sum() / rates.sum()
    assert loyalty.top_share(np.array([0.1]), np.array([0.8]))[0] == pytest.approx(
        counted, rel=5e-3
    )


@given(members=row(0.0, 1.0), joining=number(0.0, 0.5), then=number(0.02, 0.98))
def test_members_are_customers(members, joining, then):
    """The share of members stays between nobody and everybody, whatever the rate of joining."""
    args = (np.array([joining]), np.array([then]), np.array([0.015]))
    after = loyalty.members_next(members, *args)
    assert (after >= 0.0).all() and (after <= 1.0).all()


@given(then=number(0.02, 0.98), joining=number(1e-4, 0.01))
def test_the_members_of_2026_stay_as_many(then, joining):
    """With the joining of 2026 the share of members of 2026 holds; with more it grows."""
    now, rate = np.array([then]), np.array([joining])
    assert loyalty.members_next(now, rate, now, rate) == pytest.approx(now, rel=1e-12)
    assert (loyalty.members_next(now, 2 * rate, now, rate) > now).all()


def test_the_programmes_of_2026_change_nothing():
    """Every effect is a difference: as in 2026, nothing moves and nothing costs more."""
    for shift in (loyalty.churn_shift, loyalty.order_shift, loyalty.extra_cost):
        assert shift(BASE, BASE, MEMBERS) == pytest.approx(0.0, abs=1e-15)
    told = loyalty.recommended(np.array([[0.1]]), BASE, BASE, np.ones((1, 1)))
    assert told == pytest.approx(0.1)
    assert loyalty.referred(np.array([[1e5]]), BASE, BASE, np.array([[1e6]])) == 0.0
    assert loyalty.contacts_ratio(BASE.resolution, BASE.resolution) == 1.0


@pytest.mark.parametrize("shape", [0.5, 1.0, 2.0])
def test_the_tier_loses_fewer_orders_than_customers(shape):
    """Those kept are those who order most, so orders last longer than customers do."""
    now = replace(CLUB, order_shape=np.array([shape]))
    customers = loyalty.churn_shift(now, BASE, MEMBERS)
    orders = loyalty.churn_shift(now, BASE, MEMBERS, by_orders=True)
    assert (orders < customers).all() and (customers < 0.0).all()


@given(share=number(0.001, 0.4), shape=number(0.3, 5.0), members=number(0.01, 0.99))
def test_the_tiers_average_to_the_mean_customer(share, shape, members):
    """What the tiers pay, order and lose adds up, by their shares, to the mean customer's."""
    now = programmes(vip_share=share, order_shape=shape, vip_events=0.3)
    found = loyalty.tiers(now, np.array([members]))
    for pair in (("vip", "others"), ("member", "no_member")):
        some = [found[name] for name in pair]
        assert sum(t.share for t in some) == pytest.approx(1.0)
        assert sum(t.share * t.cost for t in some) == pytest.approx(0.0, abs=1e-9)
        assert sum(t.share * t.orders for t in some) == pytest.approx(1.0)
        assert sum(t.share * np.exp(t.hazard) for t in some) == pytest.approx(1.0)


def test_a_tier_costs_its_service_and_its_events():
    """5 % at 15 CNY a month and a third of an event at 100 CNY: 2.42 CNY a customer and month."""
    extra = loyalty.extra_cost(CLUB, BASE, MEMBERS)[0, 0]
    assert extra == pytest.approx(0.05 * (15.0 + 100.0 * 4 / 12))


def test_guests_of_private_events_are_leads_as_long_as_there_is_demand():
    """100,000 customers, 5 % invited, four events a year, .06 leads each: 100 a month, not above room."""
    customers, room = np.array([[1e5]]), np.array([[1e4]])
    assert loyalty.referred(customers, CLUB, BASE, room) == pytest.approx(100.0)
    assert loyalty.referred(customers, CLUB, BASE, np.array([[30.0]])) == 30.0
    assert loyalty.referred(customers, CLUB, BASE, np.array([[-1e-9]])) == 0.0


@given(happier=number(0.3, 1.2), more=number(0.3, 5.0))
def test_what_customers_tell_follows_satisfaction_and_community(happier, more):
    """Happier customers and a livelier community never bring fewer leads, and all stay shares."""
    now = programmes(community_cost=0.5 * more)
    organic, glad = np.array([[0.4]]), np.full((1, 1), happier)
    told = loyalty.recommended(organic, now, BASE, glad)
    gladder = loyalty.recommended(organic, now, BASE, glad + 0.1)
    assert (told <= gladder).all() and (told > 0.0).all() and (gladder <= 0.95).all()
    assert ((told >= loyalty.recommended(organic, BASE, BASE, glad)) == (more >= 1.0)).all()


def test_cases_solved_at_once_take_fewer_contacts():
    """Each contact solves a share r of cases: 1 / r contacts a case, so .8 instead of .7 saves an eighth."""
    ratio = loyalty.contacts_ratio(np.array([0.8]), np.array([0.7]))
    assert ratio == pytest.approx(0.875)
    rng = np.random.default_rng(1)
    assert rng.geometric(0.8, 200_000).mean() / rng.geometric(0.7, 200_000).mean() == pytest.approx(
        ratio[0], rel=5e-3
    )
