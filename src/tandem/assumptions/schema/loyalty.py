"""The schema of programmes for customers, and of new products.

Answers: which numbers describe membership, the top tier, community, after-sales service and product
development, with label, canonical unit and plausible range. Leaves out their values (``params/base``).
Imported by the schema's root.
"""

from tandem.assumptions.estimate import Estimate, Section, quantity


class Loyalty(Section):
    """Programmes for customers; what 2026 has of them stands in the service cost of that year."""

    members_2026: Estimate = quantity(
        "share", "Members among customers of 2026", "2026年会员占比", 0.01, 0.99, anchored=True
    )
    joining: Estimate = quantity("1/month", "Customers joining the club", "客户入会率", 0.0001, 0.5)
    member_churn: Estimate = quantity(
        "log", "Leaving prevented by membership", "会员身份对流失的抑制", 0, 2
    )
    member_orders: Estimate = quantity(
        "log", "Repeat orders added by membership", "会员身份对复购的拉动", 0, 1
    )
    member_cost: Estimate = quantity(
        "CNY/customer/month", "Benefits of a member", "单个会员权益成本", 0, 500
    )
    vip_share: Estimate = quantity("share", "Customers in the VIP tier", "VIP客户占比", 0, 0.5)
    order_shape: Estimate = quantity(
        "1", "Likeness of customers' order rates", "客户下单频率的同质程度", 0.1, 20
    )
    vip_churn: Estimate = quantity(
        "log", "Leaving prevented by the VIP tier", "VIP服务对流失的抑制", 0, 2
    )
    vip_orders: Estimate = quantity(
        "log", "Repeat orders added by the VIP tier", "VIP服务对复购的拉动", 0, 1
    )
    vip_cost: Estimate = quantity(
        "CNY/customer/month", "Service of a VIP customer", "单个VIP客户服务成本", 0, 2000
    )
    vip_events: Estimate = quantity(
        "1/month", "Private events for VIP customers", "VIP私享活动", 0, 4
    )
    vip_event_cost: Estimate = quantity(
        "CNY/customer", "Private event, a VIP customer", "单次活动人均成本", 0, 5000
    )
    vip_referral: Estimate = quantity(
        "1", "Leads a VIP customer brings to an event", "每位VIP每次活动带来的线索", 0, 3
    )
    community_cost: Estimate = quantity(
        "CNY/customer/month", "Spend on community", "社群运营投入", 0.01, 100
    )
    community_churn: Estimate = quantity(
        "log", "Leaving prevented by community", "社群对流失的抑制", 0, 1
    )
    word_of_mouth_community: Estimate = quantity(
        "1", "Community in recommendation", "社群对口碑线索的弹性", 0, 2
    )
    word_of_mouth_satisfaction: Estimate = quantity(
        "1", "Satisfaction in recommendation", "满意度对口碑线索的弹性", 0, 4
    )
    resolution: Estimate = quantity("share", "Cases solved at first contact", "首次解决率", 0.05, 1)
    resolution_satisfaction: Estimate = quantity(
        "share", "Cases solved in satisfaction", "首次解决率对满意度的作用", 0, 1
    )
    resolution_cost: Estimate = quantity(
        "CNY/customer/month",
        "Cost of solving all cases at first contact",
        "全部首次解决的成本",
        0,
        100,
    )


class Product(Section):
    """A new product for a market that we are in, and the iteration of the old ones."""

    success: Estimate = quantity("prob", "New product liked", "新品成功率", 0.01, 0.99)
    development_time: Estimate = quantity("month", "Development", "研发周期", 0, 36)
    development_cost: Estimate = quantity("CNY/month", "Cost of development", "研发费用", 0, 1e9)
    utility: Estimate = quantity(
        "utility", "Appeal that a new product adds", "新品增加的吸引力", 0, 3
    )
    basket_ratio: Estimate = quantity(
        "1", "Price of the new product over a basket", "新品与客单价之比", 0.2, 5
    )
    order_share: Estimate = quantity(
        "share", "Orders of the new product over the old", "新品订单与原订单之比", 0, 2
    )
    cannibalised: Estimate = quantity(
        "share", "Orders taken from the old products", "对原有产品的替代比例", 0, 1
    )
    iteration: Estimate = quantity(
        "CNY/month", "Spend on product iteration", "产品迭代投入", 1000, 1e9
    )
    iteration_effect: Estimate = quantity(
        "utility/month", "Product iteration in appeal", "产品迭代对吸引力的作用", 0, 0.1
    )
