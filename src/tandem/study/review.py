"""Review: what happened beside what the plan forecast, on the day of a monthly review (F1).

What it answers: for every measure of the study's records the last month and the quarter so far,
beside the range of the reviewed scenario's simulated futures; hiring, time to fill and probation by
role; and what the feedback rule says.

What it leaves out: reading the records (`tandem.study.actuals`), the rule itself
(`tandem.study.probation`), figures and words (`tandem.charts.review`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.arrays import structure_of
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.schema import Company
from tandem.model import people
from tandem.model.types import Inputs
from tandem.study import recruitment
from tandem.study.actuals import COMPANY, KINDS, Actuals, read_actuals
from tandem.study.readings import Reading, chance, paths_of, reading
from tandem.study.recruitment import Hiring, Probation

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["BETTER", "Review", "Row", "Verdict", "records", "review"]

Floats = NDArray[np.float64]
Better = Literal["higher", "lower", "neither"]
Verdict = Literal["good", "bad", "as planned", "neutral", "unknown"]

#: Which way is better; what is not named here is neither: more than planned is no merit.
BETTER: dict[str, Better] = {
    **dict.fromkeys(("sales", "new_customers", "leads", "awareness", "heads"), "higher"),
    "quality_of_hires": "higher",
    **dict.fromkeys(("training_cover", "satisfaction", "engagement", "cash"), "higher"),
    "leavers": "lower",
}
#: Measures of the scorecard, in its order; what is left comes from `tandem.study.recruitment`.
ROWS = (
    *("sales", "new_customers", "leads", "awareness", "heads", "hires", "leavers"),
    *("requisitions_opened", "training_cover", "satisfaction", "engagement", "cash"),
)
_ADDED_UP = ("heads", "hires", "leavers", "requisitions_opened")


@dataclass(frozen=True, slots=True)
class Row:
    """A measure of one scope: the last month, and the quarter so far.

    A flow's quarter is its sum, a level's is its last month.
    """

    measure: str
    scope: str
    month: Reading
    quarter: Reading

    @property
    def better(self) -> Better:
        """Which way is better."""
        return BETTER.get(self.measure, "neither")

    @property
    def verdict(self) -> Verdict:
        """What the quarter's standing means: neutral where off the range is no merit and no fault."""
        where = self.quarter.standing
        if where == "unknown":
            return "unknown"
        if where == "within":
            return "as planned"
        if self.better == "neither":
            return "neutral"
        return "good" if (where == "above") == (self.better == "higher") else "bad"


@dataclass(frozen=True)
class Review:
    """A review of `study`, the scenario that was chosen, on `date` (ISO): up to model month `last`."""

    study: "Study"
    date: str
    last: int
    actuals: Actuals
    rows: tuple[Row, ...]
    hiring: tuple[Hiring, ...]
    probation: tuple[Probation, ...]

    @property
    def quarter(self) -> range:
        """Model months of the calendar quarter so far."""
        return range(self.last - int(units.calendar_month(self.last)) % 3, self.last + 1)


def records(study: "Study") -> Actuals:
    """The records that the settings of `study` name, read for the scenario under review.

    Nothing is simulated. Raises Refusal with everything that is wrong with them; ValueError where the
    settings name none.
    """
    entry = study.settings.review
    if entry is None:
        raise ValueError("params/study.yaml has no review: block")
    company = study.of(entry.scenario).assumptions.base
    assert isinstance(company, Company)
    structure = structure_of(company)
    last = units.month_index(entry.date[:7]) - 1
    return read_actuals(study.project, entry.actuals, structure.markets, structure.positions, last)


def review(study: "Study") -> Review | None:
    """The review that the settings of `study` name; None where they name none, or it cannot be.

    The latter is so where the scenario under review failed in this run. Raises Refusal with
    everything that is wrong with the records.
    """
    entry = study.settings.review
    if entry is None or entry.scenario not in study.scenarios:
        return None
    of = study.of(entry.scenario)
    last = units.month_index(entry.date[:7]) - 1
    held = records(study)
    found = Review(of, entry.date, last, held, (), (), ())
    inputs = model_inputs(draw(of.assumptions, of.draws, of.seed), of.seed)
    return replace(
        found,
        rows=tuple(_rows(found, inputs)),
        hiring=tuple(recruitment.hiring(of, held, last, inputs)),
        probation=tuple(recruitment.probation(held, last, inputs)),
    )


def _rows(found: Review, inputs: Inputs) -> list[Row]:
    """Every measure by its scopes, and those of people for the company as well."""
    rows = []
    for measure in ROWS:
        scopes = _in_order(found, measure) + ([COMPANY] if measure in _ADDED_UP else [])
        rows += [_row(found, measure, s) for s in scopes if _concerns(found, measure, s)]
    return rows + _quality(found, inputs)


def _concerns(found: Review, measure: str, scope: str) -> bool:
    """Whether a scope has anything to review: 0 as forecast, where nobody is planned, says nothing."""
    if scope == COMPANY:
        return True
    months = list(range(found.last + 1))
    recorded = np.nan_to_num(found.actuals.values(measure, scope, months))
    return bool(recorded.any() or paths_of(found.study, measure, scope)[months].any())


def _in_order(found: Review, measure: str) -> list[str]:
    """Scopes with records of a measure, in the study's order."""
    there = found.actuals.scopes(measure)
    level = KINDS[measure].level
    known = [COMPANY] if level == "company" else found.study.results[level].values
    return [str(scope) for scope in known if scope in there]


def _row(found: Review, measure: str, scope: str) -> Row:
    paths = paths_of(found.study, measure, scope)
    months = list(found.quarter)
    actual = _actual(found, measure, scope, months)
    if measure == "requisitions_opened":  # what October opens was asked for before the plan
        paths[0] = _actual(found, measure, scope, [0])
    whole = np.sum if KINDS[measure].flow else _last
    return Row(
        measure,
        scope,
        reading(actual[-1], paths[found.last]),
        reading(float(whole(actual, axis=0)), np.asarray(whole(paths[months], axis=0))),
    )


def _actual(found: Review, measure: str, scope: str, months: list[int]) -> Floats:
    """The records of one scope, or of all positions together, (month,)."""
    kind = KINDS[measure]
    if scope != COMPANY or kind.level == "company":
        read = found.actuals.counts if kind.flow and kind.whole else found.actuals.values
        return read(measure, scope, months)
    parts = [found.actuals.counts(measure, s, months) for s in found.actuals.scopes(measure)]
    return np.sum(parts, axis=0)


def _last(values: Floats, axis: int) -> Floats:
    return np.take(values, -1, axis=axis)


def _quality(found: Review, inputs: Inputs) -> list[Row]:
    """Mean quality of hires: what selection is assumed to reach, and chance among so few people.

    One person's score has a standard deviation of 1 by the unit's definition.
    """
    rows = []
    selected = people.hired_quality(inputs.months[found.last].parameters, inputs.base.parameters)
    for scope in _in_order(found, "quality_of_hires"):
        readings = []
        for months in ([found.last], list(found.quarter)):
            number = found.actuals.counts("hires", scope, months)
            scores = np.nan_to_num(found.actuals.values("quality_of_hires", scope, months))
            count = number.sum()
            noise = chance("quality", scope, found.study.draws) / np.sqrt(max(count, 1.0))
            mean = (scores * number).sum() / count if count else np.nan
            readings.append(reading(mean, np.ravel(selected) + noise))
        rows.append(Row("quality_of_hires", scope, readings[0], readings[1]))
    return rows
