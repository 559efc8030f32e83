"""Plan design: other pay plans tried on the people who sell, on the same futures.

What it answers: for a few designs between all base pay and all commission, and for the plans of the
files, what they cost at fixed behaviour and with it, what they bring, who leaves, how unequal pay
is for equal results; which design is best under a budget and a fairness bound; how likely the budget
is overspent.

What it leaves out: components one by one (`tandem.study.pay_plans`), words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.model.incentives.plan import assemble, payout
from tandem.model.parameters import IncentiveParameters, Parameters, PayTerms
from tandem.model.simulate import simulate
from tandem.model.state import minimum_over_pay
from tandem.model.types import KPIS, WORKS, Inputs, Month
from tandem.results.measures import compute
from tandem.study.decision import Difference, paired
from tandem.study.simulation import run_of

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "FUTURES", "Bound", "Design", "Outcome", "Trial", "best", "designs", "differences", "over_budget", "try_plans",
]  # fmt: skip

Draws = NDArray[np.float64]

TARGET_YEAR = 2027
#: Shares of target pay that commission takes from base pay in the designs between the extremes.
COMMISSION = (0.0, 0.2, 0.4, 0.6)
#: Futures that a page tries designs on: two simulations stand behind each design.
FUTURES = 150
OVERSPENT = 1.1  # over the budget: what "beyond the budget by ten per cent" means
#: What people do about their pay, by group of parameters: at fixed behaviour all of it is nought.
BEHAVIOUR: Mapping[str, tuple[str, ...]] = {
    "incentive": ("effort_response", "effort_cross", "crowding_out"),
    "hiring": ("acceptance_pay", "applicants_pay"),
    "workforce": ("leaving_pay", "leaving_sort", "joining_sort", "engagement_dispersion"),
}


@dataclass(frozen=True, slots=True)
class Design:
    """One design: a plan of the files by name (``plan``), or that plan with other shares.

    ``commission`` is the share of target pay at quota that is commission, the rest of what the plan
    has in base pay and commission together being base pay; None for a plan as it stands.
    """

    plan: str
    commission: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one design did, each (draw,): money of 2027 in CNY, shares of a year, 0 or 1.

    ``cost`` and ``fixed_cost`` are pay and social cost of the people tried, with their behaviour and
    without; ``contribution`` of their market from 2027 on; ``dispersion`` the coefficient of
    variation of pay between people of one plan.
    """

    design: Design
    cost: Draws
    fixed_cost: Draws
    sales: Draws
    contribution: Draws
    npv: Draws
    attrition: Draws
    quality: Draws
    dispersion: Draws
    both_met: Draws


@dataclass(frozen=True, slots=True)
class Trial:
    """Designs tried on the people of one role at one place, the scenario's own design first."""

    role: str
    place: str
    outcomes: tuple[Outcome, ...]

    @property
    def own(self) -> Outcome:
        """The plan that the scenario has."""
        return self.outcomes[0]


@dataclass(frozen=True, slots=True)
class Bound:
    """What a design may cost (mean CNY of 2027) and how unequal pay may be (coefficient of variation)."""

    budget: float
    dispersion: float


def designs(plans: Sequence[str], own: str, mixable: Sequence[str]) -> list[Design]:
    """The scenario's own plan first, the other plans, then those between base pay and commission.

    ``mixable`` are plans that have both; the first of them lends its other terms.
    """
    between = [Design(mixable[0], share) for share in COMMISSION] if mixable else []
    return [Design(own), *(Design(name) for name in plans if name != own), *between]


def try_plans(study: "Study", *, draws: int | None = None, plans: Sequence[str] = ()) -> Trial:
    """Every design on the largest group of people who sell, the rest of the scenario as it is.

    The group is that with the most planned heads at the end of 2027 among those who meet customers.
    ``plans`` are the plan files tried beside the own one. A design is in force from the first month, in
    the planned run that quotas go by too. Raises ValueError for a plan that there is not, or where
    nobody meets customers.
    """
    drawn = draw(study.assumptions, draws or study.draws, study.seed)
    inputs = model_inputs(drawn, study.seed)
    position = _sellers(inputs)
    s = inputs.structure
    own = s.plans[inputs.months[units.year_slice(TARGET_YEAR).stop - 1].plan[position]]
    unknown = [name for name in plans if name not in s.plans]
    if unknown:
        raise ValueError(f"no pay plan {unknown[0]!r}; there are: {', '.join(s.plans)}")
    mixable = [name for name in dict.fromkeys((own, *plans)) if _can_mix(inputs, name)]
    outcomes = []
    for design in designs(plans, own, mixable):
        tried = _with_design(inputs, position, design)
        run, fixed = simulate(tried), simulate(_at_fixed_behaviour(tried))
        measured = compute(run_of(drawn, run, run))
        year = units.year_slice(TARGET_YEAR)
        heads = run.position["heads"][year, position]
        outcomes.append(
            Outcome(
                design=design,
                cost=_cost(run.position, position),
                fixed_cost=_cost(fixed.position, position),
                sales=np.asarray(measured["sales_2027"]),
                contribution=_contribution(run.contribution, s.place[position], year.start),
                npv=np.asarray(measured["npv"]),
                attrition=run.position["leavers"][year, position].sum(axis=0)
                / np.maximum(heads.mean(axis=0), 1.0),
                quality=run.position["quality"][year.stop - 1, position],
                dispersion=_dispersion(tried, position),
                both_met=np.asarray(measured["both_targets_met"]),
            )
        )
    return Trial(s.roles[position], s.places[position], tuple(outcomes))


