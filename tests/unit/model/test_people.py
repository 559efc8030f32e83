"""A month of people: starters, requisitions, leavers, redundancies."""

import numpy as np
import pytest
from tests.unit.model.company import altered, base_inputs, structure

from tandem.model import hiring, people, workforce
from tandem.model.ending import Ending
from tandem.model.events import Expected
from tandem.model.types import Workforce

BANDS = people.BANDS
PLACE = np.zeros((12, 1), dtype=np.int64)


def team(**changes: np.ndarray) -> Workforce:
    """Ten people in each band at one position, two starting next month."""
    pipeline = np.zeros((hiring.LEAD_MONTHS, 1, 1))
    pipeline[0] = 2.0
    given = {
        "heads": np.full((BANDS, 1, 1), 10.0),
        "pipeline": pipeline,
        "unramped": np.full((1, 1), 4.0),
        "quality": np.zeros((1, 1)),
        "months_over": np.zeros((1, 1)),
        "ready": np.zeros((1, 1)),
        "promoted": np.zeros((BANDS, 1, 1)),
    }
    return Workforce(**{**given, **changes})


def left(
    redundant: float = 0.0, leaving: float = 0.0, failing: float = 0.0, owed=None, ends=(0, 0, 0)
):
    """The team after a month; ``ends``: chance of a term's end, share withheld, share refused."""
    owed = np.zeros((BANDS, 1, 1)) if owed is None else owed
    return people.depart(
        team(),
        np.full((BANDS, 1, 1), leaving),
        Ending(*(np.full((BANDS, 1, 1), float(share)) for share in ends)),
        np.full((1, 1), failing),
        np.full((1, 1), redundant),
        (owed, 2.0 * owed),
        np.full((1, 1), 2.0),
        np.full((1, 1), 0.5),
        Expected(),
        0,
        PLACE,
    )


def test_starters_join_unramped_and_the_others_move_up():
    """Those due this month join the shortest-serving, untrained, and leave the pipeline."""
    joined, starters = people.arrive(team(), np.full((1, 1), 0.6))
    assert starters == 2.0
    assert joined.total == 42.0 and joined.heads[0] == 12.0 and joined.unramped == 6.0
    assert joined.pipeline.sum() == 0.0
    assert joined.quality == pytest.approx(0.6 * 2 / 42)


def test_requisitions_enter_the_month_in_which_they_will_be_filled():
    """A review's requisitions are spread over start months and none is lost."""
    shares = np.zeros((hiring.LEAD_MONTHS, 1, 1))
    shares[1], shares[3] = 0.25, 0.75
    terms = people.FillTerms(shares, np.full((1, 1), 2.0))
    after = people.ask(team(), terms, np.full((1, 1), 8.0), Expected(), 0, PLACE)
    assert after.pipeline[:, 0, 0].tolist()[:4] == [2.0, 2.0, 0.0, 6.0]


def test_redundancy_takes_the_shortest_serving_first():
    """Fifteen redundancies take all ten newcomers and five of the next, and are paid for by band."""
    owed = np.array([1.0, 10.0, 100.0, 1000.0])[:, None, None]
    after, gone = left(redundant=15.0, owed=owed)
    assert gone.redundancies == 15.0 and gone.leavers == 0.0
    assert gone.severance == 10 * 1.0 + 5 * 10.0
    assert after.total == 25.0


def test_leavers_and_failed_probations_are_counted_once():
    """Heads before are heads after plus all who left; only newcomers can fail probation."""
    after, gone = left(redundant=5.0, leaving=0.1, failing=0.5)
    assert gone.leavers == pytest.approx(4.0 + 0.5 * 9.0)
    assert after.total + gone.leavers + gone.redundancies == pytest.approx(40.0)


def test_a_term_that_ends_is_renewed_ended_by_us_or_by_them():
    """Of ten terms in a hundred a tenth is withheld and paid for; a fifth of the rest refuses."""
    owed = np.array([1.0, 10.0, 100.0, 1000.0])[:, None, None]
    after, gone = left(ends=(0.1, 0.25, 0.2), owed=owed)
    assert gone.terms == pytest.approx(4.0)
    assert gone.withheld[:, 0, 0] == pytest.approx([0.25] * BANDS)
    assert gone.refused == pytest.approx(0.2 * 3.0)
    assert gone.leavers == pytest.approx(1.0 + 0.6)
    assert gone.severance == pytest.approx(0.25 * 2.0 * owed.sum())
    assert after.total + gone.leavers == pytest.approx(40.0)


def test_a_plan_that_keeps_the_best_raises_the_mean():
    """Where the weaker leave, those who stay are better on average, and fewer of them still learn."""
    after, gone = left(leaving=0.2)
    assert after.quality == pytest.approx(0.5 * gone.leavers / (40.0 - gone.leavers))
    assert after.unramped == pytest.approx(4.0 * 0.8 * np.exp(-0.5))


