"""Jobs: what a run consists of, and how each part of it ended.

What it answers: the form of a choice on the command line, of a job and of its end.

What it leaves out: which jobs there are (`tandem.batch.plan`) and doing them (`tandem.batch.run`).

Who may import it: the modules of `tandem.batch`, cli.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Choice", "End", "Job", "failed_scenarios"]


@dataclass(frozen=True)
class Choice:
    """What the command line says: futures, seed, replaced assumptions, and which scenarios.

    `across` adds the notebooks that look across scenarios, which need all of them.
    """

    draws: int
    seed: int
    overrides: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    force: bool = False
    across: bool = True


@dataclass(frozen=True)
class Job:
    """One simulation or one notebook.

    `key` is the hash of its inputs, under which its result is kept; `parts` are those inputs by
    name, for the reason. `reason` is None where the result is there already. `simulations` are the
    hashes, by scenario, that a notebook may read.
    """

    id: str
    kind: str
    key: str
    parts: Mapping[str, str] = field(repr=False)
    reason: str | None
    scenario: str | None = None
    notebook: Mapping[str, Any] | None = None
    language: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    simulations: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The notebook's name without its ending; raises TypeError for a simulation."""
        if self.notebook is None:
            raise TypeError(f"{self.id} is no notebook")
        return str(self.notebook["file"]).removesuffix(".ipynb")

    @property
    def place(self) -> str:
        """Folder of the page inside a run folder."""
        return f"pages/{self.language}/{self.scenario or 'study'}"


@dataclass(frozen=True)
class End:
    """How a job ended: `status` is ok, cached or failed; `error` is one line where it failed."""

    job: Job
    status: str
    error: str | None = None
    seconds: float | None = None


def failed_scenarios(ends: Sequence[End]) -> set[str]:
    """Names of the scenarios of which any job failed."""
    return {
        end.job.scenario for end in ends if end.status == "failed" and end.job.scenario is not None
    }
