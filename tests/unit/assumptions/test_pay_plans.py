"""Pay plans as files: what is refused, with its place, and a component that is one new file."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.schema import Company
from tandem.assumptions.schema.pay import pay_components, plan_problems

HEAD = """schema: 1
defaults: {source: "a test", evidence: judgement, owner: compensation, as_of: 2026-09-30}
label: {en: Under test, zh: 测试}
components:
  base_pay:
    share: {fixed: 0.6, unit: share}
"""
BONUS = """  kpi_bonus:
    share: {fixed: 0.4, unit: share}
    threshold: {fixed: 0.5, unit: "1"}
    cap: {fixed: 2.0, unit: "1"}
    weight_sales: {fixed: 0.6, unit: share}
    weight_satisfaction: {fixed: 0.4, unit: share}
"""
COMMISSION = """  commission:
    share: {fixed: 0.4, unit: share}
    threshold: {fixed: 0.1, unit: "1"}
    accelerator: {fixed: 1.5, unit: "1"}
    cap: {fixed: 2.5, unit: "1"}
"""
OPTIONS = """  stock_options:
    grant: {fixed: 0.5, unit: share}
    years: {fixed: 6, unit: year}
    vesting: {fixed: 3, unit: year}
    rate: {fixed: 0.02, unit: 1/year}
    volatility: {fixed: 0.4, unit: "1"}
    dividend: {fixed: 0.01, unit: 1/year}
    leaving: {fixed: 0.1, unit: 1/year}
    multiple: {fixed: 2, unit: "1"}
    wealth: {fixed: 1, unit: "1"}
"""
CLAWBACK = """  clawback:
    share: {fixed: 0.5, unit: share}
    undone: {fixed: 0.1, unit: share}
"""


def study(folder: Path, plan: str) -> Path:
    """The repository's assumptions with one more pay plan, which nobody is on."""
    shutil.copytree(REPOSITORY / "params", folder / "params")
    (folder / "params/base/incentives/tested.yaml").write_text(HEAD + plan, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("plan", "old", "new", "line", "reason"),
    [
        (BONUS, "0.6, unit: share}\n    weight_sat", "0.5, unit: share}\n    weight_sat", 11, "add up to 0.9"),
        (BONUS, "fixed: 2.0", "fixed: 0.8", 10, "under the target pay"),
        (BONUS, "share: {fixed: 0.4", "share: {fixed: 0.3", 6, "must add up to 1"),
        (COMMISSION, "cap: {fixed: 2.5", "cap: {fixed: 0.9", 11, "under the quota"),
        (COMMISSION, "accelerator: {fixed: 1.5", "accelerator: {fixed: -0.5", 10, "outside the plausible 0 to 4"),
        (
            COMMISSION,
            "    cap:",
            '    tier: {fixed: 3, unit: "1"}\n    tier_rate: {fixed: 1, unit: "1"}\n    cap:',
            11,
            "tiers are out of order",
        ),
        (COMMISSION, "    cap:", '    tier: {fixed: 2, unit: "1"}\n    cap:', 11, "together with tier_rate"),
        (COMMISSION, "    cap:", '    tier_rate: {fixed: 2, unit: "1"}\n    cap:', 11, "together with tier,"),
        (BONUS, "  kpi_bonus:", CLAWBACK + "  kpi_bonus:", 7, "no effect without commission"),
        (COMMISSION, "cap: {fixed: 2.5,", "cap: {triangular: [0.5, 1.5, 2.5],", 11, "under the quota"),
        (BONUS + OPTIONS, "vesting: {fixed: 3", "vesting: {fixed: 7", 16, "past expiry"),
        (BONUS + OPTIONS, "vesting: {fixed: 3", "vesting: {triangular: [1, 3, 7]", 16, "6 years at most"),
        (
            BONUS + OPTIONS,
            "rate: {fixed: 0.02, unit: 1/year}\n    volatility: {fixed: 0.4",
            "rate: {fixed: 0.2, unit: 1/year}\n    volatility: {triangular: [0.05, 0.1, 0.2]",
            17,
            "0.173 apart at most",
        ),
        (BONUS + OPTIONS, "years: {fixed: 6, unit: year}", "years: {fixed: 9, unit: year}\n    treshold: {fixed: 1, unit: year}", 16, "unknown"),
        (BONUS, "kpi_bonus", "kpi_bonuss", 7, "unknown"),
    ],
)  # fmt: skip
def test_terms_that_do_not_go_together_are_refused_where_they_stand(
    tmp_path, plan, old, new, line, reason
):
    """File, line, column and reason for each mistake of a plan."""
    assert old in plan
    project = study(tmp_path, plan.replace(old, new))
    with pytest.raises(Refusal) as refused:
        load_assumptions(project, Company, "do-nothing")
    (problem,) = [
        p for p in refused.value.problems if reason in p.message
    ] or refused.value.problems
    assert reason in problem.message
    assert (problem.place.file, problem.place.line) == ("params/base/incentives/tested.yaml", line)
    assert problem.place.column > 0


