"""Tenure with a form: Weibull lifetimes from leavers' records.

What it answers: shape and scale of tenure, with effects of covariates and standard errors. Records
may be censored and left-truncated.

What it leaves out: a hazard a tenure band (`bands`), hazards without a form (`survival`,
`proportional`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tandem.calibration.leavers import Leavers
from tandem.calibration.newton import maximise

__all__ = ["WeibullFit", "weibull_fit"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeibullFit:
    """Survival exp(-(t / scale)**shape exp(x beta)): `scale` in months, `shape` without unit.

    Shape below 1: leaving grows rarer with tenure. `effects` (covariate,) on the log hazard, in the
    order of `names`; `_se` are standard errors; `log_likelihood` in months.
    """

    shape: float
    scale: float
    shape_se: float
    scale_se: float
    names: tuple[str, ...]
    effects: Floats
    effects_se: Floats
    log_likelihood: float

    def survival(self, months: Floats | float) -> Floats:
        """Share still here after ``months`` of tenure, at covariates 0."""
        return np.exp(-((np.asarray(months, dtype=float) / self.scale) ** self.shape))


def weibull_fit(records: Leavers, covariates: Sequence[str] = ()) -> WeibullFit:
    """Weibull lifetimes by maximum likelihood, with right censoring and left truncation.

    ln L = sum over leavers of ln h(tenure) - sum of H(tenure) - H(entry), with
    H(t) = exp(shape ln t - shape ln scale + x beta). Standard errors from the observed information,
    that of the scale by the delta method. Source: Klein and Moeschberger (2003), Survival analysis,
    2nd ed., sections 3.5 and 12.2. Raises ValueError where nobody left, where all left at one time
    (the shape has no end), and where the data do not tell an effect.
    """
    values, names = records.columns(covariates)
    times = np.unique(records.tenure[records.left])
    if not times.size:
        raise ValueError("nobody left: no lifetime can be told; kaplan_meier is defined (it is 1)")
    if times.size == 1 and len(np.unique(records.tenure)) == 1:
        raise ValueError("all left at the same tenure: no shape can be told from one time")
    centre = values.mean(axis=0)
    late = records.entry > 0
    ones = np.ones((values.shape[0], 1))
    here = np.hstack([np.log(records.tenure)[:, None], ones, values - centre])
    before = np.hstack([np.log(records.entry[late])[:, None], ones[late], (values - centre)[late]])
    gone = here[records.left].sum(axis=0)
    leavers = float(records.left.sum())

    def evaluate(point: Floats) -> tuple[float, Floats, Floats]:
        exponent = here @ point
        if point[0] <= 0 or exponent.max() > 300.0:
            return -np.inf, np.zeros_like(point), np.zeros((point.size, point.size))
        now, then = np.exp(exponent), np.exp(before @ point)
        value = leavers * np.log(point[0]) + gone @ point - gone[0] - now.sum() + then.sum()
        slope = gone - here.T @ now + before.T @ then
        information = (here.T * now) @ here - (before.T * then) @ before
        slope[0] += leavers / point[0]
        information[0, 0] += leavers / point[0] ** 2
        return float(value), slope, information

    exposure = float((records.tenure - records.entry).sum())
    start = np.append([1.0, np.log(leavers / exposure)], np.zeros(len(names)))
    point, log_likelihood, covariance = maximise(evaluate, start, ("shape", "scale", *names))
    shape, level = float(point[0]), float(point[1] - centre @ point[2:])
    scale = float(np.exp(-level / shape))
    by_point = scale * np.append([level / shape**2, -1.0 / shape], centre / shape)
    errors = np.sqrt(np.diag(covariance))
    return WeibullFit(
        shape=shape,
        scale=scale,
        shape_se=float(errors[0]),
        scale_se=float(np.sqrt(by_point @ covariance @ by_point)),
        names=names,
        effects=point[2:],
        effects_se=errors[2:],
        log_likelihood=log_likelihood,
    )
