"""The model's own types: what goes in, what is carried from month to month, what comes out.

Answers: the shapes of the simulation. Leaves out: the numbers (``parameters``) and the laws. Any
module of the model may import it; it imports none of them at run time.

Every array is float64, month first where there is a month, draw last.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tandem.model.parameters import Parameters

Array: TypeAlias = NDArray[np.float64]

WORKS = (
    "contacts",
    "outlets_opened",
    "outlets_kept",
    "span",
    "spend",
    "content",
    "insight",
    "service",
    "recruiting",
    "training",
)
TASKS = ("sell", "serve", "innovate")
#: What a plan may reward, and the task whose effort moves it.
KPIS = {
    "sales": "sell",
    "satisfaction": "serve",
    "new_product": "innovate",
    "share": "sell",
    "conversion": "sell",
    "repurchase": "serve",
}
STAGES = ("announce", "source", "test", "interview", "check", "offer", "notice")
LINES = (
    "revenue",
    "cogs",
    "fees",
    "trade_spend",
    "media",
    "pay",
    "social",
    "hiring",
    "training",
    "severance",
    "service",
    "workplace",
    "fixed_cost",
    "interest",
    "tax",
)
EVENTS = (
    "requisition",
    "start",
    "leave",
    "age",
    "probation",
    "opening",
    "launch",
    "reaction",
    "forecast",
    "reason",
    "promote",
    "term",
    "offer",
    "accept",
    "product",
)


@dataclass(frozen=True, slots=True)
class Structure:
    """What the company consists of: names and how they hang together; no uncertain number.

    ``home[m]`` is the market whose norms a new market borrows (itself where it exists in 2026);
    ``home_position[p]`` likewise for positions. ``place[p]`` is a market's index, or -1 for the
    company as a whole; ``driver[p]`` an index into ``WORKS``. ``campus[h]`` marks the channel
    with a yearly window. ``feeder[p]`` is the position whose people are promoted into p, or -1.
    ``promotion_month[q]`` is a calendar month, 0 for January, and ``promotion_markets[q]`` says by
    market whether it takes part.
    """

    markets: tuple[str, ...]
    touchpoints: tuple[str, ...]
    competitors: tuple[str, ...]
    positions: tuple[str, ...]
    roles: tuple[str, ...]
    places: tuple[str, ...]
    channels: tuple[str, ...]
    plans: tuple[str, ...]
    existing: tuple[bool, ...]
    outlet_market: tuple[bool, ...]
    home: tuple[int, ...]
    place: tuple[int, ...]
    home_position: tuple[int, ...]
    driver: tuple[int, ...]
    campus: tuple[bool, ...]
    city: tuple[int, ...]
    cities: tuple[str, ...]
    feeder: tuple[int, ...]
    promotions: tuple[str, ...] = ()
    promotion_month: tuple[int, ...] = ()
    promotion_markets: tuple[tuple[bool, ...], ...] = ()

    def serves(self, market: int) -> Array:
        """1 for positions placed in a market, shape (p, 1)."""
        return (np.asarray(self.place) == market).astype(float)[:, None]


@dataclass(frozen=True, slots=True)
class Month:
    """One month's view of a scenario: its parameters and the choices in force."""

    parameters: Parameters
    open: tuple[bool, ...]  # by market
    plan: tuple[int, ...]  # pay plan by position
    hire_ahead: bool  # funding policy: ahead of earnings, or out of them


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything ``simulate`` reads.

    ``base`` holds 2026 (from ``params/base`` alone), ``months`` the scenario month by month,
    ``central`` the same with one draw at the medians. ``shock`` (month, d) are standard normals.
    ``key`` and ``draws`` (absolute numbers, (d,)) address the uniforms of whole-person events. With
    ``unlimited_people`` every lead is served and outlets are opened and kept by all whom the plan
    wants: the twin against which sales lost to "no people" are counted.
    """

    structure: Structure
    base: Month
    months: tuple[Month, ...]
    central: Inputs | None
    shock: Array
    key: int
    draws: NDArray[np.int64]
    growth: bool = True
    whole_people: bool = True
    unlimited_people: bool = False


@dataclass(slots=True)
class Workforce:
    """The stock of people: ``heads`` (b, p, d), ``pipeline`` (month ahead, p, d), co-flows (p, d).

    ``promoted`` (b, p, d) have left their old position and start in this one next month; ``ready``
    (p, d) of those here could be promoted out of it, in the mean.
    """

    heads: Array
    pipeline: Array
    unramped: Array
    quality: Array
    months_over: Array
    ready: Array
    promoted: Array

    @property
    def total(self) -> Array:
        """Heads by position, (p, d)."""
        return self.heads.sum(axis=0)


@dataclass(frozen=True, slots=True)
class Reference:
    """Twelve numbers of 2026 a quantity, January first: what every difference is taken from."""

    ramped: Array  # (12, p, d)
    heads: Array  # (12, p, d)
    unramped: Array  # (12, p, d)
    open_requisitions: Array  # (12, p, d)
    hires: Array  # (12, p, d)
    leavers: Array  # (12, p, d)
    withheld: Array  # (12, b, p, d), of these, those not offered another term
    awareness: Array  # (12, m, d)
    coverage: Array  # (12, m, d)
    leads: Array  # (12, m, d)
    capacity: Array  # (12, m, d)
    served: Array  # (12, m, d)
    backlog: Array  # (12, m, d), opening
    expired: Array  # (12, m, d)
    new_customers: Array  # (12, m, d)
    customers: Array  # (12, m, d), opening
    orders: Array  # (12, m, d)
    sales: Array  # (12, m, d)
    lead_share: Array  # (12, m, d), G before season


@dataclass(frozen=True, slots=True)
class Anchor:
    """What 2026 says of each draw: constants that make the model reproduce it, and its months."""

    reference: Reference
    opening: Workforce
    cohorts: Array  # (m, k, d), 1 October 2026
    backlog: Array  # (m, d)
    target_offset: Array  # (p, d) heads
    hazard: Array  # (p, d) a month, at relative hazard 1
    awareness_decay: Array  # (m, d) a month
    awareness_spill: Array  # (m, d) share of the unaware a month, without own media
    opening_rate: Array  # (m, d) coverage a month per ramped rep in the field
    contacts: Array  # (m, d) a month per unit of contact work
    contestable: Array  # (m, d) a month, 2026
    own_utility: Array  # (m, d)
    order_rate: Array  # (m, d) orders a month per customer
    pool: Array  # (m, d) category pool
    adopters: Array  # (m, d) who have adopted by 1 October 2026


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What happened: arrays (month, ..., d) by name, with the 2026 references beside them."""

    structure: Structure
    anchor: Anchor
    market: dict[str, Array]  # (t, m, d)
    position: dict[str, Array]  # (t, p, d)
    company: dict[str, Array]  # (t, d)
    ledger: Array  # (t, line, d)
    ledger_2026: Array  # (12, line, d)
    contribution: Array  # (t, m, d)
    reached_by_source: Array  # (t, m, j + 1, d), organic first, as those that follow
    clicks_by_source: Array
    leads_by_source: Array
    qualified_by_source: Array
    terminal_value: Array  # (d,)
