import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.fixtures.run_folder import REPOSITORY

from tandem.language import translator
from tandem.site.prepare import Prepared, prepare
from tandem.site.problems import SiteRefused
from tandem.site.shelf import Shelf
from tandem.site.templates import Templates
from tandem.study.record import Record

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="432pt" height="100pt"><text>x</text></svg>'

Ready = Callable[..., Prepared]


def code(*outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> dict[str, Any]:
    """A code cell with `outputs`."""
    return {"cell_type": "code", "source": "secret_name = 1", "outputs": outputs, "tags": tags}


def text(source: str, *tags: str) -> dict[str, Any]:
    """A markdown cell."""
    return {"cell_type": "markdown", "source": source, "tags": tags}


def shows(**data: Any) -> dict[str, Any]:
    """An output that displays `data`, by kind: html, svg, plain, javascript, widget."""
    kinds = {
        "html": "text/html",
        "svg": "image/svg+xml",
        "plain": "text/plain",
        "markdown": "text/markdown",
        "javascript": "application/javascript",
        "widget": "application/vnd.jupyter.widget-view+json",
    }
    about = {"figure": "fan", "title": "Sales grow", "alt": "Sales grow\nto 400"}
    return {
        "output_type": "display_data",
        "data": {kinds[name]: value for name, value in data.items()},
        "metadata": {"tandem": about} if "svg" in data else {},
    }


@pytest.fixture
def ready(tmp_path: Path) -> Ready:
    """Prepares a notebook made of the given cells."""

    def make(*cells: dict[str, Any], language: str = "en", title: str = "Sales") -> Prepared:
        files = tmp_path / "plan_files"
        files.mkdir(exist_ok=True)
        (files / "fan.csv").write_text("month,value\n1,2\n")
        (files / "roles.csv").write_text("role,heads\nrep,2\n")
        book = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        for number, cell in enumerate(cells):
            entry = {"id": f"c{number}", "metadata": {"tags": list(cell.get("tags", ()))}, **cell}
            entry.pop("tags", None)
            if cell["cell_type"] == "code":
                entry["execution_count"] = 1
                entry["metadata"]["execution"] = {"iopub.execute_input": "2026-10-01T08:00:00"}
            book["cells"].append(entry)
        path = tmp_path / "plan.ipynb"
        path.write_text(json.dumps(book))
        record = Record.model_validate(
            {
                "schema": 1, "notebook": "plan", "scenario": "late", "language": language,
                "title": title, "answer": "a", "headline": {}, "simulations": {},
                "figures": [{"id": "fan", "title": "Sales grow", "alt": "x",
                             "csv": "plan_files/fan.csv", "svg": "plan_files/fan.svg"}],
                "tables": [{"id": "roles", "title": "People & roles", "csv": "plan_files/roles.csv"}],
            },
            strict=True,
        )  # fmt: skip
        return prepare(path, record, Shelf("run1"), path=f"{language}/late/plan.html")

    return make


def body(prepared: Prepared) -> str:
    """The page's text as the embedded publisher shows it."""
    templates = Templates(REPOSITORY / "reports" / "templates")
    return templates.notebook(prepared, "../../", translator("en"))


def test_code_and_parameters_are_never_shown(ready: Ready) -> None:
    """A reader sees what code found, and none of it."""
    html = body(
        ready(
            code(shows(html="<p>parameters</p>"), tags=("parameters",)),
            code(shows(html="<p>injected</p>"), tags=("injected-parameters",)),
            code(shows(html="<p class='tandem-note'>found</p>")),
            code({"output_type": "stream", "name": "stdout", "text": "loading"}),
            code(shows(plain="{'a': 1}")),
        )
    )
    assert "found" in html
    for hidden in ("secret_name", "parameters", "injected", "loading", "{'a'"):
        assert hidden not in html


def test_each_reader_gets_one_language(ready: Ready) -> None:
    """Of text in pairs one stays, text without a language stays in both."""
    cells = (text("only English", "lang-en"), text("只有中文", "lang-zh"), text("2027"))
    english, chinese = body(ready(*cells)), body(ready(*cells, language="zh"))
    assert "only English" in english
    assert "只有中文" not in english
    assert "only English" not in chinese
    assert "只有中文" in chinese
    assert "2027" in english
    assert "2027" in chinese


def test_a_page_has_one_title(ready: Ready) -> None:
    """The notebook's first heading is the page's title, and other headings of its level go down."""
    prepared = ready(code(), text("# Sales\n\nwhy"), text("# Second\n\n```\n# no heading\n```"))
    html = body(prepared)
    assert prepared.title == "Sales"
    assert "<h1" not in html
    assert '<h2 id="second">Second</h2>' in html
    assert "# no heading" in html


def test_a_figure_is_a_file_with_words_and_data(ready: Ready) -> None:
    """The figure is shown by name, says its finding, and leads to its numbers."""
    prepared = ready(code(shows(svg=SVG, plain="x")))
    html = body(prepared)
    about = prepared.notebook.cells[0].metadata["tandem"]
    assert f'src="../../{about["svg"]}"' in html
    assert 'alt="Sales grow to 400"' in html
    assert 'width="576"' in html
    assert f'href="../../{about["data"]}"' in html
    assert prepared.notebook.cells[0].metadata["fig-alt"] == "Sales grow to 400"


def test_a_table_leads_to_its_data(ready: Ready) -> None:
    """A recorded table is found by its caption, marks and all."""
    table = "<table><caption>People &amp; roles</caption><tr><td>1</td></tr></table>"
    html = body(ready(code(shows(html=table))))
    assert "late_plan_roles_run1.csv" in html
    assert "late_plan_roles_run1.csv" not in body(ready(code(shows(html="<p>other</p>"))))


def test_times_leave_no_trace(ready: Ready) -> None:
    """The same results prepared twice are the same bytes, whenever they were computed."""
    prepared = ready(code(shows(svg=SVG)), text("why"))
    assert "2026-10-01T" not in nbformat.writes(prepared.notebook)
    assert [cell.id for cell in prepared.notebook.cells] == ["cell-0", "cell-1"]


def test_two_figures_of_a_cell_are_two_figures(ready: Ready) -> None:
    """Each of several figures keeps its own words."""
    prepared = ready(code(shows(svg=SVG), shows(html="<p>x</p>"), shows(svg=SVG)))
    assert body(prepared).count("<figure") == 2


@pytest.mark.parametrize(
    ("output", "rule"),
    [
        ({"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": []}, "error"),
        (shows(javascript="alert(1)"), "active output"),
        (shows(widget={"model_id": "x"}), "active output"),
        (shows(svg=SVG.replace("<text>", "<script>a()</script><text>")), "figure fan"),
        (shows(svg="<svg"), "figure fan"),
    ],
)
def test_what_may_not_be_shown_is_refused(ready: Ready, output: Any, rule: str) -> None:
    """A stored error, active content and a figure that acts stop the page by name."""
    with pytest.raises(SiteRefused, match=rule) as refused:
        ready(code(output))
    assert refused.value.problems[0].page == "en/late/plan.html"


def test_a_torn_notebook_is_refused(tmp_path: Path, ready: Ready) -> None:
    """A file that is no notebook is refused, not shown in part."""
    ready()
    record = Record.model_construct(language="en", title="t", notebook="plan", scenario=None)
    (tmp_path / "torn.ipynb").write_text("{")
    with pytest.raises(SiteRefused, match="notebook"):
        prepare(tmp_path / "torn.ipynb", record, Shelf("r"), path="en/torn.html")


def test_the_question_stands_in_front_matter(ready: Ready) -> None:
    """The first raw cell gives the page its question in the reader's language."""
    front = '---\nquestion: {en: "What, and when?", zh: "什么？"}\n---'
    cell = {"cell_type": "raw", "source": front}
    assert ready(cell).question == "What, and when?"
    assert ready(cell, language="zh").question == "什么？"
    assert ready({"cell_type": "raw", "source": "---\n{[\n---"}).question == ""
