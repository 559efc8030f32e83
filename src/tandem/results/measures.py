"""Measures: one number a draw, registered once with unit, label and definition.

Answers: which numbers a scenario is judged by and how they follow from a trajectory. The registry
feeds results.json, pages, glossary and scorecard. Leaves out comparison of scenarios. Study and
above may import it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from tandem.model import finance
from tandem.model.objectives import target_met
from tandem.model.types import LINES, Array, Trajectory
from tandem.units import year_slice

__all__ = ["MEASURES", "Measure", "Run", "compute"]

PLAN_YEAR = 2027


@dataclass(frozen=True, slots=True)
class Run:
    """What measures are computed from: a run, its twin with unlimited capacity, and the terms.

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


@dataclass(frozen=True, slots=True)
class Measure:
    """One registered number: what it is called, in which unit, how many digits, which way is good.

    ``kind`` "event" is 1 or 0 a draw and is reported as a probability.
    """

    name: str
    unit: str
    label: Mapping[str, str]
    definition: Mapping[str, str]
    digits: int
    better: Literal["higher", "lower", "neither"]
    kind: Literal["amount", "event"]
    of: Callable[[Run], Array]

    @property
    def is_event(self) -> bool:
        """Whether it is reported as a probability."""
        return self.kind == "event"


def _sales(run: Run, year: int) -> Array:
    return run.year(run.actual.market["sales"], year).sum(axis=0)


def _new(run: Run, year: int) -> Array:
    return run.year(run.actual.market["new_customers"], year).sum(axis=0)


def _sales_2026(run: Run) -> Array:
    return run.actual.anchor.reference.sales.sum(axis=(0, 1))


def _new_2026(run: Run) -> Array:
    return run.actual.anchor.reference.new_customers.sum(axis=(0, 1))


def _nominal_growth(run: Run) -> Array:
    nominal = run.actual.market["sales"].sum(axis=1) * run.actual.company["price_index"]
    return run.year(nominal) / _sales_2026(run)


def _new_growth(run: Run) -> Array:
    return _new(run, PLAN_YEAR) / _new_2026(run)


def _sales_met(run: Run) -> Array:
    return target_met(_nominal_growth(run), np.ones(1), run.sales_growth)


def _customers_met(run: Run) -> Array:
    return target_met(_new_growth(run), np.ones(1), run.new_customers_growth)


def _npv(run: Run) -> Array:
    flows = finance.present_value(run.actual.company["free_cash_flow"], run.discount)
    return flows + run.actual.terminal_value


def _net_cash(run: Run) -> Array:
    return run.actual.company["cash"] - run.actual.company["credit_drawn"]


def _lost_to_no_people(run: Run) -> Array:
    lost = run.unlimited.market["sales"] - run.actual.market["sales"]
    return run.year(lost).sum(axis=0)


def _attrition(run: Run) -> Array:
    leavers = run.year(run.actual.position["leavers"]).sum(axis=0)
    heads = run.actual.position["heads"][year_slice(PLAN_YEAR)].mean(axis=0).sum(axis=0)
    return leavers / np.maximum(heads, 1.0)


def _variable(run: Run) -> Array:
    return run.year(run.actual.position["pay_variable"]).sum(axis=0)


def _all_pay(run: Run) -> Array:
    return _variable(run) + run.year(run.actual.position["pay_fixed"]).sum(axis=0)


def _acquisition(run: Run, *, people: bool) -> Array:
    cost = run.year(run.line("media")) + run.year(run.line("trade_spend"))
    if people:
        cost = cost + run.year(run.people_cost())
    return cost / np.maximum(_new(run, PLAN_YEAR), 1.0)


def _last_of_year(values: Array) -> Array:
    return values[year_slice(PLAN_YEAR)][-1]


def _satisfaction(run: Run) -> Array:
    at = _last_of_year(run.actual.market["satisfaction"])
    weight = _last_of_year(run.actual.market["customers"])
    return (at * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)


