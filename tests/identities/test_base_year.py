"""Do-nothing with growth off is 2026 again: nothing drifts by itself (model.md, section 0)."""

import numpy as np
import pytest
from tests.fixtures.simulations import trajectory

from tandem.model.types import Array, Trajectory
from tandem.units import HORIZON, calendar_month

WITHIN = 0.01
MARKETS = ("sales", "new_customers", "leads", "served", "customers")


def expected_run() -> Trajectory:
    """2026 and on, with expected people."""
    return trajectory("do-nothing", 200, growth=False, whole_people=False)


def whole_run() -> Trajectory:
    """2026 and on, with whole people; enough draws for a mean."""
    return trajectory("do-nothing", 1200, growth=False)


def reference(run: Trajectory, name: str) -> Array:
    """The month of 2026 that each simulated month is compared with, (t, ...)."""
    return getattr(run.anchor.reference, name)[calendar_month(np.arange(HORIZON))]


def existing(run: Trajectory) -> list[int]:
    """Markets that are open in 2026."""
    return [k for k, here in enumerate(run.structure.existing) if here]


@pytest.mark.parametrize("name", MARKETS)
def test_each_month_of_2026_comes_back_in_every_draw(name):
    """With expected people every market repeats 2026 within 1 %, in every month and draw."""
    run = expected_run()
    markets = existing(run)
    ratio = run.market[name][:, markets] / reference(run, name)[:, markets]
    assert np.abs(ratio - 1.0).max() < WITHIN


def test_heads_of_2026_come_back_in_every_draw():
    """With expected people every position keeps its heads of 2026 within 1 %."""
    run = expected_run()
    then = reference(run, "heads")
    here = then.min(axis=(0, 2)) > 0
    assert np.abs(run.position["heads"][:, here] / then[:, here] - 1.0).max() < WITHIN


@pytest.mark.parametrize("name", MARKETS)
def test_each_month_of_2026_comes_back_in_the_mean_with_whole_people(name):
    """With whole people every market repeats 2026 within 1 % in the mean over draws."""
    run = whole_run()
    markets = existing(run)
    mean = run.market[name][:, markets].mean(axis=-1)
    ratio = mean / reference(run, name)[:, markets].mean(axis=-1)
    assert np.abs(ratio - 1.0).max() < WITHIN


def test_the_year_of_the_anchor_is_the_observed_one():
    """Sales, new customers, heads and turnover of 2026 are those of the parameter files."""
    run = expected_run()
    r = run.anchor.reference
    from tests.fixtures.simulations import inputs

    base = inputs("do-nothing", 200).base.parameters
    np.testing.assert_allclose(r.sales.sum(axis=0), base.market.sales_2026, rtol=1e-9, atol=1e-3)
    np.testing.assert_allclose(
        r.new_customers.sum(axis=0), base.market.new_customers_2026, rtol=1e-9, atol=1e-6
    )
    here = base.people.heads.min(axis=-1) > 0
    mean = r.heads.mean(axis=0)[here]
    np.testing.assert_allclose(mean, base.people.heads[here], rtol=1e-3)
