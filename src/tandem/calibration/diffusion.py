"""Diffusion from sales: the Bass model fitted to first purchases by period.

What it answers: innovation, imitation and pool of a category with their standard errors, from its
adopters period by period, and what the category's prices and spend do to their pace (the generalised
model).

What it leaves out: repeat purchases; our own prices and spend, which act through share and leads.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import least_squares
from scipy.stats import t as student

from tandem.calibration.rows import lognormal_row, normal_row
from tandem.model.market import bass_cumulative

__all__ = ["BassFit", "GeneralisedBassFit", "bass_rows", "fit_bass", "fit_generalised_bass"]

Floats = NDArray[np.float64]

_START = np.log([0.02, 0.4, 1.5])  # p, q, and the pool over what was sold so far
_BOUNDS = (np.log([1e-7, 1e-7, 0.5]), np.log([1.0, 10.0, 1e2]))


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
    observed = _adopters(adopters)
    size = observed.sum()
    ends = np.arange(observed.size + 1, dtype=float)

    def residuals(logs: Floats) -> Floats:
        p, q, pool = np.exp(logs)
        return np.asarray(pool * np.diff(bass_cumulative(ends, p, q)) - observed / size)

    found = least_squares(residuals, _START, bounds=_BOUNDS, xtol=1e-14, ftol=1e-14, gtol=1e-14)
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


@dataclass(frozen=True, slots=True)
class GeneralisedBassFit:
    """Estimates with their standard errors: p, q a period, the pool in the unit of adopters.

    `effects` (covariate,) and `effects_se` by `names`: what a log point of price slows diffusion by,
    and a log point of spend speeds it up by. `fitted` (period,) adopters.
    """

    p: float
    q: float
    pool: float
    p_se: float
    q_se: float
    pool_se: float
    names: tuple[str, ...]
    effects: Floats
    effects_se: Floats
    fitted: Floats
    residual_sd: float

    def intervals(self, confidence: float = 0.95) -> dict[str, tuple[float, float]]:
        """Ends by name: p, q and pool on the log scale, effects as they are; t of what is left over.

        Degrees of freedom are periods less the numbers estimated.
        """
        free = self.fitted.size - 3 - len(self.names)
        wide = float(student.ppf(0.5 + confidence / 2.0, free))
        whole = {
            "p": (self.p, self.p_se),
            "q": (self.q, self.q_se),
            "pool": (self.pool, self.pool_se),
        }
        ends = {
            name: (
                value * float(np.exp(-wide * se / value)),
                value * float(np.exp(wide * se / value)),
            )
            for name, (value, se) in whole.items()
        }
        for name, effect, se in zip(self.names, self.effects, self.effects_se, strict=True):
            ends[name] = float(effect - wide * se), float(effect + wide * se)
        return ends


def fit_generalised_bass(
    adopters: ArrayLike, price: ArrayLike | None = None, spend: ArrayLike | None = None
) -> GeneralisedBassFit:
    """Fit adopters (period,) with the category's ``price`` and ``spend`` over reference, (period,).

    adopters_i = pool (F(X_i) - F(X_(i-1))) + noise, where effective time X advances a period by
    1 - a ln(price) + b ln(spend), the simulation's `market.effective_time_step`; without covariates
    it is `fit_bass`. Sources: Bass, Krishnan and Jain (1994), Marketing Science 13(3); the interval
    form of Srinivasan and Mason (1986). Raises ValueError for fewer periods than numbers to estimate
    and one more, for covariates of another length, not above 0 or that never vary, and where the data
    show no end of growth.
    """
    observed = _adopters(adopters)
    given = (("price", price, -1.0), ("spend", spend, 1.0))
    used = [(name, np.asarray(v, dtype=float), sign) for name, v, sign in given if v is not None]
    for name, values, _sign in used:
        if values.shape != observed.shape:
            raise ValueError(f"{name}: {values.size} values for {observed.size} periods")
        if not (np.isfinite(values).all() and (values > 0).all()):
            raise ValueError(f"{name} over reference must be finite and above 0")
        if np.ptp(values) == 0:
            raise ValueError(f"{name} never varies: its effect on diffusion cannot be told")
    if observed.size <= 3 + len(used):
        raise ValueError(f"{3 + len(used)} numbers are estimated: more periods are needed")
    size = observed.sum()
    logs = np.column_stack([sign * np.log(v) for _n, v, sign in used] or [np.zeros_like(observed)])

    def curve(point: Floats) -> Floats:
        p, q, pool = np.exp(point[:3])
        pace = 1.0 + logs[:, : len(used)] @ point[3:]
        ends = np.append(0.0, np.cumsum(np.maximum(pace, 0.0)))
        return np.asarray(pool * np.diff(bass_cumulative(ends, p, q)))

    start = np.append(_START, np.zeros(len(used)))
    wide = np.full(len(used), 20.0)
    bounds = (np.append(_BOUNDS[0], -wide), np.append(_BOUNDS[1], wide))

    def residuals(point: Floats) -> Floats:
        return np.asarray(curve(point) - observed / size)

    found = least_squares(
        residuals,
        start,
        jac="3-point",
        bounds=bounds,
        x_scale="jac",
        xtol=1e-14,
        ftol=1e-14,
        gtol=1e-14,
    )
    if found.active_mask.any():
        raise ValueError("the data do not show where growth ends: no pool can be told from them")
    jacobian = np.asarray(found.jac)
    variance = 2.0 * float(found.cost) / (observed.size - found.x.size)
    se = np.sqrt(variance * np.diag(np.linalg.inv(jacobian.T @ jacobian)))
    p, q, pool = (float(value) for value in np.exp(found.x[:3]))
    return GeneralisedBassFit(
        p=p,
        q=q,
        pool=pool * float(size),
        p_se=p * float(se[0]),
        q_se=q * float(se[1]),
        pool_se=pool * float(se[2] * size),
        names=tuple(name for name, _v, _s in used),
        effects=found.x[3:],
        effects_se=se[3:],
        fitted=curve(found.x) * float(size),
        residual_sd=float(variance**0.5 * size),
    )


def bass_rows(
    fit: BassFit | GeneralisedBassFit, source: str, periods_a_year: float = 1.0
) -> dict[str, dict[str, object]]:
    """Rows of `demand.bass_p` and `demand.bass_q`, and of the covariates' effects, by path.

    p and q log-normal, by the year; effects normal. Evidence "measured".
    """
    rows = {
        "demand.bass_p": lognormal_row(fit.p * periods_a_year, fit.p_se / fit.p, "1/year", source),
        "demand.bass_q": lognormal_row(fit.q * periods_a_year, fit.q_se / fit.q, "1/year", source),
    }
    if isinstance(fit, GeneralisedBassFit):
        for name, effect, se in zip(fit.names, fit.effects, fit.effects_se, strict=True):
            path = f"demand.category_{name}_effect"
            rows[path] = normal_row(float(effect), float(se), "1", source)
    return rows


def _adopters(adopters: ArrayLike) -> Floats:
    """Adopters as an array, (period,); ValueError for what no category can show."""
    observed = np.asarray(adopters, dtype=float)
    if observed.ndim != 1 or observed.size < 4:
        raise ValueError("three numbers are estimated: at least four periods are needed")
    if not np.isfinite(observed).all() or (observed < 0).any() or not observed.any():
        raise ValueError("adopters must be finite, not negative, and not all zero")
    return observed
