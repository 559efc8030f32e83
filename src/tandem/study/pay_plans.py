"""Pay plans of a scenario, component by component, at central values: for pages and notebooks.

Answers: which components a plan has, whom it pays, and what each comes to by its own. Leaves out
behaviour and what the simulation pays (`tandem.results`). Charts and notebooks may import it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.schema.pay import PayPlan, median_component, pay_components
from tandem.model.incentives import assessment
from tandem.model.incentives.assessment import People
from tandem.model.incentives.component import Component
from tandem.model.incentives.curve import PayCurve, floored

LOW, MIDDLE, TOP = 0.1, 0.5, 0.9  # ranks of lasting ability


@dataclass(frozen=True, slots=True)
class Assessed:
    """One component of a plan, over target pay: shares of a month's, equity at its fair value.

    ``at_mean`` is what a person of mean attainment is paid, ``low``, ``middle`` and ``top`` what people at
    the tenth, fiftieth and ninetieth rank of ability are paid in the mean over luck.
    """

    name: str
    component: Component
    cost: float
    at_mean: float
    low: float
    middle: float
    top: float
    value: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """One component as a curve: pay over target pay (point,) at ``at`` (point,).

    ``at`` is attainment, or for equity the share's price over that of the grant. ``without`` is what
    would be paid without a component that only alters the pay others earn, else None.
    """

    component: Component
    at: NDArray[np.float64]
    pay: NDArray[np.float64]
    without: NDArray[np.float64] | None = None


def company_of(assumptions: Assumptions) -> Company:
    """The company as its base files say."""
    assert isinstance(assumptions.base, Company)
    return assumptions.base


def idle_plans(assumptions: Assumptions) -> frozenset[str]:
    """Pay plans of the files that no position is on, in no month of the scenario."""
    chosen = {path: {leaf.value} for path, leaf in assumptions.leaves.items() if _is_plan(path)}
    for patch in assumptions.patches:
        if _is_plan(patch.path):
            chosen[patch.path].add(patch.value)
    taken = set().union(*chosen.values())
    return frozenset(set(company_of(assumptions).incentives) - taken)


def plans_in_use(assumptions: Assumptions) -> list[str]:
    """Pay plans that some position is on in some month of the scenario, in the files' order."""
    idle = idle_plans(assumptions)
    return [plan for plan in company_of(assumptions).incentives if plan not in idle]


def _is_plan(path: str) -> bool:
    """Whether a path is a position's choice of plan: roles.ROLE.places.PLACE.plan."""
    parts = path.split(".")
    return len(parts) == 5 and (parts[0], parts[2], parts[4]) == ("roles", "places", "plan")


def plan_of(assumptions: Assumptions, plan: str) -> PayPlan:
    """A pay plan; raises KeyError with the names that there are."""
    plans = company_of(assumptions).incentives
    if plan not in plans:
        raise KeyError(f"no pay plan {plan!r}; there are: {', '.join(plans)}")
    return plans[plan]


def components_of(assumptions: Assumptions, plan: str) -> dict[str, Component]:
    """The components of a plan at the medians of their terms, by name; raises KeyError."""
    found = {name: median_component(plan_of(assumptions, plan), name) for name in pay_components()}
    return {name: component for name, component in found.items() if component is not None}


def people_of(assumptions: Assumptions) -> People:
    """People as they were in 2026, at central values."""
    effort = company_of(assumptions).effort
    return People.alike(
        effort.attainment_2026.median,
        effort.attainment_spread.median,
        effort.attainment_noise.median,
        effort.risk_aversion.median,
    )


def assessed_plan(assumptions: Assumptions, plan: str) -> list[Assessed]:
    """Every component of a plan on its own; base pay stands beside each for its value."""
    people, components = people_of(assumptions), components_of(assumptions, plan)
    fixed = sum(
        float(assessment.expected_cost(c, people)[0, 0])
        for c in components.values()
        if c.paid == "now"
    )
    found = []
    for name, component in components.items():
        beside = 0.0 if component.paid == "now" else fixed
        ranks = assessment.pay_by_ability(component, people, (LOW, MIDDLE, TOP))
        found.append(
            Assessed(
                name,
                component,
                *(
                    float(np.squeeze(value))
                    for value in (
                        assessment.expected_cost(component, people),
                        assessment.cost_at_mean(component, people),
                        *ranks,
                        assessment.perceived_value(component, people, beside),
                    )
                ),
            )
        )
    return found


def drawn_plan(assumptions: Assumptions, plan: str, at: Sequence[float]) -> dict[str, Drawn]:
    """Every component of a plan as a curve over ``at``, by name; raises KeyError for no such plan."""
    points = np.asarray(at, dtype=float)
    people, components = people_of(assumptions), components_of(assumptions, plan)

    def over(curve: PayCurve) -> NDArray[np.float64]:
        return np.array([float(np.squeeze(curve.at(np.asarray(point)))) for point in points])

    earned = PayCurve.flat(np.zeros((1, 1)))
    for component in components.values():
        if component.in_minimum:
            earned = earned + component.curve()
    found = {}
    for name, component in components.items():
        altered = component.adjusted(earned)
        floor = component.guaranteed()
        if floor is not None:
            altered = floored(earned, floor)
        payoff = component.payoff(points)
        if payoff is not None:
            found[name] = Drawn(component, points, np.squeeze(payoff))
        elif altered is not earned:
            found[name] = Drawn(component, points, over(altered), over(earned))
        else:
            found[name] = Drawn(component, points, over(assessment.payout_curve(component, people)))
    return found