def _awareness(run: Run) -> Array:
    at = _last_of_year(run.actual.market["awareness"])
    weight = run.year(run.actual.market["contestable_customers"])
    return (at * weight).sum(axis=0) / np.maximum(weight.sum(axis=0), 1.0)


def _fill_rate(run: Run) -> Array:
    here = run.actual.position["heads"][year_slice(PLAN_YEAR)]
    wanted = run.actual.position["required_heads"][year_slice(PLAN_YEAR)]
    return np.minimum(here, wanted).sum(axis=(0, 1)) / np.maximum(wanted.sum(axis=(0, 1)), 1.0)


def _listed() -> list[Measure]:
    found: list[Measure] = []

    def add(
        name: str,
        unit: str,
        label: tuple[str, str],
        definition: tuple[str, str],
        digits: int,
        better: Literal["higher", "lower", "neither"],
        of: Callable[[Run], Array],
        kind: Literal["amount", "event"] = "amount",
    ) -> None:
        words = (dict(zip(("en", "zh"), pair, strict=True)) for pair in (label, definition))
        found.append(Measure(name, unit, *map(MappingProxyType, words), digits, better, kind, of))

    add(
        "npv",
        "CNY",
        ("Net present value", "净现值"),
        (
            "Free cash flow from October 2026 to December 2029 and the margin of the customers alive at the end, discounted at the real rate to 1 October 2026",
            "2026年10月至2029年12月的自由现金流加期末存量客户毛利,按实际折现率折至2026年10月1日",
        ),
        3,
        "higher",
        _npv,
    )
    add(
        "terminal_value",
        "CNY",
        ("Value of customers at the end of 2029", "2029年末客户价值"),
        (
            "Margin net of service and tax of customers alive at the end of 2029, until they leave, discounted to 1 October 2026",
            "2029年末存量客户在流失前的税后毛利(扣除服务成本),折至2026年10月1日",
        ),
        3,
        "higher",
        lambda run: run.actual.terminal_value,
    )
    for year in (2027, 2028, 2029):
        add(
            f"sales_{year}",
            "CNY/year",
            (f"Sales of {year}", f"{year}年销售额"),
            (
                f"Net sell-out revenue of {year}, after returns and before VAT, in prices of 2026",
                f"{year}年净销售收入(扣除退货,不含税),按2026年价格",
            ),
            3,
            "higher",
            lambda run, year=year: _sales(run, year),
        )  # type: ignore[misc]  # binds the year
    add(
        "sales_2026",
        "CNY/year",
        ("Sales of 2026", "2026年销售额"),
        (
            "Net sell-out revenue of 2026: observed to September, latest estimate after",
            "2026年净销售收入:九月前为实际,其后为最新预计",
        ),
        3,
        "neither",
        _sales_2026,
    )
    add(
        "new_customers_2026",
        "customers/year",
        ("New customers of 2026", "2026年新客户"),
        ("Customers with a first order in 2026", "2026年首次下单的客户数"),
        3,
        "neither",
        _new_2026,
    )
    add(
        "sales_growth",
        "1",
        ("Sales of 2027 over 2026", "2027年销售额与2026年之比"),
        (
            "Sales of 2027 in prices of the day over sales of 2026",
            "2027年销售额(当年价格)与2026年之比",
        ),
        3,
        "higher",
        _nominal_growth,
    )
    add(
        "new_customers_2027",
        "customers/year",
        ("New customers of 2027", "2027年新客户"),
        ("Customers with a first order in 2027", "2027年首次下单的客户数"),
        3,
        "higher",
        lambda run: _new(run, PLAN_YEAR),
    )
    add(
        "new_customers_growth",
        "1",
        ("New customers of 2027 over 2026", "2027年新客户与2026年之比"),
        ("First orders of 2027 over those of 2026", "2027年首单客户数与2026年之比"),
        3,
        "higher",
        _new_growth,
    )
    add(
        "sales_target_met",
        "prob",
        ("Sales target met", "达成销售目标"),
        (
            "Share of simulated futures in which sales of 2027 reach their target over 2026",
            "2027年销售额达到相对2026年目标的模拟情形占比",
        ),
        2,
        "higher",
        _sales_met,
        "event",
    )
    add(
        "customers_target_met",
        "prob",
        ("New-customer target met", "达成新客户目标"),
        (
            "Share of simulated futures in which new customers of 2027 reach their target over 2026",
            "2027年新客户达到相对2026年目标的模拟情形占比",
        ),
        2,
        "higher",
        _customers_met,
        "event",
    )
    add(
        "both_targets_met",
        "prob",
        ("Both targets met", "两项目标均达成"),
        (
            "Share of simulated futures in which both targets are met",
            "两项目标同时达成的模拟情形占比",
        ),
        2,
        "higher",
        lambda run: _sales_met(run) * _customers_met(run),
        "event",
    )
    add(
        "lost_sales_no_people",
        "CNY/year",
        ("Sales lost to no people, 2027", "2027年因缺人损失的销售额"),
        (
            "Sales of 2027 with people for every lead less sales of 2027, in the same future",
            "同一情形下,人力无限时的2027年销售额减去实际销售额",
        ),
        3,
        "lower",
        _lost_to_no_people,
    )
    add(
        "lost_customers_no_people",
        "customers/year",
        ("Customers lost to no people, 2027", "2027年因缺人流失的潜在客户"),
        (
            "Leads of 2027 that gave up waiting and would have bought",
            "2027年等待放弃、本会成交的线索数",
        ),
        3,
        "lower",
        lambda run: run.year(run.actual.market["lost_no_people"]).sum(axis=0),
    )
    add(
        "lost_customers_no_demand",
        "customers/year",
        ("Served leads that did not buy, 2027", "2027年已接待未成交的线索"),
        (
            "Leads of 2027 that were served and decided for a competitor",
            "2027年已接待但选择竞品的线索数",
        ),
        3,
        "lower",
        lambda run: run.year(run.actual.market["lost_no_demand"]).sum(axis=0),
    )
    add(
        "people_cost_2027",
        "CNY/year",
        ("People cost of 2027", "2027年人力成本"),
        (
            "Pay, employer's social cost, hiring, training and severance of 2027",
            "2027年薪酬、社保公积金、招聘、培训与离职补偿",
        ),
        3,
        "lower",
        lambda run: run.year(run.people_cost()),
    )
    add(
        "people_cost_share",
        "share",
        ("People cost over sales, 2027", "2027年人力成本率"),
        ("People cost of 2027 over sales of 2027", "2027年人力成本与销售额之比"),
        3,
        "lower",
        lambda run: run.year(run.people_cost()) / np.maximum(run.year(run.line("revenue")), 1.0),
    )
    add(
        "variable_pay_2027",
        "CNY/year",
        ("Variable pay of 2027", "2027年浮动薪酬"),
        ("Commission and bonuses earned in 2027", "2027年提成与奖金"),
        3,
        "neither",
        _variable,
    )
    add(
        "variable_pay_share",
        "share",
        ("Variable pay over all pay, 2027", "2027年浮动薪酬占比"),
        ("Commission and bonuses over all pay of 2027", "2027年提成与奖金占全部薪酬的比例"),
        3,
        "neither",
        lambda run: _variable(run) / np.maximum(_all_pay(run), 1.0),
    )
    add(
        "social_cost_2027",
        "CNY/year",
        ("Social insurance and housing fund, 2027", "2027年社保与公积金"),
        ("Employer's contributions of 2027", "2027年单位缴纳的社保与公积金"),
        3,
        "lower",
        lambda run: run.year(run.line("social")),
    )
    add(
        "hires_2027",
        "head",
        ("Hires of 2027", "2027年录用人数"),
        ("People who started in 2027", "2027年入职人数"),
        3,
        "neither",
        lambda run: run.year(run.actual.position["hires"]).sum(axis=0),
    )
    add(
        "heads_2027",
        "head",
        ("Heads at the end of 2027", "2027年末人数"),
        ("Heads in December 2027", "2027年12月在岗人数"),
        3,
        "neither",
        lambda run: _last_of_year(run.actual.position["heads"]).sum(axis=0),
    )
    add(
        "attrition_2027",
        "share",
        ("Attrition of 2027", "2027年离职率"),
        (
            "Leavers of 2027, failed probations included, over mean heads",
            "2027年离职人数(含试用不合格)与平均人数之比",
        ),
        3,
        "lower",
        _attrition,
    )
    add(
        "fill_rate_2027",
        "share",
        ("Fill rate of 2027", "2027年编制满足率"),
        (
            "Heads over required heads, surplus not counted, mean of 2027",
            "2027年平均在岗人数与所需人数之比(超编不计)",
        ),
        3,
        "higher",
        _fill_rate,
    )
    add(
        "media_2027",
        "CNY/year",
        ("Media of 2027", "2027年媒体投放"),
        ("Media spent in 2027", "2027年媒体支出"),
        3,
        "neither",
        lambda run: run.year(run.line("media")),
    )
    add(
        "cac_2027",
        "CNY",
        ("Acquisition cost without people, 2027", "2027年获客成本(不含人力)"),
        ("Media and trade spend over new customers", "媒体与渠道费用除以新客户数"),
        3,
        "lower",
        lambda run: _acquisition(run, people=False),
    )
    add(
        "cac_with_people_2027",
        "CNY",
        ("Acquisition cost with people, 2027", "2027年获客成本(含人力)"),
        (
            "Media, trade spend and people cost over new customers",
            "媒体、渠道费用与人力成本除以新客户数",
        ),
        3,
        "lower",
        lambda run: _acquisition(run, people=True),
    )
    add(
        "profit_2027",
        "CNY/year",
        ("Profit after tax, 2027", "2027年税后利润"),
        ("Profit of 2027 after tax", "2027年税后利润"),
        3,
        "higher",
        lambda run: run.year(run.actual.company["profit"]),
    )
    add(
        "least_cash",
        "CNY",
        ("Least cash", "最低现金"),
        ("Lowest month-end cash net of credit drawn", "月末现金净额(扣除已用授信)的最低值"),
        3,
        "higher",
        lambda run: _net_cash(run).min(axis=0),
    )
    add(
        "cash_kept",
        "prob",
        ("Cash limit kept", "现金未超限"),
        (
            "Share of simulated futures in which payments never need more than cash and credit line",
            "支付始终不超过现金与授信额度的模拟情形占比",
        ),
        2,
        "higher",
        lambda run: (
            (_net_cash(run).min(axis=0) > -run.credit_limit + 1.0).astype(float)
            * (run.actual.company["overdue"].max(axis=0) <= 1.0)
        ),
        "event",
    )
    add(
        "ruined",
        "prob",
        ("Payroll unmet", "无法发薪"),
        (
            "Share of simulated futures in which a payroll cannot be paid",
            "出现无法发薪的模拟情形占比",
        ),
        2,
        "lower",
        lambda run: run.actual.company["ruined"][-1],
        "event",
    )
    add(
        "satisfaction_2027",
        "share",
        ("Customers' satisfaction, end of 2027", "2027年末客户满意度"),
        ("Satisfaction of customers in December 2027", "2027年12月客户满意度"),
        3,
        "higher",
        _satisfaction,
    )
    add(
        "awareness_2027",
        "share",
        ("Awareness, end of 2027", "2027年末知名度"),
        (
            "Awareness in December 2027, markets weighted by their contestable customers",
            "2027年12月知名度,按各市场可争取客户加权",
        ),
        3,
        "higher",
        _awareness,
    )
    return found  # fmt: skip


MEASURES: Mapping[str, Measure] = MappingProxyType({m.name: m for m in _listed()})


def compute(run: Run) -> dict[str, Array]:
    """Every registered measure in every draw, (d,) float64."""
    draws = run.actual.terminal_value.shape
    return {
        name: np.broadcast_to(np.asarray(measure.of(run), dtype=float), draws).copy()
        for name, measure in MEASURES.items()
    }
