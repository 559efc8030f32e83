"""Frontier: what a chance of the targets costs, and which scenarios pay too much for it.

What it answers: each scenario by cost of people and media and by the chance of both targets: which
are on the efficient frontier, and by which of them each other one is dominated.

What it leaves out: what the money earns (`tandem.charts.comparing`).

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, source, theme
from tandem.charts.brief import Choice
from tandem.charts.chart import Chart, draw
from tandem.charts.source import PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.frontier import Position, frontier

__all__ = ["costs", "efficient", "is_efficient"]

#: Measures whose sum a frontier counts as cost: what both departments spend in the plan year.
COSTS = ("people_cost_2027", "media_2027")


def positions(choice: Choice) -> dict[str, Position]:
    """Each candidate's expected cost and chance of both targets, the cheapest first."""
    return frontier(
        {
            name: (
                sum(float(study.draws_of(cost).mean()) for cost in COSTS),
                source.chance(study, source.BOTH_MET),
            )
            for name, study in choice.studies.items()
        }
    )


def is_efficient(choice: Choice) -> bool:
    """Whether no scenario is both cheaper and likelier than the recommended one."""
    return positions(choice)[choice.chosen.scenario].efficient


def efficient(choice: Choice) -> Chart:
    """Cost against chance, numbered from the cheapest; steps join the frontier."""
    _, lang = translator(choice.language), choice.language
    places = positions(choice)
    on = [name for name, place in places.items() if place.efficient]
    size = numbers.scale("money", [place.cost for place in places.values()], lang)
    names = [choice.label(name) for name in places]
    x = [size(place.cost) for place in places.values()]
    y = [100.0 * place.chance for place in places.values()]
    likeliest = max(on, key=lambda name: places[name].chance)

    def paint(figure: Figure) -> None:
        axes, below = figure.subplots(2, 1, height_ratios=(2.6, 0.2 * len(names)))
        line = [place for place, name in enumerate(places) if name in on]
        axes.step(
            [x[i] for i in line], [y[i] for i in line], where="post", color=theme.PALETTE[0],
            lw=1.4, zorder=1,
        )  # fmt: skip
        for place, name in enumerate(places):
            dominated = name not in on
            axes.plot(
                [x[place]], [y[place]],
                marker=theme.MARKERS[1 if dominated else 0],
                mfc="white" if dominated else theme.PALETTE[0],
                color=theme.GREY if dominated else theme.PALETTE[0],
                ms=8, ls="", zorder=2, clip_on=False,
            )  # fmt: skip
        _numbered(axes, x, y)
        theme.plain_axes(axes, "y")
        axes.set_ylim(0, 105)
        axes.set_yticks([0, 25, 50, 75, 100])
        axes.margins(x=0.08)
        axes.xaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
        below.axis("off")
        below.set_ylim(len(names) - 0.4, -0.6)
        for place, name in enumerate(names):
            weight = "bold" if name == choice.label(choice.chosen.scenario) else "normal"
            below.text(0.0, place, f"{place + 1}  {name}", size=theme.SMALL, va="center",
                       weight=weight)  # fmt: skip

    return draw(
        "frontier",
        _("{count} of {all} scenarios are efficient", count=len(on), all=len(places)),
        _(
            "Cost of people and media in {year} against the chance of both targets. Efficient, "
            "from the cheapest: {names}. The likeliest of them meets both targets {futures}.",
            year=PLAN_YEAR,
            names="; ".join(choice.label(name) for name in on),
            futures=numbers.futures(places[likeliest].chance, lang),
        ),
        _data(choice, places),
        units=_(
            "across: cost of people and media in {year}, {unit}; up: futures of 100 with both "
            "targets met; filled: efficient",
            year=PLAN_YEAR,
            unit=size.unit,
        ),
        height=2.6 + 0.2 * len(names) + 0.3,
        language=lang,
        paint=paint,
    )


def _numbered(axes: Axes, x: list[float], y: list[float]) -> None:
    """The number of each point beside it; those of points at one place in one text."""
    together: dict[tuple[int, int], list[int]] = {}
    wide = (max(x) - min(x)) or 1.0
    for place, (across, up) in enumerate(zip(x, y, strict=True)):
        cell = round(25 * (across - min(x)) / wide), round(up / 5)
        together.setdefault(cell, []).append(place)
    for those in together.values():
        axes.annotate(
            ", ".join(str(place + 1) for place in those),
            (max(x[i] for i in those), max(y[i] for i in those)),
            (0, 7),
            textcoords="offset points",
            ha="center",
            size=theme.SMALL,
            annotation_clip=False,
        )


def _data(choice: Choice, places: dict[str, Position]) -> pd.DataFrame:
    _ = translator(choice.language)
    return pd.DataFrame(
        {
            _("scenario"): [choice.label(name) for name in places],
            _("cost, CNY"): [place.cost for place in places.values()],
            _("chance of both targets"): [place.chance for place in places.values()],
            _("efficient"): [place.efficient for place in places.values()],
        }
    )


def costs(choice: Choice) -> Table:
    """Cost and chance of every scenario, the cheapest first, and what dominates it."""
    _, lang = translator(choice.language), choice.language
    rows = [
        {
            "scenario": choice.label(name),
            "cost": place.cost,
            "chance": place.chance,
            "by": _("none: efficient")
            if place.dominated_by is None
            else choice.label(place.dominated_by),
        }
        for name, place in positions(choice).items()
    ]
    return table(
        "costs",
        _("Cost of people and media in {year} against the chance of both targets", year=PLAN_YEAR),
        pd.DataFrame(rows),
        [
            Column("scenario", _("Scenario")),
            Column("cost", _("Expected cost"), "money"),
            Column("chance", _("Both targets met"), "futures"),
            Column("by", _("Cheaper and at least as likely")),
        ],
        lang,
    )
