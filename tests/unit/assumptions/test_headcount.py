"""Headcount plans: what marketing hands in becomes dated heads, or is refused with its place."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.base import read_base
from tandem.assumptions.drawing import draw
from tandem.assumptions.files import ParameterFiles
from tandem.assumptions.headcount_writing import write_headcount
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import check_project, load_assumptions
from tandem.assumptions.openings import launch_problems
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.units import HORIZON, month_index

PLAN = "params/headcount/lower-tier-2027.yaml"
REP = "roles.field_rep.places.lower_tier.added_heads"


class Study:
    """A copy of the repository's parameters whose plan can be edited."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(REPOSITORY / "params", folder / "params")
        self.folder = folder

    def edit(self, old: str, new: str, file: str = PLAN) -> None:
        """Replace a text that stands in the file."""
        path = self.folder / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    def load(self, scenario: str = "lower-tier-two-months") -> Assumptions:
        """The assumptions of one scenario."""
        return load_assumptions(self.folder, Company, scenario)

    def refused(self) -> list[str]:
        """All refusals, as a user reads them."""
        with pytest.raises(Refusal) as refusal:
            check_project(self.folder, Company)
        return [str(problem) for problem in refusal.value.problems]


@pytest.fixture
def plan(tmp_path: Path) -> Study:
    """The worked example's plan for the lower-tier launch."""
    return Study(tmp_path)


def heads(assumptions: Assumptions, path: str = REP) -> dict[int, float]:
    """What the patches set a path to, by month."""
    return {p.month: p.value.median for p in assumptions.patches_of(path)}


def test_requests_of_one_position_add_up_by_their_need_dates(plan):
    """Sixty in March and forty more in June are a hundred from June on."""
    plan.edit("number: 210, needed: 2027-03", "number: 60, needed: 2027-03")
    plan.edit("role: channel_manager, place: lower_tier, number: 14, needed: 2027-03",
              "role: field_rep, place: lower_tier, number: 40, needed: 2027-06")  # fmt: skip
    march, june = month_index("2027-03"), month_index("2027-06")
    assert heads(plan.load()) == {march: 60.0, june: 100.0}


def test_a_request_carries_its_reason_and_its_place(plan):
    """The register can say where heads come from, and the report why."""
    found = plan.load()
    (patch,) = found.patches_of(REP)
    assert (patch.file, patch.layer) == (PLAN, "headcount/lower-tier-2027")
    assert patch.value.owner == "sales"
    (layer,) = [layer for layer in found.layers if layer.kind == "headcount"]
    assert layer.requests[0].reason.en.startswith("Open and visit outlets")
    assert [request.number for request in layer.requests] == [210, 14, 16]


def test_hr_learns_of_a_plan_on_the_day_it_is_handed_in(plan):
    """Before it, HR sees up to the month before the need; from then on all; other positions as ever."""
    usual = model_inputs(draw(plan.load(), 2, 1), 1)
    plan.edit("requests:", "submitted: 2026-12\nrequests:")
    given = model_inputs(draw(plan.load(), 2, 1), 1)
    rep = given.structure.positions.index("field_rep@lower_tier")
    told, needed = month_index("2026-12"), month_index("2027-03")
    seen = [t + month.parameters.people.notice[rep] for t, month in enumerate(given.months)]
    assert all((seen[t] == needed - 1).all() for t in range(told))
    assert all((seen[t] >= HORIZON).all() for t in range(told, HORIZON))
    others = [k for k, name in enumerate(given.structure.positions) if "lower_tier" not in name]
    for month, before in zip(given.months, usual.months, strict=True):
        notice = before.parameters.people.notice[others]
        assert (month.parameters.people.notice[others] == notice).all()


def test_a_plan_handed_in_late_is_late_whatever_hr_is_told_in_general(plan):
    """Handed in at the launch, with people planned from October in force: nobody is asked for before."""
    plan.edit("requests:", "submitted: 2027-03\nrequests:")
    given = model_inputs(draw(plan.load("lower-tier-expansion"), 4, 1), 1, whole_people=False)
    run, rep = simulate(given), given.structure.positions.index("field_rep@lower_tier")
    needed = month_index("2027-03")
    assert (run.position["requisitions"][:needed, rep] == 0.0).all()
    assert (run.position["requisitions"][needed, rep] > 0.0).all()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("number: 210, needed: 2027-03", "number: 210, needed: 2027-01",
         "lower_tier opens in 2027-03: nobody is needed there in 2027-01"),
        ("role: field_rep", "role: feld_rep", "did you mean field_rep?"),
        ("place: lower_tier", "place: lower_teir", "did you mean lower_tier?"),
        ("number: 210", "number: 0", "requests.0.number"),
        ("number: 210", "number: 2.5", "requests.0.number"),
        ("needed: 2027-03", "needed: 2031-03", "is not a simulated month"),
        ("needed: 2027-03", "needed: March", "requests.0.needed"),
        ("requests:", "submitted: 2027-05\nrequests:", "is before the plan is submitted, in 2027-05"),
        ("requests:", "request: 1\nrequests:", "unknown; did you mean requests?"),
        ("number: 210, ", "", "requests.0.number: is missing"),
    ],
)  # fmt: skip
def test_a_wrong_plan_is_refused_with_file_and_line(plan, old, new, message):
    """What cannot be meant is said before anything runs, at its place in the plan."""
    plan.edit(old, new)
    lines = [line for line in plan.refused() if message in line]
    assert lines
    assert all(line.startswith(f"{PLAN}:") for line in lines)


