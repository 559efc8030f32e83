from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import CellExecutionError

from tandem.batch.refresh import main


def saved(path: Path, source: str) -> Path:
    """A notebook with one cell of code."""
    cell = nbformat.v4.new_code_cell(source)
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    return path


def test_outputs_are_words_and_the_rest_stays(tmp_path: Path) -> None:
    """A refreshed notebook holds text outputs, and no time, no version and no machine's name."""
    notebook = saved(tmp_path / "10-x.ipynb", "import os\nos.environ['TANDEM_TEXT_ONLY']")
    assert main([str(notebook)]) == 0
    content = nbformat.read(notebook, as_version=4)
    assert content.cells[0].outputs[0].data == {"text/plain": "'1'"}
    assert content.metadata.language_info == {"name": "python"}
    assert "execution" not in content.cells[0].metadata
    before = notebook.read_bytes()
    main([str(notebook)])
    assert notebook.read_bytes() == before


def test_a_notebook_that_fails_stays_as_it_was(tmp_path: Path) -> None:
    """A failing cell leaves the committed notebook untouched, and says so."""
    notebook = saved(tmp_path / "10-x.ipynb", "1 / 0")
    before = notebook.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        main([str(notebook)])
    assert notebook.read_bytes() == before
