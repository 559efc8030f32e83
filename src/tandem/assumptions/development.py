"""What courses and culture programmes come to together, each at its coverage (H2, H4).

Answers: from a file for each course and programme to the sums that the model reads. Leaves out what
they do over the months (``tandem.model.training``, ``culture``). Imported by ``inputs``.
"""

from collections.abc import Callable, Sequence

import numpy as np

from tandem.assumptions.schema import Company
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR

Lookup = Callable[[str], Array]

PROGRAMMES = ("programme_engagement", "programme_cost", "programme_span")
COURSES = (
    "course_share",
    "course_seats",
    "course_output",
    "course_ramp",
    "course_cost",
    "course_fade",
)
NOTHING_FADES = 0.05  # a month, where nobody is taught: what is not there does not fade either


def programme_sums(company: Company, at: Lookup, like: Array) -> dict[str, Array]:
    """Engagement, money a head and managers' load of all programmes, (draw,)."""
    found = {}
    for name in PROGRAMMES:
        field = name.removeprefix("programme_")
        total = np.zeros_like(like)
        for programme, about in company.programmes.items():
            if getattr(about, field) is not None:
                path = f"programmes.{programme}"
                total = total + at(f"{path}.coverage") * at(f"{path}.{field}")
        found[name] = total
    return found


def course_sums(
    company: Company, roles: Sequence[str], at: Lookup, like: Array
) -> dict[str, Array]:
    """Time, trainers' time, output, ramp, money and fading of courses by position, (p, draw).

    ``roles`` are those of the positions. Fading is weighted by who takes each course.
    """
    rows: dict[str, list[Array]] = {name: [] for name in COURSES}
    hours_a_year = at("training.hours_a_year")
    for role in roles:
        sums = {name: np.zeros_like(like) for name in COURSES}
        weight = np.zeros_like(like)
        for course, about in company.courses.items():
            if about.roles and role not in about.roles:
                continue
            path = f"courses.{course}"
            coverage = at(f"{path}.coverage")
            time = coverage * at(f"{path}.hours") / hours_a_year
            sums["course_share"] += time
            sums["course_seats"] += time * (1.0 - at(f"{path}.experts"))
            sums["course_cost"] += coverage * at(f"{path}.cost") / MONTHS_PER_YEAR
            for field in ("output", "ramp"):
                if getattr(about, field) is not None:
                    sums[f"course_{field}"] += coverage * at(f"{path}.{field}")
            sums["course_fade"] += coverage * at(f"{path}.fade")
            weight += coverage
        fade = np.full_like(like, NOTHING_FADES)
        np.divide(sums["course_fade"], weight, out=fade, where=weight > 0)
        sums["course_fade"] = fade
        for name in COURSES:
            rows[name].append(sums[name])
    return {name: np.stack(values) for name, values in rows.items()}
