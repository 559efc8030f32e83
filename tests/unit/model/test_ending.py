"""Fixed terms that end in a month: who is offered another, who goes, what it costs."""

import numpy as np
import pytest
from tests.unit.model.company import altered, base_inputs

from tandem.model import contracts, ending, statute
from tandem.model.parameters import Parameters

GIVEN = base_inputs()
BASE = GIVEN.base.parameters
ONES = np.ones_like(BASE.people.heads)


def terms(p: Parameters = BASE, multiplier: float = 1.0, frozen: bool = False) -> ending.Ending:
    """A month's fixed terms."""
    return ending.ending(p, BASE, ONES * multiplier, np.full(ONES.shape, frozen))


def test_terms_of_three_years_end_after_three_and_six_years_of_service():
    """The first ends in the third tenure band, the second in the last; none before two years."""
    found = terms()
    assert (found.chance[:2] == 0.0).all()
    assert (found.chance[2:] > 0.0).all()


def test_in_a_freeze_first_terms_run_out_and_second_ones_do_not():
    """Not renewing a first term is lawful and cheaper than redundancy; ending the second is not."""
    usual, frozen = terms(), terms(frozen=True)
    assert frozen.withheld[2] == pytest.approx(ONES)
    assert frozen.withheld[3] == pytest.approx(usual.withheld[3])
    assert usual.withheld[3] == pytest.approx(1.0 - BASE.workforce.terms_offered * ONES)


def test_who_would_leave_refuses_the_next_term():
    """Refusals move with the hazard of leaving, and never beyond everybody."""
    usual, unhappy = terms(), terms(multiplier=2.0)
    assert unhappy.refused == pytest.approx(2.0 * usual.refused)
    assert (terms(multiplier=1e3).refused == 1.0).all()


def test_ends_of_terms_are_part_of_what_2026_lost():
    """Less than the observed turnover: the rest of it is what people decide in between."""
    heads = np.full((4, *ONES.shape), 0.25)
    gone = 12.0 * ending.leavers_2026(BASE, heads)
    assert (gone > 0.0).all() and (gone < BASE.people.turnover).all()


def test_letting_a_term_run_out_costs_less_than_a_redundancy():
    """N after three years, without the month in lieu; 2N after the second term."""
    pay = BASE.people.pay
    owed = ending.severance_a_term(GIVEN.structure, BASE, BASE, pay)
    wage = BASE.finance.local_wage[list(GIVEN.structure.city)]
    assert owed[2] == pytest.approx(statute.severance(pay, 3.0, wage, notice_pay=False))
    assert owed[3] == pytest.approx(statute.severance(pay, 6.0, wage, unlawful=True))
    assert (owed[2] < statute.severance(pay, 3.0, wage)).all()
    assert (owed[:2] == 0.0).all()


def test_shorter_terms_end_earlier_and_more_often():
    """With terms of a year the first ends before two years of service."""
    short = altered(BASE, "workforce", term_months=np.full(2, 12.0))
    assert (terms(short).chance[1] > 0.0).all()
    assert set(contracts.term_end_by_band(np.array(12.0), np.array(0.02), 1) > 0) == {True, False}
