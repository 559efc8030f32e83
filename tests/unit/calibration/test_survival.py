"""Survival estimates: what they recover, what they do with odd records, when they refuse."""

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from tandem.assumptions.rows import read_row
from tandem.calibration.bands import band_hazards, band_rows
from tandem.calibration.leavers import Leavers, leavers_table
from tandem.calibration.lifetimes import weibull_fit
from tandem.calibration.proportional import cox_fit
from tandem.calibration.survival import kaplan_meier, nelson_aalen
from tandem.model.workforce import BAND_MONTHS

DATA = Path(__file__).resolve().parents[3] / "data"
COVARIATES = ("log_pay_position", "engagement", "role")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """data/make_leavers.py as a module."""
    spec = importlib.util.spec_from_file_location("make_leavers", DATA / "make_leavers.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def people(tenure, left, values=(), names=(), entry=None) -> Leavers:
    """Records from plain sequences."""
    months = np.asarray(tenure, dtype=float)
    return Leavers(
        entry=np.zeros(months.size) if entry is None else np.asarray(entry, dtype=float),
        tenure=months,
        left=np.asarray(left, dtype=bool),
        values=np.asarray(values, dtype=float).reshape(months.size, len(names)),
        names=tuple(names),
    )


def test_the_records_are_what_the_script_writes(script, tmp_path):
    """Whoever runs the script again gets the same records, byte by byte."""
    script.write(tmp_path / "leavers.csv")
    assert (tmp_path / "leavers.csv").read_bytes() == (DATA / "leavers.csv").read_bytes()
    assert tuple(np.cumsum(BAND_MONTHS)) == script.BAND_EDGES


def test_ninety_of_a_hundred_companies_show_their_true_hazards(script):
    """A 95 % interval holds the true hazard of each band, and each effect, nineteen times in twenty.

    Late records included: the service team's begin two years after the first hires.
    """
    hazards = script.HAZARD * np.asarray(script.BAND_RATIO)
    effects = np.array([script.PAY_EFFECT, script.ENGAGEMENT_EFFECT, script.SERVICE_EFFECT])
    wide = norm.ppf(0.975)
    held = []
    for seed in range(1, 101):
        rows = pd.DataFrame(script.people(seed), columns=list(script.COLUMNS))
        records = leavers_table(rows, COVARIATES)
        bands, cox = band_hazards(records, COVARIATES), cox_fit(records)
        held.append(
            np.concatenate(
                [
                    (bands.low <= hazards) & (hazards <= bands.high),
                    np.abs(bands.effects - effects) <= wide * bands.effects_se,
                    (cox.intervals()[:, 0] <= effects) & (effects <= cox.intervals()[:, 1]),
                ]
            )
        )
    counts = np.sum(held, axis=0)
    assert counts.min() >= 90
    assert 93.0 <= counts.mean() <= 97.0


def test_who_ignores_late_records_takes_people_for_more_loyal(script):
    """Counting months before the records begin as observed makes the hazard too low."""
    rows = pd.DataFrame(script.people(script.SEED), columns=list(script.COLUMNS))
    rows = rows[rows["role"] == "service_agent"]
    told, untold = (leavers_table(r) for r in (rows, rows.drop(columns="observed_from")))
    assert band_hazards(untold).hazard[0] < band_hazards(told).hazard[0]
    assert weibull_fit(untold).scale > weibull_fit(told).scale


def test_weibull_lifetimes_give_their_numbers_back():
    """Ten thousand lifetimes of known shape, most found late and some cut off, reveal it."""
    random = np.random.default_rng(11)
    tenure, entry = random.weibull(0.7, 30_000) * 24.0, random.uniform(0.0, 30.0, 30_000)
    seen = tenure > entry
    records = people(np.minimum(tenure, 60.0)[seen], (tenure <= 60.0)[seen], entry=entry[seen])
    fit = weibull_fit(records)
    assert abs(fit.shape - 0.7) < 3.0 * fit.shape_se < 0.05
    assert abs(fit.scale - 24.0) < 3.0 * fit.scale_se < 3.0
    assert fit.survival(fit.scale) == pytest.approx(np.exp(-1.0))


def test_half_have_left_at_the_median():
    """The curve steps down where people leave, and is read between the steps."""
    curve = kaplan_meier(people([2.0, 4.0, 6.0, 8.0], [1, 1, 1, 0]))
    assert (curve.at(0.0), curve.at(3.9), curve.at(4.0)) == pytest.approx((1.0, 0.75, 0.5))
    assert curve.median == 4.0
    assert (curve.low <= curve.survival).all() and (curve.survival <= curve.high).all()
    wider = kaplan_meier(people([2.0, 4.0, 6.0, 8.0], [1, 1, 1, 0]), confidence=0.99)
    assert (wider.low <= curve.low).all() and (wider.high >= curve.high).all()


def test_where_nobody_left_everybody_is_still_here():
    """Without a leaver survival is 1 and the hazard 0, bounded above by what would have shown."""
    records = people([1.0, 2.0, 30.0], [0, 0, 0])
    curve, cumulated, bands = kaplan_meier(records), nelson_aalen(records), band_hazards(records)
    assert (curve.survival.tolist(), curve.se.tolist(), curve.median) == ([1.0], [0.0], None)
    assert cumulated.hazard.tolist() == [0.0]
    assert bands.hazard[:3].tolist() == [0.0, 0.0, 0.0]
    assert bands.high[0] == pytest.approx(-np.log(0.025) / 9.0)  # exp(-9 h) = .025
    assert np.isnan(bands.hazard[3]) and (bands.low[3], bands.high[3]) == (0.0, np.inf)
    assert np.isnan(bands.ratio).all()


def test_where_all_left_at_once_the_curve_falls_to_nothing():
    """Everybody leaving on one day is a defined curve, and no lifetime with a shape."""
    records = people([2.0, 2.0, 2.0], [1, 1, 1])
    curve = kaplan_meier(records)
    assert curve.survival.tolist() == [1.0, 0.0] and curve.high.tolist() == [1.0, 0.0]
    with pytest.raises(ValueError, match="same tenure"):
        weibull_fit(records)


def test_one_hazard_for_all_is_leavers_over_months():
    """In a single band the hazard is leavers over months, and its ratio to the mean is 1."""
    bands = band_hazards(people([3.0, 5.0, 12.0], [1, 0, 1]), widths=())
    assert bands.hazard == pytest.approx([2.0 / 20.0])
    assert bands.se == pytest.approx([np.sqrt(2.0) / 20.0])
    assert (bands.ratio[0], bands.ratio_se[0]) == (pytest.approx(1.0), 0.0)
    both = band_hazards(people([3.0, 5.0, 12.0], [1, 0, 1]), widths=(6.0,))
    assert both.months.tolist() == [14.0, 6.0] and both.leavers.tolist() == [1.0, 1.0]
    assert both.ratio @ both.months / both.months.sum() == pytest.approx(1.0)


def test_ratios_become_rows_of_the_parameter_files():
    """What the records say replaces the judgement: rows that the files' reader takes as they are."""
    table = leavers_table(pd.read_csv(DATA / "leavers.csv"), COVARIATES)
    bands = band_hazards(table, COVARIATES)
    rows = band_rows(bands, "leavers' records 2019 to 2026")
    defaults = {"owner": "people-analytics", "as_of": "2026-09-30"}
    read = [read_row(row, defaults, "1", 0.05, 10.0) for row in rows]
    assert [fault for row in read for fault in row.faults] == []
    assert [row.parameters[0] for row in read] == pytest.approx(bands.ratio.tolist(), rel=1e-3)
    assert {row.texts["evidence"] for row in read} == {"measured"}
    with pytest.raises(ValueError, match="nobody left in tenure band 2, 3, 4"):
        band_rows(band_hazards(people([3.0, 30.0], [1, 0])), "few records")


def test_the_same_people_moved_along_a_scale_have_the_same_effects():
    """Whether engagement is counted from 0 or from 50 changes no effect, only the base hazard."""
    random = np.random.default_rng(3)
    score, tenure = random.normal(size=200), random.exponential(20.0, 200)
    left = random.random(200) < 0.7
    near, far = (people(tenure, left, score + by, ["score"]) for by in (0.0, 50.0))
    for fit in (cox_fit, lambda r: weibull_fit(r, ["score"]), lambda r: band_hazards(r, ["score"])):
        assert fit(near).effects == pytest.approx(fit(far).effects, rel=1e-6)
    shift = np.exp(50.0 * cox_fit(near).effects[0])
    assert cox_fit(far).baseline * shift == pytest.approx(cox_fit(near).baseline, rel=1e-6)
    one, other = weibull_fit(near, ["score"]), weibull_fit(far, ["score"])
    back = 50.0 * one.effects[0] / one.shape
    assert np.log(other.scale) - back == pytest.approx(np.log(one.scale), rel=1e-6)


FITS = (
    cox_fit,
    lambda records: weibull_fit(records, records.names),
    lambda records: band_hazards(records, records.names),
)


@pytest.mark.parametrize("fit", FITS)
def test_effects_that_no_data_can_show_are_refused(fit):
    """A covariate that is constant, doubled, or parts leavers from stayers has no effect to tell."""
    months, left = np.arange(1.0, 41.0), np.arange(40) % 2 == 0
    score = np.sin(np.arange(40.0))
    with pytest.raises(ValueError, match="nothing about one"):
        fit(people(months, left, np.ones(40), ["one"]))
    with pytest.raises(ValueError, match=r"tell apart (a, b|scale|b, a)"):
        fit(people(months, left, np.stack([score, 2.0 * score + 1.0], axis=1), ["a", "b"]))
    with pytest.raises(ValueError, match=r"parted|scale"):
        fit(people(months, left, left, ["parted"]))
    with pytest.raises(ValueError, match="nobody left"):
        fit(people(months, np.zeros(40), score, ["score"]))


@pytest.mark.parametrize("fit", FITS)
def test_a_slip_of_the_pen_overflows_nothing(fit):
    """One score typed a thousand times too large pulls the effect to 0, and breaks no sum."""
    random = np.random.default_rng(8)
    score = random.normal(size=300)
    tenure = random.exponential(20.0 * np.exp(-2.0 * score))
    tenure[0], score[0] = 1e3, 3_000.0
    estimate = fit(people(np.maximum(tenure, 0.01), np.arange(300) > 0, score, ["score"]))
    assert abs(estimate.effects[0]) < 0.2


def test_effects_need_a_covariate():
    """Nothing can be said about what makes people leave when nothing is known of them."""
    with pytest.raises(ValueError, match="no covariate: name one in leavers_table"):
        cox_fit(people([1.0, 2.0], [1, 0]))
