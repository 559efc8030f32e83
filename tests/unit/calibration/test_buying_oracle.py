"""The models of buying against lifetimes, which runs in an environment of its own."""

import numpy as np
import pytest
from tests.fixtures.buyers import cdnow, lifetimes

from tandem.calibration.bgbb import fit_bgbb
from tandem.calibration.bgnbd import fit_bgnbd
from tandem.calibration.gamma_gamma import fit_gamma_gamma

WEEKS = 39.0


def test_estimates_and_their_errors_agree():
    """Whoever fits them, purchases of the same customers say the same, equally surely."""
    theirs = lifetimes()
    data, gifts = theirs["spending"]["data"], theirs["donations"]["data"]
    fits = {
        "cdnow": fit_bgnbd(cdnow()).estimates,
        "spending": fit_gamma_gamma(data["frequency"], data["monetary_value"]).estimates,
        "donations": fit_bgbb(
            gifts["frequency"], gifts["recency"], gifts["periods"], gifts["weights"]
        ).estimates,
    }
    for name, fit in fits.items():
        other = theirs[name]
        assert fit.values == pytest.approx(list(other["values"].values()), rel=1e-3), name
        assert fit.se == pytest.approx(list(other["se"].values()), rel=5e-3), name


def test_who_is_still_there_and_what_is_to_come_agree():
    """The same customers are as likely to be alive and to buy as many times again."""
    theirs, customers = lifetimes()["cdnow"], cdnow()
    model = fit_bgnbd(customers).model
    history = (customers.frequency, customers.recency, customers.age)
    assert model.alive(*history) == pytest.approx(theirs["alive"], abs=1e-5)
    assert model.expected_of(*history, WEEKS) == pytest.approx(theirs["expected"], rel=1e-4)
    assert model.expected(WEEKS)[0] == pytest.approx(theirs["anybody"], rel=1e-4)


def test_what_is_spent_next_agrees():
    """A customer's coming purchase is worth the same."""
    theirs = lifetimes()["spending"]
    x, z = (np.asarray(theirs["data"][name]) for name in ("frequency", "monetary_value"))
    model = fit_gamma_gamma(x, z).model
    assert model.expected(x, z) == pytest.approx(theirs["expected"], rel=1e-3)


def test_occasions_to_come_agree():
    """A supporter is as likely to be there next year, and gives as often in the next five."""
    theirs = lifetimes()["donations"]
    gifts = theirs["data"]
    history = [gifts[name] for name in ("frequency", "recency", "periods")]
    model = fit_bgbb(*history, gifts["weights"]).model
    assert model.alive(*history) == pytest.approx(theirs["alive"], rel=2e-3)
    assert model.expected_of(*history, 5) == pytest.approx(theirs["expected"], rel=2e-3)
