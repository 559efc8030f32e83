"""The schema of roles, hiring, workforce and culture; pay plans stand in ``pay``.

Answers: which numbers describe people, with label, canonical unit and plausible range. Leaves out
their values (``params/base``). Imported by the schema's root.
"""

from typing import Literal

from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity

Work = Literal[
    "contacts",
    "outlets_opened",
    "outlets_kept",
    "span",
    "spend",
    "content",
    "insight",
    "service",
    "recruiting",
    "training",
]


class Place(Section):
    """A role at a place: one position."""

    plan: str = choice("Pay plan", "薪酬方案")
    heads: Estimate = quantity("head", "Heads of 2026", "2026年在岗人数", 0, 100000, anchored=True)
    added_heads: Estimate = quantity(
        "head", "Heads planned beyond 2026", "2026年以外的计划增编", -10000, 100000
    )
    pay: Estimate = quantity("CNY/head/month", "Target pay", "目标薪酬", 1500, 500000)
    market_pay: Estimate | None = quantity(
        "CNY/head/month", "Pay in the labour market", "市场薪酬水平", 1500, 500000, default=None
    )


class Role(Section):
    """One role: what it does, how it is hired, how long people stay."""

    label: Label
    driver: Work = choice("What its headcount follows", "编制依据")
    turnover: Estimate = quantity(
        "1/year", "Leavers a year over heads", "年离职率", 0.01, 1.5, anchored=True
    )
    ramp: Estimate = quantity("month", "Ramp-up time", "上手时间", 0.2, 24)
    fill_factor: Estimate = quantity(
        "1", "Time to fill over the common stages", "招聘周期与通用值之比", 0.2, 4
    )
    requisition_weight: Estimate = quantity(
        "1", "Recruiters' load of a requisition", "单个招聘需求的工作量", 0.05, 3
    )
    work: tuple[Work, ...] = choice("What it does", "工作内容")
    relative_work: dict[str, Estimate] = quantity(
        "1",
        "Work done per head over the other roles",
        "人均产能与其他岗位之比",
        0.01,
        100,
        default={},
    )
    sources: dict[str, Estimate] = quantity(
        "share", "Share of hiring channel", "招聘渠道占比", 0, 1
    )
    fed_by: str | None = choice("Role promoted into it", "晋升来源岗位", default=None)
    promoted_share: Estimate | None = quantity(
        "share", "Openings meant for one's own people", "内部晋升填补空缺占比", 0, 1, default=None
    )
    places: dict[str, Place]


class Stages(Section):
    """Mean days of each stage from requisition to first day."""

    announce: Estimate = quantity("day", "Announce", "发布需求", 0.1, 60)
    source: Estimate = quantity("day", "Source candidates", "寻访候选人", 0.1, 120)
    test: Estimate = quantity("day", "Test", "测评", 0.1, 60)
    interview: Estimate = quantity("day", "Interview", "面试", 0.1, 60)
    check: Estimate = quantity("day", "Background check", "背景调查", 0.1, 60)
    offer: Estimate = quantity("day", "Offer", "发放录用通知", 0.1, 60)
    notice: Estimate = quantity("day", "Notice at the last employer", "离职交接", 0.1, 120)


