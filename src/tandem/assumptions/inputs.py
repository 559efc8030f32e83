"""From drawn assumptions to the model's inputs: paths become arrays along their axes.

Answers: ``model_inputs`` for a chunk of draws, with the central run beside it. Leaves out what
a moment's arrays are (``arrays``), drawing (``drawing``) and the model itself. Study and above may import it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from tandem.assumptions.arrays import parameters, plain_value, structure_of
from tandem.assumptions.drawing import Drawn, central
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.submissions import Announced, announced
from tandem.model.types import Array, Inputs, Month, Structure
from tandem.randomness import key, uniform
from tandem.units import HORIZON

SHOCK = 2  # stream of the monthly demand shocks


def model_inputs(
    drawn: Drawn,
    seed: int,
    numbers: NDArray[np.int64] | None = None,
    *,
    growth: bool = True,
    whole_people: bool = True,
    unlimited_people: bool = False,
) -> Inputs:
    """Inputs of the drawn assumptions; ``numbers`` (draw,) address the uniforms of events.

    By default the absolute numbers of the draws; sensitivity designs give rows made from one base
    row the same number.
    """
    if numbers is None:
        numbers = np.arange(drawn.first, drawn.first + drawn.count)
    middle = _inputs(
        central(drawn.assumptions), seed, np.zeros(1, dtype=np.int64), None, growth=growth
    )
    return _inputs(
        drawn,
        seed,
        numbers,
        middle,
        growth=growth,
        whole_people=whole_people,
        unlimited_people=unlimited_people,
    )


def _inputs(
    drawn: Drawn, seed: int, numbers: NDArray[np.int64], middle: Inputs | None, **flags: bool
) -> Inputs:
    company = drawn.assumptions.base
    assert isinstance(company, Company)
    structure = structure_of(company)
    base = Month(
        parameters=parameters(company, structure, lambda path: drawn.base[path]),
        open=structure.existing,
        plan=_plans(structure, lambda path: plain_value(company, path)),
        hire_ahead=company.finance.funding == "ahead",
    )
    shock = uniform(key(seed, "shock"), 0, SHOCK, np.arange(HORIZON), numbers)
    return Inputs(
        structure=structure,
        base=base,
        months=announced(
            _months(drawn, company, structure), _submitted(drawn.assumptions, structure)
        ),
        central=middle,
        shock=np.asarray(ndtri(shock)) if middle is not None else np.zeros_like(shock),
        key=key(seed, "events"),
        draws=numbers,
        **flags,
    )


def _months(drawn: Drawn, company: Company, structure: Structure) -> tuple[Month, ...]:
    """One view a month; months between two patches share theirs."""
    starts = sorted({0, *(patch.month for patch in drawn.assumptions.patches)})
    views = []
    for start in starts:
        values: dict[str, Array] = {}

        def at(path: str, start: int = start, values: dict[str, Array] = values) -> Array:
            if path not in values:
                months = drawn.at(path)
                values[path] = months[min(start, len(months) - 1)]
            return values[path]

        def plain(path: str, start: int = start) -> Any:
            return drawn.choice(path)[start]

        views.append(
            Month(
                parameters=parameters(company, structure, at, plain),
                open=tuple(bool(plain(f"markets.{m}.open")) for m in structure.markets),
                plan=_plans(structure, plain),
                hire_ahead=plain("finance.funding") == "ahead",
            )
        )
    ends = [*starts[1:], HORIZON]
    return tuple(v for v, a, b in zip(views, starts, ends, strict=True) for _ in range(b - a))


def _submitted(assumptions: Assumptions, structure: Structure) -> dict[int, list[Announced]]:
    """What headcount plans ask for at each position, and when HR learns of it."""
    found: dict[int, list[Announced]] = {}
    pairs = list(zip(structure.roles, structure.places, strict=True))
    for layer in assumptions.layers:
        for request in layer.requests:
            position = pairs.index((request.role, request.place))
            found.setdefault(position, []).append(Announced(request.needed, request.submitted))
    return found


def _plans(structure: Structure, plain: Callable[[str], Any]) -> tuple[int, ...]:
    pairs = zip(structure.roles, structure.places, strict=True)
    return tuple(structure.plans.index(plain(f"roles.{r}.places.{p}.plan")) for r, p in pairs)
