"""One hazard of leaving a tenure band, from leavers' records.

What it answers: the monthly hazard of each tenure band of the model and its ratio to the mean, as
`band_hazard` of `params/base/workforce.yaml` wants it, with effects of covariates and standard
errors. Records may be censored and left-truncated.

What it leaves out: the course of the hazard within a band (`lifetimes`, `survival`); seasons of
leaving.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, norm

from tandem.calibration.leavers import Leavers
from tandem.calibration.newton import maximise
from tandem.model.workforce import BAND_MONTHS

__all__ = ["BandHazards", "band_hazards", "band_rows"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class BandHazards:
    """Hazard of leaving a month by tenure band, at covariates 0; all (band,).

    `hazard` with standard error `se` and its interval from `low` to `high`; `ratio` to the mean
    hazard with `ratio_se`; `leavers` and `months` of exposure, people x months. A band without a
    leaver has hazard and se 0 and an upper end only; one that nobody was observed in has nan, from
    0 to infinity. `effects` (covariate,) on the log hazard, in the order of `names`.
    """

    hazard: Floats
    se: Floats
    low: Floats
    high: Floats
    ratio: Floats
    ratio_se: Floats
    leavers: Floats
    months: Floats
    names: tuple[str, ...]
    effects: Floats
    effects_se: Floats


def band_hazards(
    records: Leavers,
    covariates: Sequence[str] = (),
    widths: Sequence[float] = BAND_MONTHS,
    confidence: float = 0.95,
) -> BandHazards:
    """Piecewise-exponential hazard a month by tenure band; ``widths`` in months, the last open.

    Leavers over exposure, sum(exp(x beta) months), in each band; effects beta by maximum
    likelihood. The ratio is to the hazard of all bands together, leavers over exposure. Intervals
    are on the log scale; where nobody left, the upper end is the exact Poisson limit. Sources:
    Holford (1980), Biometrics 36(2); Garwood (1936), Biometrika 28(3/4). Raises ValueError where
    nobody left and effects are asked for, and where the data do not tell an effect.
    """
    values, names = records.columns(covariates)
    edges = np.append(0.0, np.append(np.cumsum(widths), np.inf))
    months = np.clip(records.tenure[:, None], edges[:-1], edges[1:]) - np.clip(
        records.entry[:, None], edges[:-1], edges[1:]
    )
    band = np.searchsorted(edges[1:-1], records.tenure, side="left")
    leavers = np.bincount(band[records.left], minlength=edges.size - 1).astype(float)
    centre = values.mean(axis=0)
    effects, covariance = _band_effects(values - centre, records.left, months, leavers, names)
    exposure = months.T @ np.exp(values @ effects)
    some, seen = leavers > 0, exposure > 0
    means = np.zeros((exposure.size, values.shape[1]))
    means[seen] = (months.T @ (values * np.exp(values @ effects)[:, None]))[seen]
    means[seen] /= exposure[seen, None]
    hazard = np.divide(leavers, exposure, out=np.full_like(exposure, np.nan), where=seen)
    own = np.divide(1.0, leavers, out=np.zeros_like(leavers), where=some)
    log_se = np.sqrt(own + np.einsum("bk,kl,bl->b", means, covariance, means)) * some
    low, high = _band_interval(hazard, log_se, exposure, leavers, confidence)
    everybody = leavers.sum()
    apart = means - (exposure @ means) / exposure.sum()
    spread = np.einsum("bk,kl,bl->b", apart, covariance, apart)
    ratio_log_se = np.sqrt(np.maximum(own - 1.0 / max(everybody, 1.0), 0.0) + spread) * some
    ratio = hazard * exposure.sum() / everybody if everybody else np.full_like(hazard, np.nan)
    return BandHazards(
        hazard=hazard,
        se=hazard * log_se,
        low=low,
        high=high,
        ratio=ratio,
        ratio_se=ratio * ratio_log_se,
        leavers=leavers,
        months=months.sum(axis=0),
        names=names,
        effects=effects,
        effects_se=np.sqrt(np.diag(covariance)),
    )


def band_rows(fit: BandHazards, source: str) -> list[dict[str, object]]:
    """The ratios as rows of `band_hazard` in params/base/workforce.yaml, one a band.

    Log-normal: median the ratio, spread its standard error over it; evidence "measured". Raises
    ValueError for bands in which nobody left, with their numbers: they say nothing of a ratio.
    """
    empty = [str(k + 1) for k in np.flatnonzero(~(fit.leavers > 0)).tolist()]
    if empty:
        raise ValueError(
            f"nobody left in tenure band {', '.join(empty)}: keep its judgement, or use records "
            "that reach further back"
        )
    return [
        {
            "lognormal": [float(f"{ratio:.4g}"), float(f"{error / ratio:.4g}")],
            "unit": "1",
            "evidence": "measured",
            "source": source,
        }
        for ratio, error in zip(fit.ratio.tolist(), fit.ratio_se.tolist(), strict=True)
    ]


def _band_effects(
    values: Floats, left: NDArray[np.bool_], months: Floats, leavers: Floats, names: tuple[str, ...]
) -> tuple[Floats, Floats]:
    """Effects (covariate,) and covariance: the bands' hazards are profiled out."""
    if not names:
        return np.zeros(0), np.zeros((0, 0))
    if not left.any():
        raise ValueError("nobody left: no effect on leaving can be told")
    gone = values[left].sum(axis=0)
    some = leavers > 0

    def evaluate(effects: Floats) -> tuple[float, Floats, Floats]:
        if np.abs(values @ effects).max() > 100.0:
            return -np.inf, np.zeros_like(effects), np.zeros((effects.size, effects.size))
        weight = np.exp(values @ effects)[:, None] * months[:, some]
        exposure = weight.sum(axis=0)
        means = weight.T @ values / exposure[:, None]
        share = leavers[some] / exposure
        information = (values.T * (weight @ share)) @ values - (means.T * leavers[some]) @ means
        value = float(gone @ effects - leavers[some] @ np.log(exposure))
        return value, gone - leavers[some] @ means, information

    effects, _, covariance = maximise(evaluate, np.zeros(len(names)), names)
    return effects, covariance


def _band_interval(
    hazard: Floats, log_se: Floats, exposure: Floats, leavers: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """Ends of the hazards' intervals, (band,) each."""
    wide = np.exp(norm.ppf(0.5 + confidence / 2.0) * log_se)
    limit = 0.5 * chi2.ppf(0.5 + confidence / 2.0, 2.0)  # Poisson mean under which 0 is that rare
    none = np.divide(limit, exposure, out=np.full_like(exposure, np.inf), where=exposure > 0)
    some = leavers > 0
    return np.where(some, hazard / wide, 0.0), np.where(some, hazard * wide, none)
