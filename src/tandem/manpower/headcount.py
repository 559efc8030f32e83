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

ROUNDING = 1e-6  # of a head: what a solver leaves


def headcount_rows(
    plan: Plan,
    first_month: str,
    roles: Mapping[str, str],
    places: Mapping[str, str],
    *,
    months_a_period: int = 1,
) -> list[dict[str, Any]]:
    """A row where a grade's strength rises: role, number, place, needed "YYYY-MM", reason.

    A headcount plan asks for heads beyond those there: HR replaces leavers of its own accord, so a
    row holds what the plan's strength, in whole people, rises above its highest so far. Falls are
    not asked for. `first_month` is the first month of the first period; people are needed when
    their period begins. `roles` and `places` name the role and the place of each grade; reasons
    are {en, zh}. Raises ValueError for a grade without role or place, or no month.
    """
    problem = plan.problem
    for kind, given in (("role", roles), ("place", places)):
        unknown = [name for name in given if name not in problem.grades]
        if unknown:
            raise ValueError(f"{kind}s: {unknown_name('grade', unknown[0], problem.grades)}")
        bare = [name for name in problem.grades if name not in given]
        if bare:
            raise ValueError(f"no {kind} is named for {', '.join(bare)}")
    first = month_index(first_month)
    levels = np.ceil(plan.strength - ROUNDING)
    top = np.array(np.broadcast_to(problem.array("starting_strength"), levels.shape)[0])
    rows = []
    for t in range(len(problem.periods)):
        for g, grade in enumerate(problem.grades):
            rise = levels[t, g] - top[g]
            if rise >= 1.0:
                rows.append(
                    {
                        "role": roles[grade],
                        "number": int(np.ceil(rise - ROUNDING)),
                        "place": places[grade],
                        "needed": month_label(first + t * months_a_period),
                        "reason": _reason(float(top[g]), float(levels[t, g])),
                    }
                )
                top[g] = levels[t, g]
    return rows


def _reason(before: float, now: float) -> dict[str, str]:
    """Why people are needed, in both languages."""
    return {
        "en": f"Strength rises from {before:,.0f} to {now:,.0f}",
        "zh": f"在岗人数从{before:,.0f}增至{now:,.0f}",
    }
