"""Refresh: the committed notebooks run anew in place, with the outputs that nbval compares.

What it answers: `python -m tandem.batch.refresh notebooks/*.ipynb` executes each notebook as it
stands, with the tiny study of its own parameters cell and words instead of pictures, and writes it
back without anything that changes from machine to machine.

What it leaves out: the run of a study (`tandem.batch.run`), which leaves these files alone.

Who may import it: nobody; `make notebooks` runs it.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient

from tandem.charts.chart import TEXT_ONLY

__all__ = ["main", "refresh"]


def refresh(notebook: Path) -> None:
    """Execute `notebook` in place; raises nbclient's CellExecutionError and leaves it unchanged.

    Its kernel speaks over sockets in a private folder and opens no port for it.
    """
    content = nbformat.read(notebook, as_version=4)
    with tempfile.TemporaryDirectory(prefix="t-") as private:
        kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{private}/k")
        client = NotebookClient(
            content,
            km=kernel,
            record_timing=False,
            resources={"metadata": {"path": str(notebook.parent)}},
        )
        client.execute(env={**os.environ, TEXT_ONLY: "1"})
    content.metadata.language_info = {"name": "python"}
    for cell in content.cells:
        cell.metadata.pop("execution", None)
    nbformat.write(content, notebook)


def main(arguments: list[str]) -> int:
    """Refresh each notebook that is named; 0 when all have run."""
    for name in arguments:
        refresh(Path(name))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
