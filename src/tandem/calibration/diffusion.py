"""Diffusion from sales: the Bass model fitted to first purchases by period.

What it answers: innovation, imitation and pool of a category with their standard errors, from its
adopters year by year.

What it leaves out: prices and spend of the category (the generalised model), repeat purchases.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares

from tandem.model.market import bass_cumulative

__all__ = ["BassFit", "fit_bass"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BassFit:
    """Estimates and their standard errors: p, q a period, the pool in the unit of adopters.

    `residual_sd` is the standard deviation of adopters around the curve.
    """

    p: float
    q: float
    pool: float
    p_se: float
    q_se: float
    pool_se: float
    residual_sd: float


def fit_bass(adopters: ArrayLike) -> BassFit:
    """Fit adopters of periods 1, 2, ... (period,) by non-linear least squares, interval form.

    adopters_i = pool (F(i) - F(i - 1)) + noise, F as `bass_cumulative`; the data begin with the
    category. Standard errors from the Jacobian at the optimum. Source: Srinivasan, V. and Mason,
    C. H. (1986), Nonlinear least squares estimation of new product diffusion models, Marketing
    Science 5(2). Raises ValueError for fewer than four periods, for numbers that are negative or
    not finite, and where the data show no end of growth, so that no pool can be told.
    """
    observed = np.asarray(adopters, dtype=float)
    if observed.ndim != 1 or observed.size < 4:
        raise ValueError("three numbers are estimated: at least four periods are needed")
    if not np.isfinite(observed).all() or (observed < 0).any() or not observed.any():
        raise ValueError("adopters must be finite, not negative, and not all zero")
    size = observed.sum()
    ends = np.arange(observed.size + 1, dtype=float)

    def residuals(logs: Floats) -> Floats:
        p, q, pool = np.exp(logs)
        return np.asarray(pool * np.diff(bass_cumulative(ends, p, q)) - observed / size)

    start = np.log([0.02, 0.4, 1.5])  # pool over what was sold so far
    bounds = (np.log([1e-7, 1e-7, 0.5]), np.log([1.0, 10.0, 1e2]))
    found = least_squares(residuals, start, bounds=bounds, xtol=1e-14, ftol=1e-14, gtol=1e-14)
    if found.active_mask.any():
        raise ValueError("the data do not show where growth ends: no pool can be told from them")
    estimates, jacobian = np.exp(found.x), np.asarray(found.jac)
    variance = 2.0 * float(found.cost) / (observed.size - 3)
    logs_se = np.sqrt(variance * np.diag(np.linalg.inv(jacobian.T @ jacobian)))
    p, q, pool = (float(value) for value in estimates)
    p_se, q_se, pool_se = (float(value) for value in estimates * logs_se)
    return BassFit(
        p=p,
        q=q,
        pool=pool * float(size),
        p_se=p_se,
        q_se=q_se,
        pool_se=pool_se * float(size),
        residual_sd=float(variance**0.5 * size),
    )
