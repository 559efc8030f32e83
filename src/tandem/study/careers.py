"""Careers: who stands ready for the posts above, what that is worth, and what ends of terms cost.

What it answers: for each position that is fed by another the chance that a successor stands ready at
the next vacancy, months empty and money; heads by grade as a Markov chain makes them of the
simulation's own rates; heads by kind of contract, and money owed when a term runs out.

What it leaves out: who is chosen; what the simulation itself records (`tandem.results`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.model import (
    advancement,
    contracts,
    ending,
    paying,
    people,
    statute,
    succession,
    workforce,
)
from tandem.model.parameters import Parameters
from tandem.model.simulate import norms
from tandem.model.types import LINES, Inputs

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Post", "TermEnds", "disputes", "grades", "posts", "term_ends"]

Paths = NDArray[np.float64]
HANDOVER = 1.0  # months: who is promoted starts in the month after
MOST_CANDIDATES = 12  # that the closed form takes
#: What sales cost before people: what is left of them is taken to be what people bring in.
BEFORE_PEOPLE = ("cogs", "fees", "trade_spend", "media", "service")


@dataclass(frozen=True, slots=True)
class Post:
    """A position fed by another at the end of a year: heads, successors and what they are worth.

    ``ready``: probability that one stands ready at the next vacancy. ``months`` empty a vacancy.
    ``vacancy``: cost of one with these successors, CNY; ``without`` them; ``value`` CNY a year that
    having them saves.
    """

    role: str
    place: str
    feeder: str
    heads: float
    prepared: int
    ready: float
    months: float
    vacancy: float
    without: float
    value: float


@dataclass(frozen=True, slots=True)
class TermEnds:
    """Contracts of a role's largest position in 2026: shares of heads, and money a person, CNY.

    ``shares`` in the first term, the second, an open contract. ``expected`` severance of a first
    term that ends; ``not_renewed`` of one that is not renewed; ``redundant`` at the same service.
    ``part`` of the turnover of 2026 that went at the end of a term.
    """

    role: str
    shares: tuple[float, float, float]
    part: float
    expected: float
    not_renewed: float
    redundant: float


def posts(study: "Study", year: int) -> list[Post]:
    """Every fed position that has heads at the end of ``year``, in the study's order.

    At central assumptions of that month, with the median heads of the simulation. Of the feeder's
    settled people the prepared ones are candidates, none of them ready yet; the first of the
    position's heads to leave makes the vacancy. What a post brings in a month is taken in
    proportion to its pay: 2026's sales less ``BEFORE_PEOPLE`` over the cost of people.
    """
    month = units.year_slice(year).stop - 1
    given = model_inputs(central(study.assumptions), 0)
    p, base, structure = given.months[month].parameters, given.base.parameters, given.structure
    heads = np.median(_of_position(study, "heads")[month], axis=-1)
    settled = _settled(given, heads)
    leaving = base.people.turnover[:, 0] / units.MONTHS_PER_YEAR
    ready_in = advancement.readiness(p.workforce, base.workforce)[:, 0]
    fill = norms(given).fill[:, 0]
    searched = paying.cost_a_hire(
        p, (p.people.sources * people.candidates(p, p.hiring.acceptance)).sum(axis=0), 0.0
    )[:, 0]
    pay = p.people.pay[:, 0]
    output = pay * _worth_of_pay(study)
    found = []
    for k, below in advancement.fed(structure):
        if heads[k] < 1.0:
            continue
        prepared = int(np.floor(p.workforce.successors[0] * settled[below]))
        count = min(prepared, MOST_CANDIDATES)
        vacancies = float(heads[k] * leaving[k])
        ready = succession.ready_when_vacant(
            np.full(count, ready_in[below]), np.full(count, leaving[below]), vacancies
        )
        terms = (HANDOVER, fill[k], output[k], pay[k], searched[k])
        saved = succession.successors_value(vacancies, ready, *terms)
        found.append(
            Post(
                role=structure.roles[k],
                place=structure.places[k],
                feeder=structure.roles[below],
                heads=float(heads[k]),
                prepared=prepared,
                ready=ready,
                months=float(succession.vacancy_months(ready, HANDOVER, fill[k])),
                vacancy=float(succession.vacancy_cost(ready, *terms)),
                without=float(succession.vacancy_cost(0.0, *terms)),
                value=float(saved) * units.MONTHS_PER_YEAR,
            )
        )
    return found


def grades(study: "Study") -> tuple[list[str], Paths, Paths]:
    """Roles of the ladders; their heads month by month as a Markov chain has them, and simulated.

    Both (month, role), means over draws. Moves are the simulation's own a month: leaving and promotion
    over heads, the mean of all months; hires are those of each month. So what differs is what
    changes over the plan, and what new markets add to a role's leaving in their first year.
    """
    results = study.results
    roles = [str(role) for role in results["role"].values]
    structure = model_inputs(central(study.assumptions), 0).structure
    pairs = [(roles[below], roles[k]) for k, below in advancement.fed(structure)]
    ladder = list(dict.fromkeys(name for pair in pairs for name in pair))

    def of(variable: str, role: str) -> Paths:
        own = [k for k, name in enumerate(roles) if name == role]
        return np.asarray(_of_position(study, variable)[:, own].sum(axis=1).mean(axis=-1))

    simulated = np.stack([of("heads", role) for role in ladder], axis=1)
    total = simulated.sum(axis=0)
    moves = np.zeros((len(ladder), len(ladder)))
    for row, role in enumerate(ladder):
        gone = sum(of(v, role).sum() for v in ("leavers", "redundancies", "promoted_out"))
        moves[row, row] = 1.0 - gone / total[row]
    for below, above in dict.fromkeys(pairs):
        row, column = ladder.index(below), ladder.index(above)
        moves[row, column] = of("promoted_in", above).sum() / total[row]
    hires = np.stack([of("hires", role) for role in ladder], axis=1)
    return ladder, succession.grade_path(moves, simulated[0], hires[1:], ladder), simulated


def term_ends(study: "Study") -> list[TermEnds]:
    """Contracts of every role that 2026 had, at its central assumptions."""
    given = model_inputs(central(study.assumptions), 0)
    base, structure = given.base.parameters, given.structure
    heads = base.people.heads[:, 0]
    w = base.workforce
    offered, accepted = float(w.terms_offered[0]), float(w.terms_accepted[0])
    term = float(w.term_months[0])
    at_end = ending.leavers_2026(base, _by_band(base) * base.people.heads)[:, 0]
    found = []
    for role in dict.fromkeys(structure.roles):
        own = [k for k, name in enumerate(structure.roles) if name == role and heads[k] > 0]
        if not own:
            continue
        k = max(own, key=lambda position: float(heads[position]))
        turnover = float(base.people.turnover[k, 0])
        shares = contracts.contract_shares(
            term, offered * accepted, turnover / units.MONTHS_PER_YEAR
        )
        pay, wage = base.people.pay[k, 0], base.finance.local_wage[structure.city[k], 0]
        years = term / units.MONTHS_PER_YEAR
        found.append(
            TermEnds(
                role=role,
                shares=(float(shares[0]), float(shares[1]), float(shares[2])),
                part=float(at_end[k] * units.MONTHS_PER_YEAR / (heads[k] * turnover)),
                expected=float(contracts.term_end_cost(pay, years, wage, 1, offered)),
                not_renewed=float(contracts.non_renewal_severance(pay, years, wage, 1)),
                redundant=float(statute.severance(pay, years, wage)),
            )
        )
    return found


def disputes(study: "Study", year: int) -> float:
    """Arbitrations to be expected from the leavers of a year, the mean over draws.

    At 2026's central shares: one of those who go by themselves or fail probation, one of those made
    redundant or not offered another term.
    """
    w = model_inputs(central(study.assumptions), 0).base.parameters.workforce
    months = units.year_slice(year)

    def of(variable: str) -> float:
        return float(_of_position(study, variable)[months].sum(axis=(0, 1)).mean())

    withheld = of("not_renewed")
    dismissed = withheld + of("redundancies")
    by_themselves = of("leavers") - withheld
    return float(by_themselves * w.dispute_share[0] + dismissed * w.dismissed_disputes[0])


def _of_position(study: "Study", variable: str) -> Paths:
    array = study.results[variable].transpose("month", "position", "draw")
    return np.asarray(array.values, dtype=np.float64)


def _by_band(base: Parameters) -> Paths:
    """Shares of heads by tenure band where people leave with 2026's hazard alone, (b, p, d)."""
    hazard = base.people.turnover / units.MONTHS_PER_YEAR
    edges = np.cumsum(np.array((0.0, *workforce.BAND_MONTHS)))[:, None, None]
    reached = np.exp(-hazard * edges)
    return reached - np.concatenate([reached[1:], np.zeros_like(reached[:1])])


def _settled(given: Inputs, heads: Paths) -> Paths:
    """Of so many heads by position (p,), those past probation in a steady state."""
    first = _by_band(given.base.parameters)[: advancement.SETTLED, :, 0].sum(axis=0)
    return np.asarray(heads * (1.0 - first))


def _worth_of_pay(study: "Study") -> float:
    """Sales of 2026 before people over what people cost, the median future."""
    ledger = study.results["ledger_2026"].transpose("line", "calendar", "draw").values.sum(axis=1)
    lines = dict(zip(LINES, np.asarray(ledger, dtype=np.float64), strict=True))
    left = lines["revenue"] - sum(lines[name] for name in BEFORE_PEOPLE)
    return float(np.median(left / (lines["pay"] + lines["social"])))
