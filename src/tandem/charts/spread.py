"""Spread: how one amount is distributed across the simulated futures.

What it answers: where most futures lie, with P10, median and P90 marked.

What it leaves out: comparing scenarios (`tandem.charts.comparison`).

Who may import it: the modules of `tandem.charts`, and notebooks.
"""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator

__all__ = ["histogram"]


def histogram(
    id: str,
    title: str,
    alt: str,
    values: NDArray[np.float64],
    *,
    kind: str,
    what: str,
    language: str,
) -> Chart:
    """Futures of 100 by class of `values` (draw,), twenty classes of equal width."""
    _ = translator(language)
    size = numbers.scale(kind, float(np.max(np.abs(values))), language)
    scaled = values / size.divisor
    shares, edges = np.histogram(scaled, bins=20)
    shares = 100.0 * shares / len(scaled)
    data = pd.DataFrame(
        {
            _("from, {unit}", unit=size.unit): edges[:-1],
            _("to, {unit}", unit=size.unit): edges[1:],
            _("of 100 simulated futures"): shares,
        }
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.bar(
            edges[:-1],
            shares,
            width=np.diff(edges) * 0.94,
            align="edge",
            color=theme.PALETTE[0],
            alpha=0.75,
        )
        top = 1.3 * float(shares.max())
        marks = np.quantile(scaled, (0.1, 0.5, 0.9))
        names = ("P10", _("median"), "P90")
        for mark, name, step in zip(marks, names, (0.98, 0.88, 0.98), strict=True):
            axes.axvline(mark, color=theme.INK, lw=1.2, ls="-" if name == names[1] else ":")
            axes.annotate(
                f"{name} {numbers.significant(mark)}",
                (mark, top * step),
                (4, 0),
                textcoords="offset points",
                va="top",
                size=theme.SMALL,
            )
        theme.plain_axes(axes, "y")
        axes.set_ylim(0, top)
        axes.xaxis.set_major_locator(MaxNLocator(6))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
        axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))

    units = _("{what}, {unit}; height: of 100 simulated futures", what=what, unit=size.unit)
    return draw(id, title, alt, data, units=units, height=2.7, language=language, paint=paint)
