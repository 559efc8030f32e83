"""Every line of the ledger comes from what happened, and what is earned is paid in time or owed."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, inputs, trajectory
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.model.types import LINES, Array, Inputs, Trajectory
from tandem.units import DAYS_PER_MONTH, HORIZON, calendar_month

DRAWS = 96
SCENARIOS = ("do-nothing", "lower-tier-expansion", "lower-tier-at-launch-tight-labour-market")
QUARTER_ENDS = (2, 5, 8, 11)  # January is 0

Case = tuple[Inputs, Trajectory]


@pytest.fixture(params=SCENARIOS)
def case(request: pytest.FixtureRequest) -> Case:
    """A scenario's inputs and what happened."""
    return inputs(request.param, DRAWS), trajectory(request.param, DRAWS)


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Trajectory:
    """A company with little cash and credit that doubles its price: many cannot pay people."""
    project = tmp_path_factory.mktemp("poor")
    shutil.copytree(REPOSITORY / "params", project / "params")
    edit(project, "opening_cash", 2.0)
    edit(project, "credit_limit", 3.0)
    dear = ("markets.core.price@2027-03=2",)
    a = load_assumptions(project, Company, "lower-tier-expansion", dear)
    return simulate(model_inputs(draw(a, DRAWS, SEED), SEED))


def edit(project: Path, name: str, value: float) -> None:
    """Set one fixed number of finance."""
    file = project / "params" / "base" / "finance.yaml"
    lines = file.read_text(encoding="utf-8").splitlines()
    (number,) = (k for k, line in enumerate(lines) if line.startswith(f"{name}: {{fixed: "))
    _, comma, rest = lines[number].partition(",")
    lines[number] = f"{name}: {{fixed: {value}{comma}{rest}"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def line(run: Trajectory, name: str) -> Array:
    """One line of the ledger, (t, d)."""
    return run.ledger[:, LINES.index(name)]


def over_months(given: Inputs, group: str, name: str) -> Array:
    """A parameter month by month, (t, ..., d)."""
    return np.stack([getattr(getattr(m.parameters, group), name) for m in given.months])


def close(left: Array, right: Array) -> None:
    """Equal in every cell, to a billionth of ten million."""
    np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-2)


def outstanding(flow: Array, days: Array) -> Array:
    """What of flows (t, ..., d) is still to be paid at each month's end, paid `days` later."""
    months = np.minimum(days / DAYS_PER_MONTH, 2.0)
    before = np.concatenate([np.zeros_like(flow[:1]), flow[:-1]])
    return flow * np.minimum(months, 1.0) + before * np.maximum(months - 1.0, 0.0)


def owed_to_people(given: Inputs, run: Trajectory) -> Array:
    """Commission and bonuses earned and not yet paid, (t, d): what other claims leave over.

    From the second month on: the first still collects what was sold before October 2026.
    """
    net = run.market["sales"] * (1.0 - over_months(given, "market", "fee_share"))
    receivable = outstanding(net, over_months(given, "market", "receivable_days")).sum(axis=1)
    goods = line(run, "cogs")
    stock = goods * over_months(given, "finance", "inventory_days") / DAYS_PER_MONTH
    bought = goods + np.diff(stock, axis=0, prepend=stock[:1])
    payable = outstanding(bought, over_months(given, "finance", "payable_days"))
    owed = receivable + stock - payable - run.company["overdue"] - run.company["working_capital"]
    return owed[2:]


def test_pay_and_contributions_are_those_of_the_positions(case):
    """Nobody is paid outside the ledger, and nothing is paid to nobody."""
    _, run = case
    p = run.position
    close(line(run, "pay"), (p["pay_fixed"] + p["pay_variable"]).sum(axis=1))
    close(line(run, "social"), p["social_cost"].sum(axis=1))
    assert (p["pay_fixed"][p["heads"] == 0] == 0).all()


def test_media_fees_goods_and_service_follow_from_activity(case):
    """Each line is its price times what happened, in every month and draw."""
    given, run = case
    sales, price = run.market["sales"], over_months(given, "market", "price")
    close(line(run, "media"), run.market["media_spend"].sum(axis=1))
    close(line(run, "fees"), (sales * over_months(given, "market", "fee_share")).sum(axis=1))
    share = over_months(given, "finance", "cogs_share")
    close(line(run, "cogs"), (sales / price).sum(axis=1) * share)
    a_customer = over_months(given, "finance", "service_cost")
    close(line(run, "service"), run.market["customers"].sum(axis=1) * a_customer)
    a_head = over_months(given, "finance", "tool_cost") + sum(
        over_months(given, "workforce", name) for name in ("care", "recognition", "programme_cost")
    )
    close(line(run, "workplace"), run.position["heads"].sum(axis=1) * a_head)
    close(line(run, "fixed_cost"), over_months(given, "finance", "fixed_cost"))


def test_interest_is_paid_on_the_credit_of_the_month_before(case):
    """No credit, no interest."""
    given, run = case
    drawn = np.concatenate([np.zeros((1, DRAWS)), run.company["credit_drawn"][:-1]])
    close(line(run, "interest"), drawn * over_months(given, "finance", "credit_rate"))


def test_contributions_of_markets_leave_what_is_not_placed_there(case):
    """Contribution is revenue less a market's own lines and the people placed there."""
    given, run = case
    here = np.array([k >= 0 for k in run.structure.place])
    p = run.position
    a_head = over_months(given, "finance", "tool_cost") + sum(
        over_months(given, "workforce", name) for name in ("care", "recognition", "programme_cost")
    )
    paid = p["pay_fixed"] + p["pay_variable"] + p["social_cost"] + p["heads"] * a_head[:, None]
    own = ("cogs", "fees", "trade_spend", "media", "service")
    left = line(run, "revenue") - sum(line(run, name) for name in own) - paid[:, here].sum(axis=1)
    close(run.contribution.sum(axis=1), left)


