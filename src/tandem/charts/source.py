"""Source: what figures read of a study: paths over the months, by the name a reader knows.

What it answers: totals and parts of a variable of the dataset as arrays (month, draw), labelled in
the study's language; the months; a calendar year of them.

What it leaves out: figures, sentences, measures.

Who may import it: the modules of `tandem.charts`.
"""

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.study.openings import plan

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "BASE_YEAR",
    "PLAN_YEAR",
    "by_position",
    "by_role",
    "candidates",
    "choice_in",
    "chance",
    "growth",
    "label",
    "launch",
    "mean_by_role",
    "median_in",
    "months",
    "outlook_label",
    "parts",
    "planned",
    "quarters",
    "reference",
    "short_label",
    "stages",
    "stresses",
    "total",
    "variations",
    "year_sum",
]

Paths = NDArray[np.float64]

#: Names of the measures (`tandem.results`) that pages rest on.
NPV = "npv"
SALES = "sales_2027"
SALES_BASE = "sales_2026"
SALES_MET = "sales_target_met"
CUSTOMERS_MET = "customers_target_met"
BOTH_MET = "both_targets_met"
CASH_KEPT = "cash_kept"
LOST_SALES = "lost_sales_no_people"

#: The observed year, and the first whole year simulated, on which the targets are set.
BASE_YEAR = int(units.FIRST_MONTH[:4])
PLAN_YEAR = BASE_YEAR + 1


def candidates(study: "Study") -> list[str]:
    """Scenarios that are the company's to choose: without an outlook, and varying no other one."""
    entries = {name: study.of(name).entry for name in study.scenarios}
    return [n for n, e in entries.items() if not e.outlooks and e.parent not in entries]


def variations(study: "Study", scenario: str) -> list[str]:
    """Scenarios that vary `scenario` by a choice of the company's own, not by an outlook."""
    entries = {name: study.of(name).entry for name in study.scenarios}
    return [n for n, e in entries.items() if not e.outlooks and e.parent == scenario]


def short_label(text: str, parent: str) -> str:
    """A variation's label without its parent's, where it begins with it."""
    rest = text.removeprefix(parent).strip(" ,;:–—-·，、：")
    return rest[:1].upper() + rest[1:] if rest and rest != text else text


def reference(study: "Study") -> str | None:
    """The scenario that others are compared with (do-nothing), where it is there."""
    name = study.settings.reference
    return name if name in study.scenarios else None


def stresses(study: "Study", scenario: str) -> dict[tuple[str, ...], str]:
    """Scenarios that repeat `scenario` under outlooks, by the names of those outlooks."""
    found = {}
    for name in study.scenarios:
        entry = study.of(name).entry
        if entry.parent == scenario and entry.outlooks:
            found[tuple(entry.outlooks)] = name
    return found


def outlook_label(study: "Study") -> str:
    """What a reader calls the outlooks of a scenario."""
    layers = [layer for layer in study.assumptions.layers if layer.kind == "outlooks"]
    return ", ".join(str(getattr(layer.label, study.language)) for layer in layers)


def months(study: "Study") -> pd.DatetimeIndex:
    """First days of the simulated months."""
    return pd.DatetimeIndex([units.month_label(t) for t in range(study.results.sizes["month"])])


def label(study: "Study", dimension: str, key: str) -> str:
    """What a reader calls `key` of a dimension or coordinate (market, role, place, source, line)."""
    keys = [str(value) for value in study.results[dimension].values]
    names = study.results[f"{dimension}_label_{study.language}"].values
    return str(names[keys.index(key)])


def total(study: "Study", variable: str) -> Paths:
    """A variable summed over everything but month and draw: (month, draw)."""
    array = study.results[variable]
    others = [name for name in array.dims if name not in ("month", "draw")]
    return _values(array.sum(others) if others else array)


def parts(study: "Study", variable: str, dimension: str) -> dict[str, Paths]:
    """A variable by label of `dimension`, summed over the others: each (month, draw)."""
    array = study.results[variable]
    others = [name for name in array.dims if name not in ("month", "draw", dimension)]
    array = array.sum(others) if others else array
    keys = [str(key) for key in array[dimension].values]
    return {
        label(study, dimension, key): _values(array.isel({dimension: place}))
        for place, key in enumerate(keys)
    }


