"""A trajectory as a labelled dataset: names, units and labels on what was arrays.

Answers: ``to_paths`` for one run or chunk. Leaves out measures and the store. xarray is used here,
at the border, and nowhere below. Study and above may import it.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tandem.model.types import LINES, Structure, Trajectory
from tandem.units import HORIZON, month_label

if TYPE_CHECKING:
    import xarray

#: unit, English, Chinese, by name of the variable and its axis.
MARKET: Mapping[str, tuple[str, str, str]] = {
    "contestable_customers": ("customers/month", "Contestable customers", "可争取客户"),
    "awareness": ("share", "Awareness", "知名度"),
    "coverage": ("share", "Distribution", "铺货率"),
    "favourability": ("score", "Favourability over 2026", "好感度(相对2026年)"),
    "satisfaction": ("share", "Customers' satisfaction", "客户满意度"),
    "leads": ("leads/month", "Leads", "线索"),
    "capacity": ("leads/month", "Capacity to serve leads", "线索接待能力"),
    "served": ("leads/month", "Leads served", "已接待线索"),
    "backlog": ("leads", "Leads waiting at month end", "月末等待线索"),
    "expired_leads": ("leads/month", "Leads that gave up", "放弃等待的线索"),
    "new_customers": ("customers/month", "New customers", "新客户"),
    "lost_no_demand": ("customers/month", "Lost to no demand", "因需求不足流失"),
    "lost_no_people": ("customers/month", "Lost to no people", "因缺人流失"),
    "customers": ("customers", "Customers", "客户数"),
    "churned": ("customers/month", "Customers lost", "流失客户"),
    "orders": ("orders/month", "Orders", "订单"),
    "sales": ("CNY/month", "Sales", "销售额"),
    "promotion_orders": (
        "orders/month",
        "Orders gained or missing by promotions over 2026's",
        "促销较2026年多得或少得的订单",
    ),
    "media_spend": ("CNY/month", "Media", "媒体投放"),
    "win_rate": ("share", "Win rate", "成交率"),
    "forecast": ("1", "Forecast over plan", "预测与计划之比"),
    "members": ("share", "Members among customers", "会员占客户的比例"),
    "new_product": ("prob", "New product on sale and liked", "新品已上市并获认可"),
}
#: Months of 2026, January first, by name in the anchor; the variable is called NAME_reference.
REFERENCE: Mapping[str, tuple[str, str, str]] = {
    "awareness": ("share", "Awareness of 2026", "2026年知名度"),
    "coverage": ("share", "Distribution of 2026", "2026年铺货率"),
    "leads": ("leads/month", "Leads of 2026", "2026年线索"),
    "served": ("leads/month", "Leads served in 2026", "2026年已接待线索"),
    "new_customers": ("customers/month", "New customers of 2026", "2026年新客户"),
    "customers": ("customers", "Customers of 2026", "2026年客户数"),
    "orders": ("orders/month", "Orders of 2026", "2026年订单"),
    "sales": ("CNY/month", "Sales of 2026", "2026年销售额"),
}
POSITION: Mapping[str, tuple[str, str, str]] = {
    "heads": ("head", "Heads", "在岗人数"),
    "hires": ("head/month", "Starters", "入职"),
    "leavers": ("head/month", "Leavers", "离职"),
    "promoted_in": ("head/month", "Promoted into the position", "晋升进入"),
    "promoted_out": ("head/month", "Promoted out of the position", "晋升离开"),
    "ready_successors": ("head", "People ready to be promoted", "已就绪的继任者"),
    "terms_ended": ("head/month", "Fixed terms that ended", "到期的固定期限合同"),
    "not_renewed": ("head/month", "Not offered another term", "到期未续签"),
    "terms_refused": ("head/month", "Offered another term and gone", "拒绝续签而离职"),
    "redundancies": ("head/month", "Redundancies", "裁减"),
    "requisitions": ("head/month", "Requisitions opened", "新开招聘需求"),
    "open_requisitions": ("head", "Open requisitions at month end", "月末在招需求"),
    "days_to_fill": ("day", "Days to fill, campus apart", "招聘周期(不含校招)"),
    "fast_share": ("share", "Requisitions on the fast track", "走快速通道的招聘需求"),
    "offers_accepted": ("share", "Offers accepted", "录用接受率"),
    "pay_offered": (
        "log",
        "Pay value to an applicant over 2026",
        "应聘者眼中的薪酬价值(相对2026年)",
    ),
    "ramped_heads": ("head", "Productive heads", "胜任人数"),
    "required_heads": ("head", "Required heads", "所需人数"),
    "engagement": ("score", "Engagement over 2026", "敬业度(相对2026年)"),
    "quality": ("1", "Quality of people over 2026", "人员素质(相对2026年)"),
    "attainment": ("1", "Attainment", "完成率"),
    "pay_fixed": ("CNY/month", "Fixed pay", "固定薪酬"),
    "pay_variable": ("CNY/month", "Variable pay", "浮动薪酬"),
    "equity_expense": ("CNY/month", "Equity expensed within variable pay", "浮动薪酬中的股权费用"),
    "equity_granted": ("CNY/month", "Fair value of equity granted", "授予股权的公允价值"),
    "social_cost": ("CNY/month", "Social insurance and housing fund", "社保与公积金"),
}
SOURCE: Mapping[str, tuple[str, str, str]] = {
    "reached_by_source": ("customers/month", "People reached", "触达人数"),
    "clicks_by_source": ("customers/month", "Clicks or visits", "点击或到访"),
    "leads_by_source": ("leads/month", "Leads by source", "线索来源"),
    "qualified_by_source": ("leads/month", "Qualified leads", "有效线索"),
}
COMPANY: Mapping[str, tuple[str, str, str]] = {
    "cash": ("CNY", "Cash", "现金"),
    "credit_drawn": ("CNY", "Credit drawn", "已用授信"),
    "price_index": ("1", "Price index", "价格指数"),
    "profit": ("CNY/month", "Profit after tax", "税后利润"),
    "free_cash_flow": ("CNY/month", "Free cash flow", "自由现金流"),
    "funding_factor": ("1", "Share of media funded", "媒体资金保障率"),
    "recruiting_stretch": ("1", "Recruiting time over usual", "招聘周期延长倍数"),
    "training_cover": ("1", "Training cover over 2026", "培训覆盖(相对2026年)"),
    "ruined": ("1", "Payroll unmet", "无法发薪"),
    "leaving_pay": ("log", "Leaving, by pay", "离职风险:薪酬"),
    "leaving_engagement": ("log", "Leaving, by engagement", "离职风险:敬业度"),
    "mood_workload": ("score", "Workload", "工作负荷"),
    "mood_training": ("score", "Training", "培训"),
    "mood_recognition": ("score", "Recognition", "认可"),
    "mood_care": ("score", "Care", "关怀"),
    "mood_dispersion": ("score", "Unequal pay for equal results", "同绩不同酬"),
    "mood_promises": ("score", "Promises not kept", "承诺未兑现"),
    "mood_programmes": ("score", "Culture programmes", "文化项目"),
}
LINE_LABELS: Mapping[str, tuple[str, str]] = {
    "revenue": ("Revenue", "收入"),
    "cogs": ("Cost of goods", "销售成本"),
    "fees": ("Channel and platform fees", "渠道与平台费用"),
    "trade_spend": ("Trade spend", "渠道投入"),
    "media": ("Media", "媒体投放"),
    "pay": ("Pay", "薪酬"),
    "social": ("Social insurance and housing fund", "社保与公积金"),
    "hiring": ("Hiring", "招聘"),
    "training": ("Training", "培训"),
    "severance": ("Severance and disputes", "离职补偿与仲裁"),
    "service": ("Customer service", "客户服务"),
    "workplace": ("Workplace, tools, care", "办公、工具与关怀"),
    "fixed_cost": ("Fixed cost", "固定费用"),
    "interest": ("Interest", "利息"),
    "tax": ("Income tax", "所得税"),
}


Words = Mapping[str, Mapping[str, tuple[str, str]]]


def to_paths(trajectory: Trajectory, labels: Words, first: int = 0) -> "xarray.Dataset":
    """The run's paths: dims month, market, position, line, source and draw; units as attributes.

    ``labels`` by dimension and name are the English and Chinese words for it, kept as coordinates
    such as ``market_label_en``. ``first`` is the absolute number of the first draw. Months are
    "YYYY-MM".
    """
    import xarray as xr

    s = trajectory.structure
    draws = trajectory.terminal_value.shape[0]
    variables: dict[str, xr.Variable] = {}

    def put(
        name: str, dims: tuple[str, ...], values: np.ndarray, unit: str, en: str, zh: str
    ) -> None:
        attributes = {"units": unit, "label_en": en, "label_zh": zh}
        variables[name] = xr.Variable(dims, values, attributes)

    for name, words in MARKET.items():
        put(name, ("month", "market", "draw"), trajectory.market[name], *words)
    for name, words in POSITION.items():
        put(name, ("month", "position", "draw"), trajectory.position[name], *words)
    for name, words in COMPANY.items():
        values = np.broadcast_to(trajectory.company[name], (HORIZON, draws))
        put(name, ("month", "draw"), values, *words)
    put("ledger", ("month", "line", "draw"), trajectory.ledger, "CNY/month", "Ledger", "账目")
    put(
        "ledger_2026", ("calendar", "line", "draw"), trajectory.ledger_2026,
        "CNY/month", "Ledger of 2026", "2026年账目",
    )  # fmt: skip
    reference = trajectory.anchor.reference
    for name, words in REFERENCE.items():
        dims = ("calendar", "market", "draw")
        put(f"{name}_reference", dims, getattr(reference, name), *words)
    put(
        "contestable_customers_reference", ("market", "draw"), trajectory.anchor.contestable,
        "customers/month", "Contestable customers of 2026", "2026年可争取客户",
    )  # fmt: skip
    put(
        "category_pool", ("market", "draw"), trajectory.anchor.pool,
        "customers", "Who will ever buy the category", "最终会购买该品类的人数",
    )  # fmt: skip
    put(
        "category_adopters", ("market", "draw"), trajectory.anchor.adopters,
        "customers", "Who have bought the category by 2026", "2026年前已购买该品类的人数",
    )  # fmt: skip
    put(
        "contribution", ("month", "market", "draw"), trajectory.contribution,
        "CNY/month", "Contribution", "贡献毛利",
    )  # fmt: skip
    for name, words in SOURCE.items():
        put(name, ("month", "market", "source", "draw"), getattr(trajectory, name), *words)
    return xr.Dataset(
        variables,
        coords={
            "month": [month_label(t) for t in range(HORIZON)],
            "market": list(s.markets),
            "position": list(s.positions),
            "role": ("position", list(s.roles)),
            "place": ("position", list(s.places)),
            "line": list(LINES),
            "source": ["organic", *s.touchpoints],
            "calendar": np.arange(1, 13),
            "draw": np.arange(first, first + draws),
            **_label_coordinates(trajectory.structure, labels),
        },
    )


def _label_coordinates(structure: Structure, labels: Words) -> dict[str, tuple[str, list[str]]]:
    named: dict[str, tuple[str, Sequence[str], Mapping[str, tuple[str, str]]]] = {
        "market": ("market", structure.markets, labels["market"]),
        "role": ("position", structure.roles, labels["role"]),
        "place": ("position", structure.places, labels["place"]),
        "source": ("source", ("organic", *structure.touchpoints), labels["source"]),
        "line": ("line", LINES, LINE_LABELS),
    }
    return {
        f"{name}_label_{language}": (dimension, [words[key][number] for key in keys])
        for name, (dimension, keys, words) in named.items()
        for number, language in enumerate(("en", "zh"))
    }
