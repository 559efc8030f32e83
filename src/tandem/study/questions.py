"""Questions: what it would be worth to know more before choosing, and which study to buy.

What it answers: the value of perfect information on everything, on each assumption and on each
subject, in money with standard error; for each study that could be bought, what its answer is worth
net of its cost and of the delay, and until when.

What it leaves out: which assumption moves the outcome (`tandem.study.deciding`), words and figures.
One chooser's rule: the highest expected net present value among the scenarios compared.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.enquiries import Enquiry, read_enquiries
from tandem.study.contest import Contest, Input
from tandem.study.deciding import subject_of
from tandem.study.hiring_dates import Delay, delays
from tandem.uncertainty.information import Worth, gain, regressed, resolved_share
from tandem.uncertainty.surface import normal_scores

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "Question", "Waiting", "everything", "offers", "questions", "subject_worths", "waiting", "waits",
    "worths",
]  # fmt: skip

Floats = NDArray[np.float64]

WAITED = 100  # futures, at most, in which waiting is costed


@dataclass(frozen=True, slots=True)
class Waiting:
    """What deciding later costs: months (row,) from 0 on, and money (row,), never falling."""

    months: Floats
    costs: Floats

    def cost(self, months: float) -> float:
        """Money lost by so many months, at most that of the last month looked at."""
        return float(np.interp(months, self.months, self.costs))

    @property
    def horizon(self) -> float:
        """The longest wait that was looked at, months; beyond it the need itself is past."""
        return float(self.months[-1])


@dataclass(frozen=True, slots=True)
class Question:
    """A study that could be bought; worth with its error, price, delay and net in money.

    until: the last day on which its answer would still be worth its price and the wait, None where
    it is not worth its price even today.
    """

    name: str
    enquiry: Enquiry
    worth: Worth
    price: float
    delay: float
    until: datetime.date | None

    @property
    def net(self) -> float:
        """What is left of its worth after price and delay."""
        return self.worth.value - self.price - self.delay


def everything(found: Contest) -> float:
    """Expected value of perfect information, luck included: no study is worth more. Money."""
    return gain(found.payoffs)


def worths(found: Contest, most: int = 24) -> list[tuple[Input, Worth]]:
    """Expected value of knowing each assumption exactly (EVPPI), the most valuable first. Money.

    Of the `most` assumptions most correlated with how far the scenarios are apart.
    """
    rows = [
        (item, _worth(found, dict.fromkeys(item.paths, 1.0))) for item in _by_link(found)[:most]
    ]
    return sorted(rows, key=lambda row: -row[1].value)


def subject_worths(found: Contest, most: int = 8) -> list[tuple[str, Worth]]:
    """The same by subject, whose `most` inputs most correlated with the payoffs are learnt together.

    More would leave too few draws a coefficient.
    """
    groups: dict[str, list[Input]] = {}
    for item in _by_link(found):
        groups.setdefault(subject_of(item), []).append(item)
    rows = [
        (name, _worth(found, {path: 1.0 for item in items[:most] for path in item.paths}))
        for name, items in groups.items()
    ]
    return sorted(rows, key=lambda row: -row[1].value)


def offers(study: Study) -> dict[str, Enquiry]:
    """Studies that could be bought, by name; raises Refusal with what is wrong with the file."""
    return read_enquiries(study.project, study.assumptions.estimates)


def waiting(study: Study) -> Waiting:
    """What it costs the chosen scenario to decide later: its growth opens so much later.

    Nothing where nothing grows. The mean loss of net present value by months late, in at most
    WAITED futures.
    """
    return waits(delays(study, draws=min(study.draws, WAITED)))


def waits(rows: Sequence[Delay]) -> Waiting:
    """Waiting from the delays of openings: a later one is taken to cost no less."""
    if not rows:
        return Waiting(np.array([0.0, float(units.HORIZON)]), np.zeros(2))
    months = np.array([float(row.opens - rows[0].opens) for row in rows])
    lost = np.maximum.accumulate(np.maximum([-row.npv.mean for row in rows], 0.0))
    return Waiting(months, lost)


def questions(
    found: Contest, asked: Mapping[str, Enquiry], wait: Waiting, today: datetime.date
) -> list[Question]:
    """Each study with its worth net of price and delay, the best first; dates count from `today`.

    A study that informs only what is certain in these scenarios is worth nothing.
    """
    rows = []
    for name, enquiry in asked.items():
        share = resolved_share(enquiry.observations.median, enquiry.noise.median)
        worth = _worth(found, dict.fromkeys(enquiry.informs, share))
        price = enquiry.cost.median
        months = enquiry.takes.median / units.WEEKS_PER_MONTH
        until = _until(worth.value - price, wait, today)
        rows.append(Question(name, enquiry, worth, price, wait.cost(months), until))
    return sorted(rows, key=lambda row: -row.net)


def _until(left: float, wait: Waiting, today: datetime.date) -> datetime.date | None:
    """The last day by which waiting has cost no more than what is left of an answer's worth."""
    if left <= 0.0:
        return None
    days = np.arange(int(wait.horizon * units.DAYS_PER_MONTH) + 1)
    costs = np.interp(days / units.DAYS_PER_MONTH, wait.months, wait.costs)
    return today + datetime.timedelta(days=int(days[costs <= left][-1]))


def _worth(found: Contest, shares: Mapping[str, float]) -> Worth:
    """Value of resolving these shares of paths; those that are certain say nothing."""
    known = {path: share for path, share in shares.items() if path in found.columns}
    scores = np.array([normal_scores(found.columns[path]) for path in known])
    return regressed(found.payoffs, scores, np.array(list(known.values())))


def _by_link(found: Contest) -> list[Input]:
    """Inputs, the most correlated with a difference between the scenarios first."""
    return sorted(found.inputs, key=lambda item: -_linked(found, item))


def _linked(found: Contest, item: Input) -> float:
    """Largest correlation of an input with a rival's difference, 0..1."""
    if len(found.studies) < 2:
        return 0.0
    away = found.payoffs[0] - found.payoffs[1:]
    away = away - away.mean(axis=1, keepdims=True)
    score = normal_scores(found.columns[item.paths[0]])
    size = np.sqrt((away**2).sum(axis=1) * float(score @ score))
    return float(
        np.max(np.abs(np.divide(away @ score, size, out=np.zeros(len(size)), where=size > 0)))
    )
