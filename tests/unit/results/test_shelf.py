"""A result on the disk is whole or absent, and damage is found out."""

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tandem.results import shelf as shelves
from tandem.results.shelf import Shelf, canonical_json, read_sealed, replace_file, seal

KEY = "0a" * 32
OTHER = "0b" * 32
CONTENT = {"numbers.bin": bytes(range(256)) * 40, "words/answer.txt": "去 forward\n".encode()}


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(tmp_path / "shelf", kind="trial")


def write(folder: Path) -> Mapping[str, Any]:
    """Fill an entry."""
    for name, data in CONTENT.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return {"made": "by a test"}


def left_over(shelf: Shelf) -> list[str]:
    """Temporary folders that are still there."""
    return [p.name for p in shelf.root.iterdir() if p.name.startswith(".")]


def test_an_entry_reads_back_as_it_was_written(shelf: Shelf) -> None:
    """What was put on the shelf is found again under its key, and only there."""
    shelf.put(KEY, write)
    folder = shelf.open(KEY)
    assert folder is not None
    assert {name: (folder / name).read_bytes() for name in CONTENT} == CONTENT
    assert shelf.about(KEY) == {"made": "by a test"}
    assert list(shelf.entries()) == [KEY]
    assert shelf.open(OTHER) is None and shelf.about(OTHER) is None
    assert left_over(shelf) == []


def test_a_writer_that_fails_leaves_nothing(shelf: Shelf) -> None:
    """Half a result never appears, not even under another name."""

    def fails(folder: Path) -> Mapping[str, Any]:
        (folder / "half").write_text("half")
        raise RuntimeError("the writer broke")

    with pytest.raises(RuntimeError, match="broke"):
        shelf.put(KEY, fails)
    assert list(shelf.root.iterdir()) == []


