"""From those who could buy to those who are served: leads, service, waiting (sections 4 and 5).

Answers: how many contestable customers turn to us, how many of them somebody has time for, and
what becomes of the others. Leaves out where capacity comes from (``capacity``). Pure functions;
anybody may import it.
"""

import numpy as np

from tandem.model.types import Array


def lead_share(
    awareness: Array, coverage: Array, organic: Array, conversion: Array, response: Array
) -> Array:
    """Share of contestable customers who turn to us: G = A W (1 - (1 - g0) prod(1 - g_j R_j)).

    ``awareness``, ``coverage``, ``organic`` are (m, d); ``conversion`` broadcasts to ``response``
    (m, j, d). Every term is a probability, so G lies in 0..1.
    """
    missed = (1.0 - organic) * np.prod(1.0 - conversion * response, axis=-2)
    return awareness * coverage * (1.0 - missed)


def lead_sources(leads: Array, organic: Array, conversion: Array, response: Array) -> Array:
    """Leads by source, organic first, then touchpoints: (m, j + 1, d), adding up to ``leads``.

    In proportion to -ln(1 - term): the only split of a product of survivals that does not depend
    on the order of its factors.
    """
    organic_part = -np.log1p(-organic)[..., None, :]
    touch_part = -np.log1p(-conversion * response)
    parts = np.concatenate([organic_part, touch_part], axis=-2)
    total = parts.sum(axis=-2, keepdims=True)
    return leads[..., None, :] * parts / np.maximum(total, 1e-300)


def leads(contestable: Array, share: Array, season: Array) -> Array:
    """Leads a month: Q min(1, G season); shapes broadcast."""
    return contestable * np.minimum(1.0, share * season)


def served(waiting: Array, capacity: Array, sharpness: float = 4.0) -> Array:
    """Leads served in a month out of those waiting: (w**-k + K**-k)**(-1/k), below both.

    A smooth minimum: with k = 4 the elasticity of served leads in people lies between 0 and 1
    and is near .34 at common loads (Albers, Mantrala and Sridhar 2010, Journal of Marketing
    Research 47(5)). Infinite capacity serves all.
    """
    least = np.minimum(waiting, capacity)
    most = np.maximum(waiting, capacity)
    ratio = np.divide(least, most, out=np.zeros_like(least), where=(most > 0) & np.isfinite(most))
    return least * np.power(1.0 + np.power(ratio, sharpness), -1.0 / sharpness)


def expired(unserved: Array, patience: Array) -> Array:
    """Leads that give up in a month: unserved (1 - exp(-1 / patience)), patience in months."""
    return -unserved * np.expm1(-1.0 / patience)


def waiting_time(backlog: Array, served_m: Array) -> Array:
    """Months that a lead waits (Little's law, L = lambda W): backlog over served a month."""
    return np.divide(backlog, served_m, out=np.zeros_like(backlog), where=served_m > 0)


def erlang_c(calls: float, handling: float, agents: int) -> tuple[float, float]:
    """Probability of waiting and mean wait in an M/M/c queue; a service desk on its own.

    ``calls`` per unit of time, ``handling`` in that unit; returns (share, mean wait in the same
    unit). Load calls x handling must stay below ``agents``, else ValueError.
    Source: Erlang (1917); Gans, Koole and Mandelbaum (2003), M&SOM 5(2).
    """
    load = calls * handling
    if load >= agents:
        raise ValueError(f"load {load:.3f} needs more than {agents} agents")
    blocking = 1.0
    for servers in range(1, agents + 1):
        blocking = load * blocking / (servers + load * blocking)
    wait = blocking / (1.0 - load / agents * (1.0 - blocking))
    return wait, wait * handling / (agents - load)


def funnel_stages(exposures: Array, rates: Array) -> Array:
    """People at each stage: exposure, click or visit, lead, qualified, order; (stage + 1, ...).

    ``rates`` (stage, ...) are the shares that go on from a stage, their other axes broadcasting to
    ``exposures``; each stage is the one before times its share, so that none is larger than it.
    Raises ValueError for a share outside 0 to 1 and negative exposures.
    """
    shares = np.asarray(rates, dtype=float)
    if not ((shares >= 0) & (shares <= 1)).all() or not (np.asarray(exposures) >= 0).all():
        raise ValueError("the share that goes on is 0 to 1, and exposures are 0 or more")
    passed = np.concatenate([np.ones_like(shares[:1]), np.cumprod(shares, axis=0)])
    return np.asarray(exposures * passed)


def acquisition_cost(customers: Array, spend: Array, people_cost: Array | float = 0.0) -> Array:
    """Money a customer won, CAC: (spend + people) / customers; shapes broadcast.

    With ``people_cost`` 0 it is the cost of media alone, which flatters a touchpoint whose leads need
    people. Infinite where money won nobody, nan where nothing was spent and nobody was won.
    """
    money = np.asarray(spend + people_cost, dtype=float)
    won, money = np.broadcast_arrays(np.asarray(customers, dtype=float), money)
    none = np.where(money > 0, np.inf, np.nan)
    return np.divide(money, won, out=none, where=won > 0)


def people_cost_shares(leads: Array, work: Array | float = 1.0) -> Array:
    """Share of the people's cost that each touchpoint causes: its leads x work a lead over their sum.

    The last axis but one is the touchpoint's, as in ``lead_sources``; nobody's where there is no lead.
    """
    load = np.asarray(leads * work, dtype=float)
    whole = load.sum(axis=-2, keepdims=True)
    return np.divide(load, whole, out=np.zeros_like(load), where=whole > 0)
