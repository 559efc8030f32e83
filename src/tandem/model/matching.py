"""Who fits which post: scores against a job profile, and the best assignment (C2).

Answers: how well each candidate fits a profile, who misses a must-have minimum, and which candidate
takes which post. Leaves out how well scores predict performance (``selection``). Pure functions;
anybody may import it.

Axes: ``c`` candidate, ``k`` skill, ``p`` post. Scores lie on one scale, 0 to 100 as a rule.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from tandem.model.types import Array

UNFILLED = -1
WHOLE = 1e-6  # how near to one weights must add up


def profile_score(scores: Array, weights: Array) -> Array:
    """Fit of candidates with a profile: weighted mean of their scores, (c,), on the scores' scale.

    ``scores`` (c, k), ``weights`` (k,), none negative. A weak skill is made up for by a strong one,
    down to the minimum (``meets_minimum``). Source: the additive value model of Keeney, R. L. and
    Raiffa, H. (1976), Decisions with Multiple Objectives.

    Raises ValueError where weights do not add up to 1 or a score is missing (NaN).
    """
    total = float(np.sum(weights))
    if abs(total - 1.0) > WHOLE or np.min(weights) < 0.0:
        raise ValueError(f"weights must be 0 or more and add up to 1, not to {total:.6g}")
    rows = np.flatnonzero(np.isnan(scores).any(axis=1))
    if rows.size:
        raise ValueError(f"candidates {', '.join(map(str, rows))} lack a score: assess them first")
    return np.asarray(scores @ weights)


def meets_minimum(scores: Array, minimum: Array) -> NDArray[np.bool_]:
    """Whether candidates reach the must-have minimum of every skill, (c,); ``minimum`` (k,)."""
    return np.asarray((np.asarray(scores) >= minimum).all(axis=1))


def assignment(fit: Array, allowed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The candidate who takes each post, (p,), or ``UNFILLED``: the best whole, not the best first.

    ``fit`` and ``allowed`` are (c, p), any number of each; each candidate takes one post at most.
    As many posts as can be are filled with allowed candidates, and among those ways the sum of
    ``fit`` is highest. Every post may also go to a candidate who is not there, at a price above
    all that fit can make up for. Source: the linear assignment problem, Kuhn, H. W. (1955), The
    Hungarian method for the assignment problem, Naval Research Logistics Quarterly 2.
    """
    fit = np.asarray(fit, dtype=float)
    candidates, posts = fit.shape
    possible = fit[allowed]
    widest = float(np.ptp(possible)) if possible.size else 0.0
    least = float(possible.min()) if possible.size else 0.0
    worth = np.where(allowed, fit, -np.inf)
    nobody = np.full((posts, posts), least - 1.0 - posts * widest)
    rows, columns = linear_sum_assignment(np.vstack([worth, nobody]), maximize=True)
    taken = np.full(posts, UNFILLED, dtype=np.int64)
    filled = rows < candidates
    taken[columns[filled]] = rows[filled]
    return taken
