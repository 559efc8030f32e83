"""A pay plan put together: what it costs, what it is worth to people, what it rewards (H3, C3).

Answers: per position, mean pay by when it is paid, its value to a person who dislikes risk, and
what one per cent better results earn on each task. Each component stands in a file of its own, and
none is named here. Leaves out what people do about it (``effort``, leaving). May be imported by the
simulation and above.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import reduce

import numpy as np

from tandem.model.incentives.attainment import payout_gain, spread_of_period
from tandem.model.incentives.component import Component, Paid
from tandem.model.incentives.curve import PayCurve, floored
from tandem.model.incentives.deferral import Later
from tandem.model.incentives.earnings import Earnings
from tandem.model.incentives.strand import strands_of
from tandem.model.parameters import IncentiveParameters
from tandem.model.types import KPIS, TASKS, Array

MONTHLY = 1.0  # months over which base pay and commission are paid
SELL = TASKS.index("sell")
SALES = list(KPIS).index("sales")


@dataclass(frozen=True, slots=True)
class PayPlan:
    """The plan of every position: its components, terms (p, d), and the minimum wage over target pay."""

    components: tuple[Component, ...]
    minimum: Array


@dataclass(frozen=True, slots=True)
class Payout:
    """What a plan comes to in a month, over target pay, (p, d); ``gain`` is (task, p, d)."""

    base: Array  # paid with the month
    commission: Array  # paid the month after, with what the minimum wage adds
    bonus: Array  # paid at the quarter's end
    yearly: Array  # paid at the year's end
    deferred: Array  # expected, paid by ``later``
    equity: Array  # fair value granted, expensed by ``vesting`` and never paid
    value: Array  # certainty equivalent
    spread: Array  # coefficient of variation of pay between people
    recognition: Array  # what honours add to its log
    gain: Array
    later: tuple[Later, ...] = ()
    vesting: tuple[Later, ...] = ()

    @property
    def pay(self) -> Array:
        """All that is paid in cash, sooner or later, (p, d)."""
        return self.base + self.commission + self.bonus + self.yearly + self.deferred

    def at(self, positions: list[int]) -> "Payout":
        """The same at other positions: those whose plan of 2026 new ones are compared with."""
        rows = {
            f.name: getattr(self, f.name)[positions]
            for f in fields(self)
            if f.name not in ("gain", "later", "vesting")
        }
        return replace(
            self,
            **rows,
            gain=self.gain[:, positions],
            later=tuple(one.at(positions) for one in self.later),
            vesting=tuple(one.at(positions) for one in self.vesting),
        )


def assemble(params: IncentiveParameters, plan: tuple[int, ...], minimum: Array) -> PayPlan:
    """The plans that positions are on; ``plan[p]`` indexes the axis of plans.

    Components that none of these plans has are left out.
    """
    pick = list(plan)
    return PayPlan(
        tuple(
            terms.kind(**{name: values[pick] for name, values in terms.values.items()})
            for terms in params.components
            if any(terms.given[number] for number in pick)
        ),
        minimum,
    )


def monthly_curve(plan: PayPlan) -> PayCurve:
    """What counts towards the minimum wage, as clawbacks leave it, never below that minimum."""
    curve = PayCurve.flat(np.zeros_like(plan.minimum))
    for component in plan.components:
        if component.in_minimum:
            curve = curve + component.curve()
    for component in plan.components:
        curve = component.adjusted(curve)
    return floored(curve, plan.minimum)


def guaranteed(plan: PayPlan) -> Array:
    """Share of target pay below which nobody who ramps up is paid, (p, d)."""
    floors = _given(component.guaranteed() for component in plan.components)
    return reduce(np.maximum, floors, np.zeros_like(plan.minimum))


def earnings(
    plan: PayPlan, params: IncentiveParameters, attainment: Array, ramping: Array
) -> Earnings:
    """What people of a plan earn who take what is worth taking; arguments as of ``payout``."""
    spread, noise = params.attainment_spread, params.attainment_noise
    strands = tuple(
        strand
        for component in plan.components
        if not component.in_minimum
        for strand in strands_of(component, attainment, spread, noise)
    )
    return Earnings(
        monthly_curve(plan),
        strands,
        attainment[SALES],
        spread_of_period(spread, noise, MONTHLY),
        noise / np.sqrt(MONTHLY),
        ramping,
        guaranteed(plan),
    ).accepted(params.risk_aversion)


def worth(plan: PayPlan, params: IncentiveParameters, attainment: Array, ramping: Array) -> Array:
    """What a plan is worth to people, (p, d): the ``value`` of ``payout`` alone."""
    return _worth(plan, params, earnings(plan, params, attainment, ramping))


def _worth(plan: PayPlan, params: IncentiveParameters, earned: Earnings) -> Array:
    value = earned.value(params.risk_aversion)
    for strand in earned.strands:
        held = strand.component.worth()
        if held is not None:
            value = value - (1.0 - held) * earned.cost(strand)
    _, equity, _ = _equity(plan, params.risk_aversion, np.zeros_like(value))
    return np.asarray(value + equity)


def payout(plan: PayPlan, params: IncentiveParameters, attainment: Array, ramping: Array) -> Payout:
    """Mean payout across people, its value and its incentives.

    ``attainment`` (kpi, p, d) are the means of those who are settled; ``ramping`` (p, d) the share of
    people who still ramp up, see ``earnings``. Incentives are those of the settled, whose effort they
    move. For ``value`` people know what they are able to do, so that luck alone is a risk; an award
    counts at what it is worth to its winners, equity at what it is worth to one who cannot sell it.
    ``spread`` is that of ability and luck together.
    """
    earned = earnings(plan, params, attainment, ramping)

    monthly_pay = earned.monthly_pay()
    gain = np.zeros((len(TASKS), *monthly_pay.shape))
    gain[SELL] = payout_gain(earned.monthly, earned.sales, earned.spread)
    sums: dict[Paid, Array] = {}
    for strand in earned.strands:
        cost, paid = earned.cost(strand), strand.component.paid
        sums[paid] = sums.get(paid, np.zeros_like(monthly_pay)) + cost
        gain[strand.task] = gain[strand.task] + strand.gain
    none = np.zeros_like(monthly_pay)
    fixed = sum((c.curve().level for c in plan.components if c.in_minimum), none)
    base = np.asarray(sums.pop("now", none) + fixed)
    granted, _, vesting = _equity(plan, params.risk_aversion, none)
    return Payout(
        base=base,
        commission=monthly_pay - fixed + sums.get("next_month", none),
        bonus=sums.get("quarter", none),
        yearly=sums.get("year", none),
        deferred=sums.get("later", none),
        equity=granted,
        value=_worth(plan, params, earned),
        spread=earned.deviation(luck=False) / earned.mean(),
        recognition=np.asarray(sum(_given(c.recognition() for c in plan.components), none)),
        gain=gain,
        later=tuple(_later(earned)),
        vesting=vesting,
    )


def _later(earned: Earnings) -> Iterator[Later]:
    for strand in earned.strands:
        schedule = strand.component.schedule() if strand.component.paid == "later" else None
        if schedule is not None:
            yield Later(earned.cost(strand), schedule)


def _equity(plan: PayPlan, aversion: Array, none: Array) -> tuple[Array, Array, tuple[Later, ...]]:
    """Fair value granted in a month, what it is worth to its holders, and when it is expensed."""
    granted, held, vesting = none, none, []
    for component in plan.components:
        fair, worth = component.fair_value(), component.holder_value(aversion)
        schedule = component.schedule()
        if fair is not None and worth is not None and schedule is not None:
            granted, held = granted + fair, held + worth
            vesting.append(Later(fair, schedule))
    return granted, held, tuple(vesting)


def _given(found: Iterator[Array | None]) -> Iterator[Array]:
    return (value for value in found if value is not None)