def test_tax_is_paid_once_on_profit_above_all_earlier_losses(case):
    """Taxed in all: the highest that profit since the start has ever stood at."""
    given, run = case
    before_tax = run.company["profit"] + line(run, "tax")
    highest = np.maximum(np.maximum.accumulate(np.cumsum(before_tax, axis=0), axis=0), 0.0)
    rate = over_months(given, "finance", "tax_rate")
    close(np.cumsum(line(run, "tax"), axis=0), highest * rate)


def test_severance_is_booked_the_month_after_and_only_then(case):
    """Where nobody was dismissed a month ago, disputes of those who left are all there is.

    Dismissed are those made redundant and those who were not offered another term.
    """
    given, run = case
    p = run.position
    share = over_months(given, "workforce", "dispute_share")
    contested = over_months(given, "workforce", "dismissed_disputes")
    dismissed = (p["redundancies"] + p["not_renewed"]).sum(axis=1)
    others = (p["leavers"] - p["not_renewed"]).sum(axis=1)
    each = over_months(given, "workforce", "dispute_cost")[1:]
    disputes = (others[:-1] * share[1:] + dismissed[:-1] * contested[1:]) * each
    beyond = line(run, "severance")[1:] - disputes
    nobody = dismissed[:-1] == 0
    close(beyond[nobody], np.zeros(int(nobody.sum())))
    assert (beyond[~nobody] > 0).all()


def test_variable_pay_is_paid_within_a_quarter_and_never_taken_back(case):
    """Earned less owed is paid: it never falls, and lags what was earned by a quarter at most."""
    given, run = case
    earned = np.cumsum(run.position["pay_variable"].sum(axis=1), axis=0)[2:]
    owed = owed_to_people(given, run)
    paid = earned - owed
    assert (owed > -1.0).all()
    assert (np.diff(paid, axis=0) > -1.0).all()
    assert (paid[3:] > earned[:-3] - 1.0).all()


def test_bonuses_of_a_quarter_are_all_paid_at_its_end():
    """On base and bonus alone, nothing is owed after a quarter's last month; before, all of it is."""
    given, run = inputs("do-nothing", DRAWS), trajectory("do-nothing", DRAWS)
    owed = owed_to_people(given, run)
    earned = run.position["pay_variable"].sum(axis=1)[2:]
    since = np.zeros(DRAWS)
    for row, calendar in enumerate(calendar_month(np.arange(2, HORIZON))):
        closes = int(calendar) in QUARTER_ENDS
        since = np.zeros(DRAWS) if closes else since + earned[row]
        np.testing.assert_allclose(owed[row], since, atol=1.0)


def test_the_ledger_of_2026_is_the_year_as_observed():
    """Twelve months of 2026 add up to the sales, media and pay of the parameter files."""
    given, run = inputs("do-nothing", DRAWS), trajectory("do-nothing", DRAWS)
    p = given.base.parameters
    year = run.ledger_2026.sum(axis=0)
    close(year[LINES.index("revenue")], p.market.sales_2026.sum(axis=0))
    open_then = np.asarray(run.structure.existing)[:, None]
    close(year[LINES.index("media")], 12.0 * (p.market.media * open_then).sum(axis=0))
    close(year[LINES.index("tax")], np.zeros(DRAWS))


def test_ruin_ends_it_and_people_still_add_up(poor):
    """From the month after ruin nothing is sold, earned or spent; who was there has left."""
    ruined = poor.company["ruined"] > 0
    assert 0.2 < ruined[-1].mean() < 1.0, "the case is about companies of which many fail"
    assert (np.diff(ruined.astype(int), axis=0) >= 0).all(), "nobody comes back"
    assert (poor.ledger[np.broadcast_to(ruined[:, None], poor.ledger.shape)] == 0).all()
    assert (poor.market["leads"].sum(axis=1)[ruined] == 0).all()
    assert (poor.position["requisitions"].sum(axis=1)[ruined] == 0).all()
    p = poor.position
    joined = p["hires"] + p["promoted_in"]
    assert np.array_equal(p["heads"][1:], p["closing_heads"][:-1] + joined[1:])
    assert (p["closing_heads"].sum(axis=1)[ruined] == 0).all()


def test_money_of_those_short_of_cash_adds_up(poor):
    """Cash moves by the cash flow, and credit is never drawn beyond its limit, ruin or not."""
    c = poor.company
    net = c["cash"] - c["credit_drawn"]
    close(np.diff(net, axis=0), c["free_cash_flow"][1:])
    assert (c["credit_drawn"] <= 3e6 + 1.0).all()
    held_back = (c["profit"] - c["free_cash_flow"])[1:-1]
    moved = np.diff(c["working_capital"], axis=0)[:-1]
    pays_on = c["ruined"][2:] == 0  # in the month of ruin, pay that cannot be paid is never paid
    close(held_back[pays_on], moved[pays_on])


def test_leads_of_the_ruined_are_gone(poor):
    """Who still waits when the company fails waits no longer; until then the balance holds."""
    m, ruined = poor.market, poor.company["ruined"][:, None]
    close(m["opening_backlog"][1:], (m["backlog"] * (1.0 - ruined))[:-1])
    came = m["opening_backlog"] + m["leads"]
    close(came, m["served"] + m["expired_leads"] + m["backlog"])
