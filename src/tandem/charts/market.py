"""Market: which sales a scenario brings, and whether demand or people limit them.

What it answers: sales, customers, customers lost for want of people, and leads by source, as
figures whose titles say what was found; and the page's answer in words.

What it leaves out: people and pay (`tandem.charts.workforce`, `tandem.charts.pay`), and comparing
scenarios (`tandem.charts.brief`).

Who may import it: batch, site, cli and notebooks.
"""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from tandem.charts import bars, fans, numbers, source
from tandem.charts.chart import Chart
from tandem.charts.components import Answer
from tandem.charts.source import BASE_YEAR, PLAN_YEAR
from tandem.charts.tables import Column, Table, table
from tandem.language import translator

if TYPE_CHECKING:
    from tandem.study import Study

__all__ = ["answer", "customers", "funnel", "leads", "limits", "sales", "sales_by_market"]


def answer(study: "Study") -> Answer:
    """Sales of the plan year in one sentence, with the targets' chances and what is lost."""
    _, lang = translator(study.language), study.language
    sold = study.draws_of(source.SALES)
    growth = source.growth(study)
    low, middle, high = (float(q) for q in np.quantile(sold, (0.1, 0.5, 0.9)))
    lost = float(study.draws_of(source.LOST_SALES).mean())
    won = float(np.median(source.year_sum(source.total(study, "new_customers"), PLAN_YEAR)))
    values = {
        "year": PLAN_YEAR,
        "sales": numbers.amount("money", middle, lang),
        "share": numbers.amount("share", abs(growth), lang),
        "base": BASE_YEAR,
    }
    return Answer(
        headline=_(
            "Sales of {year} reach {sales} in the median future, {share} above {base}.", **values
        )
        if growth >= 0
        else _(
            "Sales of {year} reach {sales} in the median future, {share} below {base}.", **values
        ),
        range=_(
            "In 80 of 100 simulated futures they are {range}.",
            range=numbers.amount_range("money", low, high, lang),
        ),
        facts=(
            (
                _("Futures with the sales target met"),
                numbers.of_100(source.chance(study, source.SALES_MET), lang),
            ),
            (
                _("Futures with the new-customer target met"),
                numbers.of_100(source.chance(study, source.CUSTOMERS_MET), lang),
            ),
            (
                _("New customers of {year}", year=PLAN_YEAR),
                numbers.amount("count", won, lang),
            ),
            (
                _("Sales of {year} lost for want of people", year=PLAN_YEAR),
                numbers.amount("money", lost, lang),
            ),
        ),
    )


