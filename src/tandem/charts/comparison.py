"""Comparison: scenarios side by side on one shared axis.

What it answers: ranges (P10 to P90 with median) of an amount, one row a scenario, measured from a
common nought; and probabilities of several events, one row a scenario.

What it leaves out: computing the differences (`tandem.study.decision`) and what they say.

Who may import it: the modules of `tandem.charts`, and notebooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator

__all__ = ["Interval", "intervals", "probabilities"]

_NAME_WIDTH = 1.75


@dataclass(frozen=True)
class Interval:
    """A row: its label, P10, median and P90 of one amount, and whether it is the one to look at.

    `note` replaces the written range where there is none, such as the row compared with.
    """

    label: str
    low: float
    middle: float
    high: float
    chosen: bool = False
    note: str = ""


def intervals(
    id: str,
    title: str,
    alt: str,
    rows: Sequence[Interval],
    *,
    kind: str,
    what: str,
    language: str,
    item: str = "",
) -> Chart:
    """Bars from P10 to P90 with the median marked, on one axis that has nought on it.

    `item` says what a row is, for the data: by default a scenario.
    """
    _ = translator(language)
    size = numbers.scale(kind, [v for row in rows for v in (row.low, row.high)], language)
    data = pd.DataFrame(
        {
            item or _("scenario"): [row.label for row in rows],
            "P10": [row.low for row in rows],
            _("median"): [row.middle for row in rows],
            "P90": [row.high for row in rows],
        }
    )

    largest = max(abs(size(v)) for row in rows for v in (row.low, row.high))
    decimals = 0 if largest >= 100 else 1 if largest >= 10 else 2

    def shown(value: float) -> str:
        return numbers.decimal(value, decimals)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for place, row in enumerate(rows):
            colour = theme.PALETTE[0] if row.chosen else theme.GREY
            low, middle, high = size(row.low), size(row.middle), size(row.high)
            axes.plot(
                [low, high],
                [place, place],
                color=colour,
                lw=9 if row.chosen else 6,
                alpha=0.45,
                solid_capstyle="butt",
            )
            axes.plot([middle], [place], marker="D" if row.chosen else "o", color=colour, ms=7)
            text = row.note or _("{low} to {high}", low=shown(low), high=shown(high))
            axes.annotate(
                text,
                (max(high, 0), place),
                (7, 0),
                textcoords="offset points",
                va="center",
                size=theme.SMALL,
                color=theme.INK,
            )
        axes.axvline(0.0, color=theme.INK, lw=1.0)
        theme.name_rows(axes, [r.label for r in rows], [r.chosen for r in rows], _NAME_WIDTH)
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
        left, right = axes.get_xlim()
        axes.set_xlim(left, right + 0.22 * (right - left))

    units = (
        _("{what}, {unit}; bar: P10 to P90, mark: median", what=what, unit=size.unit)
        if size.unit
        else _("{what}; bar: P10 to P90, mark: median", what=what)
    )
    return draw(
        id,
        title,
        alt,
        data,
        units=units,
        height=theme.row_height([r.label for r in rows], _NAME_WIDTH, 0.45) * len(rows) + 0.45,
        language=language,
        paint=paint,
    )


def probabilities(
    id: str,
    title: str,
    alt: str,
    rows: Sequence[str],
    events: Mapping[str, Sequence[float]],
    *,
    chosen: str | None,
    language: str,
    item: str = "",
) -> Chart:
    """Of 100 simulated futures, in how many each event comes true; one row a scenario, or an `item`.

    `events` holds, by name of the event, a probability per row; at most four events.
    """
    _ = translator(language)
    data = pd.DataFrame(
        {item or _("scenario"): list(rows), **{k: list(v) for k, v in events.items()}}
    )
    count = len(events)

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        step = 0.74 / count
        for number, (event, values) in enumerate(events.items()):
            offset = (number - (count - 1) / 2) * step
            colour = theme.PALETTE[number]
            for place, value in enumerate(values):
                y = place + offset
                axes.barh(
                    y,
                    100 * value,
                    height=step * 0.82,
                    color=colour,
                    alpha=0.85,
                    hatch=theme.HATCHES[number],
                    edgecolor="white",
                    linewidth=0.0,
                )
                text = numbers.decimal(round(100 * value), 0)
                if place == 0:
                    text = f"{text}  {event}"
                axes.annotate(
                    text,
                    (100 * value, y),
                    (4, 0),
                    textcoords="offset points",
                    va="center",
                    size=theme.SMALL,
                    color=theme.LETTERS[number],
                )
        theme.name_rows(axes, rows, [row == chosen for row in rows], _NAME_WIDTH)
        axes.set_xlim(0, 100)
        axes.set_xticks([0, 25, 50, 75, 100])

    return draw(
        id,
        title,
        alt,
        data,
        units=_("in how many of 100 simulated futures"),
        height=theme.row_height(rows, _NAME_WIDTH, 0.24 * count + 0.2) * len(rows) + 0.3,
        language=language,
        paint=paint,
    )
