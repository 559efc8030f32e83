"""Published intervals of a proportion."""

import pytest
from tests.cases.published import published

from tandem.model.probation import wilson


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ],
)
def test_the_score_interval_of_a_proportion(
    successes: int, trials: int, low: str, high: str
) -> None:
    """A share of few people has a wide interval, which never leaves 0 to 1.

    Source: Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (Wilson's score).
    """
    found = wilson(successes, trials)
    assert found == (published(low), published(high))
