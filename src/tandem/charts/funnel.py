"""Funnel: from those reached to those who order, by market and touchpoint, and both kinds of loss (M3).

What it answers: people at each stage by market and touchpoint up to new customers; how long leads wait,
what gives up and is lost to no demand and to no people by market.

What it leaves out: fitted response curves (`tandem.charts.touchpoints`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.charts import source
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.funnel import waiting_time

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["counts_by_source", "losses", "stages"]

STAGES = ("reached", "clicks", "leads", "qualified")


def stages(study: "Study") -> Table:
    """People at each stage by market and touchpoint, plan year, mean of the simulated futures.

    New customers of a market are shared out by qualified leads, which is what the simulation wins by.
    """
    _, lang = translator(study.language), study.language
    counts = counts_by_source(study)
    markets = [str(key) for key in study.results["market"].values]
    sources = [str(key) for key in study.results["source"].values]
    rows = [
        {
            "market": source.label(study, "market", market),
            "source": source.label(study, "source", name),
            **{stage: values[m, k] for stage, values in counts.items()},
        }
        for m, market in enumerate(markets)
        for k, name in enumerate(sources)
        if counts["leads"][m, k] > 0
    ]
    return table(
        "funnel",
        _(
            "From those reached to new customers by market and touchpoint, {year}, mean of the simulated futures",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("source", _("Source of the lead")),
            Column("reached", _("Reached"), "count"),
            Column("clicks", _("Click or visit"), "count"),
            Column("leads", _("Leads"), "count"),
            Column("qualified", _("Qualified"), "count"),
            Column("customers", _("New customers"), "count"),
        ],
        lang,
    )


def counts_by_source(study: "Study") -> dict[str, NDArray[np.float64]]:
    """People of the plan year at each stage and new customers, each (market, source), means of futures."""
    counts = {name: _mean(study, f"{name}_by_source") for name in STAGES}
    won = _mean(study, "new_customers")
    whole = counts["qualified"].sum(axis=1, keepdims=True)
    share = np.divide(
        counts["qualified"], whole, out=np.zeros_like(counts["qualified"]), where=whole > 0
    )
    return {**counts, "customers": share * won[:, None]}


def losses(study: "Study") -> Table:
    """Leads that wait and give up, and customers lost to no demand and to no people by market, plan year.

    How long a lead waits is the backlog over those served a month (Little 1961, Operations Research 9(3)).
    """
    _, lang = translator(study.language), study.language
    names = (
        "leads",
        "served",
        "backlog",
        "expired_leads",
        "lost_no_demand",
        "lost_no_people",
        "new_customers",
    )
    counts = {name: _mean(study, name) for name in names}
    rows = [
        {
            "market": source.label(study, "market", str(market)),
            **{name: values[m] for name, values in counts.items()},
            "days": units.DAYS_PER_MONTH
            * float(waiting_time(counts["backlog"], counts["served"])[m]),
        }
        for m, market in enumerate(study.results["market"].values)
        if counts["leads"][m] > 0
    ]
    return table(
        "funnel-losses",
        _(
            "Leads served and lost by market, {year}, mean of the simulated futures",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("leads", _("Leads"), "count"),
            Column("served", _("Leads served"), "count"),
            Column("days", _("A lead waits, days"), "number"),
            Column("expired_leads", _("Gave up waiting"), "count"),
            Column("lost_no_people", _("Customers lost to no people"), "count"),
            Column("lost_no_demand", _("Lost to no demand"), "count"),
            Column("new_customers", _("New customers"), "count"),
        ],
        lang,
    )


def _mean(study: "Study", variable: str) -> NDArray[np.float64]:
    """Sum over the plan year and mean over futures, by market and, where there is one, source."""
    year = units.year_slice(source.PLAN_YEAR)
    array = study.results[variable].isel(month=year).sum("month").mean("draw")
    return np.asarray(array.values, dtype=np.float64)
