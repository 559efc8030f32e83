"""Manpower: the cheapest way, or the one with fewest redundancies, to the strength that is required.

What it answers: whom to hire, retrain, downgrade, make redundant and put on part-time, period by
period and grade by grade; what one more required head costs; where no plan exists, which limits
clash; and the same over draws of what is required and who leaves.

    from tandem.manpower import from_dict, solve

    plan = solve(from_dict(described), objective="cost")
    plan.table(), plan.total_cost, plan.worth.required_strength

What it leaves out: where the required strength comes from, and everything that answers back (pay,
demand, cash): for that a plan goes into the simulation, through `headcount_rows`.

Who may import it: charts, batch, site, cli and notebooks. Its siblings `tandem.study` and
`tandem.calibration` may not.
"""

from tandem.manpower.headcount import headcount_rows
from tandem.manpower.infeasible import Gap, Infeasible
from tandem.manpower.optimum import solve
from tandem.manpower.plan import Plan, Worth
from tandem.manpower.problem import Downgrading, InvalidProblem, Problem, Retraining
from tandem.manpower.reading import from_dict
from tandem.manpower.risk import Chance, RiskNotHeld, TailBound
from tandem.manpower.uncertain import UncertainPlan, solve_draws

__all__ = [
    "Problem",
    "Retraining",
    "Downgrading",
    "InvalidProblem",
    "from_dict",
    "solve",
    "Plan",
    "Worth",
    "Infeasible",
    "Gap",
    "headcount_rows",
    "solve_draws",
    "Chance",
    "TailBound",
    "RiskNotHeld",
    "UncertainPlan",
]
