"""Until when requisitions may wait: by the target, and by people productive in time."""

import datetime
import shutil
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import tiny_study

from tandem import load_study
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.submissions import Announced, announced
from tandem.model.simulate import simulate
from tandem.study import Study
from tandem.study.decision import paired
from tandem.study.hiring_dates import (
    Delay,
    SafeDate,
    Trials,
    delay_frame,
    delays,
    growth_positions,
    latest_opening,
    latest_safe,
)
from tandem.study.ready_dates import ready_by_lead, safe_lead
from tandem.units import month_index

DRAWS = 48
NEED = month_index("2027-03")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny study."""
    return tiny_study(tmp_path_factory.mktemp("dates"))


@pytest.fixture(scope="module")
def study(project: Path) -> Study:
    """The launch in lower-tier cities."""
    return load_study("lower-tier-expansion", project=project, draws=DRAWS)


@pytest.fixture(scope="module")
def table(study: Study) -> list[Delay]:
    """All growth, opened later and later."""
    return delays(study)


def test_growth_is_what_the_headcount_plan_adds(project: Path, study: Study) -> None:
    """The launch adds field people at its month; do-nothing adds nobody."""
    found = growth_positions(study.assumptions)
    assert [(g.role, g.place, g.needed) for g in found] == [
        ("field_rep", "lower_tier", NEED),
        ("sales_manager", "lower_tier", NEED),
        ("channel_manager", "lower_tier", NEED),
    ]
    nothing = load_study("do-nothing", project=project, draws=DRAWS)
    assert growth_positions(nothing.assumptions) == []
    assert delays(nothing) == []


def test_waiting_never_helps_the_target(table: list[Delay]) -> None:
    """From the first review to the need itself, every month of delay sells less in 2027."""
    assert [delay.opens for delay in table] == list(range(1, NEED + 2))
    sales = [delay.sales.mean for delay in table]
    assert sales[0] == 0.0 and all(b < a for a, b in pairwise(sales))
    assert table[-1].probability < table[0].probability
    assert all(delay.lower <= delay.probability for delay in table)


def test_told_five_months_ahead_is_the_scenario_itself(study: Study, table: list[Delay]) -> None:
    """The earliest opening is that of the scenario in which HR is told from October."""
    assert table[0].probability == pytest.approx(float(study.draws_of("both_targets_met").mean()))


def test_one_roles_delay_costs_no_more_than_everybodys(study: Study, table: list[Delay]) -> None:
    """Field representatives alone, told at launch, lose less than all of the launch's people."""
    alone = delays(study, ["field_rep"])
    assert table[-1].sales.mean <= alone[-1].sales.mean < 0.0


def test_a_slow_channel_sells_less(study: Study) -> None:
    """All field representatives through headhunters, who search longer, come later."""
    by_referral = delays(study, ["field_rep"], "referral")
    by_headhunter = delays(study, ["field_rep"], "headhunter")
    assert by_headhunter[3].probability <= by_referral[3].probability
    with pytest.raises(ValueError, match="no hiring channel 'temp'; there are: campus"):
        delays(study, ["field_rep"], "temp")
    with pytest.raises(ValueError, match="no role 'rep'; there are: analyst"):
        delays(study, ["rep"])
    with pytest.raises(ValueError, match="campus hires start in July"):
        delays(study, ["field_rep"], "campus")


def test_halving_finds_the_date_of_the_whole_table(study: Study) -> None:
    """The latest opening of one role through one channel is that of its table of delays."""
    table = delays(study, ["field_rep"], "referral")
    for probability in (0.05, 0.25, 0.4, 0.95):
        found = latest_opening(study, "field_rep", "referral", probability)
        wanted = latest_safe(table, probability)
        assert found is not None and (found.answer, found.date) == (wanted.answer, wanted.date)
    assert latest_opening(study, "analyst", None, 0.5) is None


def test_waiting_delays_growth_alone(study: Study) -> None:
    """Told at the need itself, the launch's people come later; core reps are sought as before."""
    inputs = model_inputs(draw(study.assumptions, 8, 1), 1, whole_people=False)
    pairs = inputs.structure.positions
    grown = {pairs.index("field_rep@lower_tier"): [Announced(NEED, NEED)]}
    usual = simulate(inputs).position["requisitions"]
    late = simulate(replace(inputs, months=announced(inputs.months, grown))).position[
        "requisitions"
    ]
    new, core = (pairs.index(f"field_rep@{place}") for place in ("lower_tier", "core"))
    assert (late[:NEED, new] == 0.0).all() and (late[NEED, new] > 0.0).all()
    assert late[0, core] == pytest.approx(usual[0, core])  # before money or load could feed back
    assert (usual[0, new] > 0.0).all()


