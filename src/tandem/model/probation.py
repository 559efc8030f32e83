"""Probation as a review sees it: retention with its interval, and when selection should change (F1).

Answers: the share that passes probation, estimated from failures so far, and whether they are too
many, for the same reason, to be chance. Leaves out why people fail (``workforce.probation_failure``)
and what a changed selection does (``staffing``). Pure functions; anybody may import it.
"""

import numpy as np
from scipy.special import ndtri

from tandem.model.types import Array
from tandem.model.workforce import BAND_MONTHS

MONTHS = BAND_MONTHS[0]  # length of probation: the first tenure band
CONFIDENCE = 0.95  # of the interval of retention; a judgement, like the next two
FEWEST_FAILURES = 10.0  # fewer say nothing about reasons
MAIN_SHARE = 0.4  # of the failures, which a reason must have to be the main one


def wilson(
    successes: Array | float, trials: Array | float, confidence: float = CONFIDENCE
) -> tuple[Array, Array]:
    """Score interval of a proportion, both ends, 0..1, shapes as broadcast; trials above 0.

    Centre (k + z**2 / 2) / (n + z**2), half width z / (n + z**2) sqrt(k (n - k) / n + z**2 / 4).
    Source: Wilson (1927), Journal of the American Statistical Association 22(158), 209-212.
    """
    k, n = np.asarray(successes, dtype=float), np.asarray(trials, dtype=float)
    z = float(ndtri(0.5 + 0.5 * confidence))
    whole = n + z * z
    centre = (k + 0.5 * z * z) / whole
    half = z / whole * np.sqrt(np.maximum(k * (n - k), 0.0) / n + 0.25 * z * z)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def retention(
    failed: Array | float, exposure: Array | float, confidence: float = CONFIDENCE
) -> tuple[Array, Array, Array]:
    """Share that passes a probation of ``MONTHS``: estimate, low and high, shapes as broadcast.

    (1 - failed / exposure)**MONTHS, ``exposure`` in person-months on probation and above 0: the
    life-table estimate with one hazard for all its months, which is the model's own law. It uses
    everybody who is still on probation, so that failures of last month's hires count before any of
    them can have passed. The interval is Wilson's, carried over by the same falling function.
    Source: Kaplan and Meier (1958), JASA 53(282), 457-481, for the life table.
    """
    low, high = wilson(failed, exposure, confidence)
    estimate = np.power(1.0 - np.asarray(failed) / np.asarray(exposure), MONTHS)
    return estimate, np.power(1.0 - high, MONTHS), np.power(1.0 - low, MONTHS)


def selection_at_fault(
    failed: Array, of_reason: Array, exposure: Array, planned: Array | float
) -> Array:
    """1 where a review should change selection, else 0, shape of ``failed``.

    The whole interval of retention lies below ``planned`` (0..1), at least ``FEWEST_FAILURES`` have
    failed, and ``MAIN_SHARE`` of them or more for the one reason.
    """
    _, _, high = retention(failed, np.maximum(exposure, 1e-9))
    told = (exposure > 0) & (high < planned) & (failed >= FEWEST_FAILURES)
    return (told & (of_reason >= MAIN_SHARE * failed)).astype(float)
