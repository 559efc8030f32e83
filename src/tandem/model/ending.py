"""Fixed terms that end in a month: who is offered another, who goes, and what it costs (step 11).

Answers: by tenure band the chance that a term ends, the share not offered another and the severance
owed to them. The observed turnover of 2026 holds these leavers already: the base year takes them out
of its hazard. The laws stand in ``contracts``. Imported by ``anchor_people``, ``horizon``, ``state`` and
``staffing``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tandem.model import contracts
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Structure
from tandem.units import MONTHS_PER_YEAR

TERMS = range(1, contracts.FIXED_TERMS + 1)


@dataclass(frozen=True, slots=True)
class Ending:
    """Fixed terms of a month, (b, p, d): chances and shares."""

    chance: Array  # a term ends
    withheld: Array  # of these, no other is offered
    refused: Array  # of those offered, the employee goes


def ending(p: Parameters, base: Parameters, multiplier: Array, frozen: NDArray[np.bool_]) -> Ending:
    """What becomes of fixed terms in a month.

    ``multiplier`` (p, d) is the hazard of leaving over that of 2026: it moves who refuses. In a
    freeze (``frozen``, (p, d)) first terms are not renewed; second ones as always, since that would
    be unlawful.
    """
    first, second = _chances(p, base)
    chance = first + second
    kept = np.where(frozen, 0.0, p.workforce.terms_offered)
    offered = first * kept + second * p.workforce.terms_offered
    withheld = np.divide(chance - offered, chance, out=np.zeros_like(chance), where=chance > 0)
    refused = np.minimum((1.0 - p.workforce.terms_accepted) * multiplier, 1.0)
    return Ending(chance, withheld, np.broadcast_to(refused, chance.shape))


def leavers_2026(base: Parameters, heads: Array) -> Array:
    """Those of 2026 whose term ends and who go, a month, (p, d), of ``heads`` (b, p, d)."""
    ours, theirs = contracts.term_end_shares(
        base.workforce.terms_offered, base.workforce.terms_accepted
    )[1:]
    return np.asarray((heads * sum(_chances(base, base))).sum(axis=0) * (ours + theirs))


def severance_a_term(structure: Structure, p: Parameters, base: Parameters, pay: Array) -> Array:
    """Severance of one person not renewed, by tenure band, CNY, (b, p, d).

    N after the first term; the second may not end so, and costs 2N. ``pay`` (p, d) CNY a month.
    """
    wage = p.finance.local_wage[list(structure.city)]
    chances = _chances(p, base)
    owed = [
        contracts.non_renewal_severance(
            pay, number * p.workforce.term_months / MONTHS_PER_YEAR, wage, number
        )
        for number in TERMS
    ]
    due = sum(chance * money for chance, money in zip(chances, owed, strict=True))
    ends = sum(chances)
    return np.divide(due, ends, out=np.zeros_like(ends), where=ends > 0)


def _chances(p: Parameters, base: Parameters) -> list[Array]:
    """Chance a month that the first term ends, and the second, (b, p, d) each."""
    hazard = base.people.turnover / MONTHS_PER_YEAR
    return [contracts.term_end_by_band(p.workforce.term_months, hazard, n) for n in TERMS]
