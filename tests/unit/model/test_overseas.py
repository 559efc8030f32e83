"""A market with a currency of its own, and roles that nobody had in 2026."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.unit.model.company import altered

from tandem.model.simulate import people_in_time, simulate
from tandem.model.types import LINES, Inputs
from tandem.units import month_index

DRAWS = 16
SCENARIO = "overseas-expansion"
LAUNCH = month_index("2027-09")
LOCAL = ("basket", "trade_spend", "media", "reference_media")


@pytest.fixture(scope="module")
def given() -> Inputs:
    """The overseas launch."""
    return inputs(SCENARIO, DRAWS)


def dearer(given: Inputs, factor: float) -> Inputs:
    """The dollar worth ``factor`` times as much: all local money of the market and its people."""
    market = given.structure.markets.index("overseas")
    people = [k for k, place in enumerate(given.structure.place) if place == market]

    def local(old: np.ndarray) -> np.ndarray:
        new = np.array(old)
        new[market] *= factor
        return new

    def paid(old: np.ndarray) -> np.ndarray:
        new = np.array(old)
        new[people] *= factor
        return new

    months = []
    for month in given.months:
        p = altered(month.parameters, "market", exchange=local, **dict.fromkeys(LOCAL, local))
        p = altered(p, "people", pay=paid, market_pay=paid)
        months.append(replace(month, parameters=p))
    central = None if given.central is None else dearer(given.central, factor)
    return replace(given, months=tuple(months), central=central)


def test_a_dearer_dollar_lifts_sales_at_home_and_no_unit_more_is_sold(given: Inputs) -> None:
    """Prices abroad are local: at first the same customers and goods, more yuan; wages abroad too.

    But for a part in a thousand: the company's attainment moves effort at home.
    """
    usual, strong = simulate(given), simulate(dearer(given, 1.1))
    market = given.structure.markets.index("overseas")
    first = slice(LAUNCH, LAUNCH + 2)
    assert strong.market["orders"][first, market] == pytest.approx(
        usual.market["orders"][first, market], rel=2e-3
    )
    assert strong.market["sales"][first, market] == pytest.approx(
        1.1 * usual.market["sales"][first, market], rel=2e-3
    )
    goods = LINES.index("cogs")
    assert strong.ledger[first, goods] == pytest.approx(usual.ledger[first, goods], rel=2e-3)
    abroad = [k for k, place in enumerate(given.structure.place) if place == market]
    heads = usual.position["heads"][LAUNCH, abroad]
    assert (strong.position["heads"][LAUNCH, abroad] == heads).all() and heads.sum() > 0
    assert strong.position["pay_fixed"][LAUNCH, abroad].sum() == pytest.approx(
        1.1 * usual.position["pay_fixed"][LAUNCH, abroad].sum()
    )


def test_a_role_that_nobody_had_in_2026_can_be_planned_and_hired(given: Inputs) -> None:
    """The planned run has everybody on the day of need, some still learning; then HR hires them."""
    assert given.central is not None
    planned = people_in_time(given.central)
    rep = given.structure.positions.index("overseas_rep@overseas")
    assert (planned.position["heads"][LAUNCH, rep] > 0.0).all()
    run = simulate(given)
    assert (run.position["heads"][:3, rep] == 0.0).all()
    assert (run.position["heads"][LAUNCH + 3, rep] > 0.0).all()
    for name, values in run.position.items():
        assert np.isfinite(values).all(), name


def test_a_market_that_is_not_entered_changes_nothing(given: Inputs) -> None:
    """Do-nothing with an overseas market in the files sells nothing there and pays nobody."""
    run = simulate(inputs("do-nothing", DRAWS))
    market = given.structure.markets.index("overseas")
    assert (run.market["sales"][:, market] == 0.0).all()
    assert (run.market["media_spend"][:, market] == 0.0).all()
