"""Risk of being short: the two ways in which shortfall over draws is held.

What it answers: how a share of draws, or the mean of the worst draws, becomes rows of a programme.

What it leaves out: the plan itself (`uncertain`).

Who may import it: `uncertain`; others take `Chance` and `TailBound` from `tandem.manpower`.
"""

import math
from dataclasses import dataclass

import numpy as np

from tandem.manpower.problem import Array
from tandem.manpower.programme import Index, Programme
from tandem.model import finance

__all__ = ["Chance", "Measure", "RiskNotHeld", "TailBound", "risk_measure", "tail_mean"]


@dataclass(frozen=True, slots=True)
class Chance:
    """In at least this share of draws the requirement of every period and grade is met.

    sum over draws of met(d) >= share x draws, met(d) nought or one and short(d) <= required(d) x
    (1 - met(d)): the sample approximation, exact for the draws given and mixed-integer. It is proven
    for some dozens of draws; for hundreds, bound the tail instead, or accept the plan's `gap`. Source:
    Luedtke, J. and Ahmed, S. (2008), A sample approximation approach for optimization with
    probabilistic constraints, SIAM Journal on Optimization 19(2).
    """

    share: float


@dataclass(frozen=True, slots=True)
class TailBound:
    """Mean shortfall of the worst 1 - `level` of draws at most `heads`: conditional value at risk.

    A draw's shortfall is summed over grades and periods (heads x periods). With a threshold a and
    excess(d) >= shortfall(d) - a, a + mean excess / (1 - level) <= heads: linear. With `heads` nought
    it is a chance constraint on the safe side. Source: Rockafellar, R. T. and Uryasev, S. (2000),
    Optimization of conditional value-at-risk, Journal of Risk 2(3).
    """

    level: float
    heads: float


def tail_mean(losses: Array, level: float) -> float:
    """Mean of the worst 1 - level of equally likely losses (draw,), the one at the edge in part.

    The conditional value at risk of gains, with its sign changed: `finance.cvar`.
    """
    return -finance.cvar(-losses, level)


class RiskNotHeld(ValueError):
    """No decision holds the risk; `best` is the share of draws or the heads that can be reached."""

    def __init__(self, risk: Chance | TailBound, best: float) -> None:
        self.risk, self.best = risk, best
        if isinstance(risk, Chance):
            text = f"the requirement can be met in {best:.4g} of draws, not in {risk.share:g}"
        else:
            text = (
                f"the mean shortfall of the worst {1.0 - risk.level:.3g} of draws can be brought down "
                f"to {best:.4g} heads x periods, not to {risk.heads:g}"
            )
        super().__init__(f"{text}; ask for less, or loosen a limit")


@dataclass(frozen=True, eq=False, slots=True)
class Measure:
    """A risk as an expression, sum of weights x columns; `limit` is what it may be at most.

    `whole` names its column blocks of whole numbers.
    """

    columns: Index
    weights: Array
    limit: float
    whole: tuple[str, ...] = ()


def risk_measure(one: Programme, risk: Chance | TailBound, required: Array) -> Measure:
    """Add the columns and rows that measure a risk, given required strength (draw, period, grade)."""
    draws, short = required.shape[0], one.columns["short"]
    if isinstance(risk, Chance):
        missed = one.add("missed", np.ones(draws))
        rows = one.at_most.add("missed", np.zeros(required.shape))
        one.at_most.put(rows, short, 1.0)
        one.at_most.put(rows, missed[:, None, None], -required)
        allowed = math.floor((1.0 - risk.share) * draws + 1e-9)  # .1 x 30 is a little below 3
        return Measure(missed, np.ones(draws), float(allowed), ("missed",))
    threshold = one.add("threshold", np.full(1, np.inf))
    beyond = one.add("beyond", np.full(draws, np.inf))
    rows = one.at_most.add("beyond", np.zeros(draws))
    one.at_most.put(rows[:, None, None], short, 1.0)
    one.at_most.put(rows, threshold, -1.0)
    one.at_most.put(rows, beyond, -1.0)
    weights = np.full(draws, 1.0 / ((1.0 - risk.level) * draws))
    return Measure(np.append(threshold, beyond), np.append(1.0, weights), risk.heads)
