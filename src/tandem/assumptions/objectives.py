"""`params/objectives.yaml`: the objective with its key results, and the goals of the KPI scorecard.

Answers: what management declared, each number as an Estimate with its source, and where it stands.
Leaves out whether the key results add up to the objective (`tandem.study.objectives`, which knows
what 2026 was). Study and above may import it.

    schema: 1
    objective:
      label: {en: Sales 30 % above 2026, zh: 销售额比2026年增长30%}
      target: sales_growth
      key_results:
        exposure: {label: ..., leaf: exposure, by: quarter, growth: {fixed: 1.5, unit: "1"}, ...}

The growth of the objective itself stands in `base/targets.yaml` and is named here: a fact has one
place. What is declared here is a choice, hence `fixed`; no simulation depends on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field

from tandem.assumptions.declared import declared_file
from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity
from tandem.assumptions.files import FOLDER
from tandem.assumptions.places import Document
from tandem.assumptions.refusals import Place, Problem, Refusal
from tandem.assumptions.tree import leaves
from tandem.model.objectives import Infeasible, check_parts

__all__ = ["FILE", "KPIS", "KeyResult", "Objectives", "ObjectivesFile", "read_objectives"]

FILE = f"{FOLDER}/objectives.yaml"

#: Leaves of the driver tree of sales (`tandem.model.objectives.SALES_TREE`).
LeafName = Literal[
    "exposure", "availability", "lead_conversion", "service", "win_rate", "customers",
    "repeat_rate", "order_value",
]  # fmt: skip
Kpi = Literal[
    "share", "awareness", "conversion", "fill_rate", "training_cover", "satisfaction", "turnover"
]
#: KPIs whose goals stand in this file; those of sales and new customers stand in `base/targets.yaml`.
KPIS: tuple[str, ...] = get_args(Kpi)


class KeyResult(Section):
    """One key result: a leaf of the driver tree, by how much it is to grow, and what is possible."""

    label: Label
    leaf: LeafName = choice("Driver", "驱动因素")
    by: Literal["month", "quarter"] = choice("Measured by", "衡量周期")
    growth: Estimate = quantity("1", "Growth over 2026", "相对2026年的增长倍数", 0.5, 10)
    possible: Estimate = quantity("1", "Growth that is possible", "可能达到的增长倍数", 0.5, 10)


class Objective(Section):
    """The annual objective and how it is divided."""

    label: Label
    target: Literal["sales_growth"] = choice("Target", "目标")
    quarters: tuple[Estimate, ...] = quantity(
        "share", "Share of the year's sales", "占全年销售额比例", 0, 1, min_length=4, max_length=4
    )
    key_results: dict[str, KeyResult] = Field(min_length=1, max_length=8)
    stretch: tuple[Estimate, ...] = quantity(
        "1",
        "Level of the objective's growth",
        "目标增长的档位",
        0.05,
        3,
        min_length=1,
        max_length=6,
    )


class Scorecard(Section):
    """From which probability on a KPI is on track or at risk, and its goals."""

    on_track: Estimate = quantity("prob", "On track from", "达标概率下限(正常)", 0.01, 0.99)
    at_risk: Estimate = quantity("prob", "At risk from", "达标概率下限(有风险)", 0.01, 0.99)
    share: Estimate = quantity("share", "Market share", "市场份额", 0, 1)
    awareness: Estimate = quantity("share", "Awareness", "知名度", 0, 1)
    conversion: Estimate = quantity("share", "Conversion of leads", "线索转化率", 0, 1)
    fill_rate: Estimate = quantity("share", "Fill rate", "编制满足率", 0, 1)
    training_cover: Estimate = quantity("1", "Training coverage", "培训覆盖", 0, 5)
    satisfaction: Estimate = quantity("share", "Customers' satisfaction", "客户满意度", 0, 1)
    turnover: Estimate = quantity("share", "Turnover a year", "年离职率", 0, 3)


class ObjectivesFile(Section):
    """The schema of `objectives.yaml`."""

    version: Literal[1] = Field(alias="schema")
    objective: Objective
    scorecard: Scorecard
    defaults: dict[str, Any] | None = None


@dataclass(frozen=True)
class Objectives:
    """What the file declares; `place(path)` says where a part of it stands."""

    objective: Objective
    scorecard: Scorecard
    document: Document = field(repr=False)

    def place(self, *path: str | int) -> Place:
        """File, line and column of a path, or of the nearest part of it that was written."""
        return self.document.place(path)

    def problem(self, path: tuple[str | int, ...], message: str, code: str) -> Problem:
        """A problem at a path of the file."""
        return Problem.at(
            self.place(*path), ".".join(str(part) for part in path), message, code=code
        )

    @property
    def estimates(self) -> dict[str, Estimate]:
        """Every number of the file by path."""
        found = (*leaves(self.objective), *leaves(self.scorecard))
        return {leaf.value.path: leaf.value for leaf in found if isinstance(leaf.value, Estimate)}


def read_objectives(project: Path) -> Objectives:
    """The objectives of a study; raises Refusal with every problem and its place.

    Refused are a file that lacks, unknown keys and leaves, numbers without unit or source, a number
    that is a range, quarters that do not add up to the year, a leaf named twice, levels of
    stretch that do not rise, and an `at_risk` that is not below `on_track`.
    """
    found, document = declared_file(project, FILE, ObjectivesFile)
    declared = Objectives(found.objective, found.scorecard, document)
    if problems := list(_contradictions(declared)):
        raise Refusal(problems)
    return declared


def _contradictions(declared: Objectives) -> Iterable[Problem]:
    for path, estimate in declared.estimates.items():
        if estimate.uncertain:
            parts = tuple(int(p) if p.isdigit() else p for p in path.split("."))
            message = f"is a choice, not a belief: write fixed, not {estimate.shape}"
            yield declared.problem(parts, message, "not-fixed")
    quarters = {f"Q{n}": e.median for n, e in enumerate(declared.objective.quarters, start=1)}
    try:
        check_parts(1.0, quarters)
    except Infeasible as gap:
        at = ("objective", "quarters", int(gap.leaf[1]) - 1)
        yield declared.problem(at, f"{gap.leaf}: {gap.message}", "sum")
    levels = [e.median for e in declared.objective.stretch]
    for number, (one, other) in enumerate(pairwise(levels), start=1):
        if not one < other:
            message = f"must be above the level before it, which is {one:g}"
            yield declared.problem(("objective", "stretch", number), message, "inconsistent")
    seen: dict[str, str] = {}
    for name, result in declared.objective.key_results.items():
        if result.leaf in seen:
            message = f"{result.leaf} is the leaf of {seen[result.leaf]} already"
            where = ("objective", "key_results", name, "leaf")
            yield declared.problem(where, message, "twice")
        seen.setdefault(result.leaf, name)
    card = declared.scorecard
    if not card.at_risk.median < card.on_track.median:
        message = f"must be below on_track, which is {card.on_track.median:g}"
        yield declared.problem(("scorecard", "at_risk"), message, "inconsistent")
