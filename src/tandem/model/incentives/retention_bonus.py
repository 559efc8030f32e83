"""Retention bonus: earned by the month, paid to those who are still there a term later."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.incentives.deferral import after
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR


@dataclass(frozen=True, slots=True)
class RetentionBonus(Component):
    """``share`` of a month's target pay, held for ``held`` months, lost by who leaves, (p, d).

    ``leaving`` is the hazard a year of those to whom it is promised.
    """

    label: ClassVar[tuple[str, str]] = ("Retention bonus", "留任奖金")
    paid: ClassVar[Paid] = "later"
    months: ClassVar[float] = 12.0

    share: Array = term(
        "share", "Retention bonus over target pay", "留任奖金占目标薪酬比例", 0, 1, nothing=0
    )
    held: Array = term("month", "Months until it is paid", "留任期限", 1, 60, nothing=1)
    leaving: Array = term(
        "1/year", "Leavers among those promised it", "承诺对象的年离职率", 0, 1.5, nothing=0
    )

    def curve(self) -> PayCurve:
        """share x exp(-leaving x term): what those who stay are paid, over all, flat in results."""
        return PayCurve.flat(self.share * np.exp(-self.leaving * self.held / MONTHS_PER_YEAR))

    def schedule(self) -> Array:
        """All of it a term later."""
        return after(self.held)
