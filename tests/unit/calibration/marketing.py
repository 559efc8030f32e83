"""The worked example's marketing records and their truth, for the tests of the fits."""

import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd

from tandem.calibration.choice_survey import ChoiceSurvey, choice_table
from tandem.calibration.priors import Prior
from tandem.calibration.weekly import LIFT_COLUMNS, LiftTest, Weekly, lift_tests, weekly_table

DATA = Path(__file__).resolve().parents[3] / "data"
ATTRIBUTES = ("log_price", "brand", "trust", "delivery", "service")
PRIORS = {  # as params/base/brand.yaml has them; effects wide
    "effect": Prior(0.5e6, 1.0),
    "half_life": Prior(3.5, 0.35),
    "half_point": Prior(1.24, 0.3),
    "slope": Prior(1.13, 0.16),
}


@cache
def script() -> ModuleType:
    """data/make_marketing.py as a module."""
    spec = importlib.util.spec_from_file_location("make_marketing", DATA / "make_marketing.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def survey(seed: int) -> ChoiceSurvey:
    """A choice survey of that seed."""
    rows = pd.DataFrame(script().choices(seed), columns=list(script().SURVEY_COLUMNS))
    return choice_table(rows.assign(log_price=rows["log_price"].astype(float)), ATTRIBUTES)


def part_worths(names) -> np.ndarray:
    """The true part-worths against the first level of each text, in the order of names."""
    s = script()
    truth = {"log_price": s.PRICE_EFFECT, "trust": s.TRUST_EFFECT}
    for attribute, levels in (
        ("brand", s.BRANDS),
        ("delivery", s.DELIVERY),
        ("service", s.SERVICE),
    ):
        first = levels[min(levels)]
        truth |= {f"{attribute}={level}": worth - first for level, worth in levels.items()}
    return np.array([truth[name] for name in names])


def weekly(seed: int) -> tuple[Weekly, list[LiftTest]]:
    """Weekly records and lift tests of that seed."""
    names = list(script().REFERENCE)
    rows, tests = script().weekly(seed)
    table = pd.DataFrame(rows, columns=["week", "sales", "promotion", *names])
    experiments = lift_tests(pd.DataFrame(tests, columns=list(LIFT_COLUMNS)), names)
    return weekly_table(table, names, ["promotion"]), experiments


def reference() -> np.ndarray:
    """Reference spend a week, (touchpoint,)."""
    return np.array(list(script().REFERENCE.values()))


def responses() -> np.ndarray:
    """The true effect, half-life, half-point and slope, (touchpoint, 4)."""
    s = script()
    return np.array([[e, s.HALF_LIFE, s.HALF_POINT, s.SLOPE] for e in s.EFFECT.values()])
