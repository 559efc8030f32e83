"""How people feel about the place: engagement and what moves it (H4, C4).

Answers: engagement by position as a difference from 2026. Leaves out what it does, which stands
with those it acts on (leaving, output, customers' satisfaction). Anybody may import it.
"""

import numpy as np

from tandem.model.types import Array

PARTS = (
    "workload",
    "training",
    "recognition",
    "care",
    "dispersion",
    "promises",
    "programmes",
)


def engagement_parts(
    workload: Array,
    training: Array,
    recognition: Array,
    care: Array,
    dispersion: Array,
    broken_promise: Array,
    weights: tuple[Array, Array, Array, Array, Array, Array],
    programmes: Array | float = 0.0,
) -> Array:
    """What moves engagement, ``PARTS`` (part, p, d): each a difference from 2026, bounded by tanh.

    ``programmes`` (p, d) is what counselling, team building and the like add over 2026, a score.

    - workload (log load over 2026) + training + recognition + care (logs of spend over 2026)
    - pay dispersion for equal results (difference of coefficients of variation) - broken promises
    (shortfall of attainment below plan). Evidence for signs: Bakker and Demerouti (2007), The job
    demands-resources model; the sizes are soft, hence their ranges.
    """
    load, course, honour, help_, spread, promise = weights
    parts = (
        -load * np.tanh(workload),
        course * np.tanh(training),
        honour * np.tanh(recognition),
        help_ * np.tanh(care),
        -spread * np.tanh(dispersion),
        -promise * np.tanh(broken_promise),
        programmes,
    )
    shape = np.broadcast_shapes(*(np.shape(part) for part in parts))
    return np.stack([np.broadcast_to(part, shape) for part in parts])


def engagement_target(parts: Array) -> Array:
    """Where engagement tends to, (p, d): the sum of its parts, (part, p, d)."""
    return np.asarray(parts.sum(axis=0))
