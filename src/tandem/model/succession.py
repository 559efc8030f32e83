"""Who comes after: grades over the years, and successors ready for a key post (C2, H4).

Answers: heads by grade as people are promoted, hired and leave; the chance that somebody stands
ready when a key post falls vacant; how long it then stays empty, and what that costs. Leaves out
who is chosen; `workforce` has where grades tend to, `advancement` the month. Pure functions; anybody may
import it.
"""

from collections.abc import Sequence

import numpy as np

from tandem.model.types import Array


def promotion_cycle(moves: Array, grades: Sequence[str]) -> list[str]:
    """Grades of a round of promotions that ends where it began, its first grade twice; or none.

    ``moves`` (g, g) from row to column; staying in a grade is no promotion.
    """
    onward = [np.flatnonzero(row > 0) for row in np.where(np.eye(len(grades)) > 0, 0.0, moves)]
    done: set[int] = set()

    def follow(grade: int, path: list[int]) -> list[int]:
        if grade in path:
            return [*path[path.index(grade) :], grade]
        if grade in done:
            return []
        for other in onward[grade]:
            if cycle := follow(int(other), [*path, grade]):
                return cycle
        done.add(grade)
        return []

    for grade in range(len(grades)):
        if cycle := follow(grade, []):
            return [grades[k] for k in cycle]
    return []


def check_promotions(moves: Array, grades: Sequence[str]) -> None:
    """Refuse moves between grades that cannot be: ValueError with every reason and its grade.

    ``moves`` (g, g): share of a grade's people who are in each grade a period later. Shares are not
    negative, a row sums to at most one (what it lacks leaves), and promotions lead in no round.
    """
    count = len(grades)
    if np.shape(moves) != (count, count):
        raise ValueError(f"{count} grades need a matrix {count} by {count}; found {moves.shape}")
    problems = [
        f"{grades[i]} to {grades[j]}: {moves[i, j]:g} is no share; write 0 or more"
        for i, j in np.argwhere(~(moves >= 0)).tolist()
    ]
    problems += [
        f"{grades[i]}: its moves sum to {moves[i].sum():g}; at most 1, the rest being those who leave"
        for i in np.flatnonzero(moves.sum(axis=1) > 1.0 + 1e-9).tolist()
    ]
    if cycle := promotion_cycle(moves, grades):
        problems.append(f"promotions go round: {' -> '.join(cycle)}; take one of these moves out")
    if problems:
        raise ValueError("moves between grades: " + "; ".join(problems))


def grade_path(moves: Array, heads: Array, hires: Array, grades: Sequence[str]) -> Array:
    """Heads by grade from now on, (period + 1, g): n' = n Q + R.

    ``heads`` (g,) now, ``moves`` Q (g, g), ``hires`` R (period, g). Source: Bartholomew, Forbes and
    McClean (1991), Statistical techniques for manpower planning. Raises ValueError as
    ``check_promotions``.
    """
    check_promotions(moves, grades)
    path = [np.asarray(heads, dtype=float)]
    for joined in hires:
        path.append(path[-1] @ moves + joined)
    return np.stack(path)


def promotions(moves: Array, path: Array) -> Array:
    """People promoted in each period from row's grade to column's, (period, g, g); none stays."""
    between = np.where(np.eye(len(moves)) > 0, 0.0, moves)
    return path[:-1, :, None] * between


def promotion_chance(share: Array | float, ready: Array | float, openings: Array | float) -> Array:
    """Probability that an opening is filled from within: share x (1 - exp(-R / max(1, share n))).

    ``share`` of the ``openings`` n of a month is meant for people of one's own, ``ready`` R of whom
    stand ready in the mean: of a number that is Poisson around R somebody is there with
    1 - exp(-R), and more openings than one divide them. At most R are promoted in the mean. Source:
    the urn-ball matching function, Petrongolo and Pissarides (2001), Journal of Economic Literature
    39(2), 390-431.
    """
    meant = np.maximum(np.asarray(share, dtype=float) * openings, 1.0)
    return np.asarray(share * -np.expm1(-np.asarray(ready, dtype=float) / meant))


