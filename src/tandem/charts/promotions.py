"""Promotions: shopping festivals with their burst, their dip and what they earn (M3).

What it answers: orders over those without promotions by month of the plan year; orders gained, left
after the dip, and margin by festival.

What it leaves out: the law itself (`tandem.model.mix`), media (`tandem.charts.mix`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem import units
from tandem.charts import fans, numbers, records, source, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.tables import Column, Table, table
from tandem.charts.touchpoints import margin_of_sales
from tandem.language import translator
from tandem.model.mix import promotion_path, promotion_profit

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["MONTHS", "Festival", "by_festival", "calendar", "festivals", "month_name", "simulated"]

Floats = NDArray[np.float64]

MONTHS = tuple("jan feb mar apr may jun jul aug sep oct nov dec".split())
TAIL = 6  # months after the year in which its dips are paid back
SHOWN = 15  # months of a figure: the year and the dip of its last festivals
HOME = "core"  # the market whose basket and margin stand for an order


@dataclass(frozen=True)
class Festival:
    """A festival: its name and day, orders gained and left, path over usual (month,), money earned."""

    name: str
    day: str
    gained: float
    left: float
    profit: float
    path: Floats


def calendar(study: "Study") -> Chart:
    """Orders over those without promotions by month: burst and dip; title: what is left in the end."""
    _, lang = translator(study.language), study.language
    year = units.year_slice(source.PLAN_YEAR)
    rows = festivals(study)
    gained = np.sum([row.path for row in rows], axis=0)
    usual = _usual(study)
    share = gained / usual
    left = float(gained.sum() / sum(row.gained for row in rows))
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
        _("Of the orders that festivals of {year} add, {share} are left after the dip", **words),
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
        _("Festivals of {year}: orders, and margin after discount and fee", year=source.PLAN_YEAR),
        pd.DataFrame(
            [
                {
                    "festival": f.name,
                    "day": f.day,
                    "gained": f.gained,
                    "left": f.left,
                    "profit": f.profit,
                }
                for f in festivals(study)
            ]
        ),
        [
            Column("festival", _("Festival")),
            Column("day", _("Day")),
            Column("gained", _("Orders gained"), "count"),
            Column("left", _("Left after the dip"), "count"),
            Column("profit", _("Earned"), "money"),
        ],
        lang,
    )


def _usual(study: "Study") -> Floats:
    """Median orders a month from the plan year on, with a tail in which dips are paid back."""
    year = units.year_slice(source.PLAN_YEAR)
    return np.asarray(
        np.median(source.total(study, "orders"), axis=-1)[year.start : year.stop + TAIL]
    )


def festivals(study: "Study") -> list[Festival]:
    """The plan year's festivals: orders gained, left, path over usual and margin earned."""
    usual, at = _usual(study), study.assumptions.estimates
    start = units.year_slice(source.PLAN_YEAR).start
    basket = at[f"markets.{HOME}.basket"].median * (
        1.0 - at[f"markets.{HOME}.returns_share"].median
    )
    margin = basket * margin_of_sales(study)
    rows = []
    for row in records.table(study, "promotions").to_dict("records"):
        day = str(row["first_day"])
        month = units.month_index(day[:7]) - start
        if not 0 <= month < units.MONTHS_PER_YEAR:
            continue
        uplift = np.zeros(usual.size)
        uplift[month] = float(row["uplift"])
        orders = promotion_path(usual, uplift, float(row["pulled_forward"]), float(row["payback"]))
        promoted = (uplift + (uplift > 0) * float(row["days"]) / units.DAYS_PER_MONTH) * usual
        given = basket * (float(row["discount"]) + float(row["platform_fee"]))
        nothing = np.zeros(1)
        profit = promotion_profit(
            orders, usual, promoted, np.array(margin), np.array(given), nothing
        )
        rows.append(
            Festival(
                name=str(row[study.language]),
                day=numbers.day(day, study.language),
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
