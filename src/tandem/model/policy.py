"""What HR wants and may have: required heads, requisitions, freeze (the review, step 9).

Answers: how many requisitions are set this month. It reads heads, pipeline, the forecast and cash;
of the parameters it knows only central ones, so that nobody plans with foresight. Leaves out how
requisitions are filled (``people``). Imported by ``anchor_people``, ``planning``,
``staffing`` and ``simulate``.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model import hiring
from tandem.model.parameters import Parameters
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR

RAMP_LEAD = 1.6  # ramp times after which four fifths of a hire's output are there
FORECAST_WEIGHT = 0.3
FORECAST_LEAST, FORECAST_MOST = 0.5, 1.6
FREEZE_AFTER, REDUNDANCY_AFTER = 3, 6  # months above target


@dataclass(frozen=True, slots=True)
class StaffingNorms:
    """What HR goes by, from central parameters, (p, 1): months of lead, leavers a head."""

    lead: Array  # time to fill and ramp-up
    fill: Array  # time to fill
    leaving: Array  # a month


def staffing_norms(params: Parameters, fill_months: Array) -> StaffingNorms:
    """Norms of central parameters (one draw): target heads are those of t + lead."""
    people = params.people
    probation = 1.0 - params.workforce.probation_pass
    leaving = people.turnover * (1.0 + probation) / MONTHS_PER_YEAR
    return StaffingNorms(lead_months(fill_months, people.ramp), fill_months, leaving)


def lead_months(fill_months: Array, ramp: Array) -> Array:
    """Months ahead of a need that hiring must begin: to fill, and to ramp up, same shape."""
    return fill_months + RAMP_LEAD * ramp


def required_heads(
    planned: Array, need_ratio: Array, forecast: Array, follow: Array, buffer: Array
) -> Array:
    """Heads that a month needs, (p, d): plan x (driver over 2026 x forecast)**follow x buffer.

    ``need_ratio`` is the position's driver in the plan over that of 2026 (1 in a new market, where
    the plan itself says how many); with ``follow`` 0 headcount is held.
    """
    return planned * np.power(need_ratio * forecast, follow) * (1.0 + buffer * follow)


def forecast_next(forecast: Array, observed_ratio: Array) -> Array:
    """Forecast of demand over plan: q' = clip(q + .3 (observed / plan - q), .5, 1.6).

    ``observed_ratio`` is leads over coverage against the plan's: with leads alone, late hiring
    lowers coverage, leads, the forecast and so hiring. Exponential smoothing (Brown 1959).
    """
    moved = forecast + FORECAST_WEIGHT * (observed_ratio - forecast)
    return np.clip(moved, FORECAST_LEAST, FORECAST_MOST)


def wanted(target: Array, heads: Array, pipeline: Array, norms: StaffingNorms) -> Array:
    """Requisitions that HR would set, before limits, (p, d)."""
    until_filled = heads * norms.leaving * (norms.fill + 1.0)
    return hiring.requisitions_wanted(target, heads, until_filled, pipeline)


def excess(heads: Array, target: Array, share: Array, few: Array) -> Array:
    """Heads beyond target and what is let pass above it: a share of it, or a few; at least 0."""
    return np.maximum(heads - target - np.maximum(share * target, few), 0.0)
