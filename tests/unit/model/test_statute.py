"""Months at which statute changes, and pay at which its caps bite."""

import pytest

from tandem.model import statute


@pytest.mark.parametrize(
    ("months", "years"),
    [
        (0.0, 0.0),
        (0.1, 0.5),
        (5.9, 0.5),
        (6.0, 1.0),
        (11.9, 1.0),
        (12.0, 1.0),
        (12.1, 1.5),
        (18.0, 2.0),
        (38.0, 3.5),
        (144.0, 12.0),
    ],
)
def test_less_than_six_months_count_half_a_year(months: float, years: float):
    """A rest below six months counts as half a year, six months and more as a whole one."""
    assert statute.years_counted(months / 12.0) == years


def test_at_three_local_wages_years_are_not_capped_yet():
    """Pay of exactly three times the local wage is not above it: twenty years count in full."""
    wage = 10_000.0
    assert statute.severance(3 * wage, 20.0, wage, notice_pay=False) == 20 * 3 * wage
    assert statute.severance(3 * wage + 1, 20.0, wage, notice_pay=False) == 12 * 3 * wage


def test_the_month_in_lieu_is_not_capped():
    """High earners' severance is capped, their last month's pay is not."""
    wage, pay = 10_000.0, 80_000.0
    assert statute.severance(pay, 1.0, wage) == 3 * wage + pay
    assert statute.severance(pay, 1.0, wage, unlawful=True) == 2 * 3 * wage


def test_somebody_who_just_started_is_owed_the_notice_alone():
    """No service, no severance."""
    assert statute.severance(9_000.0, 0.0, 8_000.0) == 9_000.0
    assert statute.severance(9_000.0, 0.0, 8_000.0, notice_pay=False) == 0.0
