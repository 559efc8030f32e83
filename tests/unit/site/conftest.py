from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.fixtures import run_folder

from tandem.site import PublishResult, publish


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """A project folder with the repository's reports, and no run."""
    return run_folder.project(tmp_path / "study")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, PublishResult]:
    """A project whose run was published by tandem itself, for tests that only look."""
    folder = run_folder.project(tmp_path_factory.mktemp("site") / "study")
    return folder, publish(folder, run_folder.build(folder), "embedded")


@pytest.fixture(scope="session")
def pages(shared: tuple[Path, PublishResult]) -> Mapping[str, str]:
    """Every page of the published site by its path."""
    folder = shared[1].folder
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*.html")
    }


@pytest.fixture
def files_of() -> Callable[[Path], dict[str, bytes]]:
    """Reads every file of a folder by its path in it."""

    def read(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file()
        }

    return read
