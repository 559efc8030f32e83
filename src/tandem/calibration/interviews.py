"""Interviews as coded themes: how often something was said, as the range of a prior.

What it answers: the share of people who would name a theme, with the range that so few interviews
leave; as a beta distribution, or as a normal one of the log-odds.

What it leaves out: coding itself, and how strongly a theme moves a purchase: what people mention is
not what they pay for (`choice`).

Who may import it: charts, batch, site, cli and notebooks.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import polygamma, psi
from scipy.stats import beta

from tandem.calibration.refused import message, refuse_missing, suggestion

__all__ = ["Theme", "interview_rows", "themes"]

NEEDED = ("interview", "segment", "theme")
WHAT = "interviews"
NONE = "none"  # the theme of an interview in which nothing of interest was said


@dataclass(frozen=True, slots=True)
class Theme:
    """How many of the interviews named a theme: `mentions` of `interviews`."""

    name: str
    mentions: int
    interviews: int

    @property
    def shape(self) -> tuple[float, float]:
        """a and b of the beta distribution of the share: Jeffreys, mentions + .5 and the rest + .5.

        Source: Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion,
        Statistical Science 16(2).
        """
        return self.mentions + 0.5, self.interviews - self.mentions + 0.5

    def range(self, confidence: float = 0.8) -> tuple[float, float]:
        """Equal-tailed range of the share."""
        tail = 0.5 - confidence / 2.0
        low, high = (float(beta.ppf(q, *self.shape)) for q in (tail, 1.0 - tail))
        return low, high

    @property
    def median(self) -> float:
        """Median of the share."""
        return float(beta.median(*self.shape))

    @property
    def log_odds(self) -> tuple[float, float]:
        """Mean and standard deviation of the log-odds of the share: psi(a) - psi(b) and so on."""
        a, b = self.shape
        return float(psi(a) - psi(b)), float(np.sqrt(polygamma(1, a) + polygamma(1, b)))


def themes(records: pd.DataFrame, segments: Sequence[str] = ()) -> list[Theme]:
    """Count themes, the most frequent first, in interviews of ``segments`` (all of them for none).

    One row a theme of an interview: `interview`, `segment`, `theme`; an interview without a theme has
    one row with the theme "none", so that it counts. Raises ValueError with every row that cannot be
    used: an empty cell, a theme twice in an interview, an interview in two segments, "none" beside a
    theme; and for an unknown segment.
    """
    found = [str(name) for name in records.columns]
    refuse_missing(WHAT, NEEDED, found)
    if records.empty:
        raise ValueError(f"{WHAT}: no rows; at least one interview is needed")
    rows = records.loc[:, list(NEEDED)].reset_index(drop=True).astype("string").fillna("")
    rows = rows.apply(lambda column: column.str.strip())
    refusals = [
        (int(row), f"{name} is empty")
        for name in NEEDED
        for row in np.flatnonzero(rows[name] == "")
    ]
    for row in np.flatnonzero(rows.duplicated(["interview", "theme"])):
        refusals.append((int(row), f"theme {rows['theme'][row]!r} stands twice in this interview"))
    per = rows.groupby("interview")
    for row in np.flatnonzero(rows["segment"] != per["segment"].transform("first")):
        refusals.append((int(row), f"interview {rows['interview'][row]} is in two segments"))
    for row in np.flatnonzero((rows["theme"] == NONE) & (per["theme"].transform("size") > 1)):
        refusals.append((int(row), f"{NONE!r} beside other themes of the interview; leave it out"))
    if refusals:
        raise ValueError(message(WHAT, refusals))
    known = sorted(set(rows["segment"]))
    for segment in segments:
        if segment not in known:
            raise ValueError(f"{WHAT}: no segment {segment!r}{suggestion(segment, known)}")
    if segments:
        rows = rows[rows["segment"].isin(list(segments))]
    interviews = int(rows["interview"].nunique())
    counts = rows.loc[rows["theme"] != NONE, "theme"].value_counts()
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], str(pair[0])))
    return [Theme(str(name), int(count), interviews) for name, count in ordered]


def interview_rows(
    theme: Theme, path: str, source: str, unit: str = "share"
) -> dict[str, dict[str, object]]:
    """The row of a parameter that is the share of people with this theme, by its path: a beta.

    Unit "share" or "prob". Evidence "judgement": interviews are few and not drawn at random.
    """
    return {
        path: {
            "beta": list(theme.shape),
            "unit": unit,
            "evidence": "judgement",
            "source": f"{source}: {theme.mentions} of {theme.interviews} interviews",
        }
    }