def differences(one: Outcome, other: Outcome) -> dict[str, Difference]:
    """Paired differences of one design to another, by name of the figure."""
    names = ("sales", "cost", "attrition", "quality", "both_met", "npv", "contribution")
    return {
        name: paired("one", "other", getattr(one, name), getattr(other, name)) for name in names
    }


def best(outcomes: Sequence[Outcome], bound: Bound) -> Outcome | None:
    """The design of highest mean NPV within the bound; None where every one breaks it."""
    within = [
        one
        for one in outcomes
        if one.cost.mean() <= bound.budget and one.dispersion.mean() <= bound.dispersion
    ]
    return max(within, key=lambda one: float(one.npv.mean()), default=None)


def over_budget(outcome: Outcome, budget: float) -> float:
    """Probability that a design costs more than ``OVERSPENT`` times the budget (CNY of 2027)."""
    return float((outcome.cost > OVERSPENT * budget).mean())


def _sellers(inputs: Inputs) -> int:
    """The position of most planned heads at the end of 2027 among those who meet customers."""
    month = inputs.months[units.year_slice(TARGET_YEAR).stop - 1]
    people = month.parameters.people
    contacts = people.work[WORKS.index("contacts")].mean(axis=-1)
    heads = np.where(contacts > 0, people.planned_heads.mean(axis=-1), 0.0)
    if not heads.any():
        raise ValueError("nobody meets customers in this scenario: there is no plan to try")
    return int(np.argmax(heads))


def _can_mix(inputs: Inputs, plan: str) -> bool:
    """Whether a plan has base pay and commission, between which a share can move."""
    number = inputs.structure.plans.index(plan)
    kinds = {
        terms.kind.__module__.rpartition(".")[2]: terms.given[number]
        for terms in inputs.months[0].parameters.incentive.components
    }
    return bool(kinds.get("base_pay") and kinds.get("commission"))


def _with_design(inputs: Inputs, position: int, design: Design) -> Inputs:
    """The inputs, the planned run's too, with a design in force for one position from the first month."""
    number = inputs.structure.plans.index(design.plan)

    def changed(month: Month) -> Month:
        plan = tuple(number if k == position else old for k, old in enumerate(month.plan))
        p = month.parameters
        if design.commission is not None:
            terms = tuple(
                _shared(t, p.incentive, number, design.commission) for t in p.incentive.components
            )
            p = replace(p, incentive=replace(p.incentive, components=terms))
        return replace(month, plan=plan, parameters=p)

    central = None if inputs.central is None else _with_design(inputs.central, position, design)
    return replace(inputs, months=tuple(changed(m) for m in inputs.months), central=central)


def _shared(
    terms: PayTerms, incentive: IncentiveParameters, plan: int, commission: float
) -> PayTerms:
    """The terms with ``commission`` in place of as much base pay in one plan."""
    name = terms.kind.__module__.rpartition(".")[2]
    if name not in ("base_pay", "commission"):
        return terms
    both = sum(
        t.values["share"][plan]
        for t in incentive.components
        if t.kind.__module__.rpartition(".")[2] in ("base_pay", "commission")
    )
    share = np.array(terms.values["share"])
    share[plan] = commission if name == "commission" else both - commission
    return replace(terms, values={**terms.values, "share": share})


def _at_fixed_behaviour(inputs: Inputs) -> Inputs:
    """The inputs with people who do nothing about their pay."""

    def still(p: Parameters) -> Parameters:
        groups = {
            group: replace(
                getattr(p, group),
                **{n: np.zeros_like(getattr(getattr(p, group), n)) for n in names},
            )
            for group, names in BEHAVIOUR.items()
        }
        return replace(p, **groups)

    months = tuple(replace(m, parameters=still(m.parameters)) for m in inputs.months)
    return replace(inputs, months=months)


def _cost(position: Mapping[str, Draws], row: int) -> Draws:
    year = units.year_slice(TARGET_YEAR)
    parts = ("pay_fixed", "pay_variable", "social_cost")
    return np.asarray(sum(position[name][year, row].sum(axis=0) for name in parts))


def _contribution(contribution: Draws, market: int, start: int) -> Draws:
    """Contribution of a market from a month on, of all markets for company-wide people."""
    later = contribution[start:]
    return np.asarray((later.sum(axis=1) if market < 0 else later[:, market]).sum(axis=0))


def _dispersion(inputs: Inputs, position: int) -> Draws:
    """Coefficient of variation of pay between settled people who attain as in 2026, (draw,)."""
    month = inputs.months[units.year_slice(TARGET_YEAR).stop - 1]
    p = month.parameters
    plan = assemble(p.incentive, month.plan, minimum_over_pay(inputs.structure, p))
    shape = p.people.pay.shape
    usual = np.broadcast_to(p.incentive.attainment_2026, (len(KPIS), *shape))
    return np.asarray(payout(plan, p.incentive, usual, np.zeros(shape)).spread[position])