class Hiring(Section):
    """Recruiting: time, candidates, offers, HR's own rules."""

    stages: Stages
    fill_cv: Estimate = quantity("1", "Spread of a stage's time", "环节时长的离散度", 0.05, 2)
    test_pass: Estimate = quantity("share", "Pass rate of the test", "测评通过率", 0.01, 1)
    interview_pass: Estimate = quantity(
        "share", "Pass rate of the interview", "面试通过率", 0.01, 1
    )
    check_pass: Estimate = quantity(
        "share", "Pass rate of the background check", "背调通过率", 0.2, 1
    )
    profile_relevance: Estimate = quantity(
        "share", "What the job needs that the profile captures", "岗位画像覆盖的岗位要求", 0.05, 1
    )
    assessment_intercorrelation: Estimate = quantity(
        "1", "Correlation between two assessments", "两项测评之间的相关", 0, 0.9
    )
    quality_productivity: Estimate = quantity(
        "log", "Output per standard deviation of quality", "每标准差人员质量的产出", 0, 1
    )
    acceptance: Estimate = quantity("share", "Offers accepted", "录用接受率", 0.05, 0.99)
    acceptance_pay: Estimate = quantity("log", "Pay in acceptance", "薪酬对接受率的作用", 0, 15)
    applicants_pay: Estimate = quantity(
        "log", "Pay in the number of applicants", "薪酬对应聘人数的作用", 0, 5
    )
    acceptance_brand: Estimate = quantity(
        "log", "Employer brand in acceptance", "雇主品牌对接受率的作用", 0, 10
    )
    tightness: Estimate = quantity(
        "log", "Tightness of the labour market", "劳动力市场紧张度", -2, 3
    )
    market_pay_index: Estimate = quantity(
        "1", "Market pay over 2026", "市场薪酬与2026年之比", 0.5, 2
    )
    recruiter_headroom: Estimate = quantity(
        "1",
        "Requisitions recruiters could carry over 2026",
        "招聘人员可承担需求与2026年之比",
        1,
        12,
    )
    candidate_cost: Estimate = quantity(
        "CNY/head", "Cost of a candidate before assessments", "单个候选人成本(不含测评)", 0, 20000
    )
    hire_cost: Estimate = quantity(
        "CNY/hire", "Cost of a hire without agency", "单次录用成本(不含猎头)", 0, 200000
    )
    spring_hiring: Estimate = quantity(
        "log", "Slow-down around Spring Festival", "春节前后招聘放缓", 0, 1.5
    )
    notice: Estimate = quantity("month", "Notice given to HR", "提前告知人力部门的时间", 0, 36)
    buffer: Estimate = quantity("share", "Buffer above the need", "编制缓冲", 0, 0.5)
    hires_limit: Estimate = quantity(
        "share", "Hires a month over heads, at most", "每月录用上限(占人数)", 0.01, 1
    )
    hires_minimum: Estimate = quantity(
        "head", "Hires a month always allowed", "每月至少可录用人数", 0, 50
    )
    freeze_excess: Estimate = quantity(
        "share", "Excess that leads to a freeze", "触发冻结的超编比例", 0.01, 1
    )
    forecast_error: Estimate = quantity("log", "Error of the demand forecast", "需求预测误差", 0, 1)
    feedback: bool = choice("Reviews change the assessment", "试用期复盘是否调整测评")
    feedback_test: str = choice("Assessment that a review adds", "复盘后增加的测评")
    feedback_threshold: Estimate = quantity(
        "share", "Retention below which a review acts", "触发复盘的试用期留存率", 0.3, 1
    )
    feedback_reason: Estimate = quantity(
        "share", "Failures for want of business skills", "因业务能力不足未通过占比", 0, 1
    )
    fast_track: Estimate = quantity(
        "share", "Requisitions on the fast track", "走快速通道的招聘需求占比", 0, 1
    )
    fast_track_saving: Estimate = quantity(
        "share", "Days saved by the fast track", "快速通道节省的环节时间", 0, 0.9
    )
    fast_track_validity: Estimate = quantity(
        "share", "Validity lost on the fast track", "快速通道损失的测评效度", 0, 0.9
    )
    fast_track_cost: Estimate = quantity(
        "CNY/hire", "Cost of a hire on the fast track", "快速通道单次录用附加成本", 0, 100000
    )
    fast_track_capacity: Estimate = quantity(
        "head", "Requisitions lenders can interview for", "借调面试官可承担的招聘需求", 1, 10000
    )
    fast_track_time: Estimate = quantity(
        "share", "Lenders' time per requisition", "每个招聘需求占用的借调人力", 0, 1
    )


class Channel(Section):
    """One hiring channel."""

    label: Label
    campus: bool = choice("Once a year, from the campus", "校园招聘(每年一次)")
    fee: Estimate = quantity("share", "Agency fee over a year's pay", "猎头费占年薪比例", 0, 0.5)
    source_ratio: Estimate | None = quantity(
        "1", "Sourcing time over the common one", "寻访时间与通用值之比", 0.1, 5, default=None
    )
    pass_ratio: Estimate | None = quantity(
        "1",
        "Pass rate of the test over the common one",
        "测评通过率与通用值之比",
        0.1,
        5,
        default=None,
    )
    acceptance_shift: Estimate | None = quantity(
        "log", "Acceptance over the common one", "录用接受率与通用值之差", -3, 3, default=None
    )


