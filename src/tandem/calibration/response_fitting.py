"""Response curves as rows of `params/`: weekly records and lift tests, judged by what the study assumes.

What it answers: half-life, half-point and slope that the simulation reads, from weeks, experiments and
the priors that stand in `params/base`.

What it leaves out: the fit (`response`), and writing rows (`tandem.assumptions.row_writing`).

Who may import it: `fitting`, charts, batch, site, cli and notebooks.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.estimate import Estimate
from tandem.calibration.priors import brand_priors
from tandem.calibration.refused import suggestion
from tandem.calibration.response import ROWS, ResponseFit, fit_response
from tandem.calibration.weekly import lift_tests, weekly_table

__all__ = ["Beside", "reference_spend", "weekly_response"]

TIME = ("week", "sales")


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside records: the study's base estimates by path, its touchpoints, the markets open in
    2026, and lift tests as a frame, if there are any.
    """

    estimates: Mapping[str, Estimate]
    touchpoints: Sequence[str]
    markets: Sequence[str]
    tests: pd.DataFrame | None = None


def reference_spend(
    estimates: Mapping[str, Estimate], touchpoints: Sequence[str], markets: Iterable[str]
) -> NDArray[np.float64]:
    """Spend a week by touchpoint of the base year in ``markets``, CNY: what a half-point is over."""
    names = list(markets)
    monthly = [
        sum(
            estimates[f"markets.{m}.media"].median
            * estimates[f"markets.{m}.media_mix.{name}"].median
            for m in names
            if f"markets.{m}.media_mix.{name}" in estimates
        )
        for name in touchpoints
    ]
    return np.asarray(monthly) / units.WEEKS_PER_MONTH


def weekly_response(data: pd.DataFrame, beside: Beside) -> ResponseFit:
    """Fit weeks: `week`, `sales`, spend by touchpoint of the study; every further column is a control.

    Raises ValueError for records and tests that cannot be used, with their rows, and for a prior that is
    measured already: it would count the records twice.
    """
    measured = [
        f"brand.{name}" for name in ROWS if beside.estimates[f"brand.{name}"].evidence == "measured"
    ]
    if measured:
        raise ValueError(
            f"{', '.join(measured)}: measured already, and a fit takes its prior from there; the same "
            "weeks would count twice. Put back what was judged before, then fit all weeks at once"
        )
    found = [str(name) for name in data.columns]
    lacking = [name for name in beside.touchpoints if name not in found]
    if lacking:
        lines = [f"no column {name!r}{suggestion(name, found)}" for name in lacking]
        raise ValueError("weekly records: " + "; ".join(lines))
    controls = [name for name in found if name not in (*TIME, *beside.touchpoints)]
    weeks = weekly_table(data, beside.touchpoints, controls)
    tests = [] if beside.tests is None else lift_tests(beside.tests, beside.touchpoints)
    spend = reference_spend(beside.estimates, beside.touchpoints, beside.markets)
    return fit_response(weeks, brand_priors(beside.estimates, weeks), tests, spend)