@pytest.mark.parametrize("call", ["fsync", "rename"])
@pytest.mark.parametrize("number", range(8))
def test_a_full_disk_leaves_the_old_entry_or_none(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """Whichever flush or rename fails, the entry that was there before is still whole."""
    shelf.put(OTHER, write)
    real = getattr(os, call)
    calls = {"made": 0}

    def failing(*args: Any, **kwargs: Any) -> Any:
        calls["made"] += 1
        if calls["made"] == number + 1:
            raise OSError(28, "No space left on device")
        return real(*args, **kwargs)

    monkeypatch.setattr(shelves.os, call, failing)
    failed = False
    try:
        shelf.put(KEY, write)
    except OSError:
        failed = True
    monkeypatch.undo()
    assert failed == (calls["made"] > number)
    assert shelf.open(OTHER) is not None
    whole = shelf.open(KEY) is not None
    assert whole or not shelf.path(KEY).exists()
    assert whole or failed
    assert left_over(shelf) == []


def damage_truncate(path: Path) -> None:
    """Lose the last byte."""
    path.write_bytes(path.read_bytes()[:-1])


def damage_flip(path: Path) -> None:
    """Flip one bit."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def damage_zero(path: Path) -> None:
    """Turn every byte into nought."""
    path.write_bytes(bytes(path.stat().st_size))


def damage_remove(path: Path) -> None:
    """Lose the file."""
    path.unlink()


@pytest.mark.parametrize("damage", [damage_truncate, damage_flip, damage_zero, damage_remove])
@pytest.mark.parametrize("name", [*CONTENT, "record.json"])
def test_damage_is_found_out(shelf: Shelf, damage: Any, name: str) -> None:
    """A damaged file is never handed out, whichever it is, and a new entry takes its place."""
    shelf.put(KEY, write)
    damage(shelf.path(KEY) / name)
    assert shelf.open(KEY) is None
    shelf.put(KEY, write)
    assert shelf.open(KEY) is not None


def test_every_bit_of_the_seal_counts(shelf: Shelf) -> None:
    """No single flipped bit of the seal lets an entry pass as whole."""
    shelf.put(KEY, write)
    path = shelf.path(KEY) / "record.json"
    good = path.read_bytes()
    for position in range(0, len(good), 7):
        data = bytearray(good)
        data[position] ^= 1 << (position % 8)
        path.write_bytes(bytes(data))
        assert shelf.open(KEY) is None, position


def test_swapped_entries_are_found_out(shelf: Shelf) -> None:
    """An entry under another's key is damage, although every file of it is whole."""
    shelf.put(KEY, write)
    shelf.put(OTHER, write)
    shutil.move(shelf.path(KEY), shelf.root / ".aside")
    shutil.move(shelf.path(OTHER), shelf.path(KEY))
    shutil.move(shelf.root / ".aside", shelf.path(OTHER))
    assert shelf.open(KEY) is None and shelf.open(OTHER) is None


def test_an_entry_of_another_kind_is_no_entry(shelf: Shelf) -> None:
    """The same folder read as something else is refused."""
    shelf.put(KEY, write)
    assert Shelf(shelf.root, kind="another").open(KEY) is None


def test_only_the_files_asked_for_are_checked(shelf: Shelf) -> None:
    """Reading small measures need not read large paths; a name that is not sealed is damage."""
    shelf.put(KEY, write)
    damage_flip(shelf.path(KEY) / "numbers.bin")
    assert shelf.open(KEY, ["words/answer.txt"]) is not None
    assert shelf.open(KEY, ["numbers.bin"]) is None
    assert shelf.open(KEY, ["unheard-of"]) is None


def test_a_whole_entry_is_kept_unless_asked(shelf: Shelf) -> None:
    """The same key means the same content, so the first writer wins; `anew` replaces."""
    shelf.put(KEY, write)

    def other(folder: Path) -> Mapping[str, Any]:
        (folder / "other").write_text("other")
        return {}

    shelf.put(KEY, other)
    assert shelf.about(KEY) == {"made": "by a test"}
    shelf.put(KEY, other, anew=True)
    assert shelf.about(KEY) == {}
    assert left_over(shelf) == []


def test_writers_at_once_leave_one_whole_entry(shelf: Shelf) -> None:
    """Many processes may make the same result; readers see a whole one all the time."""
    shelf.put(KEY, write)
    torn = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            folder = shelf.open(KEY)
            if folder is None:
                torn.append("gone")

    writers = [threading.Thread(target=shelf.put, args=(KEY, write)) for _ in range(8)]
    reader = threading.Thread(target=read)
    reader.start()
    for thread in writers:
        thread.start()
    for thread in writers:
        thread.join()
    stop.set()
    reader.join()
    assert torn == []
    assert shelf.open(KEY) is not None and left_over(shelf) == []


def test_what_dead_writers_left_is_swept(shelf: Shelf) -> None:
    """A killed process leaves a temporary folder; a living one's stays."""
    shelf.put(KEY, write)
    dead = shelf.root / ".new-999999999-abc"
    alive = shelf.root / f".new-{os.getpid()}-abc"
    for folder in (dead, alive):
        folder.mkdir()
    shelf.sweep()
    assert not dead.exists() and alive.exists() and shelf.open(KEY) is not None


def test_a_writer_that_nobody_has_buried_is_dead(shelf: Shelf) -> None:
    """A process that ended and whose parent has not asked for it writes no more."""
    shelf.put(KEY, write)
    process = subprocess.Popen([sys.executable, "-c", ""])
    until = time.monotonic() + 10
    left = shelf.root / f".new-{process.pid}-abc"
    left.mkdir()
    while left.exists() and time.monotonic() < until:
        time.sleep(0.05)
        shelf.sweep()
    assert not left.exists()
    process.wait()


@pytest.mark.parametrize("key", ["", "../up", "ABC", "a/b", ".new", "g0"])
def test_a_key_is_a_hash_and_no_path(shelf: Shelf, key: str) -> None:
    """Nothing but a hash names an entry, so no key leads elsewhere."""
    with pytest.raises(ValueError, match="hexadecimal"):
        shelf.path(key)


def test_use_is_remembered(shelf: Shelf) -> None:
    """What was opened last is the last to be removed when room is needed."""
    shelf.put(KEY, write)
    shelf.put(OTHER, write)
    os.utime(shelf.path(KEY) / "record.json", (1, 1))
    os.utime(shelf.path(OTHER) / "record.json", (2, 2))
    assert shelf.last_used(KEY) < shelf.last_used(OTHER)
    shelf.open(KEY)
    assert shelf.last_used(KEY) > shelf.last_used(OTHER)
    shelf.discard(OTHER)
    assert shelf.last_used(OTHER) == 0 and not shelf.path(OTHER).exists()


def test_a_sealed_file_reads_back_or_not_at_all(tmp_path: Path) -> None:
    """A file is taken only if its own hash says that it is whole."""
    path = tmp_path / "note.json"
    assert read_sealed(path) is None
    replace_file(path, seal({"answer": "去", "number": 0.1}))
    assert read_sealed(path) == {"answer": "去", "number": 0.1}
    body = json.loads(path.read_text("utf-8"))
    body["number"] = 0.2
    path.write_text(json.dumps(body), "utf-8")
    assert read_sealed(path) is None
    path.write_text("[1, 2]")
    assert read_sealed(path) is None


def test_replacing_a_file_fails_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the rename fails, the old file stands and nothing lies beside it."""
    path = tmp_path / "note.txt"
    replace_file(path, "old")

    def failing(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shelves.os, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        replace_file(path, "new")
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == ["note.txt"]


def test_no_number_that_is_none_is_written() -> None:
    """NaN never reaches a file of results."""
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"npv": float("nan")})
