"""Scores the model's forecasts of 100 generated companies, once the truth is known.

Run as `python -m bench.forecasts`; a few minutes. Each company is the worked example with its values
redrawn within their ranges (`tests.fixtures.companies`); its forecast is the model's range over so
many draws; its truth one future more. Where the truth comes from the model itself, P10 to P90 must
hold 80 of 100 within sampling error: a check of the code, which a test repeats with fewer. From two
truths that the model does not know, figures only. It says nothing about real companies.
"""

import time

import numpy as np
from tests.fixtures import companies
from tests.fixtures.companies import SCENARIO

from tandem.results.measures import MEASURES
from tandem.study import scoring

COMPANIES, DRAWS = 100, 200
AMOUNTS = ("sales_2027", "new_customers_2027", "npv")
EVENTS = ("sales_target_met", "customers_target_met", "both_targets_met")

#: What becomes of the companies: scenario and overrides that the forecast does not know.
TRUTHS: dict[str, tuple[str, ...]] = {
    "the model itself": (SCENARIO,),
    "people leave: churn and ramp-up beyond their ranges, tight labour": (
        f"{SCENARIO}-tight-labour-market",
        "customers.churn_beta@2027-01=4.0",
        "roles.field_rep.ramp@2027-01=4.0",
        "workforce.leaving_pay@2027-01=3.5",
    ),
    "a price war that halves who is open to a change of brand": (
        f"{SCENARIO}-price-war",
        "competitors.national_brand.price@2027-04=0.88",
        "demand.switching@2027-04=0.005",
    ),
}


def main() -> None:
    """Print coverage, Brier scores and reliability for each truth."""
    start = time.process_time()
    centres = companies.centres(COMPANIES)
    forecasts = companies.forecasts(centres, COMPANIES, DRAWS)
    print(f"{COMPANIES} companies, {DRAWS} draws each; 95 % intervals in brackets")
    print(f"expected of P10 to P90: {100 * scoring.expected_coverage(DRAWS):.1f} of 100")
    for name, of in TRUTHS.items():
        print(f"\nTruth: {name}")
        report(forecasts, companies.truths(centres, COMPANIES, *of))
    print(f"\n{time.process_time() - start:.0f} s of processor time")


def report(forecasts: dict[str, np.ndarray], truths: dict[str, np.ndarray]) -> None:
    """Print the scores of one truth."""
    for name in AMOUNTS:
        held = scoring.coverage(forecasts[name], truths[name])
        score = scoring.crps(forecasts[name], truths[name]).mean()
        print(
            f"  {name:<20} held {held.held:>3} of {held.of} [{held.low:.2f}, {held.high:.2f}]"
            f"   CRPS {score:,.0f} {MEASURES[name].unit}"
        )
    for name in EVENTS:
        chances, happened = forecasts[name].mean(axis=1), truths[name]
        score, error = scoring.brier(chances, happened)
        luck = np.sqrt((chances * (1.0 - chances)).sum()) / len(chances)
        print(
            f"  {name:<20} said {chances.mean():.2f}, came {happened.mean():.2f} (luck {luck:.2f});"
            f" Brier {score:.3f} (se {error:.3f}), z {scoring.calibration_z(chances, happened):+.2f}"
        )
        for row in scoring.reliability(chances, happened):
            print(
                f"    said {row.chance:.2f} of {row.count:>3}: came {row.share:.2f}"
                f" [{row.low:.2f}, {row.high:.2f}]"
            )


if __name__ == "__main__":
    main()
