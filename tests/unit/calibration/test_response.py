"""Response curves: what weekly records and lift tests show of them, and what is refused."""

import numpy as np
import pandas as pd
import pytest
from tests.unit.calibration.marketing import PRIORS, reference, responses, script, weekly

from tandem.assumptions.rows import read_row
from tandem.calibration.priors import Prior, prior_of
from tandem.calibration.response import fit_response, response_rows
from tandem.calibration.response_model import Layout, carried_over, terms_of
from tandem.calibration.weekly import LIFT_COLUMNS, lift_tests, weekly_table
from tandem.model.brand import retention_from_half_life
from tandem.units import WEEKS_PER_MONTH

DATES = [str(d.date()) for d in pd.date_range("2026-01-05", periods=6, freq="7D")]


def table(**changes) -> pd.DataFrame:
    """Six weeks of one touchpoint."""
    plain = {"week": DATES, "sales": [10.0, 12, 11, 13, 12, 14], "ads": [1.0, 2, 0, 3, 1, 2]}
    return pd.DataFrame(plain | changes)


def test_ninety_of_a_hundred_histories_show_the_true_response():
    """With lift tests a 95 % interval holds each true number, curve and marginal return.

    Without them, though they hold as often, effects of the tested touchpoints are known twice as
    badly at least: campaigns move all touchpoints together, so weeks alone cannot part them.
    """
    truth, ref = responses(), reference()
    level = 1.0 / (1.0 + truth[:, 2] ** truth[:, 3])
    curve, margin = truth[:, 0] * level, truth[:, 0] * truth[:, 3] * level * (1.0 - level) / ref
    held, drawn, widths = [], [], []
    for seed in range(1, 101):
        records, tests = weekly(seed)
        fit = fit_response(records, PRIORS, tests, ref)
        ends = fit.intervals()
        held.append((ends[..., 0] <= truth) & (truth <= ends[..., 1]))
        bands = [
            (fit.curve(n, ref[[j]]), fit.marginal(n, ref[[j]]))
            for j, n in enumerate(fit.touchpoints)
        ]
        drawn.append(
            [
                (c[0, 0] <= curve[j] <= c[2, 0], m[0, 0] <= margin[j] <= m[2, 0])
                for j, (c, m) in enumerate(bands)
            ]
        )
        if seed <= 20:
            bare = fit_response(records, PRIORS, (), ref)
            tested = [fit.touchpoints.index(test.touchpoint) for test in tests]
            widths.append(bare.log_se[tested, 0] / fit.log_se[tested, 0])
    assert np.sum(held, axis=0).min() >= 90
    assert np.sum(drawn, axis=0).min() >= 90
    assert np.median(widths) > 2.0


def test_touchpoints_of_their_own_shape_are_fitted_too():
    """Where each touchpoint has its own carry-over and saturation, the numbers are held as well."""
    truth = responses()
    held = []
    for seed in range(1, 21):
        records, tests = weekly(seed)
        ends = fit_response(records, PRIORS, tests, reference(), shared=False).intervals()
        held.append((ends[..., 0] <= truth) & (truth <= ends[..., 1]))
    assert np.sum(held, axis=0).min() >= 16  # fewer in 20 has a chance of 3 in 1000 at 95 %


def test_the_slopes_are_those_of_the_model():
    """Slopes by hand agree with differences, for weeks and for lift tests, with weeks of no spend."""
    records, tests = weekly(2)
    for shared in (True, False):
        layout = Layout.of(4, shared, float(records.sales.mean()))
        terms = terms_of(records, reference(), layout, tests)
        logs = np.linspace(-0.5, 0.6, layout.count)
        for part in (terms.media, terms.lifts):
            slopes, step = part(logs)[1], 1e-6
            for k in range(logs.size):
                up, down = logs.copy(), logs.copy()
                up[k], down[k] = up[k] + step, down[k] - step
                assert slopes[:, k] == pytest.approx(
                    (part(up)[0] - part(down)[0]) / (2.0 * step), rel=1e-5, abs=1e-8
                )


def test_carry_over_by_week_is_that_of_the_month():
    """After a month of weeks as much of a stock is left as the simulation's monthly retention says."""
    weekly_kept = 0.5 ** (1.0 / 3.0)
    left = carried_over(np.zeros(52), weekly_kept, 1.0)[0]
    monthly = float(retention_from_half_life(np.array(3.0)))
    assert monthly == pytest.approx(weekly_kept**WEEKS_PER_MONTH)
    assert left[-1] == pytest.approx(monthly**12)
    assert carried_over(np.full(5, 2.0), weekly_kept, 2.0)[0] == pytest.approx(np.full(5, 2.0))


def test_curve_and_return_fit_together():
    """The marginal return is the curve's slope; more spend brings more, and the band holds the curve."""
    records, tests = weekly(3)
    fit = fit_response(records, PRIORS, tests, reference())
    spend = np.linspace(2e4, 6e5, 40)
    low, middle, high = fit.curve("search_ads", spend)
    assert (low < middle).all() and (middle < high).all() and (np.diff(middle) > 0).all()
    near = fit.curve("search_ads", np.array([1e5 - 1.0, 1e5 + 1.0]))[1]
    assert fit.marginal("search_ads", np.array([1e5]))[1, 0] == pytest.approx(
        (near[1] - near[0]) / 2.0, rel=1e-5
    )
    assert abs(np.corrcoef(fit.fitted, records.sales)[0, 1]) > 0.8
    assert fit.noise_sd == pytest.approx(script().NOISE_SD * script().BASE_SALES, rel=0.2)


