"""Planning: the command `plan`.

What it answers: the silo, hand-off and joint plans searched for, and written as levers, headcount plans
and scenarios of the study, unless only shown.

What it leaves out: the search (`tandem.study.optimising`) and the files
(`tandem.assumptions.plan_writing`).

Who may import it: the modules of `tandem.cli`.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tandem.batch.resolution import find_study
from tandem.cli.exits import Exit
from tandem.cli.running import Report

if TYPE_CHECKING:
    from tandem.study.search import Worth

__all__ = ["plan_study"]

_EVERY = 10  # trials between two lines of progress


def plan_study(project: Path | None = None, *, dry: bool = False) -> Report:
    """Search for the three plans of `params/plan.yaml`; write their files, or only show them (``dry``).

    Raises Refusal, with nothing searched, for a file that does not hold, and for a search that would
    see the futures of the study: its plans would look better than they are.
    """
    from tandem.assumptions.plan_writing import write_plan
    from tandem.assumptions.refusals import Refusal
    from tandem.assumptions.schema import Company
    from tandem.study.optimising import optimise
    from tandem.study.plans import parent_problems, read_plans
    from tandem.study.settings import read_settings

    folder = find_study(project)
    plans = read_plans(folder)
    if problems := parent_problems(plans):
        raise Refusal(problems)
    effort = plans.space.file.search
    if effort.seed == read_settings(folder).seed:
        message = (
            "is the seed of the study: a plan is judged on futures that its search has not seen"
        )
        raise Refusal([plans.space.problem(("search", "seed"), message, found=effort.seed)])
    found = optimise(plans, _progress)
    stated = plans.space.file.defaults or {}
    source = f"found by tandem plan, seed {effort.seed}, {effort.draws} futures"
    lines, document = [], {}
    for name, best in found.items():
        files = plans.files(name, best.plan)
        if not dry:
            write_plan(
                folder, Company, files,
                source=source, owner=str(stated["owner"]), as_of=str(stated["as_of"]),
            )  # fmt: skip
        rows = {path: row for path, (_month, row) in plans.rows(best.plan).items()}
        lines.append(f"{files.scenario}: launch {files.launch_month}, {best.trials} plans tried")
        lines += [f"  {path}: {row}" for path, row in rows.items()]
        document[name] = _document(files.launch_month, rows, best.trials, best.found.worth)
    lines.append("not written (--dry-run)" if dry else f"written: {', '.join(_names(plans))}")
    return Report(Exit.GOOD, lines, {"plans": document, "written": not dry})


def _document(launch: str, rows: dict[str, str], trials: int, worth: "Worth") -> dict[str, Any]:
    return {"launch": launch, "rows": rows, "trials": trials, "within_limits": worth.beyond <= 0.0}


def _names(plans: Any) -> list[str]:
    every = plans.space.file.plans
    return [every.silo.scenario, every.hand_off.scenario, every.joint.scenario]


def _progress(name: str, trials: int, worth: "Worth") -> None:
    """A line on standard error now and then."""
    if trials % _EVERY == 0:
        held = "" if worth.beyond <= 0.0 else " (beyond the limits)"
        sys.stderr.write(f"{name}: {trials} plans tried, best {worth.value:,.0f}{held}\n")
        sys.stderr.flush()
