"""Clawback: commission on sales that are undone is taken back.

Wages may be cut only for what was agreed, and never below the minimum wage: Interim provisions on
wage payment (1994), articles 15 and 16; the minimum wage holds after it.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Clawback(Component):
    """``share`` of the commission on sales that are ``undone`` within the term, (p, d).

    It has no curve of its own: it takes a share of what is earned by the month beyond fixed pay.
    """

    label: ClassVar[tuple[str, str]] = ("Clawback", "提成追回")
    paid: ClassVar[Paid] = "next_month"
    months: ClassVar[float] = 1.0
    needs: ClassVar[str] = "commission"

    share: Array = term("share", "Commission taken back", "追回的提成占比", 0, 1, nothing=0)
    undone: Array = term(
        "share", "Sales undone within the term", "期限内被撤销的销售占比", 0, 1, nothing=0
    )

    def adjusted(self, earned: PayCurve) -> PayCurve:
        """What moves with results, less the share taken back."""
        kept = 1.0 - self.share * self.undone
        heights = earned.heights * kept if earned.has_cliffs else earned.heights
        return PayCurve(
            np.asarray(earned.level), earned.strikes, earned.slopes * kept, earned.steps, heights
        )
