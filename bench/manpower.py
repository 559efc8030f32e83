"""Times the workforce optimiser: the published three grades, and 20 roles over 36 months.

Run by `make bench`. It prints seconds, and what each kind of plan takes as a multiple of the linear
one; machines differ, so a bound on speed is no test.
"""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from tests.fixtures.three_grades import THREE_GRADES

from tandem.manpower import (
    Chance,
    Downgrading,
    Problem,
    Retraining,
    TailBound,
    from_dict,
    solve,
    solve_draws,
)

ROLES, MONTHS, SEED = 20, 36, 11
MANY, FEW = 200, 30  # draws
GAP, SECONDS = 0.01, 60.0


def generated() -> Problem:
    """Twenty roles in chains of four, growing by half over three years, with a year of newness."""
    rng = np.random.default_rng(SEED)
    names = tuple(f"role-{number:02d}" for number in range(1, ROLES + 1))
    start = np.round(rng.uniform(20.0, 200.0, ROLES))
    growth = 1.0 + 0.5 * np.linspace(0.0, 1.0, MONTHS)[:, None] * rng.uniform(0.5, 1.5, ROLES)
    season = 1.0 + 0.05 * np.sin(np.arange(MONTHS)[:, None] / 2.0 + rng.uniform(0.0, 6.0, ROLES))
    steps = [(names[n], names[n + 1]) for n in range(ROLES - 1) if n % 4 != 3]
    return Problem(
        periods=tuple(f"month {month:02d}" for month in range(1, MONTHS + 1)),
        grades=names,
        starting_strength=start,
        required_strength=np.round(start * growth * season),
        leaving_new=rng.uniform(0.03, 0.06, ROLES),
        leaving_settled=rng.uniform(0.01, 0.03, ROLES),
        new_periods=12,
        hiring_limit=np.ceil(0.2 * start),
        hiring_cost=rng.uniform(5e3, 2e4, ROLES),
        retraining=tuple(Retraining(low, high, 4e3, share=0.05) for low, high in steps),
        downgrading=tuple(Downgrading(high, low, 0.5) for low, high in steps),
        redundancy_cost=rng.uniform(2e4, 6e4, ROLES),
        excess_limit=200.0,
        excess_cost=rng.uniform(6e3, 2e4, ROLES),
        part_time_limit=5.0,
        part_time_cost=4e3,
    )


def seconds(work: Callable[[], Any], repeats: int = 1) -> tuple[float, Any]:
    """Least wall time of a few runs, and what the last one gave."""
    taken, found = [], None
    for _ in range(repeats):
        start = time.perf_counter()
        found = work()
        taken.append(time.perf_counter() - start)
    return min(taken), found


def report(name: str, problem: Problem, ways: dict[str, dict]) -> None:
    """Print one line a kind of plan; the second number is its time over that of the linear one."""
    linear, plan = seconds(lambda: solve(problem), 5)
    print(f"{name}, {'linear':<27} {linear:8.3f} s {1.0:7.1f}   cost {plan.total_cost:,.0f}")
    for label, how in ways.items():
        taken, plan = seconds(lambda how=how: solve(problem, **how))
        print(
            f"{name}, {label:<27} {taken:8.3f} s {taken / linear:7.1f}   cost "
            f"{plan.total_cost:,.0f}, redundancies {plan.redundancies:,.0f}, gap {plan.gap:.4f}"
        )


def report_draws(problem: Problem) -> None:
    """Print one line a way to hold shortfall over draws of leaving."""
    for draws, label, risk in (
        (MANY, "worst tenth short by 5", TailBound(0.9, 5.0)),
        (FEW, "met in 90 % of draws", Chance(0.9)),
    ):
        rng = np.random.default_rng(SEED)
        shape = (draws, len(problem.periods), len(problem.grades))
        leaving = problem.array("leaving_settled") * rng.uniform(0.6, 1.4, shape)
        taken, plan = seconds(
            lambda leaving=leaving, risk=risk: solve_draws(
                problem, leaving_settled=leaving, risk=risk, gap=GAP, seconds=SECONDS
            )
        )
        print(
            f"three grades, {draws} draws, {label:<24} {taken:8.3f} s   "
            f"cost {plan.expected_cost:,.0f}, met {plan.met:.2f}, gap {plan.gap:.4f}"
        )


def main() -> None:
    """Print the times."""
    three = from_dict(THREE_GRADES)
    fewest = {"fewest redundancies": {"objective": "redundancy"}}
    whole = {"whole": True, "gap": GAP, "seconds": SECONDS}
    stepwise = {"whole, a period at a time": whole | {"window": 1}}
    report("three grades, 3 years", three, fewest | {"whole people": whole} | stepwise)
    report(f"{ROLES} roles, {MONTHS} months", generated(), fewest | stepwise)
    needed = 0.9 * three.array("required_strength")  # with leaving as drawn, all is not in reach
    report_draws(replace(three, required_strength=needed, excess_limit=600.0))


if __name__ == "__main__":
    main()
