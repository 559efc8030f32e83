"""The schema that editors read."""

import json
from pathlib import Path

import jsonschema
import pytest

from tandem.assumptions.places import read_document
from tandem.assumptions.schema import Company
from tandem.assumptions.schema_json import (
    POINTER,
    json_schema,
    pointer_of,
    schema_text,
    write_schema,
)

ROOT = Path(__file__).resolve().parents[3]


def validator(schema: dict, name: str) -> jsonschema.Draft202012Validator:
    """A validator of one kind of file."""
    return jsonschema.Draft202012Validator({**schema, "$ref": f"#/$defs/{name}"})


def kind_of(file: Path, project: Path) -> str:
    """Which definition a file's first line should point to."""
    return pointer_of(file.relative_to(project).as_posix()).rpartition("/")[2]


def test_the_schema_is_valid_and_repeatable(study):
    """The generated schema is JSON Schema, and the same text each time."""
    schema = json_schema(study.root)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema_text(study.root) == schema_text(study.root)
    assert json.loads(schema_text(study.root)) == schema
    assert {"markets", "roles", "hiring", "correlations", "layer", "scenarios"} <= set(
        schema["$defs"]
    )


def test_sound_files_are_valid(study):
    """What loads is valid for the editor as well."""
    schema = json_schema(study.root)
    files = sorted(study.project.rglob("*.yaml"))
    assert len(files) == 8
    for file in files:
        value = read_document(file, file.name).value
        validator(schema, kind_of(file, study.project)).validate(value)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("base/markets/core.yaml", "channel: offline", "chanel: offline"),
        ("base/markets/core.yaml", "channel: offline", "channel: offlin"),
        ("base/markets/core.yaml", "unit: M CNY/month", "unit: M CNY"),
        ("base/markets/core.yaml", "[0.06, 0.12, 0.24]", "[0.06, 0.12]"),
        ("base/markets/core.yaml", "owner: marketing", "owner: nobody"),
        ("base/hiring.yaml", "interviews", "interview"),
        ("base/hiring.yaml", "{fixed: 2, unit: months}", "{fixed: 2}"),
        ("levers/launch.yaml", "from: 2027-03", "from: March"),
        ("levers/launch.yaml", "unit: M CNY/month}", "unit: M CNY/month, sauce: x}"),
        ("scenarios.yaml", "levers: [launch]", "lever: [launch]"),
    ],
)
def test_slips_are_marked_while_typing(study, file, old, new):
    """An editor marks unknown keys, wrong choices, wrong units and incomplete shapes."""
    study.edit(f"params/{file}", old, new)
    path = study.project / "params" / file
    value = read_document(path, file).value
    found = list(
        validator(json_schema(study.root), kind_of(path, study.project)).iter_errors(value)
    )
    assert found


def test_writing_points_the_files_at_their_definitions(study):
    """Every file gets its first line once; what it says stays."""
    before = study.load("late").fingerprint()
    core = study.project / "params/base/markets/core.yaml"
    old = core.read_text(encoding="utf-8")
    study.edit("params/base/hiring.yaml", "schema: 1", f"{POINTER}old\nschema: 1")
    for _ in range(2):
        assert write_schema(study.project, study.root).read_text() == schema_text(study.root)
        first = "# yaml-language-server: $schema=../../schema.json#/$defs/markets\n"
        assert core.read_text(encoding="utf-8") == first + old
        hiring = (study.project / "params/base/hiring.yaml").read_text().splitlines()
        assert hiring[:2] == [f"{POINTER}../schema.json#/$defs/hiring", "schema: 1"]
    assert study.load("late").fingerprint() == before
    assert pointer_of("params/scenarios.yaml") == f"{POINTER}./schema.json#/$defs/scenarios"
    assert pointer_of("params/levers/launch.yaml") == f"{POINTER}../schema.json#/$defs/layer"
    assert pointer_of("params/study.yaml") is None


def test_the_committed_schema_is_current():
    """`params/schema.json` is what the schema of the company generates."""
    committed = (ROOT / "params/schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(Company), "write it anew with schema_json.write_schema"


def test_committed_files_point_editors_at_their_definition():
    """The first line of every parameter file names a definition that exists, and it fits."""
    schema = json_schema(Company)
    files = [f for f in sorted((ROOT / "params").rglob("*.yaml")) if f.name != "study.yaml"]
    assert len(files) > 10
    for file in files:
        relative = file.relative_to(ROOT).as_posix()
        pointer = pointer_of(relative)
        assert file.read_text(encoding="utf-8").splitlines()[0] == pointer
        name = pointer.rpartition("/")[2]
        validator(schema, name).validate(read_document(file, relative).value)
