"""Programmes for customers and a new product: value by tier, and the chance that a launch succeeds.

What it answers: what a member, a VIP customer and the others are worth, simulated and in closed form; how
likely a new product is to be liked, and how much research and a better idea move that.

What it leaves out: retention and value by market (`tandem.charts.customer_value`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.charts.customer_value import Customers
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.launching import success_chance

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["launch_chance", "tiers"]

LESS, MORE = 0.1, 0.9


def tiers(found: Customers) -> Table:
    """Value of a customer by tier in the market with the most customers."""
    study = found.study
    _, lang = translator(study.language), study.language
    names = {
        "vip": _("VIP customers"),
        "others": _("Customers outside the VIP tier"),
        "member": _("Club members"),
        "no_member": _("Customers outside the club"),
    }
    rows = []
    for tier in found.first.tiers:
        low, middle, high = np.quantile(tier.value, (0.1, 0.5, 0.9))
        rows.append(
            {
                "tier": names[tier.name],
                "share": tier.share,
                "closed": tier.closed,
                "low": low,
                "middle": middle,
                "high": high,
            }
        )
    return table(
        "value-by-tier",
        _("{market}: what a customer of each tier is worth after the first order, before tax",
          market=found.market),
        pd.DataFrame(rows),
        [
            Column("tier", _("Customers")),
            Column("share", _("Share of customers"), "share"),
            Column("closed", _("Closed form"), "money", group="value"),
            Column("middle", _("Simulated, median"), "money", group="value"),
            Column("low", _("P10"), "money", group="value"),
            Column("high", _("P90"), "money", group="value"),
        ],
        lang,
    )  # fmt: skip


def launch_chance(study: "Study") -> Table:
    """Chance that a new product is liked, at central assumptions and with each cause lower or higher.

    Analysts' cover and effort on innovation a tenth below and above those of 2026, the idea's own chance
    at its P10 and P90.
    """
    _, lang = translator(study.language), study.language
    p = model_inputs(central(study.assumptions), study.seed).months[-1].parameters
    effects = (p.demand.insight_effect, p.demand.innovation_effect)
    idea = study.assumptions.estimates["product.success"]
    one, none = np.ones(1), np.zeros(1)
    a_tenth = {sign: np.array([1.0 + sign * LESS]) for sign in (-1, 1)}

    def chance(known: np.ndarray, cover: np.ndarray, effort: np.ndarray) -> float:
        return float(success_chance(known, cover, effort, *effects)[0])

    own = p.product.success
    rows = [
        (
            _("The idea itself, P10 to P90"),
            *(chance(np.array([idea.quantile(level)]), one, none) for level in (LESS, MORE)),
        ),
        (
            _("Analysts for the markets watched, a tenth less to a tenth more"),
            *(chance(own, a_tenth[sign], none) for sign in (-1, 1)),
        ),
        (
            _("Effort on innovation, a tenth less to a tenth more"),
            *(chance(own, one, np.log(a_tenth[sign])) for sign in (-1, 1)),
        ),
    ]
    liked = study.results["new_product"].values[-1]
    frame = pd.DataFrame(rows, columns=["cause", "low", "high"])
    frame["central"] = chance(own, one, none)
    return table(
        "launch-chance",
        _("Chance that a new product is liked; {count} of {all} futures here launch one that is",
          count=int(liked.max(axis=0).sum()), all=study.draws)
        if liked.any()
        else _("Chance that a new product would be liked; none is launched here"),
        frame,
        [
            Column("cause", _("What moves it")),
            Column("low", _("Lower"), "share"),
            Column("central", _("As in 2026"), "share"),
            Column("high", _("Higher"), "share"),
        ],
        lang,
    )  # fmt: skip
