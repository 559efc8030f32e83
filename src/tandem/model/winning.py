"""Whom customers choose: our offer against rivals', and how rivals answer (step 6).

Answers: the share of those served who choose us. The laws stand in ``market``; utilities are
differences from 2026. Imported by ``selling``.
"""

import numpy as np

from tandem.model import funnel, market
from tandem.model.parameters import Parameters
from tandem.model.state import Context, State
from tandem.model.types import WORKS, Array, Month

NOTICED, FULL_PUSH = 1.1, 1.5  # media over 2026 that rivals notice, and answer in full


def win_rate_of(
    ctx: Context,
    p: Parameters,
    month: Month,
    t: int,
    state: State,
    able: Array,
    done: Array,
    calendar: int,
) -> Array:
    """Share of those served who choose us, (m, d), before the mix of sources acts."""
    d, m = p.demand, p.market
    since = ctx.months_of_growth(t)
    reference = ctx.anchor.reference
    wait = (
        funnel.waiting_time(state.backlog, done)
        - funnel.waiting_time(reference.backlog[calendar], reference.served[calendar])[
            list(ctx.structure.home)
        ]
    )
    new = ~np.asarray(ctx.structure.existing)[:, None]
    own = (
        ctx.anchor.own_utility
        - d.price_logit * np.log(m.price)
        + d.quality_progress * since
        + state.quality
        + state.product * p.product.utility
        + d.favourability_utility * state.favourability
        + d.fit_utility * _sellers_quality(ctx, p, state)
        + d.training_utility * (state.training - 1.0)
        - d.waiting_utility * np.clip(wait, -3.0, 3.0)
        + new * (m.utility_shift - m.failure_utility * state.failed)
    )
    c = p.competitor
    entered, cut = _reactions(ctx, month, t)
    rivals = (
        np.log(c.strength)
        - d.price_logit * np.log(c.price)
        - d.price_logit * cut * np.minimum(np.log(m.price), 0.0)[:, None]
        + c.progress * since
        + entered * c.reaction_spend
    )
    return market.choice_share(own, rivals)


def _reactions(ctx: Context, month: Month, t: int) -> tuple[Array, Array]:
    """Strength of rivals' answer to our entry or push, and share of a price cut followed, (m, i, d).

    Each rival answers with its probability, once for the run, after its delay. The answer is full
    where we enter, and where we are it grows with the push, in logs of media over 2026 from 0 at ``NOTICED`` to 1 at
    ``FULL_PUSH``, for as long as the push lasts.
    """
    c, base = month.parameters.competitor, ctx.base.market
    answers = ctx.events.happens("reaction", ctx.rivals, c.reaction_probability)
    media = month.parameters.market.media
    more = np.divide(media, base.media, out=np.ones_like(media), where=base.media > 0)
    push = np.clip(np.log(np.maximum(more, NOTICED) / NOTICED) / np.log(FULL_PUSH / NOTICED), 0, 1)
    exists = np.asarray(ctx.structure.existing)[:, None]
    strength = np.where(exists, push, 1.0)
    since = np.array([-np.inf if s is None else float(t - s) for s in ctx.pushed])
    awake = answers * (since[:, None, None] >= c.reaction_delay)
    return awake * strength[:, None], awake * c.reaction_follow


def _sellers_quality(ctx: Context, p: Parameters, state: State) -> Array:
    contact = p.people.work[WORKS.index("contacts")] > 0
    rows = []
    for m in range(len(ctx.structure.markets)):
        heads = state.people.total * contact * ctx.structure.serves(m)
        total = heads.sum(axis=0)
        mean = (heads * state.people.quality).sum(axis=0)
        rows.append(np.divide(mean, total, out=np.zeros_like(mean), where=total > 0))
    return np.stack(rows)
