"""The funnel's stages in the assembled model: they multiply to what is simulated, and their mix acts."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from tests.fixtures.simulations import inputs
from tests.unit.model.company import altered, base_inputs

from tandem.model.anchor import AnchorError, anchor, conversion, organic, qualified_2026
from tandem.model.qualifying import people_by_stage
from tandem.model.simulate import simulate
from tandem.model.types import Trajectory

DRAWS = 12
SCENARIO = "lower-tier-expansion"


@cache
def run() -> Trajectory:
    """A launch, in which markets' mixes of touchpoints differ."""
    return simulate(inputs(SCENARIO, DRAWS))


def test_no_stage_is_larger_than_the_one_before():
    """Reached, clicked, left a lead, in the market: people only leave, by market and touchpoint."""
    stages = (
        run().reached_by_source,
        run().clicks_by_source,
        run().leads_by_source,
        run().qualified_by_source,
    )
    for one, next_one in pairwise(stages):
        assert (next_one <= one * (1 + 1e-9) + 1e-9).all()
    assert stages[2].sum(axis=2) == pytest.approx(run().market["leads"])


def test_a_touchpoint_by_itself_is_the_product_of_its_stages():
    """Without overlap leads are people reached x click x leads of a click, as the simulation has them."""
    p = base_inputs().base.parameters
    alone = np.zeros_like(p.market.media_mix)
    alone[:, 1] = 0.3
    quiet = altered(p, "brand", organic_conversion=p.brand.organic_conversion * 1e-9)
    know_us = np.full_like(p.market.media, 1e5)
    leads = know_us * conversion(p)[1] * alone[:, 1]
    none = np.zeros_like(leads)
    stages = people_by_stage(quiet, know_us, alone, leads, organic(quiet), none)
    of_a_click = conversion(p)[1] / p.brand.click[1]
    assert stages.leads[:, 2] == pytest.approx(stages.clicks[:, 2] * of_a_click)
    assert stages.clicks[:, 2] == pytest.approx(stages.reached[:, 2] * p.brand.click[1])
    assert stages.qualified[:, 2] == pytest.approx(stages.leads[:, 2] * p.brand.qualified[1])


def test_fewer_qualified_leads_win_fewer_customers():
    """A touchpoint whose leads turn out worse than in 2026: as many leads, fewer customers; as good: none."""
    given = inputs("do-nothing", DRAWS, growth=False, whole_people=False)
    worse = [
        altered(month.parameters, "brand", qualified=month.parameters.brand.qualified * 0.5)
        for month in given.months
    ]
    months = tuple(replace(m, parameters=p) for m, p in zip(given.months, worse, strict=True))
    usual, poorer = simulate(given), simulate(replace(given, months=months))
    here = list(given.structure.existing)
    assert (poorer.market["win_rate"][1:, here] < usual.market["win_rate"][1:, here]).all()
    assert poorer.market["leads"][0] == pytest.approx(usual.market["leads"][0])
    share = usual.qualified_by_source.sum(axis=2) / np.maximum(usual.market["leads"], 1e-9)
    expected = qualified_2026(given.structure, given.base.parameters)
    assert share[0][here] == pytest.approx(expected[here], rel=1e-2)


def test_more_buyers_than_qualified_leads_in_2026_are_refused():
    """2026 cannot have won more of those served than were in the market: said with the row to change."""
    given = base_inputs()
    base = altered(
        given.base.parameters,
        "brand",
        organic_qualified=np.full(2, 0.1),
        qualified=given.base.parameters.brand.qualified * 0.1,
    )
    with pytest.raises(AnchorError, match=r"brand.organic_qualified: .* bought in 2026"):
        anchor(given.structure, base, given.central.base.parameters)
