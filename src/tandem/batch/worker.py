"""Worker: the process in which one job of a run happens.

What it answers: `python -m tandem.batch.worker TASK.json` simulates one scenario or executes and
judges one notebook, and leaves `result.json` in the task's output folder. It ends with its parent:
standard input is a pipe from it, and when that closes, the kernel and the worker go.

What it leaves out: which jobs there are, and bounding a worker that hangs (`tandem.batch.pool`).

Who may import it: nobody; it is started.
"""

import contextlib
import json
import os
import resource
import signal
import sys
import threading
import traceback
from pathlib import Path
from typing import Any

from tandem.results.shelf import canonical_json, write_file

RESULT = "result.json"


def main(task_file: Path) -> None:
    """Do the task that `task_file` describes; a failure is a result, so this raises nothing."""
    task = json.loads(task_file.read_text("utf-8"))
    private = Path(task["private"])
    threading.Thread(target=_end_with_parent, args=(private,), daemon=True).start()
    output = Path(task["output"])
    output.mkdir(parents=True, exist_ok=True)
    try:
        result = _DOING[task["kind"]](task, output, private)
    except Exception as error:  # whatever it was, the run goes on with the other jobs
        first = (str(error).strip().splitlines() or [""])[0]
        result = {"error": f"{type(error).__name__}: {first}"[:200]}
        _log(task, traceback.format_exc())
    usage = resource.getrusage(resource.RUSAGE_SELF)
    result["peak_memory_mb"] = round(
        usage.ru_maxrss / (1024 if sys.platform != "darwin" else 2**20)
    )
    write_file(output / RESULT, canonical_json(result))


def _simulate(task: dict[str, Any], output: Path, private: Path) -> dict[str, Any]:
    """Simulate one scenario and keep it, unless it is stored and whole."""
    from tandem.study import load_study

    study = load_study(
        task["scenario"],
        draws=task["draws"],
        seed=task["seed"],
        overrides=task["overrides"],
        project=Path(task["project"]),
    )
    expected = task["simulation"]
    if study.simulation != expected:
        return {"error": "the inputs changed while the run went on"}
    simulated = study.ensure(anew=task["anew"])
    return {"error": None, "simulated": simulated}


def _notebook(task: dict[str, Any], output: Path, private: Path) -> dict[str, Any]:
    """Execute one notebook, judge it, and leave the page in `output` if it is good."""
    from tandem.batch.engine import execute
    from tandem.batch.judge import judge
    from tandem.batch.notebook import read_source, tidy
    from tandem.study.record import RECORD

    notebook = Path(task["notebook"])
    if read_source(notebook).hash != task["source"]:
        return {"error": "the notebook changed while the run went on"}
    record = output / f"{notebook.stem}.record.json"
    parameters = task["parameters"]
    execution = execute(
        notebook,
        parameters,
        private=private,
        environment={**os.environ, RECORD: str(record)},
        timeout_s=task["timeout_s"],
        output_bytes=int(task["output_mb"] * 1e6),
    )
    error = judge(execution, record, parameters, task["simulations"])
    text, printed = tidy(execution.notebook, parameters)
    page = output / f"{notebook.stem}.ipynb"
    if error is None:
        write_file(page, text)
    if error or printed:
        _log(task, f"{error or ''}\n{execution.log}\n{printed}")
    if error:
        Path(task["log"]).with_suffix(".ipynb").write_text(text, "utf-8")
    return {"error": error, "notebook_seconds": round(execution.seconds, 3)}


_DOING = {"simulate": _simulate, "notebook": _notebook}


def _log(task: dict[str, Any], text: str) -> None:
    """Keep what helps to mend the job where no page shows it."""
    path = Path(task["log"])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.strip() + "\n", "utf-8")


def _end_with_parent(private: Path) -> None:
    """Wait until the pipe from the parent closes, then end the kernel and this process."""
    sys.stdin.buffer.read()
    with contextlib.suppress(OSError, ValueError):
        os.killpg(int((private / "kernel.pid").read_text()), signal.SIGKILL)
    os._exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
