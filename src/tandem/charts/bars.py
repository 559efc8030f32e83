"""Bars: amounts by part over periods, and amounts ranked by size.

What it answers: how a total splits into at most four parts per period; and which items are largest.

What it leaves out: ranges (`tandem.charts.fans`, `comparison`, `spread`).

Who may import it: the modules of `tandem.charts`, and notebooks.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator

__all__ = ["ranked", "stacked"]

_NAME_WIDTH = 1.9


def stacked(
    id: str,
    title: str,
    alt: str,
    periods: Sequence[str],
    parts: Mapping[str, Sequence[float]],
    *,
    kind: str,
    what: str,
    language: str,
    period: str,
) -> Chart:
    """One column a period, split into parts of one unit; the first part lies at the bottom.

    `parts` holds a value per period by name of the part, at most four of them, none negative;
    `period` names what a column is, for the data. A period is named "Q1 2027": its second word
    stands below the first, and only where it changes.
    """
    totals = [sum(values) for values in zip(*parts.values(), strict=True)]
    size = numbers.scale(kind, totals, language)
    data = pd.DataFrame({period: list(periods), **{k: list(v) for k, v in parts.items()}})

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        floor = [0.0] * len(periods)
        last = len(periods) - 1
        ends: list[tuple[float, str, str]] = []
        for number, (name, values) in enumerate(parts.items()):
            heights = [size(value) for value in values]
            colour = theme.PALETTE[number]
            axes.bar(
                range(len(periods)),
                heights,
                bottom=floor,
                width=0.8,
                color=colour,
                hatch=theme.HATCHES[number],
                edgecolor="white",
                linewidth=0.0,
            )
            ends.append((floor[last] + heights[last] / 2, name, theme.LETTERS[number]))
            floor = [f + h for f, h in zip(floor, heights, strict=True)]
        theme.plain_axes(axes, "y")
        theme.name_columns(axes, range(len(periods)), _feet(periods))
        axes.set_xlim(-0.6, last + 0.6)
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))
        top = axes.get_ylim()[1]
        placed = float("-inf")
        for height, name, colour in ends:
            lines = theme.wrap(name, 1.25, theme.SMALL)
            half = 0.028 * top * len(lines)
            placed = max(height, placed + half)
            axes.annotate(
                "\n".join(lines),
                (last + 0.45, placed),
                (5, 0),
                textcoords="offset points",
                va="center",
                color=colour,
                size=theme.SMALL,
                annotation_clip=False,
            )
            placed += half + 0.01 * top

    units = f"{what}, {size.unit}" if size.unit else what
    return draw(id, title, alt, data, units=units, height=2.9, language=language, paint=paint)


def _feet(periods: Sequence[str]) -> list[str]:
    """Names of the columns, the year only under the first one that belongs to it.

    Where columns are narrow, a year with one column goes without: two would run into each other.
    """
    pairs = [name.partition(" ")[::2] for name in periods]
    years = [year for _short, year in pairs]
    narrow = len(periods) > 8
    shown = [
        year if years.index(year) == place and not (narrow and years.count(year) == 1) else ""
        for place, year in enumerate(years)
    ]
    return [f"{short}\n{year}" for (short, _year), year in zip(pairs, shown, strict=True)]


def ranked(
    id: str,
    title: str,
    alt: str,
    values: Mapping[str, float],
    *,
    kind: str,
    what: str,
    language: str,
    item: str,
) -> Chart:
    """One horizontal bar an item, largest first, its amount written at its end."""
    _ = translator(language)
    ordered = sorted(values.items(), key=lambda pair: -pair[1])
    size = numbers.scale(kind, values.values(), language)
    counted = kind == "count" and all(v == int(v) and v < 1000 for v in values.values())
    row = theme.row_height(list(values), _NAME_WIDTH, 0.36)
    data = pd.DataFrame({item: [k for k, _v in ordered], what: [v for _k, v in ordered]})

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for place, (_name, value) in enumerate(ordered):
            axes.barh(place, size(value), height=0.66, color=theme.PALETTE[0])
            axes.annotate(
                numbers.decimal(value, 0) if counted else numbers.significant(size(value)),
                (size(value), place),
                (5, 0),
                textcoords="offset points",
                va="center",
                size=theme.SMALL,
            )
        theme.name_rows(axes, [name for name, _v in ordered], [False] * len(ordered), _NAME_WIDTH)
        axes.set_xlim(0, max((size(v) for v in values.values()), default=1.0) * 1.15 or 1.0)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))

    units = f"{what}, {size.unit}" if size.unit else what
    return draw(
        id,
        title,
        alt,
        data,
        units=units,
        height=row * len(ordered) + 0.4,
        language=language,
        paint=paint,
    )
