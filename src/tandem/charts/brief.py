"""Brief: the decision across scenarios: which one, by how much, and what limits it.

What it answers: the recommendation and what it rests on; differences from doing nothing on one
axis; chances of the targets; the recommended scenario under each outlook; sales lost for want of
people. An item that the study cannot compute is absent.

What it leaves out: how the recommendation is made (`tandem.study.decision`), the decision in words
(`tandem.charts.verdict`), who acts by when (`tandem.charts.agenda`), and single scenarios.

Who may import it: batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from tandem.charts import bars, comparison, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.source import BASE_YEAR, PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study.decision import Futures, Recommendation, paired, recommend

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "Choice",
    "chances",
    "decide",
    "differences",
    "limits",
    "standings",
    "stress",
    "stress_differences",
]


@dataclass(frozen=True)
class Choice:
    """The decision of a study: its recommendation, and the scenarios that it was made among.

    studies: each candidate by name. reference: the candidate to compare with. rival: the candidate
    that the recommended one must beat: the reference, or the next best where the reference is
    recommended itself. stresses: the recommended scenario under each outlook, and its rival under
    the same one, by the outlook's label.
    """

    study: "Study"
    recommendation: Recommendation
    studies: dict[str, "Study"]
    stresses: dict[str, tuple["Study", "Study | None"]]
    reference: str | None
    rival: str | None

    @property
    def language(self) -> str:
        """Language of every sentence."""
        return self.study.language

    @property
    def chosen(self) -> "Study":
        """The recommended scenario."""
        return self.studies[self.recommendation.scenario]

    def label(self, scenario: str) -> str:
        """What a reader calls a candidate."""
        return self.studies[scenario].label


def decide(study: "Study") -> Choice:
    """The recommendation among the study's scenarios that are the company's to choose."""
    names = source.candidates(study)
    studies = {name: study.of(name) for name in names}
    reference = source.reference(study)
    recommendation = recommend({name: futures(s) for name, s in studies.items()}, reference)
    stresses = source.stresses(study, recommendation.scenario)
    gap = recommendation.to_reference or recommendation.to_next
    rival = gap.against if gap else None
    against = source.stresses(study, rival) if rival else {}
    return Choice(
        study=study,
        recommendation=recommendation,
        studies=studies,
        stresses={
            source.outlook_label(study.of(name)): (
                study.of(name),
                study.of(against[outlooks]) if outlooks in against else None,
            )
            for outlooks, name in stresses.items()
        },
        reference=reference,
        rival=rival,
    )


def futures(study: "Study") -> Futures:
    """What the decision reads of one scenario's futures."""
    return Futures(
        npv=study.draws_of(source.NPV),
        sales_met=study.draws_of(source.SALES_MET),
        customers_met=study.draws_of(source.CUSTOMERS_MET),
        cash_kept=study.draws_of(source.CASH_KEPT),
    )


def differences(choice: Choice) -> Chart:
    """Net present value less that of doing nothing, draw by draw, one row a scenario."""
    _, lang = translator(choice.language), choice.language
    recommendation = choice.recommendation
    base = choice.reference or recommendation.standings[-1].scenario
    rows = []
    for standing in recommendation.standings:
        if standing.scenario == base:
            rows.append(Interval(choice.label(base), 0.0, 0.0, 0.0, note=_("the reference")))
            continue
        gap = paired(
            standing.scenario,
            base,
            choice.studies[standing.scenario].draws_of(source.NPV),
            choice.studies[base].draws_of(source.NPV),
        )
        chosen = standing.scenario == recommendation.scenario
        rows.append(Interval(choice.label(standing.scenario), gap.p10, gap.p50, gap.p90, chosen))
    title, alt = _difference_words(choice, base)
    return comparison.intervals(
        "differences",
        title,
        alt,
        rows,
        kind="money",
        what=_("Net present value less that of “{reference}”", reference=choice.label(base)),
        language=lang,
    )


def _difference_words(choice: Choice, base: str) -> tuple[str, str]:
    """Title and finding of `differences`."""
    _, lang = translator(choice.language), choice.language
    gap = choice.recommendation.to_reference
    if gap is None:
        words = _("No other scenario is expected to earn more")
        return words, words
    amount = numbers.amount("money", gap.mean, lang)
    return (
        _("The recommended scenario earns {amount} more", amount=amount),
        _(
            "Difference of net present value from “{reference}”, future by future. “{scenario}”: "
            "{amount} more on average, {range} in 80 of 100 simulated futures.",
            reference=choice.label(base),
            scenario=choice.label(choice.recommendation.scenario),
            amount=amount,
            range=numbers.amount_range("money", gap.p10, gap.p90, lang),
        ),
    )


def chances(choice: Choice) -> Chart:
    """Chance of each target and of both, one row a scenario."""
    _ = translator(choice.language)
    standings_ = choice.recommendation.standings
    return _chances(
        "chances",
        [choice.label(s.scenario) for s in standings_],
        [(s.p_sales, s.p_customers, s.p_both) for s in standings_],
        0,
        _("Recommended"),
        choice.language,
    )


