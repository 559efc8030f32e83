"""Regrets: what a choice may cost where the outlook turns out to be another.

What it answers: expected net present value of each scenario as assumed and under each outlook, the
regret of each, and the choice whose largest regret is least.

What it leaves out: how likely an outlook is; minimax regret asks for none.

Who may import it: the modules of `tandem.charts`, batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd

from tandem.charts import numbers, source
from tandem.charts.brief import Choice
from tandem.charts.components import Note, said
from tandem.charts.source import BASE_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.regret import largest_regret, minimax_regret, regrets

__all__ = ["least", "payoffs", "regret", "sentence"]

Draws = np.ndarray[tuple[int], np.dtype[np.float64]]


def _payoffs(choice: Choice) -> tuple[list[str], dict[str, Draws]]:
    """Outlooks by what a reader calls them, and each candidate's expected values under them.

    Candidates that are simulated under every outlook; the first column is what is assumed.
    """
    _ = translator(choice.language)
    under = {name: source.stresses(choice.study, name) for name in choice.studies}
    every = list(dict.fromkeys(outlooks for found in under.values() for outlooks in found))
    named: dict[tuple[str, ...], str] = {}
    values = {}
    for name, found in under.items():
        if not every or any(outlooks not in found for outlooks in every):
            continue
        studies = [choice.study.of(found[outlooks]) for outlooks in every]
        named |= {
            outlooks: source.outlook_label(study)
            for outlooks, study in zip(every, studies, strict=True)
        }
        means = [s.draws_of(source.NPV).mean() for s in (choice.studies[name], *studies)]
        values[name] = np.array(means, dtype=float)
    return [_("As assumed"), *(named[outlooks] for outlooks in named)], values


def least(choice: Choice) -> str | None:
    """The candidate whose largest regret across outlooks is least; None with fewer than two."""
    _columns, values = _payoffs(choice)
    return minimax_regret(values) if len(values) > 1 else None


def sentence(choice: Choice) -> Note:
    """Who has the least largest regret, against the recommended one; who is not compared."""
    _, lang = translator(choice.language), choice.language
    _columns, values = _payoffs(choice)
    chosen = choice.chosen.scenario
    if len(values) < 2:
        return Note(
            _(
                "Fewer than two scenarios are simulated under every outlook: there is no regret to "
                "compare."
            )
        )
    best, largest = minimax_regret(values), largest_regret(values)
    words = {
        "scenario": choice.label(best),
        "amount": numbers.amount("money", largest[best], lang),
    }
    told = [
        _(
            "“{scenario}” has the least largest regret: whatever the outlook, {amount} at most.",
            **words,
        )
        if largest[best] > 0.0
        else _("“{scenario}” is best under every outlook: no regret.", scenario=words["scenario"])
    ]
    if chosen not in values:
        told.append(_("The recommended scenario is not simulated under every outlook."))
    elif chosen == best:
        told.append(_("It is the recommended scenario as well."))
    else:
        told.append(
            _(
                "That of the recommended scenario is {amount}.",
                amount=numbers.amount("money", largest[chosen], lang),
            )
        )
    absent = [choice.label(name) for name in choice.studies if name not in values]
    if absent:
        told.append(_("Not simulated under every outlook: {names}.", names="; ".join(absent)))
    return Note(said(*told))


def payoffs(choice: Choice) -> Table | None:
    """Expected net present value by outlook; None with fewer than two scenarios."""
    _ = translator(choice.language)
    columns, values = _payoffs(choice)
    title = _("Expected net present value by outlook, real, prices of {year}", year=BASE_YEAR)
    return _by_outlook(choice, "payoffs", title, columns, values) if len(values) > 1 else None


def regret(choice: Choice) -> Table | None:
    """Regret by outlook and the largest, least first; None with fewer than two scenarios."""
    _ = translator(choice.language)
    columns, values = _payoffs(choice)
    if len(values) < 2:
        return None
    largest = largest_regret(values)
    lost = regrets(values)
    rows = {name: np.append(lost[name], largest[name]) for name in sorted(lost, key=largest.get)}  # type: ignore[arg-type]  # every name is there
    title = _("Regret by outlook: what the best choice there would earn more")
    return _by_outlook(choice, "regrets", title, [*columns, _("Largest")], rows)


def _by_outlook(
    choice: Choice, id: str, title: str, columns: list[str], rows: dict[str, Draws]
) -> Table:
    _, lang = translator(choice.language), choice.language
    frame = pd.DataFrame(
        [
            {"scenario": choice.label(name), **dict(zip(columns, row, strict=True))}
            for name, row in rows.items()
        ]
    )
    shown = [Column(column, column, "money", group="npv") for column in columns]
    return table(id, title, frame, [Column("scenario", _("Scenario")), *shown], lang)
