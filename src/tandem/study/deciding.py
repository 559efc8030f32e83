"""Deciding: which assumption decides between two scenarios, or drives one.

What it answers: the tornado at P10 and P90 of each assumption, all others at their medians; Sobol
indices by subject and of luck; switch points on a response surface, each simulated; and the corner of
the assumptions in which the targets are missed.

What it leaves out: what knowing it would be worth (`tandem.study.questions`), words and figures.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from tandem.study.contest import Contest, Input, contest, outcome
from tandem.study.decision import Difference, paired
from tandem.uncertainty import discovery, sensitivity
from tandem.uncertainty.surface import Surface, fitted, normal_scores
from tandem.uncertainty.switching import switch_point

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = [
    "LUCK", "SUBJECTS", "Share", "Switch", "Tornado", "missed", "response", "shares", "subject_of",
    "swings", "swings_of_both", "switches",
]  # fmt: skip

Floats = NDArray[np.float64]

LOW, HIGH = 0.1, 0.9  # ends of the tornado: P10 and P90
RANGE = (0.01, 0.99)  # a switch point is looked for from P1 to P99
ON_SURFACE = 20  # inputs of the response surface
CHECKED = 128  # draws, at most, that check a switch point
SEARCHED = 4  # simulations, at most, that look for a switch which the surface does not show
RESAMPLES = 200  # of the bootstrap

LUCK = "luck"
#: Sections of the assumptions by the subject that a reader knows; a section of none of them is its own.
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "market": ("markets", "demand", "competitors", "currencies", "product"),
    "brand": ("brand", "touchpoints", "promotions"),
    "customers": ("customers", "loyalty"),
    "hiring": ("hiring", "channels", "assessments", "profiles"),
    "people": ("company", "roles", "workforce", "careers", "cities"),
    "pay": ("incentives", "effort"),
    "development": ("training", "courses", "culture", "programmes"),
    "money": ("finance", "targets"),
}


@dataclass(frozen=True, slots=True)
class Tornado:
    """An outcome with every assumption at its median, and each one's swing around it, widest first."""

    centre: float
    rows: tuple[tuple[Input, sensitivity.Swing], ...]

    @property
    def ranking(self) -> tuple[int, ...]:
        """Numbers of the inputs, widest swing first, without those that move nothing."""
        return tuple(swing.input for _item, swing in self.rows if swing.width > 0.0)


@dataclass(frozen=True, slots=True)
class Switch:
    """Where along one input the difference of two scenarios turns, by the surface; and its check.

    uniform, level: of the input, level in its unit. turns: whether the surface puts the switch there;
    else the end of its range that comes nearest to one. simulated: the paired difference with
    the input held there, money.
    """

    input: Input
    uniform: float
    level: float
    turns: bool
    simulated: Difference

    @property
    def confirmed(self) -> bool:
        """Whether the simulation agrees: nought lies in the interval, or clearly ahead if none."""
        return not self.simulated.clear if self.turns else self.simulated.low > 0.0


@dataclass(frozen=True, slots=True)
class Share:
    """Shares of the variance that a subject explains alone and in all, each (estimate, low, high)."""

    subject: str
    first: tuple[float, float, float]
    total: tuple[float, float, float]


def subject_of(item: Input) -> str:
    """The subject of an input."""
    return next((name for name, of in SUBJECTS.items() if item.section in of), item.section)


def swings(found: Contest, rival: int | None = 1) -> Tornado:
    """The tornado of the difference to a rival, or without one of the chosen scenario. Money.

    Each input at P10 and at P90 with all others at their medians, expected people and no shocks, so
    that no luck is among the swings; a correlated group moves with its first path.
    """
    values = _at_ends(found, 0)
    return _tornado(found, values if rival is None else values - _at_ends(found, rival))


def swings_of_both(found: Contest) -> tuple[Tornado, Tornado]:
    """The tornado of the chosen scenario, and that of its difference to the next; simulated once.

    A contest of one scenario has its own in both places.
    """
    values = _at_ends(found, 0)
    own = _tornado(found, values)
    return own, own if len(found.studies) == 1 else _tornado(found, values - _at_ends(found, 1))


def _at_ends(found: Contest, number: int) -> Floats:
    """What a scenario earns with each input at P10, with each at P90, and with none: (row,), money."""
    count = len(found.inputs)
    columns = {i.paths[0]: np.full(2 * count + 1, 0.5) for i in found.inputs}
    for k, item in enumerate(found.inputs):
        columns[item.paths[0]][[k, count + k]] = (LOW, HIGH)
    return outcome(found.studies[number], columns, None, correlate=True)


def _tornado(found: Contest, values: Floats) -> Tornado:
    count = len(found.inputs)
    ranked = sensitivity.tornado(values[:count], values[count:-1])
    return Tornado(float(values[-1]), tuple((found.inputs[swing.input], swing) for swing in ranked))


def response(found: Contest, ranked: Sequence[int], rival: int = 1) -> Surface:
    """The response surface of the difference to a rival on the inputs that move it most."""
    return fitted(found.scores, found.difference(rival), tuple(ranked[:ON_SURFACE]))


