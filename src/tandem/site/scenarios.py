"""Scenarios: the page that opens a scenario's section, and the overview of all.

What it answers: what comes out of a scenario, which of its pages answers which question, what was
decided differently from the base, and under which outlooks the same was tried.

What it leaves out: comparing scenarios future by future, which the brief does.

Who may import it: the modules of `tandem.site`.
"""

from typing import Any

from tandem.charts.numbers import MISSING, month, of_100
from tandem.language import Translator
from tandem.site.clean import slug
from tandem.site.model import Page
from tandem.site.navigation import variant_name
from tandem.site.pages import Builder, crumbs, page_place
from tandem.site.quantities import in_one_unit, shown
from tandem.site.run import Run, Scenario

#: Measures of the overview where the settings name none.
_COLUMNS = 4

__all__ = ["measure_anchor", "overview", "scenario_page"]


def measure_anchor(measure: dict[str, Any]) -> str:
    """Where the glossary explains a measure."""
    return f"measure-{slug(measure['name'])}"


def scenario_page(builder: Builder, scenario: Scenario, own: list[Page]) -> Page:
    """The page that opens a scenario's section; `own` are the pages of its notebooks."""
    _ = builder.translate
    run, language = builder.run, builder.language
    notices = []
    if scenario.failed:
        notices.append(
            _("This scenario failed in the latest run; its pages show the last good result.")
            if own
            else _("This scenario failed in the latest run, and no earlier result stands.")
        )
    answers = {
        page_place(job, "")[1]: run.record(job).answer.splitlines()[0]
        for job in run.jobs
        if job.scenario == scenario.name and job.language == language and not job.failed
    }
    variants = [entry for entry in run.scenarios if entry.parent == scenario.name]
    path = f"{language}/{scenario.name}/index.html"
    html = builder.templates.render(
        "scenario",
        words=_words(_),
        root="../../",
        language=language,
        pages=[(page.title, page.path, answers.get(page.path, "")) for page in own],
        measures=_measures(builder, scenario),
        differences=_differences(builder, scenario),
        variants=[(_listed(builder, v), f"{language}/{v.name}/index.html") for v in variants],
    )
    return Page(
        path=path,
        language=language,
        key=scenario.name,
        kind="scenario",
        title=builder.label(scenario),
        html=html,
        origin=builder.origin,
        scenario=scenario.name,
        lead=_.label(scenario.description) if scenario.description else "",
        crumbs=crumbs(builder, scenario.parent),
        notices=tuple(notices),
    )


def _words(_: Translator) -> dict[str, str]:
    return {
        "questions": _("Questions answered"),
        "results": _("What comes out"),
        "measure": _("Measure"),
        "low": _("P10"),
        "middle": _("Median"),
        "high": _("P90"),
        "unit": _("Unit"),
        "decided": _("What is different from the base"),
        "nothing": _("Nothing: this is the base itself."),
        "assumption": _("Assumption"),
        "base": _("Base"),
        "here": _("Here"),
        "from": _("From"),
        "variants": _("The same under other outlooks"),
    }


def _measures(builder: Builder, scenario: Scenario) -> list[dict[str, Any]]:
    """The scenario's rows of results.json in the registry's order, as texts."""
    _, language = builder.translate, builder.language
    results = builder.run.results["scenarios"].get(scenario.name, {})
    rows = []
    for measure in builder.run.measures:
        values = results.get(measure["name"])
        if values is None:
            continue
        row: dict[str, Any] = {
            "label": _.label(measure["label"]),
            "anchor": measure_anchor(measure),
        }
        if "probability" in values:
            chance = of_100(values["probability"], language)
            row["sentence"] = _("in {count} simulated futures", count=chance)
        else:
            numbers = [values.get(name) for name in ("p10", "p50", "p90")]
            row["texts"], row["unit"] = in_one_unit(numbers, measure["unit"], language)
        rows.append(row)
    return rows


