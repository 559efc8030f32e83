"""Published results on survival: the leukaemia remissions that every textbook works through."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.calibration.leavers import Leavers
from tandem.calibration.lifetimes import weibull_fit
from tandem.calibration.proportional import cox_fit
from tandem.calibration.survival import kaplan_meier, nelson_aalen

# Weeks in remission, Freireich et al. (1963), Blood 21: under 6-MP and under placebo. Here weeks
# stand where months do: no estimate asks for the unit.
RELAPSED = (6, 6, 6, 7, 10, 13, 16, 22, 23)
IN_REMISSION = (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)
PLACEBO = (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)


@pytest.fixture(scope="module")
def treated() -> Leavers:
    """The 21 children under 6-MP."""
    weeks = np.array(RELAPSED + IN_REMISSION, dtype=float)
    left = np.arange(weeks.size) < len(RELAPSED)
    return Leavers(np.zeros(weeks.size), weeks, left, np.empty((weeks.size, 0)))


@pytest.fixture(scope="module")
def trial(treated: Leavers) -> Leavers:
    """All 42 children, with an indicator of placebo."""
    weeks = np.concatenate([treated.tenure, PLACEBO])
    left = np.concatenate([treated.left, np.ones(len(PLACEBO), dtype=bool)])
    placebo = (np.arange(weeks.size) >= treated.tenure.size).astype(float)[:, None]
    return Leavers(np.zeros(weeks.size), weeks, left, placebo, ("placebo",))


def test_remissions_under_treatment_last_as_published(treated):
    """Under 6-MP 45 % are still in remission after 23 weeks, with the published errors.

    Source: Venables and Ripley (2002), Modern applied statistics with S, 4th ed., section 13.1
    (product-limit estimator, Greenwood, log-log interval); estimates also in Kalbfleisch and
    Prentice (2002), section 1.4.
    """
    curve = kaplan_meier(treated)
    assert list(curve.months[1:]) == [6, 7, 10, 13, 16, 22, 23]
    assert list(curve.at_risk[1:]) == [21, 17, 15, 12, 11, 7, 6]
    columns = (
        (curve.survival, ".857 .807 .753 .690 .627 .538 .448"),
        (curve.se, ".0764 .0869 .0963 .1068 .1141 .1282 .1346"),
        (curve.low, ".620 .563 .503 .432 .368 .268 .188"),
        (curve.high, ".952 .923 .889 .849 .805 .747 .680"),
    )
    for values, printed in columns:
        assert list(values[1:]) == [published(number) for number in printed.split()]
    assert curve.median == 23.0


def test_the_hazard_of_relapse_cumulates_as_published(treated):
    """Under 6-MP the cumulated hazard of relapse is .75 after 23 weeks.

    Source: Klein and Moeschberger (2003), Survival analysis, 2nd ed., table 4.2 (variances).
    """
    found = nelson_aalen(treated)
    variances = ".0068 .0103 .0147 .0217 .0299 .0503 .0781"
    assert list(found.se[1:] ** 2) == [published(number) for number in variances.split()]
    assert found.hazard[-1] == published(".7521")


def test_placebo_multiplies_the_hazard_of_relapse_by_nearly_five(trial):
    """Without treatment children relapse at 4.8 times the hazard.

    Source: Venables and Ripley (2002), section 13.3 (Cox, Efron's ties).
    """
    fit = cox_fit(trial)
    assert fit.effects[0] == published("1.57")
    assert fit.se[0] == published(".412")
    assert fit.hazard_ratios[0] == published("4.82")
    assert 2.0 * (fit.log_likelihood - fit.log_likelihood_null) == published("16.4")


def test_weibull_remissions_are_as_published(trial):
    """Placebo shortens remissions to 28 %: log scale 3.516, acceleration -1.267, dispersion .732.

    Source: Venables and Ripley (2002), section 13.2 (accelerated failure times: the effect on the
    log hazard is minus the shape times theirs, the dispersion one over the shape).
    """
    fit = weibull_fit(trial, ["placebo"])
    assert np.log(fit.scale) == published("3.516")
    assert -fit.effects[0] / fit.shape == published("-1.267")
    assert 1.0 / fit.shape == published(".732")
    assert fit.log_likelihood == published("-106.6")
