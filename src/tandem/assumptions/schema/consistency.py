"""What no single section of the schema can see: names that must exist, shares that add up.

Answers: every contradiction between sections, with its place. Leaves out what a field says of
itself. Imported by the schema's root.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, get_args

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.refusals import Problem, nearest
from tandem.assumptions.schema.growth import MONTHS
from tandem.assumptions.schema.people import Work

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company

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
        if not market.open and market.home is None:
            message = (
                "is needed: a market that is not open in 2026 borrows the norms of one that is"
            )
            found.append(
                places.problem(f"{path}.home", message, code="missing-key", allowed=existing)
            )
        if market.open != (market.sales_2026.median > 0):
            message = "a market is open in 2026 where it has sales in 2026, and only there"
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
        found += _same_keys(places, f"{path}.media_mix", market.media_mix, company.touchpoints)
    if not company.competitors:
        found.append(places.problem("competitors", "a market without competitors cannot be shared"))
    for name, competitor in company.competitors.items():
        path = f"competitors.{name}.strength"
        found += _same_keys(places, path, competitor.strength, company.markets)
    return found


def _role_problems(company: "Company", places: Places) -> list[Problem]:
    found = []
    for name, role in company.roles.items():
        path = f"roles.{name}"
        found += _same_keys(places, f"{path}.sources", role.sources, company.channels)
        for kind in role.work:
            found += _unknown(places, f"{path}.work.{kind}", kind, get_args(Work))
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
        found += _adds_up(places, f"markets.{name}.media_mix", market.media_mix)
        rivals = {k: c.strength[name] for k, c in company.competitors.items() if name in c.strength}
        found += _adds_up(
            places, f"competitors.{next(iter(company.competitors))}.strength.{name}", rivals
        )
    for name, role in company.roles.items():
        found += _adds_up(places, f"roles.{name}.sources", role.sources)
    for name, plan in company.incentives.items():
        weights = {
            k: getattr(plan, k)
            for k in ("weight_sales", "weight_satisfaction", "weight_innovation")
        }
        found += _adds_up(places, f"incentives.{name}.weight_sales", weights)
        parts = {k: getattr(plan, k) for k in ("base_share", "bonus_share", "commission_share")}
        found += _adds_up(places, f"incentives.{name}.base_share", parts)
    return found


def _other_problems(company: "Company", places: Places) -> list[Problem]:
    found = _same_keys(places, "demand.season", company.demand.season, MONTHS)
    bands = len(company.workforce.band_hazard)
    if bands != BANDS:
        found.append(
            places.problem("workforce.band_hazard", f"needs {BANDS} tenure bands", found=bands)
        )
    if all(channel.campus for channel in company.channels.values()):
        found.append(places.problem("channels", "needs a channel besides the campus"))
    return found
