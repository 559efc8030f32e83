"""Study: one scenario at given draws and seed, opened for questions.

What it answers: the paths and the measures of the scenario, any other scenario on the same draws,
the paired differences between two, and the record of a notebook that asked. A simulation is read
from the study's store where it was made before, else made and kept.

What it leaves out: figures (`tandem.charts`), running many notebooks (`tandem.batch`).

Who may import it: charts, batch, site, cli; notebooks through `from tandem import load_study`.
"""

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from tandem.assumptions.loading import check_project, load_assumptions, scenarios_of
from tandem.assumptions.resolved import Assumptions
from tandem.assumptions.scenarios import Scenario
from tandem.assumptions.schema import Company
from tandem.results.measures import MEASURES
from tandem.results.provenance import simulation_hash
from tandem.results.store import SimulationStore, StoreError
from tandem.study import record as records
from tandem.study.comparison import difference_table, measure_table, summary
from tandem.study.frontmatter import title_of
from tandem.study.settings import Settings, find_project, read_settings

if TYPE_CHECKING:
    import pandas as pd
    import xarray

__all__ = ["LEFT_OUT", "Study", "UnknownScenario", "load_study"]

Draws = NDArray[np.float64]

#: Environment variable by which a batch names the scenarios that failed in this run.
LEFT_OUT = "TANDEM_LEFT_OUT"


class UnknownScenario(KeyError):
    """A scenario that the study does not have, or that failed in this run."""

    def __str__(self) -> str:
        """The message as it was given, without the quotes that KeyError adds."""
        return str(self.args[0])


def load_study(
    scenario: str | None = None,
    *,
    draws: int | None = None,
    seed: int | None = None,
    overrides: Sequence[str] = (),
    language: str = "en",
    project: Path | str | None = None,
) -> "Study":
    """Open one scenario of a study.

    Parameters
    ----------
    scenario
        Its name in `params/scenarios.yaml`; by default the first one there.
    draws, seed
        Number of simulated futures and where their random numbers begin; by default those of
        `params/study.yaml`. Scenarios of the same draws and seed meet the same futures.
    overrides
        "path=value" texts that replace assumptions, in the same form as in the files.
    language
        "en" or "zh": of the labels of tables, and of what the study records.
    project
        The study's folder; by default the nearest one from the working folder upwards.

    Raises
    ------
    Refusal
        The parameter files or the overrides are wrong; it carries every problem with its place.
    UnknownScenario
        There is no such scenario.
    """
    folder = Path(project).resolve() if project is not None else find_project()
    settings = read_settings(folder)
    return Study(
        folder,
        settings,
        scenario,
        draws=settings.draws if draws is None else draws,
        seed=settings.seed if seed is None else seed,
        overrides=tuple(overrides),
        language=language,
    )


