"""What people can do in a month: contacts, cover of a need, satisfaction of those served.

Answers: how much work the ramped heads get done, stage by stage. People add up inside a stage and
limit each other between stages. Leaves out how many people there are (``workforce``). Pure
functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array


def cover(load: Array, headroom: Array, sharpness: float = 4.0) -> Array:
    """Share of a need that people can meet, exactly 1 at the load of 2026.

    ((1 + h**-k) / (1 + (load / h)**k))**(1 / k): ``load`` is need over staff relative to 2026,
    ``headroom`` h the load at which staff would be full. Above it, cover falls as h / load; slack
    raises it a little over 1. A smooth minimum, so that no role is ever without effect.
    """
    return np.power(
        (1.0 + np.power(1.0 / headroom, sharpness)) / (1.0 + np.power(load / headroom, sharpness)),
        1.0 / sharpness,
    )


def relative_load(need: Array, staff: Array, need_2026: Array, staff_2026: Array) -> Array:
    """Need per head over that of 2026; 0 where nothing is needed, large where nobody is there.

    1 where 2026 gives no norm: nobody did such work then, or nothing was to be done.
    """
    most = 1e3
    shape = np.broadcast(need, staff, need_2026, staff_2026).shape
    now = np.divide(need, staff, out=np.full(shape, np.inf), where=staff > 0)
    then = np.divide(need_2026, staff_2026, out=np.zeros(shape), where=staff_2026 > 0)
    ratio = np.divide(now, then, out=np.ones(shape), where=then > 0)
    return np.where(need > 0, np.minimum(ratio, most), 0.0)


def contacts_capacity(
    ramped: Array,
    contact_work: Array,
    field_time: Array,
    contacts_m: Array,
    output: Array,
) -> Array:
    """Contacts a month of one market: sum over positions of heads x time x contacts x output.

    ``ramped``, ``contact_work``, ``field_time``, ``output`` are (p, d); ``contacts_m`` (d,).
    """
    return (ramped * contact_work * (1.0 - field_time) * output).sum(axis=0) * contacts_m


def output_per_head(
    quality: Array,
    training: Array,
    span: Array,
    effort: Array,
    engagement: Array,
    quality_productivity: Array,
    training_skill: Array,
    span_skill: Array,
    engagement_capacity: Array,
) -> Array:
    """Output of a ramped head over that of 2026, (p, d).

    exp(quality sd x its effect) x training**elasticity x managers' cover**elasticity x effort x
    exp(engagement x its effect); each factor is 1 in 2026.
    """
    return (
        np.exp(quality_productivity * quality + engagement_capacity * engagement)
        * np.power(training, training_skill)
        * np.power(span, span_skill)
        * effort
    )


def coverage_next(
    coverage: Array, field_heads: Array, opening_rate: Array, loss: Array, kept: Array
) -> tuple[Array, Array, Array]:
    """Distribution next month, opened and lost, shares of outlets, (m, d).

    W' = W + rate x heads x (1 - W) - W (1 - exp(-loss / kept)): field people open outlets that do
    not yet carry us; what channel managers cannot look after (``kept`` below 1) is lost faster.
    Openings are held to what is left.
    """
    opened = -np.expm1(-opening_rate * field_heads) * (1.0 - coverage)
    lost = -coverage * np.expm1(-loss / np.maximum(kept, 1e-3))
    return coverage + opened - lost, opened, lost


def satisfaction_target(
    engagement: Array,
    effort: Array,
    backlog: Array,
    waiting: Array,
    weights: tuple[Array, Array, Array, Array],
) -> Array:
    """Where customers' satisfaction tends to, as a difference from 2026, (m, d).

    S* - S0 = w1 engagement + w2 log service effort - w3 backlog - w4 waiting for service, each
    bounded by tanh. Source of the signs: the service-profit chain, Heskett et al. (1994).
    """
    by_engagement, by_effort, by_backlog, by_waiting = weights
    return (
        by_engagement * np.tanh(engagement)
        + by_effort * np.tanh(effort)
        - by_backlog * np.tanh(backlog)
        - by_waiting * np.tanh(waiting)
    )
