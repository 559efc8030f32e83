"""What people of one plan earn in a month: those who are settled, and those who still ramp up.

Answers: pay by rank of results, its mean, its spread, what is certain of it, and what it is worth to
who dislikes risk. Leaves out when it is paid and equity (``plan``, which alone imports it).

Who ramps up sells nothing yet (``workforce.ramped_heads``), so that what a plan pays for one's own
sales is for them what it pays for none; results of a team, of customers and of products are those of
all. A guarantee counts all pay that target pay consists of, bonuses too.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri

from tandem.model.incentives.attainment import attained, expected_payout
from tandem.model.incentives.curve import PayCurve, Positions, rows_of
from tandem.model.incentives.strand import Strand
from tandem.model.types import Array

# Nodes and weights of Gauss-Hermite quadrature for a standard normal; even quantiles at cliffs.
_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_EVEN_NODES = ndtri((np.arange(64) + 0.5) / 64)
_EVEN_WEIGHTS = np.full(64, 1.0 / 64)


@dataclass(frozen=True, slots=True)
class Earnings:
    """Pay over target pay, (p, d): the ``monthly`` curve of own sales and the other pay in ``strands``.

    ``sales`` is mean attainment of those who are settled, ``spread`` and ``luck`` its log spread in a
    month, ``ramping`` the share of people who ramp up, ``floor`` what these are guaranteed.
    """

    monthly: PayCurve
    strands: tuple[Strand, ...]
    sales: Array
    spread: Array
    luck: Array
    ramping: Array
    floor: Array

    def mix(self, settled: Array, ramping: Array) -> Array:
        """Mean over those who are settled and those who ramp up."""
        return (1.0 - self.ramping) * settled + self.ramping * ramping

    def monthly_pay(self) -> Array:
        """Mean of monthly pay, with what the guarantee adds to it."""
        settled = expected_payout(self.monthly, self.sales, self.spread)
        return self.mix(settled, self._untried() + self._topped_up())

    def cost(self, strand: Strand) -> Array:
        """Mean of one strand of pay."""
        return self.mix(strand.cost, strand.untried if strand.sold else strand.cost)

    def mean(self) -> Array:
        """Mean of all pay."""
        return sum((self.cost(s) for s in self.strands), self.monthly_pay())

    def certain(self) -> Array:
        """The least that the plan pays, what may be lost taken off."""
        fixed = self.monthly.level + self._levels(lambda s: s.component.of_target)
        rest = self._levels(lambda s: not s.component.of_target)
        return self.mix(fixed, np.maximum(fixed, self.floor)) + rest

    def deviation(self, luck: bool) -> Array:
        """Standard deviation of pay between people, or by luck alone, by quadrature.

        One person's rank is the same in every component, so that deviations add up.
        """
        first = np.zeros_like(self.sales)
        second = np.zeros_like(first)
        for weight, pay in self._ranks(luck):
            first = first + weight * pay
            second = second + weight * pay * pay
        return np.sqrt(np.maximum(second - first * first, 0.0))

    def value(self, aversion: Array) -> Array:
        """Certainty equivalent: mean x (1 - aversion / 2 x cv of luck squared), what is certain at least.

        That of constant relative risk aversion to second order; source: Pratt, J. (1964), Econometrica 32.
        """
        mean = self.mean()
        risk = self.deviation(luck=True) / mean
        return np.maximum(mean * (1.0 - 0.5 * aversion * risk**2), self.certain())

    def accepted(self, aversion: Array) -> "Earnings":
        """The same without what people decline: a stake that makes pay worth less to them."""
        found = self
        for k, strand in enumerate(self.strands):
            if strand.component.voluntary:
                asked = np.flatnonzero(strand.pays)
                here = found._of(asked)
                without = replace(here, strands=(*here.strands[:k], *here.strands[k + 1 :]))
                taken = np.ones_like(self.sales)
                taken[asked] = here.value(aversion) >= without.value(aversion)
                kept = replace(strand, weight=strand.weight * taken)
                strands = (*found.strands[:k], kept, *found.strands[k + 1 :])
                found = replace(found, strands=strands)
        return found

    def _of(self, positions: Positions) -> "Earnings":
        """Those of some positions alone."""
        return Earnings(
            self.monthly.of(positions),
            tuple(strand.of(positions) for strand in self.strands),
            *(
                rows_of(values, positions)
                for values in (self.sales, self.spread, self.luck, self.ramping, self.floor)
            ),
        )

    def _ranks(self, luck: bool) -> Iterator[tuple[float, Array]]:
        """Weight and mean pay of people at each node of results, settled and ramping up."""
        untried, counted = self._without_sales()
        for node, weight in self._nodes():
            own = attained(self.sales, self.luck if luck else self.spread, node)
            settled, ramping, earned = self.monthly.at(own), untried, counted
            for strand in self.strands:
                paid = strand.paid(node, luck)
                settled = settled + paid
                if not strand.sold:
                    ramping = ramping + paid
                    if strand.component.of_target:
                        earned = earned + paid
            yield weight, self.mix(settled, ramping + np.maximum(self.floor - earned, 0.0))

    def _without_sales(self) -> tuple[Array, Array]:
        """Pay of who sells nothing that no result moves, and the part that a guarantee counts."""
        untried = counted = self._untried()
        for strand in self.strands:
            if strand.sold:
                untried = untried + strand.untried
                if strand.component.of_target:
                    counted = counted + strand.untried
        return untried, counted

    def _topped_up(self) -> Array:
        """Mean of what the guarantee adds, by quadrature; never less than the mean falls short."""
        none = np.zeros_like(self.sales)
        if not self.floor.any():
            return none
        _, sure = self._without_sales()
        moving = [s for s in self._counted() if not s.sold]
        added = none
        for node, weight in self._nodes():
            earned = sum((s.paid(node) for s in moving), sure)
            added = added + weight * np.maximum(self.floor - earned, 0.0)
        return np.maximum(added, self.floor - sum((s.cost for s in moving), sure))

    def _counted(self) -> Iterator[Strand]:
        """Pay beside the monthly one that counts towards the guarantee."""
        return (s for s in self.strands if s.component.of_target)

    def _untried(self) -> Array:
        """Monthly pay without any sales of one's own."""
        return self.monthly.at(np.zeros_like(self.sales))

    def _levels(self, counts: Callable[[Strand], bool]) -> Array:
        levels = (s.weight * s.curve.level for s in self.strands if counts(s))
        return sum(levels, np.zeros_like(self.sales))

    def _nodes(self) -> Iterator[tuple[float, float]]:
        cliffs = any(c.has_cliffs for c in (self.monthly, *(s.curve for s in self.strands)))
        nodes = (_EVEN_NODES, _EVEN_WEIGHTS) if cliffs else (_NODES, _WEIGHTS)
        return zip(*nodes, strict=True)
