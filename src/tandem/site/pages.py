"""Pages: what a notebook of the run becomes.

What it answers: the page of every notebook, with its place, title and crumbs; and, where it failed,
its last good page from the site that stands, with a notice that says so.

What it leaves out: pages about scenarios (`scenarios`) and those that explain the others
(`reference`, `register`); rendering.

Who may import it: the modules of `tandem.site`.
"""

from dataclasses import dataclass

from tandem.language import Translator
from tandem.site.kept import Previous
from tandem.site.model import Origin, Page
from tandem.site.origin import age, moment
from tandem.site.prepare import prepare
from tandem.site.problems import PublishFailed
from tandem.site.run import Job, Run, Scenario
from tandem.site.shelf import Shelf, page_name
from tandem.site.templates import Templates

__all__ = ["Builder", "crumbs", "front_notebook", "notebook_page", "page_place"]


@dataclass(slots=True)
class Builder:
    """All that the pages of one edition are built from."""

    run: Run
    language: str
    translate: Translator
    templates: Templates
    shelf: Shelf
    origin: Origin
    previous: Previous
    kept: list[str]

    def label(self, scenario: Scenario) -> str:
        """The scenario's name as this edition's readers know it."""
        return self.translate.label(scenario.label)


def front_notebook(run: Run) -> str:
    """The notebook that opens the site: the first of the study's own that is called a brief."""
    own = [job.notebook for job in run.jobs if job.scenario is None]
    if not own:
        raise PublishFailed("the run holds no notebook that looks across scenarios, so no brief")
    return next((name for name in own if name.endswith("brief")), own[0])


def notebook_page(builder: Builder, job: Job, front: str) -> Page | None:
    """The page of `job`, or its last good one where it failed; None where there is neither."""
    key, path = page_place(job, front)
    if job.failed:
        return _kept_page(builder, job, key, path)
    record = builder.run.record(job)
    assert job.page is not None  # a job without a page has failed
    prepared = prepare(job.page, record, builder.shelf, path=path)
    page = Page(
        path=path,
        language=job.language,
        key=key,
        kind=_kind(job, front),
        title=prepared.title,
        html="",
        origin=builder.origin,
        scenario=job.scenario,
        lead=prepared.question,
        crumbs=crumbs(builder, job.scenario),
        notebook=prepared.notebook,
    )
    page.html = builder.templates.notebook(prepared, page.root, builder.translate)
    return page


def page_place(job: Job, front: str) -> tuple[str, str]:
    """Key and path of a notebook's page; `front` is the notebook that opens the site."""
    if job.scenario is None:
        name = "index" if job.notebook == front else page_name(job.notebook)
        return name, f"{job.language}/{name}.html"
    name = page_name(job.notebook)
    return f"{job.scenario}/{name}", f"{job.language}/{job.scenario}/{name}.html"


def _kind(job: Job, front: str) -> str:
    if job.scenario is not None:
        return "notebook"
    return "brief" if job.notebook == front else "study"


def crumbs(builder: Builder, scenario: str | None) -> tuple[tuple[str, str], ...]:
    """What stands above a page's title: its scenario, and the one that this repeats."""
    if scenario is None:
        return ()
    entry = builder.run.scenario(scenario)
    above = crumbs(builder, entry.parent) if entry.parent else ()
    return (*above, (builder.label(entry), f"{builder.language}/{scenario}/index.html"))


def _kept_page(builder: Builder, job: Job, key: str, path: str) -> Page | None:
    """The page as it stands in the site published before, saying so; None where there is none."""
    kept = builder.previous.page(path)
    if kept is None:
        return None
    _ = builder.translate
    for name, content in builder.previous.files_of(kept).items():
        builder.shelf.files.setdefault(name, content)
    if kept.origin.run_id != builder.run.id:
        builder.kept.append(path)
    notice = _(
        "This part failed in the latest run. Shown is the last good result: run {run}, computed "
        "{when}, {age} before the latest.",
        run=kept.origin.run_id,
        when=moment(kept.origin.created, _),
        age=age(kept.origin.created, builder.run.created, _),
    )
    return Page(
        path=path,
        language=job.language,
        key=key,
        kind=kept.kind,
        title=kept.title,
        html=kept.html,
        origin=kept.origin,
        scenario=job.scenario,
        lead=kept.lead,
        crumbs=crumbs(builder, job.scenario),
        notices=(notice,),
        kept=True,
    )
