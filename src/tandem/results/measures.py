"""Measures: one number a draw, registered once with unit, label and definition.

Answers: which numbers a scenario is judged by. The registry feeds results.json, pages, glossary and
scorecard; the formulas stand in ``formulas``. Leaves out comparison of scenarios. Study and above
may import it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np

from tandem.model.types import Array
from tandem.results import formulas as f
from tandem.results.formulas import Run

__all__ = ["MEASURES", "Measure", "Run", "compute", "words"]


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


def words(en: str, zh: str) -> Mapping[str, str]:
    """One text in both languages."""
    return MappingProxyType({"en": en, "zh": zh})


# fmt: off
# A row a measure: name, unit, label, definition, digits, which way is better, kind, formula.
_ROWS = (
    Measure(
        "npv", "CNY", words("Net present value", "净现值"),
        words(
            "Free cash flow from October 2026 to December 2029, the working capital that "
            "then comes back, and the margin of the customers alive at the end, less the "
            "fair value of equity granted, discounted at the real rate to 1 October 2026",
            "2026年10月至2029年12月的自由现金流,加期末收回的营运资金与期末存量客户毛利,减授予股权的公允价值,按实际折现率折至2026年10月1日",
        ),
        3, "higher", "amount", f.npv,
    ),
    Measure(
        "terminal_value", "CNY", words("Value of customers at the end of 2029", "2029年末客户价值"),
        words(
            "Margin net of service and tax of customers alive at the end of 2029, until "
            "they leave, discounted to 1 October 2026",
            "2029年末存量客户在流失前的税后毛利(扣除服务成本),折至2026年10月1日",
        ),
        3, "higher", "amount", lambda run: run.actual.terminal_value,
    ),
    Measure(
        "released_capital", "CNY", words("Working capital at the end of 2029", "2029年末营运资金"),
        words(
            "Receivables and stock less what is owed at the end of 2029, come back as "
            "cash a month later, discounted to 1 October 2026",
            "2029年末应收与存货减应付,次月收回,折至2026年10月1日",
        ),
        3, "neither", "amount", f.released_capital,
    ),
    Measure(
        "equity_granted", "CNY", words("Equity granted to people", "授予员工的股权"),
        words(
            "Fair value at grant of options given to people until December 2029, borne by the "
            "owners there are and not paid in cash, discounted to 1 October 2026",
            "2029年12月前授予员工期权在授予日的公允价值,由现有股东承担、不付现金,折至2026年10月1日",
        ),
        3, "lower", "amount", f.equity_granted,
    ),
    Measure(
        "sales_2027", "CNY/year", words("Sales of 2027", "2027年销售额"),
        words(
            "Net sell-out revenue of 2027, after returns and before VAT, in prices of 2026",
            "2027年净销售收入(扣除退货,不含税),按2026年价格",
        ),
        3, "higher", "amount", lambda run: f.sales(run, 2027),
    ),
    Measure(
        "sales_2028", "CNY/year", words("Sales of 2028", "2028年销售额"),
        words(
            "Net sell-out revenue of 2028, after returns and before VAT, in prices of 2026",
            "2028年净销售收入(扣除退货,不含税),按2026年价格",
        ),
        3, "higher", "amount", lambda run: f.sales(run, 2028),
    ),
    Measure(
        "sales_2029", "CNY/year", words("Sales of 2029", "2029年销售额"),
        words(
            "Net sell-out revenue of 2029, after returns and before VAT, in prices of 2026",
            "2029年净销售收入(扣除退货,不含税),按2026年价格",
        ),
        3, "higher", "amount", lambda run: f.sales(run, 2029),
    ),
    Measure(
        "sales_2026", "CNY/year", words("Sales of 2026", "2026年销售额"),
        words(
            "Net sell-out revenue of 2026: observed to September, latest estimate after",
            "2026年净销售收入:九月前为实际,其后为最新预计",
        ),
        3, "neither", "amount", f.sales_2026,
    ),
    Measure(
        "new_customers_2026", "customers/year", words("New customers of 2026", "2026年新客户"),
        words(
            "Customers with a first order in 2026",
            "2026年首次下单的客户数",
        ),
        3, "neither", "amount", f.new_2026,
    ),
    Measure(
        "sales_growth", "1", words("Sales of 2027 over 2026", "2027年销售额与2026年之比"),
        words(
            "Sales of 2027 in prices of the day over sales of 2026",
            "2027年销售额(当年价格)与2026年之比",
        ),
        3, "higher", "amount", f.nominal_growth,
    ),
    Measure(
        "new_customers_2027", "customers/year", words("New customers of 2027", "2027年新客户"),
        words(
            "Customers with a first order in 2027",
            "2027年首次下单的客户数",
        ),
        3, "higher", "amount", lambda run: f.new(run, f.PLAN_YEAR),
    ),
    Measure(
        "new_customers_growth", "1", words("New customers of 2027 over 2026", "2027年新客户与2026年之比"),
        words(
            "First orders of 2027 over those of 2026",
            "2027年首单客户数与2026年之比",
        ),
        3, "higher", "amount", f.new_growth,
    ),
    Measure(
        "sales_target_met", "prob", words("Sales target met", "达成销售目标"),
        words(
            "Share of simulated futures in which sales of 2027 reach their target over 2026",
            "2027年销售额达到相对2026年目标的模拟情形占比",
        ),
        2, "higher", "event", f.sales_met,
    ),
    Measure(
        "customers_target_met", "prob", words("New-customer target met", "达成新客户目标"),
        words(
            "Share of simulated futures in which new customers of 2027 reach their target "
            "over 2026",
            "2027年新客户达到相对2026年目标的模拟情形占比",
        ),
        2, "higher", "event", f.customers_met,
    ),
    Measure(
        "both_targets_met", "prob", words("Both targets met", "两项目标均达成"),
        words(
            "Share of simulated futures in which both targets are met",
            "两项目标同时达成的模拟情形占比",
        ),
        2, "higher", "event", lambda run: f.sales_met(run) * f.customers_met(run),
    ),
    Measure(
        "lost_sales_no_people", "CNY/year", words("Sales lost to no people, 2027", "2027年因缺人损失的销售额"),
        words(
            "Sales of 2027 with people for every lead less sales of 2027, in the same "
            "future",
            "同一情形下,人力无限时的2027年销售额减去实际销售额",
        ),
        3, "lower", "amount", f.lost_to_no_people,
    ),
    Measure(
        "lost_customers_no_people", "customers/year", words("Leads that gave up and would have bought, 2027", "2027年放弃等待、本会成交的线索"),
        words(
            "Leads of 2027 that gave up waiting and would have bought",
            "2027年等待放弃、本会成交的线索数",
        ),
        3, "lower", "amount", lambda run: run.year(run.actual.market['lost_no_people']).sum(axis=0),
    ),
    Measure(
        "lost_customers_no_demand", "customers/year", words("Served leads that did not buy, 2027", "2027年已接待未成交的线索"),
        words(
            "Leads of 2027 that were served and decided for a competitor",
            "2027年已接待但选择竞品的线索数",
        ),
        3, "lower", "amount", lambda run: run.year(run.actual.market['lost_no_demand']).sum(axis=0),
    ),
    Measure(
        "people_cost_2027", "CNY/year", words("People cost of 2027", "2027年人力成本"),
        words(
            "Pay, employer's social cost, hiring, training and severance of 2027",
            "2027年薪酬、社保公积金、招聘、培训与离职补偿",
        ),
        3, "lower", "amount", f.people_cost,
    ),
    Measure(
        "people_cost_share", "share", words("People cost over sales, 2027", "2027年人力成本率"),
        words(
            "People cost of 2027 over sales of 2027",
            "2027年人力成本与销售额之比",
        ),
        3, "lower", "amount", f.people_cost_share,
    ),
    Measure(
        "variable_pay_2027", "CNY/year", words("Variable pay of 2027", "2027年浮动薪酬"),
        words(
            "Commission and bonuses earned in 2027",
            "2027年提成与奖金",
        ),
        3, "neither", "amount", f.variable,
    ),
    Measure(
        "variable_pay_share", "share", words("Variable pay over all pay, 2027", "2027年浮动薪酬占比"),
        words(
            "Commission and bonuses over all pay of 2027",
            "2027年提成与奖金占全部薪酬的比例",
        ),
        3, "neither", "amount", lambda run: f.variable(run) / np.maximum(f.all_pay(run), 1.0),
    ),
    Measure(
        "social_cost_2027", "CNY/year", words("Social insurance and housing fund, 2027", "2027年社保与公积金"),
        words(
            "Employer's contributions of 2027",
            "2027年单位缴纳的社保与公积金",
        ),
        3, "lower", "amount", lambda run: run.year(run.line('social')),
    ),
    Measure(
        "hires_2027", "head", words("Hires of 2027", "2027年录用人数"),
        words(
            "People who started in 2027",
            "2027年入职人数",
        ),
        3, "neither", "amount", lambda run: run.year(run.actual.position['hires']).sum(axis=0),
    ),
    Measure(
        "promotions_2027", "head", words("Promotions of 2027", "2027年晋升人数"),
        words(
            "Openings of 2027 filled by people of one's own from the role below",
            "2027年由下级岗位人员晋升填补的空缺数",
        ),
        3, "neither", "amount", lambda run: run.year(run.actual.position['promoted_out']).sum(axis=0),
    ),
    Measure(
        "severance_2027", "CNY/year", words("Severance and disputes, 2027", "2027年离职补偿与仲裁"),
        words(
            "Paid in 2027 to people made redundant or not offered another term, and for "
            "disputes",
            "2027年支付的裁减与到期不续签补偿,以及仲裁成本",
        ),
        3, "lower", "amount", lambda run: run.year(run.line('severance')),
    ),
    Measure(
        "heads_2027", "head", words("Heads at the end of 2027", "2027年末人数"),
        words(
            "Heads in December 2027",
            "2027年12月在岗人数",
        ),
        3, "neither", "amount", lambda run: f.last_of_year(run.actual.position['heads']).sum(axis=0),
    ),
    Measure(
        "attrition_2027", "share", words("Attrition of 2027", "2027年离职率"),
        words(
            "Leavers of 2027, failed probations included, over mean heads",
            "2027年离职人数(含试用不合格)与平均人数之比",
        ),
        3, "lower", "amount", f.attrition,
    ),
    Measure(
        "quality_2027", "1", words("Quality of people at the end of 2027", "2027年末人员素质"),
        words(
            "Mean quality of all people in December 2027, standard deviations of people over those of "
            "2026: raised by selection, and by who applies and who leaves",
            "2027年12月全员平均素质,以个体标准差计,相对2026年;受甄选、应聘者与离职者构成影响",
        ),
        3, "higher", "amount", f.quality,
    ),
    Measure(
        "fill_rate_2027", "share", words("Fill rate of 2027", "2027年编制满足率"),
        words(
            "Heads over required heads, surplus not counted, mean of 2027",
            "2027年平均在岗人数与所需人数之比(超编不计)",
        ),
        3, "higher", "amount", f.fill_rate,
    ),
    Measure(
        "media_2027", "CNY/year", words("Media of 2027", "2027年媒体投放"),
        words(
            "Media spent in 2027",
            "2027年媒体支出",
        ),
        3, "neither", "amount", lambda run: run.year(run.line('media')),
    ),
    Measure(
        "cac_2027", "CNY", words("Acquisition cost without people, 2027", "2027年获客成本(不含人力)"),
        words(
            "Media and trade spend over new customers",
            "媒体与渠道费用除以新客户数",
        ),
        3, "lower", "amount", lambda run: f.acquisition(run, people=False),
    ),
    Measure(
        "cac_with_people_2027", "CNY", words("Acquisition cost with people, 2027", "2027年获客成本(含人力)"),
        words(
            "Media, trade spend and people cost over new customers",
            "媒体、渠道费用与人力成本除以新客户数",
        ),
        3, "lower", "amount", lambda run: f.acquisition(run, people=True),
    ),
    Measure(
        "profit_2027", "CNY/year", words("Profit after tax, 2027", "2027年税后利润"),
        words(
            "Profit of 2027 after tax",
            "2027年税后利润",
        ),
        3, "higher", "amount", lambda run: run.year(run.actual.company['profit']),
    ),
    Measure(
        "least_cash", "CNY", words("Least cash", "最低现金"),
        words(
            "Lowest month-end cash net of credit drawn",
            "月末现金净额(扣除已用授信)的最低值",
        ),
        3, "higher", "amount", f.least_cash,
    ),
    Measure(
        "cash_kept", "prob", words("Cash limit kept", "现金未超限"),
        words(
            "Share of simulated futures in which payments never need more than cash and "
            "credit line",
            "支付始终不超过现金与授信额度的模拟情形占比",
        ),
        2, "higher", "event", f.cash_kept,
    ),
    Measure(
        "ruined", "prob", words("Payroll unmet", "无法发薪"),
        words(
            "Share of simulated futures in which a payroll cannot be paid",
            "出现无法发薪的模拟情形占比",
        ),
        2, "lower", "event", lambda run: run.actual.company['ruined'][-1],
    ),
    Measure(
        "satisfaction_2027", "share", words("Customers' satisfaction, end of 2027", "2027年末客户满意度"),
        words(
            "Satisfaction of customers in December 2027",
            "2027年12月客户满意度",
        ),
        3, "higher", "amount", f.satisfaction,
    ),
    Measure(
        "awareness_2027", "share", words("Awareness, end of 2027", "2027年末知名度"),
        words(
            "Awareness in December 2027, markets weighted by their contestable customers",
            "2027年12月知名度,按各市场可争取客户加权",
        ),
        3, "higher", "amount", f.awareness,
    ),
)
# fmt: on

MEASURES: Mapping[str, Measure] = MappingProxyType({m.name: m for m in _ROWS})


def compute(run: Run) -> dict[str, Array]:
    """Every registered measure in every draw, (d,) float64."""
    draws = run.actual.terminal_value.shape
    return {
        name: np.broadcast_to(np.asarray(measure.of(run), dtype=float), draws).copy()
        for name, measure in MEASURES.items()
    }
