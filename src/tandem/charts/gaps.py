"""Gaps: what planning as one brings, over handing plans over and over planning apart.

What it answers: the two gaps in a sentence, the three plans on one axis, what each decides, and each gap
lever by lever; for the brief, both gaps in a small table.

What it leaves out: finding the plans and taking gaps apart (`tandem.study.optimising`,
`tandem.study.gaps`).

Who may import it: batch, site, cli and notebooks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.assumptions.plan import PARTS, Variable
from tandem.charts import comparison, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval
from tandem.charts.components import Answer, Note
from tandem.charts.tables import Column, Table, table
from tandem.language import Translator, translator
from tandem.study.decision import Difference
from tandem.study.gaps import Gap, Three, gaps, levers, three_plans
from tandem.study.optimising import NAMES
from tandem.study.plans import Plan

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["Planned", "answer", "by_lever", "decided", "planned", "ranges", "sentence", "worth"]


@dataclass(frozen=True)
class Planned:
    """The three plans of a study with the two gaps, and each gap lever by lever."""

    study: "Study"
    three: Three
    gaps: tuple[Gap, Gap]
    levers: tuple[Mapping[str, Difference], Mapping[str, Difference]]

    @property
    def language(self) -> str:
        """Language of every sentence."""
        return self.study.language


def planned(study: "Study", draws: int | None = None) -> Planned | None:
    """The plans of a study, taken apart on at most ``draws`` futures; None where it has none.

    Without ``draws`` the gaps are not taken apart: what the brief shows.
    """
    three = three_plans(study)
    if three is None:
        return None
    first, then = gaps(three)
    apart = [levers(three, gap, draws) if draws else {} for gap in (first, then)]
    return Planned(study, three, (first, then), (apart[0], apart[1]))


def answer(study: "Study", found: Planned | None) -> Answer:
    """Both gaps with their intervals; where there are no plans, how to get them."""
    _, lang = translator(study.language), study.language
    if found is None:
        return Answer(
            _(
                "This study has no plans to compare yet: the command “tandem plan” searches for them."
            )
        )
    handed, joined = (gap.whole for gap in found.gaps)
    limits = found.three.plans.space.file.search
    return Answer(
        headline=_(
            "Planning as one is worth {joined} more than handing plans over ({joined_range}), and "
            "handing over {handed} more than planning apart ({handed_range}).",
            joined=_money(joined.mean, lang),
            joined_range=numbers.amount_range("money", joined.low, joined.high, lang),
            handed=_money(handed.mean, lang),
            handed_range=numbers.amount_range("money", handed.low, handed.high, lang),
        ),
        range=_(
            "Differences of net present value, future by future, with 95 % intervals of the mean. The "
            "plans were found on {count} other futures.",
            count=limits.draws,
        ),
        facts=tuple(
            (
                _("{plan}: both targets met", plan=_names(_)[name]),
                numbers.of_100(source.chance(one, source.BOTH_MET), lang),
            )
            for name, one in found.three.studies.items()
        ),
    )


def ranges(found: Planned | None) -> Chart | None:
    """Net present value of the three plans, P10 to P90 with the median, one row a plan."""
    if found is None:
        return None
    _, lang = translator(found.language), found.language
    rows, means = [], {}
    for name, one in found.three.studies.items():
        npv = one.draws_of(source.NPV)
        p10, p50, p90 = (float(q) for q in np.quantile(npv, (0.1, 0.5, 0.9)))
        means[name] = float(npv.mean())
        rows.append(Interval(_names(_)[name], p10, p50, p90, name == NAMES[-1]))
    best = max(means, key=lambda name: means[name])
    values = {
        "plan": _names(_)[best],
        "amount": numbers.amount("money", means[best], lang),
        "least": numbers.amount("money", min(means.values()), lang),
    }
    return comparison.intervals(
        "three-plans",
        _("{plan}: {amount} on average, the most of the three", **values),
        _(
            "Net present value of the three plans on the same futures. “{plan}” has the highest mean, "
            "{amount}; the lowest is {least}.",
            **values,
        ),
        rows,
        kind="money",
        what=_("Net present value"),
        language=lang,
        item=_("plan"),
    )


def decided(found: Planned | None) -> Table | None:
    """What each plan decides, one row a variable; and whether these futures keep its cash limit."""
    if found is None:
        return None
    _, lang = translator(found.language), found.language
    plans = found.three.decided
    launch = {
        n: numbers.month(units.month_label(p.launch), lang, short=True) for n, p in plans.items()
    }
    rows = [{"what": _("Launch"), **launch}]
    for one in found.three.plans.variables:
        rows.append(
            {
                "what": _variable(found, one.path),
                **{n: _said(found, one, p) for n, p in plans.items()},
            }
        )
    for path in _rests(found):
        shares = {n: numbers.amount("share", float(p.values[path]), lang) for n, p in plans.items()}
        rows.append({"what": _variable(found, path), **shares})
    limit = found.three.plans.space.file.limits.cash_kept
    kept = {n: source.chance(one, source.CASH_KEPT) for n, one in found.three.studies.items()}
    rows.append(
        {
            "what": _("Cash limit kept, to be {limit}", limit=numbers.of_100(limit, lang)),
            **{n: _held(share, limit, lang) for n, share in kept.items()},
        }
    )
    return table(
        "plans-decided",
        _("What each plan decides"),
        pd.DataFrame(rows),
        [Column("what", _("Decision")), *(Column(name, _names(_)[name]) for name in plans)],
        lang,
    )


def by_lever(found: Planned | None) -> Table | None:
    """Each gap taken apart: what every lever adds, with its interval, and the sum."""
    if found is None:
        return None
    _, lang = translator(found.language), found.language
    words = _levers(_)
    rows = []
    for part in PARTS:
        pair = [apart.get(part) for apart in found.levers]
        if any(pair):
            rows.append(
                {
                    "lever": words[part],
                    **_cells("handed", pair[0], lang),
                    **_cells("joined", pair[1], lang),
                }
            )
    sums = [sum(d.mean for d in apart.values()) for apart in found.levers]
    rows.append(
        {"lever": _("All levers"), "handed": _money(sums[0], lang), "handed_range": "",
         "joined": _money(sums[1], lang), "joined_range": ""}
    )  # fmt: skip
    return table(
        "gap-by-lever",
        _("What each lever adds to net present value, means with 95 % intervals"),
        pd.DataFrame(rows),
        [
            Column("lever", _("Lever")),
            Column("handed", _("Handed over, not apart")),
            Column("handed_range", _("95 % interval")),
            Column("joined", _("As one, not handed over")),
            Column("joined_range", _("95 % interval")),
        ],
        lang,
    )


def worth(study: "Study", found: Planned | None) -> Table | None:
    """Both gaps with their intervals, for the brief; None where the study has no plans."""
    if found is None:
        return None
    _, lang = translator(study.language), study.language
    titles = (_("Handed over, not apart"), _("As one, not handed over"))
    rows = [
        {"gap": title, "mean": d.mean, "low": d.low, "high": d.high, "ahead": d.p_ahead}
        for title, d in zip(titles, (gap.whole for gap in found.gaps), strict=True)
    ]
    return table(
        "planning-gaps",
        _("What planning as one is worth, net present value"),
        pd.DataFrame(rows),
        [
            Column("gap", _("How it is planned")),
            Column("mean", _("Value gained"), "money", group="gain"),
            Column("low", _("95 % from"), "money", group="gain"),
            Column("high", _("to"), "money", group="gain"),
            Column("ahead", _("It pays"), "futures"),
        ],
        lang,
    )


def sentence(study: "Study", found: Planned | None) -> Note | None:
    """The same as the answer's first sentence, for the brief; None where the study has no plans."""
    return None if found is None else Note(answer(study, found).headline)


