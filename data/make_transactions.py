"""Write data/transactions.csv and data/renewals.csv: invented customers whose true laws are known.

    python data/make_transactions.py

The truth stands in the constants below and in data/README.md. Customers of the online shop are won from
1 October 2024 on, evenly, and watched until 30 September 2026. Each buys again at a rate of its own,
gamma(R, ALPHA) a week, and may stop after each repeat purchase with a chance of its own, beta(A, B);
nobody sees it stop. Its purchases are worth gamma(P, nu), nu being gamma(Q, GAMMA) among customers.

Members of the customer club are won by month and leave visibly: a member's chance to leave in a month is
beta(CHURN_ALPHA, CHURN_BETA) among members. The same seed gives the same bytes.
"""

import csv
from datetime import date, timedelta
from pathlib import Path

import numpy as np

SEED = 1  # tests look at a hundred others
CUSTOMERS = 3_000
FIRST, END = date(2024, 10, 1), date(2026, 9, 30)
DAYS_PER_WEEK = 7.0

R, ALPHA = 0.8, 12.0  # repeat purchases a week: mean .067
A, B = 0.8, 2.8  # chance to stop after a repeat purchase: mean .22
P, Q, GAMMA = 4.0, 4.0, 660.0  # CNY: a mean purchase of 880

COHORTS, MEMBERS = 24, 200  # months, members won in each
CHURN_ALPHA, CHURN_BETA = 1.0, 6.0  # chance to leave in a month: 1/7 at first, falling with age

COLUMNS = ("date", "customer", "amount")
RENEWALS = ("cohort", "month", "customers")


def purchases(seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Customer, day since FIRST and amount of each purchase, (purchase,), by day and customer."""
    random = np.random.default_rng(seed)
    span = (END - FIRST).days
    first = random.integers(0, span, CUSTOMERS)
    rate = random.gamma(R, 1.0 / ALPHA, CUSTOMERS) / DAYS_PER_WEEK
    stop = random.beta(A, B, CUSTOMERS)
    who, when = [np.arange(CUSTOMERS)], [first]
    active, time = np.arange(CUSTOMERS), np.zeros(CUSTOMERS)
    while active.size:
        gap = random.exponential(1.0 / np.maximum(rate[active], 1e-12))
        time[active] += gap
        active = active[time[active] < span - first[active]]
        who.append(active)
        when.append(first[active] + np.ceil(time[active]).astype(int))
        active = active[random.random(active.size) >= stop[active]]
    customer, day = np.concatenate(who), np.concatenate(when)
    nu = random.gamma(Q, 1.0 / GAMMA, CUSTOMERS)
    amount = np.maximum(np.round(random.gamma(P, 1.0 / nu[customer])), 1.0)
    order = np.lexsort((customer, day))
    return customer[order], day[order], amount[order]


def renewals(seed: int) -> list[tuple[str, int, int]]:
    """Rows of RENEWALS: members of each cohort still there after so many months."""
    random = np.random.default_rng([seed, 1])
    rows = []
    for cohort in range(COHORTS):
        seen = COHORTS - cohort - 1  # months until the last one
        left = random.geometric(random.beta(CHURN_ALPHA, CHURN_BETA, MEMBERS))
        month = FIRST.year * 12 + FIRST.month - 1 + cohort
        name = f"{month // 12}-{month % 12 + 1:02d}"
        rows += [(name, age, int((left > age).sum())) for age in range(seen + 1)]
    return rows


def rows(seed: int) -> list[tuple[str, str, str]]:
    """Rows of COLUMNS in the order of dates."""
    customer, day, amount = purchases(seed)
    return [
        ((FIRST + timedelta(days=d)).isoformat(), f"C{c + 1:04d}", f"{a:.0f}")
        for c, d, a in zip(customer.tolist(), day.tolist(), amount.tolist(), strict=True)
    ]


def write(folder: Path, seed: int = SEED) -> None:
    """Write both files as CSV."""
    for name, columns, content in (
        ("transactions.csv", COLUMNS, rows(seed)),
        ("renewals.csv", RENEWALS, renewals(seed)),
    ):
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(content)


if __name__ == "__main__":
    write(Path(__file__).parent)
