"""How large the market is and who wins it: diffusion, contestable customers, share (M1).

Answers: who adopts the category, who is open to us, and which share decides for us. Leaves out
our own marketing, which acts through leads (``funnel``) and brand (``brand``). Pure functions;
anybody may import it.
"""

import numpy as np
from scipy.special import lambertw

from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR


def market_potential(
    population: Array | float, reach: Array | float, penetration: Array | float
) -> Array:
    """People who will ever buy the category: population x reach x penetration; shapes broadcast.

    ``reach`` is the share of the population that the category's offer gets to, ``penetration`` the
    share of those reached who buy it in the end. The chain-ratio method of Kotler and Keller (2016),
    Marketing management, 15th ed., chapter 4. A market of no people has no potential; raises
    ValueError for a negative population and a share outside 0 to 1.
    """
    people, shares = np.asarray(population), (np.asarray(reach), np.asarray(penetration))
    if not (people >= 0).all() or not all(((s >= 0) & (s <= 1)).all() for s in shares):
        raise ValueError("a population is 0 or more; reach and penetration are shares of 0 to 1")
    return np.asarray(people * shares[0] * shares[1])


def bass_cumulative(years: Array | float, p: Array | float, q: Array | float) -> Array:
    """Share of the pool that has adopted after ``years`` (any shape), between 0 and 1.

    F(t) = (1 - exp(-(p + q) t)) / (1 + q / p exp(-(p + q) t)); p, q a year.
    Source: Bass, F. M. (1969), A new product growth model for consumer durables,
    Management Science 15(5), 215-227.
    """
    decay = np.exp(-(np.asarray(p) + q) * years)
    return np.asarray((1.0 - decay) / (1.0 + np.divide(q, p) * decay))


def bass_peak_time(p: Array | float, q: Array | float) -> Array:
    """Years until adoption is at its fastest: ln(q / p) / (p + q), at once where q <= p.

    Source: Bass (1969).
    """
    return np.asarray(np.maximum(np.log(np.divide(q, p)), 0.0) / (np.asarray(p) + q))


def bass_adopters(
    pool: Array,
    adopted: Array,
    time: Array,
    next_time: Array,
    p: Array,
    q: Array,
) -> Array:
    """Adopters between two effective times, from the pool that is left; customers, same shape.

    a = (M - Y) (F(X') - F(X)) / (1 - F(X)): a moving pool and real adoption are respected, and
    with Y = M F(X) it is the interval form of Srinivasan and Mason (1986). Effective time is that
    of the generalised Bass model (Bass, Krishnan and Jain 1994, Marketing Science 13(3)). Worked
    out from the shares not yet adopted, 1 - F, whose ratio is finite in a saturated category too.
    """
    odds, speed = np.divide(q, p), p + q
    slowing = (1.0 + odds * np.exp(-speed * time)) / (1.0 + odds * np.exp(-speed * next_time))
    gain = 1.0 - np.exp(-speed * (next_time - time)) * slowing
    return np.maximum(pool - adopted, 0.0) * gain


def effective_time_step(
    category_price: Array, category_spend: Array, price_effect: Array, spend_effect: Array
) -> Array:
    """Years by which a month advances diffusion, at least 0; prices and spend over 2026.

    A year's pace, 1 - price_effect ln(price) + spend_effect ln(spend), by the month, after Bass, Krishnan and Jain
    (1994), with levels of the category in the place of their growth.
    """
    pace = 1.0 - price_effect * np.log(category_price) + spend_effect * np.log(category_spend)
    return np.maximum(pace, 0.0) / MONTHS_PER_YEAR


def contestable_customers(
    adopters: Array, adopted: Array, own_customers: Array, switching: Array
) -> Array:
    """Customers a month who are open to an offer: new adopters and others' customers who switch.

    Q = a + (1 - exp(-switching)) (Y - C)+; switching is a hazard a month.
    """
    others = np.maximum(adopted - own_customers, 0.0)
    return adopters - np.expm1(-switching) * others


def choice_share(own_utility: Array, rival_utilities: Array) -> Array:
    """Share of those who consider us that decides for us; rivals along the axis before the draw.

    Multinomial logit, e**u / (e**u + sum e**v), shape of ``own_utility``. Source: McFadden, D.
    (1974), Conditional logit analysis of qualitative choice behavior.
    """
    peak = np.maximum(own_utility, rival_utilities.max(axis=-2))
    own = np.exp(own_utility - peak)
    rivals = np.exp(rival_utilities - peak[..., None, :]).sum(axis=-2)
    return own / (own + rivals)


def own_utility_for(share: Array, rival_utilities: Array) -> Array:
    """Utility that gives us ``share`` against these rivals: the inverse of ``choice_share``."""
    rivals = np.log(np.exp(rival_utilities).sum(axis=-2))
    return np.log(share) - np.log1p(-share) + rivals


def logit_monopoly_price(sensitivity: float, attraction: float, cost: float) -> tuple[float, float]:
    """Price and share at which a single seller facing logit demand earns most.

    Utility attraction - sensitivity p against 0: p = c + 1 / (b (1 - s)); solved with Lambert's W:
    p = c + (1 + W(exp(a - b c - 1))) / b. Source: Anderson, de Palma and Thisse (1992), Discrete
    choice theory of product differentiation, section 7.
    """
    w = float(lambertw(np.exp(attraction - sensitivity * cost - 1.0)).real)
    return cost + (1.0 + w) / sensitivity, w / (1.0 + w)
