"""Acquisition: what a customer won costs, by touchpoint and market, with and without people (M3, F1).

What it answers: leads, customers, media and people's cost by touchpoint, and the same by market and
touchpoint.

What it leaves out: what another yuan brings (`tandem.charts.touchpoints`), stages before a lead
(`tandem.charts.funnel`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.charts import source
from tandem.charts.funnel import counts_by_source
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.funnel import acquisition_cost, people_cost_shares

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["by_market", "by_touchpoint"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class _Won:
    """The plan year by market and source of the lead, (market, source), means of the futures; CNY."""

    markets: tuple[str, ...]
    sources: tuple[str, ...]
    leads: Floats
    customers: Floats
    media: Floats
    people: Floats


def by_touchpoint(study: "Study") -> Table:
    """Leads, customers and cost a customer by touchpoint, with and without people, plan year, simulated.

    The sums over markets of `by_market`.
    """
    _, lang = translator(study.language), study.language
    won = _won(study)
    rows = [
        {"source": source.label(study, "source", key), **_row(won, (slice(None), k))}
        for k, key in enumerate(won.sources)
        if won.leads[:, k].sum() > 0
    ]
    return table(
        "acquisition",
        _(
            "Cost a customer won by touchpoint, {year}, mean of the simulated futures",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(rows).sort_values("full", kind="stable"),
        [Column("source", _("Source of the lead")), *_columns(study)],
        lang,
    )


def by_market(study: "Study") -> Table:
    """Leads, customers and cost a customer by market and touchpoint, with and without people, plan year.

    New customers of a market are shared out by qualified leads, as in `tandem.charts.funnel.stages`; its
    people are all who are placed there and whose work is contacts with leads, with their share of those
    placed company-wide, and are shared out by the leads that they serve.
    """
    _, lang = translator(study.language), study.language
    won = _won(study)
    rows = [
        {
            "market": source.label(study, "market", market),
            "source": source.label(study, "source", key),
            **_row(won, (m, k)),
        }
        for m, market in enumerate(won.markets)
        for k, key in enumerate(won.sources)
        if won.leads[m, k] > 0
    ]
    return table(
        "acquisition-by-market",
        _(
            "Cost a customer won by market and touchpoint, {year}, mean of the simulated futures",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("source", _("Source of the lead")),
            *_columns(study),
        ],
        lang,
    )


def _columns(study: "Study") -> list[Column]:
    _ = translator(study.language)
    return [
        Column("leads", _("Leads"), "count"),
        Column("customers", _("New customers"), "count"),
        Column("spend", _("Media"), "money"),
        Column("alone", _("Cost a customer, media alone"), "money", group="cac"),
        Column("full", _("With sales people"), "money", group="cac"),
    ]


def _row(won: _Won, place: tuple[slice | int, int]) -> dict[str, float]:
    """The numbers of a place of the arrays, or of several summed up."""
    customers, media, people = (
        np.asarray(np.sum(array[place])) for array in (won.customers, won.media, won.people)
    )
    return {
        "leads": float(np.sum(won.leads[place])),
        "customers": float(customers),
        "spend": float(media),
        "alone": float(acquisition_cost(customers, media)),
        "full": float(acquisition_cost(customers, media, people)),
    }


def _won(study: "Study") -> _Won:
    """Leads, customers, media and people's cost of the plan year by market and source."""
    results, year = study.results, units.year_slice(source.PLAN_YEAR)
    markets = tuple(str(key) for key in results["market"].values)
    sources = tuple(str(key) for key in results["source"].values)
    counts = counts_by_source(study)
    leads = counts["leads"]
    media = np.asarray(results["media_spend"].isel(month=year).sum("month").mean("draw").values)
    at = study.assumptions.estimates
    mix = np.array(
        [
            [
                source.median_in(study, path, year.start)
                if (path := f"markets.{market}.media_mix.{key}") in at
                else 0.0
                for key in sources
            ]
            for market in markets
        ]
    )
    people = _people_cost(study, markets, leads.sum(axis=1))
    return _Won(
        markets=markets,
        sources=sources,
        leads=leads,
        customers=counts["customers"],
        media=mix * media[:, None],
        people=people[:, None] * people_cost_shares(leads[..., None])[..., 0],
    )


def _people_cost(study: "Study", markets: tuple[str, ...], leads: Floats) -> Floats:
    """Pay and social cost in the plan year of those whose work is contacts with leads, (market,).

    Of those placed company-wide each market bears its share of ``leads`` (market,).
    """
    roles = study.assumptions.base.roles  # type: ignore[attr-defined]  # the schema's root has roles
    results, year = study.results, units.year_slice(source.PLAN_YEAR)
    total = sum(results[name] for name in ("pay_fixed", "pay_variable", "social_cost"))
    cost = total.isel(month=year).sum("month").mean("draw").values  # type: ignore[union-attr]  # a sum of arrays
    sells = np.array(["contacts" in roles[str(role)].work for role in results["role"].values])
    placed = results["place"].values.astype(str)
    own = np.array([cost[sells & (placed == market)].sum() for market in markets])
    shared = cost[sells & ~np.isin(placed, markets)].sum()
    return np.asarray(own + shared * people_cost_shares(leads[:, None])[:, 0])
