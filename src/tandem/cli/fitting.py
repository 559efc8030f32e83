"""Fitting: the command `fit`.

What it answers: records turned into rows of `params/base/`, the lines that change shown, and written
unless only shown.

What it leaves out: the estimates (`tandem.calibration.fitting`) and the files
(`tandem.assumptions.row_writing`).

Who may import it: the modules of `tandem.cli`.
"""

from pathlib import Path

from tandem.batch.resolution import find_study
from tandem.cli.exits import Exit, Failure
from tandem.cli.running import Report

__all__ = ["fit_parameters"]


def fit_parameters(
    kind: str,
    source: str,
    *,
    to: str | None = None,
    query: str | None = None,
    project: Path | None = None,
    dry: bool = False,
) -> Report:
    """Fit ``source`` by ``kind`` and write the rows into the study, or only show them (``dry``).

    Raises Failure (refused) for records from which nothing can be told, and Refusal for rows that the
    study's files cannot hold; then nothing is written.
    """
    from tandem.assumptions.row_writing import replaced_rows, write_changes
    from tandem.assumptions.schema import Company
    from tandem.calibration.fitting import fit
    from tandem.calibration.reading import name_of, read_records

    folder = find_study(project)
    try:
        found = fit(kind, read_records(source, query), name=name_of(source), home=to)
    except ValueError as error:
        raise Failure(Exit.REFUSED, str(error)) from error
    changes = replaced_rows(folder, Company, {one.path: one.row() for one in found})
    if not dry:
        write_changes(folder, changes)
    lines = [line for change in changes for line in change.diff]
    files = [change.file for change in changes]
    lines.append(f"{'not written (--dry-run)' if dry else 'written'}: {', '.join(files)}")
    rows = {one.path: {**one.row(), "as_of": one.as_of.isoformat()} for one in found}
    return Report(Exit.GOOD, lines, {"rows": rows, "files": files, "written": not dry})
