"""What a customer is worth: coming purchases times their value, discounted.

What it answers: the customer lifetime value of customers with a history, from BG/NBD and gamma-gamma.

What it leaves out: the simulation's own value of a customer (`tandem.model.customers.value_by_age`),
acquisition cost.

Who may import it: charts, batch, site, cli and notebooks.
"""

import numpy as np

from tandem.calibration.bgnbd import BgNbd
from tandem.calibration.gamma_gamma import GammaGamma
from tandem.calibration.newton import Floats
from tandem.calibration.transactions import Summary
from tandem.units import MONTHS_PER_YEAR, WEEKS_PER_MONTH

__all__ = ["lifetime_value", "new_customer_value"]


def lifetime_value(
    buying: BgNbd,
    spending: GammaGamma,
    customers: Summary,
    *,
    months: int,
    margin: float,
    discount: float,
) -> Floats:
    """Present value of the coming ``months`` of margin, money, (customer,).

    sum over t of margin x E(value of a purchase) x E(purchases in month t) / (1 + discount)**(t/12);
    ``margin`` is a share of the amount, ``discount`` a share a year. Purchases of a month are taken to
    fall at its end, weeks being those of `units`. Source: Fader, P. S., Hardie, B. G. S. and Lee, K. L.
    (2005), RFM and CLV, Journal of Marketing Research 42(4), with BG/NBD for the Pareto/NBD.
    """
    factors = _factors(months, discount)
    purchases = np.stack(
        [
            buying.expected_of(customers.frequency, customers.recency, customers.age, until)
            for until in WEEKS_PER_MONTH * np.arange(1.0, months + 1.0)
        ]
    )
    by_month = np.diff(purchases, axis=0, prepend=0.0)
    worth = spending.expected(customers.frequency, customers.spend)
    return np.asarray(margin * worth * (factors @ by_month))


def new_customer_value(
    buying: BgNbd, spending: GammaGamma, *, months: int, margin: float, discount: float
) -> float:
    """The same for a customer just won, the first purchase left out, money."""
    until = WEEKS_PER_MONTH * np.arange(1.0, months + 1.0)
    by_month = np.diff(buying.expected(until), prepend=0.0)
    return float(margin * spending.mean * (_factors(months, discount) @ by_month))


def _factors(months: int, discount: float) -> Floats:
    """Discount factors at the end of months 1, 2, ..., (month,)."""
    if months < 1 or discount <= -1.0:
        raise ValueError(f"{months} months at a discount of {discount:g} a year: no value to tell")
    when = np.arange(1.0, months + 1.0) / MONTHS_PER_YEAR
    return np.asarray((1.0 + discount) ** -when)
