"""A company of arithmetic: what a run records, in numbers that can be checked in one's head.

`a_run(**changes)` is a `Run` of two draws, two markets and two positions in which every path is
constant unless a test says otherwise.
"""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from tandem.model.types import LINES, Array
from tandem.results.formulas import Run
from tandem.units import HORIZON

DRAWS = 2
PER_MARKET = {
    "sales": (20e6, 2e6),
    "new_customers": (10_000.0, 2_000.0),
    "contestable_customers": (30_000.0, 10_000.0),
    "awareness": (0.5, 0.3),
    "customers": (90_000.0, 10_000.0),
    "satisfaction": (0.8, 0.6),
    "lost_no_people": (100.0, 50.0),
    "lost_no_demand": (4_000.0, 1_000.0),
}
PER_POSITION = {
    "heads": (100.0, 10.0),
    "hires": (3.0, 0.0),
    "leavers": (2.0, 1.0),
    "promoted_out": (0.5, 0.0),
    "quality": (0.2, -0.9),
    "required_heads": (120.0, 8.0),
    "pay_fixed": (1e6, 0.2e6),
    "pay_variable": (0.25e6, 0.05e6),
    "equity_granted": (0.0, 0.0),
}
COMPANY = {
    "cash": 60e6,
    "credit_drawn": 0.0,
    "overdue": 0.0,
    "price_index": 1.0,
    "profit": 1e6,
    "free_cash_flow": 1e6,
    "working_capital": 11e6,
    "ruined": 0.0,
}
LEDGER = {
    "revenue": 22e6,
    "media": 2e6,
    "trade_spend": 1e6,
    "pay": 1.5e6,
    "social": 0.5e6,
    "hiring": 0.1e6,
    "training": 0.05e6,
    "severance": 0.01e6,
}


def over_months(values: tuple[float, ...]) -> Array:
    """The same in every month and draw, (month, number of values, draw)."""
    return np.broadcast_to(np.array(values)[None, :, None], (HORIZON, len(values), DRAWS)).copy()


def a_trajectory(**changes: Any) -> Any:
    """What formulas read of a trajectory; `changes` replace paths by name."""
    paths = {
        "market": {name: over_months(v) for name, v in PER_MARKET.items()},
        "position": {name: over_months(v) for name, v in PER_POSITION.items()},
        "company": {name: np.full((HORIZON, DRAWS), v) for name, v in COMPANY.items()},
    }
    ledger = np.zeros((HORIZON, len(LINES), DRAWS))
    for name, value in LEDGER.items():
        ledger[:, LINES.index(name)] = value
    for name, value in changes.items():
        group = next(g for g in paths.values() if name in g)
        group[name] = np.broadcast_to(value, group[name].shape)
    reference = SimpleNamespace(
        sales=np.full((12, 2, DRAWS), 10e6), new_customers=np.full((12, 2, DRAWS), 5_000.0)
    )
    return SimpleNamespace(
        **paths,
        ledger=ledger,
        anchor=SimpleNamespace(reference=reference),
        terminal_value=np.array([5e6, 7e6]),
    )


def a_run(unlimited: Any = None, **changes: Any) -> Run:
    """A run beside its twin with unlimited people, who are the same unless told."""
    actual = a_trajectory(**changes)
    return Run(
        actual=actual,
        unlimited=actual if unlimited is None else unlimited,
        discount=np.zeros(DRAWS),
        credit_limit=np.full(DRAWS, 30e6),
        sales_growth=np.full(DRAWS, 1.3),
        new_customers_growth=np.full(DRAWS, 1.5),
    )


def with_terms(run: Run, **terms: float) -> Run:
    """The same run under another discount, credit line or target."""
    return replace(run, **{name: np.full(DRAWS, value) for name, value in terms.items()})
