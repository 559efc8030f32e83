"""What Chinese law says of a contract's life: probation, terms, renewal, notice (H4).

Answers: how long and at what pay somebody may be on probation, when the next contract must be an
open one, how many contracts end in a month, and what it costs not to renew. The rules are law and
stand here as data with their articles; statute has severance itself. Leaves out contracts for one
task, part-time work (article 68 to 72) and what a court makes of a case. Pure functions; anybody
may import it.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from tandem.model.statute import severance
from tandem.model.types import Array
from tandem.model.workforce import BAND_MONTHS

LAW = "Labour Contract Law of the PRC (2012)"
OPEN_ENDED = np.inf  # months of an open-ended contract


@dataclass(frozen=True, slots=True)
class ProbationRule:
    """Longest probation, months, of a contract of `term` months or more, up to the next rule."""

    term: float
    limit: float
    article: str


@dataclass(frozen=True, slots=True)
class NoticeRule:
    """Days of notice before a contract ends, by who ends it and whether on probation."""

    by_employee: bool
    on_probation: bool
    days: int
    article: str


PROBATION = (
    ProbationRule(0.0, 0.0, f"{LAW}, article 19: none under three months"),
    ProbationRule(3.0, 1.0, f"{LAW}, article 19"),
    ProbationRule(12.0, 2.0, f"{LAW}, article 19"),
    ProbationRule(36.0, 6.0, f"{LAW}, article 19: three years and more, or open-ended"),
)
NOTICE = (
    NoticeRule(False, False, 30, f"{LAW}, article 40, or a month's pay instead"),
    NoticeRule(False, True, 0, f"{LAW}, article 39 (1): shown not to meet the requirements"),
    NoticeRule(True, False, 30, f"{LAW}, article 37"),
    NoticeRule(True, True, 3, f"{LAW}, article 37"),
)
PROBATION_PAY_SHARE = 0.8  # of the agreed pay, article 20
FIXED_TERMS = 2  # in a row, after which the next contract is open-ended, article 14 (3)
YEARS_TO_OPEN = 10.0  # of service in a row, after which it is, article 14 (1)


def probation_limit(term_months: Array | float) -> Array:
    """Longest probation, months, of a contract of ``term_months``; ``OPEN_ENDED`` for an open one.

    Nothing under three months, one month under a year, two under three years, else six; once only
    with the same employer. Source: Labour Contract Law of the PRC (2012), article 19. Raises
    ValueError for a term below 0.
    """
    terms = np.asarray(term_months, dtype=float)
    if not (terms >= 0).all():
        raise ValueError(f"a contract's term is 0 months or more; found {np.min(terms):g}")
    from_terms = [rule.term for rule in PROBATION]
    limits = np.array([rule.limit for rule in PROBATION])
    return np.asarray(limits[np.searchsorted(from_terms, terms, side="right") - 1])


def probation_pay_floor(agreed_pay: Array | float, minimum_wage: Array | float) -> Array:
    """Least pay on probation, money a month: 80 % of the agreed pay, never under the minimum wage.

    The law is content with the lowest pay of the same job as well; that is not used, being the
    laxer. Source: Labour Contract Law of the PRC (2012), article 20.
    """
    return np.maximum(PROBATION_PAY_SHARE * np.asarray(agreed_pay, dtype=float), minimum_wage)


def must_be_open_ended(fixed_terms_done: Array | int, years: Array | float) -> NDArray[np.bool_]:
    """Whether the next contract must be an open-ended one, if the employee wants to stay.

    After two fixed terms in a row (those signed since 2008 count), or ten years of service in a
    row. Source: Labour Contract Law of the PRC (2012), articles 14 and 97.
    """
    return (np.asarray(fixed_terms_done) >= FIXED_TERMS) | (np.asarray(years) >= YEARS_TO_OPEN)


def notice_days(by_employee: bool, on_probation: bool) -> int:
    """Days of notice before a contract ends, by who ends it.

    Source: Labour Contract Law of the PRC (2012), articles 37, 39 and 40.
    """
    return next(
        rule.days
        for rule in NOTICE
        if (rule.by_employee, rule.on_probation) == (by_employee, on_probation)
    )


def term_end_rate(term_months: Array | float, hazard: Array | float) -> Array:
    """Share of people on fixed terms whose term ends this month, a month: h / (exp(h L) - 1).

    Where hiring is steady and people leave with ``hazard`` h a month during a term of L months, the
    ages of running terms have the density h exp(-h a) / (1 - exp(-h L)); this is its end. 1 / L
    where nobody leaves. Source: Cox (1962), Renewal theory, chapter 5.
    """
    term, rate = np.broadcast_arrays(np.asarray(term_months, float), np.asarray(hazard, float))
    nobody_leaves = np.asarray(1.0 / term)
    return np.divide(rate, np.expm1(rate * term), out=nobody_leaves, where=rate > 0)


def term_end_by_band(term_months: Array, hazard: Array, number: int) -> Array:
    """Chance a month that somebody's ``number``-th fixed term ends, by tenure band, (b, ...).

    It ends at a tenure of number x L. Where people leave with ``hazard`` h a month, tenures within
    a band from a to b have the density of ``term_end_rate``: here h / (exp(h (n L - a)) -
    exp(-h (b - n L))), and 0 in the other bands. ``term_months`` L and ``hazard``, both above 0,
    broadcast. Source: Cox (1962), Renewal theory, chapter 5.
    """
    term, rate = np.broadcast_arrays(np.asarray(term_months, float), np.asarray(hazard, float))
    tenure = number * term
    rows = []
    for low, high in pairwise((0.0, *np.cumsum(BAND_MONTHS), np.inf)):
        served = np.maximum(tenure - low, 0.0)
        ahead = np.maximum(high - tenure, 0.0)
        inside = (tenure > low) & (tenure <= high)
        spread = np.exp(rate * served) - np.exp(-rate * ahead)
        rows.append(np.divide(rate, spread, out=np.zeros_like(tenure), where=inside))
    return np.stack(rows)


def contract_shares(term_months: float, renewed: float, hazard: float) -> Array:
    """Shares of heads in their first fixed term, in their second, and in an open contract, (3,).

    Months that a hire spends in each, over their sum: (1 - exp(-h L)) / h in a fixed term, reached
    with exp(-h L) x ``renewed`` from the one before, and 1 / h in the open one. ``hazard`` h a
    month above 0, ``renewed`` the share of ended terms that are renewed. Source: mean sojourn times
    of a semi-Markov process, Bartholomew, Forbes and McClean (1991).
    """
    onward = np.exp(-hazard * term_months) * renewed
    term = -np.expm1(-hazard * term_months) / hazard
    months = np.array([term, onward * term, onward**FIXED_TERMS / hazard])
    return np.asarray(months / months.sum())


def term_end_shares(offered: Array | float, accepted: Array | float) -> Array:
    """What becomes of terms that end: renewed, ended by us, ended by the employee, (3, ...).

    ``offered``: share to whom we offer the same terms or better; ``accepted``: share of those who
    take it. The three add to 1.
    """
    ours, theirs = np.broadcast_arrays(np.asarray(offered, float), np.asarray(accepted, float))
    return np.stack([ours * theirs, 1.0 - ours, ours * (1.0 - theirs)])


def non_renewal_severance(
    pay_m: Array | float,
    years: Array | float,
    local_wage: Array | float,
    fixed_terms_done: Array | int,
) -> Array:
    """Severance when we let a fixed term end, money a person: N months' pay, 2N where it may not end.

    Owed unless the employee refused the same terms or better; no month in lieu. Where the next
    contract had to be open-ended and the employee wanted it, ending it is unlawful and costs twice.
    Source: Labour Contract Law of the PRC (2012), articles 44 (1), 46 (5), 47, 48 and 87.
    """
    lawful = severance(pay_m, years, local_wage, notice_pay=False)
    return lawful * np.where(must_be_open_ended(fixed_terms_done, years), 2.0, 1.0)


def term_end_cost(
    pay_m: Array | float,
    years: Array | float,
    local_wage: Array | float,
    fixed_terms_done: Array | int,
    offered: Array | float,
) -> Array:
    """Expected severance of a term that ends, money a person: share not offered x severance."""
    owed = non_renewal_severance(pay_m, years, local_wage, fixed_terms_done)
    return (1.0 - np.asarray(offered, dtype=float)) * owed
