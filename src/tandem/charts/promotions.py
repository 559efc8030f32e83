"""Promotions: shopping festivals with their burst, their dip and what they earn (M3).

What it answers: orders over those without promotions by month of the plan year; orders gained, left
after the dip, and margin by festival.

What it leaves out: the law itself (`tandem.model.mix`), media (`tandem.charts.mix`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem import units
from tandem.charts import fans, numbers, source, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.tables import Column, Table, table
from tandem.charts.touchpoints import margin_of_sales
from tandem.language import translator
from tandem.model.mix import advertised_uplift, promotion_path, promotion_profit

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["MONTHS", "Festival", "by_festival", "calendar", "festivals", "month_name", "simulated"]

Floats = NDArray[np.float64]

MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
TAIL = 6  # months after the year in which its dips are paid back
SHOWN = 15  # months of a figure: the year and the dip of its last festivals
TERMS = (
    "uplift", "pulled_forward", "payback", "days", "discount", "platform_fee", "taking_part",
    "advertising", "reference_advertising",
)  # fmt: skip
HOME = "core"  # the market whose basket and margin stand for an order


@dataclass(frozen=True)
class Festival:
    """A festival: its name and month, orders gained and left, path over usual (month,), money earned."""

    name: str
    month: str
    gained: float
    left: float
    profit: float
    path: Floats


def calendar(study: "Study") -> Chart:
    """Orders over those without promotions by month: burst and dip; title: what is left in the end."""
    _, lang = translator(study.language), study.language
    year = units.year_slice(source.PLAN_YEAR)
    rows = festivals(study)
    usual = _usual(study)
    gained = sum((row.path for row in rows), np.zeros_like(usual))
    share = gained / usual
    left = float(gained.sum() / sum(row.gained for row in rows)) if rows else 0.0
    share = share[:SHOWN]
    months = list(range(year.start, year.start + SHOWN))
    words = {"share": numbers.amount("share", left, lang), "year": source.PLAN_YEAR}
    labels = [month_name(t, lang) for t in months]
    data = pd.DataFrame(
        {_("month"): [units.month_label(t) for t in months], _("orders over usual"): share}
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for place, value in enumerate(share):
            number = 0 if value >= 0 else 1
            axes.bar(place, 100 * value, width=0.8, color=theme.PALETTE[number], hatch=theme.HATCHES[number],
                     edgecolor="white", linewidth=0.0)  # fmt: skip
        axes.axhline(0.0, color=theme.INK, lw=1.0)
        theme.plain_axes(axes, "y")
        feet = [name.partition(" ") for name in labels]
        names = [
            f"{m}\n{y}" if k == 0 or m == feet[0][0] else m for k, (m, _s, y) in enumerate(feet)
        ]
        theme.name_columns(axes, range(len(names)), names)
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))

    return draw(
        "promotion-calendar",
        _("Of the orders that festivals of {year} add, {share} are left after the dip", **words)
        if rows
        else _("No festival takes place in {year}", year=source.PLAN_YEAR),
        _(
            "Orders over those without promotions by month of {year}, bursts above and dips below nought: "
            "{share} of the orders gained are left, the others were only bought earlier.",
            **words,
        ),
        data,
        units=_("Orders over those without promotions, %"),
        height=2.8,
        language=lang,
        paint=paint,
    )


def simulated(study: "Study") -> Chart:
    """Orders that promotions gain, and then miss, over 2026's in the simulation; title: the sum of a year."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "promotion_orders")
    left = float(np.median(source.year_sum(paths, source.PLAN_YEAR)))
    words = {"orders": numbers.amount("count", left, lang), "year": source.PLAN_YEAR}
    return fans.fan(
        "promotion-orders",
        _("Promotions beyond those of 2026 leave {orders} orders in {year}", **words)
        if paths.any()
        else _("No promotion beyond those of 2026"),
        _(
            "Orders gained by promotions, and missing after them, over those of 2026, by month: in {year} "
            "{orders} are left, with the people that there are.",
            **words,
        ),
        source.months(study),
        paths,
        kind="count",
        what=_("Orders gained or missing"),
        language=lang,
        zero=False,
    )


