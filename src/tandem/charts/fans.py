"""Fans: how something moves over the months, with the range across simulated futures.

What it answers: the median as a line and P10 to P90 as a band, alone or as small panels, beside a
line to compare with.

What it leaves out: which paths are worth showing and what they say (the modules by subject).

Who may import it: the modules of `tandem.charts`, and notebooks.
"""

from collections.abc import Mapping, Sequence
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator

__all__ = ["Line", "fan", "panels", "quantiles"]

Line = tuple[str, NDArray[np.float64]]


def quantiles(paths: NDArray[np.float64]) -> NDArray[np.float64]:
    """P10, median and P90 over the last axis, stacked first: (3, month) from (month, draw)."""
    return np.quantile(paths, (0.1, 0.5, 0.9), axis=-1)


def fan(
    id: str,
    title: str,
    alt: str,
    months: pd.DatetimeIndex,
    paths: NDArray[np.float64],
    *,
    kind: str,
    what: str,
    language: str,
    beside: Line | None = None,
    dots: Line | None = None,
    marks: Mapping[pd.Timestamp, str] | None = None,
    zero: bool = True,
) -> Chart:
    """One fan of `paths` (month, draw); `beside` is a labelled line (month,) to compare with.

    `dots` are labelled points (month,), NaN where there is none, such as what really happened.
    `kind` is one of numbers.KINDS, `what` names the quantity for the line of units, `marks` are
    named months. With `zero` the axis starts at nought.
    """
    _ = translator(language)
    low, median, high = quantiles(paths)
    size = numbers.scale(kind, high, language)
    data = _columns(months, {"": paths}, language)
    if beside is not None:
        data[beside[0]] = beside[1]
    if dots is not None:
        data[dots[0]] = dots[1]

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        _fan(axes, [q / size.divisor for q in (low, median, high)])
        ends = [(median[-1] / size.divisor, _("median"), theme.PALETTE[0])]
        ends.append((high[-1] / size.divisor, _("P90"), theme.GREY))
        ends.append((low[-1] / size.divisor, _("P10"), theme.GREY))
        if beside is not None:
            line = size.divisor
            axes.plot(beside[1] / line, color=theme.PALETTE[1], lw=1.8, ls=theme.LINES[1])
            ends.append((beside[1][-1] / line, beside[0], theme.LETTERS[1]))
        if dots is not None:
            _dots(axes, dots[1] / size.divisor, dots[0], median / size.divisor)
        if zero:
            _stand_on_nought([axes])
        _end_labels(axes, len(months) - 1, ends)
        _mark(axes, months, marks or {})
        _dates(axes, months, language)

    units = _units(what, size.unit, language)
    return draw(id, title, alt, data, units=units, height=3.1, language=language, paint=paint)


def panels(
    id: str,
    title: str,
    alt: str,
    months: pd.DatetimeIndex,
    paths: Mapping[str, NDArray[np.float64]],
    *,
    kind: str,
    what: str,
    language: str,
    beside: Mapping[str, NDArray[np.float64]] | None = None,
    beside_label: str = "",
    shared: bool = True,
) -> Chart:
    """One small fan per label, two abreast, on one shared axis unless `shared` is false.

    `paths` are (month, draw) and `beside` (month,) by label.
    """
    _ = translator(language)
    highest = [float(quantiles(p)[2].max()) for p in paths.values()]
    size = numbers.scale(kind, highest, language)
    data = _columns(months, paths, language)
    for label, line in (beside or {}).items():
        data[f"{label}: {beside_label}"] = line
    rows = ceil(len(paths) / 2)

    def paint(figure: Figure) -> None:
        grid = figure.subplots(rows, 2, sharex=True, sharey=shared, squeeze=False)
        for place, (label, values) in enumerate(paths.items()):
            axes = grid.flat[place]
            _fan(axes, [q / size.divisor for q in quantiles(values)])
            if beside and label in beside:
                line = beside[label] / size.divisor
                axes.plot(line, color=theme.PALETTE[1], lw=1.8, ls=theme.LINES[1])
            axes.set_title(
                "\n".join(theme.wrap(label, 2.6, theme.SMALL)),
                loc="left",
                size=theme.SMALL,
                weight="bold",
            )
            _years(axes, months, language, named=place + 2 >= len(paths))
            axes.yaxis.set_major_locator(MaxNLocator(4, integer=kind == "count"))
        _stand_on_nought(list(grid.flat)[: len(paths)])
        for axes in list(grid.flat)[len(paths) :]:
            axes.remove()

    units = _units(what, size.unit, language)
    if beside_label:
        units = _("{units}; dashed: {other}", units=units, other=beside_label)
    return draw(
        id, title, alt, data, units=units, height=1.55 * rows + 0.25, language=language, paint=paint
    )


