"""Workforce: which people a scenario needs, and when hiring must start.

What it answers: heads against those required, requisitions by position and month, hires and
leavers, how many are fully productive, and who leaves most; and the page's answer in words.

What it leaves out: pay (`tandem.charts.pay`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.assumptions.drawing import central
from tandem.assumptions.inputs import model_inputs
from tandem.charts import bars, fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.source import PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.simulate import norms
from tandem.study.openings import openings

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "answer",
    "attrition",
    "attrition_2026",
    "calendar",
    "heads",
    "moves",
    "openings_by_quarter",
    "openings_table",
    "productive",
]

#: At most so many small panels in one figure.
_PANELS = 6


def answer(study: "Study") -> Answer:
    """Requisitions to open in one sentence, before the launch where there is one; what follows."""
    _, lang = translator(study.language), study.language
    months = source.months(study)
    planned = source.planned(study).sum(axis=1)
    launch, end = source.launch(study), units.year_slice(PLAN_YEAR).stop
    until = end if launch is None else launch
    busiest = int(np.argmax(planned[:until]))
    values = {
        "count": numbers.amount("count", float(planned[:until].sum()), lang),
        "most": numbers.amount("count", float(planned[busiest]), lang),
        "busiest": numbers.month(months[busiest], lang),
        "month": numbers.month(months[until], lang),
        "year": PLAN_YEAR,
    }
    headline = (
        _(
            "HR opens {count} requisitions until the end of {year}, {most} of them in {busiest}.",
            **values,
        )
        if launch is None
        else _(
            "HR opens {count} requisitions before the launch in {month}, {most} of them in "
            "{busiest}.",
            **values,
        )
    )
    leavers = float(np.median(source.total(study, "leavers")[:end].sum(axis=0)))
    rest = {
        "year": PLAN_YEAR,
        "count": numbers.amount("count", float(planned[:end].sum()), lang),
        "leavers": numbers.amount("count", leavers, lang),
    }
    return Answer(
        headline=headline,
        range=_("In the same time {leavers} people leave in the median future.", **rest)
        if launch is None
        else _(
            "Until the end of {year} it opens {count}: growth, and the replacement of {leavers} "
            "people who leave.",
            **rest,
        ),
        facts=_facts(study, end),
    )


def _facts(study: "Study", end: int) -> tuple[tuple[str, str], ...]:
    """Heads from the first month to the last before `end`, attrition, and the largest gap."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "heads")
    before, after = (
        numbers.amount("count", float(np.median(paths[t])), lang) for t in (0, end - 1)
    )
    facts = [
        (
            _("Heads, {first} to {last}", first=_month(study, 0), last=_month(study, end - 1)),
            f"{before} → {after}",
        ),
        (
            _("Attrition of {year}, failed probation included", year=PLAN_YEAR),
            _(
                "{share} a year; {then} in {base}",
                share=numbers.amount("share", _attrition(study)[0], lang),
                then=numbers.amount("share", attrition_2026(study), lang),
                base=source.BASE_YEAR,
            ),
        ),
    ]
    role, gap, month = _largest_gap(study)
    if gap >= 1:
        when = numbers.month(source.months(study)[month], lang, short=True)
        label = _("Most people missing: {role}, {month}", role=role, month=when)
        facts.append((label, numbers.amount("count", gap, lang)))
    return tuple(facts)


def heads(study: "Study") -> Chart:
    """Heads of the largest roles against those required; title: the largest gap."""
    _, lang = translator(study.language), study.language
    have, need = source.by_role(study, "heads"), source.by_role(study, "required_heads")
    largest = sorted(have, key=lambda role: -float(np.median(have[role], axis=-1).max()))[:_PANELS]
    role, gap, month = _largest_gap(study)
    when = numbers.month(source.months(study)[month], lang)
    title = (
        _(
            "{role}: {count} too few in {month}",
            role=role,
            count=numbers.amount("count", gap, lang),
            month=when,
        )
        if gap >= 1
        else _("Every role has the people it needs")
    )
    return fans.panels(
        "heads",
        title,
        _(
            "Heads of the largest roles over the months beside the heads that demand requires. "
            "The median gap of {year} is largest for {role}: {count} in {month}.",
            year=PLAN_YEAR,
            role=role,
            count=numbers.amount("count", max(gap, 0.0), lang),
            month=when,
        ),
        source.months(study),
        {name: have[name] for name in largest},
        kind="count",
        what=_("Heads"),
        language=lang,
        beside={name: np.median(need[name], axis=-1) for name in largest},
        beside_label=_("required"),
        shared=False,
    )


