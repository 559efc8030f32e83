"""Whose work is whose: crews of markets and of the company."""

import numpy as np
import pytest
from tests.unit.model.company import structure, working

from tandem.model.stages import COMPANY, NOBODY, company_load, crews, market_load

NEEDS = np.array([[100.0], [50.0]])
HEADS = np.array([[10.0], [5.0], [4.0]])
HEADS_2026 = np.array([[10.0], [0.0], [4.0]])
NEEDS_2026 = np.array([[100.0], [0.0]])


def test_a_markets_own_people_do_its_work():
    """Where people are placed in a market, their load is that market's need alone."""
    crew = crews(structure(), working(span=(1.0, 1.0, 1.0)), "span")
    assert crew.scope == (0, 1)
    load = market_load(structure(), crew, NEEDS, HEADS, NEEDS_2026, HEADS_2026)
    assert load.tolist() == [[1.0], [1.0]]


def test_a_new_markets_people_are_measured_by_those_of_its_home():
    """Where there was nobody in 2026, work a head is compared with the home market's."""
    crew = crews(structure(), working(span=(1.0, 1.0, 0.0)), "span")
    needs = np.array([[100.0], [75.0]])
    load = market_load(structure(), crew, needs, HEADS, NEEDS_2026, HEADS_2026)
    assert load == pytest.approx(np.array([[1.0], [1.5]]))


def test_where_nobody_is_placed_the_company_does_it_for_all():
    """A market without a crew of its own adds its need to that of the company's crew."""
    crew = crews(structure(), working(span=(0.0, 0.0, 1.0)), "span")
    assert crew.scope == (COMPANY, COMPANY)
    load = market_load(structure(), crew, NEEDS, HEADS, NEEDS_2026, HEADS_2026)
    assert load == pytest.approx(np.full((2, 1), 1.5))


def test_work_that_nobody_does_limits_nothing():
    """A company without content people is not throttled by content."""
    crew = crews(structure(), working(), "content")
    assert crew.scope == (NOBODY, NOBODY)
    assert (market_load(structure(), crew, NEEDS, HEADS, NEEDS_2026, HEADS_2026) == 1.0).all()
    assert (company_load(crew, NEEDS[0], HEADS, NEEDS_2026[0], HEADS_2026) == 1.0).all()


def test_a_crew_that_has_left_leaves_everything_undone():
    """With nobody there load is as high as it gets; with nothing to do there is none."""
    crew = crews(structure(), working(span=(1.0, 1.0, 0.0)), "span")
    gone = HEADS.copy()
    gone[0] = 0.0
    load = market_load(structure(), crew, NEEDS, gone, NEEDS_2026, HEADS_2026)
    assert load[0, 0] == 1e3 and load[1, 0] == 1.0
    idle = market_load(structure(), crew, NEEDS * 0.0, gone, NEEDS_2026, HEADS_2026)
    assert (idle == 0.0).all()


def test_company_work_is_shared_by_all_who_do_it():
    """Recruiters carry all requisitions together, each by the weight of their role."""
    crew = crews(structure(), working(recruiting=(0.5, 0.0, 1.0)), "recruiting")
    need, then = np.array([27.0]), np.array([18.0])
    load = company_load(crew, need, HEADS, then, HEADS_2026)
    assert load == pytest.approx([1.5])
    fewer = HEADS * np.array([[0.0], [1.0], [1.0]])
    assert company_load(crew, need, fewer, then, HEADS_2026) == pytest.approx([1.5 * 9.0 / 4.0])


def test_people_who_were_not_there_in_2026_have_no_norm():
    """Work that nobody did in 2026 and somebody does now is neither short nor plenty."""
    crew = crews(structure(), working(training=(0.0, 0.0, 1.0)), "training")
    nobody = HEADS_2026 * 0.0
    assert (company_load(crew, NEEDS[0], HEADS, NEEDS_2026[0], nobody) == 1.0).all()