def test_what_the_data_do_not_say_is_the_prior():
    """With hardly any spend the intervals are those of the prior, neither narrower nor wider."""
    records, _tests = weekly(1)
    faint = type(records)(
        records.week, records.sales, records.spend * 1e-9, records.touchpoints, records.controls,
        records.control_names,
    )  # fmt: skip
    fit = fit_response(faint, PRIORS, (), reference())
    assert fit.values[0] == pytest.approx([PRIORS[k].median for k in PRIORS], rel=0.02)
    assert fit.log_se[0] == pytest.approx([PRIORS[k].log_sd for k in PRIORS], rel=0.02)


def test_estimates_become_rows_of_the_parameter_files():
    """Half-life, half-point and slope replace the judgements of brand.yaml."""
    records, tests = weekly(4)
    rows = response_rows(fit_response(records, PRIORS, tests, reference()), "weekly records")
    defaults = {"owner": "brand", "as_of": "2026-09-30"}
    for path, unit in (
        ("brand.half_life", "week"),
        ("brand.hill_half", "1"),
        ("brand.hill_slope", "1"),
    ):
        read = read_row(rows[path], defaults, unit, 0.01, 60.0)
        assert read.faults == [] and read.texts["evidence"] == "measured"
    own = fit_response(records, PRIORS, tests, reference(), shared=False)
    with pytest.raises(ValueError, match="shared=True"):
        response_rows(own, "weekly records")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ads": [1.0, -2, 0, 3, 1, 2]}, "row 3: ads -2 is negative spend"),
        ({"sales": [10.0, 12, np.nan, 13, 12, 14]}, "row 4: sales nan is no finite number"),
        ({"sales": [10.0, 12, np.inf, 13, 12, 14]}, "row 4: sales inf is no finite number"),
        (
            {"week": [*DATES[:2], *DATES[3:], "2026-02-16"]},
            "row 4: week 2026-01-26 follows 2026-01-12",
        ),
        ({"week": [DATES[0], *DATES[:5]]}, "2026-01-12 is due"),
        ({"week": ["5 Jan", *DATES[1:]]}, "row 2: week '5 Jan' is no date"),
        ({"ads": [0.0] * 6}, "ads: no spend in any week"),
    ],
)
def test_weeks_that_cannot_be_used_are_refused_by_row(changes, reason):
    """Negative spend, a week that lacks or comes twice, sales without a number: each with its row."""
    with pytest.raises(ValueError, match="weekly records:") as refused:
        weekly_table(table(**changes), ["ads"])
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("test", "reason"),
    [
        (("add", 4, 10.0, 5.0, 3.0, 1.0), "no touchpoint 'add'; did you mean 'ads'"),
        (("ads", 1.5, 10.0, 5.0, 3.0, 1.0), "weeks 1.5 is no whole number"),
        (("ads", 4, 10.0, -15.0, 3.0, 1.0), "spend 10 changed by -15 would be negative"),
        (("ads", 4, 10.0, 0.0, 3.0, 1.0), "nothing was tested"),
        (("ads", 4, 10.0, 5.0, 3.0, 0.0), "standard_error 0 must be above 0"),
        (("ads", 4, 10.0, 5.0, np.nan, 1.0), "incremental_sales nan is no finite number"),
    ],
)
def test_experiments_that_cannot_be_are_refused_by_row(test, reason):
    """A lift test names its touchpoint, whole weeks, a change of spend and its error."""
    with pytest.raises(ValueError, match="lift tests:") as refused:
        lift_tests(pd.DataFrame([test], columns=list(LIFT_COLUMNS)), ["ads"])
    assert reason in str(refused.value)


def test_fits_without_enough_to_go_by_are_refused():
    """Missing columns, priors and weeks are named."""
    with pytest.raises(ValueError, match="no column 'tv'"):
        weekly_table(table(), ["tv"])
    with pytest.raises(ValueError, match="at least one touchpoint"):
        weekly_table(table(), [])
    short = weekly_table(table(), ["ads"])
    with pytest.raises(ValueError, match="10 numbers are estimated from 6 weeks"):
        fit_response(short, PRIORS)
    with pytest.raises(ValueError, match="no prior of slope"):
        fit_response(short, {k: v for k, v in PRIORS.items() if k != "slope"})
    with pytest.raises(ValueError, match="ads: no prior of slope with a median and a spread"):
        fit_response(short, PRIORS | {"slope": {"tv": Prior(1.0, 0.1)}})
    with pytest.raises(ValueError, match="reference spend above 0"):
        fit_response(short, PRIORS, (), np.zeros(1))


def test_a_prior_keeps_an_assumptions_median_and_range():
    """The log-normal prior has the assumption's median, and its 80 % range as wide."""

    class Assumed:
        path, p10, p90, median = "brand.half_life", 2.0, 4.5, 3.2

    prior = prior_of(Assumed())
    assert prior.median == 3.2
    assert np.exp(2 * 1.2815515655 * prior.log_sd) == pytest.approx(4.5 / 2.0)
    Assumed.p10 = 0.0
    with pytest.raises(ValueError, match="no range of a positive number"):
        prior_of(Assumed())
