"""What a search may decide: what the file says, and what is refused with its place."""

from pathlib import Path

import pytest
from tests.fixtures import spoiled
from tests.fixtures.tiny_study import REPOSITORY

from tandem.assumptions.plan import FILE, Variable, read_plan, share_shown

MEDIA = "{path: markets.lower_tier.media, part: media, low: 1,"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The repository's own file, which a test spoils."""
    return spoiled.copied(tmp_path, FILE)


def refused(project: Path, old: str, new: str) -> str:
    """What is said after a text that stands once in the file was replaced."""
    return spoiled.refused(project, FILE, read_plan, old, new)


def test_a_variable_moves_in_whole_steps_between_its_bounds():
    """A plan is a whole number of heads and a round sum of money, never beyond what may be decided."""
    media = Variable(path="m", part="media", low=1.0, high=2.0, step=0.25, unit="M CNY/month")
    assert media.size == 5
    assert [media.value(n) for n in range(5)] == [1.0, 1.25, 1.5, 1.75, 2.0]
    assert (media.nearest(1.6), media.nearest(-3.0), media.nearest(9.0)) == (2, 0, 4)
    pay = Variable(path="p", part="pay", choices=("steep", "flat"))
    assert (pay.size, pay.value(1), pay.nearest("flat")) == (2, "flat", 1)


def test_the_example_declares_what_issue_and_design_ask_for():
    """Media and its mix, heads, notice, pay plan and the month of launch are all there to decide."""
    space = read_plan(REPOSITORY)
    assert {one.part for one in space.file.variables} == {"media", "people", "told", "pay"}
    assert len(space.months) > 1
    assert space.file.limits.cash_kept == 0.95
    assert [getattr(space.file.plans, n).notice for n in ("silo", "hand_off", "joint")] == [
        0,
        2,
        None,
    ]


def test_a_share_is_shown_only_with_a_margin_for_the_futures_that_were_taken():
    """52 of 52 show 95 %, 95 of 100 do not, 99 of 100 do; more futures leave less of a margin."""
    assert share_shown(51, 51) < 0.95 < share_shown(52, 52)
    assert share_shown(95, 100) < share_shown(98, 100) < 0.95 < share_shown(99, 100)
    assert share_shown(960, 1000) < 0.95 < share_shown(963, 1000)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("owner: finance, as_of: 2026-09-30", "owner: finance", "must say as_of"),
        (f"{MEDIA} high: 6", f"{MEDIA} high: 0.5", "a whole number of steps above low"),
        (f"{MEDIA} high: 6", f"{MEDIA} high: 6.1", "a whole number of steps above low"),
        (f"{MEDIA} high: 6, step: 0.25", f"{MEDIA} high: 6", "needs low, high, step and unit"),
        (", choices: [low_base_high_commission, base_and_bonus]", "", "or choices"),
        ("media_mix.events, part: media, low: 0.05, high: 0.3", "media_mix.events, part: media, low: 0.05, high: 0.4", "leaves nothing for"),
        ("path: markets.lower_tier.media_mix.events", "path: markets.lower_tier.media", "stands here twice"),
        ("first: 2027-01", "first: 2027-13", "2027-13"),
        ("last: 2027-09", "last: 2026-11", "must come after launch.first"),
        ("last: 2027-09", "last: 2031-09", "is not a simulated month"),
        ("decided: 2027-06", "decided: 2027-01", "must come after pilot.begins"),
        ("part: told", "part: tolled", "did you mean told?"),
        ("path: hiring.notice, part: told", "path: hiring.notice, part: people", "roles.ROLE.places.PLACE.added_heads"),
        ("population: 12", "population: twelve", "expected a whole number"),
        ("cash_kept: 0.95", "cash_kept: 1.95", "less than or equal to 1"),
        ("draws: 100", "draws: 51", "51 futures show at most that cash is kept in 0.950 of all"),
        ("cash_kept: 0.95", "cash_kept: 1", "take more futures, or a lower limit"),
    ],
)  # fmt: skip
def test_what_cannot_be_decided_is_refused_with_its_place(project: Path, old, new, said):
    """A search runs for minutes: what is wrong is said before it begins, with file and line."""
    message = refused(project, old, new)
    assert said in message and message.startswith(f"{FILE}:"), message
