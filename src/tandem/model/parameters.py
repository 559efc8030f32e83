"""The parameters of the model: what one month needs to know, as arrays with the draw last.

Answers: which numbers the laws read, grouped by the axis they run along. Leaves out: where they
come from (``tandem.assumptions`` builds them) and what the laws do with them. The names are those
of the parameter files, so that a field here and a row of ``params/`` are one thing.

Axes: ``m`` market, ``j`` touchpoint, ``i`` competitor, ``p`` position (a role at a place), ``h``
hiring channel, ``b`` tenure band, ``l`` pay plan, ``w`` kind of work,
``q`` promotion, ``d`` draw. Money is CNY of
2026, flows are per month, shares and probabilities lie in 0..1.
"""

from dataclasses import dataclass

from tandem.model.incentives.component import Component
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class MarketParameters:
    """Per market, shape (m, d); the mixes are (m, j, d)."""

    sales_2026: Array  # CNY a year, net sell-out revenue
    new_customers_2026: Array  # customers a year
    share_of_contestable: Array  # new customers over contestable customers
    capacity_ratio: Array  # contacts that could be made over leads, 2026
    awareness_2026: Array
    coverage_2026: Array
    outlets: Array  # outlets that could carry the product
    opening_ratio: Array  # outlets opened per rep and month over the home market's
    time_on_outlets: Array  # share of a field rep's time
    contacts_ratio: Array  # contacts per head over the home market's
    organic_ratio: Array  # organic lead conversion over the common one
    pool_ratio: Array  # category pool over the home market's (new markets)
    population: Array  # people, 0 where the pool is stated as a ratio (new markets)
    reach: Array  # share of them whom the category's offer gets to
    penetration: Array  # share of those reached who buy in the end
    category_age: Array  # years since the category started, 1 October 2026
    utility_shift: Array  # utility of our offer against the home market's (new markets)
    launch_success: Array  # probability
    failure_utility: Array  # utility lost when the launch fails
    price: Array  # over the price of 2026
    exchange: Array  # value of the market's currency over that of 2026, 1 for CNY
    basket: Array  # CNY an order, before VAT
    returns_share: Array
    fee_share: Array  # channel and platform fees over revenue
    trade_spend: Array  # CNY a month at full coverage
    receivable_days: Array
    media: Array  # CNY a month, planned
    reference_media: Array  # CNY a month at which Hill's half-point is stated
    staffing_follow: Array  # 0 headcount is held, 1 it follows the forecast
    new_product: Array  # 1 from when a new product is developed for it, else 0
    media_mix: Array  # share of media by touchpoint
    reference_mix: Array  # the same of reference media


@dataclass(frozen=True, slots=True)
class DemandParameters:
    """Common to all markets, shape (d,); ``season`` is (12, d), January first, mean 1."""

    switching: Array  # a month, hazard
    demand_drift: Array  # log a month
    demand_shock: Array  # standard deviation of the log level
    shock_persistence: Array  # autocorrelation a month
    bass_p: Array  # a year
    bass_q: Array  # a year
    category_price_effect: Array  # effective time gained per log point of category price
    category_spend_effect: Array  # the same, of category spend
    price_logit: Array  # utility per log of price
    quality_progress: Array  # utility a month that our product iteration adds
    fit_utility: Array  # utility per standard deviation of sellers' quality
    training_utility: Array  # utility per unit of training coverage
    waiting_utility: Array  # utility lost per month of waiting
    favourability_utility: Array  # utility per unit of favourability
    insight_effect: Array  # log odds of launch success per unit of analysts' cover
    innovation_effect: Array  # log odds of launch success per unit of effort
    season: Array


@dataclass(frozen=True, slots=True)
class CompetitorParameters:
    """Per competitor, shape (i, d); ``strength`` is (m, i, d)."""

    price: Array  # over 2026
    media: Array  # category spend over 2026
    progress: Array  # utility a month
    reaction_probability: Array
    reaction_delay: Array  # months
    reaction_follow: Array  # share of our price cut that is followed
    reaction_spend: Array  # utility gained in a market that we enter or push
    strength: Array  # share of the customers we do not win


