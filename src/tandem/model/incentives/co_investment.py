"""Co-investment: people put money into their project and share its profit and its loss."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.incentives.deferral import after
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR


@dataclass(frozen=True, slots=True)
class CoInvestment(Component):
    """``stake`` over target pay, and what the project gives or takes of it a term later, (p, d).

    Per unit of attainment above ``hurdle`` a stake earns ``leverage`` times itself, below it loses as
    much, ``loss`` of the stake at most. Who leaves (``leaving`` a year) within ``held`` months gets the
    stake back less its loss and ``kept`` of its gain. The stake itself is held apart from our cash:
    the component is gain and loss alone, and pay falls where a project loses. The project's results are
    those of all who work on it; who expects to lose by it, risk counted, does not invest.
    """

    label: ClassVar[tuple[str, str]] = ("Co-investment", "项目跟投")
    paid: ClassVar[Paid] = "later"
    months: ClassVar[float] = 12.0
    personal: ClassVar[bool] = False
    voluntary: ClassVar[bool] = True

    stake: Array = term("share", "Stake over target pay", "跟投金额占目标薪酬比例", 0, 1, nothing=0)
    leverage: Array = term(
        "1",
        "Gain of a stake per unit of attainment",
        "每单位完成率的跟投收益倍数",
        0,
        10,
        nothing=0,
    )
    hurdle: Array = term(
        "1", "Attainment at which the project breaks even", "项目盈亏平衡完成率", 0.1, 3, nothing=1
    )
    loss: Array = term("share", "Stake that may be lost", "跟投最大亏损比例", 0, 1, nothing=0)
    cap: Array = term(
        "1", "Attainment above which gains stop", "跟投收益封顶完成率", 0.1, 10, nothing=10
    )
    held: Array = term("month", "Months until a stake is settled", "跟投结算期限", 1, 60, nothing=1)
    leaving: Array = term(
        "1/year", "Leavers among those who invest", "跟投人员年离职率", 0, 1.5, nothing=0
    )
    kept: Array = term(
        "share", "Gain kept by those who leave", "离职者保留的收益比例", 0, 1, nothing=1
    )

    def curve(self) -> PayCurve:
        """stake x max(leverage (min(a, cap) - hurdle), -loss), gains less what leavers forfeit."""
        gone = -np.expm1(-self.leaving * self.held / MONTHS_PER_YEAR)
        gains = 1.0 - gone * (1.0 - self.kept)
        slope = self.stake * self.leverage
        steep = np.maximum(self.leverage, 1e-12)
        start = np.maximum(self.hurdle - self.loss / steep, 0.0)
        return PayCurve(
            -self.stake * np.minimum(self.loss, self.leverage * self.hurdle),
            np.stack([start, self.hurdle, np.maximum(self.cap, self.hurdle)]),
            np.stack([slope, slope * (gains - 1.0), -slope * gains]),
        )

    def schedule(self) -> Array:
        """All of it a term later."""
        return after(self.held)

    def faults(self) -> Iterator[tuple[str, str]]:
        """A cap under the hurdle."""
        if (self.cap < self.hurdle).any():
            yield "cap", "is under the hurdle: the project could only lose"