def _differences(builder: Builder, scenario: Scenario) -> list[dict[str, str]]:
    """What the scenario's levers and outlooks set, beside the base, both in one unit."""
    _ = builder.translate
    registered = {row["path"] for row in builder.run.register}
    rows = []
    for entry in scenario.difference:
        texts, unit = _values([entry.get("base"), entry.get("set")], entry.get("unit"), _)
        rows.append(
            {
                "label": _placed(entry, _),
                "path": entry["path"] if entry["path"] in registered else "",
                "base": texts[0],
                "set": texts[1],
                "unit": unit,
                "from": month(entry["from"], _.language, short=True) if entry.get("from") else "",
            }
        )
    return rows


def _placed(entry: dict[str, Any], _: Translator) -> str:
    """What was changed, after the place where it stands."""
    where = _.label(entry["where"]) if entry.get("where") else ""
    label = _.label(entry["label"])
    return f"{where}: {label}" if where else label


def _values(values: list[Any], unit: str | None, _: Translator) -> tuple[list[str], str]:
    """Numbers in one unit, or choices in plain letters, and the unit in words."""
    if all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        return in_one_unit(values, unit or "1", _.language, trim=True)
    return [_choice(value, _) for value in values], ""


def _choice(value: Any, _: Translator) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(_choice(part, _) for part in value)
    return str(value).replace("_", " ").replace("-", " ") if value is not None else ""


def overview(builder: Builder) -> Page:
    """All scenarios with the first measures of the registry, variants under their parents."""
    _, run, language = builder.translate, builder.run, builder.language
    columns = _columns(run)
    rows = []
    for scenario in _in_families(run):
        values = run.results["scenarios"].get(scenario.name, {})
        rows.append(
            {
                "label": _listed(builder, scenario),
                "path": f"{language}/{scenario.name}/index.html",
                "variant": scenario.parent is not None,
                "failed": scenario.failed,
                "cells": [_cell(values.get(m["name"]), m, language) for m in columns],
            }
        )
    html = builder.templates.render(
        "scenarios",
        root="../",
        words={
            "scenario": _("Scenario"),
            "failed": _("failed in the latest run"),
            "caption": _("All scenarios of the run, medians of the simulated futures"),
            "note": _(
                "Every scenario meets the same simulated futures, so differences come from what "
                "was decided. The decision brief compares them future by future."
            ),
        },
        columns=[_.label(measure["label"]) for measure in columns],
        rows=rows,
    )
    return Page(
        path=f"{language}/scenarios.html",
        language=language,
        key="scenarios",
        kind="scenarios",
        title=_("Scenarios"),
        html=html,
        origin=builder.origin,
        wide=True,
    )


def _listed(builder: Builder, scenario: Scenario) -> str:
    """The scenario's name where it stands under its parent, if it has one."""
    label = builder.label(scenario)
    if scenario.parent is None:
        return label
    return variant_name(label, builder.label(builder.run.scenario(scenario.parent)))


def _columns(run: Run) -> list[dict[str, Any]]:
    """The measures that the settings name as the headline, else the first one and the chances."""
    every = run.results["scenarios"].values()
    held = {m["name"]: m for m in run.measures if any(m["name"] in found for found in every)}
    named = [held[name] for name in run.settings.get("headline") or () if name in held]
    chances = [
        m for name, m in held.items() if any("probability" in f.get(name, {}) for f in every)
    ]
    return named or [*list(held.values())[:1], *chances][:_COLUMNS]


def _in_families(run: Run) -> list[Scenario]:
    """Main scenarios in their order, each followed by its repetitions under outlooks."""
    return [
        member
        for head in run.scenarios
        if head.parent is None
        for member in (head, *(s for s in run.scenarios if s.parent == head.name))
    ]


def _cell(values: dict[str, Any] | None, measure: dict[str, Any], language: str) -> str:
    if values is None:
        return MISSING
    if "probability" in values:
        return of_100(values["probability"], language)
    return shown(values["p50"], measure["unit"], language)
