"""The schema of careers: who comes after whom, and terms of contracts; checks of both.

Answers: which numbers describe promotion and fixed terms, and which ladders of roles cannot be. Leaves
out a role's own part (``people.Role``: ``fed_by``, ``promoted_share``). Imported by the schema's root.
"""

from typing import TYPE_CHECKING

import numpy as np

from tandem.assumptions.base import Places
from tandem.assumptions.estimate import Estimate, Section, quantity
from tandem.assumptions.refusals import Problem, nearest
from tandem.model.contracts import FIXED_TERMS, term_end_shares
from tandem.model.succession import promotion_cycle
from tandem.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from tandem.assumptions.schema import Company


class Careers(Section):
    """Promotion from within, fixed terms and their renewal, disputes over them."""

    readiness: Estimate = quantity(
        "month", "Months until a successor is ready", "继任者准备期", 1, 240
    )
    successors: Estimate = quantity(
        "share", "Settled people prepared for the post above", "转正员工中的继任培养人选占比", 0, 1
    )
    insider_ramp: Estimate = quantity(
        "share", "Ramp-up of the promoted over that of hires", "晋升者上手时间与外聘之比", 0, 1
    )
    term_months: Estimate = quantity("month", "Fixed term of a contract", "固定合同期限", 1, 120)
    terms_offered: Estimate = quantity(
        "share", "Ending terms for which another is offered", "到期合同提出续签占比", 0, 1
    )
    terms_accepted: Estimate = quantity(
        "share", "Offered terms that are taken", "续签要约接受占比", 0, 1
    )
    dismissed_disputes: Estimate = quantity(
        "share", "Redundant and not renewed who go to arbitration", "裁减与未续签者仲裁比例", 0, 0.9
    )


def career_problems(company: "Company", places: Places) -> list[Problem]:
    """Feeders that do not exist or sit elsewhere, rounds of promotions, half a statement."""
    found = []
    for name, role in company.roles.items():
        path = f"roles.{name}"
        if role.fed_by is None:
            if role.promoted_share is not None:
                message = "has no effect: fed_by does not say whose people are promoted into it"
                where = f"{path}.promoted_share"
                found.append(places.problem(where, message, code="without-effect"))
            continue
        if role.promoted_share is None:
            message = "is needed: fed_by names the role promoted into this one"
            where = f"{path}.promoted_share"
            found.append(places.problem(where, message, code="missing-key"))
        below = company.roles.get(role.fed_by)
        if below is None:
            found.append(_no_role(company, places, f"{path}.fed_by", role.fed_by))
        elif missing := [place for place in role.places if place not in below.places]:
            message = f"has nobody at {', '.join(missing)}: people are promoted where they work"
            found.append(
                places.problem(
                    f"{path}.fed_by",
                    message,
                    found=role.fed_by,
                    suggestion=f"places.{missing[0]} in roles.{role.fed_by}",
                )
            )
    for name, course in company.courses.items():
        if course.readiness is not None and course.ramp is not None:
            message = "has no effect: a course that prepares for promotion is not taken on joining"
            found.append(places.problem(f"courses.{name}.ramp", message, code="without-effect"))
    return found + _round_problems(company, places)


def _no_role(company: "Company", places: Places, path: str, name: str) -> Problem:
    roles = sorted(company.roles)
    return places.problem(
        path,
        "names nothing that exists",
        code="unknown-name",
        found=name,
        allowed=roles,
        suggestion=nearest(name, roles),
    )


def _round_problems(company: "Company", places: Places) -> list[Problem]:
    """The first round of promotions that ends where it began."""
    roles = list(company.roles)
    moves = np.zeros((len(roles), len(roles)))
    for to, role in enumerate(company.roles.values()):
        if role.fed_by in company.roles and role.fed_by != roles[to]:
            moves[roles.index(role.fed_by), to] = 1.0
        elif role.fed_by == roles[to]:
            message = "is the role itself: people are promoted out of the role below"
            return [places.problem(f"roles.{roles[to]}.fed_by", message, found=role.fed_by)]
    cycle = promotion_cycle(moves, roles)
    if not cycle:
        return []
    message = f"promotions go round: {' -> '.join(cycle)}; take one of these moves out"
    return [places.problem(f"roles.{cycle[0]}.fed_by", message, found=cycle[-2])]


def turnover_problems(company: "Company", places: Places) -> list[Problem]:
    """Roles whose turnover of 2026 is less than the ends of terms alone come to, at the medians.

    Of those who leave after a term L months long, ``term_end_by_band`` gives the chance a month; the
    open last band holds the share exp(-h x its beginning) of all people, and so on.
    """
    about = company.careers
    gone = term_end_shares(about.terms_offered.median, about.terms_accepted.median)[1:].sum()
    found = []
    for name, role in company.roles.items():
        hazard = role.turnover.median / MONTHS_PER_YEAR
        reached = np.exp(-hazard * about.term_months.median * np.arange(1, FIXED_TERMS + 1))
        ends = role.turnover.median * float(reached.sum() * gone)
        if ends >= role.turnover.median:
            message = (
                f"is less than the {ends:.2f} a year who go at the end of a fixed term "
                "(careers.terms_offered, terms_accepted)"
            )
            path = f"roles.{name}.turnover"
            found.append(places.problem(path, message, found=f"{role.turnover.median:g}"))
    return found
