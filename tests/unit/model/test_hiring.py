"""The calendar of hiring and the edges of its laws."""

import numpy as np
import pytest

from tandem.model import hiring

OCTOBER, JULY = 9, 6


def test_the_campus_is_open_from_september_to_november():
    """A requisition reviewed in August to October goes to the campus of the month after."""
    assert [month for month in range(12) if hiring.in_campus_window(month)] == [7, 8, 9]


@pytest.mark.parametrize("calendar", range(12))
def test_graduates_start_in_july(calendar: int):
    """Whenever they are hired, graduates start next July, a month ahead at least."""
    ahead = int(hiring.campus_shares(calendar).argmax()) + 1
    assert (calendar + ahead) % 12 == JULY
    assert 1 <= ahead <= 12


def test_requisitions_are_filled_no_earlier_than_next_month():
    """Even a process of three days starts nobody before the month after the review."""
    shares = hiring.start_month_shares(np.array([3.0]), np.array([1.0]))
    assert shares[0] == pytest.approx([1.0])


def test_very_slow_processes_end_in_the_last_month_told_apart():
    """What takes longer than the months told apart starts in the last of them."""
    shares = hiring.start_month_shares(np.array([900.0]), np.array([90.0]), apart=9)
    assert shares[8] == pytest.approx([1.0])
    assert shares[9:].sum() == 0.0


def test_a_campus_channel_alone_is_left_out_of_season():
    """Out of season all requisitions go to the other channels in their proportion."""
    mix = np.array([0.5, 0.3, 0.2])[:, None, None] * np.ones((3, 1, 1))
    found = hiring.open_channels(mix, (True, False, False), 2)
    assert found[:, 0, 0] == pytest.approx([0.0, 0.6, 0.4])
    assert hiring.open_channels(mix, (True, False, False), OCTOBER) is mix


def test_a_share_of_nothing_is_not_negative():
    """Nobody is filled at time nought."""
    found = hiring.lognormal_cdf(np.array([0.0, -1.0]), np.array(40.0), np.array(20.0))
    assert found.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(("accepted", "confidence"), [(0.0, 0.9), (0.7, 1.0), (1.2, 0.9)])
def test_offers_that_could_never_be_enough_are_refused(accepted: float, confidence: float):
    """Where nobody accepts, or certainty is asked for, no number of offers is named."""
    with pytest.raises(ValueError, match="acceptance"):
        hiring.offers_needed(accepted, 10, confidence)


def test_where_all_accept_as_many_offers_as_hires():
    """At an acceptance of one nobody is asked in vain."""
    assert hiring.offers_needed(1.0, 10, 0.99) == 10
