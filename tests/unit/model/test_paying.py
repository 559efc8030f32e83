"""What money allows: back-fills, growth, media."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from tests.unit.model.company import altered, base_inputs

from tandem.model import paying
from tandem.model.types import Month


def funded(cash: float, earned: float, ahead: bool = True, growth: float = 10.0, credit=0.0):
    """Shares of back-fill and growth funded, and the factor on next month's media."""
    given = base_inputs()
    finance = altered(
        given.base.parameters,
        "finance",
        credit_limit=lambda old: old * 0 + credit,
        cash_floor=lambda old: old * 0 + 1e6,
        discretionary_share=lambda old: old * 0 + 0.4,
        earnings_share=lambda old: old * 0 + 0.5,
    )
    month: Month = replace(given.base, parameters=finance, hire_ahead=ahead)
    positions, draws = finance.people.heads.shape
    state = SimpleNamespace(
        cash=np.full(draws, cash),
        credit=np.zeros(draws),
        operating_before=np.full((3, draws), earned),
        people=SimpleNamespace(pipeline=np.zeros((12, positions, draws))),
        funding=None,
    )
    heads = np.zeros((positions, draws))
    heads[0] = 1.0
    ctx = SimpleNamespace()
    back, grow = paying.fund(ctx, month, state, heads, growth * heads, np.full(draws, 1e6))
    return float(back[0]), float(grow[0]), float(state.funding[0])


def test_with_money_everything_goes_ahead():
    """Cash above the floor pays for back-fills, growth and media alike."""
    assert funded(cash=1e9, earned=1e7) == (1.0, 1.0, 1.0)


def test_without_money_growth_and_media_stop_first():
    """At the floor nothing is approved, and of media only what is committed goes on."""
    back, grow, media = funded(cash=1e6, earned=0.0)
    assert back == 0.0 and grow == 0.0 and media == pytest.approx(0.6)


def test_the_credit_line_keeps_people_but_does_not_pay_for_growth():
    """Unused credit pays for those who are to be replaced, not for more of them."""
    back, grow, _ = funded(cash=1e6, earned=0.0, credit=1e8)
    assert back == 1.0 and grow == 0.0


def test_losses_ahead_are_kept_back():
    """A company that burns cash keeps three months of it back before it hires."""
    assert funded(cash=1e8, earned=-4e7)[1] == 0.0
    assert funded(cash=1e8, earned=4e7)[1] == 1.0


def test_out_of_earnings_growth_waits_for_profits():
    """Who hires out of earnings hires nobody new after three months of losses, whatever the cash."""
    back, grow, _ = funded(cash=1e9, earned=-1.0, ahead=False)
    assert back == 1.0 and grow == 0.0
    assert funded(cash=1e9, earned=1e8, ahead=False)[1] == 1.0
    assert 0.0 < funded(cash=1e9, earned=2e5, ahead=False)[1] < 1.0
    assert funded(cash=1e9, earned=-1.0, ahead=False, growth=0.0)[1] == 1.0


def test_one_redundancy_costs_more_the_longer_the_service():
    """What is owed rises with tenure, and by the share of dismissals that were unlawful."""
    given = base_inputs()
    p = given.base.parameters
    ctx = SimpleNamespace(structure=given.structure)
    one = np.ones_like(p.people.pay)
    pay = SimpleNamespace(pay=one)
    owed = paying.severance_a_head(ctx, p, pay)
    assert (np.diff(owed, axis=0) > 0.0).all()
    lawful, unlawful = (
        paying.severance_a_head(ctx, altered(p, "workforce", unlawful_share=np.full(2, s)), pay)
        for s in (0.0, 1.0)
    )
    low, high = np.minimum(lawful, unlawful), np.maximum(lawful, unlawful)
    assert (owed >= low - 1e-9).all() and (owed <= high + 1e-9).all()
    usual = p.people.pay < 3.0 * p.finance.local_wage[list(given.structure.city)]
    assert lawful[0][usual] == pytest.approx((1.5 * p.people.pay)[usual])  # half a month and notice
    assert unlawful[0][usual] == pytest.approx(p.people.pay[usual])  # twice half a month
    assert usual.any()