def test_nobody_is_lost_by_growing_older():
    """Months of service move people between bands and change no headcount."""
    after, _ = left()
    assert after.total == pytest.approx(40.0)
    moved = 10.0 * workforce.ageing_probability(BANDS)[:, 0, 0]
    assert after.heads[:, 0, 0] == pytest.approx(10.0 - moved + np.r_[0.0, moved[:-1]])


def test_a_new_role_moves_no_other_roles_codes():
    """The address of a position's luck is made of its name."""
    found = people.codes(structure().positions, 3)
    more = people.codes(("new@core", *structure().positions), 3)
    assert (found == more[:, 1:]).all() and len(np.unique(found)) == found.size


def test_hiring_is_slower_around_spring_festival_and_waits_for_july_at_the_campus():
    """Stages stretch in January and February; campus hires of autumn start in July."""
    given = base_inputs()
    p = given.base.parameters
    may, february, october = (
        people.fill_terms(given.structure, p, month, 1.0, 1.0) for month in (4, 1, 9)
    )
    assert (february.months > may.months).all()
    assert may.shares.sum(axis=0) == pytest.approx(np.ones_like(may.months))
    assert october.shares.sum(axis=0) == pytest.approx(np.ones_like(may.months))
    july = int(hiring.campus_shares(9).argmax())
    campus = p.people.sources[list(given.structure.campus).index(True)]
    assert (october.shares[july] >= campus - 1e-12).all() and (campus > 0).any()


def test_a_busy_desk_and_scarce_candidates_fill_later():
    """Recruiters' load and candidates needed both lengthen time to fill."""
    given = base_inputs()
    usual, busy, scarce = (
        people.fill_terms(given.structure, given.base.parameters, 4, stretch, sourcing).months
        for stretch, sourcing in ((1.0, 1.0), (1.5, 1.0), (1.0, 1.5))
    )
    assert (busy > usual).all() and (scarce > usual).all()


def test_hires_of_the_old_standard_are_as_good_as_before():
    """With the assessment of 2026 new hires are those of 2026; a more valid one hires better."""
    base = base_inputs().base.parameters
    assert (people.hired_quality(base, base) == 0.0).all()
    valid = altered(base, "hiring", validity=lambda old: old * 1.5)
    assert (people.hired_quality(valid, base) > 0.0).all()


def test_the_monthly_pipeline_is_its_own_discretised_sum():
    """Open requisitions of a month are those of every earlier review that have not started yet."""
    given = base_inputs()
    p = given.base.parameters
    terms = [people.fill_terms(given.structure, p, month, 1.0, 1.0) for month in range(12)]
    asked = [np.full(p.people.heads.shape, 3.0 + month) for month in range(24)]
    none = np.zeros(p.people.heads.shape)
    stock = team(
        heads=np.zeros((BANDS, *none.shape)),
        pipeline=np.zeros((hiring.LEAD_MONTHS, *none.shape)),
        unramped=none,
        quality=none,
        months_over=none,
    )
    for month in range(24):
        stock, _ = people.arrive(stock, np.zeros(1))
        stock = people.ask(stock, terms[month % 12], asked[month], Expected(), month, PLACE)
        waiting = sum(
            asked[past] * terms[past % 12].shares[month - past :].sum(axis=0)
            for past in range(max(0, month - hiring.LEAD_MONTHS + 1), month + 1)
        )
        np.testing.assert_allclose(stock.pipeline.sum(axis=0), waiting, rtol=1e-12)


def test_a_channel_whose_candidates_pass_more_often_needs_fewer_of_them():
    """The bar is the same for all: better candidates and a warmer welcome save interviews."""
    base = base_inputs().base.parameters
    accepted = np.full(base.people.heads.shape, 0.7)
    usual = people.candidates(altered(base, "hiring", pass_ratio=np.ones_like,
                                      acceptance_shift=np.zeros_like), accepted)  # fmt: skip
    assert usual == pytest.approx(
        np.broadcast_to(1.0 / (people.selection_ratio(base) * 0.7), usual.shape)
    )
    better = people.candidates(altered(base, "hiring", pass_ratio=lambda old: old * 1.5), accepted)
    warmer = people.candidates(
        altered(base, "hiring", acceptance_shift=lambda old: old + 0.5), accepted
    )
    now = people.candidates(base, accepted)
    assert (better < now).all() and (warmer < now).all()


def test_the_fast_track_is_faster_and_hires_less_well():
    """Shorter test, interview, check and offer: earlier starts, at some validity."""
    given = base_inputs()
    p = given.base.parameters
    fast = np.full(p.people.heads.shape, 0.8)
    slow = people.fill_terms(given.structure, p, 4, 1.0, 1.0)
    quick = people.fill_terms(given.structure, p, 4, 1.0, 1.0, fast)
    assert (quick.months < slow.months).all()
    assert (people.hired_quality(p, p, fast) < 0.0).all()
