"""Hiring channels as a scenario has them in a month: days, candidates, offers accepted, fee.

What it answers: what one hire takes through each channel, with the scenario's labour market and its
assessments; the time to fill through one channel, per draw.

What it leaves out: which channels roles use (`Structure`, sources) and until when requisitions may wait
(`tandem.study.hiring_dates`).

Who may import it: the modules of `tandem.study`, charts, batch, site, cli and notebooks.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from tandem.model import hiring, people
from tandem.model.parameters import Parameters
from tandem.model.types import Array, Inputs

__all__ = ["ChannelTerms", "channel_terms", "fill_days"]


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


def channel_terms(inputs: Inputs, month: int, stretch: float = 1.0) -> list[ChannelTerms]:
    """Terms of every channel in a model month, at the mean over draws, for the common time to fill.

    ``stretch`` is recruiting time over usual in that month (recruiters' load).
    """
    p, base = inputs.months[month].parameters, inputs.base.parameters
    accepted = _accepted(p)
    odds = logit(accepted) + p.hiring.acceptance_shift  # (h, d)
    one = np.ones_like(p.hiring.acceptance)
    found = []
    for h, name in enumerate(inputs.structure.channels):
        campus = inputs.structure.campus[h]
        saving = p.hiring.fast_track_saving * one
        plain, fast = (
            None if campus else fill_days(p, base, h, one, stretch, fast=share)[0].mean()
            for share in (0.0 * one, saving)
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


def fill_days(
    p: Parameters,
    base: Parameters,
    channel: int,
    factor: Array,
    stretch: float,
    *,
    fast: Array | None = None,
) -> tuple[Array, Array]:
    """Mean and standard deviation of the time to fill through one channel, days, (d,).

    ``factor`` (d,) is the role's time to fill over the common one, ``stretch`` recruiting time over
    usual; ``fast`` (d,) the share of stage times saved, by default that of the requisitions which the
    scenario puts on the fast track.
    """
    now = people.candidates(p, _accepted(p))[channel]
    sourcing = now / people.candidates(base, base.hiring.acceptance)[channel]
    saved = p.hiring.fast_track_saving * p.hiring.fast_track if fast is None else fast
    mean, sd = hiring.stage_moments(
        hiring.fast_stage_days(p.hiring.stage_days, saved),
        np.full(1, stretch),
        p.hiring.source_ratio[channel] * sourcing,
        factor[None],
        p.hiring.fill_cv,
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
