"""How good those are who are hired: validity, intensity, success rate (C2).

Answers: what an assessment adds to the quality of hires. Leaves out the time and money that it
takes (``hiring``). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from tandem.model.types import Array


def selection_intensity(selection_ratio: Array | float) -> Array:
    """Mean standard score of those selected from the top: ordinate at the cut over the ratio.

    Source: Naylor, J. C. and Shine, L. C. (1965), A table for determining the increase in mean
    criterion score, Journal of Industrial Psychology 3.
    """
    cut = ndtri(1.0 - np.asarray(selection_ratio))
    ordinate = np.exp(-0.5 * cut * cut) / np.sqrt(2.0 * np.pi)
    return np.asarray(ordinate / selection_ratio)


def hire_quality(validity: Array, selection_ratio: Array) -> Array:
    """Mean performance of hires in standard deviations of applicants: validity x intensity."""
    return validity * selection_intensity(selection_ratio)


def success_rate(validity: float, selection_ratio: float, base_rate: float) -> float:
    """Share of those selected who do well, given the share of all applicants who would.

    P(X > x, Y > y) / P(X > x) of a bivariate normal with correlation ``validity``.
    Source: Taylor, H. C. and Russell, J. T. (1939), Journal of Applied Psychology 23(5).
    """
    cut = float(ndtri(1.0 - selection_ratio))
    bar = float(ndtri(1.0 - base_rate))
    joint = multivariate_normal.cdf([-cut, -bar], mean=[0, 0], cov=[[1, validity], [validity, 1]])
    return float(joint) / selection_ratio