class Workforce(Section):
    """Tenure, leaving, cover of support work."""

    band_hazard: tuple[Estimate, ...] = quantity(
        "1", "Relative hazard of leaving by tenure", "按司龄的相对离职率", 0.05, 10
    )
    probation_pass: Estimate = quantity("share", "Pass rate of probation", "试用期通过率", 0.3, 1)
    probation_quality: Estimate = quantity(
        "log", "Hires' quality in probation", "录用质量对试用期的作用", 0, 3
    )
    spring_leaving: Estimate = quantity(
        "log", "Leaving after Spring Festival", "春节后离职上升", 0, 1.5
    )
    leaving_pay: Estimate = quantity("log", "Pay value in leaving", "薪酬价值对离职的作用", 0, 8)
    leaving_engagement: Estimate = quantity(
        "log", "Engagement in leaving", "敬业度对离职的作用", 0, 8
    )
    joining_sort: Estimate = quantity(
        "1", "Quality drawn by steep pay", "陡峭薪酬对优秀人员的吸引", 0, 2
    )
    leaving_sort: Estimate = quantity(
        "1", "Quality kept by steep pay", "陡峭薪酬对优秀人员的留存", 0, 2
    )
    span_headroom: Estimate = quantity(
        "1", "Load managers could carry over 2026", "管理者可承受负荷与2026年之比", 1, 5
    )
    span_skill: Estimate = quantity(
        "1", "Managers' cover in output", "管理覆盖对产出的作用", 0, 1.5
    )
    spend_headroom: Estimate = quantity(
        "1", "Spend that could be executed over 2026", "可执行投放与2026年之比", 1, 5
    )
    content_headroom: Estimate = quantity(
        "1", "Content that could be made over 2026", "可产出内容与2026年之比", 1, 5
    )
    outlet_headroom: Estimate = quantity(
        "1", "Outlets that could be kept over 2026", "可维护门店与2026年之比", 1, 5
    )
    insight_headroom: Estimate = quantity(
        "1", "Analysis that could be done over 2026", "可承担分析与2026年之比", 1, 5
    )
    outlet_loss: Estimate = quantity("1/month", "Outlets lost", "门店流失率", 0, 0.3)
    unlawful_share: Estimate = quantity("share", "Redundancies paid twice", "双倍赔偿占比", 0, 1)
    dispute_share: Estimate = quantity(
        "share", "Leavers who go to arbitration", "离职者仲裁比例", 0, 0.5
    )
    dispute_cost: Estimate = quantity("CNY", "Cost of a dispute", "单起仲裁成本", 0, 1e6)


class Training(Section):
    """Ramp-up, courses, mentors."""

    mentor_share: Estimate = quantity("share", "Mentor's time per learner", "带教占用时间", 0, 1)
    mentor_effect: Estimate = quantity(
        "share", "Ramp-up saved by mentors", "带教缩短的上手时间", 0, 0.8
    )
    hours_a_year: Estimate = quantity(
        "hour/year", "Working hours a year", "年工作小时数", 1200, 3000
    )
    training_speed: Estimate = quantity(
        "share", "Training gap closed a month", "培训覆盖每月收敛比例", 0.01, 1
    )
    training_ramp: Estimate = quantity("1", "Training in ramp-up", "培训对上手时间的作用", 0, 2)
    training_skill: Estimate = quantity("1", "Training in output", "培训对产出的作用", 0, 2)
    trainer_headroom: Estimate = quantity(
        "1", "Seats trainers could give over 2026", "可提供培训与2026年之比", 1, 5
    )


class Culture(Section):
    """Engagement and what moves it."""

    engagement_speed: Estimate = quantity(
        "share", "Engagement gap closed a month", "敬业度每月收敛比例", 0.01, 1
    )
    engagement_workload: Estimate = quantity(
        "score", "Workload in engagement", "工作负荷对敬业度的影响", 0, 2
    )
    engagement_training: Estimate = quantity(
        "score", "Training in engagement", "培训对敬业度的作用", 0, 2
    )
    engagement_recognition: Estimate = quantity(
        "score", "Recognition in engagement", "认可对敬业度的作用", 0, 2
    )
    engagement_care: Estimate = quantity("score", "Care in engagement", "关怀对敬业度的作用", 0, 2)
    engagement_dispersion: Estimate = quantity(
        "score", "Pay dispersion in engagement", "同绩不同酬对敬业度的影响", 0, 3
    )
    engagement_promise: Estimate = quantity(
        "score", "Broken promises in engagement", "承诺落空对敬业度的影响", 0, 2
    )
    engagement_capacity: Estimate = quantity(
        "log", "Engagement in output", "敬业度对产出的作用", 0, 2
    )
    care: Estimate = quantity("CNY/head/month", "Care", "员工关怀支出", 1, 5000)
    recognition: Estimate = quantity("CNY/head/month", "Recognition", "认可与荣誉支出", 1, 5000)


