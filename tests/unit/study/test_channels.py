"""What a hire takes through each channel, as a scenario has it."""

from dataclasses import replace

import numpy as np
import pytest
from tests.fixtures.simulations import SEED, drawn
from tests.fixtures.tiny_study import tiny_study
from tests.unit.model.company import altered

from tandem import load_study
from tandem.assumptions.drawing import draw
from tandem.assumptions.inputs import model_inputs
from tandem.model.hiring import open_channels
from tandem.study.channels import ChannelTerms, channel_terms, fill_days, met, usual
from tandem.units import month_index

MONTH = month_index("2027-02")


def terms(scenario: str, stretch: float = 1.0) -> dict[str, ChannelTerms]:
    """Terms of every channel in February 2027."""
    inputs = model_inputs(drawn(scenario, 24), SEED)
    return {one.channel: one for one in channel_terms(inputs, usual(inputs, MONTH, stretch))}


def test_a_tight_labour_market_takes_more_candidates_and_days() -> None:
    """More offers are declined, so more candidates are sought, and sourcing takes longer."""
    inputs = model_inputs(drawn("lower-tier-expansion", 24), SEED)
    months = tuple(
        replace(month, parameters=altered(month.parameters, "hiring", tightness=lambda x: x + 0.5))
        for month in inputs.months
    )
    scarce = replace(inputs, months=months)
    before, tight = (channel_terms(given, usual(given, MONTH)) for given in (inputs, scarce))
    for one, other in zip(before, tight, strict=True):
        assert other.accepted < one.accepted and other.candidates > one.candidates
        if one.days is not None and other.days is not None:
            assert other.days > one.days


def test_the_terms_are_those_of_the_scenario() -> None:
    """Candidates are scarce and interviewers lower the bar: fewer accept, more pass."""
    calm = terms("lower-tier-expansion")
    tight = terms("lower-tier-expansion-tight-labour-market")
    for name, one in calm.items():
        assert tight[name].accepted < one.accepted
        passing = [1.0 / (t.candidates * t.accepted) for t in (tight[name], one)]
        assert passing[0] > passing[1]


def test_busy_recruiters_stretch_all_but_the_notice_period() -> None:
    """Twice the recruiting time is less than twice the days: notice is the candidate's own."""
    calm, busy = terms("do-nothing"), terms("do-nothing", 2.0)
    for name, one in calm.items():
        if one.days is not None and (other := busy[name].days) is not None:
            assert one.days < other < 2.0 * one.days


def test_a_fast_track_is_shown_where_there_is_one() -> None:
    """Its days are fewer; the campus has neither, its hires start in July."""
    fast, slow = terms("lower-tier-fast-track"), terms("lower-tier-two-months")
    social = fast["social"]
    assert social.fast_days is not None and social.days is not None
    assert social.fast_days < social.days
    assert slow["social"].fast_days is None
    assert fast["campus"].days is None and fast["campus"].fast_days is None


def test_candidates_and_offers_are_those_of_the_simulation() -> None:
    """Acceptance in 2026's labour market is the assumption itself, shifted by channel."""
    values = drawn("do-nothing", 24)
    inputs = model_inputs(values, SEED)
    found = terms("do-nothing")["headhunter"]
    h = inputs.structure.channels.index("headhunter")
    p = inputs.months[MONTH].parameters.hiring
    odds = np.log(p.acceptance / (1.0 - p.acceptance)) + p.acceptance_shift[h]
    assert found.accepted == pytest.approx(float(np.mean(1.0 / (1.0 + np.exp(-odds)))))
    assert found.fee == pytest.approx(float(p.fee[h].mean()))


@pytest.mark.parametrize("fast", ["0", "1"])
def test_the_days_of_a_channel_are_those_that_the_simulation_records(tmp_path, fast) -> None:
    """Spring festival, lenders' capacity, applicants drawn by pay: the mix of channels comes out."""
    study = load_study(
        "lower-tier-expansion",
        project=tiny_study(tmp_path),
        draws=48,
        overrides=[f"hiring.fast_track={fast}"],
    )
    inputs = model_inputs(draw(study.assumptions, 48, study.seed), study.seed)
    k = inputs.structure.positions.index("field_rep@lower_tier")
    for month in (1, 3, 4):
        people = inputs.months[month].parameters.people
        mix = open_channels(people.sources[:, k : k + 1], inputs.structure.campus, month + 9)
        at, found = met(study, month, k), 0.0
        for h, campus in enumerate(inputs.structure.campus):
            if not campus:
                found = found + mix[h, 0] * fill_days(inputs, at, h, people.fill_factor[k])[0]
        outside = mix[[h for h, c in enumerate(inputs.structure.campus) if not c], 0].sum(axis=0)
        recorded = study.results["days_to_fill"].isel(month=month, position=k).values
        assert np.median(found / outside) == pytest.approx(np.median(recorded), rel=0.05)
