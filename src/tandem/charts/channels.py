"""Hiring channels: what a hire takes through each of them, as the scenario has them.

What it answers: days to fill, candidates, offers accepted and fee by channel, in the month in which
most requisitions open; until when each role's requisitions may wait, channel by channel, for the
target.

What it leaves out: until when they may wait for people to be ready in time (`tandem.charts.hiring`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.charts import numbers, source
from tandem.charts.hiring import FUTURES, Dates, date_words
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import hiring_dates
from tandem.study.channels import channel_terms, met

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["channels", "target_dates"]


def channels(study: "Study") -> Table:
    """What a hire takes by channel at central assumptions, in the month of most requisitions."""
    _, lang = translator(study.language), study.language
    year = units.year_slice(source.PLAN_YEAR)
    asked = source.total(study, "requisitions")[: year.stop]
    month = int(np.argmax(np.median(asked, axis=-1)))
    inputs = model_inputs(central(study.assumptions), study.seed)
    terms = channel_terms(inputs, met(study, month))
    labels = {
        name: str(getattr(channel.label, study.language))
        for name, channel in study.assumptions.base.channels.items()  # type: ignore[attr-defined]  # the schema's root has channels
    }
    frame = pd.DataFrame(
        [
            {
                "channel": labels[one.channel],
                "days": np.nan if one.days is None else one.days,
                "fast": np.nan if one.fast_days is None else one.fast_days,
                "candidates": one.candidates,
                "accepted": one.accepted,
                "fee": one.fee,
                "window": _("autumn, starts in July") if one.days is None else _("all year"),
            }
            for one in terms
        ]
    )
    fast = [Column("fast", _("Days on the fast track"), "count")]
    return table(
        "channels",
        _(
            "What a hire takes by channel, central assumptions, recruiters as busy as in {month}",
            month=numbers.month(units.month_label(month), lang),
        ),
        frame,
        [
            Column("channel", _("Channel")),
            Column("days", _("Days to fill"), "count"),
            *(fast if frame["fast"].notna().any() else []),
            Column("candidates", _("Candidates a hire"), "number"),
            Column("accepted", _("Offers accepted"), "share"),
            Column("fee", _("Fee, of a year's pay"), "share"),
            Column("window", _("Open")),
        ],
        lang,
    )


def target_dates(found: Dates) -> Table | None:
    """The latest month by role and channel that keeps both targets likely; else as planned.

    None where nothing grows, and in variations of a scenario, whose own page has it. Campus hires
    start in July whenever requisitions open, so the campus is left out.
    """
    study = found.study
    _, lang = translator(study.language), study.language
    if not found.growth or study.entry.parent is not None:
        return None
    company = study.assumptions.base
    names = {
        name: str(getattr(channel.label, lang))
        for name, channel in company.channels.items()  # type: ignore[attr-defined]  # the schema's root has channels
        if not channel.campus
    }
    trials = hiring_dates.Trials.of(study, min(study.draws, FUTURES))
    near, rows = None, []
    for role in dict.fromkeys(growth.role for growth in found.growth):
        words = {}
        for name in names:
            near = hiring_dates.latest_opening(
                study, role, name, found.probability, trials=trials, near=near
            )
            assert near is not None  # these roles grow
            words[name] = date_words(near, lang)
        rows.append({"role": source.label(study, "role", role), **words})
    return table(
        "target-dates",
        _(
            "Latest opening of one role's growth, through one channel alone, that keeps both "
            "targets above {share} simulated futures, the other roles as planned",
            share=numbers.of_100(found.probability, lang),
        ),
        pd.DataFrame(rows),
        [Column("role", _("Role")), *(Column(name, label) for name, label in names.items())],
        lang,
    )
