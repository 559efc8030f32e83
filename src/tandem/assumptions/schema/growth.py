"""The schema of markets, competitors, brand, touchpoints and customers.

Answers: which numbers describe demand, with label, canonical unit and plausible range. Leaves out
their values (``params/base``). Imported by the schema's root.
"""

from typing import Literal

from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Market(Section):
    """One market: what 2026 was, what we plan to do there, and how it differs from its home.

    What 2026 was is given for a market that is open then, the comparison with home for a new one, and
    outlets for one that sells through them: ``consistency`` says which field belongs where. The pool of a
    new market is a ratio to that of its home, or population, reach and penetration, one of the two. Money of a
    market with a currency of its own, pay there included, is stated in CNY at the rate of 2026.
    """

    label: Label
    open: bool = choice("Open for business", "已进入")
    distribution: Literal["outlets", "online"] = choice("Distribution", "分销方式")
    home: str | None = choice("Home market whose norms hold", "参照市场", default=None)
    city: str = choice("City tier of the people placed there", "人员所在城市级别")
    currency: str | None = choice("Currency, if not CNY", "结算货币(非人民币)", default=None)
    sales_2026: Estimate | None = quantity(
        "CNY/year", "Sales of 2026", "2026年销售额", 0, 1e11, default=None, anchored=True
    )
    new_customers_2026: Estimate | None = quantity(
        "customers/year",
        "New customers of 2026",
        "2026年新客户数",
        0,
        1e8,
        default=None,
        anchored=True,
    )
    share_of_contestable: Estimate | None = quantity(
        "share",
        "Share of contestable customers won",
        "可争取客户中的获客占比",
        1e-4,
        0.9,
        default=None,
        anchored=True,
    )
    capacity_ratio: Estimate | None = quantity(
        "1",
        "Contacts people could make over leads",
        "接待能力与线索之比",
        0.5,
        5,
        default=None,
        anchored=True,
    )
    awareness_2026: Estimate = quantity(
        "share", "Awareness of 2026", "2026年知名度", 0.01, 0.98, anchored=True
    )
    coverage_2026: Estimate | None = quantity(
        "share", "Distribution of 2026", "2026年铺货率", 0, 1, default=None, anchored=True
    )
    outlets: Estimate | None = quantity(
        "outlets", "Outlets that could carry us", "可铺货门店数", 100, 1e7, default=None
    )
    opening_ratio: Estimate | None = quantity(
        "1",
        "Outlets opened per rep over the home market",
        "人均开店数与参照市场之比",
        0.2,
        20,
        default=None,
    )
    time_on_outlets: Estimate | None = quantity(
        "share", "Field time spent on outlets", "用于门店开拓的外勤时间占比", 0, 0.9, default=None
    )
    contacts_ratio: Estimate | None = quantity(
        "1",
        "Contacts per head over the home market",
        "人均接待数与参照市场之比",
        0.2,
        3,
        default=None,
    )
    organic_ratio: Estimate = quantity(
        "1", "Organic leads over the common rate", "自然线索率与通用值之比", 0.01, 3
    )
    pool_ratio: Estimate | None = quantity(
        "1",
        "Category pool over the home market",
        "品类总客户数与参照市场之比",
        0.05,
        20,
        default=None,
    )
    population: Estimate | None = quantity(
        "head", "People who live there", "当地人口", 0, 1e10, default=None
    )
    reach: Estimate | None = quantity(
        "share",
        "People whom the category's offer gets to",
        "品类可触达的人口占比",
        0,
        1,
        default=None,
    )
    penetration: Estimate | None = quantity(
        "share", "Those reached who buy in the end", "触达者中最终购买的占比", 0, 1, default=None
    )
    category_age: Estimate = quantity(
        "year", "Age of the category", "品类已发展年数", 0.1, 40, anchored=True
    )
    new_product: bool = choice("New product developed and sold", "研发并销售新品", default=False)
    utility_shift: Estimate | None = quantity(
        "utility", "Appeal against the home market", "相对参照市场的吸引力", -4, 4, default=None
    )
    launch_success: Estimate | None = quantity(
        "prob", "Launch success", "上市成功率", 0.01, 0.99, default=None
    )
    failure_utility: Estimate | None = quantity(
        "utility", "Appeal lost when a launch fails", "上市失败损失的吸引力", 0, 4, default=None
    )
    price: Estimate = quantity("1", "Price over 2026", "价格与2026年之比", 0.3, 3)
    basket: Estimate = quantity("CNY/order", "Basket before VAT", "客单价(不含税)", 1, 1e6)
    returns_share: Estimate = quantity("share", "Returns", "退货率", 0, 0.8)
    fee_share: Estimate = quantity("share", "Channel and platform fees", "渠道与平台费率", 0, 0.7)
    trade_spend: Estimate | None = quantity(
        "CNY/month", "Trade spend at full distribution", "满铺货时的渠道费用", 0, 1e9, default=None
    )
    receivable_days: Estimate = quantity(
        "day", "Days until customers' money arrives", "回款天数", 0, 60
    )
    media: Estimate = quantity("CNY/month", "Media plan", "媒体投放计划", 0, 1e9)
    reference_media: Estimate = quantity(
        "CNY/month", "Media at which saturation is stated", "饱和曲线的参照投放", 1, 1e9
    )
    staffing_follow: Estimate = quantity(
        "1", "Headcount follows the forecast", "编制随预测调整的程度", 0, 1.5
    )
    reference_mix: dict[str, Estimate] = quantity(
        "share", "Share of reference media", "参照投放占比", 0, 1
    )
    media_mix: dict[str, Estimate] = quantity("share", "Share of media", "媒体占比", 0, 1)


