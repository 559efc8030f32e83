"""The locks: complete, hashed, the same versions in each, and lean where they must be."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("run", "test", "check", "lab")
ORACLE = "oracle"  # stands apart: it holds pandas below 3
# jsonschema[format-nongpl] and JupyterLab: importing papermill beside them costs seconds.
SLOW = {"jupyterlab", "jupyter-server", "jupyter-events", "rfc3339-validator", "webcolors", "fqdn"}
BUILD = {"hatchling", "editables"}


def locked(name: str) -> dict[str, str]:
    """Package (without its extras) -> version of one lock."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(
        re.findall(r"^([a-z0-9.-]+)(?:\[[a-z0-9,-]+\])?==([^\s;]+)", text, flags=re.MULTILINE)
    )


def named(lines: list[str]) -> set[str]:
    """Package names of requirement lines, without versions, options and comments."""
    names = (re.match(r"[A-Za-z][\w.-]*", line) for line in lines)
    return {hit[0].lower() for hit in names if hit}


@pytest.mark.parametrize("name", [*LOCKS, ORACLE])
def test_every_locked_package_has_hashes(name):
    """What is installed is what was looked at."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(entries) == len(locked(name)) > 20
    assert [entry.split("\n")[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_extras_are_locked_with_their_package():
    """Where a package asks for another one's extra, pip must not look for a newer release of it."""
    text = (ROOT / "requirements" / "test.txt").read_text(encoding="utf-8")
    assert re.search(r"^coverage\[toml\]==", text, flags=re.MULTILINE)
    assert "--no-strip-extras" in (ROOT / "Makefile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS[1:])
def test_locks_agree_on_versions(name):
    """A test says something about the environment that makes the report."""
    run, other = locked("run"), locked(name)
    assert {package: (v, other.get(package)) for package, v in run.items()} == {
        package: (v, v) for package, v in run.items()
    }


@pytest.mark.parametrize("name", ["run", "test", "check"])
def test_the_lean_locks_have_no_jupyterlab(name):
    """Starting a run takes a fraction of a second, not three."""
    assert SLOW & set(locked(name)) == set()
    assert set(locked("lab")) >= SLOW


def test_the_oracle_stands_apart():
    """Estimates are checked against lifelines, which the report's environment never sees."""
    oracle = locked(ORACLE)
    assert set(oracle) >= {"lifelines", *BUILD}
    assert int(oracle["pandas"].split(".")[0]) < 3 <= int(locked("run")["pandas"].split(".")[0])
    assert [name for name in LOCKS if "lifelines" in locked(name)] == []
    commands = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "$(INSTALL) $(ORACLE) oracle\n\t@$(VENV)/bin/python -m pytest" in commands


def test_the_package_declares_what_the_run_lock_resolves():
    """pyproject.toml and requirements/run.in name the same packages."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (ROOT / "requirements" / "run.in").read_text(encoding="utf-8").splitlines()
    assert named(project["dependencies"]) == named(wanted) - BUILD


def test_an_unsupported_python_is_refused_by_name(tmp_path):
    """Someone with Python 3.10 reads what is needed before anything is installed."""
    old = tmp_path / "python-of-old"
    old.write_text("#!/bin/sh\necho 3.10.13\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        [ROOT / "requirements" / "install.sh", tmp_path / "venv", "run"],
        env={**os.environ, "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "tandem needs Python 3.11, 3.12 or 3.13; found 3.10.13\n"
    assert not (tmp_path / "venv").exists()
