"""Published results on risk, regret, sensitivity, information, and sales that pay for salesmen."""

import numpy as np
import pytest
from tests.cases.published import published

from tandem.manpower import risk as manpower_risk
from tandem.model import finance, objectives
from tandem.study.regret import largest_regret, minimax_regret
from tandem.uncertainty.information import (
    gain,
    normal_evpi,
    normal_evsi,
    regressed,
    resolved_share,
    table_evsi,
)
from tandem.uncertainty.sensitivity import Design, sobol
from tandem.uncertainty.surface import normal_scores

DRY, WET, SOAKING = range(3)
DRILL = np.array([-70.0, 50.0, 200.0])
CHANCES = np.array([0.5, 0.3, 0.2])


@pytest.mark.parametrize(
    ("level", "shortfall"), [(0.95, "2.062713"), (0.975, "2.337803"), (0.99, "2.665214")]
)
def test_the_worst_cases_of_a_normal_lie_beyond_two_deviations(level, shortfall):
    """The mean of the worst 5, 2.5 and 1 % of a standard normal.

    Source: Acerbi and Tasche (2002), Journal of Banking and Finance 26(7).
    """
    assert finance.cvar_normal(level) == published(shortfall)


@pytest.mark.parametrize(
    ("level", "shortfall"), [(0.95, "2.062713"), (0.975, "2.337803"), (0.99, "2.665214")]
)
def test_the_mean_of_the_worst_draws_is_that_of_their_distribution(level, shortfall):
    """A hundred thousand even draws of a normal have the published worst-case mean.

    The function is the one that pages, the search for plans and the workforce optimiser call.
    """
    from scipy.special import ndtri

    draws = ndtri((np.arange(100_000) + 0.5) / 100_000)
    assert -finance.cvar(draws, level) == pytest.approx(float(shortfall), abs=2e-4)
    assert manpower_risk.tail_mean(-draws, level) == pytest.approx(-finance.cvar(draws, level))


def test_the_choice_of_least_regret_is_neither_the_boldest_nor_the_safest():
    """Regrets of 30, 80 and 60: the middle way could never be far wrong.

    Source: Savage (1951), Journal of the American Statistical Association 46.
    """
    payoffs = {
        "middle": np.array([50.0, 30.0, -10.0]),
        "bold": np.array([80.0, 20.0, -60.0]),
        "safe": np.array([20.0, 20.0, 20.0]),
    }
    assert largest_regret(payoffs) == {"middle": 30.0, "bold": 80.0, "safe": 60.0}
    assert minimax_regret(payoffs) == "middle"


def test_a_sales_force_paid_from_its_sales_doubles_in_thirteen_months():
    """Forrester's loop alone, with a delivery delay of two months, grows by 5.3 % a month.

    Source: Forrester (1968), Industrial Management Review 9(2).
    """
    loop = objectives.growth_loop_matrix(
        units_per_salesman=400.0,
        revenue_per_unit=12.0,
        cost_per_salesman=2000.0,
        delivery_delay=2.0,
        hiring_delay=20.0,
    )
    growth = objectives.dominant_growth(loop)
    assert growth == published(".05303")
    assert np.log(2.0) / growth == pytest.approx(13.07, abs=0.01)


def test_an_input_without_effect_of_its_own_still_matters_through_another():
    """Ishigami's third input explains nothing alone and a quarter together with the first.

    The two samples are a rank-1 lattice, on which means of smooth periodic functions are nearly
    exact. Source: Ishigami and Homma (1990), IEEE ISUMA 90; exact values by Saltelli et al. (2008).
    """
    rows = 2**16
    generator = np.array([pow(17797, k, rows) for k in range(6)])
    points = ((generator[:, None] * np.arange(rows)) % rows + 0.5) / rows
    design = Design(points[:3], points[3:])

    def ishigami(uniforms):
        x, y, z = np.pi * (2.0 * uniforms - 1.0)
        return np.sin(x) + 7.0 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    mixed = np.array([ishigami(design.mixed(np.array([k]))) for k in range(3)])
    found = sobol(ishigami(design.a), ishigami(design.b), mixed)
    assert found.first[:2].tolist() == [published(".313905"), published(".442411")]
    assert found.first[2] == pytest.approx(0.0, abs=5e-7)
    assert found.total.tolist() == [published(x) for x in (".557589", ".442411", ".243684")]


def test_a_seismic_test_is_worth_less_than_knowing_the_oil():
    """The wildcatter drills for 20, would pay 35 to know, and 12.5 for soundings.

    Source: Raiffa, H. (1968), Decision Analysis.
    """
    payoffs = np.stack([DRILL, np.zeros(3)])
    likelihoods = np.array([[0.6, 0.3, 0.1], [0.3, 0.4, 0.3], [0.1, 0.4, 0.5]])
    assert payoffs @ CHANCES == pytest.approx([20.0, 0.0])
    assert gain(payoffs, CHANCES) == pytest.approx(35.0)
    assert table_evsi(payoffs, CHANCES, likelihoods) == pytest.approx(12.5)


def test_eight_noisy_answers_are_worth_two_thirds_of_the_truth():
    """A normal difference of mean -1 and sd 2: the truth is worth .3956, eight answers .2699.

    The regression that pages use finds the same on even draws. Source: Raiffa and Schlaifer (1961),
    Applied Statistical Decision Theory, chapter 5.
    """
    assert normal_evpi(-1.0, 2.0) == published(".3955931")
    assert normal_evsi(-1.0, 2.0, 8, 4.0) == published(".2699419")
    scores = normal_scores((np.arange(4096) + 0.5) / 4096)[None]
    payoffs = np.stack([-1.0 + 2.0 * scores[0], np.zeros(4096)])
    share = resolved_share(8, 4.0 / 2.0)
    assert regressed(payoffs, scores, np.ones(1)).value == pytest.approx(0.3955931, rel=1e-3)
    assert regressed(payoffs, scores, np.array([share])).value == pytest.approx(0.2699419, rel=1e-3)
