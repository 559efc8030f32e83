"""Market insight: who buys in this category, from whom, and what they want (M1).

What it answers: the page's answer, the category's diffusion with its fit, market potential, shares by
competitor, and competitors' prices seen beside those assumed.

What it leaves out: what people want (`tandem.charts.preference`), our own sales (`tandem.charts.market`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem import units
from tandem.calibration.preference import market_shares
from tandem.charts import estimates, numbers, preference, records, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.estimates import Panel
from tandem.charts.tables import Column, Table, table
from tandem.language import translator

if TYPE_CHECKING:
    from tandem.assumptions.schema.growth import Market
    from tandem.study import Study

__all__ = ["answer", "diffusion", "fitted", "potential", "prices", "shares"]

QUARTERS = 4  # a year of them


def answer(study: "Study") -> Answer:
    """First purchases of the category, who has bought, our share of choices, and what to build next."""
    _, lang = translator(study.language), study.language
    seen, fit = records.category(study)
    first = float(seen["adopters"].iloc[-QUARTERS:].sum())
    reached = float(seen["adopters"].sum()) / fit.pool
    low, high = fit.intervals()["pool"]
    best = preference.gains(study)[0]
    ours = market_shares(records.preference(study), preference.offers(study)).share[0]
    words = {
        "change": preference.idea(study, best.name),
        "points": numbers.decimal(100 * best.share, 1),
        "ours": numbers.amount("share", float(ours), lang),
    }
    return Answer(
        headline=_(
            "Build next: {change}. It would raise our share of those who choose by {points} "
            "points, from {ours}, and earns most after its cost.",
            **words,
        )
        if best.net > 0
        else _(
            "Build nothing of what was proposed: no idea earns its cost; {change} comes nearest. Our share "
            "of those who choose is {ours}.",
            **{k: v for k, v in words.items() if k != "points"},
        ),
        range=_(
            "The category is nearly full: {reached} of a pool of {pool} ({range}) have bought, and in the "
            "last year {first} did so for the first time. Growth comes from winning those who choose again.",
            reached=numbers.amount("share", reached, lang),
            pool=numbers.amount("count", fit.pool, lang),
            range=numbers.amount_range("count", low, high, lang),
            first=numbers.amount("count", first, lang),
        )
        if reached > 0.8
        else _(
            "The category still grows: {reached} of a pool of {pool} ({range}) have bought, and in the "
            "last year {first} did so for the first time.",
            reached=numbers.amount("share", reached, lang),
            pool=numbers.amount("count", fit.pool, lang),
            range=numbers.amount_range("count", low, high, lang),
            first=numbers.amount("count", first, lang),
        ),
        facts=(
            (
                _("Net gain of the best idea for a hundred people who choose"),
                numbers.amount_range("money", 100 * best.low, 100 * best.high, lang),
            ),
            (
                _("Respondents and tasks of the survey"),
                f"{records.preference(study).respondents} / {records.preference(study).tasks}",
            ),
        ),
    )


def diffusion(study: "Study") -> Chart:
    """First purchases by quarter with the fitted generalised Bass curve; title: the share reached."""
    _, lang = translator(study.language), study.language
    seen, fit = records.category(study)
    years = np.array([int(q[:4]) + (int(q[-1]) - 0.5) / QUARTERS for q in seen["quarter"]])
    wide = 2.0 * fit.residual_sd
    words = {
        "share": numbers.amount("share", float(seen["adopters"].sum()) / fit.pool, lang),
        "pool": numbers.amount("count", fit.pool, lang),
    }
    return estimates.panels(
        "diffusion",
        _("{share} of a pool of {pool} has bought the category", **words),
        _(
            "First purchases of the category by quarter, records and fitted curve: {share} of a pool of "
            "{pool} has bought.",
            **words,
        ),
        {
            _("category"): Panel(
                years,
                np.maximum(fit.fitted - wide, 0.0),
                fit.fitted,
                fit.fitted + wide,
                seen=(years, seen["adopters"].to_numpy(dtype=float)),
            )
        },
        kind="count",
        what=_("First purchases a quarter"),
        x_kind="year",
        x_what=_("year"),
        language=lang,
    )


def fitted(study: "Study") -> Table:
    """Numbers of the diffusion with their intervals, beside what the study assumes."""
    _, lang = translator(study.language), study.language
    _seen, fit = records.category(study)
    ends, at = fit.intervals(), study.assumptions.estimates
    found = {"p": QUARTERS * fit.p, "q": QUARTERS * fit.q, "price": float(fit.effects[0])}
    ends |= {name: (QUARTERS * ends[name][0], QUARTERS * ends[name][1]) for name in ("p", "q")}
    labels = {
        "p": (_("Innovation p, a year"), "demand.bass_p"),
        "q": (_("Imitation q, a year"), "demand.bass_q"),
        "price": (_("Slower by a log point of price"), "demand.category_price_effect"),
    }
    year = units.year_slice(source.PLAN_YEAR).start
    rows = [
        {
            "name": label,
            "value": found[name],
            "range": numbers.amount_range("number", *ends[name], lang),
            "assumed": source.median_in(study, path, year),
            "assumed_range": numbers.amount_range("number", at[path].p10, at[path].p90, lang),
        }
        for name, (label, path) in labels.items()
    ]
    return table(
        "diffusion-fit",
        _("Diffusion: what the category's records say of the assumptions"),
        pd.DataFrame(rows),
        [
            Column("name", _("Number")),
            Column("value", _("Estimate"), "number"),
            Column("range", _("95 % interval")),
            Column("assumed", _("Assumed"), "number"),
            Column("assumed_range", _("Assumed, P10 to P90")),
        ],
        lang,
    )


def potential(study: "Study") -> Table:
    """How many will ever buy the category by market, how that is known, and who has bought already.

    Of a new market the pool is population x reach x penetration (`tandem.model.market.market_potential`),
    or a ratio to its home; of one that is open it follows from what 2026 sold.
    """
    _, lang = translator(study.language), study.language
    markets = study.assumptions.base.markets  # type: ignore[attr-defined]  # the schema's root has markets
    rows = []
    for name, about in markets.items():
        pool = study.results["category_pool"].sel(market=name).values
        bought = study.results["category_adopters"].sel(market=name).values
        low, middle, high = (float(v) for v in np.quantile(pool, (0.1, 0.5, 0.9)))
        rows.append(
            {
                "market": source.label(study, "market", name),
                "known": _known(study, name, about),
                "low": low,
                "pool": middle,
                "high": high,
                "bought": float(np.median(bought / pool)),
            }
        )
    return table(
        "market-potential",
        _("Who will ever buy the category, by market"),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("known", _("How that is known")),
            Column("low", _("P10"), "count", group="pool"),
            Column("pool", _("Median"), "count", group="pool"),
            Column("high", _("P90"), "count", group="pool"),
            Column("bought", _("Have bought by 2026"), "share"),
        ],
        lang,
    )


def _known(study: "Study", name: str, about: "Market") -> str:
    """Where a market's pool comes from, in words."""
    _, lang = translator(study.language), study.language
    if about.home is None:
        return _("customers won in 2026 and our share of those open to us")
    if about.pool_ratio is not None:
        return _(
            "{ratio} times that of {home}",
            ratio=numbers.decimal(about.pool_ratio.median, 2),
            home=source.label(study, "market", about.home),
        )
    at = study.assumptions.estimates
    people, reach, buying = (
        at[f"markets.{name}.{field}"].median for field in ("population", "reach", "penetration")
    )
    return _(
        "{people} people, {reach} of them reached, {buying} of those buy in the end",
        people=numbers.amount("count", people, lang),
        reach=numbers.amount("share", reach, lang),
        buying=numbers.amount("share", buying, lang),
    )


