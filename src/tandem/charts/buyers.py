"""Buyers: what the shop's transactions say of its customers, by segment.

What it answers: customers by recency and frequency (RFM); by segment who is still there, what they will
buy in a year and what they are worth; the estimates of the models of buying with their intervals.

What it leaves out: the simulation's customers (`tandem.charts.customer_value`).

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.calibration.bgnbd import BgNbdFit, fit_bgnbd
from tandem.calibration.gamma_gamma import GammaGammaFit, fit_gamma_gamma
from tandem.calibration.lifetime_value import lifetime_value
from tandem.calibration.rfm import FIFTHS, rfm_scores
from tandem.calibration.transactions import Summary, summary
from tandem.charts import numbers
from tandem.charts.customer_value import Customers
from tandem.charts.tables import Column, Table, table
from tandem.language import Translator, translator

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["TRANSACTIONS", "Buyers", "estimates", "examine", "rfm", "segments"]

#: The file of transactions, relative to the study's folder.
TRANSACTIONS = "data/transactions.csv"
MONTHS = 36  # of purchases that are valued
RECENT = 4  # score from which on a customer is recent, or frequent
SILENT = 1  # score of recency of those silent for longest


@dataclass(frozen=True)
class Buyers:
    """The shop's customers: histories, scores, fitted models, and each one's value, CNY."""

    study: "Study"
    history: Summary
    scores: pd.DataFrame
    buying: BgNbdFit
    spending: GammaGammaFit
    value: np.ndarray


def examine(customers: Customers) -> Buyers | None:
    """The shop's customers from the study's transactions; None where it has none.

    Values are margins of the coming three years, at the margin's share of the scenario's largest market
    and its discount. Raises ValueError with every row that cannot be true.
    """
    study = customers.study
    path = study.project / TRANSACTIONS
    if not path.exists():
        return None
    history = summary(pd.read_csv(path))
    buying = fit_bgnbd(history)
    spending = fit_gamma_gamma(history.frequency, history.spend)
    monthly = study.assumptions.estimates["finance.discount"].median
    value = lifetime_value(
        buying.model,
        spending.model,
        history,
        months=MONTHS,
        margin=customers.first.margin_share,
        discount=float((1.0 + monthly) ** units.MONTHS_PER_YEAR - 1.0),
    )
    return Buyers(study, history, rfm_scores(history), buying, spending, value)


def segments(found: Buyers) -> Table:
    """By segment: customers, money so far, probability of being there, purchases to come, value."""
    study, history = found.study, found.history
    _, lang = translator(study.language), study.language
    model = found.buying.model
    known = (history.frequency, history.recency, history.age)
    frame = found.scores.assign(
        segment=_segment(found.scores),
        alive=model.alive(*known),
        coming=model.expected_of(*known, float(units.WEEKS_PER_YEAR)),
        value=found.value,
    )
    groups = frame.groupby("segment", sort=True)
    rows = groups.agg(
        customers=("money", "size"),
        money=("money", "sum"),
        alive=("alive", "mean"),
        coming=("coming", "mean"),
        value=("value", "mean"),
    ).reset_index()
    rows["money"] /= frame["money"].sum()
    names = _names(_)
    rows["segment"] = [names[int(place)] for place in rows["segment"]]
    return table(
        "segments",
        _(
            "Customers of the shop by segment, {count} until {day}",
            count=numbers.amount("count", history.count, lang),
            day=numbers.day(history.end.date(), lang),
        ),
        rows,
        [
            Column("segment", _("Segment")),
            Column("customers", _("Customers"), "count"),
            Column("money", _("Share of money"), "share"),
            Column("alive", _("Still there, P(alive)"), "share"),
            Column("coming", _("Purchases in a year"), "number"),
            Column("value", _("Value a customer"), "money"),
        ],
        lang,
    )


def rfm(found: Buyers) -> Table:
    """Customers by fifth of recency (rows, most recent first) and of frequency, and their money."""
    _, lang = translator(found.study.language), found.study.language
    scores = found.scores
    counts = pd.crosstab(scores["r"], scores["f"])
    counts = counts.reindex(index=range(FIFTHS, 0, -1), fill_value=0)
    frame = counts.reset_index()
    frame.columns = [str(name) for name in frame.columns]
    groups = scores.groupby("r")
    frame["weeks"] = groups["weeks_since"].mean().reindex(counts.index).to_numpy()
    frame["money"] = groups["money"].mean().reindex(counts.index).to_numpy()
    frame["r"] = frame["r"].astype(str)
    fifths = [Column(str(f), _("Frequency {score}", score=f), "count") for f in counts.columns]
    return table(
        "rfm",
        _("Customers by fifths of recency and frequency, 5 the best; equals share a fifth"),
        frame,
        [
            Column("r", _("Recency")),
            Column("weeks", _("Weeks since the last purchase"), "number"),
            *fifths,
            Column("money", _("Money a customer"), "money"),
        ],
        lang,
    )


def estimates(found: Buyers, customers: Customers) -> Table:
    """The models' parameters with standard error and 95 % interval."""
    _, lang = translator(found.study.language), found.study.language
    fits = [(_("Buying (BG/NBD), weeks"), found.buying.estimates)]
    fits.append((_("Spending (gamma-gamma), CNY"), found.spending.estimates))
    if customers.fit is not None:
        fits.append((_("Leaving (shifted beta-geometric), months"), customers.fit))
    rows = [
        {"model": model, "name": name, "value": value, "se": se, "low": low, "high": high}
        for model, fit in fits
        for name, value, se, low, high in zip(
            fit.names, fit.values, fit.se, fit.low, fit.high, strict=True
        )
    ]
    return table(
        "estimates",
        _("What the records say of how customers differ, by maximum likelihood"),
        pd.DataFrame(rows),
        [
            Column("model", _("Model")),
            Column("name", _("Parameter")),
            Column("value", _("Estimate"), "number"),
            Column("se", _("Standard error"), "number"),
            Column("low", _("95 % from"), "number"),
            Column("high", _("to"), "number"),
        ],
        lang,
    )


def _segment(scores: pd.DataFrame) -> np.ndarray:
    """Place of each customer's segment in `_names`, (customer,)."""
    recent, silent = scores["r"] >= RECENT, scores["r"] <= SILENT
    frequent = scores["f"] >= RECENT
    places = [recent & frequent, recent, ~silent & frequent, ~silent]
    return np.select(places, [0, 1, 2, 3], 4)


def _names(_: Translator) -> list[str]:
    return [
        _("Recent and frequent"),
        _("Recent, seldom so far"),
        _("Frequent, quiet of late"),
        _("Seldom, quiet of late"),
        _("Silent for long"),
    ]
