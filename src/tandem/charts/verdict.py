"""Verdict: the decision in words: the answer, the points behind it, and what to notice.

What it answers: which scenario to choose and how sure that is, in one sentence; at most six ranked
points, each a fact and why it matters; a callout where another scenario hits the targets more
often, or where no scenario stays within the cash limit.

What it leaves out: figures and tables of the decision (`tandem.charts.brief`).

Who may import it: batch, site, cli and notebooks.
"""

from tandem.charts import doubts, numbers, source
from tandem.charts.brief import Choice, futures
from tandem.charts.components import Answer, Callout, Point, Points
from tandem.charts.information import Asked
from tandem.charts.source import BASE_YEAR, PLAN_YEAR
from tandem.language import translator
from tandem.study.decision import Difference

__all__ = ["answer", "callout", "points"]


def answer(choice: Choice) -> Answer:
    """The recommendation, how often it is best, its expected value and the chances of the target."""
    _, lang = translator(choice.language), choice.language
    chosen = choice.recommendation.chosen
    facts = []
    deadline = choice.study.settings.deadline
    if deadline:
        facts.append((_("Decide by"), numbers.day(deadline, lang)))
    facts += [
        (_("Futures with the sales target met"), numbers.of_100(chosen.p_sales, lang)),
        (_("Futures with the new-customer target met"), numbers.of_100(chosen.p_customers, lang)),
        (_("Futures with both met"), numbers.of_100(chosen.p_both, lang)),
        (_("Futures within the cash limit"), numbers.of_100(chosen.p_cash, lang)),
    ]
    gap = choice.recommendation.to_reference
    if gap is not None:
        label = _("Expected gain on “{scenario}”", scenario=choice.label(gap.against))
        facts.append((label, numbers.amount("money", gap.mean, lang)))
    return Answer(
        headline=_(
            "Choose: {scenario}. It is best {futures}.",
            scenario=choice.label(chosen.scenario),
            futures=numbers.futures(chosen.p_best, lang),
        ),
        range=_(
            "Expected net present value {mean}, real, in prices of {year}; in 80 of 100 simulated "
            "futures it is {range}.",
            mean=numbers.amount("money", chosen.npv_mean, lang),
            year=BASE_YEAR,
            range=numbers.amount_range("money", chosen.npv_p10, chosen.npv_p90, lang),
        ),
        facts=tuple(facts),
    )


def points(choice: Choice, asked: Asked | None = None) -> Points:
    """What the choice rests on, the heaviest first, six at most; what is not computed is absent."""
    found = (
        _money(choice),
        _targets(choice),
        _people(choice),
        _runner_up(choice),
        _outlook(choice),
        None if asked is None else doubts.turning(asked),
    )
    return Points(point for point in found if point is not None)


def callout(choice: Choice) -> Callout | None:
    """What a reader must notice before agreeing, or None."""
    _, lang = translator(choice.language), choice.language
    recommendation = choice.recommendation
    if not recommendation.chosen.within_cash:
        return Callout(
            _(
                "No scenario stays within the cash limit often enough; “{scenario}” does so most "
                "often: {futures}.",
                scenario=choice.label(recommendation.scenario),
                futures=numbers.futures(recommendation.chosen.p_cash, lang),
            ),
            "warning",
        )
    if recommendation.likelier is None:
        return None
    likelier = recommendation.standing(recommendation.likelier.scenario)
    return Callout(
        _(
            "“{other}” hits both targets more often: {theirs} against {mine}. Its expected net "
            "present value is {amount}, less than that of “{scenario}”.",
            other=choice.label(likelier.scenario),
            theirs=numbers.of_100(likelier.p_both, lang),
            mine=numbers.of_100(recommendation.chosen.p_both, lang),
            amount=numbers.amount("money", likelier.npv_mean, lang),
            scenario=choice.label(recommendation.scenario),
        )
        if likelier.within_cash
        else _(
            "“{other}” hits both targets more often ({theirs} against {mine}), but needs more cash "
            "than there is in too many futures.",
            other=choice.label(likelier.scenario),
            theirs=numbers.of_100(likelier.p_both, lang),
            mine=numbers.of_100(recommendation.chosen.p_both, lang),
        ),
        "note",
    )


def _money(choice: Choice) -> Point | None:
    _, lang = translator(choice.language), choice.language
    gap = choice.recommendation.to_reference
    if gap is None:
        return None
    return Point(
        _(
            "It earns {amount} more than “{reference}”, and is ahead {futures}.",
            amount=numbers.amount("money", gap.mean, lang),
            reference=choice.label(gap.against),
            futures=numbers.futures(gap.p_ahead, lang),
        ),
        _("That gap is what doing nothing would cost ({interval}).", interval=_interval(gap, lang))
        if gap.clear
        else _("That gap could be chance ({interval}).", interval=_interval(gap, lang)),
    )


