"""Pay that is earned now and paid later, or never in cash: nothing of it is lost or paid twice."""

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from tests.fixtures.simulations import SEED
from tests.fixtures.tiny_study import REPOSITORY
from tests.unit.assumptions.test_pay_plans import BONUS, HEAD, OPTIONS

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.model.types import LINES, Inputs, Trajectory
from tandem.results import formulas
from tandem.results.formulas import Run
from tandem.units import HORIZON, calendar_month

DRAWS = 16
HELD = 7
LATER = f"""  retention_bonus:
    share: {{fixed: 0.2, unit: share}}
    held: {{fixed: {HELD}, unit: month}}
    leaving: {{fixed: 0.15, unit: 1/year}}
  co_investment:
    stake: {{fixed: 0.1, unit: share}}
    leverage: {{fixed: 2, unit: "1"}}
    hurdle: {{fixed: 0.9, unit: "1"}}
    loss: {{fixed: 0.5, unit: share}}
    cap: {{fixed: 1.5, unit: "1"}}
    held: {{fixed: 10.5, unit: month}}
    leaving: {{fixed: 0.15, unit: 1/year}}
    kept: {{fixed: 0.5, unit: share}}
"""
YEARLY = """  innovation_award:
    prize: {fixed: 0.1, unit: share}
    bar: {fixed: 1.1, unit: "1"}
"""
#: Switches off what people do about their pay, so that only money moves.
UNMOVED = (
    "workforce.leaving_pay=0",
    "hiring.acceptance_pay=0",
    "effort.effort_response=0",
    "effort.effort_cross=0",
    "culture.engagement_dispersion=0",
    "workforce.leaving_sort=0",
    "effort.crowding_out=0",
    "hiring.applicants_pay=0",
    "workforce.joining_sort=0",
)
ALL = BONUS + LATER + YEARLY + OPTIONS


