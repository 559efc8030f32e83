"""A new market's size: said once, as a ratio or by its people, and never nought."""

import shutil
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.simulations import SEED
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate

OVERSEAS = "params/base/markets/overseas.yaml"
CORE = "params/base/markets/core.yaml"
REST = 'unit: head, source: "a census"}\n'


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own assumptions, which a test spoils."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    return tmp_path


def rewrite(project: Path, file: str, field: str, row: str) -> int:
    """Put a row in the place of a field's, or remove it where it is empty; the line of the field."""
    lines = (project / file).read_text("utf-8").splitlines()
    place = next(k for k, line in enumerate(lines) if line.startswith(f"{field}:"))
    lines[place : place + 1] = row.splitlines()
    (project / file).write_text("\n".join(lines) + "\n", "utf-8")
    return place + 1


@pytest.mark.parametrize(
    ("file", "field", "row", "reason"),
    [
        (OVERSEAS, "population", "population: {fixed: 0, " + REST, "without anybody who could buy"),
        (OVERSEAS, "reach", "reach: {fixed: 0, unit: share}", "without anybody who could buy"),
        (OVERSEAS, "population", "population: {fixed: -1, " + REST, "outside the plausible"),
        (
            OVERSEAS,
            "population",
            "population: {fixed: 9e7, " + REST + "pool_ratio: {fixed: 1, unit: '1'}",
            "says the size of the market a second time",
        ),
        (CORE, "open", "population: {fixed: 9e7, " + REST + "open: true", "follows from what it sold"),
    ],
)  # fmt: skip
def test_a_wrong_size_is_refused_at_its_place(project, file, field, row, reason):
    """Nobody who could buy, fewer than nobody, a size said twice, one for a market of today."""
    line = rewrite(project, file, field, row)
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, "do-nothing")
    assert f"{file}:{line}" in str(refusal.value) and reason in str(refusal.value)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        (("penetration",), "is needed beside population and reach"),
        (("population", "reach", "penetration"), "pool_ratio, or population, reach and penetration"),
    ],
)  # fmt: skip
def test_a_size_is_said_in_full(project, fields, reason):
    """Two of the three factors give no potential, and a market of no stated size no customers."""
    for field in fields:
        rewrite(project, OVERSEAS, field, "")
    with pytest.raises(Refusal) as refusal:
        load_assumptions(project, Company, "do-nothing")
    assert OVERSEAS in str(refusal.value) and reason in str(refusal.value)


def test_the_pool_is_the_people_who_will_buy():
    """Population x reach x penetration, which half the reach halves from the month it holds."""

    def run(*overrides: str):
        found = load_assumptions(
            REPOSITORY, Company, "overseas-expansion", overrides=list(overrides)
        )
        return found, simulate(model_inputs(draw(found, 20, SEED), SEED))

    found, whole = run("markets.overseas.reach=0.4")  # from the first month; the pool is the base's
    market = whole.structure.markets.index("overseas")
    drawn = draw(found, 20, SEED)
    people = [drawn.base[f"markets.overseas.{n}"] for n in ("population", "reach", "penetration")]
    assert whole.anchor.pool[market] == pytest.approx(np.prod(people, axis=0))
    _, half = run("markets.overseas.reach=0.2")
    won, fewer = (r.market["contestable_customers"][24, market] for r in (whole, half))
    assert (fewer < 0.55 * won).all() and (won > 0).all()
