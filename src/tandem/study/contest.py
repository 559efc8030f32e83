"""Contest: scenarios on the same draws, with the uncertain assumptions that moved them.

What it answers: which assumptions are uncertain in a choice (those declared correlated count as one),
their uniforms in every draw, and what a scenario earns at given uniforms.

What it leaves out: which assumption decides (`tandem.study.deciding`) and what knowing it is worth
(`tandem.study.questions`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.correlations import groups_of
from tandem.assumptions.drawing import draw, draw_from, moving_paths
from tandem.assumptions.estimate import Estimate
from tandem.assumptions.inputs import model_inputs
from tandem.model.simulate import simulate
from tandem.results.measures import MEASURES
from tandem.study.simulation import CHUNK, run_of
from tandem.uncertainty.surface import normal_scores

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["Contest", "Input", "contest", "outcome"]

Floats = NDArray[np.float64]

MEASURE = "npv"


@dataclass(frozen=True)
class Input:
    """An uncertain assumption, or a group declared correlated, which its first path stands for.

    `estimate` is what the first scenario of the contest says of it; `label` and `where` hold the
    words by language.
    """

    paths: tuple[str, ...]
    label: Mapping[str, str]
    where: Mapping[str, str]
    estimate: Estimate = field(repr=False)

    @property
    def section(self) -> str:
        """First part of its path."""
        return self.paths[0].partition(".")[0]

    def level(self, uniform: float) -> float:
        """Its value at a uniform in (0, 1), in the unit of its estimate."""
        return float(self.estimate.quantile(uniform))


@dataclass(frozen=True)
class Contest:
    """Scenarios of one study, the chosen one first, and what is uncertain in any of them.

    columns: uniforms (draw,) by path. payoffs: net present value (scenario, draw), money.
    """

    studies: tuple[Study, ...]
    inputs: tuple[Input, ...]
    columns: Mapping[str, Floats] = field(repr=False)
    payoffs: Floats = field(repr=False)

    @property
    def uniforms(self) -> Floats:
        """One row an input, that of its first path: (input, draw)."""
        return np.array([self.columns[i.paths[0]] for i in self.inputs])

    @property
    def scores(self) -> Floats:
        """Their normal scores, (input, draw)."""
        return normal_scores(self.uniforms)

    def difference(self, rival: int = 1) -> Floats:
        """Net present value of the chosen scenario less that of another, (draw,), money."""
        return np.asarray(self.payoffs[0] - self.payoffs[rival])


def contest(studies: Sequence[Study]) -> Contest:
    """The contest of some scenarios, the chosen one first; raises ValueError without any."""
    if not studies:
        raise ValueError("no scenario to look at")
    columns: dict[str, Floats] = {}
    for study in reversed(studies):
        columns |= draw(study.assumptions, study.draws, study.seed).columns
    return Contest(
        studies=tuple(studies),
        inputs=tuple(_inputs(studies)),
        columns=columns,
        payoffs=np.stack([study.draws_of(MEASURE) for study in studies]),
    )


def outcome(
    study: Study,
    columns: Mapping[str, Floats],
    numbers: NDArray[np.int64] | None,
    *,
    correlate: bool,
    measure: str = MEASURE,
) -> Floats:
    """A measure of a scenario simulated at given uniforms (row,) by path: (row,), its unit.

    `numbers` (row,) address the luck of each row, people and shocks; None leaves luck out: people
    are expected numbers and demand has no shocks. Paths without a column stand at their medians; one
    that the scenario does not have uncertain is left as it is. Measures of the twin with unlimited
    people do not hold here.
    """
    rows = len(next(iter(columns.values())))
    found = []
    for first in range(0, rows, CHUNK):
        part = slice(first, min(first + CHUNK, rows))
        count = part.stop - first
        given = {path: values[part] for path, values in columns.items()}
        drawn = draw_from(study.assumptions, given, count, correlate=correlate)
        own = np.zeros(count, dtype=np.int64) if numbers is None else numbers[part]
        inputs = model_inputs(drawn, study.seed, own, whole_people=numbers is not None)
        if numbers is None:
            inputs = replace(inputs, shock=np.zeros_like(inputs.shock))
        run = simulate(inputs)
        values = MEASURES[measure].of(run_of(drawn, run, run))
        found.append(np.broadcast_to(np.asarray(values, dtype=float), (count,)))
    return np.concatenate(found)


def _inputs(studies: Sequence[Study]) -> list[Input]:
    """Uncertain paths of any of the scenarios in the order of the schema, groups as one."""
    first = studies[0].assumptions
    uncertain = {path for study in studies for path in moving_paths(study.assumptions)}
    groups = {path: group.paths for group in groups_of(first.base) for path in group.paths}
    found: dict[tuple[str, ...], Input] = {}
    for path in first.estimates:
        if path not in uncertain:
            continue
        paths = groups.get(path, (path,))
        if paths in found:
            continue
        lead = first.leaves[paths[0]]
        patches = first.patches_of(paths[0])
        words = {language: _words(lead, language) for language in ("en", "zh")}
        found[paths] = Input(
            paths,
            {language: pair[0] for language, pair in words.items()},
            {language: pair[1] for language, pair in words.items()},
            patches[-1].value if patches else lead.value,
        )
    return list(found.values())


def _words(leaf: object, language: str) -> tuple[str, str]:
    """Label of a leaf, and of where it stands."""
    comma = "、" if language == "zh" else ", "
    where = comma.join(getattr(part, language) for part in leaf.where)  # type: ignore[attr-defined]  # a Leaf of the tree
    return str(getattr(leaf.label, language)), where  # type: ignore[attr-defined]  # as the label above
