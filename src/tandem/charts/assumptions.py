"""Assumptions: which of them a page rests on, the least certain first.

What it answers: the widest assumptions of a few sections, measured against the range that is
plausible at all, with P10 to P90 in their unit, and on what they rest.

What it leaves out: all others and their sources (the site's register), and how much each moves the
answer.

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING, Any

import pandas as pd

from tandem import units
from tandem.charts import numbers
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.pay_plans import idle_plans

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["least_certain"]


def least_certain(study: "Study", *sections: str, most: int = 8) -> Table:
    """The `most` widest assumptions of `sections` (first parts of their paths), widest first.

    Those of pay plans that nobody is on in the scenario are left out: they move nothing in it.
    """
    _, lang = translator(study.language), study.language
    evidence = {
        "measured": _("measured"),
        "benchmark": _("benchmark"),
        "judgement": _("judgement"),
    }
    last: dict[str, dict[str, Any]] = {}
    idle = idle_plans(study.assumptions) if "incentives" in sections else frozenset()
    for row in study.assumptions.register():
        parts = row["path"].split(".")
        if parts[0] == "incentives" and parts[1] in idle:
            continue
        if row["uncertain"] and parts[0] in sections:
            last[row["path"]] = row
    widest = sorted(last.values(), key=lambda row: (-_width(row), row["path"]))[:most]
    frame = pd.DataFrame(
        [
            {
                "name": _.label(row["label"]),
                "where": _.label(row["where"]) or _("everywhere"),
                "range": _range(row, lang),
                "evidence": evidence[row["evidence"]],
            }
            for row in widest
        ],
        columns=["name", "where", "range", "evidence"],
    )
    return table(
        "assumptions",
        _("Least certain assumptions behind this page"),
        frame,
        [
            Column("name", _("Assumption")),
            Column("where", _("Where it holds")),
            Column("range", _("P10 to P90")),
            Column("evidence", _("Evidence")),
        ],
        lang,
    )


def _width(row: dict[str, Any]) -> float:
    """P10 to P90 over the plausible range."""
    return float((row["p90"] - row["p10"]) / (row["high"] - row["low"]))


def _range(row: dict[str, Any], language: str) -> str:
    """P10 to P90 with the unit in words."""
    unit = units.unit(row["unit"])
    low, high = float(row["p10"]), float(row["p90"])
    if unit.kind == "share":
        return numbers.amount_range("share", low * unit.factor, high * unit.factor, language)
    text = numbers.amount_range("number", low, high, language)
    return f"{text} {units.label(row['unit'], language)}".strip()
