"""Checking: the commands `check` and `schema`.

What it answers: everything that is wrong with a study's files, at once; the schema for editors.

What it leaves out: what is right to say in them (`tandem.assumptions`, `tandem.study.settings`).

Who may import it: the modules of `tandem.cli`.
"""

from pathlib import Path

from tandem.batch.notebook import BadNotebook, read_source
from tandem.batch.resolution import find_study, resolve_anew
from tandem.cli.exits import Exit
from tandem.cli.running import Report
from tandem.results.shelf import replace_file

__all__ = ["check_study", "write_schema"]


def check_study(start: Path | None) -> Report:
    """Read settings, scenarios, assumptions, objectives, plans, enquiries, notebooks and records.

    Raises nothing for what is wrong there.
    """
    from tandem.assumptions.objectives import FILE as OBJECTIVES
    from tandem.assumptions.plan import FILE as PLAN
    from tandem.assumptions.refusals import Refusal
    from tandem.study import load_study
    from tandem.study.frontmatter import front_matter
    from tandem.study.objectives import declared
    from tandem.study.plans import read_plans
    from tandem.study.questions import offers
    from tandem.study.review import records

    project = find_study(start)
    problems: list[str] = []
    try:
        resolution = resolve_anew(project, ())
    except Refusal as refusal:
        return _problems(str(refusal).splitlines())
    entries = [str(entry["file"]) for entry in resolution.settings["notebooks"]]
    for file in entries:
        try:
            read_source(project / "notebooks" / file)
            front_matter(project / "notebooks" / file)
        except (BadNotebook, ValueError) as problem:
            problems.append(f"notebooks/{file}: {problem}")
        except Refusal as refusal:
            problems += [f"notebooks/{line}" for line in str(refusal).splitlines()]
    if resolution.settings["review"] is not None:
        try:
            records(load_study(project=project))
        except Refusal as refusal:
            problems += str(refusal).splitlines()
    if (project / OBJECTIVES).exists():
        try:
            declared(load_study(project=project))
        except Refusal as refusal:
            problems += str(refusal).splitlines()
    try:
        offers(load_study(project=project))
    except Refusal as refusal:
        problems += str(refusal).splitlines()
    if (project / PLAN).exists():
        try:
            read_plans(project)
        except Refusal as refusal:
            problems += str(refusal).splitlines()
    if problems:
        return _problems(problems)
    counts = {
        "scenarios": len(resolution.scenarios),
        "assumptions": len(resolution.register),
        "notebooks": len(entries),
    }
    good = ", ".join(f"{count} {name}" for name, count in counts.items())
    return Report(Exit.GOOD, [f"all good: {good}"], {"problems": [], **counts})


def _problems(problems: list[str]) -> Report:
    lines = [*problems, f"{len(problems)} problems"]
    return Report(Exit.REFUSED, lines, {"problems": problems})


def write_schema(start: Path | None) -> Report:
    """Write `params/schema.json` of the study."""
    from tandem.assumptions.schema import Company
    from tandem.assumptions.schema_json import schema_text

    project = find_study(start)
    path = project / "params" / "schema.json"
    replace_file(path, schema_text(Company))
    return Report(Exit.GOOD, [str(path)], {"schema_file": "params/schema.json"})
