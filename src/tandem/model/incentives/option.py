"""What an option on a share is worth: to the market, as an employee's, and to its holder (H3)."""

from functools import lru_cache

import numpy as np
from scipy.special import ndtri

from tandem.model.incentives.attainment import expected_excess
from tandem.model.types import Array

STEPS_A_YEAR = 12
_DEVIATES = ndtri((np.arange(128) + 0.5) / 128)


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


def employee_option(
    price: Array,
    strike: Array,
    years: float,
    vesting: float,
    rate: Array,
    volatility: Array,
    dividend: Array,
    leaving: Array,
    multiple: Array,
    steps: int,
) -> Array:
    """Fair value of an employee's option at grant by a binomial lattice, money of ``price``, (k,).

    ``steps`` a year; up = exp(volatility / sqrt(steps)), rates a year and continuous. After vesting it
    is exercised at ``multiple`` times the strike, and leavers (``leaving`` / steps a step) take what
    exercise gives; up to vesting they get nothing. Source: Hull, J. and White, A. (2004), How to value
    employee stock options, Financial Analysts Journal 60(1). Raises ValueError where a step is too long
    for the rates (the up-move's probability leaves 0..1).
    """
    last = round(years * steps)
    up = np.exp(volatility / np.sqrt(steps))
    rise = (np.exp((rate - dividend) / steps) - 1.0 / up) / (up - 1.0 / up)
    if ((rise < 0.0) | (rise > 1.0)).any():
        raise ValueError("steps are too long for the difference of interest and dividend")
    discount = np.exp(-rate / steps)
    gone = leaving / steps

    def prices(step: int) -> Array:
        nodes = 2.0 * np.arange(step + 1)[:, None] - step
        return np.asarray(price * np.exp(nodes * np.log(up)))

    value = np.maximum(prices(last) - strike, 0.0)
    for step in range(last - 1, -1, -1):
        going_on = discount * (rise * value[1:] + (1.0 - rise) * value[:-1])
        if step > vesting * steps + 1e-9:
            share = prices(step)
            now = np.maximum(share - strike, 0.0)
            held = gone * now + (1.0 - gone) * going_on
            value = np.where(share >= multiple * strike, share - strike, held)
        else:
            value = (1.0 - gone) * going_on
    return np.asarray(value[0])


def steepest(volatility: Array) -> Array:
    """Interest less dividend, a year, that the lattice of ``employee_options`` can hold at most.

    The mean step must lie between a step down and one up: volatility x sqrt(steps a year).
    """
    return volatility * np.sqrt(STEPS_A_YEAR)


def employee_options(
    years: Array,
    vesting: Array,
    rate: Array,
    volatility: Array,
    dividend: Array,
    leaving: Array,
    multiple: Array,
) -> Array:
    """``employee_option`` at the money on a share at 1, for arrays of one shape, a step a month.

    Within two per cent of the limit of many steps; each different set of terms is valued once.
    """
    terms = np.stack([years, vesting, rate, volatility, dividend, leaving, multiple])
    return _valued(terms.tobytes(), terms.shape)


@lru_cache(maxsize=16)
def _valued(raw: bytes, shape: tuple[int, ...]) -> Array:
    terms = np.frombuffer(raw).reshape(shape[0], -1)
    terms, back = np.unique(terms, axis=1, return_inverse=True)
    ends = np.round(terms[:2] * STEPS_A_YEAR) / STEPS_A_YEAR
    value = np.zeros(terms.shape[1])
    for end, vest in np.unique(ends, axis=1).T:
        here = (ends[0] == end) & (ends[1] == vest)
        rate, volatility, dividend, leaving, multiple = terms[2:, here]
        one = np.ones_like(rate)
        value[here] = employee_option(
            one,
            one,
            float(end),
            float(vest),
            rate,
            volatility,
            dividend,
            leaving,
            multiple,
            STEPS_A_YEAR,
        )
    found = np.asarray(value[np.reshape(back, -1)].reshape(shape[1:]))
    found.flags.writeable = False
    return found


def held_value(
    years: Array, rate: Array, volatility: Array, dividend: Array, wealth: Array, aversion: Array
) -> Array:
    """What a holder who cannot sell would give for an option over its market value, 0..1.

    The holder has ``wealth`` beside it, over the share's value and without risk, and constant relative
    risk ``aversion``: certainty equivalent of wealth with the payoff at expiry less wealth, over the
    mean payoff, of a share that earns the interest rate. Source: Hall, B. and Murphy, K. (2002), Stock
    options for undiversified executives, Journal of Accounting and Economics 33(1).
    """
    grown = np.exp((rate - dividend) * years)
    spread = volatility * np.sqrt(years)
    safe = wealth * np.exp(rate * years)
    log_one = np.abs(aversion - 1.0) < 1e-6
    power = np.where(log_one, 0.5, 1.0 - aversion)
    payoff_mean = np.zeros_like(safe)
    logs, powers = np.zeros_like(safe + power), np.zeros_like(safe + power)
    for deviate in _DEVIATES:
        payoff = np.maximum(grown * np.exp(spread * deviate - 0.5 * spread**2) - 1.0, 0.0)
        payoff_mean = payoff_mean + payoff
        relative = np.log1p(payoff / safe)
        logs = logs + relative
        powers = powers + np.exp(power * relative)
    count = len(_DEVIATES)
    certain = np.where(log_one, np.exp(logs / count), np.power(powers / count, 1.0 / power))
    return np.clip(safe * (certain - 1.0) / np.maximum(payoff_mean / count, 1e-12), 0.0, 1.0)
