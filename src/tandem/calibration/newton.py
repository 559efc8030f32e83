"""Maximum likelihood by Newton's method: estimates, log-likelihood and their covariance.

What it answers: where a smooth log-likelihood is largest, and how sure the data are of it (the
inverse of the observed information).

What it leaves out: the likelihoods themselves, and models whose likelihood has several tops.

Who may import it: its siblings in `tandem.calibration`.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["maximise"]

Floats = NDArray[np.float64]
Evaluation = tuple[float, Floats, Floats]

STEPS = 60
HALVINGS = 40
CLOSE = 1e-11  # share of the log-likelihood that a last step may still promise
NOTHING = 1e-8  # width of information below which a parameter moves nothing
FADED = 1e-4  # share of the width at the start below which an estimate runs off to infinity
FLAT = 1e-10  # curvature, of 1, below which two parameters are one
ADVICE = (
    ": it is the same for everybody at risk, or separates those who left from those who stayed; "
    "leave it out, or pool its groups"
)


def maximise(
    evaluate: Callable[[Floats], Evaluation],
    start: Floats,
    names: Sequence[str],
    advice: str = ADVICE,
    longest: float = np.inf,
) -> tuple[Floats, float, Floats]:
    """Estimates (parameter,), log-likelihood and covariance (parameter, parameter).

    ``evaluate`` gives log-likelihood, gradient and observed information at a point, the first -inf
    where the point is not allowed. A step that lowers the log-likelihood is halved; where the
    surface is not concave yet, the step goes uphill by the curvatures' sizes; no step
    moves a parameter by more than ``longest``. Source: Nocedal and
    Wright (2006), Numerical optimization, 2nd ed., section 3.4. Raises ValueError, naming the
    parameters and ending with ``advice``, where the data hold no information on one of them, do not
    tell two apart, or where the likelihood rises without an end.
    """
    point = np.asarray(start, dtype=float)
    value, slope, information = evaluate(point)
    at_first = _widths(information)
    for _ in range(STEPS):
        step, concave = _uphill(slope, information, at_first, names, advice)
        promised = float(slope @ step)
        if concave and promised <= CLOSE * (1.0 + abs(value)):
            return point + step, value + promised / 2.0, np.asarray(np.linalg.inv(information))
        step = step * min(1.0, longest / max(float(np.abs(step).max()), 1e-300))
        for halving in range(HALVINGS):
            trial = point + step * 0.5**halving
            there = evaluate(trial)
            if there[0] >= value:
                break
        else:
            break
        point, (value, slope, information) = trial, there
    raise ValueError(f"no largest likelihood was found for {', '.join(names)}{advice}")


def _uphill(
    slope: Floats, information: Floats, at_first: Floats, names: Sequence[str], advice: str
) -> tuple[Floats, bool]:
    """Newton's step, and whether the surface is concave here; ValueError where it is flat."""
    width = _widths(information)
    blind = [
        name
        for name, now, first in zip(names, width, at_first, strict=True)
        if now < NOTHING or now < FADED * first
    ]
    if blind:
        raise ValueError(f"the data say nothing about {', '.join(blind)}{advice}")
    curvature, directions = np.linalg.eigh(information / np.outer(width, width))
    flat = int(np.argmin(np.abs(curvature)))
    if abs(curvature[flat]) < FLAT:
        parts = np.abs(directions[:, flat])
        mixed = [name for name, part in zip(names, parts, strict=True) if part > 0.1]
        one = ": each follows from the others; leave one of them out"
        raise ValueError(
            f"the data do not tell apart {', '.join(mixed)}{one if advice == ADVICE else advice}"
        )
    step = directions @ ((directions.T @ (slope / width)) / np.abs(curvature)) / width
    return step, bool(curvature[0] > 0)


def _widths(information: Floats) -> Floats:
    """Square roots of each parameter's own information, (parameter,)."""
    return np.asarray(np.sqrt(np.abs(np.diag(information))))
