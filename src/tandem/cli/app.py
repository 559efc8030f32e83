"""App: the commands and their options.

What it answers: `tandem run [PATTERN...]`, `tandem init DIR`, `check`, `publish`, `schema`, `fit`,
`plan`.

What it leaves out: what they do (the other modules of `tandem.cli`).

Who may import it: `tandem.cli`.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tandem.cli.exits import Exit, explain, interruptible, tell

if TYPE_CHECKING:
    from tandem.cli.running import Report

__all__ = ["main"]

app = typer.Typer(
    help="Plan market expansion, people and pay as one, and publish the decision.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Project = Annotated[
    Path | None,
    typer.Option("--project", metavar="DIR", help="Folder of the study; else the nearest above."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]


def main() -> None:
    """Parse the command line and end with the exit code of what was asked."""
    app()


def _finish(action: "Callable[[], Report]", as_json: bool) -> None:
    """Do what was asked, print what it has to say, and end with its exit code."""
    try:
        with interruptible():
            report = action()
        code, document = report.code, report.document
        lines = report.lines
    except (Exception, KeyboardInterrupt) as error:
        code, problems = explain(error)
        document, lines = {"problems": problems}, []
        tell(problems)
    if as_json:
        body: dict[str, Any] = {"schema": 1, "exit_code": int(code), **document}
        lines = [json.dumps(body, ensure_ascii=False, indent=1, sort_keys=True)]
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
    raise typer.Exit(int(code))


@app.command()
def run(
    patterns: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATTERN]...", help="Names of scenarios; * and ? match."),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option("-j", "--jobs", min=1, help="Jobs at a time; else one a processor."),
    ] = None,
    dry: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Name each job and why it would run; run none.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Run what is done already, too.")] = False,
    draws: Annotated[int | None, typer.Option(min=2, help="Simulated futures.")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Where random numbers begin.")] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PATH=VALUE", help="Replace an assumption, for this run."),
    ] = None,
    publish: Annotated[
        bool | None,
        typer.Option(
            "--publish/--no-publish",
            help="Publish the site; done for the whole study, asked for with a PATTERN.",
        ),
    ] = None,
    project: Project = None,
    as_json: Json = False,
) -> None:
    """Run the scenarios and notebooks that changed, and publish the site.

    Exit codes: 0 all good; 1 some scenarios failed, their last good pages kept; 2 usage or invalid
    input, nothing ran; 3 internal error; 4 another run goes on; 5 nothing matched; 6 publishing
    refused; 130 interrupted.
    """

    def action() -> "Report":
        from tandem.cli.running import Request, dry_run, run_study

        request = Request(
            project=project,
            patterns=tuple(patterns or ()),
            workers=jobs,
            force=force,
            draws=draws,
            seed=seed,
            overrides=tuple(overrides or ()),
            publish=publish,
        )
        return dry_run(request) if dry else run_study(request)

    _finish(action, as_json)


@app.command()
def publish(project: Project = None, as_json: Json = False) -> None:
    """Publish the latest run of the whole study again."""

    def action() -> "Report":
        from tandem.cli.running import publish_latest

        return publish_latest(project)

    _finish(action, as_json)


@app.command()
def check(project: Project = None, as_json: Json = False) -> None:
    """Read every file of the study and name all that is wrong; run nothing."""

    def action() -> "Report":
        from tandem.cli.checking import check_study

        return check_study(project)

    _finish(action, as_json)


@app.command()
def schema(project: Project = None) -> None:
    """Write params/schema.json, by which editors complete and check the parameter files."""

    def action() -> "Report":
        from tandem.cli.checking import write_schema

        return write_schema(project)

    _finish(action, False)


@app.command()
def fit(
    kind: Annotated[str, typer.Argument(metavar="KIND", help="churn, leavers, bass, ...")],
    source: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE", help="A .csv or .parquet file, or a database's address with --query."
        ),
    ],
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="PATH", help="Group of params/base; else the kind's own."),
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", metavar="SQL", help="What to ask the database.")
    ] = None,
    tests: Annotated[
        str | None,
        typer.Option("--tests", metavar="SOURCE", help="Lift tests beside weekly records."),
    ] = None,
    tests_query: Annotated[
        str | None,
        typer.Option("--tests-query", metavar="SQL", help="The same for tests in a database."),
    ] = None,
    project: Project = None,
    dry: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Show the lines that would change; write none.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Estimate assumptions from records and write them into params/base/, with range and source.

    Refused (2), with nothing written: records that tell nothing, a path that does not exist, a value
    outside the plausible range.
    """

    def action() -> "Report":
        from tandem.cli.fitting import fit_parameters

        return fit_parameters(
            kind,
            source,
            to=to,
            query=query,
            tests=tests,
            tests_query=tests_query,
            project=project,
            dry=dry,
        )

    _finish(action, as_json)


@app.command()
def plan(
    project: Project = None,
    dry: Annotated[
        bool, typer.Option("-n", "--dry-run", help="Show the plans that were found; write none.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Search for the best plan of each department alone, handed over, and made as one.

    What may be decided stands in params/plan.yaml; the plans become levers, headcount plans and
    scenarios, which the next run simulates on futures that the search has not seen. It takes minutes.
    """

    def action() -> "Report":
        from tandem.cli.planning import plan_study

        return plan_study(project, dry=dry)

    _finish(action, as_json)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new or empty folder.")],
) -> None:
    """Make a study of your own from the worked example."""

    def action() -> "Report":
        from tandem.cli.example import copy_example
        from tandem.cli.running import Report

        parts = copy_example(folder)
        lines = [f"{folder}: {', '.join(parts)}", f"Next: tandem run --project {folder}"]
        return Report(Exit.GOOD, lines, {"parts": parts})

    _finish(action, False)
