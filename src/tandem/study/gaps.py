"""Gaps: what planning as one brings over handing plans over, and that over planning apart.

What it answers: the paired differences of net present value between the silo, hand-off and joint plans
with their intervals, on the study's futures, which no search has seen; and each gap taken apart lever by
lever.

Levers are taken over one at a time, in the order of `tandem.assumptions.plan.PARTS` and in the reverse
order, and the mean of the two is a lever's part: the parts add up to the gap in every future. It is the
Shapley value where levers act in pairs at most. Source: Shapley, L. S. (1953), A value for n-person
games, Annals of Mathematics Studies 28; two opposite orders are one antithetic pair of its permutations
(Mitchell, R. and others (2022), Sampling permutations for Shapley value estimation, Journal of Machine
Learning Research 23).

What it leaves out: finding the plans (`optimising`), words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.plan import FILE, PARTS, read_plan
from tandem.model.simulate import simulate
from tandem.results.measures import MEASURES
from tandem.study.decision import Difference, paired
from tandem.study.optimising import NAMES
from tandem.study.plans import Plan, Plans, read_plans
from tandem.study.simulation import run_of

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["FUTURES", "Gap", "Three", "gaps", "lever_parts", "levers", "three_plans"]

Draws = NDArray[np.float64]

#: Futures on which a page takes a gap apart: a simulation or two stands behind each lever.
FUTURES = 100
NPV = "npv"


@dataclass(frozen=True, slots=True)
class Gap:
    """`to` less `of`: net present value in money, on the futures of the study."""

    of: str
    to: str
    whole: Difference


@dataclass(frozen=True)
class Three:
    """The three plans of a study as its scenarios hold them now, by name in the order of ``NAMES``."""

    plans: Plans
    decided: dict[str, Plan]
    studies: dict[str, "Study"]


def three_plans(study: "Study") -> Three | None:
    """The plans of the study's scenarios; None where there is no plan file or a scenario lacks.

    Raises Refusal for a plan file that does not hold.
    """
    if not (study.project / FILE).exists():
        return None
    declared = read_plan(study.project).file.plans
    names = {name: getattr(declared, name).scenario for name in NAMES}
    if any(scenario not in study.scenarios for scenario in names.values()):
        return None
    plans = read_plans(study.project, study.overrides)
    studies = {name: study.of(scenario) for name, scenario in names.items()}
    decided = {name: plans.present(one.assumptions) for name, one in studies.items()}
    return Three(plans, decided, studies)


def gaps(three: Three) -> tuple[Gap, Gap]:
    """Hand-off less silo, and joint less hand-off, paired on all futures of the study."""
    values = {name: one.draws_of(NPV) for name, one in three.studies.items()}
    silo, hand_off, joint = NAMES
    return tuple(  # type: ignore[return-value]  # two pairs, two gaps
        Gap(of, to, paired(to, of, values[to], values[of]))
        for of, to in ((silo, hand_off), (hand_off, joint))
    )


def levers(three: Three, gap: Gap, draws: int = FUTURES) -> dict[str, Difference]:
    """The part of each lever in a gap, by name, on the first ``draws`` futures of the study.

    Only levers in which the two plans differ; none where the plans are the same. Each is a paired
    difference with its interval, and the means add up to the gap on those futures.
    """
    study = three.studies[gap.to]
    count = min(draws, study.draws)
    of, to = three.decided[gap.of], three.decided[gap.to]

    def value(taken: frozenset[str]) -> Draws:
        assumptions = three.plans.assumptions(_mixed(three.plans, of, to, taken))
        drawn = draw(assumptions, study.draws, study.seed, 0, count)
        run = simulate(model_inputs(drawn, study.seed))
        return np.asarray(MEASURES[NPV].of(run_of(drawn, run, run)), dtype=float)

    found = lever_parts(_differing(three.plans, of, to), value)
    nothing = np.zeros(count)
    return {part: paired(part, gap.of, worth, nothing) for part, worth in found.items()}


def lever_parts(
    parts: tuple[str, ...], value: Callable[[frozenset[str]], Draws]
) -> dict[str, Draws]:
    """What each lever adds, (draw,) by name: the mean of taking them over in order and in reverse.

    ``value`` gives what is reached with some levers taken over; it is asked once for each set.
    """
    reached: dict[frozenset[str], Draws] = {}

    def at(taken: frozenset[str]) -> Draws:
        if taken not in reached:
            reached[taken] = value(taken)
        return reached[taken]

    found: dict[str, Draws] = {}
    for part in parts:
        k = parts.index(part)
        before, after = frozenset(parts[:k]), frozenset(parts[k + 1 :])
        found[part] = 0.5 * ((at(before | {part}) - at(before)) + (at(after | {part}) - at(after)))
    return found


def _differing(plans: Plans, of: Plan, to: Plan) -> tuple[str, ...]:
    """Levers in which two plans differ, in the order in which they are taken over."""
    different: set[str] = {
        one.part for one in plans.variables if of.values[one.path] != to.values[one.path]
    }
    if of.launch != to.launch:
        different |= {"launch"}
    return tuple(part for part in PARTS if part in different)


def _mixed(plans: Plans, of: Plan, to: Plan, taken: frozenset[str]) -> Plan:
    """One plan with the levers ``taken`` as another has them."""
    values = dict(of.values)
    for one in plans.variables:
        if one.part in taken:
            values |= {p: to.values[p] for p in (one.path, one.rest) if p is not None}
    return Plan(to.launch if "launch" in taken else of.launch, values)