def _targets(choice: Choice) -> Point:
    _, lang = translator(choice.language), choice.language
    recommendation = choice.recommendation
    chosen = recommendation.chosen
    fact = _("It meets both targets {futures}.", futures=numbers.futures(chosen.p_both, lang))
    others = [s for s in recommendation.standings if s.scenario != chosen.scenario]
    if choice.reference is not None and choice.reference != chosen.scenario:
        others = [recommendation.standing(choice.reference)]
    if not others:
        return Point(fact, _("There is no other scenario to compare with."))
    other = max(others, key=lambda standing: standing.p_both)
    values = {
        "scenario": choice.label(other.scenario),
        "futures": numbers.futures(other.p_both, lang),
    }
    if other.p_both < chosen.p_both:
        return Point(
            fact, _("“{scenario}” meets them {futures}: it takes this decision.", **values)
        )
    return Point(fact, _("“{scenario}” meets them {futures}.", **values))


def _people(choice: Choice) -> Point:
    """What hiring must do before a launch; and the scenario that loses most for want of people."""
    _, lang = translator(choice.language), choice.language
    lost = {
        choice.label(name): float(s.draws_of(source.LOST_SALES).mean())
        for name, s in choice.studies.items()
    }
    mine = lost[choice.label(choice.recommendation.scenario)]
    worst = max(lost, key=lambda name: lost[name])
    if lost[worst] > mine:
        losses = _(
            "“{worst}” loses {amount} of sales in {year} for want of people; this loses {mine}.",
            worst=worst,
            amount=numbers.amount("money", lost[worst], lang),
            year=PLAN_YEAR,
            mine=numbers.amount("money", mine, lang),
        )
    else:
        losses = _(
            "Even so, {amount} of its sales of {year} are lost for want of people.",
            amount=numbers.amount("money", mine, lang),
            year=PLAN_YEAR,
        )
    launch = source.launch(choice.chosen)
    if launch is None:
        why = _("Demand is served only by people who were hired and trained in time.")
        return Point(losses, why)
    opened = source.planned(choice.chosen)[:launch].sum()
    return Point(
        _(
            "Human resources opens {count} requisitions before the launch in {month}.",
            count=numbers.amount("count", float(opened), lang),
            month=numbers.month(source.months(choice.chosen)[launch], lang),
        ),
        losses,
    )


def _runner_up(choice: Choice) -> Point | None:
    _, lang = translator(choice.language), choice.language
    gap = choice.recommendation.to_next
    if gap is None or gap.against == choice.reference:
        return None
    matters = (
        _("The difference is clear: {interval}.", interval=_interval(gap, lang))
        if gap.clear
        else _(
            "The difference is small against its uncertainty ({interval}): either choice is "
            "defensible.",
            interval=_interval(gap, lang),
        )
    )
    return Point(
        _(
            "The next best, “{scenario}”, earns {amount} less.",
            scenario=choice.label(gap.against),
            amount=numbers.amount("money", gap.mean, lang),
        ),
        matters,
    )


def _outlook(choice: Choice) -> Point | None:
    _, lang = translator(choice.language), choice.language
    if not choice.stresses:
        return None
    both = {
        outlook: float(futures(mine).both_met.mean())
        for outlook, (mine, _theirs) in choice.stresses.items()
    }
    worst = min(both, key=lambda outlook: both[outlook])
    mine, theirs = choice.stresses[worst]
    fact = _(
        "Under the outlook “{outlook}” it meets both targets {futures}.",
        outlook=worst,
        futures=numbers.futures(both[worst], lang),
    )
    if theirs is None or choice.rival is None:
        return Point(fact, _("That outlook harms it most."))
    ahead = float((mine.draws_of(source.NPV) > theirs.draws_of(source.NPV)).mean())
    values = {"rival": choice.label(choice.rival), "futures": numbers.futures(ahead, lang)}
    return Point(
        fact,
        _("Even there it earns more than “{rival}” {futures}.", **values)
        if ahead > 0.5
        else _("It earns more than “{rival}” there {futures}.", **values),
    )


def _interval(gap: Difference, language: str) -> str:
    _ = translator(language)
    return _(
        "95 % interval {range}", range=numbers.amount_range("money", gap.low, gap.high, language)
    )
