"""Who uses which of a number of occasions, and whether they are still there: the BG/BB model.

What it answers: where customers may buy, renew or donate once an occasion (a month, a season, a yearly
call): from how many of the occasions so far each one used, and which one last, the spread of using and
of dropping out, with standard errors; occasions to expect; the probability of being still alive.

What it leaves out: purchases at any time (`bgnbd`), what they are worth (`gamma_gamma`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaln, digamma, logsumexp, polygamma

from tandem.calibration.likelihood import Estimates, estimate, mixture
from tandem.calibration.newton import Evaluation, Floats

__all__ = ["BgBb", "BgBbFit", "fit_bgbb"]

NAMES = ("alpha", "beta", "gamma", "delta")
ADVICE = ": the customers do not show both how often they use an occasion and that some stop"


@dataclass(frozen=True, slots=True)
class BgBb:
    """Using an occasion with a beta chance (alpha, beta), stopping before one with a beta (gamma, delta).

    Source: Fader, P. S., Hardie, B. G. S. and Shang, J. (2010), Customer-base analysis in a
    discrete-time noncontractual setting, Marketing Science 29(6).
    """

    alpha: float
    beta: float
    gamma: float
    delta: float

    def alive(self, frequency: ArrayLike, recency: ArrayLike, occasions: ArrayLike) -> Floats:
        """Probability of being alive at the next occasion, (customer,); equation 11.

        ``frequency`` of ``occasions`` were used, the last one being number ``recency`` (0: none).
        """
        x, last, n = checked_occasions(frequency, recency, occasions)
        logs = _terms(self._values, x, last, n)[0]
        there = betaln(self.gamma, self.delta + n + 1.0) - betaln(self.gamma, self.delta + n)
        return np.asarray(np.exp(logs[0] + there - logsumexp(logs, axis=0)))

    def expected(self, occasions: int) -> float:
        """Occasions that a new customer uses of the next ``occasions``; equation 8, as a sum."""
        ahead = np.arange(1.0, occasions + 1.0)
        stay = np.exp(betaln(self.gamma, self.delta + ahead) - betaln(self.gamma, self.delta))
        return float(self.alpha / (self.alpha + self.beta) * stay.sum())

    def expected_of(
        self, frequency: ArrayLike, recency: ArrayLike, occasions: ArrayLike, horizon: int
    ) -> Floats:
        """Of the next ``horizon`` occasions, those to expect of customers with a history, (customer,).

        Equation 13 as a sum over the occasions, which holds for gamma of 1 too.
        """
        x, last, n = checked_occasions(frequency, recency, occasions)
        logs = _terms(self._values, x, last, n)[0]
        ahead = n + np.arange(1.0, horizon + 1.0)[:, None]
        stay = np.exp(betaln(self.gamma, self.delta + ahead) - betaln(self.gamma, self.delta + n))
        use = (self.alpha + x) / (self.alpha + self.beta + n)
        return np.asarray(use * np.exp(logs[0] - logsumexp(logs, axis=0)) * stay.sum(axis=0))

    @property
    def _values(self) -> Floats:
        return np.array([self.alpha, self.beta, self.gamma, self.delta])


@dataclass(frozen=True, slots=True)
class BgBbFit:
    """The model at its largest likelihood, and how sure the data are of it."""

    model: BgBb
    estimates: Estimates


def fit_bgbb(
    frequency: ArrayLike,
    recency: ArrayLike,
    occasions: ArrayLike,
    customers: ArrayLike | None = None,
    confidence: float = 0.95,
) -> BgBbFit:
    """Maximum likelihood from histories, (history,); ``customers`` says how many share each.

    The likelihood is equation 4 of Fader, Hardie and Shang (2010): alive until the end, or stopped
    before one of the occasions after the last one used; slopes and curvatures are analytic. Raises
    ValueError for histories that cannot be, and where the data do not show that customers stop.
    """
    x, last, n = checked_occasions(frequency, recency, occasions)
    weights = np.ones_like(x) if customers is None else np.asarray(customers, dtype=float)
    if weights.shape != x.shape or not np.isfinite(weights).all() or (weights < 0).any():
        raise ValueError("numbers of customers must be finite and not negative, one a history")
    if weights.sum() < 2 or not (x * weights).any():
        raise ValueError("at least two customers, and one occasion used, are needed")

    def evaluate(values: Floats) -> Evaluation:
        return mixture(*_terms(values, x, last, n), weights)

    count = round(float(weights.sum()))
    found = estimate(evaluate, (1.0, 1.0, 1.0, 2.0), NAMES, count, ADVICE, confidence)
    return BgBbFit(BgBb(*found.values.tolist()), found)


def checked_occasions(
    frequency: ArrayLike, recency: ArrayLike, occasions: ArrayLike
) -> tuple[Floats, Floats, Floats]:
    """Histories as arrays, (history,); ValueError for those that cannot be, the first by number."""
    x, last, n = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(v, dtype=float)) for v in (frequency, recency, occasions))
    )
    whole = (x == np.rint(x)) & (last == np.rint(last)) & (n == np.rint(n)) & (n >= 1)
    possible = whole & (x >= 0) & (x <= last) & (last <= n) & ((x > 0) == (last > 0))
    if x.size == 0 or not possible.all():
        k = int(np.argmin(possible)) if x.size else 0
        found = f"{x[k]:g} of {n[k]:g} used, last number {last[k]:g}" if x.size else "none"
        raise ValueError(
            f"history {k + 1} ({found}): whole numbers with 0 <= used <= last <= occasions, and last "
            "0 where none was used"
        )
    return np.array(x), np.array(last), np.array(n)


def _terms(values: Floats, x: Floats, last: Floats, n: Floats) -> tuple[Floats, Floats, Floats]:
    """Logarithms (term, n), slopes (term, 4, n), curvatures (term, 4, 4, n) of the likelihood's sum.

    The first term is being alive until the end; each other one stopping before one more occasion
    after the last one used.
    """
    alpha, beta, gamma, delta = values
    later = np.arange(int((n - last).max()))[:, None]
    possible = later < n - last
    lived = np.concatenate([n[None], np.where(possible, last + later, n)])
    stopped = np.concatenate([np.zeros((1, n.size)), np.ones(possible.shape)])
    logs = betaln(alpha + x, beta + lived - x) - betaln(alpha, beta)
    logs += betaln(gamma + stopped, delta + lived) - betaln(gamma, delta)
    logs[1:][~possible] = -np.inf
    slopes, curvatures = np.zeros((len(lived), 4, n.size)), np.zeros((len(lived), 4, 4, n.size))
    pairs = ((0, alpha, beta, x + 0.0 * lived, lived - x), (2, gamma, delta, stopped, lived))
    for k, one, two, more_one, more_two in pairs:
        both, more = one + two, more_one + more_two
        shared = digamma(both) - digamma(both + more)
        bend = polygamma(1, both) - polygamma(1, both + more)
        slopes[:, k] = digamma(one + more_one) - digamma(one) + shared
        slopes[:, k + 1] = digamma(two + more_two) - digamma(two) + shared
        curvatures[:, k, k + 1] = curvatures[:, k + 1, k] = bend
        curvatures[:, k, k] = polygamma(1, one + more_one) - polygamma(1, one) + bend
        curvatures[:, k + 1, k + 1] = polygamma(1, two + more_two) - polygamma(1, two) + bend
    return logs, slopes, curvatures
