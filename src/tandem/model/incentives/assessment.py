"""What one pay component comes to: cost, who gets it, what it rewards, what it is worth (H3, F2).

Answers, for a component on its own: its mean cost and what the average person would be paid, pay by
rank and by ability, the rate at each result, the value to one who dislikes risk, and what the law
puts on top. Leaves out how components go together (``plan``) and behaviour. Pure functions for
notebooks and pages; a guarantee and a clawback have no pay of their own, see ``plan``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from tandem.model import statute
from tandem.model.incentives.component import Component
from tandem.model.incentives.curve import PayCurve
from tandem.model.incentives.strand import Strand, strands_of
from tandem.model.types import KPIS, Array

RANKS = 2048  # even ranks over which a mean over people is taken where there is no closed form
_EVEN = ndtri((np.arange(RANKS) + 0.5) / RANKS)
_ABILITIES = ndtri((np.arange(32) + 0.5) / 32)
_LUCK = ndtri((np.arange(128) + 0.5) / 128)


@dataclass(frozen=True, slots=True)
class People:
    """Whom a component pays: mean ``attainment`` (kpi, p, d), ``spread``, ``noise``, ``aversion`` (d,)."""

    attainment: Array
    spread: Array
    noise: Array
    aversion: Array

    @classmethod
    def alike(cls, mean: float, spread: float, noise: float, aversion: float) -> "People":
        """One position and draw with the same mean attainment on every KPI."""
        one = np.ones(1)
        return cls(np.full((len(KPIS), 1, 1), mean), spread * one, noise * one, aversion * one)


@dataclass(frozen=True, slots=True)
class Levy:
    """Contributions of a place: wages CNY a month, rates over the base, bounds over the local wage."""

    local_wage: Array
    minimum_wage: Array
    social_rate: Array
    fund_rate: Array
    floor: Array
    cap: Array

    def on(self, pay_m: Array) -> Array:
        """Employer's social insurance and housing fund for one person, CNY a month."""
        social = statute.contribution_base(pay_m, self.local_wage, self.floor, self.cap)
        fund = statute.housing_fund_base(pay_m, self.minimum_wage, self.local_wage, self.cap)
        return self.social_rate * social + self.fund_rate * fund


def strands(component: Component, people: People) -> list[Strand]:
    """Its pay KPI by KPI."""
    return list(strands_of(component, people.attainment, people.spread, people.noise))


def _sum(parts: Sequence[Array], people: People) -> Array:
    return np.asarray(sum(parts, np.zeros(people.attainment.shape[1:])))


def expected_cost(component: Component, people: People) -> Array:
    """Mean cost over target pay, (p, d), equity at its fair value."""
    fair = component.fair_value()
    return _sum([s.cost for s in strands(component, people)], people) + (
        0.0 if fair is None else fair
    )


def cost_at_mean(component: Component, people: People) -> Array:
    """What a person of mean attainment is paid, (p, d): not what the component costs."""
    fair = component.fair_value()
    paid = [s.weight * s.curve.at(s.mean) for s in strands(component, people)]
    return _sum(paid, people) + (0.0 if fair is None else fair)


def pay_at_ranks(component: Component, people: People, ranks: Sequence[float]) -> Array:
    """Pay over target pay of people at these ranks (0..1) of results, (rank, p, d)."""
    parts = strands(component, people)
    return np.stack([_sum([s.paid(float(ndtri(r))) for s in parts], people) for r in ranks])


def pay_by_ability(component: Component, people: People, ranks: Sequence[float]) -> Array:
    """Mean pay of people at these ranks (0..1) of lasting ability, luck averaged, (rank, p, d)."""
    parts = strands(component, people)
    return np.stack([_sum([s.expected_by(float(ndtri(r))) for s in parts], people) for r in ranks])


def payout_curve(component: Component, people: People) -> PayCurve:
    """Pay as a function of the attainment reached on every KPI it looks at."""
    curve = PayCurve.flat(np.zeros(people.attainment.shape[1:]))
    for s in strands(component, people):
        own = s.curve
        heights = s.weight * own.heights if own.has_cliffs else own.heights
        curve = curve + PayCurve(
            s.weight * own.level, own.strikes, s.weight * own.slopes, own.steps, heights
        )
    return curve


def marginal_rates(component: Component, people: People, attainments: Sequence[float]) -> Array:
    """Pay over target pay that a unit more of attainment earns there, (attainment, p, d).

    Cliffs apart: they stand in the curve's ``steps`` and ``heights``.
    """
    curve = payout_curve(component, people)
    return np.stack([curve.rate(np.asarray(a)) for a in attainments])


def perceived_value(component: Component, people: People, beside: Array | float = 0.0) -> Array:
    """What it is worth over target pay, (p, d), to people with certain pay ``beside`` it.

    Mean over people of lasting ability of what each would take for certain: the own mean less aversion
    / 2 x variance of luck over all pay (Pratt 1964, to second order), never below the least it pays;
    people know what they are able to do (``plan.payout`` takes the middle one). An award counts at what
    its winners would give for it, equity at what one would give who cannot sell it.
    """
    parts = strands(component, people)
    value = mean = np.zeros(people.attainment.shape[1:])
    for ability in _ABILITIES:
        pays = np.stack([_sum([s.paid_to(ability, z) for s in parts], people) for z in _LUCK])
        own = pays.mean(axis=0)
        pay = np.maximum(np.abs(own + beside), 1e-12)
        risk = 0.5 * people.aversion * pays.var(axis=0) / pay
        value = value + np.maximum(own - risk, pays.min(axis=0)) / len(_ABILITIES)
        mean = mean + own / len(_ABILITIES)
    worth, held = component.worth(), component.holder_value(people.aversion)
    value = value if worth is None else value - (1.0 - worth) * mean
    return np.asarray(value if held is None else value + held)


def statutory_cost(
    component: Component, people: People, target_pay: Array, beside: Array, levy: Levy
) -> Array:
    """Contributions that it adds, mean over people, CNY a month, (p, d).

    ``target_pay`` CNY a month; ``beside`` is the other pay over target pay. Bases are clipped person
    by person, so that pay of people at the cap adds nothing, and that of people below the floor little.
    Equity is no pay in this sense.
    """
    parts = strands(component, people)
    before = levy.on(target_pay * beside)
    total = np.zeros(people.attainment.shape[1:])
    for deviate in _EVEN:
        pay = _sum([s.paid(float(deviate)) for s in parts], people)
        total = total + levy.on(target_pay * (beside + pay)) - before
    return np.asarray(total / RANKS)
