"""Keyed uniforms, permutations and whole people by inversion."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy import stats

from tandem import randomness

KEY = randomness.key("test", 7)
LEVELS = np.concatenate(
    [[1e-9, 1e-6, 1e-3], np.linspace(0.00513, 0.99487, 500), [1 - 1e-3, 1 - 1e-6, 1 - 1e-9]]
)


def test_keys_are_stable_and_tell_names_apart():
    """A key is the same in every process, and no two sets of names share one by concatenation."""
    assert randomness.key("attrition", 7) == 0x537678AFAC851518
    keys = {
        randomness.key(*names)
        for names in [("a", "bc"), ("ab", "c"), ("abc",), ("bc", "a"), (1,), ("1",), (), (1, 1)]
    }
    assert len(keys) == 8
    assert all(0 <= k < 2**64 for k in keys)


def test_uniforms_do_not_depend_on_chunks():
    """Cutting the draws or the positions into pieces, in any order, changes no bit."""
    draws, positions = np.arange(1000), np.arange(12).reshape(3, 4)
    whole = randomness.uniform(KEY, 5, 99, positions, draws)
    assert whole.shape == (3, 4, 1000)
    pieces = [
        randomness.uniform(KEY, 5, 99, positions, part) for part in np.split(draws, [10, 400])
    ]
    assert np.array_equal(whole, np.concatenate(pieces, axis=-1))
    order = np.random.default_rng(1).permutation(1000)
    assert np.array_equal(
        whole[..., order], randomness.uniform(KEY, 5, 99, positions, draws[order])
    )
    assert np.array_equal(whole[1, 2], randomness.uniform(KEY, 5, 99, 6, draws))


def test_uniforms_are_uniform():
    """A million uniforms pass Kolmogorov-Smirnov, in the whole and in each month."""
    cube = np.stack(
        [randomness.uniform(KEY, t, 1, np.arange(10), np.arange(5000)) for t in range(20)]
    )
    assert stats.kstest(cube.ravel(), "uniform").pvalue > 1e-3
    assert min(stats.kstest(month.ravel(), "uniform").pvalue for month in cube) > 1e-4


def test_uniforms_are_independent_along_every_axis():
    """Neighbouring months, events, positions, draws and keys are uncorrelated."""
    draws = np.arange(100_000)
    base = randomness.uniform(KEY, 3, 4, 5, draws)
    others = {
        "month": randomness.uniform(KEY, 4, 4, 5, draws),
        "event": randomness.uniform(KEY, 3, 5, 5, draws),
        "position": randomness.uniform(KEY, 3, 4, 6, draws),
        "month and event": randomness.uniform(KEY, 4, 3, 5, draws),
        "key": randomness.uniform(KEY + 1, 3, 4, 5, draws),
        "draw": randomness.uniform(KEY, 3, 4, 5, draws + 1),
    }
    for name, other in others.items():
        for left, right in ((base, other), (abs(base - 0.5), abs(other - 0.5))):
            assert abs(np.corrcoef(left, right)[0, 1]) < 0.015, name


def test_pairs_fill_the_square():
    """Pairs of neighbouring draws hit the cells of a 16 x 16 square equally often."""
    u = randomness.uniform(KEY, 0, 0, np.arange(4), np.arange(50_000)).reshape(-1, 2)
    cells = np.histogram2d(u[:, 0], u[:, 1], bins=16, range=[[0, 1], [0, 1]])[0]
    assert stats.chisquare(cells.ravel()).pvalue > 1e-3


def test_neither_zero_nor_one_can_come_out(monkeypatch):
    """The extreme bit patterns give the ends of the open interval, never 0 or 1."""
    for bits in (0, 2**64 - 1):
        monkeypatch.setattr(
            randomness, "_mix", lambda z, bits=bits: np.full(z.shape, bits, np.uint64)
        )
        u = randomness.uniform(KEY, 0, 0, 0, [0])
        assert 0.0 < u[0] < 1.0


def test_permutations_depend_on_the_key_alone():
    """A permutation holds every number once; another key gives another order."""
    first = randomness.permutation(KEY, 500)
    assert np.array_equal(np.sort(first), np.arange(500))
    assert np.array_equal(first, randomness.permutation(KEY, 500))
    assert not np.array_equal(first, randomness.permutation(KEY + 1, 500))
    assert abs(np.corrcoef(first, np.arange(500))[0, 1]) < 0.15


@pytest.mark.parametrize("n", [1, 2, 5, 20, 50, 99, 1000, 100_000])
@pytest.mark.parametrize("p", [1e-5, 0.003, 0.04, 0.1, 0.27, 0.5, 0.62, 0.9, 0.98, 0.9999])
def test_binomial_against_scipy(n, p):
    """Exact where the mean of the rarer outcome is at most 50, within one person above."""
    ours, scipys = randomness.binomial(n, p, LEVELS), stats.binom.ppf(LEVELS, n, p)
    if n * min(p, 1 - p) <= randomness.EXACT_MEAN:
        assert np.array_equal(ours, scipys)
    else:
        assert np.max(np.abs(ours - scipys)) <= 1.0


@pytest.mark.parametrize(("n", "p"), [(7, 0.3), (40, 0.97), (3000, 0.4)])
def test_binomial_mean_and_spread(n, p):
    """Over evenly spread levels the mean is n p and the variance n p (1 - p)."""
    levels = (np.arange(200_000) + 0.5) / 200_000
    counts = randomness.binomial(n, p, levels)
    assert counts.mean() == pytest.approx(n * p, rel=2e-4)
    assert counts.var() == pytest.approx(n * p * (1 - p), rel=2e-3)


@pytest.mark.parametrize(
    ("n", "p", "expected"), [(5, 0.0, 0.0), (5, 1.0, 5.0), (0, 0.4, 0.0), (0, 1.0, 0.0)]
)
def test_binomial_at_its_ends(n, p, expected):
    """Nobody leaves at p = 0, everybody at p = 1, and of nobody, nobody."""
    assert np.all(randomness.binomial(n, p, LEVELS) == expected)


@pytest.mark.parametrize("n", [900, 1500, 10_000])
def test_nobody_is_lost_to_underflow(n):
    """Where (1-p)**n is 0 in floating point, people do not all leave in silence."""
    assert 0.8**10_000 == 0.0
    counts = randomness.binomial(n, [0.2, 0.9, 0.6], 0.5)
    assert counts == pytest.approx(n * np.array([0.2, 0.9, 0.6]), abs=1)


def test_the_extreme_levels_stay_inside():
    """The smallest and largest uniforms give counts in [0, n] and no warning."""
    ends = np.array([2.0**-53, 1 - 2.0**-53])
    for n, p in [(10, 0.1), (10, 0.9), (100, 0.5), (5000, 0.3), (5000, 0.7)]:
        low, high = randomness.binomial(n, p, ends)
        assert 0 <= low < n * p < high <= n


@given(
    hnp.arrays(np.float64, 20, elements=st.integers(0, 2000).map(float)),
    st.floats(0, 1),
    st.floats(2.0**-53, 1 - 2.0**-53),
    st.floats(2.0**-53, 1 - 2.0**-53),
)
def test_binomial_is_whole_bounded_and_monotone(n, p, u, v):
    """More luck never means fewer people, and people are whole."""
    low, high = (randomness.binomial(n, p, level) for level in sorted((u, v)))
    assert np.all(low <= high)
    assert np.all((low >= 0) & (high <= n))
    assert np.array_equal(high, np.floor(high))


def test_binomial_broadcasts_and_ignores_neighbours():
    """An element's count depends on its own n, p and u alone."""
    n = np.array([[0.0], [3.0], [60.0], [4000.0]])
    p = np.array([0.0, 0.2, 0.5, 0.8, 1.0])
    u = randomness.uniform(KEY, 0, 0, np.arange(4), np.arange(5))
    whole = randomness.binomial(n, p, u)
    assert whole.shape == (4, 5)
    for i, j in np.ndindex(4, 5):
        assert whole[i, j] == randomness.binomial(n[i, 0], p[j], u[i, j])


