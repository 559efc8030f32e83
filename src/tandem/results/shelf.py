"""Shelf: folders on disk that are whole or absent.

What it answers: how a result is kept so that a crash, a full disk or a second writer never leaves
half of one behind, and how damage is found out when it is read. An entry is a folder named by the
hash of what made it. It is written beside its place, flushed, sealed by a list of its files with
their SHA-256, and moved in by one rename. Reading checks the seal and the files that are asked for.

What it leaves out: what stands in the files (`tandem.results.store`, `tandem.batch`), and when an
entry may go (`tandem.batch.retention`).

Who may import it: every layer above the model, the site included.
"""

import contextlib
import hashlib
import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = [
    "Shelf",
    "canonical_json",
    "digest",
    "file_digest",
    "files_of",
    "flush_tree",
    "read_sealed",
    "replace_file",
    "seal",
    "write_file",
]

_NEW = ".new-"
_OLD = ".old-"


def canonical_json(value: Any) -> str:
    """`value` as JSON text that depends on nothing but the value; NaN raises ValueError."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def digest(value: Any) -> str:
    """SHA-256 of the canonical JSON of `value`, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, 64 hexadecimal digits; raises OSError."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def files_of(folder: Path) -> list[str]:
    """Relative names of the regular files under `folder`, with forward slashes, sorted."""
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


def _flush(path: Path) -> None:
    """Ask the system to put a file or a folder on the disk now."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def flush_tree(folder: Path) -> None:
    """Flush every file under `folder`, then the folders, `folder` itself last."""
    for name in files_of(folder):
        _flush(folder / name)
    for path in sorted((p for p in folder.rglob("*") if p.is_dir()), reverse=True):
        _flush(path)
    _flush(folder)


def write_file(path: Path, data: bytes | str) -> None:
    """Write a new file and flush it; text goes out as UTF-8 with line feeds."""
    content = data.encode() if isinstance(data, str) else data
    with path.open("wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def replace_file(path: Path, data: bytes | str) -> None:
    """Put `data` at `path` by one rename: a reader sees the old file or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{_NEW}{path.name}-{uuid.uuid4().hex[:12]}")
    try:
        write_file(temporary, data)
        os.replace(temporary, path)
        _flush(path.parent)
    finally:
        temporary.unlink(missing_ok=True)


def seal(body: Mapping[str, Any]) -> str:
    """JSON text of `body` together with the SHA-256 of itself, read back by `read_sealed`."""
    return canonical_json({**body, "seal": digest(dict(body))})


def read_sealed(path: Path) -> dict[str, Any] | None:
    """What `seal` wrote, or None where the file is missing, damaged or not sealed."""
    try:
        text = path.read_bytes().decode()
        body = json.loads(text)
        if not isinstance(body, dict) or body.pop("seal", None) != digest(body):
            return None
        return body if text == seal(body) else None
    except (OSError, ValueError):
        return None


