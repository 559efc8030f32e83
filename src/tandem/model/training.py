"""How fast people become productive and stay skilled: courses, mentors (H2).

Answers: ramp-up time and the cover of training. Pure functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array


def ramp_time(
    ramp: Array,
    mentored: Array,
    mentored_2026: Array,
    mentor_effect: Array,
    training: Array,
    elasticity: Array,
) -> Array:
    """Months to ramp up (tau), (p, d): shortened by mentors and by training cover over 2026.

    tau (1 - e mentored) / (1 - e mentored_2026) x training**-elasticity; ``mentored`` is the share
    of learners who have one of two places with a mentor.
    """
    by_mentors = (1.0 - mentor_effect * mentored) / (1.0 - mentor_effect * mentored_2026)
    return ramp * by_mentors * np.power(training, -elasticity)


def learnt_next(learnt: Array, taught: Array, cover: Array, fade: Array) -> Array:
    """What courses have left in people, (p, d): fades, and is refreshed by what is taught.

    L' = L + (1 - exp(-fade)) (cover x taught - L): ``taught`` is the level at the courses' coverage,
    ``cover`` (d,) how much of it trainers can seat over 2026, ``fade`` a monthly hazard. Skills decay
    without use or refreshers (Arthur, Bennett, Stanush and McNelly 1998, Human Performance 11(1)).
    """
    return learnt - np.expm1(-fade) * (cover * taught - learnt)


def mentored_share(unramped: Array, ramped: Array) -> Array:
    """Share of those who ramp up for whom there is a mentor, two to each, (p, d)."""
    places = 2.0 * ramped
    return np.where(unramped > 0, np.minimum(1.0, places / np.maximum(unramped, 1e-12)), 1.0)


def training_next(training: Array, cover: Array, speed: Array) -> Array:
    """Training cover over 2026: closes a share of its gap to what trainers can seat, (d,).

    Skills fade at the same speed when seats fall short.
    """
    return training + speed * (cover - training)
