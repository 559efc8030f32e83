"""Comparison: a measure over its futures in one row, and two scenarios' difference future by future.

What it answers: mean and range of a measure, or the probability of an event, with its standard
error; and paired differences with their intervals. No resampling: the standard error of a mean is
sd / sqrt(n), that of a probability sqrt(p (1 - p) / n). Draws are stratified, so both err on the
safe side.

What it leaves out: which scenario to choose (`tandem.study.decision`), and words.

Who may import it: the modules of `tandem.study`, batch, charts, cli.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tandem.study.decision import paired

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["difference_table", "measure_table", "summary"]

Draws = NDArray[np.float64]

#: Statistics of a measure and of a difference, in the order of their columns.
STATISTICS = ("probability", "mean", "p10", "p50", "p90", "se")


def summary(values: Draws, *, is_event: bool) -> dict[str, float]:
    """Statistics of one measure's draws (draw,), in the measure's unit.

    An event (1 where it happened, else 0) has `probability` and `se`; any other measure `mean`,
    `p10`, `p50`, `p90` and `se`, the standard error of the mean. Raises ValueError for no draws.
    """
    if values.size == 0:
        raise ValueError("a measure without draws has no summary")
    if is_event:
        share = float(values.mean())
        return {"probability": share, "se": float(np.sqrt(share * (1 - share) / values.size))}
    p10, p50, p90 = (float(q) for q in np.quantile(values, (0.1, 0.5, 0.9)))
    spread = float(values.std(ddof=1)) if values.size > 1 else 0.0
    se = spread / float(np.sqrt(values.size))
    return {"mean": float(values.mean()), "p10": p10, "p50": p50, "p90": p90, "se": se}


def measure_table(
    draws: Mapping[str, Draws], measures: Mapping[str, Any], language: str
) -> "pd.DataFrame":
    """One row a measure: label, unit and its statistics; what does not apply is NaN.

    `draws` holds (draw,) by measure, `measures` the registry's entries by name.
    """
    import pandas as pd

    rows = [
        {
            "measure": name,
            "label": measures[name].label[language],
            "unit": measures[name].unit,
            **summary(values, is_event=measures[name].is_event),
        }
        for name, values in draws.items()
    ]
    columns = ["measure", "label", "unit", *STATISTICS]
    return pd.DataFrame(rows, columns=columns).set_index("measure")


def difference_table(
    scenario: str,
    against: str,
    draws: Mapping[str, tuple[Draws, Draws]],
    measures: Mapping[str, Any],
    language: str,
) -> "pd.DataFrame":
    """One row a measure: `scenario` less `against` on the same draws, in the measure's unit.

    `difference` is the mean difference (of an event: of probabilities), `low` and `high` its 95 %
    interval, p10, p50 and p90 those of the difference itself, `share_higher` the share of futures
    in which `scenario` has the higher value.
    """
    import pandas as pd

    rows = []
    for name, (mine, theirs) in draws.items():
        found = paired(scenario, against, mine, theirs)
        rows.append(
            {
                "measure": name,
                "label": measures[name].label[language],
                "unit": measures[name].unit,
                "difference": found.mean,
                "low": found.low,
                "high": found.high,
                "p10": found.p10,
                "p50": found.p50,
                "p90": found.p90,
                "share_higher": found.p_ahead,
            }
        )
    return pd.DataFrame(rows).set_index("measure")
