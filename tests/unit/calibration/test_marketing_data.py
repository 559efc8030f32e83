"""The marketing records of the worked example: what the script writes, and what is true of them."""

import pandas as pd
from tests.unit.calibration.marketing import (
    DATA,
    PRIORS,
    part_worths,
    reference,
    responses,
    script,
    survey,
    weekly,
)  # fmt: skip

from tandem.calibration.choice import fit_choice
from tandem.calibration.diffusion import fit_generalised_bass
from tandem.calibration.response import fit_response

FILES = (
    "choice_survey", "weekly_marketing", "lift_tests", "category_adopters", "competitor_prices",
    "interviews", "offers", "product_ideas",
)  # fmt: skip


def test_the_records_are_what_the_script_writes(tmp_path):
    """Whoever runs the script again gets the same records, byte by byte, none above 400 kB."""
    script().write(tmp_path)
    for name in FILES:
        written = (tmp_path / f"{name}.csv").read_bytes()
        assert written == (DATA / f"{name}.csv").read_bytes(), name
        assert len(written) < 400_000


def test_the_example_does_not_teach_an_accident():
    """With the seeds that were chosen every 95 % interval holds the truth."""
    s = script()
    fit = fit_choice(survey(s.SURVEY_SEED))
    ends, truth = fit.intervals(), part_worths(fit.names)
    assert ((ends[:, 0] <= truth) & (truth <= ends[:, 1])).all()
    records, tests = weekly(s.WEEKLY_SEED)
    spans = fit_response(records, PRIORS, tests, reference()).intervals()
    assert ((spans[..., 0] <= responses()) & (responses() <= spans[..., 1])).all()
    category = pd.read_csv(DATA / "category_adopters.csv")
    found = fit_generalised_bass(category["adopters"], price=category["price"]).intervals()
    true = {"p": s.BASS_P, "q": s.BASS_Q, "pool": s.POOL, "price": s.PRICE_SLOWS}
    assert all(found[name][0] <= value <= found[name][1] for name, value in true.items())
