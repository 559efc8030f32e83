"""Staging: a pilot first, then stop, hold or roll out by what was seen, against deciding now.

What it answers: net present value of each of the three continuations of a pilot in every future; a rule
on what the pilot shows, fitted on one half of the futures and valued on the other, so that nobody
decides by what only the future knows; and the value of that option over deciding now.

A pilot is the launch in a share of the market: that share of its people and media, from an earlier month
on. What is known and sold there counts in proportion to the whole market, so that nothing built in the
pilot is had for nothing when it is rolled out. HR learns of what follows when it is decided.

Source of the rule: Dixit, A. K. and Pindyck, R. S. (1994), Investment under Uncertainty, chapter 2 (the
option to wait and see); the two halves are a holdout, as in Stone, M. (1974), Journal of the Royal
Statistical Society B 36.

What it leaves out: words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import draw
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.headcount import Request
from tandem.assumptions.inputs import model_inputs
from tandem.assumptions.layers import Layer, Patch
from tandem.assumptions.plan import FILE, Pilot, PlanSpace, read_plan
from tandem.assumptions.refusals import Refusal
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.schema import Company
from tandem.model.simulate import people_in_time, simulate
from tandem.results.measures import MEASURES
from tandem.study.decision import Difference, paired
from tandem.study.simulation import run_of

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "ACTIONS", "FUTURES", "Continuations", "Rule", "Staged", "Tried", "continuations", "fitted", "pilot_of",
    "tried", "valued",
]  # fmt: skip

Draws = NDArray[np.float64]

#: Futures on which a page values a pilot: three simulations stand behind it.
FUTURES = 200
#: What may follow a pilot, from the least to the most.
ACTIONS = ("stop", "hold", "roll_out")
_CUTS = 20  # quantiles of what was seen between which a rule may cut
NPV = "npv"


@dataclass(frozen=True, slots=True)
class Rule:
    """Below ``low`` stop, from ``high`` on roll out, in between hold: new customers over plan."""

    low: float
    high: float

    def actions(self, seen: Draws) -> NDArray[np.int64]:
        """What the rule does in each future, (draw,): a number of ``ACTIONS``."""
        return (seen >= self.low).astype(np.int64) + (seen >= self.high).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Continuations:
    """A pilot in every future: what was seen, and money by what followed; each (draw,).

    ``seen`` are new customers of the pilot until the decision over those of the plan; ``npv`` by
    name of ``ACTIONS``; ``now`` and ``never`` the net present value of launching at once and not at all.
    """

    seen: Draws
    npv: Mapping[str, Draws]
    now: Draws
    never: Draws


@dataclass(frozen=True, slots=True)
class Staged:
    """What a pilot with a rule is worth on futures that the rule was not fitted on.

    ``shares`` of futures by action; ``rule_npv`` and ``now_npv`` means in money; ``option`` is the rule
    less the better of launching now and never (``decided_now`` says which), ``flexibility`` the rule
    less rolling out whatever is seen.
    """

    rule: Rule
    shares: Mapping[str, float]
    decided_now: str
    rule_npv: float
    now_npv: float
    option: Difference
    flexibility: Difference


@dataclass(frozen=True)
class Tried:
    """A pilot, what came of it in every future, and what it is worth."""

    pilot: Pilot
    continuations: Continuations
    staged: Staged


def pilot_of(study: "Study") -> PlanSpace | None:
    """The plan file of a study that declares a pilot; None where none does."""
    if not (study.project / FILE).exists():
        return None
    space = read_plan(study.project)
    return None if space.file.pilot is None else space


def tried(study: "Study", draws: int = FUTURES) -> Tried | None:
    """A study's pilot on at most ``draws`` futures; None without one, or without its scenario.

    Raises Refusal for a pilot of a scenario that enters no market, or one that begins after its launch.
    """
    space = pilot_of(study)
    if space is None or space.file.pilot is None:
        return None
    pilot = space.file.pilot
    if pilot.scenario not in study.scenarios or study.settings.reference not in study.scenarios:
        return None
    found = continuations(study, space, pilot, min(draws, study.draws))
    return Tried(pilot, found, valued(found))


def continuations(study: "Study", space: PlanSpace, pilot: Pilot, count: int) -> Continuations:
    """The pilot simulated in the first ``count`` futures of the study, with each thing that may follow."""
    launched = study.of(pilot.scenario)
    reference = study.of(str(study.settings.reference))
    market = _market(space, launched.assumptions)
    begins, decided = units.month_index(pilot.begins), units.month_index(pilot.decided)
    npv: dict[str, Draws] = {}
    seen: Draws | None = None
    for action in ACTIONS:
        assumptions = _piloted(launched.assumptions, pilot, market, action)
        drawn = draw(assumptions, study.draws, study.seed, 0, count)
        inputs = model_inputs(drawn, study.seed)
        run = simulate(inputs)
        npv[action] = np.asarray(MEASURES[NPV].of(run_of(drawn, run, run)), dtype=float)
        if seen is None:
            assert inputs.central is not None
            m = inputs.structure.markets.index(market)
            planned = people_in_time(inputs.central).market["new_customers"][begins:decided, m]
            won = run.market["new_customers"][begins:decided, m].sum(axis=0)
            seen = won / max(float(planned.sum()), 1.0)
    assert seen is not None
    return Continuations(seen, npv, launched.draws_of(NPV)[:count], reference.draws_of(NPV)[:count])


def valued(found: Continuations) -> Staged:
    """The rule fitted on every other future, and what it is worth on those between.

    What is decided now, launching or not, is chosen on the same half as the rule. Raises ValueError for
    fewer than four futures: two halves with an interval.
    """
    if found.seen.size < 4:
        raise ValueError(
            f"a rule is fitted and valued on four futures or more, not {found.seen.size}"
        )
    known, fresh = slice(0, None, 2), slice(1, None, 2)
    table = np.stack([found.npv[action] for action in ACTIONS])
    rule = fitted(found.seen[known], table[:, known])
    actions = rule.actions(found.seen[fresh])
    reached = np.take_along_axis(table[:, fresh], actions[None], axis=0)[0]
    launch = bool(found.now[known].mean() >= found.never[known].mean())
    at_once = (found.now if launch else found.never)[fresh]
    return Staged(
        rule=rule,
        shares={name: float((actions == k).mean()) for k, name in enumerate(ACTIONS)},
        decided_now="launch" if launch else "never",
        rule_npv=float(reached.mean()),
        now_npv=float(at_once.mean()),
        option=paired("rule", "now", reached, at_once),
        flexibility=paired("rule", "roll_out", reached, table[-1, fresh]),
    )


def fitted(seen: Draws, npv: Draws) -> Rule:
    """The rule of highest mean money: ``seen`` (draw,), ``npv`` (action, draw) in the order of ACTIONS.

    Cuts lie between quantiles of what was seen; of equal rules the one that stops least.
    """
    levels = np.quantile(seen, np.linspace(0.0, 1.0, _CUTS + 1))
    cuts = [-np.inf, *np.unique(levels), np.inf]

    def worth(rule: Rule) -> float:
        return float(np.take_along_axis(npv, rule.actions(seen)[None], axis=0).mean())

    rules = [Rule(float(low), float(high)) for low, high in combinations_with_replacement(cuts, 2)]
    return max(rules, key=worth)


def _market(space: PlanSpace, assumptions: Assumptions) -> str:
    """The market that the pilot's scenario enters; its launch must not come before the pilot."""
    pilot = space.file.pilot
    assert pilot is not None
    opened = [p for p in assumptions.patches if p.path.endswith(".open") and p.value is True]
    if not opened:
        message = "enters no market, so there is nothing to try first"
        raise Refusal([space.problem(("pilot", "scenario"), message, found=pilot.scenario)])
    if units.month_index(pilot.begins) > opened[0].month:
        message = f"is after the launch of {pilot.scenario}, in {opened[0].from_month}"
        raise Refusal([space.problem(("pilot", "begins"), message, found=pilot.begins)])
    return opened[0].path.split(".")[1]


