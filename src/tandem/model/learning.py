"""What courses leave in people, from month to month: skill and quicker ramp-up (steps 0 and 12).

Answers: skill and quickness of 2026, how starters change them, and what a month's courses, seats and
time do. Everybody whom a course covers takes it on joining; all but onboarding are taken again once a
year. The laws stand in ``training``. Imported by ``simulate`` and ``moods``.
"""

import numpy as np

from tandem.model import capacity, training
from tandem.model.parameters import Parameters
from tandem.model.stages import company_load
from tandem.model.state import Context, State
from tandem.model.types import Anchor, Array, Structure


def renewal_2026(structure: Structure, anchor: Anchor) -> tuple[Array, Array]:
    """Starters of a mean month of 2026 over those then there, and over those who ramp up, (p, d).

    New positions by their home's.
    """
    home = list(structure.home_position)
    reference = anchor.reference
    starters = reference.hires.mean(axis=0)[home]
    heads = reference.heads.mean(axis=0)[home]
    learning = reference.unramped.mean(axis=0)[home]
    return _share(starters, heads), _share(starters, learning)


def settled_2026(base: Parameters, renewal: tuple[Array, Array]) -> tuple[Array, Array]:
    """Skill and quickness that 2026's courses leave in people, (p, d), logs."""
    w = base.workforce
    skill = training.settled_learning(
        w.course_output, w.course_output, training.taught_share(1.0), w.course_fade, renewal[0]
    )
    none = np.zeros_like(w.joining_ramp)
    quickness = training.settled_learning(w.joining_ramp, none, 0.0, w.joining_fade, renewal[1])
    return skill, quickness


def join(ctx: Context, p: Parameters, state: State, starters: Array) -> None:
    """Starters, already counted in ``state.people``, bring what courses on joining taught them.

    In the planned run, where everybody is simply there, as many join as in a month of 2026.
    """
    if ctx.plan is None:
        by_head, by_learner = ctx.renewal
    else:
        by_head = _share(starters, state.people.total)
        by_learner = _share(starters, state.people.unramped)
    w = p.workforce
    state.skill = training.learnt_joined(state.skill, by_head, state.training * w.course_output)
    state.quickness = training.learnt_joined(
        state.quickness, by_learner, state.training * w.joining_ramp
    )


def learn(
    ctx: Context,
    p: Parameters,
    t: int,
    state: State,
    able: Array,
    learning: Array,
    starters: Array,
) -> None:
    """Step 12: training cover, skill and quickness that the next month opens with.

    ``learning`` (p, d) are those who ramped up during the month, ``starters`` those who joined in it.
    """
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference

    def seats(own: Parameters, unramped: Array, heads: Array, joined: Array) -> Array:
        w = own.workforce
        return (unramped + w.course_seats * heads + w.joining_seats * joined).sum(axis=0)

    load = company_load(
        ctx.crews["training"],
        seats(p, learning, state.people.total, starters),
        able,
        seats(
            ctx.base,
            reference.unramped[calendar],
            reference.heads[calendar],
            reference.hires[calendar],
        ),
        reference.ramped[calendar],
    )
    seated = capacity.cover(load, p.workforce.trainer_headroom)
    w = p.workforce
    state.training = training.training_next(state.training, seated, w.training_speed)
    state.skill = training.learnt_next(
        state.skill, w.course_output, training.taught_share(seated), w.course_fade
    )
    state.quickness = training.learnt_next(state.quickness, 0.0, 0.0, w.joining_fade)


def _share(part: Array, whole: Array) -> Array:
    share = np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
    return np.asarray(np.minimum(share, 1.0))
