"""Regret: what each choice may cost against the one that would have been right.

What it answers: for choices worked out on the same futures, the regret in each future, the largest
of each choice, and the choice whose largest regret is least (model.md, section 11).

What it leaves out: how likely a future is: minimax regret asks for none. What a company should
choose stands in `tandem.study.decision`.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

__all__ = ["largest_regret", "minimax_regret", "regrets"]

Draws = NDArray[np.float64]


def regrets(payoffs: Mapping[str, Draws]) -> dict[str, Draws]:
    """Best payoff in each future less each choice's own, (draw,), at least 0, unit of the payoff.

    Source: Savage, L. J. (1951), The theory of statistical decision, Journal of the American
    Statistical Association 46. Raises ValueError without choices or where futures differ in number.
    """
    if not payoffs:
        raise ValueError("no choice to regret")
    values = {name: np.asarray(row, dtype=float) for name, row in payoffs.items()}
    if len({row.shape for row in values.values()}) > 1:
        raise ValueError("choices have different numbers of futures and cannot be compared")
    best = np.max(list(values.values()), axis=0)
    return {name: best - row for name, row in values.items()}


def largest_regret(payoffs: Mapping[str, Draws]) -> dict[str, float]:
    """Largest regret of each choice over the futures, unit of the payoff."""
    return {name: float(row.max()) for name, row in regrets(payoffs).items()}


def minimax_regret(payoffs: Mapping[str, Draws]) -> str:
    """The choice whose largest regret is least; of equals the first."""
    largest = largest_regret(payoffs)
    return min(largest, key=largest.__getitem__)
