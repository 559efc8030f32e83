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
from tandem.model.incentives.curve import PayCurve
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
        for node, weight in self._nodes():
            pay = self._at(node, luck)
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
                others = (*found.strands[:k], *found.strands[k + 1 :])
                taken = found.value(aversion) >= replace(found, strands=others).value(aversion)
                kept = replace(strand, weight=strand.weight * taken)
                found = replace(found, strands=(*others[:k], kept, *others[k:]))
        return found

    def _at(self, node: float, luck: bool) -> Array:
        """Mean pay of people who stand that many standard deviations from the middle."""
        own = attained(self.sales, self.luck if luck else self.spread, node)
        settled = self.monthly.at(own) + sum(s.paid(node, luck) for s in self.strands)
        ramping = sum((s.paid_ramping(node, luck) for s in self.strands), self._untried())
        return self.mix(settled, ramping + self._short(node, luck))

    def _short(self, node: float, luck: bool) -> Array:
        """What the guarantee adds to the pay of who ramps up, at a rank of results."""
        earned = sum((s.paid_ramping(node, luck) for s in self._counted()), self._untried())
        return np.maximum(self.floor - earned, 0.0)

    def _topped_up(self) -> Array:
        """Mean of what the guarantee adds, by quadrature; never less than the mean falls short."""
        none = np.zeros_like(self.sales)
        if not self.floor.any():
            return none
        added = sum((w * self._short(node, luck=False) for node, w in self._nodes()), none)
        earned = (s.untried if s.sold else s.cost for s in self._counted())
        return np.maximum(added, self.floor - sum(earned, self._untried()))

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
