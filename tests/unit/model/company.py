"""A company of one page for the model's own tests, and the repository's base year to alter."""

from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from tests.fixtures.simulations import inputs

from tandem.model.parameters import Parameters
from tandem.model.types import WORKS, Inputs, Structure

POSITIONS = ("rep@core", "rep@lower", "agent@company")
COMPANY = -1


def structure(**changes: Any) -> Structure:
    """Two markets, the second a new one that borrows the norms of the first; three positions."""
    return replace(
        Structure(
            markets=("core", "lower"),
            touchpoints=("search",),
            competitors=("rival",),
            positions=POSITIONS,
            roles=("rep", "rep", "agent"),
            places=("core", "lower", "company"),
            channels=("campus", "social"),
            plans=("base", "commission"),
            existing=(True, False),
            outlet_market=(True, True),
            home=(0, 0),
            place=(0, 1, COMPANY),
            home_position=(0, 0, 2),
            driver=(WORKS.index("contacts"), WORKS.index("contacts"), WORKS.index("service")),
            campus=(True, False),
            city=(0, 0, 0),
            cities=("tier_one",),
            feeder=(-1, -1, -1),
        ),
        **changes,
    )


def working(**kinds: tuple[float, ...]) -> Any:
    """Parameters of which only the work of the three positions is there, one draw."""
    work = np.zeros((len(WORKS), len(POSITIONS), 1))
    for kind, weights in kinds.items():
        work[WORKS.index(kind), :, 0] = weights
    return SimpleNamespace(people=SimpleNamespace(work=work))


@cache
def base_inputs() -> Inputs:
    """The repository's study, doing nothing, in two futures."""
    return inputs("do-nothing", 2)


def altered(params: Parameters, group: str, **changes: Any) -> Parameters:
    """Parameters with fields of one group changed; a change is an array or a function of the old."""
    old = getattr(params, group)
    new = {
        name: change(np.array(getattr(old, name))) if callable(change) else change
        for name, change in changes.items()
    }
    return replace(params, **{group: replace(old, **new)})


def everywhere(given: Inputs, group: str, **changes: Any) -> Inputs:
    """Inputs with those changes in 2026, in every month and in the central run."""
    return replace(
        given,
        base=replace(given.base, parameters=altered(given.base.parameters, group, **changes)),
        months=tuple(
            replace(month, parameters=altered(month.parameters, group, **changes))
            for month in given.months
        ),
        central=None if given.central is None else everywhere(given.central, group, **changes),
    )
