"""Candidates: who fits which post, and whom general skills alone would choose.

What it answers: the fit of every application with its job profile, who takes which post, and what
HR's general skills alone would choose.

What it leaves out: what posts need and what choosing better is worth (`tandem.charts.capability`);
matching (`tandem.study.capability`).

Who may import it: batch, site, cli and notebooks.
"""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter
from numpy.typing import NDArray

from tandem.assumptions.schema.capability import FULL_SCORE
from tandem.charts import numbers, theme
from tandem.charts.capability import Examined
from tandem.charts.chart import Chart, draw
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.study import capability

__all__ = ["alone", "assigned", "fit"]

_NAME_WIDTH = 1.45
_BIN = 2.5  # points of fit within which marks are set above each other
_STEP, _ROOM = 0.13, 0.42  # of a row: between marks above each other, and on either side

#: Profile, candidate, fit, and kind: takes a post, reaches every minimum, misses one.
Mark = tuple[str, str, float, int]


def fit(found: Examined) -> Chart:
    """Each candidate's fit by profile: chosen, suitable, or below a minimum; title: posts filled."""
    _, lang = translator(found.language), found.language
    matching = found.matching
    kinds = (_("takes a post"), _("reaches every minimum"), _("misses a minimum"))
    rows = [row for name in matching.profiles for row in _marks(found, name)]
    suitable = sum(int(allowed.sum()) for allowed in matching.allowed.values())
    applications = len(rows)
    data = pd.DataFrame(
        [(found.profile(p), who, value, kinds[kind]) for p, who, value, kind in rows],
        columns=[_("profile"), _("candidate"), _("fit"), _("result")],
    )

    def paint(figure: Figure) -> None:
        axes = figure.add_subplot()
        for kind in reversed(range(len(kinds))):
            places = [
                (value, list(matching.profiles).index(p) + lift)
                for (p, _who, value, own), lift in zip(rows, _lifts(rows), strict=True)
                if own == kind
            ]
            _scatter(axes, places, kind, kinds[kind])
        names = [found.profile(name) for name in matching.profiles]
        theme.name_rows(axes, names, [False] * len(names), _NAME_WIDTH)
        axes.xaxis.set_major_formatter(FuncFormatter(numbers.tick))
        handles, labels = axes.get_legend_handles_labels()
        axes.legend(
            handles[::-1],
            labels[::-1],
            loc="lower center",
            bbox_to_anchor=(0.36, 1.0),
            ncols=len(kinds),
            frameon=False,
            fontsize=theme.SMALL,
            handletextpad=0.1,
            columnspacing=1.0,
            borderpad=0.0,
        )

    values = {"filled": matching.filled, "posts": len(matching.posts)}
    return draw(
        "capability-fit",
        _("{filled} of {posts} posts find somebody who fits", **values),
        _(
            "Fit of every application with the job profile. {suitable} of {applications} reach every "
            "minimum; {filled} of {posts} posts are taken.",
            suitable=suitable,
            applications=applications,
            **values,
        ),
        data,
        units=_("Weighted score against the profile, 0 to {most}", most=f"{FULL_SCORE:g}"),
        height=1.15 * len(matching.profiles) + 0.6,
        language=lang,
        paint=paint,
    )


def assigned(found: Examined) -> Table:
    """Who takes each post, and the skill that is closest to its minimum; open posts say so."""
    _, lang = translator(found.language), found.language
    rows = []
    for name, who in _posts_by_fit(found.matching):
        if who == capability.UNFILLED:
            rows.append((found.profile(name), _("stays open"), np.nan, "", np.nan))
            continue
        skills = found.matching.profiles[name].skills
        over = found.matching.candidates.scores[name][who] - [s.minimum for s in skills.values()]
        closest = int(np.argmin(over))
        label = list(skills.values())[closest].label
        rows.append(
            (
                found.profile(name),
                found.matching.candidates.names[who],
                found.matching.fit[name][who],
                str(getattr(label, lang)),
                over[closest],
            )
        )
    return table(
        "capability-posts",
        _("Who takes which post: as many filled as can be, then the highest fit in all"),
        pd.DataFrame(rows, columns=["post", "candidate", "fit", "closest", "over"]),
        [
            Column("post", _("Post")),
            Column("candidate", _("Candidate")),
            Column("fit", _("Fit"), "number"),
            Column("closest", _("Skill closest to its minimum")),
            Column("over", _("Points above it"), "number"),
        ],
        lang,
    )


def alone(found: Examined) -> Table:
    """What HR's general skills alone would choose, held against the whole profile."""
    _, lang = translator(found.language), found.language
    frame = pd.DataFrame(
        [
            (found.profile(a.profile), a.agreement, a.joint_fit, a.alone_fit, a.others, a.below)
            for a in found.alone
        ],
        columns=["post", "agreement", "joint", "alone", "others", "below"],
    )
    return table(
        "capability-alone",
        _("Chosen by general skills alone, and by the joint profile"),
        frame,
        [
            Column("post", _("Profile")),
            Column("agreement", _("Correlation of both fits"), "number"),
            Column("joint", _("Fit of those chosen jointly"), "number"),
            Column("alone", _("Fit of those chosen by general skills"), "number"),
            Column("others", _("Of them not chosen jointly"), "count"),
            Column("below", _("Of them below a minimum"), "count"),
        ],
        lang,
    )


def _posts_by_fit(matching: capability.Matching) -> list[tuple[str, int]]:
    """Profile of each post and who takes it: posts of a profile are alike, so the best fit first."""
    found = []
    for name in matching.profiles:
        chosen = matching.chosen(name)
        ordered = chosen[np.argsort(-matching.fit[name][chosen], kind="stable")].tolist()
        open_posts = [capability.UNFILLED] * (matching.posts.count(name) - len(ordered))
        found += [(name, who) for who in ordered + open_posts]
    return found


def _marks(found: Examined, name: str) -> list[Mark]:
    """Profile, candidate, fit and kind (takes a post, suitable, below) of who applies, by fit."""
    matching = found.matching
    taken = set(matching.chosen(name).tolist())
    applied = np.flatnonzero(matching.candidates.applied[name])
    ordered: NDArray[np.int64] = applied[np.argsort(-matching.fit[name][applied], kind="stable")]
    return [
        (
            name,
            matching.candidates.names[who],
            float(matching.fit[name][who]),
            0 if who in taken else 1 if matching.allowed[name][who] else 2,
        )
        for who in ordered.tolist()
    ]


def _lifts(rows: list[Mark]) -> list[float]:
    """How far each mark is set off its row, so that marks of nearly the same fit do not cover."""
    seen: dict[tuple[str, int], int] = {}
    steps = []
    for profile, _who, value, _kind in rows:
        place = (profile, int(value / _BIN))
        count = seen[place] = seen.get(place, -1) + 1
        steps.append((count + 1) // 2 * (-1 if count % 2 else 1))
    step = min(_STEP, _ROOM / max((abs(s) for s in steps if s), default=1))
    return [step * s for s in steps]


def _scatter(axes: Axes, places: list[tuple[float, float]], kind: int, label: str) -> None:
    """Marks that differ in form and filling, not in colour alone."""
    colour = (theme.PALETTE[0], theme.PALETTE[0], theme.GREY)[kind]
    axes.plot(
        [x for x, _y in places],
        [y for _x, y in places],
        ls="none",
        marker=("D", "o", "x")[kind],
        ms=(7.5, 7, 6)[kind],
        color=colour,
        mfc=(colour, "white", colour)[kind],
        mew=1.4,
        label=label,
    )
