"""Fit the data sets that lifetimes ships by lifetimes itself; print data and results as JSON.

    .venv-oracle/bin/python tests/oracles/lifetimes_fit.py

Runs in an environment of its own, without tandem. The data sets: the CDNOW sample of 2,357 customers,
without and with what they spent, and the donations of 11,104 supporters.
"""

import json
import sys
import time

from lifetimes import BetaGeoBetaBinomFitter, BetaGeoFitter, GammaGammaFitter
from lifetimes.datasets import (
    load_cdnow_summary,
    load_cdnow_summary_data_with_monetary_value,
    load_donations,
)

REPEATS = 5
WEEKS = 39
SEASONS = 5


def columns(frame, names):
    """Columns as lists of numbers."""
    return {name: frame[name].astype(float).tolist() for name in names}


def errors(fit):
    """Estimates and their standard errors by name."""
    return {
        "values": fit.params_.to_dict(),
        "se": fit.summary["se(coef)"].to_dict(),
    }


def cdnow():
    """BG/NBD on the CDNOW sample, with the least seconds that a fit took."""
    data = load_cdnow_summary()
    known = (data["frequency"], data["recency"], data["T"])
    seconds = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        fit = BetaGeoFitter().fit(*known)
        seconds.append(time.perf_counter() - start)
    coming = fit.conditional_expected_number_of_purchases_up_to_time(WEEKS, *known)
    return {
        "data": columns(data, ("frequency", "recency", "T")),
        "seconds": min(seconds),
        "alive": list(map(float, fit.conditional_probability_alive(*known))),
        "expected": list(map(float, coming)),
        "anybody": float(fit.expected_number_of_purchases_up_to_time(WEEKS)),
        **errors(fit),
    }


def spending():
    """Gamma-gamma on those of the sample who came back."""
    data = load_cdnow_summary_data_with_monetary_value()
    again = data[data["frequency"] > 0]
    fit = GammaGammaFitter().fit(again["frequency"], again["monetary_value"])
    known = (data["frequency"], data["monetary_value"])
    return {
        "data": columns(data, ("frequency", "monetary_value")),
        "expected": list(map(float, fit.conditional_expected_average_profit(*known))),
        **errors(fit),
    }


def donations():
    """BG/BB on the supporters' six yearly occasions."""
    data = load_donations()
    known = (data["frequency"], data["recency"], data["periods"])
    fit = BetaGeoBetaBinomFitter().fit(*known, data["weights"])
    coming = fit.conditional_expected_number_of_purchases_up_to_time(SEASONS, *known)
    return {
        "data": columns(data, ("frequency", "recency", "periods", "weights")),
        "alive": list(map(float, fit.conditional_probability_alive(1, *known))),
        "expected": list(map(float, coming)),
        **errors(fit),
    }


if __name__ == "__main__":
    found = {"cdnow": cdnow(), "spending": spending(), "donations": donations()}
    json.dump(found, sys.stdout)
