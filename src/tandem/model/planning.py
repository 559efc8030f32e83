"""The plan's people: what a month needs by its drivers, and the plan run's people in time.

Answers: each position's driver over that of 2026, and the workforce of the run at central
parameters in which everybody needed is there. Leaves out what HR makes of it (``staffing``).
Imported by ``simulate``.
"""

from dataclasses import replace

import numpy as np

from tandem.model import policy
from tandem.model.staffing import follows
from tandem.model.state import Context, State
from tandem.model.types import WORKS, Array, Month, Workforce
from tandem.units import MONTHS_PER_YEAR


def people_in_time(ctx: Context, month: Month, t: int, state: State, need: Array) -> Workforce:
    """People as the plan wants them this month, of the tenure of 2026's and ramped as they are.

    ``need`` (p, d) is each position's driver over that of 2026. A role that nobody had in 2026 is taken
    to be like all people of that year.
    """
    p = month.parameters
    follow = follows(ctx, p)
    heads = policy.required_heads(
        p.people.planned_heads, need, np.ones_like(need), follow, p.hiring.buffer
    )
    home = list(ctx.structure.home_position)
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference
    bands = _own_or_all(ctx.anchor.opening.heads[:, home], ctx.anchor.opening.heads)
    settled = (reference.heads[calendar], reference.unramped[calendar])
    usual, learning = (_own_or_all(v[home][None], v[None])[0] for v in settled)
    learning = np.where(reference.heads[calendar][home] > 0, settled[1][home], learning)
    existing = ctx.base.people.heads > 0
    heads = np.where(existing & (heads == ctx.base.people.heads), reference.heads[calendar], heads)
    return replace(
        state.people,
        heads=bands / bands.sum(axis=0) * heads,
        pipeline=state.people.pipeline * 0.0,
        promoted=state.people.promoted * 0.0,
        unramped=heads * learning / usual,
    )


def _own_or_all(own: Array, everybody: Array) -> Array:
    """Values (b, p, d) of each position, those of all positions together where it has none."""
    total = everybody.sum(axis=1, keepdims=True)
    return np.where(own.sum(axis=0) > 0, own, total)


def need_ratio(ctx: Context, month: Month, t: int, state: State) -> Array:
    """Each position's driver over that of 2026, (p, d); in a new market over its first year's end.

    Contact roles and their managers follow the level of leads (without their season), outlet roles
    distribution, spend and content roles media, agents customers, recruiters and trainers heads,
    analysts the markets watched. In a new market the plan itself says how many the first year
    needs; from then on they follow the same drivers, and never fall below the plan.
    """
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference
    is_open = np.asarray(month.open, dtype=float)[:, None]
    exists = np.asarray(ctx.structure.existing, dtype=float)[:, None]
    one = np.ones_like(state.level)
    m = month.parameters.market
    media = (m.media / m.exchange * is_open, ctx.base.market.media)
    covered = (state.coverage, reference.coverage[calendar])
    level = (state.level, reference.leads[calendar - 1] / ctx.base.demand.season[calendar - 1])
    by_work = {
        "contacts": level,
        "span": level,
        "outlets_opened": covered,
        "outlets_kept": covered,
        "spend": media,
        "content": media,
        "insight": (is_open * one, exists * one),
        "service": (state.cohorts.sum(axis=1), reference.customers[calendar]),
    }
    later = dict.fromkeys(("contacts", "span"), (state.level, state.first_level))
    later |= dict.fromkeys(
        ("outlets_opened", "outlets_kept"), (state.coverage, state.first_coverage)
    )
    heads = month.parameters.people.planned_heads.sum(axis=0) / ctx.base.people.heads.sum(axis=0)
    rows = []
    for position, place in enumerate(ctx.structure.place):
        kind = WORKS[ctx.structure.driver[position]]
        if place >= 0 and not ctx.structure.existing[place]:
            if kind in later:
                now, then = (values[place] for values in later[kind])
                rows.append(np.maximum(_over(now, then), 1.0))
            else:
                rows.append(np.ones_like(heads))
        elif kind not in by_work:
            rows.append(heads)
        elif place < 0:
            now, then = by_work[kind]
            rows.append(now.sum(axis=0) / then.sum(axis=0))
        else:
            now, then = (values[place] for values in by_work[kind])
            rows.append(_over(now, then))
    return np.stack(rows)


def remember(ctx: Context, t: int, state: State) -> None:
    """Keep what a new market had come to a year after it opened: its drivers count from there."""
    for m, opened in enumerate(ctx.opened):
        if opened is not None and t == opened + MONTHS_PER_YEAR:
            state.first_level[m] = state.level[m]
            state.first_coverage[m] = state.coverage[m]


def _over(now: Array, then: Array) -> Array:
    """now / then, 1 where there is no then."""
    return np.divide(now, then, out=np.ones_like(now), where=then > 0)
