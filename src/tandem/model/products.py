"""A new product in a market we are in: developed, launched, liked or not (M3).

Answers: its chance of success, what it changes in appeal, orders and their value, and what product
iteration adds to quality. Leaves out the market's month (``selling``). The laws are pure functions;
``advance`` moves the state and is called by ``simulate``.
"""

import numpy as np

from tandem.model.launching import innovation, insight_cover, success_chance
from tandem.model.parameters import Parameters, ProductParameters
from tandem.model.state import Context, State
from tandem.model.types import Array, Month
from tandem.units import MONTHS_PER_YEAR

JUDGED = MONTHS_PER_YEAR  # after its launch, over which a new product counts in pay


def order_mix(success: Array, product: ProductParameters) -> tuple[Array, Array]:
    """What a new product does to repeat orders and to the value of an order, as factors, (m, d).

    Its orders are ``order_share`` s of those of the old products, of which ``cannibalised`` k take their
    place: repeat orders 1 + s (1 - k); n = s / (1 + s (1 - k)) of all orders are then the new product's,
    and the mean value is 1 + n (basket ratio - 1). ``success`` (m, d) is 0 before the launch.
    """
    sold = success * product.order_share
    orders = 1.0 + sold * (1.0 - product.cannibalised)
    return orders, 1.0 + sold / orders * (product.basket_ratio - 1.0)


def quality_gained(iteration: Array, iteration_2026: Array, effect: Array, cover: Array) -> Array:
    """Utility that a month of product iteration adds over that of 2026, (d,).

    effect x ln(spend over 2026) x cover of analysts: what is spent without knowing what customers want
    adds less. 0 at the spend of 2026, which the product's progress holds already.
    """
    return effect * np.log(iteration / iteration_2026) * cover


def attainment(success: Array, planned: Array, age: Array) -> Array:
    """Attainment of new products over that of 2026 by market and, last, for the company, (m + 1, d).

    In the first year after a launch 1 + success - the plan's chance of it, else 1: a success is more than
    planned, a failure less. The company's is the mean of the markets that launched. ``age`` months on
    sale.
    """
    judged = (age > 0) & (age <= JUDGED)
    over = np.where(judged, success - planned, 0.0)
    several = np.maximum(judged.sum(axis=0), 1)
    return 1.0 + np.concatenate([over, (over.sum(axis=0) / several)[None]])


def development(ctx: Context, p: Parameters, state: State) -> Array:
    """CNY a month for developing what is not launched yet, and for iteration above 2026, (d,)."""
    begun = (p.market.new_product > 0) & (state.product_age == 0)
    extra = p.product.iteration - ctx.base.product.iteration
    return np.asarray((begun * p.product.development_cost).sum(axis=0) + extra)


def advance(ctx: Context, month: Month, t: int, state: State, able: Array) -> None:
    """Launch what is developed by now, judge it once by draw, and add what iteration gains."""
    p, product = month.parameters, month.parameters.product
    cover = insight_cover(ctx, month, t, able)
    if ctx.months_of_growth(t) > 0:
        state.quality = state.quality + quality_gained(
            product.iteration, ctx.base.product.iteration, product.iteration_effect, cover
        )
    if all(start is None for start in ctx.developed):
        return
    since = np.array([np.inf if start is None else start for start in ctx.developed])[:, None]
    ready = t - since >= product.development_time
    launching = ready & (state.product_age == 0)
    chance = success_chance(
        product.success,
        cover,
        innovation(ctx, state, company=True),
        p.demand.insight_effect,
        p.demand.innovation_effect,
    )
    success = ctx.events.happens("product", ctx.places, chance)
    state.product_chance = np.where(launching, chance, state.product_chance)
    state.product = np.where(launching, success, state.product)
    state.product_age = np.where(ready, state.product_age + 1.0, 0.0)
