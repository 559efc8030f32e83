"""What is known of a response before the data: priors from the parameter files and from benchmarks.

What it answers: the log-normal prior that an assumption is, and priors of the effects of touchpoints from
the advertising elasticities of other companies.

What it leaves out: the fit (`response`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import norm

from tandem.assumptions.estimate import Estimate
from tandem.calibration.weekly import Weekly

__all__ = ["Prior", "brand_priors", "prior_of"]

ELASTICITY = 0.12
"""Short-run advertising elasticity: mean of Sethuraman, Tellis and Briesch (2011), Journal of Marketing
Research 48(3)."""
EFFECT_LOG_SD = 1.0
"""Touchpoints of a company differ from that mean by a factor of 2.7 either way: a wide prior, on purpose."""
_P90 = float(norm.ppf(0.9))


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a positive parameter before the data: log-normal."""

    median: float
    log_sd: float


def prior_of(estimate: Estimate) -> Prior:
    """The log-normal with the median and the 80 % range of an assumption; in its unit.

    Raises ValueError for an assumption that is fixed or may be 0 or less.
    """
    low, high = estimate.p10, estimate.p90
    if not 0 < low < high:
        raise ValueError(f"{estimate.path}: {low:g} to {high:g} is no range of a positive number")
    return Prior(estimate.median, float(np.log(high / low)) / (2.0 * _P90))


def brand_priors(
    estimates: Mapping[str, Estimate], weekly: Weekly
) -> dict[str, Prior | Mapping[str, Prior]]:
    """Priors by kind: shapes from `brand.*` of the parameter files, effects from ELASTICITY.

    At mean spend all touchpoints together have the elasticity, shared out by their spend: effect_j =
    .12 x mean sales x spend share / (n H (1 - H)), with the median half-point and slope.
    """
    shapes = {
        "half_life": prior_of(estimates["brand.half_life"]),
        "half_point": prior_of(estimates["brand.hill_half"]),
        "slope": prior_of(estimates["brand.hill_slope"]),
    }
    half, slope = shapes["half_point"].median, shapes["slope"].median
    level = 1.0 / (1.0 + half**slope)
    spend = weekly.spend.mean(axis=0)
    reached = ELASTICITY * weekly.sales.mean() * spend / spend.sum()
    medians = reached / (slope * level * (1.0 - level))
    effects = {
        name: Prior(float(median), EFFECT_LOG_SD)
        for name, median in zip(weekly.touchpoints, medians, strict=True)
    }
    return {"effect": effects, **shapes}
