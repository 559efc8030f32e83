"""Fitting by kind: from records to rows of `params/`.

What it answers: which kinds of estimates records can give, where in `params/base` each one stands, and
the rows that a table of records gives, with range, source, evidence and owner.

What it leaves out: reading the table (`reading`), writing the rows (`tandem.assumptions.row_writing`).

Who may import it: charts, batch, site, cli and notebooks.

To add a kind, write its function, from a frame and the name of its source to findings, and its entry in
`KINDS`.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from tandem.calibration.bands import band_hazards, band_rows
from tandem.calibration.bgnbd import fit_bgnbd
from tandem.calibration.choice import fit_choice, willingness_to_pay
from tandem.calibration.choice_survey import choice_table
from tandem.calibration.diffusion import fit_bass
from tandem.calibration.leavers import leavers_table
from tandem.calibration.refused import FIRST_ROW, refuse_missing, suggestion
from tandem.calibration.response import ROWS
from tandem.calibration.response_fitting import Beside, weekly_response
from tandem.calibration.retention import fit_renewals, renewals_table
from tandem.calibration.transactions import summary

__all__ = ["KINDS", "Finding", "Fitted", "Kind", "fit"]

Floats = NDArray[np.float64]
DIGITS = 4
PRICE = "log_price"  # column of a choice survey: the log of price over the reference
SURVEY = ("respondent", "task", "alternative", "chosen")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a fit found for one parameter: its name below the kind's home, median and spread.

    `median` is in `unit`. For the shape "lognormal" `spread` is the standard error of the logarithm, for
    "normal" (what may be negative, such as a part-worth) that of the value, in `unit`.
    """

    name: str
    median: float
    spread: float
    unit: str
    shape: str = "lognormal"


@dataclass(frozen=True, slots=True)
class Fitted:
    """An estimate that `params/base` can hold at `path`: shape, parameters in `unit`, and its source.

    `evidence` is always "measured"; `as_of` the day of the fit.
    """

    path: str
    shape: str
    parameters: tuple[float, ...]
    unit: str
    source: str
    evidence: str
    owner: str
    as_of: datetime.date

    def row(self) -> dict[str, object]:
        """The row of the parameter file, in the order in which files write it."""
        return {
            self.shape: list(self.parameters),
            "unit": self.unit,
            "evidence": self.evidence,
            "source": self.source,
            "owner": self.owner,
            "as_of": self.as_of,
        }


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of fit: where its rows stand, who owns them, which table it takes, and how it is fitted.

    `find` gives the findings and what was seen, in a few words: "4,800 customers in 24 cohorts"; where a
    kind needs to know what the study assumes, `find_beside` does so.
    """

    home: str
    owner: str
    columns: str
    method: str
    find: Callable[[pd.DataFrame], tuple[list[Finding], str]] | None = None
    find_beside: Callable[[pd.DataFrame, Beside], tuple[list[Finding], str]] | None = None


def fit(
    kind: str,
    data: pd.DataFrame,
    *,
    name: str = "records",
    home: str | None = None,
    as_of: datetime.date | None = None,
    beside: Beside | None = None,
) -> list[Fitted]:
    """Estimates of a kind (a key of `KINDS`) from a frame of records, one for each row of `params/`.

    ``name`` is what the source is called in the rows; ``home`` the group of `params/base` that gets
    them, by default the kind's own; ``as_of`` the day, by default today (UTC); ``beside`` what the study
    assumes, and lift tests, for the kinds that need them. Raises ValueError for an unknown kind and for
    records from which nothing can be told, with what would be right.
    """
    if kind not in KINDS:
        near = get_close_matches(kind, KINDS, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ValueError(f"no kind of fit {kind!r}{hint}; there are: {', '.join(KINDS)}")
    if data.empty:
        raise ValueError(f"{name}: no rows; {kind} needs {KINDS[kind].columns}")
    entry = KINDS[kind]
    found, seen = _found(kind, entry, data, beside)
    day = as_of or datetime.datetime.now(datetime.UTC).date()
    return [
        Fitted(
            path=f"{home or entry.home}.{finding.name}",
            shape=finding.shape,
            parameters=(_rounded(finding.median), _rounded(finding.spread)),
            unit=finding.unit,
            source=f"{entry.method} from {name}: {seen}, {day.isoformat()}",
            evidence="measured",
            owner=entry.owner,
            as_of=day,
        )
        for finding in found
    ]


def _found(
    kind: str, entry: Kind, data: pd.DataFrame, beside: Beside | None
) -> tuple[list[Finding], str]:
    if entry.find_beside is not None:
        if beside is None:
            raise ValueError(f"{kind} needs what the study assumes beside its records")
        return entry.find_beside(data, beside)
    if beside is not None and beside.tests is not None:
        with_tests = ", ".join(k for k, e in KINDS.items() if e.find_beside is not None)
        raise ValueError(f"{kind} takes no lift tests; there are some for: {with_tests}")
    assert entry.find is not None  # a kind has one of the two
    return entry.find(data)


def _churn(data: pd.DataFrame) -> tuple[list[Finding], str]:
    """Shifted beta-geometric by month, whatever the counts are by.

    `customers.churn_alpha` and `churn_beta` give the model's chance to leave in a month at an age of
    k months, alpha / (alpha + beta + k). Yearly counts are fitted as twelve such months; a yearly fit
    is not a monthly one. The two errors go together, while rows are drawn apart, unless
    `params/base/correlations.yaml` names the pair: drawn apart, churn is less sure than the data are.
    """
    renewals = renewals_table(data)
    found = fit_renewals(renewals)
    lost = round(float(renewals.lost.sum()))
    seen = f"{found.count:,} customers, {lost:,} lost within {renewals.end.max():.0f} months"
    names = ("churn_alpha", "churn_beta")
    triples = zip(names, found.values.tolist(), found.log_se.tolist(), strict=True)
    return [Finding(name, value, spread, "1") for name, value, spread in triples], seen


def _transactions(data: pd.DataFrame) -> tuple[list[Finding], str]:
    """How alike customers order: the shape r of the gamma distribution of their rates, by BG/NBD."""
    history = summary(data)
    fitted = fit_bgnbd(history).estimates
    shape, spread = float(fitted.values[0]), float(fitted.log_se[0])
    seen = f"{history.count:,} customers, {int((history.frequency > 0).sum()):,} came back"
    return [Finding("order_shape", shape, spread, "1")], seen


def _leavers(data: pd.DataFrame) -> tuple[list[Finding], str]:
    """Hazard of each tenure band over the mean, from leavers' records (`leavers_table`)."""
    records = leavers_table(data)
    bands = band_hazards(records)
    band_rows(bands, "")  # refuses bands that say nothing
    seen = f"{records.tenure.size:,} people, {int(records.left.sum()):,} leavers"
    spreads = (bands.ratio_se / bands.ratio).tolist()
    pairs = enumerate(zip(bands.ratio.tolist(), spreads, strict=True))
    return [Finding(str(band), ratio, spread, "1") for band, (ratio, spread) in pairs], seen


