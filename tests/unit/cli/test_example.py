"""The worked example travels with the package."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.fixtures.tiny_study import REPOSITORY

import tandem
from tandem.cli import example
from tandem.cli.exits import Failure


def test_a_source_tree_has_the_example_at_its_top() -> None:
    """An editable install copies the files that are worked on."""
    assert example.example_folder() == REPOSITORY


def test_an_installation_without_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stripped package names what it lacks."""
    monkeypatch.setattr(tandem, "__file__", str(tmp_path / "a" / "tandem" / "__init__.py"))
    with pytest.raises(Failure, match="holds no example"):
        example.example_folder()


def test_a_file_is_not_written_over(tmp_path: Path) -> None:
    """`init` never touches what is there."""
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(Failure, match="is not empty"):
        example.copy_example(tmp_path / "mine")
    assert (tmp_path / "mine").read_text() == "mine"


def test_a_wheel_brings_the_example(tmp_path: Path) -> None:
    """`pip install` of the built package is enough for `tandem init` and `tandem check`."""
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [*pip, "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", tmp_path, REPOSITORY]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    target = tmp_path / "installed"
    install = [*pip, "install", "-q", "--no-deps", "--no-index", "--target", target, wheel]
    subprocess.run(install, check=True, capture_output=True)
    environment = {**os.environ, "PYTHONPATH": str(target)}
    made = tmp_path / "study"
    for words in (["init", made], ["check", "--project", made]):
        command = [sys.executable, "-m", "tandem", *words]
        done = subprocess.run(
            command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("all good")
    for file in ("params/study.yaml", "data/actuals.csv"):
        assert (made / file).read_bytes() == (REPOSITORY / file).read_bytes()
    inside = subprocess.run(
        [sys.executable, "-c", "import tandem; print(tandem.__file__)"],
        capture_output=True, text=True, env=environment, cwd=tmp_path, check=True,
    )  # fmt: skip
    assert inside.stdout.strip().startswith(str(target))