def by_festival(study: "Study") -> Table:
    """Each festival of the plan year: orders gained, left after the dip, and what it earns."""
    _, lang = translator(study.language), study.language
    return table(
        "promotions",
        _(
            "Festivals of {year}: orders, and margin after discount, fee and what taking part costs",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(
            [
                {
                    "festival": f.name,
                    "month": f.month,
                    "gained": f.gained,
                    "left": f.left,
                    "profit": f.profit,
                }
                for f in festivals(study)
            ],
            columns=["festival", "month", "gained", "left", "profit"],
        ),
        [
            Column("festival", _("Festival")),
            Column("month", _("Month")),
            Column("gained", _("Orders gained"), "count"),
            Column("left", _("Left after the dip"), "count"),
            Column("profit", _("Earned"), "money"),
        ],
        lang,
    )


def _usual(study: "Study", markets: Sequence[str] | None = None) -> Floats:
    """Median orders a month from the plan year on, of these markets or all, with a tail for the dips."""
    year, orders = units.year_slice(source.PLAN_YEAR), study.results["orders"]
    chosen = orders if markets is None else orders.sel(market=list(markets))
    paths = chosen.sum("market").transpose("month", "draw").values
    return np.asarray(np.median(paths, axis=-1)[year.start : year.stop + TAIL])


def festivals(study: "Study") -> list[Festival]:
    """The plan year's promotions that take place, in the year's order, at the terms of their month.

    Orders gained and left over usual ones in the markets that take part; money after discount, fee,
    advertising and what taking part costs. The home market's basket and margin stand for an order.
    """
    at = study.assumptions.estimates
    start = units.year_slice(source.PLAN_YEAR).start
    basket = at[f"markets.{HOME}.basket"].median * (
        1.0 - at[f"markets.{HOME}.returns_share"].median
    )
    margin = basket * margin_of_sales(study)
    calendar = study.assumptions.base.promotions  # type: ignore[attr-defined]  # the schema's root has promotions
    rows = []
    for name, about in sorted(calendar.items(), key=lambda item: MONTHS.index(item[1].month)):
        month = MONTHS.index(about.month)
        if not source.choice_in(study, f"promotions.{name}.used", start + month):
            continue
        terms = {
            term: source.median_in(study, f"promotions.{name}.{term}", start + month)
            for term in TERMS
        }
        usual = _usual(study, about.markets)
        uplift = np.zeros(usual.size)
        uplift[month] = advertised_uplift(
            np.array(terms["uplift"]),
            np.array(terms["advertising"]),
            np.array(terms["reference_advertising"]),
        )
        orders = promotion_path(usual, uplift, terms["pulled_forward"], terms["payback"])
        promoted = (uplift + (uplift > 0) * terms["days"] / units.DAYS_PER_MONTH) * usual
        given = basket * (terms["discount"] + terms["platform_fee"])
        fixed = np.where(uplift > 0, terms["taking_part"] + terms["advertising"], 0.0)
        profit = promotion_profit(orders, usual, promoted, np.array(margin), np.array(given), fixed)
        rows.append(
            Festival(
                name=str(getattr(about.label, study.language)),
                month=month_name(start + month, study.language),
                gained=float(uplift[month] * usual[month]),
                left=float((orders - usual).sum()),
                profit=float(profit.sum()),
                path=orders - usual,
            )
        )
    return rows


def month_name(t: int, language: str) -> str:
    """A month's short name and its year, parted by a blank."""
    year, month = units.month_label(t).split("-")
    if language == "zh":
        return f"{int(month)}月 {year}年"
    return f"{MONTHS[int(month) - 1].capitalize()} {year}"
