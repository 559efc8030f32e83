"""The search on a grid: known optima, limits, starts, and the same result for the same seed."""

from itertools import product

import pytest

from tandem.study.search import Effort, Found, Point, Worth, search

SIZES = (12, 20, 15, 4)
BEST = (3, 11, 7, 1)
EFFORT = Effort(population=12, generations=10, seed=1)


def hill(point: Point) -> Worth:
    """One top, with two variables that pull at each other."""
    apart = [step - best for step, best in zip(point, BEST, strict=True)]
    return Worth(-float(sum(a * a for a in apart)) - 0.5 * apart[0] * apart[1])


def limited(point: Point) -> Worth:
    """The same hill with its top beyond a limit."""
    return Worth(hill(point).value, max(0.0, float(point[2] - 5)))


def ran(worth=hill, sizes=SIZES, starts=((0, 0, 0, 0),), effort=EFFORT) -> Found:
    """A search with the usual terms."""
    return search(worth, sizes, starts, effort)


def test_the_top_of_a_hill_is_found_with_few_trials():
    """Of fourteen thousand plans a few hundred simulations find the best."""
    found = ran()
    assert found.point == BEST and found.worth.value == 0.0
    assert found.trials < 400


def test_a_plan_within_the_limits_beats_every_plan_beyond_them():
    """The best plan that cash allows, not the best plan: the grid says the same."""
    found = ran(limited)
    allowed = (p for p in product(*map(range, SIZES)) if p[2] <= 5)
    assert found.worth.beyond == 0.0
    assert found.worth.value == max(hill(p).value for p in allowed)


def test_where_nothing_is_within_the_limits_the_nearest_is_taken():
    """A limit that nobody can keep still has an answer, and it says by how much it is broken."""
    found = ran(lambda p: Worth(float(p[0]), 2.0 + p[1]))
    assert found.point[1] == 0 and found.worth.beyond == 2.0


def test_the_same_seed_finds_the_same_plan():
    """An optimum that changes from run to run cannot be questioned by a board."""
    rough = lambda p: Worth(float((7 * p[0] + 13 * p[1] + 5 * p[2] * p[3]) % 17))  # noqa: E731  # a rugged surface
    one, two = ran(rough), ran(rough)
    assert one == two
    assert ran(rough, effort=Effort(12, 10, 2)).worth.value == pytest.approx(one.worth.value, abs=2)


def test_no_result_is_worse_than_a_start():
    """Joint planning starts from what each department would do alone, so it cannot do worse."""
    needle = (9, 19, 14, 3)
    found = ran(lambda p: Worth(float(p == needle)), starts=((0, 0, 0, 0), needle))
    assert found.point == needle
    assert [s.value for s in found.starts] == [0.0, 1.0]


def test_a_small_grid_is_tried_as_a_whole():
    """Few choices need no search: every one is tried, none twice."""
    seen: list[Point] = []

    def counted(point: Point) -> Worth:
        seen.append(point)
        return Worth(float(point == (1, 2)))

    found = search(counted, (3, 4), [(0, 0)], Effort(5, 3, 0))
    assert found.point == (1, 2) and found.trials == len(seen) == len(set(seen)) == 12


def test_every_trial_is_told_with_the_best_so_far():
    """Who waits sees that it goes on: trials count up, the best never falls."""
    heard: list[tuple[int, float]] = []
    search(hill, SIZES, [(0, 0, 0, 0)], EFFORT, lambda n, best: heard.append((n, best.value)))
    assert [n for n, _ in heard] == list(range(1, len(heard) + 1))
    values = [value for _, value in heard]
    assert values == sorted(values)


@pytest.mark.parametrize("start", [(0, 0), (0, 0, 0, 4), (0, -1, 0, 0)])
def test_a_start_outside_the_grid_is_refused(start):
    """A start that the bounds do not allow is a mistake of who asks."""
    with pytest.raises(ValueError, match="is not a point of a grid"):
        ran(starts=(start,))


def test_a_search_without_a_start_is_refused():
    """There is always a plan that stands now."""
    with pytest.raises(ValueError, match="needs a point to start from"):
        ran(starts=())
