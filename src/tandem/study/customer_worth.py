"""What a customer won in the plan year is worth in each future, and how long it stays (M4).

What it answers: for each market that has customers then: the share of those won in the plan year's
first month who are still there by age; the present value of their margin after the first order, month
by month through each simulated future and by the closed form at central assumptions.

What it leaves out: records of real customers (`tandem.calibration`), words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.drawing import central, draw
from tandem.assumptions.inputs import model_inputs
from tandem.model import customers
from tandem.model.anchor import AGES, order_value
from tandem.model.parameters import Parameters
from tandem.units import FIRST_MONTH, HORIZON, year_slice

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Worth", "worth"]

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Worth:
    """Customers won in one market in the first month of the plan year.

    `kept` (age in months, draw) is the share still there at the opening of each month, the first being
    1; `value` (draw,) the present value, CNY before tax, of their margin net of service after the
    first order, without an end; `closed` the same by the closed form: margin, churn and price at
    central assumptions, orders a month at their median over futures and months. `margin_share` is the
    margin of an order over its net revenue, central.
    """

    market: str
    kept: Floats
    value: Floats
    closed: float
    margin_share: float


def worth(study: "Study") -> list[Worth]:
    """Worth of a customer by market, the market with the most customers first.

    Markets without customers at that time in some future are left out. Orders a customer and month
    are those of the simulation; churn is the model's, with each future's satisfaction and price; after
    the horizon the last month goes on. Discounting is by month at the real rate.
    """
    results = study.results
    won = year_slice(int(FIRST_MONTH[:4]) + 1).start
    opening = _paths(study, "customers")[won + 1 :]
    orders = (_paths(study, "orders") - _paths(study, "new_customers"))[won + 1 :]
    markets = [str(name) for name in results["market"].values]
    there = [m for m in range(len(markets)) if (opening[:, m] > 0).all()]
    there.sort(key=lambda m: -float(np.median(opening[0, m])))
    rate = orders[:, there] / opening[:, there]
    gap = _paths(study, "satisfaction")[won + 1 :, there]
    gap = gap - study.assumptions.estimates["customers.satisfaction_2026"].median
    months = model_inputs(draw(study.assumptions, study.draws, study.seed), study.seed).months
    kept, value = _followed([m.parameters for m in months[won + 1 :]], rate, gap, there)
    middle = model_inputs(central(study.assumptions), study.seed).months[won].parameters
    closed, shares = _closed(middle, np.median(rate.mean(axis=0), axis=-1), there)
    return [
        Worth(markets[m], kept[:, k], value[k], float(closed[k]), float(shares[k]))
        for k, m in enumerate(there)
    ]


def _followed(
    months: list[Parameters], rate: Floats, gap: Floats, there: list[int]
) -> tuple[Floats, Floats]:
    """Share kept (age, market, draw) and present value (market, draw), month by month."""
    kept = np.ones((len(months) + 1, *rate.shape[1:]))
    value, discounted = np.zeros(rate.shape[1:]), np.ones(rate.shape[1:])
    net = churn = value
    for age, p in enumerate(months):
        churn = _churn(p, gap[age], there)
        net = rate[age] * _margin(p, there) - p.finance.service_cost
        discounted = discounted / (1.0 + p.finance.discount)
        value = value + discounted * kept[age] * net
        kept[age + 1] = kept[age] * (1.0 - churn[:, min(age, AGES - 1)])
    last = np.broadcast_to(months[-1].finance.discount, rate.shape[-1:])
    net = rate[-12:].mean(axis=0) * _margin(months[-1], there) - months[-1].finance.service_cost
    after = customers.value_by_age(churn, net, last)[:, min(len(months), AGES - 1)]
    return kept, value + discounted * kept[-1] * after / (1.0 + last)


def _closed(p: Parameters, rate: Floats, there: list[int]) -> tuple[Floats, Floats]:
    """Closed form by age at constant margin and churn, and the margin's share, both (market,)."""
    margin = _margin(p, there)
    net = rate[:, None] * margin - p.finance.service_cost
    churn = _churn(p, np.zeros_like(margin), there)
    value = customers.value_by_age(churn, net, p.finance.discount) / (1.0 + p.finance.discount)
    return value[:, 0, 0], (margin / order_value(p)[there])[:, 0]


def _churn(p: Parameters, gap: Floats, there: list[int]) -> Floats:
    """Probability of leaving in the month by age, (market, age, draw), as the simulation has it."""
    by_age = customers.churn_by_age(p.customer.churn_alpha, p.customer.churn_beta, AGES)
    moved = p.customer.churn_price * np.log(p.market.price[there])
    moved = moved - p.customer.churn_satisfaction * gap
    return customers.scaled_probability(by_age[None], moved[:, None])


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