def by_role(study: "Study", variable: str) -> dict[str, Paths]:
    """A variable of positions summed over the places of each role: each (month, draw)."""
    array = study.results[variable]
    roles = [str(role) for role in array["role"].values]
    return {
        label(study, "role", role): _values(
            array.isel(position=[i for i, r in enumerate(roles) if r == role]).sum("position")
        )
        for role in dict.fromkeys(roles)
    }


def mean_by_role(study: "Study", variable: str, weight: str, role: str) -> Paths:
    """A variable of positions averaged over the places of `role` (a label), weighted by another."""
    results = study.results
    labels = [label(study, "role", str(key)) for key in results["role"].values]
    places = [i for i, name in enumerate(labels) if name == role]
    values = _values_by_position(results[variable])[:, places]
    weights = _values_by_position(results[weight])[:, places]
    whole = weights.sum(axis=1)
    return np.divide(
        (values * weights).sum(axis=1), whole, out=np.zeros_like(whole), where=whole > 0
    )


def by_position(study: "Study") -> list[tuple[str, str]]:
    """Role and place of each position, as a reader calls them, in the dataset's order."""
    results = study.results
    return [
        (label(study, "role", str(role)), label(study, "place", str(place)))
        for role, place in zip(results["role"].values, results["place"].values, strict=True)
    ]


def launch(study: "Study") -> int | None:
    """Index of the first month of media in a market that has none at first, in the median future.

    The earliest where there are several; None where the scenario enters no market.
    """
    found = []
    for paths in parts(study, "media_spend", "market").values():
        median = np.median(paths, axis=-1)
        if median[0] == 0 and median.any():
            found.append(int(np.argmax(median > 0)))
    return min(found, default=None)


def planned(study: "Study") -> NDArray[np.int64]:
    """Whole requisitions to open in the median future: (month, position)."""
    return plan(_values_by_position(study.results["requisitions"]))


def chance(study: "Study", measure: str) -> float:
    """Share of the simulated futures in which the event of a measure comes true."""
    return float(np.mean(study.draws_of(measure)))


def growth(study: "Study") -> float:
    """Sales of the plan year over those of the base year less one, both in prices of the latter."""
    return float(np.median(study.draws_of(SALES) / study.draws_of(SALES_BASE)) - 1.0)


def year_sum(paths: Paths, year: int) -> NDArray[np.float64]:
    """Sum over a calendar year's simulated months: (draw,)."""
    return np.asarray(paths[units.year_slice(year)].sum(axis=0))


def quarters(paths: Paths) -> tuple[list[tuple[int, int]], Paths]:
    """(year, quarter) of each quarter, and `paths` summed by quarter: (quarter, draw)."""
    count = len(paths) // 3
    first = units.calendar_month(0) // 3
    names = [(BASE_YEAR + (int(first) + q) // 4, (int(first) + q) % 4 + 1) for q in range(count)]
    return names, paths[: 3 * count].reshape(count, 3, -1).sum(axis=1)


def stages(study: "Study", month: int) -> tuple[NDArray[np.float64], float]:
    """Stage times in days, and a stage's coefficient of variation: medians of a model month."""
    at = study.assumptions.estimates
    names = [path for path in at if path.startswith("hiring.stages.")]
    days = np.array([median_in(study, name, month) for name in names])
    return days, median_in(study, "hiring.fill_cv", month)


def median_in(study: "Study", path: str, month: int) -> float:
    """The median of an assumption in a model month, patches included."""
    value = study.assumptions.estimates[path].median
    for patch in study.assumptions.patches_of(path):
        if patch.month <= month:
            value = patch.value.median
    return float(value)


def choice_in(study: "Study", path: str, month: int) -> Any:
    """A plain field, such as whether a promotion takes place, in a model month, patches included."""
    value = study.assumptions.leaves[path].value
    for patch in study.assumptions.patches_of(path):
        if patch.month <= month:
            value = patch.value
    return value


def _values(array: object) -> Paths:
    return np.asarray(array.transpose("month", "draw").values, dtype=np.float64)  # type: ignore[attr-defined]  # loaded lazily, typed as Any


def _values_by_position(array: object) -> Paths:
    return np.asarray(
        array.transpose("month", "position", "draw").values,  # type: ignore[attr-defined]  # loaded lazily, typed as Any
        dtype=np.float64,
    )
