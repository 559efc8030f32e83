"""How much customers spend a purchase: the gamma-gamma model.

What it answers: from each customer's number and mean value of purchases: the spread of spending among
customers, with standard errors; what a purchase of a customer is worth to expect, which lies between
that customer's own mean and everybody's.

What it leaves out: how often customers buy (`bgnbd`, `bgbb`), on which spending must not depend
(`link` tells whether it does).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln, polygamma

from tandem.calibration.likelihood import Estimates, estimate
from tandem.calibration.newton import Evaluation, Floats

__all__ = ["GammaGamma", "GammaGammaFit", "fit_gamma_gamma", "link"]

NAMES = ("p", "q", "gamma")
ADVICE = ": customers' purchases are too alike, or too few, to tell how spending differs"
FEWEST = 3


@dataclass(frozen=True, slots=True)
class GammaGamma:
    """Purchases gamma(p, nu) around a customer's mean, nu gamma(q, gamma) among customers.

    Money is in the unit of gamma. Source: Fader, P. S. and Hardie, B. G. S. (2013), The gamma-gamma
    model of monetary value, note 25 on brucehardie.com.
    """

    p: float
    q: float
    gamma: float

    @property
    def mean(self) -> float:
        """Value of a purchase of a customer of whom nothing is known; infinite for q at most 1."""
        return self.p * self.gamma / (self.q - 1.0) if self.q > 1.0 else float("inf")

    def expected(self, frequency: ArrayLike, spend: ArrayLike) -> Floats:
        """Value of a coming purchase, money, (customer,), given how many were seen and their mean.

        p (gamma + x z) / (p x + q - 1), equation 5 of Fader and Hardie (2013); the mean of all where
        x is 0, whatever z.
        """
        x = np.asarray(frequency, dtype=float)
        z = np.where(x > 0, np.asarray(spend, dtype=float), 0.0)
        below = self.p * x + self.q - 1.0
        known = np.divide(
            self.p * (self.gamma + x * z), below, out=np.full_like(below, np.inf), where=below > 0
        )
        return np.asarray(np.where(x > 0, known, self.mean))


@dataclass(frozen=True, slots=True)
class GammaGammaFit:
    """The model at its largest likelihood, and how sure the data are of it."""

    model: GammaGamma
    estimates: Estimates


def fit_gamma_gamma(
    frequency: ArrayLike, spend: ArrayLike, confidence: float = 0.95
) -> GammaGammaFit:
    """Maximum likelihood from numbers x and means z of purchases, (customer,); x of 0 is left out.

    ln L = ln G(px+q)/(G(px) G(q)) + q ln gamma + (px-1) ln z + px ln x - (px+q) ln(gamma + xz),
    equation 1a of Fader and Hardie (2013), with analytic slopes and curvatures. Raises ValueError for
    values that are not positive where x is, with their number, and for fewer than three customers.
    """
    every, values = np.asarray(frequency, dtype=float), np.asarray(spend, dtype=float)
    if every.shape != values.shape or every.ndim != 1:
        raise ValueError("one number and one mean a customer are needed")
    some = every > 0
    if some.sum() < FEWEST:
        raise ValueError(
            f"{int(some.sum())} customers with a purchase: at least {FEWEST} are needed"
        )
    wrong = int((~(values[some] > 0) | ~np.isfinite(values[some])).sum())
    if wrong:
        raise ValueError(
            f"{wrong} customers have purchases worth nothing or less on average: a value is above 0"
        )
    x, scale = every[some], float(values[some].mean())
    z = values[some] / scale

    def evaluate(found: Floats) -> Evaluation:
        return _evaluate(found, x, z)

    found = estimate(evaluate, (2.0, 2.0, 1.0), NAMES, x.size, ADVICE, confidence)
    units = np.array([1.0, 1.0, scale])  # gamma is an amount of money
    found = found.scaled(units, -x.size * float(np.log(scale)))
    return GammaGammaFit(GammaGamma(*found.values.tolist()), found)


def link(frequency: ArrayLike, spend: ArrayLike) -> float:
    """Correlation of number and value among those who bought again: should be near 0; else nan."""
    x, z = np.asarray(frequency, dtype=float), np.asarray(spend, dtype=float)
    some = x > 0
    if some.sum() < FEWEST or np.ptp(x[some]) == 0 or np.ptp(z[some]) == 0:
        return float("nan")
    return float(np.corrcoef(x[some], z[some])[0, 1])


def _evaluate(values: Floats, x: Floats, z: Floats) -> Evaluation:
    """Log-likelihood, slope and information at p, q, gamma."""
    p, q, gamma = values
    px, spent = p * x, gamma + x * z
    top = gammaln(px + q) - gammaln(px) - gammaln(q) + q * np.log(gamma) + (px - 1.0) * np.log(z)
    top += px * np.log(x) - (px + q) * np.log(spent)
    slope = np.array(
        [
            (x * (digamma(px + q) - digamma(px) + np.log(x * z / spent))).sum(),
            (digamma(px + q) - digamma(q) + np.log(gamma / spent)).sum(),
            (q / gamma - (px + q) / spent).sum(),
        ]
    )
    both = polygamma(1, px + q)
    pq, pg = (x * both).sum(), (-x / spent).sum()
    qg = (1.0 / gamma - 1.0 / spent).sum()
    curvature = np.array(
        [
            [(x**2 * (both - polygamma(1, px))).sum(), pq, pg],
            [pq, (both - polygamma(1, q)).sum(), qg],
            [pg, qg, (-q / gamma**2 + (px + q) / spent**2).sum()],
        ]
    )
    return float(top.sum()), slope, -curvature
