"""Do-nothing with growth off is 2026 again: nothing drifts by itself (model.md, section 0)."""

from functools import cache

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, drawn, inputs, trajectory

from tandem.assumptions.inputs import model_inputs
from tandem.model.simulate import simulate
from tandem.model.types import Array, Trajectory
from tandem.study.simulation import chunks
from tandem.units import HORIZON, calendar_month

WITHIN = 0.01
MARKETS = ("sales", "new_customers", "leads", "served", "customers")


def expected_run() -> Trajectory:
    """2026 and on, with expected people."""
    return trajectory("do-nothing", 200, growth=False, whole_people=False)


@cache
def whole_ratios() -> dict[str, Array]:
    """Simulated over observed with whole people, in the mean over 3,000 draws, (t, m or p).

    So many that the error of a mean is a tenth of what is allowed, a third of it for cells of six.
    """
    sums: dict[str, list[Array]] = {name: [] for name in (*MARKETS, "heads")}
    for first, count in chunks(3000):
        run = simulate(model_inputs(drawn("do-nothing", 3000, first, count), SEED, growth=False))
        for name, parts in sums.items():
            group = run.position if name == "heads" else run.market
            parts.append(np.stack([group[name].sum(-1), reference(run, name).sum(-1)]))
    found = {}
    for name, parts in sums.items():
        mine, theirs = np.sum(parts, axis=0)
        here = theirs.min(axis=0) > 0
        found[name] = mine[:, here] / theirs[:, here]
    return found


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
    """With whole people every market repeats 2026 within 1 % in the mean, in every month."""
    assert np.abs(whole_ratios()[name] - 1.0).max() < WITHIN


def test_heads_of_2026_come_back_in_the_mean_with_whole_people():
    """With whole people every position, cells of five people too, keeps its heads within 1 %."""
    assert np.abs(whole_ratios()["heads"] - 1.0).max() < WITHIN


def test_the_year_of_the_anchor_is_the_observed_one():
    """Sales, new customers, heads and turnover of 2026 are those of the parameter files."""
    run = expected_run()
    r = run.anchor.reference
    base = inputs("do-nothing", 200).base.parameters
    np.testing.assert_allclose(r.sales.sum(axis=0), base.market.sales_2026, rtol=1e-9, atol=1e-3)
    np.testing.assert_allclose(
        r.new_customers.sum(axis=0), base.market.new_customers_2026, rtol=1e-9, atol=1e-6
    )
    here = base.people.heads.min(axis=-1) > 0
    mean = r.heads.mean(axis=0)[here]
    np.testing.assert_allclose(mean, base.people.heads[here], rtol=1e-3)
