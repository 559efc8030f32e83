"""What makes people leave sooner: proportional hazards (Cox) from leavers' records.

What it answers: by which factor a covariate multiplies the hazard of leaving at any tenure, with
standard errors, whatever the hazard's course over tenure is; and that course.

What it leaves out: covariates that change while a person is here, effects that change with tenure.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from tandem.calibration.leavers import Leavers
from tandem.calibration.newton import maximise
from tandem.calibration.survival import at_risk_sums, leaving_times

__all__ = ["CoxFit", "cox_fit"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CoxFit:
    """Effects on the log hazard with their errors, and the hazard at covariates 0.

    `effects`, `se` (covariate,) and `covariance` (covariate, covariate) in the order of `names`;
    `log_likelihood` of the partial likelihood and `log_likelihood_null` without any effect;
    `months` (time,) at which somebody left, with the cumulated `baseline` hazard (time,).
    """

    names: tuple[str, ...]
    effects: Floats
    se: Floats
    covariance: Floats
    log_likelihood: float
    log_likelihood_null: float
    months: Floats
    baseline: Floats

    @property
    def hazard_ratios(self) -> Floats:
        """Hazard with the covariate one higher over the hazard without, (covariate,)."""
        return np.exp(self.effects)

    def intervals(self, confidence: float = 0.95) -> Floats:
        """Lower and upper end of each effect, (covariate, 2): effect +- z se."""
        wide = norm.ppf(0.5 + confidence / 2.0) * self.se
        return np.stack([self.effects - wide, self.effects + wide], axis=1)


def cox_fit(records: Leavers, covariates: Sequence[str] | None = None) -> CoxFit:
    """Effects of ``covariates`` (None: all) by partial likelihood; h(t | x) = h0(t) exp(x beta).

    Ties by Efron: of d who left at one time, the l-th, from 0, meets the risk set less l / d of them. The
    baseline cumulates d / sum(exp(x beta)) over those at risk. Sources: Cox (1972), Journal of the
    Royal Statistical Society B 34(2); Efron (1977), Journal of the American Statistical Association
    72(359); baseline: Breslow (1972), discussion of Cox. Raises ValueError where nobody left,
    without a covariate, and where the data do not tell an effect, with the covariate's name.
    """
    values, names = records.columns(covariates)
    if not names:
        raise ValueError("no covariate: name one in leavers_table(..., covariates=[...])")
    if not records.left.any():
        raise ValueError("nobody left: no effect on leaving can be told")
    centre = values.mean(axis=0)
    centred = values - centre
    months, _, leavers = leaving_times(records)
    gone = centred[records.left].sum(axis=0)
    which = np.sort(np.searchsorted(months, records.tenure[records.left]))
    first = np.searchsorted(which, which, side="left")
    fraction = (np.arange(which.size) - first) / leavers[which]

    def evaluate(effects: Floats) -> tuple[float, Floats, Floats]:
        if np.abs(centred @ effects).max() > 100.0:
            return -np.inf, np.zeros_like(effects), np.zeros((effects.size, effects.size))
        moments = _moments(centred, np.exp(centred @ effects))
        tied = _tied_sums(moments, records, months)
        parts = at_risk_sums(records, moments, months)[which] - fraction[:, None] * tied[which]
        mean = parts[:, 1 : 1 + len(names)] / parts[:, :1]
        square = (parts[:, 1 + len(names) :] / parts[:, :1]).sum(axis=0)
        information = square.reshape(len(names), -1) - mean.T @ mean
        value = float(gone @ effects - np.log(parts[:, 0]).sum())
        return value, gone - mean.sum(axis=0), information

    nought = np.zeros(len(names))
    effects, log_likelihood, covariance = maximise(evaluate, nought, names)
    weight = np.exp(centred @ effects)[:, None]
    step = leavers / at_risk_sums(records, weight, months)[:, 0]
    return CoxFit(
        names=names,
        effects=effects,
        se=np.sqrt(np.diag(covariance)),
        covariance=covariance,
        log_likelihood=log_likelihood,
        log_likelihood_null=evaluate(nought)[0],
        months=months,
        baseline=np.cumsum(step) * np.exp(-float(centre @ effects)),
    )


def _moments(values: Floats, weight: Floats) -> Floats:
    """Weight, weighted values and their products, (person, 1 + k + k k)."""
    products = (values[:, :, None] * values[:, None, :]).reshape(values.shape[0], -1)
    return np.asarray(weight[:, None] * np.hstack([np.ones((weight.size, 1)), values, products]))


def _tied_sums(moments: Floats, records: Leavers, months: Floats) -> Floats:
    """Sums of moments over those who left at each time, (time, 1 + k + k k)."""
    sums = np.zeros((months.size, moments.shape[1]))
    np.add.at(sums, np.searchsorted(months, records.tenure[records.left]), moments[records.left])
    return sums
