"""A pay plan put together: what it costs, what it is worth to people, what it rewards (H3, C3).

Answers: per position, mean fixed and variable pay, its value to a person who dislikes risk, and
what one per cent better results earn on each task. Each component stands in a file of its own.
Leaves out what people do about it (``effort``, leaving). May be imported by the simulation and
above.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model.incentives.attainment import (
    PayCurve,
    expected_payout,
    floored,
    payout_gain,
    spread_of_period,
)
from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.parameters import IncentiveParameters
from tandem.model.types import TASKS, Array

BONUS_MONTHS = 3.0  # KPI bonuses are paid by the quarter
COMMISSION_MONTHS = 1.0
# Nodes and weights of Gauss-Hermite quadrature for a standard normal.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()


@dataclass(frozen=True, slots=True)
class PayPlan:
    """The plan of every position, (p, d); ``weights`` (task, p, d) of the KPI bonus."""

    base: BasePay
    bonus: KpiBonus
    commission: Commission
    guarantee: Guarantee
    weights: Array
    minimum: Array  # minimum wage over target pay


@dataclass(frozen=True, slots=True)
class Payout:
    """What a plan comes to in a month, over target pay, (p, d); ``gain`` is (task, p, d)."""

    base: Array
    commission: Array  # with what the minimum wage adds
    bonus: Array
    value: Array  # certainty equivalent
    spread: Array  # coefficient of variation of pay between people
    gain: Array


def assemble(params: IncentiveParameters, plan: tuple[int, ...], minimum: Array) -> PayPlan:
    """The plans that positions are on; ``plan[p]`` indexes the axis of plans."""
    pick = list(plan)
    weights = np.stack(
        [
            params.weight_sales[pick],
            params.weight_satisfaction[pick],
            params.weight_innovation[pick],
        ]
    )
    return PayPlan(
        base=BasePay(params.base_share[pick]),
        bonus=KpiBonus(
            params.bonus_share[pick], params.bonus_threshold[pick], params.bonus_cap[pick]
        ),
        commission=Commission(
            params.commission_share[pick],
            params.commission_threshold[pick],
            params.accelerator[pick],
            params.commission_cap[pick],
        ),
        guarantee=Guarantee(params.guarantee[pick]),
        weights=weights,
        minimum=minimum,
    )


def monthly_curve(plan: PayPlan) -> PayCurve:
    """Base pay and commission together, never below the minimum wage."""
    return floored(plan.base.curve() + plan.commission.curve(), plan.minimum)


def payout(plan: PayPlan, params: IncentiveParameters, attainment: Array, ramping: Array) -> Payout:
    """Mean payout across people, its value and its incentives.

    ``attainment`` (task, p, d) are the team's means; ``ramping`` (p, d) the share of people who
    are guaranteed a draw, which holds person by person. Value: mean x (1 - risk aversion / 2 x
    cv**2), the certainty equivalent of constant relative risk aversion to second order (Pratt 1964,
    Econometrica 32), never less than what is paid for certain; cv is that of luck alone, for people
    know what they are able to do. ``spread`` is that of ability and luck together.
    """
    by_month = spread_of_period(
        params.attainment_spread, params.attainment_noise, COMMISSION_MONTHS
    )
    by_quarter = spread_of_period(params.attainment_spread, params.attainment_noise, BONUS_MONTHS)
    luck = tuple(
        params.attainment_noise / np.sqrt(months) for months in (COMMISSION_MONTHS, BONUS_MONTHS)
    )
    settled = monthly_curve(plan)
    guaranteed = plan.guarantee.curve(settled)
    monthly_pay = (1.0 - ramping) * expected_payout(settled, attainment[0], by_month) + (
        ramping * expected_payout(guaranteed, attainment[0], by_month)
    )
    curve = plan.bonus.curve()
    bonus = np.zeros_like(monthly_pay)
    gain = np.zeros((len(TASKS), *monthly_pay.shape))
    gain[0] = (1.0 - ramping) * payout_gain(settled, attainment[0], by_month) + (
        ramping * payout_gain(guaranteed, attainment[0], by_month)
    )
    for task in range(len(TASKS)):
        weight = plan.weights[task]
        bonus = bonus + weight * expected_payout(curve, attainment[task], by_quarter)
        gain[task] = gain[task] + weight * payout_gain(curve, attainment[task], by_quarter)
    mean = monthly_pay + bonus
    curves = (settled, guaranteed, curve)
    spread = _pay_deviation(plan, curves, ramping, attainment, (by_month, by_quarter)) / mean
    risk = _pay_deviation(plan, curves, ramping, attainment, luck) / mean
    certain = (1.0 - ramping) * settled.level + ramping * guaranteed.level
    value = np.maximum(mean * (1.0 - 0.5 * params.risk_aversion * risk**2), certain)
    return Payout(plan.base.share, monthly_pay - plan.base.share, bonus, value, spread, gain)


def _pay_deviation(
    plan: PayPlan,
    curves: tuple[PayCurve, PayCurve, PayCurve],
    ramping: Array,
    attainment: Array,
    sigmas: tuple[Array, ...],
) -> Array:
    """Standard deviation of pay over target pay, by quadrature, (p, d).

    ``curves`` are monthly pay, the same with the guarantee, and the bonus; ``sigmas`` the log spread
    of attainment over a month and a quarter. One person's rank is the same in every component, so
    that deviations add up.
    """
    settled, guaranteed, bonus = curves
    first = np.zeros_like(attainment[0])
    second = np.zeros_like(first)
    for node, weight in zip(_NODES, _WEIGHTS, strict=True):
        of_month, of_quarter = (np.exp(s * node - 0.5 * s**2) for s in sigmas)
        reached = attainment[0] * of_month
        pay = (1.0 - ramping) * settled.at(reached) + ramping * guaranteed.at(reached)
        for task in range(len(TASKS)):
            pay = pay + plan.weights[task] * bonus.at(attainment[task] * of_quarter)
        first = first + weight * pay
        second = second + weight * pay * pay
    return np.sqrt(np.maximum(second - first * first, 0.0))
