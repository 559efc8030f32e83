"""Headline numbers of the main scenarios: a number that moves is moved on purpose."""

import numpy as np
import pytest
from tests.fixtures.simulations import MAIN, SEED, drawn

from tandem.results.measures import MEASURES
from tandem.study.simulation import simulate_part

DRAWS = 256
HEADLINES = (
    "npv",
    "sales_2027",
    "new_customers_2027",
    "sales_target_met",
    "customers_target_met",
    "both_targets_met",
    "lost_sales_no_people",
    "people_cost_2027",
    "heads_2027",
    "attrition_2027",
    "least_cash",
)


@pytest.mark.parametrize("scenario", MAIN)
def test_headlines_stand_where_they_stood(scenario, baseline):
    """Means, and P10 to P90 of amounts, at 256 futures: see CHANGELOG.md before moving them."""
    _, measures = simulate_part(drawn(scenario, DRAWS), SEED)
    numbers: dict[str, float] = {}
    for name in HEADLINES:
        values = measures[name]
        numbers[f"{name}_mean"] = float(values.mean())
        if not MEASURES[name].is_event:
            for level in (10, 90):
                numbers[f"{name}_p{level}"] = float(np.quantile(values, level / 100))
    baseline(scenario, numbers)
