"""One scenario simulated: assumptions in, labelled paths and measures out.

Answers: ``simulate_study``, in chunks of draws, with the twin of unlimited people beside it. Leaves
out where the result is kept (``tandem.results.store``). Study, batch and above may import it.
"""

from typing import TYPE_CHECKING

import numpy as np

from tandem.assumptions.drawing import Drawn, draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import COMPANY, Company
from tandem.model.simulate import simulate
from tandem.model.types import Array, Trajectory
from tandem.results.dataset import to_paths
from tandem.results.measures import MEASURES, Run, compute

if TYPE_CHECKING:
    import xarray

#: Draws simulated at a time: small enough for the processor's cache, and constant in memory.
CHUNK = 512

Labels = dict[str, dict[str, tuple[str, str]]]


def simulate_study(
    assumptions: Assumptions, draws: int, seed: int
) -> tuple["xarray.Dataset", "xarray.Dataset"]:
    """Paths and measures of one scenario over ``draws`` simulated futures.

    The result does not depend on the chunks: parameters are columns of one Latin hypercube, events
    hash the absolute number of their draw.
    """
    import xarray as xr

    paths, measures = [], []
    labels = labels_of(assumptions)
    for first, count in chunks(draws):
        part = draw(assumptions, draws, seed, first, count)
        actual, values = simulate_part(part, seed)
        paths.append(to_paths(actual, labels, first))
        measures.append(values)
    together = {name: np.concatenate([m[name] for m in measures]) for name in MEASURES}
    numbers = {"draw": np.arange(draws)}
    table = xr.Dataset(
        {
            name: ("draw", values, {"units": MEASURES[name].unit})
            for name, values in together.items()
        },
        coords=numbers,
    )
    whole = (
        paths[0]
        if len(paths) == 1
        else xr.concat(paths, dim="draw", data_vars="minimal", coords="minimal")
    )
    return whole, table


def chunks(draws: int) -> list[tuple[int, int]]:
    """First draw and number of draws of each chunk, as even as can be.

    Never one draw alone where there are more: numpy adds up in another order along an axis of one,
    and the last bits would differ.
    """
    parts = -(-draws // CHUNK)
    sizes = [draws // parts + (k < draws % parts) for k in range(parts)]
    return [(sum(sizes[:k]), size) for k, size in enumerate(sizes)]


def simulate_part(
    part: Drawn, seed: int, numbers: np.ndarray | None = None
) -> tuple[Trajectory, dict[str, Array]]:
    """Trajectory and measures of a chunk; ``numbers`` as in ``model_inputs``."""
    actual = simulate(model_inputs(part, seed, numbers))
    unlimited = simulate(model_inputs(part, seed, numbers, unlimited_people=True))
    return actual, compute(run_of(part, actual, unlimited))


def run_of(part: Drawn, actual: Trajectory, unlimited: Trajectory) -> Run:
    """What measures are computed from."""
    last = {name: part.at(name)[-1] for name in ("finance.discount", "finance.credit_limit")}
    return Run(
        actual=actual,
        unlimited=unlimited,
        discount=last["finance.discount"],
        credit_limit=last["finance.credit_limit"],
        sales_growth=part.at("targets.sales_growth")[-1],
        new_customers_growth=part.at("targets.new_customers_growth")[-1],
    )


def labels_of(assumptions: Assumptions) -> Labels:
    """What readers call markets, roles, places and touchpoints, English and Chinese."""
    company = assumptions.base
    assert isinstance(company, Company)

    def words(group: dict[str, object]) -> dict[str, tuple[str, str]]:
        return {k: (v.label.en, v.label.zh) for k, v in group.items()}  # type: ignore[attr-defined]  # every group has labels

    markets = words(dict(company.markets))
    return {
        "market": markets,
        "role": words(dict(company.roles)),
        "place": {**markets, COMPANY: ("Company-wide", "公司层面")},
        "source": {"organic": ("Without media", "自然流量"), **words(dict(company.touchpoints))},
    }
