"""Cache: executed notebooks kept by the hash of what they were made of, and the ledger of reasons.

What it answers: the page, record and files of a notebook that was executed well before; and, for a
job that must run, what has changed since it last ran.

What it leaves out: what goes into a job's hash (`tandem.batch.plan`).

Who may import it: the modules of `tandem.batch`.
"""

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tandem.results.shelf import Shelf, files_of, read_sealed, replace_file, seal

__all__ = ["Ledger", "NotebookCache"]


class NotebookCache:
    """Executed notebooks in `<project>/build/cache/notebooks/<hash>/`."""

    def __init__(self, root: Path) -> None:
        self.shelf = Shelf(root, kind="notebook", record="entry.json")

    def has(self, key: str) -> bool:
        """Whether the notebook is there and whole; reads and checks its files, which are small."""
        return self.shelf.open(key) is not None

    def keep(self, key: str, output: Path, about: Mapping[str, Any], *, anew: bool) -> None:
        """Keep the page, the record and the files in `output`; `anew` replaces what is there."""

        def write(folder: Path) -> Mapping[str, Any]:
            for name in _kept(output):
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(output / name, target)
            return about

        self.shelf.put(key, write, anew=anew)

    def copy(self, key: str, target: Path) -> list[str]:
        """Copy an entry's files into `target` and name them; raises OSError if it is damaged."""
        folder = self.shelf.open(key)
        if folder is None:
            raise OSError(f"{self.shelf.path(key)}: damaged while the run went on; run again")
        names = [name for name in files_of(folder) if name != self.shelf.record]
        for name in names:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / name, target / name)
        return names


def _kept(output: Path) -> list[str]:
    """Files of a worker's output folder that make the page: not the worker's own result."""
    return [name for name in files_of(output) if name != "result.json"]


class Ledger:
    """What each job was made of when it last ran, by the job's id; a lost ledger loses only words."""

    def __init__(self, path: Path) -> None:
        self._path = path
        body = read_sealed(path) or {}
        self._jobs: dict[str, dict[str, Any]] = dict(body.get("jobs") or {})

    def note(self, job: str, key: str, parts: Mapping[str, str], error: str | None) -> None:
        """Remember what `job` was made of, and how it ended."""
        self._jobs[job] = {"key": key, "parts": dict(parts), "error": error}

    def save(self) -> None:
        """Write the ledger; raises OSError."""
        replace_file(self._path, seal({"jobs": self._jobs}))

    def reason(self, job: str, key: str, parts: Mapping[str, str]) -> str:
        """Why a job whose result is not there must run, in words."""
        last = self._jobs.get(job)
        if last is None:
            return "never ran"
        changes = _changes(last["parts"], parts)
        if last["key"] != key and changes:
            return changes
        if last["error"]:
            return f"failed when it last ran: {last['error']}"
        return "its stored result is missing or damaged"


#: How a part's name begins -> how its change is told; the order is that of telling.
_KINDS = {
    "notebook:": "notebook changed",
    "input:": "input changed",
    "shown:": "input changed",
    "setting:": "setting changed",
    "override:": "override changed",
    "code:": "code changed",
    "version:": "version changed",
    "scenario:": "scenarios changed",
}

#: Names told per kind; more are counted.
_TOLD = 3


def _changes(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """What differs between two sets of parts, or an empty text.

    That a scenario came, went or failed is always told; that its words changed only where no file
    explains it.
    """
    told: list[str] = []
    for kind, words in _KINDS.items():
        names = sorted(
            name
            for name in {*before, *now}
            if name.startswith(kind) and before.get(name) != now.get(name)
        )
        if kind == "scenario:" and told:
            names = [n for n in names if {before.get(n), now.get(n)} & {None, "left out"}]
        shown = [_shown(kind, name, before, now) for name in names[:_TOLD]]
        if len(names) > _TOLD:
            shown.append(f"{len(names) - _TOLD} more")
        if names:
            told.append(f"{words}: {', '.join(shown)}")
    return "; ".join(told)


def _shown(kind: str, name: str, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """One changed part; settings and versions with their old and new value."""
    plain = name.removeprefix(kind)
    if kind not in ("setting:", "version:"):
        return plain
    return f"{plain} {before.get(name, 'none')} -> {now.get(name, 'none')}"
