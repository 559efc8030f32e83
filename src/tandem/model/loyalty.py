"""Members, the tier of the best customers, community and after-sales service (M4).

Answers: what such programmes change in who leaves, who orders, who recommends and what a customer
costs, each as a difference from 2026. Leaves out ageing and churn itself (``customers``). Pure
functions; anybody may import it.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc, gammainccinv

from tandem.model.parameters import LoyaltyParameters
from tandem.model.types import Array

MOST_RECOMMENDED = 0.95  # bound of organic lead conversion, as without recommendation


@dataclass(frozen=True, slots=True)
class Tier:
    """One kind of customer beside the mean customer of the same month, shape (d,) or (m, d).

    ``share`` of all customers, ``hazard`` log of the hazard of leaving over the mean, ``orders`` over the
    mean, ``cost`` CNY a month above the mean.
    """

    share: Array
    hazard: Array
    orders: Array
    cost: Array


def mixed_log(share: Array, log_ratio: Array) -> Array:
    """Log of the mean over those with and without an effect: ln(1 + share (exp(log_ratio) - 1)).

    The mean of a population whose ``share`` has its rate multiplied by exp(log_ratio); shapes broadcast.
    """
    return np.log1p(share * np.expm1(log_ratio))


def top_share(share: Array, shape: Array) -> Array:
    """Share of all orders that the ``share`` of customers who order most account for, (d,).

    Order rates are gamma with ``shape`` r > 0: 1 - G(q; r + 1) with q the point that the share lies above
    under G(.; r). Shape 1: share (1 - ln share). Source: Schmittlein, D. C., Cooper, L. G. and Morrison,
    D. G. (1993), Truth in concentration in the land of (80/20) laws, Marketing Science 12(2).
    """
    return np.asarray(gammaincc(shape + 1.0, gammainccinv(shape, share)))


def members_next(members: Array, joining: Array, members_2026: Array, joining_2026: Array) -> Array:
    """Share of customers who are members, a month later, (m, d); it lies in 0..1.

    M' = M + (1 - M) (1 - exp(-j)) - M l. What leaves, l, takes in lapses and new customers, who are no
    members yet; it is that with which the share of 2026 holds at the joining of 2026, at most everybody.
    """
    joined_2026 = -(1.0 - members_2026) * np.expm1(-joining_2026)
    out = np.divide(
        joined_2026, members_2026, out=np.zeros_like(joined_2026), where=members_2026 > 0
    )
    return members - (1.0 - members) * np.expm1(-joining) - members * np.minimum(out, 1.0)


def churn_shift(
    now: LoyaltyParameters, then: LoyaltyParameters, members: Array, *, by_orders: bool = False
) -> Array:
    """Log of the hazard of leaving over that of 2026 by programmes for customers, (m, d).

    Members and the top tier leave less often; what is spent on community works by its logarithm. The tier
    counts by its share of customers, or, ``by_orders``, of orders: those who stay longer are those who
    order most, so what is ordered is lost more slowly than customers are.
    """
    tier, tier_2026 = (
        top_share(p.vip_share, p.order_shape) if by_orders else p.vip_share for p in (now, then)
    )
    return (
        mixed_log(members, -now.member_churn)
        - mixed_log(then.members_2026, -then.member_churn)
        + mixed_log(tier, -now.vip_churn)
        - mixed_log(tier_2026, -then.vip_churn)
        - now.community_churn * np.log(now.community_cost / then.community_cost)
    )


def order_shift(now: LoyaltyParameters, then: LoyaltyParameters, members: Array) -> Array:
    """Log of repeat orders a customer over those of 2026, (m, d).

    The top tier counts by its share of orders, which is larger than that of customers.
    """
    return (
        mixed_log(members, now.member_orders)
        - mixed_log(then.members_2026, then.member_orders)
        + mixed_log(top_share(now.vip_share, now.order_shape), now.vip_orders)
        - mixed_log(top_share(then.vip_share, then.order_shape), then.vip_orders)
    )


def extra_cost(now: LoyaltyParameters, then: LoyaltyParameters, members: Array) -> Array:
    """CNY a customer and month above 2026, whose benefits stand in the service cost of that year."""
    return _cost(now, members) - _cost(then, then.members_2026)


def recommended(
    organic: Array, now: LoyaltyParameters, then: LoyaltyParameters, satisfaction: Array
) -> Array:
    """Organic lead conversion with what customers tell others, (m, d).

    organic (S / S0)**v (community spend over 2026)**w, kept below .95; ``satisfaction`` S / S0. Source of
    the form: elasticities of electronic word of mouth, valence .42 and volume .24 on sales, in You, Y.,
    Vadakkepatt, G. G. and Joshi, A. M. (2015), Journal of Marketing 79(2).
    """
    told = np.power(satisfaction, now.word_of_mouth_satisfaction) * np.power(
        now.community_cost / then.community_cost, now.word_of_mouth_community
    )
    return np.minimum(organic * told, MOST_RECOMMENDED)


def referred(
    customers: Array, now: LoyaltyParameters, then: LoyaltyParameters, room: Array
) -> Array:
    """Leads a month whom top customers bring along to private events, (m, d), at most ``room``.

    Customers x tier's share x events a month x leads a guest, above those of 2026; they cost no media.
    """
    brought, brought_2026 = (
        p.vip_share * p.vip_events * p.vip_referral for p in (now, then)
    )  # fmt: skip
    return np.clip(customers * (brought - brought_2026), 0.0, np.maximum(room, 0.0))


def contacts_ratio(resolution: Array, resolution_2026: Array) -> Array:
    """Contacts that a service case takes over 2026, (d,): r0 / r.

    With a share r solved at each contact the number of contacts is geometric with mean 1 / r.
    """
    return resolution_2026 / resolution


def tiers(now: LoyaltyParameters, members: Array) -> dict[str, Tier]:
    """Customers by tier and by membership beside the mean customer; each pair averages to the mean.

    Keys ``vip`` and ``others``, ``member`` and ``no_member``. A tier without anybody has orders as the
    formula's limit says: what one more would be.
    """
    share = np.maximum(now.vip_share, 1e-9)  # of nobody: the limit
    held = top_share(share, now.order_shape)
    more = np.exp(mixed_log(held, now.vip_orders))
    calmer = mixed_log(now.vip_share, -now.vip_churn)
    vip_cost = _vip_cost(now)
    member_churn = mixed_log(members, -now.member_churn)
    member_orders = mixed_log(members, now.member_orders)
    return {
        "vip": Tier(
            now.vip_share,
            -now.vip_churn - calmer,
            held / share * np.exp(now.vip_orders) / more,
            vip_cost * (1.0 - now.vip_share),
        ),
        "others": Tier(
            1.0 - now.vip_share,
            -calmer,
            (1.0 - held) / (1.0 - share) / more,
            -vip_cost * now.vip_share,
        ),
        "member": Tier(
            members,
            -now.member_churn - member_churn,
            np.exp(now.member_orders - member_orders),
            now.member_cost * (1.0 - members),
        ),
        "no_member": Tier(
            1.0 - members, -member_churn, np.exp(-member_orders), -now.member_cost * members
        ),
    }


def _vip_cost(p: LoyaltyParameters) -> Array:
    """CNY a customer of the top tier and month: service, and private events."""
    return p.vip_cost + p.vip_events * p.vip_event_cost


def _cost(p: LoyaltyParameters, members: Array) -> Array:
    return (
        members * p.member_cost
        + p.vip_share * _vip_cost(p)
        + p.community_cost
        + p.resolution * p.resolution_cost
    )
