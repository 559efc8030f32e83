"""A company of one page, as files and as a schema, for the tests of the machinery."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest

from tandem.assumptions.base import Places
from tandem.assumptions.correlations import Correlations
from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity
from tandem.assumptions.loading import check_project, load_assumptions
from tandem.assumptions.refusals import Problem, Refusal
from tandem.assumptions.resolved import Assumptions


class Market(Section):
    """A market with two numbers and a choice."""

    label: Label
    switching: Estimate = quantity("1/month", "Switching rate", "换牌率", low=0, high=0.2)
    media: Estimate = quantity("CNY/month", "Media spend", "媒体投放", low=0, high=1e7)
    channel: Literal["offline", "online"] = choice("Channel", "渠道")


class Role(Section):
    """A role with its pay plan, by name."""

    label: Label
    quota: Estimate = quantity("CNY/month", "Quota", "销售定额", low=1000, high=1e6)
    leaves: Estimate = quantity("prob/month", "Leaves", "离职概率", low=0, high=0.3)
    plan: str = choice("Pay plan", "薪酬方案")
    skills: tuple[str, ...] = choice("Skills", "技能", default=())


class Hiring(Section):
    """Times and work of hiring."""

    notice: Estimate = quantity("month", "Notice given to HR", "提前告知", low=0, high=6)
    fee: Estimate | None = quantity("CNY/hire", "Fee", "费用", low=0, high=1e5, default=None)
    work: dict[Literal["posting", "interviews"], Estimate] = quantity(
        "hour", "Work", "工时", low=0, high=100
    )
    batch: bool = False


class Company(Section):
    """The root."""

    owners: ClassVar[tuple[str, ...]] = ("marketing", "recruiting", "finance")
    markets: dict[str, Market]
    roles: dict[str, Role]
    hiring: Hiring
    correlations: Correlations = Correlations()

    def cross_checks(self, places: Places) -> list[Problem]:
        """Pay plans must exist."""
        plans = ("kpi-bonus", "low-base")
        return [
            places.problem(f"roles.{name}.plan", "no such plan", found=role.plan, allowed=plans)
            for name, role in self.roles.items()
            if role.plan not in plans
        ]


CORE = """\
schema: 1
defaults: {source: "Annual report", evidence: measured, owner: marketing, as_of: 2026-09-30}
label: {en: Core cities, zh: 核心城市}
switching: {triangular: [0.06, 0.12, 0.24], unit: 1/year, source: "Panel", evidence: benchmark}
media: {fixed: 2, unit: M CNY/month}
channel: offline
"""
LOWER = CORE.replace("Core cities", "Lower-tier cities").replace("fixed: 2", "fixed: 0")
REP = """\
schema: 1
defaults:
  source: "Payroll"
  evidence: measured
  owner: recruiting
  as_of: 2026-09-30
label: {en: Field rep, zh: 地面销售代表}
quota:
  lognormal: [80, 0.2]
  unit: k CNY/month
leaves: {triangular: [0.2, 0.3, 0.4], unit: prob/year}
plan: kpi-bonus
skills: [scripts, channels]
"""
HIRING = """\
schema: 1
defaults: {source: "Recruiting", evidence: judgement, owner: recruiting, as_of: 2026-09-30}
notice: {fixed: 2, unit: months}
work:
  posting: {uniform: [1, 3], unit: hours}
  interviews: {pert: [4, 6, 10], unit: hours}
"""
LATE = """\
schema: 1
label: {en: HR is told late, zh: 人力部门得知较晚}
from: 2026-12
set:
  hiring.notice: {fixed: 0, unit: month, source: "The lever", evidence: judgement}
  roles.field_rep.plan: low-base
"""
TIGHT = """\
schema: 1
label: {en: Tight labour market, zh: 劳动力市场紧张}
defaults: {source: "Our view", evidence: judgement}
set:
  roles.field_rep.leaves: {triangular: [0.3, 0.4, 0.5], unit: prob/year}
"""
LAUNCH = """\
schema: 1
label: {en: Launch, zh: 上市}
from: 2027-03
defaults: {source: "Plan", evidence: judgement}
set:
  markets.lower_tier.media: {triangular: [1.5, 1.7, 2], unit: M CNY/month}
"""
SCENARIOS = """\
schema: 1
scenarios:
  do-nothing: {label: {en: Do nothing, zh: 维持现状}}
  launch: {label: {en: Launch, zh: 上市}, levers: [launch]}
  late:
    label: {en: Launch told late, zh: 上市但告知较晚}
    outlooks: [tight]
    levers: [launch, hire-late]
    parent: launch
"""
FILES = {
    "params/base/markets/core.yaml": CORE,
    "params/base/markets/lower_tier.yaml": LOWER,
    "params/base/roles/field_rep.yaml": REP,
    "params/base/hiring.yaml": HIRING,
    "params/levers/hire-late.yaml": LATE,
    "params/levers/launch.yaml": LAUNCH,
    "params/outlooks/tight.yaml": TIGHT,
    "params/scenarios.yaml": SCENARIOS,
}


@dataclass
class TinyStudy:
    """A folder with the files above, which a test changes."""

    project: Path
    root: type[Company] = Company

    def write(self, file: str, text: str | bytes) -> None:
        """Write one file, making its folder."""
        path = self.project / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        text = (self.project / file).read_text(encoding="utf-8")
        assert text.count(old) == 1, (old, text)
        self.write(file, text.replace(old, new))

    def load(self, scenario: str = "do-nothing", overrides: Sequence[str] = ()) -> Assumptions:
        """The assumptions of a scenario."""
        return load_assumptions(self.project, self.root, scenario, overrides)

    def check(self) -> dict[str, Assumptions]:
        """All scenarios."""
        return check_project(self.project, self.root)

    def refused(self, load: Callable[[], Any] | None = None) -> list[str]:
        """The lines of the refusal that loading (by default: the check of all) ends in."""
        with pytest.raises(Refusal) as refusal:
            (load or self.check)()
        return str(refusal.value).splitlines()


@pytest.fixture
def study(tmp_path: Path) -> TinyStudy:
    """A sound study of two markets, one role and three scenarios."""
    tiny = TinyStudy(tmp_path)
    for file, text in FILES.items():
        tiny.write(file, text)
    return tiny
