"""Estimates: points with their 95 % intervals, and curves with their bands beside what is assumed.

What it answers: how sure records are of a number, alone or beside the same number without some evidence;
how a fitted curve stands to an assumed one, in small panels.

What it leaves out: what is estimated (the modules by subject), ranges of simulated futures (`fans`).

Who may import it: the modules of `tandem.charts`, and notebooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator

__all__ = ["Estimated", "Panel", "lines", "panels", "points"]

Floats = NDArray[np.float64]

_NAME_WIDTH = 1.9


@dataclass(frozen=True)
class Estimated:
    """One row: low end, value and high end; `beside` is the same three without some evidence."""

    label: str
    low: float
    value: float
    high: float
    beside: tuple[float, float, float] | None = None


def points(
    id: str,
    title: str,
    alt: str,
    rows: Sequence[Estimated],
    *,
    kind: str,
    what: str,
    language: str,
    item: str,
    names: tuple[str, str] = ("", ""),
    most: float = np.inf,
) -> Chart:
    """Points with bars from end to end of their intervals, on one axis that has nought on it.

    `names` are what the first and the second mark of a row stand for, where there are two; the axis ends
    at `most`, and a bar that goes beyond it says so with an arrow.
    """
    _ = translator(language)
    size = numbers.scale(kind, [v for r in rows for v in (r.low, min(r.high, most))], language)
    data = pd.DataFrame(
        {item: [r.label for r in rows], _("low"): [r.low for r in rows]}
        | {_("estimate"): [r.value for r in rows], _("high"): [r.high for r in rows]}
    )
    double = any(row.beside for row in rows)
    if double:
        others = [row.beside or (np.nan,) * 3 for row in rows]
        for place, end in enumerate((_("low"), _("estimate"), _("high"))):
            data[f"{names[1]}: {end}"] = [other[place] for other in others]

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for place, row in enumerate(rows):
            marks = [((row.low, row.value, row.high), 0)]
            if row.beside:
                marks.append((row.beside, 1))
            for ends, number in marks:
                low, value, high = (size(v) for v in ends)
                at = place + (0.17 * (2 * number - 1) if double else 0.0)
                cut = high > size(most)
                high, colour = min(high, size(most)), theme.PALETTE[number]
                axes.plot(
                    [low, high], [at, at], color=colour, lw=5, alpha=0.45, solid_capstyle="butt"
                )
                axes.plot([value], [at], marker=theme.MARKERS[number], color=colour, ms=6, ls="")
                if cut:
                    axes.plot([high], [at], marker=">", color=colour, ms=6, clip_on=False)
        axes.axvline(0.0, color=theme.INK, lw=1.0)
        theme.name_rows(axes, [r.label for r in rows], [False] * len(rows), _NAME_WIDTH)
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))

    units = f"{what}, {size.unit}" if size.unit else what
    units = _("{units}; mark: estimate, bar: 95 % interval", units=units)
    if double:
        units = _(
            "{units}; circle: {first}, diamond: {second}",
            units=units,
            first=names[0],
            second=names[1],
        )
    row = theme.row_height([r.label for r in rows], _NAME_WIDTH, 0.44 if double else 0.36)
    return draw(
        id, title, alt, data, units=units, height=row * len(rows) + 0.45, language=language, paint=paint
    )  # fmt: skip


@dataclass(frozen=True)
class Panel:
    """One small figure: a fitted curve with its band, an assumed line, and points that were seen.

    All over `x`; `seen` are points (x, y) of their own; `mark` is an x to be marked.
    """

    x: Floats
    low: Floats
    value: Floats
    high: Floats
    assumed: Floats | None = None
    seen: tuple[Floats, Floats] | None = None
    mark: float | None = None


def panels(
    id: str,
    title: str,
    alt: str,
    rows: Mapping[str, Panel],
    *,
    kind: str,
    what: str,
    x_kind: str,
    x_what: str,
    language: str,
    zero: bool = True,
) -> Chart:
    """One small figure per label, two abreast (one alone takes the whole width)."""
    _ = translator(language)
    size = numbers.scale(kind, [float(p.value.max()) for p in rows.values()], language)
    across = (
        numbers.Scale(1.0, "")
        if x_kind == "year"
        else numbers.scale(x_kind, [float(p.x.max()) for p in rows.values()], language)
    )
    columns = min(2, len(rows))
    data = pd.concat(
        [
            pd.DataFrame(
                {_("panel"): label, x_what: p.x, _("low"): p.low, _("estimate"): p.value}
                | {_("high"): p.high}
                | ({_("assumed"): p.assumed} if p.assumed is not None else {})
            )
            for label, p in rows.items()
        ],
        ignore_index=True,
    )

    def paint(figure: Figure) -> None:
        count = ceil(len(rows) / columns)
        grid = figure.subplots(count, columns, sharex=True, sharey=True, squeeze=False)
        for axes, (label, panel) in zip(grid.flat, rows.items(), strict=False):
            x = panel.x / across.divisor
            low, value, high = (v / size.divisor for v in (panel.low, panel.value, panel.high))
            axes.fill_between(x, low, high, color=theme.PALETTE[0], alpha=0.2, lw=0)
            axes.plot(x, value, color=theme.PALETTE[0], lw=2.0)
            if panel.assumed is not None:
                axes.plot(
                    x,
                    panel.assumed / size.divisor,
                    color=theme.PALETTE[1],
                    lw=1.8,
                    ls=theme.LINES[1],
                )
            if panel.seen is not None:
                axes.plot(
                    panel.seen[0] / across.divisor, panel.seen[1] / size.divisor, ls="",
                    marker=theme.MARKERS[0], ms=4.5, color=theme.PALETTE[3],
                )  # fmt: skip
            if panel.mark is not None:
                axes.axvline(panel.mark / across.divisor, color=theme.GREY, lw=1.0, ls=":")
            theme.plain_axes(axes, "y")
            if len(rows) > 1:
                name = "\n".join(theme.wrap(label, 2.6, theme.SMALL))
                axes.set_title(name, loc="left", size=theme.SMALL, weight="bold")
            axes.xaxis.set_major_locator(MaxNLocator(4, integer=x_kind == "year"))
            form = (lambda v, _p: f"{v:.0f}") if x_kind == "year" else numbers.tick
            axes.xaxis.set_major_formatter(FuncFormatter(form))
            axes.yaxis.set_major_locator(MaxNLocator(4))
            axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))
        if zero:
            top = max(float(min(p.high.max(), 3 * p.value.max())) for p in rows.values())
            grid.flat[0].set_ylim(0.0, 1.05 * top / size.divisor)

    y_text = f"{what}, {size.unit}" if size.unit else what
    x_text = f"{x_what}, {across.unit}" if across.unit else x_what
    units = _("{what} by {other}; line: fitted, band: 95 % interval", what=y_text, other=x_text)
    if any(p.assumed is not None for p in rows.values()):
        units = _("{units}; dashed: assumed", units=units)
    if any(p.seen is not None for p in rows.values()):
        units = _("{units}; dots: records", units=units)
    height = 1.7 * ceil(len(rows) / columns) + 0.3 if len(rows) > 1 else 2.9
    return draw(id, title, alt, data, units=units, height=height, language=language, paint=paint)


def lines(
    id: str,
    title: str,
    alt: str,
    rows: Mapping[str, tuple[Floats, Floats, Floats]],
    *,
    what: str,
    x_what: str,
    language: str,
) -> Chart:
    """Lines of records, (x, seen, assumed) by label, with what is assumed of each dashed; NaN where none.

    The names stand in their colours at the upper right.
    """
    _ = translator(language)
    data = pd.concat(
        [
            pd.DataFrame({_("line"): label, x_what: x, _("records"): seen, _("assumed"): assumed})
            for label, (x, seen, assumed) in rows.items()
        ],
        ignore_index=True,
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for number, (label, (x, seen, assumed)) in enumerate(rows.items()):
            colour = theme.PALETTE[number]
            axes.plot(x, seen, color=colour, lw=1.8, marker=theme.MARKERS[number], ms=4)
            axes.plot(x, assumed, color=colour, lw=1.8, ls=theme.LINES[1])
            axes.annotate(
                label, (1.0, 1.0), (0, -3 - 14 * number), xycoords="axes fraction",
                textcoords="offset points", ha="right", va="top", color=theme.LETTERS[number],
                size=theme.SMALL, weight="bold",
            )  # fmt: skip
        theme.plain_axes(axes, "y")
        axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda v, _p: f"{v:.0f}"))
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))

    units = _("{what}; points: records, dashed: assumed", what=what)
    return draw(id, title, alt, data, units=units, height=2.9, language=language, paint=paint)
