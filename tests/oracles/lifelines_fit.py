"""Fit leavers' records by lifelines and print the results as JSON.

    .venv-oracle/bin/python tests/oracles/lifelines_fit.py data/leavers.csv

Runs in an environment of its own, without tandem: dates become tenures here a second time.
"""

import json
import sys

import numpy as np
import pandas as pd
from lifelines import (
    CoxPHFitter,
    KaplanMeierFitter,
    NelsonAalenFitter,
    PiecewiseExponentialFitter,
    WeibullAFTFitter,
    WeibullFitter,
)

DAY = 12 / 365  # months
EFFECTS = ["log_pay_position", "engagement", "service"]
BAND_EDGES = [6, 24, 60]


def tenures(path: str) -> pd.DataFrame:
    """Entry and tenure in months, whether it ended, and the covariates."""
    dates = ["start", "end", "observed_from", "observed_until"]
    records = pd.read_csv(path, parse_dates=dates)
    left = records["end"].notna() & (records["end"] <= records["observed_until"])
    last = records["end"].where(left, records["observed_until"])
    entry = (records["observed_from"] - records["start"]).dt.days.fillna(0).clip(lower=0)
    return pd.DataFrame(
        {
            "entry": entry * DAY,
            "tenure": ((last - records["start"]).dt.days + 1) * DAY,
            "left": left.astype(int),
            "log_pay_position": records["log_pay_position"],
            "engagement": records["engagement"],
            "service": (records["role"] == "service_agent").astype(float),
        }
    )


def curves(people: pd.DataFrame) -> dict:
    """Kaplan-Meier with its interval and Nelson-Aalen.

    Some risk sets of lifelines hold those who enter at the very time of a leaving, who here join
    after it: half a day more says so.
    """
    entry = people["entry"] + (people["entry"] > 0) * DAY / 2
    known = {"durations": people["tenure"], "event_observed": people["left"], "entry": entry}
    meier = KaplanMeierFitter().fit(**known)
    aalen = NelsonAalenFitter(nelson_aalen_smoothing=False).fit(**known)
    return {
        "months": list(meier.survival_function_.index),
        "survival": list(meier.survival_function_.iloc[:, 0]),
        "low": list(meier.confidence_interval_.iloc[:, 0]),
        "high": list(meier.confidence_interval_.iloc[:, 1]),
        "hazard_months": list(aalen.cumulative_hazard_.index),
        "hazard": list(aalen.cumulative_hazard_.iloc[:, 0]),
    }


def lifetimes(people: pd.DataFrame) -> dict:
    """Weibull lifetimes with and without covariates, and a hazard a band."""
    known = {
        "durations": people["tenure"],
        "event_observed": people["left"],
        "entry": people["entry"],
    }
    alone = WeibullFitter().fit(**known)
    bands = PiecewiseExponentialFitter(BAND_EDGES).fit(**known)
    regression = WeibullAFTFitter().fit(people, "tenure", "left", entry_col="entry")
    scales = regression.params_["lambda_"]
    return {
        "shape": alone.rho_,
        "scale": alone.lambda_,
        "shape_se": alone.summary.loc["rho_", "se(coef)"],
        "scale_se": alone.summary.loc["lambda_", "se(coef)"],
        "log_likelihood": alone.log_likelihood_,
        "band_months": list(bands.summary["coef"]),
        "band_months_se": list(bands.summary["se(coef)"]),
        "accelerations": [scales[name] for name in EFFECTS],
        "log_scale": scales["Intercept"],
        "log_shape": regression.params_["rho_"]["Intercept"],
        "log_shape_se": regression.standard_errors_["rho_"]["Intercept"],
        "regression_log_likelihood": regression.log_likelihood_,
    }


def effects(people: pd.DataFrame) -> dict:
    """Proportional hazards with Efron's ties, and the baseline at covariates 0.

    The baseline of lifelines counts people before they enter, so it is that of another fit, to
    those who are observed from their hire on.
    """
    cox = CoxPHFitter().fit(people, "tenure", "left", entry_col="entry")
    whole = people[people["entry"] == 0].drop(columns="entry")
    from_hire = CoxPHFitter().fit(whole, "tenure", "left")
    back = np.exp(-(from_hire.params_[EFFECTS] * whole[EFFECTS].mean()).sum())
    baseline = from_hire.baseline_cumulative_hazard_.iloc[:, 0]
    return {
        "effects": list(cox.params_[EFFECTS]),
        "effects_se": list(cox.standard_errors_[EFFECTS]),
        "log_likelihood": cox.log_likelihood_,
        "months": list(baseline.index),
        "baseline": list(baseline * back),
    }


if __name__ == "__main__":
    records = tenures(sys.argv[1])
    found = {
        "curves": curves(records),
        "lifetimes": lifetimes(records),
        "cox": effects(records),
    }
    json.dump(found, sys.stdout)