def _piloted(assumptions: Assumptions, pilot: Pilot, market: str, action: str) -> Assumptions:
    """The scenario with a pilot from its month on and, from the roll-out's month on, what follows."""
    begins, decided, follows = (
        units.month_index(m) for m in (pilot.begins, pilot.decided, pilot.rolled_out)
    )
    launch = next(p.month for p in assumptions.patches if p.path == f"markets.{market}.open")
    patches: list[Patch] = []
    for patch in assumptions.patches:
        if patch.month < launch:
            patches.append(patch)  # what holds before the launch, such as when HR is told
            continue
        if not _scaled(patch.path, market):
            patches.append(replace(patch, month=begins))
            if patch.path == f"markets.{market}.open" and action == "stop":
                patches.append(replace(patch, month=follows, value=False))
            continue
        whole = patch.path.endswith("added_heads")
        patches.append(replace(patch, month=begins, value=_part(patch.value, pilot.share, whole)))
        after = {"stop": 0.0, "hold": pilot.share, "roll_out": 1.0}[action]
        patches.append(replace(patch, month=follows, value=_part(patch.value, after, whole)))
    told = _told(assumptions, market, follows, decided)
    return replace(assumptions, patches=tuple(patches), layers=(told,))


def _scaled(path: str, market: str) -> bool:
    """Whether a path is people or media of the market, of which a pilot has a share."""
    parts = path.split(".")
    return path == f"markets.{market}.media" or (
        parts[0] == "roles" and parts[3:] == [market, "added_heads"]
    )


def _part(value: Estimate, share: float, whole: bool) -> Estimate:
    """A share of a number, in whole heads where it is people."""
    part = share * value.median
    number = float(np.ceil(part - 1e-9)) if whole else part
    return replace(
        value, shape="fixed", parameters=(number,), unit=value.unit, written=value.unit, stated=""
    )


def _told(assumptions: Assumptions, market: str, needed: int, told: int) -> Layer:
    """A headcount plan by which HR learns what follows the pilot when that is decided, not before.

    People of the market are announced then; all others keep their notice and see no further.
    """
    company = assumptions.base
    assert isinstance(company, Company)
    requests = [
        Request(role, place, 0, needed, when, one.label, assumptions.place(f"roles.{role}"))
        for role, one in company.roles.items()
        for place in one.places
        for when in ((told,) if place == market else (None, told))
    ]
    label = assumptions.scenario.label
    return Layer("headcount", "pilot", label, None, (), tuple(requests))
