"""Hostile parameter files: refused within a second and 200 MB, with the file and the place."""

import re
import sys
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.assumptions.places import MAX_BYTES, MAX_DEPTH, parse_document, read_document
from tandem.assumptions.refusals import Refusal

# Under a tracer such as coverage's, Python takes two to three times as long.
SECONDS = 1.0 if sys.gettrace() is None else 3.0
BYTES = 200 * 1024 * 1024
FILE = "params/base/hostile.yaml"
LINE = re.compile(rf"{re.escape(FILE)}:[1-9][0-9]*:[1-9][0-9]* .+ \([a-z-]+\)")


def _bomb(levels: int) -> str:
    """Nine times nine times ... aliases: a gigabyte from a hundred bytes."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, levels)]
    return "\n".join(lines)


# name -> (what the file holds, the code of the refusal)
FIXTURES: dict[str, tuple[str | bytes, str]] = {
    # aliases, anchors, tags, directives
    "alias bomb": (_bomb(9), "anchor"),
    "alias without anchor": ("a: *b", "alias"),
    "alias to itself": ("a: &a [*a]", "alias"),
    "alias as a key": ("&a a: 1\n*a : 2", "alias"),
    "anchor": ("a: &x 1", "anchor"),
    "anchor on a key": ("&x a: 1", "anchor"),
    "anchor on the document": ("&x\na: 1", "anchor"),
    "merge with an alias": ("a: &x {b: 1}\nc: {<<: *x}", "alias"),
    "python object": ("a: !!python/object/apply:os.system [ls]", "tag"),
    "python name": ("a: !!python/name:os.system", "tag"),
    "ruamel object": ("!!python/object:tandem.Study\na: 1", "tag"),
    "local tag": ("a: !include /etc/passwd", "tag"),
    "verbatim tag": ("a: !<tag:yaml.org,2002:float> 1", "tag"),
    "binary": ("a: !!binary aGVsbG8=", "tag"),
    "set": ("a: !!set {b, c}", "tag"),
    "tag on a key": ("!!str a: 1", "tag"),
    "yaml 1.1": ("%YAML 1.1\n---\na: NO", "directive"),
    "yaml 1.2": ("%YAML 1.2\n---\na: 1", "directive"),
    "tag directive": ("%TAG ! tag:example,2026:\n---\na: 1", "directive"),
    "unknown directive": ("%FOO bar\n---\na: 1", "directive"),
    "absurd version": ("%YAML " + "1" * 100_000 + "\n---\na: 1", "directive"),
    # duplicates, documents, keys
    "duplicate": ("a: 1\na: 1", "duplicate-key"),
    "duplicate in flow": ("{a: 1, a: 2}", "duplicate-key"),
    "duplicate quoted": ("a: 1\n'a': 2", "duplicate-key"),
    "duplicate by escape": ('a: 1\n"\\x61": 2', "duplicate-key"),
    "duplicates by the thousand": ("a: 1\n" * 8000, "duplicate-key"),
    "two documents": ("a: 1\n---\na: 2", "documents"),
    "list as a key": ("? [a]\n: 1", "key"),
    "mapping as a key": ("{{a: 1}: 2}", "key"),
    # what is no mapping
    "nothing": ("", "wrong-type"),
    "comment only": ("# nothing\n", "wrong-type"),
    "null": ("~", "wrong-type"),
    "a list": ("- a", "wrong-type"),
    "a text": ("hello", "wrong-type"),
    # numbers
    "nan": ("a: .nan", "not-finite"),
    "infinity": ("a: .inf", "not-finite"),
    "minus infinity": ("a: [-.Inf]", "not-finite"),
    "1e309": ("a: 1e309", "not-finite"),
    "-1e309": ("a: -1e309", "not-finite"),
    "1e999999999": ("a: 1e999999999", "not-finite"),
    "1e-400": ("a: 1e-400", "not-finite"),
    "nan as a key": (".nan: 1", "not-finite"),
    # encodings and characters
    "latin 1": ("a: café".encode("latin-1"), "encoding"),
    "gbk": ("a: 核心城市".encode("gbk"), "encoding"),
    "utf-16": ("a: 1".encode("utf-16"), "encoding"),
    "utf-16 without mark": ("a: 1".encode("utf-16-le"), "character"),
    "utf-32": ("a: 1".encode("utf-32"), "encoding"),
    "overlong utf-8": (b"a: \xc0\xaf", "encoding"),
    "surrogate in utf-8": (b"a: \xed\xa0\x80", "encoding"),
    "cut off utf-8": ("a: 核".encode()[:-1], "encoding"),
    "second byte-order mark": (b"\xef\xbb\xbf\xef\xbb\xbfa: 1", "character"),
    "byte-order mark inside": ("a: \ufeff1", "character"),
    "NUL": ("a: \x00", "character"),
    "NUL in a comment": ("a: 1 # \x00", "character"),
    "escaped NUL": ('a: "\\0"', "character"),
    "bell": ("a: \x07", "character"),
    "terminal escape": ("a: \x1b[2J", "character"),
    "delete": ("a: \x7f", "character"),
    "next line": ("a: 1\u0085b: 2", "character"),
    "line separator": ("a: 1\u2028b: 2", "character"),
    "lone carriage return": ("a: 1\rb: 2", "character"),
    "right to left": ("a: \u202e001", "character"),
    "right to left in a comment": ("a: 1 # \u202e", "character"),
    "isolate": ("a: \u2066x\u2069", "character"),
    "escaped right to left": ('a: "\\u202e"', "character"),
    "zero width in a key": ("a\u200b: 1", "character"),
    "escaped beyond unicode": ('a: "\\UFFFFFFFF"', "syntax"),
    "escaped surrogate": ('a: "\\uD800"', "character"),
    # nesting and size
    "deep lists": ("a: " + "[" * 100_000, "too-deep"),
    "deep lists, a line each": ("a:\n" + " [\n" * 30_000, "too-deep"),
    "deep mappings": ("{a: " * 30_000, "too-deep"),
    "deep dashes": ("- " * 50_000, "too-deep"),
    "deep block": ("".join(f"{' ' * i}a:\n" for i in range(400)), "too-deep"),
    "deep and closed": ("a: " + "[" * 500 + "]" * 500, "too-deep"),
    "many items": ("a: [" + "a," * 50_000 + "]", "too-large"),
    "many keys": ("".join(f"k{i}: 1\n" for i in range(10_000)), "too-large"),
    "50 MB scalar": (b"a: " + b"x" * 50_000_000, "too-large"),
    "50 MB of blank lines": (b"\n" * 50_000_000, "too-large"),
    "long tag": ("a: !" + "%41" * 40_000 + " 1", "tag"),
    "long anchor": ("a: &" + "x" * 100_000 + " 1", "anchor"),
    # what cannot be read
    "tab": ("a:\n\tb: 1", "syntax"),
    "open quote": ("a: '" + "x" * 100_000, "syntax"),
    "open list": ("a: [1, 2", "syntax"),
    "open mapping": ("a: {b: 1", "syntax"),
    "wrong bracket": ("a: [1}", "syntax"),
    "two colons": ("a: b: c", "syntax"),
    "reserved": ("a: @x", "syntax"),
    "percent": ("a: %x", "syntax"),
    "commas": ("[" + "," * 50_000, "syntax"),
    "bad escape": ('a: "\\q"', "syntax"),
    "bad indent": ("a:\n  b: 1\n c: 2", "syntax"),
    "block header": ("a: |99\n x", "syntax"),
}  # fmt: skip


def attempt(data: bytes) -> list[str]:
    """Lines of the refusal of a file, none where it is read; too slow is a failure."""
    start = time.process_time()
    try:
        parse_document(data, FILE)
        lines: list[str] = []
    except Refusal as refusal:
        lines = str(refusal).splitlines()
        assert lines
    assert time.process_time() - start < SECONDS
    return lines


@pytest.mark.parametrize("name", FIXTURES)
def test_hostile_files_are_refused(name, tmp_path):
    """A hostile file is refused in a second of computing, with its place and in one line a problem."""
    content, code = FIXTURES[name]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    start = time.process_time()
    with pytest.raises(Refusal) as refusal:
        read_document(path, FILE)
    text = str(refusal.value)
    assert time.process_time() - start < SECONDS
    assert code in {problem.code for problem in refusal.value.problems}
    assert all(LINE.fullmatch(line) for line in text.splitlines() if not line.startswith("and "))
    assert text.replace("\n", "").isprintable()
    assert len(text) < 30_000


@pytest.mark.parametrize(
    "name", ["alias bomb", "50 MB scalar", "many items", "many keys", "deep lists", "deep dashes"]
)
def test_hostile_files_need_little_memory(name, tmp_path):
    """What the reader allocates stays far under 200 MB."""
    content, _ = FIXTURES[name]
    path = tmp_path / "hostile.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    tracemalloc.start()
    try:
        with pytest.raises(Refusal):
            read_document(path, FILE)
        assert tracemalloc.get_traced_memory()[1] < BYTES
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("unit", ["x ", "\n", "# c\n", "'' ", "\\n", "核心"])
def test_the_largest_files_that_are_read_are_read_in_a_second(unit):
    """The size limit is low enough for the slowest contents."""
    room = (MAX_BYTES - 10) // len(unit.encode())
    text = f'a: "{unit * room}"' if unit in ("\\n", "核心") else f"a: 1\n{unit * room}"
    attempt(text.encode())


def test_what_is_allowed_up_to_the_limits():
    """Depth up to the limit is read; the limits do not refuse an honest file."""
    depth = MAX_DEPTH - 1
    assert not attempt(("a: " + "[" * depth + "]" * depth).encode())
    rows = "".join(
        f"row_{i}: {{triangular: [0.1, 0.2, 0.3], unit: 1/month, source: s, evidence: judgement}}\n"
        for i in range(400)
    )
    assert not attempt(rows.encode())


def _pieces() -> Iterator[str]:
    yield from ("a", "b: ", "- ", "? ", ": ", "\n", "\n  ", "\t", "[", "]", "{", "}", ", ", "&x ")
    yield from ("*x", "!!float ", "!t ", "%YAML 1.1\n", "---\n", "...\n", "|\n", ">-\n", "'", '"')
    yield from ("#", " #c\n", "1", "-.inf", "1e999", "~", "<<: ", "\\", '"\\u202e"', "\u202e", "\0")
    yield from ("\ufeff", "\r\n", "@", "`", "核", "a: 1\n", "a: {b: 1}\n", "0x", "_", "=")


SNIPPETS = st.lists(st.sampled_from(sorted(_pieces())), max_size=40).map("".join)
BYTES_OF_ANY_KIND = st.one_of(
    st.binary(max_size=200),
    SNIPPETS.map(str.encode),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.tuples(SNIPPETS, st.integers(1, 400)).map(lambda p: (p[0] * p[1])[:20_000].encode()),
)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES_OF_ANY_KIND)
def test_generated_files_are_read_or_refused(data):
    """Whatever bytes a file holds, it is read or refused with its place; nothing else happens."""
    lines = attempt(data)
    assert all(LINE.fullmatch(line) for line in lines if not line.startswith("and "))


@pytest.mark.heavy
@settings(max_examples=2000, suppress_health_check=[HealthCheck.too_slow])
@given(BYTES_OF_ANY_KIND)
def test_two_thousand_generated_files_are_read_or_refused(data):
    """The same, more often."""
    attempt(data)


@settings(max_examples=100)
@given(
    st.dictionaries(
        st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True),
        st.one_of(
            st.integers(-(10**12), 10**12), st.booleans(), st.sampled_from(["NO", "off", "x y"]),
            st.floats(allow_nan=False, allow_infinity=False).filter(lambda x: x == 0 or abs(x) > 1e-300),
            st.lists(st.integers(0, 9), max_size=4),
        ),
        min_size=1,
        max_size=8,
    )
)  # fmt: skip
def test_honest_values_come_back(values):
    """What is written as plain YAML is read as it was meant."""

    def written(value: object) -> str:
        return str(value).lower() if isinstance(value, bool) else str(value)

    text = "".join(f"{key}: {written(value)}\n" for key, value in values.items())
    assert parse_document(text.encode(), FILE).value == values


def test_the_floor_of_fixtures():
    """The list is not shortened below what was promised."""
    assert len(FIXTURES) >= 60
    assert Path(FILE).suffix == ".yaml"
