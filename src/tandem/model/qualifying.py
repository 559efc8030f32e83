"""The stages of the funnel before somebody is served: reached, click or visit, lead, qualified (section 4).

Answers: people at each stage by source, and what the mix of sources does to the share who are won. A
lead is qualified if whoever left it is in the market at all; none of the others is won. 2026's mix of
sources is in its win rate, so only a mix that differs from it acts (``anchor.qualified_2026``). Leaves out who has time for a
lead (``selling``, which imports this).
"""

from dataclasses import dataclass

import numpy as np

from tandem.model.anchor import conversion, qualified
from tandem.model.funnel import lead_sources
from tandem.model.parameters import Parameters
from tandem.model.types import Array


@dataclass(frozen=True, slots=True)
class Stages:
    """People of a month by source, organic first, (m, j + 1, d); each stage is within the one before.

    The leads of a click are ``conversion`` over ``click``; a lead that several touchpoints brought is
    shared out between them, so that touchpoints' leads are at most their clicks times that.
    """

    reached: Array
    clicks: Array  # those who come of their own accord leave a lead or nothing
    leads: Array
    qualified: Array


def people_by_stage(
    p: Parameters, know_us: Array, response: Array, leads: Array, unpaid: Array, guests: Array
) -> Stages:
    """People by stage; ``know_us`` (m, d) could turn to us, ``leads`` (m, d) do.

    ``unpaid`` (m, d) is the lead conversion of those whom no touchpoint reaches; ``guests`` (m, d) are
    leads beside the others, whom customers brought: they count as organic.
    A touchpoint reaches the share of them that its saturation says, ``response`` (m, j, d); of those a
    share ``click`` clicks or visits, of whom a share leaves a lead.
    """
    sources = lead_sources(leads, unpaid, conversion(p), response)
    sources[:, 0] = sources[:, 0] + guests
    reached = know_us[:, None] * response
    clicks = reached * p.brand.click
    return Stages(
        reached=np.concatenate([know_us[:, None], reached], axis=1),
        clicks=np.concatenate([sources[:, :1], clicks], axis=1),
        leads=sources,
        qualified=sources * qualified(p)[None],
    )


def share_of(part: Array, whole: Array) -> Array:
    """part / whole, 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros_like(whole), where=whole > 0)
