"""Whole runs of companies at the edge: nobody trains, nobody pays, nobody is needed any more."""

from functools import cache

import numpy as np
import pytest
from tests.fixtures.simulations import assumptions, inputs
from tests.unit.model.company import base_inputs, everywhere

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.model.simulate import plan_run, simulate
from tandem.model.types import LINES, Inputs, Trajectory
from tandem.units import month_index

CUT = month_index("2027-01")


def finite(run: Trajectory) -> bool:
    """Whether every path is a number throughout."""
    groups = (run.market, run.position, run.company)
    return all(np.isfinite(values).all() for group in groups for values in group.values())


def without(role: str) -> Inputs:
    """The company without people of one role, in 2026 and later."""
    given = base_inputs()
    rows = [k for k, name in enumerate(given.structure.roles) if name == role]
    assert rows

    def emptied(heads: np.ndarray) -> np.ndarray:
        heads[rows] = 0.0
        return heads

    return everywhere(given, "people", heads=emptied, planned_heads=emptied)


def test_a_company_without_trainers_is_not_limited_by_training():
    """Work that nobody did in 2026 has no norm that somebody could fall short of."""
    run = simulate(without("trainer"))
    assert finite(run)
    assert run.company["training_cover"] == pytest.approx(np.ones_like(run.company["cash"]))


def test_an_applicant_weighs_the_same_offer_before_and_after_somebody_holds_the_post():
    """Until the launch nothing is achieved there: the first starters change no later one's offer.

    Customers' satisfaction, which a part of the bonus goes by, moves it by less than a thousandth.
    """
    run = simulate(inputs("lower-tier-expansion", 24))
    rep = run.structure.positions.index("field_rep@lower_tier")
    offered = run.position["pay_offered"][: month_index("2027-03"), rep]
    assert run.position["hires"][: month_index("2027-03"), rep].any()
    assert offered == pytest.approx(np.broadcast_to(offered[:1], offered.shape), abs=1e-3)


def test_a_company_that_cannot_pay_its_people_ends():
    """Ruin is absorbing: after it nothing is sold, nobody is hired, and all is still a number."""
    run = simulate(everywhere(base_inputs(), "people", pay=lambda old: old * 50.0))
    assert finite(run)
    ruined = run.company["ruined"]
    assert ruined[0].max() == 0.0 and ruined[-1].min() == 1.0
    assert (np.diff(ruined, axis=0) >= 0.0).all()
    assert (run.market["sales"].sum(axis=1)[ruined > 0] == 0.0).all()
    assert (run.position["requisitions"].sum(axis=1)[ruined > 0] == 0.0).all()


def test_a_company_that_only_its_suppliers_wait_for_goes_on():
    """Bills that cannot be paid pile up as overdue and are no ruin while people are paid."""
    run = simulate(everywhere(base_inputs(), "finance", fixed_cost=lambda old: old * 0 + 1e9))
    assert finite(run)
    assert run.company["ruined"].max() == 0.0
    assert (np.diff(run.company["overdue"], axis=0) > 0.0).all()
    limit = base_inputs().base.parameters.finance.credit_limit
    assert (run.company["credit_drawn"] <= limit * (1.0 + 1e-9)).all()


@cache
def shrinking(reps: int = 60, *more: str) -> Trajectory:
    """So many of the core cities' field reps are not wanted any more from January 2027 on."""
    fewer = f"roles.field_rep.places.core.added_heads@2027-01=-{reps}"
    return simulate(model_inputs(draw(assumptions("do-nothing", fewer, *more), 2, 7), 7))


@pytest.mark.parametrize("excess", [0.01, 1.0])
def test_leavers_are_not_replaced_while_hiring_is_frozen(excess: float):
    """In the third month above what is let pass nobody is asked for; without that rule somebody is."""
    run = shrinking(16, f"hiring.freeze_excess={excess}", "hiring.hires_minimum=0")
    reps = run.structure.positions.index("field_rep@core")
    wanted = run.position["required_heads"][:, reps] + run.anchor.target_offset[reps]
    over = run.position["heads"][:, reps] > wanted * 1.01
    months = range(CUT + 2, CUT + 5)
    third = np.stack([over[t - 2 : t + 1].all(axis=0) for t in months])
    asked = run.position["requisitions"][:, reps][list(months)][third]
    assert third.any()
    assert (asked.sum() == 0.0) == (excess < 1.0)


def test_a_surplus_first_stops_hiring_and_then_costs_jobs():
    """More people than wanted for three months freeze hiring, for six they are made redundant."""
    run = shrinking()
    reps = run.structure.positions.index("field_rep@core")
    asked = run.position["requisitions"][:, reps]
    redundant = run.position["redundancies"][:, reps]
    assert (asked[CUT + 3 : CUT + 6] == 0.0).all()
    assert (redundant[: CUT + 5] == 0.0).all()
    assert (redundant[CUT + 5 : CUT + 7].sum(axis=0) > 0.0).all()
    others = np.delete(run.position["redundancies"], reps, axis=1)
    assert others.sum() < redundant.sum()


def test_redundancy_is_paid_for():
    """Severance is booked, at more than one month's pay a head."""
    run = shrinking()
    reps = run.structure.positions.index("field_rep@core")
    paid = run.ledger[:, LINES.index("severance")].sum(axis=0)
    people = run.position["redundancies"][:, reps].sum(axis=0)
    pay = run.position["pay_fixed"][0, reps] / run.position["heads"][0, reps]
    assert (paid > people * pay).all()


def test_the_plan_is_one_future_without_chance():
    """What HR goes by is the same plan each time, of one draw, with people in time."""
    central = base_inputs().central
    assert central is not None
    first, second = plan_run(central), plan_run(central)
    assert first.sales.shape[-1] == 1 and (first.sales == second.sales).all()
    assert (first.sales.sum(axis=1) > 0.0).all()


@cache
def launched(success: float | None = None, unlimited: bool = False) -> Trajectory:
    """The lower-tier launch in two futures, with a chance of success of our choosing."""
    given = inputs("lower-tier-expansion", 2, unlimited_people=unlimited)
    if success is not None:
        given = everywhere(given, "market", launch_success=lambda old: old * 0 + success)
    return simulate(given)


def test_with_people_without_limit_nobody_waits():
    """Where people are no limit every lead is served, and no fewer customers are won."""
    free, actual = launched(unlimited=True), launched()
    assert free.market["backlog"][-1] == pytest.approx(0.0)
    assert (free.market["served"] == free.market["leads"] + free.market["opening_backlog"]).all()
    won = free.market["new_customers"].sum(axis=(0, 1))
    assert (won > actual.market["new_customers"].sum(axis=(0, 1))).all()


def test_a_failed_launch_wins_fewer():
    """Whether a new market takes to us is drawn once; where it does not, fewer decide for us."""
    new = launched().structure.existing.index(False)
    good, bad = (launched(success).market["win_rate"][:, new] for success in (0.9999, 0.0001))
    sold = launched(0.9999).market["served"][:, new] > 0
    assert sold.any() and (good[sold] > bad[sold]).all()
