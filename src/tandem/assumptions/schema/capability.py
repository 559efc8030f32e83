"""The schema of assessments and job profiles: how candidates are judged, and against what (C2).

Answers: which assessments there are, what a post needs, and what contradicts itself in that. Leaves
out their values (``params/base``) and the candidates (``data/``). Imported by the schema's root.

Weights and minima of a profile are choices that marketing and HR make together, not estimates: they
say whom to hire, and the simulation reads what that is worth from `hiring.profile_relevance`.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Label, Section, choice, quantity
from tandem.assumptions.refusals import Problem, nearest

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company

WHOLE = 1e-6  # how near to one weights must add up
FULL_SCORE = 100.0


class Assessment(Section):
    """One way of judging candidates; those in use are combined."""

    label: Label
    used: bool = choice("In use", "是否采用")
    validity: Estimate = quantity("1", "Validity", "效度", 0, 0.9)
    cost: Estimate = quantity("CNY/head", "Cost a candidate", "单个候选人费用", 0, 20000)
    days: Estimate = quantity("day", "Days it adds to the test", "测评环节增加的天数", 0, 30)


class Skill(Section):
    """One skill of a profile: who asks for it, how much it counts, and what is the least."""

    label: Label
    owner: Literal["marketing", "hr"] = choice("Asked for by", "提出部门")
    weight: float = choice("Weight", "权重", ge=0, le=1)
    minimum: float = choice("Must-have minimum", "最低要求", ge=0, le=FULL_SCORE)
    assessed_by: str = choice("Assessed by", "测评方式")


class Profile(Section):
    """What a post needs: business skills from marketing, general skills from HR."""

    label: Label
    role: str = choice("Role", "岗位")
    posts: int = choice("Posts to fill", "待补岗位数", ge=1, le=1000)
    skills: dict[str, Skill] = Field(min_length=1)


def capability_problems(company: "Company", places: Places) -> list[Problem]:
    """All contradictions of assessments and profiles, with their places."""
    found = _assessment_problems(company, places)
    for name, profile in company.profiles.items():
        path = f"profiles.{name}"
        found += _unless_known(places, f"{path}.role", profile.role, company.roles)
        for key, skill in profile.skills.items():
            where = f"{path}.skills.{key}.assessed_by"
            found += _unless_known(places, where, skill.assessed_by, company.assessments)
        total = sum(skill.weight for skill in profile.skills.values())
        if abs(total - 1.0) > WHOLE:
            message = "weights must add up to 1"
            found.append(
                places.problem(f"{path}.skills", message, code="sum", found=f"{total:.6g}")
            )
    return found


def course_problems(company: "Company", places: Places) -> list[Problem]:
    """Courses for roles that do not exist."""
    found: list[Problem] = []
    for name, course in company.courses.items():
        for number, role in enumerate(course.roles):
            path = f"courses.{name}.roles.{number}"
            found += _unless_known(places, path, role, company.roles)
    return found


def _assessment_problems(company: "Company", places: Places) -> list[Problem]:
    """Whether somebody is assessed at all, and whether such assessments can exist together."""
    from tandem.model.selection import combined_validity, equal_intercorrelations

    test = company.hiring.feedback_test
    unknown = _unless_known(places, "hiring.feedback_test", test, company.assessments)
    if unknown:
        return unknown
    used = {name: a for name, a in company.assessments.items() if a.used}
    if not used:
        message = "needs an assessment in use: nobody could be told apart"
        return [places.problem("assessments", message, allowed=tuple(company.assessments))]
    validities = np.array([[a.validity.median] for a in used.values()])
    rho = np.array([company.hiring.assessment_intercorrelation.median])
    try:
        combined_validity(validities, equal_intercorrelations(rho, len(used)))
    except ValueError as error:
        path = "hiring.assessment_intercorrelation"
        return [places.problem(path, str(error), found=f"{rho[0]:g} between {', '.join(used)}")]
    return []


def _unless_known(
    places: Places, path: str, name: str, known: Mapping[str, Section]
) -> list[Problem]:
    if name in known:
        return []
    message = "names nothing that exists"
    return [
        places.problem(
            path, message, code="unknown-name", found=name, allowed=sorted(known),
            suggestion=nearest(name, known) or "",
        )
    ]  # fmt: skip
