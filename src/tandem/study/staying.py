"""Staying: which share of a month's hires the plan expects to be here still, month by month.

What it answers: survival of tenure by role at central assumptions, as the model's leaving and
probation make it in 2026.

What it leaves out: what records say (`tandem.calibration.survival`); pay, mood and season, which move
leaving from 2026 on.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.resolved import Assumptions
from tandem.model import workforce
from tandem.model.anchor import anchor

__all__ = ["expected_survival"]


def expected_survival(assumptions: Assumptions, role: str, months: int) -> NDArray[np.float64]:
    """Share still here after 0, 1, .. ``months`` months of tenure, (months + 1,), by role.

    Of the role's largest position in 2026; of a role that nobody held then, that of the role it is
    taken after. A hire spends exactly its band's width in each tenure band. Raises ValueError for a role
    that the company does not know.
    """
    inputs = model_inputs(central(assumptions), 0)
    base, structure = inputs.base.parameters, inputs.structure
    heads = base.people.heads[:, 0]
    own = [k for k, name in enumerate(structure.roles) if name == role]
    if not own:
        raise ValueError(
            f"no role {role!r}; there are: {', '.join(dict.fromkeys(structure.roles))}"
        )
    position = max(own, key=lambda k: float(heads[k]))
    hazard = anchor(structure, base, base).hazard[position, 0]
    w = base.workforce
    none = np.zeros(1)
    failing = workforce.probation_failure(w.probation_pass, none, none)[0]
    ends = np.cumsum(workforce.BAND_MONTHS)
    share = [1.0]
    for month in range(months):
        band = int(np.searchsorted(ends, month, side="right"))
        stays = np.exp(-hazard * w.band_hazard[band, 0])
        if band == 0:
            stays *= 1.0 - failing
        share.append(share[-1] * float(stays))
    return np.array(share)
