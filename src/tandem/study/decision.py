"""Decision: which scenario to choose, by how much, and how sure that is.

What it answers: for scenarios simulated on the same draws, each one's expected net present value
and its range, the probability of each target and of both, how often it is best, whether it stays
within the cash limit; the scenario of highest expected net present value within that limit; and
paired differences between scenarios with their intervals.

Paired means draw by draw: all scenarios meet the same markets, people and luck, so a difference
holds only what was decided differently (model.md, section 11).

What it leaves out: simulating, words and figures. Scenarios that apply an outlook are not choices
of the company and do not belong among the candidates.

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Difference", "Futures", "Recommendation", "Standing", "paired", "recommend"]

Draws = NDArray[np.float64]

#: A scenario is within the cash limit where at most this share of its futures goes beyond it.
CASH_TOLERANCE = 0.05

#: Half the width of a 95 % interval of a mean, in standard errors.
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Futures:
    """One scenario's futures, each an array (draw,).

    npv: real net present value, money. sales_met, customers_met: 1 where that target is met, else 0.
    cash_kept: 1 where payments never needed more than cash and credit line, else 0.
    """

    npv: Draws
    sales_met: Draws
    customers_met: Draws
    cash_kept: Draws

    @property
    def both_met(self) -> Draws:
        """1 where both targets are met in the same future, else 0."""
        return self.sales_met * self.customers_met


@dataclass(frozen=True, slots=True)
class Standing:
    """How one scenario stands: money in the currency of the study, all else shares of futures."""

    scenario: str
    npv_mean: float
    npv_p10: float
    npv_p50: float
    npv_p90: float
    p_sales: float
    p_customers: float
    p_both: float
    p_best: float
    p_cash: float
    within_cash: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """`scenario` less `against`, draw by draw.

    mean with its 95 % interval (low, high); P10, median and P90 of the difference itself; and the
    share of futures in which `scenario` is ahead.
    """

    scenario: str
    against: str
    mean: float
    low: float
    high: float
    p10: float
    p50: float
    p90: float
    p_ahead: float

    @property
    def clear(self) -> bool:
        """Whether the interval of the mean leaves out nought."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True, slots=True)
class Recommendation:
    """The scenario to choose, and what the choice rests on.

    standings: all candidates, best first. to_next, to_reference: paired differences of net present
    value, None where there is nothing to compare with. likelier: paired difference of P(both
    targets) of the scenario that has the highest one, where that is another, else None.
    """

    scenario: str
    standings: tuple[Standing, ...]
    to_next: Difference | None
    to_reference: Difference | None
    likelier: Difference | None

    @property
    def chosen(self) -> Standing:
        """The standing of the recommended scenario."""
        return self.standing(self.scenario)

    @property
    def beyond_cash(self) -> tuple[str, ...]:
        """Candidates that need more cash than there is in too many futures."""
        return tuple(s.scenario for s in self.standings if not s.within_cash)

    def standing(self, scenario: str) -> Standing:
        """The standing of `scenario`; raises KeyError."""
        for standing in self.standings:
            if standing.scenario == scenario:
                return standing
        raise KeyError(scenario)


def paired(scenario: str, against: str, values: Draws, others: Draws) -> Difference:
    """Difference of two scenarios' values (draw,) on the same draws, at least two of them."""
    difference = np.asarray(values, dtype=float) - np.asarray(others, dtype=float)
    mean = float(difference.mean())
    half = _Z95 * float(difference.std(ddof=1)) / len(difference) ** 0.5
    p10, p50, p90 = (float(q) for q in np.quantile(difference, (0.1, 0.5, 0.9)))
    return Difference(
        scenario=scenario,
        against=against,
        mean=mean,
        low=mean - half,
        high=mean + half,
        p10=p10,
        p50=p50,
        p90=p90,
        p_ahead=float((difference > 0).mean()),
    )


def recommend(
    candidates: Mapping[str, Futures],
    reference: str | None,
    tolerance: float = CASH_TOLERANCE,
) -> Recommendation:
    """The candidate of highest expected net present value among those within the cash limit.

    A candidate is within the limit where at most a share `tolerance` of its futures needs more than
    cash and credit line. Where none is, the one that keeps within it most often is taken, and its
    standing says so. `reference` names the candidate to compare with (do-nothing), if there is one.

    Raises ValueError without candidates, or where they have different numbers of draws.
    """
    if not candidates:
        raise ValueError("no scenario to choose from")
    if len({futures.npv.shape for futures in candidates.values()}) > 1:
        raise ValueError("scenarios have different numbers of draws and cannot be paired")

    best = _shares_best({name: futures.npv for name, futures in candidates.items()})
    standings = sorted(
        (_standing(name, futures, best[name], tolerance) for name, futures in candidates.items()),
        key=lambda s: (not s.within_cash, -s.npv_mean if s.within_cash else -s.p_cash),
    )
    first = standings[0]
    return Recommendation(
        scenario=first.scenario,
        standings=tuple(standings),
        to_next=_npv_difference(candidates, first.scenario, _second(standings)),
        to_reference=_npv_difference(
            candidates, first.scenario, reference if reference != first.scenario else None
        ),
        likelier=_likelier(candidates, standings),
    )


def _standing(name: str, futures: Futures, p_best: float, tolerance: float) -> Standing:
    p10, p50, p90 = (float(q) for q in np.quantile(futures.npv, (0.1, 0.5, 0.9)))
    p_cash = float(futures.cash_kept.mean())
    return Standing(
        scenario=name,
        npv_mean=float(futures.npv.mean()),
        npv_p10=p10,
        npv_p50=p50,
        npv_p90=p90,
        p_sales=float(futures.sales_met.mean()),
        p_customers=float(futures.customers_met.mean()),
        p_both=float(futures.both_met.mean()),
        p_best=p_best,
        p_cash=p_cash,
        within_cash=1.0 - p_cash <= tolerance,
    )


def _shares_best(npv: Mapping[str, Draws]) -> dict[str, float]:
    """Share of futures in which each has the highest value; equals share a future equally."""
    stacked = np.stack(list(npv.values()))
    top = stacked == stacked.max(axis=0)
    shares = (top / top.sum(axis=0)).mean(axis=1)
    return dict(zip(npv, (float(share) for share in shares), strict=True))


def _second(standings: list[Standing]) -> str | None:
    """The runner-up: the next within the cash limit."""
    return next((s.scenario for s in standings[1:] if s.within_cash), None)


def _npv_difference(
    candidates: Mapping[str, Futures], scenario: str, against: str | None
) -> Difference | None:
    if against is None or against not in candidates:
        return None
    return paired(scenario, against, candidates[scenario].npv, candidates[against].npv)


def _likelier(candidates: Mapping[str, Futures], standings: list[Standing]) -> Difference | None:
    first = standings[0]
    top = max(standings, key=lambda s: s.p_both)
    if top.p_both <= first.p_both:
        return None
    mine, theirs = candidates[first.scenario], candidates[top.scenario]
    return paired(top.scenario, first.scenario, theirs.both_met, mine.both_met)
