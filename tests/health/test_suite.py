"""The test run itself: it hides nothing that did not run, and believes no saved output."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"


def run_pytest(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    """Exit code and output of pytest in a folder with our conftest.py, without coverage."""
    env = {
        name: value
        for name, value in os.environ.items()
        if name != "CI" and not name.startswith(("COV", "PYTEST"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env=env | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def project(tmp_path):
    """A project with our conftest.py, one test of the browser kind and one law."""
    for kind, name in (("browser", "test_page"), ("laws", "test_law")):
        (tmp_path / "tests" / kind).mkdir(parents=True)
        text = f"def {name}():\n    assert True\n"
        (tmp_path / "tests" / kind / f"{name}.py").write_text(text, encoding="utf-8")
    shutil.copy(CONFTEST, tmp_path / "tests" / "conftest.py")
    settings = "[pytest]\nmarkers =\n    browser\n    cjk_font\n"
    (tmp_path / "pytest.ini").write_text(settings, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("workers", ["0", "2"])
def test_without_chromium_its_tests_are_named_with_the_package(project, workers):
    """Someone without Chromium sees which tests did not run and what to install."""
    code, text = run_pytest(project, "tests", "-n", workers, PATH=str(project))
    assert code == 0
    assert re.search(r"^laws +1$", text, flags=re.MULTILINE)
    assert re.search(r"^browser +1  1 not run$", text, flags=re.MULTILINE)
    named = "tests/browser/test_page.py::test_page: Chromium not found; install the Debian package"
    assert f"{named} chromium" in text


def test_without_chromium_ci_fails(project):
    """In CI a test that could not run is a failure."""
    code, text = run_pytest(project, "tests", PATH=str(project), CI="true")
    assert code == 1
    assert re.search(r"^browser +1  1 failed$", text, flags=re.MULTILINE)
    assert "install the Debian package chromium" in text


@pytest.mark.parametrize(("saved", "code"), [("text alone\n", 0), ("text, alone\n", 1)])
def test_a_saved_output_that_the_cell_does_not_give_fails(project, saved, code):
    """Nobody can alter a number in a saved notebook: the cell is run and compared."""
    source = "import os\nprint('text alone' if os.environ['TANDEM_TEXT_ONLY'] == '1' else '')"
    output = nbformat.v4.new_output("stream", name="stdout", text=saved)
    cell = nbformat.v4.new_code_cell(source, execution_count=1, outputs=[output])
    (project / "notebooks").mkdir()
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), project / "notebooks" / "10-x.ipynb")
    found, text = run_pytest(project, "tests", "notebooks", "--nbval", "--nbval-current-env")
    assert found == code, text
    assert re.search(r"^notebooks +1", text, flags=re.MULTILINE)
