"""An executed notebook is kept by what it was made of, and a job knows why it runs again."""

from pathlib import Path

import pytest

from tandem.batch.cache import Ledger, NotebookCache

KEY = "cd" * 32
PARTS = {
    "notebook:notebooks/a.ipynb": "1",
    "input:params/base/customers.yaml": "1",
    "input:params/levers/late.yaml": "1",
    "code:model/market.py": "1",
    "setting:draws": "2000",
    "version:numpy": "2.4.5",
    "scenario:late": "1",
    "override:customers.switching=0.1": "set",
}


def output(folder: Path, text: str = "page") -> Path:
    """A folder as a worker leaves it."""
    (folder / "a_files").mkdir(parents=True)
    (folder / "a.ipynb").write_text(text)
    (folder / "a.record.json").write_text("{}")
    (folder / "a_files" / "f.csv").write_text("1,2")
    (folder / "result.json").write_text("{}")
    return folder


def test_a_page_is_kept_with_its_files(tmp_path: Path) -> None:
    """What a reader needs is kept; what the worker told its parent is not."""
    cache = NotebookCache(tmp_path / "cache")
    assert not cache.has(KEY)
    cache.keep(KEY, output(tmp_path / "out"), {"job": "en/x/a"}, anew=False)
    assert cache.has(KEY)
    target = tmp_path / "pages"
    assert cache.copy(KEY, target) == ["a.ipynb", "a.record.json", "a_files/f.csv"]
    assert (target / "a_files" / "f.csv").read_text() == "1,2"
    assert sorted(p.name for p in target.iterdir()) == ["a.ipynb", "a.record.json", "a_files"]


def test_running_again_replaces_the_page_only_when_forced(tmp_path: Path) -> None:
    """The same inputs give the same page; `--force` takes the new one all the same."""
    cache = NotebookCache(tmp_path / "cache")
    cache.keep(KEY, output(tmp_path / "1"), {}, anew=False)
    cache.keep(KEY, output(tmp_path / "2", "other"), {}, anew=False)
    cache.copy(KEY, tmp_path / "a")
    cache.keep(KEY, output(tmp_path / "3", "other"), {}, anew=True)
    cache.copy(KEY, tmp_path / "b")
    assert (tmp_path / "a" / "a.ipynb").read_text() == "page"
    assert (tmp_path / "b" / "a.ipynb").read_text() == "other"


def test_a_damaged_page_is_not_copied(tmp_path: Path) -> None:
    """A number on a page was computed, never restored from a damaged file."""
    cache = NotebookCache(tmp_path / "cache")
    cache.keep(KEY, output(tmp_path / "out"), {}, anew=False)
    (cache.shelf.path(KEY) / "a_files" / "f.csv").write_text("1,3")
    assert not cache.has(KEY)
    with pytest.raises(OSError, match="damaged"):
        cache.copy(KEY, tmp_path / "pages")


@pytest.mark.parametrize(
    ("part", "value", "reason"),
    [
        ("notebook:notebooks/a.ipynb", "2", "notebook changed: notebooks/a.ipynb"),
        ("input:params/levers/late.yaml", "2", "input changed: params/levers/late.yaml"),
        ("code:model/market.py", "2", "code changed: model/market.py"),
        ("setting:draws", "64", "setting changed: draws 2000 -> 64"),
        ("version:numpy", "2.4.6", "version changed: numpy 2.4.5 -> 2.4.6"),
        ("scenario:late", "left out", "scenarios changed: late"),
        ("override:customers.switching=0.1", None, "override changed: customers.switching=0.1"),
        ("input:params/levers/new.yaml", "1", "input changed: params/levers/new.yaml"),
    ],
)
def test_the_reason_names_what_changed(
    tmp_path: Path, part: str, value: str | None, reason: str
) -> None:
    """An analyst sees which file, setting or version made a job run again."""
    path = tmp_path / "ledger.json"
    ledger = Ledger(path)
    assert ledger.reason("a", "1", PARTS) == "never ran"
    ledger.note("a", "1", PARTS, None)
    ledger.save()
    now = {name: text for name, text in {**PARTS, part: value}.items() if text is not None}
    assert Ledger(path).reason("a", "2", now) == reason


def test_many_changes_are_counted(tmp_path: Path) -> None:
    """A change of everything fits in a line."""
    ledger = Ledger(tmp_path / "ledger.json")
    ledger.note("a", "1", {f"code:m{n}.py": "1" for n in range(9)}, None)
    reason = ledger.reason("a", "2", {f"code:m{n}.py": "2" for n in range(9)})
    assert reason == "code changed: m0.py, m1.py, m2.py, 6 more"


def test_without_a_change_the_result_is_lost_or_failed(tmp_path: Path) -> None:
    """A job runs again when its result went missing, or when it failed."""
    ledger = Ledger(tmp_path / "ledger.json")
    ledger.note("a", "1", PARTS, None)
    ledger.note("b", "1", PARTS, "cell 3: its kernel died")
    assert ledger.reason("a", "1", PARTS) == "its stored result is missing or damaged"
    assert ledger.reason("b", "1", PARTS) == "failed when it last ran: cell 3: its kernel died"


def test_a_damaged_ledger_loses_only_words(tmp_path: Path) -> None:
    """Nothing is computed wrongly for want of a reason."""
    path = tmp_path / "ledger.json"
    path.write_text('{"jobs": {"a": {}}}')
    assert Ledger(path).reason("a", "1", PARTS) == "never ran"