def sales(study: "Study") -> Chart:
    """Sales a month over the whole horizon; title: growth of the plan year."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "sales")
    growth = source.growth(study)
    share = numbers.amount("share", abs(growth), lang)
    title = (
        _("Sales of {year} end {share} above {base}", year=PLAN_YEAR, share=share, base=BASE_YEAR)
        if growth >= 0
        else _(
            "Sales of {year} end {share} below {base}", year=PLAN_YEAR, share=share, base=BASE_YEAR
        )
    )
    return fans.fan(
        "sales",
        title,
        _ends(study, paths, "money", _("Sales")),
        source.months(study),
        paths,
        kind="money",
        what=_("Sales a month"),
        language=lang,
        marks=_launch(study),
    )


def sales_by_market(study: "Study") -> Chart:
    """Sales a month of each market on one axis; title: the largest market of the plan year."""
    _, lang = translator(study.language), study.language
    paths = source.parts(study, "sales", "market")
    means = {name: source.year_sum(p, PLAN_YEAR).mean() for name, p in paths.items()}
    first = max(means, key=lambda name: means[name])
    whole = sum(means.values())
    shares = ", ".join(
        f"{name} {numbers.amount('share', value / whole, lang)}" for name, value in means.items()
    )
    return fans.panels(
        "sales-by-market",
        _(
            "{market}: {share} of sales in {year}",
            market=first,
            share=numbers.amount("share", means[first] / whole, lang),
            year=PLAN_YEAR,
        ),
        _("Sales a month by market. Shares of {year}: {shares}.", year=PLAN_YEAR, shares=shares),
        source.months(study),
        paths,
        kind="money",
        what=_("Sales a month"),
        language=lang,
    )


def customers(study: "Study") -> Chart:
    """Customers over the horizon; title: their growth until its end."""
    _, lang = translator(study.language), study.language
    paths = source.total(study, "customers")
    months = source.months(study)
    growth = float(np.median(paths[-1]) / np.median(paths[0]) - 1.0)
    share = numbers.amount("share", abs(growth), lang)
    year = months[-1].year
    title = (
        _("Customers grow by {share} until the end of {year}", share=share, year=year)
        if growth >= 0
        else _("Customers shrink by {share} until the end of {year}", share=share, year=year)
    )
    return fans.fan(
        "customers",
        title,
        _ends(study, paths, "count", _("Customers")),
        months,
        paths,
        kind="count",
        what=_("Customers"),
        language=lang,
        marks=_launch(study),
    )


def limits(study: "Study") -> Chart:
    """New customers won and lost for want of people, by quarter; title: the share lost."""
    _, lang = translator(study.language), study.language
    won = source.total(study, "new_customers")
    lost = source.total(study, "lost_no_people")
    names, won_by_quarter = source.quarters(won)
    lost_by_quarter = source.quarters(lost)[1]
    won_year = float(source.year_sum(won, PLAN_YEAR).mean())
    lost_year = float(source.year_sum(lost, PLAN_YEAR).mean())
    share = lost_year / (won_year + lost_year)
    title = (
        _("People are enough: hardly a customer is lost")
        if share < 0.005
        else _(
            "Too few people lose {share} of {year}'s new customers",
            share=numbers.amount("share", share, lang),
            year=PLAN_YEAR,
        )
    )
    return bars.stacked(
        "limits",
        title,
        _(
            "In {year} {won} new customers are won on average, and {lost} who would have been won "
            "are lost because nobody is there to serve them.",
            year=PLAN_YEAR,
            won=numbers.amount("count", won_year, lang),
            lost=numbers.amount("count", lost_year, lang),
        ),
        [numbers.quarter(year, quarter, lang) for year, quarter in names],
        {
            _("won"): [float(v) for v in won_by_quarter.mean(axis=-1)],
            _("lost: no people"): [float(v) for v in lost_by_quarter.mean(axis=-1)],
        },
        kind="count",
        what=_("New customers a quarter, mean of the simulated futures"),
        language=lang,
        period=_("quarter"),
    )


def leads(study: "Study") -> Chart:
    """Leads of the plan year by source, largest first; title: the largest source."""
    _, lang = translator(study.language), study.language
    paths = source.parts(study, "leads_by_source", "source")
    means = {name: float(source.year_sum(p, PLAN_YEAR).mean()) for name, p in paths.items()}
    whole = sum(means.values())
    first = max(means, key=lambda name: means[name])
    share = numbers.amount("share", means[first] / whole, lang)
    return bars.ranked(
        "leads",
        _("{source}: {share} of leads", source=first, share=share),
        _(
            "Of {leads} leads in {year}, {share} come from: {source}.",
            leads=numbers.amount("count", whole, lang),
            year=PLAN_YEAR,
            share=share,
            source=first,
        ),
        means,
        kind="count",
        what=_("Leads of {year}, mean of the simulated futures", year=PLAN_YEAR),
        language=lang,
        item=_("source"),
    )


def funnel(study: "Study") -> Table:
    """From leads to sales in the plan year, one row a market, means of the simulated futures."""
    _, lang = translator(study.language), study.language
    variables = (
        ("leads", _("Leads"), "count"),
        ("served", _("Leads served"), "count"),
        ("new_customers", _("New customers"), "count"),
        ("lost_no_demand", _("Lost: no demand"), "count"),
        ("lost_no_people", _("Lost: no people"), "count"),
        ("sales", _("Sales"), "money"),
    )
    columns: dict[str, list[float]] = {}
    markets: list[str] = []
    for variable, _label, _kind in variables:
        paths = source.parts(study, variable, "market")
        markets = list(paths)
        columns[variable] = [float(source.year_sum(p, PLAN_YEAR).mean()) for p in paths.values()]
    frame = pd.DataFrame({"market": markets, **columns})
    return table(
        "funnel",
        _("From leads to sales in {year}, mean of the simulated futures", year=PLAN_YEAR),
        frame,
        [Column("market", _("Market")), *(Column(n, label, kind) for n, label, kind in variables)],
        lang,
    )


def _ends(study: "Study", paths: source.Paths, kind: str, what: str) -> str:
    """Where a fan starts and ends, in words."""
    _, lang = translator(study.language), study.language
    months = source.months(study)
    low, middle, high = (float(q) for q in fans.quantiles(paths[-1:])[:, 0])
    return _(
        "{what}: the median future goes from {start} in {first} to {end} in {last}; in 80 of 100 "
        "simulated futures it ends at {range}.",
        what=what,
        start=numbers.amount(kind, float(np.median(paths[0])), lang),
        first=numbers.month(months[0], lang),
        end=numbers.amount(kind, middle, lang),
        last=numbers.month(months[-1], lang),
        range=numbers.amount_range(kind, low, high, lang),
    )


def _launch(study: "Study") -> dict[pd.Timestamp, str]:
    """The month in which a market is entered, to be marked in a figure."""
    month = source.launch(study)
    _ = translator(study.language)
    return {} if month is None else {source.months(study)[month]: _("launch")}
