"""What the next month opens with: effort, training, engagement, satisfaction (step 12).

Answers: how this month changes people's and customers' moods. The laws stand in ``culture``,
``training``, ``capacity`` and ``incentives``. Imported by ``simulate``.
"""

import numpy as np

from tandem.model import brand, capacity, culture
from tandem.model.incentives.effort import effort
from tandem.model.incentives.plan import Payout
from tandem.model.learning import learn
from tandem.model.parameters import Parameters
from tandem.model.selling import Sold
from tandem.model.state import Context, State
from tandem.model.types import TASKS, WORKS, Array, Month


def moods(
    ctx: Context,
    month: Month,
    t: int,
    state: State,
    sold: Sold,
    able: Array,
    learning: Array,
    starters: Array,
    payout: Payout,
) -> None:
    """Step 12: effort, training, engagement and satisfaction that the next month opens with.

    ``learning`` (p, d) are those who ramped up during the month, ``starters`` who joined in it.
    """
    p, w, c = month.parameters, month.parameters.workforce, month.parameters.customer
    i = p.incentive
    base = ctx.base.workforce
    none = np.zeros_like(w.programme_service)
    state.effort = effort(
        payout.gain,
        ctx.payout_2026.gain,
        i.effort_response,
        i.effort_cross,
        np.stack(
            [
                none,
                w.programme_service - base.programme_service,
                w.programme_innovation - base.programme_innovation,
            ]
        ),
        i.crowding_out,
    )
    learn(ctx, p, t, state, able, learning, starters)
    state.load = _workload(ctx, p, t, state, sold)
    attained = state.attainment[
        [len(ctx.structure.markets) if k < 0 else k for k in ctx.structure.place]
    ]
    short = np.maximum(np.log(ctx.base.incentive.attainment_2026 / attained), 0.0)
    parts = culture.engagement_parts(
        state.load,
        state.training - 1.0,
        np.log(w.recognition / base.recognition)
        + (payout.recognition - ctx.payout_2026.recognition),
        np.log(w.care / base.care),
        payout.spread - ctx.payout_2026.spread,
        short * (state.people.total > 0),
        (
            w.engagement_workload,
            w.engagement_training,
            w.engagement_recognition,
            w.engagement_care,
            w.engagement_dispersion,
            w.engagement_promise,
        ),
        w.programme_engagement - base.programme_engagement,
    )
    wanted = culture.engagement_target(parts)
    state.engagement = brand.approach(state.engagement, wanted, w.engagement_speed)
    heads = state.people.total
    everybody = np.maximum(heads.sum(axis=0), 1.0)
    state.mood = (parts * heads).sum(axis=1) / everybody
    serve = ctx.crews["service"].work
    crew = np.maximum((able * serve).sum(axis=0), 1e-9)
    engaged = (able * serve * state.engagement).sum(axis=0) / crew
    tried = (able * serve * np.log(state.effort[TASKS.index("serve")])).sum(axis=0) / crew
    reference = ctx.anchor.reference
    calendar = ctx.calendar(t)
    home = list(ctx.structure.home)
    usual = reference.backlog[calendar] / np.maximum(reference.served[calendar], 1e-9)
    queue = np.divide(
        sold.opening_backlog, sold.served, out=np.zeros_like(sold.served), where=sold.served > 0
    )
    target = capacity.satisfaction_target(
        engaged,
        tried,
        queue - usual[home],
        sold.waiting_for_service,
        (
            c.satisfaction_engagement,
            c.satisfaction_effort,
            c.satisfaction_backlog,
            c.satisfaction_waiting,
        ),
    )
    solved = p.loyalty.resolution - ctx.base.loyalty.resolution
    target = target + p.loyalty.resolution_satisfaction * solved
    state.satisfaction = brand.approach(state.satisfaction, target, c.satisfaction_speed)


def _workload(ctx: Context, p: Parameters, t: int, state: State, sold: Sold) -> Array:
    """Log of load over 2026 by position, (p, d): contact roles by leads, agents by customers."""
    calendar = ctx.calendar(t)
    reference = ctx.anchor.reference
    home = list(ctx.structure.home)
    usual = (
        (reference.backlog + reference.leads)[calendar]
        / np.maximum(reference.capacity[calendar], 1e-9)
    )[home]
    with np.errstate(divide="ignore", invalid="ignore"):
        busy = np.where(
            np.isfinite(sold.capacity) & (sold.capacity > 0),
            (sold.served + sold.backlog + sold.expired) / sold.capacity,
            usual,
        )
        contact = np.log(np.maximum(busy / usual, 0.05))
    rows = np.zeros_like(state.engagement)
    service = ctx.crews["service"].work
    work = p.people.work[WORKS.index("contacts")]
    for position, place in enumerate(ctx.structure.place):
        if place >= 0 and (work[position] > 0).any():
            rows[position] = contact[place]
        elif (service[position] > 0).any():
            rows[position] = sold.waiting_for_service
    return np.clip(rows, -1.5, 1.5)
