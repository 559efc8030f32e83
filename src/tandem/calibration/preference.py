"""What a choice model is for: shares of given offers, and what to build next.

What it answers: which share of those who choose takes each of a set of offers, and which change of
ours gains most once its cost is paid.

What it leaves out: the estimates (`choice`); awareness, distribution and service, which decide who
chooses at all.

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from tandem.calibration.choice import ChoiceFit

__all__ = ["Change", "Gain", "Shares", "market_shares", "next_product"]

Floats = NDArray[np.float64]
Profile = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Shares:
    """Share of those who choose by offer, (offer,), with its standard error; the shares add up to 1."""

    share: Floats
    se: Floats


@dataclass(frozen=True, slots=True)
class Change:
    """Something that we could build: the attributes that it sets, and what it costs a customer won.

    `cost` is money a customer, more than today.
    """

    name: str
    sets: Mapping[str, float]
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Gain:
    """What a change brings: share gained, and money a person who chooses, net of its cost.

    `low` and `high` are the ends of the interval of `net`, `share_se` and `net_se` standard errors.
    """

    change: Change = field(repr=False)
    share: float
    share_se: float
    net: float
    net_se: float
    low: float
    high: float

    @property
    def name(self) -> str:
        """Name of the change."""
        return self.change.name


def market_shares(fit: ChoiceFit, profiles: Sequence[Profile]) -> Shares:
    """Logit shares of the offers; each profile sets attributes by name, those left out are 0.

    s_i = exp(x_i b) / sum exp(x b); the standard error is the delta method's, from
    ds_i/db = s_i (x_i - mean of x over shares). Raises ValueError for an unknown attribute, a value
    that is not finite, and fewer than two offers.
    """
    values = _values(fit, profiles)
    share, slopes = _shares(fit.effects, values)
    return Shares(share, np.sqrt(np.einsum("ik,kl,il->i", slopes, fit.covariance, slopes)))


def next_product(
    fit: ChoiceFit,
    profiles: Sequence[Profile],
    changes: Sequence[Change],
    margin: float,
    own: int = 0,
    confidence: float = 0.95,
) -> list[Gain]:
    """What to build next: ``changes`` of offer number ``own``, the largest net gain first.

    ``margin`` is what we earn on a customer today, money. A change with cost c takes our share from s
    to s', and brings s' (margin - c) - s margin a person who chooses: the gain in share net of its
    cost. Standard errors are the delta method's and take the correlation of s and s' into account.
    Raises ValueError as `market_shares` does, and for an unknown offer or a change that sets nothing.
    """
    if not 0 <= own < len(profiles):
        raise ValueError(f"offer {own} is not among the {len(profiles)} offers")
    idle = [change.name for change in changes if not change.sets]
    if idle:
        raise ValueError(f"{', '.join(idle)}: sets no attribute")
    before, slopes_before = _shares(fit.effects, _values(fit, profiles))
    wide = float(norm.ppf(0.5 + confidence / 2.0))
    gains = []
    for change in changes:
        offers = [*profiles[:own], {**profiles[own], **change.sets}, *profiles[own + 1 :]]
        after, slopes_after = _shares(fit.effects, _values(fit, offers))
        earned = margin - change.cost
        net = float(after[own] * earned - before[own] * margin)
        net_se = _se(fit, slopes_after[own] * earned - slopes_before[own] * margin)
        gains.append(
            Gain(
                change=change,
                share=float(after[own] - before[own]),
                share_se=_se(fit, slopes_after[own] - slopes_before[own]),
                net=net,
                net_se=net_se,
                low=net - wide * net_se,
                high=net + wide * net_se,
            )
        )
    return sorted(gains, key=lambda gain: -gain.net)


def _se(fit: ChoiceFit, slope: Floats) -> float:
    return float(np.sqrt(slope @ fit.covariance @ slope))


def _values(fit: ChoiceFit, profiles: Sequence[Profile]) -> Floats:
    """Offers as (offer, attribute)."""
    if len(profiles) < 2:
        raise ValueError("one offer is no choice: give two or more")
    values = np.zeros((len(profiles), len(fit.names)))
    for row, profile in enumerate(profiles):
        for name, value in profile.items():
            values[row, fit.place(name)] = value
    if not np.isfinite(values).all():
        raise ValueError("an offer's attributes must be finite numbers")
    return values


def _shares(effects: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Shares (offer,) and their slopes in the effects, (offer, attribute)."""
    utility = values @ effects
    weight = np.exp(utility - utility.max())
    share = weight / weight.sum()
    return share, share[:, None] * (values - share @ values)
