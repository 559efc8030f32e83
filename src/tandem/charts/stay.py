"""How long people stay: leavers' records beside what the plan assumes.

What it answers: the share of hires still here by months of tenure, from the study's records
(Kaplan-Meier) and from the plan; the hazard of each tenure band against the assumption.

What it leaves out: attrition over the months of the plan (`tandem.charts.workforce`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from tandem.calibration.bands import band_hazards
from tandem.calibration.leavers import Leavers, leavers_table
from tandem.calibration.survival import SurvivalCurve, kaplan_meier
from tandem.charts import numbers, source, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.workforce import BAND_MONTHS
from tandem.study.staying import expected_survival

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["FILE", "bands", "staying"]

#: The file, relative to the study's folder.
FILE = "data/leavers.csv"
SHOWN = 60  # months of tenure


def staying(study: "Study") -> Chart | None:
    """Share of hires still here by tenure, records beside the plan; None without records.

    Of the role with the most records. Raises ValueError with every row that cannot be true.
    """
    records = _records(study)
    if records is None:
        return None
    _, lang = translator(study.language), study.language
    role = str(records["role"].value_counts().index[0])
    curve = kaplan_meier(_table(records[records["role"] == role]))
    plan = expected_survival(study.assumptions, role, SHOWN)
    months = np.arange(SHOWN + 1)
    seen = np.array([_at(curve, curve.survival, int(m)) for m in months])
    low, high = (np.array([_at(curve, v, int(m)) for m in months]) for v in (curve.low, curve.high))
    year = 12
    words = {
        "role": source.label(study, "role", role),
        "seen": numbers.amount("share", float(seen[year]), lang),
        "plan": numbers.amount("share", float(plan[year]), lang),
    }
    labels = (_("records"), _("plan"))
    data = pd.DataFrame(
        {_("months of tenure"): months, labels[0]: seen, _("low"): low, _("high"): high}
        | {labels[1]: plan}
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.fill_between(months, low, high, color=theme.PALETTE[0], alpha=0.2, lw=0, step="post")
        axes.step(months, seen, color=theme.PALETTE[0], lw=1.8, where="post")
        axes.plot(months, plan, color=theme.PALETTE[1], lw=1.8, ls=theme.LINES[1])
        higher = seen[-1] >= plan[-1]
        for value, label, color, up in (
            (seen[-1], labels[0], theme.PALETTE[0], higher),
            (plan[-1], labels[1], theme.LETTERS[1], not higher),
        ):
            axes.annotate(
                label,
                (SHOWN, value),
                xytext=(4, 4 if up else -4),
                textcoords="offset points",
                color=color,
                va="bottom" if up else "top",
            )
        axes.set_ylim(0.0, 1.0)
        axes.set_xlim(0.0, SHOWN)
        axes.set_xticks(range(0, SHOWN + 1, year))
        axes.yaxis.set_major_formatter(FuncFormatter(lambda v, _p: f"{100 * v:.0f} %"))
        axes.grid(axis="y")

    return draw(
        "staying",
        _("{role}: after a year {seen} are still here, the plan has {plan}", **words),
        _(
            "Share of hires still here by months of tenure, {role}: from leavers' records with "
            "their 95 % interval, and as the plan assumes it. After a year {seen} and {plan}.",
            **words,
        ),
        data,
        units=_("Share of hires still here, by months of tenure"),
        height=2.9,
        language=lang,
        paint=paint,
    )


def bands(study: "Study") -> Table | None:
    """Hazard of leaving by tenure band over the mean: records beside assumption; None without any."""
    records = _records(study)
    if records is None:
        return None
    _, lang = translator(study.language), study.language
    found = band_hazards(_table(records))
    edges = [0, *np.cumsum(BAND_MONTHS).astype(int).tolist()]
    assumed = [
        study.assumptions.estimates[f"workforce.band_hazard.{k}"].median for k in range(len(edges))
    ]
    mean = found.leavers.sum() / found.months.sum()
    rows = [
        {
            "band": _("{first} to {last} months", first=edges[k], last=edges[k + 1])
            if k + 1 < len(edges)
            else _("above {first} months", first=edges[k]),
            "leavers": float(found.leavers[k]),
            "hazard": float(found.hazard[k]),
            "ratio": float(found.ratio[k]),
            "interval": f"{found.low[k] / mean:.2f} – {found.high[k] / mean:.2f}",
            "assumed": assumed[k],
        }
        for k in range(len(edges))
    ]
    return table(
        "tenure-bands",
        _("Leaving by tenure: what the records say of the assumption"),
        pd.DataFrame(rows),
        [
            Column("band", _("Tenure")),
            Column("leavers", _("Leavers"), "count"),
            Column("hazard", _("Leaving a month"), "share"),
            Column("ratio", _("Over the mean"), "number"),
            Column("interval", _("95 % interval")),
            Column("assumed", _("Assumed"), "number"),
        ],
        lang,
    )


def _records(study: "Study") -> pd.DataFrame | None:
    path = study.project / FILE
    return pd.read_csv(path) if path.exists() else None


def _table(records: pd.DataFrame) -> Leavers:
    try:
        return leavers_table(records)
    except ValueError as wrong:
        raise ValueError(f"{FILE}: {wrong}") from None


def _at(curve: SurvivalCurve, values: np.ndarray, months: float) -> float:
    """A step curve's value at a tenure."""
    return float(values[np.searchsorted(curve.months, months, side="right") - 1])
