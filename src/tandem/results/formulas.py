"""How measures follow from a run: one function a measure, each (d,) in CNY of 2026, heads or shares.

Answers: the numbers behind the registry (``measures``), which alone imports it. Leaves out names,
units and words.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model import finance
from tandem.model.objectives import target_met
from tandem.model.types import LINES, Array, Trajectory
from tandem.units import year_slice

PLAN_YEAR = 2027


@dataclass(frozen=True, slots=True)
class Run:
    """What measures are computed from: a run, its twin with unlimited people, and the terms.

    ``discount`` (d,) a month; ``growth`` are the targets of sales and new customers over 2026.
    """

    actual: Trajectory
    unlimited: Trajectory
    discount: Array
    credit_limit: Array
    sales_growth: Array
    new_customers_growth: Array

    def year(self, values: Array, year: int = PLAN_YEAR) -> Array:
        """Sum over the months of a year; keeps the other axes."""
        return np.asarray(values[year_slice(year)].sum(axis=0))

    def line(self, name: str) -> Array:
        """One line of the ledger, (t, d)."""
        return self.actual.ledger[:, LINES.index(name)]

    def people_cost(self) -> Array:
        """Pay, social cost, hiring, training and severance, (t, d)."""
        names = ("pay", "social", "hiring", "training", "severance")
        return np.asarray(sum(self.line(name) for name in names))


def sales(run: Run, year: int) -> Array:
    """Sales of a year, CNY of 2026."""
    return run.year(run.actual.market["sales"], year).sum(axis=0)


def new(run: Run, year: int) -> Array:
    """New customers of a year."""
    return run.year(run.actual.market["new_customers"], year).sum(axis=0)


def sales_2026(run: Run) -> Array:
    """Sales of 2026."""
    return run.actual.anchor.reference.sales.sum(axis=(0, 1))


def new_2026(run: Run) -> Array:
    """New customers of 2026."""
    return run.actual.anchor.reference.new_customers.sum(axis=(0, 1))


def nominal_growth(run: Run) -> Array:
    """Sales of the plan year in prices of the day over those of 2026."""
    nominal = run.actual.market["sales"].sum(axis=1) * run.actual.company["price_index"]
    return run.year(nominal) / sales_2026(run)


def new_growth(run: Run) -> Array:
    """New customers of the plan year over those of 2026."""
    return new(run, PLAN_YEAR) / new_2026(run)


def sales_met(run: Run) -> Array:
    """1 where the sales target is reached."""
    return target_met(nominal_growth(run), np.ones(1), run.sales_growth)


def customers_met(run: Run) -> Array:
    """1 where the target of new customers is reached."""
    return target_met(new_growth(run), np.ones(1), run.new_customers_growth)


def npv(run: Run) -> Array:
    """Free cash flow and the surviving customers, less equity granted, discounted, CNY."""
    flows = finance.present_value(run.actual.company["free_cash_flow"], run.discount)
    return flows + run.actual.terminal_value + released_capital(run) - equity_granted(run)


def equity_granted(run: Run) -> Array:
    """Fair value of equity granted to people, discounted, CNY: what present owners give away.

    Counted at grant and once: neither the expense nor later dilution comes on top. Source: Damodaran, A.
    (2005), Employee stock options (ESOPs) and restricted stock: valuation effects and consequences,
    where options granted are a cost to the owners there are.
    """
    granted = run.actual.position["equity_granted"].sum(axis=1)
    return finance.present_value(granted, run.discount)


def released_capital(run: Run) -> Array:
    """Working capital at the horizon, come back as cash a month later, discounted, CNY."""
    capital = run.actual.company["working_capital"]
    return capital[-1] / np.power(1.0 + run.discount, len(capital) + 1)


def net_cash(run: Run) -> Array:
    """Cash net of credit drawn, (t, d)."""
    return run.actual.company["cash"] - run.actual.company["credit_drawn"]


def lost_to_no_people(run: Run) -> Array:
    """Sales of the plan year that people for every need would have added, CNY."""
    lost = run.unlimited.market["sales"] - run.actual.market["sales"]
    return run.year(lost).sum(axis=0)


def attrition(run: Run) -> Array:
    """Leavers of the plan year over mean heads."""
    leavers = run.year(run.actual.position["leavers"]).sum(axis=0)
    heads = run.actual.position["heads"][year_slice(PLAN_YEAR)].mean(axis=0).sum(axis=0)
    return leavers / np.maximum(heads, 1.0)


def quality(run: Run) -> Array:
    """Mean quality of people in December of the plan year over 2026's, standard deviations."""
    heads = last_of_year(run.actual.position["heads"])
    worth = last_of_year(run.actual.position["quality"])
    return (worth * heads).sum(axis=0) / np.maximum(heads.sum(axis=0), 1.0)


def variable(run: Run) -> Array:
    """Commission and bonuses of the plan year, CNY."""
    return run.year(run.actual.position["pay_variable"]).sum(axis=0)


def all_pay(run: Run) -> Array:
    """All pay of the plan year, CNY."""
    return variable(run) + run.year(run.actual.position["pay_fixed"]).sum(axis=0)


def acquisition(run: Run, *, people: bool) -> Array:
    """Cost of a new customer in the plan year, CNY, with or without people."""
    cost = run.year(run.line("media")) + run.year(run.line("trade_spend"))
    if people:
        cost = cost + run.year(run.people_cost())
    return cost / np.maximum(new(run, PLAN_YEAR), 1.0)


def last_of_year(values: Array) -> Array:
    """The value of December of the plan year."""
    return values[year_slice(PLAN_YEAR)][-1]


def satisfaction(run: Run) -> Array:
    """Customers' satisfaction in December of the plan year, by customers."""
    at = last_of_year(run.actual.market["satisfaction"])
    weight = last_of_year(run.actual.market["customers"])
    return (at * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)


def awareness(run: Run) -> Array:
    """Awareness in December of the plan year, by contestable customers."""
    at = last_of_year(run.actual.market["awareness"])
    weight = run.year(run.actual.market["contestable_customers"])
    return (at * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)


def fill_rate(run: Run) -> Array:
    """Heads over required heads in the plan year, surplus not counted."""
    here = run.actual.position["heads"][year_slice(PLAN_YEAR)]
    wanted = run.actual.position["required_heads"][year_slice(PLAN_YEAR)]
    return np.minimum(here, wanted).sum(axis=(0, 1)) / np.maximum(wanted.sum(axis=(0, 1)), 1.0)


def people_cost(run: Run) -> Array:
    """Pay, social cost, hiring, training and severance of the plan year, CNY."""
    return run.year(run.people_cost())


def people_cost_share(run: Run) -> Array:
    """People cost over sales of the plan year."""
    return people_cost(run) / np.maximum(run.year(run.line("revenue")), 1.0)


def least_cash(run: Run) -> Array:
    """Lowest month-end cash net of credit drawn, CNY."""
    return net_cash(run).min(axis=0)


def cash_kept(run: Run) -> Array:
    """1 where the credit line was never used up and no supplier had to wait."""
    within = least_cash(run) > -run.credit_limit + 1.0
    return (within & (run.actual.company["overdue"].max(axis=0) <= 1.0)).astype(float)
