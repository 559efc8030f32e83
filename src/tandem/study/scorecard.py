"""Scorecard: both departments' KPIs of the year: target, actual, forecast, status (C5).

Answers: for each KPI the target, what the records say of the year so far, the range of the year
given these records, the probability of the target and the status that follows by rule; and the
probabilities in every other scenario. Leaves out words.

The rule: a KPI is on track from a probability of `scorecard.on_track` on, at risk from
`scorecard.at_risk` on, and off below (`params/objectives.yaml`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np
from numpy.typing import NDArray

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.objectives import Objectives, read_objectives
from tandem.model.types import Array
from tandem.study.actuals import Actuals
from tandem.study.readings import paths_of
from tandem.study.review import records
from tandem.study.sales_drivers import TARGET_MONTHS

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["KPIS", "Card", "Kpi", "Row", "Status", "scorecard", "series_of", "status_of", "updated"]

Draws = NDArray[np.float64]
#: What KPIs are made of, by month of the model and future: (month, draw).
Series = Mapping[str, Array]
Status = Literal["on track", "at risk", "off"]
_QUANTILES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI: whose it is, its kind of number, which way is better, where its target stands, and
    its value over months that follow each other, (draw,).

    ``target`` is a path of the assumptions, or of `params/objectives.yaml` where it begins so.
    """

    department: Literal["marketing", "hr"]
    kind: Literal["growth", "share", "index"]
    better: Literal["higher", "lower"]
    target: str
    value: Callable[[Series, slice], Array]


def _growth(name: str) -> Callable[[Series, slice], Array]:
    return lambda s, when: s[name][when].sum(axis=0) / s[f"{name}_2026"][when].sum(axis=0)


def _ratio(part: str, whole: str) -> Callable[[Series, slice], Array]:
    return lambda s, when: s[part][when].sum(axis=0) / np.maximum(s[whole][when].sum(axis=0), 1e-9)


def _last(name: str) -> Callable[[Series, slice], Array]:
    return lambda s, when: np.asarray(s[name][when][-1])


def _turnover(s: Series, when: slice) -> Array:
    """Leavers over mean heads, as a yearly rate."""
    year = units.MONTHS_PER_YEAR / len(s["leavers"][when])
    return np.asarray(s["leavers"][when].sum(axis=0) / s["heads"][when].mean(axis=0) * year)


