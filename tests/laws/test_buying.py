"""What holds for every customer base: of those who are still there, of purchases to come, of spending."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tandem.calibration.bgbb import BgBb
from tandem.calibration.bgnbd import BgNbd
from tandem.calibration.gamma_gamma import GammaGamma
from tandem.calibration.rfm import fifths

shapes = st.floats(0.05, 30.0)
bases = st.builds(BgNbd, r=shapes, alpha=st.floats(0.5, 100.0), a=shapes, b=shapes)
occasional = st.builds(BgBb, alpha=shapes, beta=shapes, gamma=shapes, delta=shapes)


@given(model=bases, x=st.integers(1, 300), last=st.floats(0.1, 100.0), since=st.floats(0.0, 100.0))
def test_a_longer_silence_never_makes_a_customer_more_alive(model, x, last, since):
    """P(alive) is a probability, and falls while a customer who has come back stays away."""
    ages = last + np.array([0.0, since, since + 10.0])
    alive = model.alive(x, last, ages)
    assert ((alive >= 0.0) & (alive <= 1.0)).all()
    assert (np.diff(alive) <= 1e-12).all()
    assert model.alive(0, 0.0, last)[0] == 1.0


@given(model=bases, x=st.integers(0, 300), last=st.floats(0.1, 100.0), more=st.floats(0.0, 200.0))
def test_purchases_to_come_grow_with_time_and_never_beyond_the_rate(model, x, last, more):
    """A longer horizon never holds fewer purchases, nor more than those of one who never stops."""
    age = last + more
    horizons = np.array([1.0, 10.0, 100.0, 1000.0])
    coming = model.expected_of(
        np.full(4, x), np.full(4, last if x else 0.0), np.full(4, age), horizons
    )
    rate = (model.r + x) / (model.alpha + age)
    assert (coming >= -1e-9).all() and (np.diff(coming) >= -1e-6 * (1.0 + coming[:-1])).all()
    assert (coming <= rate * horizons * (1.0 + 1e-6) + 1e-9).all()


@given(model=occasional, n=st.integers(1, 20), used=st.integers(0, 20), ahead=st.integers(1, 20))
def test_nobody_uses_more_occasions_than_there_are(model, n, used, ahead):
    """Occasions to come lie between none and all, and a customer of the last occasion is likelier there."""
    x = min(used, n)
    coming = model.expected_of(x, n if x else 0, n, ahead)[0]
    assert 0.0 <= coming <= ahead
    if 0 < x < n:
        late, early = model.alive([x, x], [n, x], [n, n])
        assert late >= early - 1e-12


@given(
    p=shapes, q=st.floats(1.05, 30.0), gamma=st.floats(0.1, 1e4),
    x=st.integers(1, 500), z=st.floats(0.01, 1e5),
)  # fmt: skip
def test_spending_to_expect_lies_between_own_and_everybodys_mean(p, q, gamma, x, z):
    """A customer's coming purchase is worth neither less nor more than both means."""
    model = GammaGamma(p, q, gamma)
    expected = float(model.expected(x, z))
    low, high = sorted((model.mean, z))
    assert low * (1 - 1e-9) <= expected <= high * (1 + 1e-9)


@given(values=st.lists(st.integers(0, 50), min_size=1, max_size=60))
def test_a_higher_value_never_has_a_lower_score(values):
    """Scores go from 1 to 5 in the order of the values, equals alike."""
    order = np.argsort(values, kind="stable")
    scores = fifths(values)
    assert set(scores) <= {1.0, 2.0, 3.0, 4.0, 5.0}
    assert (np.diff(scores[order]) >= 0).all()
