"""Objectives of a scenario: shares that add up, probabilities by hand, refusals with the leaf."""

import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study, units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.objectives import FILE
from tandem.assumptions.refusals import Refusal
from tandem.model import drivers
from tandem.model.objectives import SALES_TREE
from tandem.study import Study
from tandem.study.objectives import Found, declared, objectives
from tandem.study.sales_drivers import (
    TARGET_MONTHS,
    driver_growth,
    driver_leaves,
    driver_months,
    leaves_2026,
)

EXACT = 1e-6  # paths are stored as float32


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study."""
    return tiny_study(tmp_path_factory.mktemp("objectives"))


@pytest.fixture(scope="module")
def launch(project: Path) -> Study:
    """The launch in lower-tier cities."""
    return load_study("lower-tier-expansion", project=project, draws=32)


@pytest.fixture(scope="module")
def found(launch: Study) -> Found:
    """Its objective."""
    return objectives(launch)


@pytest.mark.parametrize("length", [1, 3, 12])
def test_the_drivers_give_sales_back(launch: Study, length: int) -> None:
    """By month, quarter and year, in every future, in 2026 and in the plan."""
    for months in driver_months(launch):
        sales = months["sales"].sum(axis=1).reshape(12 // length, length, -1).sum(axis=1)
        again = drivers.value(SALES_TREE, driver_leaves(months, length))
        assert np.atleast_2d(again) == pytest.approx(sales, rel=EXACT)


def test_2026_without_a_simulation_is_2026(launch: Study) -> None:
    """What the file is checked against is what the simulation is compared with."""
    at_once = leaves_2026(model_inputs(central(launch.assumptions), launch.seed))
    simulated = driver_leaves(driver_months(launch)[0], 12)
    for leaf, value in at_once.items():
        assert np.median(simulated[leaf]) == pytest.approx(value[0], rel=0.05), leaf


def test_shares_of_the_drivers_add_up_to_the_change(launch: Study, found: Found) -> None:
    """Nothing of the growth is left without a driver."""
    then, now = driver_months(launch)
    change = (now["sales"].sum(axis=(0, 1)) - then["sales"].sum(axis=(0, 1))).mean()
    assert sum(share.mean for share in found.shares) == pytest.approx(change, rel=EXACT)


def test_the_objective_is_the_target_of_the_study(launch: Study, found: Found) -> None:
    """The page and the brief speak of one event."""
    assert found.given.objective == launch.draws_of("sales_target_met").mean()
    exposure, conversion = found.results
    assert found.given.all_results <= min(exposure.probability, conversion.probability)
    assert found.given.together <= min(found.given.objective, found.given.all_results)
    held = found.given
    if np.isfinite(held.if_all):
        mixed = held.all_results * held.if_all + (1 - held.all_results) * held.if_not
        assert mixed == pytest.approx(held.objective)


def test_a_key_result_is_reached_where_its_driver_is(launch: Study, found: Found) -> None:
    """Counted by hand, future by future, for the year and for each of its quarters."""
    exposure = found.results[0]
    then, now = driver_months(launch)
    ratio = driver_growth(then, now, "exposure", 12)[0]
    assert exposure.probability == (ratio >= 1.5).mean()
    assert exposure.by_period.shape == (4,) and found.results[1].by_period.shape == (12,)
    known = [
        (m["contestable_customers"] * m["awareness"] * (m["coverage"] > 0))[9:].sum(axis=(0, 1))
        for m in (then, now)
    ]
    assert exposure.by_period[3] == (known[1] >= 1.5 * known[0]).mean()


def test_quarters_months_markets_and_heads_add_back_to_the_year(found: Found) -> None:
    """What each productive head owes is the objective, and nothing else is."""
    whole = found.quarters.sum()
    months = np.stack([quota.months for quota in found.quotas])
    assert months.sum() == pytest.approx(whole, rel=1e-12)
    by_quarter = months.sum(axis=0).reshape(4, 3).sum(axis=1)
    assert by_quarter == pytest.approx(found.quarters, rel=1e-12)
    for quota in found.quotas:
        there = quota.a_head > 0
        assert quota.a_head[there] * quota.heads[there] == pytest.approx(
            quota.months[there], rel=1e-12
        )


def test_more_stretch_is_reached_less_often_and_pays_less(found: Found) -> None:
    """At equal results a higher quota never raises pay, nor the odds."""
    levels = found.levels
    assert [level.level for level in levels] == [0.7, 0.9, 1.0, 1.2]
    assert levels[2].probability == found.given.objective
    for lower, higher in pairwise(levels):
        assert higher.growth > lower.growth and higher.probability <= lower.probability
        assert set(higher.pay) == set(lower.pay) and higher.pay
        assert all(higher.pay[name] <= lower.pay[name] for name in higher.pay)


def test_where_nothing_opens_nobody_owes_anything_there(project: Path) -> None:
    """Doing nothing has two markets, and its quotas still make the year."""
    found = objectives(load_study("do-nothing", project=project, draws=16))
    assert {quota.market for quota in found.quotas} == {"core", "short_video"}
    owed = sum(quota.months.sum() for quota in found.quotas)
    assert owed == pytest.approx(found.quarters.sum(), rel=1e-12)


def test_the_declared_key_results_have_something_in_hand(launch: Study) -> None:
    """Exposure +50 % and conversion +10 % make 31 % where 48 of 100 orders are first ones."""
    _, goal, in_hand = declared(launch)
    assert goal == 1.3
    first = leaves_2026(model_inputs(central(launch.assumptions), launch.seed))
    share = drivers.value(SALES_TREE.parts[0].parts[0], first) / drivers.value(
        SALES_TREE.parts[0], first
    )
    assert goal + in_hand == pytest.approx(1.0 + 0.65 * share[0], rel=1e-12)


@pytest.mark.parametrize(
    ("overrides", "old", "new", "leaf", "said"),
    [
        (["targets.sales_growth=1.4"], "", "", "exposure", "8.7 points are missing"),
        ([], "growth: {fixed: 1.5,", "growth: {fixed: 1.3,", "exposure", "would make it add up"),
        ([], "growth: {fixed: 1.5,", "growth: {fixed: 2.6,", "exposure", "10.0 points too much"),
        ([], "leaf: lead_conversion", "leaf: service", "lead_conversion",
         "would be 1.030 and cannot exceed 1"),
    ],
)  # fmt: skip
def test_a_cascade_that_cannot_be_is_refused_at_its_leaf(
    tmp_path: Path, overrides: list[str], old: str, new: str, leaf: str, said: str
) -> None:
    """File, line and column of the key result, by how much, and what would help."""
    folder = tiny_study(tmp_path)
    text = (folder / FILE).read_text("utf-8")
    if old:
        assert text.count(old) == 1
        (folder / FILE).write_text(text.replace(old, new), "utf-8")
    study = load_study("lower-tier-expansion", project=folder, draws=4, overrides=overrides)
    with pytest.raises(Refusal) as refused:
        declared(study)
    told = str(refused.value)
    assert re.match(rf"{FILE}:\d+:7 objective\.key_results\.{leaf}\.growth: ", told), told
    assert said in told


def test_months_of_the_target_year_are_calendar_months() -> None:
    """January of the plan is compared with January of 2026."""
    assert units.month_label(TARGET_MONTHS.start).endswith("-01")
    assert TARGET_MONTHS.stop - TARGET_MONTHS.start == 12