def switches(
    found: Contest, ranked: Sequence[int], rival: int = 1, *, most: int = 3
) -> list[Switch]:
    """For the inputs that move the difference most, where it turns; nearest to turning first.

    The mean difference along each input comes from the surface. The `most` inputs of which the worst
    end of the range is lowest are simulated, all else as drawn: at the switch, or at that end. Where
    the rival is clearly ahead at that end, which the surface did not show, simulation finds the switch.
    """
    surface = response(found, ranked, rival)
    ends = normal_scores(np.array(RANGE))
    lowest = {k: float((surface.mean + surface.part(k, ends)).min()) for k in surface.inputs}
    chosen = sorted(lowest, key=lowest.__getitem__)[:most]
    return [_switch(found, surface, k, rival) for k in chosen]


def _switch(found: Contest, surface: Surface, number: int, rival: int) -> Switch:
    def along(scores: Floats) -> Floats:
        return np.asarray(surface.mean + surface.part(number, scores))

    item = found.inputs[number]
    ends = normal_scores(np.array(RANGE))
    root = switch_point(along, float(ends[0]), float(ends[1]))
    score = float(ends[int(np.argmin(along(ends)))]) if root is None else root
    held = _held(found, item, score, rival)
    if root is None and held.high < 0.0:
        score, held = _searched(found, item, score, rival)
        root = score
    uniform = float(ndtr(score))
    return Switch(item, uniform, item.level(uniform), root is not None, held)


def _searched(found: Contest, item: Input, end: float, rival: int) -> tuple[float, Difference]:
    """Normal score at which the simulated difference turns, between the median and an end.

    By halving, where the surface is too flat: it is the nearest of SEARCHED steps.
    """
    behind, ahead = end, 0.0
    score = 0.5 * (behind + ahead)
    held = _held(found, item, score, rival)
    for _step in range(SEARCHED - 1):
        if not held.clear:
            break
        behind, ahead = (score, ahead) if held.mean < 0.0 else (behind, score)
        score = 0.5 * (behind + ahead)
        held = _held(found, item, score, rival)
    return score, held


def _held(found: Contest, item: Input, score: float, rival: int) -> Difference:
    """The paired difference with one input held at a normal score, over the first draws."""
    mine, other = found.studies[0], found.studies[rival]
    count = min(mine.draws, CHECKED)
    columns = {path: values[:count] for path, values in found.columns.items()}
    columns |= {path: np.full(count, ndtr(score)) for path in item.paths}
    numbers = np.arange(count)
    values = [outcome(study, columns, numbers, correlate=False) for study in (mine, other)]
    return paired(mine.scenario, other.scenario, *values)


def shares(found: Contest, rival: int | None = 1) -> list[Share]:
    """Sobol indices by subject, and of luck (people and shocks), largest total first.

    Simulated on scrambled Sobol points, base sample the largest power of two up to an eighth of the
    draws; rows made from one base row share their luck, except those that exchange it. Intervals are
    90 % bootstrap ones.
    """
    groups: dict[str, list[int]] = {}
    for k, item in enumerate(found.inputs):
        groups.setdefault(subject_of(item), []).append(k)
    paths = [path for item in found.inputs for path in item.paths]
    owner = [k for k, item in enumerate(found.inputs) for _path in item.paths]
    rows = 2 ** max(int(np.log2(found.studies[0].draws / 8)), 1)
    design = sensitivity.base_design(len(paths), rows, found.studies[0].seed)
    mixed = [design.mixed(np.flatnonzero(np.isin(owner, members))) for members in groups.values()]
    uniforms = np.concatenate([design.a, design.b, *mixed, design.a], axis=1)
    base, other = np.arange(rows), np.arange(rows, 2 * rows)
    numbers = np.concatenate([base, other, *[base] * len(groups), other])
    columns = dict(zip(paths, uniforms, strict=True))
    values = outcome(found.studies[0], columns, numbers, correlate=True)
    if rival is not None:
        values = values - outcome(found.studies[rival], columns, numbers, correlate=True)
    f_a, f_b, *f_ab = values.reshape(-1, rows)
    index = sensitivity.sobol(f_a, f_b, np.array(f_ab), resamples=RESAMPLES)
    names = [*groups, LUCK]
    rows_of = [
        Share(
            name,
            (float(index.first[k]), float(index.first_low[k]), float(index.first_high[k])),
            (float(index.total[k]), float(index.total_low[k]), float(index.total_high[k])),
        )
        for k, name in enumerate(names)
    ]
    return sorted(rows_of, key=lambda share: -share.total[0])


def missed(study: Study, event: str) -> tuple[discovery.Box, tuple[Input, ...]]:
    """The box of assumptions in which a target (`event`, a measure) is missed, and its inputs."""
    found = contest([study])
    box = discovery.box(found.uniforms, 1.0 - study.draws_of(event))
    return box, tuple(found.inputs[side.input] for side in box.sides)
