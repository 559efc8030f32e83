"""The base year: constants that make every draw reproduce 2026 (section 0).

Answers: hazards, target offsets, contact rates, utilities, order rates and the category pool with
which do-nothing and growth off give 2026 again, and the twelve months of 2026 from which every
difference is taken. No root-finder: the steps are block-triangular (people, then awareness and
outlets, then the funnel, then customers, then the pool). Reads ``params/base`` alone. Imported by
``simulate``.
"""

from dataclasses import dataclass

import numpy as np

from tandem.model import brand, capacity, customers, funnel, market
from tandem.model.anchor_people import START, SettledPeople, borrowed, settle_people
from tandem.model.parameters import MarketParameters, Parameters
from tandem.model.types import WORKS, Anchor, Array, Reference, Structure
from tandem.units import MONTHS_PER_YEAR

AGES = 24  # customer ages in months; the last takes in all older ones
FUNNEL_MONTHS = 36
SHARE_REFUSED = 0.95


class AnchorError(ValueError):
    """2026 as observed cannot come out of the model; ``path`` is the number to look at first."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path}: {message}")
        self.path = path
        self.message = message


def anchor(structure: Structure, base: Parameters, central: Parameters) -> Anchor:
    """Constants of every draw from its base parameters; ``central`` has one draw."""
    settled = settle_people(structure, base, central)
    flow = _settle_funnel(structure, base, settled)
    clients = _settle_customers(structure, base, flow)
    adoption = _adoption(structure, base, flow, clients)
    reference = Reference(
        **{
            name: settled.months[name]
            for name in ("ramped", "heads", "unramped", "hires", "leavers", "withheld")
        },
        open_requisitions=settled.months["open_requisitions"],
        **{name: flow.months[name] for name in flow.months},
        customers=clients.customers,
        orders=clients.orders,
        sales=clients.sales,
    )
    return Anchor(
        reference=reference,
        opening=settled.opening,
        cohorts=clients.cohorts,
        backlog=flow.months["backlog"][START],
        target_offset=settled.offset,
        hazard=settled.hazard,
        awareness_decay=flow.awareness_decay,
        awareness_spill=flow.awareness_spill,
        opening_rate=flow.opening_rate,
        contacts=flow.contacts,
        contestable=flow.contestable,
        own_utility=flow.own_utility,
        order_rate=clients.order_rate,
        pool=adoption[0],
        adopters=adoption[1],
    )


@dataclass(frozen=True, slots=True)
class _Funnel:
    months: dict[str, Array]
    awareness_decay: Array
    awareness_spill: Array
    opening_rate: Array
    contacts: Array
    contestable: Array
    own_utility: Array


def field_time(structure: Structure, params: Parameters) -> Array:
    """Share of time that positions spend on outlets, (p, d): those who open them in their market."""
    shares = np.zeros_like(params.people.heads)
    opens = params.people.work[WORKS.index("outlets_opened")]
    for position, place in enumerate(structure.place):
        if place >= 0:
            shares[position] = params.market.time_on_outlets[place] * (opens[position] > 0)
    return shares


def responses(params: Parameters, stock: Array) -> Array:
    """Hill responses of touchpoints at a smoothed spend, (m, j, d)."""
    reference = params.market.reference_media[:, None] * params.market.reference_mix
    half = params.brand.hill_half * np.maximum(reference, 1e-9)
    return brand.hill(stock, params.brand.hill_slope, half)


def organic(params: Parameters) -> Array:
    """Organic lead conversion by market, (m, d)."""
    return np.minimum(params.brand.organic_conversion * params.market.organic_ratio, 0.95)


def conversion(params: Parameters) -> Array:
    """Lead conversion of touchpoints at saturation, targeting included, (j, d)."""
    b = params.brand
    return np.minimum(
        brand.targeted(b.conversion * b.conversion_scale, b.targeting, b.targeting_lift), 0.95
    )


def qualified(params: Parameters) -> Array:
    """Share of leads who are in the market at all, by source, organic first, (j + 1, d)."""
    return np.concatenate([params.brand.organic_qualified[None], params.brand.qualified])


def qualified_2026(structure: Structure, base: Parameters) -> Array:
    """That share of all leads of 2026, (m, d); in a new market that of its home."""
    m = base.market
    response = responses(base, m.media[:, None] * m.media_mix)
    parts = funnel.lead_sources(np.ones_like(m.media), organic(base), conversion(base), response)
    return (parts * qualified(base)[None]).sum(axis=1)[list(structure.home)]


def _settle_funnel(structure: Structure, base: Parameters, settled: SettledPeople) -> _Funnel:
    """Awareness, outlets, leads, capacity and service of 2026, month by month, and their rates."""
    m = base.market
    exists = np.asarray(structure.existing)[:, None]
    own_media = m.media[:, None] * m.media_mix
    response = np.where(own_media > 0, responses(base, own_media), 0.0)
    gained = brand.awareness_gain(response, base.brand.awareness_gain)
    # Own media hold awareness where we are; elsewhere it is held by what spills over.
    decay = np.where(exists, (1.0 - m.awareness_2026) * gained / m.awareness_2026, 0.0)
    decay = borrowed(decay, structure.home)
    spill = np.where(exists, 0.0, decay * m.awareness_2026 / (1.0 - m.awareness_2026))
    for k, name in enumerate(structure.markets):
        if (np.maximum(decay[k], spill[k]) > 1.0).any():
            raise AnchorError(
                f"markets.{name}.awareness_2026",
                "awareness of 2026 does not go with media of 2026, for more people "
                "would forget or learn of us in a month than there are; a new market forgets as its "
                "home market does",
            )

    heads = settled.months["ramped"]
    time = field_time(structure, base)
    opens = base.people.work[WORKS.index("outlets_opened")] * time
    field = np.stack(
        [(heads * opens * structure.serves(k)).sum(axis=1) for k in range(len(exists))], 1
    )
    rate, coverage = _outlets(structure, base, field)
    share = funnel.lead_share(m.awareness_2026, coverage, organic(base), conversion(base), response)
    contestable = np.where(
        exists, m.new_customers_2026 / MONTHS_PER_YEAR / m.share_of_contestable, 0.0
    )
    season = base.demand.season[:, None]
    lead = funnel.leads(contestable, share, season)

    work = base.people.work[WORKS.index("contacts")] * (1.0 - time)
    crew = np.stack(
        [(heads * work * structure.serves(k)).sum(axis=1) for k in range(len(exists))], 1
    )
    mean_crew = crew.mean(axis=0)
    for k, name in enumerate(structure.markets):
        if structure.existing[k] and not (mean_crew[k] > 0).all():
            raise AnchorError(f"markets.{name}", "nobody is placed there who does contacts")
    rate_of = np.divide(
        m.capacity_ratio * lead.mean(axis=0),
        mean_crew,
        out=np.zeros_like(mean_crew),
        where=mean_crew > 0,
    )
    contacts = borrowed(rate_of, structure.home) * m.contacts_ratio
    capacity_m = crew * contacts
    months = _serve(lead, capacity_m, base)
    mean_served = months["served"].mean(axis=0)
    monthly_new = m.new_customers_2026 / MONTHS_PER_YEAR
    won = np.divide(
        monthly_new, mean_served, out=np.full_like(monthly_new, 0.5), where=mean_served > 0
    )
    in_market = qualified_2026(structure, base)
    for k, name in enumerate(structure.markets):
        if structure.existing[k] and not (monthly_new[k] * mean_served[k] > 0).all():
            raise AnchorError(
                f"markets.{name}.new_customers_2026",
                "is open in 2026 and wins nobody then; new customers and coverage of "
                "2026 must be above 0",
            )
        if structure.existing[k] and (won[k] >= SHARE_REFUSED).any():
            raise AnchorError(
                f"markets.{name}.share_of_contestable",
                f"{won[k].max():.2f} of those served would have to buy; "
                "raise awareness, coverage or lead conversion, or lower the share of contestable",
            )
        if structure.existing[k] and (won[k] >= in_market[k]).any():
            raise AnchorError(
                "brand.organic_qualified",
                f"{won[k].max():.2f} of those served in {name} bought in 2026, and fewer are "
                "qualified; raise the qualified share of leads",
            )
    utility = market.own_utility_for(won, np.log(base.competitor.strength))
    months |= {
        "awareness": np.broadcast_to(m.awareness_2026, lead.shape),
        "coverage": np.broadcast_to(coverage, lead.shape),
        "leads": lead,
        "capacity": capacity_m,
        "new_customers": months["served"] * won,
        "lead_share": np.broadcast_to(share, lead.shape),
    }
    return _Funnel(
        months,
        decay,
        spill,
        rate,
        contacts,
        contestable,
        borrowed(utility, structure.home),
    )


def _outlets(structure: Structure, base: Parameters, field: Array) -> tuple[Array, Array]:
    """Opening rate that holds coverage at that of 2026, and its months, (12, m, d)."""
    m, loss = base.market, base.workforce.outlet_loss
    lost = -m.coverage_2026 * np.expm1(-loss)
    free = 1.0 - m.coverage_2026
    mean_field = field.mean(axis=0)
    usable = (mean_field > 0) & (free > 0)
    held = np.divide(lost, free, out=np.zeros_like(lost), where=usable)
    if (held >= 1.0).any():
        raise AnchorError(
            "workforce.outlet_loss", "loses more outlets in a month than are left to open"
        )
    rate = np.divide(-np.log1p(-held), mean_field, out=np.zeros_like(lost), where=usable)
    own = np.asarray(structure.outlet_market)[:, None]
    a_rep = rate * free * m.outlets * m.time_on_outlets  # outlets a rep and month, 2026
    exists = np.asarray(structure.existing)[:, None]
    as_told = borrowed(a_rep, structure.home) * m.opening_ratio
    empty = 1.0 - m.coverage_2026
    new = as_told / np.maximum(m.outlets * m.time_on_outlets * empty, 1e-9)
    rate = np.where(own, np.where(exists, rate, new), 0.0)
    coverage = np.broadcast_to(m.coverage_2026, field.shape[1:]).copy()
    months = []
    for step in range(FUNNEL_MONTHS * 4):
        calendar = (START + step) % MONTHS_PER_YEAR
        months.append(coverage)
        moved, _, _ = capacity.coverage_next(
            coverage, field[calendar], rate, loss, np.ones_like(coverage)
        )
        coverage = np.where(own, moved, coverage)
    return rate, np.roll(np.stack(months[-MONTHS_PER_YEAR:]), START, axis=0)


def _serve(lead: Array, capacity_m: Array, base: Parameters) -> dict[str, Array]:
    """Served, backlog (opening) and expired leads of a year that repeats itself, (12, m, d)."""
    backlog = np.zeros_like(lead[0])
    rows: list[tuple[Array, Array, Array]] = []
    for step in range(FUNNEL_MONTHS):
        calendar = (START + step) % MONTHS_PER_YEAR
        waiting = backlog + lead[calendar]
        done = funnel.served(waiting, capacity_m[calendar])
        lost = funnel.expired(waiting - done, base.customer.patience)
        rows.append((done, backlog, lost))
        backlog = waiting - done - lost
    year = rows[-MONTHS_PER_YEAR:]
    return {
        name: np.roll(np.stack([row[k] for row in year]), START, axis=0)
        for k, name in enumerate(("served", "backlog", "expired"))
    }


@dataclass(frozen=True, slots=True)
class _Customers:
    cohorts: Array
    customers: Array
    orders: Array
    sales: Array
    order_rate: Array


def order_value(params: Parameters) -> Array:
    """Net revenue of an order, CNY, (m, d): basket x price less returns."""
    m = params.market
    return m.basket * m.price * (1.0 - m.returns_share)


def _settle_customers(structure: Structure, base: Parameters, flow: _Funnel) -> _Customers:
    """Cohorts of a year that repeats itself, and the order rate that makes 2026's sales."""
    churn = customers.churn_by_age(base.customer.churn_alpha, base.customer.churn_beta, AGES)
    joined = flow.months["new_customers"]
    cohorts = joined.mean(axis=0)[:, None] * _steady_ages(churn)[None]
    rows = []
    for step in range(2 * FUNNEL_MONTHS):
        calendar = (START + step) % MONTHS_PER_YEAR
        rows.append(cohorts)
        cohorts, _ = customers.cohorts_next(cohorts, churn, joined[calendar])
    year = np.roll(np.stack([row.sum(axis=1) for row in rows[-MONTHS_PER_YEAR:]]), START, axis=0)
    season = base.demand.season[:, None]
    repeat = base.market.sales_2026 / order_value(base) - base.market.new_customers_2026
    exposure = (year * season).sum(axis=0)
    for k, name in enumerate(structure.markets):
        if structure.existing[k] and not (repeat[k] > 0).all():
            raise AnchorError(
                f"markets.{name}.sales_2026",
                "first orders alone exceed the sales of 2026; lower new customers "
                "or basket, or raise sales",
            )
    rate = np.divide(repeat, exposure, out=np.zeros_like(repeat), where=exposure > 0)
    rate = borrowed(rate, structure.home)
    orders = joined + year * season * rate
    return _Customers(rows[-MONTHS_PER_YEAR], year, orders, orders * order_value(base), rate)


