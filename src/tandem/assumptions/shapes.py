"""The shapes of uncertainty: one row a shape, and in it one quantile function.

Answers: which shapes there are, what their parameters must be, and their quantiles and bounds.
Leaves out: units, sources, and every number of the company. Only the assumptions may import it.

To add a shape, write its three functions and its row in `SHAPES`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtri

Floats = NDArray[np.float64]
Parameters = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """How parameters are named, checked and scaled, and the quantile that they define.

    `check` returns what is wrong, or "". `location` tells which parameters are values of the
    quantity (and scale with its unit); the others are spreads of logs, weights or exponents.
    """

    parameters: tuple[str, ...]
    check: Callable[[Parameters], str]
    quantile: Callable[[Parameters, Floats], Floats]
    location: Callable[[Parameters], tuple[bool, ...]]
    bounded: bool


def _ordered(*names: str) -> Callable[[Parameters], str]:
    def check(p: Parameters) -> str:
        if any(a > b for a, b in pairwise(p)):
            return f"must stand in the order {', '.join(names)}"
        return "" if p[0] < p[-1] else "has no width: write it as fixed"

    return check


def _fixed(p: Parameters, u: Floats) -> Floats:
    return np.full_like(u, p[0])


def _uniform(p: Parameters, u: Floats) -> Floats:
    return p[0] + (p[1] - p[0]) * u


def _triangular(p: Parameters, u: Floats) -> Floats:
    low, mode, high = p
    width = high - low
    rising = low + np.sqrt(u * width * (mode - low))
    falling = high - np.sqrt((1.0 - u) * width * (high - mode))
    return np.where(u * width < mode - low, rising, falling)


def _pert(p: Parameters, u: Floats) -> Floats:
    """A beta on [low, high] whose mean is (low + 4 mode + high) / 6 (Malcolm et al. 1959)."""
    low, mode, high = p
    width = high - low
    a = 1.0 + 4.0 * (mode - low) / width
    b = 1.0 + 4.0 * (high - mode) / width
    return low + width * betaincinv(a, b, u)


def _beta(p: Parameters, u: Floats) -> Floats:
    return np.asarray(betaincinv(p[0], p[1], u))


def _lognormal(p: Parameters, u: Floats) -> Floats:
    return p[0] * np.exp(p[1] * ndtri(u))


def _normal(p: Parameters, u: Floats) -> Floats:
    return np.asarray(p[0] + p[1] * ndtri(u))


def _discrete(p: Parameters, u: Floats) -> Floats:
    """Values then weights; the value whose share of the summed weights contains u."""
    half = len(p) // 2
    values, weights = np.array(p[:half]), np.array(p[half:])
    steps = np.cumsum(weights) / weights.sum()
    return values[np.minimum(np.searchsorted(steps, u, side="left"), half - 1)]


def _check_beta(p: Parameters) -> str:
    return "" if min(p) > 0 else "must both be above 0"


def _check_lognormal(p: Parameters) -> str:
    return "" if min(p) > 0 else "need a median and a spread of logs above 0"


def _check_normal(p: Parameters) -> str:
    return "" if p[1] > 0 else "need a standard deviation above 0"


def _check_discrete(p: Parameters) -> str:
    half = len(p) // 2
    values, weights = p[:half], p[half:]
    if half < 2:
        return "needs two values or more: write one as fixed"
    if any(a >= b for a, b in pairwise(values)):
        return "must list its values from the lowest to the highest, each once"
    return "" if min(weights) > 0 else "needs weights above 0"


def _located(*where: bool) -> Callable[[Parameters], tuple[bool, ...]]:
    return lambda p: where


SHAPES: MappingProxyType[str, Shape] = MappingProxyType(
    {
        "fixed": Shape(("value",), lambda p: "", _fixed, _located(True), True),
        "triangular": Shape(
            ("low", "mode", "high"), _ordered("low", "mode", "high"), _triangular,
            _located(True, True, True), True,
        ),
        "pert": Shape(
            ("low", "mode", "high"), _ordered("low", "mode", "high"), _pert,
            _located(True, True, True), True,
        ),
        "beta": Shape(("a", "b"), _check_beta, _beta, _located(False, False), False),
        "lognormal": Shape(
            ("median", "log sd"), _check_lognormal, _lognormal, _located(True, False), False
        ),
        "normal": Shape(("mean", "sd"), _check_normal, _normal, _located(True, True), False),
        "uniform": Shape(
            ("low", "high"), _ordered("low", "high"), _uniform, _located(True, True), True
        ),
        "discrete": Shape(
            ("values", "weights"), _check_discrete, _discrete,
            lambda p: (True,) * (len(p) // 2) + (False,) * (len(p) // 2), True,
        ),
    }
)  # fmt: skip


def bounds(shape: str, parameters: Parameters) -> tuple[float, float]:
    """Lowest and highest value of a bounded shape, else its P1 and P99."""
    row = SHAPES[shape]
    if shape == "discrete":
        return parameters[0], parameters[len(parameters) // 2 - 1]
    if row.bounded:
        return parameters[0], parameters[-1]
    low, high = row.quantile(parameters, np.array([0.01, 0.99]))
    return float(low), float(high)


def scaled(
    shape: str, parameters: Parameters, scale: Callable[[float], float]
) -> Parameters | None:
    """The same shape of the quantity in another unit, or None where the shape has no such form.

    `scale` converts one value, by a factor.
    """
    located = SHAPES[shape].location(parameters)
    if not any(located):
        return None
    return tuple(scale(p) if value else p for p, value in zip(parameters, located, strict=True))
