"""Convergence: whether the simulated futures are enough for what a page says.

What it answers: in words, whether the best two are told apart and how well the chance of the
targets is known, else how many futures it would take; intervals of the main numbers; how both
settle as futures are added.

What it leaves out: whether the assumptions are right; more futures do not say.

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from tandem.charts import numbers, source, theme
from tandem.charts.brief import Choice
from tandem.charts.chart import Chart, draw
from tandem.charts.components import Callout, said
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import convergence as study_of
from tandem.study.convergence import HALF_WIDTH, Convergence, Known
from tandem.study.risk import TAIL

__all__ = ["amounts", "chances", "converged", "enough", "gap_sentence", "running"]

Draws = NDArray[np.float64]
Path = tuple[Draws, Draws, Draws]

#: Futures before the first that is drawn, share of all: few of them say little and scatter widely.
_FIRST = 0.05


def converged(choice: Choice) -> Convergence:
    """Whether the futures are enough for the recommendation and its chance of both targets."""
    met = choice.chosen.draws_of(source.BOTH_MET)
    return study_of.convergence(choice.recommendation.to_next, met)


def gap_sentence(found: Convergence, language: str) -> str:
    """Whether the best two are told apart; there may be nothing to tell apart."""
    _ = translator(language)
    count = numbers.amount("count", found.draws, language)
    if found.gap is None:
        return _("There is no second scenario within the cash limit to compare it with.")
    if found.identical:
        return _("No number of futures tells the best two apart: they earn the same in each.")
    words = {
        "count": count,
        "range": numbers.amount_range("money", found.gap.low, found.gap.high, language),
    }
    if found.told_apart:
        return _(
            "{count} futures tell the best two apart: 95 % interval of the difference {range}.",
            **words,
        )
    open_still = _(
        "{count} futures do not tell the best two apart: 95 % interval of the difference {range}.",
        **words,
    )
    if found.gap_draws is None:
        return said(
            open_still, _("They differ by nothing on average: either choice is defensible.")
        )
    needed = numbers.amount("count", float(max(found.gap_draws, found.draws + 1)), language)
    return said(
        open_still, _("About {needed} would, were the difference what it seems.", needed=needed)
    )


def enough(choice: Choice) -> Callout:
    """Both halves of the rule in words: good where the futures are enough, else a warning."""
    _, lang = translator(choice.language), choice.language
    found = converged(choice)
    half = numbers.decimal(100.0 * found.chance.half_width, 1)
    words = {
        "futures": numbers.of_100(found.chance.value, lang),
        "half": half,
        "bound": numbers.decimal(100.0 * HALF_WIDTH, 0),
    }
    if found.narrow:
        known = _(
            "The chance of both targets, {futures}, is known to ±{half} futures of 100: within the "
            "bound of {bound}.",
            **words,
        )
    else:
        known = _(
            "The chance of both targets, {futures}, is known only to ±{half} futures of 100; "
            "±{bound} takes about {needed} futures.",
            needed=numbers.amount("count", float(found.chance_draws), lang),
            **words,
        )
    both = said(gap_sentence(found, lang), known)
    return Callout(both, "good" if found.enough else "warning")


def amounts(choice: Choice) -> Table:
    """Money of the recommended scenario with its 95 % Monte Carlo interval."""
    _, lang = translator(choice.language), choice.language
    npv = choice.chosen.draws_of(source.NPV)
    rows = {
        _("Net present value, expected"): study_of.mean(npv),
        _("P10"): study_of.quantile(npv, 0.1),
        _("median"): study_of.quantile(npv, 0.5),
        _("P90"): study_of.quantile(npv, 0.9),
        _("Mean of the worst {count}", count=numbers.of_100(TAIL, lang)): study_of.worst_mean(
            npv, TAIL
        ),
    }
    gap = choice.recommendation.to_next
    if gap is not None:
        name = _("More than “{scenario}”", scenario=choice.label(gap.against))
        rows[name] = Known(gap.mean, gap.low, gap.high)
    title = _("How well amounts are known: 95 % interval from the futures taken")
    return _known("amounts", title, rows, "money", lang)


def chances(choice: Choice) -> Table:
    """Chances of the recommended scenario with their 95 % Monte Carlo interval."""
    _, lang = translator(choice.language), choice.language
    rows = {
        _("Sales target met"): source.SALES_MET,
        _("New-customer target met"): source.CUSTOMERS_MET,
        _("Both targets met"): source.BOTH_MET,
        _("Cash limit kept"): source.CASH_KEPT,
    }
    known = {n: study_of.chance(choice.chosen.draws_of(measure)) for n, measure in rows.items()}
    title = _("How well chances are known: 95 % interval from the futures taken")
    return _known("known-chances", title, known, "futures", lang)


def _known(id: str, title: str, rows: dict[str, Known], kind: str, language: str) -> Table:
    _ = translator(language)
    frame = pd.DataFrame(
        [{"what": n, "value": k.value, "low": k.low, "high": k.high} for n, k in rows.items()]
    )
    columns = [
        Column("what", _("Number")),
        Column("value", _("Estimate"), kind, group="all"),
        Column("low", _("95 % from"), kind, group="all"),
        Column("high", _("to"), kind, group="all"),
    ]
    return table(id, title, frame, columns, language)


def running(choice: Choice) -> Chart:
    """Lead over the next best, and chance of both targets, over the first so many futures."""
    _, lang = translator(choice.language), choice.language
    found = converged(choice)
    met = study_of.running_chance(choice.chosen.draws_of(source.BOTH_MET))
    paths = {_("futures of 100 with both targets met"): _scaled(met, 100.0)}
    gap = choice.recommendation.to_next
    if gap is not None:
        lead = choice.chosen.draws_of(source.NPV) - choice.studies[gap.against].draws_of(source.NPV)
        size = numbers.scale("money", gap.mean, lang)
        name = _("lead over the next best, {unit}", unit=size.unit)
        paths = {name: _scaled(study_of.running_mean(lead), 1.0 / size.divisor), **paths}
    first = int(_FIRST * found.draws)

    def paint(figure: Figure) -> None:
        every = figure.subplots(len(paths), 1, sharex=True, squeeze=False)[:, 0]
        for place, (name, path) in enumerate(paths.items()):
            _settle(every[place], path, first)
            every[place].set_title(name, loc="left", size=theme.SMALL, weight="bold")
        every[-1].xaxis.set_major_locator(MaxNLocator(5, integer=True))
        every[-1].xaxis.set_major_formatter(FuncFormatter(numbers.tick))

    half = numbers.decimal(100.0 * found.chance.half_width, 1)
    return draw(
        "running",
        _("The chance is known to ±{half} of 100", half=half),
        _(
            "Means over the first so many futures, with their 95 % interval. {gap} The chance of "
            "both targets ends at {futures}.",
            gap=gap_sentence(found, lang),
            futures=numbers.of_100(found.chance.value, lang),
        ),
        _data(paths, lang),
        units=_("mean over the first so many futures; band: 95 % interval"),
        height=1.7 * len(paths) + 0.3,
        language=lang,
        paint=paint,
    )


def _scaled(path: Path, factor: float) -> Path:
    return path[0] * factor, path[1] * factor, path[2] * factor


def _settle(axes: Axes, path: Path, first: int) -> None:
    """A running value with its band from a future on, and nought where the band reaches it."""
    mean, low, high = (values[first:] for values in path)
    counts = np.arange(2, len(path[0]) + 2)[first:]
    axes.fill_between(counts, low, high, color=theme.PALETTE[0], alpha=0.22, lw=0)
    axes.plot(counts, mean, color=theme.PALETTE[0], lw=1.8)
    theme.plain_axes(axes, "y")
    if low.min() <= 0.0 <= high.max():
        axes.axhline(0.0, color=theme.INK, lw=1.0)
    axes.yaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))


def _data(paths: dict[str, Path], language: str) -> pd.DataFrame:
    _ = translator(language)
    count = len(next(iter(paths.values()))[0])
    frame = pd.DataFrame({_("futures"): np.arange(2, count + 2)})
    for name, (mean, low, high) in paths.items():
        frame[name] = mean
        frame[f"{name}: {_('low')}"] = low
        frame[f"{name}: {_('high')}"] = high
    return frame
