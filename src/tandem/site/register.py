"""Register: every assumption of the run on one page, and as a table to take away.

What it answers: each assumption's value, range, unit, source, evidence, owner and date, under an
anchor that is its path.

What it leaves out: which assumption decides the answer (the notebooks).

Who may import it: the modules of `tandem.site`.
"""

import csv
import io
from typing import Any

from tandem.charts.departments import department
from tandem.charts.numbers import month
from tandem.language import Translator
from tandem.site.clean import slug
from tandem.site.model import Page
from tandem.site.pages import Builder
from tandem.site.quantities import in_one_unit, unit_label

__all__ = ["register_page", "register_rows"]


def register_page(builder: Builder) -> Page:
    """The page of all assumptions, grouped as the parameter files are."""
    _ = builder.translate
    sections: dict[str, list[dict[str, Any]]] = {}
    for row in builder.run.register:
        sections.setdefault(_section(row), []).append(row)
    groups = [
        {
            "title": _title(section, rows[0], _),
            "anchor": f"section-{slug(section)}",
            "rows": [_shown(row, builder) for row in rows],
        }
        for section, rows in sections.items()
    ]
    html = builder.templates.render(
        "register",
        groups=groups,
        words={
            "assumption": _("Assumption"),
            "value": _("Value"),
            "range": _("P10 to P90"),
            "unit": _("Unit"),
            "evidence": _("Evidence"),
            "owner": _("Owner"),
            "date": _("As of"),
            "source": _("Source"),
            "note": _(
                "Value is the median; in eight of ten simulated futures the number lies within the "
                "range. Replace a judgement by your own number first."
            ),
        },
    )
    return Page(
        path=f"{builder.language}/assumptions.html",
        language=builder.language,
        key="assumptions",
        kind="assumptions",
        title=_("Assumptions"),
        html=html,
        origin=builder.origin,
        wide=True,
    )


def _section(row: dict[str, Any]) -> str:
    """The parameter file that holds a row, without `params/base/` and its ending, or the layer."""
    if row["layer"] != "base":
        return f"{row['layer']}, {row['from']}"
    return str(row["file"]).removeprefix("params/base/").removesuffix(".yaml")


def _title(section: str, row: dict[str, Any], _: Translator) -> str:
    """The label of a file in a folder (a market, a role), else the file's name in plain letters."""
    if row["layer"] != "base":
        return _(
            "Set from {month}: {layer}",
            month=month(str(row["from"]), _.language),
            layer=_.label(row["layer_label"]),
        )
    places = _places(row, _)
    if "/" in section and places:
        return places[0]
    words = section.replace("/", ": ").replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


def _places(row: dict[str, Any], _: Translator) -> list[str]:
    """Labels of the sections in which a row stands, the outermost first."""
    where = _.label(row["where"]) if row.get("where") else ""
    mark = "、" if "、" in where else ", "
    return [part for part in where.split(mark) if part]


def _shown(row: dict[str, Any], builder: Builder) -> dict[str, str]:
    _, language = builder.translate, builder.language
    values = [row.get(name) for name in ("p50", "p10", "p90")]
    texts, unit = in_one_unit(values, row["unit"], language, trim=True)
    evidence = {
        "measured": _("measured"),
        "benchmark": _("benchmark"),
        "judgement": _("judgement"),
    }
    in_base = row["layer"] == "base"
    inner = _places(row, _)[1 if in_base and "/" in _section(row) else 0 :]
    return {
        "path": str(row["path"]) if in_base else f"{slug(_section(row))}-{row['path']}",
        "label": " · ".join([*inner, _.label(row["label"])]),
        "value": texts[0],
        "range": _("{low} to {high}", low=texts[1], high=texts[2]) if texts[1] != texts[2] else "",
        "unit": unit or unit_label(row["unit"], language),
        "source": _sentence(row.get("source"), language),
        "evidence": evidence.get(str(row.get("evidence")), str(row.get("evidence") or "")),
        "owner": department(str(row.get("owner") or ""), _),
        "date": str(row.get("as_of") or ""),
    }


def _sentence(value: Any, language: str) -> str:
    if isinstance(value, dict):
        value = value.get(language) or value.get("en")
    return str(value or "")


def register_rows(builder: Builder) -> str:
    """The register as CSV text, numbers not rounded."""
    out = io.StringIO()
    writer = csv.writer(out)
    fields = ("path", "unit", "shape", "p10", "p50", "p90", "low", "high", "source", "evidence")
    rest = ("owner", "as_of", "layer", "from", "file", "line")
    writer.writerow(["path", "label", *fields[1:], *rest])
    for row in builder.run.register:
        values = ["" if row.get(name) is None else row[name] for name in (*fields[1:], *rest)]
        writer.writerow([row["path"], builder.translate.label(row["label"]), *values])
    return out.getvalue()
