"""Published results on hiring, ramp-up, grades, selection and severance."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.model import (
    contracts,
    hiring,
    matching,
    recruiting,
    selection,
    statute,
    succession,
    workforce,
)


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


def test_grades_fill_year_by_year():
    """From nothing, the second year has 18 juniors, 4.05 seniors and .3 leads; in the end 200 heads.

    Source: worked by hand, n' = n Q + R (Bartholomew, Forbes and McClean 1991).
    """
    moves = np.array([[0.8, 0.15, 0.0], [0.0, 0.7, 0.2], [0.0, 0.0, 0.95]])
    hires = np.tile([10.0, 1.5, 0.0], (400, 1))
    path = succession.grade_path(moves, np.zeros(3), hires, ("junior", "senior", "lead"))
    assert path[1].tolist() == [10.0, 1.5, 0.0]
    assert path[2] == pytest.approx([18.0, 4.05, 0.3])
    assert path[-1].sum() == published("200.0")


def test_one_candidate_stands_ready_in_a_third_of_vacancies():
    """Ready after a year on average, leaving at 2 % a month: 36 % when vacancies come at 2.5 %.

    Source: worked by hand, competing exponentials: .025/.045 - .025/(.045 + 1/12).
    """
    found = succession.ready_when_vacant(np.array([12.0]), np.array([0.02]), 0.025)
    assert found == published(".360750")


def test_an_assessment_lifts_success_from_sixty_to_seventy_six_per_cent():
    """With validity .5 and every second candidate taken, 76 % of those hired do well instead of 60 %.

    Source: Taylor and Russell (1939), Journal of Applied Psychology 23(5).
    """
    assert selection.success_rate(0.5, 0.5, 0.6) == published(".76087275")


def test_two_assessments_together_say_more_than_the_better_one():
    """Validities .5 and .4, correlated .3: together .565, with weights of .418 and .275.

    Source: Cohen, Cohen, West and Aiken (2003), Applied Multiple Regression, 3.2:
    R**2 = (r1**2 + r2**2 - 2 r1 r2 r12) / (1 - r12**2) = .29 / .91; weights .38 / .91, .25 / .91.
    """
    validities = np.array([[0.5], [0.4]])
    matrix = selection.equal_intercorrelations(np.array([0.3]), 2)
    assert float(selection.combined_validity(validities, matrix)[0]) == published(".564519")
    weights = selection.combination_weights(validities, matrix)[:, 0]
    assert [float(w) for w in weights] == [published(".417582"), published(".274725")]


def test_assessing_candidates_pays_for_itself_many_times():
    """Validity .4, three of ten taken, three years, 60,000 a year a deviation, 900 a candidate.

    Worked by hand: 3 x .4 x 1.158975 x 60,000 = 83,446.2 a hire less 900 / .3 = 3,000; twenty
    hires: 1,608,924.5. Source of the form: Cronbach and Gleser (1965), after Brogden (1949).
    """
    each = selection.utility_per_hire(3.0, 60_000.0, 0.4, 0.3, 900.0 / 0.3)
    assert float(each) == published("80446.2")
    hires = np.array([[12.0], [8.0]])
    terms = (np.full((2, 1), 3.0), np.full((2, 1), 60_000.0), np.array([0.4]), np.array([0.3]))
    assert float(selection.utility(hires, *terms, np.array([3_000.0]))[0]) == published("1608924.5")


def test_three_people_get_the_three_posts_they_are_best_at_together():
    """Of the six ways to fill three posts from three candidates, the one of the highest sum is taken.

    Worked by hand: 7+5+6, 7+4+5, 3+6+6, 3+4+9, 8+6+5 and 8+5+9, of which the last, 22, is highest.
    Source of the problem: Kuhn (1955), Naval Research Logistics Quarterly 2.
    """
    fit = np.array([[7.0, 3.0, 8.0], [6.0, 5.0, 4.0], [9.0, 5.0, 6.0]])
    taken = matching.assignment(fit, np.ones((3, 3), dtype=bool))
    assert taken.tolist() == [2, 1, 0]
    assert fit[taken, range(3)].sum() == published("22")


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


def test_probation_terms_and_notice_are_those_of_the_law():
    """One month under a year, two under three years, six from then on; none under three months.

    Source: Labour Contract Law of the PRC (2012), articles 14, 19, 20, 37, 39 and 40.
    """
    terms = np.array([2.0, 3.0, 11.9, 12.0, 35.9, 36.0, contracts.OPEN_ENDED])
    assert contracts.probation_limit(terms).tolist() == [0.0, 1.0, 1.0, 2.0, 2.0, 6.0, 6.0]
    with pytest.raises(ValueError, match="0 months or more; found -1"):
        contracts.probation_limit(-1.0)
    assert contracts.probation_pay_floor(10_000.0, 2_360.0) == published("8000")
    assert contracts.probation_pay_floor(2_500.0, 2_360.0) == published("2360")
    done, years = np.array([0, 1, 2, 0, 1]), np.array([1.0, 9.9, 4.0, 10.0, 12.0])
    assert contracts.must_be_open_ended(done, years).tolist() == [False, False, True, True, True]
    days = [contracts.notice_days(by, on) for by in (False, True) for on in (False, True)]
    assert days == [30, 0, 30, 3]


def test_a_three_year_term_that_runs_out_costs_three_months_pay():
    """Three years at 12,000 cost 36,000 if we do not renew; nothing if the employee refuses.

    After a second such term an open contract is due: 72,000 for six years, twice if we end it.
    Source: Labour Contract Law of the PRC (2012), articles 14 (3), 46 (5), 47 and 87.
    """
    assert contracts.non_renewal_severance(12_000.0, 3.0, 8_000.0, 1) == published("36000")
    assert contracts.non_renewal_severance(12_000.0, 6.0, 8_000.0, 2) == published("144000")
    assert contracts.term_end_cost(12_000.0, 3.0, 8_000.0, 1, 0.75) == published("9000")
    assert contracts.term_end_shares(0.75, 0.8).tolist() == pytest.approx([0.6, 0.25, 0.15])


def test_of_three_year_terms_one_in_fifty_three_ends_a_month():
    """At 2 % leaving a month 1.9 % of running three-year terms end a month, not one in 36.

    With four of five renewed, 59 % of heads are in a first term and 18 % in an open contract.
    Source: worked by hand: .02 / (exp(.72) - 1); months 25.662, 9.993 and 7.582 a hire.
    """
    assert contracts.term_end_rate(36.0, 0.02) == published(".01897")
    assert contracts.term_end_rate(36.0, 0.0) == published(".02778")
    shares = contracts.contract_shares(36.0, 0.8, 0.02)
    assert list(shares) == [published(".5935"), published(".2311"), published(".1754")]
