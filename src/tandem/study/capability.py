"""Capability: which candidates fit which posts, and what choosing them better is worth (C2).

What it answers: the fit of candidates with the job profiles and the best assignment to posts; the
same by HR's general skills alone; how well the assessments in use tell candidates apart; and what a
joint profile with a simulated-sales test is worth, simulated and by utility analysis.

What it leaves out: reading candidates (`tandem.study.candidates`), words and figures.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.assessing import assessed
from tandem.assumptions.drawing import Drawn, central, draw
from tandem.assumptions.schema import Company
from tandem.assumptions.schema.capability import Profile
from tandem.model.hiring import candidates_per_hire
from tandem.model.matching import UNFILLED, assignment, meets_minimum, profile_score
from tandem.model.selection import hire_quality, success_rate, utility
from tandem.study.candidates import Candidates, read_candidates
from tandem.study.decision import Difference, paired
from tandem.units import MONTHS_PER_YEAR

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "UNFILLED",
    "Alone",
    "Matching",
    "Selection",
    "Worth",
    "alone",
    "match",
    "selection",
    "worth",
]

Draws = NDArray[np.float64]

#: The lever whose worth is asked for: a joint profile and a simulated-sales test.
LEVER = "joint-profile"

#: Standard deviation of performance in money over yearly pay: the rule of forty per cent of Hunter, J.
#: E. and Schmidt, F. L. (1982), Fitting people to jobs, in Dunnette and Fleishman (eds.), Human
#: Performance and Productivity, vol. 1. Cautious by their own account: 40 to 70 % were observed.
DEVIATION_IN_PAY = 0.4

#: Doing well: better than the middle one of all applicants.
BETTER_HALF = 0.5

_GENERAL = "hr"


@dataclass(frozen=True, slots=True)
class Matching:
    """Fit of candidates and who takes which post.

    fit, allowed: by profile, (c,); fit from 0 to 100, NaN for those who do not apply; allowed who
    applies and misses no minimum. posts: the profile of each post; taken: the candidate who takes
    it, or -1 for a post that stays open.
    """

    candidates: Candidates
    profiles: Mapping[str, Profile]
    fit: Mapping[str, NDArray[np.float64]]
    allowed: Mapping[str, NDArray[np.bool_]]
    posts: tuple[str, ...]
    taken: NDArray[np.int64]

    @property
    def filled(self) -> int:
        """Posts that somebody takes."""
        return int((self.taken != UNFILLED).sum())

    def chosen(self, profile: str) -> NDArray[np.int64]:
        """The candidates who take posts of a profile."""
        mine = np.array([name == profile for name in self.posts])
        return self.taken[mine & (self.taken != UNFILLED)]


@dataclass(frozen=True, slots=True)
class Alone:
    """One profile by HR's general skills alone, beside the whole of it.

    agreement: correlation of both fits among applicants, NaN where one of them does not differ.
    joint_fit, alone_fit: mean fit with the whole profile of those chosen either way. others: how
    many of those chosen alone the joint profile does not choose; below: how many of them miss a
    minimum of it.
    """

    profile: str
    agreement: float
    joint_fit: float
    alone_fit: float
    others: int
    below: int


@dataclass(frozen=True, slots=True)
class Selection:
    """How candidates are told apart at central values at the end of the plan.

    weights: of the assessments in use, by name. validity: of their combination, with the profile.
    quality: of hires over applicants, standard deviations. success: share of hires who do better
    than the middle applicant. candidates: assessed for one hire. cost: CNY a candidate.
    """

    weights: Mapping[str, float]
    validity: float
    ratio: float
    quality: float
    success: float
    candidates: float
    cost: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What the lever is worth: `scenario` less `against`, on the same futures.

    npv: paired difference, CNY. utility: the same asked of utility analysis, CNY (draw,): the hires
    of `scenario` assessed as there and as in `against`. hires (draw,). gain: standard deviations by
    which hires are better, (draw,).
    """

    scenario: str
    against: str
    npv: Difference
    utility: Draws
    hires: Draws
    gain: Draws


def match(study: "Study", owner: str | None = None) -> Matching:
    """Candidates of the study's data on the posts of its job profiles, as the scenario leaves them.

    `owner` ("marketing" or "hr") leaves only the skills that this department asks for. Raises
    Refusal for what is wrong with the data.
    """
    profiles = _profiles(study)
    skills = {name: tuple(profile.skills) for name, profile in profiles.items()}
    candidates = read_candidates(study.project, skills)
    fit, allowed = {}, {}
    for name, profile in profiles.items():
        wanted = [owner in (None, skill.owner) for skill in profile.skills.values()]
        weights = np.array([skill.weight for skill in profile.skills.values()])[wanted]
        minimum = np.array([skill.minimum for skill in profile.skills.values()])[wanted]
        applied = candidates.applied[name]
        scores = candidates.scores[name][applied][:, wanted]
        fit[name] = np.full(len(applied), np.nan)
        allowed[name] = np.zeros(len(applied), dtype=bool)
        if weights.sum() > 0:
            fit[name][applied] = profile_score(scores, weights / weights.sum())
            allowed[name][applied] = meets_minimum(scores, minimum)
    posts = tuple(name for name, profile in profiles.items() for _ in range(profile.posts))
    taken = assignment(
        np.stack([np.nan_to_num(fit[name]) for name in posts], axis=1),
        np.stack([allowed[name] for name in posts], axis=1),
    )
    return Matching(candidates, profiles, fit, allowed, posts, taken)


