"""How fast people become productive and stay skilled: courses, mentors (H2).

Answers: ramp-up time and the cover of training. Pure functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR


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


def taught_share(cover: Array | float) -> Array:
    """Share of the participants who are taught again in a month, yearly refreshers: 1 - exp(-c/12).

    ``cover`` (d,) is how much of the courses trainers can seat, over 2026.
    """
    return np.asarray(-np.expm1(-np.asarray(cover) / MONTHS_PER_YEAR))


def learnt_next(learnt: Array, taught: Array | float, again: Array | float, fade: Array) -> Array:
    """What courses have left in people a month later, a mean over heads, (p, d).

    L' = K + again (taught - K), K = L exp(-fade): ``taught`` is the level of a position all of whose
    participants have just been taught (coverage x effect), ``again`` the share of them taught this
    month, ``fade`` a monthly hazard. Faster fading lowers the level at every time and never speeds up
    learning. Skills decay without use or refreshers (Arthur, Bennett, Stanush and McNelly 1998, Human
    Performance 11(1)).
    """
    kept = learnt * np.exp(-fade)
    return np.asarray(kept + again * (taught - kept))


def learnt_joined(learnt: Array, share: Array, taught: Array) -> Array:
    """Mean of what courses have left once starters have joined, (p, d): L + share (taught - L).

    A co-flow: starters, a ``share`` of those who are then there, bring the level ``taught`` of the
    courses that they take on joining.
    """
    return np.asarray(learnt + share * (taught - learnt))


def settled_learning(
    joining: Array, refreshed: Array, again: Array | float, fade: Array, renewal: Array
) -> Array:
    """Where ``learnt_joined`` and ``learnt_next`` settle, (p, d).

    ``renewal`` is the share that a month's starters make up of those who are then there: fixed point
    of L = (1 - again) exp(-fade) ((1 - renewal) L + renewal joining) + again refreshed.
    """
    kept = (1.0 - again) * np.exp(-fade)
    return (kept * renewal * joining + again * refreshed) / (1.0 - kept * (1.0 - renewal))


def mentored_share(unramped: Array, ramped: Array) -> Array:
    """Share of those who ramp up for whom there is a mentor, two to each, (p, d)."""
    places = 2.0 * ramped
    return np.where(unramped > 0, np.minimum(1.0, places / np.maximum(unramped, 1e-12)), 1.0)


def training_next(training: Array, cover: Array, speed: Array) -> Array:
    """Training cover over 2026: closes a share of its gap to what trainers can seat, (d,).

    Skills fade at the same speed when seats fall short.
    """
    return training + speed * (cover - training)