@dataclass(frozen=True)
class Shelf:
    """Entries of one kind under `root`, each a sealed folder named by its key.

    `kind` and the key are part of the seal: an entry that was moved to another's place is found
    out. `record` is the name of the sealed file inside an entry.
    """

    root: Path
    kind: str
    record: str = "record.json"
    schema: int = 1

    def path(self, key: str) -> Path:
        """Where the entry of `key` stands, or would stand."""
        if not _is_key(key):
            raise ValueError(f"a key is hexadecimal, this is not: {key!r}")
        return self.root / key

    def about(self, key: str) -> dict[str, Any] | None:
        """What the writer said about the entry, or None where it is missing or evidently damaged.

        Checks the seal, and that every file is there with its size; it reads no file's content.
        """
        body = self._sealed(key)
        if body is None:
            return None
        try:
            for name, facts in body["files"].items():
                if (self.path(key) / name).stat().st_size != facts["bytes"]:
                    return None
        except OSError:
            return None
        return dict(body["about"])

    def open(self, key: str, names: Sequence[str] | None = None) -> Path | None:
        """The entry's folder after its files were compared with their SHA-256, else None.

        `names` limits the check to the files that will be read; by default all are checked.
        """
        body = self._sealed(key)
        if body is None:
            return None
        folder = self.path(key)
        try:
            for name in names if names is not None else body["files"]:
                if file_digest(folder / name) != body["files"][name]["sha256"]:
                    return None
        except (OSError, KeyError):
            return None
        with contextlib.suppress(OSError):
            os.utime(folder / self.record)  # marks the entry as used, for retention
        return folder

    def put(
        self, key: str, write: Callable[[Path], Mapping[str, Any]], *, anew: bool = False
    ) -> Path:
        """Make the entry of `key`: `write` fills the folder that it is given and says what it is.

        An entry that is already there and whole is kept, since the same key means the same
        content, unless `anew` asks to replace it; a damaged one is always replaced. Raises what
        `write` raises, and OSError; then nothing changes on the shelf.
        """
        final = self.path(key)
        self.root.mkdir(parents=True, exist_ok=True)
        fresh = self.root / f"{_NEW}{os.getpid()}-{uuid.uuid4().hex[:12]}"
        fresh.mkdir()
        try:
            about = dict(write(fresh))
            files = {
                name: {"sha256": file_digest(fresh / name), "bytes": (fresh / name).stat().st_size}
                for name in files_of(fresh)
            }
            body = {"schema": self.schema, "kind": self.kind, "key": key}
            write_file(fresh / self.record, seal({**body, "about": about, "files": files}))
            flush_tree(fresh)
            self._move_in(fresh, key, anew)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
        return final

    def discard(self, key: str) -> None:
        """Take an entry away; a missing one is no error."""
        self._set_aside(key)

    def last_used(self, key: str) -> int:
        """When the entry was last made or opened, nanoseconds; 0 where it is not there."""
        try:
            return (self.path(key) / self.record).stat().st_mtime_ns
        except OSError:
            return 0

    def entries(self) -> Iterator[str]:
        """Keys of the entries that are there, whole or not, sorted."""
        if self.root.is_dir():
            yield from sorted(p.name for p in self.root.iterdir() if _is_key(p.name))

    def sweep(self) -> None:
        """Remove what writers that are no longer alive left behind."""
        if not self.root.is_dir():
            return
        for path in self.root.iterdir():
            if path.name.startswith((_NEW, _OLD)) and not _writer_lives(path.name):
                shutil.rmtree(path, ignore_errors=True)

    def _sealed(self, key: str) -> dict[str, Any] | None:
        """The entry's seal where it is whole and names this kind and key."""
        body = read_sealed(self.path(key) / self.record)
        claim = (self.schema, self.kind, key)
        if body is None or (body.get("schema"), body.get("kind"), body.get("key")) != claim:
            return None
        return body

    def _move_in(self, fresh: Path, key: str, anew: bool) -> None:
        """Rename `fresh` to its place, past an entry of the same key that is there already."""
        final = self.path(key)
        for _ in range(20):
            try:
                os.rename(fresh, final)
            except OSError:
                if not final.exists():
                    raise
                if not anew and self.open(key) is not None:
                    return
                self._set_aside(key)
            else:
                _flush(self.root)
                return
        raise OSError(f"{final}: other writers keep replacing this entry")

    def _set_aside(self, key: str) -> None:
        """Rename an entry away, so that it vanishes at once, then delete it."""
        aside = self.root / f"{_OLD}{os.getpid()}-{uuid.uuid4().hex[:12]}"
        with contextlib.suppress(FileNotFoundError):
            os.rename(self.path(key), aside)
            shutil.rmtree(aside, ignore_errors=True)


def _is_key(name: str) -> bool:
    """Whether a name consists of hexadecimal digits."""
    return bool(name) and set(name) <= set("0123456789abcdef")


def _writer_lives(name: str) -> bool:
    """Whether the process whose number stands in a temporary folder's name is still there."""
    number = name.split("-")[1]
    if not number.isdigit():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _ended(int(number))


def _ended(number: int) -> bool:
    """Whether a process is over and only waits to be forgotten, where the system tells."""
    try:
        status = Path(f"/proc/{number}/stat").read_text("utf-8")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] in ("Z", "X")
