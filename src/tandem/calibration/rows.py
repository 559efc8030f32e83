"""Estimates as rows of the parameter files.

What it answers: the row that says what data measured: median and spread, unit, source.

What it leaves out: which parameter it belongs to (each fit's own `..._rows`), and writing files.

Who may import it: its siblings in `tandem.calibration`.
"""

__all__ = ["lognormal_row", "normal_row"]


def lognormal_row(median: float, log_se: float, unit: str, source: str) -> dict[str, object]:
    """Row of a positive parameter: log-normal with ``median`` and the standard error of its log."""
    return _row("lognormal", median, log_se, unit, source)


def normal_row(mean: float, se: float, unit: str, source: str) -> dict[str, object]:
    """Row of a parameter of either sign: normal with mean and standard error."""
    return _row("normal", mean, se, unit, source)


def _row(shape: str, centre: float, spread: float, unit: str, source: str) -> dict[str, object]:
    return {
        shape: [float(f"{centre:.4g}"), float(f"{spread:.4g}")],
        "unit": unit,
        "evidence": "measured",
        "source": source,
    }