def _bass(data: pd.DataFrame) -> tuple[list[Finding], str]:
    """Innovation and imitation a year, from a category's adopters by year, its first year first."""
    found = [str(name) for name in data.columns]
    refuse_missing("adopters", ("year", "adopters"), found)
    frame = data[["year", "adopters"]].apply(pd.to_numeric, errors="coerce")
    wrong = np.flatnonzero(frame.isna().any(axis=1))
    if wrong.size:
        rows = ", ".join(str(row + FIRST_ROW) for row in wrong[:8])
        raise ValueError(f"adopters: row {rows}: year and adopters must be numbers")
    frame = frame.sort_values("year", kind="stable")
    if (np.diff(frame["year"]) != 1).any():
        raise ValueError("adopters: years must follow one another, each once")
    fitted = fit_bass(frame["adopters"].to_numpy(dtype=float))
    first, last = frame["year"].iloc[0], frame["year"].iloc[-1]
    return [
        Finding("bass_p", fitted.p, fitted.p_se / fitted.p, "1/year"),
        Finding("bass_q", fitted.q, fitted.q_se / fitted.q, "1/year"),
    ], f"{len(frame)} years, {first:.0f} to {last:.0f}"


def _choice(data: pd.DataFrame) -> tuple[list[Finding], str]:
    """Effect of the log of price on utility, from a choice survey; every other column is an attribute."""
    names = [str(name) for name in data.columns]
    if PRICE not in names:
        raise ValueError(f"choice survey: no column {PRICE!r}{suggestion(PRICE, names)}")
    survey = choice_table(data, [name for name in names if name not in SURVEY])
    fitted = fit_choice(survey)
    willingness_to_pay(fitted, PRICE)  # refuses a price that does not repel
    at = fitted.place(PRICE)
    effect, se = -float(fitted.effects[at]), float(fitted.se[at])
    seen = f"{data['respondent'].nunique():,} people, {len(survey.starts):,} choices"
    return [Finding("price_logit", effect, se / effect, "utility")], seen


def _response(data: pd.DataFrame, beside: Beside) -> tuple[list[Finding], str]:
    """Half-life in weeks, half-point over the spend of 2026 and slope of what media bring, by week.

    All touchpoints share them, as in the simulation; priors are what `params/base/brand.yaml` judges.
    """
    fitted = weekly_response(data, beside)
    values, spreads = fitted.values[0], fitted.log_se[0]
    tests = 0 if beside.tests is None else len(beside.tests)
    seen = f"{len(data)} weeks, {len(fitted.touchpoints)} touchpoints, {tests} lift tests"
    return [
        Finding(name, float(values[k]), float(spreads[k]), unit) for name, (k, unit) in ROWS.items()
    ], seen


KINDS: Mapping[str, Kind] = {
    "churn": Kind(
        "customers", "customer-service", "month (or year), customers, and cohort if several",
        "shifted beta-geometric by month", _churn,
    ),
    "transactions": Kind(
        "loyalty", "customer-service", "date, customer, amount, and first_purchase if known",
        "BG/NBD", _transactions,
    ),
    "leavers": Kind(
        "workforce.band_hazard", "people-analytics", "start, end, observed_until, observed_from",
        "hazards by tenure", _leavers,
    ),
    "bass": Kind(
        "demand", "marketing-insight", "year, adopters", "Bass model by year", _bass,
    ),
    "choice": Kind(
        "demand", "marketing-insight",
        "respondent, task, alternative, chosen, log_price and other attributes",
        "conditional logit", _choice,
    ),
    "response": Kind(
        "brand", "brand", "week, sales, spend by touchpoint, and controls",
        "adstock and Hill by week", find_beside=_response,
    ),
}  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
