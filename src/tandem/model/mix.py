"""How a marketing budget is best split between touchpoints (M3).

Answers: the spend on each touchpoint at which another yuan brings the same everywhere. Leaves out
adstock, saturation to a ceiling and people, which the simulation has (``brand``, ``stages``). A pure
function; anybody may import it.
"""

import numpy as np
from scipy.optimize import brentq

from tandem.model.types import Array


def mix_value(spend: Array, scale: Array, exponent: Array) -> float:
    """What a split brings: sum of scale x spend**exponent over touchpoints (j,)."""
    return float((scale * np.power(spend, exponent)).sum())


def budget_mix(scale: Array, exponent: Array, total: float) -> Array:
    """Spend by touchpoint that brings most out of ``total``, (j,), in its unit.

    Returns diminish: scale x spend**exponent with 0 < exponent < 1. At the optimum marginal returns
    are equal, a b x**(b - 1) = m, so x = (a b / m)**(1 / (1 - b)), and m is where the spends add up
    to the total. Raises ValueError where returns do not diminish or nothing is to be spent.
    Source: Kuhn, H. W. and Tucker, A. W. (1951), Nonlinear programming.
    """
    if not (total > 0 and (scale > 0).all() and (exponent > 0).all() and (exponent < 1).all()):
        raise ValueError("needs a positive total and scales, and exponents between 0 and 1")

    def spend(log_marginal: float) -> Array:
        return np.exp((np.log(scale * exponent) - log_marginal) / (1.0 - exponent))

    def log_return(at: float) -> float:
        return float((np.log(scale * exponent) + (exponent - 1.0) * np.log(at)).max())

    margin = 1e-9  # one touchpoint alone has both bounds at the root
    least, most = log_return(total) - margin, log_return(total / scale.size) + margin
    found = spend(brentq(lambda m: spend(m).sum() - total, least, most, xtol=1e-14))
    return np.asarray(found * (total / found.sum()))