def alone(study: "Study") -> list[Alone]:
    """What HR's general skills alone would choose, a row a profile; raises Refusal as `match`."""
    joint, general = match(study), match(study, _GENERAL)
    found = []
    for name in joint.profiles:
        mine, theirs = joint.chosen(name), general.chosen(name)
        applied = joint.candidates.applied[name]
        found.append(
            Alone(
                profile=name,
                agreement=_correlation(joint.fit[name][applied], general.fit[name][applied]),
                joint_fit=_mean(joint.fit[name][mine]),
                alone_fit=_mean(joint.fit[name][theirs]),
                others=len(set(theirs.tolist()) - set(mine.tolist())),
                below=int((~joint.allowed[name][theirs]).sum()),
            )
        )
    return found


def selection(study: "Study") -> Selection:
    """How well the scenario tells candidates apart, at central values."""
    terms = _Terms(central(study.assumptions))
    validity, ratio = float(terms.validity[0]), float(terms.ratio[0])
    return Selection(
        weights={name: float(weight[0]) for name, weight in terms.weights.items()},
        validity=validity,
        ratio=ratio,
        quality=float(hire_quality(terms.validity, terms.ratio)[0]),
        success=success_rate(validity, ratio, BETTER_HALF),
        candidates=float(terms.candidates[0]),
        cost=float(terms.cost[0]),
    )


def worth(study: "Study") -> Worth | None:
    """What the joint profile and the simulated-sales test are worth, or None without such a pair.

    The pair is the first scenario that pulls the lever, and the one that differs by it alone.
    """
    pair = _pair(study)
    if pair is None:
        return None
    with_it, without = (study.of(name) for name in pair)
    better, usual = (
        _Terms(draw(s.assumptions, s.draws, s.seed)) for s in (with_it, without)
    )  # fmt: skip
    hires = with_it.results["hires"].sum("month").transpose("position", "draw")
    heads = np.asarray(hires.values, dtype=np.float64)
    pairs = list(zip(hires["role"].values, hires["place"].values, strict=True))
    tenure = np.stack([1.0 / better.at(f"roles.{role}.turnover") for role, _ in pairs])
    pay = np.stack([better.at(f"roles.{role}.places.{place}.pay") for role, place in pairs])
    terms = (heads, tenure, DEVIATION_IN_PAY * MONTHS_PER_YEAR * pay)
    values = [
        utility(*terms, each.validity, each.ratio, each.candidates * each.cost)
        for each in (better, usual)
    ]
    npv = paired(*pair, with_it.draws_of("npv"), without.draws_of("npv"))
    quality = [hire_quality(each.validity, each.ratio) for each in (better, usual)]
    return Worth(
        *pair, npv, values[0] - values[1], heads.sum(axis=0), quality[0] - quality[1]
    )  # fmt: skip


class _Terms:
    """What selection rests on at the end of the plan, each (d,)."""

    def __init__(self, drawn: Drawn) -> None:
        company = drawn.assumptions.base
        assert isinstance(company, Company)
        self._drawn = drawn
        judged = assessed(company, self.at, lambda path: drawn.choice(path)[-1])
        passes = [self.at(f"hiring.{name}_pass") for name in ("test", "interview", "check")]
        self.ratio = passes[0] * passes[1] * passes[2]
        self.validity, self.weights = judged.validity, judged.weights
        self.cost = judged.cost + self.at("hiring.candidate_cost")
        self.candidates = candidates_per_hire(self.ratio, self.at("hiring.acceptance"))

    def at(self, path: str) -> Draws:
        """Values of the last month."""
        return self._drawn.at(path)[-1]


def _profiles(study: "Study") -> dict[str, Profile]:
    """The job profiles as the scenario's levers leave them."""
    assumptions = study.assumptions
    company = assumptions.base
    assert isinstance(company, Company)
    raw = {name: profile.model_dump() for name, profile in company.profiles.items()}
    for patch in assumptions.patches:
        first, *parts = patch.path.split(".")
        if first == "profiles":
            _set(raw, parts, patch.value)
    return {name: Profile.model_validate(profile) for name, profile in raw.items()}


def _set(raw: dict[str, Any], path: list[str], value: Any) -> None:
    for part in path[:-1]:
        raw = raw[part]
    raw[path[-1]] = value


def _pair(study: "Study") -> tuple[str, str] | None:
    """The first scenario that pulls the lever, and the one without it that is else the same."""
    entries = {name: study.of(name).entry for name in study.scenarios}
    for name, entry in entries.items():
        if LEVER not in entry.levers:
            continue
        rest = [lever for lever in entry.levers if lever != LEVER]
        for other, its in entries.items():
            same = its.outlooks == entry.outlooks and its.headcount == entry.headcount
            if same and list(its.levers) == rest:
                return name, other
    return None


def _correlation(one: Draws, other: Draws) -> float:
    if len(one) < 2 or not (np.ptp(one) > 0 and np.ptp(other) > 0):
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def _mean(values: Draws) -> float:
    return float(values.mean()) if values.size else float("nan")
