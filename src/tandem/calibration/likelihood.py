"""Positive parameters by maximum likelihood: the logarithm's slopes, and what was found.

What it answers: log-likelihood, slope and information of records whose likelihood is a sum of a few
terms, carried over to the parameters' logarithms; estimates with standard errors and intervals from
the observed information there.

What it leaves out: the likelihoods (`bgnbd`, `bgbb`, `gamma_gamma`, `retention`) and the search for
their top (`newton`).

Who may import it: its siblings in `tandem.calibration`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp
from scipy.stats import norm

from tandem.calibration.newton import Evaluation, Floats, maximise

__all__ = ["Estimates", "estimate", "mixture"]

STEP = 1.0  # of a logarithm at a time: where the surface is not concave yet, it leads far astray
LARGEST = 30.0  # a logarithm beyond which no parameter of a customer base lies


@dataclass(frozen=True, slots=True)
class Estimates:
    """Positive parameters with their errors; all (parameter,) in the order of `names`.

    `log_se` are standard errors of the logarithms, from the observed information; `se` those of the
    values (delta method); `low` and `high` the ends of the intervals, which are symmetric on the
    logarithms. `covariance` (parameter, parameter) is that of the logarithms; `count` the records.
    """

    names: tuple[str, ...]
    values: Floats
    log_se: Floats
    low: Floats
    high: Floats
    covariance: Floats
    log_likelihood: float
    count: int

    @property
    def se(self) -> Floats:
        """Standard errors of the values, (parameter,)."""
        return np.asarray(self.values * self.log_se)

    def scaled(self, units: Floats, log_density: float) -> "Estimates":
        """The same in other units: parameters times ``units``, and what the density changes by."""
        return replace(
            self,
            values=self.values * units,
            low=self.low * units,
            high=self.high * units,
            log_likelihood=self.log_likelihood + log_density,
        )

    def of(self, name: str) -> tuple[float, float, float]:
        """Value and ends of the interval of one parameter."""
        k = self.names.index(name)
        return float(self.values[k]), float(self.low[k]), float(self.high[k])


def estimate(
    evaluate: Callable[[Floats], Evaluation],
    start: Sequence[float],
    names: tuple[str, ...],
    count: int,
    advice: str,
    confidence: float = 0.95,
) -> Estimates:
    """Largest likelihood over positive parameters, by Newton's method on their logarithms.

    ``evaluate`` takes the parameters themselves and gives log-likelihood, slope (parameter,) and
    information (parameter, parameter) in them; ``start`` are positive values; ``advice`` ends the
    message of the ValueError that is raised where the data hold no such top.
    """

    def on_logs(logs: Floats) -> Evaluation:
        if np.abs(logs).max() > LARGEST:
            return -np.inf, np.zeros_like(logs), np.zeros((logs.size, logs.size))
        values = np.exp(logs)
        value, slope, information = evaluate(values)
        if not np.isfinite(value):
            return -np.inf, np.zeros_like(logs), np.zeros((logs.size, logs.size))
        across = information * np.outer(values, values) - np.diag(slope * values)
        return value, slope * values, across

    found, top, covariance = maximise(on_logs, np.log(np.asarray(start)), names, advice, STEP)
    log_se = np.sqrt(np.diag(covariance))
    wide = norm.ppf(0.5 + confidence / 2.0) * log_se
    return Estimates(
        names=names,
        values=np.exp(found),
        log_se=log_se,
        low=np.exp(found - wide),
        high=np.exp(found + wide),
        covariance=covariance,
        log_likelihood=top,
        count=count,
    )


def mixture(
    logs: Floats, slopes: Floats, curvatures: Floats, weights: Floats
) -> tuple[float, Floats, Floats]:
    """Sum over records of weight x ln(sum of terms), with slope and information.

    ``logs`` (term, record) are the terms' logarithms, -inf for one that a record does not have,
    ``slopes`` (term, parameter, record) and ``curvatures`` (term, parameter, parameter, record)
    their derivatives. With w a term's share of the sum, the slope is sum(w g) and the curvature
    sum(w (H + g g')) less the slope's square (Louis 1982, Journal of the Royal Statistical Society
    B 44(2)).
    """
    whole = logsumexp(logs, axis=0)
    share = np.exp(logs - whole)
    slope = np.einsum("tn,tkn->kn", share, slopes)
    curvature = np.einsum("tn,tkln->kln", share, curvatures)
    curvature += np.einsum("tn,tkn,tln->kln", share, slopes, slopes, optimize=True)
    curvature -= slope[:, None] * slope[None]
    return float(weights @ whole), slope @ weights, -(curvature @ weights)


def counted(*columns: Floats) -> tuple[list[Floats], NDArray[np.float64]]:
    """Records that are alike put together: their columns, (kind,) each, and how many of each."""
    kinds, counts = np.unique(np.column_stack(columns), axis=0, return_counts=True)
    return [np.asarray(column) for column in kinds.T], counts.astype(float)