def test_multinomial_adds_up_with_exact_means():
    """Everybody goes somewhere, and each category gets its share on average."""
    shares = np.array([0.5, 0.0, 0.3, 0.2])
    u = randomness.uniform(KEY, 1, 1, np.arange(3), np.arange(100_000))
    counts = randomness.multinomial(12, shares[:, None], u)
    assert counts.shape == (4, 100_000)
    assert np.all(counts.sum(axis=0) == 12)
    assert np.all(counts >= 0)
    assert counts.mean(axis=1) == pytest.approx(12 * shares, abs=0.02)
    assert np.corrcoef(counts[0], counts[2])[0, 1] == pytest.approx(
        -np.sqrt(0.5 * 0.3 / (0.5 * 0.7)), abs=0.01
    )


def test_multinomial_with_a_certain_last_category():
    """Probabilities that all lie in one category send everybody there."""
    u = np.full((2, 4), 0.3)
    assert np.array_equal(
        randomness.multinomial(9, np.array([0.0, 0.0, 1.0])[:, None], u)[:, 0], [0, 0, 9]
    )


@given(
    hnp.arrays(np.float64, (6, 3), elements=st.floats(0, 40)),
    hnp.arrays(np.float64, 3, elements=st.floats(2.0**-53, 1 - 2.0**-53)),
)
def test_systematic_rounding_stays_next_to_each_value(x, u):
    """Each whole number is the floor or the ceiling of its value, and so is the sum."""
    whole = randomness.systematic_round(x, u)
    assert np.array_equal(whole, np.rint(whole))
    assert np.all(np.abs(whole - x) < 1 + 1e-6)
    assert np.all(np.abs(whole.sum(axis=0) - x.sum(axis=0)) < 1 + 1e-6)


def test_systematic_rounding_has_exact_means_and_sums():
    """Over the uniform every mean is exact, and a whole total is kept in every draw."""
    x = np.array([0.1, 2.35, 0.55, 4.0, 1.0])
    u = (np.arange(10_000) + 0.5) / 10_000
    whole = randomness.systematic_round(np.repeat(x[:, None], u.size, axis=1), u)
    assert whole.mean(axis=1) == pytest.approx(x, abs=1e-4)
    assert np.all(whole.sum(axis=0) == 8.0)


def test_systematic_rounding_does_not_trip_over_tenths():
    """Ten tenths are one person for every uniform, whatever the sum's last bit."""
    u = np.array([2.0**-53, 0.3, 1 - 2.0**-53])
    assert np.all(randomness.systematic_round(np.full((10, 3), 0.1), u).sum(axis=0) == 1.0)
