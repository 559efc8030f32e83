"""Preference: what people want, what they would pay for it, and what to build next (M1).

What it answers: part-worths and willingness to pay from the choice survey, the gain of each idea after
its cost, and what interviews name.

What it leaves out: how they are estimated (`tandem.calibration.choice`), the category and rivals
(`tandem.charts.market_insight`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem.calibration.choice import willingness_to_pay
from tandem.calibration.interviews import themes as counted
from tandem.calibration.preference import Change, Gain, next_product
from tandem.charts import estimates, numbers, records, source
from tandem.charts.chart import Chart
from tandem.charts.estimates import Estimated
from tandem.charts.tables import Column, Table, table
from tandem.language import translator

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["build_next", "gains", "idea", "interviews", "offers", "part_worths", "worth"]

HOME = "core"  # the market whose basket and margin stand for a customer
OURS = "ours"  # the brand of the survey that is ours
LAST_MONTHS = 3  # over which a competitor's price of today is averaged


def offers(study: "Study") -> list[dict[str, float]]:
    """What each brand offers today, ours first: price and trust as observed, the rest as recorded."""
    fit = records.preference(study)
    seen, survey = records.prices(study), records.table(study, "choice_survey")
    recent = seen[seen["month"].isin(sorted(set(seen["month"]))[-LAST_MONTHS:])]
    price = recent[recent["market"] == HOME].groupby("competitor")["price"].mean().to_dict()
    price[OURS] = study.assumptions.estimates[f"markets.{HOME}.price"].median
    trust = survey.groupby("brand")["trust"].mean()
    profiles = []
    for row in records.table(study, "offers").to_dict("records"):
        brand = str(row["offer"])
        levels = (f"brand={brand}", f"delivery={row['delivery']}", f"service={row['service']}")
        profile = {records.PRICE: float(np.log(price[brand])), "trust": float(trust[brand])}
        profiles.append(profile | {name: 1.0 for name in levels if name in fit.names})
    return profiles


def gains(study: "Study") -> list[Gain]:
    """Ideas of the study by what they earn after their cost, the best first; see `next_product`.

    The margin on a customer's order is that of the home market: basket net of returns, cost of goods
    and fees.
    """
    fit, today, at = records.preference(study), offers(study), study.assumptions.estimates
    home = f"markets.{HOME}"
    kept = 1.0 - at[f"{home}.returns_share"].median
    left = 1.0 - at["finance.cogs_share"].median - at[f"{home}.fee_share"].median
    margin = at[f"{home}.basket"].median * kept * left
    changes = []
    for row in records.table(study, "product_ideas").to_dict("records"):
        name, by = str(row["attribute"]), float(row["change"])
        attribute, text, _level = name.partition("=")
        sets = {other: 0.0 for other in fit.names if text and other.startswith(f"{attribute}=")}
        if name in fit.names:
            sets[name] = by if text else today[0].get(name, 0.0) + by
        elif not text:
            fit.place(name)  # says what there is
        changes.append(Change(str(row["idea"]), sets, float(row["cost"])))
    return next_product(fit, today, changes, margin)


def idea(study: "Study", name: str) -> str:
    """What a reader calls an idea."""
    found = records.table(study, "product_ideas").set_index("idea")
    return str(found.at[name, study.language])


def part_worths(study: "Study") -> Chart:
    """Part-worths with their intervals, largest first; title: what people want most."""
    _, lang = translator(study.language), study.language
    fit = records.preference(study)
    ends = fit.intervals()
    chosen = [k for k, name in enumerate(fit.names) if name != records.PRICE]
    chosen.sort(key=lambda k: -float(fit.effects[k]))
    rows = [
        Estimated(_attribute(study, fit.names[k]), float(ends[k, 0]), float(fit.effects[k]), float(ends[k, 1]))
        for k in chosen
    ]  # fmt: skip
    return estimates.points(
        "part-worths",
        _("What people want most: {attribute}", attribute=rows[0].label),
        _(
            "Part-worths from the choice survey with 95 % intervals: {attribute} is worth most, {last} least.",
            attribute=rows[0].label,
            last=rows[-1].label,
        ),
        rows,
        kind="number",
        what=_("Utility"),
        language=lang,
        item=_("attribute"),
    )


def worth(study: "Study") -> Table:
    """Willingness to pay by attribute: share of price and money at the home market's basket."""
    _, lang = translator(study.language), study.language
    paid = willingness_to_pay(records.preference(study), records.PRICE)
    basket = study.assumptions.estimates[f"markets.{HOME}.basket"].median
    order = np.argsort(-paid.value)
    rows = [
        {
            "attribute": _attribute(study, paid.names[k]),
            "share": float(np.expm1(paid.value[k])),
            "money": basket * float(np.expm1(paid.value[k])),
            "range": numbers.amount_range(
                "money", basket * float(np.expm1(paid.low[k])), basket * float(np.expm1(paid.high[k])), lang
            ),
        }
        for k in order
    ]  # fmt: skip
    return table(
        "willingness-to-pay",
        _("What people would pay for it, on an order of {basket}", basket=numbers.amount("money", basket, lang)),
        pd.DataFrame(rows),
        [
            Column("attribute", _("Attribute")),
            Column("share", _("Of the price"), "share"),
            Column("money", _("An order"), "money"),
            Column("range", _("95 % interval")),
        ],
        lang,
    )  # fmt: skip