@dataclass(frozen=True, slots=True)
class BrandParameters:
    """Shape (d,), and (j, d) for the touchpoints' own."""

    retention: Array  # of adstock, a month
    hill_slope: Array
    hill_half: Array  # over reference spend
    organic_conversion: Array
    conversion_scale: Array
    favourability_speed: Array  # share of the gap closed a month
    favourability_events: Array  # per unit of the bounded log of spend over 2026
    favourability_satisfaction: Array
    organic_qualified: Array  # share of leads without media that are qualified
    click: Array  # (j, d) share of those reached who click or visit
    conversion: Array  # (j, d) share of those reached who leave a lead
    qualified: Array  # (j, d) share of leads who are in the market at all
    awareness_gain: Array  # (j, d) share of the unaware won a month at saturation
    goodwill: Array  # (j, d) weight in favourability
    content_share: Array  # (j, d) share of the effect that rests on content pieces
    targeting: Array  # (j, d) share of the spend that is targeted
    targeting_lift: Array  # (j, d) lead conversion gained, over conversion, if all of it is
    targeting_cost: Array  # (j, d) over the spend that is targeted


@dataclass(frozen=True, slots=True)
class PromotionParameters:
    """Per promotion of the calendar, shape (q, d); shares and uplift are of a month without it."""

    used: Array  # 1 where it takes place, else 0
    uplift: Array  # orders gained, at reference advertising
    pulled_forward: Array  # share of these that was only bought earlier
    payback: Array  # months over which they are missing
    days: Array  # on promotional terms
    discount: Array
    platform_fee: Array  # beyond the market's usual fees
    taking_part: Array  # CNY
    advertising: Array  # CNY
    reference_advertising: Array  # CNY


@dataclass(frozen=True, slots=True)
class CustomerParameters:
    """Retention, orders and service, shape (d,)."""

    churn_alpha: Array
    churn_beta: Array
    churn_satisfaction: Array  # log hazard per unit of satisfaction
    churn_price: Array  # log hazard per log of price
    order_price: Array  # elasticity of repeat orders, positive
    patience: Array  # months a lead waits
    satisfaction_2026: Array
    satisfaction_speed: Array
    satisfaction_engagement: Array
    satisfaction_effort: Array
    satisfaction_backlog: Array
    satisfaction_waiting: Array
    service_headroom: Array  # load that agents could carry over that of 2026


@dataclass(frozen=True, slots=True)
class LoyaltyParameters:
    """Programmes for customers, shape (d,)."""

    members_2026: Array  # share of customers
    joining: Array  # hazard a month at which customers become members
    member_churn: Array  # log of hazard that membership takes off
    member_orders: Array  # log of repeat orders that it adds
    member_cost: Array  # CNY a member and month
    vip_share: Array  # of customers, those who order most
    order_shape: Array  # of the gamma distribution of order rates
    vip_churn: Array  # log of hazard that the tier takes off
    vip_orders: Array  # log of repeat orders that it adds
    vip_cost: Array  # CNY a customer of the tier and month
    vip_events: Array  # private events a month
    vip_event_cost: Array  # CNY a customer of the tier and event
    vip_referral: Array  # leads whom a customer of the tier brings to an event
    community_cost: Array  # CNY a customer and month
    community_churn: Array  # log of hazard per log of community spend
    word_of_mouth_community: Array  # elasticity of organic leads
    word_of_mouth_satisfaction: Array  # the same, of satisfaction
    resolution: Array  # share of service cases solved at the first contact
    resolution_satisfaction: Array  # satisfaction per unit of it
    resolution_cost: Array  # CNY a customer and month per unit of it


@dataclass(frozen=True, slots=True)
class ProductParameters:
    """A new product, and the iteration of the old ones, shape (d,)."""

    success: Array  # probability
    development_time: Array  # months
    development_cost: Array  # CNY a month until launch
    utility: Array  # gained where it succeeds
    basket_ratio: Array  # over the market's basket
    order_share: Array  # its orders over those of the old products
    cannibalised: Array  # share of its orders that take the place of old ones
    iteration: Array  # CNY a month
    iteration_effect: Array  # utility a month per log of spend over 2026


