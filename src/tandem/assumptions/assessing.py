"""What the assessments in use come to together: validity, money and days (C2).

Answers: from a file for each assessment to the three numbers of hiring that the model reads. Leaves
out the laws (``tandem.model.selection``) and who is hired. Imported by ``inputs``; study may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tandem.model.selection import (
    combination_weights,
    combined_validity,
    equal_intercorrelations,
)
from tandem.model.types import Array

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessments in use, each array (d,); ``weights`` by name, of the score that combines them.

    ``validity`` is that of the combination, times how much of what the job needs the profile
    captures; ``cost`` CNY a candidate; ``days`` those that they add to the test.
    """

    validity: Array
    cost: Array
    days: Array
    weights: dict[str, Array]


def assessed(
    company: Company,
    at: Callable[[str], Array],
    choice: Callable[[str], Any],
    added: str | None = None,
) -> Assessed:
    """Assessments in use at one moment; ``at(path)`` gives (d,), ``choice(path)`` a plain value.

    ``added`` names one that is used besides. Raises ValueError where assessments of these validities cannot correlate like that.
    """
    names = tuple(company.assessments)
    every = {
        field: np.stack([at(f"assessments.{name}.{field}") for name in names])
        for field in ("validity", "cost", "days")
    }
    used = [
        k for k, name in enumerate(names) if name == added or choice(f"assessments.{name}.used")
    ]
    validity, cost, days = (every[field][used] for field in ("validity", "cost", "days"))
    together = equal_intercorrelations(at("hiring.assessment_intercorrelation"), len(used))
    weights = combination_weights(validity, together)
    return Assessed(
        validity=combined_validity(validity, together) * at("hiring.profile_relevance"),
        cost=cost.sum(axis=0),
        days=days.sum(axis=0),
        weights={names[k]: weights[place] for place, k in enumerate(used)},
    )
