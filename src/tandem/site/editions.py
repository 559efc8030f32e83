"""Editions: the whole site, built from one run.

What it answers: an edition for every language that the run has pages in, each with the same tree:
the brief, the study's other notebooks, the scenarios, and the pages that explain them.

What it leaves out: rendering and publishing.

Who may import it: the modules of `tandem.site`.
"""

from pathlib import Path

from tandem.language import translator
from tandem.site.kept import Previous
from tandem.site.model import Edition, Page, Site
from tandem.site.origin import origin_of
from tandem.site.pages import Builder, front_notebook, notebook_page
from tandem.site.problems import PublishFailed
from tandem.site.reference import reference_pages
from tandem.site.run import Run
from tandem.site.scenarios import overview, scenario_page
from tandem.site.shelf import Shelf
from tandem.site.templates import Templates

__all__ = ["build_site"]


def build_site(run: Run, reports: Path, publisher: str, previous: Previous) -> Site:
    """The site of `run` with the templates and hand-written pages of `reports`.

    `publisher` is how the footer calls it; `previous` the site that stands. Raises SiteRefused for
    a page that may not be shown, PublishFailed where there is no brief to open the site with.
    """
    shelf = Shelf(run.id)
    templates = Templates(reports / "templates")
    kept: list[str] = []
    editions = []
    for language in run.languages:
        _ = translator(language)
        origin = origin_of(run, publisher, _)
        builder = Builder(run, language, _, templates, shelf, origin, previous, kept)
        title = _.label(run.settings["title"]) if run.settings.get("title") else _("Growth plan")
        pages = [*study_pages(builder), *reference_pages(builder, reports)]
        editions.append(Edition(language, title, pages))
    return Site(run.id, publisher, editions, shelf, tuple(kept))


def study_pages(builder: Builder) -> list[Page]:
    """Every page of the edition that the run itself fills, the front page first."""
    run, language = builder.run, builder.language
    front = front_notebook(run)
    jobs = [job for job in run.jobs if job.language == language]
    pages = [
        page
        for job in sorted(jobs, key=lambda job: job.notebook != front)
        if job.scenario is None and (page := notebook_page(builder, job, front)) is not None
    ]
    if not pages or pages[0].kind != "brief":
        raise PublishFailed(
            f"the decision brief ({front}, {language}) failed and no earlier one stands"
        )
    sections = []
    for scenario in run.scenarios:
        own = [
            page
            for job in jobs
            if job.scenario == scenario.name
            and (page := notebook_page(builder, job, front)) is not None
        ]
        sections += [scenario_page(builder, scenario, own), *own]
    return [*pages, overview(builder), *sections]