def _units(what: str, unit: str, language: str) -> str:
    _ = translator(language)
    if unit:
        return _("{what}, {unit}; line: median, band: P10 to P90", what=what, unit=unit)
    return _("{what}; line: median, band: P10 to P90", what=what)


def _columns(
    months: pd.DatetimeIndex, paths: Mapping[str, NDArray[np.float64]], language: str
) -> pd.DataFrame:
    _ = translator(language)
    frame = pd.DataFrame({_("month"): months.strftime("%Y-%m")})
    for label, values in paths.items():
        for name, column in zip(("P10", _("median"), "P90"), quantiles(values), strict=True):
            frame[f"{label}: {name}" if label else name] = column
    return frame


def _fan(axes: Axes, bands: Sequence[NDArray[np.float64]]) -> None:
    low, median, high = bands
    axes.fill_between(np.arange(len(low)), low, high, color=theme.PALETTE[0], alpha=0.22, lw=0)
    axes.plot(median, color=theme.PALETTE[0], lw=2.2)
    theme.plain_axes(axes, "y")
    axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))


def _dots(axes: Axes, values: NDArray[np.float64], label: str, median: NDArray[np.float64]) -> None:
    """Points upon the fan, their name at the last one, on the side away from the median."""
    there = np.flatnonzero(np.isfinite(values))
    axes.plot(
        there, values[there], color=theme.PALETTE[1], lw=1.2, ls=theme.LINES[1],
        marker=theme.MARKERS[1], ms=5.5, mec="white", mew=0.6, zorder=3, clip_on=False,
    )  # fmt: skip
    if there.size:
        last = int(there[-1])
        above = values[last] > median[last]
        axes.annotate(
            label,
            (last, values[last]),
            (0, 9 if above else -9),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            color=theme.LETTERS[1],
            size=theme.SMALL,
        )


def _stand_on_nought(every: Sequence[Axes]) -> None:
    """Let the axes begin at nought where nothing lies below it, with a line there."""
    for axes in every:
        axes.axhline(0.0, color=theme.GREY, lw=0.8)
    nothing_below = all(axes.dataLim.y0 >= -1e-9 * axes.dataLim.y1 for axes in every)
    for axes in every:
        if nothing_below:
            axes.set_ylim(0.0, axes.get_ylim()[1])


def _end_labels(axes: Axes, last: int, ends: Sequence[tuple[float, str, str]]) -> None:
    """Names at the right end of the lines, moved apart where they would touch."""
    bottom, top = axes.get_ylim()
    gap = 0.065 * (top - bottom)
    placed = float("-inf")
    for height, label, colour in sorted(ends):
        placed = max(height, placed + gap)
        axes.annotate(
            label,
            (last, placed),
            (5, 0),
            textcoords="offset points",
            va="center",
            color=colour,
            size=theme.SMALL,
            annotation_clip=False,
        )


def _mark(axes: Axes, months: pd.DatetimeIndex, marks: Mapping[pd.Timestamp, str]) -> None:
    for month, label in marks.items():
        when = int(months.searchsorted(month))
        axes.axvline(when, color=theme.GREY, lw=1.0, ls=":")
        axes.annotate(
            label,
            (when, 1.0),
            (4, -2),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            va="top",
            color=theme.GREY,
            size=theme.SMALL,
        )


def _dates(axes: Axes, months: pd.DatetimeIndex, language: str) -> None:
    """January and July by name; the year under January alone."""
    places = [i for i, m in enumerate(months) if m.month in (1, 7)]
    names = [_half_year(months[i], language) for i in places]
    theme.name_columns(axes, places, names)
    axes.set_xlim(0, len(months) - 1)


def _half_year(month: pd.Timestamp, language: str) -> str:
    if language == "zh":
        return f"{month.month}月\n{month.year}年" if month.month == 1 else f"{month.month}月"
    return f"Jan\n{month.year}" if month.month == 1 else "Jul"


def _years(axes: Axes, months: pd.DatetimeIndex, language: str, named: bool) -> None:
    """A mark at every January, with the year below it where `named`."""
    places = [i for i, m in enumerate(months) if m.month == 1]
    suffix = "年" if language == "zh" else ""
    theme.name_columns(axes, places, [f"{months[i].year}{suffix}" if named else "" for i in places])
    axes.set_xlim(0, len(months) - 1)
