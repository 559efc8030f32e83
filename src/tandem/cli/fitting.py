"""Fitting: the command `fit`.

What it answers: records turned into rows of `params/base/`, the lines that change shown, and written
unless only shown.

What it leaves out: the estimates (`tandem.calibration.fitting`) and the files
(`tandem.assumptions.row_writing`).

Who may import it: the modules of `tandem.cli`.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from tandem.batch.resolution import find_study
from tandem.cli.exits import Exit, Failure
from tandem.cli.running import Report

if TYPE_CHECKING:
    import pandas as pd

    from tandem.calibration.response_fitting import Beside

__all__ = ["fit_parameters"]


def fit_parameters(
    kind: str,
    source: str,
    *,
    to: str | None = None,
    query: str | None = None,
    tests: str | None = None,
    tests_query: str | None = None,
    project: Path | None = None,
    dry: bool = False,
) -> Report:
    """Fit ``source`` by ``kind`` and write the rows into the study, or only show them (``dry``).

    ``tests`` is where lift tests lie, read as ``source`` is.

    Raises Failure (refused) for records from which nothing can be told, and Refusal for rows that the
    study's files cannot hold; then nothing is written.
    """
    from tandem.assumptions.row_writing import replaced_rows, write_changes
    from tandem.assumptions.schema import Company
    from tandem.calibration.fitting import fit
    from tandem.calibration.leavers import refuse_unknown_roles
    from tandem.calibration.reading import name_of, read_records

    folder = find_study(project)
    try:
        records = read_records(source, query)
        experiments = None if tests is None else read_records(tests, tests_query)
        beside, roles = _beside(folder, experiments)
        if kind == "leavers":
            refuse_unknown_roles(records, roles)
        found = fit(kind, records, name=name_of(source), home=to, beside=beside)
    except ValueError as error:
        raise Failure(Exit.REFUSED, _placed(str(error), source, tests)) from error
    changes = replaced_rows(folder, Company, {one.path: one.row() for one in found})
    if not dry:
        write_changes(folder, changes)
    lines = [line for change in changes for line in change.diff]
    files = [change.file for change in changes]
    lines.append(f"{'not written (--dry-run)' if dry else 'written'}: {', '.join(files)}")
    rows = {one.path: {**one.row(), "as_of": one.as_of.isoformat()} for one in found}
    return Report(Exit.GOOD, lines, {"rows": rows, "files": files, "written": not dry})


def _placed(refusal: str, source: str, tests: str | None) -> str:
    """A refusal behind the name of the file that it is about, unless it says it already."""
    from tandem.calibration.reading import name_of
    from tandem.calibration.weekly import TESTS

    file = name_of(tests if tests is not None and refusal.startswith(TESTS) else source)
    return refusal if file in refusal else f"{file}: {refusal}"


def _beside(folder: Path, tests: "pd.DataFrame | None") -> tuple["Beside", list[str]]:
    """What the study's base assumes, the same in every scenario, with the lift tests; and its roles."""
    from tandem.assumptions.loading import load_assumptions, scenarios_of
    from tandem.assumptions.schema import Company
    from tandem.calibration.response_fitting import Beside

    found = load_assumptions(folder, Company, next(iter(scenarios_of(folder))))
    company = found.base
    assert isinstance(company, Company)
    open_now = [name for name, market in company.markets.items() if market.open]
    beside = Beside(found.estimates, list(company.touchpoints), open_now, tests)
    return beside, list(company.roles)