#: Every KPI of the scorecard by name, marketing first.
KPIS: Mapping[str, Kpi] = MappingProxyType(
    {
        "sales": Kpi("marketing", "growth", "higher", "targets.sales_growth", _growth("sales")),
        "new_customers": Kpi(
            "marketing", "growth", "higher", "targets.new_customers_growth",
            _growth("new_customers"),
        ),
        "share": Kpi(
            "marketing", "share", "higher", "scorecard.share",
            _ratio("new_customers", "contestable_customers"),
        ),
        "awareness": Kpi(
            "marketing", "share", "higher", "scorecard.awareness", _last("awareness")
        ),
        "conversion": Kpi(
            "marketing", "share", "higher", "scorecard.conversion", _ratio("new_customers", "leads")
        ),
        "fill_rate": Kpi(
            "hr", "share", "higher", "scorecard.fill_rate", _ratio("filled_heads", "required_heads")
        ),
        "training_cover": Kpi(
            "hr", "index", "higher", "scorecard.training_cover", _last("training_cover")
        ),
        "satisfaction": Kpi(
            "marketing", "share", "higher", "scorecard.satisfaction", _last("satisfaction")
        ),
        "turnover": Kpi("hr", "share", "lower", "scorecard.turnover", _turnover),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One KPI as it stands; ``actual`` is NaN without records, and so is ``then`` for the year so far.

    ``expected`` is the median forecast of the year so far; ``low``, ``median`` and ``high`` are of
    the year given the records, ``before`` the probability of the target without them.
    """

    name: str
    kpi: Kpi
    owner: str
    target: float
    actual: float
    expected: float
    low: float
    median: float
    high: float
    probability: float
    before: float
    status: Status


@dataclass(frozen=True)
class Card:
    """The scorecard of ``study``, the scenario under review; ``last`` is the last month on record.

    ``others`` are the probabilities of each KPI's target by scenario, without records. ``last`` is
    None where there are no records.
    """

    study: Study
    last: int | None
    declared: Objectives
    rows: tuple[Row, ...]
    others: Mapping[str, Mapping[str, float]]


def scorecard(study: Study, scenarios: tuple[str, ...] = ()) -> Card:
    """The scorecard of the scenario under review, or of ``study`` where there is none.

    ``scenarios`` are those whose probabilities stand beside it. Raises Refusal with everything that
    is wrong with `params/objectives.yaml` or the records.
    """
    declared = read_objectives(study.project)
    entry = study.settings.review
    of, held, last = study, None, None
    if entry is not None and entry.scenario in study.scenarios:
        of, held = study.of(entry.scenario), records(study)
        last = units.month_index(entry.date[:7]) - 1
        if last < TARGET_MONTHS.start:
            held, last = None, None
    series = series_of(of)
    seen = None if held is None or last is None else _recorded(of, held, last, series)
    others = {name: _odds(study.of(name), declared) for name in scenarios}
    rows = tuple(_row(of, name, declared, series, seen, last) for name in KPIS)
    return Card(of, last, declared, rows, MappingProxyType(others))


def status_of(probability: float, on_track: float, at_risk: float) -> Status:
    """The status that the rule gives to a probability, counted in whole futures of a hundred."""
    counted = round(100 * probability) / 100
    if counted >= on_track:
        return "on track"
    return "at risk" if counted >= at_risk else "off"


def updated(year: Draws, so_far: Draws, actual: float) -> Draws:
    """Futures of a year given what was recorded of it: year + b (actual - so far), (draw,).

    b = cov(year, so far) / var(so far): each future is moved by as much as futures differ at the
    year's end for a difference so far, the linear update of an ensemble without error of
    observation. Source: Evensen, G. (2003), The Ensemble Kalman Filter, Ocean Dynamics 53, 343-367.
    Where all futures agree on the months so far, nothing is learned from them.
    """
    spread = so_far - so_far.mean()
    variance = float((spread**2).mean())
    if variance <= np.finfo(float).eps * max(float((so_far**2).mean()), np.finfo(float).tiny):
        return year
    slope = float(((year - year.mean()) * spread).mean()) / variance
    return np.asarray(year + slope * (actual - so_far))


def _row(
    study: Study, name: str, declared: Objectives, series: Series, seen: Series | None,
    last: int | None,
) -> Row:  # fmt: skip
    kpi = KPIS[name]
    target, owner = _target(study, declared, kpi)
    year = kpi.value(series, TARGET_MONTHS)
    before = _reached(kpi, year, target)
    actual = expected = float("nan")
    if seen is not None and last is not None:
        when = slice(TARGET_MONTHS.start, min(last + 1, TARGET_MONTHS.stop))
        so_far = kpi.value(series, when)
        actual, expected = float(kpi.value(seen, when)[0]), float(np.median(so_far))
        year = updated(year, so_far, actual)
        year = np.clip(year, 0.0, 1.0 if kpi.kind == "share" and name != "turnover" else None)
    low, median, high = (float(q) for q in np.quantile(year, _QUANTILES))
    probability = _reached(kpi, year, target)
    card = declared.scorecard
    status = status_of(probability, card.on_track.median, card.at_risk.median)
    return Row(
        name, kpi, owner, target, actual, expected, low, median, high,
        probability, before, status,
    )  # fmt: skip


def _target(study: Study, declared: Objectives, kpi: Kpi) -> tuple[float, str]:
    """Target of a KPI and whose it is."""
    own = declared.estimates.get(kpi.target)
    if own is not None:
        return own.median, own.owner
    # with what a layer or the command line sets
    value = float(central(study.assumptions).at(kpi.target)[-1, 0])
    return value, study.assumptions.estimates[kpi.target].owner


def _reached(kpi: Kpi, year: Draws, target: float) -> float:
    return float((year >= target if kpi.better == "higher" else year <= target).mean())


def _odds(study: Study, declared: Objectives) -> dict[str, float]:
    series = series_of(study)
    return {
        name: _reached(kpi, kpi.value(series, TARGET_MONTHS), _target(study, declared, kpi)[0])
        for name, kpi in KPIS.items()
    }


def series_of(study: Study) -> dict[str, Array]:
    """What KPIs are made of, as simulated, (month, draw); sales in prices of the day."""

    def read(name: str) -> Array:
        array = study.results[name]
        order = [d for d in ("month", "calendar", "market", "position", "draw") if d in array.dims]
        return np.asarray(array.transpose(*order).values, dtype=float)

    calendar = units.calendar_month(np.arange(units.HORIZON))
    found = {
        name: read(name).sum(axis=1) for name in ("new_customers", "leads", "leavers", "heads")
    }
    contestable = read("contestable_customers")
    found["contestable_customers"] = contestable.sum(axis=1)
    found["awareness"] = _mean(read("awareness"), contestable)
    found["sales"] = read("sales").sum(axis=1) * read("price_index")
    for name in ("sales", "new_customers"):
        found[f"{name}_2026"] = read(f"{name}_reference")[calendar].sum(axis=1)
    required = read("required_heads")
    found["required_heads"] = required.sum(axis=1)
    found["filled_heads"] = np.minimum(read("heads"), required).sum(axis=1)
    for name in ("training_cover", "satisfaction"):
        found[name] = paths_of(study, name, "company")
    return found


def _recorded(study: Study, held: Actuals, last: int, series: Series) -> dict[str, Array]:
    """The same series from the records, one column; months without a record are 0 or NaN."""
    months = list(range(last + 1))

    def of(measure: str) -> Array:
        return np.stack([held.counts(measure, s, months) for s in held.scopes(measure)], axis=1)

    found = {name: of(name).sum(axis=1) for name in ("new_customers", "leads", "leavers", "heads")}
    contestable = of("contestable_customers")
    found["contestable_customers"] = contestable.sum(axis=1)
    found["awareness"] = _mean(of("awareness"), contestable)
    prices = np.median(np.asarray(study.results["price_index"].transpose("month", "draw")), axis=1)
    found["sales"] = of("sales").sum(axis=1) * prices[: last + 1]
    for name in ("sales_2026", "new_customers_2026"):
        found[name] = np.median(series[name], axis=1)[: last + 1]
    scopes = held.scopes("required_heads")
    required = np.stack([held.counts("required_heads", s, months) for s in scopes], axis=1)
    here = np.stack([held.counts("heads", s, months) for s in scopes], axis=1)
    found["required_heads"] = required.sum(axis=1)
    found["filled_heads"] = np.minimum(here, required).sum(axis=1)
    for name in ("training_cover", "satisfaction"):
        found[name] = held.values(name, "company", months)
    return {name: np.asarray(values, dtype=float)[:, None] for name, values in found.items()}


def _mean(values: Array, weights: Array) -> Array:
    """Weighted mean over the second axis; 0 where nothing has weight."""
    whole = weights.sum(axis=1)
    added = (values * weights).sum(axis=1)
    return np.divide(added, whole, out=np.zeros_like(whole), where=whole > 0)