def _steady_ages(churn: Array) -> Array:
    """Customers by age for one who joins a month, (k, d)."""
    alive = np.ones_like(churn)
    for age in range(1, churn.shape[0]):
        alive[age] = alive[age - 1] * (1.0 - churn[age - 1])
    alive[-1] = alive[-1] / churn[-1]
    return alive


def _adoption(
    structure: Structure, base: Parameters, flow: _Funnel, clients: _Customers
) -> tuple[Array, Array]:
    """Category pool and adopters on 1 October 2026, (m, d), from the contestable of 2026.

    Q = M (F(X + a month) - F(X)) + s (M F(X) - C): linear in M. A new market's pool is its
    potential, or its share of its home market's, adopted as far as its own category's age says.
    """
    d, m = base.demand, base.market
    now = market.bass_cumulative(m.category_age, d.bass_p, d.bass_q)
    soon = market.bass_cumulative(m.category_age + 1.0 / MONTHS_PER_YEAR, d.bass_p, d.bass_q)
    switch = -np.expm1(-d.switching)
    own = clients.cohorts.sum(axis=1)
    pool = (flow.contestable + switch * own) / (soon - now + switch * now)
    exists = np.asarray(structure.existing)[:, None]
    against = np.where(m.population > 0, 1.0, borrowed(pool, structure.home))
    pool = np.where(exists, pool, against * pool_size(m))
    return pool, pool * now


def pool_size(m: MarketParameters) -> Array:
    """Pool of a new market, (m, d): people where its population is stated, else over its home's."""
    potential = market.market_potential(m.population, m.reach, m.penetration)
    return np.where(m.population > 0, potential, m.pool_ratio)
