"""Whether a market that opens takes to us (step 0 of the month in which it opens).

Answers: what analysts can watch, and the success of a launch. Leaves out what the market does then
(``selling``). Imported by ``simulate`` and ``staffing``.
"""

import numpy as np
from scipy.special import expit, logit

from tandem.model import capacity
from tandem.model.stages import company_load
from tandem.model.state import Context, State
from tandem.model.types import TASKS, Array, Month


def insight_cover(ctx: Context, month: Month, t: int, able: Array) -> Array:
    """Cover of the markets that analysts watch, those open, over 2026, (d,)."""
    load = company_load(
        ctx.crews["insight"],
        np.full(able.shape[-1], float(sum(month.open))),
        able,
        np.full(able.shape[-1], float(sum(ctx.structure.existing))),
        ctx.anchor.reference.ramped[ctx.calendar(t)],
    )
    return capacity.cover(load, month.parameters.workforce.insight_headroom)


def success_chance(
    chance: Array, cover: Array, effort: Array, insight_effect: Array, innovation_effect: Array
) -> Array:
    """Chance that a launch succeeds; shapes broadcast.

    ln odds = ln odds of ``chance`` + insight effect x log ``cover`` of analysts + innovation effect x
    ``effort``, the mean log effort on innovation over 2026.
    """
    odds = logit(chance) + insight_effect * np.log(cover) + innovation_effect * effort
    return np.asarray(expit(odds))


def innovation(ctx: Context, state: State, *, company: bool = False) -> Array:
    """Mean log effort on innovation over 2026 of the people placed in each market, (m, d).

    With ``company`` those placed company-wide are counted too.
    """
    trying = np.log(state.effort[TASKS.index("innovate")])
    rows = []
    for m in range(len(ctx.structure.markets)):
        who = ctx.structure.serves(m) + (ctx.structure.serves(-1) if company else 0.0)
        heads = state.people.total * who
        crew = heads.sum(axis=0)
        mean = (heads * trying).sum(axis=0)
        rows.append(np.divide(mean, crew, out=np.zeros_like(mean), where=crew > 0))
    return np.stack(rows)


def launch(ctx: Context, month: Month, t: int, state: State, able: Array) -> None:
    """Whether a market that opens this month takes to us: drawn once.

    By ``success_chance`` from the market's own ``launch_success``, with the effort of people placed there.
    """
    p = month.parameters
    chance = success_chance(
        p.market.launch_success,
        insight_cover(ctx, month, t, able),
        innovation(ctx, state),
        p.demand.insight_effect,
        p.demand.innovation_effect,
    )
    success = ctx.events.happens("launch", ctx.places, chance)
    opening = np.array([start == t for start in ctx.opened], dtype=float)[:, None]
    state.failed = np.where(opening > 0, 1.0 - success, state.failed)
