"""How good those are who are hired: validity, intensity, success rate, utility (C2).

Answers: what assessments, alone and together, add to the quality of hires, and what that is worth
in money. Leaves out the time that they take (``hiring``) and who gets which post (``matching``).
Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from tandem.model.types import Array

LEAST_EIGENVALUE = 1e-9
PERFECT = 1.0 + 1e-9  # a validity of one, and what rounding may add


def equal_intercorrelations(rho: Array, count: int) -> Array:
    """Intercorrelations (a, a, d) of ``count`` assessments of which every pair correlates ``rho``.

    ``rho`` has shape (d,). Whether such a matrix is possible, ``combination_weights`` says.
    """
    ones = np.eye(count)[:, :, None]
    return np.asarray(ones + (1.0 - ones) * rho)


def combination_weights(validities: Array, intercorrelations: Array) -> Array:
    """Standard weights of assessments in the score that predicts best: C**-1 v, (a, d).

    ``validities`` v (a, d), ``intercorrelations`` C (a, a, d), both of standard scores. A weight
    below zero belongs to an assessment that says nothing new: better left out. Source: Cohen, J.,
    Cohen, P., West, S. G. and Aiken, L. S. (2003), Applied Multiple Regression, 3rd ed., ch. 3.

    Raises ValueError where C is no correlation matrix (symmetric, ones on its diagonal, positive).
    """
    c = np.moveaxis(np.asarray(intercorrelations, dtype=float), -1, 0)
    if not (np.allclose(c, np.swapaxes(c, 1, 2)) and np.allclose(np.diagonal(c, 0, 1, 2), 1.0)):
        raise ValueError("intercorrelations must be symmetric with ones on their diagonal")
    if c.shape[1] and np.linalg.eigvalsh(c).min() < LEAST_EIGENVALUE:
        raise ValueError(
            "no assessments can correlate like this (the matrix is not positive): "
            "bring the intercorrelations closer to 0"
        )
    v = np.moveaxis(np.asarray(validities, dtype=float), -1, 0)[:, :, None]
    return np.moveaxis(np.linalg.solve(c, v)[:, :, 0], 0, -1)


def combined_validity(validities: Array, intercorrelations: Array) -> Array:
    """Validity of assessments weighted as well as can be: multiple correlation, (d,).

    R = sqrt(v' C**-1 v), with the arguments, the source and the errors of
    ``combination_weights``; 0 for no assessment. Raises ValueError too where R would exceed 1:
    such validities cannot go with such intercorrelations.
    """
    weights = combination_weights(validities, intercorrelations)
    squared = (np.asarray(validities) * weights).sum(axis=0)
    if squared.max(initial=0.0) > PERFECT:
        raise ValueError(
            "assessments of these validities cannot correlate like this (together they would "
            "predict better than perfectly): lower the validities or the intercorrelations"
        )
    return np.sqrt(np.clip(squared, 0.0, 1.0))


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


def utility_per_hire(
    tenure: Array | float,
    sd_performance: Array | float,
    validity: Array | float,
    selection_ratio: Array | float,
    assessment_cost: Array | float,
) -> Array:
    """What assessing candidates is worth, money a hire: T r z SDy - C; arguments broadcast.

    ``tenure`` T, years that a hire stays on average; ``sd_performance`` SDy, money a year between
    a hire and one who performs a standard deviation better; ``validity`` r; z the intensity of the
    selection ratio; ``assessment_cost`` C, money a hire: cost of a candidate x candidates a hire.
    Against taking candidates at random. Not discounted, and without what the better bring later:
    a check beside a simulation, never added to its money. Source: Cronbach, L. J. and Gleser, G. C.
    (1965), Psychological Tests and Personnel Decisions, 2nd ed., after Brogden (1949), Personnel
    Psychology 2(2).
    """
    gain = np.asarray(tenure) * validity * selection_intensity(selection_ratio) * sd_performance
    return np.asarray(gain - assessment_cost)


def utility(
    hires: Array,
    tenure: Array,
    sd_performance: Array,
    validity: Array,
    selection_ratio: Array,
    assessment_cost: Array,
) -> Array:
    """The same of all hires, money, (d,): ``utility_per_hire`` x ``hires``, summed over positions.

    ``hires``, ``tenure`` and ``sd_performance`` are (p, d), the rest (d,) or (p, d).
    """
    each = utility_per_hire(tenure, sd_performance, validity, selection_ratio, assessment_cost)
    return np.asarray((hires * each).sum(axis=0))
