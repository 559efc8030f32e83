"""What no single section of the schema can see: names that must exist, shares that add up.

Answers: every contradiction between sections, with its place. Leaves out what a field says of
itself. Imported by the schema's root.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.refusals import Problem, nearest
from tandem.assumptions.schema.growth import MONTHS

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company
    from tandem.assumptions.schema.growth import Market

COMPANY = "company"
BANDS = 4
TOLERANCE = 1e-6


def problems(company: "Company", places: Places) -> list[Problem]:
    """All of them."""
    return [
        *_market_problems(company, places),
        *_role_problems(company, places),
        *_sum_problems(company, places),
        *_other_problems(company, places),
    ]


def base_problems(company: "Company", places: Places) -> list[Problem]:
    """What holds in the base year alone."""
    found = []
    existing = [name for name, market in company.markets.items() if market.open]
    for name, market in company.markets.items():
        path = f"markets.{name}"
        if market.home is not None:
            found += _unknown(places, f"{path}.home", market.home, existing)
        if market.open != (market.home is None):
            message = (
                "a market is open in 2026 or has a home whose norms it borrows, one of the two"
            )
            found.append(places.problem(f"{path}.open", message, found=market.open))
    for name, role in company.roles.items():
        for place, position in role.places.items():
            if position.added_heads.median != 0:
                message = "is 0 in the base year: growth is planned by a lever"
                path = f"roles.{name}.places.{place}.added_heads"
                found.append(places.problem(path, message, found=position.added_heads.median))
    return found


def _unknown(places: Places, path: str, name: str, allowed: Iterable[str]) -> list[Problem]:
    names = sorted(allowed)
    if name in names:
        return []
    return [
        places.problem(
            path,
            "names nothing that exists",
            code="unknown-name",
            found=name,
            allowed=names,
            suggestion=nearest(name, names),
        )
    ]


def _same_keys(
    places: Places, path: str, found: Mapping[str, object], wanted: Iterable[str]
) -> list[Problem]:
    wanted = list(wanted)
    bad = [p for name in found for p in _unknown(places, f"{path}.{name}", name, wanted)]
    missing = [name for name in wanted if name not in found]
    if missing:
        bad.append(
            places.problem(path, f"lacks {', '.join(missing)}", code="missing-key", allowed=wanted)
        )
    return bad


def _adds_up(places: Places, path: str, shares: Mapping[str, Estimate]) -> list[Problem]:
    total = sum(share.median for share in shares.values())
    if abs(total - 1.0) <= TOLERANCE:
        return []
    return [places.problem(path, "must add up to 1", code="sum", found=f"{total:.6g}")]


def _market_problems(company: "Company", places: Places) -> list[Problem]:
    found = []
    for name, market in company.markets.items():
        path = f"markets.{name}"
        found += _unknown(places, f"{path}.city", market.city, company.cities)
        if market.currency is not None:
            found += _unknown(places, f"{path}.currency", market.currency, company.currencies)
            if market.home is None:
                message = "is for new markets: what 2026 was is known in CNY"
                found.append(places.problem(f"{path}.currency", message, code="without-effect"))
        for mix in ("media_mix", "reference_mix"):
            found += _same_keys(places, f"{path}.{mix}", getattr(market, mix), company.touchpoints)
        found += _fields_problems(market, places, path)
        found += _potential_problems(market, places, path)
    if not company.competitors:
        found.append(places.problem("competitors", "a market without competitors cannot be shared"))
    for name, competitor in company.competitors.items():
        path = f"competitors.{name}.strength"
        found += _same_keys(places, path, competitor.strength, company.markets)
    return found


OBSERVED = ("sales_2026", "new_customers_2026", "share_of_contestable", "capacity_ratio")
AGAINST_HOME = (
    "utility_shift", "launch_success", "failure_utility", "contacts_ratio",
)  # fmt: skip
POTENTIAL = ("population", "reach", "penetration")
THROUGH_OUTLETS = ("outlets", "time_on_outlets", "trade_spend")


def _fields_problems(market: "Market", places: Places, path: str) -> list[Problem]:
    """Fields that a market of this kind needs, and those that would have no effect in it."""
    new, outlets = market.home is not None, market.distribution == "outlets"
    wanted = {
        **dict.fromkeys(OBSERVED, not new),
        **dict.fromkeys(AGAINST_HOME, new),
        **dict.fromkeys(THROUGH_OUTLETS, outlets),
        "opening_ratio": new and outlets,
        "coverage_2026": outlets and not new,
    }
    kind = (
        f"{'new' if new else 'existing'} market sold {'through outlets' if outlets else 'online'}"
    )
    found = []
    for name, needed in wanted.items():
        given = getattr(market, name) is not None
        if needed and not given:
            message = f"is needed: this is a {kind}"
            found.append(places.problem(f"{path}.{name}", message, code="missing-key"))
        if given and not needed:
            message = f"has no effect: this is a {kind}"
            found.append(places.problem(f"{path}.{name}", message, code="without-effect"))
    return found


def _potential_problems(market: "Market", places: Places, path: str) -> list[Problem]:
    """How many may buy in a new market: as a ratio to its home, or from its population; never none."""
    stated = {name: getattr(market, name) for name in POTENTIAL}
    given = [name for name, value in stated.items() if value is not None]
    said = given if market.pool_ratio is None else ["pool_ratio", *given]
    if market.home is None:
        message = "has no effect: the pool of an existing market follows from what it sold in 2026"
        return [places.problem(f"{path}.{name}", message, code="without-effect") for name in said]
    if market.pool_ratio is not None and given:
        message = "says the size of the market a second time: remove it, or pool_ratio"
        return [places.problem(f"{path}.{given[0]}", message, found=", ".join(given))]
    if not said:
        message = "is needed: pool_ratio, or population, reach and penetration"
        return [places.problem(f"{path}.pool_ratio", message, code="missing-key")]
    found = []
    for name, value in stated.items():
        if value is None and given:
            message = (
                f"is needed beside {' and '.join(given)}: the potential is the three multiplied"
            )
            found.append(places.problem(f"{path}.{name}", message, code="missing-key"))
        elif value is not None and value.span[0] <= 0.0:
            message = "leaves a market without anybody who could buy: it has to be above 0"
            found.append(
                places.problem(f"{path}.{name}", message, code="out-of-range", found=value.span[0])
            )
    return found


def _role_problems(company: "Company", places: Places) -> list[Problem]:
    found = []
    for name, role in company.roles.items():
        path = f"roles.{name}"
        found += _same_keys(places, f"{path}.sources", role.sources, company.channels)
        all_year = [k for k, c in company.channels.items() if not c.campus]
        if not any(role.sources[k].span[1] > 0.0 for k in all_year if k in role.sources):
            message = "needs a channel that hires all year: the campus opens in autumn alone"
            found.append(places.problem(f"{path}.sources", message))
        for kind in role.relative_work:
            found += _unknown(places, f"{path}.relative_work.{kind}", kind, role.work)
        found += _unknown(places, f"{path}.driver", role.driver, role.work)
        for place, position in role.places.items():
            where = f"{path}.places.{place}"
            found += _unknown(places, where, place, [*company.markets, COMPANY])
            found += _unknown(places, f"{where}.plan", position.plan, company.incentives)
    found += _unknown(places, "company.city", company.company.city, company.cities)
    return found


def _sum_problems(company: "Company", places: Places) -> list[Problem]:
    found = []
    for name, market in company.markets.items():
        for mix in ("media_mix", "reference_mix"):
            found += _adds_up(places, f"markets.{name}.{mix}", getattr(market, mix))
        rivals = {k: c.strength[name] for k, c in company.competitors.items() if name in c.strength}
        found += _adds_up(
            places, f"competitors.{next(iter(company.competitors))}.strength.{name}", rivals
        )
    for name, role in company.roles.items():
        found += _adds_up(places, f"roles.{name}.sources", role.sources)
    return found


def _other_problems(company: "Company", places: Places) -> list[Problem]:
    found = _same_keys(places, "demand.season", company.demand.season, MONTHS)
    bands = len(company.workforce.band_hazard)
    if bands != BANDS:
        found.append(
            places.problem("workforce.band_hazard", f"needs {BANDS} tenure bands", found=bands)
        )
    for name, channel in company.channels.items():
        if channel.campus == (channel.source_ratio is not None):
            message = "is given for channels that hire all year, and for them alone"
            found.append(places.problem(f"channels.{name}.source_ratio", message))
        if channel.pass_ratio is not None:
            most = company.hiring.test_pass.span[1] * channel.pass_ratio.span[1]
            if most > 1.0:
                message = (
                    "lets more candidates pass the test than there are: times test_pass above 1"
                )
                path = f"channels.{name}.pass_ratio"
                found.append(places.problem(path, message, found=f"{most:.2f}"))
    for name, course in company.courses.items():
        if course.kind == "onboarding" and course.output is not None:
            message = (
                "is not what onboarding does: it shortens the ramp-up of those who join (ramp)"
            )
            found.append(places.problem(f"courses.{name}.output", message, code="without-effect"))
    for name, touchpoint in company.touchpoints.items():
        given = {
            field: getattr(touchpoint, field) is not None
            for field in ("targeting", "targeting_lift", "targeting_cost")
        }
        found += [
            places.problem(
                f"touchpoints.{name}.{field}",
                "is needed where targeting is: its share of the spend, what it gains and what it costs",
                code="missing-key",
            )
            for field, there in given.items()
            if any(given.values()) and not there
        ]
    if all(channel.campus for channel in company.channels.values()):
        found.append(places.problem("channels", "needs a channel besides the campus"))
    return found
