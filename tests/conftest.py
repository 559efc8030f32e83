"""What every kind of test shares: the count by kind, what needs a system package, baselines.

The kind of a test is its folder under tests/; the cells of the saved notebooks, which nbval runs,
count as `notebooks`. A test whose system package is missing is named at the end together with the
package to install; with CI=true it fails instead.
"""

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import hypothesis
import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parent.parent
KINDS = (
    "unit",
    "laws",
    "cases",
    "identities",
    "baselines",
    "health",
    "notebooks",
    "faults",
    "browser",
)
#: Kinds whose files take minutes: they start first, so that no worker ends on one of them alone.
LONG_FIRST = ("health", "faults", "notebooks", "browser", "baselines", "identities")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

# The same examples every time: a red run then speaks of the change, not of luck. New examples are
# looked for with HYPOTHESIS_PROFILE=explore.
hypothesis.settings.register_profile("repeat", derandomize=True, deadline=None)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeat"))


def find_chromium() -> str | None:
    """Path of a browser that Playwright can drive, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def find_cjk_font() -> str | None:
    """Name of a font with Chinese glyphs, or None."""
    if not shutil.which("fc-list"):
        return None
    listed = subprocess.run(
        ["fc-list", ":lang=zh-cn", "family"], capture_output=True, text=True, check=True
    )
    return listed.stdout.split("\n")[0] or None


# marker -> (how it is found, what it is called, the Debian package that brings it)
SYSTEM_NEEDS: dict[str, tuple[Callable[[], str | None], str, str]] = {
    "browser": (find_chromium, "Chromium", "chromium"),
    "cjk_font": (find_cjk_font, "a font with Chinese glyphs", "fonts-noto-cjk"),
}


def kind_of(nodeid: str) -> str:
    """Folder under tests/ of a test, or `notebooks` for a cell of a saved notebook."""
    path = nodeid.split("::", maxsplit=1)[0]
    if path.endswith(".ipynb"):
        return "notebooks"
    parts = Path(path).parts
    return parts[1] if len(parts) > 2 and parts[0] == "tests" else "elsewhere"


class KindsReport:
    """Counts tests by kind, and names those that did not run."""

    def __init__(self) -> None:
        self.outcomes: dict[str, str] = {}
        self.reasons: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep the worst of a test's setup, call and teardown."""
        if report.failed:
            self.outcomes[report.nodeid] = "failed"
        elif report.skipped:
            self.outcomes[report.nodeid] = "not run"
            reason = report.longrepr
            self.reasons[report.nodeid] = reason[2] if isinstance(reason, tuple) else str(reason)
        elif report.when == "call":
            self.outcomes.setdefault(report.nodeid, "passed")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table by kind, then every test that did not run and why."""
        if not self.outcomes:
            return
        counts = Counter((kind_of(test), outcome) for test, outcome in self.outcomes.items())
        kinds = {kind for kind, _ in counts}
        write = terminalreporter.write_line
        terminalreporter.section("tests by kind")
        for kind in [*KINDS, *sorted(kinds - set(KINDS))]:
            by = {outcome: counts[kind, outcome] for outcome in ("passed", "failed", "not run")}
            extra = [f"{by[name]} {name}" for name in ("failed", "not run") if by[name]]
            write(f"{kind:<12}{sum(by.values()):>6}  {', '.join(extra)}".rstrip())
        write(f"{'total':<12}{len(self.outcomes):>6}")
        if self.reasons:
            terminalreporter.section("not run")
            for test, reason in sorted(self.reasons.items()):
                write(f"{test}: {reason.removeprefix('Skipped: ')}")


class NotebookCells:
    """Runs saved notebooks the way their outputs were made: charts emit text alone."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> Iterator[None]:
        """Set TANDEM_TEXT_ONLY while nbval starts a kernel, and only then."""
        if item.path.suffix != ".ipynb":
            return (yield)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("TANDEM_TEXT_ONLY", "1")
            without_nbval_coverage(patch, item.config)
            return (yield)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self, item: pytest.Item) -> Iterator[None]:
        """Let nbval stop the kernel as it started it."""
        if item.path.suffix != ".ipynb":
            return (yield)
        with pytest.MonkeyPatch.context() as patch:
            without_nbval_coverage(patch, item.config)
            return (yield)


def without_nbval_coverage(patch: pytest.MonkeyPatch, config: pytest.Config) -> None:
    """Keep nbval from starting a second measurement in a kernel.

    Coverage counts kernels already (`patch = ["subprocess"]` in pyproject.toml); the one that
    nbval starts beside it leaves the kernel without an answer.
    """
    patch.setattr(config.option, "cov_source", None, raising=False)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-baselines` writes tests/baselines/*.yaml instead of comparing with them."""
    parser.addoption("--update-baselines", action="store_true", help="write the baselines anew")


def pytest_configure(config: pytest.Config) -> None:
    """Let the plugins see the notebooks too, which lie outside this folder."""
    config.pluginmanager.register(NotebookCells(), "tandem-notebook-cells")
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(KindsReport(), "tandem-kinds")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long kinds first; mark tests/browser, and skip what the machine has no package for."""
    first = {kind: place for place, kind in enumerate(LONG_FIRST)}
    items.sort(key=lambda item: first.get(kind_of(item.nodeid), len(first)))
    found: dict[str, str | None] = {}
    for item in items:
        if kind_of(item.nodeid) == "browser":
            item.add_marker("browser")
        for marker, (find, thing, package) in SYSTEM_NEEDS.items():
            if item.get_closest_marker(marker) is None:
                continue
            if marker not in found:
                found[marker] = find()
            if found[marker] is None and os.environ.get("CI") != "true":
                reason = f"{thing} not found; install the Debian package {package}"
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In CI a missing system package is a failure."""
    for marker, (find, thing, package) in SYSTEM_NEEDS.items():
        if item.get_closest_marker(marker) is not None and find() is None:
            pytest.fail(f"{thing} not found; install the Debian package {package}", pytrace=False)


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the system's Chromium, for Playwright's `executable_path`."""
    path = find_chromium()
    assert path is not None, "a test that asks for `chromium` stands in tests/browser"
    return path


@pytest.fixture
def baseline(request: pytest.FixtureRequest) -> Callable[[str, Mapping[str, float]], None]:
    """Compare named numbers with tests/baselines/<name>.yaml, or write them.

    `baseline("tiny", {"npv_p50": 1.23})` holds each to 1e-9 relative and the set of names exactly;
    `make baseline` rewrites the file with 12 significant digits.
    """

    def check(name: str, numbers: Mapping[str, float]) -> None:
        path = ROOT / "tests" / "baselines" / f"{name}.yaml"
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style = False
        if request.config.getoption("--update-baselines"):
            rounded = {key: float(f"{float(value):.12g}") for key, value in numbers.items()}
            with path.open("w", encoding="utf-8") as file:
                yaml.dump(rounded, file)
            return
        stored = yaml.load(path.read_text(encoding="utf-8"))
        assert dict(numbers) == pytest.approx(stored, rel=1e-9, abs=1e-12), (
            f"numbers moved from {path.name}; if that is meant: make baseline, and CHANGELOG.md"
        )

    return check