class Study:
    """One scenario of a study at given draws and seed; made by `load_study`."""

    def __init__(
        self,
        project: Path,
        settings: Settings,
        scenario: str | None,
        *,
        draws: int,
        seed: int,
        overrides: tuple[str, ...],
        language: str,
        family: "_Family | None" = None,
    ) -> None:
        if language not in ("en", "zh"):
            raise ValueError(f"language is 'en' or 'zh', not {language!r}")
        if draws < 2 or seed < 0:
            raise ValueError(f"draws must be 2 or more and seed 0 or more, not {draws} and {seed}")
        self.project = project
        self.settings = settings
        self.draws = draws
        self.seed = seed
        self.overrides = overrides
        self.language = language
        self._family = family or _Family(project)
        self.scenario = scenario or self.scenarios[0]
        if self.scenario not in self.scenarios:
            left = " (it failed in this run)" if self.scenario in self.left_out else ""
            known = ", ".join(self.scenarios)
            raise UnknownScenario(f"no scenario {self.scenario!r}{left}; there are: {known}")
        self._family.members[self.scenario] = self

    def __repr__(self) -> str:
        return f"<Study {self.scenario!r}, {self.draws} futures, seed {self.seed}>"

    # ---- which scenarios there are -----------------------------------------------------------

    @property
    def scenarios(self) -> tuple[str, ...]:
        """Names of the study's scenarios in their order, without those that failed in this run."""
        return tuple(name for name in self._family.catalogue if name not in self.left_out)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Names of scenarios that failed in the run that this notebook is part of."""
        named = os.environ.get(LEFT_OUT, "").split(",")
        return tuple(name for name in self._family.catalogue if name in named)

    @property
    def label(self) -> str:
        """The scenario's label in the study's language."""
        return str(getattr(self.entry.label, self.language))

    @property
    def entry(self) -> Scenario:
        """The scenario as `params/scenarios.yaml` states it: label, levers, outlooks, parent."""
        return self._family.catalogue[self.scenario]

    def of(self, scenario: str) -> "Study":
        """Another scenario on the same draws, seed and overrides; raises UnknownScenario."""
        if scenario in self._family.members:
            return self._family.members[scenario]
        return Study(
            self.project,
            self.settings,
            scenario,
            draws=self.draws,
            seed=self.seed,
            overrides=self.overrides,
            language=self.language,
            family=self._family,
        )

    # ---- what it assumes and what came out ---------------------------------------------------

    @cached_property
    def assumptions(self) -> Assumptions:
        """The resolved assumptions of the scenario; raises Refusal."""
        return self._family.assumptions(self.scenario, self.overrides)

    @cached_property
    def simulation(self) -> str:
        """The hash that identifies the scenario's simulation: 64 hexadecimal digits."""
        return simulation_hash(self.assumptions.fingerprint(), self.draws, self.seed)

    @cached_property
    def results(self) -> "xarray.Dataset":
        """The paths: a dataset over month, market, position, touchpoint, line and draw.

        Money is real CNY of 2026 unless a variable says otherwise; units and labels stand in
        `attrs`. Values are float32, read from the disk where they are used.
        """
        return self._stored("paths")

    @cached_property
    def _measures(self) -> "xarray.Dataset":
        return self._stored("measures").load()

    def draws_of(self, measure: str) -> Draws:
        """One measure in every future: (draw,), float64, in the measure's unit; raises KeyError."""
        self._family.read[self.scenario] = self.simulation
        return np.asarray(self._measures[measure].values, dtype=np.float64)

    def measures(self) -> "pd.DataFrame":
        """Every measure of the scenario in one row: label, unit and statistics over the futures."""
        return measure_table(self._all_draws(), MEASURES, self.language)

    def compare(self, other: "str | Study") -> "pd.DataFrame":
        """This scenario less `other`, future by future, for every measure, with 95 % intervals.

        Both must have the same draws and seed, so that they met the same futures; ValueError else.
        """
        against = self.of(other) if isinstance(other, str) else other
        if (against.draws, against.seed) != (self.draws, self.seed):
            raise ValueError("scenarios of different draws or seed met different futures")
        mine, theirs = self._all_draws(), against._all_draws()
        pairs = {name: (mine[name], theirs[name]) for name in mine if name in theirs}
        return difference_table(self.scenario, against.scenario, pairs, MEASURES, self.language)

    def ensure(self, *, anew: bool = False) -> bool:
        """Simulate and keep the scenario unless that was done before; True if it was simulated.

        `anew` simulates in any case.
        """
        from tandem.study.simulation import simulate_study

        return self._family.store.ensure(
            self.simulation,
            lambda: simulate_study(self.assumptions, self.draws, self.seed),
            {
                "assumptions": self.assumptions.fingerprint(),
                "draws": self.draws,
                "seed": self.seed,
            },
            anew=anew,
        )

    def _all_draws(self) -> dict[str, Draws]:
        return {str(name): self.draws_of(str(name)) for name in self._measures.data_vars}

    def _stored(self, what: str) -> "xarray.Dataset":
        """Paths or measures from the store, simulated first where they are not there and whole."""
        store = self._family.store
        read = store.paths if what == "paths" else store.measures
        found = read(self.simulation)
        if found is None:
            self.ensure()
            found = read(self.simulation)
        if found is None:
            raise StoreError(f"the simulation of {self.scenario} does not read back")
        self._family.read[self.scenario] = self.simulation
        return found

    # ---- what a notebook found ---------------------------------------------------------------

    def record(
        self,
        answer: Any,
        figures: Iterable[records.Figure] = (),
        tables: Iterable[records.Table] = (),
        *,
        headline: Mapping[str, Mapping[str, float]] | Sequence[str] | None = None,
        title: str | None = None,
        across: bool | None = None,
    ) -> None:
        """Write what the notebook found: its answer, its main numbers, its figures and tables.

        `answer` is a sentence, or an Answer of `tandem.charts`. `headline` holds numbers by
        measure and statistic, or names of measures; by default the study's headline measures.
        The notebook's title comes from its first cell unless `title` is given. `across` says that
        the notebook looks across scenarios; a batch knows.

        Raises BadRecord where the form is broken, for example by a headline that is NaN.
        """
        over = across if across is not None else os.environ.get(records.ACROSS) == "1"
        scenario = None if over else self.scenario
        path = records.record_path(self.project / "build", scenario, self.language)
        stem = path.name.removesuffix(records.SUFFIX)
        records.write_record(
            path,
            scenario=scenario,
            language=self.language,
            title=title or title_of(Path.cwd() / f"{stem}.ipynb", self.language) or stem,
            answer=_words(answer),
            headline=headline if isinstance(headline, Mapping) else self._headline(headline),
            simulations=dict(self._family.read),
            figures=figures,
            tables=tables,
        )

    def _headline(self, names: Sequence[str] | None) -> dict[str, dict[str, float]]:
        """Summaries of the named measures, of the study's headline ones, or of all."""
        chosen = names or self.settings.headline or [str(n) for n in self._measures.data_vars]
        return {
            name: summary(self.draws_of(name), is_event=MEASURES[name].is_event) for name in chosen
        }


class _Family:
    """What scenarios of one opened study share: the store, and who was read."""

    def __init__(self, project: Path) -> None:
        self.store = SimulationStore(project / "build" / "store")
        self.catalogue = scenarios_of(project)
        self.members: dict[str, Study] = {}
        self.read: dict[str, str] = {}
        self._project = project
        self._opened: str | None = None
        self._all: dict[str, Assumptions] = {}

    def assumptions(self, scenario: str, overrides: Sequence[str]) -> Assumptions:
        """Those of one scenario: the first is read alone, a second one together with all others.

        So a notebook of one scenario is not held up by a mistake in another's lever, and one that
        looks across scenarios reads the files twice, not once for each.
        """
        if self._opened is None:
            self._opened = scenario
            return load_assumptions(self._project, Company, scenario, overrides)
        if not self._all:
            self._all = check_project(self._project, Company, overrides)
        return self._all[scenario]


def _words(answer: Any) -> str:
    """The sentences of an answer: a text itself, or an Answer's headline and range."""
    if isinstance(answer, str):
        return answer
    parts = [getattr(answer, "headline", ""), getattr(answer, "range", "")]
    return " ".join(str(part) for part in parts if part) or str(answer)
