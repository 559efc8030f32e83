"""Checking: the commands `check` and `schema`.

What it answers: everything that is wrong with a study's files, at once; the schema for editors.

What it leaves out: what is right to say in them (`tandem.assumptions`, `tandem.study.settings`).

Who may import it: the modules of `tandem.cli`.
"""

from pathlib import Path

from tandem.batch.resolution import find_study, resolve_anew
from tandem.cli.exits import Exit
from tandem.cli.running import Report
from tandem.cli.soundness import problems_of
from tandem.results.shelf import replace_file

__all__ = ["check_study", "write_schema"]


def check_study(start: Path | None) -> Report:
    """Read settings, scenarios, assumptions, objectives, plans, enquiries, notebooks and records.

    Raises nothing for what is wrong there.
    """
    from tandem.assumptions.refusals import Refusal

    project = find_study(start)
    try:
        resolution = resolve_anew(project, ())
    except Refusal as refusal:
        return _refused(str(refusal).splitlines())
    problems = problems_of(project, resolution)
    if problems:
        return _refused(problems)
    counts = {
        "scenarios": len(resolution.scenarios),
        "assumptions": len(resolution.register),
        "notebooks": len(resolution.settings["notebooks"]),
    }
    good = ", ".join(f"{count} {name}" for name, count in counts.items())
    return Report(Exit.GOOD, [f"all good: {good}"], {"problems": [], **counts})


def _refused(problems: list[str]) -> Report:
    """What is wrong, line by line, and how much."""
    count = f"{len(problems)} problem{'' if len(problems) == 1 else 's'}"
    return Report(Exit.REFUSED, [*problems, count], {"problems": problems})


def write_schema(start: Path | None) -> Report:
    """Write `params/schema.json` of the study."""
    from tandem.assumptions.schema import Company
    from tandem.assumptions.schema_json import schema_text

    project = find_study(start)
    path = project / "params" / "schema.json"
    replace_file(path, schema_text(Company))
    return Report(Exit.GOOD, [str(path)], {"schema_file": "params/schema.json"})
