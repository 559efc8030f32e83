"""The tiny study run once for all fault tests; each works on a copy of its own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fixtures.command import Command, tandem
from tests.fixtures.tiny_study import tiny_study


@pytest.fixture(scope="session")
def ran_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Command]:
    """A tiny study after its first run, published; and what that run printed."""
    project = tiny_study(tmp_path_factory.mktemp("tiny") / "study")
    return project, tandem("run", "--project", project, "--json", "-j", "2")


@pytest.fixture
def copy_of_run(ran_once: tuple[Path, Command], tmp_path: Path) -> Callable[[], Path]:
    """Make a copy of that study with all that it left under build/."""
    project, done = ran_once
    assert done.code == 0, done.errors

    def copy() -> Path:
        return Path(shutil.copytree(project, tmp_path / "study", symlinks=True))

    return copy


@pytest.fixture
def study(copy_of_run: Callable[[], Path]) -> Path:
    """Such a copy."""
    return copy_of_run()
