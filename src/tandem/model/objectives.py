"""The targets and the loops behind them: events per draw, the growth loop alone (sections 9, 10).

Answers: was the target met, and how fast does a sales force grow that is paid out of its own
sales. Pure functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array


def target_met(value: Array, base: Array, growth: Array) -> Array:
    """1 where ``value`` reaches ``growth`` times ``base`` (1.3: 30 % more), 0 elsewhere, (d,)."""
    return (value >= growth * base).astype(float)


def growth_loop_matrix(
    units_per_salesman: float,
    revenue_per_unit: float,
    cost_per_salesman: float,
    delivery_delay: float,
    hiring_delay: float,
) -> Array:
    """The loop of salesmen S, delivery average A and backlog B alone, as x' = matrix x, a month.

    S' = (revenue A / cost - S) / hiring delay; A' = B / delay - A; B' = units S - B / delay: sales
    pay for the people who make the next sales. Source: Forrester, J. W. (1968), Market growth as
    influenced by capital investment, Industrial Management Review 9(2).
    """
    pull = revenue_per_unit / cost_per_salesman / hiring_delay
    return np.array(
        [
            [-1.0 / hiring_delay, pull, 0.0],
            [0.0, -1.0, 1.0 / delivery_delay],
            [units_per_salesman, 0.0, -1.0 / delivery_delay],
        ]
    )


def dominant_growth(matrix: Array) -> float:
    """Rate a period at which a linear loop grows in the end: the largest real part of its roots."""
    return float(np.linalg.eigvals(matrix).real.max())
