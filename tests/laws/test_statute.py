"""Laws of statute: what the law makes an employer pay."""

import numpy as np
import pytest
from hypothesis import given
from tests.laws.ranges import number, row, share

from tandem.model import statute

pays, years, wages = number(1_500.0, 500_000.0), number(0.0, 40.0), number(1_500.0, 60_000.0)


@given(pay=pays, served=years, wage=wages, longer=number(0.0, 10.0))
def test_longer_service_is_never_owed_less(pay, served, wage, longer):
    """Severance never falls with years of service."""
    now, then = (float(statute.severance(pay, y, wage)) for y in (served, served + longer))
    assert then >= now


@given(pay=pays, served=years, wage=wages)
def test_severance_is_at_least_the_capped_rule(pay, served, wage):
    """Nobody is owed less than the years counted at pay held to three local wages, twelve at least.

    The month in lieu of notice comes on top, at the pay itself; unlawful dismissal costs twice.
    """
    counted = float(statute.years_counted(served))
    base = min(pay, 3.0 * wage)
    plain = float(statute.severance(pay, served, wage, notice_pay=False))
    assert plain >= min(counted, 12.0) * base - 1e-6
    assert plain <= counted * base + 1e-6
    assert float(statute.severance(pay, served, wage)) == pytest.approx(plain + pay)
    assert float(statute.severance(pay, served, wage, unlawful=True)) == pytest.approx(2.0 * plain)


@given(pay=pays, served=years, wage=wages)
def test_only_high_pay_caps_the_years(pay, served, wage):
    """The cap of twelve years holds only for pay above three times the local wage."""
    plain = float(statute.severance(pay, served, wage, notice_pay=False))
    counted = float(statute.years_counted(served))
    if pay <= 3.0 * wage:
        assert plain == pytest.approx(counted * pay)
    else:
        assert plain == pytest.approx(min(counted, 12.0) * 3.0 * wage)


@given(served=years)
def test_service_counts_in_half_years_and_is_never_rounded_down(served):
    """Years counted are whole or half, at least those served, and at most a half more of each kind."""
    counted = float(statute.years_counted(served))
    assert counted * 2.0 == round(counted * 2.0)
    assert served - 1e-6 <= counted <= served + 0.5 + 1e-6


@given(
    pay=row(0.0, 500_000.0),
    wage=row(1_500.0, 60_000.0),
    floor=number(0.1, 1.0),
    cap=number(1.0, 10.0),
    minimum=share,
)
def test_contributions_rest_on_pay_within_the_citys_limits(pay, wage, floor, cap, minimum):
    """However low or high pay is, contributions rest on a base between floor and cap."""
    base = statute.contribution_base(pay, wage, np.full(3, floor), np.full(3, cap))
    assert (base >= floor * wage - 1e-9).all() and (base <= cap * wage + 1e-9).all()
    fund = statute.housing_fund_base(pay, minimum * wage, wage, np.full(3, cap))
    assert (fund >= minimum * wage - 1e-9).all() and (fund <= cap * wage + 1e-9).all()
    within = (pay >= floor * wage) & (pay <= cap * wage)
    assert (base[within] == pay[within]).all()
