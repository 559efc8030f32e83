"""Random numbers as pure functions of names and positions; nothing here holds a state.

Answers: which uniform belongs to an event of a month in a draw, how a column is shuffled, and
how a uniform becomes a whole number of people. Every value depends on its key, its names and its
position alone, so that results do not change with chunks, threads, or what else was drawn, and
two scenarios stay paired. Leaves out: distributions of parameters (assumptions) and any law.
Anybody may import it; it imports numpy and scipy.special alone.

Inverse transforms only: a rejection sampler would scramble all that follows a changed element.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_MIX_1 = 0xBF58476D1CE4E5B9
_MIX_2 = 0x94D049BB133111EB

EXACT_MEAN = 50.0
"""Up to this mean (of the rarer outcome) `binomial` is exact; above, right to +-1."""

_CERTAIN = 1.0 - 1e-13
"""What every sum of a distribution's terms reaches in spite of rounding."""

_SNAP = 1e-9
"""Sums this close to a whole number are that number in `systematic_round`."""


def key(*names: str | int) -> int:
    """A stable 64-bit key of some names and numbers, 0 <= key < 2**64.

    The order matters, and so does the difference between 1 and "1". Never Python's `hash`,
    which differs between processes.
    """
    digest = hashlib.blake2b(digest_size=8)
    for name in names:
        text = str(name).encode()
        digest.update(f"{'s' if isinstance(name, str) else 'i'}{len(text)}:".encode())
        digest.update(text)
    return int.from_bytes(digest.digest(), "little")


def uniform(key: int, month: int, event: int, index: ArrayLike, draws: ArrayLike) -> Floats:
    """Uniforms in the open interval (0, 1), of shape `index.shape + draws.shape`.

    `index` holds positions in the event's own axes (any shape), `draws` absolute numbers of
    draws (one axis, any order): each value depends on (key, month, event, position, draw) alone.

    A splitmix64 finaliser (Steele, Lea and Flood 2014) over the mixed stream of the position,
    xor the mixed number of the draw. 52 bits and a half: neither 0 nor 1 can come out.
    """
    stream = _mix_int(_mix_int(_mix_int(key) ^ (month * _GOLDEN & _MASK)) ^ event)
    shape = np.shape(index)
    numbers = _spread(draws, 0)
    bits = _mix(_spread(index, stream)[:, None] ^ numbers)
    bits >>= np.uint64(12)
    values = bits.astype(np.float64)
    values += 0.5
    values *= 2.0**-52
    return values.reshape(*shape, numbers.size)


def permutation(key: int, n: int) -> NDArray[np.int64]:
    """The numbers 0 .. n-1 in an order that depends on the key alone; shape (n,)."""
    return np.argsort(uniform(key, 0, 0, 0, np.arange(n)), kind="stable")


def binomial(n: ArrayLike, p: ArrayLike, u: ArrayLike) -> Floats:
    """Smallest k with P(Binomial(n, p) <= k) >= u: whole numbers as float64, broadcast shape.

    Exact (inversion from 0) while the mean of the rarer outcome is at most `EXACT_MEAN`; above
    it the Cornish-Fisher quantile of third order, rounded, right to +-1. Never outside [0, n];
    monotone in u. `n` whole and non-negative, `p` in [0, 1], `u` in the open (0, 1).
    """
    n, p, u = np.broadcast_arrays(
        np.asarray(n, np.float64), np.asarray(p, np.float64), np.asarray(u, np.float64)
    )
    out = np.where(p >= 1.0, n, 0.0)
    live = np.flatnonzero((n > 0) & (p > 0) & (p < 1))
    if live.size == 0:
        return out
    n, p, u = n.ravel()[live], p.ravel()[live], u.ravel()[live]
    # The rarer outcome is counted: the mirror image of a quantile is one of 1 - u, passed
    # strictly, which is reached at the next float.
    mirrored = p > 0.5
    rare = np.where(mirrored, 1.0 - p, p)
    level = np.minimum(np.where(mirrored, np.nextafter(1.0 - u, 2.0), u), _CERTAIN)
    exact = n * rare <= EXACT_MEAN
    counts = np.empty_like(n)
    for part, quantile in ((exact, _inversion), (~exact, _cornish_fisher)):
        if part.all():
            counts = quantile(n, rare, level)
        elif part.any():
            counts[part] = quantile(n[part], rare[part], level[part])
    out.ravel()[live] = np.where(mirrored, n - counts, counts)
    return out


