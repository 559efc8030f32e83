"""Pay plans tried on those who sell: cost, behaviour, bounds."""

import numpy as np
import pytest
from tests.fixtures.tiny_study import REPOSITORY

from tandem import load_study
from tandem.study import Study, plan_design
from tandem.study.plan_design import COMMISSION, Bound, Design, Outcome, Trial

DRAWS = 24
PLANS = ("base_and_bonus", "low_base_high_commission")


@pytest.fixture(scope="module")
def study() -> Study:
    """The launch in lower-tier cities."""
    return load_study("lower-tier-expansion", project=REPOSITORY, draws=DRAWS, seed=3)


@pytest.fixture(scope="module")
def trial(study: Study) -> Trial:
    """Both plans of the files, and those in between."""
    return plan_design.try_plans(study, plans=PLANS)


def test_the_present_plan_stands_first_and_is_the_scenario(study: Study, trial: Trial) -> None:
    """Trying the plan that people are on changes nothing: the same sales in every future."""
    assert (trial.role, trial.place) == ("field_rep", "lower_tier")
    assert trial.own.design == Design("low_base_high_commission")
    assert trial.own.sales == pytest.approx(study.draws_of("sales_2027"))
    assert trial.own.npv == pytest.approx(study.draws_of("npv"))
    assert [one.design for one in trial.outcomes[1:]] == [
        Design("base_and_bonus"),
        *(Design("low_base_high_commission", share) for share in COMMISSION),
    ]


def test_more_commission_sells_more_and_pays_less_equally(trial: Trial) -> None:
    """Each step of commission raises quality and unequal pay; sales rise from none to most of it."""
    mixed = [one for one in trial.outcomes if one.design.commission is not None]
    assert mixed[-1].sales.mean() > mixed[0].sales.mean()
    for name in ("quality", "dispersion"):
        means = [float(getattr(one, name).mean()) for one in mixed]
        assert means == sorted(means) and means[0] < means[-1], name


def test_at_fixed_behaviour_only_the_money_moves(trial: Trial) -> None:
    """What people do about a steep plan costs money on top of what it pays them anyway."""
    own = trial.own
    assert float((own.cost - own.fixed_cost).mean()) > 0.0
    flat = next(one for one in trial.outcomes if one.design.commission == 0.0)
    gap = [float((one.cost - one.fixed_cost).mean()) for one in (own, flat)]
    assert gap[0] > gap[1]


def test_the_best_design_keeps_within_the_bounds(trial: Trial) -> None:
    """A tighter bound never yields more value; one that nobody meets yields none."""
    free = plan_design.best(trial.outcomes, Bound(1e12, 10.0))
    fair = plan_design.best(trial.outcomes, Bound(1e12, 0.3))
    assert free is not None and fair is not None
    assert free.npv.mean() == max(one.npv.mean() for one in trial.outcomes)
    assert fair.dispersion.mean() <= 0.3 and fair.npv.mean() <= free.npv.mean()
    assert plan_design.best(trial.outcomes, Bound(1.0, 10.0)) is None


def test_the_risk_of_overspending_falls_with_the_budget(trial: Trial) -> None:
    """Beyond the budget by a tenth: certain for no money, impossible for plenty."""
    cost = float(trial.own.cost.mean())
    risks = [plan_design.over_budget(trial.own, b) for b in (0.0, 0.8 * cost, cost, 10.0 * cost)]
    assert risks[0] == 1.0 and risks[-1] == 0.0 and risks == sorted(risks, reverse=True)


def test_differences_are_paired(trial: Trial) -> None:
    """Future by future; a design against itself differs in nothing."""
    found = plan_design.differences(trial.own, trial.outcomes[1])
    assert found["sales"].mean == pytest.approx(
        float((trial.own.sales - trial.outcomes[1].sales).mean())
    )
    same = plan_design.differences(trial.own, trial.own)
    assert all(d.mean == 0.0 for d in same.values())


def test_a_plan_that_there_is_not_is_refused(study: Study) -> None:
    """The plans that there are stand in the message."""
    with pytest.raises(ValueError, match="no pay plan 'piecework'; there are: base_and_bonus"):
        plan_design.try_plans(study, plans=["piecework"])


def test_attrition_and_dispersion_are_shares(trial: Trial) -> None:
    """Nothing on the page is not a number."""
    for one in trial.outcomes:
        assert isinstance(one, Outcome)
        for name in ("cost", "fixed_cost", "contribution", "attrition", "dispersion", "both_met"):
            values = getattr(one, name)
            assert values.shape == (DRAWS,) and np.isfinite(values).all(), name
