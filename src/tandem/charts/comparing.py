"""Comparing: which scenario and why: by how much, how often it is best, and for whom.

What it answers: the recommended scenario less each other one, future by future; how often each is
best of all; whether the recommended one dominates the others for every chooser, for those who
dislike risk, or for neither.

What it leaves out: the decision page itself (`tandem.charts.brief`), risk and cost
(`tandem.charts.risks`, `frontier`), other outlooks (`regrets`), whether the futures are enough
(`convergence`).

Who may import it: batch, site, cli and notebooks.
"""

import pandas as pd

from tandem.charts import comparison, frontier, numbers, regrets, source
from tandem.charts.brief import Choice
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Answer
from tandem.charts.convergence import converged, gap_sentence
from tandem.charts.tables import Column, Table, table
from tandem.language import Translator, translator
from tandem.study.decision import Difference, paired
from tandem.study.dominance import Order, dominance, dominated_by

__all__ = ["ahead", "answer", "best", "dominances"]


def answer(choice: Choice) -> Answer:
    """The recommended scenario, by how much it leads the next, and what else speaks for it."""
    _, lang = translator(choice.language), choice.language
    chosen, gap = choice.recommendation.chosen, choice.recommendation.to_next
    facts = [
        (_("Futures in which it is best of all"), numbers.of_100(chosen.p_best, lang)),
        (_("Futures with both targets met"), numbers.of_100(chosen.p_both, lang)),
        (_("On the frontier of cost and chance"), _yes_no(frontier.is_efficient(choice), _)),
    ]
    least = regrets.least(choice)
    if least is not None:
        facts.append((_("Least regret across outlooks"), choice.label(least)))
    return Answer(
        headline=_headline(choice, gap),
        range=gap_sentence(converged(choice), lang),
        facts=tuple(facts),
    )


def _headline(choice: Choice, gap: Difference | None) -> str:
    """What to choose; there may be nothing to choose between."""
    _, lang = translator(choice.language), choice.language
    scenario = choice.label(choice.recommendation.scenario)
    if len(choice.studies) == 1:
        return _("There is one scenario, “{scenario}”: no other to choose.", scenario=scenario)
    if gap is None:
        return _(
            "Choose: {scenario}. No other scenario stays within the cash limit often enough.",
            scenario=scenario,
        )
    other = choice.label(gap.against)
    if converged(choice).identical:
        return _(
            "Choose “{scenario}” or “{other}”: they earn the same in every simulated future.",
            scenario=scenario,
            other=other,
        )
    return _(
        "Choose: {scenario}. It earns {amount} more than the next best, “{other}”, and is ahead "
        "of it {futures}.",
        scenario=scenario,
        other=other,
        amount=numbers.amount("money", gap.mean, lang),
        futures=numbers.futures(gap.p_ahead, lang),
    )


def ahead(choice: Choice) -> Chart | None:
    """Recommended scenario less each other one, future by future; None with no other."""
    _, lang = translator(choice.language), choice.language
    gaps = _gaps(choice)
    if not gaps:
        return None
    first = choice.recommendation.to_next or gaps[0]
    return comparison.intervals(
        "ahead",
        _("It beats the next best in {count}", count=numbers.of_100(first.p_ahead, lang)),
        _(
            "Net present value of “{scenario}” less that of each other scenario, future by future. "
            "Against “{other}”: {amount} more on average, {range} in 80 of 100 simulated futures.",
            scenario=choice.label(first.scenario),
            other=choice.label(first.against),
            amount=numbers.amount("money", first.mean, lang),
            range=numbers.amount_range("money", first.p10, first.p90, lang),
        ),
        [
            Interval(choice.label(g.against), g.p10, g.p50, g.p90, g.against == first.against)
            for g in gaps
        ],
        kind="money",
        what=_("Net present value of the recommended scenario less that of each other"),
        language=lang,
    )


def _gaps(choice: Choice) -> list[Difference]:
    """Paired differences of net present value from the recommended scenario, nearest first."""
    mine = choice.chosen.draws_of(source.NPV)
    found = [
        paired(choice.chosen.scenario, name, mine, study.draws_of(source.NPV))
        for name, study in choice.studies.items()
        if name != choice.chosen.scenario
    ]
    return sorted(found, key=lambda gap: gap.mean)


def best(choice: Choice) -> Chart:
    """In how many futures each scenario has the highest net present value; equals share one."""
    _, lang = translator(choice.language), choice.language
    recommendation = choice.recommendation
    ordered = sorted(recommendation.standings, key=lambda s: -s.p_best)
    chosen = recommendation.chosen
    return comparison.probabilities(
        "best",
        _(
            "The recommended scenario is best in {count}",
            count=numbers.of_100(chosen.p_best, lang),
        ),
        _(
            "Share of simulated futures in which each scenario has the highest net present value. "
            "Most often: “{scenario}”, {futures}.",
            scenario=choice.label(ordered[0].scenario),
            futures=numbers.futures(ordered[0].p_best, lang),
        ),
        [choice.label(s.scenario) for s in ordered],
        {_("best of all"): [s.p_best for s in ordered]},
        chosen=choice.label(chosen.scenario),
        language=lang,
    )


def dominances(choice: Choice) -> Table | None:
    """Who dominates whom by net present value; None with one scenario."""
    _, lang = translator(choice.language), choice.language
    if len(choice.studies) == 1:
        return None
    npv = {name: study.draws_of(source.NPV) for name, study in choice.studies.items()}
    by = dominated_by(npv)
    mine = npv[choice.chosen.scenario]
    words = {Order.NONE: _("No"), Order.FIRST: _("Yes, for everybody"),
             Order.SECOND: _("Yes, for who dislikes risk")}  # fmt: skip
    rows = []
    for standing in choice.recommendation.standings:
        name = standing.scenario
        itself = name == choice.chosen.scenario
        rows.append(
            {
                "scenario": choice.label(name),
                "chosen": numbers.MISSING if itself else words[dominance(mine, npv[name])],
                "any": ", ".join(choice.label(other) for other in by[name]) or _("none"),
            }
        )
    return table(
        "dominance",
        _("Stochastic dominance by net present value, on the simulated futures"),
        pd.DataFrame(rows),
        [
            Column("scenario", _("Scenario")),
            Column("chosen", _("Dominated by the recommended one")),
            Column("any", _("All that dominate it")),
        ],
        lang,
    )


def _yes_no(value: bool, _: Translator) -> str:
    return _("Yes") if value else _("No")
