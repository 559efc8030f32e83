"""How often customers buy, and whether they are still there: the BG/NBD model.

What it answers: from how often each customer has bought again, when last, and how long ago first: the
spread of buying rates and of dropping out among customers, with standard errors; the purchases to
expect of anybody, and of a customer with a known history; the probability that one is still alive.

What it leaves out: how much is spent (`gamma_gamma`), occasions that come at fixed times (`bgbb`),
contracts that end visibly (`retention`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, digamma, expit, gammaln, hyp2f1, polygamma

from tandem.calibration.likelihood import Estimates, counted, estimate, mixture
from tandem.calibration.newton import Evaluation, Floats
from tandem.calibration.transactions import Summary, checked_history

__all__ = ["BgNbd", "BgNbdFit", "fit_bgnbd"]

NAMES = ("r", "alpha", "a", "b")
ADVICE = (
    ": the customers do not show both how often they buy and that some stop; watch more of them, or "
    "for longer"
)
FEWEST = 2  # customers that have bought again
APART = 1e-6  # distance of a from 1, where the formula is a limit
FAST = 5.0  # c - a - b from which on the hypergeometric series needs few terms up to z = 1
TERMS = 20_000


@dataclass(frozen=True, slots=True)
class BgNbd:
    """Buying at a gamma-distributed rate (r, alpha), stopping after a purchase with a beta chance (a, b).

    Time is in the unit of alpha, weeks where the summary is `transactions.summary`'s. Source: Fader,
    P. S., Hardie, B. G. S. and Lee, K. L. (2005), "Counting your customers" the easy way, Marketing
    Science 24(2).
    """

    r: float
    alpha: float
    a: float
    b: float

    def alive(self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike) -> Floats:
        """Probability that a customer has not stopped, (customer,).

        1 / (1 + a/(b + x - 1) ((alpha + T)/(alpha + t_x))**(r + x)); 1 for one who never came back,
        since customers of this model stop after a repeat purchase only. Source: Fader and Hardie
        (2008), Computing P(alive) using the BG/NBD model.
        """
        x, last, age = checked_history(frequency, recency, age)
        odds = np.log(self.a) - np.log(self.b + np.maximum(x, 1.0) - 1.0)
        odds = odds + (self.r + x) * np.log((self.alpha + age) / (self.alpha + last))
        return np.asarray(np.where(x > 0, expit(-odds), 1.0))

    def expected(self, horizon: ArrayLike) -> Floats:
        """Purchases to expect of a new customer within ``horizon`` after the first one; (t,).

        Equation 9 of Fader, Hardie and Lee (2005).
        """
        return self._while_alive(np.zeros(1), np.zeros(1), np.asarray(horizon, dtype=float))

    def expected_of(
        self, frequency: ArrayLike, recency: ArrayLike, age: ArrayLike, horizon: ArrayLike
    ) -> Floats:
        """Purchases to expect within the coming ``horizon`` of customers with a history, (customer,).

        Equation 10 of Fader, Hardie and Lee (2005) after Euler's transformation of the hypergeometric
        function, whose arguments then do not grow with the number of purchases.
        """
        x, last, age = checked_history(frequency, recency, age)
        coming = self._while_alive(x, age, np.asarray(horizon, dtype=float))
        return np.asarray(coming * self.alive(x, last, age))

    def _while_alive(self, x: Floats, age: Floats, horizon: Floats) -> Floats:
        """Purchases to expect of those who are alive after x repeat purchases until ``age``."""
        a = self.a if abs(self.a - 1.0) > APART else 1.0 + APART
        total = a + self.b + x - 1.0
        total = np.where(np.abs(total) > APART, total, APART)
        z = horizon / (self.alpha + age + horizon)
        rest = _hypergeometric(a - 1.0, a + self.b - 1.0 - self.r, total, z)
        return np.asarray(total / (a - 1.0) * (1.0 - (1.0 - z) ** (a - 1.0) * rest))


@dataclass(frozen=True, slots=True)
class BgNbdFit:
    """The model at its largest likelihood, and how sure the data are of it."""

    model: BgNbd
    estimates: Estimates


def fit_bgnbd(summary: Summary, confidence: float = 0.95) -> BgNbdFit:
    """Maximum likelihood from a summary of transactions; time in the summary's unit.

    ln L = ln G(r+x)/G(r) + r ln alpha + ln B(a, b+x)/B(a, b) + ln((alpha+T)**-(r+x) + [x > 0]
    a/(b+x-1) (alpha+t_x)**-(r+x)), equation 6 of Fader, Hardie and Lee (2005), with analytic slopes
    and curvatures. Raises ValueError for fewer than two customers that came back, and where the data
    do not show that customers differ or stop.
    """
    again = int((summary.frequency > 0).sum())
    if again < FEWEST:
        raise ValueError(
            f"{len(summary.frequency)} customers, {again} of whom bought again: how customers differ "
            f"can be told from {FEWEST} that bought again, and well from some hundreds"
        )
    columns, weights = counted(summary.frequency, summary.recency, summary.age)
    scale = float(summary.age.mean())
    x, last, age = columns[0], columns[1] / scale, columns[2] / scale

    def evaluate(values: Floats) -> Evaluation:
        return mixture(*_terms(values, x, last, age), weights)

    start = (0.5, 0.5, 1.0, 2.0)
    found = estimate(evaluate, start, NAMES, summary.count, ADVICE, confidence)
    # time was measured in mean ages: alpha is a time, and the density has one such factor a purchase
    units = np.where([name == "alpha" for name in NAMES], scale, 1.0)
    found = found.scaled(units, -float(weights @ x) * float(np.log(scale)))
    return BgNbdFit(BgNbd(*found.values.tolist()), found)


def _terms(values: Floats, x: Floats, last: Floats, age: Floats) -> tuple[Floats, Floats, Floats]:
    """Logarithms (2, n), slopes (2, 4, n) and curvatures (2, 4, 4, n): still alive, and stopped."""
    r, alpha, a, b = values
    shared = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
    zero, gone = np.zeros_like(x), np.log(a) - np.log(b + np.maximum(x, 1.0) - 1.0)
    since = np.stack([alpha + age, alpha + last])
    logs = shared + np.stack([zero, np.where(x > 0, gone, -np.inf)]) - (r + x) * np.log(since)
    slopes = np.zeros((2, 4, x.size))
    slopes[:, 0] = digamma(r + x) - digamma(r) + np.log(alpha) - np.log(since)
    slopes[:, 1] = r / alpha - (r + x) / since
    slopes[:, 2] = digamma(a + b) - digamma(a + b + x)
    slopes[:, 3] = slopes[:, 2] + digamma(b + x) - digamma(b)
    curvatures = np.zeros((2, 4, 4, x.size))
    curvatures[:, 0, 0] = polygamma(1, r + x) - polygamma(1, r)
    curvatures[:, 0, 1] = curvatures[:, 1, 0] = 1.0 / alpha - 1.0 / since
    curvatures[:, 1, 1] = -r / alpha**2 + (r + x) / since**2
    both = polygamma(1, a + b) - polygamma(1, a + b + x)
    curvatures[:, 2, 2] = curvatures[:, 2, 3] = curvatures[:, 3, 2] = both
    curvatures[:, 3, 3] = both + polygamma(1, b + x) - polygamma(1, b)
    before = b + np.maximum(x, 1.0) - 1.0
    slopes[1, 2] += 1.0 / a
    slopes[1, 3] -= 1.0 / before
    curvatures[1, 2, 2] -= 1.0 / a**2
    curvatures[1, 3, 3] += 1.0 / before**2
    return logs, slopes, curvatures


def _hypergeometric(one: float, two: float, below: Floats, z: Floats) -> Floats:
    """Gauss's 2F1(one, two; below; z) for 0 <= z < 1, of the shape of below and z together.

    Where `below` is large its own series, which converges fast; scipy's function overflows there for z
    near 1. Source: Abramowitz and Stegun (1964), 15.1.1.
    """
    below, z = np.broadcast_arrays(below, z)
    fast = below - one - two > FAST
    found = np.where(
        fast, 1.0, hyp2f1(one, two, np.where(fast, 1.0, below), np.where(fast, 0.0, z))
    )
    term = np.where(fast, 1.0, 0.0)
    for k in range(TERMS):
        term = term * (one + k) * (two + k) / (below + k) * z / (k + 1.0)
        found = found + term
        if np.all(np.abs(term) <= 1e-15 * np.abs(found)) and k > max(abs(one), abs(two)):
            break
    return np.asarray(found)
