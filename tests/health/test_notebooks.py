"""The committed notebooks: thin, in both languages, with the outputs of the tiny study."""

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from tests.conftest import ROOT

from tandem.study.frontmatter import front_matter

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
NAMES = ["scenario", "draws", "seed", "language", "overrides"]
IDS = [path.stem for path in NOTEBOOKS]
every_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=IDS)


def cells(path: Path) -> list[dict[str, Any]]:
    """The cells, their source as one text."""
    raw = json.loads(path.read_text("utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in raw]


def code(path: Path) -> list[dict[str, Any]]:
    """The code cells."""
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def tags(cell: dict[str, Any]) -> list[str]:
    """Tags of a cell."""
    return list(cell["metadata"].get("tags", []))


def tree(path: Path) -> ast.Module:
    """All code of a notebook as one program."""
    return ast.parse("\n".join(cell["source"] for cell in code(path)))


def test_the_study_runs_exactly_these_notebooks() -> None:
    """A notebook that the study does not name would never be published."""
    study = YAML(typ="safe").load((ROOT / "params" / "study.yaml").read_text("utf-8"))
    assert {entry["file"] for entry in study["notebooks"]} == {path.name for path in NOTEBOOKS}


@every_notebook
def test_the_first_cell_says_what_it_is_about(path: Path) -> None:
    """Title and question in both languages, and the audience, for the publisher."""
    front = front_matter(path)
    assert set(front) == {"title", "question", "audience"}
    assert all(set(front[key]) == {"en", "zh"} for key in ("title", "question"))
    assert front["question"]["en"].endswith("?") and front["question"]["zh"].endswith("？")


@every_notebook
def test_parameters_are_typed_and_explained(path: Path) -> None:
    """The second cell holds every parameter of a batch, then its own, one a line, each explained."""
    cell = cells(path)[1]
    assert tags(cell) == ["parameters"]
    lines = cell["source"].splitlines()
    assert [line.partition(" = ")[0] for line in lines][: len(NAMES)] == NAMES
    assert all("  # " in line for line in lines)
    values = {
        node.targets[0].id: ast.literal_eval(node.value) for node in ast.parse(cell["source"]).body
    }
    tiny = {"draws": 64, "seed": 1, "language": "en", "overrides": []}
    assert {name: values[name] for name in tiny} == tiny
    assert isinstance(values["scenario"], str)


@every_notebook
def test_notebooks_are_thin(path: Path) -> None:
    """A notebook asks and shows: what computes stands in the package, where it is tested."""
    lines = [
        line
        for cell in code(path)
        for line in cell["source"].splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]
    assert len(lines) <= 80
    banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While)
    assert not [type(node).__name__ for node in ast.walk(tree(path)) if isinstance(node, banned)]


@every_notebook
def test_notebooks_hold_no_path_and_no_number(path: Path) -> None:
    """No folder of a machine and no constant: what a study assumes stands in params/."""
    shown = "\n".join(cell["source"] for cell in code(path) if "parameters" not in tags(cell))
    assert not re.search(r"[\"'](/|~|\.\.?/|[A-Za-z]:\\)", shown)
    numbers = [
        node.value
        for node in ast.walk(ast.parse(shown))
        if isinstance(node, ast.Constant) and type(node.value) in (int, float)
    ]
    assert not numbers


@every_notebook
def test_imports_are_of_the_package_alone(path: Path) -> None:
    """A notebook needs nothing that the lean environment of a batch lacks."""
    modules = [
        node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert modules and all(str(module).split(".")[0] == "tandem" for module in modules)


@every_notebook
def test_words_stand_in_both_languages(path: Path) -> None:
    """Markdown that readers see comes in pairs, English first, Chinese right after."""
    words = [tags(cell) for cell in cells(path) if cell["cell_type"] == "markdown"]
    assert len(words) >= 4
    assert words == [["lang-en"], ["lang-zh"]] * (len(words) // 2)
    for cell in cells(path):
        if tags(cell) == ["lang-zh"]:
            assert re.search(r"[\u4e00-\u9fff]", cell["source"])


@every_notebook
def test_the_answer_comes_first_and_the_record_last(path: Path) -> None:
    """The first thing shown is the answer; the last cell records it with every figure and table."""
    blocks = code(path)
    assert blocks[2]["source"].splitlines()[-1] == "answer"
    assert blocks[-1]["source"].startswith("study.record(")
    assigned = {
        cell["source"].partition(" = ")[0]
        for cell in blocks[2:-1]
        if cell["source"].splitlines()[-1].isidentifier()
    }
    recorded = {
        node.id for node in ast.walk(ast.parse(blocks[-1]["source"])) if isinstance(node, ast.Name)
    }
    assert assigned <= recorded


@every_notebook
def test_outputs_are_words_alone_and_complete(path: Path) -> None:
    """Saved outputs are text of the tiny study, made in order, with nothing that changes by itself."""
    blocks = code(path)
    assert [cell["execution_count"] for cell in blocks] == list(range(1, len(blocks) + 1))
    for cell in blocks:
        assert "execution" not in cell["metadata"]
        for output in cell["outputs"]:
            assert output["output_type"] == "execute_result"
            assert set(output["data"]) <= {"text/plain", "text/html"}
            text = "".join(output["data"]["text/plain"])
            assert not re.search(r"0x[0-9a-f]{6,}|<tandem\.|\bnan\b|draws", text)
