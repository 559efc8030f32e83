"""Information: what it is worth to know something before one chooses.

What it answers: expected value of perfect information (EVPI), of perfect information on some inputs
(EVPPI) and of a study's imperfect answer (EVSI): for payoff tables with likelihoods, for the normal
difference in closed form, and for simulated payoffs by regression on the inputs, with standard error.
All of them are one thing, `gain`: choose after the signal instead of before.

What it leaves out: what a study costs and how long it takes (`tandem.study`). One chooser's rule:
the option of highest expected payoff.

Who may import it: `tandem.study`, charts and above.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tandem.uncertainty.surface import hermite

__all__ = [
    "Worth", "expected", "gain", "normal_evpi", "normal_evsi", "regressed", "resolved_share",
    "table_evsi",
]  # fmt: skip

Floats = NDArray[np.float64]

#: Coefficients are redrawn so often from their sampling distribution for a standard error.
REDRAWN = 100
_UNIT_NORMAL = 1.0 / np.sqrt(2.0 * np.pi)


@dataclass(frozen=True, slots=True)
class Worth:
    """A value of information and its standard error, in the payoff's unit; the value at least 0."""

    value: float
    error: float


def expected(payoffs: Floats, weights: Floats | None = None) -> Floats:
    """Expected payoff of each option, (option,), over futures: payoffs (option, future).

    `weights` (future,) are probabilities; without them all futures are alike.
    """
    return np.asarray(np.average(payoffs, axis=1, weights=weights))


def gain(payoffs: Floats, weights: Floats | None = None) -> float:
    """What choosing after a signal adds to choosing before it, in the payoff's unit, at least 0.

    E[max over options] - max over options of E, with `payoffs` (option, signal) expected given each
    signal. Signals that tell the future itself make it EVPI. Source: Raiffa, H. and Schlaifer, R.
    (1961), Applied Statistical Decision Theory. Raises ValueError without an option.
    """
    if not len(payoffs):
        raise ValueError("no option to choose from")
    after = float(np.average(np.max(payoffs, axis=0), weights=weights))
    return max(after - float(expected(payoffs, weights).max()), 0.0)


def table_evsi(payoffs: Floats, prior: Floats, likelihoods: Floats) -> float:
    """EVSI of a signal: `likelihoods` (state, signal) is the probability of each in each state.

    Signals that cannot occur are left out. Raises ValueError where a state's likelihoods do not add
    up to 1. Source: Raiffa and Schlaifer (1961).
    """
    if not np.allclose(np.sum(likelihoods, axis=1), 1.0):
        raise ValueError("the likelihoods of each state must add up to 1")
    joint = np.asarray(prior)[:, None] * likelihoods
    seen = joint.sum(axis=0)
    joint, seen = joint[:, seen > 0], seen[seen > 0]
    return gain(np.asarray(payoffs) @ (joint / seen), seen)


def normal_evpi(mean: float, sd: float) -> float:
    """EVPI where one option differs from the other by a normal amount of that mean and sd.

    The unit loss integral: sd (phi(z) - z (1 - Phi(z))), z = |mean| / sd; 0 where sd is 0. Source:
    Raiffa and Schlaifer (1961), chapter 5.
    """
    if sd <= 0.0:
        return 0.0
    z = abs(mean) / sd
    return float(sd * (_UNIT_NORMAL * np.exp(-0.5 * z * z) - z * ndtr(-z)))


def normal_evsi(mean: float, sd: float, observations: float, noise: float) -> float:
    """EVSI of so many independent normal observations of sd `noise` on that difference.

    `normal_evpi` with the spread of the mean that the study will leave. Source: as there.
    """
    share = resolved_share(observations, noise / sd) if sd > 0.0 else 0.0
    return normal_evpi(mean, sd * float(np.sqrt(share)))


def resolved_share(observations: float, noise: float) -> float:
    """Share of today's variance that a study resolves, 0..1: n / (n + noise^2).

    `noise` is the spread of one observation over today's spread of belief, on the normal scale.
    """
    return observations / (observations + noise * noise)


def regressed(
    payoffs: Floats, scores: Floats, shares: Floats, *, degree: int = 3, seed: int = 0
) -> Worth:
    """Value of a study that resolves `shares` (input,) of each of the inputs that it informs.

    `payoffs` (option, draw) are simulated, `scores` (input, draw) the normal scores of those inputs
    alone. Shares of 1 make it EVPPI. Payoffs are regressed on Hermite terms of each input; of a term
    of order k the study leaves the share^(k/2)-fold of the same term of its own standardised answer
    (Mehler's formula), so EVSI needs no second simulation. The regression's noise makes some value by
    itself; it is measured by redrawing the coefficients, and taken off. Where draws are too few the
    terms are those of fewer powers; with none, the value is 0 and its error that of EVPI's mean.

    Source: Strong, M., Oakley, J. E. and Brennan, A. (2014), Estimating multiparameter partial
    expected value of perfect information, Medical Decision Making 34(3); Mehler (1866).
    """
    options, draws = payoffs.shape
    while degree > 1 and draws < 4 * (1 + degree * len(scores)):
        degree -= 1
    against = payoffs - payoffs[int(np.argmax(expected(payoffs)))]
    if options < 2 or not len(scores) or draws < 4 * (1 + degree * len(scores)):
        return Worth(0.0, _mean_error(against))
    terms = [hermite(row, degree) for row in scores]
    design = np.column_stack([np.ones(draws), *terms])
    powers = np.arange(1, degree + 1) / 2.0
    known = np.concatenate([[1.0], *(share**powers for share in np.asarray(shares, dtype=float))])
    inverse = np.linalg.pinv(design.T @ design)
    solved = inverse @ design.T @ against.T  # (term, option)
    plain = gain((design @ (known[:, None] * solved)).T)
    missed = against.T - design @ solved
    covariance = missed.T @ missed / (draws - design.shape[1])
    generator = np.random.default_rng(seed)
    left, right = _root(inverse), _root(covariance)
    again = np.array(
        [
            gain((design @ (known[:, None] * (solved + left @ noise @ right))).T)
            for noise in generator.standard_normal((REDRAWN, design.shape[1], options))
        ]
    )
    bias = float(again.mean()) - plain
    return Worth(max(plain - max(bias, 0.0), 0.0), float(again.std(ddof=1)))


def _root(matrix: Floats) -> Floats:
    """The symmetric square root of a covariance, which may be singular."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray((vectors * np.sqrt(np.maximum(values, 0.0))) @ vectors.T)


def _mean_error(against: Floats) -> float:
    """Standard error of the mean of what the best option could be ahead by, in hindsight."""
    best = against.max(axis=0)
    return float(best.std(ddof=1)) / float(np.sqrt(best.size)) if best.size > 1 else 0.0
