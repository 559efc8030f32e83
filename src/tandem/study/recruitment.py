"""Recruitment under review: fill rate, time to fill and probation since the plan began (F1).

What it answers: by position, requisitions that were due and are filled, and the days that took,
beside what the scenario forecast; by role, who stays after probation, why the others fail, and what
the rule says of it.

What it leaves out: the rule itself (`tandem.study.probation`), all other measures
(`tandem.study.review`).

Who may import it: `tandem.study.review`, charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.model.types import Inputs
from tandem.study.actuals import REASONS, Actuals, failed_for
from tandem.study.filling import days_to_fill, due_months, fill_rate, filled_days
from tandem.study.probation import Feedback, Retention, feedback, retention
from tandem.study.readings import Reading, chance, paths_of, reading

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Hiring", "Probation", "hiring", "probation"]

Floats = NDArray[np.float64]

#: Months before the plan whose requisitions may still have been open when it began.
KNOWN = 6


@dataclass(frozen=True, slots=True)
class Hiring:
    """Hiring at one position since the plan began: people opened, due and filled; rate and days."""

    position: str
    opened: int
    due: int
    filled: int
    rate: Reading
    days: Reading


@dataclass(frozen=True, slots=True)
class Probation:
    """Probation of one role since the plan began; `planned` is what is assumed, 0..1."""

    role: str
    found: Retention
    planned: Reading
    reasons: dict[str, int]
    says: Feedback


def hiring(study: "Study", held: Actuals, last: int, inputs: Inputs) -> list[Hiring]:
    """Fill rate and time to fill by position, where anybody was asked for since the plan began.

    `study` is the scenario under review, `last` the model month, `inputs` those of the scenario.
    """
    stretch = study.results["recruiting_stretch"].transpose("month", "draw").values[:last]
    recorded = study.results["days_to_fill"].transpose("month", "position", "draw").values[:last]
    before = np.ones((KNOWN + 1, study.draws))  # recruiters had their usual load then
    mean, spread = (
        np.concatenate([early, late])
        for early, late in zip(
            days_to_fill(inputs, before, first=-KNOWN),
            days_to_fill(
                inputs,
                np.asarray(stretch, dtype=np.float64),
                recorded=np.asarray(recorded, dtype=np.float64),
            ),
            strict=True,
        )
    )
    rows = []
    for k, position in enumerate(inputs.structure.positions):
        known = held.counts("requisitions_opened", position, list(range(-KNOWN, 1)))
        asked = paths_of(study, "requisitions_opened", position)[1 : last + 1]
        every = np.concatenate([np.repeat(known[:, None], study.draws, axis=1), asked])
        hired = paths_of(study, "requisitions_filled", position)[: last + 1].sum(axis=0)
        days = filled_days(every, mean[:, k], spread[:, k], KNOWN)
        expected = float(np.median(mean[:, k]))
        row = _filled(held, last, position, every, expected, hired, days)
        rows += [] if row is None else [row]
    return rows


def _filled(
    held: Actuals,
    last: int,
    position: str,
    every: Floats,
    expected: float,
    hired: Floats,
    days: tuple[Floats, Floats],
) -> Hiring | None:
    """One position's row; None where nobody was asked for and nobody came.

    ``every`` (t, draw) are requisitions by month of opening from `KNOWN` months before the plan;
    ``expected`` days after opening they are due. The mean of so few people scatters by chance.
    """
    months = list(range(last + 1))
    opened = held.counts("requisitions_opened", position, months).sum()
    filled = held.counts("requisitions_filled", position, months)
    total = float(filled.sum())
    if opened + total == 0:
        return None
    due = due_months(expected, 0, last)
    due_now = held.counts("requisitions_opened", position, list(due)).sum()
    rates = fill_rate(hired, every[due + KNOWN].sum(axis=0))
    taken = np.nan_to_num(held.values("days_to_fill", position, months)) * filled
    middle, spread = days
    means = middle + chance("days", position, hired.size) * spread / np.sqrt(max(total, 1.0))
    return Hiring(
        position,
        int(opened),
        int(due_now),
        int(total),
        reading(float(fill_rate(total, due_now)), rates[np.isfinite(rates)]),
        reading(taken.sum() / total if total else np.nan, means[np.isfinite(means)]),
    )


def probation(held: Actuals, last: int, inputs: Inputs) -> list[Probation]:
    """Retention of probation by role since the plan began, the most people on probation first."""
    planned = np.ravel(inputs.months[last].parameters.workforce.probation_pass)
    roles: dict[str, list[str]] = {}
    for position in held.scopes("on_probation"):
        roles.setdefault(position.partition("@")[0], []).append(position)
    rows = []
    for role, positions in roles.items():
        exposure = _total(held, "on_probation", positions, last)
        reasons = {r: _total(held, failed_for(r), positions, last) for r in REASONS}
        if exposure > 0:
            kept = retention(sum(reasons.values()), exposure)
            plan = reading(kept.estimate, planned)
            rows.append(Probation(role, kept, plan, reasons, feedback(kept, reasons, plan.median)))
    return sorted(rows, key=lambda row: -row.found.exposure)


def _total(held: Actuals, measure: str, positions: list[str], last: int) -> int:
    """A count over positions since the plan began."""
    months = list(range(last + 1))
    return int(sum(held.counts(measure, position, months).sum() for position in positions))
