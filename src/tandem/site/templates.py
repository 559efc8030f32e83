"""Templates: the frames under `reports/templates` and what is poured into them.

What it answers: a page, a part of one, or the body of a prepared notebook as HTML. Notebooks go
through nbconvert's exporter under our template, everything else straight through Jinja; what is
poured in is escaped unless it was cleaned before.

What it leaves out: which pages there are (`model`, `pages`), and what may stand in them (`clean`).

Who may import it: the modules of `tandem.site`.
"""

from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbconvert.exporters import HTMLExporter

from tandem.language import Translator
from tandem.site.prepare import Prepared

__all__ = ["Templates"]


class Templates:
    """The templates of one project; `folder` is its `reports/templates`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def render(self, name: str, **values: Any) -> Markup:
        """The template `name` filled with `values`; raises jinja2.TemplateError."""
        return Markup(self._environment.get_template(f"{name}.html.j2").render(**values))  # noqa: S704  # the template escapes

    def notebook(self, prepared: Prepared, root: str, _: Translator) -> Markup:
        """The body of a page from its notebook; `root` leads from the page to the site's top."""
        words = {"data": _("Data (CSV)"), "figure": _("Figure (SVG)")}
        body, _resources = self._exporter.from_notebook_node(
            prepared.notebook, resources={"tandem": {"root": root, "words": words}}
        )
        return Markup(body)  # noqa: S704  # the template escapes, and `prepare` has cleaned

    @cached_property
    def _exporter(self) -> HTMLExporter:
        return HTMLExporter(
            extra_template_basedirs=[str(self.folder)],
            template_name="notebook",
            default_preprocessors=[],
        )
