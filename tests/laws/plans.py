"""Pay plans within plausible ranges, for the laws of pay."""

from typing import TypeVar

import numpy as np
from hypothesis import strategies as st
from tests.laws.ranges import number

from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.component import Component
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.incentives.plan import PayPlan
from tandem.model.parameters import IncentiveParameters

Kind = TypeVar("Kind", bound=Component)


def one(value: float) -> np.ndarray:
    """A value at one position and draw, (p, d)."""
    return np.full((1, 1), value)


@st.composite
def commissions(draw, least_accelerator: float = 0.5) -> Commission:
    """A commission; ``least_accelerator`` 1 leaves out those that slow down above quota."""
    return Commission.of(
        share=one(draw(number(0.0, 1.0))),
        threshold=one(draw(number(0.0, 0.95))),
        accelerator=one(draw(number(least_accelerator, 4.0))),
        cap=one(draw(number(1.0, 10.0))),
    )


@st.composite
def bonuses(draw) -> KpiBonus:
    """A KPI bonus."""
    sales, happy = draw(number(0.0, 0.8)), draw(number(0.0, 0.2))
    return KpiBonus.of(
        share=one(draw(number(0.0, 1.0))),
        threshold=one(draw(number(0.0, 0.95))),
        cap=one(draw(number(1.0, 5.0))),
        weight_sales=one(sales),
        weight_satisfaction=one(happy),
        weight_new_product=one(1.0 - sales - happy),
    )


@st.composite
def plans(draw) -> PayPlan:
    """A whole plan of base pay, KPI bonus, commission and guarantee, and a minimum wage."""
    return PayPlan(
        components=(
            BasePay(one(draw(number(0.0, 1.0)))),
            draw(commissions()),
            Guarantee(one(draw(number(0.0, 1.2)))),
            draw(bonuses()),
        ),
        minimum=one(draw(number(0.05, 0.9))),
    )


def part(plan: PayPlan, kind: type[Kind]) -> Kind:
    """The plan's component of that kind."""
    (found,) = (c for c in plan.components if isinstance(c, kind))
    return found


def people(spread: float, noise: float, aversion: float) -> IncentiveParameters:
    """What people are like; ``payout`` reads no plan of them and nothing of effort."""
    return IncentiveParameters(
        components=(),
        attainment_2026=np.ones(1),
        attainment_spread=np.array([spread]),
        attainment_noise=np.array([noise]),
        effort_response=np.zeros(1),
        effort_cross=np.zeros(1),
        crowding_out=np.zeros(1),
        risk_aversion=np.array([aversion]),
    )