def _held(share: float, limit: float, language: str) -> str:
    """In how many futures a plan keeps its cash limit, and by how much it breaks it."""
    _ = translator(language)
    count = numbers.of_100(share, language)
    if share >= limit:
        return count
    return _(
        "{count}: breaks it by {short}",
        count=count,
        short=numbers.decimal(100.0 * (limit - share), 1),
    )


def _cells(name: str, part: Difference | None, language: str) -> dict[str, str]:
    if part is None:
        return {name: "–", f"{name}_range": ""}
    return {
        name: _money(part.mean, language),
        f"{name}_range": numbers.amount_range("money", part.low, part.high, language),
    }


def _money(value: float, language: str) -> str:
    return numbers.amount("money", value, language)


def _names(_: Translator) -> dict[str, str]:
    return {"silo": _("Apart"), "hand_off": _("Handed over"), "joint": _("As one")}


def _levers(_: Translator) -> dict[str, str]:
    return {
        "told": _("When HR is told"),
        "people": _("People of the launch"),
        "media": _("Media and its mix"),
        "pay": _("Pay plan"),
        "launch": _("Month of launch"),
    }


def _rests(found: Planned) -> list[str]:
    every = (one.rest for one in found.three.plans.variables)
    return list(dict.fromkeys(rest for rest in every if rest is not None))


def _variable(found: Planned, path: str) -> str:
    """What a reader calls a variable: its label, and where it stands."""
    leaf = found.three.plans.template.leaves[path]
    own = str(getattr(leaf.label, found.language))
    where = [str(getattr(label, found.language)) for label in leaf.where]
    touchpoints = found.three.plans.template.base.touchpoints  # type: ignore[attr-defined]  # the schema's root has touchpoints
    last = path.rpartition(".")[2]
    if last in touchpoints:
        where.append(str(getattr(touchpoints[last].label, found.language)))
    return ", ".join([own, *where])


def _said(found: Planned, one: Variable, plan: Plan) -> str:
    """A value of a plan with its unit."""
    lang, value = found.language, plan.values[one.path]
    if isinstance(value, str):
        company = found.three.plans.template.base
        plans = company.incentives  # type: ignore[attr-defined]  # the schema's root has incentives
        return str(getattr(plans[value].label, lang)) if value in plans else value
    if one.unit == "share":
        return numbers.amount("share", value, lang)
    return f"{numbers.tick(value)} {units.label(str(one.unit), lang)}"
