"""Laws of contracts: probation, terms, renewal, and what ending them costs."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share, shares

from tandem.model import contracts, statute

terms, hazards = number(1.0, 120.0), number(0.001, 0.2)


@given(term=terms, longer=number(0.0, 60.0))
def test_longer_terms_allow_no_shorter_probation(term, longer):
    """Probation grows with the term, and never beyond half a year or the term itself."""
    short, long = contracts.probation_limit(np.array([term, term + longer]))
    assert short <= long <= contracts.probation_limit(contracts.OPEN_ENDED)
    assert short <= term


@given(agreed=number(0.0, 1e5), minimum=number(0.0, 5e3))
def test_probation_pay_keeps_both_floors(agreed, minimum):
    """People on probation get four fifths of what was agreed, and the minimum wage in any case."""
    floor = float(contracts.probation_pay_floor(agreed, minimum))
    assert floor >= minimum and floor >= 0.8 * agreed
    assert floor == minimum or floor == pytest.approx(0.8 * agreed)


@given(done=number(0.0, 5.0), years=number(0.0, 30.0))
def test_an_open_contract_once_due_stays_due(done, years):
    """More terms or more service never take away the right to an open contract."""
    now = bool(contracts.must_be_open_ended(int(done), years))
    assert contracts.must_be_open_ended(int(done) + 1, years) >= now
    assert contracts.must_be_open_ended(int(done), years + 1.0) >= now


@given(term=terms, hazard=hazards)
def test_terms_end_less_often_than_they_would_without_leavers(term, hazard):
    """Who leaves during a term does not see its end: fewer than one in L terms ends a month."""
    rate = float(contracts.term_end_rate(term, hazard))
    assert rate < float(contracts.term_end_rate(term, 0.0)) == pytest.approx(1.0 / term)
    # in a steady state those who join are those who leave and those whose term ends
    reached = np.exp(-hazard * term)
    joined = hazard / -np.expm1(-hazard * term)
    assert joined == pytest.approx(hazard + rate)
    assert rate / joined == pytest.approx(reached)


@given(term=terms, hazard=hazards, renewed=share)
def test_contracts_are_first_second_or_open(term, hazard, renewed):
    """The three shares add to one; more renewals mean more open contracts."""
    mix = contracts.contract_shares(term, renewed, hazard)
    assert mix.sum() == pytest.approx(1.0)
    assert (mix >= 0).all()
    assert contracts.contract_shares(term, 1.0, hazard)[2] >= mix[2] - 1e-12
    assert contracts.contract_shares(term, 0.0, hazard).tolist() == [1.0, 0.0, 0.0]


@given(offered=shares, accepted=shares)
def test_every_term_that_ends_is_renewed_or_ended_by_somebody(offered, accepted):
    """Renewed, not offered and refused add to all of them."""
    kinds = contracts.term_end_shares(offered, accepted)
    assert kinds.sum(axis=0) == pytest.approx(1.0)
    assert (kinds >= 0).all()


@given(
    pay=number(1_500.0, 1e5), years=number(0.1, 9.9), wage=number(1_500.0, 3e4), offered=row(0, 1)
)
def test_not_renewing_costs_years_of_service_and_twice_that_where_unlawful(
    pay, years, wage, offered
):
    """Letting the first term run out costs N; letting the second run out against the law, 2N."""
    plain = float(statute.severance(pay, years, wage, notice_pay=False))
    first, second = (contracts.non_renewal_severance(pay, years, wage, n) for n in (1, 2))
    assert first == pytest.approx(plain)
    assert second == pytest.approx(float(statute.severance(pay, years, wage, unlawful=True)))
    cost = contracts.term_end_cost(pay, years, wage, 1, offered)
    assert cost == pytest.approx((1.0 - offered) * plain)
