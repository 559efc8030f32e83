"""Edges of the laws of demand, service and the budget."""

import numpy as np
import pytest

from tandem.model import capacity, funnel, market, mix


def test_where_few_imitate_adoption_is_fastest_at_once():
    """A category that spreads by advertising alone has no peak to wait for."""
    assert market.bass_peak_time(0.1, 0.05) == 0.0


def test_an_old_category_gains_nobody_and_breaks_nothing():
    """After a century of fast diffusion nobody is left, and that is a number."""
    terms = (np.array([value]) for value in (1e6, 1e6, 100.0, 100.1, 0.2, 1.5))
    assert market.bass_adopters(*terms) == 0.0


def test_a_lone_brand_against_equals_gets_its_share():
    """Equal utilities share equally among all who are considered."""
    assert market.choice_share(np.zeros((1, 1)), np.zeros((1, 3, 1))) == pytest.approx(0.25)


def test_an_overloaded_desk_is_refused():
    """More work than agents can do has no steady wait."""
    with pytest.raises(ValueError, match="more than 5 agents"):
        funnel.erlang_c(5.0, 1.0, 5)


def test_nobody_waiting_and_nobody_serving_is_nobody_served():
    """Nothing from nothing."""
    assert funnel.served(np.zeros(1), np.zeros(1)) == 0.0
    assert funnel.served(np.ones(1), np.zeros(1)) == 0.0


def test_unattended_outlets_are_lost_and_not_more_than_all():
    """With nobody to look after them, outlets go almost at once; none is lost that is not there."""
    none = np.zeros(1)
    after, opened, lost = capacity.coverage_next(
        np.array([0.4]), none, none, np.array([0.03]), none
    )
    assert opened == 0.0 and lost == pytest.approx([0.4]) and after == pytest.approx([0.0])


def test_work_without_a_norm_of_2026_is_no_load():
    """Where nobody did such work in 2026, or there was none to do, load is that of 2026."""
    one, none = np.ones(1), np.zeros(1)
    assert capacity.relative_load(one, one, one, none) == 1.0
    assert capacity.relative_load(one, one, none, one) == 1.0
    assert capacity.relative_load(one, none, one, one) == 1e3
    assert capacity.relative_load(none, none, one, one) == 0.0


@pytest.mark.parametrize(
    ("scale", "exponent", "total"),
    [((1.0, 2.0), (0.5, 1.0), 10.0), ((1.0, 2.0), (0.5, 0.4), 0.0), ((0.0, 2.0), (0.5, 0.4), 1.0)],
)
def test_a_budget_is_split_only_where_returns_diminish(scale, exponent, total):
    """Without diminishing returns everything would go to one touchpoint; without money nothing."""
    with pytest.raises(ValueError, match="exponents between 0 and 1"):
        mix.budget_mix(np.array(scale), np.array(exponent), total)


def test_a_single_touchpoint_gets_all():
    """There is nothing to weigh."""
    assert mix.budget_mix(np.array([3.0]), np.array([0.4]), 80.0) == pytest.approx([80.0])
