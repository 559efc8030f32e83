"""Days to fill and fill rate, against requisitions filled one by one."""

import numpy as np
from tests.fixtures.simulations import inputs

from tandem import units
from tandem.study.filling import days_to_fill, due_months, fill_rate, filled_days

ONE = np.ones((1, 1))


def test_days_of_the_filled_are_those_of_a_count_person_by_person() -> None:
    """Of a hundred thousand requisitions, those filled so far took as long as the law says."""
    random = np.random.default_rng(2)
    opened = np.array([40_000.0, 0.0, 60_000.0, 20_000.0])
    mean, sd = 45.0, 20.0
    variance = np.log1p((sd / mean) ** 2)
    taken = []
    for month, number in enumerate(opened.astype(int)):
        days = random.lognormal(np.log(mean) - variance / 2, np.sqrt(variance), number)
        start = month + np.rint(days / units.DAYS_PER_MONTH)
        taken.append(days[(start >= 1) & (start < len(opened))])
    seen = np.concatenate(taken)
    every = np.ones((len(opened), 1))
    found, spread = filled_days(opened[:, None], mean * every, sd * every, first=1)
    assert abs(found[0] - seen.mean()) < 4 * seen.std() / np.sqrt(seen.size)
    assert abs(spread[0] / seen.std() - 1) < 0.01
    assert found[0] < mean  # the slow ones are still looked for


def test_nobody_filled_has_no_days() -> None:
    """Without requisitions there is no time to fill, rather than one of 0."""
    assert np.isnan(filled_days(0 * ONE, 45 * ONE, 20 * ONE, first=0)[0]).all()


def test_loaded_recruiters_take_longer() -> None:
    """Twice the recruiting time stretches every stage but notice: less than twice the days."""
    given = inputs("lower-tier-expansion", 8)
    usual, _ = days_to_fill(given, np.ones((2, 8)))
    slow, spread = days_to_fill(given, np.full((2, 8), 2.0))
    assert usual.shape == (2, len(given.structure.positions), 8)
    assert (slow > usual).all() and (slow < 2 * usual).all() and (spread > 0).all()
    before, _ = days_to_fill(given, np.ones((1, 8)), first=-1)
    np.testing.assert_allclose(before[0], usual[0])


def test_a_requisition_is_due_when_its_days_have_passed() -> None:
    """Opened two months before the quarter's end it is due in it, opened last month it is not."""
    two_months = 2 * units.DAYS_PER_MONTH
    assert list(due_months(two_months, 0, 5)) == [-1, 0, 1, 2, 3, 4]
    assert list(due_months(two_months + 1, 0, 5)) == [-2, -1, 0, 1, 2, 3]
    assert list(due_months(0.5, 3, 4)) == [3, 4]


def test_the_fill_rate_is_filled_over_due() -> None:
    """Early people make it exceed one; where nothing was due there is none."""
    assert fill_rate(9, 10) == 0.9
    assert fill_rate(3, 2) == 1.5
    assert np.isnan(fill_rate(0, 0))
    np.testing.assert_array_equal(fill_rate([1.0, 1.0], [2.0, 0.0]), [0.5, np.nan])
