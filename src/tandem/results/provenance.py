"""Provenance: the hashes that say what a result was made of.

What it answers: the hash of the package's code, of a folder of inputs and of a simulation; the
versions in use; the commit and whether the work tree was clean.

What it leaves out: how a result is stored (`tandem.results.shelf`, `tandem.results.store`).

Who may import it: study, charts, batch, site and cli. It imports nothing heavy: a run that finds
nothing to do comes through here.
"""

import hashlib
import platform
import subprocess
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from tandem.results.shelf import digest, file_digest

__all__ = [
    "KERNEL",
    "SIMULATION_CODE",
    "code_hashes",
    "commit_of",
    "describe",
    "hash_of",
    "simulation_hash",
    "tree_hashes",
    "versions",
]

#: Name of the kernel variant that computes; another kernel's numbers are another simulation.
KERNEL = "numpy"

#: Parts of the package that decide what a simulation's numbers are.
SIMULATION_CODE = (
    "units.py",
    "randomness.py",
    "model",
    "assumptions",
    "results",
    "study/simulation.py",
)

#: Libraries whose version can change a simulation's numbers.
SIMULATION_LIBRARIES = ("numpy", "scipy")


def hash_of(hashes: Mapping[str, str]) -> str:
    """One SHA-256 over named hashes, 64 hexadecimal digits; the order does not matter."""
    return digest(dict(hashes))


def tree_hashes(folder: Path, suffixes: Iterable[str] | None = None) -> dict[str, str]:
    """SHA-256 of each file under `folder`, by its name relative to it; empty where none is there.

    Hidden files and folders, and what Python writes beside its sources, are no input.
    """
    allowed = None if suffixes is None else set(suffixes)
    found = {}
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            parts = path.relative_to(folder).parts
            hidden = any(part.startswith(".") or part == "__pycache__" for part in parts)
            if not hidden and path.is_file() and (allowed is None or path.suffix in allowed):
                found["/".join(parts)] = file_digest(path)
    return found


@cache
def _package_hashes() -> dict[str, str]:
    """SHA-256 of each file of the package, read once in a process."""
    return tree_hashes(Path(__file__).resolve().parents[1])


def code_hashes(only: Iterable[str] = (), without: Iterable[str] = ()) -> dict[str, str]:
    """SHA-256 of each file of the package, by its name inside it.

    `only` keeps the files and folders named (all, if empty); `without` leaves some out.
    """
    kept, dropped = tuple(only), tuple(without)

    def under(name: str, places: tuple[str, ...]) -> bool:
        return any(name == place or name.startswith(f"{place}/") for place in places)

    return {
        name: value
        for name, value in _package_hashes().items()
        if (not kept or under(name, kept)) and not under(name, dropped)
    }


@cache
def versions(*libraries: str) -> dict[str, str]:
    """Installed version of each library, "absent" where it is not installed."""
    found = {}
    for library in libraries:
        try:
            found[library] = metadata.version(library)
        except metadata.PackageNotFoundError:
            found[library] = "absent"
    return found


def simulation_hash(fingerprint: str, draws: int, seed: int) -> str:
    """What identifies a simulation, 64 hexadecimal digits.

    `fingerprint` is that of the resolved assumptions; the code and the libraries that decide the
    numbers come in, so that a result is never read back after one of them has changed.
    """
    return digest(
        {
            "assumptions": fingerprint,
            "code": hash_of(code_hashes(SIMULATION_CODE)),
            "versions": versions(*SIMULATION_LIBRARIES),
            "kernel": KERNEL,
            "draws": draws,
            "seed": seed,
        }
    )


def commit_of(project: Path) -> tuple[str | None, bool | None]:
    """The commit of the study's repository and whether nothing was changed since.

    (None, None) where the study is in no Git repository, or git is not installed.
    """

    def git(*words: str) -> str | None:
        try:
            done = subprocess.run(
                ["git", "-C", str(project), *words],
                capture_output=True,
                text=True,
                timeout=20,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        return done.stdout.strip() if done.returncode == 0 else None

    commit = git("rev-parse", "HEAD")
    if commit is None:
        return None, None
    changes = git("status", "--porcelain", "--", ".")
    return commit, None if changes is None else changes == ""


def describe(project: Path, seed: int, draws: int) -> dict[str, Any]:
    """The provenance block of a run: commit, hashes of every kind of input, versions, settings."""
    commit, clean = commit_of(project)
    lock = tree_hashes(project / "requirements", suffixes=[".txt"])
    data = tree_hashes(project / "data")
    libraries = versions(
        "numpy", "scipy", "pandas", "xarray", "matplotlib", "papermill", "nbclient", "ipykernel"
    )
    return {
        "commit": commit,
        "clean": clean,
        "params_hash": hash_of(tree_hashes(project / "params", suffixes=[".yaml"])),
        "lock_hash": hash_of(lock) if lock else None,
        "data_hash": hash_of(data) if data else None,
        "source_hash": hash_of(code_hashes()),
        "seed": seed,
        "draws": draws,
        "kernel": KERNEL,
        "versions": {
            "python": platform.python_version(),
            "tandem": versions("tandem-planning")["tandem-planning"],
            **libraries,
        },
    }


def text_hash(text: str) -> str:
    """SHA-256 of a text's UTF-8 bytes, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()
