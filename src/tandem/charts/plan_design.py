"""Plan design: what other pay plans would cost and bring, and which is best within bounds.

What it answers: each design's cost at fixed behaviour beside its cost and sales with behaviour; the
frontier of cost against contribution and against attrition; the best one under a budget and a fairness
bound; the present plan against another with intervals. And the page's answer in words.

What it leaves out: trying the designs (`tandem.study.plan_design`), single components
(`tandem.charts.payouts`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, source, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import plan_design
from tandem.study.pay_plans import plan_of
from tandem.study.plan_design import Bound, Design, Outcome, Trial

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["against", "answer", "bound_of", "frontier", "outcomes"]


def bound_of(trial: Trial, budget: float, dispersion: float) -> Bound:
    """The bound that a page asks for: ``budget`` over what the present plan costs in the mean."""
    return Bound(budget * float(trial.own.cost.mean()), dispersion)


def answer(study: "Study", trial: Trial, bound: Bound) -> Answer:
    """What the present plan costs and brings, and which design is best within the bound."""
    _, lang = translator(study.language), study.language
    own, chosen = trial.own, plan_design.best(trial.outcomes, bound)
    people = (
        f"{source.label(study, 'role', trial.role)}, {source.label(study, 'place', trial.place)}"
    )
    induced = float((own.cost - own.fixed_cost).mean())
    words = {
        "plan": _name(study, own.design),
        "people": people,
        "cost": numbers.amount("money", float(own.cost.mean()), lang),
        "induced": numbers.amount("money", induced, lang),
        "year": plan_design.TARGET_YEAR,
    }
    if chosen is None:
        headline = _("{people}: no design keeps within budget and fairness bound.", **words)
    elif chosen is own:
        headline = _("{people}: {plan} is the best design within the bounds.", **words)
    else:
        gain = plan_design.differences(chosen, own)["npv"]
        headline = _(
            "{people}: {best} would be worth {gain} more than {plan}, within the bounds.",
            best=_name(study, chosen.design),
            gain=numbers.amount("money", gain.mean, lang),
            **words,
        )
    return Answer(
        headline=headline,
        range=_(
            "The present plan costs {cost} in {year} with social cost; {induced} of it because people "
            "act on it.",
            **words,
        ),
        facts=(
            (
                _("Cost more than a tenth over budget"),
                numbers.of_100(plan_design.over_budget(own, bound.budget), lang),
            ),
            (_("Unequal pay at equal plan"), numbers.decimal(float(own.dispersion.mean()), 2)),
            (_("Budget"), numbers.amount("money", bound.budget, lang)),
            (_("Unequal pay at most"), numbers.decimal(bound.dispersion, 2)),
        ),
    )


def outcomes(study: "Study", trial: Trial, bound: Bound) -> Table:
    """Every design: cost at fixed behaviour and with it, what it brings, and whether it is allowed."""
    _, lang = translator(study.language), study.language
    chosen = plan_design.best(trial.outcomes, bound)
    rows = [
        {
            "design": f"{number}. {_name(study, one.design)}",
            "fixed": float(one.fixed_cost.mean()),
            "cost": float(one.cost.mean()),
            "sales": float(one.sales.mean()),
            "contribution": float(one.contribution.mean()),
            "attrition": float(one.attrition.mean()),
            "dispersion": float(one.dispersion.mean()),
            "over": plan_design.over_budget(one, bound.budget),
            "met": float(one.both_met.mean()),
            "verdict": _verdict(study, one, chosen, bound),
        }
        for number, one in enumerate(trial.outcomes, start=1)
    ]
    return table(
        "designs",
        _(
            "Designs on the same futures, means; within the bounds: pay of {budget}, unequal pay of "
            "{unequal} at most",
            budget=numbers.amount("money", bound.budget, lang),
            unequal=numbers.decimal(bound.dispersion, 2),
        ),
        pd.DataFrame(rows),
        [
            Column("design", _("Design")),
            Column("fixed", _("Cost at fixed behaviour"), "money", group="cost"),
            Column("cost", _("Cost with behaviour"), "money", group="cost"),
            Column("sales", _("Sales of {year}", year=plan_design.TARGET_YEAR), "money", group="sold"),
            Column("contribution", _("Contribution to 2029"), "money", group="sold"),
            Column("attrition", _("Attrition"), "share"),
            Column("dispersion", _("Unequal pay"), "number"),
            Column("over", _("Over budget by a tenth"), "futures"),
            Column("met", _("Both targets met"), "futures"),
            Column("verdict", _("Within the bounds")),
        ],
        lang,
    )  # fmt: skip


def against(study: "Study", trial: Trial, plans: Sequence[str]) -> Table | None:
    """The present plan less the first other one of ``plans``, paired, with intervals; None without."""
    _, lang = translator(study.language), study.language
    others = [o for o in trial.outcomes[1:] if o.design in [Design(plan) for plan in plans]]
    if not others:
        return None
    other = others[0]
    found = plan_design.differences(trial.own, other)
    kinds = {
        "sales": (_("Sales of {year}", year=plan_design.TARGET_YEAR), "money"),
        "cost": (_("Pay and social cost"), "money"),
        "attrition": (_("Attrition"), "share"),
        "quality": (_("Quality of people, standard deviations"), "number"),
        "both_met": (_("Both targets met"), "share"),
        "npv": (_("Net present value"), "money"),
    }
    rows = []
    for name, (label, kind) in kinds.items():
        d = found[name]
        rows.append(
            {
                "figure": label,
                "own": _amount(kind, float(getattr(trial.own, name).mean()), lang),
                "other": _amount(kind, float(getattr(other, name).mean()), lang),
                "difference": _amount(kind, d.mean, lang),
                "interval": _interval(kind, d.low, d.high, lang),
            }
        )
    return table(
        "against",
        _(
            "{own} against {other}, on the same futures",
            own=_name(study, trial.own.design),
            other=_name(study, other.design),
        ),
        pd.DataFrame(rows),
        [
            Column("figure", _("Figure")),
            Column("own", _name(study, trial.own.design)),
            Column("other", _name(study, other.design)),
            Column("difference", _("Difference")),
            Column("interval", _("95 % interval")),
        ],
        lang,
    )


def frontier(study: "Study", trial: Trial) -> Chart:
    """Cost of each design against its contribution and against attrition."""
    _, lang = translator(study.language), study.language
    names = [_name(study, one.design) for one in trial.outcomes]
    cost = np.array([one.cost.mean() for one in trial.outcomes])
    gained = np.array([one.contribution.mean() for one in trial.outcomes])
    leaving = np.array([one.attrition.mean() for one in trial.outcomes])
    highest = int(np.argmax(gained))
    size, worth = (numbers.scale("money", list(values), lang) for values in (cost, gained))
    words = {
        "design": names[highest],
        "most": numbers.amount("money", float(gained[highest]), lang),
        "cost": numbers.amount("money", float(cost[highest]), lang),
    }
    data = pd.DataFrame(
        {_("design"): names, _("cost"): cost, _("contribution"): gained, _("attrition"): leaving}
    )

    def paint(figure: Figure) -> None:
        left, right = figure.subplots(1, 2)
        for axes, values, percent in (
            (left, gained / worth.divisor, False),
            (right, leaving, True),
        ):
            _dots(axes, cost / size.divisor, values, names, percent=percent)
        left.set_title(_("Contribution to 2029, {unit}", unit=worth.unit), size=theme.SMALL)
        right.set_title(_("Attrition a year"), size=theme.SMALL)

    return draw(
        "pay-frontier",
        _("{design} brings most: {most} for {cost} of pay", **words),
        _(
            "Designs of pay by cost: contribution of the market to 2029, and attrition of 2027. "
            "{design} brings most: {most} for {cost} of pay. The numbers are those of the table.",
            **words,
        ),
        data,
        units=_("Right: cost of {year}, {unit}", year=plan_design.TARGET_YEAR, unit=size.unit),
        height=3.0,
        language=lang,
        paint=paint,
    )


def _dots(
    axes: Axes, right: np.ndarray, up: np.ndarray, names: list[str], *, percent: bool
) -> None:
    """One numbered dot a design, the present one filled."""
    for number, (x, y) in enumerate(zip(right, up, strict=True), start=1):
        own = number == 1
        axes.plot(
            [x],
            [y],
            marker="o",
            ms=8,
            color=theme.PALETTE[0],
            mfc=theme.PALETTE[0] if own else "white",
        )
        axes.annotate(
            str(number), (x, y), (6, 4), textcoords="offset points", size=theme.SMALL, color=theme.GREY
        )  # fmt: skip
    axes.margins(0.18)
    theme.plain_axes(axes, "both")
    axes.xaxis.set_major_locator(MaxNLocator(4))
    axes.yaxis.set_major_locator(MaxNLocator(5))
    if percent:
        axes.yaxis.set_major_formatter(FuncFormatter(_percent))


def _percent(value: float, _position: object = None) -> str:
    """The label of a tick that is a share, with the decimals that it has."""
    return f"{numbers.tick(100.0 * value)} %"


def _name(study: "Study", design: Design) -> str:
    _, lang = translator(study.language), study.language
    plan = str(getattr(plan_of(study.assumptions, design.plan).label, lang))
    if design.commission is None:
        return _("“{plan}”", plan=plan)
    share = f"{numbers.tick(100.0 * design.commission)} %"
    return _("“{plan}” at {share} commission", plan=plan, share=share)


def _verdict(study: "Study", one: Outcome, chosen: Outcome | None, bound: Bound) -> str:
    _ = translator(study.language)
    if one is chosen:
        return _("best")
    if one.cost.mean() > bound.budget:
        return _("over the budget")
    return _("too unequal") if one.dispersion.mean() > bound.dispersion else _("yes")


def _amount(kind: str, value: float, language: str) -> str:
    return numbers.decimal(value, 2) if kind == "number" else numbers.amount(kind, value, language)


def _interval(kind: str, low: float, high: float, language: str) -> str:
    if kind == "number":
        return f"{numbers.decimal(low, 2)} – {numbers.decimal(high, 2)}"
    return numbers.amount_range(kind, low, high, language)
