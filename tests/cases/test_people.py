"""Published results on hiring, ramp-up, grades, selection and severance."""

import numpy as np
from tests.cases.published import published

from tandem.model import hiring, recruiting, selection, statute, workforce


def test_two_requisitions_a_week_keep_thirteen_open():
    """At two a week and 45 days to fill, 12 requisitions are open after 60 days, 13 in the end.

    Source: Eick, Massey and Whitt (1993), Operations Research 41(4): M/G/infinity from empty.
    """
    rate = 2.0 / 7.0
    assert hiring.open_requisitions(rate, 45.0, 20.0, 60.0) == published("11.9335")
    assert hiring.open_requisitions(rate, 45.0, 20.0, 5_000.0) == published("12.857")


def test_the_day_level_funnel_is_the_queue_where_it_has_one_stage():
    """Two requisitions a week, counted day by day, are the M/G/infinity figures to the last digit.

    Source: as above; the sum over days of what is still open is the integral itself.
    """
    rate = 2.0 / 7.0
    found = recruiting.open_by_day(np.full(5_000, rate), 45.0, 20.0)
    assert found[59] == published("11.9335")
    assert found[-1] == published("12.857")
    days = np.arange(1.0, 5_001.0)
    exact = [hiring.open_requisitions(rate, 45.0, 20.0, day) for day in days]
    np.testing.assert_allclose(found, exact, rtol=1e-12)
    one_stage = recruiting.open_by_stage(np.full(60, rate), np.array([45.0]), 20.0 / 45.0)
    assert one_stage[0, -1] == published("11.9335")


def test_a_hire_gives_three_productive_years():
    """With a ramp of 4 months and 2.5 % leaving a month: 36 productive months, 14 of them by month 24.

    Source: the integral of exp(-h t) (1 - exp(-t / tau)).
    """
    assert workforce.productive_months(4.0, 0.025) == published("36.3636")
    assert workforce.productive_months(4.0, 0.025, 24.0) == published("14.41612")


def test_twenty_hires_take_thirty_three_offers():
    """At an acceptance of 70 % thirty-three offers bring twenty people in nine cases of ten.

    Source: the binomial distribution.
    """
    assert hiring.offers_needed(0.7, 20, 0.9) == 33


def test_steady_hiring_fills_the_upper_grade_in_the_end():
    """Ten entrants and 1.5 seniors a year end up as 50, 30 and 120 heads.

    Source: Bartholomew, Forbes and McClean (1991): n = R (I - Q)**-1.
    """
    moves = np.array([[0.8, 0.15, 0.0], [0.0, 0.7, 0.2], [0.0, 0.0, 0.95]])
    heads = workforce.grades_in_the_end(moves, np.array([10.0, 1.5, 0.0]))
    assert [float(value) for value in heads] == [
        published("50.0"),
        published("30.0"),
        published("120.0"),
    ]
    assert heads.sum() == published("200.0")


def test_an_assessment_lifts_success_from_sixty_to_seventy_six_per_cent():
    """With validity .5 and every second candidate taken, 76 % of those hired do well instead of 60 %.

    Source: Taylor and Russell (1939), Journal of Applied Psychology 23(5).
    """
    assert selection.success_rate(0.5, 0.5, 0.6) == published(".76087275")


def test_taking_three_of_ten_takes_people_a_standard_deviation_above():
    """The best 30 % of applicants score 1.16 standard deviations above the mean.

    Source: Naylor and Shine (1965), Journal of Industrial Psychology 3.
    """
    assert selection.selection_intensity(0.3) == published("1.158975")


def test_a_buffer_of_people_follows_the_cost_of_being_short():
    """A need of 11.73 with deviation 4.74, and shortage three times as dear as surplus: hold 15.2.

    Source: Arrow, Harris and Marschak (1951), Econometrica 19(3): the newsvendor's critical ratio.
    """
    assert hiring.newsvendor_quantity(11.73, 4.74, 0.77) == published("15.232")


def test_severance_after_thirty_eight_months_is_four_and_a_half_months_pay():
    """Three years and two months count as 3.5: 54,000 with a month in lieu, 84,000 if unlawful.

    Source: Labour Contract Law of the PRC (2012), articles 40, 47 and 87.
    """
    years = 38.0 / 12.0
    assert statute.severance(12_000.0, years, 8_000.0) == published("54000")
    assert statute.severance(12_000.0, years, 8_000.0, unlawful=True) == published("84000")
