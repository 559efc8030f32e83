"""Risk: what may go wrong in a scenario, beside its expected value.

What it answers: from its futures, the range of net present value and the mean of the worst, how
often payroll cannot be met or the cash limit is broken; from its cash flows less those of another
scenario, the most cash that it needs at a time and the month by which it has paid that back.

What it leaves out: which scenario to choose (`tandem.study.decision`); words.

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tandem.model import finance

__all__ = ["TAIL", "Investment", "Risk", "cash_need", "investment", "risk"]

Floats = NDArray[np.float64]

#: The worst futures of which CVaR is the mean, share of all: those below the P10 that pages show.
TAIL = 0.1


@dataclass(frozen=True, slots=True)
class Risk:
    """Net present value, money: quantiles, and mean of the worst `TAIL`; shares of futures.

    p_ruin: a payroll cannot be paid. p_cash: payments stay within cash and credit line.
    """

    npv_p10: float
    npv_p50: float
    npv_p90: float
    npv_cvar: float
    p_loss: float
    p_ruin: float
    p_cash: float


@dataclass(frozen=True, slots=True)
class Investment:
    """What a scenario takes and when it is back, against another one, future by future.

    need_p50, need_p90: largest sum of extra cash put in at a time, money. payback: month, counted
    from 1, by which half of all futures have that back for good, None where fewer have; nothing
    put in is back in month 0. p_payback: share of futures that have it back within the horizon.
    """

    need_p50: float
    need_p90: float
    payback: int | None
    p_payback: float


def risk(npv: Floats, ruined: Floats, cash_kept: Floats) -> Risk:
    """Risk of one scenario from its futures, each (draw,); raises ValueError without any.

    npv is money; ruined and cash_kept are 1 where that happened, else 0.
    """
    if not npv.size:
        raise ValueError("a scenario without draws has no risk to state")
    p10, p50, p90 = (float(q) for q in np.quantile(npv, (0.1, 0.5, 0.9)))
    return Risk(
        npv_p10=p10,
        npv_p50=p50,
        npv_p90=p90,
        npv_cvar=finance.cvar(npv, 1.0 - TAIL),
        p_loss=float((npv < 0.0).mean()),
        p_ruin=float((ruined > 0.0).mean()),
        p_cash=float(cash_kept.mean()),
    )


def cash_need(flows: Floats) -> Floats:
    """Largest sum of money put in at a time, (draw,): how far the running total falls below 0.

    flows (month, draw), money a month; never negative.
    """
    return np.maximum(-np.cumsum(flows, axis=0).min(axis=0), 0.0)


def investment(flows: Floats, reference: Floats) -> Investment:
    """What `flows` take against `reference`, both (month, draw) of the same draws, money a month.

    The running total of the difference; paid back from the month on in which it stays at or above
    0. What lies beyond the horizon is not counted. Raises ValueError for different shapes.
    """
    if flows.shape != reference.shape:
        raise ValueError("scenarios have different numbers of months or draws")
    extra = np.asarray(flows, dtype=float) - reference
    need = cash_need(extra)
    months = np.where(need > 0.0, finance.payback_month(np.cumsum(extra, axis=0)), 0.0)
    back = np.isfinite(months)
    p_payback = float(back.mean())
    ordered = np.sort(np.where(back, months, np.inf))
    middle = float(ordered[(len(ordered) - 1) // 2])
    p50, p90 = (float(q) for q in np.quantile(need, (0.5, 0.9)))
    return Investment(p50, p90, int(middle) if np.isfinite(middle) else None, p_payback)
