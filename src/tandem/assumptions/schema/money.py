"""The schema of finance, cities' statutory rates and the target.

Answers: which numbers describe money, with label, canonical unit and plausible range. Leaves out
their values (``params/base``). Imported by the schema's root.
"""

from typing import Literal

from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity


class Finance(Section):
    """Costs, working capital, cash and value."""

    funding: Literal["ahead", "earnings"] = choice("Growth hires are paid", "增编资金来源")
    cogs_share: Estimate = quantity(
        "share", "Cost of goods over revenue of 2026", "销售成本率", 0.01, 0.95
    )
    fixed_cost: Estimate = quantity("CNY/month", "Fixed cost", "固定费用", 0, 1e9)
    service_cost: Estimate = quantity(
        "CNY/customer/month", "Service cost of a customer", "单客服务成本", 0, 1000
    )
    training_cost: Estimate = quantity("CNY/head/month", "Cost of training", "培训成本", 0, 50000)
    tool_cost: Estimate = quantity(
        "CNY/head/month", "Workplace, travel and tools", "办公差旅与工具", 0, 50000
    )
    tax_rate: Estimate = quantity("share", "Income tax", "企业所得税率", 0, 0.5)
    discount: Estimate = quantity("share/month", "Real discount rate", "实际折现率", 0, 0.05)
    price_growth: Estimate = quantity(
        "log/month", "Growth of the price index", "价格指数增长", -0.02, 0.05
    )
    payable_days: Estimate = quantity("day", "Days until suppliers are paid", "付款天数", 0, 60)
    inventory_days: Estimate = quantity("day", "Days of stock", "库存天数", 0, 365)
    opening_cash: Estimate = quantity(
        "CNY", "Cash on 1 October 2026", "2026年10月1日现金", 0, 1e11, anchored=True
    )
    credit_limit: Estimate = quantity("CNY", "Credit line", "授信额度", 0, 1e11)
    credit_rate: Estimate = quantity("share/month", "Interest on credit", "贷款利率", 0, 0.05)
    cash_floor: Estimate = quantity("CNY", "Cash that must stay", "最低现金余额", 0, 1e11)
    discretionary_share: Estimate = quantity(
        "share", "Media that can be cancelled", "可取消的媒体投放占比", 0, 1
    )
    earnings_share: Estimate = quantity(
        "share", "Operating cash that growth may take", "可用于增长的经营现金占比", 0, 1
    )
    base_floor: Estimate = quantity(
        "1", "Contribution base, least, over local wage", "缴费基数下限(当地均薪倍数)", 0.1, 1
    )
    base_cap: Estimate = quantity(
        "1", "Contribution base, most, over local wage", "缴费基数上限(当地均薪倍数)", 1, 10
    )


class City(Section):
    """Statutory rates of a tier of cities."""

    label: Label
    pension_rate: Estimate = quantity("share", "Employer's pension", "单位养老保险费率", 0, 0.3)
    medical_rate: Estimate = quantity(
        "share", "Employer's medical and maternity insurance", "单位医疗(含生育)保险费率", 0, 0.2
    )
    unemployment_rate: Estimate = quantity(
        "share", "Employer's unemployment insurance", "单位失业保险费率", 0, 0.05
    )
    injury_rate: Estimate = quantity(
        "share", "Employer's work-injury insurance", "单位工伤保险费率", 0, 0.05
    )
    fund_rate: Estimate = quantity("share", "Employer's housing fund", "单位公积金比例", 0, 0.12)
    local_wage: Estimate = quantity(
        "CNY/head/month", "Local average wage", "当地平均工资", 1500, 60000
    )
    minimum_wage: Estimate | None = quantity(
        "CNY/head/month", "Minimum wage", "最低工资", 500, 10000, default=None
    )


class Currency(Section):
    """A foreign currency in which a market sells, buys media and pays its people."""

    label: Label
    rate_2026: Estimate = quantity(
        "CNY/unit", "Exchange rate of 2026", "2026年汇率", 1e-4, 1e3, anchored=True
    )
    rate: Estimate = quantity("CNY/unit", "Exchange rate of the plan", "计划期汇率", 1e-4, 1e3)


class Targets(Section):
    """What 2027 is to reach over 2026."""

    sales_growth: Estimate = quantity(
        "1", "Sales of 2027 over 2026", "2027年销售额与2026年之比", 0.5, 5
    )
    new_customers_growth: Estimate = quantity(
        "1", "New customers of 2027 over 2026", "2027年新客户与2026年之比", 0.5, 5
    )
