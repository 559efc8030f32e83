"""What would improve the recommended scenario further: its variations that are ours to choose.

What it answers: for each scenario that varies the recommended one without an outlook, the paired
difference of net present value with its interval, and how the odds of both targets change.

What it leaves out: the recommendation itself (`tandem.charts.brief`).

Who may import it: batch, site, cli and notebooks.
"""

import pandas as pd

from tandem.charts import source
from tandem.charts.brief import Choice
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.decision import paired

__all__ = ["improvements"]


def improvements(choice: Choice) -> Table | None:
    """Variations of the recommended scenario, the most valuable first; None where there is none."""
    _, lang = translator(choice.language), choice.language
    chosen = choice.chosen
    rows = []
    for name in source.variations(choice.study, chosen.scenario):
        other = choice.study.of(name)
        gain = paired(
            name, chosen.scenario, other.draws_of(source.NPV), chosen.draws_of(source.NPV)
        )
        rows.append(
            {
                "what": source.short_label(other.label, chosen.label),
                "gain": gain.mean,
                "low": gain.low,
                "high": gain.high,
                "ahead": gain.p_ahead,
                "met": source.chance(other, source.BOTH_MET),
            }
        )
    if not rows:
        return None
    frame = pd.DataFrame(rows).sort_values("gain", ascending=False, kind="stable")
    return table(
        "improvements",
        _("Added to “{scenario}”, one at a time", scenario=chosen.label),
        frame.reset_index(drop=True),
        [
            Column("what", _("Addition")),
            Column("gain", _("Value gained"), "money", group="gain"),
            Column("low", _("95 % from"), "money", group="gain"),
            Column("high", _("to"), "money", group="gain"),
            Column("ahead", _("It pays"), "futures"),
            Column("met", _("Both targets met"), "futures"),
        ],
        lang,
    )
