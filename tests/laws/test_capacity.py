"""Laws of what people can do in a month."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share, shares

from tandem.model import capacity

headrooms = number(1.0, 12.0)


@given(load=number(0.0, 1e3), more=number(0.0, 10.0), headroom=headrooms)
def test_more_load_never_covers_more(load, more, headroom):
    """The more each has to do, the smaller the share that gets done; slack helps only a little."""
    light, heavy = capacity.cover(np.array([load, load + more]), np.full(2, headroom))
    assert 0.0 < heavy <= light <= 2.0**0.25 + 1e-12


@given(load=number(20.0, 1e3), headroom=headrooms)
def test_far_above_capacity_what_gets_done_is_capacity(load, headroom):
    """At a multiple of what people can carry they do what they can, and the rest stays undone."""
    done = capacity.cover(np.array([load * headroom]), np.array([headroom])) * load * headroom
    assert done == pytest.approx([headroom * (1.0 + headroom**-4.0) ** 0.25], rel=1e-4)


@given(need=row(0.01, 1e6), staff=row(0.01, 1e3), factor=number(0.1, 10.0))
def test_twice_the_work_for_twice_the_people_is_the_same_load(need, staff, factor):
    """Load is work per head against 2026: growing both alike changes nothing."""
    same = capacity.relative_load(need * factor, staff * factor, need, staff)
    assert same == pytest.approx(np.ones(3))
    assert (capacity.relative_load(need, staff, need, staff) == 1.0).all()


@given(need=row(0.0, 1e6), staff=row(0.0, 1e3), then=row(0.0, 1e6), staff_then=row(0.0, 1e3))
def test_load_is_a_number_whoever_is_missing(need, staff, then, staff_then):
    """With nobody there, or nothing to do, or no norm of 2026, load is still between 0 and much."""
    load = capacity.relative_load(need, staff, then, staff_then)
    assert (load >= 0.0).all() and (load <= 1e3).all()
    assert (load[need == 0.0] == 0.0).all()


@given(heads=row(0.0, 1e3, 2, 3), work=shares, field=shares, contacts=row(0.0, 500.0), more=share)
def test_contacts_add_up_over_people_and_fall_with_time_in_the_field(
    heads, work, field, contacts, more
):
    """People add up inside a stage; an hour spent on outlets is not spent on leads."""
    output = np.ones((2, 3))
    together = capacity.contacts_capacity(heads, work, field, contacts, output)
    apart = sum(
        capacity.contacts_capacity(heads[k : k + 1], work, field, contacts, output[:1])
        for k in range(2)
    )
    assert together == pytest.approx(apart)
    longer = field + more * (1.0 - field)
    assert (
        capacity.contacts_capacity(heads, work, longer, contacts, output) <= together * (1 + 1e-12)
    ).all()


@given(
    quality=row(-2.0, 2.0),
    training=row(0.3, 1.3),
    span=row(0.3, 1.2),
    effort=row(0.7, 1.3),
    engagement=row(-1.0, 1.0),
    effects=row(0.0, 1.0, 4),
    more=number(0.0, 1.0),
)
def test_better_trained_led_and_motivated_people_never_do_less(
    quality, training, span, effort, engagement, effects, more
):
    """Quality, training, managers' time, effort and engagement each raise output; 2026 is 1."""

    def output(*moods):
        return capacity.output_per_head(*moods, *(np.full(3, e) for e in effects))

    usual = output(np.zeros(3), np.ones(3), np.ones(3), np.ones(3), np.zeros(3))
    assert (usual == 1.0).all()
    moods = [quality, training, span, effort, engagement]
    now = output(*moods)
    for k in range(len(moods)):
        better = [mood + more if j == k else mood for j, mood in enumerate(moods)]
        assert (output(*better) >= now * (1.0 - 1e-12)).all()


@given(
    coverage=shares,
    heads=row(0.0, 1e4),
    rate=row(0.0, 0.1),
    loss=row(0.0, 0.3),
    kept=row(0.0, 1.2),
)
def test_distribution_stays_a_share_of_the_outlets(coverage, heads, rate, loss, kept):
    """People open no more outlets than there are, and lose no more than they have."""
    after, opened, lost = capacity.coverage_next(coverage, heads, rate, loss, kept)
    assert (after >= -1e-15).all() and (after <= 1.0 + 1e-15).all()
    assert (opened >= 0.0).all() and (lost >= 0.0).all()
    assert after == pytest.approx(coverage + opened - lost, abs=1e-12)


@given(coverage=shares, loss=row(0.001, 0.3), kept=number(0.1, 1.0), less=share)
def test_neglected_outlets_are_lost_faster(coverage, loss, kept, less):
    """Where channel managers look after fewer outlets, at least as many are lost."""
    none = np.zeros(3)
    held, neglected = (
        capacity.coverage_next(coverage, none, none, loss, np.full(3, value))[2]
        for value in (kept, kept * less)
    )
    assert (neglected >= held * (1.0 - 1e-12)).all()


@given(moods=row(-5.0, 5.0, 4, 3), weights=row(0.0, 1.0, 4))
def test_satisfaction_is_moved_within_bounds(moods, weights):
    """No backlog and no effort moves customers' mood by more than its weight."""
    parts = tuple(np.full(3, w) for w in weights)
    target = capacity.satisfaction_target(*moods, parts)
    assert (np.abs(target) <= weights.sum() + 1e-12).all()
    assert (capacity.satisfaction_target(*np.zeros((4, 3)), parts) == 0.0).all()


@given(moods=row(-2.0, 2.0, 4, 3), weights=row(0.0, 1.0, 4), more=number(0.0, 1.0))
def test_service_people_please_and_queues_annoy(moods, weights, more):
    """Engagement and effort never lower satisfaction, backlog and waiting never raise it."""
    parts = tuple(np.full(3, w) for w in weights)
    now = capacity.satisfaction_target(*moods, parts)
    for k, sign in enumerate((1, 1, -1, -1)):
        moved = moods.copy()
        moved[k] += more
        change = capacity.satisfaction_target(*moved, parts) - now
        assert (sign * change >= -1e-12).all()