class Course(Section):
    """One course: who takes it, what it takes and what it leaves in people who were just taught.

    Everybody whom it covers takes it on joining, and again once a year; onboarding on joining alone.
    """

    label: Label
    kind: Literal["onboarding", "job-skills", "leadership"] = choice("Kind of course", "课程类别")
    roles: tuple[str, ...] = choice("Roles it is for; none: all", "适用岗位（空为全部）")
    coverage: Estimate = quantity("share", "People who take it", "培训覆盖率", 0, 1)
    hours: Estimate = quantity("hour/year", "Hours a participant", "人均培训学时", 0, 500)
    cost: Estimate = quantity("CNY/head/year", "Cost of a participant", "人均培训费用", 0, 100000)
    experts: Estimate = quantity("share", "Taught by outside experts", "外部专家授课占比", 0, 1)
    output: Estimate | None = quantity(
        "log", "Output of participants", "参训人员产出提升", 0, 1, default=None
    )
    ramp: Estimate | None = quantity("log", "Ramp-up shortened", "上手时间缩短", 0, 1, default=None)
    readiness: Estimate | None = quantity(
        "log", "Way to promotion shortened", "晋升准备期缩短", 0, 2, default=None
    )
    fade: Estimate = quantity("1/month", "Fading of what was learnt", "技能衰减率", 0.005, 1)


class Programme(Section):
    """One culture programme: who takes part, what it costs and what it does to engagement."""

    label: Label
    coverage: Estimate = quantity("share", "People who take part", "参与人员占比", 0, 1)
    cost: Estimate | None = quantity(
        "CNY/head/month", "Cost per participant", "每位参与者成本", 0, 5000, default=None
    )
    engagement: Estimate = quantity(
        "score", "Engagement of participants", "参与者敬业度提升", -1, 1
    )
    reach: Estimate | None = quantity(
        "share", "Engagement that those who meet customers gain of it",
        "直接服务客户者所获的敬业度提升占比", 0, 1, default=None,
    )  # fmt: skip
    span: Estimate | None = quantity(
        "log", "Load on managers", "管理者负荷增加", -1, 1, default=None
    )
    output: Estimate | None = quantity(
        "log", "Output of participants", "参与者产出提升", -1, 1, default=None
    )
    service: Estimate | None = quantity(
        "log", "Effort on service of participants", "参与者服务投入提升", -1, 1, default=None
    )
    innovation: Estimate | None = quantity(
        "log", "Effort on innovation of participants", "参与者创新投入提升", -1, 1, default=None
    )
    favourability: Estimate | None = quantity(
        "score", "Favourability that it wins outside", "对外带来的品牌好感", -1, 1, default=None
    )


class Effort(Section):
    """How results spread between people and what pay does to effort."""

    attainment_2026: Estimate = quantity(
        "1", "Mean attainment of 2026", "2026年平均完成率", 0.3, 1.5, anchored=True
    )
    attainment_spread: Estimate = quantity(
        "log", "Spread of attainment between people", "人员间完成率差异", 0.02, 1.5
    )
    attainment_noise: Estimate = quantity(
        "log", "Luck in a month's attainment", "单月完成率的偶然波动", 0.01, 1.5
    )
    effort_response: Estimate = quantity(
        "1", "Effort gained from incentives", "激励对努力的作用", 0, 1
    )
    effort_cross: Estimate = quantity(
        "1", "Effort drawn from other tasks", "对其他任务的挤出", 0, 1
    )
    crowding_out: Estimate = quantity(
        "1", "Own drive lost to stronger incentives", "激励加强对内在动力的挤出", 0, 1
    )
    risk_aversion: Estimate = quantity("1", "Dislike of uncertain pay", "对收入波动的厌恶", 0, 10)
