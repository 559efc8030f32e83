"""RFM: customers by how recently, how often and for how much they bought.

What it answers: a score of 1 to 5 a customer and dimension (fifths of the customers), and each cell of
recency by frequency with its customers and money.

What it leaves out: models of what comes next (`bgnbd`, `gamma_gamma`).

Who may import it: charts, batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import rankdata

from tandem.calibration.newton import Floats
from tandem.calibration.transactions import Summary

__all__ = ["FIFTHS", "fifths", "rfm_cells", "rfm_scores"]

FIFTHS = 5


def fifths(values: ArrayLike) -> Floats:
    """Score 1 (lowest) to 5 (highest) of each value, (customer,), by its rank; equals share a score.

    ceil(5 x mean rank / n). With many equals, such as those who bought once, a fifth may stay empty;
    one customer alone has score 5.
    """
    ranks = rankdata(np.asarray(values, dtype=float), method="average")
    return np.asarray(np.ceil(FIFTHS * ranks / max(ranks.size, 1)))


def rfm_scores(customers: Summary) -> pd.DataFrame:
    """One row a customer: weeks since the last purchase, orders, money, and their scores r, f, m.

    r is 5 for those who bought most recently. Source: Hughes, A. M. (1994), Strategic database
    marketing.
    """
    since = customers.age - customers.recency
    return pd.DataFrame(
        {
            "customer": customers.customers,
            "weeks_since": since,
            "orders": customers.orders,
            "money": customers.total,
            "r": fifths(-since).astype(int),
            "f": fifths(customers.orders).astype(int),
            "m": fifths(customers.total).astype(int),
        }
    )


def rfm_cells(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a cell (r, f) that has customers: their number, money, and mean money; best first."""
    cells = scores.groupby(["r", "f"]).agg(customers=("customer", "size"), money=("money", "sum"))
    cells = cells.reset_index().sort_values(["r", "f"], ascending=False, ignore_index=True)
    cells["mean_money"] = cells["money"] / cells["customers"]
    return cells
