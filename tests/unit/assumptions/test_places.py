"""What a file says and where it says it."""

import math

import pytest

from tandem.assumptions.places import parse_document, parse_value, read_document
from tandem.assumptions.refusals import Refusal

TEXT = """\
# a comment
label: {en: Core, zh: 核心}
country: NO
answer: yes
on: off
million: 5e6
octal: 010
hex: 0x1F
month: 2026-10
day: 2026-10-01
clock: 12:30
thousand: 1_000
none: ~
quoted: "5"
rows:
  - {a: 1}
  - [2, -.5]
block: |
  two
  lines
"""


def read(text: str | bytes, file: str = "f.yaml"):
    """A document from text."""
    return parse_document(text.encode() if isinstance(text, str) else text, file)


def test_plain_values_follow_yaml_1_2():
    """Norway stays a text, months and times too; numbers are what they look like."""
    value = read(TEXT).value
    assert value == {
        "label": {"en": "Core", "zh": "核心"}, "country": "NO", "answer": "yes", "on": "off",
        "million": 5e6, "octal": 10, "hex": 31, "month": "2026-10", "day": "2026-10-01",
        "clock": "12:30", "thousand": "1_000", "none": None, "quoted": "5",
        "rows": [{"a": 1}, [2, -0.5]], "block": "two\nlines\n",
    }  # fmt: skip
    assert isinstance(value["octal"], int)
    assert isinstance(value["million"], float)


def test_every_value_has_its_place():
    """A key's place is its own, an item's where it begins; lines and columns count from 1."""
    document = read(TEXT)
    assert str(document.place(("label",))) == "f.yaml:2:1"
    assert str(document.place(("label", "zh"))) == "f.yaml:2:19"
    assert str(document.place(("rows", 0, "a"))) == "f.yaml:16:6"
    assert str(document.place(("rows", 1, 1))) == "f.yaml:17:9"
    assert str(document.place(("rows", 1, 7))) == "f.yaml:17:5"
    assert document.value["label"].place == document.place(("label",))


def test_windows_files_read_alike():
    """A leading byte-order mark and CRLF line ends change neither values nor places."""
    windows = read(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    unix = read(TEXT)
    assert windows.value == unix.value
    assert windows.places == unix.places
    assert windows.sha256 != unix.sha256


def test_all_problems_of_a_file_at_once():
    """Duplicates, aliases, tags and numbers that are none are all named, each with its place."""
    text = "a: 1\nb: .nan\na: 2\nc: !!str x\nd: &e 1e999\nf: *e\ng: 1\n"
    with pytest.raises(Refusal) as refusal:
        read(text)
    found = [(p.line, p.column, p.code) for p in refusal.value.problems]
    assert found == [
        (2, 4, "not-finite"), (3, 1, "duplicate-key"), (4, 4, "tag"), (5, 4, "anchor"),
        (5, 4, "not-finite"), (6, 4, "alias"),
    ]  # fmt: skip


def test_duplicates_inside_rows():
    """A key that stands twice is found at any depth and in both styles."""
    for text in ("a: {b: 1, c: {d: 1, d: 1}}", "a:\n  b: 1\n  c:\n    d: 1\n    d: 1\n"):
        with pytest.raises(Refusal, match=r"a\.c\.d: appears twice \(duplicate-key\)"):
            read(text)


def test_values_of_the_command_line():
    """The same dialect reads one value."""
    assert parse_value(b"3", "x") == 3
    assert parse_value(b"low-base", "x") == "low-base"
    assert parse_value(b"{triangular: [1, 2, 3]}", "x") == {"triangular": [1, 2, 3]}
    assert parse_value(b"", "x") is None
    with pytest.raises(Refusal, match="must be finite"):
        parse_value(b".inf", "x")


def test_the_last_finite_numbers_are_numbers():
    """The largest float and the smallest subnormal are still values."""
    value = read("a: 1.7976931348623157e308\nb: 5e-324\nc: 0e-999\nd: -0.0").value
    assert value["a"] < math.inf
    assert value["b"] > 0
    assert value["c"] == 0


def test_only_regular_files_are_read(tmp_path):
    """A link, a folder and a missing file are refused by name; a pipe does not block."""
    (tmp_path / "real.yaml").write_text("a: 1\n")
    (tmp_path / "link.yaml").symlink_to("real.yaml")
    (tmp_path / "folder.yaml").mkdir()
    os_mkfifo(tmp_path / "pipe.yaml")
    assert read_document(tmp_path / "real.yaml", "real.yaml").value == {"a": 1}
    for name, message in [
        ("link", "is a link"), ("folder", "is not a regular file"),
        ("pipe", "is not a regular file"), ("missing", "cannot be read: No such file"),
    ]:  # fmt: skip
        with pytest.raises(Refusal, match=f"{name}.yaml:1:1 {message}"):
            read_document(tmp_path / f"{name}.yaml", f"{name}.yaml")


def os_mkfifo(path):
    """Make a pipe that nobody writes into."""
    import os

    os.mkfifo(path)
