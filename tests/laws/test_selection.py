"""Laws of selection and matching: what assessments add, and who takes which post."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from tests.laws.ranges import number, row, share

from tandem.model import matching, selection

fits = hnp.arrays(np.float64, hnp.array_shapes(min_dims=2, max_dims=2, max_side=4),
                  elements=st.integers(0, 100).map(float))  # fmt: skip


@given(validities=row(0.0, 0.5, 3, 2), rho=row(0.0, 0.3, 2))
def test_one_more_assessment_never_predicts_worse(validities, rho):
    """Two well-weighted assessments are as valid as the better of them, three as two of them."""
    three = selection.combined_validity(validities, selection.equal_intercorrelations(rho, 3))
    two = selection.combined_validity(validities[:2], selection.equal_intercorrelations(rho, 2))
    assert (three >= two - 1e-9).all() and (two >= validities[:2].max(axis=0) - 1e-9).all()
    assert (three <= 1.0).all()


@given(validities=row(0.0, 0.5, 3, 2))
def test_assessments_that_have_nothing_in_common_add_up(validities):
    """Uncorrelated assessments: squares of validities add up, weights are the validities."""
    matrix = selection.equal_intercorrelations(np.zeros(2), 3)
    assert selection.combination_weights(validities, matrix) == pytest.approx(validities)
    found = selection.combined_validity(validities, matrix)
    assert found == pytest.approx(np.sqrt((validities**2).sum(axis=0)))


def test_without_an_assessment_nobody_is_told_apart():
    """No assessment, no validity."""
    none = selection.combined_validity(np.zeros((0, 3)), np.zeros((0, 0, 3)))
    assert none.tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("matrix", "validities", "why"),
    [
        ([[1.0, 0.9], [0.2, 1.0]], [0.4, 0.3], "symmetric"),
        ([[1.2, 0.1], [0.1, 1.0]], [0.4, 0.3], "ones on their diagonal"),
        ([[1.0, 1.0], [1.0, 1.0]], [0.4, 0.3], "not positive"),
        ([[1.0, 0.9, 0.9], [0.9, 1.0, 0.1], [0.9, 0.1, 1.0]], [0.4, 0.3, 0.2], "closer to 0"),
        ([[1.0, 0.95], [0.95, 1.0]], [0.9, 0.3], "better than perfectly"),
    ],
)
def test_an_impossible_correlation_is_refused(matrix, validities, why):
    """What cannot be observed on any people is refused, with what to change."""
    with pytest.raises(ValueError, match=why):
        selection.combined_validity(np.array(validities)[:, None], np.array(matrix)[:, :, None])


@given(validity=number(0.0, 0.9), ratio=number(0.05, 0.95), more=number(0.0, 0.1))
def test_a_better_assessment_is_worth_more_and_a_free_one_never_loses(validity, ratio, more):
    """Utility is 0 without validity and cost, rises with validity, falls with cost."""
    terms = (3.0, 60_000.0)
    now = float(selection.utility_per_hire(*terms, validity, ratio, 0.0))
    assert now >= 0.0
    assert float(selection.utility_per_hire(*terms, validity + more, ratio, 0.0)) >= now
    assert float(selection.utility_per_hire(*terms, validity, ratio, 500.0)) == pytest.approx(
        now - 500.0
    )


@given(scores=row(0.0, 100.0, 4, 3), part=share)
def test_the_fit_lies_between_the_weakest_and_the_strongest_skill(scores, part):
    """A weighted mean of skills is no better than the best of them and no worse than the worst."""
    fit = matching.profile_score(scores, np.array([part, 1.0 - part, 0.0]))
    assert (fit >= scores[:, :2].min(axis=1) - 1e-9).all()
    assert (fit <= scores[:, :2].max(axis=1) + 1e-9).all()


@pytest.mark.parametrize("weights", [[0.5, 0.6], [0.5, 0.4], [1.2, -0.2]])
def test_weights_that_do_not_add_up_to_one_are_refused(weights):
    """Else two profiles could not be compared, and a skill could count against a candidate."""
    with pytest.raises(ValueError, match="add up to 1"):
        matching.profile_score(np.ones((2, 2)), np.array(weights))


def test_a_candidate_without_a_score_is_refused():
    """A skill that nobody assessed is neither 0 nor the mean."""
    with pytest.raises(ValueError, match="candidates 1 lack a score"):
        matching.profile_score(np.array([[60.0, 70.0], [np.nan, 80.0]]), np.array([0.5, 0.5]))


def test_one_skill_below_its_minimum_rules_a_candidate_out():
    """A must-have is not made up for by other skills; to reach it exactly is enough."""
    scores = np.array([[90.0, 49.0], [60.0, 50.0]])
    assert matching.meets_minimum(scores, np.array([0.0, 50.0])).tolist() == [False, True]


@given(fit=fits, data=st.data())
def test_no_other_assignment_fills_more_posts_or_fits_better(fit, data):
    """Against every possible assignment: first the posts filled, then the sum of the fit."""
    allowed = data.draw(hnp.arrays(np.bool_, fit.shape))
    taken = matching.assignment(fit, allowed)
    candidates, posts = fit.shape

    def result(chosen):
        pairs = [(c, p) for p, c in enumerate(chosen) if c >= 0 and allowed[c, p]]
        return len(pairs), sum(fit[pair] for pair in pairs)

    people = [*range(candidates), *[matching.UNFILLED] * posts]
    ways = max(result(way) for way in set(permutations(people, posts)))
    assert result(taken) == pytest.approx(ways)
    assert all(allowed[c, p] for p, c in enumerate(taken) if c != matching.UNFILLED)
    assert len({c for c in taken if c >= 0}) == (taken >= 0).sum()


@pytest.mark.parametrize(("candidates", "posts"), [(0, 3), (2, 0), (2, 3)])
def test_a_post_that_nobody_may_take_stays_unfilled(candidates, posts):
    """No candidates, no posts, or nobody who reaches the minimum: a result, not an error."""
    taken = matching.assignment(
        np.zeros((candidates, posts)), np.zeros((candidates, posts), dtype=bool)
    )
    assert taken.tolist() == [matching.UNFILLED] * posts
