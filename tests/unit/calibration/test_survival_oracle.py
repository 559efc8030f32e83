"""The estimates against lifelines, which runs in an environment of its own."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tandem.calibration.bands import band_hazards
from tandem.calibration.leavers import Leavers, leavers_table
from tandem.calibration.lifetimes import weibull_fit
from tandem.calibration.proportional import cox_fit
from tandem.calibration.survival import kaplan_meier, nelson_aalen

ROOT = Path(__file__).resolve().parents[3]
ORACLE = ROOT / ".venv-oracle" / "bin" / "python"
COVARIATES = ("log_pay_position", "engagement", "role")


@pytest.fixture(scope="module")
def oracle() -> dict:
    """What lifelines finds in data/leavers.csv."""
    if not ORACLE.exists():
        pytest.fail(
            "no environment to check the estimates against; make it with "
            "`requirements/install.sh .venv-oracle oracle`, as `make test` does",
            pytrace=False,
        )
    script = ROOT / "tests" / "oracles" / "lifelines_fit.py"
    done = subprocess.run(
        [ORACLE, script, ROOT / "data" / "leavers.csv"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def records() -> Leavers:
    """The records of data/leavers.csv."""
    return leavers_table(pd.read_csv(ROOT / "data" / "leavers.csv"), COVARIATES)


def steps(months, values, at) -> np.ndarray:
    """A step function at given months, a billionth of a month on: tenures are sums of floats."""
    where = np.searchsorted(np.asarray(months), np.asarray(at) + 1e-9, side="right") - 1
    return np.asarray(values)[where]


def test_the_curve_of_those_still_here_agrees(oracle, records):
    """Whoever computes it, the same share is still here after each month, equally surely."""
    curve, theirs = kaplan_meier(records), oracle["curves"]
    for name, values in (("survival", curve.survival), ("low", curve.low), ("high", curve.high)):
        other = steps(theirs["months"], theirs[name], curve.months[1:])
        assert values[1:] == pytest.approx(other, rel=1e-7)
    cumulated = nelson_aalen(records)
    other = steps(theirs["hazard_months"], theirs["hazard"], cumulated.months)
    assert cumulated.hazard == pytest.approx(other, rel=1e-7)


def test_lifetimes_with_a_form_agree(oracle, records):
    """Shape, scale, each band's hazard, and their errors, are those of another implementation."""
    theirs = oracle["lifetimes"]
    fit = weibull_fit(records)
    for name in ("shape", "scale", "shape_se", "scale_se", "log_likelihood"):
        assert getattr(fit, name) == pytest.approx(theirs[name], rel=1e-5), name
    bands = band_hazards(records)
    months = np.asarray(theirs["band_months"])
    assert bands.hazard == pytest.approx(1.0 / months, rel=1e-4)
    assert bands.se / bands.hazard == pytest.approx(theirs["band_months_se"] / months, rel=1e-4)


def test_lifetimes_with_effects_agree(oracle, records):
    """Effects on Weibull lifetimes are the same, whether on the hazard or as accelerations."""
    theirs = oracle["lifetimes"]
    fit = weibull_fit(records, COVARIATES)
    assert -fit.effects / fit.shape == pytest.approx(theirs["accelerations"], rel=1e-4)
    assert np.log(fit.scale) == pytest.approx(theirs["log_scale"], rel=1e-4)
    assert np.log(fit.shape) == pytest.approx(theirs["log_shape"], rel=1e-4)
    assert fit.shape_se / fit.shape == pytest.approx(theirs["log_shape_se"], rel=1e-4)
    assert fit.log_likelihood == pytest.approx(theirs["regression_log_likelihood"], rel=1e-7)


def test_what_makes_people_leave_agrees(oracle, records):
    """Effects of pay, engagement and role, their errors and the baseline are the same."""
    theirs = oracle["cox"]
    fit = cox_fit(records)
    assert fit.names == ("log_pay_position", "engagement", "role=service_agent")
    assert fit.effects == pytest.approx(theirs["effects"], rel=1e-5)
    assert fit.se == pytest.approx(theirs["effects_se"], rel=1e-5)
    assert fit.log_likelihood == pytest.approx(theirs["log_likelihood"], rel=1e-8)
    whole = records.entry == 0  # lifelines' baseline has no late entry
    from_hire = cox_fit(
        Leavers(
            records.entry[whole],
            records.tenure[whole],
            records.left[whole],
            records.values[whole],
            records.names,
        )
    )
    baseline = steps(theirs["months"], theirs["baseline"], from_hire.months)
    assert from_hire.baseline == pytest.approx(baseline, rel=1e-5)
