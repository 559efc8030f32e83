"""Whether 2026 as observed can come out of the model at all, before anything runs.

Answers: the base year anchored once at the medians; what is impossible there is refused with its place.
A draw in the tails may still be impossible: that scenario then fails by itself and says why. Imported by
the schema's root.
"""

from typing import TYPE_CHECKING

from tandem.assumptions.base import Places
from tandem.assumptions.refusals import Problem

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company


def anchor_problems(company: "Company", places: Places) -> list[Problem]:
    """The first number of 2026 that contradicts the others, if one does."""
    import numpy as np

    from tandem.assumptions.arrays import parameters, structure_of
    from tandem.assumptions.tree import leaves
    from tandem.model.anchor import AnchorError, anchor

    medians = {leaf.path: getattr(leaf.value, "median", None) for leaf in leaves(company)}
    structure = structure_of(company)
    base = parameters(company, structure, lambda path: np.array([medians[path]]))
    try:
        anchor(structure, base, base)
    except AnchorError as error:
        return [places.problem(error.path, error.message, code="base-year")]
    return []
