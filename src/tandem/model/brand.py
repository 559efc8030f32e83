"""What spending does to heads and hearts: adstock, saturation, awareness, favourability (M2).

Answers: how much of the target knows us and likes us. Leaves out what they then buy (``funnel``,
``market``). Pure functions; anybody may import it.
"""

import numpy as np

from tandem.model.types import Array
from tandem.units import WEEKS_PER_MONTH


def adstock(previous: Array | float, spend: Array | float, retention: Array | float) -> Array:
    """Advertising stock after a period: retention x previous + spend; unit of spend.

    Source: Broadbent, S. (1979), One way TV advertisements work, Journal of the Market Research
    Society 21(3). Its limit under steady spend s is s / (1 - retention).
    """
    return np.asarray(np.multiply(retention, previous) + spend)


def smoothed_spend(previous: Array, spend: Array, retention: Array) -> Array:
    """Adstock normalised to the level of spend: x' = theta x + (1 - theta) s; unit of spend.

    Normalised, so that the half-life changes when advertising works and not how much.
    """
    return retention * previous + (1.0 - retention) * spend


def retention_from_half_life(weeks: Array) -> Array:
    """Monthly retention of adstock from its half-life in weeks: .5 ** (weeks in a month / weeks)."""
    return np.power(0.5, WEEKS_PER_MONTH / weeks)


def hill(stock: Array, slope: Array, half_point: Array) -> Array:
    """Saturation between 0 and 1: x**n / (x**n + k**n); 0 at no stock, .5 at the half point.

    Source: Hill (1910); in media models Jin, Wang, Sun, Chan and Koehler (2017), Google.
    """
    power = np.power(np.maximum(stock, 0.0) / half_point, slope)
    return power / (1.0 + power)


def targeted(conversion: Array, share: Array, lift: Array) -> Array:
    """Lead conversion with a share of the spend targeted: conversion (1 + share x lift); (j, d).

    Spend that is not targeted reaches people as before; ``lift`` is what targeting adds, over conversion.
    """
    return np.asarray(conversion * (1.0 + share * lift))


def targeting_cost(spent: Array, share: Array, cost: Array) -> Array:
    """Data and platform resources that targeting takes beside the spend, money, (m, d).

    ``spent`` (m, j, d) money by touchpoint, ``share`` (j, d) of it targeted, ``cost`` (j, d) over that.
    """
    return np.asarray((spent * share * cost).sum(axis=1))


def goodwill_continuous(start: float, spend: float, decay: float, periods: float) -> float:
    """Goodwill of Nerlove and Arrow after ``periods``: dG/dt = spend - decay G, unit of spend.

    Source: Nerlove, M. and Arrow, K. J. (1962), Optimal advertising policy under dynamic
    conditions, Economica 29.
    """
    limit = spend / decay
    return limit + (start - limit) * float(np.exp(-decay * periods))


def awareness_gain(response: Array, gain: Array) -> Array:
    """Share of the unaware who learn of us in a month: 1 - prod(1 - gain_j response_j).

    ``response`` (m, j, d) Hill responses, ``gain`` (j, d); result (m, d). Touchpoints reach
    people independently of each other.
    """
    return 1.0 - np.prod(1.0 - gain * response, axis=-2)


def awareness_next(awareness: Array, decay: Array, gained: Array) -> Array:
    """Awareness next month, a share: A' = (1 - decay) A + (1 - A) gained. Shapes as given.

    Source: the share form of Vidale, M. L. and Wolfe, H. B. (1957), Operations Research 5(3).
    """
    return (1.0 - decay) * awareness + (1.0 - awareness) * gained


def favourability_target(
    event_spend: Array, satisfaction: Array, events_effect: Array, satisfaction_effect: Array
) -> Array:
    """Where favourability tends to, as a difference from 2026; bounded in each part.

    tanh of the log of goodwill-weighted spend over 2026, and tanh of the difference in customers'
    satisfaction: events, public relations and customers' stories move it, none without limit.
    """
    spend = np.tanh(np.log(np.maximum(event_spend, 1e-9)))
    return events_effect * spend + satisfaction_effect * np.tanh(satisfaction)


def approach(level: Array, target: Array, speed: Array) -> Array:
    """A stock that closes a share of its gap each month: x + speed (x* - x)."""
    return level + speed * (target - level)
