"""What an option on a share is worth, without vesting, leaving or early exercise (H3)."""

import numpy as np

from tandem.model.incentives.attainment import expected_excess
from tandem.model.types import Array


def option_value(
    price: Array | float,
    strike: Array | float,
    rate: Array | float,
    volatility: Array | float,
    years: Array | float,
    dividend: Array | float = 0.0,
) -> tuple[Array, Array]:
    """Value of a European call and put on a share, money of ``price``; any shapes that broadcast.

    ``rate``, ``volatility`` and ``dividend`` are a year and continuous. The call is the discounted
    mean excess of a log-normal price over the strike, as commission is that of results over a
    threshold; the put follows by parity. Source: Black, F. and Scholes, M. (1973), Journal of
    Political Economy 81(3); dividends after Merton (1973), Bell Journal of Economics 4(1).
    """
    time = np.asarray(years, dtype=float)
    forward = price * np.exp((np.asarray(rate) - dividend) * time)
    discount = np.exp(-np.asarray(rate) * time)
    spread = np.asarray(volatility) * np.sqrt(time)
    call = discount * expected_excess(forward, np.asarray(strike, dtype=float), spread)
    return call, call - discount * (forward - strike)
