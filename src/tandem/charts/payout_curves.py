"""Payout curves: every component of the plans in question, one small panel each.

What it answers: what each component pays at each result, and where it bends; options over the share's
price; a guarantee and a clawback beside what would be paid without them.

What it leaves out: one component in detail and the numbers by component (`tandem.charts.payouts`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.language import translator
from tandem.study.pay_plans import Drawn, drawn_plan, plan_of

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["curves"]

_AT = [point / 100.0 for point in range(201)]
_ABREAST = 2


def curves(study: "Study", plans: Sequence[str]) -> Chart:
    """Every component of these plans, in their order; raises KeyError for a plan there is not."""
    _, lang = translator(study.language), study.language
    panels: list[tuple[str, str, Drawn]] = []
    for plan in dict.fromkeys(plans):
        name = getattr(plan_of(study.assumptions, plan).label, lang)
        for drawn in drawn_plan(study.assumptions, plan, _AT).values():
            panels.append((name, drawn.component.label[1 if lang == "zh" else 0], drawn))
    steps = [drawn for _plan, _name, drawn in panels if np.ptp(drawn.pay) > 0]
    title = _(
        "{moving} of {count} pay components move with results",
        moving=len(steps),
        count=len(panels),
    )
    alt = _(
        "One panel a component of the plans {plans}: pay as a share of target pay over attainment from 0 to 200 %; "
        "of options over the share's price. Dashed: pay without the component, where it only alters others'.",
        plans=", ".join(dict.fromkeys(plan for plan, _name, _drawn in panels)),
    )
    data = pd.DataFrame({_("attainment"): _AT})
    for plan, name, drawn in panels:
        data[f"{plan}: {name}"] = drawn.pay
        if drawn.without is not None:
            data[_("{plan}: without {name}", plan=plan, name=name)] = drawn.without
    rows = ceil(len(panels) / _ABREAST)

    def paint(figure: Figure) -> None:
        grid = figure.subplots(rows, _ABREAST, sharex=True, squeeze=False)
        for axes, (plan, name, drawn) in zip(grid.flat, panels, strict=False):
            _panel(axes, drawn)
            words = [*theme.wrap(name, 2.5, theme.SMALL), *theme.wrap(plan, 2.5, theme.SMALL)]
            axes.set_title("\n".join(words), loc="left", size=theme.SMALL)
        for axes in list(grid.flat)[len(panels) :]:
            axes.remove()
        for axes in list(grid.flat)[max(0, len(panels) - _ABREAST) : len(panels)]:
            axes.tick_params(labelbottom=True)

    units = _(
        "Up: pay, % of target pay; right: attainment, % (options: share price, % of the grant's)"
    )
    return draw(
        "payout-curves",
        title,
        alt,
        data,
        units=units,
        height=1.6 * rows + 0.25,
        language=lang,
        paint=paint,
    )


def _panel(axes: Axes, drawn: Drawn) -> None:
    if drawn.without is not None:
        axes.plot(
            100.0 * drawn.at,
            100.0 * drawn.without,
            color=theme.PALETTE[1],
            lw=1.8,
            ls=theme.LINES[1],
        )
    axes.plot(100.0 * drawn.at, 100.0 * drawn.pay, color=theme.PALETTE[0], lw=2.2)
    axes.axvline(100.0, color=theme.GREY, lw=1.0, ls=":")
    axes.axhline(0.0, color=theme.GREY, lw=0.8)
    theme.plain_axes(axes, "y")
    axes.set_xlim(0.0, 100.0 * float(drawn.at[-1]))
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
    axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))
