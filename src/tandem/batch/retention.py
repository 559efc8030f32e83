"""Retention: how much of what runs left stays on the disk.

What it answers: the newest runs are kept, and of simulations and executed notebooks those used
last, within the study's limit (`keep_runs` and `store_gb` of its settings). What the newest runs
were made of always stays, so that a run with nothing changed has nothing to do.

What it leaves out: published sites, which the site keeps.

Who may import it: the modules of `tandem.batch`.
"""

from pathlib import Path

from tandem.batch.cache import NotebookCache
from tandem.batch.folder import RunFolder, facts_shelf
from tandem.results.shelf import Shelf, files_of
from tandem.results.store import SimulationStore

__all__ = ["clear"]

#: Resolved parameter files are small; this many are kept.
_RESOLVED = 50


def clear(build: Path, keep_runs: int, store_gb: float) -> None:
    """Remove old runs, and what was used longest ago until the rest is within `store_gb`."""
    folders = RunFolder(build / "runs")
    runs = folders.runs()
    for run_id, _ in runs[keep_runs:]:
        folders.shelf.discard(run_id)
    needed = set()
    for _, body in runs[:1]:
        needed |= {entry["simulation"] for entry in body["scenarios"]}
        needed |= {job["key"] for job in body["jobs"]}
    _within(
        [
            SimulationStore(build / "store").shelf,
            NotebookCache(build / "cache" / "notebooks").shelf,
            facts_shelf(build),
        ],
        needed,
        store_gb * 1e9,
    )
    resolved = sorted((build / "cache" / "resolved").glob("*.json"), key=_written)
    for path in resolved[:-_RESOLVED]:
        path.unlink(missing_ok=True)


def _within(shelves: list[Shelf], needed: set[str], limit: float) -> None:
    """Discard the entries used longest ago, but none that is needed, down to `limit` bytes."""
    entries = [(shelf.last_used(key), key, shelf) for shelf in shelves for key in shelf.entries()]
    sizes = {key: _size(shelf.path(key)) for _, key, shelf in entries}
    total = sum(sizes.values())
    for _, key, shelf in sorted(entries, key=lambda entry: entry[:2]):
        if total <= limit:
            return
        if key not in needed:
            shelf.discard(key)
            total -= sizes[key]


def _written(path: Path) -> int:
    """When a file was written, nanoseconds; long ago if it is not there any more."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


def _size(folder: Path) -> int:
    """Bytes of the files under a folder."""
    return sum((folder / name).stat().st_size for name in files_of(folder))
