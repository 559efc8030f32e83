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


def launch(ctx: Context, month: Month, t: int, state: State, able: Array) -> None:
    """Whether a market that opens this month takes to us: drawn once.

    ln odds = ln odds of ``launch_success`` + insight effect x log cover of analysts + innovation effect
    x mean log effort on innovation of the people placed there, over 2026.
    """
    p = month.parameters
    known = np.log(insight_cover(ctx, month, t, able))
    trying = np.log(state.effort[TASKS.index("innovate")])
    rows = []
    for m in range(len(ctx.structure.markets)):
        heads = state.people.total * ctx.structure.serves(m)
        crew = heads.sum(axis=0)
        mean = (heads * trying).sum(axis=0)
        rows.append(np.divide(mean, crew, out=np.zeros_like(mean), where=crew > 0))
    odds = (
        logit(p.market.launch_success)
        + p.demand.insight_effect * known
        + p.demand.innovation_effect * np.stack(rows)
    )
    success = ctx.events.happens("launch", ctx.places, np.asarray(expit(odds)))
    opening = np.array([start == t for start in ctx.opened], dtype=float)[:, None]
    state.failed = np.where(opening > 0, 1.0 - success, state.failed)
