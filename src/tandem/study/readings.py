"""Readings: an actual beside its forecast.

What it answers: what the simulated futures say of a measure of the study's records, and where an
actual lies against their range.

What it leaves out: which measures a review has (`tandem.study.review`, `tandem.study.recruitment`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tandem.randomness import key, uniform
from tandem.study.actuals import COMPANY, KINDS

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Reading", "Standing", "chance", "paths_of", "reading", "standing"]

Floats = NDArray[np.float64]
Standing = Literal["below", "within", "above", "unknown"]

#: Records and variables of the simulation that are called otherwise there.
_VARIABLES = {"requisitions_filled": "hires", "requisitions_opened": "requisitions"}
_WEIGHTS = {"satisfaction": "customers", "engagement": "heads"}
_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Reading:
    """One actual beside its forecast, P10, median and P90, all in one unit."""

    actual: float
    low: float
    median: float
    high: float

    @property
    def standing(self) -> Standing:
        """Where the actual lies."""
        return standing(self.actual, self.low, self.high)


def standing(actual: float, low: float, high: float) -> Standing:
    """Where an actual lies against a range whose ends belong to it; unknown where one is NaN."""
    if not np.isfinite([actual, low, high]).all():
        return "unknown"
    return "below" if actual < low else "above" if actual > high else "within"


def reading(actual: float, draws: Floats) -> Reading:
    """An actual beside the quantiles of the futures; NaN where no future has a value."""
    if not draws.size:
        return Reading(float(actual), np.nan, np.nan, np.nan)
    low, median, high = (float(q) for q in np.quantile(draws, _QUANTILES))
    return Reading(float(actual), low, median, high)


def paths_of(study: "Study", measure: str, scope: str) -> Floats:
    """What the simulated futures say of a measure of the records: (month, draw).

    What is asked for in one month is opened in the next, so the first month of opened requisitions
    is that of the records alone and 0 here. Raises KeyError for a measure that is not simulated.
    """
    name = _VARIABLES.get(measure, measure)
    array = study.results[name]
    if measure in _WEIGHTS:
        weight = study.results[_WEIGHTS[measure]]
        others = [d for d in array.dims if d not in ("month", "draw")]
        array = (array * weight).sum(others) / weight.sum(others)
    elif scope != COMPANY:
        array = array.sel({KINDS[measure].level: scope})
    elif "position" in array.dims:
        array = array.sum("position")
    paths = np.asarray(array.transpose("month", "draw").values, dtype=np.float64)
    if measure == "requisitions_opened":
        paths = np.concatenate([np.zeros_like(paths[:1]), paths[:-1]])
    return paths


def chance(name: str, scope: str, draws: int) -> Floats:
    """A standard normal a draw, the same for the same names: chance among the people counted."""
    return np.asarray(ndtri(uniform(key("review", name, scope), 0, 0, 0, np.arange(draws))))
