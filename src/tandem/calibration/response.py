"""Response curves: what each touchpoint's spend brings, from weekly records, priors and lift tests.

What it answers: carry-over, saturation and size of each touchpoint's effect on sales with standard
errors; the curve and the return of another yuan, with intervals.

What it leaves out: the records' form (`weekly`); effects of one touchpoint on another; what spend
does to awareness, whose slower effect the base and its trend take up.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares
from scipy.stats import norm

from tandem.calibration.priors import Prior
from tandem.calibration.response_model import Layout, Terms, terms_of
from tandem.calibration.rows import lognormal_row
from tandem.calibration.weekly import LiftTest, Weekly

__all__ = ["KINDS", "ROWS", "ResponseFit", "fit_response", "response_rows"]

Floats = NDArray[np.float64]

KINDS = ("effect", "half_life", "half_point", "slope")
#: Rows of `brand` that weeks can tell, with their place in KINDS and their unit.
ROWS: Mapping[str, tuple[int, str]] = {
    "half_life": (1, "week"),
    "hill_half": (2, "1"),
    "hill_slope": (3, "1"),
}
ROUNDS = 100
SETTLED = 1e-7  # relative change of the noise at which rounds end


@dataclass(frozen=True, slots=True)
class ResponseFit:
    """Estimates by touchpoint; logs (touchpoint, KINDS), from `parameters` (parameter,) by `place`.

    effect: sales a week at full saturation, money; half_life: weeks; half_point: spend over
    `reference` (touchpoint,), money a week, at which half of the effect is reached; slope: Hill's.
    `covariance` (parameter, parameter) of the logs; `noise_sd` of a week's sales; `fitted` (week,).
    """

    touchpoints: tuple[str, ...]
    parameters: Floats
    covariance: Floats
    place: NDArray[np.int64]
    reference: Floats
    noise_sd: float
    fitted: Floats
    shared: bool

    @property
    def values(self) -> Floats:
        """The estimates themselves, (touchpoint, KINDS)."""
        return np.exp(self.parameters[self.place])

    @property
    def log_se(self) -> Floats:
        """Standard errors of the logs, (touchpoint, KINDS)."""
        return np.sqrt(np.diag(self.covariance))[self.place]

    def intervals(self, confidence: float = 0.95) -> Floats:
        """Ends on the log scale, (touchpoint, KINDS, 2)."""
        wide = np.exp(norm.ppf(0.5 + confidence / 2.0) * self.log_se)
        return np.stack([self.values / wide, self.values * wide], axis=-1)

    def curve(self, touchpoint: str, spend: Floats, confidence: float = 0.95) -> Floats:
        """Sales a week that a steady ``spend`` (point,), > 0, brings: low, estimate, high (3, point).

        effect H(z), H = z**n / (z**n + k**n), z spend over reference; the interval is the delta
        method's on the log scale.
        """
        j = self.touchpoints.index(touchpoint)
        effect, _, _, n = self.values[j]
        level, above = self._saturation(j, spend)
        slopes = [np.ones_like(level), -n * (1.0 - level), n * above * (1.0 - level)]
        return self._band(j, effect * level, slopes, confidence)

    def marginal(self, touchpoint: str, spend: Floats, confidence: float = 0.95) -> Floats:
        """Sales that another yuan of steady ``spend`` (point,), > 0, brings: low, estimate, high.

        effect n H (1 - H) / spend; the same kind of interval, (3, point).
        """
        j = self.touchpoints.index(touchpoint)
        effect, _, _, n = self.values[j]
        level, above = self._saturation(j, spend)
        slopes = [
            np.ones_like(level), n * (2.0 * level - 1.0), 1.0 + n * above * (1.0 - 2.0 * level),
        ]  # fmt: skip
        return self._band(j, effect * n * level * (1.0 - level) / spend, slopes, confidence)

    def _saturation(self, j: int, spend: Floats) -> tuple[Floats, Floats]:
        """Hill's level and the log of spend over the half-point, (point,) each."""
        _, _, k, n = self.values[j]
        above = np.log(np.asarray(spend, dtype=float) / (self.reference[j] * k))
        return 1.0 / (1.0 + np.exp(-n * above)), above

    def _band(self, j: int, value: Floats, slopes: Sequence[Floats], confidence: float) -> Floats:
        """Low, value and high; ``slopes`` of the log in the logs of effect, half-point and slope."""
        at = self.place[j, [0, 2, 3]]
        inner = self.covariance[np.ix_(at, at)]
        rows = np.stack(slopes)
        log_se = np.sqrt(np.einsum("kp,kl,lp->p", rows, inner, rows))
        wide = np.exp(norm.ppf(0.5 + confidence / 2.0) * log_se)
        return np.stack([value / wide, value, value * wide])


