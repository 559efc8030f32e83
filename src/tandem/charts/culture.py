"""Culture and retention: what moves engagement, what engagement and pay do to leaving, programmes.

What it answers: the parts of engagement in the plan year, the risk of leaving by pay and by engagement,
what culture programmes cost and do, and what culture and values are worth where scenarios vary them.
And the page's answer in words.

What it leaves out: attrition by role (`tandem.charts.workforce`), how long people stay
(`tandem.charts.stay`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.comparison import Interval, intervals
from tandem.charts.components import Answer
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.culture import PARTS
from tandem.study.decision import paired

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["answer", "engagement", "leaving", "parts", "programmes", "worth"]

#: What culture and values may add to a scenario: paths whose change makes a variation one of them.
CULTURE = ("programmes.", "culture.", "incentives.")
EFFECTS = ("engagement", "output", "service", "innovation", "favourability")


def answer(study: "Study") -> Answer:
    """Which part of engagement weighs most in the plan year, and what it does to leaving."""
    _, lang = translator(study.language), study.language
    found = _parts(study)
    names = _names(study)
    heaviest = max(found, key=lambda name: abs(float(np.median(found[name]))))
    risk = np.exp(_mean(study, "leaving_pay") + _mean(study, "leaving_engagement")) - 1.0
    words = {
        "part": names[heaviest],
        "size": numbers.decimal(float(np.median(found[heaviest])), 3),
        "year": source.PLAN_YEAR,
        "risk": _signed(float(np.median(risk))),
        "low": _signed(float(np.quantile(risk, 0.1))),
        "high": _signed(float(np.quantile(risk, 0.9))),
    }
    return Answer(
        headline=_(
            "What moves engagement most in {year}: {part}, by {size} points; the risk that people "
            "leave changes by {risk} with pay and engagement.",
            **words,
        ),
        range=_("In 80 of 100 simulated futures that risk changes by {low} to {high}.", **words),
        facts=(
            (
                _("Attrition of {year}", year=source.PLAN_YEAR),
                numbers.amount("share", float(np.median(study.draws_of("attrition_2027"))), lang),
            ),
            (
                _("Customers' satisfaction of {year}", year=source.PLAN_YEAR),
                numbers.amount(
                    "share", float(np.median(study.draws_of("satisfaction_2027"))), lang
                ),
            ),
        ),
    )


def parts(study: "Study") -> Chart:
    """What moves engagement in the plan year, part by part, as ranges over the futures."""
    _, lang = translator(study.language), study.language
    names, found = _names(study), _parts(study)
    order = sorted(found, key=lambda name: float(np.median(found[name])))
    rows = []
    for name in order:
        low, middle, high = (float(q) for q in np.quantile(found[name], (0.1, 0.5, 0.9)))
        rows.append(Interval(names[name], low, middle, high))
    words = {"low": names[order[0]], "high": names[order[-1]], "year": source.PLAN_YEAR}
    return intervals(
        "engagement-parts",
        _("Weighs most on engagement: {low}; lifts it most: {high}", **words),
        _(
            "Parts of engagement in {year} against 2026, P10 to P90 of the simulated futures with the "
            "median. {low} lowers it most, {high} raises it most.",
            **words,
        ),
        rows,
        kind="number",
        what=_("Points of engagement over 2026"),
        language=lang,
        item=_("part"),
    )


def engagement(study: "Study") -> Chart:
    """Engagement of all people over 2026, month by month."""
    _, lang = translator(study.language), study.language
    results = study.results
    weight = _by_position(results["heads"])
    paths = (_by_position(results["engagement"]) * weight).sum(axis=1) / weight.sum(axis=1)
    end = units.year_slice(source.PLAN_YEAR).stop - 1
    words = {
        "size": numbers.decimal(float(np.median(paths[end])), 2),
        "year": source.PLAN_YEAR,
    }
    return fans.fan(
        "engagement",
        _("Engagement ends {year} at {size} points against 2026", **words),
        _(
            "Engagement of all people over that of 2026, month by month; at the end of {year} it is "
            "{size} points in the median future.",
            **words,
        ),
        source.months(study),
        paths,
        kind="number",
        what=_("Points of engagement over 2026"),
        language=lang,
        zero=False,
    )


def leaving(study: "Study") -> Table:
    """How pay and engagement change the risk of leaving, by calendar year."""
    _, lang = translator(study.language), study.language
    rows = []
    for year in range(source.PLAN_YEAR, source.PLAN_YEAR + 3):
        by_pay = _mean(study, "leaving_pay", year)
        by_mood = _mean(study, "leaving_engagement", year)
        both = np.exp(by_pay + by_mood) - 1.0
        rows.append(
            {
                "year": str(year),
                "pay": float(np.median(np.exp(by_pay) - 1.0)),
                "engagement": float(np.median(np.exp(by_mood) - 1.0)),
                "both": float(np.median(both)),
                "low": float(np.quantile(both, 0.1)),
                "high": float(np.quantile(both, 0.9)),
            }
        )
    shown = [
        ("pay", _("By pay")),
        ("engagement", _("By engagement")),
        ("both", _("Together")),
        ("low", "P10"),
        ("high", "P90"),
    ]
    return table(
        "leaving-risk",
        _("Risk of leaving against 2026, mean over people"),
        pd.DataFrame(rows),
        [
            Column("year", _("Year")),
            *(Column(name, words, "share", group="risk") for name, words in shown),
        ],
        lang,
    )


def programmes(study: "Study") -> Table:
    """Culture programmes at the end of the plan year: coverage, money, what is added to 2026."""
    _, lang = translator(study.language), study.language
    company = study.assumptions.base
    end = units.year_slice(source.PLAN_YEAR).stop - 1
    heads = float(np.median(source.total(study, "heads")[end]))
    rows = []
    for name, programme in company.programmes.items():  # type: ignore[attr-defined]  # the schema's root has programmes
        path = f"programmes.{name}"
        coverage = source.median_in(study, f"{path}.coverage", end)
        cost = 0.0
        if programme.cost is not None:
            cost = coverage * source.median_in(study, f"{path}.cost", end) * heads
        effects = {
            effect: (coverage - programme.coverage.median)
            * source.median_in(study, f"{path}.{effect}", end)
            if getattr(programme, effect) is not None
            else 0.0
            for effect in EFFECTS
        }
        rows.append(
            {
                "programme": str(getattr(programme.label, lang)),
                "coverage": coverage,
                "cost": cost * units.MONTHS_PER_YEAR,
                **effects,
            }
        )
    return table(
        "programmes",
        _(
            "Culture programmes at the end of {year}: coverage and cost in all, what coverage adds "
            "against 2026",
            year=source.PLAN_YEAR,
        ),
        pd.DataFrame(rows),
        [
            Column("programme", _("Programme")),
            Column("coverage", _("Coverage"), "share"),
            Column("cost", _("Cost a year"), "money"),
            Column("engagement", _("Engagement, points"), "number"),
            Column("output", _("Output, log"), "number"),
            Column("service", _("Effort on service, log"), "number"),
            Column("innovation", _("Effort on innovation, log"), "number"),
            Column("favourability", _("Favourability, points"), "number"),
        ],
        lang,
    )


def worth(study: "Study") -> Table | None:
    """What culture and values are worth where scenarios vary this one by them; None where none does."""
    _, lang = translator(study.language), study.language
    rows = []
    for name in source.variations(study, study.scenario):
        other = study.of(name)
        if not _is_culture(study, other):
            continue
        values = {
            key: paired(name, study.scenario, other.draws_of(measure), study.draws_of(measure))
            for key, measure in (
                ("npv", "npv"),
                ("attrition", "attrition_2027"),
                ("satisfaction", "satisfaction_2027"),
                ("met", source.BOTH_MET),
            )
        }
        gain = values["npv"]
        rows.append(
            {
                "what": source.short_label(other.label, study.label),
                "npv": gain.mean,
                "interval": numbers.amount_range("money", gain.low, gain.high, lang),
                **{key: values[key].mean for key in ("attrition", "satisfaction", "met")},
            }
        )
    if not rows:
        return None
    return table(
        "culture-worth",
        _("What culture and values add to this scenario, on the same futures"),
        pd.DataFrame(rows).sort_values("npv", ascending=False, kind="stable"),
        [
            Column("what", _("Addition")),
            Column("npv", _("Value gained"), "money"),
            Column("interval", _("95 % interval")),
            Column("attrition", _("Attrition"), "share"),
            Column("satisfaction", _("Satisfaction"), "share"),
            Column("met", _("Both targets met"), "share"),
        ],
        lang,
    )


def _is_culture(study: "Study", other: "Study") -> bool:
    """Whether all that a variation sets besides is culture, values or weights in the appraisal."""
    own = {patch.path for patch in study.assumptions.patches}
    more = {patch.path for patch in other.assumptions.patches} - own
    return bool(more) and all(path.startswith(CULTURE) for path in more)


def _names(study: "Study") -> dict[str, str]:
    lang = study.language
    return {
        name: str(study.results[f"mood_{name}"].attrs[f"label_{lang}"]) for name in PARTS
    }  # fmt: skip


def _parts(study: "Study") -> dict[str, np.ndarray]:
    """Mean of the plan year by part, (draw,)."""
    return {name: _mean(study, f"mood_{name}") for name in PARTS}


def _mean(study: "Study", variable: str, year: int = source.PLAN_YEAR) -> np.ndarray:
    return np.asarray(source.total(study, variable)[units.year_slice(year)].mean(axis=0))


def _by_position(array: object) -> np.ndarray:
    return np.asarray(array.transpose("month", "position", "draw").values, dtype=np.float64)  # type: ignore[attr-defined]  # loaded lazily, typed as Any


def _signed(value: float) -> str:
    text = f"{numbers.decimal(100.0 * value, 1)} %"
    return ("" if text.startswith(("−", "-")) else "+") + text
