"""Judge: whether a notebook's execution was good.

What it answers: None, or one line that says why it was not. Good is: every code cell ran to its
end without an error, the kernel was alive after the last one, and the record is there, valid, with
no headline that is NaN, made by this notebook from the simulations of this run.

What it leaves out: executing (`tandem.batch.engine`); it believes neither papermill's exit code nor
what the saved notebook says about itself.

Who may import it: `tandem.batch.worker`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tandem.batch.engine import Execution, place_of
from tandem.study.record import BadRecord, Record, read_record

__all__ = ["judge"]


def judge(
    execution: Execution,
    record: Path,
    parameters: Mapping[str, Any],
    simulations: Mapping[str, str],
) -> str | None:
    """Why the execution failed, in one line, or None.

    `simulations` are the hashes, by scenario, that the run's plan holds.
    """
    return (
        execution.error
        or _cells(execution)
        or (None if execution.alive_at_end else "its kernel was gone after the last cell")
        or _record(record, parameters, simulations)
    )


def _cells(execution: Execution) -> str | None:
    """The first code cell that did not run, or that holds an error."""
    completed = set(execution.completed)
    for position, cell in enumerate(execution.notebook["cells"]):
        if cell["cell_type"] != "code" or not cell["source"].strip():
            continue
        if position not in completed or not cell.get("execution_count"):
            return f"{place_of(execution.notebook, position)}: did not run"
        for output in cell["outputs"]:
            if output["output_type"] == "error":
                name, value = output.get("ename", "error"), output.get("evalue", "")
                return f"{place_of(execution.notebook, position)}: {name}: {value}"[:200]
    return None


def _record(
    path: Path, parameters: Mapping[str, Any], simulations: Mapping[str, str]
) -> str | None:
    """What is wrong with the record."""
    try:
        record = read_record(path)
    except BadRecord as error:
        return str(error)
    return _other_run(record, parameters, simulations)


def _other_run(
    record: Record, parameters: Mapping[str, Any], simulations: Mapping[str, str]
) -> str | None:
    """Whether the record speaks of another language or of other inputs than the run's."""
    if record.language != parameters["language"]:
        return f"its record is in {record.language!r}, not in {parameters['language']!r}"
    for scenario, found in record.simulations.items():
        if simulations.get(scenario) != found:
            return f"read another simulation of {scenario} than the run's: were inputs changed?"
    return None
