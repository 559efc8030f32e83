"""What is wrong with a study beside its assumptions: notebooks, objectives, plans, enquiries, records.

What it answers: all of it at once, nothing simulated. `check` tells it, `run` refuses by it.

What it leaves out: settings and assumptions (`tandem.batch.resolution`).

Who may import it: the modules of `tandem.cli`.
"""

from pathlib import Path

from tandem.batch.notebook import BadNotebook, read_source
from tandem.batch.resolution import Resolution

__all__ = ["problems_of"]


def problems_of(project: Path, resolution: Resolution) -> list[str]:
    """Every problem as a line with its place; none where the study is sound."""
    from tandem.assumptions.objectives import FILE as OBJECTIVES
    from tandem.assumptions.plan import FILE as PLAN
    from tandem.assumptions.refusals import Refusal
    from tandem.study import load_study
    from tandem.study.frontmatter import front_matter
    from tandem.study.objectives import declared
    from tandem.study.plans import read_plans
    from tandem.study.questions import offers
    from tandem.study.review import records

    problems: list[str] = []
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
    return problems
