"""The schema of promotions: shopping festivals and other calendar events that lift a month's orders.

Answers: which numbers describe a promotion, and what makes a calendar of them consistent. Leaves out
their values (``params/base/promotions``) and what they do (``tandem.model.promoting``). Imported by the
schema's root.
"""

from itertools import combinations
from typing import TYPE_CHECKING, Literal

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity
from tandem.assumptions.refusals import Problem, nearest
from tandem.units import DAYS_PER_MONTH

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company


class Promotion(Section):
    """One promotion of the calendar; in the base year it is that of 2026, whose season has it already.

    Only what differs from 2026 acts: a deeper offer, more advertising, an event that is new or dropped.
    """

    label: Label
    month: Literal[
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"
    ] = choice("Month of the promotion", "促销月份")
    used: bool = choice("Takes place", "是否参加")
    markets: tuple[str, ...] = choice("Markets that take part", "参加的市场")
    uplift: Estimate = quantity(
        "1", "Orders gained over a month without it", "相对无促销月份的订单增幅", 0, 3
    )
    pulled_forward: Estimate = quantity(
        "share",
        "Share of orders gained that is only bought earlier",
        "提前购买占新增订单之比",
        0,
        1,
    )
    payback: Estimate = quantity(
        "month", "Months over which those orders are missing", "提前订单的回落月数", 1, 12
    )
    days: Estimate = quantity("day", "Days on promotional terms", "促销条件适用天数", 0, 30)
    discount: Estimate = quantity("share", "Discount", "折扣", 0, 0.9)
    platform_fee: Estimate = quantity("share", "Platform fee beyond usual", "额外平台费率", 0, 0.7)
    taking_part: Estimate = quantity("CNY", "Cost of taking part", "参加费用", 0, 1e9)
    advertising: Estimate = quantity("CNY", "Advertising of the promotion", "促销广告", 0, 1e9)
    reference_advertising: Estimate = quantity(
        "CNY", "Advertising at which the orders gained are stated", "订单增幅对应的参照广告", 1, 1e9
    )


def promotion_problems(company: "Company", places: Places) -> list[Problem]:
    """Markets that do not exist, and promotional days of a month that exceed it."""
    found = []
    names = sorted(company.markets)
    for name, promotion in company.promotions.items():
        path = f"promotions.{name}.markets"
        if not promotion.markets:
            found.append(places.problem(path, "needs a market that takes part", allowed=names))
        found += [
            places.problem(
                path,
                "names nothing that exists",
                code="unknown-name",
                found=market,
                allowed=names,
                suggestion=nearest(market, names),
            )
            for market in promotion.markets
            if market not in names
        ]
    for one, other in combinations(company.promotions, 2):
        both = (company.promotions[one], company.promotions[other])
        days = sum(promotion.days.span[1] for promotion in both)
        shared = set(both[0].markets) & set(both[1].markets)
        if both[0].month == both[1].month and shared and days > DAYS_PER_MONTH:
            message = (
                f"and those of {one} are more than a month has, in {', '.join(sorted(shared))}"
            )
            found.append(places.problem(f"promotions.{other}.days", message, found=f"{days:g}"))
    return found


def promotion_base_problems(company: "Company", places: Places) -> list[Problem]:
    """Promotions of 2026 in which no market took part that was open then."""
    existing = sorted(name for name, market in company.markets.items() if market.open)
    message = "are closed in 2026, when it takes place: use it from a lever that opens the market"
    return [
        places.problem(
            f"promotions.{name}.markets",
            message,
            found=", ".join(promotion.markets),
            allowed=existing,
        )
        for name, promotion in company.promotions.items()
        if promotion.used and not set(promotion.markets) & set(existing)
    ]
