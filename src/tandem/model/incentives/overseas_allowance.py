"""Overseas allowance: what is paid for working abroad, whatever the results."""

from dataclasses import dataclass
from typing import ClassVar

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class OverseasAllowance(Component):
    """``allowance`` and ``hardship`` over target pay at the ``exchange`` rate planned with, (p, d).

    ``exchange`` is for an allowance in another money than the pay itself: in a market with a currency of
    its own, target pay has been converted already. The minimum wage is without such allowances:
    Provisions on minimum wages (2004), article 12.
    """

    label: ClassVar[tuple[str, str]] = ("Overseas allowance", "海外津贴")
    paid: ClassVar[Paid] = "now"
    months: ClassVar[float] = 1.0

    allowance: Array = term(
        "share", "Overseas allowance over target pay", "海外津贴占目标薪酬比例", 0, 2, nothing=0
    )
    hardship: Array = term(
        "share",
        "Hardship allowance over target pay",
        "艰苦地区津贴占目标薪酬比例",
        0,
        1,
        nothing=0,
        optional=True,
    )
    exchange: Array = term(
        "1",
        "Exchange rate over the one planned with",
        "汇率与计划汇率之比",
        0.3,
        3,
        nothing=1,
        optional=True,
    )

    def curve(self) -> PayCurve:
        """(allowance + hardship) x exchange, flat in attainment."""
        return PayCurve.flat((self.allowance + self.hardship) * self.exchange)
