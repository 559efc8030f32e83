"""A notebook is what a person wrote in it; what a run adds is taken away again."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.fixtures.tiny_study import cell, notebook, parameters

from tandem.batch.notebook import BadNotebook, read_source, tidy


def test_outputs_are_no_input(tmp_path: Path) -> None:
    """Running a notebook by hand does not make it run again in a batch; editing it does."""
    path = notebook(tmp_path / "n.ipynb", parameters(), cell("1 + 1"))
    plain = read_source(path).hash
    output = {"output_type": "stream", "name": "stdout", "text": "2"}
    run = cell("1 + 1", execution_count=7, outputs=[output])
    run["metadata"] = {"papermill": {"duration": 1}, "execution": {"iopub": "now"}}
    notebook(path, parameters(), run, kernelspec={"name": "python3"}, language_info={})
    assert read_source(path).hash == plain
    notebook(path, parameters(), cell("1 + 2"))
    assert read_source(path).hash != plain
    notebook(path, parameters(), cell("1 + 1", metadata={"tags": ["lang-en"]}))
    assert read_source(path).hash != plain


def test_source_may_be_text_or_lines(tmp_path: Path) -> None:
    """Editors write a cell's source in two ways; both are the same notebook."""
    one = notebook(tmp_path / "1.ipynb", parameters(), cell("a = 1\nb = 2"))
    lines = cell("")
    lines["source"] = ["a = 1\n", "b = 2"]
    two = notebook(tmp_path / "2.ipynb", parameters(), lines)
    assert read_source(one).hash == read_source(two).hash


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([cell("1")], "has 0 code cells tagged"),
        ([parameters(), parameters()], "has 2 code cells tagged"),
        ([parameters("scenario = 1\nseed = 1")], "does not name draws, language, overrides"),
        ([parameters("scenario = ")], "does not parse"),
        ([{"cell_type": "code"}], "without type or source"),
        (["text"], "without type or source"),
    ],
)
def test_a_notebook_that_cannot_take_parameters_is_refused(
    tmp_path: Path, cells: list[Any], message: str
) -> None:
    """papermill would run it with its own values and say nothing."""
    with pytest.raises(BadNotebook, match=message):
        read_source(notebook(tmp_path / "n.ipynb", *cells))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{", "is no notebook"),
        (b"\xff\xfe", "is no notebook"),
        (b"[]", "format 4"),
        (b'{"nbformat": 3, "cells": []}', "format 4"),
        (b" " * 20_000_001, "larger than 20 MB"),
    ],
)
def test_what_is_no_notebook_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """A broken file is named before anything runs."""
    path = tmp_path / "n.ipynb"
    path.write_bytes(content)
    with pytest.raises(BadNotebook, match=message):
        read_source(path)


def test_a_missing_notebook_is_refused(tmp_path: Path) -> None:
    """Settings may name a file that is not there."""
    with pytest.raises(BadNotebook, match="is not there"):
        read_source(tmp_path / "n.ipynb")


def executed(seconds: float, cell_id: str, text: str) -> dict[str, Any]:
    """A notebook after papermill ran it."""
    injected = cell("draws = 5", metadata={"tags": ["injected-parameters"]}, id=cell_id)
    outputs = [
        {"output_type": "stream", "name": "stderr", "text": f"warning in /tmp/{cell_id}\n"},
        {"output_type": "stream", "name": "stdout", "text": text},
    ]
    run = cell("1", execution_count=2, outputs=outputs)
    run["metadata"] = {"papermill": {"duration": seconds}, "execution": {"t": seconds}}
    metadata = {"papermill": {"duration": seconds, "input_path": "/elsewhere"}, "kernelspec": {}}
    return {"cells": [injected, run], "metadata": metadata}


def test_two_executions_of_the_same_give_the_same_page() -> None:
    """Times, random ids and machine paths leave no trace; what the notebook said stays."""
    one, errors = tidy(executed(1.0, "abc", "said"), {"draws": 5})
    two, _ = tidy(executed(2.0, "xyz", "said"), {"draws": 5})
    assert one == two
    assert errors == "warning in /tmp/abc\n"
    body = json.loads(one)
    assert [o["name"] for o in body["cells"][1]["outputs"]] == ["stdout"]
    assert body["metadata"]["papermill"] == {"parameters": {"draws": 5}}
    assert body["cells"][0]["id"] == "injected-parameters"
    assert tidy(executed(1.0, "abc", "other"), {"draws": 5})[0] != one
