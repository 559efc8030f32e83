"""Hiring channels as a scenario has them in a month: days, candidates, offers accepted, fee.

What it answers: what one hire takes through each channel, with the scenario's labour market and its
assessments; the time to fill through one channel, per draw.

What it leaves out: which channels roles use (`Structure`, sources) and until when requisitions may wait
(`tandem.study.hiring_dates`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from tandem.model import hiring, people
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Inputs
from tandem.units import calendar_month

if TYPE_CHECKING:
    from tandem.study.study import Study

__all__ = ["ChannelTerms", "Met", "channel_terms", "fill_days", "met", "usual"]


@dataclass(frozen=True, slots=True)
class Met:
    """What requisitions of the review of ``month`` meet with, each broadcasting to (d,).

    ``stretch`` recruiting time over usual, ``accepted`` the share of offers accepted, ``offered`` log of
    pay value to an applicant over 2026's, ``fast`` the share on the fast track.
    """

    month: int
    stretch: Array
    accepted: Array
    offered: Array
    fast: Array


def met(study: Study, month: int, position: int | None = None) -> Met:
    """What the simulation recorded at a position in a month, in the median future, (1,).

    Without a position, the mean of all, weighted by the requisitions asked for.
    """
    now = study.results.isel(month=month)

    def median(name: str) -> Array:
        values = now[name].transpose("position", "draw").values
        if position is not None:
            return np.median(values[position], keepdims=True)
        asked = now["requisitions"].transpose("position", "draw").values.mean(axis=1)
        weight = asked if asked.any() else np.ones_like(asked)
        return np.average(np.median(values, axis=1), weights=weight, keepdims=True)

    stretch = np.median(now["recruiting_stretch"].values, keepdims=True)
    names = ("offers_accepted", "pay_offered", "fast_share")
    return Met(month, stretch, *(median(name) for name in names))


def usual(inputs: Inputs, month: int, stretch: float = 1.0) -> Met:
    """The same with pay and employer brand as in 2026, the labour market of the month, no fast track."""
    p = inputs.months[month].parameters
    none = np.zeros_like(p.hiring.acceptance)
    return Met(month, none + stretch, _accepted(p), none, none)


@dataclass(frozen=True, slots=True)
class ChannelTerms:
    """What a hire takes through one channel: ``days`` (None for the campus), candidates, odds, fee.

    ``fast_days`` are those on the fast track, None where the scenario has none or for the campus;
    ``accepted`` the probability that an offer is accepted, ``fee`` a share of a year's pay.
    """

    channel: str
    days: float | None
    fast_days: float | None
    candidates: float
    accepted: float
    fee: float


def channel_terms(inputs: Inputs, at: Met) -> list[ChannelTerms]:
    """Terms of every channel in the month of ``at``, at the mean over draws, common time to fill."""
    p = inputs.months[at.month].parameters
    accepted = at.accepted + np.zeros_like(p.hiring.acceptance)
    odds = logit(accepted) + p.hiring.acceptance_shift  # (h, d)
    one = np.ones_like(p.hiring.acceptance)
    found = []
    for h, name in enumerate(inputs.structure.channels):
        campus = inputs.structure.campus[h]
        plain, fast = (
            None if campus else fill_days(inputs, replace(at, fast=share * one), h, one)[0].mean()
            for share in (0.0, 1.0)
        )
        found.append(
            ChannelTerms(
                name,
                None if plain is None else float(plain),
                float(fast) if fast is not None and (p.hiring.fast_track > 0).any() else None,
                float(people.candidates(p, accepted)[h].mean()),
                float(expit(odds[h]).mean()),
                float(np.mean(p.hiring.fee[h])),
            )
        )
    return found


def fill_days(inputs: Inputs, at: Met, channel: int, factor: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of the time to fill through one channel, days, (d,).

    As the simulation has it (`tandem.model.people.fill_terms`), with what ``at`` says was met.
    ``factor`` (d,) is the role's time to fill over the common one.
    """
    p, base = inputs.months[at.month].parameters, inputs.base.parameters
    h = p.hiring
    now = people.candidates(p, at.accepted + np.zeros_like(h.acceptance))[channel]
    needed = now / people.candidates(base, base.hiring.acceptance)[channel]
    sourcing = hiring.sourcing_time(needed, at.offered, h.applicants_pay)
    mean, sd = hiring.stage_moments(
        hiring.fast_stage_days(h.stage_days, h.fast_track_saving * at.fast),
        at.stretch * hiring.seasonal_time(int(calendar_month(at.month)), h.spring_hiring),
        h.source_ratio[channel] * sourcing,
        factor[None],
        h.fill_cv,
    )
    return mean[0], sd[0]


def _accepted(p: Parameters) -> Array:
    """Acceptance of offers, (d,): pay and employer brand as in 2026, the labour market of the month."""
    none = np.zeros_like(p.hiring.acceptance)
    return hiring.acceptance(
        p.hiring.acceptance,
        none,
        p.hiring.tightness,
        none,
        p.hiring.acceptance_pay,
        p.hiring.acceptance_brand,
    )
