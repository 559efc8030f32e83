"""Switching: where along one input a mean difference changes its sign.

What it answers: the switch point of a difference that is given as a function of an input's level,
nearest to today's best guess; None where the difference keeps its sign over the whole range.

What it leaves out: the function (a `Surface`, as a rule) and its check against the simulation.

Who may import it: `tandem.study`, charts and above.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

__all__ = ["switch_point"]

#: Steps of the scan that brackets roots.
STEPS = 64


def switch_point(
    difference: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    low: float,
    high: float,
    centre: float = 0.0,
) -> float | None:
    """The level in `low` to `high` nearest to `centre` at which `difference` is nought, or None.

    `difference` takes levels (n,) and returns values (n,). Roots are bracketed on an even grid and
    found by Brent's method (Brent 1973, Algorithms for minimization without derivatives). A
    difference that touches nought without crossing has none. Raises ValueError for an empty range.
    """
    if not low < high:
        raise ValueError(f"the range {low} to {high} is empty")
    grid = np.linspace(low, high, STEPS + 1)
    signs = np.sign(difference(grid))
    places = np.flatnonzero(signs[:-1] * signs[1:] < 0)
    roots = [
        float(grid[k]) for k in range(1, STEPS) if signs[k] == 0 and signs[k - 1] != signs[k + 1]
    ]
    roots += [
        float(brentq(lambda x: float(difference(np.array([x]))[0]), grid[k], grid[k + 1]))
        for k in places
    ]
    return min(roots, key=lambda root: abs(root - centre), default=None)
