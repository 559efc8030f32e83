"""Courses: what they come to by position, and which files are refused."""

import shutil

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, assumptions, drawn
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.model.simulate import simulate
from tandem.units import month_index

DRAWS = 12
ACADEMY = "lower-tier-sales-academy"
START = month_index("2027-01")


def test_each_position_has_the_courses_of_its_role_and_those_of_all():
    """Time, money and effect are sums over courses, each at its coverage."""
    values = drawn("do-nothing", DRAWS)
    given = model_inputs(values, SEED)
    w, s = given.base.parameters.workforce, given.structure
    rep = s.positions.index("field_rep@core")

    def part(course, field):
        return values.base[f"courses.{course}.coverage"] * values.base[f"courses.{course}.{field}"]

    year = values.base["training.hours_a_year"]
    yearly = ("sales_scripts", "future_managers")  # the second is not taken on joining
    assert w.course_share[rep] == pytest.approx(sum(part(c, "hours") for c in yearly) / year)
    output = np.array([part(c, "output") for c in yearly])
    assert w.course_output[rep] == pytest.approx(output.sum(axis=0))
    fading = np.array([values.base[f"courses.{c}.fade"] for c in yearly])
    assert w.course_fade[rep] == pytest.approx((output * fading).sum(axis=0) / output.sum(axis=0))
    assert w.joining_ramp[rep] == pytest.approx(
        part("onboarding", "ramp") + part("sales_scripts", "ramp")
    )
    own = 1.0 - values.base["courses.sales_scripts.experts"]
    scripts = part("sales_scripts", "hours") * own
    managers = part("future_managers", "hours") * (
        1.0 - values.base["courses.future_managers.experts"]
    )
    assert w.course_seats[rep] == pytest.approx((scripts + managers) / year)
    assert w.joining_seats[rep] == pytest.approx(
        (part("onboarding", "hours") + scripts) * 12 / year
    )
    assert w.joining_cost[rep] == pytest.approx(
        part("onboarding", "cost") + part("sales_scripts", "cost")
    )


def test_onboarding_is_taken_once_by_those_who_join():
    """A trainer, whom no other course covers, costs onboarding on joining and nothing a year after."""
    values = drawn("do-nothing", DRAWS)
    given = model_inputs(values, SEED)
    w = given.base.parameters.workforce
    trainer = given.structure.positions.index("trainer@company")
    coverage = values.base["courses.onboarding.coverage"]
    assert w.joining_cost[trainer] == pytest.approx(
        coverage * values.base["courses.onboarding.cost"]
    )
    for row in (w.course_cost, w.course_share, w.course_seats, w.course_output):
        assert (row[trainer] == 0.0).all()


def test_an_academy_takes_time_and_money_first_and_gives_output_later():
    """More hours lost from its month on; skill builds up over the months after."""
    given = model_inputs(drawn(ACADEMY, DRAWS), SEED)
    before, after = (given.months[t].parameters.workforce for t in (START - 1, START))
    rep = given.structure.positions.index("field_rep@core")
    assert (after.course_share[rep] > before.course_share[rep]).all()
    assert (after.course_cost[rep] > before.course_cost[rep]).all()
    academy = simulate(given)
    plain = simulate(model_inputs(drawn("lower-tier-expansion", DRAWS), SEED))
    core = given.structure.markets.index("core")
    heads = [t.position["heads"][:, rep].mean(axis=1) for t in (academy, plain)]
    a_head = [
        t.market["capacity"][:, core].mean(axis=1) / h
        for t, h in zip((academy, plain), heads, strict=True)
    ]
    assert a_head[0][START] < a_head[1][START]
    assert a_head[0][-12:].mean() > a_head[1][-12:].mean()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("roles: [field_rep]", "roles: [feld_rep]", "did you mean field_rep?"),
        ("coverage: {fixed: 0.3", "coverage: {fixed: 1.3", "is outside the plausible 0 to 1"),
        ("hours: {fixed: 40", "hours: {fixed: -4", "is outside the plausible 0 to 500"),
        ("kind: job-skills", "kind: job-skill", "did you mean job-skills?"),
        ("kind: job-skills", "kind: onboarding", "is not what onboarding does"),
    ],
)
def test_a_wrong_course_is_refused_at_its_place(tmp_path, old, new, message):
    """Nobody can be trained for a role that does not exist, nor more than all of them."""
    shutil.copytree(REPOSITORY / "params", tmp_path / "params")
    file = tmp_path / "params" / "base" / "courses" / "sales_scripts.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(Refusal) as refused:
        load_assumptions(tmp_path, Company, "do-nothing")
    lines = [str(problem) for problem in refused.value.problems]
    assert any("courses/sales_scripts.yaml:" in line and message in line for line in lines), lines


def test_a_company_without_courses_is_still_one():
    """Nothing taught, nothing lost: sums are nought and nothing fades away."""
    from tandem.assumptions.development import course_sums

    company = assumptions("do-nothing").base.model_copy(update={"courses": {}})
    found = course_sums(company, ("analyst",), lambda path: np.full(3, 2000.0), np.zeros(3))
    assert (found["course_share"] == 0.0).all() and (found["course_fade"] > 0.0).all()
