"""Write data/leavers.csv: invented leavers' records of a company whose true hazards are known.

    python data/make_leavers.py

The truth stands in the constants below and in data/README.md. People are hired from 2019 on and
observed until 30 September 2026. The monthly hazard of leaving is

    HAZARD x BAND_RATIO[tenure band] x exp(effects of pay, engagement and role)

The service team came with a business that was bought: its records begin on 1 January 2021, so
those who had left it before are missing (left truncation). The same seed gives the same bytes.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 1  # the first whose intervals hold the whole truth; tests look at a hundred others
PEOPLE = 1_560  # hired; some fifty had left the service team before its records begin
FIRST_HIRE = date(2019, 1, 1)
OBSERVED_UNTIL = date(2026, 9, 30)
SERVICE_RECORDS = date(2021, 1, 1)
DAYS_PER_MONTH = 365 / 12

HAZARD = 0.024  # a month, at market pay, mean engagement, for a field rep, band ratio 1
BAND_EDGES = (6.0, 24.0, 60.0)  # months of tenure; four bands, the last one open
BAND_RATIO = (1.35, 1.1, 0.8, 0.55)
PAY_EFFECT = -1.5  # log hazard per log point of pay over market
ENGAGEMENT_EFFECT = -0.8  # log hazard per point of engagement over the mean
SERVICE_EFFECT = 0.25  # log hazard of a service agent over a field rep
PAY_SD, ENGAGEMENT_SD, SERVICE_SHARE = 0.15, 0.3, 0.3

COLUMNS = (
    *("person", "role", "start", "end", "observed_from", "observed_until"),
    *("log_pay_position", "engagement"),
)


def tenures(cumulated: np.ndarray, hazards: np.ndarray) -> np.ndarray:
    """Months until the cumulated hazard reaches ``cumulated`` (person,), given the bands' hazards.

    ``hazards`` (person, band) a month. Within a band the hazard is constant, so time in it is what
    is left of the cumulated hazard over the band's own.
    """
    widths = np.diff([0.0, *BAND_EDGES, np.inf])
    left, months = cumulated.copy(), np.zeros_like(cumulated)
    for band, width in enumerate(widths):
        here = np.minimum(left / hazards[:, band], width)
        months += here
        left = np.maximum(left - here * hazards[:, band], 0.0)
    return months


def people(seed: int, number: int = PEOPLE) -> list[tuple[str, ...]]:
    """Rows of COLUMNS for those whom the records show, in the order of hiring."""
    random = np.random.default_rng(seed)
    service = random.random(number) < SERVICE_SHARE
    pay = np.round(random.normal(0.0, PAY_SD, number), 3)
    engagement = np.round(random.normal(0.0, ENGAGEMENT_SD, number), 2)
    span = (OBSERVED_UNTIL - FIRST_HIRE).days
    hired = np.sort(random.integers(0, span, number))
    relative = np.exp(PAY_EFFECT * pay + ENGAGEMENT_EFFECT * engagement + SERVICE_EFFECT * service)
    hazards = HAZARD * relative[:, None] * np.asarray(BAND_RATIO)
    months = tenures(random.exponential(size=number), hazards)
    days = np.maximum(np.ceil(months * DAYS_PER_MONTH), 1.0)  # the last day counts whole
    rows = []
    for i in range(number):
        start = FIRST_HIRE + timedelta(days=int(hired[i]))
        end = start + timedelta(days=int(days[i]) - 1) if days[i] < 40_000 else date.max
        if service[i] and end < SERVICE_RECORDS:
            continue
        late = service[i] and start < SERVICE_RECORDS
        rows.append(
            (
                f"P{i + 1:04d}",
                "service_agent" if service[i] else "field_rep",
                start.isoformat(),
                end.isoformat() if end <= OBSERVED_UNTIL else "",
                SERVICE_RECORDS.isoformat() if late else "",
                OBSERVED_UNTIL.isoformat(),
                f"{pay[i]:.3f}",
                f"{engagement[i]:.2f}",
            )
        )
    return rows


def write(path: Path, seed: int = SEED) -> None:
    """Write the records as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(people(seed))


if __name__ == "__main__":
    write(Path(__file__).with_name("leavers.csv"))
