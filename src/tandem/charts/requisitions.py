"""Open requisitions by stage of the hiring funnel, month by month.

What it answers: how many requisitions are open at each month's end in the median future, and in which
stage.

What it leaves out: until when they may wait (`tandem.charts.hiring`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.charts import bars, numbers, source
from tandem.charts.chart import Chart
from tandem.language import translator
from tandem.model import recruiting
from tandem.model.types import STAGES

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["pipeline"]

SHOWN_MONTHS = 12


def pipeline(study: "Study") -> Chart:
    """Open requisitions at the end of each month, median future, split as the daily funnel does.

    What the month's own review asked for is still to be sourced.
    """
    _, lang = translator(study.language), study.language
    by_stage = _stages_open(study)
    total = np.median(source.total(study, "open_requisitions"), axis=-1)
    months = np.arange(1, by_stage.shape[1] + 1)
    asked = np.minimum(source.planned(study)[months].sum(axis=1).astype(float), total[months])
    shares = by_stage / np.maximum(by_stage.sum(axis=0), 1e-9)
    by_stage = shares * (total[months] - asked)
    by_stage[0] += asked
    groups = {
        _("sourcing"): by_stage[:2].sum(axis=0),
        _("assessment"): by_stage[2:5].sum(axis=0),
        _("offer"): by_stage[5],
        _("notice period"): by_stage[6],
    }
    names = [
        numbers.month(units.month_label(t + 1), lang, short=True) for t in range(by_stage.shape[1])
    ]
    busiest = int(np.argmax(by_stage.sum(axis=0)))
    words = {
        "count": numbers.amount("count", float(by_stage[:, busiest].sum()), lang),
        "month": numbers.month(units.month_label(busiest + 1), lang),
    }
    return bars.stacked(
        "pipeline",
        _("{count} requisitions are open at the end of {month}", **words),
        _(
            "Open requisitions at each month's end in the median future, split by stage in the "
            "days that each month's take; most are open in {month}: {count}.",
            **words,
        ),
        names,
        {name: [float(v) for v in values] for name, values in groups.items()},
        kind="count",
        what=_("Requisitions"),
        language=lang,
        period=_("Month"),
    )


def _stages_open(study: "Study") -> NDArray[np.float64]:
    """Requisitions by stage and month's end, (7, month), each month's in the days they take then.

    A requisition is set at a review and opened next day. Its stages but notice take what the simulation
    recorded as the days to fill of that review, less notice.
    """
    planned = source.planned(study)[:SHOWN_MONTHS]
    recorded = study.results["days_to_fill"].transpose("month", "position", "draw").values
    taken = np.median(recorded[:SHOWN_MONTHS], axis=-1)
    length = round(units.DAYS_PER_MONTH)
    found = np.zeros((len(STAGES), SHOWN_MONTHS))
    for month in np.flatnonzero(planned.sum(axis=1)):
        openings = np.zeros(length * (SHOWN_MONTHS + 1))
        openings[length * (month + 1)] = planned[month].sum()
        days, cv = source.stages(study, int(month))
        own = np.array([name != "notice" for name in STAGES])
        mean = float(np.average(taken[month], weights=planned[month]))
        days[own] *= max(mean - float(days[~own].sum()), 0.0) / days[own].sum()
        by_stage = recruiting.open_by_stage(openings, days, cv)
        found += by_stage[:, 2 * length - 1 :: length]
    return found
