"""Reference: the pages that explain the others, in each edition.

What it answers: how the model works, with its numbers drawn from the run (`methodology.<language>
.md`, Jinja placeholders); what each word means, once; what can be taken away; what the run did.

What it leaves out: the register of assumptions, which has a module of its own.

Who may import it: the modules of `tandem.site`.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tandem import units
from tandem.charts import numbers
from tandem.site.clean import markdown_html, slug
from tandem.site.model import Page
from tandem.site.pages import Builder
from tandem.site.problems import Problem, SiteRefused
from tandem.site.quantities import in_one_unit, shown
from tandem.site.register import register_page, register_rows
from tandem.site.scenarios import measure_anchor
from tandem.site.shelf import Download, safe_csv

__all__ = ["reference_pages"]


def reference_pages(builder: Builder, reports: Path) -> list[Page]:
    """The reference pages of an edition, in the order of the menu."""
    pages = [
        register_page(builder),
        _methodology(builder, reports),
        _glossary(builder, reports),
        _downloads(builder),
        _log(builder),
    ]
    return [page for page in pages if page is not None]


def _page(builder: Builder, key: str, title: str, html: str, **more: Any) -> Page:
    return Page(
        path=f"{builder.language}/{key}.html",
        language=builder.language,
        key=key,
        kind=key,
        title=title,
        html=html,
        origin=builder.origin,
        **more,
    )


# ---- methodology -----------------------------------------------------------------------------


def _methodology(builder: Builder, reports: Path) -> Page | None:
    """`methodology.<language>.md` with its placeholders filled; None where it is not written."""
    source = reports / f"methodology.{builder.language}.md"
    if not source.is_file():
        return None
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    environment.filters["number"] = numbers.significant
    environment.filters["count"] = lambda value: numbers.decimal(value, 0)
    environment.filters["of_100"] = lambda share: numbers.of_100(share, builder.language)
    try:
        text = environment.from_string(source.read_text("utf-8")).render(_facts(builder))
    except (TemplateError, KeyError, TypeError, ValueError) as error:
        raise SiteRefused([Problem(f"reports/{source.name}", "placeholder", str(error))]) from error
    title, _, body = text.strip().removeprefix("# ").partition("\n")
    short = builder.translate("Methodology")
    return _page(builder, "methodology", title.strip(), markdown_html(body), short=short)


def _facts(builder: Builder) -> dict[str, Any]:
    """What a placeholder may name: results, facts, assumptions, settings and provenance."""
    run, language = builder.run, builder.language
    label = builder.translate.label

    def amount(row: dict[str, Any]) -> str:
        return shown(row["value"], row["unit"], language)

    def found(path: str) -> dict[str, Any]:
        row = next((row for row in run.register if row["path"] == path), None)
        if row is None:
            raise KeyError(f"the register has no assumption {path}")
        return row

    def assumption(path: str) -> str:
        row = found(path)
        texts, unit = in_one_unit([row["p10"], row["p90"]], row["unit"], language, trim=True)
        values = texts[0] if texts[0] == texts[1] else f"{texts[0]} – {texts[1]}"
        return f"[{_plain(label(row['label']))}](assumptions.html#{path}): {values} {unit}".strip()

    def value(path: str) -> float:
        """The median of an assumption, in its canonical unit."""
        return float(found(path)["p50"])

    def words(value: Any) -> str:
        return _plain(label(value) if isinstance(value, dict) else str(value))

    kinds = Counter(str(row.get("evidence")) for row in run.register)
    evidence = {kind: kinds[kind] for kind in ("measured", "benchmark", "judgement")}
    return {
        "evidence": {**evidence, "total": len(run.register)},
        "results": run.results["scenarios"],
        "facts": run.facts.get("facts", {}),
        "settings": run.settings,
        "provenance": run.provenance,
        "scenarios": {scenario.name: builder.label(scenario) for scenario in run.scenarios},
        "months": {
            "first": numbers.month(units.FIRST_MONTH, language),
            "last": numbers.month(units.month_label(units.HORIZON - 1), language),
        },
        "amount": amount,
        "assumption": assumption,
        "value": value,
        "words": words,
    }


def _plain(text: str) -> str:
    """`text` with the letters that markdown reads as marks made harmless."""
    return "".join(f"\\{letter}" if letter in "\\`*_{}[]()#+!|<>~" else letter for letter in text)


# ---- glossary --------------------------------------------------------------------------------


def _glossary(builder: Builder, reports: Path) -> Page:
    """Every measure and every term, each once, in the order of their names."""
    _ = builder.translate
    entries: dict[str, dict[str, str]] = {}
    twice = []
    for measure in builder.run.measures:
        label = _.label(measure["label"])
        entries[label.casefold()] = {
            "anchor": measure_anchor(measure),
            "term": label,
            "text": _.label(measure["definition"]),
        }
    for term in _terms(reports / "glossary.yaml"):
        label = _.label(term["term"])
        if label.casefold() in entries:
            twice.append(Problem("reports/glossary.yaml", "term defined twice", label))
        entries[label.casefold()] = {
            "anchor": slug(term["term"]["en"]),
            "term": label,
            "text": _.label(term["text"]),
        }
    if twice:
        raise SiteRefused(twice)
    html = builder.templates.render("glossary", entries=[entries[name] for name in sorted(entries)])
    return _page(builder, "glossary", _("Glossary"), html)


def _terms(path: Path) -> list[dict[str, Any]]:
    try:
        return list(YAML(typ="safe", pure=True).load(path.read_text("utf-8"))["terms"])
    except (OSError, YAMLError, KeyError, TypeError) as error:
        raise SiteRefused([Problem(f"reports/{path.name}", "glossary", str(error))]) from error


# ---- downloads and run log -------------------------------------------------------------------


def _downloads(builder: Builder) -> Page:
    """Everything that can be taken away, by the page that shows it."""
    _, shelf, language = builder.translate, builder.shelf, builder.language
    register = shelf.data(
        "assumptions",
        "" if language == "en" else language,
        content=safe_csv(register_rows(builder)),
    )
    whole = [
        Download("results.json", _("All headline numbers of all scenarios"), "json", 0),
        Download(register, _("Register of assumptions"), "csv", len(shelf.files[register])),
    ]
    groups: dict[str, list[Download]] = {}
    for download in shelf.downloads:
        if download.language == language:
            groups.setdefault(download.scenario or "", []).append(download)
    names = {scenario.name: builder.label(scenario) for scenario in builder.run.scenarios}
    html = builder.templates.render(
        "downloads",
        root="../",
        words={
            "whole": _("The whole run"),
            "what": _("What"),
            "shown": _("Shown on"),
            "page": _("Page"),
            "kinds": {"figure": _("Figure"), "table": _("Table")},
            "kind": _("Kind"),
            "study": _("Across scenarios"),
            "note": _(
                "Tables are CSV in UTF-8 and open in any spreadsheet. Each file carries the run's "
                "number in its name; numbers are not rounded."
            ),
        },
        whole=whole,
        groups=[(names.get(name, ""), items) for name, items in groups.items()],
    )
    return _page(builder, "downloads", _("Downloads"), html, wide=True)


def _log(builder: Builder) -> Page:
    """Every notebook of the run: whether it ran, and how long it took."""
    _, run = builder.translate, builder.run
    say: dict[str, Callable[[], str]] = {
        "ok": lambda: _("computed"),
        "cached": lambda: _("unchanged, taken from an earlier run"),
        "failed": lambda: _("failed"),
    }
    names = {scenario.name: builder.label(scenario) for scenario in run.scenarios}
    rows = []
    for job in run.jobs:
        if job.language != builder.language:
            continue
        title = job.notebook if job.record is None else run.record(job).title
        rows.append(
            {
                "title": title.replace("_", " "),
                "scenario": names.get(job.scenario or "", _("Across scenarios")),
                "status": say[job.status]() if job.status in say else job.status,
                "failed": job.failed,
                "seconds": "" if job.seconds is None else numbers.decimal(job.seconds, 1),
                "error": job.error.splitlines()[0][:300] if job.error else "",
            }
        )
    html = builder.templates.render(
        "log",
        words={
            "caption": _("Notebooks of this run, in the order of the site"),
            "notebook": _("Notebook"),
            "scenario": _("Scenario"),
            "status": _("Status"),
            "seconds": _("Seconds"),
        },
        rows=rows,
        origin=builder.origin,
        origin_title=_("What the run was made of"),
    )
    return _page(builder, "run", _("Run log"), html, wide=True)