def ready_next(
    ready: Array, prepared: Array | float, stayed: Array | float, mean: Array | float
) -> Array:
    """People ready for the post above at the month's end: those who stayed, and those come ready.

    R s + (prepared - R s) (1 - exp(-1 / mean)): ``prepared`` people are on the way, of whom R are
    there; a share ``stayed`` of those ready has not left, ``mean`` is the months that readiness
    takes (``ready_exponential``). Never below 0.
    """
    still = ready * stayed
    return np.asarray(still + np.maximum(prepared - still, 0.0) * ready_exponential(1.0, mean))


def ready_exponential(months: Array | float, mean: Array | float) -> Array:
    """Probability to be ready after ``months`` where readiness takes ``mean`` months, exponential.

    ``hiring.lognormal_cdf`` gives it for a log-normal time.
    """
    return -np.expm1(-np.asarray(months, dtype=float) / mean)


def someone_stands_ready(ready: Array, leaving_hazard: Array, months: Array | float) -> Array:
    """Probability that at least one successor is ready and still here, candidates first.

    1 - prod(1 - ready exp(-hazard months)); ``ready`` (candidate, ...) as of ``months``, hazards a
    month. Candidates are independent of each other, and nobody leaves for being ready.
    """
    stands = ready * np.exp(-leaving_hazard * np.asarray(months, dtype=float))
    return 1.0 - np.prod(1.0 - stands, axis=0)


def ready_when_vacant(mean_months: Array, leaving_hazard: Array, vacancy_hazard: float) -> float:
    """Probability that a successor stands ready when the post falls vacant, at its own hazard.

    Readiness is exponential with ``mean_months`` (candidate,), as is leaving. The integral of
    v exp(-v t) (1 - prod(1 - exp(-l t) + exp(-(l + 1/m) t))) in closed form: the product is a sum
    of 3**n exponentials c exp(-r t), each giving c v / (v + r). Without candidates 0. Source:
    competing risks, Klein and Moeschberger (2003), Survival analysis, 2nd ed., section 2.7. Raises
    ValueError for more than twelve candidates, or a hazard of vacancy that is not above 0.
    """
    if len(mean_months) > 12:
        raise ValueError(
            f"{len(mean_months)} candidates for one post; at most 12: keep those ready first"
        )
    if not vacancy_hazard > 0:
        raise ValueError(f"the hazard of a vacancy is above 0 a month; found {vacancy_hazard:g}")
    weights, rates = np.ones(1), np.zeros(1)
    for mean, leaving in zip(mean_months, leaving_hazard, strict=True):
        weights = np.concatenate([weights, -weights, weights])
        rates = np.concatenate([rates, rates + leaving, rates + leaving + 1.0 / mean])
    return float(1.0 - (weights * vacancy_hazard / (vacancy_hazard + rates)).sum())


def vacancy_months(
    ready: Array | float, handover: Array | float, time_to_fill: Array | float
) -> Array:
    """Expected months that a post stays empty: ready x handover + (1 - ready) x time to fill.

    ``ready`` is the probability of a successor standing ready; without one the post is filled from
    outside.
    """
    inside = np.asarray(ready, dtype=float)
    return inside * handover + (1.0 - inside) * time_to_fill


def vacancy_cost(
    ready: Array | float,
    handover: Array | float,
    time_to_fill: Array | float,
    output_m: Array | float,
    pay_m: Array | float,
    search_cost: Array | float,
) -> Array:
    """Expected cost of one vacancy, money: months empty x (output - pay saved), and the search.

    ``output_m`` is what the post brings in a month, before its pay; the search is paid only where
    nobody stands ready. The successor's own post, empty now, is not in it. Source: Cascio and
    Boudreau (2011), Investing in people, 2nd ed., chapter 4.
    """
    months = vacancy_months(ready, handover, time_to_fill)
    gap = np.asarray(output_m, dtype=float) - pay_m
    return months * gap + (1.0 - np.asarray(ready, dtype=float)) * search_cost


def successors_value(
    vacancy_hazard: Array | float,
    ready: Array | float,
    handover: Array | float,
    time_to_fill: Array | float,
    output_m: Array | float,
    pay_m: Array | float,
    search_cost: Array | float,
) -> Array:
    """What having successors saves, money a month: hazard x (cost without - cost with them)."""
    without = vacancy_cost(0.0, handover, time_to_fill, output_m, pay_m, search_cost)
    with_them = vacancy_cost(ready, handover, time_to_fill, output_m, pay_m, search_cost)
    return np.asarray(vacancy_hazard * (without - with_them))
