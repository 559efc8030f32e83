"""Surface: an outcome as a smooth sum of what each input contributes, fitted to simulated draws.

What it answers: the additive response surface with its cross-validated R2, and the mean outcome
where one input is held. Inputs come as normal scores, whose Hermite polynomials are independent of
each other, so a term's coefficient says what it alone explains.

What it leaves out: joint effects of two inputs (a low R2 shows them), and simulating: what a surface
says is checked against the simulation (`tandem.study`).

Who may import it: `tandem.study`, charts and above.
"""

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.polynomial import hermite_e
from numpy.typing import NDArray
from scipy.special import ndtri

__all__ = ["Surface", "fitted", "hermite", "normal_scores"]

Floats = NDArray[np.float64]

#: Strengths of the ridge that are tried, in units of the number of draws.
RIDGES = (0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)


def normal_scores(uniforms: Floats) -> Floats:
    """Standard normal scores of uniforms in (0, 1), same shape."""
    return np.asarray(ndtri(uniforms), dtype=np.float64)


def hermite(scores: Floats, degree: int) -> Floats:
    """Hermite polynomials 1 to `degree` of normal scores (draw,), each of variance 1: (draw, degree).

    He_k / sqrt(k!). Source: Xiu, D. and Karniadakis, G. E. (2002), The Wiener-Askey polynomial chaos
    for stochastic differential equations, SIAM Journal on Scientific Computing 24(2).
    """
    scale = np.sqrt([float(factorial(k)) for k in range(1, degree + 1)])
    return np.asarray(hermite_e.hermevander(np.asarray(scores), degree)[..., 1:] / scale)


@dataclass(frozen=True, slots=True)
class Surface:
    """An additive surface: `mean` plus the sum over its inputs of Hermite terms.

    inputs: numbers of the inputs that it has, others contribute nothing. coefficients: (its inputs,
    degree), in the outcome's unit. r2: share of the outcome's variance that it explains in draws
    that it was not fitted to, at most 1, below 0 where it is worse than the mean.
    """

    mean: float
    inputs: tuple[int, ...]
    coefficients: Floats
    r2: float

    @property
    def degree(self) -> int:
        """Highest power of each input."""
        return int(self.coefficients.shape[1])

    def at(self, scores: Floats) -> Floats:
        """The outcome at normal scores (input, draw) of all inputs: (draw,)."""
        parts = [self.part(k, scores[k]) for k in self.inputs]
        return np.asarray(self.mean + np.sum(parts, axis=0) * np.ones(scores.shape[1]))

    def part(self, number: int, scores: Floats) -> Floats:
        """What one input adds to the mean at its normal scores, same shape; nothing if unknown."""
        if number not in self.inputs:
            return np.zeros_like(scores)
        return np.asarray(
            hermite(scores, self.degree) @ self.coefficients[self.inputs.index(number)]
        )


def fitted(scores: Floats, outcome: Floats, inputs: tuple[int, ...], degree: int = 2) -> Surface:
    """The ridge regression of an outcome (draw,) on Hermite terms of `inputs` of scores (input, draw).

    The ridge is the one of RIDGES with the least leave-one-out error, which also gives R2. Inputs are
    taken in their order, as many as leave three draws a coefficient; a constant outcome has R2 of 1.

    Source: Hoerl and Kennard (1970), Ridge regression, Technometrics 12(1); leave-one-out by the hat
    matrix: Allen, D. M. (1974), Technometrics 16(1).
    """
    outcome = np.asarray(outcome, dtype=float)
    kept = tuple(inputs[: max(len(outcome) // (3 * degree), 0)])
    centre = float(outcome.mean())
    spread = float(np.sum((outcome - centre) ** 2))
    if not kept or spread == 0.0:
        return Surface(centre, kept, np.zeros((len(kept), degree)), float(spread == 0.0))
    terms = np.concatenate([hermite(scores[k], degree) for k in kept], axis=1)
    design = np.column_stack([np.ones(len(outcome)), terms])
    tried = [_ridge(design, outcome, ridge * len(outcome)) for ridge in RIDGES]
    error, solved = min(tried, key=lambda pair: pair[0])
    by_input = solved[1:].reshape(len(kept), degree)
    return Surface(float(solved[0]), kept, by_input, 1.0 - error / spread)


def _ridge(design: Floats, outcome: Floats, strength: float) -> tuple[float, Floats]:
    """Sum of squared leave-one-out errors, and the coefficients; the mean is not shrunk."""
    penalty = np.full(design.shape[1], strength)
    penalty[0] = 0.0
    inverse = np.linalg.pinv(design.T @ design + np.diag(penalty))
    solved = inverse @ (design.T @ outcome)
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    missed = (outcome - design @ solved) / np.maximum(1.0 - leverage, 1e-9)
    return float(missed @ missed), solved
