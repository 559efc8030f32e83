"""Pay plans within plausible ranges, for the laws of pay."""

from dataclasses import fields

import numpy as np
from hypothesis import strategies as st
from tests.laws.ranges import number

from tandem.model.incentives.base_pay import BasePay
from tandem.model.incentives.commission import Commission
from tandem.model.incentives.guarantee import Guarantee
from tandem.model.incentives.kpi_bonus import KpiBonus
from tandem.model.incentives.plan import PayPlan
from tandem.model.parameters import IncentiveParameters


def one(value: float) -> np.ndarray:
    """A value at one position and draw, (p, d)."""
    return np.full((1, 1), value)


@st.composite
def commissions(draw, least_accelerator: float = 0.5) -> Commission:
    """A commission; ``least_accelerator`` 1 leaves out those that slow down above quota."""
    return Commission(
        share=one(draw(number(0.0, 1.0))),
        threshold=one(draw(number(0.0, 0.95))),
        accelerator=one(draw(number(least_accelerator, 4.0))),
        cap=one(draw(number(1.0, 10.0))),
    )


@st.composite
def bonuses(draw) -> KpiBonus:
    """A KPI bonus."""
    return KpiBonus(
        share=one(draw(number(0.0, 1.0))),
        threshold=one(draw(number(0.0, 0.95))),
        cap=one(draw(number(1.0, 5.0))),
    )


@st.composite
def plans(draw) -> PayPlan:
    """A whole plan, with weights that add up to one and a minimum wage."""
    sales, happy = draw(number(0.0, 0.8)), draw(number(0.0, 0.2))
    return PayPlan(
        base=BasePay(one(draw(number(0.0, 1.0)))),
        bonus=draw(bonuses()),
        commission=draw(commissions()),
        guarantee=Guarantee(one(draw(number(0.0, 1.2)))),
        weights=np.stack([one(sales), one(happy), one(1.0 - sales - happy)]),
        minimum=one(draw(number(0.05, 0.9))),
    )


def people(spread: float, noise: float, aversion: float) -> IncentiveParameters:
    """What people are like; the plans' own fields are not read by ``payout`` and are left nought."""
    values = {field.name: np.zeros(1) for field in fields(IncentiveParameters)}
    values |= {
        "attainment_spread": np.array([spread]),
        "attainment_noise": np.array([noise]),
        "risk_aversion": np.array([aversion]),
    }
    return IncentiveParameters(**values)
