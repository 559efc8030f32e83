"""What a customer won in the plan year is worth in each future, and how long it stays (M4).

What it answers: for each market that has customers then: the share of those won in the plan year's
first month who are still there by age; the present value of their margin after the first order, month
by month through each simulated future and by the closed form at central assumptions; the same by tier.

What it leaves out: records of real customers (`tandem.calibration`), words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.drawing import central, draw
from tandem.assumptions.inputs import model_inputs
from tandem.model import customers, loyalty, products
from tandem.model.anchor import AGES, order_value
from tandem.model.parameters import Parameters
from tandem.units import FIRST_MONTH, HORIZON, MONTHS_PER_YEAR, year_slice

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["CLUB", "VIP", "TierWorth", "Worth", "worth"]

Floats = NDArray[np.float64]


#: Tiers in the order of a table: the top one, the others; members, those who are none.
VIP, CLUB = ("vip", "others"), ("member", "no_member")


@dataclass(frozen=True, slots=True)
class TierWorth:
    """Customers of one tier: `share` of all, `value` (draw,) and `closed` as in `Worth`."""

    name: str
    share: float
    value: Floats
    closed: float


@dataclass(frozen=True, slots=True)
class Worth:
    """Customers won in one market in the first month of the plan year.

    `kept` (age in months, draw) is the share still there at the opening of each month, the first being
    1; `value` (draw,) the present value, CNY before tax, of their margin net of service after the
    first order, without an end; `closed` the same by the closed form: margin, churn and price at
    central assumptions, orders a month at their median over futures and months. `margin_share` is the
    margin of an order over its net revenue, central. `tiers` are the same by tier: those of the club, and
    of the VIP programme where there is one in the end.
    """

    market: str
    kept: Floats
    value: Floats
    closed: float
    margin_share: float
    tiers: tuple[TierWorth, ...]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What happened after they were won: (month, market, draw), and parameters a month.

    `rate` orders a customer and month, `gap` satisfaction over 2026, `members` their share, `liked` a new
    product on sale.
    """

    months: list[Parameters]
    base: Parameters
    rate: Floats
    gap: Floats
    members: Floats
    liked: Floats
    there: list[int]


def worth(study: "Study") -> list[Worth]:
    """Worth of a customer by market, the market with the most customers first.

    Markets without customers at that time in some future are left out. Orders a customer and month
    are those of the simulation; churn is the model's, with each future's satisfaction, price and
    programmes; after the horizon the last month goes on. Discounting is by month at the real rate. A
    tier's customers stay in it.
    """
    results = study.results
    won = year_slice(int(FIRST_MONTH[:4]) + 1).start
    opening = _paths(study, "customers")[won + 1 :]
    orders = (_paths(study, "orders") - _paths(study, "new_customers"))[won + 1 :]
    markets = [str(name) for name in results["market"].values]
    there = [m for m in range(len(markets)) if (opening[:, m] > 0).all()]
    there.sort(key=lambda m: -float(np.median(opening[0, m])))
    usual = study.assumptions.estimates["customers.satisfaction_2026"].median
    drawn = model_inputs(draw(study.assumptions, study.draws, study.seed), study.seed)
    seen = _Seen(
        months=[m.parameters for m in drawn.months[won + 1 :]],
        base=drawn.base.parameters,
        rate=orders[:, there] / opening[:, there],
        gap=_paths(study, "satisfaction")[won + 1 :, there] - usual,
        members=_paths(study, "members")[won + 1 :, there],
        liked=_paths(study, "new_product")[won + 1 :, there],
        there=there,
    )
    middle = _middle(study, seen, won)
    kept, value = _followed(seen)
    closed, shares = _closed(middle)
    tiers = _tiers(seen, middle)
    return [
        Worth(
            markets[m],
            kept[:, k],
            value[k],
            float(closed[k]),
            float(shares[k]),
            tuple(
                TierWorth(name, float(share[k].mean()), values[k], float(whole[k]))
                for name, share, values, whole in tiers
            ),
        )
        for k, m in enumerate(there)
    ]


