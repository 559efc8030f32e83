"""A manpower plan: who is hired, moved, made redundant, period by period, and what it costs.

What it answers: the decisions of an optimum as arrays and as a table, its cost, its redundancies,
and what loosening each constraint by one head is worth.

What it leaves out: finding it (`optimum`), and its form as a headcount plan (`headcount`).

Who may import it: the modules of `tandem.manpower`; others take the names from the package.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tandem.manpower.problem import Array, Problem
from tandem.manpower.programme import Futures, Programme, moves, survival_new

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Decisions", "Plan", "Worth", "decisions", "money", "strength"]


@dataclass(frozen=True, eq=False, slots=True)
class Decisions:
    """What is decided, in heads: by period and grade, moves by period and path of the problem."""

    hires: Array
    redundant: Array
    part_time: Array
    retrained: Array
    downgraded: Array


@dataclass(frozen=True, eq=False, slots=True)
class Worth:
    """Dual values: change of the objective for one more head, in money or in redundancies.

    `required_strength` and `hiring_limit` are (period, grade), `excess_limit` is (period,). A limit
    that does not bind is worth nought; one more required head costs at least nothing where excess
    is free. At a corner where several are possible, one of them.
    """

    required_strength: Array
    hiring_limit: Array
    excess_limit: Array


@dataclass(frozen=True, eq=False, slots=True)
class Plan:
    """An optimum; arrays are (period, grade) in heads, `total_cost` in money.

    `strength` is all who are there, `excess` those above what is required, `leavers` those who leave
    by themselves, in moves included. `gap` is how far the objective may be from the best, as a share.
    """

    problem: Problem
    objective: str
    decided: Decisions
    strength: Array
    excess: Array
    total_cost: float
    worth: Worth
    gap: float

    @property
    def hires(self) -> Array:
        """People hired, (period, grade)."""
        return self.decided.hires

    @property
    def redundancies(self) -> float:
        """People made redundant in all."""
        return float(self.decided.redundant.sum())

    @property
    def leavers(self) -> Array:
        """People who leave by themselves, (period, grade), those lost in a move at their new grade."""
        before = np.vstack([self.problem.array("starting_strength"), self.strength[:-1]])
        came, went = self.moved()
        there = before + self.decided.hires + came - went - self.decided.redundant
        return np.asarray(there - self.strength)

    def moved(self) -> tuple[Array, Array]:
        """People moved into and out of each grade, (period, grade) each, before any of them leave."""
        came, went = np.zeros_like(self.strength), np.zeros_like(self.strength)
        heads = np.hstack([self.decided.retrained, self.decided.downgraded])
        for number, path in enumerate(moves(self.problem)):
            came[:, self.problem.grade_index(path.target)] += heads[:, number]
            went[:, self.problem.grade_index(path.source)] += heads[:, number]
        return came, went

    def table(self) -> "pd.DataFrame":
        """A row a period and grade: heads of every kind, and what one more required head costs."""
        import pandas as pd

        came, went = self.moved()
        columns = {
            "required": self.problem.array("required_strength"),
            "strength": self.strength,
            "hires": self.hires,
            "leavers": self.leavers,
            "moved_in": came,
            "moved_out": went,
            "redundant": self.decided.redundant,
            "part_time": self.decided.part_time,
            "excess": self.excess,
            "one_more_head": self.worth.required_strength,
        }
        index = pd.MultiIndex.from_product(
            [self.problem.periods, self.problem.grades], names=["period", "grade"]
        )
        return pd.DataFrame({name: np.ravel(value) for name, value in columns.items()}, index)


def decisions(one: Programme, columns: Array, problem: Problem) -> Decisions:
    """Decisions out of a point of a programme."""
    moved = columns[one.columns["moved"]]
    first = len(problem.retraining)
    return Decisions(
        hires=columns[one.columns["hires"]],
        redundant=columns[one.columns["redundant"]],
        part_time=columns[one.columns["part_time"]],
        retrained=moved[:, :first],
        downgraded=moved[:, first:],
    )


def strength(one: Programme, columns: Array, problem: Problem, futures: Futures) -> Array:
    """All who are there, settled and new, (draw, period, grade)."""
    there = columns[one.columns["settled"]].copy()
    hires = columns[one.columns["hires"]]
    for age, share in enumerate(survival_new(futures.leaving_new, int(problem.new_periods))):
        there[:, age:] += share[:, age:] * hires[: len(problem.periods) - age]
    return there


def money(one: Programme, problem: Problem, draws: int) -> Array:
    """What one head of each column costs, (column,), money; excess counts as its mean over draws."""
    cost = np.zeros(one.size)
    for block, name in (
        ("hires", "hiring_cost"),
        ("redundant", "redundancy_cost"),
        ("part_time", "part_time_cost"),
    ):
        cost[one.columns[block]] = problem.array(name)
    cost[one.columns["moved"]] = np.array([path.cost for path in moves(problem)])
    cost[one.columns["excess"]] = problem.array("excess_cost") / draws
    return cost