def standings(choice: Choice) -> Table:
    """Money and chances of every candidate, best first."""
    _, lang = translator(choice.language), choice.language
    rows = [
        {
            "scenario": choice.label(s.scenario),
            "mean": s.npv_mean,
            "p10": s.npv_p10,
            "p90": s.npv_p90,
            "both": s.p_both,
            "best": s.p_best,
            "cash": s.p_cash,
        }
        for s in choice.recommendation.standings
    ]
    return table(
        "standings",
        _("Net present value, real, prices of {year}, and futures of 100", year=BASE_YEAR),
        pd.DataFrame(rows),
        [
            Column("scenario", _("Scenario")),
            Column("mean", _("Expected value"), "money", group="npv"),
            Column("p10", _("P10"), "money", group="npv"),
            Column("p90", _("P90"), "money", group="npv"),
            Column("both", _("Both targets met"), "futures"),
            Column("best", _("Best of all"), "futures"),
            Column("cash", _("Cash limit kept"), "futures"),
        ],
        lang,
    )


def stress(choice: Choice) -> Chart | None:
    """Chances of the recommended scenario as assumed and under each outlook; None without any."""
    _ = translator(choice.language)
    if not choice.stresses:
        return None
    studies = {_("As assumed"): choice.chosen}
    studies |= {outlook: mine for outlook, (mine, _theirs) in choice.stresses.items()}
    every = [futures(study) for study in studies.values()]
    met = [
        tuple(float(m.mean()) for m in (f.sales_met, f.customers_met, f.both_met)) for f in every
    ]
    worst = min(range(len(met)), key=lambda place: (met[place][2], -place))
    rows = list(studies)
    return _chances("stress", rows, met, worst, rows[worst], choice.language, marked=False)


def stress_differences(choice: Choice) -> Chart | None:
    """Recommended less its rival under the same outlook; None where there is nothing to compare."""
    _, lang = translator(choice.language), choice.language
    pairs = {outlook: pair for outlook, pair in choice.stresses.items() if pair[1] is not None}
    if choice.rival is None or not pairs:
        return None
    rival = choice.label(choice.rival)
    first = _("As assumed")
    gaps = {
        outlook: paired("", "", mine.draws_of(source.NPV), theirs.draws_of(source.NPV))
        for outlook, (mine, theirs) in {
            first: (choice.chosen, choice.studies[choice.rival]),
            **pairs,
        }.items()
        if theirs is not None
    }
    worst = min(gaps, key=lambda outlook: gaps[outlook].mean)
    least = gaps[worst].mean
    amount = numbers.amount("money", abs(least), lang)
    title = (
        _("It stays ahead under every outlook")
        if least > 0
        else _("{outlook}: it falls behind by {amount}", outlook=worst, amount=amount)
    )
    return comparison.intervals(
        "stress-differences",
        title,
        _(
            "Net present value of the recommended scenario less that of “{rival}”, each under the "
            "same outlook. The mean difference is least here: {outlook}, {amount}.",
            rival=rival,
            outlook=worst,
            amount=numbers.amount("money", least, lang),
        ),
        [Interval(o, gap.p10, gap.p50, gap.p90, o == first) for o, gap in gaps.items()],
        kind="money",
        what=_("Net present value less that of “{reference}”", reference=rival),
        language=lang,
    )


def limits(choice: Choice) -> Chart:
    """Sales of the plan year lost for want of people, one bar a scenario."""
    _, lang = translator(choice.language), choice.language
    lost = {
        choice.label(name): float(study.draws_of(source.LOST_SALES).mean())
        for name, study in choice.studies.items()
    }
    most = max(lost, key=lambda name: lost[name])
    amount = numbers.amount("money", lost[most], lang)
    return bars.ranked(
        "limits",
        _("Missing people cost up to {amount} of sales", amount=amount),
        _(
            "Sales of {year} lost for want of people. Most are lost in “{scenario}”: {amount}.",
            year=PLAN_YEAR,
            scenario=most,
            amount=amount,
        ),
        lost,
        kind="money",
        what=_("Sales of {year} lost, mean of the simulated futures", year=PLAN_YEAR),
        language=lang,
        item=_("scenario"),
    )


def _chances(
    id: str,
    rows: list[str],
    met: list[tuple[float, ...]],
    told: int,
    name: str,
    language: str,
    marked: bool = True,
) -> Chart:
    """Chances of the targets, one row each; the title speaks of the row `told` by `name`."""
    _ = translator(language)
    events = (_("sales target"), _("new-customer target"), _("both"))
    count = numbers.of_100(met[told][2], language)
    return comparison.probabilities(
        id,
        _("{scenario}: both targets in {count}", scenario=name, count=count),
        _(
            "{scenario}. Sales target met: {sales}; new-customer target met: {customers}; both: "
            "{both}.",
            scenario=rows[told],
            sales=numbers.futures(met[told][0], language),
            customers=numbers.futures(met[told][1], language),
            both=numbers.futures(met[told][2], language),
        ),
        rows,
        {event: [row[place] for row in met] for place, event in enumerate(events)},
        chosen=rows[told] if marked else None,
        language=language,
    )
