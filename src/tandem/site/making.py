"""Making: all files of a site, checked, before any of them is published.

What it answers: the run's pages by one of the two publishers, with every file they name, through
every gate.

What it leaves out: writing and switching (`publish`).

Who may import it: `publish`, which does so only where something has to be made.
"""

from pathlib import Path

from jinja2 import TemplateError

from tandem.site import embedded, quarto
from tandem.site.editions import build_site
from tandem.site.frame import build_frame
from tandem.site.gates import check_site
from tandem.site.kept import Previous
from tandem.site.model import Site
from tandem.site.problems import PublishFailed, SiteRefused
from tandem.site.run import Run
from tandem.site.templates import Templates

__all__ = ["make_site"]


def make_site(
    project: Path, run: Run, previous: Previous, name: str, stage: Path, command: str | None
) -> tuple[Site, dict[str, bytes]]:
    """The site of `run`, and each of its files by its path in it.

    `command` is Quarto's, None for the embedded publisher, and `name` how the footer calls it;
    `stage` is an empty folder for whatever the publisher needs. Raises SiteRefused with every
    problem that the gates found, PublishFailed where a page cannot be made.
    """
    reports = project / "reports"
    templates = Templates(reports / "templates")
    try:
        site = build_site(run, reports, name, previous)
        frame = build_frame(site, run, reports / "theme")
        site.shelf.files["results.json"] = (run.folder / "results.json").read_bytes()
        if command is None:
            made = embedded.render(site, frame, templates)
        else:
            made = quarto.render(site, frame, templates, project, stage / "quarto", command)
    except TemplateError as error:
        raise PublishFailed(f"a template cannot be filled: {error!r}") from error
    files = {**site.shelf.files, **made}
    problems = check_site(files, secret=str(project.resolve()))
    if problems:
        raise SiteRefused(problems)
    return site, files