class Demand(Section):
    """What all markets share."""

    switching: Estimate = quantity("1/month", "Switching of adopters", "已购者的换牌率", 0, 0.2)
    demand_drift: Estimate = quantity("log/month", "Drift of demand", "需求趋势", -0.05, 0.05)
    demand_shock: Estimate = quantity("log", "Shock to demand", "需求冲击", 0, 1.5)
    shock_persistence: Estimate = quantity(
        "1", "Persistence of a shock a month", "冲击的月持续性", 0, 0.99
    )
    bass_p: Estimate = quantity("1/year", "Innovation (Bass p)", "创新系数(Bass p)", 1e-4, 0.2)
    bass_q: Estimate = quantity("1/year", "Imitation (Bass q)", "模仿系数(Bass q)", 0.01, 1.5)
    category_price_effect: Estimate = quantity(
        "1", "Adoption gained from a lower category price", "品类降价对普及的拉动", 0, 5
    )
    category_spend_effect: Estimate = quantity(
        "1", "Adoption gained from category spend", "品类投放对普及的拉动", 0, 2
    )
    price_logit: Estimate = quantity(
        "utility", "Price in the choice", "选择中的价格敏感度", 0.2, 12
    )
    quality_progress: Estimate = quantity(
        "utility/month", "Our product progress", "本品的产品进步", -0.05, 0.05
    )
    fit_utility: Estimate = quantity(
        "utility", "Sellers' fit in the choice", "销售人员匹配度的作用", 0, 3
    )
    training_utility: Estimate = quantity(
        "utility", "Training in the choice", "培训对成交的作用", 0, 3
    )
    waiting_utility: Estimate = quantity(
        "utility", "Waiting in the choice, a month", "等待(每月)对成交的影响", 0, 5
    )
    favourability_utility: Estimate = quantity(
        "utility", "Favourability in the choice", "好感度对成交的作用", 0, 5
    )
    insight_effect: Estimate = quantity(
        "log", "Analysts' cover in launch success", "分析能力对上市成功的作用", 0, 3
    )
    innovation_effect: Estimate = quantity(
        "log", "Innovation effort in launch success", "创新投入对上市成功的作用", 0, 5
    )
    season: dict[str, Estimate] = quantity("1", "Season", "季节指数", 0.1, 5)


class Competitor(Section):
    """One named competitor."""

    label: Label
    price: Estimate = quantity("1", "Competitor's price over 2026", "竞品价格与2026年之比", 0.3, 3)
    media: Estimate = quantity("1", "Competitor's spend over 2026", "竞品投放与2026年之比", 0.1, 10)
    progress: Estimate = quantity("utility/month", "Competitor's progress", "竞品进步", -0.05, 0.05)
    reaction_probability: Estimate = quantity(
        "prob", "Reaction to our entry", "对我方进入的反应概率", 0, 1
    )
    reaction_delay: Estimate = quantity("month", "Delay of the reaction", "反应时滞", 0, 36)
    reaction_follow: Estimate = quantity(
        "share", "Share of a price cut followed", "跟随降价的比例", 0, 1
    )
    reaction_spend: Estimate = quantity(
        "utility", "Appeal gained by reacting", "反应所增加的吸引力", 0, 3
    )
    strength: dict[str, Estimate] = quantity(
        "share", "Share of customers we do not win", "未赢得客户中的占比", 1e-3, 1
    )


