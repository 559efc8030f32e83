"""Touchpoints: what each one's spend brings, and what it does to awareness and liking (M2).

What it answers: fitted response curves beside those assumed, how much the lift tests add to them, the
return of another yuan by touchpoint, awareness and favourability by market.

What it leaves out: the split of the budget over months (`tandem.charts.mix`), what a customer costs
(`tandem.charts.acquisition`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.charts import estimates, fans, numbers, records, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.estimates import Estimated, Panel
from tandem.charts.tables import Column, Table, table
from tandem.language import translator
from tandem.model.brand import hill

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = [
    "answer",
    "awareness",
    "certainty",
    "curves",
    "favourability",
    "margin_of_sales",
    "returns",
]

HOME = "core"  # the market whose margin stands for an order


def margin_of_sales(study: "Study") -> float:
    """Share of sales left after cost of goods and fees in the home market."""
    at = study.assumptions.estimates
    return 1.0 - at["finance.cogs_share"].median - at[f"markets.{HOME}.fee_share"].median


def answer(study: "Study") -> Answer:
    """Where another yuan brings most and least, after cost of goods; and how awareness moves."""
    _, lang = translator(study.language), study.language
    rows = sorted(_marginals(study), key=lambda row: -row[1][1])
    left = margin_of_sales(study)
    (best, most), (last, least) = rows[0], rows[-1]
    words = {
        "best": best,
        "most": numbers.decimal(left * most[1], 2),
        "last": last,
        "least": numbers.decimal(left * least[1], 2),
    }
    aware = source.parts(study, "awareness", "market")
    end = units.year_slice(source.PLAN_YEAR).stop - 1
    facts = tuple(
        (
            _("Awareness in {market} at the end of {year}", market=name, year=source.PLAN_YEAR),
            numbers.amount("share", float(np.median(paths[end])), lang),
        )
        for name, paths in _entered(study, aware).items()
    )
    return Answer(
        headline=_(
            "Another yuan brings most on {best}: {most} of margin. It brings least on {last}: {least}.",
            **words,
        ),
        range=_(
            "The 95 % interval is {range} for {best} and {other} for {last}; margin is what cost of goods and "
            "fees leave of sales. The next lift test should be on {widest}, whose return is known least.",
            range=numbers.amount_range("number", left * most[0], left * most[2], lang),
            other=numbers.amount_range("number", left * least[0], left * least[2], lang),
            best=best,
            last=last,
            widest=max(rows, key=lambda row: row[1][2] / row[1][0])[0],
        ),
        facts=facts,
    )


def curves(study: "Study") -> Chart:
    """Sales that a steady spend brings, fitted from records, beside the assumed shape of the curve."""
    _, lang = translator(study.language), study.language
    fit, weeks, at = records.responses(study), records.weekly(study), study.assumptions.estimates
    half, slope = at["brand.hill_half"].median, at["brand.hill_slope"].median
    rows = {}
    for j, name in enumerate(fit.touchpoints):
        now = float(weeks.spend[:, j].mean())
        spend = np.linspace(0.02, 2.5, 60) * now
        low, value, high = fit.curve(name, spend)
        at_now = float(fit.curve(name, np.array([now]))[1, 0])
        z, here = spend / fit.reference[j], now / fit.reference[j]
        k, n = np.array(half), np.array(slope)
        assumed = at_now * hill(z, n, k) / hill(np.array(here), n, k)
        rows[source.label(study, "source", name)] = Panel(
            spend, low, value, high, assumed=assumed, mark=now
        )
    return estimates.panels(
        "response-curves",
        _("What a touchpoint's spend brings: sales rise ever more slowly"),
        _(
            "Sales a week that a steady spend brings by touchpoint, fitted with 95 % intervals, beside a curve "
            "of the assumed shape through the same sales at today's spend, which is the dotted line."
        ),
        rows,
        kind="money",
        what=_("Sales a week"),
        x_kind="money",
        x_what=_("spend a week"),
        language=lang,
    )


def certainty(study: "Study") -> Chart:
    """Return of another yuan with and without the lift tests; title: how much narrower they make it."""
    _, lang = translator(study.language), study.language
    fit, bare = records.responses(study), records.responses(study, tested=False)
    spend = records.weekly(study).spend.mean(axis=0)
    tested = set(records.table(study, "lift_tests")["touchpoint"])
    rows, narrower = [], []
    for j, name in enumerate(fit.touchpoints):
        with_tests = fit.marginal(name, spend[[j]])[:, 0]
        without = bare.marginal(name, spend[[j]])[:, 0]
        label = source.label(study, "source", name)
        label = _("{touchpoint} (tested)", touchpoint=label) if name in tested else label
        low, value, high = (float(v) for v in with_tests)
        rows.append(
            Estimated(
                label,
                low,
                value,
                high,
                beside=(float(without[0]), float(without[1]), float(without[2])),
            )
        )
        if name in tested:
            narrower.append((without[2] - without[0]) / (high - low))
    words = {"times": numbers.decimal(float(np.median(narrower)) if narrower else 1.0, 1)}
    return estimates.points(
        "lift-tests",
        _("A lift test makes a touchpoint's return {times} times as certain", **words),
        _(
            "Sales that another yuan brings by touchpoint with 95 % intervals, with and without the lift "
            "tests. Where one was made, the interval is {times} times narrower.",
            **words,
        ),
        rows,
        kind="number",
        what=_("Sales that another yuan brings"),
        language=lang,
        item=_("touchpoint"),
        names=(_("with lift tests"), _("without")),
        most=2.0 * max(row.high for row in rows),
    )


def returns(study: "Study") -> Table:
    """Spend, sales that it brings, elasticity and the return of another yuan, by touchpoint."""
    _, lang = translator(study.language), study.language
    fit, weeks, left = records.responses(study), records.weekly(study), margin_of_sales(study)
    rows = []
    for (label, (low, value, high)), j in zip(
        _marginals(study), range(weeks.spend.shape[1]), strict=True
    ):
        now = float(weeks.spend[:, j].mean())
        rows.append(
            {
                "touchpoint": label,
                "spend": now,
                "brought": float(fit.curve(fit.touchpoints[j], np.array([now]))[1, 0]),
                "elasticity": value * now / float(weeks.sales.mean()),
                "sales": value,
                "margin": left * value,
                "range": numbers.amount_range("number", left * low, left * high, lang),
            }
        )
    return table(
        "returns",
        _("Return of another yuan by touchpoint, from weekly records and lift tests"),
        pd.DataFrame(rows).sort_values("margin", ascending=False, kind="stable"),
        [
            Column("touchpoint", _("Touchpoint")),
            Column("spend", _("Spend a week"), "money", group="week"),
            Column("brought", _("Sales it brings a week"), "money", group="week"),
            Column("elasticity", _("Elasticity of sales"), "number"),
            Column("sales", _("Sales of another yuan"), "number"),
            Column("margin", _("Margin of another yuan"), "number"),
            Column("range", _("95 % interval")),
        ],
        lang,
    )


def awareness(study: "Study") -> Chart:
    """Awareness by market over the months; title: the largest gain."""
    _, lang = translator(study.language), study.language
    paths = _entered(study, source.parts(study, "awareness", "market"))
    gains = {name: float(np.median(p[-1]) - np.median(p[0])) for name, p in paths.items()}
    first = max(gains, key=lambda name: gains[name])
    words = {"market": first, "share": numbers.decimal(100 * gains[first], 1)}
    return fans.panels(
        "awareness",
        _("{market}: awareness rises by {share} points", **words)
        if gains[first] > 0.001
        else _("Awareness rises in no market"),
        _("Awareness by market. The largest gain is in {market}: {share} points.", **words),
        source.months(study),
        paths,
        kind="share",
        what=_("Awareness"),
        language=lang,
    )


def favourability(study: "Study") -> Chart:
    """Favourability over that of 2026 by market; title: where it moves most."""
    _, lang = translator(study.language), study.language
    paths = _entered(study, source.parts(study, "favourability", "market"))
    ends = {name: float(np.median(p[-1])) for name, p in paths.items()}
    first = max(ends, key=lambda name: abs(ends[name]))
    words = {"market": first, "points": numbers.decimal(ends[first], 3)}
    return fans.panels(
        "favourability",
        _("{market}: favourability ends at {points} points over 2026", **words),
        _(
            "Favourability over that of 2026 by market: customers' satisfaction, events and public "
            "relations move it. In {market} it ends at {points}.",
            **words,
        ),
        source.months(study),
        paths,
        kind="number",
        what=_("Favourability over 2026, points"),
        language=lang,
    )


def _marginals(study: "Study") -> list[tuple[str, tuple[float, float, float]]]:
    """Label and sales of another yuan (low, estimate, high) at mean spend, by touchpoint."""
    fit, spend = records.responses(study), records.weekly(study).spend.mean(axis=0)
    found = []
    for j, name in enumerate(fit.touchpoints):
        low, value, high = (float(v) for v in fit.marginal(name, spend[[j]])[:, 0])
        found.append((source.label(study, "source", name), (low, value, high)))
    return found


def _entered(study: "Study", paths: dict[str, source.Paths]) -> dict[str, source.Paths]:
    """Markets with media in some month: one that is never entered has nothing to show."""
    media = source.parts(study, "media_spend", "market")
    return {name: p for name, p in paths.items() if media[name].any()}
