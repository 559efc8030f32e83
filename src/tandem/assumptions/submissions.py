"""When HR learns of added heads: from the month in which a plan is handed in, or by general notice.

Answers: the months ahead that HR sees at each position, `PeopleParameters.notice`, where some needs
become known in a month of their own. Leaves out: what HR then does (`tandem.model.staffing`).
Imported by `inputs` and by the study of hiring dates.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tandem.model.types import Month
from tandem.units import HORIZON

__all__ = ["Announced", "announced"]


@dataclass(frozen=True, slots=True)
class Announced:
    """A need of model month `needed` that HR learns of in month `told`; None: by general notice."""

    needed: int
    told: int | None


def announced(
    months: Sequence[Month], needs: Mapping[int, Sequence[Announced]]
) -> tuple[Month, ...]:
    """The months with the notice of those positions that `needs` lists by their number.

    Until a need is told, HR sees what holds up to the month before it; afterwards all. Of several
    needs the one that HR sees least of decides. Other positions keep their notice.
    """
    if not any(need.told is not None for rows in needs.values() for need in rows):
        return tuple(months)
    return tuple(_month(month, t, needs) for t, month in enumerate(months))


def _month(month: Month, t: int, needs: Mapping[int, Sequence[Announced]]) -> Month:
    people = month.parameters.people
    notice = np.array(people.notice, dtype=float)
    for position, rows in needs.items():
        seen = np.full_like(notice[position], float(HORIZON))
        for need in rows:
            if need.told is None:
                seen = np.minimum(seen, notice[position])
            elif t < need.told:
                seen = np.minimum(seen, float(max(need.needed - 1 - t, 0)))
        notice[position] = seen
    changed = replace(month.parameters, people=replace(people, notice=notice))
    return replace(month, parameters=changed)
