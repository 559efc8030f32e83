"""The month's promotions: whom they bring, what they give up and cost, over those of 2026 (M3).

Answers: ``month_of`` the calendar's terms by market, ``orders`` and ``leads`` with burst and dip.
2026's festivals are in its season, so that a promotion which is as it was changes nothing. Leaves out
the laws (``mix``) and the rest of the month (``selling``, which imports this).

Orders of customers and leads follow one law. Of the leads gained, the share pulled forward are people
who come earlier: they become customers now and are missing later. The others come for the offer, buy
once and are no customers afterwards, so that an uplift by itself makes no permanent customers. Where
2026's promotions are cut, the leads that they brought are missing, and these count as 2026's do.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model.brand import targeting_cost
from tandem.model.mix import advertised_uplift, promotion_orders, promotion_terms
from tandem.model.parameters import Parameters, PromotionParameters
from tandem.model.state import Context, State
from tandem.model.types import Array, Structure
from tandem.units import DAYS_PER_MONTH

ORDERS, LEADS = 0, 1  # first axis of the state's debt


@dataclass(frozen=True, slots=True)
class Promoted:
    """Promotions of a month over those of 2026; shares of usual orders and sales, CNY."""

    gained: Array  # (q, m, d) of usual orders
    pulled: Array  # (q, 1, d) share of these only bought earlier
    payback: Array  # (q, 1, d) months
    kept: Array  # (m, d) of the sales of the same orders in 2026
    fee: Array  # (m, d) of sales, beyond those of 2026
    spent: Array  # (m, d) advertising and cost of taking part, CNY


@dataclass(frozen=True, slots=True)
class Lifted:
    """Leads of a month with its promotions, and what is in them, (m, d)."""

    leads: Array
    net: Array  # gained by promotions less those that came earlier
    once: Array  # those who come for the offer alone


def month_of(ctx: Context, p: Parameters, calendar: int, is_open: Array, bought: Array) -> Promoted:
    """Terms of the month's promotions; advertising above 2026's is bought as far as ``bought`` (m, d).

    Money of a promotion is shared out by planned media between the markets open then, and nothing is
    spent, nor anybody reached, where none is. ``is_open`` (m, d).
    """
    now, then = p.promotion, ctx.base.promotion
    here = _takes_place(ctx.structure, calendar)
    uplift_2026 = here * _uplift(then, then.advertising)[:, None]
    share = _shares(here * is_open, p.market.media)
    held, before = now.used * now.advertising, then.used * then.advertising
    more = np.maximum(held - before, 0.0)[:, None] * share * bought
    less = np.minimum(held, before)[:, None] * share
    uplift = here * _uplift(now, (more + less).sum(axis=1))[:, None]
    whole = 1.0 + uplift_2026.sum(axis=0)
    taking_part = (now.used * now.taking_part - then.used * then.taking_part)[:, None]
    return Promoted(
        gained=(uplift - uplift_2026) / whole,
        pulled=now.pulled_forward[:, None],
        payback=now.payback[:, None],
        kept=(1.0 - _terms(now, here, uplift, now.discount))
        / (1.0 - _terms(then, here, uplift_2026, then.discount)),
        fee=_terms(now, here, uplift, now.platform_fee)
        - _terms(then, here, uplift_2026, then.platform_fee),
        spent=(more + less + (taking_part - before[:, None]) * share).sum(axis=0),
    )


def orders(promoted: Promoted, state: State, usual: Array) -> Array:
    """Orders of customers beyond the usual ones, (m, d), negative in a dip; moves their debt."""
    return _net(promoted, state, ORDERS, usual)


def leads(promoted: Promoted, state: State, usual: Array, most: Array) -> Lifted:
    """Leads with burst and dip, never more than the ``most`` (m, d) who could buy; moves their debt."""
    net = _net(promoted, state, LEADS, usual)
    net = np.minimum(net, most - usual)
    once = (np.maximum(promoted.gained, 0.0) * (1.0 - promoted.pulled)).sum(axis=0) * usual
    return Lifted(usual + net, net, np.minimum(once, usual + net))


def targeting_bill(params: Parameters, spent: Array) -> Array:
    """What targeting takes beside the spend by touchpoint (m, j, d), CNY a month, (m, d)."""
    return targeting_cost(spent, params.brand.targeting, params.brand.targeting_cost)


def _net(promoted: Promoted, state: State, kind: int, usual: Array) -> Array:
    with_them, state.promoted[kind] = promotion_orders(
        usual, promoted.gained, promoted.pulled, state.promoted[kind], promoted.payback
    )
    return np.asarray(np.maximum((with_them - usual).sum(axis=0), -usual))


def _takes_place(structure: Structure, calendar: int) -> Array:
    """1 for promotions of this calendar month in the markets that take part, (q, m, 1)."""
    now = np.array(structure.promotion_month, dtype=int) == calendar
    part = np.array(structure.promotion_markets, dtype=float).reshape(-1, len(structure.markets))
    return np.asarray((part * now[:, None])[..., None])


def _uplift(terms: PromotionParameters, spent: Array) -> Array:
    return terms.used * advertised_uplift(terms.uplift, spent, terms.reference_advertising)


def _terms(terms: PromotionParameters, here: Array, uplift: Array, given: Array) -> Array:
    days = here * (terms.used * terms.days / DAYS_PER_MONTH)[:, None]
    return promotion_terms(uplift, days, given[:, None])


def _shares(here: Array, media: Array) -> Array:
    """Share of each promotion's money by market, (q, m, d), by media, evenly where there is none."""
    weight = here * media
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, here)
    whole = weight.sum(axis=1, keepdims=True)
    return np.divide(weight, whole, out=np.zeros_like(weight), where=whole > 0)
