"""Staging: whether to try a launch in a few cities first, in words and in a figure.

What it answers: what a pilot with a rule is worth against deciding now, with its interval; what the rule
is and how often it does what; money of each way to go.

What it leaves out: simulating the pilot and fitting the rule (`tandem.study.staging`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np

from tandem.charts import comparison, numbers
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Note, said
from tandem.language import Translator, translator
from tandem.study.staging import ACTIONS, Staged, Tried

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["ways", "words"]


def words(study: "Study", tried: Tried | None) -> Note:
    """The rule, what it does, and what the option is worth; or that no pilot is declared."""
    _, lang = translator(study.language), study.language
    if tried is None:
        return Note(_("No pilot is declared, so there is nothing to stage."))
    pilot, staged = tried.pilot, tried.staged
    option = staged.option
    values = {
        "share": numbers.amount("share", pilot.share, lang),
        "begins": numbers.month(pilot.begins, lang),
        "decided": numbers.month(pilot.decided, lang),
        "amount": numbers.amount("money", abs(option.mean), lang),
        "range": numbers.amount_range("money", option.low, option.high, lang),
        "now": _now(_)[staged.decided_now],
        "flexible": numbers.amount("money", staged.flexibility.mean, lang),
    }
    if not option.clear:
        first = _(
            "A pilot of {share} of the market from {begins}, decided on in {decided}, shows no clear "
            "difference in value from “{now}” (95 % interval {range}).",
            **values,
        )
    elif option.mean > 0:
        first = _(
            "A pilot of {share} of the market from {begins}, decided on in {decided}, is worth {amount} "
            "more than “{now}” (95 % interval {range}).",
            **values,
        )
    else:
        first = _(
            "A pilot of {share} of the market from {begins}, decided on in {decided}, costs {amount} "
            "against “{now}” (95 % interval {range}): what is learnt does not pay for the wait.",
            **values,
        )
    return Note(said(first, _rule(_, staged, lang), _flexibility(_, values)))


def ways(study: "Study", tried: Tried | None) -> Chart | None:
    """Net present value of launching now, never, and of each thing that may follow the pilot."""
    if tried is None:
        return None
    _, lang = translator(study.language), study.language
    found = tried.continuations
    every = {
        _("Launch at once"): found.now,
        **{_actions(_)[action]: found.npv[action] for action in reversed(ACTIONS)},
        _("No launch"): found.never,
    }
    best = max(every, key=lambda way: float(every[way].mean()))
    rows = []
    for way, npv in every.items():
        p10, p50, p90 = (float(q) for q in np.quantile(npv, (0.1, 0.5, 0.9)))
        rows.append(Interval(way, p10, p50, p90, way == best))
    values = {
        "way": best,
        "amount": numbers.amount("money", float(every[best].mean()), lang),
        "count": numbers.amount("count", found.seen.size, lang),
    }
    return comparison.intervals(
        "ways-to-stage",
        _("{way}: {amount} on average", **values),
        _(
            "Net present value of each way to go, whatever is seen, on the same {count} futures. “{way}” "
            "has the highest mean, {amount}.",
            **values,
        ),
        rows,
        kind="money",
        what=_("Net present value"),
        language=lang,
        item=_("way"),
    )


def _rule(_: Translator, staged: Staged, language: str) -> str:
    """What the rule does, by what the pilot shows."""
    rule, shares = staged.rule, staged.shares
    values = {
        "low": numbers.amount("share", rule.low, language),
        "high": numbers.amount("share", rule.high, language),
        "stop": numbers.of_100(shares["stop"], language),
        "hold": numbers.of_100(shares["hold"], language),
        "roll_out": numbers.of_100(shares["roll_out"], language),
    }
    if not np.isfinite(rule.high) or not np.isfinite(rule.low):
        return _(
            "The best rule stops in {stop} futures, holds in {hold} and rolls out in {roll_out}.",
            **values,
        )
    return _(
        "The rule: roll out where the pilot wins at least {high} of its planned new customers, stop "
        "below {low}, else hold. It stops in {stop} futures, holds in {hold} and rolls out in {roll_out}.",
        **values,
    )


def _flexibility(_: Translator, values: dict[str, str]) -> str:
    return _(
        "Being free to stop after the pilot is worth {flexible} against rolling out in any case.",
        **values,
    )


def _actions(_: Translator) -> dict[str, str]:
    return {
        "stop": _("Pilot, then stop"),
        "hold": _("Pilot, then hold"),
        "roll_out": _("Pilot, then roll out"),
    }


def _now(_: Translator) -> dict[str, str]:
    return {"launch": _("launch at once"), "never": _("no launch")}
