"""The month of the money: pay, ledger, cash, and what may be committed next (step 8, part of 9).

Answers: what the month earned and cost, line by line, what came in and went out, and how much of
media and hiring the money allows. The laws stand in ``finance``, ``statute`` and ``incentives``.
Imported by ``simulate``.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model import finance, statute, workforce
from tandem.model.incentives.deferral import first, joined, over_months
from tandem.model.incentives.plan import Payout
from tandem.model.parameters import Parameters
from tandem.model.selling import Sold
from tandem.model.state import Context, State
from tandem.model.types import LINES, Array, Month, Structure
from tandem.units import MONTHS_PER_YEAR

RUNWAY = 3.0  # months over which cash is projected
QUARTER_ENDS = (2, 5, 8, 11)
YEAR_END = 11


@dataclass(frozen=True, slots=True)
class PayBill:
    """Pay of a month, (p, d), CNY, by when it is paid, and what equity costs beside it.

    ``fixed`` with the month, ``commission`` the month after, ``bonus`` by quarter, ``yearly`` by year;
    ``deferred`` is earned now and paid as ``due`` (LATEST, d) says, this month first. ``expense`` is the
    month's part of equity granted so far, never paid; ``vesting`` (LATEST, p, d) that of what is granted
    now, ``due`` and it without rows where no plan has such pay. ``granted`` is its fair value at grant.
    """

    fixed: Array
    commission: Array
    bonus: Array
    yearly: Array
    deferred: Array
    expense: Array
    granted: Array
    due: Array
    vesting: Array
    social: Array

    @property
    def pay(self) -> Array:
        """All pay in cash without social cost."""
        return self.fixed + self.commission + self.bonus + self.yearly + self.deferred

    @property
    def variable(self) -> Array:
        """Pay in cash that moves with results or is paid for staying."""
        return self.commission + self.bonus + self.yearly + self.deferred

    @property
    def cost(self) -> Array:
        """Pay and equity."""
        return self.pay + self.expense


@dataclass(frozen=True, slots=True)
class Paid:
    """Money of a month: ``ledger`` (line, d) costs positive, ``contribution`` (m, d), cash (d,)."""

    ledger: Array
    contribution: Array
    profit: Array
    free_cash_flow: Array
    working_capital: Array
    unmet: Array


def pay_bill(
    structure: Structure,
    p: Parameters,
    heads: Array,
    payout: Payout,
    pay_last_year: Array,
    unvested: Array | None = None,
) -> PayBill:
    """Pay and social cost of the heads, (p, d); ``pay_last_year`` CNY a head and month.

    ``unvested`` is equity granted earlier by the month in which it is expensed, this one first; without
    it a year like all years before: what is granted is what is expensed.
    """
    pay = p.people.pay
    city = list(structure.city)
    f = p.finance
    wage = f.local_wage[city]
    bases = (
        statute.contribution_base(pay_last_year, wage, f.base_floor, f.base_cap),
        statute.housing_fund_base(pay_last_year, f.minimum_wage[city], wage, f.base_cap),
    )
    total = heads * pay
    due = over_months(payout.later, total).sum(axis=1)
    vesting = over_months(payout.vesting, total)
    expense = total * payout.equity if unvested is None else first(unvested) + first(vesting)
    return PayBill(
        fixed=total * payout.base,
        commission=total * payout.commission,
        bonus=total * payout.bonus,
        yearly=total * payout.yearly,
        deferred=total * payout.deferred,
        expense=np.broadcast_to(expense, total.shape),
        granted=total * payout.equity,
        due=due,
        vesting=vesting,
        social=finance.social_cost(heads, (f.social_rate[city], f.fund_rate[city]), bases),
    )


@dataclass(frozen=True, slots=True)
class Activity:
    """What a month did that costs money: the same for a month of 2026 and a simulated one."""

    sales: Array  # (m, d)
    volume: Array  # (m, d) sales at the price of 2026
    promotion_fees: Array  # (m, d) of platforms, beyond the usual fees
    customers: Array  # (m, d)
    coverage: Array  # (m, d)
    media: Array  # (m, d)
    heads: Array  # (p, d)
    unramped: Array  # (p, d)
    hires: Array  # (p, d)
    candidates: Array  # a hire, (p, d)
    fast: Array  # share of hires on the fast track, (p, d)
    leavers: Array  # of the month before, (p, d), who went by themselves or failed probation
    dismissed: Array  # of the month before, (p, d), redundant and not renewed
    severance: Array  # of the month before, (d,)
    interest: Array  # (d,)
    programmes: Array  # (m, d) CNY for customers, above 2026
    development: Array  # (d,) CNY for products, above 2026


def cost_a_hire(p: Parameters, candidates: Array, fast: Array | float) -> Array:
    """Cost of one hire by position, CNY, (p, d): recruiting, agency, candidates, the fast track.

    ``candidates`` assessed for it, ``fast`` the share of hires on the fast track, (p, d) each.
    """
    h = p.hiring
    fee = (p.people.sources * h.fee[:, None]).sum(axis=0) * MONTHS_PER_YEAR * p.people.pay
    return np.asarray(h.hire_cost + fee + candidates * h.candidate_cost + fast * h.fast_track_cost)


def ledger(
    structure: Structure, p: Parameters, bill: PayBill, act: Activity
) -> tuple[Array, Array]:
    """Ledger lines before tax, (line, d) in the order of ``LINES``, and contribution, (m, d).

    Contribution of a market: revenue less goods, fees, trade spend, media, service and the people
    placed there.
    """
    f = p.finance
    a_hire = cost_a_hire(p, act.candidates, act.fast)
    goods = act.volume * f.cogs_share
    fees = act.sales * p.market.fee_share + act.promotion_fees
    trade = p.market.trade_spend * act.coverage
    service = act.customers * f.service_cost + act.programmes
    w = p.workforce
    perks = (w.care + w.recognition + w.programme_cost) * act.heads
    lines = {
        "revenue": act.sales.sum(axis=0),
        "cogs": goods.sum(axis=0),
        "fees": fees.sum(axis=0),
        "trade_spend": trade.sum(axis=0),
        "media": act.media.sum(axis=0),
        "pay": bill.cost.sum(axis=0),
        "social": bill.social.sum(axis=0),
        "hiring": (act.hires * a_hire).sum(axis=0),
        "training": (
            f.training_cost * act.unramped + w.course_cost * act.heads + w.joining_cost * act.hires
        ).sum(axis=0),
        "severance": act.severance
        + (
            (act.leavers * w.dispute_share + act.dismissed * w.dismissed_disputes) * w.dispute_cost
        ).sum(axis=0),
        "service": service.sum(axis=0),
        "workplace": (f.tool_cost * act.heads + perks).sum(axis=0),
        "fixed_cost": f.fixed_cost + act.development,
        "interest": act.interest,
        "tax": np.zeros_like(act.interest),
    }
    people = bill.cost + bill.social + f.tool_cost * act.heads + perks
    by_market = np.stack(
        [(people * structure.serves(m)).sum(axis=0) for m in range(len(structure.markets))]
    )
    contribution = act.sales - goods - fees - trade - act.media - service - by_market
    return np.stack(
        [np.broadcast_to(lines[name], act.interest.shape) for name in LINES]
    ), contribution


def pay_month(
    ctx: Context,
    month: Month,
    t: int,
    state: State,
    sold: Sold,
    bill: PayBill,
    act: Activity,
) -> Paid:
    """Book and settle a month; moves the money stocks in ``state``.

    Equity is expensed and not paid, and saves no tax when expensed (State Administration of Taxation,
    announcement 2012 no. 18: deductible when exercised).
    """
    p, f = month.parameters, month.parameters.finance
    lines, contribution = ledger(ctx.structure, p, bill, act)
    lines = lines * state.alive
    book = dict(zip(LINES, lines, strict=True))
    profit = book["revenue"] - lines[1:].sum(axis=0)
    equity = bill.expense.sum(axis=0) * state.alive
    tax, state.losses = finance.income_tax(profit + equity, state.losses, f.tax_rate)
    lines[LINES.index("tax")] = tax

    net_sales = sold.sales * (1.0 - p.market.fee_share) - sold.promotion_fees
    net_sales = net_sales * state.alive
    earlier = state.receipts_before
    inflow = finance.lagged(net_sales, earlier[0], earlier[1], p.market.receivable_days).sum(axis=0)
    bought, state.stock = finance.purchases(book["cogs"], state.stock, f.inventory_days)
    suppliers = finance.lagged(
        bought, state.purchases_before[0], state.purchases_before[1], f.payable_days
    )
    state.bonus_accrued = state.bonus_accrued + bill.bonus.sum(axis=0) * state.alive
    closes = ctx.calendar(t) in QUARTER_ENDS
    bonus_paid = state.bonus_accrued if closes else np.zeros_like(tax)
    state.yearly_accrued = state.yearly_accrued + bill.yearly.sum(axis=0) * state.alive
    yearly_paid = state.yearly_accrued if ctx.calendar(t) == YEAR_END else np.zeros_like(tax)
    state.unpaid = joined(state.unpaid, bill.due * state.alive)
    deferred_paid = first(state.unpaid)
    payroll = (
        bill.fixed.sum(axis=0) * state.alive
        + state.commission_due
        + bonus_paid
        + yearly_paid
        + deferred_paid
        + book["social"]
        + book["severance"]
        + tax
    )
    other = sum(
        book[name]
        for name in (
            "trade_spend",
            "media",
            "hiring",
            "training",
            "service",
            "workplace",
            "fixed_cost",
            "interest",
        )
    )
    before = state.cash - state.credit
    state.cash, state.credit, state.overdue, unmet = finance.settle(
        state.cash, state.credit, state.overdue, inflow, payroll, suppliers, other, f.credit_limit
    )
    flow = state.cash - state.credit - before
    state.bonus_accrued = state.bonus_accrued - bonus_paid
    state.yearly_accrued = state.yearly_accrued - yearly_paid
    state.unpaid = state.unpaid[1:]
    state.unvested = joined(state.unvested, bill.vesting)[1:]
    state.commission_due = bill.commission.sum(axis=0) * state.alive
    state.sales_before = np.stack([sold.sales * state.alive, state.sales_before[0]])
    state.receipts_before = np.stack([net_sales, earlier[0]])
    state.purchases_before = np.stack([bought, state.purchases_before[0]])
    state.operating_before = np.stack([flow, *state.operating_before[:2]])
    _pay_of_year(ctx, t, state, bill, act.heads)
    capital = working_capital(state, p.market.receivable_days, f.payable_days)
    return Paid(lines, contribution * state.alive, profit - tax, flow, capital, unmet)


def working_capital(state: State, receivable_days: Array, payable_days: Array) -> Array:
    """Receivables and stock less what is owed to suppliers and people at the month's end, (d,)."""
    receipts, bought = state.receipts_before, state.purchases_before
    return (
        finance.outstanding(receipts[0], receipts[1], receivable_days).sum(axis=0)
        + state.stock
        - finance.outstanding(bought[0], bought[1], payable_days)
        - state.overdue
        - state.commission_due
        - state.bonus_accrued
        - state.yearly_accrued
        - state.unpaid.sum(axis=0)
    )


