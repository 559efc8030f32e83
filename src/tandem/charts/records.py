"""Marketing records of a study's folder, read once and fitted for figures.

What it answers: choice survey, weekly spend and sales, prices of competitors and interviews as
tables; the fits that several figures rest on.

What it leaves out: figures. What is wrong with a file is said with its name and rows.

Who may import it: the modules of `tandem.charts`.
"""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.arrays import structure_of
from tandem.calibration import response_fitting
from tandem.calibration.choice import ChoiceFit, fit_choice
from tandem.calibration.choice_survey import choice_table
from tandem.calibration.diffusion import GeneralisedBassFit, fit_generalised_bass
from tandem.calibration.priors import brand_priors
from tandem.calibration.refused import message, suggestion
from tandem.calibration.response import ResponseFit, fit_response
from tandem.calibration.weekly import Weekly, lift_tests, weekly_table

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "ATTRIBUTES",
    "PRICE",
    "category",
    "preference",
    "prices",
    "reference_spend",
    "responses",
    "table",
    "weekly",
]

#: Attributes of the choice survey, the log of price over reference first.
PRICE = "log_price"
ATTRIBUTES = (PRICE, "brand", "trust", "delivery", "service")


def table(study: "Study", name: str) -> pd.DataFrame:
    """The file `data/NAME.csv` of the study; raises ValueError where there is none."""
    path = study.project / "data" / f"{name}.csv"
    if not path.exists():
        raise ValueError(f"data/{name}.csv: no such file; this page rests on it")
    return _read(path, path.stat().st_mtime_ns).copy()


@cache
def _read(path: Path, _changed: int) -> pd.DataFrame:
    return pd.read_csv(path)


def prices(study: "Study") -> pd.DataFrame:
    """Competitors' prices over reference: month, competitor, market, price, and `at`, the model month.

    Raises ValueError with every row whose competitor or market the study does not have, whose month is
    none, or whose price is not above 0.
    """
    seen, company = table(study, "competitor_prices"), study.assumptions.base
    rivals, markets = company.competitors, company.markets  # type: ignore[attr-defined]  # the schema's root has both
    refusals: list[tuple[int, str]] = []
    at = []
    for row, found in enumerate(seen.to_dict("records")):
        for column, known in (("competitor", rivals), ("market", markets)):
            if found[column] not in known:
                hint = suggestion(str(found[column]), list(known))
                refusals.append((row, f"no {column} {found[column]!r}{hint}"))
        try:
            at.append(units.month_index(str(found["month"])))
        except ValueError as wrong:
            refusals.append((row, str(wrong)))
        if not (np.isfinite(found["price"]) and found["price"] > 0):
            refusals.append((row, f"price {found['price']} is not above 0"))
    if refusals:
        raise ValueError(message("data/competitor_prices.csv", refusals))
    return seen.assign(at=at)


def preference(study: "Study") -> ChoiceFit:
    """Part-worths from the choice survey, errors clustered by respondent."""
    try:
        return fit_choice(choice_table(table(study, "choice_survey"), ATTRIBUTES))
    except ValueError as wrong:
        raise ValueError(f"data/choice_survey.csv: {wrong}") from None


def category(study: "Study") -> tuple[pd.DataFrame, GeneralisedBassFit]:
    """First purchases of the category by quarter with its price, and the generalised Bass fit."""
    seen = table(study, "category_adopters")
    return seen, fit_generalised_bass(seen["adopters"], price=seen["price"])


def weekly(study: "Study") -> Weekly:
    """Sales and spend by week, touchpoints in the order of the study's."""
    company = study.assumptions.base
    names = list(structure_of(company).touchpoints)  # type: ignore[arg-type]  # the schema's root
    return weekly_table(table(study, "weekly_marketing"), names, ["promotion"])


def reference_spend(study: "Study") -> NDArray[np.float64]:
    """Spend a week by touchpoint of the base year in all markets, CNY: what a half-point is over."""
    company = study.assumptions.base
    structure = structure_of(company)  # type: ignore[arg-type]  # the schema's root
    markets = company.markets  # type: ignore[attr-defined]  # the schema's root has markets
    open_now = [name for name, market in markets.items() if market.open]
    return response_fitting.reference_spend(
        study.assumptions.estimates, structure.touchpoints, open_now
    )


def responses(study: "Study", tested: bool = True) -> ResponseFit:
    """Response curves from the weeks, with the study's assumptions as priors, and the lift tests."""
    weeks = weekly(study)
    tests = lift_tests(table(study, "lift_tests"), weeks.touchpoints) if tested else []
    priors = brand_priors(study.assumptions.estimates, weeks)
    return fit_response(weeks, priors, tests, reference_spend(study))
