"""A manpower plan as rows of the annual headcount plan.

What it answers: which role is needed where, how many of it, when and why, so that an optimum can be
submitted and simulated as a scenario.

What it leaves out: the file itself, and moves between grades, which no recruiter is asked for.

Who may import it: the package itself; those outside take `headcount_rows` from `tandem.manpower`.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np

from tandem.manpower.plan import Plan
from tandem.manpower.problem import unknown_name
from tandem.units import month_index, month_label

__all__ = ["headcount_rows"]


def headcount_rows(
    plan: Plan,
    first_month: str,
    roles: Mapping[str, str],
    places: Mapping[str, str],
    *,
    months_a_period: int = 1,
) -> list[dict[str, Any]]:
    """A row for each period and grade with hires: role, number, place, needed "YYYY-MM", reason.

    `first_month` is the first month of the first period; people are needed when their period
    begins. `roles` and `places` name the role and the place of each grade. Raises ValueError for a
    plan of fractions, a grade without role or place, or no month.
    """
    problem = plan.problem
    for kind, given in (("role", roles), ("place", places)):
        unknown = [name for name in given if name not in problem.grades]
        if unknown:
            raise ValueError(f"{kind}s: {unknown_name('grade', unknown[0], problem.grades)}")
        bare = [name for name in problem.grades if name not in given]
        if bare:
            raise ValueError(f"no {kind} is named for {', '.join(bare)}")
    heads = np.round(plan.hires)
    if np.abs(plan.hires - heads).max() > 0.0:
        raise ValueError("the plan hires fractions of people; solve it with whole=True")
    first = month_index(first_month)
    required = problem.array("required_strength")
    before = np.vstack([problem.array("starting_strength"), required[:-1]])
    return [
        {
            "role": roles[grade],
            "number": int(heads[t, g]),
            "place": places[grade],
            "needed": month_label(first + t * months_a_period),
            "reason": _reason(float(required[t, g]), float(before[t, g])),
        }
        for t in range(len(problem.periods))
        for g, grade in enumerate(problem.grades)
        if heads[t, g] > 0
    ]


def _reason(required: float, before: float) -> str:
    """Why people are needed: more are required, or leavers are replaced."""
    if required > before:
        return f"required strength rises from {before:,.0f} to {required:,.0f}"
    return f"replaces leavers at a required strength of {required:,.0f}"
