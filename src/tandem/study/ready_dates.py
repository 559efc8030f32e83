"""Dates by days: until when requisitions may wait so that people are productive when needed.

Answers: the probability that four fifths of the heads asked for are productive on the day of need, by
lead and channel, and the latest day at which it is high enough: from the hiring funnel alone, with
what the simulation met. Leaves out the target (`tandem.study.hiring_dates`) and words.

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.model import hiring, readiness
from tandem.model.types import Array, Inputs
from tandem.study.channels import fill_days, met
from tandem.study.hiring_dates import (
    ONE_SIDED_95,
    Growth,
    SafeDate,
    first_day,
    growth_positions,
    position_of,
)

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["ready_by_lead", "safe_lead", "safe_leads"]

#: Of the heads asked for: four fifths of their output are there after 1.6 tau.
SHARE_PRODUCTIVE = 0.8
LONGEST_LEAD = 540  # days


def ready_by_lead(
    study: Study,
    growth: Growth,
    channel: str,
    days: Sequence[int],
    *,
    draws: int | None = None,
    inputs: Inputs | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Probability that four fifths of the heads asked for are productive on the day of need.

    One value a lead in ``days`` (from opening to need), with its lower 95 % bound over futures.
    Stage times and ramp-up are the draw's; recruiters' load, offers, applicants and the fast track are
    those that the scenario meets at the review before the opening, in the median future, and who leaves
    meanwhile is replaced. Campus hires start in July whatever the lead, so their event is 0 or 1 by
    the calendar. ``inputs`` spare making those of ``draws`` futures anew.
    """
    given = _inputs(study, draws) if inputs is None else inputs
    k = position_of(given, growth)
    h = given.structure.channels.index(channel)
    ramp = given.months[growth.needed].parameters.people.ramp[k]
    campus = given.structure.campus[h]
    reviews = {lead: max(_opening_month(growth, float(lead)) - 1, 0) for lead in days}
    taken = {}
    for review in () if campus else sorted(set(reviews.values())):
        factor = given.months[review].parameters.people.fill_factor[k]
        taken[review] = fill_days(given, met(study, review, k), h, factor)
    chances = []
    for lead in days:
        if campus:
            chances.append(_campus_ready(growth, float(lead), ramp))
            continue
        found = readiness.yields(float(lead), *taken[reviews[lead]], ramp)
        needed = SHARE_PRODUCTIVE * growth.heads
        chances.append(readiness.probability_ready(growth.heads, needed, found))
    rows = np.stack(chances)
    error = rows.std(axis=1, ddof=1) / np.sqrt(rows.shape[1])
    middle = rows.mean(axis=1)
    return middle, middle - ONE_SIDED_95 * error


def safe_leads(
    study: Study, probability: float, *, draws: int | None = None
) -> dict[tuple[Growth, str], SafeDate]:
    """``safe_lead`` of all growth through every channel."""
    inputs = _inputs(study, draws)
    return {
        (growth, channel): safe_lead(study, growth, channel, probability, inputs=inputs)
        for growth in growth_positions(study.assumptions)
        for channel in inputs.structure.channels
    }


def safe_lead(
    study: Study,
    growth: Growth,
    channel: str,
    probability: float,
    *,
    draws: int | None = None,
    inputs: Inputs | None = None,
) -> SafeDate:
    """The latest day on which requisitions may open so that people are productive in time.

    No requisition opens before the first simulated month's review is over. ``inputs`` as in
    ``ready_by_lead``.
    """
    given = _inputs(study, draws) if inputs is None else inputs
    longest = min((first_day(growth.needed) - first_day(1)).days, LONGEST_LEAD)
    weeks = sorted({*range(0, max(longest, 0) + 1, 7), max(longest, 0)})
    _, lower = ready_by_lead(study, growth, channel, weeks, inputs=given)
    if lower[0] >= probability:
        return SafeDate("never binding", None, float(lower.max()))
    if not (lower >= probability).any():
        return SafeDate("none", None, float(lower.max()))
    week = int(np.argmax(lower >= probability))
    nearer = list(range(weeks[week - 1] + 1, weeks[week] + 1))
    _, exact = ready_by_lead(study, growth, channel, nearer, inputs=given)
    lead = nearer[int(np.argmax(exact >= probability))]
    return SafeDate(
        "date", first_day(growth.needed) - datetime.timedelta(days=lead), float(lower.max())
    )


def _inputs(study: Study, draws: int | None) -> Inputs:
    """The scenario's inputs for so many futures, the study's own number by default."""
    return model_inputs(draw(study.assumptions, draws or study.draws, study.seed), study.seed)


def _campus_ready(growth: Growth, lead: float, ramp: Array) -> Array:
    """Campus hiring opens in autumn and brings people next July."""
    opening = first_day(growth.needed) - datetime.timedelta(days=int(lead))
    window = opening.month - 1 in hiring.CAMPUS_OPENS
    start = datetime.date(opening.year + 1, hiring.CAMPUS_STARTS + 1, 1)
    served = (first_day(growth.needed) - start).days
    if not window or served <= 0:
        return np.zeros_like(ramp)
    found = readiness.yields(
        float(served), np.full_like(ramp, 1e-3), np.full_like(ramp, 1e-4), ramp
    )
    return readiness.probability_ready(growth.heads, SHARE_PRODUCTIVE * growth.heads, found)


def _opening_month(growth: Growth, lead: float) -> int:
    """Model month in which a requisition opens that many days before the need."""
    opening = first_day(growth.needed) - datetime.timedelta(days=int(lead))
    return units.month_index(f"{opening:%Y-%m}")
