"""Promotion in the month: openings filled by one's own people, and who comes ready (steps 0, 9, 11).

Answers: how many of a review's openings go to people of the position below, who leaves it for them,
and how they arrive a month later. The laws stand in ``succession``. A promoted person keeps quality
and years of service, is taken to know as much of the courses as those already there, passes no
probation and costs no hire. The same functions settle the base year on expected heads. Imported by
``anchor_people``, ``staffing`` and ``simulate``.
"""

from dataclasses import replace

import numpy as np

from tandem.model import succession, workforce
from tandem.model.events import Codes, Events
from tandem.model.parameters import WorkforceParameters
from tandem.model.types import Array, Structure, Workforce

SETTLED = 1  # first tenure band past probation


def settled(people: Workforce) -> Array:
    """Heads past probation, (p, d)."""
    return people.heads[SETTLED:].sum(axis=0)


def fed(structure: Structure) -> list[tuple[int, int]]:
    """Positions that are fed, each with the position whose people are promoted into it."""
    return [(k, below) for k, below in enumerate(structure.feeder) if below >= 0]


def promotions(
    structure: Structure,
    share: Array,
    people: Workforce,
    asked: Array,
    events: Events,
    month: int,
    place: Codes,
) -> Array:
    """Openings that people of one's own take, by position promoted into, (p, d).

    ``share`` (p, d) of the openings ``asked`` (p, d) is meant for them; at most those settled below
    go. Where two positions are fed by one, the first in order comes first.
    """
    into = np.zeros_like(asked)
    ready, here = people.ready.copy(), settled(people)
    for k, below in fed(structure):
        chance = succession.promotion_chance(share[k], ready[below], asked[k])
        drawn = events.some("promote", month, place[k : k + 1], asked[k : k + 1], chance[None])[0]
        into[k] = np.minimum(drawn, here[below])
        here[below] -= into[k]
        ready[below] = np.maximum(ready[below] - into[k], 0.0)
    return into


def out_of(structure: Structure, into: Array) -> Array:
    """Those promoted by the position that they leave, (p, d); ``into`` by the one they go to."""
    out = np.zeros_like(into)
    for k, below in fed(structure):
        out[below] += into[k]
    return out


def promote(structure: Structure, people: Workforce, into: Array) -> tuple[Workforce, Array]:
    """Those promoted leave the position below, the longest-serving first; returns them too, (p, d).

    ``into`` (p, d) as ``promotions`` gives it, by position they go to.
    """
    heads, coming = people.heads.copy(), np.zeros_like(people.promoted)
    out = out_of(structure, into)
    for k, below in fed(structure):
        still = into[k]
        for band in range(len(heads) - 1, SETTLED - 1, -1):
            going = np.minimum(heads[band, below], still)
            heads[band, below] -= going
            coming[band, k] = going
            still = still - going
    after = replace(
        people,
        heads=heads,
        promoted=coming,
        ready=np.maximum(people.ready - out, 0.0),
        unramped=np.minimum(people.unramped, heads.sum(axis=0)),
    )
    return after, out


def arrive(structure: Structure, people: Workforce, ramp: Array) -> tuple[Workforce, Array]:
    """Those promoted a month ago start in their new position (step 0); returns them too, (p, d).

    ``ramp`` (d,) is their ramp-up over that of a hire: each counts as so much of a learner.
    """
    joined = people.promoted.sum(axis=0)
    quality = people.quality.copy()
    for k, below in fed(structure):
        quality[k] = workforce.quality_joined(
            people.quality[k], people.total[k], joined[k], people.quality[below]
        )
    after = replace(
        people,
        heads=people.heads + people.promoted,
        promoted=np.zeros_like(people.promoted),
        quality=quality,
        unramped=people.unramped + ramp * joined,
    )
    return after, joined


def readiness(now: WorkforceParameters, then: WorkforceParameters) -> Array:
    """Mean months until somebody prepared is ready, (p, d): that of 2026, courses over 2026's."""
    return now.readiness * np.exp(then.course_readiness - now.course_readiness)


def come_ready(people: Workforce, opening: Array, share: Array, mean: Array) -> Workforce:
    """The month's end: those ready who are still here, and others who have come ready.

    ``opening`` (p, d) heads before leavers went, ``share`` (d,) of the settled who are prepared,
    ``mean`` (p, d) months as ``readiness`` gives them.
    """
    stayed = np.divide(people.total, opening, out=np.zeros_like(opening), where=opening > 0)
    ready = succession.ready_next(people.ready, share * settled(people), stayed, mean)
    return replace(people, ready=ready)
