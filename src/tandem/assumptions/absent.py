"""Optional fields that a company leaves out: what the model reads instead, without effect.

Answers: the neutral value of every path that is not given. Leaves out where a field may be left out
(the schema's checks), and pay components, which say it of themselves. Imported by ``inputs``.
"""

from typing import Any

from tandem.assumptions.schema import Company

#: What optional fields come to where they do not apply: no effect.
_NEUTRAL = {
    "sales_2026": 0.0,
    "new_customers_2026": 0.0,
    "share_of_contestable": 1.0,
    "capacity_ratio": 1.0,
    "outlets": 1.0,
    "opening_ratio": 1.0,
    "time_on_outlets": 0.0,
    "contacts_ratio": 1.0,
    "pool_ratio": 1.0,
    "population": 0.0,  # 0: the ratio to the home market holds
    "reach": 1.0,
    "penetration": 1.0,
    "utility_shift": 0.0,
    "launch_success": 0.5,
    "failure_utility": 0.0,
    "trade_spend": 0.0,
    "source_ratio": 1.0,
    "pass_ratio": 1.0,
    "acceptance_shift": 0.0,
    "minimum_wage": 0.0,
    "targeting": 0.0,
    "targeting_lift": 0.0,
    "targeting_cost": 0.0,
}


def absent_values(company: Company) -> dict[str, float]:
    """Paths of optional fields that are not given, with what they come to."""
    groups: dict[str, dict[str, Any]] = {
        "markets": dict(company.markets),
        "channels": dict(company.channels),
        "cities": dict(company.cities),
        "touchpoints": dict(company.touchpoints),
    }
    found = {
        f"{group}.{key}.{name}": neutral
        for group, sections in groups.items()
        for key, section in sections.items()
        for name, neutral in _NEUTRAL.items()
        if name in type(section).model_fields and getattr(section, name) is None
    }
    for name, market in company.markets.items():
        if market.coverage_2026 is None:  # online everywhere, a new market nowhere yet
            found[f"markets.{name}.coverage_2026"] = float(market.distribution == "online")
    for role, about in company.roles.items():
        if about.promoted_share is None:  # nobody is promoted into it
            found[f"roles.{role}.promoted_share"] = 0.0
        for place, position in about.places.items():
            if position.market_pay is None:  # pays what the market pays
                found[f"roles.{role}.places.{place}.market_pay"] = position.pay.median
    return found
