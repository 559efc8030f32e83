import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.study.decision import Futures, paired, recommend

LUCK = np.random.default_rng(11).normal(size=400)


def futures(shift: float, chance: float = 0.5, cash: float = 1.0) -> Futures:
    """Futures with common luck, a constant advantage, and given chances."""
    met = (np.arange(400) < 400 * chance).astype(float)
    kept = (np.arange(400) < 400 * cash).astype(float)
    return Futures(npv=100 + 30 * LUCK + shift, sales_met=met, customers_met=met, cash_kept=kept)


def test_the_highest_expected_value_is_recommended() -> None:
    """Among scenarios within the cash limit the one of highest expected value is chosen."""
    found = recommend({"low": futures(0), "high": futures(5), "mid": futures(2)}, "low")
    assert found.scenario == "high"
    assert [s.scenario for s in found.standings] == ["high", "mid", "low"]
    assert found.to_next is not None and found.to_next.against == "mid"
    assert found.to_next.mean == pytest.approx(3)
    assert found.to_reference is not None and found.to_reference.mean == pytest.approx(5)


def test_common_luck_cancels_in_a_paired_difference() -> None:
    """On the same draws a constant advantage is known exactly, however much luck moves both."""
    gap = paired("a", "b", 30 * LUCK + 1, 30 * LUCK)
    assert gap.low == pytest.approx(1) and gap.high == pytest.approx(1)
    assert gap.clear and gap.p_ahead == 1


def test_the_interval_is_that_of_a_mean() -> None:
    """The interval is mean -+ 1.96 standard errors, and off nought only if the mean is clear."""
    gap = paired("a", "b", LUCK, np.zeros(400))
    half = 1.959964 * LUCK.std(ddof=1) / 20
    assert gap.high - gap.mean == pytest.approx(half)
    assert gap.mean - gap.low == pytest.approx(half)
    assert gap.clear == (abs(LUCK.mean()) > half)


def test_a_scenario_beyond_the_cash_limit_is_not_recommended() -> None:
    """More expected value does not buy a scenario that runs out of cash in 1 future of 10."""
    found = recommend({"rich": futures(50, cash=0.9), "safe": futures(0)}, None)
    assert found.scenario == "safe"
    assert found.beyond_cash == ("rich",)
    assert found.to_next is None and found.to_reference is None


def test_where_none_is_within_the_limit_the_safest_is_taken() -> None:
    """Without an affordable scenario the one that runs out of cash least often is named."""
    found = recommend({"rich": futures(50, cash=0.2), "safer": futures(0, cash=0.6)}, None)
    assert found.scenario == "safer" and not found.chosen.within_cash


def test_a_likelier_scenario_is_named() -> None:
    """The one more likely to hit both targets is said, with the difference of chances."""
    found = recommend({"best": futures(9, chance=0.5), "sure": futures(0, chance=0.7)}, None)
    assert found.scenario == "best"
    assert found.likelier is not None and found.likelier.scenario == "sure"
    assert found.likelier.mean == pytest.approx(0.2)
    assert recommend({"best": futures(9, 0.7), "other": futures(0, 0.5)}, None).likelier is None


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=5))
def test_shares_of_being_best_add_up_to_one(shifts: list[float]) -> None:
    """In each future something is best; equals share it."""
    found = recommend({str(i): futures(shift) for i, shift in enumerate(shifts)}, None)
    assert sum(s.p_best for s in found.standings) == pytest.approx(1)


def test_equal_scenarios_share_being_best() -> None:
    """Two scenarios with the same value in every future are each best half of the time."""
    found = recommend({"a": futures(0), "b": futures(0)}, None)
    assert [s.p_best for s in found.standings] == [0.5, 0.5]


def test_both_targets_means_in_the_same_future() -> None:
    """Both is met only where each is, not by multiplying chances."""
    half = np.array([1.0, 1.0, 0.0, 0.0])
    other = np.array([0.0, 1.0, 1.0, 0.0])
    found = recommend({"a": Futures(half, half, other, np.ones(4))}, None)
    assert (found.chosen.p_sales, found.chosen.p_customers, found.chosen.p_both) == (0.5, 0.5, 0.25)


def test_unpaired_scenarios_are_refused() -> None:
    """Scenarios of different draws cannot be compared future by future."""
    short = Futures(*(np.zeros(3) for _ in range(4)))
    with pytest.raises(ValueError, match="cannot be paired"):
        recommend({"a": futures(0), "b": short}, None)
    with pytest.raises(ValueError, match="no scenario"):
        recommend({}, None)
    with pytest.raises(KeyError):
        recommend({"a": futures(0)}, None).standing("b")
