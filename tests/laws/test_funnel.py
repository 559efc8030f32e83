"""Laws of leads and service: who turns to us, whom somebody has time for."""

import numpy as np
import pytest
from hypothesis import assume, given
from tests.laws.ranges import number, row, share, shares

from tandem.model import funnel

responses = row(0.0, 1.0, 1, 3, 2)
conversions = row(0.0, 0.95, 3, 2)
organics = row(0.0, 0.95, 1, 2)


@given(
    awareness=row(0.0, 1.0, 1, 2),
    coverage=row(0.0, 1.0, 1, 2),
    organic=organics,
    conversion=conversions,
    response=responses,
)
def test_only_those_who_know_us_and_find_us_turn_to_us(
    awareness, coverage, organic, conversion, response
):
    """Leads are at most the share that knows us where the product can be had."""
    found = funnel.lead_share(awareness, coverage, organic, conversion, response)
    assert (found >= 0.0).all() and (found <= awareness * coverage + 1e-15).all()


@given(organic=organics, conversion=conversions, response=responses, less=share)
def test_more_media_never_bring_fewer_leads(organic, conversion, response, less):
    """Every touchpoint adds to the chance that somebody turns to us."""
    one = np.ones((1, 2))
    full = funnel.lead_share(one, one, organic, conversion, response)
    part = funnel.lead_share(one, one, organic, conversion, response * less)
    assert (part <= full + 1e-15).all()


@given(leads=row(0.0, 1e6, 1, 2), organic=organics, conversion=conversions, response=responses)
def test_sources_add_up_to_the_leads(leads, organic, conversion, response):
    """Every lead has one source, and none is invented."""
    assume((organic > 1e-6).all())
    sources = funnel.lead_sources(leads, organic, conversion, response)
    assert (sources >= 0.0).all()
    assert sources.sum(axis=1) == pytest.approx(leads, rel=1e-9, abs=1e-9)


@given(
    leads=row(0.0, 1e6, 1, 2),
    organic=row(0.01, 0.95, 1, 2),
    conversion=conversions,
    response=responses,
)
def test_the_order_of_touchpoints_does_not_move_credit(leads, organic, conversion, response):
    """Whoever lists the touchpoints in another order credits each with the same leads."""
    order = [2, 0, 1]
    first = funnel.lead_sources(leads, organic, conversion, response)
    second = funnel.lead_sources(leads, organic, conversion[order], response[:, order])
    assert second[:, 0] == pytest.approx(first[:, 0])
    assert second[:, 1:] == pytest.approx(first[:, 1:][:, order])


@given(leads=row(1.0, 1e6, 1, 2), organic=row(0.01, 0.95, 1, 2), terms=row(0.0, 0.9, 3, 2))
def test_cutting_a_touchpoint_in_two_credits_nobody_else_differently(leads, organic, terms):
    """Two touchpoints reported as one have together the credit that they had apart."""
    full = np.ones((1, 3, 2))
    apart = funnel.lead_sources(leads, organic, terms, full)
    joint = np.stack([1.0 - (1.0 - terms[0]) * (1.0 - terms[1]), terms[2]])
    merged = funnel.lead_sources(leads, organic, joint, full[:, :2])
    assert merged[:, 0] == pytest.approx(apart[:, 0])
    assert merged[:, 1] == pytest.approx(apart[:, 1] + apart[:, 2], rel=1e-6, abs=1e-6)
    assert merged[:, 2] == pytest.approx(apart[:, 3], rel=1e-6, abs=1e-6)


def test_where_nothing_brings_leads_nothing_is_credited():
    """A market without organic leads and without media has no leads to credit."""
    none = np.zeros((1, 2))
    sources = funnel.lead_sources(none, none, np.full((3, 2), 0.3), np.zeros((1, 3, 2)))
    assert (sources == 0.0).all()


@given(contestable=row(0.0, 1e6), part=shares, season=row(0.1, 5.0))
def test_no_season_brings_more_leads_than_there_are_customers(contestable, part, season):
    """Leads of a month never exceed those who are open to an offer."""
    found = funnel.leads(contestable, part, season)
    assert (found >= 0.0).all() and (found <= contestable).all()


