"""Pay components: the payout curve of one, and what each of a plan comes to.

What it answers: what a result pays, where most people stand on the curve, the mean cost beside the
pay at target; by component the cost, what people of low, middle and high ability get, and what it is
worth to them.

What it leaves out: pay as simulated (`tandem.charts.pay`) and how components go together.

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from tandem.charts import numbers, theme
from tandem.charts.chart import Chart, draw
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.incentives import assessment
from tandem.model.incentives.component import Component
from tandem.study.pay_plans import assessed_plan, components_of, people_of, plan_of

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["components", "curve", "persons"]

_POINTS = 401
_FURTHEST = 2.0  # attainment at the right edge


def curve(study: "Study", plan: str, component: str) -> Chart:
    """Payout of one component of a plan by attainment; title: its cost beside its pay at target.

    Raises KeyError for a plan or a component that there is not.
    """
    _, lang = translator(study.language), study.language
    given, people = components_of(study.assumptions, plan)[component], people_of(study.assumptions)
    attainment = np.linspace(0.0, _FURTHEST, _POINTS)
    payout = assessment.payout_curve(given, people)
    pay = 100.0 * np.array([float(payout.at(np.asarray(a))[0, 0]) for a in attainment])
    rate = assessment.marginal_rates(given, people, list(attainment))[:, 0, 0]
    cost = numbers.amount("share", float(assessment.expected_cost(given, people)[0, 0]), lang)
    at_target = numbers.amount("share", float(payout.at(np.ones(1))[0, 0]), lang)
    name = _label(given, lang)
    ranks = (0.1, 0.5, 0.9)
    standing = _standing(given, people, ranks)
    title = _(
        "{component}: {target} of target pay at target, {cost} in the mean of people",
        component=name,
        target=at_target,
        cost=cost,
    )
    alt = _(
        "{component} of the plan {plan} by attainment, as a share of target pay: {target} at target. "
        "People differ, so that it costs {cost} in the mean; 80 of 100 people attain {low} to {high}.",
        component=name,
        plan=getattr(plan_of(study.assumptions, plan).label, lang),
        target=at_target,
        cost=cost,
        low=numbers.amount("share", standing[0], lang),
        high=numbers.amount("share", standing[2], lang),
    )
    data = pd.DataFrame(
        {
            _("attainment"): attainment,
            _("pay over target pay"): pay / 100.0,
            _("pay per unit of attainment"): rate,
        }
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        axes.plot(100.0 * attainment, pay, color=theme.PALETTE[0], lw=2.2)
        axes.axhline(0.0, color=theme.GREY, lw=0.8)
        low, high = axes.get_ylim()
        axes.set_ylim(low, high + 0.25 * (high - low))
        for place, label, down in zip(
            standing, ("P10", _("median"), "P90"), (2, 14, 2), strict=True
        ):
            axes.axvline(100.0 * place, color=theme.GREY, lw=1.0, ls=":")
            axes.annotate(
                label,
                (100.0 * place, 1.0),
                (4, -down),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                va="top",
                color=theme.GREY,
                size=theme.SMALL,
            )
        theme.plain_axes(axes, "y")
        axes.set_xlim(0.0, 100.0 * _FURTHEST)
        axes.xaxis.set_major_locator(MaxNLocator(8))
        axes.yaxis.set_major_locator(MaxNLocator(5))
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
        axes.yaxis.set_major_formatter(FuncFormatter(numbers.tick))

    units = _("Up: pay, % of target pay; right: attainment, %; dotted: where people stand")
    return draw(
        f"payout-{plan}-{component}".replace("_", "-"),
        title,
        alt,
        data,
        units=units,
        height=2.9,
        language=lang,
        paint=paint,
    )


def components(study: "Study", plan: str) -> Table:
    """Every component of a plan on its own, shares of target pay; raises KeyError for no such plan."""
    _, lang = translator(study.language), study.language
    rows = [
        {
            "component": _label(one.component, lang),
            "cost": one.cost,
            "at_mean": one.at_mean,
            "low": one.low,
            "middle": one.middle,
            "top": one.top,
            "value": one.value,
        }
        for one in assessed_plan(study.assumptions, plan)
    ]
    shown = [
        ("cost", _("Mean cost")),
        ("at_mean", _("Paid at mean attainment")),
        ("low", _("Low performer")),
        ("middle", _("Median performer")),
        ("top", _("Top performer")),
        ("value", _("Worth to people")),
    ]
    return table(
        f"components-{plan}".replace("_", "-"),
        _(
            "{plan}: components over target pay, each on its own",
            plan=getattr(plan_of(study.assumptions, plan).label, lang),
        ),
        pd.DataFrame(rows),
        [
            Column("component", _("Component")),
            *(Column(name, words, "share", group="pay") for name, words in shown),
        ],
        lang,
    )


def persons(study: "Study", plans: Sequence[str]) -> Table:
    """What a low, median and top performer is paid on each plan over target pay, luck averaged."""
    _, lang = translator(study.language), study.language
    rows = []
    for plan in plans:
        parts = assessed_plan(study.assumptions, plan)
        rows.append(
            {
                "plan": getattr(plan_of(study.assumptions, plan).label, lang),
                **{
                    name: sum(getattr(one, name) for one in parts)
                    for name in ("low", "middle", "top", "cost", "value")
                },
            }
        )
    shown = [
        ("low", _("Low performer")),
        ("middle", _("Median performer")),
        ("top", _("Top performer")),
        ("cost", _("Mean cost")),
        ("value", _("Worth to people")),
    ]
    return table(
        "persons",
        _("What each kind of person is paid over target pay, by plan"),
        pd.DataFrame(rows),
        [
            Column("plan", _("Plan")),
            *(Column(name, words, "share", group="pay") for name, words in shown),
        ],
        lang,
    )


def _label(component: Component, language: str) -> str:
    """Its name in the study's language."""
    return component.label[1 if language == "zh" else 0]


def _standing(
    component: Component, people: assessment.People, ranks: tuple[float, float, float]
) -> list[float]:
    """Attainment of people at these ranks over the component's pay period."""
    for strand in assessment.strands(component, people):
        return [float(np.squeeze(strand.reached(rank))) for rank in ranks]
    return [1.0, 1.0, 1.0]
