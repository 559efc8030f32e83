"""One moment of the company as arrays along its axes: names, structure, and parameters by group.

Answers: ``structure_of`` a company and its ``parameters`` at a moment. A field of the model's
parameters and a row of ``params/`` bear the same name, so that the mapping is said once, by group.
Leaves out months and draws (``inputs``). Study and above may import it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import numpy as np

from tandem.assumptions.absent import absent_values
from tandem.assumptions.assessing import assessed
from tandem.assumptions.development import COURSES, PROGRAMMES, course_sums, programme_sums
from tandem.assumptions.schema import COMPANY, MONTHS, Company
from tandem.assumptions.schema.pay import pay_components
from tandem.model.brand import retention_from_half_life
from tandem.model.parameters import (
    BrandParameters,
    CompetitorParameters,
    CustomerParameters,
    DemandParameters,
    FinanceParameters,
    HiringParameters,
    IncentiveParameters,
    LoyaltyParameters,
    MarketParameters,
    Parameters,
    PayTerms,
    PeopleParameters,
    ProductParameters,
    PromotionParameters,
    WorkforceParameters,
)
from tandem.model.types import STAGES, WORKS, Array, Structure

Lookup = Callable[[str], Array]


def structure_of(company: Company) -> Structure:
    """Names of the company and how they hang together."""
    markets = tuple(company.markets)
    positions = [(role, place) for role, r in company.roles.items() for place in r.places]
    names = tuple(f"{role}@{place}" for role, place in positions)
    home = tuple(
        k if m.home is None else markets.index(m.home)
        for k, m in enumerate(company.markets.values())
    )
    cities = tuple(company.cities)

    def home_position(number: int, role: str, place: str) -> int:
        if place == COMPANY:
            return number
        at_home = f"{role}@{markets[home[markets.index(place)]]}"
        return names.index(at_home) if at_home in names else number

    return Structure(
        markets=markets,
        touchpoints=tuple(company.touchpoints),
        competitors=tuple(company.competitors),
        positions=names,
        roles=tuple(role for role, _ in positions),
        places=tuple(place for _, place in positions),
        channels=tuple(company.channels),
        plans=tuple(company.incentives),
        existing=tuple(m.open for m in company.markets.values()),
        outlet_market=tuple(m.distribution == "outlets" for m in company.markets.values()),
        home=home,
        place=tuple(-1 if place == COMPANY else markets.index(place) for _, place in positions),
        home_position=tuple(home_position(k, r, p) for k, (r, p) in enumerate(positions)),
        driver=tuple(WORKS.index(company.roles[role].driver) for role, _ in positions),
        campus=tuple(c.campus for c in company.channels.values()),
        city=tuple(
            cities.index(company.company.city if place == COMPANY else company.markets[place].city)
            for _, place in positions
        ),
        cities=cities,
        feeder=tuple(
            -1 if (below := company.roles[role].fed_by) is None else names.index(f"{below}@{place}")
            for role, place in positions
        ),
        promotions=tuple(company.promotions),
        promotion_month=tuple(MONTHS.index(q.month) for q in company.promotions.values()),
        promotion_markets=tuple(
            tuple(name in q.markets for name in markets) for q in company.promotions.values()
        ),
    )


def parameters(
    company: Company, structure: Structure, at: Lookup, choice: Callable[[str], Any] | None = None
) -> Parameters:
    """Arrays of one moment; ``at(path)`` gives (draw,) in canonical units.

    ``choice(path)`` gives the plain fields of that moment, by default those of the company.
    """

    def scalars(section: str, names: Sequence[str]) -> dict[str, Array]:
        return {name: at(f"{section}.{name}") for name in names}

    def rows(group: str, keys: Sequence[str], names: Sequence[str]) -> dict[str, Array]:
        return {name: np.stack([at(f"{group}.{k}.{name}") for k in keys]) for name in names}

    s = structure
    absent = absent_values(company)

    def value(path: str) -> Array:
        """The drawn value, or what a field that does not apply comes to."""
        return np.full_like(like, absent[path]) if path in absent else at(path)

    def value_rows(group: str, keys: Sequence[str], names: Sequence[str]) -> dict[str, Array]:
        return {name: np.stack([value(f"{group}.{k}.{name}") for k in keys]) for name in names}

    like = at("demand.switching")
    mix, reference_mix = (
        np.stack(
            [np.stack([at(f"markets.{m}.{kind}.{j}") for j in s.touchpoints]) for m in s.markets]
        )
        for kind in ("media_mix", "reference_mix")
    )
    strength = np.stack(
        [np.stack([at(f"competitors.{i}.strength.{m}") for i in s.competitors]) for m in s.markets]
    )
    season = np.stack([at(f"demand.season.{name}") for name in MONTHS])
    pairs = list(zip(s.roles, s.places, strict=True))
    places = [f"roles.{role}.places.{place}" for role, place in pairs]
    heads = np.stack([at(f"{place}.heads") for place in places])
    work = np.stack([np.stack([_work(company, r, w, at, like) for r, _ in pairs]) for w in WORKS])
    sources = np.stack(
        [np.stack([at(f"roles.{r}.sources.{h}") for r, _ in pairs]) for h in s.channels]
    )
    bands = len(company.workforce.band_hazard)
    exchange = np.stack([_exchange(company, m, at, like) for m in s.markets])
    local = np.stack([np.ones_like(like) if m < 0 else exchange[m] for m in s.place])
    market_rows = value_rows(
        "markets",
        s.markets,
        _names(MarketParameters, "media_mix", "reference_mix", "exchange", "new_product"),
    )
    market_rows |= {name: market_rows[name] * exchange for name in _IN_CURRENCY}
    touch = value_rows("touchpoints", s.touchpoints, _TOUCHPOINT)
    of_clicks = np.stack([at(f"touchpoints.{j}.conversion") for j in s.touchpoints])
    plain = choice or (lambda path: plain_value(company, path))
    judged = assessed(company, at, plain)
    then = assessed(company, at, plain, added=plain("hiring.feedback_test"))
    return Parameters(
        market=MarketParameters(
            **market_rows,
            exchange=exchange,
            new_product=np.stack(
                [np.full_like(like, float(plain(f"markets.{m}.new_product"))) for m in s.markets]
            ),
            media_mix=mix / mix.sum(axis=1, keepdims=True),
            reference_mix=reference_mix / reference_mix.sum(axis=1, keepdims=True),
        ),
        demand=DemandParameters(
            **scalars("demand", _names(DemandParameters, "season")),
            season=season / season.mean(axis=0),
        ),
        competitor=CompetitorParameters(
            **rows("competitors", s.competitors, _names(CompetitorParameters, "strength")),
            strength=strength / strength.sum(axis=1, keepdims=True),
        ),
        brand=BrandParameters(
            retention=retention_from_half_life(at("brand.half_life")),
            **scalars("brand", _names(BrandParameters, "retention", "conversion", *_TOUCHPOINT)),
            **touch,
            conversion=touch["click"] * of_clicks,
        ),
        promotion=_promotions(s.promotions, at, plain, like),
        customer=CustomerParameters(**scalars("customers", _names(CustomerParameters))),
        loyalty=LoyaltyParameters(**scalars("loyalty", _names(LoyaltyParameters))),
        product=ProductParameters(**scalars("product", _names(ProductParameters))),
        people=PeopleParameters(
            heads=heads,
            planned_heads=np.maximum(
                heads + np.stack([at(f"{place}.added_heads") for place in places]), 0.0
            ),
            pay=np.stack([at(f"{place}.pay") for place in places]) * local,
            market_pay=np.stack([value(f"{place}.market_pay") for place in places]) * local,
            **rows("roles", s.roles, ("turnover", "ramp", "fill_factor", "requisition_weight")),
            notice=np.broadcast_to(at("hiring.notice"), heads.shape),
            work=work,
            sources=sources / sources.sum(axis=0),
            promoted_share=np.stack([value(f"roles.{role}.promoted_share") for role, _ in pairs]),
        ),
        hiring=HiringParameters(
            stage_days=np.stack(
                [
                    at(f"hiring.stages.{name}") + (judged.days if name == "test" else 0.0)
                    for name in STAGES
                ]
            ),
            validity=judged.validity,
            candidate_cost=at("hiring.candidate_cost") + judged.cost,
            feedback=np.full_like(like, float(plain("hiring.feedback"))),
            feedback_validity=then.validity,
            feedback_cost=then.cost - judged.cost,
            feedback_days=then.days - judged.days,
            **scalars("hiring", _names(HiringParameters, *_ASSESSED, "company_follow", *_CHANNEL)),
            company_follow=at("company.staffing_follow"),
            **value_rows("channels", s.channels, _CHANNEL),
        ),
        workforce=WorkforceParameters(
            band_hazard=np.stack([at(f"workforce.band_hazard.{k}") for k in range(bands)]),
            **_from_sections(company, at),
            **programme_sums(company, s.roles, at, like),
            **course_sums(company, s.roles, at, like),
        ),
        incentive=IncentiveParameters(
            components=_pay_terms(company, s.plans, at, like),
            **scalars("effort", _names(IncentiveParameters, "components")),
        ),
        finance=FinanceParameters(
            **scalars("finance", _names(FinanceParameters, "social_rate", *_CITY)),
            **value_rows("cities", s.cities, _CITY),
            social_rate=np.stack(
                [sum(at(f"cities.{c}.{name}") for name in _INSURANCE) for c in s.cities]
            ),
        ),
    )


_TOUCHPOINT = (
    "click",
    "qualified",
    "awareness_gain",
    "goodwill",
    "content_share",
    "targeting",
    "targeting_lift",
    "targeting_cost",
)
_CHANNEL = ("fee", "source_ratio", "pass_ratio", "acceptance_shift")
_ASSESSED = (
    "feedback",
    "stage_days",
    "validity",
    "candidate_cost",
    "feedback_validity",
    "feedback_cost",
    "feedback_days",
)
_CITY = ("fund_rate", "local_wage", "minimum_wage")
_INSURANCE = ("pension_rate", "medical_rate", "unemployment_rate", "injury_rate")


_IN_CURRENCY = ("basket", "trade_spend", "media", "reference_media")


def _exchange(company: Company, market: str, at: Lookup, like: Array) -> Array:
    """Value of a market's currency over that of 2026, (draw,)."""
    currency = company.markets[market].currency
    if currency is None:
        return np.ones_like(like)
    return at(f"currencies.{currency}.rate") / at(f"currencies.{currency}.rate_2026")


