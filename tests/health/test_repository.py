"""What holds for every file of the repository, whoever wrote it."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 400
TEXT = {"", ".cfg", ".css", ".csv", ".html", ".in", ".ipynb", ".j2", ".js", ".json", ".md", ".po"}
TEXT |= {".pot", ".py", ".sh", ".svg", ".toml", ".txt", ".xml", ".yaml", ".yml"}

# Each pattern is written so that this file does not match itself.
MACHINE = re.compile(
    r"""
    (?<!\w)/(?:root|work|home|Users)/[.\w-]+  # a folder of one person's machine
    | \b[A-Z]:\\(?:Users|Documents)           # the same on Windows
    | index[-_]url [\s=]+ (?:https?|file):    # a package index
    | \b(?:pypi\.(?!org/project)|files\.pythonhosted)[\w.-]+
    | https?://[\w.:-]+/(?:[\w-]+/)*simple\b
    """,
    re.VERBOSE,
)
EXCEPTION = re.compile(r"#\s*(?:noqa|type:\s*ignore)(?P<rule>(?::|\[)[^#]*)?(?P<rest>.*)")


@cache
def tracked() -> tuple[Path, ...]:
    """Files of the repository: those git tracks, and new ones that it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name)
    return tuple(path for path in paths if path.is_file())


def lines_of(suffix: str) -> list[tuple[str, int, str]]:
    """(file, line number, line) of every tracked file that ends so."""
    return [
        (path.relative_to(ROOT).as_posix(), number, line)
        for path in tracked()
        if path.suffix == suffix
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    ]


def test_no_module_is_longer_than_four_hundred_lines():
    """A module that a reader cannot hold in mind is cut."""
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked()
        if path.suffix == ".py"
    }
    assert len(lengths) > 10
    assert {name: n for name, n in lengths.items() if n > LONGEST_MODULE} == {}


def test_no_file_names_a_machine_or_a_package_index():
    """A clone works on any machine, against any index."""
    found = []
    for path in tracked():
        if path.suffix in TEXT:
            text = path.read_text(encoding="utf-8")
            found += [f"{path.relative_to(ROOT)}: {hit[0]}" for hit in MACHINE.finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "see /" + "home/ann/project",
        "/" + "root/.cache",
        "--index-" + "url https:" + "//mirror.example",
        "https://" + "mirror.example/pypi/simple/",
        "pypi" + ".example.org",
    ],
)
def test_a_machine_path_or_index_is_recognised(line):
    """The rule above would see what it forbids."""
    assert MACHINE.search(line)


def test_every_lint_exception_has_its_reason_on_the_line():
    """An exception names its rule and says why."""
    bare = []
    for name, number, line in lines_of(".py"):
        hit = EXCEPTION.search(line)
        if hit and "EXCEPTION" not in line:
            words = re.findall(r"[a-z]{2,}", re.sub(r"\[.*?\]|\b[A-Z]+\d+\b", "", hit[0]))
            if not hit["rule"] or len(set(words) - {"noqa", "type", "ignore"}) < 2:
                bare.append(f"{name}:{number}")
    assert bare == []


def test_every_module_says_what_it_is_for():
    """Each module of the package opens with a docstring of more than a name."""
    short = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.is_relative_to(ROOT / "src") and path.suffix == ".py"
        if not re.match(r'r?"""[^"]{40,}', path.read_text(encoding="utf-8"))
    ]
    assert short == []


def test_no_module_has_a_name_that_says_nothing():
    """A module is named after what it knows."""
    vague = {"utils", "util", "helpers", "helper", "manager", "common", "misc", "process", "data2"}
    assert [path.name for path in tracked() if path.suffix == ".py" and path.stem in vague] == []
