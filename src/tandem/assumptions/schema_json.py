"""The schema of the parameter files for editors: `params/schema.json`.

Answers: which keys, units and choices an editor offers while one types. Leaves out: refusing
(loading does that, with more rules than JSON Schema has). The cli and the tests may import it.

Each kind of file is a definition to which its first line points:

    # yaml-language-server: $schema=../../schema.json#/$defs/markets

`write_schema` writes the schema and these lines. `markets` for `base/markets/*.yaml`, `customers` for `base/customers.yaml`, `layer` for levers and
outlooks, `scenarios` for
`scenarios.yaml`, `objectives` for `objectives.yaml`, `plan` and `enquiries` likewise.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from tandem import units
from tandem.assumptions.enquiries import EnquiriesFile
from tandem.assumptions.estimate import Section
from tandem.assumptions.files import FOLDER
from tandem.assumptions.headcount import KIND as HEADCOUNT
from tandem.assumptions.headcount import HeadcountFile
from tandem.assumptions.layers import LayerFile
from tandem.assumptions.objectives import ObjectivesFile
from tandem.assumptions.plan import PlanFile
from tandem.assumptions.rows import DEFAULTS, EVIDENCE
from tandem.assumptions.scenarios import KINDS, ScenarioFile
from tandem.assumptions.shapes import SHAPES
from tandem.assumptions.tree import Slot, field_names

DIALECT = "https://json-schema.org/draft/2020-12/schema"
ESTIMATE = "x-estimate"
"""Marks a row in what pydantic generates; it holds the allowed units."""

POINTER = "# yaml-language-server: $schema="

_NUMBER = {"type": "number"}


def json_schema(root: type[Section]) -> dict[str, Any]:
    """One schema for all files of `params/`, draft 2020-12; the same for the same root."""
    generated = root.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
    owners = list(getattr(root, "owners", ()))
    definitions: dict[str, Any] = dict(generated.pop("$defs", {}))
    extras = (LayerFile, HeadcountFile, ScenarioFile, ObjectivesFile, EnquiriesFile, PlanFile)
    for extra in extras:
        own = extra.model_json_schema(by_alias=True, ref_template="#/$defs/{model}")
        definitions.update(own.pop("$defs", {}))
        definitions[extra.__name__] = own
    definitions = {name: _with_rows(part) for name, part in definitions.items()}
    definitions["estimate"] = _estimate(owners)
    definitions["defaults"] = {"type": "object", "additionalProperties": False,
                               "properties": _texts(owners)}  # fmt: skip
    for name in field_names(root):
        slot = Slot(root).below(name)
        assert slot is not None
        for section in _file_sections(slot):
            definitions[name] = _file(definitions[section.__name__])
    definitions["layer"] = _layer(definitions.pop(LayerFile.__name__))
    definitions[HEADCOUNT] = definitions.pop(HeadcountFile.__name__)
    definitions[HEADCOUNT]["properties"]["defaults"] = {"$ref": "#/$defs/defaults"}
    definitions["scenarios"] = definitions.pop(ScenarioFile.__name__)
    definitions["objectives"] = definitions.pop(ObjectivesFile.__name__)
    definitions["plan"] = definitions.pop(PlanFile.__name__)
    definitions["enquiries"] = definitions.pop(EnquiriesFile.__name__)
    for name in ("objectives", "plan", "enquiries"):
        definitions[name]["properties"]["defaults"] = {"$ref": "#/$defs/defaults"}
    return {
        "$schema": DIALECT,
        "title": "Parameter files",
        "description": "Generated from the schema; each kind of file is a definition.",
        "$defs": dict(sorted(definitions.items())),
    }


def schema_text(root: type[Section]) -> str:
    """The same as the text of the file."""
    return json.dumps(json_schema(root), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def write_schema(project: Path, root: type[Section]) -> Path:
    """Write `params/schema.json` of a study, and point its files at it; returns its path.

    A file whose first line is another pointer gets the right one, one without gets a first line.
    """
    path = project / FOLDER / "schema.json"
    path.write_text(schema_text(root), encoding="utf-8")
    for file in sorted((project / FOLDER).rglob("*.yaml")):
        pointer = pointer_of(file.relative_to(project).as_posix())
        text = file.read_text(encoding="utf-8")
        first, _, rest = text.partition("\n")
        if pointer and first != pointer:
            old = rest if first.startswith(POINTER) else text
            file.write_text(f"{pointer}\n{old}", encoding="utf-8")
    return path


def pointer_of(file: str) -> str | None:
    """The first line of a parameter file (relative to the study), None where no schema fits.

    The files of layers and of the base have one, and so have `scenarios.yaml`, `objectives.yaml`,
    `plan.yaml` and `enquiries.yaml`.
    """
    parts = file.removesuffix(".yaml").split("/")[1:]
    up = "../" * (len(parts) - 1) or "./"
    if parts[0] == "base" and len(parts) in (2, 3):
        name = parts[1]
    elif parts[0] in KINDS and len(parts) == 2:
        name = HEADCOUNT if parts[0] == HEADCOUNT else "layer"
    elif parts in (["scenarios"], ["objectives"], ["plan"], ["enquiries"]):
        name = parts[0]
    else:
        return None
    return f"{POINTER}{up}schema.json#/$defs/{name}"


def _file_sections(slot: Slot) -> tuple[type[BaseModel], ...]:
    """The section that a file of this root field holds: itself, or one of a collection."""
    if slot.sections:
        return slot.sections[:1]
    member = slot.below("any")
    return member.sections[:1] if member else ()


def _file(section: dict[str, Any]) -> dict[str, Any]:
    """A section as a file: with the head that every file has."""
    head = {"schema": {"const": 1}, "defaults": {"$ref": "#/$defs/defaults"}}
    return {
        **section,
        "properties": {**head, **section.get("properties", {})},
        "required": ["schema", *section.get("required", [])],
    }


def _layer(section: dict[str, Any]) -> dict[str, Any]:
    properties = dict(section["properties"])
    properties["defaults"] = {"$ref": "#/$defs/defaults"}
    properties["from"] = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}
    patch = {"anyOf": [{"$ref": "#/$defs/estimate"}, {"not": {"type": "object"}}]}
    properties["set"] = {**properties["set"], "additionalProperties": patch}
    return {**section, "properties": properties}


def _with_rows(part: Any) -> Any:
    """pydantic's schema with every marked row as a reference to the estimate's definition."""
    if isinstance(part, list):
        return [_with_rows(item) for item in part]
    if not isinstance(part, dict):
        return part
    if ESTIMATE in part:
        rest = {key: value for key, value in part.items() if key not in (ESTIMATE, "type")}
        unit = {"unit": {"enum": _spelled(part[ESTIMATE])}}
        return {**rest, "$ref": "#/$defs/estimate", "properties": unit, "required": ["unit"]}
    return {key: _with_rows(value) for key, value in part.items()}


def _spelled(names: list[str]) -> list[str | int]:
    """Unit names as files may spell them; YAML reads a bare 1 as a number."""
    others = [other for other, name in units.OTHER_SPELLINGS.items() if name in names]
    return [*names, *others, *([1] if "1" in names else [])]


def _texts(owners: list[str]) -> dict[str, Any]:
    text = {"type": "string", "minLength": 1}
    texts: dict[str, Any] = dict.fromkeys(DEFAULTS, text)
    texts["evidence"] = {"enum": list(EVIDENCE)}
    texts["as_of"] = {"type": "string", "format": "date"}
    if owners:
        texts["owner"] = {"enum": owners}
    return texts


def _estimate(owners: list[str]) -> dict[str, Any]:
    shapes: dict[str, Any] = {}
    for name, shape in SHAPES.items():
        n = len(shape.parameters)
        order = f"[{', '.join(shape.parameters)}]"
        shapes[name] = {"type": "array", "items": _NUMBER, "minItems": n, "maxItems": n,
                        "description": order}  # fmt: skip
    several = {"type": "array", "items": _NUMBER, "minItems": 2}
    shapes["fixed"] = _NUMBER
    shapes["discrete"] = {
        "type": "object", "additionalProperties": False, "required": ["values", "weights"],
        "properties": {"values": several, "weights": several},
    }  # fmt: skip
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {**shapes, "unit": {"type": ["string", "integer"]}, **_texts(owners)},
        "oneOf": [{"required": [name]} for name in SHAPES],
    }