class Brand(Section):
    """How spending turns into awareness, leads and liking."""

    half_life: Estimate = quantity("week", "Half-life of media", "媒体效果半衰期", 0.3, 26)
    hill_slope: Estimate = quantity("1", "Saturation slope", "饱和曲线斜率", 0.3, 4)
    hill_half: Estimate = quantity(
        "1", "Half saturation over reference media", "半饱和点与参照投放之比", 0.05, 20
    )
    organic_conversion: Estimate = quantity(
        "share", "Leads without media", "自然线索率", 0.001, 0.9
    )
    organic_qualified: Estimate = quantity(
        "share", "Qualified leads without media", "自然线索中的有效占比", 0.02, 1
    )
    conversion_scale: Estimate = quantity(
        "1", "Scale of touchpoint conversion", "触点转化率的整体水平", 0.1, 5
    )
    favourability_speed: Estimate = quantity(
        "share", "Favourability gap closed a month", "好感度每月收敛比例", 0.001, 1
    )
    favourability_events: Estimate = quantity(
        "score", "Events in favourability", "活动与公关对好感度的作用", 0, 2
    )
    favourability_satisfaction: Estimate = quantity(
        "score", "Satisfaction in favourability", "满意度对好感度的作用", 0, 3
    )


class Touchpoint(Section):
    """One marketing channel."""

    label: Label
    click: Estimate = quantity(
        "share", "Clicks or visits of those reached", "触达后的点击或到访率", 1e-4, 1
    )
    conversion: Estimate = quantity(
        "share", "Leads of those who click or visit", "点击或到访后的线索率", 0, 1
    )
    qualified: Estimate = quantity("share", "Qualified leads", "有效线索占比", 0.02, 1)
    awareness_gain: Estimate = quantity(
        "share", "Unaware reached a month at saturation", "饱和时每月触达的未知人群占比", 0, 0.9
    )
    goodwill: Estimate = quantity("1", "Weight in favourability", "在好感度中的权重", 0, 10)
    content_share: Estimate = quantity(
        "share", "Effect that rests on content", "取决于内容的效果占比", 0, 1
    )
    targeting: Estimate | None = quantity(
        "share", "Spend that is targeted", "精准投放占比", 0, 1, default=None
    )
    targeting_lift: Estimate | None = quantity(
        "1", "Lead conversion gained by targeting", "精准投放对线索率的提升", 0, 3, default=None
    )
    targeting_cost: Estimate | None = quantity(
        "share", "Cost of targeting over the spend", "精准投放费用占投放之比", 0, 1, default=None
    )


class Customers(Section):
    """What customers do once they have bought, and what they think of us."""

    churn_alpha: Estimate = quantity("1", "Churn shape alpha", "流失形状参数 alpha", 0.05, 20)
    churn_beta: Estimate = quantity("1", "Churn shape beta", "流失形状参数 beta", 0.1, 200)
    churn_satisfaction: Estimate = quantity(
        "log", "Satisfaction in churn", "满意度对流失的作用", 0, 10
    )
    churn_price: Estimate = quantity("1", "Price in churn", "价格对流失的作用", 0, 5)
    order_price: Estimate = quantity("1", "Price in repeat orders", "复购的价格弹性", 0, 6)
    patience: Estimate = quantity("month", "Patience of a lead", "线索的等待耐心", 0.05, 12)
    satisfaction_2026: Estimate = quantity(
        "share", "Satisfaction of 2026", "2026年满意度", 0.05, 0.99, anchored=True
    )
    satisfaction_speed: Estimate = quantity(
        "share", "Satisfaction gap closed a month", "满意度每月收敛比例", 0.01, 1
    )
    satisfaction_engagement: Estimate = quantity(
        "share", "Engagement in satisfaction", "敬业度对满意度的作用", 0, 1
    )
    satisfaction_effort: Estimate = quantity(
        "share", "Service effort in satisfaction", "服务投入对满意度的作用", 0, 1
    )
    satisfaction_backlog: Estimate = quantity(
        "share", "Backlog in satisfaction", "积压对满意度的影响", 0, 1
    )
    satisfaction_waiting: Estimate = quantity(
        "share", "Waiting for service in satisfaction", "售后等待对满意度的影响", 0, 1
    )
    service_headroom: Estimate = quantity(
        "1", "Load that agents could carry over 2026", "客服可承受负荷与2026年之比", 1, 5
    )
