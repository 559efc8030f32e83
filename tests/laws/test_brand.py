"""Laws of spending: what it can and cannot do to awareness and liking."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share, shares

from tandem.model import brand, mix


@given(
    awareness=shares,
    decay=shares,
    response=row(0.0, 1.0, 1, 2, 3),
    gain=row(0.0, 0.9, 2, 3),
)
def test_awareness_stays_a_share(awareness, decay, response, gain):
    """Whatever is spent and forgotten, between nobody and everybody knows us."""
    gained = brand.awareness_gain(response, gain)[0]
    after = brand.awareness_next(awareness, decay, gained)
    assert (after >= -1e-15).all() and (after <= 1.0 + 1e-15).all()


@given(awareness=shares, decay=shares, gain=row(0.0, 0.9, 2, 3))
def test_without_spend_awareness_only_fades(awareness, decay, gain):
    """No spend, no lift: with no advertising stock awareness never rises."""
    response = brand.hill(np.zeros((2, 3)), np.full(3, 1.3), np.full(3, 1e6))
    gained = brand.awareness_gain(response, gain)
    assert (gained == 0.0).all()
    assert (brand.awareness_next(awareness, decay, gained) <= awareness).all()


@given(
    stock=number(0.0, 50.0), more=number(0.0, 5.0), slope=number(0.3, 4.0), half=number(0.05, 20.0)
)
def test_more_spend_never_reaches_fewer(stock, more, slope, half):
    """Saturation rises with the stock and stays below everybody."""
    less = brand.hill(np.array([stock]), np.array([slope]), np.array([half]))
    full = brand.hill(np.array([stock + more]), np.array([slope]), np.array([half]))
    assert (full >= less - 1e-15).all()
    assert (less >= 0.0).all() and (full <= 1.0).all()


@given(stock=number(0.01, 50.0), step=number(0.01, 5.0), slope=number(0.3, 1.0))
def test_each_further_yuan_reaches_fewer_where_the_slope_is_at_most_one(stock, step, slope):
    """With a slope of at most 1 returns diminish from the first yuan on."""
    stocks = np.array([stock, stock + step, stock + 2.0 * step])
    low, middle, high = brand.hill(stocks, np.full(3, slope), np.full(3, 2.0))
    assert high - middle <= middle - low + 1e-12


@given(slope=number(1.01, 4.0), half=number(0.1, 10.0), step=number(0.01, 1.0))
def test_beyond_its_turning_point_every_saturation_diminishes(slope, half, step):
    """A steep curve has increasing returns at first, and diminishing ones past its turning point."""
    turning = half * ((slope - 1.0) / (slope + 1.0)) ** (1.0 / slope)
    stocks = turning + np.array([0.0, 1.0, 2.0]) * step
    low, middle, high = brand.hill(stocks, np.full(3, slope), np.full(3, half))
    assert high - middle <= middle - low + 1e-12


@given(half=number(0.01, 1e6), slope=number(0.3, 4.0))
def test_half_is_reached_at_the_half_point(half, slope):
    """The half point is where half of what can be reached is reached."""
    assert brand.hill(np.array([half]), np.array([slope]), np.array([half])) == pytest.approx([0.5])


@given(previous=row(0.0, 1e6), spend=row(0.0, 1e6), retention=shares)
def test_smoothed_spend_lies_between_past_and_present(previous, spend, retention):
    """The half-life says when advertising works, not how much of it there is."""
    after = brand.smoothed_spend(previous, spend, retention)
    slack = 1e-9 * (1.0 + np.maximum(previous, spend))
    assert (after >= np.minimum(previous, spend) - slack).all()
    assert (after <= np.maximum(previous, spend) + slack).all()


@given(weeks=number(0.3, 26.0))
def test_half_of_an_advertising_stock_is_left_after_its_half_life(weeks):
    """A month's retention, compounded over the half-life, leaves a half."""
    retention = brand.retention_from_half_life(np.array([weeks]))
    assert retention ** (weeks * 12.0 / 52.0) == pytest.approx([0.5])


@given(
    start=number(0.0, 1e6), spend=number(0.0, 1e5), decay=number(0.01, 1.0), time=number(0.0, 50.0)
)
def test_goodwill_moves_towards_spend_over_decay(start, spend, decay, time):
    """Goodwill never leaves the way between where it is and where steady spend takes it."""
    after = brand.goodwill_continuous(start, spend, decay, time)
    limit = spend / decay
    slack = 1e-9 * (1.0 + max(start, limit))
    assert min(start, limit) - slack <= after <= max(start, limit) + slack


@given(spend=row(0.0, 100.0), satisfaction=row(-3.0, 3.0), events=share, happy=share)
def test_favourability_is_moved_within_bounds(spend, satisfaction, events, happy):
    """No budget and no mood moves liking by more than its part; at 2026's level nothing moves."""
    target = brand.favourability_target(spend, satisfaction, np.full(3, events), np.full(3, happy))
    assert (np.abs(target) <= events + happy + 1e-12).all()
    same = brand.favourability_target(
        np.ones(3), np.zeros(3), np.full(3, events), np.full(3, happy)
    )
    assert (same == 0.0).all()


@given(level=row(-2.0, 2.0), target=row(-2.0, 2.0), speed=shares)
def test_a_mood_never_overshoots_its_target(level, target, speed):
    """What closes a share of its gap stays between where it was and where it tends to."""
    after = brand.approach(level, target, speed)
    assert (after >= np.minimum(level, target) - 1e-12).all()
    assert (after <= np.maximum(level, target) + 1e-12).all()


@given(
    scale=row(0.5, 20.0, 3),
    exponent=row(0.1, 0.9, 3),
    total=number(1.0, 1e6),
    moved=number(0.001, 0.5),
)
def test_no_yuan_moved_between_touchpoints_brings_more(scale, exponent, total, moved):
    """The best mix spends the whole budget, and moving any part of it elsewhere loses."""
    spend = mix.budget_mix(scale, exponent, total)
    assert spend.sum() == pytest.approx(total)
    best = mix.mix_value(spend, scale, exponent)
    for giver in range(3):
        other = spend.copy()
        other[giver] -= moved * spend[giver]
        other[(giver + 1) % 3] += moved * spend[giver]
        assert mix.mix_value(other, scale, exponent) <= best * (1.0 + 1e-12)


@given(conversion=row(0.0, 0.5, 3), part=shares, lift=row(0.0, 3.0, 3), cost=row(0.0, 1.0, 3))
def test_spend_that_is_not_targeted_reaches_people_as_before(conversion, part, lift, cost):
    """Targeting none of the spend changes nothing and costs nothing; targeting more never brings less."""
    part = part[0]
    targeted = brand.targeted(conversion, part, lift)
    assert (targeted >= conversion).all()
    assert brand.targeted(conversion, 0.0, lift) == pytest.approx(conversion)
    spent = np.ones((1, 3, 1))
    costs = brand.targeting_cost(spent, part, cost[:, None])
    assert costs[0, 0] == pytest.approx(part * cost.sum())
    assert brand.targeting_cost(spent, 0.0, cost[:, None])[0, 0] == 0.0
