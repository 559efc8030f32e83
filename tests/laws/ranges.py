"""What hypothesis draws: numbers and rows of numbers within plausible ranges."""

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

SMALLEST = 1e-9


def number(low: float, high: float) -> st.SearchStrategy[float]:
    """A number of a range, its ends among the likelier ones; nought, or at least a billionth.

    Nobody has 1e-200 people, and a quotient of two such numbers says nothing about a law.
    """
    drawn = st.floats(low, high, allow_nan=False)
    return drawn if low >= SMALLEST else drawn.map(lambda x: 0.0 if abs(x) < SMALLEST else x)


def row(low: float, high: float, *shape: int) -> st.SearchStrategy[np.ndarray]:
    """An array of such numbers; one row of three draws unless a shape is given."""
    return hnp.arrays(np.float64, shape or (3,), elements=number(low, high))


share = number(0.0, 1.0)
shares = row(0.0, 1.0)
