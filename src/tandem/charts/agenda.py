"""Agenda: who does what by when, once a scenario is chosen.

What it answers: dated actions by department, from the simulation of the recommended scenario:
requisitions on top of those of doing nothing, the start of advertising, credit to keep ready.

What it leaves out: the choice itself (`tandem.charts.brief`), and whether a later date would do.

Who may import it: batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import numbers, source
from tandem.charts.brief import Choice
from tandem.charts.source import PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.openings import openings

__all__ = ["actions"]

#: At most so many rows of hiring among the actions.
_ACTIONS = 6


def actions(choice: Choice) -> Table:
    """Who does what by when in the recommended scenario, beyond what doing nothing needs."""
    _, lang = translator(choice.language), choice.language
    study = choice.chosen
    months = source.months(study)
    rows = [*_launch_rows(choice), *_hiring_rows(choice), *_credit_rows(choice)]
    frame = pd.DataFrame(
        [
            {"who": who, "what": what, "when": numbers.month(months[when], lang)}
            for when, who, what in sorted(rows, key=lambda row: row[0])
        ],
        columns=["who", "what", "when"],
    )
    return table(
        "actions",
        _(
            "Who does what by when: {scenario}",
            scenario=choice.label(choice.recommendation.scenario),
        ),
        frame,
        [Column("when", _("By")), Column("who", _("Who")), Column("what", _("What"))],
        lang,
    )


def _hiring_rows(choice: Choice) -> list[tuple[int, str, str]]:
    """The largest groups of requisitions on top of the reference's, before the launch if any."""
    _, lang = translator(choice.language), choice.language
    planned = source.planned(choice.chosen)
    if choice.reference is not None and choice.reference != choice.recommendation.scenario:
        planned = planned - source.planned(choice.studies[choice.reference])
    positions = source.by_position(choice.chosen)
    launch = source.launch(choice.chosen)
    until = units.year_slice(PLAN_YEAR).stop if launch is None else launch
    found = openings(planned, until)[:_ACTIONS]
    return [
        (
            o.most,
            _("Human resources"),
            _(
                "opens {count} requisitions: {role}, {place}",
                count=numbers.amount("count", float(o.count), lang),
                role=positions[o.position][0],
                place=positions[o.position][1],
            ),
        )
        for o in found
    ]


def _launch_rows(choice: Choice) -> list[tuple[int, str, str]]:
    """First month of spend in markets that have none at the start."""
    _ = translator(choice.language)
    rows = []
    for market, paths in source.parts(choice.chosen, "media_spend", "market").items():
        median = np.median(paths, axis=-1)
        if median[0] == 0 and median.any():
            first = int(np.argmax(median > 0))
            rows.append((first, _("Marketing"), _("starts to advertise: {market}", market=market)))
    return rows


def _credit_rows(choice: Choice) -> list[tuple[int, str, str]]:
    """Credit that nine in ten futures do not exceed, from the first month in which it is drawn."""
    _, lang = translator(choice.language), choice.language
    high = np.quantile(source.total(choice.chosen, "credit_drawn"), 0.9, axis=-1)
    if not high.any():
        return []
    amount = numbers.amount("money", float(high.max()), lang)
    what = _("keeps {amount} of credit ready: enough in 90 of 100 simulated futures", amount=amount)
    return [(int(np.argmax(high > 0)), _("Finance"), what)]
