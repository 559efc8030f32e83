"""How long customers stay where their leaving is seen: the shifted beta-geometric from renewals.

What it answers: from how many of each age were customers and how many of them left, month by month or
year by year: how the chance of leaving differs among customers, by month, with standard errors; the
share that stays.

What it leaves out: customers who just stop buying (`bgnbd`, `bgbb`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import digamma, gammaln, polygamma

from tandem.calibration.likelihood import Estimates, estimate
from tandem.calibration.newton import Evaluation, Floats
from tandem.calibration.refused import FIRST_ROW, suggestion
from tandem.units import MONTHS_PER_YEAR

__all__ = ["Renewals", "fit_renewals", "renewals_table", "survivors"]

NAMES = ("alpha", "beta")
ADVICE = ": the share that leaves does not fall with age, so customers seem all alike; watch them for longer"
PERIODS = {"month": 1.0, "year": float(MONTHS_PER_YEAR)}


@dataclass(frozen=True, slots=True)
class Renewals:
    """Customers at risk and lost between the ages `begin` and `end`; all (interval,).

    Ages count chances to leave, 0 being those just won; their unit is that of the fit: months where
    the parameters are for the model.
    """

    begin: Floats
    end: Floats
    at_risk: Floats
    lost: Floats


def survivors(counts: ArrayLike, width: float = 1.0) -> Renewals:
    """One cohort: customers at age 0 and after 1, 2, ... intervals of ``width``, (age,).

    Raises ValueError for fewer than two ages, and for counts that rise, are negative, or not finite.
    """
    alive = np.asarray(counts, dtype=float)
    if alive.ndim != 1 or alive.size < 2:
        raise ValueError(
            "customers of two ages at least are needed: those won, and those that stayed"
        )
    if not np.isfinite(alive).all() or (alive < 0).any():
        raise ValueError("numbers of customers must be finite and not negative")
    rising = np.flatnonzero(np.diff(alive) > 0)
    if rising.size:
        k = int(rising[0])
        raise ValueError(
            f"{alive[k + 1]:g} customers after {alive[k]:g}: those who stayed cannot become more; "
            "count those won later as a cohort of their own"
        )
    ages = width * np.arange(alive.size, dtype=float)
    return Renewals(ages[:-1], ages[1:], alive[:-1], -np.diff(alive))


def renewals_table(records: pd.DataFrame) -> Renewals:
    """Counts of customers still there, one row an age and cohort, as intervals in months.

    Columns: `month` (or `year`), the age, 0 for those just won; `customers`, those still there at that
    age; and `cohort`, which may be absent where there is one. A `year` becomes 12 months, in each of
    which a customer may leave: so a yearly count gives parameters by month, the footing of
    `customers.churn_alpha` and `churn_beta`. Cohorts may be watched for different times.

    Raises ValueError for missing columns, no rows, and with each cohort that is not whole and why.
    """
    found = [str(name) for name in records.columns]
    age = next((name for name in PERIODS if name in found), None)
    if age is None or "customers" not in found:
        lacks = [] if age else [f"'month' or 'year'{suggestion('month', found)}"]
        lacks += [] if "customers" in found else [f"'customers'{suggestion('customers', found)}"]
        raise ValueError(f"renewals: no column {'; no column '.join(lacks)}")
    if records.empty:
        raise ValueError("renewals: no rows; at least one cohort is needed")
    frame = pd.DataFrame(
        {
            "cohort": records["cohort"].astype(str) if "cohort" in found else "",
            "age": pd.to_numeric(records[age], errors="coerce"),
            "customers": pd.to_numeric(records["customers"], errors="coerce"),
        }
    ).reset_index(drop=True)
    wrong = [
        f"row {row + FIRST_ROW}: {age} and customers must be numbers"
        for row in np.flatnonzero(frame[["age", "customers"]].isna().any(axis=1))
    ]
    parts: list[Renewals] = []
    for cohort, group in frame.groupby("cohort", sort=True) if not wrong else []:
        of = f"cohort {cohort!s}: " if "cohort" in found else ""
        group = group.sort_values("age", kind="stable")
        if len(group) == 1:
            continue  # won, and not yet seen again
        if not np.array_equal(group["age"], np.arange(len(group))):
            ages = ", ".join(f"{value:g}" for value in group["age"].head(8))
            wrong.append(f"{of}{age} must be 0, 1, 2, ..., each once; found {ages}")
            continue
        try:
            parts.append(survivors(group["customers"].to_numpy(dtype=float), PERIODS[age]))
        except ValueError as error:
            wrong.append(f"{of}{error}")
    if wrong:
        raise ValueError("\n".join(["renewals:", *wrong]))
    if not parts:
        raise ValueError("renewals: no cohort was seen a second time: two ages at least are needed")
    return _pooled(parts)


def fit_renewals(renewals: Renewals, confidence: float = 0.95) -> Estimates:
    """Shifted beta-geometric alpha and beta by maximum likelihood; ages in the unit of the renewals.

    Of those at risk at age s a share S(m)/S(s) is there at m, S(t) = B(alpha, beta + t)/B(alpha, beta);
    the likelihood is binomial in each interval, which for one cohort is equation 6 of Fader, P. S. and
    Hardie, B. G. S. (2007), How to project customer retention, Journal of Interactive Marketing 21(1).
    Raises ValueError where nobody or everybody left, and where leaving does not slow down with age.
    """
    lost = renewals.lost
    if not lost.any():
        raise ValueError("no customer left: how long they stay cannot be told yet")
    if not (renewals.at_risk - lost).any():
        raise ValueError("every customer left at once: how they differ cannot be told")

    def evaluate(values: Floats) -> Evaluation:
        return _evaluate(values, renewals)

    count = round(float(renewals.at_risk[renewals.begin == 0].sum()))
    return estimate(evaluate, (1.0, 3.0), NAMES, count, ADVICE, confidence)


def _evaluate(values: Floats, seen: Renewals) -> Evaluation:
    """Log-likelihood, slope and information at alpha, beta, by way of R = ln S(end)/S(begin)."""
    alpha, beta = values
    begin, end, both = beta + seen.begin, beta + seen.end, alpha + beta
    low, high = both + seen.begin, both + seen.end
    kept = gammaln(end) - gammaln(begin) - gammaln(high) + gammaln(low)
    left = -np.expm1(kept)
    stayed = seen.at_risk - seen.lost
    if not (left > 0).all():
        return -np.inf, np.zeros(2), np.zeros((2, 2))
    value = stayed @ kept + seen.lost @ np.log(left)
    first = stayed - seen.lost * (1.0 - left) / left
    second = -seen.lost * (1.0 - left) / left**2
    by_alpha = digamma(low) - digamma(high)
    slopes = np.stack([by_alpha, by_alpha + digamma(end) - digamma(begin)])
    bend = polygamma(1, low) - polygamma(1, high)
    own = bend + polygamma(1, end) - polygamma(1, begin)
    curvature = np.einsum("n,kn,ln->kl", second, slopes, slopes)
    curvature += np.array([[first @ bend, first @ bend], [first @ bend, first @ own]])
    return float(value), slopes @ first, -curvature


def _pooled(parts: Sequence[Renewals]) -> Renewals:
    """Cohorts together: the same ages added up, (interval,)."""
    begin, end = (np.concatenate([getattr(p, name) for p in parts]) for name in ("begin", "end"))
    ages, place = np.unique(begin, return_inverse=True)
    ends = np.zeros_like(ages)
    ends[place] = end
    sums = [
        np.bincount(place, np.concatenate([getattr(p, name) for p in parts]), ages.size)
        for name in ("at_risk", "lost")
    ]
    return Renewals(ages, ends, np.asarray(sums[0], float), np.asarray(sums[1], float))
