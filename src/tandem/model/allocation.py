"""How a year's media money is best spread over months and touchpoints, with carry-over (M3).

Answers: the spend by month and touchpoint that brings most out of a total, and what another yuan
would bring in each month. Leaves out people and the slower way through awareness, which the
simulation has. Pure functions; anybody may import it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import LinearConstraint, minimize

from tandem.model.brand import hill
from tandem.model.types import Array

SETTLED = 1e-5  # of the marginal return: by how much the conditions of an optimum may be missed


@dataclass(frozen=True, slots=True)
class Responses:
    """What spend brings: effect x Hill(stock), stock being normalised adstock; all (touchpoint,).

    effect: money a month at full saturation; retention: share of the stock kept a month;
    half_point: spend a month at which half of the effect is reached; slope: Hill's.
    """

    effect: Array
    retention: Array
    half_point: Array
    slope: Array


@dataclass(frozen=True, slots=True)
class Allocation:
    """The best split: spend (month, touchpoint), what it brings, and the common marginal return.

    `bound` is the most that any split could bring; it equals `value` unless a stock stands where
    returns still rise. `missed` is the largest relative miss of the conditions of an optimum.
    """

    spend: Array
    value: float
    bound: float
    marginal: float
    missed: float


def stocks(spend: Array, retention: Array, before: Array, later: Array | None = None) -> Array:
    """Normalised adstock by month, (month + later, touchpoint), of spend and of what is spent ``later``.

    x' = theta x + (1 - theta) s from ``before`` (touchpoint,); unit of spend.
    """
    flows = spend if later is None else np.concatenate([spend, later])
    held, level = np.empty(flows.shape), np.asarray(before, dtype=float)
    for month, flow in enumerate(flows):
        level = retention * level + (1.0 - retention) * flow
        held[month] = level
    return held


def response_value(
    spend: Array, responses: Responses, season: Array, before: Array, later: Array | None = None
) -> float:
    """What spend (month, touchpoint) brings: sum of season x effect x Hill(stock), money.

    ``season`` (month + later,): what a response is worth in a month. ``later`` (month, touchpoint) is
    spent after these months in any case: carry-over still works in them.
    """
    held = stocks(spend, responses.retention, before, later)
    level = hill(held, responses.slope, responses.half_point)
    return float((season[:, None] * responses.effect * level).sum())


def marginal_return(
    spend: Array, responses: Responses, season: Array, before: Array, later: Array | None = None
) -> Array:
    """Money that another yuan brings by month and touchpoint, carry-over included; shape of spend."""
    held = stocks(spend, responses.retention, before, later)
    level = hill(held, responses.slope, responses.half_point)
    some = np.maximum(held, 1e-12 * responses.half_point)
    return _carried_back(responses.slope * level * (1.0 - level) / some, responses, season, spend)


def best_allocation(
    total: float,
    months: int,
    responses: Responses,
    season: Array,
    before: Array,
    later: Array | None = None,
) -> Allocation:
    """Spend by month and touchpoint that brings most out of ``total``, (month, touchpoint).

    Hill of a slope above 1 rises slowly first; its concave envelope, a straight line up to where a ray
    from 0 touches it, x = k (n - 1)**(1/n), makes the problem concave, so that the optimum found is the
    only one: every month and touchpoint with spend has the same marginal return, the others no larger
    one (Kuhn and Tucker 1951). Where no stock stands on the straight part, it is the optimum of the
    curves themselves; ``bound`` - ``value`` says what is at stake otherwise. Solved by sequential
    quadratic programming (Kraft 1988, DFVLR-FB 88-28). Raises ValueError for a total or parameters
    that are not above 0, retention outside 0 to 1, a season of another length than the months and those after, and where the
    conditions of an optimum are missed.
    """
    _refuse(total, months + (0 if later is None else len(later)), responses, season)
    size = months * responses.effect.size
    scale = total / size

    def measured(flat: Array) -> tuple[float, Array]:
        spend = flat.reshape(months, -1) * scale
        held = stocks(spend, responses.retention, before, later)
        level, slope = _envelope(held, responses)
        value = float((season[:, None] * responses.effect * level).sum())
        slopes = _carried_back(slope, responses, season, spend) * scale
        return value, slopes.ravel()

    unit = measured(np.ones(size))[0]

    def loss(flat: Array) -> float:
        return -measured(flat)[0] / unit

    def slope(flat: Array) -> Array:
        return -measured(flat)[1] / unit

    found = minimize(
        loss, np.ones(size), jac=slope, method="SLSQP", bounds=[(0.0, np.inf)] * size,
        constraints=LinearConstraint(np.ones((1, size)), size, size),
        options={"maxiter": 1000, "ftol": 1e-15},
    )  # fmt: skip
    flat = np.maximum(found.x, 0.0)
    flat *= size / flat.sum()
    worth, slopes = measured(flat)
    price = float((flat * slopes).sum() / flat.sum())
    used = flat > 1e-6
    missed = max(
        float(np.abs(slopes[used] / price - 1.0).max()),
        float((slopes[~used] / price - 1.0).max(initial=0.0)),
    )
    if missed > SETTLED:
        raise ValueError(f"no optimum was found: marginal returns differ by {missed:.1e}")
    spend = flat.reshape(months, -1) * scale
    return Allocation(
        spend=spend,
        value=response_value(spend, responses, season, before, later),
        bound=worth,
        marginal=price / scale,
        missed=missed,
    )


def _envelope(held: Array, responses: Responses) -> tuple[Array, Array]:
    """The smallest concave curve above Hill's, and its slope, at these stocks."""
    n, k = responses.slope, responses.half_point
    touch = k * np.power(np.maximum(n - 1.0, 0.0), 1.0 / n)
    at = np.maximum(np.maximum(held, touch), 1e-12 * k)
    level = hill(at, n, k)
    slope = n * level * (1.0 - level) / at
    return np.asarray(np.where(held < at, slope * held, level)), slope


def _carried_back(slope: Array, responses: Responses, season: Array, spend: Array) -> Array:
    """Slopes in the stocks turned into slopes in the spend that built them, shape of ``spend``."""
    worth = season[:, None] * responses.effect * slope
    carried = np.zeros_like(worth)
    later = np.zeros(worth.shape[1])
    for month in range(len(worth) - 1, -1, -1):
        later = worth[month] + responses.retention * later
        carried[month] = later
    return np.asarray(carried[: len(spend)] * (1.0 - responses.retention))


def _refuse(total: float, months: int, responses: Responses, season: Array) -> None:
    positive = (responses.effect, responses.half_point, responses.slope)
    kept = responses.retention
    if not (np.isfinite(total) and total > 0 and months > 0):
        raise ValueError("there is nothing to spend, or no month to spend it in")
    if not all((part > 0).all() for part in positive) or not ((kept >= 0) & (kept < 1)).all():
        raise ValueError("effects, half-points and slopes are above 0, retention from 0 to below 1")
    if len(season) != months or not (season > 0).all():
        raise ValueError("a season above 0 is needed for every month")
