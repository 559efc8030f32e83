"""What is counted is neither made nor lost: leads, people, customers, money, in every draw."""

import numpy as np
import pytest
from tests.fixtures.simulations import MAIN, trajectory

from tandem.model.types import LINES, Trajectory

DRAWS = 96
SCENARIOS = (
    *MAIN,
    "lower-tier-promote-from-within",
    "lower-tier-at-launch-tight-labour-market",
    "lower-tier-expansion-price-war",
)


@pytest.fixture(params=SCENARIOS)
def run(request: pytest.FixtureRequest) -> Trajectory:
    """One scenario, 96 draws."""
    return trajectory(request.param, DRAWS)


def close(left: np.ndarray, right: np.ndarray, scale: float = 1.0) -> None:
    """Equal in every cell, to a billionth of the scale."""
    np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-9 * scale)


def test_every_lead_is_served_gives_up_or_waits(run):
    """Backlog + leads = served + gave up + backlog of the next month."""
    m = run.market
    came = m["opening_backlog"] + m["leads"]
    close(came, m["served"] + m["expired_leads"] + m["backlog"], 1e5)
    close(m["opening_backlog"][1:], m["backlog"][:-1], 1e5)


def test_every_served_lead_is_won_or_lost_to_no_demand(run):
    """Served = new customers + lost to no demand."""
    m = run.market
    close(m["served"], m["new_customers"] + m["lost_no_demand"], 1e5)


def test_lost_to_no_people_would_have_been_won(run):
    """Those who gave up are counted as lost customers at the win rate of those served."""
    m = run.market
    close(m["lost_no_people"], m["expired_leads"] * m["win_rate"], 1e5)


def test_sources_add_up_to_leads(run):
    """Organic and touchpoints together are all leads."""
    close(run.leads_by_source.sum(axis=2), run.market["leads"], 1e5)


def test_people_are_whole(run):
    """Nobody is half hired: heads, starters, promotions, leavers and requisitions are whole numbers."""
    names = ("heads", "hires", "promoted_in", "promoted_out", "leavers", "terms_ended")
    for name in (*names, "not_renewed", "redundancies", "requisitions", "open_requisitions"):
        values = run.position[name]
        assert np.array_equal(values, np.rint(values)), name
        assert values.min() >= 0, name


def test_people_are_conserved(run):
    """Start + hires + promoted in - leavers - promoted out - redundancies = end, month by month."""
    p = run.position
    end = p["heads"] - p["leavers"] - p["promoted_out"] - p["redundancies"]
    assert np.array_equal(end, p["closing_heads"])
    joined = p["hires"] + p["promoted_in"]
    assert np.array_equal(p["heads"][1:], p["closing_heads"][:-1] + joined[1:])


def test_who_is_promoted_starts_in_the_position_above_a_month_later(run):
    """Promotions move people and make none: out of the positions below, into those above."""
    p, feeder = run.position, run.structure.feeder
    out = np.zeros_like(p["promoted_out"][:-1])
    for k, below in enumerate(feeder):
        if below >= 0:
            out[:, below] += p["promoted_in"][1:, k]
        else:
            assert not p["promoted_in"][:, k].any()
    assert np.array_equal(out, p["promoted_out"][:-1])
    assert out.sum() > 0


def test_nobody_leaves_at_the_end_of_a_term_that_did_not_end(run):
    """Those not offered another term are some of those whose term ended, and of those who left."""
    p = run.position
    assert (p["not_renewed"] <= p["terms_ended"]).all()
    assert (p["not_renewed"] <= p["leavers"]).all()
    assert p["not_renewed"].sum() > 0


def test_requisitions_become_starters(run):
    """Open requisitions - starters + new ones = open requisitions, exactly."""
    p = run.position
    left = p["open_requisitions"][:-1] - p["hires"][1:]
    assert np.array_equal(left, p["opening_requisitions"][1:])
    assert np.array_equal(p["opening_requisitions"] + p["requisitions"], p["open_requisitions"])


def test_productive_people_are_some_of_those_here(run):
    """Ramped heads lie between nobody and everybody."""
    p = run.position
    assert (p["ramped_heads"] >= 0).all()
    assert (p["ramped_heads"] <= p["heads"] + 1e-9).all()


def test_customers_are_conserved(run):
    """Customers + new - churned = customers of the next month."""
    m = run.market
    close(m["customers"][1:], (m["customers"] + m["new_customers"] - m["churned"])[:-1], 1e6)


def test_sales_of_markets_are_the_ledgers_revenue(run):
    """No market's sales are missing from the ledger."""
    alive = 1.0 - run.company["ruined"]
    close(run.ledger[:, LINES.index("revenue")], run.market["sales"].sum(axis=1) * alive, 1e7)


def test_profit_is_revenue_less_every_other_line(run):
    """The ledger's lines add up to profit after tax."""
    costs = run.ledger.sum(axis=1) - run.ledger[:, LINES.index("revenue")]
    close(run.company["profit"], run.ledger[:, LINES.index("revenue")] - costs, 1e7)


def test_cash_moves_by_the_cash_flow(run):
    """Change of cash less credit drawn = free cash flow."""
    net = run.company["cash"] - run.company["credit_drawn"]
    close(np.diff(net, axis=0), run.company["free_cash_flow"][1:], 1e7)


def test_cash_and_credit_never_stand_together(run):
    """Credit is drawn when cash is gone, and nothing is below zero."""
    cash, credit = run.company["cash"], run.company["credit_drawn"]
    assert (cash >= 0).all()
    assert (credit >= 0).all()
    assert (np.minimum(cash, credit) == 0).all()


def test_what_is_earned_is_paid_or_owed(run):
    """Profit less cash flow is what stands between them: receivables, stock, what is owed."""
    c = run.company
    held_back = c["profit"] - c["free_cash_flow"]
    close(held_back[1:], np.diff(c["working_capital"], axis=0), 1e7)


def test_nothing_is_undefined(run):
    """No number is missing or endless, no share leaves 0 to 1."""
    for group in (run.market, run.position, run.company):
        for name, values in group.items():
            assert np.isfinite(values).all(), name
    for name in ("awareness", "coverage", "win_rate", "satisfaction"):
        values = run.market[name]
        assert values.min() >= 0 and values.max() <= 1, name
