"""What a result was made of is named by hashes that move with it, and with nothing else."""

import subprocess
from pathlib import Path

import pytest

from tandem.results import provenance
from tandem.results.provenance import (
    code_hashes,
    commit_of,
    describe,
    hash_of,
    simulation_hash,
    tree_hashes,
    versions,
)


@pytest.fixture
def package(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The package's files and their hashes, which a test may change."""
    hashes = dict(provenance._package_hashes())
    monkeypatch.setattr(provenance, "_package_hashes", lambda: hashes)
    return hashes


def test_one_byte_of_a_folder_moves_its_hash(tmp_path: Path) -> None:
    """Whatever a person changes under params/ is seen; what editors leave there is not."""
    (tmp_path / "levers").mkdir()
    (tmp_path / "base.yaml").write_text("a: 1\n")
    (tmp_path / "levers" / "late.yaml").write_text("b: 1\n")
    before = tree_hashes(tmp_path)
    assert list(before) == ["base.yaml", "levers/late.yaml"]
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "base.yaml").write_text("old")
    (tmp_path / "schema.json").write_text("{}")
    assert tree_hashes(tmp_path, suffixes=[".yaml"]) == before
    (tmp_path / "levers" / "late.yaml").write_text("b: 2\n")
    after = tree_hashes(tmp_path, suffixes=[".yaml"])
    assert [name for name in before if before[name] != after[name]] == ["levers/late.yaml"]
    assert hash_of(before) != hash_of(after)
    assert tree_hashes(tmp_path / "missing") == {}


def test_a_simulation_is_named_by_all_that_moves_its_numbers(package: dict[str, str]) -> None:
    """Other assumptions, draws, seed or laws are another simulation."""
    first = simulation_hash("f" * 64, 64, 1)
    assert first == simulation_hash("f" * 64, 64, 1)
    others = {
        simulation_hash("e" * 64, 64, 1),
        simulation_hash("f" * 64, 65, 1),
        simulation_hash("f" * 64, 64, 2),
    }
    law = next(name for name in package if name.startswith("model/"))
    package[law] = "0" * 64
    others.add(simulation_hash("f" * 64, 64, 1))
    assert len(others) == 4 and first not in others


def test_how_pages_look_moves_no_simulation(package: dict[str, str]) -> None:
    """A chart or a template may change without simulating again."""
    first = simulation_hash("f" * 64, 64, 1)
    for name in package:
        if name.startswith(("charts/", "site/", "batch/", "cli/", "locale/")):
            package[name] = "0" * 64
    assert simulation_hash("f" * 64, 64, 1) == first


def test_parts_of_the_package_can_be_taken_and_left() -> None:
    """A part is a file or a folder by its whole name."""
    every = code_hashes()
    model = code_hashes(("model", "units.py"))
    assert set(model) < set(every) and "units.py" in model
    assert all(name == "units.py" or name.startswith("model/") for name in model)
    rest = code_hashes(without=("model", "units.py"))
    assert {**model, **rest} == every
    assert code_hashes(("mod",)) == {}


def test_versions_name_what_is_missing() -> None:
    """A library that is not installed is named so, and does not stop a run."""
    found = versions("numpy", "no-such-library-anywhere")
    assert found["numpy"][0].isdigit() and found["no-such-library-anywhere"] == "absent"


def git(folder: Path, *words: str) -> None:
    """Run git as somebody."""
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *words], cwd=folder, check=True, capture_output=True)


def test_a_run_names_its_commit_and_whether_it_was_clean(tmp_path: Path) -> None:
    """A reader can tell whether the published numbers can be made again from the commit."""
    assert commit_of(tmp_path / "nowhere") == (None, None)
    git(tmp_path, "init", "-q")
    (tmp_path / "a.yaml").write_text("a")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "first")
    commit, clean = commit_of(tmp_path)
    assert commit is not None and len(commit) == 40 and clean is True
    (tmp_path / "a.yaml").write_text("b")
    assert commit_of(tmp_path) == (commit, False)


def test_provenance_names_every_kind_of_input(tmp_path: Path) -> None:
    """Each kind of input moves the hash of its own kind and no other."""
    for folder in ("params", "data", "requirements"):
        (tmp_path / folder).mkdir()
    (tmp_path / "params" / "a.yaml").write_text("a")
    (tmp_path / "data" / "a.csv").write_text("a")
    (tmp_path / "requirements" / "run.txt").write_text("a")
    before = describe(tmp_path, seed=1, draws=64)
    moved = {
        "params_hash": tmp_path / "params" / "a.yaml",
        "data_hash": tmp_path / "data" / "a.csv",
        "lock_hash": tmp_path / "requirements" / "run.txt",
    }
    for name, path in moved.items():
        path.write_text("b")
        after = describe(tmp_path, seed=1, draws=64)
        assert {key for key in before if before[key] != after[key]} == {name}
        path.write_text("a")
    assert before["seed"] == 1 and before["draws"] == 64 and before["kernel"] == "numpy"
    assert before["versions"]["python"].startswith("3.")