def test_a_need_far_ahead_is_first_told_as_early_as_hr_looks(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """People needed in a year: rows begin a lead time before, not with months that change nothing."""
    folder = tmp_path_factory.mktemp("later") / "study"
    shutil.copytree(project, folder)
    plan = folder / "params" / "headcount" / "lower-tier-2027.yaml"
    plan.write_text(plan.read_text("utf-8").replace("needed: 2027-03", "needed: 2028-03"), "utf-8")
    study = load_study("lower-tier-expansion", project=folder, draws=4)
    table = delays(study, ["sales_manager"])
    assert 1 < table[0].opens < table[-1].opens == month_index("2028-03") + 1


def row(opens: int, probability: float, lower: float) -> Delay:
    """A delay whose money does not matter."""
    none = paired("late", "early", np.zeros(4), np.zeros(4))
    return Delay(opens, probability, lower, none, none)


def test_the_latest_safe_month_is_the_last_before_the_first_that_fails() -> None:
    """A lower bound decides, and a later month that happens to pass does not count."""
    table = [row(1, 0.7, 0.65), row(2, 0.6, 0.55), row(3, 0.5, 0.45), row(4, 0.6, 0.52)]
    assert latest_safe(table, 0.5).date == datetime.date(2026, 12, 1)
    assert latest_safe(table, 0.6).date == datetime.date(2026, 11, 1)
    nowhere = latest_safe(table, 0.68)
    assert (nowhere.answer, nowhere.date, nowhere.best) == ("none", None, 0.65)
    assert latest_safe(table, 0.4).answer == "never binding"
    with pytest.raises(ValueError, match="nothing grows"):
        latest_safe([], 0.5)


def test_the_latest_safe_day_has_the_probability_and_the_next_has_not(study: Study) -> None:
    """On the day itself four fifths are productive often enough; a day later they are not."""
    growth = replace(growth_positions(study.assumptions)[0], needed=month_index("2028-06"))
    safe = safe_lead(study, growth, "social", 0.8)
    assert safe.answer == "date" and safe.date is not None
    lead = (datetime.date(2028, 6, 1) - safe.date).days
    _, lower = ready_by_lead(study, growth, "social", [lead, lead - 1])
    assert lower[0] >= 0.8 > lower[1]
    surer = safe_lead(study, growth, "social", 0.95)
    assert surer.date is not None and surer.date < safe.date
    slower = safe_lead(study, growth, "headhunter", 0.8)
    assert slower.date is not None and slower.date < safe.date


def test_a_date_that_is_gone_is_no_answer(study: Study) -> None:
    """Nobody can open requisitions before the first review: then no date is safe."""
    growth = growth_positions(study.assumptions)[0]
    for channel in ("social", "campus"):
        safe = safe_lead(study, growth, channel, 0.8)
        assert (safe.answer, safe.date) == ("none", None) and safe.best < 0.8


def test_busy_recruiters_and_a_tight_market_take_longer(project: Path, study: Study) -> None:
    """The launch's own batch slows its hiring down, and so do candidates who say no."""
    growth = replace(growth_positions(study.assumptions)[0], needed=month_index("2028-06"))
    tight = load_study(
        "lower-tier-expansion", project=project, draws=DRAWS, overrides=["hiring.tightness=1"]
    )
    leads = [150, 180]
    usual, _ = ready_by_lead(study, growth, "social", leads)
    scarce, _ = ready_by_lead(tight, growth, "social", leads)
    assert (scarce < usual).all()
    early = growth_positions(study.assumptions)[0]
    batch, _ = ready_by_lead(study, early, "social", [120])
    quiet, _ = ready_by_lead(study, growth, "social", [120])
    assert batch[0] < quiet[0]


def test_the_campus_brings_people_in_july_or_not_at_all(study: Study) -> None:
    """A launch in March is served only by a campus round that opened the autumn before last."""
    growth = growth_positions(study.assumptions)[0]
    march = datetime.date(2027, 3, 1)
    leads = [(march - day).days for day in (
        datetime.date(2026, 10, 15), datetime.date(2026, 3, 1), datetime.date(2025, 10, 15)
    )]  # fmt: skip
    middle, _ = ready_by_lead(study, growth, "campus", leads)
    assert middle[0] == middle[1] == 0.0 and middle[2] > 0.9


def test_the_table_of_delays_counts_money_as_lost(table: list[Delay]) -> None:
    """A row an opening month, months late from nought, money as paired differences."""
    frame = delay_frame(table)
    assert list(frame["opens"][:2]) == ["2026-11", "2026-12"]
    assert list(frame["late"]) == list(range(len(table)))
    assert (frame["npv_low"] <= frame["npv"]).all() and (frame["npv"] <= frame["npv_high"]).all()


@pytest.mark.parametrize("wanted", [0.02, 0.1, 0.9])
def test_an_answer_is_the_same_from_whichever_neighbour_it_is_looked_for(study, wanted):
    """Starting from another channel's date saves runs and changes nothing."""
    trials = Trials.of(study)
    found = latest_opening(study, "field_rep", "referral", wanted, trials=trials)
    for answer in ("none", "never binding"):
        near = SafeDate(answer, None, 0.0)
        again = latest_opening(study, "field_rep", "referral", wanted, trials=trials, near=near)
        assert again is not None and found is not None
        assert (again.answer, again.date) == (found.answer, found.date)
