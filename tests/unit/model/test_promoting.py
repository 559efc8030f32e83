"""Promotions in the assembled model: burst and dip, what they cost, and people as their limit."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.unit.model.company import altered

from tandem.model.simulate import simulate
from tandem.model.types import Array, Inputs, Trajectory
from tandem.units import DAYS_PER_MONTH, month_index

DRAWS = 12
NOVEMBER = month_index("2027-11")
EVENT = "double_11"


def quiet(**flags: bool) -> Inputs:
    """Do-nothing without growth and with expected people, so that months repeat those of 2026."""
    return inputs("do-nothing", DRAWS, growth=False, whole_people=False, **flags)


@cache
def as_ever() -> Trajectory:
    """What happens without a change."""
    return simulate(quiet())


def in_november(given: Inputs, **changes: object) -> Inputs:
    """The inputs with terms of Double 11 changed in November 2027 alone; not what HR plans by."""
    row = given.structure.promotions.index(EVENT)
    month = given.months[NOVEMBER]
    terms = {}
    for name, change in changes.items():
        values = np.array(getattr(month.parameters.promotion, name))
        values[row] = change(values[row]) if callable(change) else change
        terms[name] = values
    months = list(given.months)
    months[NOVEMBER] = replace(month, parameters=altered(month.parameters, "promotion", **terms))
    return replace(given, months=tuple(months))


def total(run: Trajectory, name: str) -> Array:
    """Sum over markets from November 2027 on, (d,)."""
    return run.market[name][NOVEMBER:].sum(axis=(0, 1))


def deeper(uplift: Array) -> Array:
    """An uplift of .3 more."""
    return uplift + 0.3


def test_a_promotion_adds_what_it_did_not_pull_forward_in_the_whole_model():
    """With people for everybody a promotion's burst and dip come to (1 - pi) u o0 in every future, and
    the customers are those of before: the uplift by itself makes none.

    All orders move by a little more or less: who is won earlier orders again earlier, and longer waits at
    the service desk cost some later.
    """
    given = quiet(unlimited_people=True)
    usual, lifted = simulate(given), simulate(in_november(given, uplift=deeper))
    terms = given.months[NOVEMBER].parameters.promotion
    row = given.structure.promotions.index(EVENT)
    without = usual.market["orders"][NOVEMBER].sum(axis=0) / (1.0 + terms.uplift[row])
    expected = (1.0 - terms.pulled_forward[row]) * 0.3 * without
    gained = total(lifted, "orders") - total(usual, "orders")
    assert gained == pytest.approx(expected, rel=0.1)
    assert total(lifted, "promotion_orders") == pytest.approx(expected, rel=0.01)
    burst = lifted.market["promotion_orders"][NOVEMBER].sum(axis=0)
    assert burst == pytest.approx(0.3 * without)
    customers = [run.market["customers"][-1].sum(axis=0) for run in (usual, lifted)]
    assert customers[1] == pytest.approx(customers[0], rel=1e-3)


def test_a_promotion_as_it_was_in_2026_changes_nothing():
    """2026's festivals are in its season: without a lever no order is gained or missing."""
    assert not as_ever().market["promotion_orders"].any()


def test_a_promotion_without_people_loses_customers_and_makes_those_who_stay_wait():
    """Nobody more to serve the leads of a big promotion: more leads give up, and fewer are won."""
    given = quiet()
    usual, lifted = as_ever(), simulate(in_november(given, uplift=1.5))
    assert (total(lifted, "lost_no_people") > total(usual, "lost_no_people")).all()
    assert (total(lifted, "expired_leads") > total(usual, "expired_leads")).all()
    assert (total(lifted, "new_customers") < total(usual, "new_customers")).all()
    after = [run.market["satisfaction"][NOVEMBER + 1].min(axis=0) for run in (usual, lifted)]
    assert (after[1] < after[0]).all()


