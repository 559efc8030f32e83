"""Register: every assumption of the run on one page, and as a table to take away.

What it answers: each assumption's value, range, unit, source, evidence, owner and date, under an
anchor that is its path.

What it leaves out: which assumption decides the answer (the notebooks).

Who may import it: the modules of `tandem.site`.
"""

import csv
import io
from itertools import groupby
from typing import Any

from tandem.language import Translator
from tandem.site.model import Page
from tandem.site.pages import Builder
from tandem.site.quantities import in_one_unit, unit_label
from tandem.site.shelf import slug

__all__ = ["register_page", "register_rows"]


def register_page(builder: Builder) -> Page:
    """The page of all assumptions, grouped as the parameter files are."""
    _ = builder.translate
    groups = []
    for section, rows in groupby(builder.run.register, _section):
        entries = list(rows)
        groups.append(
            {
                "title": _title(section, entries[0], _),
                "anchor": f"section-{slug(section)}",
                "rows": [_shown(row, builder) for row in entries],
            }
        )
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
                "Value is the median of the distribution that the simulation draws from; the range "
                "holds eight of ten draws of it. Replace a judgement by your own number first."
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
    """The file that holds a row: the first part of its path, or two where a folder holds files."""
    parts = str(row["path"]).split(".")
    return ".".join(parts[: 2 if len(parts) > 2 else 1])


def _title(section: str, row: dict[str, Any], _: Translator) -> str:
    """The labels of the section's places, else its name in plain letters."""
    places = _places(row, _)
    if places:
        return " · ".join(places[: section.count(".") + 1])
    words = [part.replace("_", " ").replace("-", " ") for part in section.split(".")]
    return ": ".join([words[0].capitalize(), *words[1:]])


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
    inner = _places(row, _)[_section(row).count(".") + 1 :]
    return {
        "path": str(row["path"]),
        "label": " · ".join([*inner, _.label(row["label"])]),
        "value": texts[0],
        "range": _("{low} to {high}", low=texts[1], high=texts[2]) if texts[1] != texts[2] else "",
        "unit": unit or unit_label(row["unit"], language),
        "source": _sentence(row.get("source"), language),
        "evidence": evidence.get(str(row.get("evidence")), str(row.get("evidence") or "")),
        "owner": _sentence(row.get("owner"), language).replace("_", " "),
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
    rest = ("owner", "as_of", "file", "line")
    writer.writerow(["path", "label", *fields[1:], *rest])
    for row in builder.run.register:
        values = [row.get(name, "") for name in (*fields[1:], *rest)]
        writer.writerow([row["path"], builder.translate.label(row["label"]), *values])
    return out.getvalue()