def fit_response(
    weekly: Weekly,
    priors: Mapping[str, Prior | Mapping[str, Prior]],
    tests: Sequence[LiftTest] = (),
    reference: Floats | None = None,
    shared: bool = True,
) -> ResponseFit:
    """Fit all touchpoints together by penalised maximum likelihood (the posterior's mode).

    sales = base + trend + yearly season + controls + sum_j effect_j Hill(x_j) + noise, x the adstock
    x' = w x + (1 - w) s with w = .5**(1 / half_life). ``priors`` by KINDS, one for all touchpoints or
    by touchpoint; ``shared`` gives all the same half-life, half-point and slope, as the simulation
    has them. ``tests`` enter as observations of what the model says of the tested change of spend.
    ``reference`` (touchpoint,) money a week, by default the mean spend. The noise's variance is the
    residuals' over weeks less the effective number of parameters, in turns with the estimates;
    standard errors are from the information at the end (Gauss-Newton), priors and tests included:
    where the data say nothing, the interval is the prior's. Sources: Jin, Wang, Sun, Chan and Koehler
    (2017), Bayesian methods for media mix modeling with carryover and shape effects, Google;
    Bishop (2006), Pattern recognition and machine learning, section 3.5 (effective parameters).
    Raises ValueError where a prior lacks, for fewer weeks than numbers to estimate, and where no end
    is found.
    """
    size = len(weekly.touchpoints)
    level = float(weekly.sales.mean())
    ref = weekly.spend.mean(axis=0) if reference is None else np.asarray(reference, dtype=float)
    layout = Layout.of(size, shared, level)
    centre, spread = _priors(priors, weekly.touchpoints, layout)
    terms = terms_of(weekly, ref, layout, tests)
    weeks, free = weekly.sales.size, layout.count + terms.base.shape[1]
    if weeks <= free:
        raise ValueError(f"{free} numbers are estimated from {weeks} weeks: more are needed")
    observed = weekly.sales / level
    linear = np.linalg.lstsq(terms.base, observed - terms.media(centre)[0], rcond=None)[0]
    point = np.concatenate([centre, linear])
    noise = float(np.std(observed - terms.base @ linear - terms.media(centre)[0]))
    for _ in range(ROUNDS):
        point, jacobian, residuals = _mode(terms, observed, centre, spread, noise, point)
        covariance = np.linalg.inv(jacobian.T @ jacobian)
        own = jacobian[:weeks]
        effective = float(np.einsum("tk,kl,tl->", own, covariance, own))
        before, noise = (
            noise,
            noise * float(np.sqrt(residuals[:weeks] @ residuals[:weeks] / (weeks - effective))),
        )
        if abs(noise / before - 1.0) < SETTLED:
            break
    else:
        raise ValueError(
            "response curves: estimates and noise do not settle; are the priors right?"
        )
    media = slice(0, layout.count)
    return ResponseFit(
        touchpoints=weekly.touchpoints,
        parameters=point[media] + layout.shift,
        covariance=np.asarray(covariance[media, media], dtype=float),
        place=layout.place,
        reference=ref,
        noise_sd=noise * level,
        fitted=weekly.sales - residuals[:weeks] * before * level,
        shared=shared,
    )


def response_rows(fit: ResponseFit, source: str) -> dict[str, dict[str, object]]:
    """Rows of `brand.half_life`, `brand.hill_half` and `brand.hill_slope` by path.

    Log-normal, evidence "measured". Raises ValueError unless the touchpoints share the three, as the
    simulation has them.
    """
    if not fit.shared:
        raise ValueError("the simulation has one half-life, half-point and slope: fit shared=True")
    return {
        f"brand.{name}": lognormal_row(
            float(fit.values[0, k]), float(fit.log_se[0, k]), unit, source
        )
        for name, (k, unit) in ROWS.items()
    }


def _mode(
    terms: Terms, observed: Floats, centre: Floats, spread: Floats, noise: float, start: Floats
) -> tuple[Floats, Floats, Floats]:
    """Estimates, Jacobian and residuals at the top, in standard deviations."""
    media = centre.size

    def residuals(point: Floats) -> Floats:
        found, tested = terms.media(point[:media])[0], terms.lifts(point[:media])[0]
        off = observed - found - terms.base @ point[media:]
        return np.concatenate(
            [
                off / noise,
                (terms.increments - tested) / terms.errors,
                (centre - point[:media]) / spread,
            ]
        )

    def slopes(point: Floats) -> Floats:
        rows = np.zeros((observed.size + terms.errors.size + media, point.size))
        rows[: observed.size, :media] = -terms.media(point[:media])[1] / noise
        rows[: observed.size, media:] = -terms.base / noise
        tested = slice(observed.size, observed.size + terms.errors.size)
        rows[tested, :media] = -terms.lifts(point[:media])[1] / terms.errors[:, None]
        rows[tested.stop :, :media] = -np.diag(1.0 / spread)
        return rows

    found = least_squares(residuals, start, slopes, method="lm", xtol=1e-12, ftol=1e-12, gtol=1e-12)
    return found.x, slopes(found.x), residuals(found.x)


def _priors(
    priors: Mapping[str, Prior | Mapping[str, Prior]], touchpoints: Sequence[str], layout: Layout
) -> tuple[Floats, Floats]:
    """Means and standard deviations of the logs, (parameter,), effects over mean sales."""
    missing = [kind for kind in KINDS if kind not in priors]
    if missing:
        raise ValueError(f"no prior of {', '.join(missing)}")
    centre, spread = np.zeros(layout.count), np.zeros(layout.count)
    for k, kind in enumerate(KINDS):
        for j, name in enumerate(touchpoints):
            given = priors[kind]
            prior = given if isinstance(given, Prior) else given.get(name)
            if prior is None or not (prior.median > 0 and prior.log_sd > 0):
                raise ValueError(f"{name}: no prior of {kind} with a median and a spread above 0")
            at = layout.place[j, k]
            centre[at], spread[at] = np.log(prior.median) - layout.shift[at], prior.log_sd
    return centre, spread