def test_a_discount_costs_sales_and_not_goods():
    """The same orders at a deeper discount: less revenue and fees, the same cost of goods."""
    given = quiet()
    usual, cheaper = as_ever(), simulate(in_november(given, discount=0.5))
    row = given.structure.promotions.index(EVENT)
    terms = given.months[NOVEMBER].parameters.promotion
    share = (terms.uplift + terms.days / DAYS_PER_MONTH)[row] / (1.0 + terms.uplift[row])
    kept = (1.0 - 0.5 * share) / (1.0 - terms.discount[row] * share)
    sales = [run.market["sales"][NOVEMBER] for run in (usual, cheaper)]
    assert sales[1] == pytest.approx(sales[0] * kept, rel=1e-9)
    assert cheaper.ledger[NOVEMBER, 1] == pytest.approx(usual.ledger[NOVEMBER, 1])


def test_what_a_promotion_costs_stands_in_the_ledger():
    """Taking part and advertising beyond 2026's are media, a platform's extra fee is a fee."""
    given = quiet()
    usual = as_ever()
    dearer = simulate(in_november(given, taking_part=lambda was: was + 1e6))
    lines = ("revenue", "cogs", "fees", "trade_spend", "media")
    moved = (dearer.ledger - usual.ledger)[NOVEMBER, : len(lines)].mean(axis=-1)
    assert dict(zip(lines, moved, strict=True)) == pytest.approx(
        {"revenue": 0.0, "cogs": 0.0, "fees": 0.0, "trade_spend": 0.0, "media": 1e6}, abs=1e-3
    )
    charged = simulate(in_november(given, platform_fee=lambda was: was + 0.1))
    assert (charged.ledger[NOVEMBER, 2] > usual.ledger[NOVEMBER, 2]).all()


def test_no_spend_no_lift():
    """A promotion without its advertising is as one that is not held, but for what taking part costs."""
    given = quiet()
    silent = simulate(in_november(given, advertising=0.0))
    dropped = simulate(in_november(given, used=0.0))
    names = ("leads", "promotion_orders")
    for name in names:
        assert silent.market[name][NOVEMBER] == pytest.approx(dropped.market[name][NOVEMBER])
    assert (dropped.market["promotion_orders"][NOVEMBER].sum(axis=0) < 0).all()
    assert total(dropped, "leads").mean() < total(as_ever(), "leads").mean()


def test_targeting_brings_leads_at_a_cost():
    """Half of search spend targeted: more leads from it in every future, and its cost beside the media."""
    given, row = quiet(), NOVEMBER
    search = given.structure.touchpoints.index("search_ads")
    month = given.months[row]
    share = np.array(month.parameters.brand.targeting)
    share[search] = 0.5
    months = list(given.months)
    months[row] = replace(month, parameters=altered(month.parameters, "brand", targeting=share))
    usual, targeted = as_ever(), simulate(replace(given, months=tuple(months)))
    assert (targeted.market["leads"][row, 0] > usual.market["leads"][row, 0]).all()
    market = month.parameters.market
    spent = (market.media * market.media_mix[:, search])[list(given.structure.existing)].sum(axis=0)
    cost = 0.5 * month.parameters.brand.targeting_cost[search] * spent
    media = [run.market["media_spend"][row].sum(axis=0) for run in (usual, targeted)]
    assert media[1] - media[0] == pytest.approx(cost, rel=0.01)


def test_nothing_is_spent_on_a_promotion_where_no_market_is_open():
    """A promotion of a market that is closed reaches nobody and costs nothing."""
    given = quiet()
    closed = given.structure.markets.index("lower_tier")
    row = given.structure.promotions.index(EVENT)
    part = [list(markets) for markets in given.structure.promotion_markets]
    part[row] = [k == closed for k in range(len(given.structure.markets))]
    only = replace(given.structure, promotion_markets=tuple(map(tuple, part)))
    given = replace(given, structure=only, central=replace(given.central, structure=only))
    usual = simulate(given)
    lifted = simulate(in_november(given, uplift=1.5, advertising=1e8, taking_part=1e8))
    assert np.array_equal(lifted.ledger, usual.ledger)
    assert not lifted.market["promotion_orders"].any()


def test_a_month_of_many_promotions_never_has_orders_below_nought():
    """Everything pulled forward and due at once: a month without orders, not one below nought."""
    given = quiet()
    run = simulate(in_november(given, uplift=30.0, pulled_forward=1.0, payback=1.0))
    assert (run.market["orders"] >= 0).all() and (run.market["leads"] >= 0).all()
