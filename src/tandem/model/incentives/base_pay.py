"""Base pay: what is paid whatever the results."""

from dataclasses import dataclass
from typing import ClassVar

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class BasePay(Component):
    """``share`` of target pay, (p, d)."""

    label: ClassVar[tuple[str, str]] = ("Base pay", "固定工资")
    paid: ClassVar[Paid] = "now"
    months: ClassVar[float] = 1.0
    of_target: ClassVar[bool] = True
    in_minimum: ClassVar[bool] = True

    share: Array = term("share", "Base pay", "固定工资占比", 0, 1, nothing=0)

    def curve(self) -> PayCurve:
        """Flat in attainment."""
        return PayCurve.flat(self.share)
