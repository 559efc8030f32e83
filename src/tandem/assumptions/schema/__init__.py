"""The schema of a company: every number that the model reads, and what makes them consistent.

Answers: which sections ``params/base`` has, and the checks between them. Leaves out the values.
The layers above the assumptions may import ``Company``.
"""

from typing import ClassVar

from pydantic import Field

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Section, choice, quantity
from tandem.assumptions.refusals import Problem
from tandem.assumptions.schema.anchoring import anchor_problems
from tandem.assumptions.schema.capability import (
    Assessment,
    Profile,
    capability_problems,
    course_problems,
)
from tandem.assumptions.schema.careers import Careers, career_problems, turnover_problems
from tandem.assumptions.schema.consistency import COMPANY, base_problems, problems
from tandem.assumptions.schema.growth import (
    MONTHS,
    Brand,
    Competitor,
    Customers,
    Demand,
    Market,
    Touchpoint,
)
from tandem.assumptions.schema.loyalty import Loyalty, Product
from tandem.assumptions.schema.money import City, Currency, Finance, Targets
from tandem.assumptions.schema.pay import PayPlan, plan_problems
from tandem.assumptions.schema.people import (
    Channel,
    Course,
    Culture,
    Effort,
    Hiring,
    Programme,
    Role,
    Training,
    Workforce,
)
from tandem.assumptions.schema.promotions import (
    Promotion,
    promotion_base_problems,
    promotion_problems,
)

OWNERS = (
    "marketing-insight",
    "brand",
    "sales",
    "customer-service",
    "recruiting",
    "people-analytics",
    "compensation",
    "training",
    "finance",
    "legal",
)


class Firm(Section):
    """The company itself."""

    city: str = choice("City tier of people placed company-wide", "总部人员所在城市级别")
    staffing_follow: Estimate = quantity(
        "1", "Company-wide headcount follows its drivers", "公司层面编制随业务量调整的程度", 0, 1.5
    )


class Company(Section):
    """Everything under ``params/base``."""

    owners: ClassVar[tuple[str, ...]] = OWNERS

    company: Firm
    targets: Targets
    markets: dict[str, Market]
    demand: Demand
    competitors: dict[str, Competitor]
    brand: Brand
    touchpoints: dict[str, Touchpoint]
    promotions: dict[str, Promotion] = Field(default_factory=dict)
    customers: Customers
    loyalty: Loyalty
    product: Product
    roles: dict[str, Role]
    hiring: Hiring
    channels: dict[str, Channel]
    assessments: dict[str, Assessment]
    profiles: dict[str, Profile]
    workforce: Workforce
    training: Training
    courses: dict[str, Course]
    careers: Careers
    culture: Culture
    programmes: dict[str, Programme]
    incentives: dict[str, PayPlan]
    effort: Effort
    finance: Finance
    cities: dict[str, City]
    currencies: dict[str, Currency] = Field(default_factory=dict)

    def cross_checks(self, places: Places) -> list[Problem]:
        """What no single section can see: names that must exist, shares that must add up to 1."""
        return [
            *problems(self, places),
            *capability_problems(self, places),
            *course_problems(self, places),
            *career_problems(self, places),
            *plan_problems(self.incentives, places),
            *promotion_problems(self, places),
        ]

    def base_checks(self, places: Places) -> list[Problem]:
        """What holds in 2026 alone: which markets are open, and that growth is left to levers.

        The base year is not tried where the sections do not go together.
        """
        if self.cross_checks(places):
            return []  # said already
        found = [
            *base_problems(self, places),
            *turnover_problems(self, places),
            *promotion_base_problems(self, places),
        ]
        return found or anchor_problems(self, places)


__all__ = ["COMPANY", "MONTHS", "OWNERS", "Company", "Estimate", "quantity"]
