"""A hand-worked case of every pay component: terms, what results pay by hand, and the source.

A new component brings its entry here; what the tests do with it is the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tandem.assumptions.schema.pay import pay_components
from tandem.model.incentives.component import Component

Pays = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Case:
    """``pays`` is the payout written down a second time, by attainment; ``worked`` are its points.

    ``beyond`` is what the component costs over what the average person is paid, at the people of the
    tests: none where pay is straight. ``team`` is the number of people who are judged together.
    """

    terms: dict[str, float]
    pays: Pays
    worked: tuple[tuple[float, float], ...]
    source: str
    beyond: str | None = None
    months: float = 3.0
    team: float = 1.0

    def component(self, name: str) -> Component:
        """The component at one position and draw."""
        return pay_components()[name].of(**{k: np.full((1, 1), v) for k, v in self.terms.items()})


def nothing(a: np.ndarray) -> np.ndarray:
    """No pay of its own."""
    return 0.0 * a


LEFT = 1.0 - np.exp(-0.1 * 24 / 12)  # of those who invest, within two years
WON = 1.0 - LEFT * 0.5

CASES: dict[str, Case] = {
    "base_pay": Case(
        {"share": 0.8}, lambda a: 0.8 + 0.0 * a, ((0.0, 0.8), (2.0, 0.8)), "a contract", months=1.0
    ),
    "kpi_bonus": Case(
        {
            "share": 0.2,
            "threshold": 0.5,
            "cap": 2.0,
            "weight_sales": 0.3,
            "weight_conversion": 0.3,
            "weight_satisfaction": 0.4,
        },
        lambda a: np.clip(0.4 * (a - 0.5), 0.0, 0.4),
        ((0.5, 0.0), (0.75, 0.1), (1.0, 0.2), (1.5, 0.4), (3.0, 0.4)),
        "Murphy (2001), Journal of Accounting and Economics 30(3): the incentive zone",
        beyond="-0.0043",
    ),
    "commission": Case(
        {
            "share": 0.72,
            "threshold": 0.1,
            "accelerator": 1.75,
            "cap": 2.0,
            "tier": 1.5,
            "tier_rate": 1.0,
        },
        lambda a: np.select(
            [a < 0.1, a < 1.0, a < 1.5, a < 2.0],
            [0.0 * a, 0.8 * (a - 0.1), 0.72 + 1.4 * (a - 1.0), 1.42 + 0.8 * (a - 1.5)],
            1.82,
        ),
        ((0.1, 0.0), (1.0, 0.72), (1.5, 1.42), (1.75, 1.62), (2.5, 1.82)),
        "rates of .8, 1.4 and .8 a unit of quota, by hand",
        beyond="0.0504",
        months=1.0,
    ),
    "project_bonus": Case(
        {"prize": 0.1, "milestone": 1.0, "rate": 0.2, "cap": 1.5},
        lambda a: np.where(a >= 1.0, 0.1 + 0.2 * (np.minimum(a, 1.5) - 1.0), 0.0),
        ((0.99, 0.0), (1.0, 0.1), (1.25, 0.15), (2.0, 0.2)),
        "a milestone and a rate beyond it, by hand",
        beyond="0.0502",
    ),
    "team_award": Case(
        {"prize": 0.05, "target": 1.0, "people": 8.0, "value": 0.7},
        lambda a: np.where(a >= 1.0, 0.05, 0.0),
        ((0.999, 0.0), (1.0, 0.05), (1.4, 0.05)),
        "a journey for all where the team meets its target",
        beyond="0.0104",
        months=12.0,
        team=8.0,
    ),
    "innovation_award": Case(
        {"prize": 0.1, "bar": 1.3},
        lambda a: np.where(a >= 1.3, 0.1, 0.0),
        ((1.29, 0.0), (1.3, 0.1)),
        "a prize at a bar",
        beyond="0.0103",
        months=12.0,
    ),
    "best_team_award": Case(
        {"prize": 0.08, "winners": 0.1, "people": 8.0},
        lambda a: np.where(a >= np.quantile(a, 0.9), 0.08, 0.0),
        (),
        "Lazear and Rosen (1981), Journal of Political Economy 89(5): a prize by rank",
        beyond="0.0080",
        months=12.0,
        team=8.0,
    ),
    "honours": Case({"recognized": 0.3}, nothing, ((1.0, 0.0),), "titles cost nothing"),
    "pay_rise": Case(
        {
            "rise": 0.04,
            "slope": 0.1,
            "cap": 0.08,
            "promotion": 0.15,
            "promoted": 1.5,
            "years": 3.0,
        },
        lambda a: 3.0 * (np.clip(0.04 + 0.1 * (a - 1.0), 0.0, 0.08) + 0.15 * (a >= 1.5)),
        ((0.5, 0.0), (1.0, 0.12), (1.2, 0.18), (1.6, 0.69)),
        "a merit matrix (Milkovich and Newman, Compensation), rises kept three years",
        beyond="0.0175",
        months=12.0,
    ),
    "retention_bonus": Case(
        {"share": 0.1, "held": 24.0, "leaving": 0.2},
        lambda a: 0.1 * np.exp(-0.4) + 0.0 * a,
        ((1.0, 0.0670320046),),
        "two thirds of the promised are still there after two years at .2 a year",
        months=12.0,
    ),
    "overseas_allowance": Case(
        {"allowance": 0.3, "hardship": 0.1, "exchange": 1.05},
        lambda a: 0.42 + 0.0 * a,
        ((1.0, 0.42),),
        "four tenths of pay at an exchange rate five per cent dearer",
        months=1.0,
    ),
    "co_investment": Case(
        {
            "stake": 0.1,
            "leverage": 2.0,
            "hurdle": 0.8,
            "loss": 0.5,
            "cap": 1.5,
            "held": 24.0,
            "leaving": 0.1,
            "kept": 0.5,
        },
        lambda a: (
            0.1 * np.maximum(2.0 * (np.minimum(a, 1.5) - 0.8), -0.5) * np.where(a > 0.8, WON, 1.0)
        ),
        ((0.3, -0.05), (0.7, -0.02), (0.8, 0.0), (1.0, 0.0363746151), (2.0, 0.1273111528)),
        "a stake that gains or loses twice the project's deviation, by hand",
        beyond="-0.0018",
        months=12.0,
    ),
    "stock_options": Case(
        {
            "grant": 0.5,
            "years": 4.0,
            "vesting": 1.0,
            "rate": 0.03,
            "volatility": 0.4,
            "dividend": 0.01,
            "leaving": 0.1,
            "multiple": 2.0,
            "wealth": 1.0,
        },
        nothing,
        ((1.0, 0.0),),
        "Hull and White (2004), Financial Analysts Journal 60(1)",
        months=12.0,
    ),
    "forecast_quota": Case(
        {"share": 0.2},
        lambda a: (
            0.2
            * np.where(
                a < np.median(a),
                np.maximum(1.5 * a - 0.5 * np.median(a), 0.0),
                0.5 * (a + np.median(a)),
            )
        ),
        ((0.3, 0.0), (0.8, 0.14), (1.0, 0.2), (1.2, 0.22)),
        "Gonik (1978), Harvard Business Review 56(3), objective 1 and forecast 1",
        beyond="-0.0196",
    ),
    "clawback": Case(
        {"share": 0.5, "undone": 0.1}, nothing, ((1.0, 0.0),), "see the plan's case", months=1.0
    ),
    "guarantee": Case({"share": 0.95}, nothing, ((1.0, 0.0),), "see the plan's case", months=1.0),
}