@dataclass(frozen=True, slots=True)
class PeopleParameters:
    """Per position, shape (p, d); ``work`` is (w, p, d), ``sources`` is (h, p, d)."""

    heads: Array  # mean of 2026
    planned_heads: Array  # the headcount plan
    pay: Array  # target pay, CNY a month
    market_pay: Array  # what the labour market pays for it, CNY a month
    turnover: Array  # leavers a year over heads in 2026
    ramp: Array  # tau, months
    fill_factor: Array  # time to fill over the common stages
    requisition_weight: Array  # recruiters' load of one requisition
    notice: Array  # months before the need at which HR is told
    work: Array  # weight of the position in each kind of work
    sources: Array  # share of requisitions by hiring channel
    promoted_share: Array  # of openings that are meant for people of our own


@dataclass(frozen=True, slots=True)
class HiringParameters:
    """Recruiting, shape (d,); ``stage_days`` is (7, d), the channels' own are (h, d)."""

    stage_days: Array  # announce, source, test, interview, check, offer, notice
    fill_cv: Array  # coefficient of variation of one stage
    test_pass: Array
    interview_pass: Array
    check_pass: Array
    validity: Array  # correlation of the assessments in use with performance
    quality_productivity: Array  # log of output per standard deviation of quality
    acceptance: Array  # of offers in 2026
    acceptance_pay: Array  # log odds per log of pay position
    acceptance_brand: Array  # log odds per unit of employer brand
    applicants_pay: Array  # log of applicants per log of pay position
    tightness: Array  # of the labour market, log odds lost
    market_pay_index: Array  # over 2026
    recruiter_headroom: Array  # requisitions that recruiters could carry over those of 2026
    candidate_cost: Array  # CNY a candidate, assessments in use included
    hire_cost: Array  # CNY a hire, without agency
    spring_hiring: Array  # log slow-down around Spring Festival
    company_follow: Array  # 0 company-wide headcount is held, 1 it follows its drivers
    buffer: Array  # share above the driver
    hires_limit: Array  # share of heads a month, in an existing cell
    hires_minimum: Array  # heads a month that are always allowed
    freeze_excess: Array  # share above target
    forecast_error: Array  # log, of what the review reads
    feedback: Array  # 1 where probation failures change the assessment, else 0
    feedback_threshold: Array  # retention in probation below which the rule acts
    feedback_reason: Array  # share of failures for want of business skills
    feedback_validity: Array  # correlation once the test that the rule adds is in use
    feedback_cost: Array  # CNY a candidate that this test adds
    feedback_days: Array  # that it adds to the stage of tests
    fast_track: Array  # share of requisitions that are to go the fast way
    fast_track_saving: Array  # share of test, interview, check and offer days saved
    fast_track_validity: Array  # share of validity lost
    fast_track_cost: Array  # CNY a hire
    fast_track_capacity: Array  # open requisitions for which others can lend interviewers
    fast_track_time: Array  # share of a lender's month a requisition takes
    fee: Array  # (h, d) of a year's pay
    source_ratio: Array  # (h, d) sourcing time over the common one
    pass_ratio: Array  # (h, d) share of candidates who pass the test over the common one
    acceptance_shift: Array  # (h, d) log odds of acceptance over the common one