def shares(study: "Study") -> Table:
    """Who wins those who compare, by market in the plan year: ours and each rival's, simulated."""
    _, lang = translator(study.language), study.language
    rivals = study.assumptions.base.competitors  # type: ignore[attr-defined]  # the schema's root has competitors
    year = units.year_slice(source.PLAN_YEAR)
    won = source.parts(study, "win_rate", "market")
    served = source.parts(study, "served", "market")
    keys = [str(key) for key in study.results["market"].values]
    rows = []
    for key, (label, paths) in zip(keys, won.items(), strict=True):
        weight = served[label][year]
        if weight.sum() == 0:
            continue  # not entered in this year
        own = float((paths[year] * weight).sum() / weight.sum())
        row: dict[str, object] = {"market": label, "ours": own}
        for name in rivals:
            strength = source.median_in(study, f"competitors.{name}.strength.{key}", year.start)
            row[name] = (1.0 - own) * strength
        rows.append(row)
    return table(
        "shares",
        _("Who wins those who compare offers, {year}", year=source.PLAN_YEAR),
        pd.DataFrame(rows),
        [
            Column("market", _("Market")),
            Column("ours", _("Ours, simulated"), "share"),
            *(
                Column(name, _("{rival}, by strength of 2026", rival=rival.label.zh if lang == "zh" else rival.label.en), "share")
                for name, rival in rivals.items()
            ),
        ],
        lang,
    )  # fmt: skip


def prices(study: "Study") -> Chart:
    """Competitors' prices seen month by month beside those assumed; title: the largest move."""
    _, lang = translator(study.language), study.language
    seen = records.prices(study)
    horizon = units.year_slice(source.PLAN_YEAR).stop
    rows: dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]] = {}
    moves: dict[str, float] = {}
    for name, rival in study.assumptions.base.competitors.items():  # type: ignore[attr-defined]  # the root has competitors
        label = str(getattr(rival.label, lang))
        mine = seen[seen["competitor"] == name].groupby("at")["price"].mean()
        base_year = mine[mine.index >= -9].mean()
        x = np.arange(int(mine.index.min()), horizon)
        trend = np.polyfit(mine.index.to_numpy(dtype=float), np.log(mine.to_numpy(dtype=float)), 1)
        moves[label] = float(np.expm1(trend[0] * units.MONTHS_PER_YEAR))
        path = f"competitors.{name}.price"
        assumed = np.array([source.median_in(study, path, int(t)) if t >= 0 else np.nan for t in x])
        years = source.BASE_YEAR + (x + 9.5) / units.MONTHS_PER_YEAR
        line = np.array([mine.get(int(t), np.nan) for t in x]) / base_year
        rows[label] = (years, line, assumed)
    largest = max(moves, key=lambda label: abs(moves[label]))
    words = {"rival": largest, "share": numbers.amount("share", abs(moves[largest]), lang)}
    fell = moves[largest] < 0
    return estimates.lines(
        "competitor-prices",
        _("{rival}: prices fell by {share} a year; the plan assumes what is dashed", **words)
        if fell
        else _("{rival}: prices rose by {share} a year; the plan assumes what is dashed", **words),
        _(
            "Prices of competitors over their mean of 2026, seen and assumed. Those of {rival} moved most: "
            "{share} a year.",
            **words,
        ),
        rows,
        what=_("Price over the mean of 2026"),
        x_what=_("year"),
        language=lang,
    )