def test_a_plan_for_a_market_that_never_opens_is_refused(plan):
    """People for lower-tier cities are not hired in a scenario that does not go there."""
    file = "params/scenarios.yaml"
    plan.edit("outlooks: [], levers: []}", "outlooks: [], headcount: [lower-tier-2027]}", file)
    assert any("lower_tier does not open in a scenario" in line for line in plan.refused())


def test_heads_for_a_market_that_never_opens_are_refused_whatever_adds_them(plan):
    """A lever or an override staffs no market that the company does not enter."""
    overseas = "roles.overseas_rep.places.overseas.added_heads"
    lever = "params/levers/lower-tier-cities.yaml"
    with pytest.raises(Refusal, match="overseas does not open in a scenario that adds heads"):
        load_assumptions(plan.folder, Company, "lower-tier-expansion", [f"{overseas}=50"])
    plan.edit("set:", f"set:\n  {overseas}: {{fixed: 50, unit: head}}", lever)
    assert any(
        line.startswith(lever) and "overseas does not open" in line for line in plan.refused()
    )


def test_heads_must_go_before_their_market_closes(plan):
    """A market that is left keeps nobody: its heads are set back, or the scenario is refused."""
    patches = plan.load().patches
    (opens,) = (patch for patch in patches if patch.path == "markets.lower_tier.open")
    closes = replace(opens, month=month_index("2028-03"), value=False)
    base = read_base(ParameterFiles(plan.folder), Company)
    found = [str(problem) for problem in launch_problems((*patches, closes), base)]
    assert found and all("lower_tier is closed in 2028-03" in line for line in found)
    assert launch_problems(patches, base) == []


ROWS = [
    {"role": "field_rep", "place": "lower_tier", "number": 40, "needed": "2027-06",
     "reason": {"en": "More counties", "zh": "更多县域"}},
    {"role": "service_agent", "place": "company", "number": 5, "needed": "2027-04",
     "reason": {"en": "More customers", "zh": "更多客户"}},
]  # fmt: skip
STATED = {"owner": "people-analytics", "as_of": "2026-10-01", "source": "workforce optimiser"}
LABEL = {"en": "Optimised plan", "zh": "优化后的编制"}


def test_a_plan_that_was_worked_out_becomes_a_file_like_any_other(plan):
    """What an optimiser found is written, listed by a scenario, and reaches the heads."""
    path = write_headcount(plan.folder, Company, "optimised", LABEL, ROWS, **STATED)
    assert path.read_text("utf-8").startswith("# yaml-language-server: $schema=../schema.json")
    plan.edit("headcount: [lower-tier-2027]", "headcount: [lower-tier-2027, optimised]",
              "params/scenarios.yaml")  # fmt: skip
    plan.edit("  - {role: field_rep, place: lower_tier, number: 210, needed: 2027-03", "  - {role: "
              "analyst, place: company, number: 1, needed: 2027-03")  # fmt: skip
    found = plan.load("lower-tier-expansion")
    assert heads(found) == {month_index("2027-06"): 40.0}
    assert found.patches_of(REP)[0].value.source == "workforce optimiser"


@pytest.mark.parametrize(
    ("name", "rows", "error"),
    [
        ("lower-tier-2027", ROWS, FileExistsError),
        ("Optimised plan", ROWS, ValueError),
        ("optimised", [{"role": "field_rep"}], ValueError),
        ("optimised", [{**ROWS[0], "role": "feld_rep"}], Refusal),
        ("optimised", [{**ROWS[0], "number": 0}], Refusal),
    ],
)
def test_a_plan_that_does_not_hold_is_not_written(plan, name, rows, error):
    """Neither an existing plan is overwritten nor a wrong one left behind."""
    folder = plan.folder / "params" / "headcount"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(error):
        write_headcount(plan.folder, Company, name, LABEL, rows, **STATED)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