@dataclass(frozen=True, slots=True)
class WorkforceParameters:
    """Tenure, ramp, training, leaving, culture, shape (d,) unless said otherwise."""

    band_hazard: Array  # (b, d) relative hazard of leaving
    probation_pass: Array
    probation_quality: Array  # log hazard of failing per standard deviation of hires' quality
    spring_leaving: Array  # log hazard around Spring Festival and bonus payment
    leaving_pay: Array  # log hazard per log of pay value
    leaving_engagement: Array
    joining_sort: Array  # standard deviations of hires' quality per unit of a steeper plan
    leaving_sort: Array  # standard deviations by which a steep plan loses the lower half
    mentor_share: Array  # of a mentor's time per learner
    mentor_effect: Array  # share by which mentors shorten the ramp
    course_share: Array  # (p, d) of working time that yearly courses take at their coverage
    course_seats: Array  # (p, d) of a head's time that own trainers teach, a head
    course_output: Array  # (p, d) log of output that they add, just taught, at their coverage
    course_fade: Array  # (p, d) a month, hazard at which that fades
    course_cost: Array  # (p, d) CNY a head and month
    joining_seats: Array  # (p, d) months of a starter's time that own trainers teach on joining
    joining_ramp: Array  # (p, d) log by which courses on joining shorten the ramp
    joining_fade: Array  # (p, d) a month, hazard at which that fades
    joining_cost: Array  # (p, d) CNY a starter
    training_speed: Array  # share of the gap closed a month; also the decay of skill
    training_ramp: Array  # elasticity of the ramp
    training_skill: Array  # elasticity of output
    trainer_headroom: Array
    span_headroom: Array
    span_skill: Array  # elasticity of output in the managers' cover
    spend_headroom: Array
    content_headroom: Array
    outlet_headroom: Array
    insight_headroom: Array
    outlet_loss: Array  # a month, hazard
    engagement_speed: Array
    engagement_workload: Array
    engagement_training: Array
    engagement_recognition: Array
    engagement_care: Array
    engagement_dispersion: Array
    engagement_promise: Array
    engagement_capacity: Array  # log of output per unit of engagement
    programme_engagement: Array  # (p, d) score that culture programmes add at their coverage
    programme_cost: Array  # CNY a head and month that they cost
    programme_span: Array  # log of load that they put on managers
    programme_output: Array  # log of output that they add
    programme_service: Array  # log of effort on service that they add
    programme_innovation: Array  # log of effort on innovation that they add
    programme_favourability: Array  # favourability that they win among customers
    care: Array  # CNY a head and month
    recognition: Array  # CNY a head and month
    readiness: Array  # months until somebody prepared is ready to be promoted
    successors: Array  # share of those past probation who are prepared for the post above
    insider_ramp: Array  # of the promoted, over that of outsiders
    course_readiness: Array  # (p, d) log by which courses shorten the way of those prepared
    term_months: Array  # of a fixed-term contract
    terms_offered: Array  # share of ending terms for which we offer another
    terms_accepted: Array  # share of these offers that are taken
    dismissed_disputes: Array  # share of redundant and not renewed who go to arbitration
    unlawful_share: Array  # of redundancies, paid twice the statutory sum
    dispute_share: Array  # of leavers who go to arbitration
    dispute_cost: Array  # CNY each


@dataclass(frozen=True, slots=True)
class PayTerms:
    """Terms of one kind of pay component in every plan: ``values`` by field, (l, d).

    ``given`` marks the plans that have it; the others have the terms at which it pays nothing.
    """

    kind: type[Component]
    given: tuple[bool, ...]
    values: dict[str, Array]


@dataclass(frozen=True, slots=True)
class IncentiveParameters:
    """Pay plans, and what people make of them, shape (d,)."""

    components: tuple[PayTerms, ...]  # those that some plan has
    attainment_2026: Array  # mean
    attainment_spread: Array  # log, between people
    attainment_noise: Array  # log, of one month
    effort_response: Array  # eta
    effort_cross: Array  # chi
    crowding_out: Array  # log of effort lost per unit of stronger incentives
    risk_aversion: Array


@dataclass(frozen=True, slots=True)
class FinanceParameters:
    """Money, shape (d,), and (place, d) for the cities' own."""

    cogs_share: Array  # of revenue at the price of 2026
    fixed_cost: Array  # CNY a month
    service_cost: Array  # CNY a customer and month
    training_cost: Array  # CNY a head and month in training
    tool_cost: Array  # workplace, travel and tools, CNY a head and month
    tax_rate: Array
    discount: Array  # real, a month
    price_growth: Array  # log a month
    payable_days: Array
    inventory_days: Array
    opening_cash: Array
    credit_limit: Array
    credit_rate: Array  # a month
    cash_floor: Array
    discretionary_share: Array  # of media
    earnings_share: Array  # of operating cash that growth out of earnings may take
    social_rate: Array  # (place, d) employer's social insurance
    fund_rate: Array  # (place, d) housing fund
    local_wage: Array  # (place, d) CNY a month, local average
    minimum_wage: Array  # (place, d) CNY a month
    base_floor: Array  # of the local average wage
    base_cap: Array


@dataclass(frozen=True, slots=True)
class Parameters:
    """All that one month reads."""

    market: MarketParameters
    demand: DemandParameters
    competitor: CompetitorParameters
    brand: BrandParameters
    promotion: PromotionParameters
    customer: CustomerParameters
    loyalty: LoyaltyParameters
    product: ProductParameters
    people: PeopleParameters
    hiring: HiringParameters
    workforce: WorkforceParameters
    incentive: IncentiveParameters
    finance: FinanceParameters