def openings_table(study: "Study") -> Table:
    """Dated requisitions of each position: before the launch, else until the plan year's end."""
    _, lang = translator(study.language), study.language
    months = source.months(study)
    positions = source.by_position(study)
    launch, end = source.launch(study), units.year_slice(PLAN_YEAR).stop
    found = openings(source.planned(study), end if launch is None else launch)
    frame = pd.DataFrame(
        [
            {
                "role": positions[o.position][0],
                "place": positions[o.position][1],
                "count": float(o.count),
                "first": numbers.month(months[o.first], lang, short=True),
                "most": numbers.month(months[o.most], lang, short=True),
            }
            for o in found
        ],
        columns=["role", "place", "count", "first", "most"],
    )
    title = (
        _("Requisitions that HR opens until the end of {year}, median future", year=PLAN_YEAR)
        if launch is None
        else _(
            "Requisitions that HR opens before the launch in {month}, median future",
            month=numbers.month(months[launch], lang),
        )
    )
    return table(
        "openings",
        title,
        frame,
        [
            Column("role", _("Role")),
            Column("place", _("Place")),
            Column("count", _("Requisitions"), "count"),
            Column("first", _("First opened")),
            Column("most", _("Nine in ten open by")),
        ],
        lang,
    )


def openings_by_quarter(study: "Study") -> Table:
    """Requisitions by position and quarter until the end of the plan year."""
    _, lang = translator(study.language), study.language
    end = units.year_slice(PLAN_YEAR).stop
    planned = source.planned(study)
    names, by_quarter = source.quarters(planned[:end].astype(float))
    positions = source.by_position(study)
    kept = [i for i in range(len(positions)) if by_quarter[:, i].sum() > 0]
    frame = pd.DataFrame(
        {
            "role": [positions[i][0] for i in kept],
            "place": [positions[i][1] for i in kept],
            **{f"{y}-{q}": by_quarter[n, kept] for n, (y, q) in enumerate(names)},
        }
    )
    return table(
        "openings-by-quarter",
        _("Requisitions that HR opens, by quarter, median future"),
        frame,
        [
            Column("role", _("Role")),
            Column("place", _("Place")),
            *(Column(f"{y}-{q}", numbers.quarter(y, q, lang), "count") for y, q in names),
        ],
        lang,
    )