def _middle(study: "Study", seen: _Seen, won: int) -> _Seen:
    """One month at central assumptions: orders at their median, programmes as in the horizon's last."""
    central_run = model_inputs(central(study.assumptions), study.seed)
    here = np.median(seen.rate.mean(axis=0), axis=-1)[None, :, None]
    first, last = (central_run.months[at].parameters for at in (won, -1))
    return _Seen(
        months=[replace(first, loyalty=last.loyalty)],
        base=central_run.base.parameters,
        rate=here,
        gap=np.zeros_like(here),
        members=np.median(seen.members[-1:], axis=-1)[..., None],
        liked=np.zeros_like(here),
        there=seen.there,
    )


def _tiers(seen: _Seen, middle: _Seen) -> list[tuple[str, Floats, Floats, Floats]]:
    """Name, share, value (market, draw each) and closed form (market,) of each tier there is."""
    last = seen.months[-1].loyalty
    names = (*VIP, *CLUB) if (last.vip_share > 0).all() else CLUB
    share = loyalty.tiers(last, seen.members[-1])
    shape = seen.members[-1].shape
    return [
        (
            name,
            np.broadcast_to(share[name].share, shape),
            _followed(seen, name)[1],
            _closed(middle, name)[0],
        )
        for name in names
    ]


def _net(seen: _Seen, at: int, tier: str | None) -> tuple[Floats, Floats]:
    """Margin net of service (market, draw), and chance of leaving (market, age, draw), of a month."""
    p, base = seen.months[at], seen.base.loyalty
    members = seen.members[at]
    orders, cost = seen.rate[at], p.finance.service_cost
    cost = cost + loyalty.extra_cost(p.loyalty, base, members)
    moved = customers.churn_moved(p.customer, p.market.price[seen.there], seen.gap[at])
    moved = moved + loyalty.churn_shift(p.loyalty, base, members)
    if tier is not None:
        about = loyalty.tiers(p.loyalty, members)[tier]
        orders, cost, moved = orders * about.orders, cost + about.cost, moved + about.hazard
    dearer = products.order_mix(seen.liked[at], p.product)[1]
    net = orders * _margin(p, seen.there) * dearer - cost
    by_age = customers.churn_by_age(p.customer.churn_alpha, p.customer.churn_beta, AGES)
    return net, customers.scaled_probability(by_age[None], moved[:, None])


def _followed(seen: _Seen, tier: str | None = None) -> tuple[Floats, Floats]:
    """Share kept (age, market, draw) and present value (market, draw), month by month."""
    kept = np.ones((len(seen.months) + 1, *seen.rate.shape[1:]))
    value, discounted = np.zeros(seen.rate.shape[1:]), np.ones(seen.rate.shape[1:])
    nets = []
    churn = value
    for age, p in enumerate(seen.months):
        net, churn = _net(seen, age, tier)
        nets.append(net)
        discounted = discounted / (1.0 + p.finance.discount)
        value = value + discounted * kept[age] * net
        kept[age + 1] = kept[age] * (1.0 - churn[:, min(age, AGES - 1)])
    last = np.broadcast_to(seen.months[-1].finance.discount, seen.rate.shape[-1:])
    year = np.mean(nets[-MONTHS_PER_YEAR:], axis=0)
    after = customers.value_by_age(churn, year, last)[:, min(len(seen.months), AGES - 1)]
    return kept, value + discounted * kept[-1] * after / (1.0 + last)


def _closed(middle: _Seen, tier: str | None = None) -> tuple[Floats, Floats]:
    """Closed form by age at constant margin and churn, and the margin's share, both (market,)."""
    (p,) = middle.months
    net, churn = _net(middle, 0, tier)
    value = customers.value_by_age(churn, net, p.finance.discount) / (1.0 + p.finance.discount)
    margin = _margin(p, middle.there) / order_value(p)[middle.there]
    return value[:, 0, 0], margin[:, 0]


def _margin(p: Parameters, there: list[int]) -> Floats:
    """Margin of an order after goods and channel fees, CNY, (market, draw)."""
    revenue = order_value(p)
    goods = revenue / (p.market.price * p.market.exchange) * p.finance.cogs_share
    return np.asarray((revenue * (1.0 - p.market.fee_share) - goods)[there])


def _paths(study: "Study", variable: str) -> Floats:
    array = study.results[variable].transpose("month", "market", "draw")
    found = np.asarray(array.values, dtype=np.float64)
    assert len(found) == HORIZON
    return found
