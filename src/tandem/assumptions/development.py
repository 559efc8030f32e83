"""What courses and culture programmes come to together, each at its coverage (H2, H4).

Answers: from a file for each course and programme to the sums that the model reads. Leaves out what
they do over the months (``tandem.model.training``, ``culture``). Imported by ``inputs``.
"""

from collections.abc import Callable, Sequence

import numpy as np

from tandem.assumptions.schema import Company
from tandem.assumptions.schema.people import Course
from tandem.model.types import Array
from tandem.units import MONTHS_PER_YEAR

Lookup = Callable[[str], Array]

PROGRAMMES = (
    "programme_engagement",
    "programme_cost",
    "programme_span",
    "programme_output",
    "programme_service",
    "programme_innovation",
    "programme_favourability",
)
COURSES = (
    "course_share",
    "course_seats",
    "course_output",
    "course_fade",
    "course_cost",
    "course_readiness",
    "joining_seats",
    "joining_ramp",
    "joining_fade",
    "joining_cost",
)
FADING = {"course_fade": "course_output", "joining_fade": "joining_ramp"}
NOTHING_FADES = 0.05  # a month, where nobody is taught: what is not there does not fade either


def programme_sums(
    company: Company, roles: Sequence[str], at: Lookup, like: Array
) -> dict[str, Array]:
    """What all programmes come to, each at its coverage: money a head and each effect, (draw,).

    Engagement by position, (p, draw), ``roles`` being those of the positions: of a programme that says
    so those whose work is contacts gain only the part that reaches them.
    """
    found = {}
    outside = np.array([company.roles[role].driver == "contacts" for role in roles])[:, None]
    for name in PROGRAMMES:
        field = name.removeprefix("programme_")
        total = np.zeros_like(like)
        for programme, about in company.programmes.items():
            if getattr(about, field) is None:
                continue
            path = f"programmes.{programme}"
            gained = at(f"{path}.coverage") * at(f"{path}.{field}")
            if field == "engagement" and about.reach is not None:
                gained = gained * np.where(outside, at(f"{path}.reach"), 1.0)
            total = total + gained
        found[name] = total
    everybody = np.zeros((len(roles), *like.shape))
    found["programme_engagement"] = found["programme_engagement"] + everybody
    return found


def course_sums(
    company: Company, roles: Sequence[str], at: Lookup, like: Array
) -> dict[str, Array]:
    """Time, trainers' time, output, ramp, money and fading of courses by position, (p, draw).

    ``roles`` are those of the positions. ``course_`` sums are of a head and come again every year,
    onboarding left out; ``joining_`` sums are of a starter, who takes every course that covers the
    position. Fading is weighted by what fades. Courses that prepare for promotion are taken by those
    who are prepared for it first, and not on joining.
    """
    rows: dict[str, list[Array]] = {name: [] for name in COURSES}
    for role in roles:
        sums = {name: np.zeros_like(like) for name in COURSES}
        for course, about in company.courses.items():
            if not about.roles or role in about.roles:
                _add_course(sums, about, f"courses.{course}", at)
        for fade, effect in FADING.items():
            found = np.full_like(like, NOTHING_FADES)
            np.divide(sums[fade], sums[effect], out=found, where=sums[effect] > 0)
            sums[fade] = found
        for name in COURSES:
            rows[name].append(sums[name])
    return {name: np.stack(values) for name, values in rows.items()}


def _add_course(sums: dict[str, Array], about: Course, path: str, at: Lookup) -> None:
    coverage = at(f"{path}.coverage")
    time = coverage * at(f"{path}.hours") / at("training.hours_a_year")
    taught_here = 1.0 - at(f"{path}.experts")
    cost = coverage * at(f"{path}.cost")
    if about.readiness is None:
        sums["joining_seats"] += time * MONTHS_PER_YEAR * taught_here
        sums["joining_cost"] += cost
    if about.kind != "onboarding":
        sums["course_share"] += time
        sums["course_seats"] += time * taught_here
        sums["course_cost"] += cost / MONTHS_PER_YEAR
    if about.readiness is not None:
        prepared = np.minimum(coverage / at("careers.successors"), 1.0)
        sums["course_readiness"] += prepared * at(f"{path}.readiness")
    for effect, fade, field in (
        ("course_output", "course_fade", "output"),
        ("joining_ramp", "joining_fade", "ramp"),
    ):
        if getattr(about, field) is not None:
            size = coverage * at(f"{path}.{field}")
            sums[effect] += size
            sums[fade] += size * at(f"{path}.fade")