waits = row(0.0, 1e5)
capacities = row(0.0, 1e5)


@given(waiting=waits, capacity=capacities)
def test_served_are_at_most_those_waiting_and_at_most_what_people_can_do(waiting, capacity):
    """Nobody is served who does not wait, and nobody without somebody's time."""
    done = funnel.served(waiting, capacity)
    assert (done >= 0.0).all() and (done <= waiting).all() and (done <= capacity).all()


@given(waiting=waits, capacity=capacities, more=number(0.0, 1e4))
def test_more_people_or_more_leads_never_serve_fewer(waiting, capacity, more):
    """One more seller serves more, and so does one more lead: nothing is a hard bottleneck."""
    done = funnel.served(waiting, capacity)
    assert (funnel.served(waiting, capacity + more) >= done * (1.0 - 1e-12)).all()
    assert (funnel.served(waiting + more, capacity) >= done * (1.0 - 1e-12)).all()


@given(waiting=waits)
def test_with_people_without_limit_all_are_served(waiting):
    """Unlimited capacity serves everybody who waits, to the last one."""
    assert (funnel.served(waiting, np.full(3, np.inf)) == waiting).all()


@given(waiting=row(1.0, 1e5), ratio=row(0.3, 3.0))
def test_people_matter_a_little_even_where_demand_is_short(waiting, ratio):
    """A per cent more sellers brings between nothing and a per cent more served leads."""
    capacity, step = waiting * ratio, 1e-5
    elasticity = np.log(
        funnel.served(waiting, capacity * (1.0 + step)) / funnel.served(waiting, capacity)
    ) / np.log1p(step)
    assert (elasticity > 0.0).all() and (elasticity < 1.0).all()


def test_personal_selling_has_the_benchmark_elasticity_at_a_usual_load():
    """With contacts for 118 % of leads, one per cent more people serve .34 per cent more.

    Source: Albers, Mantrala and Sridhar (2010), Journal of Marketing Research 47(5).
    """
    waiting, step = np.ones(1), 1e-6
    capacity = np.full(1, 1.18)
    change = funnel.served(waiting, capacity * (1.0 + step)) / funnel.served(waiting, capacity)
    assert np.log(change) / step == pytest.approx([0.34], abs=0.005)


@given(unserved=row(0.0, 1e5), patience=row(0.05, 12.0))
def test_leads_give_up_but_not_more_than_wait(unserved, patience):
    """Of those not served a share gives up, the rest wait; nobody is lost twice."""
    gone = funnel.expired(unserved, patience)
    assert (gone >= 0.0).all() and (gone <= unserved).all()


@given(unserved=row(1.0, 1e5), patience=number(0.05, 11.0), more=number(0.01, 1.0))
def test_patient_leads_give_up_later(unserved, patience, more):
    """The longer leads wait, the fewer of them are lost in a month."""
    hasty, patient = (
        funnel.expired(unserved, np.full(3, value)) for value in (patience, patience + more)
    )
    assert (patient < hasty).all()


@given(backlog=row(0.0, 1e5), done=row(1e-3, 1e5))
def test_waiting_time_is_the_queue_over_the_flow(backlog, done):
    """A queue of two months' work means two months of waiting; where nothing flows, none is told."""
    assert funnel.waiting_time(backlog, done) * done == pytest.approx(backlog)
    assert (funnel.waiting_time(backlog, np.zeros(3)) == 0.0).all()


@given(load=number(0.1, 60.0), spare=number(0.01, 20.0))
def test_one_more_agent_shortens_the_wait(load, spare):
    """Another agent lets fewer callers wait, and for less time."""
    agents = int(np.ceil(load + spare))
    assume(agents > load * (1.0 + 1e-9))
    share_now, wait_now = funnel.erlang_c(load, 1.0, agents)
    share_then, wait_then = funnel.erlang_c(load, 1.0, agents + 1)
    assert 0.0 < share_then < share_now <= 1.0
    assert 0.0 < wait_then < wait_now
