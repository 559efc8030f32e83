"""Survival from leavers' records: which share is still here after so many months.

What it answers: the survival curve of tenure and its cumulated hazard, with standard errors and
confidence intervals, without any assumption on their form. Records may be censored (people who are
still here) and left-truncated (records that begin later than some people's hire).

What it leaves out: curves with parameters (`lifetimes`, `bands`), effects of covariates (`proportional`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from tandem.calibration.leavers import Leavers

__all__ = ["CumulativeHazard", "SurvivalCurve", "kaplan_meier", "nelson_aalen"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SurvivalCurve:
    """Share still here at each month at which somebody left, month 0 first; all (time,).

    `months` of tenure; `at_risk` people observed just before, `leavers` at that time; `survival`,
    its standard error `se`, and the interval from `low` to `high`, shares.
    """

    months: Floats
    at_risk: Floats
    leavers: Floats
    survival: Floats
    se: Floats
    low: Floats
    high: Floats

    @property
    def median(self) -> float | None:
        """Months after which half have left: the first time with survival at most .5, or None."""
        below = np.flatnonzero(self.survival <= 0.5)
        return float(self.months[below[0]]) if below.size else None

    def at(self, months: float) -> float:
        """Share still here after ``months`` of tenure."""
        return float(self.survival[np.searchsorted(self.months, months, side="right") - 1])


@dataclass(frozen=True, slots=True)
class CumulativeHazard:
    """Cumulated hazard at each month at which somebody left, month 0 first, with its se; (time,)."""

    months: Floats
    hazard: Floats
    se: Floats


def at_risk_sums(records: Leavers, weights: Floats, months: Floats) -> Floats:
    """Sums of ``weights`` (person, k) over those at risk at each of ``months``, (time, k).

    At risk at t are those with entry < t <= tenure.
    """

    def before(when: Floats) -> Floats:
        order = np.argsort(when, kind="stable")
        sums = np.vstack([np.zeros(weights.shape[1]), np.cumsum(weights[order], axis=0)])
        return np.asarray(sums[np.searchsorted(when[order], months, side="left")])

    return before(records.entry) - before(records.tenure)


def leaving_times(records: Leavers) -> tuple[Floats, Floats, Floats]:
    """Months at which somebody left, how many were at risk, how many left; each (time,)."""
    months, leavers = np.unique(records.tenure[records.left], return_counts=True)
    at_risk = at_risk_sums(records, np.ones((records.tenure.size, 1)), months)[:, 0]
    return months, at_risk, leavers.astype(float)


def kaplan_meier(records: Leavers, confidence: float = 0.95) -> SurvivalCurve:
    """Product-limit estimate of survival: prod(1 - d / n) over the times at which somebody left.

    Standard errors by Greenwood, interval on the scale ln(-ln S), which stays within 0 and 1. Where
    nobody left the curve is 1. Where all at risk left it is 0 from there on, and the data tell no
    error: se and interval are 0. Source: Kaplan and Meier (1958), Journal of the American
    Statistical Association 53(282); interval: Kalbfleisch and Prentice (2002), The statistical
    analysis of failure time data, 2nd ed., section 1.4.
    """
    months, at_risk, leavers = leaving_times(records)
    stayed = at_risk - leavers
    survival = np.cumprod(stayed / at_risk)
    some = survival > 0
    terms = np.divide(leavers, at_risk * stayed, out=np.zeros_like(at_risk), where=stayed > 0)
    greenwood = np.sqrt(np.cumsum(terms))
    z = norm.ppf(0.5 + confidence / 2.0)
    wide = np.exp(z * greenwood[some] / -np.log(survival[some]))
    low, high = np.zeros_like(survival), np.zeros_like(survival)
    low[some], high[some] = survival[some] ** wide, survival[some] ** (1.0 / wide)
    everybody = float((records.entry == 0).sum())
    return SurvivalCurve(
        months=np.append(0.0, months),
        at_risk=np.append(everybody, at_risk),
        leavers=np.append(0.0, leavers),
        survival=np.append(1.0, survival),
        se=np.append(0.0, survival * greenwood),
        low=np.append(1.0, low),
        high=np.append(1.0, high),
    )


def nelson_aalen(records: Leavers) -> CumulativeHazard:
    """Cumulated hazard sum(d / n) with standard error sqrt(sum(d / n**2)); 0 where nobody left.

    Source: Aalen (1978), Annals of Statistics 6(4); Klein and Moeschberger (2003), Survival
    analysis, 2nd ed., formulas 4.2.3 and 4.2.4.
    """
    months, at_risk, leavers = leaving_times(records)
    return CumulativeHazard(
        months=np.append(0.0, months),
        hazard=np.append(0.0, np.cumsum(leavers / at_risk)),
        se=np.append(0.0, np.sqrt(np.cumsum(leavers / at_risk**2))),
    )