def _pay_of_year(ctx: Context, t: int, state: State, bill: PayBill, heads: Array) -> None:
    """Last year's pay a head, on which contributions rest; new positions by what they earn now."""
    state.pay_this_year = state.pay_this_year + bill.pay
    state.heads_this_year = state.heads_this_year + heads
    mean = np.divide(
        state.pay_this_year,
        state.heads_this_year,
        out=np.array(state.pay_last_year),
        where=state.heads_this_year > 0,
    )
    if ctx.calendar(t) == YEAR_END:
        state.pay_last_year = mean
        state.pay_this_year = np.zeros_like(mean)
        state.heads_this_year = np.zeros_like(mean)


def severance_a_head(ctx: Context, p: Parameters, payout: Payout) -> Array:
    """What one redundancy costs by tenure band, CNY, (b, p, d): N + 1, a share of them 2N."""
    wage = p.finance.local_wage[list(ctx.structure.city)]
    pay = p.people.pay * payout.pay
    unlawful = p.workforce.unlawful_share
    return np.stack(
        [
            (1.0 - unlawful) * statute.severance(pay, years, wage)
            + unlawful * statute.severance(pay, years, wage, unlawful=True)
            for years in workforce.BAND_YEARS
        ]
    )


def fund(
    ctx: Context,
    month: Month,
    state: State,
    backfill: Array,
    growth: Array,
    media_next: Array,
) -> tuple[Array, Array]:
    """Share of back-fill and of growth requisitions that money allows, (d,); sets next media.

    Projected least cash over the runway, less what open requisitions will cost, above the floor, pays
    for back-fills, growth hires and discretionary media in this order; the unused credit line for
    back-fills alone. Out of earnings: growth hires may cost a share of the last three months' mean
    operating cash.
    """
    p, f = month.parameters, month.parameters.finance
    earned = state.operating_before.mean(axis=0)
    a_hire = p.people.pay * RUNWAY + p.hiring.hire_cost
    coming = np.maximum(state.people.pipeline.sum(axis=0) - backfill, 0.0)
    committed = (coming * a_hire).sum(axis=0)
    least = state.cash + np.minimum(earned * RUNWAY, 0.0) - committed
    funds = least - f.cash_floor
    need_backfill = (backfill * a_hire).sum(axis=0)
    need_growth = (growth * a_hire).sum(axis=0)
    discretionary = f.discretionary_share * media_next * RUNWAY
    _, grow, media = finance.funded_shares(funds, (need_backfill, need_growth, discretionary))
    unused = f.credit_limit - state.credit
    (back,) = finance.funded_shares(funds + unused, (need_backfill,))
    if not month.hire_ahead:
        allowed = f.earnings_share * np.maximum(earned, 0.0) * RUNWAY
        share = np.clip(allowed / np.maximum(need_growth, 1e-9), 0.0, 1.0)
        grow = np.minimum(grow, np.where(need_growth > 0, share, 1.0))
    state.funding = 1.0 - f.discretionary_share * (1.0 - media)
    return back, grow
