"""The month's customers: who stays, who orders again, who recommends (part of steps 3 and 7).

Answers: churn, repeat orders and recommendation of a month, and how the customers move on. The laws
stand in ``customers`` and ``loyalty``. Imported by ``selling`` and ``horizon``.
"""

import numpy as np

from tandem.model import customers, loyalty, products
from tandem.model.anchor import AGES, organic
from tandem.model.parameters import Parameters
from tandem.model.state import Context, State
from tandem.model.types import Array


def told(ctx: Context, p: Parameters, state: State) -> Array:
    """Organic lead conversion with what customers tell others, (m, d)."""
    usual = ctx.base.customer.satisfaction_2026
    happier = np.maximum(usual + state.satisfaction, 0.0) / usual
    return loyalty.recommended(organic(p), p.loyalty, ctx.base.loyalty, happier)


def churn_now(ctx: Context, p: Parameters, state: State) -> tuple[Array, Array]:
    """Probability of leaving in the month by age, (m, k, d), of customers and of what they order."""
    moved = customers.churn_moved(p.customer, p.market.price, state.satisfaction)
    by_age = customers.churn_by_age(p.customer.churn_alpha, p.customer.churn_beta, AGES)
    heads, orders = (
        moved + loyalty.churn_shift(p.loyalty, ctx.base.loyalty, state.members, by_orders=by_orders)
        for by_orders in (False, True)
    )
    return (
        customers.scaled_probability(by_age[None], heads[:, None]),
        customers.scaled_probability(by_age[None], orders[:, None]),
    )


def repeated(ctx: Context, p: Parameters, state: State) -> tuple[Array, Array]:
    """Repeat orders over those of 2026, and the value of an order over the basket, both (m, d)."""
    more, dearer = products.order_mix(state.product, p.product)
    shift = loyalty.order_shift(p.loyalty, ctx.base.loyalty, state.members)
    return more * np.exp(shift), dearer


def move_on(ctx: Context, p: Parameters, state: State, won: Array) -> Array:
    """Customers a month older, those won joining; returns who left, (m, d)."""
    churn, churn_of_orders = churn_now(ctx, p, state)
    state.order_weight, _ = customers.cohorts_next(state.order_weight, churn_of_orders, won)
    state.cohorts, churned = customers.cohorts_next(state.cohorts, churn, won)
    then = ctx.base.loyalty
    state.members = loyalty.members_next(
        state.members, p.loyalty.joining, then.members_2026, then.joining
    )
    return churned
