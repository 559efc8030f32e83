"""How the assembled model reacts: elasticities of orders and new customers, beside benchmarks.

Answers: by how many per cent units and new customers move when price, media or field force is one
per cent higher, in the first year and in the third. Horizon and outcome belong to every elasticity:
repeat buyers dilute what brings new customers. Measured on do-nothing by paired runs with expected
people. Leaves out words on the page. Batch and site's facts may import it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.model.types import Array, Trajectory
from tandem.results.shelf import file_digest
from tandem.units import year_slice

__all__ = ["Elasticity", "code_hash", "elasticities", "facts"]

STEP = 0.05
FROM = "2027-01"
DRAWS = 64
HORIZONS = {"short": 2027, "long": 2029}
OUTCOMES = ("orders", "new_customers")

_CAUSES = {
    "price": {"en": "Price", "zh": "价格"},
    "media": {"en": "Advertising", "zh": "广告投放"},
    "field_force": {"en": "Field force", "zh": "外勤人员"},
}
_HORIZON_WORDS = {
    "short": {"en": "months 1-12", "zh": "第1-12个月"},
    "long": {"en": "months 25-36", "zh": "第25-36个月"},
}
_OUTCOME_WORDS = {
    "orders": {"en": "units sold", "zh": "销量"},
    "new_customers": {"en": "new customers", "zh": "新客户"},
}
_BENCHMARKS = {
    ("price", "short"): "-2.62 (Bijmolt, Van Heerde and Pieters 2005)",
    ("price", "long"): "-2.62 (Bijmolt, Van Heerde and Pieters 2005)",
    ("media", "short"): "0.12 (Sethuraman, Tellis and Briesch 2011)",
    ("media", "long"): "0.24 (Sethuraman, Tellis and Briesch 2011)",
    ("field_force", "short"): "0.34 (Albers, Mantrala and Sridhar 2010)",
    ("field_force", "long"): "0.34 (Albers, Mantrala and Sridhar 2010)",
}


@dataclass(frozen=True, slots=True)
class Elasticity:
    """One elasticity: median over draws with P10 and P90."""

    cause: str
    horizon: str
    outcome: str
    median: float
    p10: float
    p90: float


def elasticities(
    project: Path,
    scenario: str,
    draws: int = DRAWS,
    seed: int = 7,
    overrides: Sequence[str] = (),
) -> tuple[Elasticity, ...]:
    """All of them for one scenario of a study, do-nothing as a rule, under these overrides.

    Each cause is raised by 5 % from January 2027: price and media of every market that is open in
    2026, field heads of every position that opens outlets there, with HR told in time.
    """
    given = tuple(overrides)
    base = _run(project, scenario, given, draws, seed)
    found = []
    for cause, changes in _changes(project, scenario, given).items():
        moved = _run(project, scenario, (*given, *changes), draws, seed)
        for horizon, year in HORIZONS.items():
            for outcome in OUTCOMES:
                ratio = _of_year(moved, outcome, year) / _of_year(base, outcome, year)
                values = np.log(ratio) / np.log1p(STEP)
                low, middle, high = (float(q) for q in np.quantile(values, (0.1, 0.5, 0.9)))
                found.append(Elasticity(cause, horizon, outcome, middle, low, high))
    return tuple(found)


def facts(
    project: Path,
    scenario: str,
    draws: int = DRAWS,
    seed: int = 7,
    overrides: Sequence[str] = (),
) -> dict[str, Any]:
    """The elasticities as data for pages: label, outcome, value, range and benchmark of each."""
    rows = []
    for found in elasticities(project, scenario, draws, seed, overrides):
        words = {
            language: f"{_CAUSES[found.cause][language]}, {_HORIZON_WORDS[found.horizon][language]}"
            for language in ("en", "zh")
        }
        rows.append(
            {
                "id": f"{found.cause}-{found.horizon}-{found.outcome.replace('_', '-')}",
                "label": words,
                "outcome": _OUTCOME_WORDS[found.outcome],
                "value": found.median,
                "p10": found.p10,
                "p90": found.p90,
                "unit": "1",
                "benchmark": _BENCHMARKS[found.cause, found.horizon],
            }
        )
    return {"schema": 1, "facts": {"elasticities": rows}}


def code_hash() -> str:
    """Hash of this module's source: what is kept of it goes when it changes."""
    return file_digest(Path(__file__))


def _changes(
    project: Path, scenario: str, overrides: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    assumptions = load_assumptions(project, Company, scenario, overrides)
    company = assumptions.base
    assert isinstance(company, Company)
    price, media, field = [], [], ["hiring.notice=6"]
    for name, market in company.markets.items():
        if market.open:
            price.append(_raised(f"markets.{name}.price", market.price.median))
            media.append(_raised(f"markets.{name}.media", market.media.median))
    for role, about in company.roles.items():
        for place, position in about.places.items():
            if "outlets_opened" in about.work and position.heads.median > 0:
                path = f"roles.{role}.places.{place}.added_heads"
                field.append(f"{path}@{FROM}={STEP * position.heads.median}")
    return {"price": tuple(price), "media": tuple(media), "field_force": tuple(field)}


def _raised(path: str, value: float) -> str:
    return f"{path}@{FROM}={(1.0 + STEP) * value}"


def _run(
    project: Path, scenario: str, overrides: Sequence[str], draws: int, seed: int
) -> Trajectory:
    assumptions = load_assumptions(project, Company, scenario, tuple(overrides))
    return simulate(model_inputs(draw(assumptions, draws, seed), seed, whole_people=False))


def _of_year(run: Trajectory, outcome: str, year: int) -> Array:
    return np.asarray(run.market[outcome][year_slice(year)].sum(axis=(0, 1)))