def _promotions(
    names: Sequence[str], at: Lookup, plain: Callable[[str], Any], like: Array
) -> PromotionParameters:
    """Terms of every promotion, (q, draw); no rows where the calendar is empty."""

    def rows(name: str) -> Array:
        return np.array([at(f"promotions.{q}.{name}") for q in names]).reshape(-1, like.size)

    used = np.array([float(plain(f"promotions.{name}.used")) for name in names])
    return PromotionParameters(
        used=used[:, None] * np.ones_like(like),
        **{name: rows(name) for name in _names(PromotionParameters, "used")},
    )


def _work(company: Company, role: str, kind: str, at: Lookup, like: Array) -> Array:
    """Weight of a role in a kind of work: 1 where it does it, unless the file says otherwise."""
    about = company.roles[role]
    if kind in about.relative_work:
        return at(f"roles.{role}.relative_work.{kind}")
    return np.full_like(like, float(kind in about.work))


def _pay_terms(
    company: Company, plans: Sequence[str], at: Lookup, like: Array
) -> tuple[PayTerms, ...]:
    """Terms of every pay component that some plan has; what a plan leaves out pays nothing."""
    found = []
    for component, kind in pay_components().items():
        given = [company.incentives[plan].terms(component) for plan in plans]
        if all(terms is None for terms in given):
            continue
        values = {
            name: np.stack(
                [
                    at(f"incentives.{plan}.components.{component}.{name}")
                    if terms is not None and name in terms
                    else np.full_like(like, about.nothing)
                    for plan, terms in zip(plans, given, strict=True)
                ]
            )
            for name, about in kind.terms().items()
        }
        found.append(PayTerms(kind, tuple(terms is not None for terms in given), values))
    return tuple(found)


def _names(group: type, *left_out: str) -> tuple[str, ...]:
    return tuple(f.name for f in fields(group) if f.name not in left_out)


def _from_sections(company: Company, at: Lookup) -> dict[str, Array]:
    """Fields of the workforce group, from the sections that hold them."""
    found = {}
    for name in _names(WorkforceParameters, "band_hazard", *PROGRAMMES, *COURSES):
        section = next(
            s
            for s in ("workforce", "training", "culture", "careers")
            if name in type(getattr(company, s)).model_fields
        )
        found[name] = at(f"{section}.{name}")
    return found


def plain_value(company: Company, path: str) -> Any:
    """The field of the company at a dotted path."""
    value: Any = company
    for part in path.split("."):
        value = value[part] if isinstance(value, dict) else getattr(value, part)
    return value