def test_a_tier_that_pays_less_is_legitimate(tmp_path):
    """A rate below the one before it is a decision, not a mistake."""
    slower = (
        COMMISSION + '    tier: {fixed: 1.5, unit: "1"}\n    tier_rate: {fixed: 0.5, unit: "1"}\n'
    )
    loaded = load_assumptions(study(tmp_path, slower), Company, "do-nothing")
    terms = loaded.base.incentives["tested"].terms("commission")
    assert terms is not None and terms["tier_rate"].median < terms["accelerator"].median


def test_a_lever_may_not_break_what_goes_together(tmp_path):
    """The same rules hold for what a scenario leaves of a plan."""
    project = study(tmp_path, BONUS)
    change = ("incentives.tested.components.kpi_bonus.weight_sales@2027-03=0.9",)
    with pytest.raises(Refusal, match=r"add up to 1\.3"):
        load_assumptions(project, Company, "do-nothing", change)


def test_components_reach_the_model_by_plan(tmp_path):
    """Each plan has its own terms, and those that it leaves out are without effect."""
    loaded = load_assumptions(study(tmp_path, BONUS + OPTIONS), Company, "do-nothing")
    given = model_inputs(draw(loaded, 2, 1), 1)
    plan = given.structure.plans.index("tested")
    terms = {t.kind.__name__: t for t in given.base.parameters.incentive.components}
    assert set(terms) >= {"BasePay", "KpiBonus", "StockOptions"}
    assert "PayRise" not in terms, "no plan has it"
    options = terms["StockOptions"]
    assert options.given[plan] and not options.given[given.structure.plans.index("base_and_bonus")]
    assert np.array_equal(options.values["vesting"][plan], [3.0, 3.0])
    assert (options.values["grant"][[not has for has in options.given]] == 0.0).all()


def test_the_repositorys_plans_go_together():
    """No plan of the worked example has terms that contradict each other."""
    loaded = load_assumptions(REPOSITORY, Company, "do-nothing")
    assert not plan_problems(loaded.base.incentives, loaded.places)


NEW = '''
"""Referral bonus: a sum for colleagues brought in, whatever the results."""

from dataclasses import dataclass
from typing import ClassVar

from tandem.model.incentives.component import Component, Paid, term
from tandem.model.incentives.curve import PayCurve
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class ReferralBonus(Component):
    """``share`` of target pay, (p, d)."""

    label: ClassVar[tuple[str, str]] = ("Referral bonus", "内推奖金")
    paid: ClassVar[Paid] = "quarter"

    share: Array = term("share", "Referral bonus", "内推奖金占比", 0, 0.5, nothing=0)

    def curve(self) -> PayCurve:
        """Flat in attainment."""
        return PayCurve.flat(self.share)
'''
USE = """
import json, sys
from pathlib import Path
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.loading import load_assumptions
from tandem.assumptions.schema import Company
from tandem.assumptions.schema_json import json_schema
from tandem.model.simulate import simulate

def run(share):
    change = (f"incentives.tested.components.referral_bonus.share={share}",
              "roles.analyst.places.company.plan=tested")
    found = load_assumptions(Path(sys.argv[1]), Company, "do-nothing", change)
    given = model_inputs(draw(found, 2, 1), 1)
    run = simulate(given)
    who = run.structure.positions.index("analyst@company")
    target = run.position["heads"][0, who] * given.base.parameters.people.pay[who]
    return (run.position["pay_variable"][0, who] / target).mean()

section = json_schema(Company)["$defs"]["ReferralBonus"]["properties"]["share"]
print(json.dumps([section["title"], run(0.0), run(0.25)]))
"""


def test_a_new_component_is_one_new_file(tmp_path):
    """Its file alone: the schema knows it, a plan uses it, it is drawn, paid and costed."""
    package = tmp_path / "installed" / "tandem"
    shutil.copytree(REPOSITORY / "src" / "tandem", package)
    (package / "model/incentives/referral_bonus.py").write_text(NEW, encoding="utf-8")
    new = "  referral_bonus:\n    share: {fixed: 0.1, unit: share}\n"
    project = study(tmp_path, BONUS + new)
    script = tmp_path / "use.py"
    script.write_text(USE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script, project],
        env={**os.environ, "PYTHONPATH": str(tmp_path / "installed")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    title, without, with_it = json.loads(done.stdout)
    assert title == "Referral bonus"
    assert with_it - without == pytest.approx(0.25)
    assert "referral_bonus" not in pay_components()
