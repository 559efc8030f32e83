"""Published results on manpower planning."""

from tests.cases.published import published
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import from_dict, solve


def test_three_grades_can_be_rebuilt_with_842_redundancies():
    """Retraining, downgrading, short time and overmanning bring redundancies down to 841.8.

    Source: Williams, H. P. (2013), Model Building in Mathematical Programming, 5th edition, Wiley,
    sections 12.5 and 14.5; all of them unskilled: 443.0, 166.3 and 232.5 a year.
    """
    plan = solve(from_dict(THREE_GRADES), "redundancy")
    assert plan.redundancies == published("841.796875")
    assert [round(float(heads), 1) for heads in plan.decided.redundant[:, 0]] == [
        443.0,
        166.3,
        232.5,
    ]
    assert not plan.decided.redundant[:, 1:].any()


def test_three_grades_can_be_rebuilt_for_half_a_million():
    """At least cost the same rebuilding takes 498,677.29 pounds and 1,423.7 redundancies.

    Source: Williams, H. P. (2013), Model Building in Mathematical Programming, 5th edition, Wiley,
    sections 12.5 and 14.5.
    """
    plan = solve(from_dict(THREE_GRADES), "cost")
    assert plan.total_cost == published("498677.29")
    assert plan.redundancies == published("1423.7")