def build_next(study: "Study") -> Table:
    """Ideas by what they earn after their cost, a hundred people who choose; the best first."""
    _, lang = translator(study.language), study.language
    rows = [
        {
            "idea": idea(study, gain.name),
            "share": 100 * gain.share,
            "cost": gain.change.cost,
            "net": 100 * gain.net,
            "range": numbers.amount_range("money", 100 * gain.low, 100 * gain.high, lang),
        }
        for gain in gains(study)
    ]
    return table(
        "build-next",
        _("What to build next: gain for a hundred people who choose, after cost"),
        pd.DataFrame(rows),
        [
            Column("idea", _("Idea")),
            Column("share", _("Share gained, points"), "number"),
            Column("cost", _("Cost a customer won"), "money"),
            Column("net", _("Net gain"), "money"),
            Column("range", _("95 % interval")),
        ],
        lang,
    )


def interviews(study: "Study") -> Table:
    """Themes of the interviews: mentions and the range of the share of people, by segment."""
    _, lang = translator(study.language), study.language
    rows_of = records.table(study, "interviews")
    rows = []
    for segment in sorted(set(rows_of["segment"])):
        for theme in counted(rows_of, [segment]):
            rows.append(
                {
                    "segment": source.label(study, "market", segment),
                    "theme": _theme(study, theme.name),
                    "mentions": f"{theme.mentions} / {theme.interviews}",
                    "range": numbers.amount_range("share", *theme.range(), lang),
                }
            )
    return table(
        "interviews",
        _("What interviews name, and the range that a prior takes from them"),
        pd.DataFrame(rows),
        [
            Column("segment", _("Market")),
            Column("theme", _("Theme")),
            Column("mentions", _("Named in")),
            Column("range", _("Share of people, P10 to P90")),
        ],
        lang,
    )


def _attribute(study: "Study", name: str) -> str:
    """What a reader calls an attribute of the survey, or a level of one."""
    _ = translator(study.language)
    rivals = study.assumptions.base.competitors  # type: ignore[attr-defined]  # the schema's root has competitors
    brands = {f"brand={key}": str(getattr(r.label, study.language)) for key, r in rivals.items()}
    known = {
        "trust": _("Trust in the brand, a point"),
        "delivery=next_day": _("Delivery: next day"),
        "service=none": _("No service, against a hotline"),
        "service=personal_adviser": _("Personal adviser, against a hotline"),
        "brand=ours": _("Our brand, against the national leader"),
    }
    if name in brands:
        return _("{brand}, against the national leader", brand=brands[name])
    return known.get(name, name)


def _theme(study: "Study", name: str) -> str:
    """What a reader calls a theme of the interviews."""
    _ = translator(study.language)
    known = {
        "price": _("Price"),
        "trust_in_brand": _("Trust in the brand"),
        "adviser_wanted": _("An adviser wanted"),
        "delivery_speed": _("Speed of delivery"),
        "gift_packaging": _("Gift packaging"),
        "friend_recommended": _("Recommended by a friend"),
    }
    return known.get(name, name)