@cache
def happened(
    folder: Path, plan: str, base: bool, month: str = "2027-03"
) -> tuple[Inputs, Trajectory]:
    """The study with everybody in analysis and branding on a plan, in 2026 already or from a month on."""
    project = Path(mkdtemp(dir=folder))
    shutil.copytree(REPOSITORY / "params", project / "params")
    (project / "params/base/incentives/tested.yaml").write_text(HEAD + plan, encoding="utf-8")
    changes = list(UNMOVED)
    for role in ("analyst", "brand_manager", "recruiter"):
        path = f"roles.{role}.places.company.plan"
        if base:
            file = project / f"params/base/roles/{role}.yaml"
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace("plan: base_and_bonus", "plan: tested"), encoding="utf-8")
        else:
            changes.append(f"{path}@{month}=tested")
    found = load_assumptions(project, Company, "do-nothing", tuple(changes))
    given = model_inputs(draw(found, DRAWS, SEED), SEED)
    return given, simulate(given)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the studies of these tests stand."""
    return tmp_path_factory.mktemp("deferred")


def close(left: np.ndarray, right: np.ndarray) -> None:
    """Equal in every cell, to a cent in ten millions."""
    np.testing.assert_allclose(left, right, rtol=1e-9, atol=1e-2)


@pytest.mark.parametrize("base", [True, False], ids=["since before 2026", "from March 2027"])
def test_what_is_earned_is_paid_or_owed_and_equity_is_neither(folder, base):
    """Profit and the expense of equity, less cash flow, is what stands between them."""
    _, run = happened(folder, ALL, base)
    c, equity = run.company, run.position["equity_expense"].sum(axis=1)
    assert (equity[-1] > 0).all()
    held_back = c["profit"] + equity - c["free_cash_flow"]
    close(held_back[1:], np.diff(c["working_capital"], axis=0))
    pay = run.position["pay_fixed"] + run.position["pay_variable"]
    close(run.ledger[:, LINES.index("pay")], pay.sum(axis=1))


def test_equity_costs_no_cash_and_saves_no_tax(folder):
    """With and without options, as long as nobody acts on it, cash is the same to the cent."""
    _, without = happened(folder, BONUS + LATER, base=False)
    _, with_them = happened(folder, BONUS + LATER + OPTIONS, base=False)
    close(with_them.company["cash"], without.company["cash"])
    equity = with_them.position["equity_expense"].sum(axis=1)
    close(without.company["profit"] - with_them.company["profit"], equity)


def test_a_grant_never_raises_the_value_of_those_who_own_the_company(folder):
    """As long as nobody acts on it, options cost present owners their fair value in every future."""
    (_, without), (given, with_them) = (
        happened(folder, BONUS + plan, base=False) for plan in ("", OPTIONS)
    )
    discount = given.base.parameters.finance.discount
    bare, granted = (Run(run, run, discount, *np.ones((3, DRAWS))) for run in (without, with_them))
    assert (formulas.npv(granted) < formulas.npv(bare)).all()
    close(formulas.npv(bare) - formulas.npv(granted), formulas.equity_granted(granted))
    vested = with_them.position["equity_expense"].sum(axis=(0, 1))
    assert (vested <= with_them.position["equity_granted"].sum(axis=(0, 1))).all()


def test_equity_is_expensed_most_at_first(folder):
    """By graded vesting, three years from the first grant, what is granted is what is expensed."""
    given, run = happened(folder, BONUS + OPTIONS, base=False, month="2026-10")
    equity = run.position["equity_expense"].sum(axis=1)
    heads = run.position["heads"]
    who = [k for k, name in enumerate(given.structure.roles) if name in ("analyst", "recruiter")]
    a_head = run.position["equity_expense"][:, who] / heads[:, who]
    first, second, third = (a_head[12 * k : 12 * (k + 1)].mean() for k in range(3))
    assert first < second < third  # grants add up
    assert second - first > third - second  # each grant is expensed most at first
    assert (equity >= 0).all()


def test_deferred_pay_leaves_when_it_is_due(folder):
    """Nothing of a bonus held for seven months is paid in the first seven, all of it afterwards."""
    _, without = happened(folder, BONUS, base=False)
    _, held = happened(folder, BONUS + LATER, base=False)
    earned = (held.position["pay_variable"] - without.position["pay_variable"]).sum(axis=1)
    start = 5  # March 2027
    assert np.allclose(earned[:start], 0.0) and (earned[start:] != 0.0).any()
    owed = without.company["working_capital"] - held.company["working_capital"]
    for month in range(start, start + HELD):  # nothing is due yet: all that was earned is owed
        close(owed[month], earned[start : month + 1].sum(axis=0))
    assert (owed[start + HELD] < earned[start : start + HELD + 1].sum(axis=0)).all()


def test_yearly_awards_are_paid_in_december(folder):
    """What is owed on a yearly award grows to November and is gone at the year's end."""
    _, without = happened(folder, BONUS, base=True)
    _, with_it = happened(folder, BONUS + YEARLY, base=True)
    owed = without.company["working_capital"] - with_it.company["working_capital"]
    calendar = calendar_month(np.arange(HORIZON))
    assert np.allclose(owed[calendar == 11], 0.0, atol=1.0)
    assert (owed[calendar == 10] > 0).all()
    assert (owed[0] > owed[4]).all(), "in October 2026 nine months are owed already"


def test_honours_move_engagement_and_no_money_of_pay(folder):
    """Recognition that costs nothing still lifts those who get it, and pay stays what it was."""
    honours = "  honours:\n    recognized: {fixed: 0.4, unit: log}\n"
    _, without = happened(folder, BONUS, base=False)
    given, with_it = happened(folder, BONUS + honours, base=False)
    who = [k for k, role in enumerate(given.structure.roles) if role == "analyst"]
    lifted = with_it.position["engagement"] - without.position["engagement"]
    assert np.allclose(lifted[:6, who], 0.0) and (lifted[-1, who] > 0.0).all()
    a_head = [
        r.position["pay_fixed"][:6] / np.maximum(r.position["heads"][:6], 1)
        for r in (without, with_it)
    ]
    close(*a_head)
