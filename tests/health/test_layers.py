"""The import rule, read from the source: what import-linter cannot say."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "tandem"
HEAVY = ("numpy", "pandas", "matplotlib", "xarray", "scipy", "pydantic", "papermill")

# The standard library that a law may need: shapes of data and plain mathematics. What is absent
# is the point: no files, no clock, no random numbers, no network, no environment.
MODEL_STDLIB = {
    "__future__",
    "abc",
    "collections",
    "dataclasses",
    "enum",
    "functools",
    "itertools",
    "math",
    "operator",
    "types",
    "typing",
}
MODEL_ALLOWED = {"numpy", "scipy", "tandem.units", "tandem.randomness", "tandem.model"}


def imported(path: Path) -> Iterator[str]:
    """Dotted names that a module imports anywhere, in functions too; relative ones made whole."""
    package = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base]).rstrip(".")
            yield from (f"{base}.{alias.name}" for alias in node.names)


def within(name: str, allowed: set[str]) -> bool:
    """Whether a dotted name is one of the allowed modules or inside one."""
    return any(name == module or name.startswith(f"{module}.") for module in allowed)


def modules(*parts: str) -> list[Path]:
    """Source files of the named modules or packages of tandem, sorted."""
    found: list[Path] = []
    for part in parts:
        single = PACKAGE / f"{part}.py"
        found += [single] if single.exists() else sorted((PACKAGE / part).rglob("*.py"))
    return found


def test_the_model_imports_numpy_scipy_units_randomness_and_nothing_else():
    """A law of the model reads no file, draws no number and plots nothing."""
    files = modules("model")
    refused = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for path in files
        for name in imported(path)
        if not within(name, MODEL_ALLOWED | MODEL_STDLIB)
    ]
    assert len(files) > 1
    assert refused == []


@pytest.mark.parametrize(
    ("package", "layers_below"),
    [
        (
            "matplotlib",
            "units randomness language model assumptions results uncertainty study calibration "
            "manpower",
        ),
        (
            "papermill",
            "units randomness language model assumptions results uncertainty study calibration "
            "manpower charts",
        ),
    ],
)
def test_figures_and_notebook_runs_stay_in_their_layers(package, layers_below):
    """Results can be computed where neither matplotlib nor papermill is installed."""
    below = modules(*layers_below.split())
    assert [path for path in below if any(within(n, {package}) for n in imported(path))] == []
    home = {"matplotlib": "charts", "papermill": "batch"}[package]
    assert any(within(name, {package}) for path in modules(home) for name in imported(path))


def test_importing_tandem_loads_nothing_heavy():
    """`import tandem` is instant: what is heavy comes with the first use."""
    code = f"import json, sys, tandem; print(json.dumps([m for m in {HEAVY} if m in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


def test_the_face_offers_what_it_names():
    """`from tandem import load_study, Study` works, and nothing else is promised."""
    import tandem

    assert dir(tandem) == ["Study", "load_study"]
    assert all(callable(getattr(tandem, name)) for name in tandem.__all__)
    with pytest.raises(AttributeError, match="no attribute 'load_studdy'"):
        _ = tandem.load_studdy
