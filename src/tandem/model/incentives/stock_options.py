"""Stock options of employees: fair value, expense, and what they are worth to one who cannot sell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.deferral import graded_vesting
from tandem.model.incentives.option import employee_options, held_value, steepest
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class StockOptions(Component):
    """Options granted every year at the share's price, over ``grant`` of a year's target pay, (p, d).

    They vest after ``vesting`` years and end after ``years``; leavers (``leaving`` a year) lose what has
    not vested and exercise what has; others exercise at ``multiple`` times the price. The fair value
    is expensed by graded vesting and never paid in cash; dilution is not counted beside it. Results
    of one person do not move the share. ``wealth`` is a holder's other wealth over the shares' value.
    """

    label: ClassVar[tuple[str, str]] = ("Stock options", "股票期权")
    paid: ClassVar[Paid] = "equity"
    months: ClassVar[float] = 12.0

    grant: Array = term(
        "share",
        "Value of optioned shares over pay",
        "授予期权对应股票价值占薪酬比例",
        0,
        10,
        nothing=0,
    )
    years: Array = term("year", "Years until options end", "期权有效年限", 1, 10, nothing=10)
    vesting: Array = term("year", "Years until options vest", "归属年限", 0, 12, nothing=1)
    rate: Array = term("1/year", "Interest rate without risk", "无风险利率", -0.02, 0.2, nothing=0)
    volatility: Array = term(
        "1", "Volatility of the share, a year", "股价年波动率", 0.05, 1.5, nothing=0.3
    )
    dividend: Array = term(
        "1/year", "Dividends over the share's price", "股息率", 0, 0.2, nothing=0
    )
    leaving: Array = term(
        "1/year", "Leavers among option holders", "期权持有人年离职率", 0, 1, nothing=0
    )
    multiple: Array = term(
        "1",
        "Price over grant price at which holders exercise",
        "行权时股价与授予价之比",
        1,
        10,
        nothing=10,
    )
    wealth: Array = term(
        "1",
        "Holders' other wealth over the shares' value",
        "持有人其他财富与股票价值之比",
        0.05,
        50,
        nothing=1,
    )

    def _unit_value(self) -> Array:
        """Of an option on one unit of money of shares."""
        return employee_options(
            self.years,
            self.vesting,
            self.rate,
            self.volatility,
            self.dividend,
            self.leaving,
            self.multiple,
        )

    def fair_value(self) -> Array:
        """grant x value of an option at the money by the lattice of ``employee_option``."""
        if not self.grant.any():
            return np.zeros_like(self.grant)
        return self.grant * self._unit_value()

    def payoff(self, price: Array) -> Array:
        """grant x max(price - 1, 0), once vested."""
        return self.grant * np.maximum(price - 1.0, 0.0)

    def holder_value(self, aversion: Array) -> Array:
        """Fair value x what a holder with this aversion and wealth would give over the market."""
        return self.fair_value() * held_value(
            self.years, self.rate, self.volatility, self.dividend, self.wealth, aversion
        )

    def schedule(self) -> Array:
        """Graded vesting."""
        return graded_vesting(self.vesting)

    def faults(self) -> Iterator[tuple[str, str]]:
        """Vesting past expiry, or beyond what expense is kept by."""
        if (self.vesting > self.years).any():
            last = float(np.min(self.years))
            yield "vesting", f"is past expiry: no option could be exercised; {last:g} years at most"
        elif (self.vesting > 5.0).any():
            yield "vesting", "is beyond five years, over which options are expensed"
        most = steepest(self.volatility)
        if (np.abs(self.rate - self.dividend) > most).any():
            yield (
                "rate",
                "is too far from the dividend for so small a volatility, by which no share could be "
                f"priced: {float(np.min(most)):.3g} apart at most",
            )