def multinomial(n: ArrayLike, p: ArrayLike, u: ArrayLike) -> Floats:
    """Counts of n whole people over categories on the first axis; they add up to n exactly.

    Binomials in sequence, each of what is left. `p` of shape (categories, ...) adds up to 1
    along the first axis; `u` has one row less than `p` (further rows are not read); `n`
    broadcasts against `p[0]` and `u[0]`.
    """
    p, u = np.asarray(p, np.float64), np.asarray(u, np.float64)
    left = np.asarray(n, np.float64)
    # What is left of the probability, summed from the far end: no difference of near equals.
    tails = np.cumsum(p[::-1], axis=0)[::-1]
    counts = []
    for category in range(len(p) - 1):
        tail = tails[category]
        share = np.divide(p[category], tail, out=np.zeros_like(tail), where=tail > 0)
        taken = binomial(left, np.minimum(share, 1.0), u[category])
        counts.append(taken)
        left = left - taken
    counts.append(left)
    return np.stack(np.broadcast_arrays(*counts))


def systematic_round(x: ArrayLike, u: ArrayLike) -> Floats:
    """Whole numbers along the first axis, each with the exact mean of its real one.

    Differences of floor(cumulative sum + u), `u` being one uniform for the whole column
    (shape of `x[0]`): every number is its floor or its ceiling, and the sum is
    floor(total + u), which is the total where that is whole. Systematic sampling (Madow 1949).
    """
    sums = np.cumsum(np.asarray(x, np.float64), axis=0)
    whole = np.rint(sums)
    sums = np.where(np.abs(sums - whole) < _SNAP, whole, sums)
    below = np.floor(sums)  # taken apart: 1 + (1 - 2**-53) is 2 in floating point
    steps = below + np.floor(sums - below + np.asarray(u, np.float64))
    return np.diff(steps, axis=0, prepend=np.zeros_like(steps[:1]))


def _inversion(n: Floats, p: Floats, u: Floats) -> Floats:
    """Walk up from 0 until the distribution function reaches u.

    p <= 1/2 and n p <= EXACT_MEAN, so the first term, (1-p)**n, is above 1e-31. Levels end at
    `_CERTAIN`, which every sum reaches: rounding must not carry a walk to n.
    """
    counts = np.zeros_like(n)
    term = np.exp(n * np.log1p(-p))
    at = np.flatnonzero(term < u)
    n, p, u, term = n[at], p[at], u[at], term[at]
    odds = p / (1.0 - p)
    reached = term.copy()
    steps = np.ones_like(n)
    k = 0.0
    while at.size:
        k += 1.0
        term *= odds * (n - (k - 1.0)) / k
        reached += term
        walking = reached < u
        steps += walking
        if np.count_nonzero(walking) < 0.75 * at.size:  # copying costs more than idle sums
            counts[at[~walking]] = steps[~walking]
            at, n, u, odds = at[walking], n[walking], u[walking], odds[walking]
            term, reached, steps = term[walking], reached[walking], steps[walking]
    return counts


def _cornish_fisher(n: Floats, p: Floats, u: Floats) -> Floats:
    """Rounded quantile from the first four cumulants (Cornish and Fisher 1938)."""
    variance = n * p * (1.0 - p)
    deviation = np.sqrt(variance)
    skewness = (1.0 - 2.0 * p) / deviation
    kurtosis = (1.0 - 6.0 * p * (1.0 - p)) / variance
    z = ndtri(u)
    w = (
        z
        + skewness * (z**2 - 1.0) / 6.0
        + kurtosis * (z**3 - 3.0 * z) / 24.0
        - skewness**2 * (2.0 * z**3 - 5.0 * z) / 36.0
    )
    return np.asarray(np.clip(np.ceil(n * p + deviation * w - 0.5), 0.0, n))


def _spread(numbers: ArrayLike, stream: int) -> NDArray[np.uint64]:
    """Well-mixed bits of whole numbers in a stream, flattened (scalars would warn of overflow)."""
    flat = np.asarray(numbers).astype(np.uint64).reshape(-1)
    return _mix((flat + np.uint64(1)) * np.uint64(_GOLDEN) + np.uint64(stream))


def _mix(z: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The splitmix64 finaliser, element by element, modulo 2**64."""
    z = z ^ (z >> np.uint64(30))
    z *= np.uint64(_MIX_1)
    z ^= z >> np.uint64(27)
    z *= np.uint64(_MIX_2)
    z ^= z >> np.uint64(31)
    return z


def _mix_int(z: int) -> int:
    z = (z + _GOLDEN) & _MASK
    z = ((z ^ (z >> 30)) * _MIX_1) & _MASK
    z = ((z ^ (z >> 27)) * _MIX_2) & _MASK
    return z ^ (z >> 31)