def calendar(study: "Study") -> Chart:
    """Requisitions a month; title: the busiest month."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "requisitions")
    planned = source.planned(study)[: units.year_slice(PLAN_YEAR).stop].sum(axis=1)
    busiest = int(np.argmax(planned))
    when = numbers.month(source.months(study)[busiest], lang)
    return fans.fan(
        "requisitions",
        _("Hiring peaks in {month}", month=when),
        _(
            "Requisitions opened a month. Most are opened in {month}: {count} in the median future.",
            month=when,
            count=numbers.amount("count", float(planned[busiest]), lang),
        ),
        source.months(study),
        paths,
        kind="count",
        what=_("Requisitions opened a month"),
        language=lang,
    )


def moves(study: "Study") -> Chart:
    """Hires and leavers a month on one axis; title: which were more in the plan year."""
    _, lang = translator(study.language), study.language
    hired, left = source.total(study, "hires"), source.total(study, "leavers")
    hires = float(np.median(source.year_sum(hired, PLAN_YEAR)))
    leavers = float(np.median(source.year_sum(left, PLAN_YEAR)))
    return fans.panels(
        "moves",
        _(
            "{year}: {hires} people join, {leavers} leave",
            year=PLAN_YEAR,
            hires=numbers.amount("count", hires, lang),
            leavers=numbers.amount("count", leavers, lang),
        ),
        _(
            "Hires and leavers a month. In the median future of {year}, {hires} people join and "
            "{leavers} leave.",
            year=PLAN_YEAR,
            hires=numbers.amount("count", hires, lang),
            leavers=numbers.amount("count", leavers, lang),
        ),
        source.months(study),
        {_("Hires"): hired, _("Leavers"): left},
        kind="count",
        what=_("People a month"),
        language=lang,
    )


def productive(study: "Study") -> Chart:
    """Share of heads that are fully productive; title: its lowest month of the plan year."""
    _, lang = translator(study.language), study.language
    have, ramped = source.total(study, "heads"), source.total(study, "ramped_heads")
    share = np.divide(ramped, have, out=np.zeros_like(ramped), where=have > 0)
    year = units.year_slice(PLAN_YEAR)
    median = np.median(share, axis=-1)
    lowest = year.start + int(np.argmin(median[year]))
    when = numbers.month(source.months(study)[lowest], lang)
    least = numbers.amount("share", float(median[lowest]), lang)
    return fans.fan(
        "productive",
        _("At worst, {share} are productive ({month})", share=least, month=when),
        _(
            "Share of all heads that have learnt their work and are not teaching others. It is "
            "lowest in {month}: {share} in the median future.",
            month=when,
            share=least,
        ),
        source.months(study),
        share,
        kind="share",
        what=_("Fully productive people"),
        language=lang,
    )


def attrition(study: "Study") -> Chart:
    """Leavers of the plan year over mean heads, by role; title: the role that loses most."""
    _, lang = translator(study.language), study.language
    _whole, shares = _attrition(study)
    first = max(shares, key=lambda role: shares[role])
    most = numbers.amount("share", shares[first], lang)
    return bars.ranked(
        "attrition",
        _("{role}: {share} leave in {year}", role=first, share=most, year=PLAN_YEAR),
        _(
            "Leavers of {year} over mean heads, by role. It is highest for {role}: {share}.",
            year=PLAN_YEAR,
            role=first,
            share=most,
        ),
        shares,
        kind="share",
        what=_("Leavers of {year} over heads, mean of the simulated futures", year=PLAN_YEAR),
        language=lang,
        item=_("role"),
    )


def _largest_gap(study: "Study") -> tuple[str, float, int]:
    """Role, heads too few and month of the largest median gap in the plan year."""
    year = units.year_slice(PLAN_YEAR)
    have, need = source.by_role(study, "heads"), source.by_role(study, "required_heads")
    gaps = {role: np.median(need[role][year] - have[role][year], axis=-1) for role in have}
    role = max(gaps, key=lambda name: float(gaps[name].max()))
    return role, float(gaps[role].max()), year.start + int(np.argmax(gaps[role]))


def _attrition(study: "Study") -> tuple[float, dict[str, float]]:
    """Leavers of the plan year over mean heads: of the whole, and by role."""
    year = units.year_slice(PLAN_YEAR)
    have, left = source.by_role(study, "heads"), source.by_role(study, "leavers")
    leavers = {role: float(paths[year].sum(axis=0).mean()) for role, paths in left.items()}
    mean_heads = {role: float(paths[year].mean()) for role, paths in have.items()}
    shares = {role: leavers[role] / mean_heads[role] for role in have if mean_heads[role] > 0}
    return sum(leavers.values()) / sum(mean_heads.values()), shares


def attrition_2026(study: "Study") -> float:
    """Leavers of the base year over its heads, failed probation included, as ``attrition`` counts.

    What HR goes by (`tandem.model.policy.staffing_norms`), at central assumptions.
    """
    inputs = model_inputs(central(study.assumptions), study.seed)
    heads = inputs.base.parameters.people.heads
    leaving = units.MONTHS_PER_YEAR * norms(inputs).leaving
    return float((heads * leaving).sum() / heads.sum())


def _month(study: "Study", index: int) -> str:
    return numbers.month(source.months(study)[index], study.language, short=True)
